// SPDX-License-Identifier: Apache-2.0
// What the report holds, as objects. Texts and explanations are read when a story is opened.

const core = JSON.parse(byId("core").textContent);
const relationNames = ["unrelated", "same story", "rewrite", "translation", "duplicate"];
const statusNames = ["", "no words to compare", "language without vectors", "no known words"];
const colours = 12;

const relationName = (relation) => relationNames[relation] ?? "not told";

const languageNames = (() => {
    try {
        return new Intl.DisplayNames(["en"], {type: "language", fallback: "code"});
    } catch {
        return null;
    }
})();

function languageName(language) {
    const tag = core.languages[language] ?? "und";
    if (tag === "und")
        return "language not known";
    try {
        return languageNames?.of(tag) ?? tag;
    } catch {
        return tag; // a tag that is none
    }
}

const languageTag = (language) => core.languages[language] ?? "und";
const outletName = (outlet) => core.outlets[outlet] ?? "";
/** The most frequent languages have a colour of their own. */
const colourOf = (language) => language >= 0 && language < colours ? `l${language}` : "lx";

const articles = [];
const stories = core.stories.map((raw, index) => {
    const story = {
        index,
        id: raw.i,
        articles: [],
        terms: raw.k ?? [],
        cohesion: raw.c,
        follows: raw.f === undefined ? null : {other: raw.f[0], names: raw.f.slice(1)},
        near: (raw.n ?? []).map(([other, probability, a, b]) => ({other, probability, a, b})),
        first: null,
        last: null,
        relations: new Set(),
    };
    const languages = new Map();
    const outlets = new Set();
    raw.a.forEach((a, place) => {
        const article = {
            story,
            place,
            number: articles.length,
            id: a[0],
            title: a[1],
            lead: a[2],
            language: a[3],
            outlet: a[4],
            time: a[5] === null ? null : a[5] * 1000,
            status: a[6],
            relation: a[7] ?? -1,
            probability: a[8],
            strongest: a[9],
            strength: a[10],
        };
        articles.push(article);
        story.articles.push(article);
        languages.set(article.language, (languages.get(article.language) ?? 0) + 1);
        if (article.outlet >= 0)
            outlets.add(article.outlet);
        if (article.time !== null) {
            story.first = story.first === null ? article.time : Math.min(story.first, article.time);
            story.last = story.last === null ? article.time : Math.max(story.last, article.time);
        }
        if (place !== raw.r && article.relation >= 0)
            story.relations.add(article.relation);
    });
    story.representative = story.articles[raw.r];
    story.title = raw.t ?? story.representative.title;
    story.earliest = raw.e === undefined ? null : story.articles[raw.e];
    story.languages = [...languages.keys()].sort(
        (x, y) => languages.get(y) - languages.get(x) || x - y);
    story.languageCounts = languages;
    story.outlets = [...outlets];
    story.titles = (raw.tt ?? []).map(([language, place, title]) => ({
        language,
        article: story.articles[place],
        title: title ?? story.articles[place].title,
    }));
    return story;
});
const storyById = new Map(stories.map((story) => [story.id, story]));

/** A title to show, whatever there is. */
const titled = (text, id) => text || `(${id})`;
const titleOf = (article) => article.title || article.lead.slice(0, 90) || `(${article.id})`;
const storyTitle = (story) => story.title || titleOf(story.representative);

const parsed = new Map();
/** Texts `t` by place, explained pairs `x` and near members `p` of a story. */
function detailsOf(story) {
    if (!parsed.has(story.index)) {
        const block = byId(`s${story.index}`);
        parsed.set(story.index, block ? JSON.parse(block.textContent) : {p: [], t: {}, x: []});
    }
    return parsed.get(story.index);
}
const textOf = (article) => detailsOf(article.story).t[article.place] ?? null;

let doubts = null;
function weakSpots() {
    doubts ??= JSON.parse(byId("weak").textContent);
    return doubts;
}
let words = null;
function wordsOf(contribution) {
    words ??= JSON.parse(byId("words").textContent);
    return words[contribution];
}

/** The explanation of two articles and whether it has them the other way round; null = none. */
function explanationOf(a, b) {
    const lists = a.story === b.story ? [detailsOf(a.story).x, weakSpots().x] : [weakSpots().x];
    for (const list of lists)
        for (const x of list) {
            if (x.a === a.number && x.b === b.number)
                return {x, swapped: false};
            if (x.a === b.number && x.b === a.number)
                return {x, swapped: true};
        }
    return null;
}

const dayFormat = new Intl.DateTimeFormat(
    "en-GB", {timeZone: "UTC", day: "numeric", month: "short", year: "numeric"});
const shortDayFormat =
    new Intl.DateTimeFormat("en-GB", {timeZone: "UTC", day: "numeric", month: "short"});
const clockFormat = new Intl.DateTimeFormat(
    "en-GB", {timeZone: "UTC", hour: "2-digit", minute: "2-digit", hourCycle: "h23"});
const dayLength = 86400000;

const dayText = (time) => dayFormat.format(time);
/** Midnight is what a date without a time of day is read as. */
function timeText(time) {
    if (time === null)
        return "no date";
    return time % dayLength === 0 ? dayText(time) : `${dayText(time)}, ${clockFormat.format(time)} UTC`;
}
function spanText(first, last) {
    if (first === null)
        return "no date";
    const from = dayText(first);
    const to = dayText(last);
    if (from === to)
        return from;
    const sameYear = new Date(first).getUTCFullYear() === new Date(last).getUTCFullYear();
    return `${sameYear ? shortDayFormat.format(first) : from} – ${to}`;
}
function gapText(milliseconds) {
    const minutes = Math.round(Math.abs(milliseconds) / 60000);
    if (minutes < 60)
        return count(minutes, "minute", "minutes");
    if (minutes < 48 * 60)
        return count(Math.round(minutes / 60), "hour", "hours");
    return count(Math.round(minutes / 1440), "day", "days");
}
/** Never quite sure. */
function percent(probability) {
    if (probability > 0.9995)
        return "> 99.9 %";
    if (probability < 0.0005)
        return "< 0.1 %";
    return `${(100 * probability).toFixed(probability > 0.995 || probability < 0.0995 ? 1 : 0)} %`;
}

/** A language as a dot of its colour, with its tag. */
const languageChip = (language, times) => el(
    "span", {class: "chip", title: languageName(language)},
    el("span", {class: `dot ${colourOf(language)}`, "aria-hidden": "true"}),
    el("span", {}, languageTag(language)), times > 1 ? el("span", {class: "times"}, ` ${times}`) : null,
    el("span", {class: "unseen"}, ` ${languageName(language)}`));
