// SPDX-License-Identifier: Apache-2.0
// What two texts share, marked in both.

const letter = /[\p{L}\p{N}]/u;
/** Scripts that put no space between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const splitsWord = (inside, outside) => outside !== undefined && inside !== undefined && letter.test(inside) &&
    letter.test(outside) && !unspaced.test(inside) && !unspaced.test(outside);

/** Where a spelling stands in a text, as whole words. */
function placesOf(text, spelling) {
    const places = [];
    if (spelling.trim() === "")
        return places;
    for (let at = text.indexOf(spelling); at >= 0 && places.length < 200; at = text.indexOf(spelling, at + spelling.length)) {
        const end = at + spelling.length;
        if (!splitsWord(text[at], text[at - 1]) && !splitsWord(text[end - 1], text[end]))
            places.push([at, end]);
    }
    return places;
}

/** Spans of one side of an explained pair: {begin, end, kind, key}. */
function explainedSpans(text, x, isFirst, withPassages) {
    const side = isFirst ? 0 : 1;
    const spans = [];
    if (withPassages)
        x.s.forEach((passage, i) => spans.push({
            begin: passage[2 * side], end: passage[2 * side + 1], kind: "passage", key: `s${i}`,
        }));
    const add = (pairs, kind, name) => pairs.forEach((pair, i) => {
        for (const [begin, end] of placesOf(text, pair[side]))
            spans.push({begin, end, kind, key: `${name}${i}`});
    });
    add(x.w, "term", "w");
    add(x.n, "number", "n");
    add(x.y, "number", "y");
    return spans;
}

/** A text as paragraphs with its spans marked; spans may overlap. */
function marked(text, spans) {
    const ends = new Set([0, text.length]);
    for (const span of spans) {
        ends.add(Math.min(span.begin, text.length));
        ends.add(Math.min(span.end, text.length));
    }
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
        ends.add(at);
        ends.add(at + 1);
    }
    const places = [...ends].sort((x, y) => x - y);
    const waiting = [...spans].sort((x, y) => x.begin - y.begin);
    const paragraphs = [[]];
    let open = [];
    for (let k = 0; k + 1 < places.length; ++k) {
        const begin = places[k];
        const piece = text.slice(begin, places[k + 1]);
        open = open.filter((span) => span.end > begin);
        while (waiting.length > 0 && waiting[0].begin <= begin)
            open.push(waiting.shift());
        open = open.filter((span) => span.end > begin);
        if (piece === "\n") {
            paragraphs.push([]);
        } else if (open.length === 0) {
            paragraphs.at(-1).push(piece);
        } else {
            const kinds = [...new Set(open.map((span) => span.kind))];
            paragraphs.at(-1).push(el("mark", {class: kinds.join(" "), "data-key": open.map((span) => span.key).join(" ")}, piece));
        }
    }
    return paragraphs.filter((pieces) => pieces.some((piece) => typeof piece !== "string" || piece.trim() !== ""));
}

function wordsIn(text, tag) {
    try {
        const segmenter = new Intl.Segmenter(tag === "und" ? undefined : tag, {granularity: "word"});
        return [...segmenter.segment(text)].filter((s) => s.isWordLike).map((s) => ({begin: s.index, word: s.segment}));
    } catch {
        return [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map((m) => ({begin: m.index, word: m[0]}));
    }
}

/** Long enough to say something. */
const tells = (word) => /\p{N}/u.test(word) ? word.length > 1 : word.length > (unspaced.test(word) ? 1 : /^\p{Lu}/u.test(word) ? 3 : 4);

/** Words that both texts have: spans of the one and of the other. */
function sharedSpans(first, firstTag, second, secondTag) {
    const index = (text, tag) => {
        const found = new Map();
        for (const {begin, word} of wordsIn(text, tag)) {
            if (!tells(word))
                continue;
            const key = folded(word);
            if (!found.has(key))
                found.set(key, []);
            found.get(key).push({begin, end: begin + word.length, kind: /\p{N}/u.test(word) ? "number" : "term", key: `k${key}`});
        }
        return found;
    };
    const a = index(first, firstTag);
    const b = index(second, secondTag);
    const shared = [...a.keys()].filter((key) => b.has(key));
    return {count: shared.length, first: shared.flatMap((key) => a.get(key)), second: shared.flatMap((key) => b.get(key))};
}

/** Pointing at a mark lights its counterparts. */
function lightCounterparts(root) {
    const light = (event, on) => {
        const keys = event.target.closest?.("mark")?.dataset.key?.split(" ") ?? [];
        for (const other of root.querySelectorAll("mark"))
            if (keys.some((key) => other.dataset.key.split(" ").includes(key)))
                other.classList.toggle("lit", on);
    };
    root.addEventListener("pointerover", (event) => light(event, true));
    root.addEventListener("pointerout", (event) => light(event, false));
}
