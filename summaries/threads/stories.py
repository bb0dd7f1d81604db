"""Which event an article is about, and which story that belongs to: decided once, as the article comes.

Events last days, stories months, so two thresholds on two likenesses decide. `docs/stories.md` works an example.
"""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from summaries.threads.events import UNDATED, Events, Likeness, nearness
from summaries.threads.rarity import Rarity
from summaries.threads.vectors import Vector, Weights

EVENT = 0.26
"""Likeness in words, less what time has passed, that makes an article part of an event."""
STORY = 0.27
"""Likeness in rare words, whenever it was, that makes a new event part of a story."""
MERGED = 0.70
"""Likeness in words that makes two events one."""
TEMPTING = 0.5
"""The share of the threshold from which a second event is asked whether it is the same as the first."""
FULL = 30
"""Terms. Shorter texts share fewer words, so less likeness is asked of them."""
SHORTER = 0.73
"""The power of a text's share of `FULL` with which the thresholds fall."""
SHOWN = 6
"""Shared words that are named."""


@dataclass(frozen=True)
class Verdict:
    """What an article belongs to: ids, 0 for a new one. `shared` are the terms that joined it, the most telling first.

    `absorbed` are events that it shows to be the same as `event`, and that are part of it from now on.
    """

    event: int = 0
    story: int = 0
    shared: tuple[str, ...] = ()
    absorbed: tuple[int, ...] = ()


class Threads:
    """What is known of events. `judge` decides and changes nothing; `learn` makes it known, in the same order again
    after a restart."""

    def __init__(self, events: Events | None = None, rarity: Rarity | None = None) -> None:
        self.events = events or Events()
        self.rarity = rarity or Rarity()

    def judge(self, vector: Vector, when: datetime | None) -> Verdict:
        if not len(vector):
            return Verdict()
        near = self.events.near(vector, day_of(when), self.rarity)
        if not len(near.slots):
            return Verdict()
        timely = near.words * nearness(near.gap)
        best = int(timely.argmax())
        least = EVENT * _ease(len(vector))
        slot = int(near.slots[best])
        if timely[best] >= least:
            return self._joined(vector, when, slot, near, timely)
        best = int(near.marks.argmax())
        if near.marks[best] >= STORY * _ease(len(vector)):
            slot = int(near.slots[best])
            return Verdict(0, int(self.events.stories[slot]), self._shared(vector, slot))
        return Verdict()

    def learn(
        self, vector: Vector, when: datetime | None, event: int, story: int, absorbed: tuple[int, ...] = ()
    ) -> None:
        self.rarity.add(vector)
        if not len(vector):
            return
        slot = self.events.slot_of(event)
        if slot is None:
            slot = self.events.found(event, story, vector.language)
        self.events.add(slot, vector, day_of(when), self.rarity)
        for other in absorbed:
            gone = self.events.slot_of(other)
            if gone is not None:
                self.events.absorb(slot, gone, self.rarity)

    def _joined(self, vector: Vector, when: datetime | None, slot: int, near: Likeness, timely: Weights) -> Verdict:
        tempting = timely >= TEMPTING * EVENT * _ease(len(vector))
        others = near.slots[tempting & (near.slots != slot)]
        absorbed = self._same(slot, others) if len(others) else ()
        event, story = int(self.events.ids[slot]), int(self.events.stories[slot])
        return Verdict(event, story, self._shared(vector, slot), absorbed)

    def _same(self, slot: int, others: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> tuple[int, ...]:
        """The events that are as like this one as its own articles are."""
        mine = self.events.vector(slot)
        likeness = self.events.likeness(mine, UNDATED, others, self.rarity)
        gap = np.maximum(
            self.events.first[slot] - self.events.last[others], self.events.first[others] - self.events.last[slot]
        )
        timely = likeness.words * nearness(np.nan_to_num(np.maximum(gap, 0), nan=0.0))
        length = self.events.length / np.maximum(self.events.articles, 1)
        return tuple(
            int(self.events.ids[other])
            for other, like in zip(others.tolist(), timely.tolist(), strict=True)
            if like >= MERGED * _ease(min(length[slot], length[other]))
        )

    def _shared(self, vector: Vector, slot: int) -> tuple[str, ...]:
        event = self.events.vector(slot)
        terms, mine, theirs = np.intersect1d(vector.terms, event.terms, assume_unique=True, return_indices=True)
        said = vector.weights[mine] * event.weights[theirs] * self.rarity.of(terms, vector.language) ** 2
        return tuple(vector.spelt[mine[place]] for place in np.argsort(-said)[:SHOWN].tolist())


def day_of(when: datetime | None) -> float:
    """Days since 1970; not a number for None."""
    return when.timestamp() / 86_400 if when else UNDATED


def _ease(terms: float) -> float:
    """By how much the thresholds are lower for a text of so many terms."""
    return float(min(1.0, terms / FULL) ** SHORTER)
