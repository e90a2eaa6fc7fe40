// SPDX-License-Identifier: Apache-2.0
// Two articles side by side.

function aboutArticle(article) {
    return el("p", {class: "about"}, languageChip(article.language), " ", own(outletName(article.outlet)), " ",
        el("span", {}, timeText(article.time)));
}

function column(article, title, paragraphs, note, level) {
    const tag = languageTag(article.language);
    return el("section", {class: "column", lang: tag, "aria-label": titleOf(article)},
        el(`h${level}`, {dir: "auto", class: "column-title"}, title.length > 0 ? title.flat() : titleOf(article)), aboutArticle(article),
        paragraphs.map((pieces) => el("p", {dir: "auto"}, pieces)),
        note === "" ? null : el("p", {class: "note", lang: "en"}, note));
}

/** The text that is there, and what to say of it. */
function shownText(article) {
    const text = textOf(article);
    if (text !== null)
        return {text, note: ""};
    return {text: article.lead, note: article.lead.endsWith("…") ? "The beginning; the whole text had no room in this file." : ""};
}

function contributionTable(x) {
    const largest = Math.max(...x.c.map(([, , odds]) => Math.abs(odds)), 0.1);
    const sum = x.c.reduce((all, [, , odds]) => all + odds, 0);
    const signed = (value) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
    const rows = x.c.map(([name, value, odds]) => {
        const bar = el("span", {class: odds < 0 ? "bar against" : "bar for"});
        bar.style.width = `${(50 * Math.abs(odds) / largest).toFixed(1)}%`;
        return el("tr", {}, el("th", {scope: "row"}, wordsOf(name)),
            el("td", {class: "axis-cell", "aria-hidden": "true"}, el("span", {class: "beam"}, bar)),
            el("td", {class: "figure"}, signed(odds)), el("td", {class: "figure measured"}, value.toFixed(3)));
    });
    return el("table", {class: "odds"},
        el("caption", {}, "What speaks against one story and what for it"),
        el("thead", {}, el("tr", {}, el("th", {scope: "col"}, "What was measured"),
            el("td", {class: "axis-cell sides", "aria-hidden": "true"}, el("span", {}, "against"), el("span", {}, "for")),
            el("th", {scope: "col", class: "figure"}, "log-odds"), el("th", {scope: "col", class: "figure measured"}, "value"))),
        el("tbody", {}, rows),
        el("tfoot", {}, el("tr", {}, el("th", {scope: "row"}, "together"), el("td", {"aria-hidden": "true"}),
            el("td", {class: "figure"}, signed(sum)), el("td", {class: "measured"}))));
}

function spellings(pairs, side) {
    return pairs.map((pair) => {
        const here = pair[side];
        const there = pair[1 - side];
        return el("li", {}, own(here), here === there ? null : [el("span", {class: "equals"}, " = "), own(there)]);
    });
}

/** What an explained pair has in common and how it was weighed; `side` is that of the left article. */
function explained(x, side, left, right, level) {
    const shared = [["Names and rare words", x.w], ["Numbers", x.n], ["Dates", x.y]].filter(([, pairs]) => pairs.length > 0);
    const passages = x.s.map((passage, i) => {
        const here = (s, article) => el("p", {dir: "auto", lang: languageTag(article.language)},
            (textOf(article) ?? "").slice(passage[2 * s], passage[2 * s + 1]));
        return el("li", {}, el("span", {class: "alike"}, el("span", {class: "unseen"}, "likeness "), passage[4].toFixed(2)),
            here(side, left), here(1 - side, right));
    });
    return el("div", {class: "why"},
        passages.length === 0 ? null : el("section", {},
            el(`h${level}`, {class: "why-title"}, "Passages that say the same"), el("ol", {class: "passages"}, passages)),
        el("div", {class: "why-columns"},
            shared.length === 0 ? null : el("section", {}, el(`h${level}`, {class: "why-title"}, "In both"),
                shared.map(([name, pairs]) => [el(`h${level + 1}`, {class: "why-part"}, name), el("ul", {class: "shared"}, spellings(pairs, side))])),
            x.c.length === 0 ? null : el("section", {class: "weighed", role: "group", "aria-label": "How it was weighed"}, contributionTable(x))));
}

function orderText(x, side, left, right) {
    if (left.time === null || right.time === null || x.d === 0)
        return "";
    const leftIsEarlier = (x.d === 1) === (side === 0);
    return `The ${leftIsEarlier ? "left" : "right"} one was published ${gapText(left.time - right.time)} earlier.`;
}

function legend(isExplained) {
    return el("p", {class: "legend"}, "Marked in both: ",
        isExplained ? [el("mark", {class: "passage"}, "passages that say the same"), " "] : null,
        el("mark", {class: "term"}, isExplained ? "names and rare words" : "words"), " ", el("mark", {class: "number"}, "numbers and dates"));
}

/** Both texts, marked; `level` is that of the headings. */
function sideBySide(left, right, level = 3) {
    const found = explanationOf(left, right);
    const [a, b] = [shownText(left), shownText(right)];
    let spans;
    let titles;
    let head;
    if (found) {
        const side = found.swapped ? 1 : 0;
        const {x} = found;
        const spansOf = (text, article, s, isTitle) => explainedSpans(text, x, s === 0, !isTitle && textOf(article) !== null);
        spans = [spansOf(a.text, left, side, false), spansOf(b.text, right, 1 - side, false)];
        titles = [spansOf(left.title, left, side, true), spansOf(right.title, right, 1 - side, true)];
        head = [explained(x, side, left, right, level)];
    } else {
        const shared = sharedSpans(`${left.title}\n${a.text}`, languageTag(left.language), `${right.title}\n${b.text}`, languageTag(right.language));
        const split = (all, title) => {
            const cut = title.length + 1;
            return [all.filter((s) => s.end < cut), all.filter((s) => s.begin >= cut).map((s) => ({...s, begin: s.begin - cut, end: s.end - cut}))];
        };
        const [leftTitle, leftText] = split(shared.first, left.title);
        const [rightTitle, rightText] = split(shared.second, right.title);
        titles = [leftTitle, rightTitle];
        spans = [leftText, rightText];
        head = [el("p", {class: "not-explained"}, `Not explained here: this file holds no comparison of these two. ${shared.count === 0 ? "No longer word stands in both." :
            `${count(shared.count, "word stands", "words stand")} in both as ${shared.count === 1 ? "it is" : "they are"}.`}`)];
    }
    const texts = el("div", {class: "columns"},
        column(left, marked(left.title, titles[0]), marked(a.text, spans[0]), a.note, level),
        column(right, marked(right.title, titles[1]), marked(b.text, spans[1]), b.note, level));
    lightCounterparts(texts);
    return {found, parts: [...head, legend(found !== null), texts]};
}

function verdict(left, right, found) {
    const together = left.story === right.story;
    const side = found?.swapped ? 1 : 0;
    return el("p", {class: "verdict"},
        found ? [el("strong", {}, percent(found.x.p)), ` likely one story · ${relationName(found.x.r)} · `] : null,
        found ? (together ? "in one story here. " : "in two stories here. ") :
            (together ? "Both are in one story." : "They are in two stories."),
        found ? orderText(found.x, side, left, right) : null);
}

function compareView(main, left, right) {
    const {found, parts} = sideBySide(left, right, 2);
    const crumb = (story, text) => el("a", {href: `#/story/${story.id}`}, text);
    main.replaceChildren(
        el("p", {class: "crumbs"}, left.story === right.story ? crumb(left.story, "← The story of both") :
            [crumb(left.story, "← The story of the left one"), " · ", crumb(right.story, "The story of the right one →")]),
        el("h1", {tabindex: "-1"}, "Two articles side by side"), verdict(left, right, found), ...parts);
}
