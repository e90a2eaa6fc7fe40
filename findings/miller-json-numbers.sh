#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Miller 6.6.0 (Debian 12) turns a table into JSON that is none, where a cell looks like a number of Miller's.
#
# Ids such as 0x1F, 7. and .5 are text to CSV. Expected of `mlr --icsv --ojsonl cat` were strings, or the numbers as JSON
# writes them. Seen: the cells come out bare as they stand in the table (0x1F, 7., .5, 0b11, -0xff), which is no JSON: Python's json refuses the line, and with it the article. "+5", "1_000", "Inf" and "NaN" are in
# quotes. What helps is
# `put '$id = string($id)'`.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get --quiet --quiet update
apt-get --quiet --quiet download miller=6.6.0-2+b3
dpkg-deb --extract miller_*.deb tree
mlr="$work/tree/usr/bin/mlr"
printf 'id,title\n0x1F,a\n7.,b\n.5,c\n0b11,d\n-0xff,e\n+5,f\n1_000,g\nNaN,h\n' > news.csv
cat > check.py <<'PYTHON'
import json
import sys

for line in sys.stdin:
    try:
        print(line.strip(), "->", repr(json.loads(line)["id"]))
    except json.JSONDecodeError:
        print(line.strip(), "-> no JSON")
PYTHON
{
    "$mlr" --version
    for how in cat "put '\$id = string(\$id)'"; do
        echo "$how"
        eval "\"$mlr\" --icsv --ojsonl $how news.csv" | python3 check.py
    done
} | tee seen
cat > expected <<'SEEN'
mlr 6.6.0
cat
{"id": 0x1F, "title": "a"} -> no JSON
{"id": 7., "title": "b"} -> no JSON
{"id": .5, "title": "c"} -> no JSON
{"id": 0b11, "title": "d"} -> no JSON
{"id": -0xff, "title": "e"} -> no JSON
{"id": "+5", "title": "f"} -> '+5'
{"id": "1_000", "title": "g"} -> '1_000'
{"id": "NaN", "title": "h"} -> 'NaN'
put '$id = string($id)'
{"id": "0x1F", "title": "a"} -> '0x1F'
{"id": "7.", "title": "b"} -> '7.'
{"id": ".5", "title": "c"} -> '.5'
{"id": "0b11", "title": "d"} -> '0b11'
{"id": "-0xff", "title": "e"} -> '-0xff'
{"id": "+5", "title": "f"} -> '+5'
{"id": "1_000", "title": "g"} -> '1_000'
{"id": "NaN", "title": "h"} -> 'NaN'
SEEN
diff expected seen
