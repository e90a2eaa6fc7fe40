# SPDX-License-Identifier: Apache-2.0
"""How a collection is cut into blocks of time. No Spark in here."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

#: Blocks begin and end with an hour.
HOUR = 3600

#: As fabula::BlockRole has them.
WHOLE, SHARED, GUEST = range(3)

#: The block of what has no time.
UNDATED = 0


@dataclasses.dataclass(frozen=True)
class Layout:
    """Where the blocks begin: number 1, 2, … in seconds since 1970. Number 0 is what has no time.

    Each article is of one block. As a guest it is also of earlier ones that it is published at most a window after;
    undated ones are guests of all. So two articles within a window of one another meet in just one block, that of the
    earlier one, or of the dated one.
    """

    begins: tuple[int, ...]
    window: int
    has_undated: bool

    @staticmethod
    def of_hours(hours: Sequence[tuple[int | None, int]], window: int, articles: int) -> Layout:
        """From how many articles each hour has, None for undated ones, in any order.

        A block ends with the hour in which it has so many articles and is as long as the window, or has four times as
        many: a shorter one has more guests than articles of its own.
        """
        begins: list[int] = []
        count = articles * 4
        for hour, more in sorted((hour, more) for hour, more in hours if hour is not None):
            begin = hour * HOUR
            if count >= articles * 4 or (count >= articles and begin - begins[-1] >= window):
                begins.append(begin)
                count = 0
            count += more
        return Layout(tuple(begins), window, any(hour is None for hour, _ in hours))

    @property
    def blocks(self) -> int:
        return len(self.begins) + 1

    def place(
        self, seconds: npt.NDArray[np.int64], dated: npt.NDArray[np.bool_]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
        """Where articles published then are needed: their places in the arrays, blocks and roles there."""
        begins = np.asarray(self.begins, dtype=np.int64)
        own = np.searchsorted(begins, seconds, side="right")
        # Cut off where the numbers end: no time that can be read is near.
        earliest = np.maximum(seconds, np.iinfo(np.int64).min + self.window) - self.window
        first = np.maximum(np.searchsorted(begins, earliest, side="right"), 1)
        own[~dated], first[~dated] = len(self.begins), UNDATED
        counts = own - first + 1
        places = np.repeat(np.arange(len(seconds)), counts)
        blocks = np.arange(len(places)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(first, counts)
        roles = np.where(blocks < own[places], GUEST, np.where(first < own, SHARED, WHOLE)[places])
        undated = ~dated[places]
        home = SHARED if self.begins else WHOLE
        roles[undated] = np.where(blocks[undated] == UNDATED, home, GUEST)
        return places, blocks.astype(np.int32), roles.astype(np.uint8)


def pairs_within(
    own: npt.NDArray[np.int64], guests: npt.NDArray[np.int64], window: int
) -> int:
    """How many pairs of own articles, and of one with a guest published later, are within the window."""
    own = np.sort(own)
    later = np.sort(np.concatenate([own, guests]))
    after = np.searchsorted(later, own + window, side="right")
    # Of those that are published at one time each stands before the next.
    return int((after - np.searchsorted(later, own, side="left")).sum()) - _ranks_sum(own) - len(own)


def _ranks_sum(times: npt.NDArray[np.int64]) -> int:
    """Of sorted times, how many equal ones stand before each, summed up."""
    return int((np.arange(len(times)) - np.searchsorted(times, times, side="left")).sum())


def sample_positions(articles: int, size: int) -> npt.NDArray[np.int64]:
    """Of so many articles in order, which are taken as a sample, see fabula::CollectionOutline."""
    step = max(1, articles // size)
    return np.arange(step // 2, articles, step)


def quotas(
    cosines: Sequence[npt.NDArray[np.float32]], most: int
) -> list[int]:
    """How many of the first of each list are among the ``most`` highest of all, ties to the earlier list.

    Each list descends.
    """
    of = np.repeat(np.arange(len(cosines)), [len(one) for one in cosines])
    best = np.argsort(-np.concatenate(cosines), kind="stable")[:most]
    return [int(count) for count in np.bincount(of[best], minlength=len(cosines))]
