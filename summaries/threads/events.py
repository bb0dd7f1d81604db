"""The events that articles can still join, compactly: the newest hundred thousand, about 1 KB each.

An event's vector is the sum of its articles' vectors, cut to the 150 terms that say most. How rare terms are is not
part of it, since that changes: it is looked up when events are compared.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summaries.threads.rarity import Rarity
from summaries.threads.signatures import Signatures, Slots
from summaries.threads.vectors import ANY, NAMES, Numbers, Vector, Weights

HELD = 100_000
TERMS = 150
SIGNED = 20
"""The terms by which an event is found."""
ASKED = 40
"""The terms of an article by which events are looked for."""
CLOSE = 24
"""Events that are compared with an article, of those found: so many near in time, and so many of any time."""

SURE_NAMES = 4
"""Names and figures that two languages must share to be compared at all."""
LEVELLED = 0.6
"""The power of an event's weights at which they are compared, so that what a few articles have counts beside what all
have."""
SPAN = 3.0
"""Days."""

UNDATED = math.nan


@dataclass(frozen=True, eq=False)
class Likeness:
    """How alike an article and some events are. `slots` are the events'; what follows is in the same order, 0–1.

    `words` is the cosine of TF-IDF vectors; `marks` that with the squares of IDF, where rare words count for more.
    `gap` is the days between the article and the event: 0 inside it, and where one of them has no date. `shared` is how
    many terms both have.
    """

    slots: Slots
    words: Weights
    marks: Weights
    gap: NDArray[np.float64]
    shared: NDArray[np.int64]


class Events:
    """Slots are given in turn; the oldest event gives way to the newest. Days are counted from 1970, UTC."""

    def __init__(self, held: int = HELD) -> None:
        self.held = held
        self.made = 0
        self.ids = np.zeros(held, dtype=np.int64)
        self.stories = np.zeros(held, dtype=np.int64)
        self.first = np.full(held, UNDATED)
        self.last = np.full(held, UNDATED)
        self.articles = np.zeros(held, dtype=np.int32)
        self.length = np.zeros(held, dtype=np.int32)
        self.terms = np.zeros((held, TERMS), dtype=np.int32)
        self.weights = np.zeros((held, TERMS), dtype=np.float16)
        self.names = np.zeros((held, NAMES), dtype=np.int32)
        self.languages = np.zeros(held, dtype="<U3")
        self.signatures = Signatures()

    def __len__(self) -> int:
        return min(self.made, self.held)

    def known(self) -> list[int]:
        """The events that can still be joined."""
        ids: list[int] = self.ids[: len(self)].tolist()
        return [id for id in ids if id]

    def slot_of(self, id: int) -> int | None:
        """Where an event is; None where it is unknown, forgotten, or part of another by now."""
        found = np.flatnonzero(self.ids[: len(self)] == id)
        return int(found[0]) if id and len(found) else None

    def near(self, vector: Vector, day: float, rarity: Rarity) -> Likeness:
        """The events that the article could belong to: those near in time, and those of any time."""
        said = vector.weights * rarity.of(vector.terms, vector.language)
        most = _highest(said, ASKED)
        scores = self.signatures.find(vector.terms[most], said[most] ** 2, len(self))
        found = np.flatnonzero(scores)
        timely = scores[found] * nearness(self._gap(found, day))
        slots = np.union1d(found[_highest(timely, CLOSE)], found[_highest(scores[found], CLOSE)])
        return self.likeness(vector, day, slots, rarity)

    def likeness(self, vector: Vector, day: float, slots: Slots, rarity: Rarity) -> Likeness:
        terms, weights = self.terms[slots], self.weights[slots].astype(np.float32) ** LEVELLED
        rare, own_rare = rarity.of(terms, vector.language), rarity.of(vector.terms, vector.language)
        at = _at(vector, terms)
        theirs, mine = weights * rare, at * rare
        own = vector.weights * own_rare
        words = _cosines(mine, theirs, own)
        marks = _cosines(mine * rare, theirs * rare, own * own_rare)
        shared = np.count_nonzero(at * weights, axis=1)
        return Likeness(slots, words, marks, self._gap(slots, day), shared)

    def abroad(self, vector: Vector, day: float, rarity: Rarity) -> tuple[Slots, Weights]:
        """Events in other languages within a few days, and how far their names are the article's, 0–1."""
        counts = self.signatures.find(vector.names, np.ones(len(vector.names), dtype=np.float32), len(self))
        slots = np.flatnonzero(counts >= SURE_NAMES)
        slots = slots[(self.languages[slots] != vector.language) & (self._gap(slots, day) <= SPAN)]
        names = self.names[slots]
        rare = rarity.of(names, ANY) * (names > 0)
        shared = np.isin(names, vector.names) & (names > 0)
        mine = float(rarity.of(vector.names, ANY).sum())
        likeness = (rare * shared).sum(axis=1) / np.sqrt(rare.sum(axis=1) * mine + 1e-9)
        return slots, np.where(shared.sum(axis=1) >= SURE_NAMES, likeness, 0).astype(np.float32)

    def found(self, id: int, story: int, language: str) -> int:
        """Make room for a new event, and give its slot."""
        slot = self.made % self.held
        if self.made >= self.held:
            self.signatures.forget(slot)
        self.made += 1
        self._clear(slot)
        self.ids[slot], self.stories[slot], self.languages[slot] = id, story, language
        return slot

    def add(self, slot: int, vector: Vector, day: float, rarity: Rarity) -> None:
        """Let an article be part of an event."""
        if not self.articles[slot]:
            self.names[slot, : len(vector.names)] = vector.names
        self._sum(slot, vector, rarity)
        self.stretch(slot, day, day)
        self.articles[slot] += 1
        self.length[slot] += len(vector)
        if self.articles[slot].bit_count() == 1:  # signed anew at 1, 2, 4, 8 … articles, as its vector settles
            self._sign(slot, rarity)

    def absorb(self, slot: int, other: int, rarity: Rarity) -> None:
        """Let an event be part of another. The slot that it had stays empty."""
        self._sum(slot, self.vector(other), rarity)
        self.stretch(slot, float(self.first[other]), float(self.last[other]))
        self.articles[slot] += self.articles[other]
        self.length[slot] += self.length[other]
        self._sign(slot, rarity)
        self._clear(other)

    def stretch(self, slot: int, first: float, last: float) -> None:
        """Let it reach over these days; NaN is no day."""
        self.first[slot] = np.fmin(self.first[slot], first)
        self.last[slot] = np.fmax(self.last[slot], last)

    def between(self, slot: int, others: Slots) -> NDArray[np.float64]:
        """The days from one event to others; 0 where they overlap, and where one of them has no date."""
        gap = np.maximum(self.first[slot] - self.last[others], self.first[others] - self.last[slot])
        return np.where(gap > 0, gap, 0.0)

    def mean_length(self, slot: int) -> float:
        """Terms of one of its articles."""
        return float(self.length[slot]) / max(1, int(self.articles[slot]))

    def vector(self, slot: int) -> Vector:
        there = self.weights[slot] > 0
        return Vector(
            str(self.languages[slot]), self.terms[slot][there], self.weights[slot][there].astype(np.float32), ()
        )

    def _sum(self, slot: int, vector: Vector, rarity: Rarity) -> None:
        mine = self.vector(slot)
        terms, places = np.unique(np.concatenate([mine.terms, vector.terms]), return_inverse=True)
        weights = np.bincount(places, np.concatenate([mine.weights, vector.weights])).astype(np.float32)
        if len(terms) > TERMS:
            kept = np.sort(_highest(weights * rarity.of(terms, vector.language), TERMS))
            terms, weights = terms[kept], weights[kept]
        self.terms[slot, : len(terms)], self.weights[slot, : len(terms)] = terms, weights

    def _sign(self, slot: int, rarity: Rarity) -> None:
        vector = self.vector(slot)
        said = vector.weights * rarity.of(vector.terms, vector.language) ** 2
        names = self.names[slot][self.names[slot] > 0]
        self.signatures.sign(slot, [*vector.terms[_highest(said, SIGNED)].tolist(), *names.tolist()])

    def _gap(self, slots: Slots, day: float) -> NDArray[np.float64]:
        gap = np.maximum(day - self.last[slots], self.first[slots] - day)
        return np.where(gap > 0, gap, 0.0)

    def empty(self, slot: int) -> None:
        """Forget the articles of an event, and keep whose slot it is."""
        self.articles[slot] = self.length[slot] = 0
        self.first[slot] = self.last[slot] = UNDATED
        self.terms[slot] = self.weights[slot] = self.names[slot] = 0

    def _clear(self, slot: int) -> None:
        self.ids[slot] = self.stories[slot] = 0
        self.empty(slot)


def nearness(gap: NDArray[np.float64]) -> Weights:
    """How readily a gap in days is bridged, 0–1: a gaussian, by which a week later is another event."""
    near: Weights = np.exp(-(gap**2) / (2 * SPAN**2)).astype(np.float32)
    return near


def _highest(values: Weights, count: int) -> Slots:
    """The places of the `count` highest, in no order."""
    if len(values) <= count:
        return np.arange(len(values))
    places: Slots = np.argpartition(values, len(values) - count)[-count:]
    return places


def _at(vector: Vector, terms: Numbers) -> Weights:
    """The article's weight of each term; 0 where it lacks it."""
    if not len(vector):
        return np.zeros(terms.shape, dtype=np.float32)
    places = np.minimum(np.searchsorted(vector.terms, terms), len(vector) - 1)
    found: Weights = np.where(vector.terms[places] == terms, vector.weights[places], np.float32(0))
    return found


def _cosines(mine: Weights, theirs: Weights, own: Weights) -> Weights:
    """Of one article, by its weights at the terms of each event and by all of its own, with each event."""
    lengths = np.sqrt((theirs**2).sum(axis=1)) * np.sqrt((own**2).sum())
    products: Weights = (mine * theirs).sum(axis=1)
    found: Weights = products / np.maximum(lengths, np.float32(1e-12))
    return found
