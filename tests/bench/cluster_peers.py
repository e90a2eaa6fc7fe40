# SPDX-License-Identifier: Apache-2.0
"""Clusters a file of vectors with scikit-learn and prints one line of JSON.

    cluster_peers.py agglomerative|dbscan VECTORS THRESHOLD|scan THREADS

The threshold is a cosine: clusters are merged, or neighbours taken, down to it. "scan" finds the one
with the best BCubed F1.
"""
import json
import resource
import sys
import time

import numpy
from sklearn.cluster import DBSCAN, AgglomerativeClustering


def read(path):
    """As tests/bench/vectors.cpp writes it."""
    rows, dimension = (int(n) for n in numpy.fromfile(path, dtype="<u8", count=2))
    values = numpy.fromfile(path, dtype="<f4", offset=16, count=rows * dimension)
    gold = numpy.fromfile(path, dtype="<u4", offset=16 + 4 * rows * dimension, count=rows)
    return values.reshape(rows, dimension), gold


def bcubed(predicted, gold):
    _, p = numpy.unique(predicted, return_inverse=True)
    _, g = numpy.unique(gold, return_inverse=True)
    _, both = numpy.unique(p.astype(numpy.int64) * (g.max() + 1) + g, return_inverse=True)
    together = numpy.bincount(both)[both]
    precision = (together / numpy.bincount(p)[p]).mean()
    recall = (together / numpy.bincount(g)[g]).mean()
    return precision, recall, 2 * precision * recall / (precision + recall)


def agglomerative(vectors, threshold):
    return AgglomerativeClustering(
        n_clusters=None, metric="cosine", linkage="average", distance_threshold=1 - threshold
    ).fit(vectors)


def dbscan(vectors, threshold, threads):
    labels = DBSCAN(eps=1 - threshold, min_samples=2, metric="cosine", n_jobs=threads).fit(vectors).labels_
    # What it calls noise is alone.
    alone = labels < 0
    labels[alone] = labels.max() + 1 + numpy.arange(alone.sum())
    return labels


def cut(tree, rows, threshold):
    """The clusters of a full tree at another threshold: what a new run with it would give."""
    parent = numpy.arange(rows + len(tree.children_))
    for i, (a, b) in enumerate(tree.children_):
        if tree.distances_[i] < 1 - threshold:
            parent[a] = parent[b] = rows + i
    for i in range(len(parent) - 1, -1, -1):
        parent[i] = parent[parent[i]]
    return parent[:rows]


def main():
    algorithm, path, threshold, threads = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    vectors, gold = read(path)
    # A zero vector has no cosine; make it one that is far from all.
    zero = ~vectors.any(axis=1)
    vectors[zero] = numpy.random.RandomState(1).randn(int(zero.sum()), vectors.shape[1])
    if threshold == "scan":
        candidates = [percent / 100 for percent in range(20, 97, 2)]
        if algorithm == "agglomerative":
            tree = agglomerative(vectors, 1.0)
            scores = [(bcubed(cut(tree, len(gold), c), gold)[2], c) for c in candidates]
        else:
            scores = [(bcubed(dbscan(vectors, c, threads), gold)[2], c) for c in candidates[::2] if c >= 0.4]
        print(json.dumps({"threshold": max(scores)[1], "f1": max(scores)[0]}))
        return
    wall, usage = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF)
    if algorithm == "agglomerative":
        labels = agglomerative(vectors, float(threshold)).labels_
    else:
        labels = dbscan(vectors, float(threshold), threads)
    after = resource.getrusage(resource.RUSAGE_SELF)
    precision, recall, f1 = bcubed(labels, gold)
    print(json.dumps({
        "wall": time.monotonic() - wall,
        "cpu": after.ru_utime + after.ru_stime - usage.ru_utime - usage.ru_stime,
        "precision": precision, "recall": recall, "f1": f1,
    }))


main()
