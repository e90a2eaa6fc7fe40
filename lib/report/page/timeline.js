// SPDX-License-Identifier: Apache-2.0
// Stories as rows over time, each article a mark in the colour of its language.

const niceSteps = [1, 3, 6, 12, 24, 48, 24 * 7, 24 * 14, 24 * 30, 24 * 91, 24 * 365, 24 * 3650].map((h) => h * 3600000);

function ticksBetween(from, to, most) {
    const step = niceSteps.find((s) => (to - from) / s <= most) ?? niceSteps.at(-1) * Math.ceil((to - from) / niceSteps.at(-1) / most);
    const ticks = [];
    for (let t = Math.ceil(from / step) * step; t <= to; t += step)
        ticks.push(t);
    return {ticks, step};
}

/** How the story moved: the first report in each language, in the order of time. */
function route(story) {
    const firsts = new Map();
    for (const article of story.articles.filter((a) => a.time !== null).sort((x, y) => x.time - y.time || x.place - y.place))
        if (!firsts.has(article.language))
            firsts.set(article.language, article);
    return [...firsts.values()];
}

function routeText(story) {
    const firsts = route(story);
    if (firsts.length === 0)
        return "no dates";
    return firsts.map((a, i) => i === 0 ? languageName(a.language) :
        `${languageName(a.language)} after ${gapText(a.time - firsts[0].time)}`).join(", then ");
}

const across = (time, from, to) => to === from ? 50 : 1.5 + 97 * (time - from) / (to - from);

function track(story, from, to, height) {
    const middle = height / 2;
    const dated = story.articles.filter((a) => a.time !== null && a.time >= from && a.time <= to)
                      .sort((x, y) => x.time - y.time || x.place - y.place);
    const at = (time) => `${across(time, from, to).toFixed(3)}%`;
    const marks = [];
    let last = -Infinity;
    let level = 0;
    for (const article of dated) { // marks that would lie on one another are set beside; the first lies on top
        const x = across(article.time, from, to);
        level = x - last < 0.9 ? level + 1 : 0;
        last = x;
        const offset = (level % 2 === 0 ? 1 : -1) * Math.ceil(level / 2) * 6;
        const isFirst = story.earliest === article;
        marks.unshift(svg("g", {class: "mark", onclick: () => { location.hash = `#/story/${story.id}`; }},
            svg("circle", {cx: at(article.time), cy: middle + Math.max(-middle + 6, Math.min(middle - 6, offset)),
                           r: isFirst ? 6 : 4.5, class: `${colourOf(article.language)}${isFirst ? " first" : ""}`},
                svg("title", {}, `${timeText(article.time)} · ${languageTag(article.language)} · ${
                    outletName(article.outlet)}\n${titleOf(article)}`))));
    }
    return svg("svg", {class: "track", width: "100%", height, role: "img",
                       "aria-label": `${count(dated.length, "article", "articles")}, ${spanText(story.first, story.last)}: ${routeText(story)}`},
        dated.length > 1 ? svg("line", {x1: at(dated[0].time), x2: at(dated.at(-1).time), y1: middle, y2: middle}) : null,
        marks);
}

function axis(from, to) {
    const {ticks, step} = ticksBetween(from, to, Math.max(3, Math.floor(window.innerWidth / 190)));
    const text = (t) => step < dayLength && t % dayLength !== 0 ? clockFormat.format(t) : shortDayFormat.format(t);
    return el("div", {class: "axis", "aria-hidden": "true"}, el("span", {class: "axis-name"}, "UTC"),
        svg("svg", {width: "100%", height: 24, overflow: "visible"}, ticks.map((t) => [
            svg("line", {x1: `${across(t, from, to)}%`, x2: `${across(t, from, to)}%`, y1: 16, y2: 24}),
            svg("text", {x: `${across(t, from, to)}%`, y: 12, "text-anchor": "middle"}, text(t)),
        ])));
}

function timelineRow(story, from, to) {
    const firsts = route(story);
    const first = firsts[0];
    return el("li", {class: "row"},
        el("div", {class: "row-name"},
            el("a", {href: `#/story/${story.id}`, dir: "auto", lang: languageTag(story.representative.language)}, storyTitle(story)),
            el("p", {class: "moved"}, firsts.slice(0, 5).map((a, i) => [
                i > 0 ? el("span", {class: "arrow", "aria-hidden": "true"}, "→") : null, languageChip(a.language),
            ]), firsts.length > 5 ? el("span", {}, `+${firsts.length - 5}`) : null,
            story.earliest && first ? el("span", {class: "by"}, " first: ", own(outletName(story.earliest.outlet) || story.earliest.id)) : null)),
        track(story, from, to, 36));
}

function timelineView(main) {
    const tally = el("p", {class: "tally", role: "status"});
    const list = el("div", {class: "results"});
    const draw = () => {
        const chosen = chosenStories().filter((story) => story.first !== null &&
            (filter.size !== unfiltered.size || story.articles.length > 1));
        if (filter.sort === "size")
            chosen.sort((x, y) => x.first - y.first || x.index - y.index);
        tally.textContent = chosen.length === 0 ? "No story with a date has all of that." :
            `${count(chosen.length, "story", "stories")} of ${filter.size === unfiltered.size ? "two or more articles" : "the size chosen"}`;
        if (chosen.length === 0)
            return list.replaceChildren();
        const from = dateValue(filter.from) ?? Math.min(...chosen.map((s) => s.first));
        const to = filter.to === "" ? Math.max(...chosen.map((s) => s.last)) : dateValue(filter.to) + dayLength;
        const rows = el("ol", {class: "rows"});
        const more = growingList(rows, chosen, (story) => timelineRow(story, from, to), 80, "stories");
        list.replaceChildren(el("div", {class: "timeline"}, axis(from, to), rows), more);
    };
    const languages = core.languages.slice(0, colours).map((_, i) => languageChip(i));
    main.replaceChildren(
        el("h1", {tabindex: "-1"}, "Timeline"),
        el("p", {class: "hint"}, "Each mark is an article, in the colour of its language; a ring marks the report that came first. ",
            el("span", {class: "legend"}, languages)),
        toolbar(draw), tally, list);
    draw();
}
