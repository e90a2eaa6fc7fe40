// SPDX-License-Identifier: Apache-2.0
// Which view is shown.

const reportTitle = document.title;
const views = evaluation ? [["#/", "Evaluation"]] :
    [["#/", "Stories"], ["#/timeline", "Timeline"], ["#/weak", "Weak spots"]];
const scrolls = new Map();
let shownHash = null;

function missingView(main) {
    main.replaceChildren(el("h1", {tabindex: "-1"}, "Not in this report"),
        el("p", {}, el("a", {href: "#/"}, "All stories")));
}

function show(main, parts) {
    const [view, a, b] = parts;
    if (view === "" || view === undefined)
        return evaluation ? evaluationView(main) : overviewView(main);
    if (view === "timeline")
        return timelineView(main);
    if (view === "weak")
        return weakView(main);
    if (view === "story" && storyById.has(a))
        return storyView(main, storyById.get(a));
    if (view === "compare" && articles[a] && articles[b] && a !== b)
        return compareView(main, articles[a], articles[b]);
    return missingView(main);
}

function showCurrent() {
    const main = byId("main");
    if (shownHash !== null)
        scrolls.set(shownHash, window.scrollY);
    const hash = location.hash || "#/";
    show(main, hash.slice(2).split("/").map((part) => {
        try {
            return decodeURIComponent(part);
        } catch {
            return part;
        }
    }));
    for (const link of byId("views").querySelectorAll("a"))
        if (link.getAttribute("href") === hash)
            link.setAttribute("aria-current", "page");
        else
            link.removeAttribute("aria-current");
    const heading = main.querySelector("h1");
    document.title = hash === "#/" ? reportTitle : `${heading.textContent} · ${reportTitle}`;
    if (shownHash !== null) { // at the first view the reader begins at the top of the page
        heading.focus({preventScroll: true});
        window.scrollTo(0, scrolls.get(hash) ?? 0);
    }
    shownHash = hash;
}

function facts() {
    const dated = stories.filter((story) => story.first !== null);
    const span = dated.length === 0 ? "" :
        ` · ${spanText(dated.reduce((t, s) => Math.min(t, s.first), Infinity), dated.reduce((t, s) => Math.max(t, s.last), -Infinity))}`;
    const several = stories.filter((story) => story.articles.length > 1).length;
    return `${count(core.all_articles, "article", "articles")} in ${count(core.languages.length, "language", "languages")} · ${
        count(core.all_stories, "story", "stories")}, ${several.toLocaleString("en")} of two or more articles${span}`;
}

/** What had no room. */
function leftOut() {
    const notes = [];
    const stored = stories.reduce((sum, story) => sum + story.articles.length, 0);
    if (core.all_stories > stories.length)
        notes.push(`the ${count(core.all_stories - stories.length, "smallest story", "smallest stories")} with ${
            count(core.all_articles - stored, "article", "articles")}`);
    if (core.lead < core.wanted_lead)
        notes.push(core.lead === 0 ? "the beginnings of texts" : `beginnings of texts beyond ${core.lead} characters`);
    if (core.texts < stored)
        notes.push(`whole texts of ${count(stored - core.texts, "article", "articles")} (${core.texts.toLocaleString("en")} are here)`);
    const left = notes.length === 0 ? "Everything had room in this file." : `Left out to keep this file small: ${notes.join("; ")}.`;
    return `${left} ${core.explains ? `${count(core.pairs, "pair is", "pairs are")} explained.` : "Pairs are not explained."}`;
}

function start() {
    byId("views").append(...views.map(([href, text]) => el("a", {href}, text)));
    byId("facts").textContent = evaluation ? "How well the stories that Fabula finds meet the labels" : facts();
    byId("foot").append(evaluation ? "" : el("p", {}, leftOut()),
        el("p", {}, "Probabilities are of two articles telling one story, as the clustering saw them; times are UTC. Made by Fabula; this file asks for nothing from anywhere."));
    byId("skip").addEventListener("click", (event) => {
        event.preventDefault();
        byId("main").focus();
    });
    document.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || event.defaultPrevented)
            return;
        const {hash} = location;
        if (hash.startsWith("#/story/"))
            location.hash = "#/";
        else if (hash.startsWith("#/compare/"))
            history.back();
    });
    window.addEventListener("hashchange", showCurrent);
    showCurrent();
    performance.mark("drawn");
}

start();
