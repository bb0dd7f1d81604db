"""Hash → the articles that have it, compactly: the newest in a dictionary, older ones in sorted arrays."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from summaries.threads.samples import Extent, Hashes, Sample

Places = NDArray[np.int64]
Hits = tuple[NDArray[np.int64], Places]
"""Which of the hashes was found, and the place of an article that has it, pair by pair."""

_LOW = np.uint64(0xFFFFFFFF)
_ABOVE = np.uint64(32)


class Row(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An added article: its id, when it was added in seconds since 1970, and the extent of its sample."""

    id: int
    when: float
    size: int
    reach: int

    @property
    def extent(self) -> Extent:
        return Extent(self.size, self.reach)


ROW = np.dtype([("id", "i8"), ("when", "f8"), ("size", "u4"), ("reach", "u4")])


class Recent:
    """Articles that were added last: quick to add to, large for each article."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._places: dict[int, list[int]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, row: Row, sample: Sample) -> None:
        for value in sample.hashes.tolist():
            self._places[value].append(len(self._rows))
        self._rows.append(row)

    def row(self, place: int) -> Row:
        return self._rows[place]

    def find(self, hashes: Hashes, most: int) -> Hits:
        """The postings of the hashes, at most so many of each."""
        lists = [self._places.get(value, ())[:most] for value in hashes.tolist()]
        found = [(which, place) for which, places in enumerate(lists) for place in places]
        pairs = np.array(found, dtype=np.int64).reshape(-1, 2)
        return pairs[:, 0], pairs[:, 1]

    def sealed(self) -> "Segment":
        pairs = ((value << 32) | place for value, places in self._places.items() for place in places)
        postings = np.sort(np.fromiter(pairs, dtype=np.uint64))
        return Segment(np.array([(r.id, r.when, r.size, r.reach) for r in self._rows], dtype=ROW), postings)


@dataclass(frozen=True, eq=False)
class Segment:
    """Articles that are looked up only. A posting is a hash above the 32-bit place of its article, all rising.

    24 bytes an article and 8 a posting.
    """

    rows: NDArray[np.void]
    postings: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def newest(self) -> float:
        return float(self.rows["when"].max())

    def row(self, place: int) -> Row:
        return Row(*self.rows[place].item())

    def find(self, hashes: Hashes, most: int) -> Hits:
        """The postings of the hashes, at most so many of each."""
        keys = hashes.astype(np.uint64) << _ABOVE
        first = np.searchsorted(self.postings, keys)
        there = self.postings[np.minimum(first, len(self.postings) - 1)] >> _ABOVE == hashes
        first = first[there]
        last = np.minimum(np.searchsorted(self.postings, keys[there] | _LOW, side="right"), first + most)
        runs = [self.postings[start:end] for start, end in zip(first.tolist(), last.tolist(), strict=True)]
        places = np.concatenate(runs) & _LOW if runs else np.empty(0, dtype=np.uint64)
        return np.repeat(np.flatnonzero(there), last - first), places.astype(np.int64)


def merged(segments: Sequence[Segment]) -> Segment:
    """One segment of all their articles, in order. Made in place: the largest have 8 MB of postings."""
    postings = np.empty(sum(len(one.postings) for one in segments), dtype=np.uint64)
    rows = filled = 0
    for one in segments:
        np.add(one.postings, np.uint64(rows), out=postings[filled : filled + len(one.postings)])
        rows, filled = rows + len(one), filled + len(one.postings)
    postings.sort(kind="stable")
    return Segment(np.concatenate([one.rows for one in segments]), postings)
