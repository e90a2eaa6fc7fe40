// SPDX-License-Identifier: Apache-2.0
// Stories as cards.

/** When a story was told, as marks between its first and last report. */
function strip(story) {
    if (story.first === null || story.articles.length < 2)
        return null;
    const length = Math.max(story.last - story.first, 1);
    const marks = story.articles.filter((a) => a.time !== null).slice(0, 400).map((a) => svg("circle", {
        cx: `${(3 + 94 * (story.last === story.first ? 0.5 : (a.time - story.first) / length)).toFixed(2)}%`,
        cy: 7, r: 4, class: colourOf(a.language),
    }));
    return svg("svg", {class: "strip", width: "100%", height: 14, "aria-hidden": "true"},
        svg("line", {x1: "0", x2: "100%", y1: 7, y2: 7}), marks);
}

function card(story, isLead) {
    const size = story.articles.length;
    const shown = story.languages.slice(0, 6);
    const outlets = story.outlets.slice(0, 3).map(outletName).join(", ") +
        (story.outlets.length > 3 ? ` and ${story.outlets.length - 3} more` : "");
    const others = story.titles.filter((t) => t.title !== story.title && t.title !== "").slice(0, isLead ? 3 : 1);
    return el("li", {class: `${size === 1 ? "card alone" : "card"}${isLead ? " lead-card" : ""}`},
        el("article", {"aria-labelledby": `c${story.index}`},
            el("div", {class: "card-top"},
                el("span", {class: "size"}, size === 1 ? "1 article" : `${size.toLocaleString("en")} articles`),
                el("span", {class: "when"}, spanText(story.first, story.last))),
            el("h2", {dir: "auto", id: `c${story.index}`, lang: languageTag(story.representative.language)},
                el("a", {href: `#/story/${story.id}`}, storyTitle(story))),
            story.representative.lead === "" ? null :
                el("p", {class: "lead", dir: "auto", lang: languageTag(story.representative.language)},
                    story.representative.lead),
            others.length === 0 ? null : el("ul", {class: "others"}, others.map((t) => el("li", {},
                el("span", {class: `dot ${colourOf(t.language)}`, "aria-hidden": "true"}),
                own(t.title, {lang: languageTag(t.language)})))),
            strip(story),
            el("p", {class: "chips"}, shown.map((l) => languageChip(l, story.languageCounts.get(l))),
                story.languages.length > shown.length ?
                    el("span", {class: "chip"}, `+${story.languages.length - shown.length}`) : null),
            outlets === "" ? null : el("p", {class: "outlets"}, own(outlets))));
}

function overviewView(main) {
    const list = el("div", {class: "results"});
    const tally = el("p", {class: "tally", role: "status"});
    const draw = () => {
        const chosen = chosenStories();
        const cards = el("ol", {class: "cards"});
        const inAll = chosen.reduce((sum, story) => sum + story.articles.length, 0);
        tally.textContent = chosen.length === 0 ?
            "No story has all of that." :
            `${count(chosen.length, "story", "stories")}, ${count(inAll, "article", "articles")}`;
        const leads = !isFiltered() && filter.sort === "size" ? 1 : 0;
        const more = growingList(cards, chosen, (story) => card(story, story.index < leads && story.articles.length > 1),
            60, "stories");
        list.replaceChildren(cards, more);
    };
    main.replaceChildren(
        el("h1", {class: "unseen", tabindex: "-1"}, "Stories"), toolbar(draw), tally, list);
    draw();
}
