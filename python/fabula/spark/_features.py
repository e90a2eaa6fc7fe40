# SPDX-License-Identifier: Apache-2.0
"""From texts to features, in the workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from .. import _fabula
from .._articles import articles
from .._errors import Error
from ._workers import Options

if TYPE_CHECKING:
    from pyspark import Broadcast

#: Articles that are read at once: what a worker holds beside what Spark gives it.
AT_ONCE = 256

FEATURES = pa.schema(
    [
        ("id", pa.string()),
        ("published", pa.int64()),
        ("source", pa.string()),
        ("title", pa.string()),
        ("language", pa.string()),
        ("status", pa.string()),
        ("error", pa.string()),
        ("features", pa.binary()),
    ]
)
SOURCES = pa.schema(
    [("group", pa.int32()), ("title", pa.string()), ("text", pa.string()), ("source", pa.string())]
)
LEARNED = pa.schema([("learned", pa.binary())])


def _seconds(column: pa.ChunkedArray | pa.Array) -> list[Any]:
    """Times as seconds since 1970, what is no time as it is."""
    if pa.types.is_timestamp(column.type):
        per_second = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[column.type.unit]
        return [None if one is None else one // per_second for one in column.cast(pa.int64()).to_pylist()]
    if pa.types.is_date(column.type):
        return [None if one is None else one * 86400 for one in column.cast(pa.int32()).to_pylist()]
    return column.to_pylist()  # type: ignore[no-any-return]


def _text(raw: bytes | None, name: str, most: int) -> tuple[str | None, str | None]:
    """The string, or why there is none."""
    if raw is None:
        return None, None
    if len(raw) > most:
        return None, f"{name} has {len(raw)} bytes, more than max_text_bytes = {most}; cut it or raise that"
    try:
        return raw.decode(), None
    except UnicodeDecodeError as error:
        return None, f"{name} is not UTF-8: byte {error.start} is 0x{raw[error.start]:02x}; decode it as what it is"


def _extract(
    core: _fabula.Model, rows: list[dict[str, Any]], boilerplate: _fabula.Boilerplate
) -> list[tuple[Any, ...]]:
    """One tuple a row: as FEATURES has them."""
    try:
        read = articles(rows)
        return [
            (id, published, source, title, language, status, None, features)
            for id, published, source, title, language, status, features in zip(
                *_fabula.extract(core, read._core, boilerplate, 1)
            )
        ]
    except Error as error:
        if len(rows) == 1:
            return [(rows[0]["id"], None, None, None, None, None, str(error).removeprefix("articles:1: "), None)]
        half = len(rows) // 2
        return _extract(core, rows[:half], boilerplate) + _extract(core, rows[half:], boilerplate)


def _read(
    batches: Iterable[pa.RecordBatch], options: Options
) -> Iterator[tuple[list[dict[str, Any]], list[tuple[Any, str]]]]:
    """Of some articles at a time those that can be read, and the ids of the others and why they cannot."""
    for whole in batches:
        for begin in range(0, whole.num_rows, AT_ONCE):
            batch = whole.slice(begin, AT_ONCE)
            columns = {
                name: _seconds(column) if name == "published" else column.to_pylist()
                for name, column in zip(batch.schema.names, batch.columns)
            }
            good: list[dict[str, Any]] = []
            bad: list[tuple[Any, str]] = []
            for i in range(batch.num_rows):
                row: dict[str, Any] = {}
                wrong = None
                for name, values in columns.items():
                    if name == "published":
                        row[name] = values[i]
                        continue
                    row[name], problem = _text(values[i], name, options.max_text_bytes)
                    wrong = wrong or problem
                if not row.get("id"):
                    wrong = wrong or "there is no id; each article needs one of its own"
                if wrong is None:
                    good.append({name: value for name, value in row.items() if value is not None})
                else:
                    bad.append((row.get("id"), wrong))
            yield good, bad


def features_of(
    options: Options, boilerplate: Broadcast[bytes] | None
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        core = options.core()
        known = _fabula.Boilerplate() if boilerplate is None else _fabula.Boilerplate.merge([boilerplate.value])
        for good, bad in _read(batches, options):
            out: list[tuple[Any, ...]] = [(id, None, None, None, None, None, why, None) for id, why in bad]
            if good:
                out.extend(_extract(core, good, known))
            yield pa.RecordBatch.from_arrays(
                [pa.array(column, type=field.type) for column, field in zip(zip(*out), FEATURES)], schema=FEATURES
            )

    return work


# What recurs in the collection. A source is learned from by one task.


def by_source(options: Options, groups: int) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        numbers: dict[str, int] = {}
        for good, _ in _read(batches, options):
            sources = [row.get("source", "") for row in good]
            for source in sources:
                if source not in numbers:
                    numbers[source] = _fabula.source_number(source) % groups
            columns = [[row.get(name) for row in good] for name in ("title", "text", "source")]
            yield pa.RecordBatch.from_arrays(
                [
                    pa.array([numbers[source] for source in sources], type=pa.int32()),
                    *(pa.array(column, type=pa.string()) for column in columns),
                ],
                schema=SOURCES,
            )

    return work


def learn(table: pa.Table) -> pa.Table:
    columns = {name: table.column(name).to_pylist() for name in ("title", "text", "source")}
    # Ids do not matter, and those that come twice are refused later.
    rows = (
        {"id": str(i), **{name: value for name, value in zip(columns, values) if value is not None}}
        for i, values in enumerate(zip(*columns.values()))
    )
    learned = _fabula.Boilerplate.learn(articles(rows, skip_bad_lines=True)._core, 1)
    return pa.table([pa.array([learned.to_bytes()])], schema=LEARNED)
