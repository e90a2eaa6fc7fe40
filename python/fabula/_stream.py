# SPDX-License-Identifier: Apache-2.0
"""Live stories."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self

from . import _fabula
from ._articles import ArticlesLike, TimeLike, articles, seconds_of, span_of
from ._errors import InputError
from ._model import ModelLike, core_of
from ._stories import parse_time



@dataclasses.dataclass(frozen=True, slots=True)
class Event:
    """What happened to a story. The events of all updates in their order, replayed, give the stories."""

    #: "created", "grew", "shrank", "merged_into", "split_from", "retitled" or "expired".
    event: str
    #: Its number, which stays while it lives and never comes back.
    story: int
    #: Of "merged_into" and "split_from": the other story.
    other: int | None = None
    #: Ids of the articles that came, left or moved.
    articles: tuple[str, ...] = ()
    #: Of a story that begins or has another title.
    title: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Placement:
    """Where an article went that was added."""

    id: str
    #: None: it is older than the window, and was left out.
    story: int | None
    #: "ok", or why it has no vector.
    status: str
    #: BCP-47.
    language: str


@dataclasses.dataclass(frozen=True, slots=True)
class Update:
    """What one call has done."""

    events: tuple[Event, ...]
    #: One an article given, in their order.
    placements: tuple[Placement, ...]
    #: Whether the stream has settled within the call.
    settled: bool
    _lines: str = dataclasses.field(repr=False, default="")

    def to_json_lines(self) -> str:
        """One event a line, the very bytes that ``fabula stream`` writes."""
        return self._lines


@dataclasses.dataclass(frozen=True, slots=True)
class StreamStory:
    """A story as it is now."""

    story: int
    title: str
    languages: tuple[str, ...]
    size: int
    sources: int
    representative: str
    #: Ids, by time and id.
    articles: tuple[str, ...]
    first_published: dt.datetime | None
    last_published: dt.datetime | None


@dataclasses.dataclass(frozen=True, slots=True)
class Match:
    """How well an article fits a story."""

    story: int
    #: That it tells the same story as the likeliest member, [0, 1].
    probability: float
    #: Id of that member.
    article: str


def event_of(fields: dict[str, Any]) -> Event:
    return Event(**{**fields, "articles": tuple(fields.get("articles", ()))})


def _now(now: TimeLike | None) -> int:
    return seconds_of(dt.datetime.now(dt.timezone.utc) if now is None else now, "now")


class _Live:
    """What a stream and a store have in common."""

    _core: _fabula.Stream | _fabula.Store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Gives the memory back. Calls that are under way end as they would."""
        self._core.close()

    @property
    def closed(self) -> bool:
        return self._core.closed

    def add(self, source: ArticlesLike, now: TimeLike | None = None) -> Update:
        """Adds articles (a list, as :func:`fabula.cluster` takes them), and lets those expire that are too old.

        Ctrl-C is heeded when the call has done its work.

        :raises InputError: an article without an id
        """
        return self._update(self._core.add(articles(source)._core, _now(now)))

    def update(self, source: ArticlesLike, now: TimeLike | None = None) -> Update:
        """Corrections: as ``add``, but articles that are not in the window stay out."""
        return self._update(self._core.update(articles(source)._core, _now(now)))

    def remove(self, ids: str | Iterable[str]) -> Update:
        """Withdraws articles; ids that are not in the window are passed over."""
        return self._update(self._core.remove([ids] if isinstance(ids, str) else list(ids)))

    def expire(self, now: TimeLike | None = None) -> Update:
        """Lets the articles go that are older than the window."""
        return self._update(self._core.expire(_now(now)))

    def settle(self) -> Update:
        """Compares all with all: the stories are then those of :func:`fabula.cluster`."""
        return self._update(self._core.settle())

    def must_link(self, a: str, b: str) -> Update:
        """An editor's correction: these two articles are in one story, now and when they come, without drawing others along.

        :raises InputError: it contradicts others
        """
        return self._update(self._core.must_link(a, b))

    def cannot_link(self, a: str, b: str) -> Update:
        """These two articles are never in one story. As ``must_link``."""
        return self._update(self._core.cannot_link(a, b))

    def unlink(self, a: str, b: str) -> Update:
        """Takes a correction back."""
        return self._update(self._core.unlink(a, b))

    def _update(self, made: tuple[str, list[tuple[str, int | None, str, str]], bool]) -> Update:
        lines, placements, settled = made
        events = tuple(event_of(json.loads(line)) for line in lines.split("\n") if line)
        return Update(events, tuple(Placement(*placement) for placement in placements), settled, lines)

    def __len__(self) -> int:
        """Articles in the window."""
        return len(self._core)

    def story_of(self, id: str) -> int | None:
        """Of an article in the window."""
        return self._core.story_of(id)

    def stories(self) -> list[StreamStory]:
        """All, by number."""
        return [
            StreamStory(
                **{
                    **fields,
                    "languages": tuple(fields["languages"]),
                    "articles": tuple(fields["articles"]),
                    "first_published": parse_time(fields["first_published"]),
                    "last_published": parse_time(fields["last_published"]),
                }
            )
            for fields in map(json.loads, filter(None, self._core.stories().split("\n")))
        ]

    def near(self, article: Any, k: int = 1) -> list[Match]:
        """The ``k`` stories that an article fits best, the likeliest first. It is not added, and needs no id."""
        if not isinstance(k, int) or k < 0:
            raise InputError(f"k is {k!r}; it must be 0 or more", "bad_option")
        return [Match(*match) for match in self._core.near(articles([article])._core, k)]


class Stream(_Live):
    """Stories on a moving window of articles, with numbers that stay. A context manager; safe to use from many threads.

    ``now`` says what time it is: None = the clock; one before the latest that was given changes nothing. Articles
    need ids; one whose id is there already takes that one's place. A closed stream raises ValueError.

    :param window: an article leaves when it is older; a timedelta or seconds, 0 = never
    :param min_probability: as of :func:`fabula.cluster`
    :param settle_every: compares all with all after so many articles came, changed or left; 0 = only by ``settle``
    :param keep_texts: learn the boilerplate that recurs; without, memory is less by the texts
    :param threads: 0 = one a usable core
    :param model: as of :func:`fabula.cluster`
    :raises InputError: an option out of range
    """

    def __init__(
        self,
        window: dt.timedelta | float = dt.timedelta(days=7),
        *,
        min_probability: float = 0.5,
        settle_every: int = 10_000,
        keep_texts: bool = True,
        threads: int = 0,
        model: ModelLike = None,
    ) -> None:
        self._core = _fabula.Stream(
            core_of(model), span_of(window, "window"), min_probability, settle_every, keep_texts, threads
        )
