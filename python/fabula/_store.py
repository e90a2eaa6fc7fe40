# SPDX-License-Identifier: Apache-2.0
"""Live stories in a file."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
from collections.abc import Iterable
from typing import Literal

from . import _fabula
from ._articles import file_of, span_of
from ._errors import InputError
from ._model import ModelLike, core_of
from ._stories import Stories
from ._stream import Event, Update, _Live, event_of


def _span(value: dt.timedelta | float | None, name: str) -> int | None:
    return None if value is None else span_of(value, name)


class Store(_Live):
    """A :class:`Stream` that outlives its process, in a SQLite file. A context manager; safe to use from many threads.

    Each call that changes something is one transaction: when it has returned, what it did is on the disk; when it
    raises, or the process dies within it, nothing is. Opened again with the same options, the stories, their numbers and
    the events go on as if nothing had happened; nothing is embedded again. So give articles many at once.

    One process writes, any number may read (:func:`read_stories`, :func:`read_events`). In a process that was forked
    after it was opened, each call but ``close`` raises ValueError. docs/live.md says what is in the file.

    :param path: of the file, which is begun where there is none
    :param window: as of :class:`Stream`, as are ``min_probability``, ``settle_every``, ``keep_texts`` and ``threads``
    :param durability: "full" = a call is safe when it returns, also against a loss of power; "normal" = against the
        death of the process
    :param forget: what left the window, and what happened, so long ago is deleted; a timedelta or seconds, None = nothing is
    :param rebuild: make a store anew that was written with another model; stories keep their numbers as far as they can
    :param wait: for another process that holds the file; a timedelta or seconds, up to an hour
    :param model: as of :func:`fabula.cluster`
    :raises InputError: an option out of range; a store of another model, or of a later version
    :raises FileError: a file that cannot be made or opened, that another process writes, or that is damaged
    """

    _core: _fabula.Store

    def __init__(
        self,
        path: str | os.PathLike[str],
        window: dt.timedelta | float = dt.timedelta(days=7),
        *,
        min_probability: float = 0.5,
        settle_every: int = 10_000,
        keep_texts: bool = True,
        threads: int = 0,
        durability: Literal["full", "normal"] = "full",
        forget: dt.timedelta | float | None = None,
        rebuild: bool = False,
        wait: dt.timedelta | float = 5,
        model: ModelLike = None,
    ) -> None:
        if durability not in ("full", "normal"):
            raise InputError(f"durability is {durability!r}; it must be full or normal", "bad_option")
        #: As it was given.
        self.path = file_of(path, "a store")
        self._core = _fabula.Store(
            core_of(model), self.path, span_of(window, "window"), min_probability, settle_every, keep_texts, threads,
            durability == "full", _span(forget, "forget"), rebuild, _milliseconds(wait),
        )  # fmt: skip

    def take_rebuilding(self) -> Update:
        """What rebuilding has done, once; no events where nothing was rebuilt."""
        return self._update(self._core.take_rebuilding())


def _milliseconds(wait: dt.timedelta | float) -> int:
    seconds = wait.total_seconds() if isinstance(wait, dt.timedelta) else wait
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        raise TypeError(f"wait is a timedelta or seconds, not a {type(seconds).__name__}")
    if not 0 <= seconds <= 3600:
        raise InputError(f"wait is {seconds} s; it must be 0 to 3600", "bad_option")
    return round(1000 * seconds)


@dataclasses.dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event with its place in the log of a store."""

    #: 1, 2, 3, …; those that were forgotten leave a gap.
    number: int
    #: By the clock of the stream; None where that is not in Python's years.
    at: dt.datetime | None
    event: Event


def read_stories(
    path: str | os.PathLike[str],
    *,
    since: dt.timedelta | float | None = None,
    language: str = "",
    min_size: int = 1,
    stories: Iterable[int] = (),
    threads: int = 0,
    model: ModelLike = None,
) -> Stories:
    """The stories of a store as they are now, described as :func:`fabula.cluster` does. Another process may go on writing.

    Their ids are the numbers of the stream, as strings. ``labels`` has a place for each article of the window, by time
    and id.

    :param since: those to which something happened so long before the last time that the stream knew, or later
    :param language: BCP-47; those with a report in it; empty = any
    :param min_size: articles
    :param stories: these numbers; empty = all
    :param threads: 0 = one a usable core
    :param model: that of the store
    :raises FileError: a file that is missing, cannot be read, or is damaged
    :raises InputError: a store of another model or of a later version
    """
    import numpy as np

    lines, labels = _fabula.read_stories(
        core_of(model), file_of(path, "a store"), _span(since, "since"), language, min_size, list(stories), threads
    )
    return Stories(lines, np.array(labels, dtype=np.int32))


def read_events(path: str | os.PathLike[str], after: int = 0, most: int = 1000) -> list[StoredEvent]:
    """What happened in a store after the event of this number, the first ``most``. Raises as :func:`read_stories`."""
    made = []
    for number, seconds, line in _fabula.read_events(file_of(path, "a store"), after, most):
        try:
            at = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc) + dt.timedelta(seconds=seconds)
        except OverflowError:
            at = None
        made.append(StoredEvent(number, at, event_of(json.loads(line))))
    return made


@dataclasses.dataclass(frozen=True, slots=True)
class Salvage:
    """What could be read of a damaged store."""

    #: That are in the new store's window.
    articles: int
    #: Of the window: what was there is known no more.
    lost: int
    events: int
    lost_events: int


def salvage_store(
    source: str | os.PathLike[str], target: str | os.PathLike[str], *, model: ModelLike = None
) -> Salvage:
    """Puts all that can be read of a damaged store into a new one, which goes on from there.

    :raises FileError: there is a file ``target`` already, or nothing can be read
    """
    return Salvage(*_fabula.salvage(core_of(model), file_of(source, "a store"), file_of(target, "a store")))
