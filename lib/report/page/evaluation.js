// SPDX-License-Identifier: Apache-2.0
// How well stories meet labels: a sweep as curves, a reliability diagram, errors side by side.

const evaluation = byId("evaluation") ? JSON.parse(byId("evaluation").textContent) : null;

const plot = {left: 44, top: 12, width: 440, height: 250, bottom: 40};
const plotX = (x) => plot.left + x * plot.width;
const plotY = (y) => plot.top + (1 - y) * plot.height;

/** Axes from 0 to 1 with names. */
function frameOf(xName, yName) {
    const lines = [0, 0.25, 0.5, 0.75, 1].map((v) => [
        svg("line", {class: "grid", x1: plotX(0), x2: plotX(1), y1: plotY(v), y2: plotY(v)}),
        svg("text", {x: plotX(0) - 6, y: plotY(v) + 4, "text-anchor": "end"}, String(v)),
        svg("text", {x: plotX(v), y: plotY(0) + 16, "text-anchor": "middle"}, String(v)),
    ]);
    return [lines, svg("text", {x: plotX(0.5), y: plotY(0) + 34, "text-anchor": "middle"}, xName),
        svg("text", {x: plotX(0), y: 9, "text-anchor": "start", class: "axis-title"}, yName)];
}

const pathOf = (points) => points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${plotX(x).toFixed(1)} ${plotY(y).toFixed(1)}`).join("");

function chart(name, description, ...parts) {
    return svg("svg", {class: "chart", viewBox: `0 0 ${plot.left + plot.width + 90} ${plot.top + plot.height + plot.bottom}`,
                       role: "img", "aria-label": `${name}: ${description}`}, parts);
}

function figureTable(caption, heads, rows) {
    return el("details", {class: "whole"}, el("summary", {}, caption), el("table", {class: "odds"},
        el("thead", {}, el("tr", {}, heads.map((head) => el("th", {scope: "col"}, head)))),
        el("tbody", {}, rows.map((row) => el("tr", {}, row.map((cell, i) => i === 0 ?
            el("th", {scope: "row"}, cell) : el("td", {}, cell)))))));
}

/** Labels at the right end, moved apart where they would lie on one another. */
function endLabels(curves) {
    const labels = curves.map(({name, points, colour}) => ({name, colour, y: plotY(points.at(-1)[1]), x: plotX(points.at(-1)[0]) + 8}))
                       .sort((a, b) => a.y - b.y);
    for (let i = 1; i < labels.length; ++i)
        labels[i].y = Math.max(labels[i].y, labels[i - 1].y + 14);
    return labels.map(({name, x, y}) => svg("text", {x, y: y + 4}, name));
}

function sweepChart() {
    const {sweep} = evaluation;
    const curves = [["F1", "f1", "l0"], ["precision", "precision", "l1"], ["recall", "recall", "l2"]].map(([name, key, colour]) =>
        ({name, colour, points: sweep.map((p) => [p.min_probability, p[key]])}));
    const best = sweep.reduce((a, b) => b.f1 > a.f1 ? b : a);
    return el("section", {class: "panel"}, el("h2", {}, "BCubed by --min-probability"),
        chart("Sweep", `the best F1 is ${best.f1.toFixed(3)} at ${best.min_probability}`,
            frameOf("min-probability", "BCubed"),
            svg("line", {class: "chosen", x1: plotX(evaluation.min_probability), x2: plotX(evaluation.min_probability), y1: plotY(0), y2: plotY(1)}),
            curves.map(({points, colour}) => [
                svg("path", {class: `curve stroke-${colour}`, d: pathOf(points)}),
                points.map(([x, y]) => svg("circle", {class: colour, cx: plotX(x), cy: plotY(y), r: 3.2})),
            ]), endLabels(curves)),
        el("p", {class: "hint"}, `The dashed line is the value in use, ${evaluation.min_probability}. Best F1: ${best.f1.toFixed(3)} at ${best.min_probability}.`),
        figureTable("All figures", ["min-probability", "F1", "precision", "recall", "pairwise F1", "Rand", "V", "cross-language", "stories", "largest"],
            sweep.map((p) => [String(p.min_probability), ...[p.f1, p.precision, p.recall, p.pairwise, p.rand, p.v, p.cross].map((v) => v.toFixed(3)), String(p.stories), String(p.largest)])));
}

function reliabilityChart() {
    const kinds = [["every pair", evaluation.by_pair, evaluation.error_by_pair, "l1"], ["every article", evaluation.by_story, evaluation.error_by_story, "l0"]];
    const curves = kinds.map(([name, bins, , colour]) => ({name, colour, points: bins.filter((b) => b.pairs > 0).map((b) => [b.said, b.true])}))
                       .filter(({points}) => points.length > 0);
    const most = Math.max(1, ...evaluation.by_pair.map((b) => b.pairs));
    return el("section", {class: "panel"}, el("h2", {}, "Whether probabilities come true"),
        chart("Reliability", kinds.map(([name, , error]) => `expected calibration error, ${name} counted alike, ${error.toFixed(3)}`).join("; "),
            frameOf("probability that was said", "part that truly is one story"),
            evaluation.by_pair.map((b) => svg("rect", {class: "amount", x: plotX(b.from) + 2, width: plotX(b.to) - plotX(b.from) - 4,
                y: plotY(0.25 * Math.log1p(b.pairs) / Math.log1p(most)), height: 0.25 * plot.height * Math.log1p(b.pairs) / Math.log1p(most)})),
            svg("line", {class: "chosen", x1: plotX(0), y1: plotY(0), x2: plotX(1), y2: plotY(1)}),
            curves.map(({points, colour}) => [svg("path", {class: `curve stroke-${colour}`, d: pathOf(points)}),
                points.map(([x, y]) => svg("circle", {class: colour, cx: plotX(x), cy: plotY(y), r: 3.2}))]),
            endLabels(curves)),
        el("p", {class: "hint"}, `On the dashed line, what is said is true. Expected calibration error: ${kinds.map(([name, , error]) => `${error.toFixed(3)} where ${name} counts alike`).join(", ")}. Bars: how many pairs, on a logarithmic scale.`),
        figureTable("All figures", ["said", "pairs", "mean said", "true", "true, articles alike"], evaluation.by_pair.map((b, i) => [
            `${b.from} to ${b.to}`, b.pairs.toLocaleString("en"), b.said.toFixed(3), b.true.toFixed(3), evaluation.by_story[i].true.toFixed(3)])));
}

function errorItem(error, story, isMissed) {
    const [left, right] = story.articles;
    const found = explanationOf(left, right);
    const item = el("details", {class: "pair"}, el("summary", {},
        el("span", {class: "pair-figure"}, found ? percent(found.x.p) : "–"),
        el("span", {class: "pair-sides"}, isMissed ?
            [own(error.story), `: ${count(error.articles, "article", "articles")} apart from ${error.others.toLocaleString("en")}`] :
            [own(error.story), ` (${error.articles.toLocaleString("en")}) among `, own(error.other), ` and others (${error.others.toLocaleString("en")})`]),
        el("span", {class: "pair-sides"}, languageChip(left.language), own(titleOf(left)), el("span", {"aria-hidden": "true"}, " ↔ "),
            el("span", {class: "unseen"}, " and "), languageChip(right.language), own(titleOf(right)))));
    item.addEventListener("toggle", () => {
        if (item.open && item.childElementCount === 1)
            item.append(...sideBySide(left, right).parts);
    });
    return item;
}

function evaluationView(main) {
    const at = evaluation.sweep.find((p) => p.min_probability === evaluation.min_probability) ?? evaluation.sweep[0];
    const key = [["BCubed F1", at.f1], ["precision", at.precision], ["recall", at.recall], ["cross-language recall", at.cross], ["adjusted Rand index", at.rand]];
    const cases = (title, hint, errors, from, isMissed) => el("section", {class: "links"}, el("h2", {}, title), el("p", {class: "hint"}, hint),
        errors.length === 0 ? el("p", {}, "None.") : errors.map((error, i) => stories[from + i] ? errorItem(error, stories[from + i], isMissed) : null));
    main.replaceChildren(
        el("h1", {tabindex: "-1"}, "Evaluation"),
        el("p", {class: "meta"}, `${count(at.articles, "labelled article", "labelled articles")}, ${count(at.gold, "story", "stories")} as labelled, ${at.stories.toLocaleString("en")} as found, at --min-probability ${evaluation.min_probability}`),
        el("dl", {class: "key-figures"}, key.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value.toFixed(3))))),
        el("div", {class: "charts"}, sweepChart(), reliabilityChart()),
        cases("Apart, but one story", "The worst first; each with the two articles that show it best.", evaluation.missed, 0, true),
        cases("Together, but different stories", "The worst first.", evaluation.joined, evaluation.missed.length, false));
}
