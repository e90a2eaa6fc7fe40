// SPDX-License-Identifier: Apache-2.0
// Who is near whom in a story: articles as dots, the nearer the likelier both tell one story.

const mostDots = 60;

function nearPairs(story, shown) {
    const places = new Map(shown.map((article, i) => [article.place, i]));
    const pairs = new Map();
    const add = (a, b, probability) => {
        const i = places.get(a);
        const j = places.get(b);
        if (i === undefined || j === undefined || i === j)
            return;
        const key = i < j ? `${i} ${j}` : `${j} ${i}`;
        pairs.set(key, Math.max(probability, pairs.get(key) ?? 0));
    };
    for (const [a, b, probability] of detailsOf(story).p)
        add(a, b, probability);
    for (const article of story.articles) {
        if (article.strongest !== undefined)
            add(article.place, article.strongest, article.strength);
        if (article !== story.representative && article.probability >= 0.1)
            add(article.place, story.representative.place, article.probability);
    }
    return [...pairs].map(([key, probability]) => {
        const [i, j] = key.split(" ").map(Number);
        return {i, j, probability};
    });
}

/** Places of n dots in [0, 1]²: springs, begun on a circle, the same each time. */
function layOut(n, pairs) {
    const dots = Array.from({length: n}, (_, i) => ({
        x: Math.cos(2 * Math.PI * i / n) * (1 + 0.13 * (i % 3)), y: Math.sin(2 * Math.PI * i / n) * (1 + 0.13 * (i % 3)),
    }));
    const wanted = Array.from({length: n}, () => new Float64Array(n).fill(-1));
    for (const {i, j, probability} of pairs)
        wanted[i][j] = wanted[j][i] = 0.22 + 1.1 * (1 - probability);
    const rounds = 220;
    for (let round = 0; round < rounds; ++round) {
        const step = 0.12 * (1 - round / rounds) + 0.004;
        for (let i = 0; i < n; ++i) {
            let fx = 0;
            let fy = 0;
            for (let j = 0; j < n; ++j) {
                if (i === j)
                    continue;
                const dx = dots[j].x - dots[i].x;
                const dy = dots[j].y - dots[i].y;
                const distance = Math.max(Math.hypot(dx, dy), 1e-3);
                const target = wanted[i][j];
                const pull = target >= 0 ? distance - target : distance < 1.5 ? 0.35 * (distance - 1.5) : 0;
                fx += pull * dx / distance;
                fy += pull * dy / distance;
            }
            dots[i].x += step * fx;
            dots[i].y += step * fy;
        }
    }
    const xs = dots.map((d) => d.x);
    const ys = dots.map((d) => d.y);
    const left = Math.min(...xs);
    const top = Math.min(...ys);
    const width = Math.max(Math.max(...xs) - left, 1e-6);
    const height = Math.max(Math.max(...ys) - top, 1e-6);
    const scale = Math.max(width, height);
    return dots.map((d) => ({x: (d.x - left - width / 2) / scale + 0.5, y: (d.y - top - height / 2) / scale + 0.5}));
}

function storyMap(story, choose) {
    const others = story.articles.filter((a) => a !== story.representative)
                       .sort((x, y) => y.probability - x.probability || x.place - y.place);
    const shown = [story.representative, ...others].slice(0, mostDots);
    const pairs = nearPairs(story, shown).sort((x, y) => x.probability - y.probability);
    const width = 380;
    const height = 300;
    const dots = layOut(shown.length, pairs).map((d) => ({x: 30 + d.x * (width - 60), y: 26 + d.y * (height - 52)}));
    const lines = pairs.map(({i, j, probability}) => svg("line", {
        x1: dots[i].x.toFixed(1), y1: dots[i].y.toFixed(1), x2: dots[j].x.toFixed(1), y2: dots[j].y.toFixed(1),
        "stroke-width": (0.6 + 2.6 * probability * probability).toFixed(2),
        "stroke-opacity": (0.15 + 0.6 * probability).toFixed(2),
    }));
    const nodes = shown.map((article, i) => svg("g", {
        class: "node", transform: `translate(${dots[i].x.toFixed(1)} ${dots[i].y.toFixed(1)})`,
        onclick: () => choose(article),
    }, svg("circle", {r: article === story.representative ? 11 : 8, class: colourOf(article.language)}),
    shown.length <= 30 ? svg("text", {y: article === story.representative ? -15 : -12, "text-anchor": "middle"}, languageTag(article.language)) : null,
    svg("title", {}, `${outletName(article.outlet)} · ${languageTag(article.language)}\n${titleOf(article)}`)));
    const nearest = pairs.at(-1);
    return el("figure", {class: "map"},
        svg("svg", {viewBox: `0 0 ${width} ${height}`, role: "img",
                    "aria-label": `${count(shown.length, "article", "articles")} as dots, ${
                        count(pairs.length, "pair", "pairs")} as lines${nearest ?
                        `; the likeliest pair has ${percent(nearest.probability)}` : ""}. The list of articles has the same figures.`},
            svg("g", {class: "lines"}, lines), svg("g", {}, nodes)),
        el("figcaption", {}, "The shorter and darker a line, the likelier both tell one story. The large dot is the representative.",
            story.articles.length > shown.length ? ` The ${shown.length} nearest to it of ${story.articles.length}.` : ""));
}
