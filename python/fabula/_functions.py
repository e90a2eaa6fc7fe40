# SPDX-License-Identifier: Apache-2.0
"""What is done with articles."""

from __future__ import annotations

import atexit
import dataclasses
import datetime as dt
import json
import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from . import _fabula
from ._articles import Articles, ArticlesLike, articles, span_of
from ._errors import InputError
from ._model import ModelLike, core_of
from ._stories import Contribution, OneSided, Shared, Stories, shared

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

atexit.register(_fabula.end_calls)

#: ``progress(stage, of_stage, of_all)`` with the stage ("reading", "comparing", "clustering" or "describing") and the
#: parts of it and of the whole that are done, [0, 1]; True for a bar (needs tqdm). What it raises ends the run.
Progress: TypeAlias = Callable[[str, float, float], object] | bool | None


def _reporting(progress: Progress) -> Callable[[str, float, float], object] | None:
    if progress is None or progress is False:
        return None
    if progress is not True:
        if not callable(progress):
            raise TypeError("progress is a callable, True or None")
        return progress
    from tqdm.auto import tqdm

    bar = tqdm(total=100, unit="%", bar_format="{desc}: {percentage:3.0f}%|{bar}| {elapsed}<{remaining}")

    def show(stage: str, of_stage: float, of_all: float) -> None:
        bar.set_description(stage, refresh=False)
        bar.update(100 * of_all - bar.n)
        if of_all >= 1:
            bar.close()

    return show


def _matrix(vectors: Any, count: int) -> npt.NDArray[np.float32] | None:
    if vectors is None:
        return None
    import numpy as np

    try:
        matrix = np.ascontiguousarray(vectors, dtype=np.float32)
    except (TypeError, ValueError) as error:
        raise InputError(f"vectors cannot be read as an array of float32: {error}") from None
    if matrix.ndim != 2 or len(matrix) != count:
        raise InputError(f"vectors have the shape {matrix.shape}; ({count}, dimension) is needed, one row an article")
    return matrix


def cluster(
    source: ArticlesLike,
    vectors: npt.ArrayLike | None = None,
    *,
    min_probability: float = 0.5,
    method: str = "branches",
    time_window: dt.timedelta | float = 0,
    max_neighbours: int = 512,
    exact_below: int = 500_000,
    scratch_directory: str | os.PathLike[str] | None = None,
    key_terms: int = 6,
    threads: int = 0,
    explain: bool = False,
    progress: Progress = None,
    model: ModelLike = None,
) -> Stories:
    """Groups articles into stories.

    Same articles, model and options give the same stories, for any order and number of threads. The lock of the
    interpreter is released; Ctrl-C ends the run with KeyboardInterrupt.

    :param source: see :data:`fabula.ArticlesLike`
    :param vectors: of another encoder, shape (articles, dimension), float32, finite, of any length: they take the
        place of the model's. A zero row is an article without a vector.
    :param min_probability: how likely two articles must tell one story to be put together where nothing else is near,
        (0, 1); higher = more and smaller stories
    :param method: "branches", "average", "refined" or "connected"
    :param time_window: articles published further apart never meet in one pair; a timedelta or seconds, 0 = no limit
    :param max_neighbours: nearest candidates that each article keeps, 0 = no limit
    :param exact_below: with more articles than that within a time window, an index finds most of the pairs
    :param scratch_directory: a folder for a file of some 2.5 KB an article, in place of memory
    :param key_terms: words or names listed for each story, 0–100
    :param threads: 0 = one a usable core; a process that was forked uses one
    :param explain: give each member its reason, ``Member.because``; some milliseconds an article
    :param progress: see :data:`fabula.Progress`
    :param model: a :class:`fabula.Model` or the path of one; None = the default
    :raises InputError: an option out of range, vectors that do not match or are not finite, an article that cannot be
        read
    :raises FileError: a model that is missing or damaged, a scratch file that cannot be made
    """
    given = articles(source)
    matrix = _matrix(vectors, len(given))
    how = _fabula.Clustering(
        core_of(model),
        min_probability,
        method,
        span_of(time_window, "time_window"),
        max_neighbours,
        exact_below,
        "" if scratch_directory is None else os.fspath(scratch_directory),
        key_terms,
        threads,
    )
    lines, labels = _fabula.cluster(how, given._core, matrix, explain, _reporting(progress))

    def page(title: str, max_bytes: int, lead_characters: int, progress: Progress) -> tuple[bytes, int, int, int, int]:
        return _fabula.report(how, given._core, matrix, title, max_bytes, lead_characters, _reporting(progress))

    return Stories(lines, labels, page)


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Embeddings:
    """Vectors of articles. Converts to a NumPy array by itself: ``numpy.asarray(embeddings)``."""

    #: Shape (articles, dimension), float32: each row of unit length, or zero where the status is not "ok".
    vectors: npt.NDArray[np.float32]
    #: "ok", "empty_text", "unsupported_language" or "no_known_words".
    statuses: list[str]
    #: BCP-47, stated or identified.
    languages: list[str]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        import numpy as np

        return np.array(self.vectors, dtype=dtype, copy=copy) if copy else np.asarray(self.vectors, dtype=dtype)

    def __len__(self) -> int:
        return len(self.vectors)


def embed(
    source: ArticlesLike,
    *,
    threads: int = 0,
    word_weight: float = 2e-3,
    title_weight: float = 1.0,
    model: ModelLike = None,
) -> Embeddings:
    """Turns articles into unit vectors in one space for all languages: the product of two is their cosine similarity.

    The array is the library's own memory, not a copy. Ctrl-C ends the run.

    :param source: see :data:`fabula.ArticlesLike`
    :param threads: 0 = one a usable core
    :param word_weight: smaller = frequent words count less, (0, 1]
    :param title_weight: how many times a title's words count, 0–100
    :param model: as of :func:`cluster`
    :raises InputError: an option out of range, an article that cannot be read
    """
    made = _fabula.embed(core_of(model), articles(source)._core, threads, word_weight, title_weight)
    return Embeddings(*made)


@dataclasses.dataclass(frozen=True, slots=True)
class Passage:
    """Two sentences that say the same."""

    first: str
    second: str
    #: Where they are in the texts, in bytes of UTF-8: begin and end.
    first_bytes: tuple[int, int]
    second_bytes: tuple[int, int]
    #: Cosine, [-1, 1].
    similarity: float


@dataclasses.dataclass(frozen=True, slots=True)
class Comparison:
    """Whether two articles tell one story, how they are related, and why. Figures are rounded to four decimals."""

    #: That both tell the same story, [0, 1].
    probability: float
    #: "unrelated", "same_story", "rewrite", "translation" or "duplicate".
    relation: str
    #: "first_is_earlier", "second_is_earlier" or "unknown".
    direction: str
    #: Cosine of the two vectors, [-1, 1].
    similarity: float
    #: Most similar first.
    passages: tuple[Passage, ...]
    #: Names and other rare words, rarest first.
    shared_terms: tuple[Shared, ...]
    shared_numbers: tuple[Shared, ...]
    shared_dates: tuple[Shared, ...]
    #: Names, numbers and dates that the first article has and the second lacks; and the other way round.
    only_first: OneSided
    only_second: OneSided
    #: Of two fillings of one form, what is filled in.
    differences: tuple[Shared, ...]
    #: Between the two; None where a date is missing.
    time_gap: dt.timedelta | None
    #: What was measured, and what it adds to the log-odds.
    contributions: tuple[Contribution, ...]


class Comparer:
    """Compares two articles, as if they were alone or as members of a collection. Safe to use from many threads.

    :param collection: score as a clustering of these would; None = the two articles alone
    :param time_window: of that clustering
    :param threads: to read the collection with, 0 = one a usable core
    :param model: as of :func:`cluster`
    """

    def __init__(
        self,
        collection: ArticlesLike | None = None,
        *,
        time_window: dt.timedelta | float = 0,
        threads: int = 0,
        model: ModelLike = None,
    ) -> None:
        given = None if collection is None else articles(collection)._core
        self._core = _fabula.Comparer(core_of(model), given, span_of(time_window, "time_window"), threads)

    def compare(self, first: Any, second: Any) -> Comparison:
        """Of two articles, each as one member of :data:`fabula.ArticlesLike`.

        :raises InputError: an article that cannot be read
        """
        json_text = self._core.compare(_one(first, 1)._core, _one(second, 2)._core)
        fields = json.loads(json_text)
        why = fields["explanation"]
        gap = why["time_gap_seconds"]
        return Comparison(
            probability=fields["probability"],
            relation=fields["relation"],
            direction=fields["direction"],
            similarity=fields["similarity"],
            passages=tuple(
                Passage(p["first"], p["second"], tuple(p["first_bytes"]), tuple(p["second_bytes"]), p["similarity"])
                for p in why["passages"]
            ),
            shared_terms=shared(why["shared_terms"]),
            shared_numbers=shared(why["shared_numbers"]),
            shared_dates=shared(why["shared_dates"]),
            only_first=OneSided(**{name: tuple(items) for name, items in why["only_first"].items()}),
            only_second=OneSided(**{name: tuple(items) for name, items in why["only_second"].items()}),
            differences=shared(why["differences"]),
            time_gap=None if gap is None else dt.timedelta(seconds=gap),
            contributions=tuple(Contribution(**part) for part in why["contributions"]),
        )


def _one(article: Any, number: int) -> Articles:
    return articles([article], first_number=number)


def compare(first: Any, second: Any, *, model: ModelLike = None) -> Comparison:
    """Whether two articles tell one story, how they are related, and why. For many pairs, keep a :class:`Comparer`.

    :param first: one member of :data:`fabula.ArticlesLike`: a dict, an :class:`Article`, a text, …
    :param second: the other
    :param model: as of :func:`cluster`
    """
    return Comparer(model=model).compare(first, second)


@dataclasses.dataclass(frozen=True, slots=True)
class Language:
    """An answer of :func:`identify`."""

    #: BCP-47; "und" where it is not known.
    language: str
    #: Of this very tag, [0, 1].
    probability: float
    #: Whether it can be relied upon.
    is_reliable: bool


def identify(text: str, *, model: ModelLike = None) -> Language:
    """Tells which of 108 languages a text is written in.

    :raises TypeError: where it is no str
    """
    if not isinstance(text, str):
        raise TypeError(f"identify takes a str, not a {type(text).__name__}")
    return Language(*_fabula.identify(core_of(model), text))


@dataclasses.dataclass(frozen=True, slots=True)
class PrecisionRecall:
    """Each in [0, 1]; f1 is their harmonic mean."""

    precision: float
    recall: float
    f1: float


@dataclasses.dataclass(frozen=True, slots=True)
class Quality:
    """How well stories meet gold labels. Higher is better; include/fabula/evaluation.hpp has the definitions."""

    bcubed: PrecisionRecall
    pairwise: PrecisionRecall
    adjusted_rand_index: float
    homogeneity: float
    completeness: float
    v_measure: float
    cross_language_recall: float
    articles: int
    predicted_clusters: int
    gold_clusters: int
    largest_predicted: int
    largest_gold: int
    #: BCubed over the articles of one language.
    by_language: Mapping[str, PrecisionRecall]


def evaluate(
    source: ArticlesLike,
    labels: Sequence[object] | None = None,
    stories: Stories | None = None,
    **options: Any,
) -> Quality:
    """Compares stories with gold labels, as ``fabula evaluate`` does.

    :param source: see :data:`fabula.ArticlesLike`
    :param labels: one an article, equal = one story, None or "" = not labelled; None = the field ``story`` of each
    :param stories: of these articles; None = they are clustered, with ``options`` as :func:`cluster` has them
    :raises InputError: no labels, or not as many as articles
    """
    if labels is None and not isinstance(source, Articles):
        given = articles(source, labels=True)
    else:
        given = articles(source)
    gold = list(given.labels if labels is None else labels)
    if len(gold) != len(given):
        raise InputError(f"there are {len(gold)} labels for {len(given)} articles; give one an article")
    labelled = [i for i, label in enumerate(gold) if label is not None and label != ""]
    if not labelled:
        raise InputError("no article has a label: give labels, or articles with a field story")
    if stories is None:
        stories = cluster(given, **options)
    elif options:
        raise TypeError(f"stories are given, so {', '.join(options)} cannot be heeded")
    if len(stories.labels) != len(given):
        raise InputError(f"the stories are of {len(stories.labels)} articles, not of these {len(given)}")
    languages = given._core.stated_languages()
    for story in stories:
        for member in story.articles:
            languages[member.index] = languages[member.index] or member.language
    numbers: dict[object, int] = {}
    fields = _fabula.evaluate(
        [int(stories.labels[i]) for i in labelled],
        [numbers.setdefault(gold[i], len(numbers)) for i in labelled],
        [languages[i] for i in labelled],
    )
    by_language = {tag: PrecisionRecall(**figures) for tag, figures in fields.pop("by_language").items()}
    bcubed, pairwise = (PrecisionRecall(**fields.pop(name)) for name in ("bcubed", "pairwise"))
    return Quality(bcubed, pairwise, **fields, by_language=by_language)
