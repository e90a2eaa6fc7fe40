# SPDX-License-Identifier: Apache-2.0
"""Articles in: from whatever holds them to what the library holds."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import json
import numbers
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeAlias, overload, runtime_checkable

from . import _fabula
from ._errors import InputError

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)
_OWN_NAMES = frozenset({"id", "title", "text", "language", "source", "published", "story"})


@dataclasses.dataclass(frozen=True, slots=True)
class Article:
    """One report of a story: a news article in any language.

    Only ``text`` or ``title`` need be there; everything else improves the result where it is known.
    The fields are taken as they are: HTML is not looked for, as it is in dicts and files.
    """

    #: The caller's name for it; orders ties, so make it unique.
    id: str = ""
    #: Headline; may be empty.
    title: str = ""
    #: Body, paragraphs separated by newlines; may be empty. Its first 8 MiB are looked at.
    text: str = ""
    #: BCP-47 ("nb", "zh-Hant") or ISO 639 ("nob"); empty = identify it.
    language: str = ""
    #: Outlet, such as a domain name; may be empty.
    source: str = ""
    #: When; without a zone it is UTC. Seconds count, what is below them is cut off.
    published: dt.datetime | None = None


@runtime_checkable
class _Frame(Protocol):
    """pandas and polars frames."""

    @property
    def columns(self) -> Any: ...


#: What is taken for articles: :class:`Articles`, an iterable of :class:`Article`, or of dicts, dataclasses,
#: named tuples and strings (texts); a pandas or polars frame; an Arrow table. Fields go by their usual names.
ArticlesLike: TypeAlias = "Articles | Iterable[Any] | _Frame"
#: A time: aware or, meaning UTC, naive; ISO 8601; or seconds since 1970.
TimeLike: TypeAlias = dt.datetime | dt.date | str | float


def seconds_of(time: TimeLike, name: str = "published") -> int:
    """Seconds since 1970."""
    if isinstance(time, dt.datetime):
        if time.tzinfo is None:
            time = time.replace(tzinfo=dt.timezone.utc)
        return (time - _EPOCH) // dt.timedelta(seconds=1)
    if isinstance(time, dt.date):
        return (time - _EPOCH.date()).days * 86400
    if isinstance(time, str):
        seconds = _fabula.parse_time(time)
        if seconds is None:
            raise InputError(f'{name}: "{time}" is not a time; write it as 2026-03-04T07:40:00Z')
        return seconds
    if isinstance(time, numbers.Real) and not isinstance(time, bool):
        if not -62_135_596_800 <= time < 253_402_300_800:
            raise InputError(f"{name} is {time!r} seconds since 1970, which is not in the years 1 to 9999")
        return int(time // 1)
    raise TypeError(f"{name}: a datetime, an ISO 8601 string or seconds since 1970 are needed, not {time!r}")


def time_of(seconds: int | None) -> dt.datetime | None:
    """None also where Python's datetime ends: before the year 1 and after 9999."""
    try:
        return None if seconds is None else _EPOCH + dt.timedelta(seconds=seconds)
    except OverflowError:
        return None


def span_of(time: dt.timedelta | float, name: str) -> int:
    """Seconds of a timedelta or a number of seconds."""
    if isinstance(time, dt.timedelta):
        return time // dt.timedelta(seconds=1)
    if isinstance(time, numbers.Real) and not isinstance(time, bool) and abs(time) < 2**53:
        return int(time)
    raise TypeError(f"{name}: a timedelta or a number of seconds is needed, not {time!r}")


def file_of(path: str | os.PathLike[str], what: str) -> str:
    """The name of the file; `what` it is of, for the message."""
    name = os.fspath(path)
    if not isinstance(name, str) or not name or "\0" in name:
        raise TypeError(f"the path of {what} is a str or os.PathLike, not empty and without NUL")
    return name


class Articles(Sequence[Article]):
    """Articles as the library holds them: immutable, made by :func:`read_articles` or :func:`articles`.

    What is clustered more than once is converted only once this way.
    """

    __slots__ = ("_core",)

    def __init__(self, core: _fabula.Articles) -> None:
        self._core = core

    def __len__(self) -> int:
        return len(self._core)

    @overload
    def __getitem__(self, index: int) -> Article: ...
    @overload
    def __getitem__(self, index: slice) -> list[Article]: ...
    def __getitem__(self, index: int | slice) -> Article | list[Article]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        id, title, text, language, source, published = self._core.at(range(len(self))[index])
        return Article(id, title, text, language, source, time_of(published))

    def __repr__(self) -> str:
        return f"<{len(self)} articles>"

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return _restore, ([self._core.at(i) for i in range(len(self))],)

    @property
    def ids(self) -> list[str]:
        """In the order of the articles."""
        return self._core.ids()

    @property
    def labels(self) -> list[str]:
        """The gold field ``story`` of each article; empty where it has none, or ``labels`` was not asked for."""
        return self._core.labels()

    @property
    def notes(self) -> list[str]:
        """What should be known about the input and has cost no article, in sentences."""
        return self._core.notes()

    @property
    def bad_lines(self) -> list[str]:
        """What ``skip_bad_lines`` has left out, in sentences with their places; the first 10,000."""
        return self._core.bad_lines()

    @property
    def bad_line_count(self) -> int:
        return self._core.bad_line_count


def _restore(rows: list[tuple[str, str, str, str, str, int | None]]) -> Articles:
    return Articles(_fabula.Articles.of_tuples(rows))


def read_articles(
    *paths: str | os.PathLike[str],
    skip_bad_lines: bool = False,
    strict: bool = False,
    labels: bool = False,
    fields: Mapping[str, str] | None = None,
    max_text_bytes: int = 16 << 20,
) -> Articles:
    """Reads files and folders: JSON and JSON Lines, CSV, TSV, RSS, Atom, NewsML-G2, pages of HTML, text; compressed or not.

    What a file holds is told by its contents. include/fabula/input.hpp says what is read from where.

    :param paths: one or more files or folders; of a folder all files in it and below it
    :param skip_bad_lines: go on after what cannot be understood, see ``Articles.bad_lines``
    :param strict: a date or language that cannot be read is an error, not a note
    :param labels: read the gold field ``story`` too, see ``Articles.labels``
    :param fields: names of fields, such as ``{"text": "artikel"}``
    :param max_text_bytes: a longer text is a bad line; 0 = no limit
    :raises FileError: where a file is missing or cannot be read
    :raises InputError: with file, line and column of what cannot be understood
    """
    if not paths:
        raise TypeError("read_articles needs the path of a file or folder")
    names = [os.fspath(path) for path in paths]
    if any(not isinstance(name, str) or "\0" in name for name in names):
        raise TypeError("read_articles takes paths as str or os.PathLike, without NUL")
    inputs = ["./-" if name == "-" else name for name in names]  # "-" would be standard input
    return Articles(_fabula.Articles.of_files(inputs, _reading(skip_bad_lines, strict, labels, fields, max_text_bytes)))


def articles(
    source: ArticlesLike,
    *,
    skip_bad_lines: bool = False,
    strict: bool = False,
    labels: bool = False,
    fields: Mapping[str, str] | None = None,
    first_number: int = 1,
) -> Articles:
    """Converts articles once, for several calls. All functions that take articles do so by themselves.

    Dicts, dataclasses, named tuples and rows of frames are read as the lines of a JSON Lines file are: fields by
    their own or their usual names (``text`` or ``body``, ``published`` or ``pubDate``), HTML becomes text, dates in
    the usual ways to write them or as datetime. None, NaN, NaT and NA are "not there". Messages name the number
    of the article, counted from 1. A string is an article of that text.

    :param source: see :data:`ArticlesLike`
    :param first_number: for messages, and for the ids "line-N" of articles without one
    :raises InputError: an article with neither text nor title, an id that comes twice, a field that cannot be read
    :raises TypeError: where this is no collection of articles
    """
    if isinstance(source, Articles):
        return source
    rows = iter(_rows(source))
    first = list(itertools.islice(rows, 1))
    rows = itertools.chain(first, rows)
    if first and isinstance(first[0], Article):
        return _restore([_tuple(article, i) for i, article in enumerate(rows)])
    reading = _reading(skip_bad_lines, strict, labels, fields, 16 << 20, first_number)
    return Articles(_fabula.Articles.of_lines(_lines(rows), reading))


def _reading(
    skip_bad_lines: bool,
    strict: bool,
    labels: bool,
    fields: Mapping[str, str] | None,
    max_text_bytes: int,
    first_line: int = 1,
) -> _fabula.Reading:
    return _fabula.Reading(skip_bad_lines, strict, labels, list((fields or {}).items()), max_text_bytes, first_line)


def _tuple(article: Article, index: int) -> tuple[str, str, str, str, str, int | None]:
    if not isinstance(article, Article):
        raise TypeError(f"article {index + 1} is a {_kind(article)} among fabula.Article; convert all of them")
    strings = (article.id, article.title, article.text, article.language, article.source)
    for name, value in zip(Article.__slots__, strings):
        if not isinstance(value, str):
            raise TypeError(f"article {index + 1}: {name} is a {_kind(value)}, not a str")
    published = article.published
    return *strings, None if published is None else seconds_of(published, f"article {index + 1}: published")


def _kind(value: object) -> str:
    return f"{type(value).__module__}.{type(value).__qualname__}".removeprefix("builtins.")


def _rows(source: Any) -> Iterable[Any]:
    """Of frames, tables and series their rows."""
    if isinstance(source, (str, bytes, bytearray, Mapping)):
        raise TypeError(f"a list of articles is needed, not one {_kind(source)}")
    if hasattr(source, "to_batches"):  # an Arrow table
        return (row for batch in source.to_batches(max_chunksize=1000) for row in batch.to_pylist())
    if hasattr(source, "iter_rows") and hasattr(source, "columns"):  # polars
        return source.iter_rows(named=True)  # type: ignore[no-any-return]
    if hasattr(source, "itertuples") and hasattr(source, "columns"):  # pandas
        names = [str(name) for name in source.columns]
        return (dict(zip(names, row)) for row in source.itertuples(index=False, name=None))
    try:
        rows: Iterable[Any] = iter(source)
        return rows
    except TypeError:
        raise TypeError(f"a list of articles, a frame or an Arrow table is needed, not a {_kind(source)}") from None


def _fields(row: Any, index: int) -> dict[str, Any]:
    if isinstance(row, Mapping):
        return {str(name): value for name, value in row.items()}
    if isinstance(row, str):
        return {"text": row}
    if dataclasses.is_dataclass(row) and not isinstance(row, type):
        return {field.name: getattr(row, field.name) for field in dataclasses.fields(row)}
    if isinstance(row, tuple) and hasattr(row, "_asdict"):
        return dict(row._asdict())
    raise TypeError(f"article {index + 1} is a {_kind(row)}; a dict, dataclass, named tuple or str is needed")


def _lines(rows: Iterable[Any]) -> Iterator[bytes]:
    piece: list[str] = []
    size = 0
    for index, row in enumerate(rows):
        fields = row if type(row) is dict else _fields(row, index)
        try:
            line = _encode(fields)
        except (TypeError, ValueError, RecursionError):
            line = _encode(_readable(fields, index))
        piece.append(line)
        size += len(line)
        if size > 1 << 18:
            yield _joined(piece)
            piece, size = [], 0
    if piece:
        yield _joined(piece)


def _joined(lines: list[str]) -> bytes:
    text = "\n".join(lines) + "\n"
    try:
        return text.encode()
    except UnicodeEncodeError:  # half a surrogate pair
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def _plain(value: Any) -> Any:
    """What JSON does not know and articles have."""
    if isinstance(value, (dt.datetime, dt.date)):
        return None if value != value else value.isoformat()  # NaT
    if getattr(value, "ndim", None) == 0 and hasattr(value, "dtype"):  # a scalar of NumPy's
        return str(value) if value.dtype.kind == "M" else value.item()
    if type(value).__name__ in ("UUID", "PosixPath", "Decimal"):
        return str(value)
    raise TypeError


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, default=_plain).encode


def _readable(fields: dict[Any, Any], index: int) -> dict[str, Any]:
    """Without what is missing, and without fields that no article has where they cannot be written."""
    kept: dict[str, Any] = {}
    for name, value in fields.items():
        if value is None or type(value).__name__ in ("NAType", "NaTType") or (isinstance(value, float) and value != value):
            continue
        try:
            _encode(value)
        except (TypeError, ValueError, RecursionError):
            if str(name).lower() in _OWN_NAMES:
                raise TypeError(f"article {index + 1}: {name} is a {_kind(value)}, which cannot be read") from None
        else:
            kept[str(name)] = value
    return kept
