// SPDX-License-Identifier: Apache-2.0
// Which stories are looked at, in the overview and in the timeline alike.

const filter = {query: "", language: "", outlet: "", from: "", to: "", size: "1", relation: "", sort: "size"};
const unfiltered = {...filter};

/** Letters as they are compared: without marks and case. */
const folded = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();

const searchable = new Map();
function searchText(story) {
    let text = searchable.get(story.index);
    if (text === undefined) {
        text = folded([
            story.title, story.terms.join(" "),
            ...story.articles.map((a) => `${a.id} ${a.title} ${a.lead} ${outletName(a.outlet)}`),
        ].join("\n"));
        searchable.set(story.index, text);
    }
    return text;
}

const sorts = {
    size: ["largest", (x, y) => y.articles.length - x.articles.length],
    newest: ["newest", (x, y) => (y.last ?? -Infinity) - (x.last ?? -Infinity) || 0],
    oldest: ["oldest", (x, y) => (x.first ?? Infinity) - (y.first ?? Infinity) || 0],
    languages: ["most languages", (x, y) => y.languages.length - x.languages.length ||
                                          y.articles.length - x.articles.length],
    outlets: ["most outlets", (x, y) => y.outlets.length - x.outlets.length],
};

const dateValue = (text) => text === "" ? null : Date.parse(`${text}T00:00:00Z`);

function chosenStories() {
    const wanted = folded(filter.query).split(/\s+/u).filter(Boolean);
    const from = dateValue(filter.from);
    const to = filter.to === "" ? null : dateValue(filter.to) + dayLength;
    const outlet = folded(filter.outlet.trim());
    const least = Math.abs(Number(filter.size));
    const chosen = stories.filter((story) => {
        if (filter.size === "-1" ? story.articles.length !== 1 : story.articles.length < least)
            return false;
        if (filter.language !== "" && !story.languageCounts.has(Number(filter.language)))
            return false;
        if (filter.relation !== "" && !story.relations.has(Number(filter.relation)))
            return false;
        if ((from !== null || to !== null) && story.first === null)
            return false;
        if ((from !== null && story.last < from) || (to !== null && story.first >= to))
            return false;
        if (outlet !== "" && !story.outlets.some((o) => folded(outletName(o)).includes(outlet)))
            return false;
        return wanted.length === 0 ||
            (wanted.every((word) => searchText(story).includes(word)));
    });
    const order = sorts[filter.sort][1];
    return chosen.sort((x, y) => order(x, y) || x.index - y.index);
}

const isFiltered = () => Object.keys(filter).some((key) => key !== "sort" && filter[key] !== unfiltered[key]);

function labelled(text, control, wide) {
    return el("label", {class: wide ? "field wide" : "field"}, el("span", {}, text), control);
}

function choice(key, options, changed) {
    const select = el("select", {onchange: () => {
        filter[key] = select.value;
        changed();
    }});
    for (const [value, text] of options)
        select.append(el("option", {value, selected: filter[key] === value}, text));
    return select;
}

function typed(key, attributes, changed) {
    const later = calmly(changed, 150);
    const input = el("input", {...attributes, value: filter[key], oninput: () => {
        filter[key] = input.value;
        later();
    }});
    return input;
}

/** The controls; `redraw` draws what they choose. */
function toolbar(redraw) {
    const languages = core.languages.map((tag, i) => [String(i), `${languageName(i)} (${tag})`])
                          .sort((x, y) => x[1].localeCompare(y[1], "en"));
    const dated = stories.some((story) => story.first !== null);
    const outletList = el("datalist", {id: "outlets"},
        core.outlets.slice(0, 500).map((name) => el("option", {value: name})));
    const clear = el("button", {type: "button", class: "plain", onclick: () => {
        Object.assign(filter, unfiltered, {sort: filter.sort});
        draw();
        form.querySelector("input").focus();
        redraw();
    }}, "Clear filters");
    const changed = () => {
        clear.hidden = !isFiltered();
        redraw();
    };
    const form = el("form", {class: "toolbar", role: "search", "aria-label": "Stories",
                             onsubmit: (event) => event.preventDefault()});
    function draw() {
        clear.hidden = !isFiltered();
        form.replaceChildren(
            labelled("Search", typed("query", {
                type: "search", placeholder: "words, names, outlets, ids", autocomplete: "off",
                spellcheck: "false", accesskey: "s",
            }, changed), true),
            labelled("Language", choice("language", [["", "all"], ...languages], changed)),
            ...(core.outlets.length === 0 ? [] : [
                labelled("Outlet", typed("outlet", {list: "outlets", placeholder: "all", autocomplete: "off"}, changed)),
                outletList,
            ]),
            ...(dated ? [
                labelled("From", typed("from", {type: "date"}, changed)),
                labelled("To", typed("to", {type: "date"}, changed)),
            ] : []),
            labelled("Size", choice("size", [
                ["1", "any"], ["2", "2 or more"], ["3", "3 or more"], ["5", "5 or more"], ["10", "10 or more"],
                ["25", "25 or more"], ["-1", "alone"],
            ], changed)),
            labelled("With a", choice("relation", [
                ["", "any relation"], ["3", "translation"], ["2", "rewrite"], ["4", "duplicate"],
                ["1", "report of its own"],
            ], changed)),
            labelled("Sort by", choice("sort", Object.entries(sorts).map(([key, [name]]) => [key, name]), changed)),
            clear);
    }
    draw();
    return form;
}
