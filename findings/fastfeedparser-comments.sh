#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# fastfeedparser 0.6.5 reads an element up to the first comment, and takes a picture for the article's address.
#
# Comments and processing instructions may stand anywhere in the text of an element, and of an Atom entry's links, in whichever
# order, "alternate" is the article's own (RFC 4287, 4.2.7.2). feedparser 6.0.14 does both. Seen with
# fastfeedparser: the title and the content end before the comment, without a word, and the first link is
# the entry's, here the enclosure, a picture.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --quiet --disable-pip-version-check install 'fastfeedparser==0.6.5' 'feedparser==6.0.14'
cat > "$work/run.py" <<'PYTHON'
from importlib.metadata import version

import fastfeedparser
import feedparser

feed = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><id>urn:f</id><updated>2026-03-03T15:20:00Z</updated>
<entry><id>urn:1</id><title>Port shut<!-- desk: check --> by the storm</title><updated>2026-03-03T15:20:00Z</updated>
<link rel="enclosure" type="image/jpeg" href="https://n.example/storm.jpg"/><link href="https://n.example/1"/>
<content type="text">All ships left<?cms break?> the harbour.</content></entry></feed>"""

for module in (feedparser, fastfeedparser):
    entry = module.parse(feed).entries[0]
    print(module.__name__, version(module.__name__), entry.title, "|", entry.content[0]["value"], "|", entry.link)
PYTHON
"$work/venv/bin/python" "$work/run.py" | tee "$work/seen"
cat > "$work/expected" <<'SEEN'
feedparser 6.0.14 Port shut by the storm | All ships left the harbour. | https://n.example/1
fastfeedparser 0.6.5 Port shut | All ships left | https://n.example/storm.jpg
SEEN
diff "$work/expected" "$work/seen"
