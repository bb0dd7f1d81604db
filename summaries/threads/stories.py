"""Which event an article is about, and which story that belongs to: decided once, as the article comes.

Events last days, stories months, so two thresholds on two likenesses decide. `docs/stories.md` works an example.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from summaries.threads.events import HELD, SURE_NAMES, UNDATED, Events, Likeness, nearness
from summaries.threads.rarity import Rarity
from summaries.threads.signatures import Slots
from summaries.threads.vectors import Vector, Weights

EVENT = 0.235
"""Likeness in words, less what time has passed, that makes an article part of an event."""
STORY = 0.21
"""Likeness in rare words, whenever it was, that makes a new event part of a story."""
MERGED = 0.73
"""Likeness in words that makes two events one."""
LONE = 0.3
"""The same where one of them has a single article, which might have joined had it come later."""
TEMPTING = 0.75
"""The share of the threshold from which a second event is asked whether it is the same as the first."""
FULL = 25
"""Terms. Shorter texts share fewer words, so less likeness is asked of them."""
SHORTER = 0.93
"""The power of a text's share of `FULL` with which the thresholds fall."""
ALONE = 0.125
"""Likeness under which one shared word is not enough: "American" for an airline and a clothes shop."""
SHORTER_STORY = 0.2
"""The same power for stories: two headlines of different months share a word or two by chance."""
ABROAD = 0.5
"""The share of names and figures by which an event in another language is of the same story."""
IN_COMMON = 4
"""Shared words under which an event is of no story, however rare they are: a flyover that waits for "electric" wires,
and an "electric" road of another continent. Fewer are asked of a headline: see `_in_common`."""
SHOWN = 6
"""Shared words that are named."""


@dataclass(frozen=True)
class Verdict:
    """What an article belongs to: ids, 0 for a new one. `shared` are the words that joined it, the most telling first.

    `absorbed` are events that it shows to be the same as `event`, and that are part of it from now on.
    """

    event: int = 0
    story: int = 0
    shared: tuple[str, ...] = ()
    absorbed: tuple[int, ...] = ()


class Threads:
    """What is known of events. `judge` decides and changes nothing; `learn` makes it known, in the same order again
    after a restart."""

    def __init__(self, held: int = HELD, rarity: Rarity | None = None) -> None:
        self.events = Events(held)
        self.rarity = rarity or Rarity()

    def judge(self, vector: Vector, when: datetime | None) -> Verdict:
        if not len(vector):
            return Verdict()
        near = self.events.near(vector, day_of(when), self.rarity)
        return (
            self._joined(vector, near) or self._continued(vector, near) or self._translated(vector, when) or Verdict()
        )

    def learn(
        self, vector: Vector, when: datetime | None, event: int, story: int, absorbed: tuple[int, ...] = ()
    ) -> None:
        if not len(vector):
            return
        slot = self.events.slot_of(event)
        if slot is None:
            slot = self.events.found(event, story, vector.language)
        self.rarity.add(vector, int(self.events.articles[slot]) + 1)
        self.events.add(slot, vector, day_of(when), self.rarity)
        for other in absorbed:
            gone = self.events.slot_of(other)
            if gone is not None:
                self.events.absorb(slot, gone, self.rarity)

    def retell(self, event: int, story: int) -> None:
        """Let an event be of another story."""
        slot = self.events.slot_of(event)
        if slot is not None:
            self.events.stories[slot] = story

    def rename(self, event: int, to: int, story: int) -> None:
        """Let an event go by another id, and be of that story."""
        slot = self.events.slot_of(event)
        if slot is not None:
            self.events.ids[slot], self.events.stories[slot] = to, story

    def remake(self, event: int, told: Sequence[tuple[Vector, datetime | None]]) -> None:
        """Let an event be the sum of these articles: one of them was revised, dated anew, or taken out of it."""
        slot = self.events.slot_of(event)
        if slot is None:
            return
        self.events.empty(slot)
        for vector, when in told:
            if len(vector):
                self.events.add(slot, vector, day_of(when), self.rarity)

    def redate(self, event: int, when: datetime) -> None:
        """Let an event reach to a day on which one of its articles turned out to be."""
        slot = self.events.slot_of(event)
        if slot is not None:
            self.events.stretch(slot, day_of(when), day_of(when))

    def _joined(self, vector: Vector, near: Likeness) -> Verdict | None:
        """As part of the event that is likest."""
        timely = near.words * nearness(near.gap)
        timely[(near.shared < 2) & (timely < ALONE)] = 0
        least = EVENT * _ease(len(vector), SHORTER)
        best = _best(timely, least)
        if best is None:
            return None
        slot = int(near.slots[best])
        others = near.slots[(timely >= TEMPTING * least) & (near.slots != slot)]
        event, story = int(self.events.ids[slot]), int(self.events.stories[slot])
        return Verdict(event, story, self._shared(vector, slot), self._same(slot, others))

    def _continued(self, vector: Vector, near: Likeness) -> Verdict | None:
        """As a new event of the story whose event is likest."""
        marks = np.where(near.shared < _in_common(len(vector)), np.float32(0), near.marks)
        best = _best(marks, STORY * _ease(len(vector), SHORTER_STORY))
        if best is None:
            return None
        slot = int(near.slots[best])
        return Verdict(0, int(self.events.stories[slot]), self._shared(vector, slot))

    def _translated(self, vector: Vector, when: datetime | None) -> Verdict | None:
        """As a new event of the story that is told in another language."""
        if when is None or len(vector.names) < SURE_NAMES:
            return None
        slots, likeness = self.events.abroad(vector, day_of(when), self.rarity)
        best = _best(likeness, ABROAD)
        return None if best is None else Verdict(0, int(self.events.stories[slots[best]]))

    def _same(self, slot: int, others: Slots) -> tuple[int, ...]:
        """The events that are as like this one as its own articles are."""
        if not len(others):
            return ()
        events = self.events
        likeness = events.likeness(events.vector(slot), UNDATED, others, self.rarity)
        timely = likeness.words * nearness(events.between(slot, others))
        least = np.array([self._merging(slot, other) for other in others.tolist()])
        return tuple(events.ids[others[timely >= least]].tolist())

    def _merging(self, slot: int, other: int) -> float:
        """The likeness that two events need to be one."""
        events = self.events
        lone = min(events.articles[slot], events.articles[other]) == 1
        shorter = min(events.mean_length(slot), events.mean_length(other))
        return (LONE if lone else MERGED) * _ease(shorter, SHORTER)

    def _shared(self, vector: Vector, slot: int) -> tuple[str, ...]:
        event = self.events.vector(slot)
        terms, mine, theirs = np.intersect1d(vector.terms, event.terms, assume_unique=True, return_indices=True)
        said = vector.weights[mine] * event.weights[theirs] * self.rarity.of(terms, vector.language) ** 2
        return tuple(vector.spelt[mine[place]] for place in np.argsort(-said)[:SHOWN].tolist())


def day_of(when: datetime | None) -> float:
    """Days since 1970; not a number for None."""
    return when.timestamp() / 86_400 if when else UNDATED


def _best(likeness: Weights, least: float) -> int | None:
    """The place of the highest, unless that is under `least`."""
    if not len(likeness):
        return None
    best = int(likeness.argmax())
    return best if likeness[best] >= least else None


def _ease(terms: float, power: float) -> float:
    """By how much a threshold is lower for a text of so many terms."""
    return float(min(1.0, terms / FULL) ** power)


def _in_common(terms: int) -> float:
    """The words that a text of so many terms shares with a story's event: every fourth, two at least."""
    return min(IN_COMMON, max(2.0, terms / 4))
