#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Puts labelled collections into one, as articles of every length and language lie beside each other in use.

Ids and stories are prefixed with the name of their file, so those of two collections are never the same. Of a collection
named FILE:SHARE that part of its articles is taken, by hashes of their ids.
"""

import argparse
import json
import pathlib
import sys
import tempfile

from make_copies import InputError, hash_of, read_collection


def company(files, seed):
    out = []
    for file in files:
        path, _, share = file.partition(":")
        name = pathlib.Path(path).stem
        most = float(share or 1) * 2**64
        for article in read_collection(path):
            if hash_of(seed, "company", article["id"]) < most:
                out.append(dict(article, id=f"{name}/{article['id']}", story=f"{name}/{article['story']}"))
    return out


def self_test():
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for name in ("a", "b"):
            files.append(str(pathlib.Path(folder) / f"{name}.jsonl"))
            pathlib.Path(files[-1]).write_text(
                "".join(json.dumps({"id": str(i), "story": "s", "text": "word"}) + "\n" for i in range(200)), encoding="utf-8")
        both = company(files, 1)
        some = company([files[0], files[1] + ":0.25"], 1)
    assert len({a["id"] for a in both}) == 400 and {a["story"] for a in both} == {"a/s", "b/s"}
    assert 230 <= len(some) <= 270, len(some)
    assert {a["id"] for a in some} <= {a["id"] for a in both}
    print("make_company: passed")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", metavar="FILE[:SHARE]", help="JSON Lines with id, title, text and story")
    parser.add_argument("--output", help="JSON Lines")
    parser.add_argument("--seed", type=int, default=1, help="another seed takes other articles; default: %(default)s")
    parser.add_argument("--self-test", action="store_true", help="check this program on small collections and end")
    options = parser.parse_args()
    if options.self_test:
        return self_test()
    if not options.files or not options.output:
        parser.error("FILES and --output are needed")
    try:
        articles = company(options.files, options.seed)
        with open(options.output, "w", encoding="utf-8", newline="\n") as out:
            out.writelines(json.dumps(article, ensure_ascii=False) + "\n" for article in articles)
    except (InputError, OSError, ValueError) as error:
        sys.exit(f"make_company: {error}")
    print(f"{options.output}: {len(articles)} articles of {len(options.files)} collections")


if __name__ == "__main__":
    main()
