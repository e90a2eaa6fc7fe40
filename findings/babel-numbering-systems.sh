#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Babel 2.19.0 writes numbers that no one writes: Western digits between Arabic separators.
#
# With `numbering_system="default"`, format_decimal takes the signs of the locale's own numbering system (Persian, Arabic,
# Sorani: U+066C between thousands, U+066B before decimals) and keeps the digits 0-9. Expected were the digits of that
# system too, as ICU writes them, or the signs of Western digits. Read back: parse_decimal takes digits of any script
# (१२३ is 123 in Hindi), but of the number in Persian digits and separators only with `numbering_system="default"`;
# without it that is a NumberFormatError. Who reads numbers that Babel wrote has to know both mixtures.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet --disable-pip-version-check install 'babel==2.19.0'
cat > "$work/run.py" <<'PYTHON'
import babel
from babel.numbers import NumberFormatError, format_decimal, parse_decimal

print("babel", babel.__version__)
for locale in ("fa", "ar_EG", "ckb", "hi"):
    print(locale, ascii(format_decimal(1234567.5, locale=locale)),
          ascii(format_decimal(1234567.5, locale=locale, numbering_system="default")))


def read(text, locale, **how):
    try:
        return parse_decimal(text, locale=locale, **how)
    except NumberFormatError:
        return "NumberFormatError"


persian = "\u06f1\u066c\u06f2\u06f3\u06f4\u066b\u06f5"  # 1,234.5
print("hi", read("\u0967\u0968\u0969", "hi"))
print("fa", read(persian, "fa"), read(persian, "fa", numbering_system="default"))
PYTHON
"$work/venv/bin/python" "$work/run.py" | tee "$work/seen"
cat > "$work/expected" <<'SEEN'
babel 2.19.0
fa '1,234,567.5' '1\u066c234\u066c567\u066b5'
ar_EG '1,234,567.5' '1\u066c234\u066c567\u066b5'
ckb '1,234,567.5' '1\u066c234\u066c567\u066b5'
hi '12,34,567.5' '12,34,567.5'
hi 123
fa NumberFormatError 1234.5
SEEN
diff "$work/expected" "$work/seen"
