#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# rss-parser 3.13.0 and @extractus/feed-extractor 8.0.3 refuse an Atom feed whose elements have a prefix.
#
# <a:feed xmlns:a="http://www.w3.org/2005/Atom"> is the same feed as <feed xmlns="...">, and what serialises XML by its
# namespaces (XSLT, lxml with a prefix, JAXB) writes it so. Expected was the feed, perhaps with odd XHTML. Seen: "Feed
# not recognized as RSS 1 or 2." and "Unrecognized feed format"; feedsmith 3.0.1 reads both forms.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund 'rss-parser@3.13.0' '@extractus/feed-extractor@8.0.3' 'feedsmith@3.0.1'
cat > run.mjs <<'JS'
import { extractFromXml } from '@extractus/feed-extractor'
import { parseFeed } from 'feedsmith'
import Parser from 'rss-parser'

const feed = (p, xmlns) => `<?xml version="1.0"?><${p}feed ${xmlns}="http://www.w3.org/2005/Atom"><${p}title>F</${p}title>` +
  `<${p}id>urn:f</${p}id><${p}updated>2026-03-03T15:20:00Z</${p}updated><${p}entry><${p}id>urn:1</${p}id>` +
  `<${p}title>Port shut</${p}title><${p}updated>2026-03-03T15:20:00Z</${p}updated><${p}link href="https://n.example/1"/>` +
  `<${p}content>All ships left.</${p}content></${p}entry></${p}feed>`
const readers = {
  'rss-parser': async xml => (await new Parser().parseString(xml)).items[0].title,
  'feed-extractor': async xml => extractFromXml(xml).entries[0].title,
  feedsmith: async xml => parseFeed(xml).feed.entries[0].title.value,
}
for (const [name, read] of Object.entries(readers))
  for (const [prefix, xmlns] of [['', 'xmlns'], ['a:', 'xmlns:a']])
    console.log(name, `<${prefix}feed>`, await read(feed(prefix, xmlns)).catch(error => error.message))
JS
node run.mjs | tee seen
cat > expected <<'SEEN'
rss-parser <feed> Port shut
rss-parser <a:feed> Feed not recognized as RSS 1 or 2.
feed-extractor <feed> Port shut
feed-extractor <a:feed> Unrecognized feed format
feedsmith <feed> Port shut
feedsmith <a:feed> Port shut
SEEN
diff expected seen
