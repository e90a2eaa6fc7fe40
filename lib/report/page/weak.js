// SPDX-License-Identifier: Apache-2.0
// For those who check: pairs that nearly joined two stories, and that nearly fell out of one.

function doubtItem([first, second, probability]) {
    const left = articles[first];
    const right = articles[second];
    const side = (article) => el("div", {class: "doubt-side"},
        el("p", {class: "doubt-title", dir: "auto", lang: languageTag(article.language)}, titleOf(article)), aboutArticle(article));
    return el("li", {class: "doubt"},
        el("a", {class: "doubt-figure", href: `#/compare/${first}/${second}`}, percent(probability),
            el("span", {class: "unseen"}, ` likely one story: compare “${titleOf(left)}” and “${titleOf(right)}”`)),
        side(left), side(right));
}

function weakView(main) {
    const {joined, parted} = weakSpots();
    const section = (title, hint, pairs, none) => el("section", {}, el("h2", {}, title), el("p", {class: "hint"}, hint),
        pairs.length === 0 ? el("p", {}, none) : el("ol", {class: "doubts"}, pairs.map(doubtItem)));
    main.replaceChildren(
        el("h1", {tabindex: "-1"}, "Weak spots"),
        el("p", {class: "hint"}, "Where a little more or less would have made other stories. A figure opens both articles side by side."),
        section("Nearly joined", "The likeliest pair of two stories that are not one, the likeliest first.", joined, "No two stories come near one another."),
        section("Nearly parted", "The article that holds to its story the least, with the one it holds to, the weakest first.", parted, "All articles hold to their stories surely."));
}
