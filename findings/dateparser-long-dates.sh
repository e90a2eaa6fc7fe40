#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# dateparser 1.5.0 does not read the date as it stands at the head of an article in six languages.
#
# Its language data come from CLDR, so the long form of CLDR ("24 febbraio 2026", as Babel 2.19.0 writes it) was expected
# to be read in every language that it has. Seen: of 49 languages all but Basque, Galician, Armenian, Lithuanian, Latvian
# and Thai; there the words around the parts of a date (Galician "de", Lithuanian "m. … d.", Latvian "gada") are not known
# and the answer is None, although the names of the months are.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet --disable-pip-version-check install 'dateparser==1.5.0' 'babel==2.19.0'
cat > "$work/run.py" <<'PYTHON'
import datetime

import babel.dates
import dateparser

languages = (
    "ar bg bn ca cs da de el en es et eu fa fi fr gl he hi hr hu hy id is it ja ka kk ko lt lv mk ms nb nl pl pt ro ru "
    "sk sl sq sv sw ta te th tr uk vi"
).split()
day = datetime.date(2026, 2, 24)
print("dateparser", dateparser.__version__, "babel", babel.__version__, len(languages), "languages")
for language in languages:
    text = babel.dates.format_date(day, "long", locale=language)
    parsed = dateparser.parse(text, languages=[language])
    if parsed is None or parsed.date() != day:
        print(language, ascii(text), parsed)
PYTHON
"$work/venv/bin/python" "$work/run.py" | tee "$work/seen"
cat > "$work/expected" <<'SEEN'
dateparser 1.5.0 babel 2.19.0 49 languages
eu '2026(e)ko otsailaren 24(a)' None
gl '24 de febreiro de 2026' None
hy '2026 \u0569. \u0583\u0565\u057f\u0580\u057e\u0561\u0580\u056b 24' None
lt '2026 m. vasario 24 d.' None
lv '2026. gada 24. febru\u0101ris' None
th '24 \u0e01\u0e38\u0e21\u0e20\u0e32\u0e1e\u0e31\u0e19\u0e18\u0e4c \u0e04.\u0e28. 2026' None
SEEN
diff "$work/expected" "$work/seen"
