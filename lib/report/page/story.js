// SPDX-License-Identifier: Apache-2.0
// One story: its articles, who is near whom, its titles, its linked pairs.

function probabilityBar(probability) {
    const bar = el("span", {class: "bar for"});
    bar.style.width = `${(100 * probability).toFixed(1)}%`;
    return el("span", {class: "gauge", "aria-hidden": "true"}, bar);
}

function reportItem(article, chooser) {
    const {story} = article;
    const tag = languageTag(article.language);
    const isRepresentative = article === story.representative;
    const text = () => shownText(article);
    const whole = el("details", {class: "whole"}, el("summary", {}, "Text"));
    whole.addEventListener("toggle", () => {
        if (whole.open && whole.childElementCount === 1) {
            const {text: body, note} = text();
            whole.append(...marked(body, []).map((pieces) => el("p", {dir: "auto", lang: tag}, pieces)),
                note === "" ? "" : el("p", {class: "note"}, note));
        }
    });
    const status = article.status > 0 ? statusNames[article.status] : "";
    return el("li", {class: "report"},
        el("div", {class: "report-head"},
            el("h3", {dir: "auto", lang: tag}, titleOf(article)),
            story.articles.length > 1 ? chooser.button(article) : null),
        el("p", {class: "about"}, languageChip(article.language), " ", own(outletName(article.outlet)), " ",
            el("span", {}, timeText(article.time)), " ", own(article.id, {class: "id"}),
            story.earliest === article ? el("span", {class: "badge"}, "first") : null,
            status === "" ? null : el("span", {class: "badge warn"}, status)),
        story.articles.length === 1 ? null : el("p", {class: "relation"},
            isRepresentative ? el("span", {class: "badge"}, "representative") :
                [probabilityBar(article.probability), el("strong", {}, percent(article.probability)), ` ${relationName(article.relation)}`],
            article.strongest === undefined || isRepresentative ? null : [" · surest with ",
                el("a", {href: `#/compare/${article.number}/${story.articles[article.strongest].number}`},
                    own(outletName(story.articles[article.strongest].outlet) || story.articles[article.strongest].id)),
                ` ${percent(article.strength)}`]),
        article.title === "" || textOf(article) === null ? el("p", {class: "lead", dir: "auto", lang: tag}, article.lead) : whole);
}

/** Two articles are chosen one after the other, in the list or in the map. */
function makeChooser(story) {
    const chosen = [];
    const buttons = new Map();
    const tray = el("p", {class: "tray", hidden: true});
    const choose = (article) => {
        const at = chosen.indexOf(article);
        if (at >= 0)
            chosen.splice(at, 1);
        else
            chosen.push(article);
        for (const [other, button] of buttons)
            button.setAttribute("aria-pressed", String(chosen.includes(other)));
        tray.hidden = chosen.length === 0;
        if (chosen.length === 2) {
            location.hash = `#/compare/${chosen[0].number}/${chosen[1].number}`;
        } else if (chosen.length === 1) {
            tray.replaceChildren("Chosen: ", own(titleOf(chosen[0])), ". Choose another to see both side by side.");
            say(`Chosen: ${titleOf(chosen[0])}. Choose another to see both side by side.`);
        }
    };
    const button = (article) => {
        const made = el("button", {type: "button", class: "choose", "aria-pressed": "false", onclick: () => choose(article)},
            "Compare", el("span", {class: "unseen"}, `: ${titleOf(article)}`));
        buttons.set(article, made);
        return made;
    };
    return {choose, button, tray};
}

function linkedPairs(story) {
    const {x: pairs} = detailsOf(story);
    if (pairs.length === 0)
        return null;
    const items = pairs.map((x) => {
        const left = articles[x.a];
        const right = articles[x.b];
        const item = el("details", {class: "pair"}, el("summary", {},
            el("span", {class: "pair-figure"}, percent(x.p)), el("span", {class: "pair-relation"}, relationName(x.r)),
            el("span", {class: "pair-sides"},
                languageChip(left.language), own(outletName(left.outlet) || left.id), el("span", {"aria-hidden": "true"}, " ↔ "),
                el("span", {class: "unseen"}, " and "), languageChip(right.language), own(outletName(right.outlet) || right.id))));
        item.addEventListener("toggle", () => {
            if (item.open && item.childElementCount === 1)
                item.append(...sideBySide(left, right).parts);
        });
        return item;
    });
    return el("section", {class: "links"}, el("h2", {}, "Linked pairs"),
        el("p", {class: "hint"}, "The surest link of each article, with what both have and how it was weighed."), items);
}

function titlesOf(story) {
    if (story.titles.length < 2)
        return null;
    return el("section", {class: "panel"}, el("h2", {}, "In each language"),
        el("dl", {class: "titles"}, story.titles.map(({language, title}) => el("div", {},
            el("dt", {}, languageChip(language)), el("dd", {dir: "auto", lang: languageTag(language)}, title)))));
}

function movement(story) {
    const firsts = route(story);
    if (story.articles.length < 2 || story.first === null)
        return null;
    return el("section", {class: "panel"}, el("h2", {}, "How it moved"), track(story, story.first, story.last, 44),
        el("ol", {class: "route"}, firsts.map((a, i) => el("li", {}, languageChip(a.language), " ",
            own(outletName(a.outlet) || a.id), " ", el("span", {class: "when"}, i === 0 ? timeText(a.time) : `${gapText(a.time - firsts[0].time)} later`)))));
}

function nearStories(story) {
    const near = story.near.filter((n) => n.other < stories.length);
    if (near.length === 0)
        return null;
    return el("section", {class: "panel"}, el("h2", {}, "Nearest other stories"), el("ul", {class: "near"}, near.map((n) => el("li", {},
        el("a", {href: `#/story/${stories[n.other].id}`, dir: "auto", lang: languageTag(stories[n.other].representative.language)}, storyTitle(stories[n.other])), " ",
        el("a", {class: "quiet", href: `#/compare/${n.a}/${n.b}`}, `nearest pair ${percent(n.probability)}`)))));
}

/** The stories before and after it in the same affair. */
function affair(story) {
    const item = (heading, other, names) => other === undefined ? [] : [el("li", {}, `${heading} `,
        el("a", {href: `#/story/${other.id}`, dir: "auto", lang: languageTag(other.representative.language)}, storyTitle(other)),
        names.length === 0 ? "" : el("p", {class: "quiet"}, "both name ", names.map((name, i) => [i === 0 ? "" : ", ", own(name)])))];
    const items = [
        ...story.follows === null ? [] : item("Goes on from", stories[story.follows.other], story.follows.names),
        ...stories.filter((other) => other.follows !== null && stories[other.follows.other] === story)
            .flatMap((other) => item("Goes on in", other, other.follows.names)),
    ];
    return items.length === 0 ? null : el("section", {class: "panel"}, el("h2", {}, "The same affair"), el("ul", {class: "near"}, items));
}

function storyView(main, story) {
    const size = story.articles.length;
    const chooser = makeChooser(story);
    const chosen = chosenStories();
    const at = chosen.indexOf(story);
    const neighbour = (other, text) => other ? el("a", {href: `#/story/${other.id}`, title: storyTitle(other)}, text) : null;
    const byTime = [...story.articles].sort((x, y) => (x.time ?? Infinity) - (y.time ?? Infinity) || x.place - y.place);
    const list = el("ol", {class: "reports"});
    const more = growingList(list, byTime, (article) => reportItem(article, chooser), 40, "articles");
    main.replaceChildren(
        el("p", {class: "crumbs"}, el("a", {href: "#/"}, "← All stories"), neighbour(chosen[at - 1], "Previous"), neighbour(at >= 0 ? chosen[at + 1] : null, "Next")),
        el("h1", {tabindex: "-1", dir: "auto", lang: languageTag(story.representative.language)}, storyTitle(story)),
        el("p", {class: "meta"}, el("span", {class: "size"}, count(size, "article", "articles")),
            story.outlets.length > 0 ? el("span", {}, `from ${count(story.outlets.length, "outlet", "outlets")}`) : null,
            el("span", {}, spanText(story.first, story.last)),
            size > 1 ? el("span", {title: "mean cosine of the articles to their mean"}, `cohesion ${story.cohesion.toFixed(2)}`) : null),
        el("p", {class: "chips"}, story.languages.map((l) => languageChip(l, story.languageCounts.get(l)))),
        story.terms.length > 0 ? el("ul", {class: "terms", "aria-label": "Key terms"}, story.terms.map((term) => el("li", {}, own(term)))) : "",
        chooser.tray,
        el("div", {class: "story"},
            el("section", {class: "told"}, el("h2", {}, size > 1 ? "Articles" : "Article"), list, more),
            el("div", {class: "aside"},
                size > 2 ? el("section", {class: "panel"}, el("h2", {}, "Who is near whom"), storyMap(story, chooser.choose)) : null,
                movement(story), affair(story), titlesOf(story), nearStories(story))),
        linkedPairs(story) ?? "");
}
