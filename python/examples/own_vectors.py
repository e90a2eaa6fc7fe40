# SPDX-License-Identifier: Apache-2.0
"""Vectors brought along: any encoder that gives a row an article, such as sentence-transformers.

    encode = sentence_transformers.SentenceTransformer("intfloat/multilingual-e5-small").encode

Here hashed words of the texts stand in for one. Takes files of articles.
"""

import sys

from sklearn.feature_extraction.text import HashingVectorizer

import fabula


def encode(texts: list[str]):
    return HashingVectorizer(n_features=512, norm="l2").transform(texts).toarray()


articles = fabula.read_articles(*sys.argv[1:])
vectors = encode([f"{one.title}\n{one.text}" for one in articles])
# Probabilities are those of the bundled vectors: with others, try several values on labelled articles.
for bound in (0.3, 0.5, 0.7):
    stories = fabula.cluster(articles, vectors, min_probability=bound)
    print(bound, len(stories), "stories, the largest:", stories[0].title)
