#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# py3langid 0.4.0 takes text that is hyphenated for the web for another language.
#
# Sites put soft hyphens (U+00AD) into their words, where a browser may break them; they show nowhere else and change
# no word, and lingua 2.1.1 answers the same with them and without. Expected of py3langid as well. Seen, with the hyphens of
# pyphen 0.18.0 in the first article of the Universal Declaration of Human Rights: the language changes, and no low
# probability tells of it.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet --disable-pip-version-check install 'py3langid==0.4.0' 'pyphen==0.18.0' \
    'lingua-language-detector==2.1.1'
cat > "$work/run.py" <<'PYTHON'
import re
from importlib.metadata import version

import py3langid
import pyphen
from lingua import LanguageDetectorBuilder
from py3langid.langid import LanguageIdentifier, MODEL_FILE

texts = {
    "nl": "Alle mensen worden vrij en gelijk in waardigheid en rechten geboren. Zij zijn begiftigd met verstand en geweten, "
    "en behoren zich jegens elkander in een geest van broederschap te gedragen.",
    "it": "Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti. Essi sono dotati di ragione e di coscienza "
    "e devono agire gli uni verso gli altri in spirito di fratellanza.",
    "es": "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón y "
    "conciencia, deben comportarse fraternalmente los unos con los otros.",
    "de": "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und "
    "sollen einander im Geist der Brüderlichkeit begegnen.",
    "pt": "Todos os seres humanos nascem livres e iguais em dignidade e em direitos. Dotados de razão e de consciência, "
    "devem agir uns para com os outros em espírito de fraternidade.",
    "sv": "Alla människor är födda fria och lika i värde och rättigheter. De har utrustats med förnuft och samvete och bör "
    "handla gentemot varandra i en anda av gemenskap.",
}
identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
lingua = LanguageDetectorBuilder.from_all_languages().with_low_accuracy_mode().build()
print("py3langid", version("py3langid"), "lingua", version("lingua-language-detector"))
for language, text in texts.items():
    hyphenate = pyphen.Pyphen(lang=language)
    soft = re.sub(r"\w+", lambda word: hyphenate.inserted(word[0], hyphen="\u00ad"), text)
    assert soft.replace("\u00ad", "") == text
    same = lingua.detect_language_of(text) == lingua.detect_language_of(soft)
    guesses = [identifier.classify(each) for each in (text, soft)]
    print(language, *("%s %.2f" % (tag, probability) for tag, probability in guesses), "lingua the same:", same)
PYTHON
"$work/venv/bin/python" "$work/run.py" | tee "$work/seen"
cat > "$work/expected" <<'SEEN'
SEEN
diff "$work/expected" "$work/seen"
