#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# @extractus/feed-extractor 8.0.3 cuts the text of an entry at a "less than", and makes numbers of ids.
#
# A description is HTML in XML, so that "5 < 6" stands there as "5 &amp;lt; 6". rss-parser 3.13.0 gives the HTML back as it was, and
# of feed-extractor, which gives text, "5 < 6 in the polls" was expected. Seen: "5", and of "Growth <3% in March, says bank" only
# "Growth": entities are resolved twice, once too often, and what then looks like a tag is taken out with all
# behind it. The id 0123 becomes 123, the same as that of another entry.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund '@extractus/feed-extractor@8.0.3' 'rss-parser@3.13.0'
cat > run.mjs <<'JS'
import { extractFromXml } from '@extractus/feed-extractor'
import Parser from 'rss-parser'

const item = (guid, html) => `<item><title>t</title><link>https://n.example/${guid}</link>` +
  `<guid isPermaLink="false">${guid}</guid><description>${html}</description></item>`
const feed = '<rss version="2.0"><channel><title>f</title><link>https://n.example/</link><description>d</description>' +
  item('0123', '&lt;p&gt;5 &amp;lt; 6 in the polls&lt;/p&gt;') +
  item('123', '&lt;p&gt;Growth &amp;lt;3% in March, says bank&lt;/p&gt;') + '</channel></rss>'

for (const entry of (await new Parser().parseString(feed)).items)
  console.log('rss-parser', JSON.stringify([entry.guid, entry.content]))
for (const entry of extractFromXml(feed).entries)
  console.log('feed-extractor', JSON.stringify([entry.id, entry.description]))
JS
node run.mjs | tee seen
cat > expected <<'SEEN'
rss-parser ["0123","<p>5 &lt; 6 in the polls</p>"]
rss-parser ["123","<p>Growth &lt;3% in March, says bank</p>"]
feed-extractor ["123","5"]
feed-extractor ["123","Growth"]
SEEN
diff expected seen
