# SPDX-License-Identifier: Apache-2.0
"""Stories out."""

from __future__ import annotations

import dataclasses
import datetime as dt
import html
import json
import os
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from . import _fabula
from ._articles import file_of
from ._errors import FileError, InputError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd
    import pyarrow as pa


def parse_time(text: str | None) -> dt.datetime | None:
    """Of what the library writes. None also where Python's datetime ends, after the year 9999."""
    try:
        return None if text is None else dt.datetime.fromisoformat(text)
    except ValueError:
        return None


@dataclasses.dataclass(frozen=True, slots=True)
class Link:
    """The other member that most surely tells the same story."""

    id: str
    #: That both do, [0, 1].
    probability: float


@dataclasses.dataclass(frozen=True, slots=True)
class Shared:
    """A word, number or date of two articles, as each of them writes it."""

    first: str
    second: str
    #: Inverse document frequency of a word, natural logarithm; 0 where it is not told.
    weight: float = 0.0


@dataclasses.dataclass(frozen=True, slots=True)
class Contribution:
    """What was measured of a pair, and what it adds to the log-odds."""

    name: str
    log_odds: float
    #: The measured value; None where only the reasons of a clustering are told.
    value: float | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class OneSided:
    """What one article has and the other lacks, as it writes it."""

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class FollowedStory:
    """The earlier story of the same affair that a story goes on from. What came before, not a proof."""

    id: str
    #: How much the two are alike, though they tell two stories, [0, 1].
    probability: float
    #: Ids of the likeliest pair of reports: the later story's and the earlier one's.
    article: str
    its_article: str
    #: That these two share and hardly another story has.
    names: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Reason:
    """Why an article is in its story: the main points of its comparison (first) with its strongest link (second)."""

    id: str
    probability: float
    relation: str | None
    direction: str
    shared_terms: tuple[Shared, ...]
    shared_numbers: tuple[Shared, ...]
    shared_dates: tuple[Shared, ...]
    #: Of two fillings of one form, what is filled in.
    differences: tuple[Shared, ...]
    contributions: tuple[Contribution, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Member:
    """An article of a story. Probabilities are rounded to four decimals."""

    #: Its place among the articles that were clustered.
    index: int
    id: str
    #: BCP-47, stated or identified; "und" where it is not known.
    language: str
    #: To the representative: "same_story", "rewrite", "translation" or "duplicate", which it is to itself.
    relation: str | None
    #: That it and the representative tell one story, [0, 1].
    probability: float
    #: None where it is alone, or was compared with no other.
    strongest: Link | None = None
    #: "ok", or why it has no vector: "empty_text", "unsupported_language", "no_known_words".
    status: str = "ok"
    #: With ``cluster(..., explain=True)``.
    because: Reason | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Title:
    """A story's title in one of its languages, and whose it is."""

    language: str
    title: str
    id: str


@dataclasses.dataclass(frozen=True, slots=True)
class Story:
    """One event with its immediate course, and the articles that tell it."""

    #: 16 hexadecimal digits, from the ids of its articles alone.
    id: str
    #: Of the most central report; its first sentence where it has none.
    title: str
    #: Of that title, BCP-47.
    language: str
    #: One for each language with a titled report.
    titles: tuple[Title, ...]
    #: Of the articles, most frequent first.
    languages: tuple[str, ...]
    #: Distinct outlets; 0 where none is named.
    sources: int
    #: Id of the most central report.
    representative: str
    #: In the order of the articles that were clustered.
    articles: tuple[Member, ...]
    #: What the reports share and other stories lack.
    key_terms: tuple[str, ...]
    first_published: dt.datetime | None
    last_published: dt.datetime | None
    #: Id of the report published before all others, where the dates say which.
    earliest: str | None
    #: The earlier story of the same affair, where there is one.
    follows: FollowedStory | None
    #: Mean cosine similarity of the articles to their mean, [0, 1].
    cohesion: float

    @property
    def size(self) -> int:
        """Number of articles."""
        return len(self.articles)

    @property
    def members(self) -> tuple[int, ...]:
        """Their places among the articles that were clustered, ascending."""
        return tuple(member.index for member in self.articles)


def shared(items: list[dict[str, Any]]) -> tuple[Shared, ...]:
    return tuple(Shared(**item) for item in items)


def _reason(json: dict[str, Any] | None) -> Reason | None:
    if json is None:
        return None
    return Reason(
        json["id"],
        json["probability"],
        json["relation"],
        json["direction"],
        shared(json["shared_terms"]),
        shared(json["shared_numbers"]),
        shared(json["shared_dates"]),
        shared(json["differences"]),
        tuple(Contribution(**part) for part in json["contributions"]),
    )


def _member(json: dict[str, Any], index: int) -> Member:
    strongest = json["strongest"]
    return Member(
        index,
        json["id"],
        json["language"],
        json["relation"],
        json["probability"],
        strongest and Link(strongest["id"], strongest["probability"]),
        json.get("status", "ok"),
        _reason(json.get("because")),
    )


def _story(line: bytes, members: list[int]) -> Story:
    fields = json.loads(line)
    return Story(
        id=fields["id"],
        title=fields["title"],
        language=fields["language"],
        titles=tuple(Title(**title) for title in fields["titles"]),
        languages=tuple(fields["languages"]),
        sources=fields["sources"],
        representative=fields["representative"],
        articles=tuple(map(_member, fields["articles"], members)),
        key_terms=tuple(fields["key_terms"]),
        first_published=parse_time(fields["first_published"]),
        last_published=parse_time(fields["last_published"]),
        earliest=fields["earliest"],
        follows=fields["follows"] and FollowedStory(**{**fields["follows"], "names": tuple(fields["follows"]["names"])}),
        cohesion=fields["cohesion"],
    )


@dataclasses.dataclass(frozen=True, slots=True)
class Report:
    """A page that was written, and what had room in it."""

    path: Path
    bytes: int
    #: The largest; the others are left out.
    stories: int
    #: Of these stories.
    articles: int
    #: Whole texts, or their first 20,000 characters.
    texts: int
    #: Side by side, with what speaks for and against.
    explained_pairs: int


_COLUMNS = ("story", "story_id", "story_title", "index", "id", "language", "status", "relation", "probability")


class Stories(Sequence[Story]):
    """The stories of a collection, largest first; every article is in exactly one. Immutable, picklable.

    Prints as a table in a notebook; ``to_pandas`` and ``to_arrow`` give a row an article, ``to_html`` a page to look at.
    """

    def __init__(
        self,
        lines: bytes,
        labels: npt.NDArray[np.int32],
        _page: Callable[..., tuple[bytes, int, int, int, int]] | None = None,
    ) -> None:
        self._text = lines
        self._lines = lines.splitlines()
        #: For each article the place of its story, shape (articles,), int32; -1 where that is not among these.
        self.labels = labels
        self._page = _page

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return Stories, (self._text, self.labels)

    @cached_property
    def _members(self) -> list[list[int]]:
        members: list[list[int]] = [[] for _ in self._lines]
        for article, story in enumerate(self.labels.tolist()):
            if story >= 0:
                members[story].append(article)
        return members

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, index: int) -> Story: ...
    @overload
    def __getitem__(self, index: slice) -> list[Story]: ...
    def __getitem__(self, index: int | slice) -> Story | list[Story]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        place = range(len(self))[index]
        return _story(self._lines[place], self._members[place])

    def __repr__(self) -> str:
        return f"<{len(self)} stories of {len(self.labels)} articles>"

    def _repr_html_(self) -> str:
        shown = 20
        rows = "".join(
            f"<tr><td>{story.size}</td><td>{html.escape(story.title)}</td>"
            f"<td>{html.escape(', '.join(story.languages))}</td>"
            f"<td>{html.escape(', '.join(story.key_terms))}</td>"
            f"<td>{'' if story.first_published is None else story.first_published.strftime('%Y-%m-%d')}</td></tr>"
            for story in self[:shown]
        )
        more = f"<p>and {len(self) - shown} more</p>" if len(self) > shown else ""
        head = "<tr><th>articles</th><th>title</th><th>languages</th><th>key terms</th><th>since</th></tr>"
        return (
            f"<p>{len(self)} stories of {len(self.labels)} articles</p>"
            f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>{more}"
        )

    def to_json_lines(self) -> str:
        """One story a line, the very bytes that ``fabula cluster`` writes."""
        return self._text.decode()

    def to_html(
        self,
        path: str | os.PathLike[str],
        *,
        title: str = "Stories",
        max_bytes: int = 12_000_000,
        lead_characters: int = 300,
        progress: Any = None,
        show: bool = False,
    ) -> Report:
        """Writes a page to look at, one HTML file that asks for nothing: an overview with search and filters, a timeline,
        the articles of each story, pairs side by side with reasons, and what nearly joined.

        The very bytes that ``fabula cluster --html`` writes. The articles, which these stories keep for this, are
        clustered once more, now with all pairs that were scored. The file is written whole or not at all; what is none,
        such as a pipe, is written directly.

        :param title: of the page
        :param max_bytes: the file is not larger, 200,000 or more; the explanations and texts of small stories go first
        :param lead_characters: of each text that are shown in lists, 0–2000
        :param progress: see :data:`fabula.Progress`
        :param show: open it in the browser
        :raises InputError: an option out of range; stories that were pickled or read from a store, which are without
            their articles
        :raises FileError: the file cannot be written
        """
        if self._page is None:
            raise InputError(
                "these stories are without their articles, as they were pickled or come from a store: cluster the articles",
                "bad_option",
            )
        name = file_of(path, "a report")
        where = Path(name)
        if os.path.isdir(where) or not os.path.isdir(where.parent):
            wrong = "it is a folder" if os.path.isdir(where) else f"{where.parent} is no folder"
            raise FileError(f"{where}: the report cannot be written: {wrong}", "unwritable")
        page, stories, articles, texts, pairs = self._page(title, max_bytes, lead_characters, progress)
        _fabula.write_file(name, page)
        if show:
            import webbrowser

            webbrowser.open(where.resolve().as_uri())
        return Report(where, len(page), stories, articles, texts, pairs)

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        for place, story in enumerate(self):
            for one in story.articles:
                yield (
                    place, story.id, story.title, one.index, one.id, one.language, one.status, one.relation,
                    one.probability,
                )  # fmt: skip

    def _columns(self) -> dict[str, list[Any]]:
        rows = sorted(self._rows(), key=lambda row: row[3])
        return {name: [row[i] for row in rows] for i, name in enumerate(_COLUMNS)}

    def to_pandas(self) -> pd.DataFrame:
        """A row an article, in their order: story (place), story_id, story_title, index, id, language, status, relation
        and probability to the representative. Needs pandas."""
        import pandas as pd

        return pd.DataFrame(self._columns())

    def to_arrow(self) -> pa.Table:
        """The same as an Arrow table. Needs pyarrow."""
        import pyarrow as pa

        strings = dict.fromkeys(_COLUMNS, pa.string()) | {"probability": pa.float64()}
        types = strings | dict.fromkeys(("story", "index"), pa.int64())
        return pa.table(self._columns(), schema=pa.schema(types))
