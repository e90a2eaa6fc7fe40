# SPDX-License-Identifier: Apache-2.0
"""Which articles a chain of pairs connects, by joins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as F
from pyspark.storagelevel import StorageLevel

from .._errors import Error
from . import _workers

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

#: So many edges that are left after the partitions have joined their own are joined by one task: some 300 bytes each.
JOINED_BY_ONE = 2_000_000
#: Each round but for the last few halves the way to the least article at least; 40 are enough for any collection.
MOST_ROUNDS = 40


def connected(edges: DataFrame) -> DataFrame:
    """For each article of the edges (`first`, `second`: ids) its part: `id`, `part`, the least id that it leads to.

    First by union-find within each partition, and of what these leave, where that is little. Else by alternating large
    and small stars until nothing changes (Kiveris et al., "Connected components in MapReduce and beyond", 2014):
    O(log² n) rounds, mostly 3 to 6.
    """
    schema = "first string, second string"
    stars = edges.select("first", "second").mapInArrow(_workers.contract, schema)
    stars = stars.persist(StorageLevel.MEMORY_AND_DISK)
    if stars.count() <= JOINED_BY_ONE:
        return _labels(stars.coalesce(1).mapInArrow(_workers.contract, schema))
    before: object = None
    for _ in range(MOST_ROUNDS):
        now = stars.agg(F.count("*"), F.sum(F.xxhash64("first", "second").cast("decimal(38,0)"))).first()
        if now == before:
            return _labels(stars)
        before, old = now, stars
        # Without what it was made from: plans would grow ninefold with each round.
        stars = _cut_off(_small_star(_large_star(old)))
    raise Error(f"the parts that pairs connect were not found in {MOST_ROUNDS} rounds, which should not happen", "bad_input")


def _cut_off(made: DataFrame) -> DataFrame:
    """Kept where checkpoints go; where Spark was told of no such place, by the workers alone, and lost with one."""
    context = made.sparkSession.sparkContext
    return made.checkpoint() if context.getCheckpointDir() else made.localCheckpoint()


def _labels(stars: DataFrame) -> DataFrame:
    """The first of each edge is the least of its part, the second another one."""
    others = stars.select(F.col("second").alias("id"), F.col("first").alias("part"))
    least = stars.select(F.col("first").alias("id"), F.col("first").alias("part"))
    return others.union(least).distinct()


def _large_star(edges: DataFrame) -> DataFrame:
    """Lets the neighbours of each article that are above it lead to the least of all of them."""
    both = edges.union(edges.select("second", "first")).toDF("at", "other")
    least = both.groupBy("at").agg(F.min("other").alias("least"))
    return (
        both.join(least, "at")
        .where("other > at")
        .select(F.least("least", "at").alias("first"), F.col("other").alias("second"))
        .distinct()
    )


def _small_star(edges: DataFrame) -> DataFrame:
    """Lets each article and its neighbours below it lead to the least of these."""
    down = edges.select(F.col("second").alias("at"), F.col("first").alias("other"))
    least = down.groupBy("at").agg(F.min("other").alias("least"))
    others = down.join(least, "at").where("other <> least").select("least", "other")
    return others.union(least.select("least", "at")).toDF("first", "second").distinct()
