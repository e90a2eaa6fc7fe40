#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures other identifiers of languages beside Fabula's, on the same sentences and headlines (eight words).

Installs pinned public packages in a temporary folder: CLD2 (PyPI, pycld2), CLD3 (npm, cld3-asm) and fastText's lid.176
(the model in npm's fasttext.wasm.js, run by PyPI's fasttext-wheel). Needs node and npm."""

import argparse
import collections
import json
import os
import subprocess
import sys
import tempfile
import venv

PYTHON_PACKAGES = ["pycld2==0.42", "fasttext-wheel==0.9.2", "numpy==1.26.4"]
NODE_PACKAGES = ["cld3-asm@4.0.0", "fasttext.wasm.js@1.0.0"]
NO_SPACES = {"zh", "zh-Hant", "yue", "ja", "th", "lo", "km", "my"}
GROUPS = {"hr": "bs", "sr": "bs", "sh": "bs", "zh-Hant": "zh", "yue": "zh", "zh-cn": "zh", "zh-tw": "zh", "zh-hans": "zh", "zh-hant": "zh", "wuu": "zh"}  # fmt: skip
SAME = {"no": "nb", "iw": "he", "tl": "fil", "in": "id", "ji": "yi", "jw": "jv"}

CLD2 = """
import sys, pycld2
for line in sys.stdin:
    try:
        print(pycld2.detect(line.rstrip("\\n"), bestEffort=True)[2][0][1])
    except pycld2.error:
        print("und")
"""
FASTTEXT = """
import sys, fasttext
fasttext.FastText.eprint = lambda *_: None
model = fasttext.load_model(sys.argv[1])
for line in sys.stdin:
    print(model.predict(line.rstrip("\\n"))[0][0].removeprefix("__label__"))
"""
CLD3 = """
const { loadModule } = require('cld3-asm');
const lines = require('fs').readFileSync(0, 'utf8').split('\\n').slice(0, -1);
loadModule().then((factory) => {
  const identifier = factory.create(0, 2000);
  process.stdout.write(lines.map((line) => identifier.findLanguage(line).language).join('\\n') + '\\n');
});
"""


def headline(language, text):
    return text[:16] if language in NO_SPACES else " ".join(text.split()[:8])


def canonical(tag):
    tag = SAME.get(tag, tag)
    tag = GROUPS.get(tag, tag)
    base = tag.split("-")[0]
    return tag if tag in GROUPS.values() else GROUPS.get(SAME.get(base, base), SAME.get(base, base))


def answers(command, texts):
    out = subprocess.run(command, input="".join(text + "\n" for text in texts), capture_output=True, text=True, check=True)
    return out.stdout.split("\n")[: len(texts)]


def fabula(program, model, texts):
    articles = "".join(json.dumps({"id": str(i), "text": text}) + "\n" for i, text in enumerate(texts))
    command = [program, "identify", "-", "--model", model, "--quiet"]
    out = subprocess.run(command, input=articles, capture_output=True, text=True, check=True).stdout
    return [json.loads(line)["language"] for line in out.splitlines()]


def accuracies(languages, found):
    right, all_of = collections.Counter(), collections.Counter()
    for language, answer in zip(languages, found):
        group = canonical(language)
        all_of[group] += 1
        right[group] += canonical(answer) == group
    return {group: right[group] / all_of[group] for group in all_of}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", help="fabula")
    parser.add_argument("model", help="default.fabula")
    parser.add_argument("sentences", nargs="+", help="number TAB language TAB sentence")
    options = parser.parse_args()
    languages, texts = [], []
    for file in options.sentences:
        for line in open(file, encoding="utf-8"):
            _, language, text = line.rstrip("\n").split("\t", 2)
            languages.append(language)
            texts.append(text.replace("\r", " "))
    with tempfile.TemporaryDirectory() as folder:
        venv.create(f"{folder}/python", with_pip=True)
        python = f"{folder}/python/bin/python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PYTHON_PACKAGES], check=True)
        subprocess.run(["npm", "install", "--silent", "--prefix", folder, *NODE_PACKAGES], check=True)
        lid = f"{folder}/node_modules/fasttext.wasm.js/dist/models/language-identification/assets/lid.176.ftz"
        os.chdir(folder)
        identifiers = {
            "Fabula": lambda lines: fabula(options.program, options.model, lines),
            "lid.176.ftz (fastText)": lambda lines: answers([python, "-c", FASTTEXT, lid], lines),
            "CLD3 (cld3-asm 4.0.0)": lambda lines: answers(["node", "-e", CLD3], lines),
            "CLD2 (pycld2 0.42)": lambda lines: answers([python, "-c", CLD2], lines),
        }
        kinds = {"sentence": texts, "headline": [headline(*both) for both in zip(languages, texts)]}
        found = {
            name: {kind: accuracies(languages, identify(lines)) for kind, lines in kinds.items()}
            for name, identify in identifiers.items()
        }
    ours = found["Fabula"]
    print("| identifier | languages it knows | sentence: of those | Fabula | headline: of those | Fabula | sentence: of all |")
    print("|---|---|---|---|---|---|---|")
    for name, of in found.items():
        known = [language for language, accuracy in of["sentence"].items() if accuracy >= 0.2]
        mean = lambda accuracy, over: 100 * sum(accuracy[language] for language in over) / len(over)
        cells = [f"{len(known)}"]
        for kind in kinds:
            cells += [f"{mean(of[kind], known):.2f}", f"{mean(ours[kind], known):.2f}"]
        cells.append(f"{mean(of['sentence'], list(of['sentence'])):.2f}")
        print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    sys.exit(main())
