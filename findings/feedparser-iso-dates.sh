#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# feedparser 6.0.14 reads some dates of ISO 8601 as another time, without a word.
#
# A feed whose dates come from a database or from a calendar program: the basic form (20261130T120000Z), the form with a
# blank and an offset of hours (2026-11-30 12:00:00+03) and the week date (2026-W49-1, which is 30 November 2026).
# Expected: 12:00 and 09:00 UTC, and 30 November; or no date at all. Seen: the first two become midnight, so that all
# reports of a day seem to have come out at once, and the week date becomes the first of November. `bozo` stays False.
# Who orders or windows by `published_parsed` is off by hours or weeks and cannot tell.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet --disable-pip-version-check install 'feedparser==6.0.14'
cat > "$work/run.py" <<'PYTHON'
import feedparser

print("feedparser", feedparser.__version__)
for date in (
    "2026-11-30T12:00:00Z",
    "2026-11-30T12:00:00+03",
    "20261130T12:00:00Z",
    "20261130T120000Z",
    "2026-11-30 12:00:00+03",
    "2026-W49-1",
):
    feed = feedparser.parse(
        '<rss version="2.0"><channel><title>t</title><item><title>i</title>'
        f"<pubDate>{date}</pubDate></item></channel></rss>"
    )
    parsed = feed.entries[0].get("published_parsed")
    print(date, "->", parsed and "%04d-%02d-%02d %02d:%02d" % tuple(parsed)[:5], "bozo", feed.bozo)
PYTHON
"$work/venv/bin/python" "$work/run.py" | tee "$work/seen"
cat > "$work/expected" <<'SEEN'
feedparser 6.0.14
2026-11-30T12:00:00Z -> 2026-11-30 12:00 bozo False
2026-11-30T12:00:00+03 -> 2026-11-30 09:00 bozo False
20261130T12:00:00Z -> 2026-11-30 12:00 bozo False
20261130T120000Z -> 2026-11-30 00:00 bozo False
2026-11-30 12:00:00+03 -> 2026-11-30 00:00 bozo False
2026-W49-1 -> 2026-11-01 00:00 bozo False
SEEN
diff "$work/expected" "$work/seen"
