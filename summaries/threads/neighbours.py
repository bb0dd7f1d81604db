"""Which articles of the last 14 days could be the same text as this one: an inverted index over sampled shingles.

Shingles of five words are rarer than any word, so nothing needs to be known of how common words are. Derived: a
function of the articles that were added and of their order, so `fill` makes it again from the store.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from summaries.threads.duplicates import Fingerprint, Likeness, compare
from summaries.threads.postings import Places, Recent, Row, Segment, merged
from summaries.threads.samples import Sample, estimate, sample_of

WINDOW = timedelta(days=14)
MOST = 100_000
"""Articles that are held, about 55 MB; beyond, the oldest are forgotten before their 14 days are over."""
COMMON = 24
"""A shingle of more articles than that is furniture or a template and finds nothing: those articles are no copies of
each other, since copies are not added."""
LIKELY = 0.3
"""Estimated containment from which an article is worth reading again: .5 lies two or three deviations higher."""
FEWEST = 3
"""Hashes that two samples must share. A tenth of an article still shares some six with the whole."""
CANDIDATES = 8
"""Articles that are worth reading again, at most."""
SEALED = 256
"""Articles that are added before they become arrays."""
MERGED = 8
"""So many segments of a size become one, twice: the largest hold 16,384 articles."""


@dataclass(frozen=True)
class Candidate:
    """An article that could be the same text. `containment` is estimated, 0–1."""

    id: int
    containment: float


@dataclass(frozen=True)
class Match:
    """The article that a text is a copy of, and how."""

    id: int
    likeness: Likeness


class Neighbours:
    """Articles are added in the order in which they were received; `when` is that moment, aware."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._segments: list[Segment] = []
        self._recent = Recent()

    def __len__(self) -> int:
        """How many articles are held, those that have had their time and are not yet let go included."""
        return len(self._recent) + sum(map(len, self._segments))

    @property
    def sealed(self) -> tuple[Segment, ...]:
        """The articles that have become arrays, which never change: what is worth saving."""
        return tuple(self._segments)

    @property
    def sealed_up_to(self) -> int:
        """The last id of those; later ones have to be added again to neighbours that were `restored`."""
        return int(self._segments[-1].rows["id"][-1]) if self._segments else 0

    @classmethod
    def restored(cls, sealed: Iterable[Segment], most: int = MOST) -> "Neighbours":
        neighbours = cls(most)
        neighbours._segments = list(sealed)
        return neighbours

    def fill(self, rows: Iterable[tuple[int, datetime, Fingerprint]]) -> None:
        """Add many, the first received first."""
        for id, when, text in rows:
            self.add(id, when, text)

    def add(self, id: int, when: datetime, text: Fingerprint) -> None:
        """Let `id` be found from now on. Texts of fewer than five words are never found."""
        if not len(text.shingles):
            return
        sample = sample_of(text)
        self._recent.add(Row(id, when.timestamp(), sample.extent.size, sample.extent.reach), sample)
        if len(self._recent) >= SEALED:
            self._segments.append(self._recent.sealed())
            self._recent = Recent()
            self._tidy(when)

    def candidates(self, text: Fingerprint, when: datetime) -> list[Candidate]:
        """The articles of the 14 days before `when` that could be the same text, the likeliest first."""
        if not len(text.shingles):
            return []
        sample = sample_of(text)
        parts: list[Segment | Recent] = [*self._segments, self._recent]
        hits = [part.find(sample.hashes, COMMON + 1) for part in parts]
        which = np.concatenate([found for found, _ in hits])
        telling = np.bincount(which, minlength=len(sample.hashes)) <= COMMON
        since = (when - WINDOW).timestamp()
        found: list[Candidate] = []
        for part, (which, places) in zip(parts, hits, strict=True):
            found += _likely(part, places[telling[which]], sample, since)
        return sorted(found, key=lambda one: (-one.containment, one.id))[:CANDIDATES]

    def match(self, text: Fingerprint, when: datetime, load: Callable[[int], Fingerprint | None]) -> Match | None:
        """The article that `text` is a copy of, the first received of them. `load` reads its whole fingerprint again,
        None where the article is gone: a sample alone decides nothing."""
        return first_match(text, [(one.id, load(one.id)) for one in self.candidates(text, when)])

    def _tidy(self, now: datetime) -> None:
        """Let go of what has had its time or has no room, a segment at a time, and merge those of a size."""
        since = (now - WINDOW).timestamp()
        self._segments = [segment for segment in self._segments if segment.newest >= since]
        while len(self) > self._most:
            del self._segments[0]
        for size in (SEALED, SEALED * MERGED):
            alike = [segment for segment in self._segments if len(segment) == size]
            if len(alike) == MERGED:
                self._segments[-MERGED:] = [merged(alike)]


def first_match(text: Fingerprint, known: Iterable[tuple[int, Fingerprint | None]]) -> Match | None:
    """Of the articles that `text` is a copy of, the one with the lowest id: the first that was received."""
    found = [Match(id, likeness) for id, other in known if other and (likeness := compare(text, other))]
    return min(found, key=lambda match: match.id, default=None)


def _likely(part: Segment | Recent, places: Places, sample: Sample, since: float) -> Iterator[Candidate]:
    for place, shared in Counter(places.tolist()).items():
        if shared < FEWEST:
            continue
        row = part.row(place)
        containment = estimate(shared, sample, row.extent)
        if row.when >= since and containment >= LIKELY:
            yield Candidate(row.id, containment)
