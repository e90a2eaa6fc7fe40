# SPDX-License-Identifier: Apache-2.0
"""A feed to stories: feedparser's entries are articles as they are. Takes addresses or files of feeds."""

import sys

import feedparser

import fabula

entries = [entry for address in sys.argv[1:] for entry in feedparser.parse(address).entries]
for story in fabula.cluster(entries):
    print(f"{story.size} articles, {', '.join(story.languages)}: {story.title}")
