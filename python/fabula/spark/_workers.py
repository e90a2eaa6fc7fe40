# SPDX-License-Identifier: Apache-2.0
"""What runs in the workers: Arrow in, C++, Arrow out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from .. import _fabula
from .._model import Model, core_of
from . import _layout
from ._layout import Layout

PLACED = pa.schema(
    [("block", pa.int32()), ("role", pa.int8()), ("id", pa.string()), ("published", pa.int64()), ("features", pa.binary())]
)
LINKS = pa.schema([("first", pa.string()), ("second", pa.string())])
#: A pair, or a row of cosines where `cosines` is not null.
SCORED = pa.schema(
    [
        ("block", pa.int32()),
        ("first", pa.string()),
        ("second", pa.string()),
        ("first_published", pa.int64()),
        ("second_published", pa.int64()),
        ("probability", pa.float32()),
        ("certain", pa.bool_()),
        ("first_place", pa.int64()),
        ("second_place", pa.int64()),
        ("cosines", pa.binary()),
        ("compared", pa.int64()),
    ]
)
QUOTAS = pa.schema([("block", pa.int32()), ("article", pa.string()), ("quota", pa.int64())])
CUT = pa.schema([("id", pa.string()), ("cluster", pa.string())])
MEMBER = pa.struct(
    [
        ("id", pa.string()),
        ("relation", pa.string()),
        ("probability", pa.float64()),
        ("duplicate_of", pa.string()),
        ("language", pa.string()),
        ("status", pa.string()),
    ]
)
STORIES = pa.schema(
    [
        ("story", pa.string()),
        ("articles", pa.int64()),
        ("title", pa.string()),
        ("representative", pa.string()),
        ("languages", pa.list_(pa.string())),
        ("sources", pa.int64()),
        ("first_published", pa.int64()),
        ("last_published", pa.int64()),
        ("earliest", pa.string()),
        ("cohesion", pa.float64()),
        ("members", pa.list_(MEMBER)),
    ]
)


@dataclasses.dataclass(frozen=True)
class Options:
    """What a worker needs to know. ``file``: the name of a model that Spark sends, "" = the default of the package."""

    file: str = ""
    time_window: int = 0
    min_probability: float = 0.5
    max_neighbours: int = 512
    max_text_bytes: int = 16 << 20

    def core(self) -> _fabula.Model:
        if not self.file:
            return core_of(Model())
        from pyspark import SparkFiles

        return core_of(Model(SparkFiles.get(self.file)))

    def blocks(self) -> _fabula.Blocks:
        if self not in _made:
            _made.clear()
            _made[self] = _fabula.Blocks(
                self.core(), self.min_probability, self.time_window, self.max_neighbours, 1
            )
        return _made[self]


_made: dict[Options, _fabula.Blocks] = {}


@dataclasses.dataclass(frozen=True)
class Outline:
    """Of the whole collection, see fabula::CollectionOutline."""

    articles_in_window: float = 0.0
    days: tuple[tuple[int, int], ...] = ()
    sample: tuple[bytes, ...] = ()

    def core(self, options: Options) -> _fabula.Outline:
        return _fabula.Outline(options.core(), self.articles_in_window, list(self.days), list(self.sample))


# Blocks.


def _times(column: Any) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    dated = column.is_valid().to_numpy(zero_copy_only=False)
    return column.fill_null(0).to_numpy(zero_copy_only=False), dated


def place(layout: Layout, with_features: bool = True) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            at = batch.schema.get_field_index
            places, blocks, roles = layout.place(*_times(batch.column(at("published"))))
            taken = [batch.column(at(name)).take(pa.array(places)) for name in ("id", "published")]
            if with_features:
                taken.append(batch.column(at("features")).take(pa.array(places)))
            yield pa.RecordBatch.from_arrays(
                [pa.array(blocks), pa.array(roles.astype(np.int8)), *taken],
                schema=PLACED if with_features else pa.schema(list(PLACED)[:4]),
            )

    return work


def _list(table: pa.Table, name: str) -> list[Any]:
    return table.column(name).to_pylist()  # type: ignore[no-any-return]


def links(options: Options) -> Callable[[pa.Table], pa.Table]:
    def work(table: pa.Table) -> pa.Table:
        first, second = options.blocks().links(_list(table, "features"))
        ids = table.column("id")
        return pa.table([ids.take(pa.array(first)), ids.take(pa.array(second))], schema=LINKS)

    return work


def representatives(options: Options) -> Callable[[pa.Table], pa.Table]:
    """Of whole parts; articles that are their own are left out."""

    def work(table: pa.Table) -> pa.Table:
        found = options.blocks().representatives(_list(table, "features"))
        copies = np.flatnonzero(found != np.arange(len(found)))
        ids = table.column("id")
        return pa.table([ids.take(pa.array(found[copies])), ids.take(pa.array(copies))], schema=LINKS)

    return work


def count(window: int) -> Callable[[pa.Table], pa.Table]:
    """Of a block: its articles, and the pairs within the window that are its own."""

    def work(table: pa.Table) -> pa.Table:
        block = table.column("block")[0].as_py()
        guests = table.column("role").to_numpy() == _layout.GUEST
        times, dated = _times(table.column("published").combine_chunks())
        pairs = _layout.pairs_within(times[dated & ~guests], times[dated & guests], window)
        return pa.table({"block": [block], "articles": [int((~guests).sum())], "pairs": [pairs]}, schema=COUNTED)

    return work


COUNTED = pa.schema([("block", pa.int32()), ("articles", pa.int64()), ("pairs", pa.int64())])


def pick(positions: dict[int, list[int]]) -> Callable[[pa.Table], pa.Table]:
    """The ids of a block's own articles at these places in its order."""

    def work(table: pa.Table) -> pa.Table:
        own = [
            (published is not None, published or 0, id)
            for role, published, id in zip(_list(table, "role"), _list(table, "published"), _list(table, "id"))
            if role != _layout.GUEST
        ]
        own.sort()
        picked = [own[at][2] for at in positions.get(table.column("block")[0].as_py(), [])]
        return pa.table({"id": pa.array(picked, pa.string())})

    return work


def score(options: Options, outline: Any) -> Callable[[pa.Table], pa.Table]:
    """`outline`: a broadcast `Outline`."""

    def work(table: pa.Table) -> pa.Table:
        roles = table.column("role").to_numpy().astype(np.uint8)
        first, second, probability, certain, first_place, second_place, row, length, cosines, compared = (
            options.blocks().pairs(_list(table, "features"), roles, outline.value.core(options))
        )
        ids, published = table.column("id"), table.column("published")
        block = table.column("block")[0].as_py()
        pairs, rows = len(first), len(row)
        none = np.iinfo(np.uint32).max
        places = [
            pa.array(place.astype(np.int64), mask=place == none).cast(pa.int64()) for place in (first_place, second_place)
        ]
        scored = pa.table(
            [
                pa.array(np.full(pairs, block, np.int32)),
                *(ids.take(pa.array(side)) for side in (first, second)),
                *(published.take(pa.array(side)) for side in (first, second)),
                pa.array(probability),
                pa.array(certain.astype(bool)),
                *places,
                pa.nulls(pairs, pa.binary()),
                pa.nulls(pairs, pa.int64()),
            ],
            schema=SCORED,
        )
        ends = np.cumsum(length)
        lists = [cosines[end - count : end].tobytes() for end, count in zip(ends, length)]
        kept = pa.table(
            [
                pa.array(np.full(rows, block, np.int32)),
                ids.take(pa.array(row)),
                *(pa.nulls(rows, field.type) for field in list(SCORED)[2:9]),
                pa.array(lists, pa.binary()),
                pa.nulls(rows, pa.int64()),
            ],
            schema=SCORED,
        )
        told = pa.table(
            [pa.array([block], pa.int32()), *(pa.nulls(1, field.type) for field in list(SCORED)[1:10]), pa.array([compared])],
            schema=SCORED,
        )
        return pa.concat_tables([scored, kept, told])

    return work


def share_out(most: int) -> Callable[[pa.Table], pa.Table]:
    """For the articles at hand: of the nearest in each block, how many are among the nearest of all blocks."""

    def work(table: pa.Table) -> pa.Table:
        lists: dict[str, list[tuple[int, np.ndarray[Any, Any]]]] = {}
        for article, block, raw in zip(_list(table, "first"), _list(table, "block"), _list(table, "cosines")):
            lists.setdefault(article, []).append((block, np.frombuffer(raw, dtype=np.float32)))
        out: list[tuple[int, str, int]] = []
        for article, of_blocks in lists.items():
            of_blocks.sort(key=lambda one: one[0])
            shares = _layout.quotas([cosines for _, cosines in of_blocks], most)
            out.extend((block, article, share) for (block, _), share in zip(of_blocks, shares))
        columns = zip(*out) if out else [(), (), ()]
        return pa.table([pa.array(column, field.type) for column, field in zip(columns, QUOTAS)], schema=QUOTAS)

    return work


# Parts.


def contract(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Of what the edges of a partition connect, each article with the least."""
    parents: dict[str, str] = {}

    def root(id: str) -> str:
        while (parent := parents.setdefault(id, id)) != id:
            parents[id] = id = parents.setdefault(parent, parent)
        return id

    for batch in batches:
        for first, second in zip(batch.column(0).to_pylist(), batch.column(1).to_pylist()):
            a, b = root(first), root(second)
            if a != b:
                parents[max(a, b)] = min(a, b)
    ids = [id for id in parents if root(id) != id]
    for begin in range(0, len(ids), 1 << 16):
        some = ids[begin : begin + (1 << 16)]
        yield pa.RecordBatch.from_arrays([pa.array([root(id) for id in some]), pa.array(some)], schema=LINKS)


def cut(options: Options) -> Callable[[pa.Table], pa.Table]:
    """Of whole parts; a cluster is called by its first article."""

    def work(table: pa.Table) -> pa.Table:
        times = {
            id: (published is not None, published or 0)
            for side in ("first", "second")
            for id, published in zip(_list(table, side), _list(table, f"{side}_published"))
        }
        ids = sorted(times, key=lambda id: (times[id], id))
        numbers = {id: number for number, id in enumerate(ids)}
        ends = np.array([[numbers[id] for id in _list(table, side)] for side in ("first", "second")], np.uint32)
        ends.sort(axis=0)
        order = np.lexsort(ends[::-1])
        probability = np.ascontiguousarray(table.column("probability").to_numpy()[order])
        first, second = (np.ascontiguousarray(side[order]) for side in ends)
        labels = options.blocks().cut(len(ids), first, second, probability)
        _, firsts = np.unique(labels, return_index=True)
        return pa.table({"id": ids, "cluster": [ids[at] for at in firsts[labels]]}, schema=CUT)

    return work


# Stories.


def describe(options: Options, outline: Any) -> Callable[[pa.Table], pa.Table]:
    """Of whole stories."""

    def work(table: pa.Table) -> pa.Table:
        numbers: dict[str, int] = {}
        stories = np.array([numbers.setdefault(one, len(numbers)) for one in _list(table, "cluster")], np.uint32)
        ids = _list(table, "id")
        places = {id: place for place, id in enumerate(ids)}
        duplicate_of = _list(table, "duplicate_of")
        represented = np.array(
            [place if one is None else places[one] for place, one in enumerate(duplicate_of)], np.uint32
        )
        described = options.blocks().describe(
            _list(table, "features"), stories, represented, outline.value.core(options)
        )
        titles, languages, statuses = (_list(table, name) for name in ("title", "language", "status"))
        rows = []
        for id, representative, spoken, sources, first, last, earliest, cohesion, members in described:
            told = [
                {
                    "id": ids[at],
                    "relation": relation,
                    "probability": probability,
                    "duplicate_of": duplicate_of[at],
                    "language": languages[at],
                    "status": statuses[at],
                }
                for at, relation, probability in members
            ]
            rows.append(
                {
                    "story": id,
                    "articles": len(members),
                    "title": titles[representative],
                    "representative": ids[representative],
                    "languages": spoken,
                    "sources": sources,
                    "first_published": first,
                    "last_published": last,
                    "earliest": None if earliest is None else ids[earliest],
                    "cohesion": cohesion,
                    "members": sorted(told, key=lambda member: str(member["id"])),
                }
            )
        return pa.Table.from_pylist(rows, schema=STORIES)

    return work


