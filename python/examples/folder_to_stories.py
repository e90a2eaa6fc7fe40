# SPDX-License-Identifier: Apache-2.0
"""A folder of files of any kind to stories, with the reasons for each. Takes the folder."""

import sys

import fabula

articles = fabula.read_articles(sys.argv[1])
for note in articles.notes:
    print("note:", note, file=sys.stderr)

for story in fabula.cluster(articles, explain=True):
    print(story.title)
    for member in story.articles:
        words = [term.first for term in member.because.shared_terms] if member.because else []
        print(f"    {member.id} ({member.language}, {member.probability:.0%}) {', '.join(words)}")
