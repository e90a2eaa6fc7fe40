#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the figures of a model into README.md, models/README.md and docs/pair-model.md, between the lines
`<!-- figures: NAME -->` and `<!-- end of figures -->`."""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

FIRST_EDITION = (
    "af ar az be bg bs ca cs da de el es et eu fa fi fr gl he hi hr hu hy id is it ja ka ko lt lv mk ms nb nl nn pl pt ro "
    "ru sk sl sq sr sv th tr uk vi zh zh-Hant"
).split()

NAMES = {
    "ko": "Korean", "ka": "Georgian", "be": "Belarusian", "is": "Icelandic", "ug": "Uyghur", "uz": "Uzbek", "si": "Sinhala",
    "tg": "Tajik", "ml": "Malayalam", "gu": "Gujarati", "as": "Assamese", "zu": "Zulu", "or": "Odia", "ku": "Kurdish",
}  # fmt: skip

# Set, what it is (README), what it is (card; empty: not there).
SETS = [
    ("ntrex", "NTREX", "2,805 news articles in 48 languages: translations, rewrites, independent reports", "2,805 news articles, 48 languages"),
    ("meantime", "MEANTIME", "240 Wikinews articles in 4 languages on two tight topics", "240 Wikinews articles, 4 languages, two tight topics"),
    ("onestop", "OneStopEnglish", "297 English articles rewritten at three reading levels", "297 articles at three reading levels"),
    ("itn_clean", "Wikipedia current events", "1,263 one-sentence blurbs in 46 languages", "1,263 one-sentence blurbs, 46 languages"),
    ("ecbplus", "ECB+", "485 English reports in other words, two look-alike events a topic", "485 English reports of 42 events in other words"),
    ("basil", "BASIL", "147 full English articles, three outlets an event", ""),
    ("neus", "NeuS", "4,498 titles and leads of US politics", "4,498 titles and leads of US politics, 1,500 stories"),
    ("vietnamese_mds", "Vietnamese-MDS", "247 full Vietnamese articles", ""),
    ("og2021_titles", "OG2021", "5,280 headlines in nine languages, in no fit", ""),
    ("examples", "[`examples/data`](examples/data/README.md)", "75 articles in 21 languages, written for this project", ""),
]  # fmt: skip
IN_COMPANY = "ecbplus neus basil vietnamese_mds og2021_titles meantime onestop examples".split()  # the others have its texts
KINDS = "titles leads half neg".split()
FORMS = "2 5 20 20-undated 200".split()


def rows(text, first_cell):
    """Tables of Markdown: the cells of each line by its first one, of the table whose header begins so."""
    found, inside = {}, False
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and cells[0] == first_cell:
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside:
            found[cells[0]] = cells[1:]
    return found


def evaluate(options, articles):
    command = [options.program, "evaluate", articles, "--model", options.model, "--identify"]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return next(line for line in out.splitlines() if line.startswith("BCubed  ")).split()[1:4]


def evaluate_beside(options, articles):
    """Of the set's articles, where others are in the collection."""
    with tempfile.NamedTemporaryFile("w+", suffix=".jsonl", encoding="utf-8") as both:
        for file, label in ((articles, True), (options.company, False)):
            for line in open(file, encoding="utf-8"):
                article = json.loads(line)
                article.pop("language", None)
                if not label:
                    article["id"] = "company-" + article["id"]
                    article.pop("story", None)
                both.write(json.dumps(article, ensure_ascii=False) + "\n")
        both.flush()
        return evaluate(options, both.name)[2]


def figure(text, pattern):
    return re.search(pattern, text).group(1)


def short(value):
    return f"{float(value):.3f}"


def blocks(options):
    figures = open(options.figures, encoding="utf-8").read()
    pair_model = open(options.pair_model, encoding="utf-8").read()
    fit = rows(pair_model, "collection")  # articles, F1, precision, recall, largest, calibration error, F1 in the fit
    files = {name: f"{options.sets}/{name}.jsonl" for name, *_ in SETS}
    quality = {name: evaluate(options, file) for name, file in files.items()}
    stories = {
        name: len({json.loads(line)["story"] for line in open(file, encoding="utf-8")}) for name, file in files.items()
    }
    out = {}

    # README
    lines = ["| articles | | stories | F1 | left out |", "|---|---|---|---|---|"]
    for name, title, what, _ in SETS:
        inside = "" if name == "og2021_titles" else short(quality[name][2])
        lines.append(f"| {title} | {what} | {stories[name]:,} | {inside} | {fit[name][1]} |")
    out["results"] = lines
    beside = {name: evaluate_beside(options, files[name]) for name in IN_COMPANY}
    moved = {name: float(beside[name]) - float(quality[name][2]) for name in IN_COMPANY}
    titles = {name: title.split("]")[0].strip("[`").replace("examples/data", "the examples") for name, title, *_ in SETS}
    far = sorted((name for name in IN_COMPANY if abs(moved[name]) > 0.005), key=lambda name: moved[name])
    text = (
        "A pair has the same probability in any company, but for how far apart in time the articles are: beside 1,488 other "
        "articles, these sets keep their F1 within 0.005"
    )
    if far:
        text += ", but for " + ", ".join(f"{titles[name]} ({moved[name]:+.3f})".replace("(-", "(−") for name in far)
    out["company"] = wrapped(text + ".")

    begin = figures.index("| | P@1 |")
    languages = figures[begin : figures.index("\n\n", begin)]
    p = {}
    for match in re.finditer(r"\| ([\w-]+) \| ([\d.]+) \| [\d.]+ (?=\|)", languages):
        p[match[1]] = float(match[2])
    first = {language: p[language] for language in FIRST_EDITION}
    new = {language: value for language, value in p.items() if language not in first}
    mean = {name: sum(of.values()) / len(of) for name, of in (("first", first), ("new", new), ("all", p))}
    worst = {name: min(of, key=of.get) for name, of in (("first", first), ("new", new))}
    direct = figure(figures, r"ru-fr [\d.]+  mean ([\d.]+)")
    out["retrieval"] = wrapped(
        f"Of 1,012 sentences (FLORES-200 devtest) the right translation is the nearest in **{mean['first']:.3f}** of the cases "
        f"for the 51 languages of the first edition with English (worst {first[worst['first']]:.3f}), and in {mean['new']:.3f} "
        f"for {len(new)} more, among them Bengali, Gujarati, Malayalam, Marathi, Punjabi, Tamil, Telugu, Urdu, Swahili, Zulu and "
        f"Filipino (worst {new[worst['new']]:.3f}); without English in between (Norwegian–Ukrainian, German–Japanese, "
        f"Arabic–Chinese, …) in {short(direct)}. A transformer seven times the size, multilingual-e5-small, finds 0.980 of the 51."
    )

    # Card
    lines = ["| articles | what | BCubed P | R | F1 | F1, left out |", "|---|---|---|---|---|---|"]
    for name, title, _, what in SETS:
        if what:
            lines.append(f"| {title} | {what} | " + " | ".join(short(v) for v in quality[name]) + f" | {fit[name][1]} |")
    out["clusters"] = lines
    out["mean"] = wrapped(
        f"Mean {mean['first']:.3f} over the first 51 languages (worst {NAMES.get(worst['first'], worst['first'])}, "
        f"{first[worst['first']]:.3f}), {mean['new']:.3f} over the {len(new)} new ones (worst "
        f"{NAMES.get(worst['new'], worst['new'])}, {new[worst['new']]:.3f}), {mean['all']:.3f} over all."
    )
    out["languages"] = languages.splitlines()
    pairs = re.search(r"^nb-uk.*$", figures, re.M).group(0)
    pairs = re.sub(r"(\w\w)-(\w\w) ([\d.]+)", r"\1–\2 \3,", pairs.split("  mean")[0]).rstrip(",")
    articles = re.search(r"^articles: P@1 with English, mean ([\d.]+), worst ([\d.]+); .*story ([\d.]+)$", figures, re.M)
    title = {name: figure(figures, rf"{name}_titles: P@1 with English, mean ([\d.]+)") for name in ("ntrex", "meantime")}
    out["pairs"] = wrapped("Without English in between: " + re.sub(r"\s+", " ", pairs) + f"; mean {short(direct)}.") + [""]
    out["pairs"] += wrapped(
        f"Articles (NTREX, 55 documents in 47 languages with English, both directions): the nearest is the translation in "
        f"{articles[1]} of the cases (worst language {articles[2]}), of the same story in {articles[3]}: the rest are mostly other "
        f"outlets' reports of it. Titles alone: {short(title['ntrex'])} (NTREX), {short(title['meantime'])} (MEANTIME, 3 languages)."
    )

    # Pair model
    lines = [
        "| | whole | titles | leads | half | neg | precision, recall of the whole | calibration error |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name in sorted(files, key=lambda name: (name == "og2021_titles", name)):
        cells = []
        for kind in [""] + KINDS:
            row = fit.get(f"{name}-{kind}" if kind else name)
            cells.append("" if row is None else row[1] if name == "og2021_titles" else f"{row[1]} / {row[6]}")
        lines.append(f"| {name} | " + " | ".join(cells) + f" | {fit[name][2]}, {fit[name][3]} | {fit[name][5]} |")
    out["left out"] = lines
    cells = []
    for fillings in FORMS:
        number, _, undated = fillings.partition("-")
        cells.append(fit[f"forms-heldout-{number}" + ("-undated" if undated else "")][1])
    out["forms"] = [
        "| held-out forms, fillings of each template and language | 2 | 5 | 20 | 20, undated | 200 |",
        "|---|---|---|---|---|---|",
        "| BCubed F1 | " + " | ".join(cells) + " |",
    ]
    lines = ["| | alone | beside others |", "|---|---|---|"]
    lines += [f"| {name} | {short(quality[name][2])} | {short(beside[name])} |" for name in IN_COMPANY]
    out["company table"] = lines
    return out


def wrapped(text, width=140):
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return lines + [line]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True, help="fabula")
    parser.add_argument("--model", required=True)
    parser.add_argument("--sets", required=True, help="folder of the labelled articles, with examples.jsonl")
    parser.add_argument("--company", required=True, help="other articles")
    parser.add_argument("--figures", required=True, help="output of fabula_measure_model")
    parser.add_argument("--pair-model", required=True, help="output of models/train/pair/train.sh")
    options = parser.parse_args()
    new = blocks(options)
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..")
    written = set()
    for document in ("README.md", "models/README.md", "docs/pair-model.md"):
        path = os.path.join(root, document)
        text = open(path, encoding="utf-8").read()

        def replace(match):
            if match[1] not in new:
                sys.exit(f"{document}: there are no figures of the name {match[1]!r}")
            written.add(match[1])
            return f"<!-- figures: {match[1]} -->\n" + "\n".join(new[match[1]]) + "\n<!-- end of figures -->"

        text = re.sub(r"<!-- figures: (.*?) -->\n.*?\n<!-- end of figures -->", replace, text, flags=re.S)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
    if missing := sorted(new.keys() - written):
        sys.exit("no document has the figures " + ", ".join(missing))


if __name__ == "__main__":
    main()
