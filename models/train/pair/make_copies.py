#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes copies of a labelled collection that are harder or sparser than it, to fit and measure the pair model with.

A collection of whole articles in which each story has several reports shows only a part of what the model meets. Each
kind of copy shows another:

  titles  the title alone; articles without one are left out
  leads   no title and the first words of the text: 40 words, or 80 characters where words have no blanks between them
          (Chinese, Japanese, Thai, Lao, Khmer, Burmese); articles without a text are left out
  mixed   one article in three whole, one as its lead, one as its title: a feed gives more of one outlet than of another;
          of an article without a title or a text what there is
  half    70 % of the stories cut to one article, as in a feed where most stories have one report; the others whole
  neg     one article of each story: no two belong together, so every pair that is found is a false one

A copy keeps the articles' ids, stories and order. What is chosen depends on hashes of the seed and of ids alone: not on
the order of the input, nor on what else is in it.
"""

import argparse
import hashlib
import json
import pathlib
import re
import sys
import tempfile

LEAD_WORDS = 40
LEAD_CHARACTERS = 80
SINGLE_SHARE = 0.7

FIRST_WORDS = re.compile(r"\s*(?:\S+\s+){%d}\S+" % (LEAD_WORDS - 1))
# Thai, Lao; Burmese; Khmer; kana; Chinese characters, in three ranges. Korean has blanks.
WITHOUT_BLANKS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
)


class InputError(Exception):
    """A fault of the input: a sentence that names the file and the value."""


def hash_of(seed, purpose, name):
    """A number in [0, 2^64). The purpose keeps the choices for two ends apart."""
    digest = hashlib.sha256(json.dumps([seed, purpose, name]).encode()).digest()
    return int.from_bytes(digest[:8], "big")


def read_collection(path):
    articles = []
    seen = set()
    try:
        # Lines end with a line feed only: a text may hold U+2028.
        lines = pathlib.Path(path).read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            article = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{path}:{number}: no JSON: {error}; the line is {line[:80]!r}") from error
        if not isinstance(article, dict):
            raise InputError(f"{path}:{number}: not an object: {line[:80]!r}")
        for field in ("id", "story"):
            if article.get(field) in (None, ""):
                raise InputError(f"{path}:{number}: no {field!r}; the line is {line[:80]!r}")
        for field in ("title", "text"):
            if not isinstance(article.setdefault(field, ""), str):
                raise InputError(f"{path}:{number}: {field!r} is not a string: {article[field]!r}")
        if article["id"] in seen:
            raise InputError(f"{path}:{number}: the id {article['id']!r} was there before")
        seen.add(article["id"])
        articles.append(article)
    if not articles:
        raise InputError(f"{path}: no articles")
    return articles


def lead_of(text):
    characters = sum(not c.isspace() for c in text[:400])
    if 2 * len(WITHOUT_BLANKS.findall(text[:400])) > characters:
        return text.strip()[:LEAD_CHARACTERS].rstrip()
    match = FIRST_WORDS.match(text)
    return (match.group() if match else text).strip()


def chosen_ids(articles, seed):
    """The id of the one article that stands for each story."""
    best = {}
    for article in articles:
        key = (hash_of(seed, "article", article["id"]), str(article["id"]))
        if article["story"] not in best or key < best[article["story"]][0]:
            best[article["story"]] = (key, article["id"])
    return {story: chosen for story, (_, chosen) in best.items()}


def titles(articles, seed):
    return [dict(a, text="") for a in articles if a["title"].strip()]


def leads(articles, seed):
    return [dict(a, title="", text=lead_of(a["text"])) for a in articles if a["text"].strip()]


def mixed(articles, seed):
    def cut(article):
        part = hash_of(seed, "part", article["id"]) % 3
        shorter = {1: leads, 2: titles}[part]([article], seed) if part else []
        return shorter[0] if shorter else article

    return [cut(a) for a in articles]


def half(articles, seed):
    chosen = chosen_ids(articles, seed)

    def cut(story):
        return hash_of(seed, "story", story) < SINGLE_SHARE * 2**64

    return [a for a in articles if not cut(a["story"]) or chosen[a["story"]] == a["id"]]


def neg(articles, seed):
    chosen = chosen_ids(articles, seed)
    return [a for a in articles if chosen[a["story"]] == a["id"]]


KINDS = {"titles": titles, "leads": leads, "mixed": mixed, "half": half, "neg": neg}


def write_copies(path, folder, name, kinds, seed):
    """Returns {kind: number of articles}."""
    articles = read_collection(path)
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    counts = {}
    for kind in kinds:
        copy = KINDS[kind](articles, seed)
        counts[kind] = len(copy)
        if not copy:  # such as the titles of a collection without titles: no file is plainer than an empty one
            continue
        with open(pathlib.Path(folder) / f"{name}-{kind}.jsonl", "w", encoding="utf-8", newline="\n") as out:
            for article in copy:
                out.write(json.dumps(article, ensure_ascii=False) + "\n")
    return counts


def self_test():
    articles = [
        {"id": f"{story}-{i}", "title": "" if i == 2 else f"Title {i}", "text": "word " * 50, "language": "en",
         "story": f"s{story}"}
        for story in range(100) for i in range(3)
    ]
    articles.append({"id": "zh", "title": "", "text": "今天的新闻。" * 30, "language": "zh", "story": "single"})
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)

        def run(name, some):
            (folder / "in.jsonl").write_text("".join(json.dumps(a) + "\n" for a in some), encoding="utf-8")
            counts = write_copies(folder / "in.jsonl", folder, name, KINDS, 1)
            return counts, {k: (folder / f"{name}-{k}.jsonl").read_text(encoding="utf-8").splitlines() for k in KINDS}

        counts, copies = run("a", articles)
        again = run("b", articles)[1]
        backwards = run("c", articles[::-1])[1]
    assert copies == again, "two runs differ"
    assert {k: sorted(v) for k, v in copies.items()} == {k: sorted(v) for k, v in backwards.items()}, "order matters"
    assert counts["titles"] == 200 and counts["leads"] == 301 and counts["neg"] == 101, counts
    whole = (counts["half"] - 101) / 2
    assert 15 <= whole <= 45, f"{whole} of 100 stories are whole, expected about 30"
    assert {a["story"] for a in map(json.loads, copies["half"])} == {a["story"] for a in articles}, "a story is missing"
    by_id = {a["id"]: a for a in map(json.loads, copies["leads"])}
    assert len(by_id["zh"]["text"]) == 80 and len(by_id["0-0"]["text"].split()) == 40
    assert all(json.loads(line)["text"] == "" for line in copies["titles"])
    parts = [(bool(a["title"]), bool(a["text"])) for a in map(json.loads, copies["mixed"])]
    assert all(50 < parts.count(part) for part in [(True, True), (False, True), (True, False)]), parts
    print("make_copies: passed")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", nargs="?", help="JSON Lines with id, title, text, language, story; others are kept")
    parser.add_argument("outdir", nargs="?", help="folder for NAME-KIND.jsonl; made if it is not there")
    parser.add_argument("--name", help="NAME of the copies; by default the input's, without its extension")
    parser.add_argument("--kinds", default=",".join(KINDS), help="which, with commas; default: %(default)s")
    parser.add_argument("--seed", type=int, default=1, help="another seed chooses other articles; default: %(default)s")
    parser.add_argument("--self-test", action="store_true", help="check this program on a small collection and end")
    options = parser.parse_args()
    if options.self_test:
        return self_test()
    if not options.input or not options.outdir:
        parser.error("INPUT and OUTDIR are needed")
    kinds = options.kinds.split(",")
    for kind in kinds:
        if kind not in KINDS:
            parser.error(f"--kinds: {kind!r} is not one of {', '.join(KINDS)}")
    try:
        counts = write_copies(options.input, options.outdir, options.name or pathlib.Path(options.input).stem, kinds,
                              options.seed)
    except (InputError, OSError) as error:
        sys.exit(f"make_copies: {error}")
    print(f"{options.input}:", ", ".join(f"{n} {kind}" for kind, n in counts.items()))


if __name__ == "__main__":
    main()
