# SPDX-License-Identifier: Apache-2.0
"""Stories of a collection that is too large for one machine, on Apache Spark.

>>> import fabula.spark
>>> stories, articles = fabula.spark.cluster(spark.read.parquet("articles"), time_window=datetime.timedelta(days=3))

The same stories as :func:`fabula.cluster` with that time window, however the articles are partitioned: the library
scores and clusters in the workers, Spark moves features about. Needs ``pip install "fabula[spark]"`` here and on each
worker, and a Java that Spark runs on. docs/scale-out.md has the plan and what it costs.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from typing import TYPE_CHECKING, Any

try:
    from pyspark import SparkFiles
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql import functions as F
    from pyspark.storagelevel import StorageLevel
except ImportError as error:
    raise ImportError('fabula.spark needs PySpark 4 and pyarrow: pip install "fabula[spark]"') from error

from .. import _fabula
from .._articles import span_of
from .._errors import InputError
from .._model import Model, ModelLike
from . import _features, _workers
from ._layout import HOUR, Layout, sample_positions
from ._parts import connected
from ._workers import Options, Outline

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark import Broadcast

__all__ = ["blocks", "cluster", "features", "pairs"]

#: Names of columns that are read; all but ``id`` and one of ``text`` and ``title`` may be missing.
_COLUMNS = ("id", "title", "text", "language", "source", "published")
#: Ids that come twice and are named in a message.
_SHOWN = 5

_FEATURES = (
    "id string, published bigint, source string, title string, language string, status string, error string, features binary"
)
_SOURCES = "group int, title string, text string, source string"
_LEARNED = "learned binary"
_PLACED = "block int, role tinyint, id string, published bigint"
_LINKS = "first string, second string"
_COUNTED = "block int, articles bigint, pairs bigint"
_SCORED = (
    "block int, first string, second string, first_published bigint, second_published bigint, probability float, "
    "certain boolean, first_place bigint, second_place bigint, cosines binary, compared bigint"
)
_QUOTAS = "block int, article string, quota bigint"
_STORIES = (
    "story string, articles bigint, title string, representative string, languages array<string>, sources bigint, "
    "first_published bigint, last_published bigint, earliest string, cohesion double, members array<struct<id: string, "
    "relation: string, probability: double, duplicate_of: string, language: string, status: string>>"
)


def features(
    articles: DataFrame, *, learn_boilerplate: bool = True, max_text_bytes: int = 16 << 20, model: ModelLike = None
) -> DataFrame:
    """What scoring needs of each article, as bytes; one row an article.

    What recurs in the articles of a source (menus, notices, headlines of other articles) is learned when it is called,
    and left out when the features are asked for: articles are read twice.

    :param articles: columns ``id`` (unique), ``title``, ``text``, ``language``, ``source`` (strings, or binary as
        UTF-8) and ``published`` (timestamp, date, string, or seconds since 1970); of all but ``id`` and one of ``text``
        and ``title`` each may be missing or null. Others are passed over
    :param learn_boilerplate: False: nothing is learned, articles are read once, and each by itself
    :param max_text_bytes: a longer text is not read
    :param model: None = the default of the package on each worker; the path of one is sent to the workers as a file
    :return: ``id``, ``published`` (seconds since 1970, UTC, or null), ``source``, ``title``, ``language`` (BCP-47,
        stated or identified), ``status`` ("ok", "empty_text", "unsupported_language" or "no_known_words"), ``error``
        and ``features``. Of an article that cannot be read, ``error`` says why, and all others but ``id`` are null
    """
    options = _options(articles.sparkSession, model, max_text_bytes=max_text_bytes)
    return _extracted(articles, options, _learned(articles, options) if learn_boilerplate else None)


def _columns_of(articles: DataFrame, wanted: tuple[str, ...]) -> DataFrame:
    names = {name.lower(): name for name in articles.columns}
    if "id" not in names or not {"title", "text"} & names.keys():
        raise InputError(f"articles need a column id, and text or title; there are: {', '.join(articles.columns)}")
    columns = []
    for name in wanted:
        if name in names:
            column = F.col(f"`{names[name]}`")
            columns.append((column if name == "published" else column.cast("binary")).alias(name))
    return articles.select(*columns)


def _extracted(articles: DataFrame, options: Options, boilerplate: Broadcast[bytes] | None) -> DataFrame:
    return _columns_of(articles, _COLUMNS).mapInArrow(_features.features_of(options, boilerplate), _FEATURES)


def _learned(articles: DataFrame, options: Options) -> Broadcast[bytes]:
    """What recurs in the whole collection; each source is one task's."""
    spark = articles.sparkSession
    sources = _columns_of(articles, ("id", "title", "text", "source")).mapInArrow(
        _features.by_source(options, _groups(spark)), _SOURCES
    )
    parts = sources.groupBy("group").applyInArrow(_features.learn, _LEARNED).collect()
    whole = _fabula.Boilerplate.merge([bytes(part["learned"]) for part in parts])
    return spark.sparkContext.broadcast(whole.to_bytes())


def _groups(spark: SparkSession) -> int:
    return int(spark.conf.get("spark.sql.shuffle.partitions") or 200)


def blocks(
    features: DataFrame, *, time_window: dt.timedelta | float, block_articles: int = 25_000
) -> DataFrame:
    """How a collection is cut up, to see skew: ``block``, ``begin`` (seconds since 1970; null for undated articles),
    ``own`` and ``guests``, the articles that are counted there and those of later blocks that they may meet.

    :param features: of :func:`features`
    :param time_window: as of :func:`pairs`
    :param block_articles: as of :func:`pairs`
    """
    known = features.where("features is not null")
    layout = _layout_of(known, _window(time_window), block_articles)
    placed = known.select("id", "published").mapInArrow(_workers.place(layout, False), _PLACED)
    begins = [(0, None), *((number + 1, begin) for number, begin in enumerate(layout.begins))]
    begin = features.sparkSession.createDataFrame(begins, "block int, begin bigint")
    guest = F.col("role") == 2
    counted = placed.groupBy("block").agg(F.sum((~guest).cast("long")).alias("own"), F.sum(guest.cast("long")).alias("guests"))
    return begin.join(counted, "block").orderBy("block")


def pairs(
    features: DataFrame,
    *,
    time_window: dt.timedelta | float,
    max_neighbours: int = 512,
    block_articles: int = 25_000,
    directory: str | os.PathLike[str] | None = None,
    model: ModelLike = None,
) -> DataFrame:
    """Near-duplicates, and the pairs of other articles that tell one story with a probability of 0.1 or more.

    Articles are counted when it is called (hours, near-duplicates), pairs scored when they are asked for.

    :param features: of :func:`features`, or read back
    :param time_window: articles published further apart never meet; a timedelta or seconds, above 0
    :param max_neighbours: as of :func:`fabula.cluster`
    :param block_articles: articles of a block, which one task has in memory with those of the next window: 8 KB each.
        The result does not depend on it
    :param directory: where steps are kept as Parquet, on a file system that all workers reach: a run that was broken
        off goes on there. One for each collection. None = they are kept by Spark
    :param model: as of :func:`features`
    :return: ``first`` and ``second`` (ids; first is the earlier one), ``first_published``, ``second_published``,
        ``probability``, and ``duplicate``: second is a near-duplicate of first, stands where that stands, and has no
        other pair; the probability is null then
    :raises InputError: an id that comes twice, an option out of its range
    """
    options = _options(features.sparkSession, model, time_window=_window(time_window), max_neighbours=max_neighbours)
    return _Run(features.sparkSession, lambda: features, True, directory, block_articles, options).pairs()


def cluster(
    articles: DataFrame | None = None,
    *,
    features: DataFrame | None = None,
    pairs: DataFrame | None = None,
    time_window: dt.timedelta | float,
    min_probability: float = 0.5,
    max_neighbours: int = 512,
    block_articles: int = 25_000,
    directory: str | os.PathLike[str] | None = None,
    learn_boilerplate: bool = True,
    max_text_bytes: int = 16 << 20,
    model: ModelLike = None,
) -> tuple[DataFrame, DataFrame]:
    """Groups articles into stories.

    :param articles: as of :func:`features`
    :param features: of :func:`features`, in place of ``articles``, where they were written
    :param pairs: of :func:`pairs` with the same time window, where they were written
    :param time_window: as of :func:`pairs`
    :param min_probability: as of :func:`fabula.cluster`
    :param max_neighbours: as of :func:`fabula.cluster`
    :param block_articles: as of :func:`pairs`
    :param directory: as of :func:`pairs`
    :param learn_boilerplate: as of :func:`features`
    :param max_text_bytes: as of :func:`features`
    :param model: as of :func:`features`
    :return: the stories: ``story`` (its id, as the program has it), ``articles`` (how many), ``title`` and ``representative``
        (the most central report, by its id), ``languages``, ``sources``, ``first_published``, ``last_published``
        (timestamps), ``earliest`` (an id) and ``cohesion``; and the articles: ``id``, ``story``, ``relation`` and
        ``probability`` (to the representative; the relation is null where it would take the texts to tell),
        ``duplicate_of``, ``language``, ``status`` and ``error``, which says why an article is in no story
    :raises InputError: an id that comes twice, an option out of its range, neither ``articles`` nor ``features``
    """
    if (articles is None) == (features is None):
        raise InputError("cluster takes either articles or features")
    spark = (articles if features is None else features).sparkSession  # type: ignore[union-attr]
    options = _options(
        spark, model,
        time_window=_window(time_window), min_probability=min_probability, max_neighbours=max_neighbours,
        max_text_bytes=max_text_bytes,
    )  # fmt: skip

    def known() -> DataFrame:
        if articles is None:
            assert features is not None
            return features
        return _extracted(articles, options, _learned(articles, options) if learn_boilerplate else None)

    run = _Run(spark, known, learn_boilerplate, directory, block_articles, options)
    return run.stories(pairs)


# How it is done.


def _window(time_window: dt.timedelta | float) -> int:
    window = span_of(time_window, "time_window")
    if window <= 0:
        raise InputError(f"time_window is {window} s; blocks are cut by time and need one above 0")
    return window


def _options(spark: SparkSession, model: ModelLike, **others: Any) -> Options:
    for name in ("max_neighbours", "max_text_bytes"):
        if not 0 <= others.get(name, 0) < 2**32:
            raise InputError(f"{name} is {others[name]}; it must be 0 to 4294967295")
    if not 0 < others.get("min_probability", 0.5) < 1:
        raise InputError(f"min_probability is {others['min_probability']}; it must be above 0 and below 1")
    path = (model if isinstance(model, Model) else Model(model)).path
    if not path:
        return Options(**others)
    if not os.path.isfile(path):
        raise InputError(f"{path}: there is no such model file on this machine, from where it is sent to the workers")
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    # Spark tells files apart by their names alone.
    folder = os.path.join(SparkFiles.getRootDirectory(), "fabula-models", digest[:16])
    os.makedirs(folder, exist_ok=True)
    name = f"{digest[:16]}-{os.path.basename(path)}"
    link = os.path.join(folder, name)
    if not os.path.lexists(link):
        os.symlink(os.path.abspath(path), link)
        spark.sparkContext.addFile(link)
    return Options(file=name, **others)


def _layout_of(known: DataFrame, window: int, block_articles: int) -> Layout:
    if block_articles < 1:
        raise InputError(f"block_articles is {block_articles}; it must be 1 or more")
    hour = F.floor(F.col("published") / F.lit(HOUR)).alias("hour")
    hours = known.select(hour).groupBy("hour").count().collect()
    return Layout.of_hours([(row["hour"], row["count"]) for row in hours], window, block_articles)


class _Run:
    """The steps of one collection. What each gives is kept, so that no later one does it again."""

    def __init__(
        self,
        spark: SparkSession,
        features: Callable[[], DataFrame],
        learned: bool,
        directory: str | os.PathLike[str] | None,
        block_articles: int,
        options: Options,
    ) -> None:
        self._spark = spark
        self._directory = None if directory is None else os.fspath(directory)
        self._options = options
        self._all = self._kept("features", features, (options.file, options.max_text_bytes, learned))
        self._known = self._all.where("features is not null")
        self._refuse_repeated_ids()
        self._layout = _layout_of(self._known, options.time_window, block_articles)
        self._outline: Broadcast[Outline] | None = None

    def _kept(self, step: str, make: Callable[[], DataFrame], by: tuple[object, ...]) -> DataFrame:
        """What was written for the step, or is now; `by`: options that it depends on."""
        if self._directory is None:
            return make().persist(StorageLevel.MEMORY_AND_DISK)
        digest = hashlib.sha256(repr(by).encode()).hexdigest()[:8]
        path = f"{self._directory}/{step}-{digest}"
        if not self._is_written(path):
            make().write.mode("overwrite").parquet(path)
        return self._spark.read.parquet(path)

    def _is_written(self, path: str) -> bool:
        java: Any = self._spark._jvm
        mark = java.org.apache.hadoop.fs.Path(f"{path}/_SUCCESS")
        configuration = self._spark._jsc.hadoopConfiguration()
        return bool(mark.getFileSystem(configuration).exists(mark))

    def _refuse_repeated_ids(self) -> None:
        repeated = self._known.groupBy("id").count().where("count > 1").orderBy("id").limit(_SHOWN).collect()
        if repeated:
            ids = ", ".join(f'"{row["id"]}" ({row["count"]} times)' for row in repeated)
            raise InputError(f"ids that come more than once: {ids}; give each article one of its own", "duplicate_id")

    def _in_blocks(self, articles: DataFrame, work: Callable[..., Any], schema: str, with_features: bool = True) -> DataFrame:
        """Of each block a table, which `work` is given."""
        columns = ["id", "published", *(["features"] if with_features else [])]
        placed = articles.select(*columns).mapInArrow(
            _workers.place(self._layout, with_features), _PLACED + (", features binary" if with_features else "")
        )
        return placed.groupBy("block").applyInArrow(work, schema)

    def _in_groups(self, articles: DataFrame, by: str, work: Callable[..., Any], schema: str) -> DataFrame:
        """As many tables as Spark has partitions in a shuffle; articles with the same `by` are in one."""
        group = F.pmod(F.xxhash64(by), F.lit(_groups(self._spark))).alias("group")
        return articles.withColumn("group", group).groupBy("group").applyInArrow(work, schema)

    def duplicates(self) -> DataFrame:
        """`first` and `second`, which is a near-duplicate of it."""

        def find() -> DataFrame:
            links = self._in_blocks(self._known, _workers.links(self._options), _LINKS)
            touched = self._known.select("id", "published", "features").join(connected(links), "id")
            return self._in_groups(touched, "part", _workers.representatives(self._options), _LINKS)

        return self._kept("duplicates", find, (self._options.file, self._options.time_window))

    def unique(self, duplicates: DataFrame) -> DataFrame:
        return self._known.join(duplicates.select(F.col("second").alias("id")), "id", "left_anti")

    def days(self, unique: DataFrame) -> tuple[tuple[int, int], ...]:
        day = F.floor(F.col("published") / F.lit(86400)).alias("day")
        rows = unique.where("published is not null").select(day).groupBy("day").count().collect()
        return tuple(sorted((row["day"], row["count"]) for row in rows))

    def outline(self, unique: DataFrame) -> Broadcast[Outline]:
        """Counts the whole collection."""
        if self._outline is not None:
            return self._outline
        counted = self._in_blocks(unique, _workers.count(self._options.time_window), _COUNTED, False).collect()
        articles = {row["block"]: row["articles"] for row in sorted(counted, key=lambda row: int(row["block"]))}
        total = sum(articles.values())
        undated = articles.get(0, 0)
        met = sum(row["pairs"] for row in counted) + undated * (total - undated) + undated * (undated - 1) // 2
        positions: dict[int, list[int]] = {}
        wanted, begin = list(sample_positions(total, _fabula.outline_sample_size())), 0
        for block, count in articles.items():
            positions[block] = [int(at - begin) for at in wanted if begin <= at < begin + count]
            begin += count
        picked = self._in_blocks(unique, _workers.pick(positions), "id string", False)
        sample = unique.join(F.broadcast(picked), "id").select("id", "features").collect()
        self._outline = self._spark.sparkContext.broadcast(
            Outline(
                2 * met / total if total else 0.0,
                self.days(unique),
                tuple(bytes(row["features"]) for row in sorted(sample, key=lambda row: str(row["id"]))),
            )
        )
        return self._outline

    def pairs(self) -> DataFrame:
        duplicates = self.duplicates()
        options = self._options
        by = (options.file, options.time_window, options.max_neighbours)
        unique = self.unique(duplicates)

        def score() -> DataFrame:
            return self._in_blocks(unique, _workers.score(options, self.outline(unique)), _SCORED)

        scored = self._kept("scored", score, (*by, self._layout))
        lists = scored.where("cosines is not null").select("block", "first", "cosines")
        shares = self._in_groups(lists, "first", _workers.share_out(options.max_neighbours), _QUOTAS)
        likely = scored.where("probability is not null")
        open_pairs = likely.where("not certain")
        for side in ("first", "second"):
            share = shares.select("block", F.col("article").alias(side), F.col("quota").alias(f"{side}_quota"))
            open_pairs = open_pairs.join(share, ["block", side], "left")
        stay = open_pairs.where("first_place < first_quota or second_place < second_quota")
        columns = ["first", "second", "first_published", "second_published", "probability"]
        found = likely.where("certain").select(*columns).union(stay.select(*columns)).withColumn("duplicate", F.lit(False))
        times = self._known.select("id", "published")
        for side in ("first", "second"):
            named = times.withColumnsRenamed({"id": side, "published": f"{side}_published"})
            duplicates = duplicates.join(named, side)
        copies = duplicates.withColumn("probability", F.lit(None).cast("float")).withColumn("duplicate", F.lit(True))
        return found.union(copies.select(*columns, "duplicate"))

    def stories(self, pairs: DataFrame | None) -> tuple[DataFrame, DataFrame]:
        options = self._options
        by = (options.file, options.time_window, options.max_neighbours)
        if pairs is None:
            pairs = self._kept("pairs", self.pairs, by)
        duplicates = pairs.where("duplicate").select(F.col("second").alias("id"), F.col("first").alias("duplicate_of"))
        likely = pairs.where("not duplicate")

        def cut() -> DataFrame:
            in_parts = likely.join(connected(likely).withColumnRenamed("id", "first"), "first")
            return self._in_groups(in_parts, "part", _workers.cut(options), "id string, cluster string")

        clusters = self._kept("clusters", cut, (*by, options.min_probability))
        stands = F.coalesce("duplicate_of", "id")
        of = clusters.withColumnRenamed("id", "stands")
        placed = self._known.join(duplicates, "id", "left").withColumn("stands", stands).join(of, "stands", "left")
        placed = placed.withColumn("cluster", F.coalesce("cluster", "stands"))
        if self._outline is None:
            unique = self._known.join(duplicates, "id", "left_anti")
            self._outline = self._spark.sparkContext.broadcast(Outline(days=self.days(unique)))
        columns = ("id", "published", "title", "language", "status", "features", "duplicate_of", "cluster")
        work = _workers.describe(options, self._outline)
        described = self._kept(
            "stories",
            lambda: self._in_groups(placed.select(*columns), "cluster", work, _STORIES),
            (*by, options.min_probability),
        )
        stories = described.drop("members")
        for time in ("first_published", "last_published"):
            stories = stories.withColumn(time, F.timestamp_seconds(time))
        member = described.select("story", F.explode("members").alias("member")).select("story", "member.*")
        order = ["id", "story", "relation", "probability", "duplicate_of", "language", "status"]
        unread = self._all.where("error is not null")
        for name in order[1:]:
            kind = "double" if name == "probability" else "string"
            unread = unread.withColumn(name, F.lit(None).cast(kind))
        told = member.select(*order).withColumn("error", F.lit(None).cast("string"))
        return stories, told.union(unread.select(*order, "error"))
