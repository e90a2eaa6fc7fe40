#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes paragraphs of general text in many languages, from sentences that were translated, as a background.

What is ordinary in a language is learned from texts that have nothing to do with the articles at hand. Sentences alone
are too short for that. In a file of translated sentences ("group TAB language TAB text", groups in the order of the
documents that they are from) sentences that follow one another are mostly of one document, so a run of some makes a
paragraph. Of each run only some of the languages are taken: the same paragraph in all of them would say little more.

Each INPUT is FILE:LANGUAGES, how many languages of each run; FILE may end in .xz. Which ones depends on hashes of the
seed, the file's name and the run: two runs of this program write the same bytes.
"""

import argparse
import hashlib
import json
import lzma
import pathlib
import sys
import tempfile

WITHOUT_BLANKS = {"zh", "zh-Hant", "ja"}  # languages that put no blank between sentences


class InputError(Exception):
    """A fault of the input: a sentence that names the file and the value."""


def hash_of(*parts):
    return hashlib.sha256(json.dumps(parts).encode()).digest()


def read_groups(path):
    """[{language: text}], in the order in which the groups are first named."""
    groups = {}
    opened = lzma.open if str(path).endswith(".xz") else open
    try:
        with opened(path, "rt", encoding="utf-8", newline="\n") as lines:
            for number, line in enumerate(lines, 1):
                fields = line.rstrip("\n").split("\t")
                if len(fields) != 3:
                    raise InputError(f"{path}:{number}: {len(fields)} fields, expected 3; the line is {line[:80]!r}")
                group, language, text = fields
                groups.setdefault(group, {})[language] = text.strip()
    except (OSError, EOFError, UnicodeDecodeError, lzma.LZMAError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    if not groups:
        raise InputError(f"{path}: no sentences")
    return list(groups.values())


def paragraphs(path, languages, run, seed):
    name = pathlib.Path(path).name.split(".")[0]
    groups = read_groups(path)
    for begin in range(0, len(groups) - run + 1, run):
        some = groups[begin : begin + run]
        common = [code for code in some[0] if all(group.get(code) for group in some)]
        for code in sorted(sorted(common, key=lambda c: hash_of(seed, name, begin, c))[:languages]):
            text = ("" if code in WITHOUT_BLANKS else " ").join(group[code] for group in some)
            yield {"id": f"{name}-{begin}-{code}", "title": "", "text": text, "language": code}


def write_background(output, inputs, run, seed):
    """Inputs are (file, number of languages). Returns the number of paragraphs."""
    count = 0
    with open(output, "w", encoding="utf-8", newline="\n") as out:
        for path, languages in inputs:
            for paragraph in paragraphs(path, languages, run, seed):
                out.write(json.dumps(paragraph, ensure_ascii=False) + "\n")
                count += 1
    return count


def self_test():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        rows = [f"g{g}\t{code}\tSentence {g} of {code}.\n" for g in range(10) for code in ("en", "fr", "tr", "zh")
                if (g, code) != (5, "tr")]
        with lzma.open(folder / "in.tsv.xz", "wt", encoding="utf-8") as out:
            out.writelines(rows)
        counts = [write_background(folder / name, [(folder / "in.tsv.xz", 3)], 4, 1) for name in ("a", "b")]
        first, second = ((folder / name).read_bytes() for name in ("a", "b"))
    assert first == second, "two runs differ"
    assert counts == [6, 6], counts  # two whole runs of four; the last two groups are too few
    articles = [json.loads(line) for line in first.decode().splitlines()]
    assert len({a["id"] for a in articles}) == 6
    assert not any(a["language"] == "tr" for a in articles[3:]), "a paragraph lacks a sentence"
    for article in articles:
        begin, code = article["id"].split("-")[1:]
        expected = [f"Sentence {int(begin) + i} of {code}." for i in range(4)]
        assert article["text"] == ("" if code == "zh" else " ").join(expected), article
    print("make_background: passed")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="*", metavar="FILE:LANGUAGES", help="such as sentences-flores-dev.tsv.xz:12")
    parser.add_argument("--output", help="JSON Lines with id, title (empty), text, language")
    parser.add_argument("--run", type=int, default=4, help="sentences a paragraph; default: %(default)s")
    parser.add_argument("--seed", type=int, default=1, help="another seed chooses other languages; default: %(default)s")
    parser.add_argument("--self-test", action="store_true", help="check this program on a small file and end")
    options = parser.parse_args()
    if options.self_test:
        return self_test()
    if not options.inputs or not options.output:
        parser.error("FILE:LANGUAGES and --output are needed")
    if options.run < 1:
        parser.error(f"--run: {options.run} is below 1")
    inputs = []
    for value in options.inputs:
        path, _, languages = value.rpartition(":")
        if not path or not languages.isdigit() or int(languages) < 1:
            parser.error(f"{value!r} is not FILE:LANGUAGES with at least one language")
        inputs.append((path, int(languages)))
    try:
        count = write_background(options.output, inputs, options.run, options.seed)
    except (InputError, OSError) as error:
        sys.exit(f"make_background: {error}")
    print(f"{options.output}: {count} paragraphs")


if __name__ == "__main__":
    main()
