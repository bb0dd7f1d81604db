"""From scores to the sentences that are shown: the best together, no two alike, none that leans on one not there."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import NamedTuple

from summaries.editing.centrality import Vector
from summaries.editing.features import Sheet
from summaries.editing.weights import Together

_REPEATS = 0.66  # of the words of the shorter sentence; a reader sees a repeat at about 0.7
_FEWEST_WORDS = 5
_ALIKE = 0.6  # cosine
_CANNOT_STAND = 1000.0  # more than any score: taken only where nothing else is left
_ENOUGH, _TOO_MUCH = 0.85, 1.25  # of the words asked for: where to stop adding, and what is not to be passed
_USUAL_WORDS = 19.3  # a sentence, where only sentences are asked for
_PAR = 5
_WIDTH = 2
"""Unfinished briefings of a size that are gone on with."""
_TRIED, _CALLS = 12, 3
"""Sentences, the best alone, that each of them is tried with; and those that argue, where none does yet."""


@dataclass(frozen=True)
class Room:
    """How much may be shown: up to so many `sentences`, or, where that is 0, about so many `words`."""

    sentences: int = 0
    words: int = 0

    def full(self, sentences: int, words: float) -> bool:
        """Whether nothing more may be shown beside what is, whatever it be."""
        if self.sentences or not self.words:
            return sentences >= self.sentences
        return sentences > 0 and words >= _ENOUGH * self.words

    def fits(self, sentences: int, words: float, more: int, more_words: float) -> bool:
        """Whether so much more may be shown where it is not full. The first sentence is, however long."""
        if self.sentences or not self.words:
            return sentences + more <= self.sentences
        return (sentences == 0 and more == 1) or words + more_words <= _TOO_MUCH * self.words

    def wanted(self, sentences: int) -> float:
        """The words that so many sentences had best have."""
        return self.words or _USUAL_WORDS * sentences


@dataclass(frozen=True)
class Candidates:
    """Sentences in document order. `follows[i]`: nothing was left out between sentence i - 1 and i."""

    sheet: Sheet
    scores: Vector
    follows: list[bool]
    together: Together

    @cached_property
    def chains(self) -> list[range]:
        """Of each sentence, it with those before it that it leans on, back to one that stands alone or to a gap."""
        chains: list[range] = []
        for place, leans in enumerate(self.sheet.dangling):
            leans = leans and place > 0 and self.follows[place]
            chains.append(range(chains[-1].start if leans else place, place + 1))
        return chains

    @cached_property
    def worth(self) -> list[float]:
        """Scores above par, the mean of the best few: so that neither more nor fewer sentences are worth more."""
        best = sorted(self.scores.tolist())[-_PAR:]
        par = sum(best) / max(1, len(best))
        return [score - par for score in self.scores.tolist()]

    @cached_property
    def all_told(self) -> int:
        """What telling every topic comes to; never 0."""
        return max(1, sum(self.sheet.often.values()))

    def likeness(self, place: int) -> list[float]:
        """Cosines of a sentence with each; 0 with those past the first few hundred."""
        row = self._rows.get(place)
        if row is None:
            pairs = self.sheet.likeness.pairs
            known = pairs[place].tolist() if place < len(pairs) else []
            row = self._rows[place] = known + [0.0] * (len(self.follows) - len(known))
        return row

    @cached_property
    def _rows(self) -> dict[int, list[float]]:
        return {}

    @cached_property
    def best_first(self) -> list[int]:
        return sorted(range(len(self.worth)), key=lambda place: -self.worth[place])


def choose(candidates: Candidates, room: Room) -> list[int]:
    """Places of the chosen sentences, in document order.

    A beam search: unfinished briefings grow by a sentence with those that it leans on, the best of each size go on. A
    sentence whose opening refers back costs the places of those; where they don't fit, another one is taken.
    """
    growing: dict[int, dict[tuple[int, ...], _Draft]] = {0: {(): _Draft()}}
    done: list[_Draft] = []
    while growing:
        size = min(growing)
        best = sorted(growing.pop(size).values(), key=lambda draft: -draft.total(candidates, room))[:_WIDTH]
        for draft in best:
            longer = _grown(draft, candidates, room)
            for one in longer:
                growing.setdefault(len(one.places), {})[one.places] = one
            if not longer:
                done.append(draft)
    return list(max(done, key=lambda draft: draft.rank(candidates, room)).places)


class _Told(NamedTuple):
    """What the sentences of a draft tell together."""

    topics: frozenset[str]
    titled: frozenset[str]
    argued: bool


class _Draft(NamedTuple):
    """A briefing that may grow. `places` are in document order."""

    places: tuple[int, ...] = ()
    value: float = 0.0
    words: float = 0.0

    def total(self, candidates: Candidates, room: Room) -> float:
        """Its value, and what its length takes from that."""
        if self.words == 0:
            return self.value
        return self.value + candidates.together.off_length * abs(log(self.words / room.wanted(len(self.places))))

    def rank(self, candidates: Candidates, room: Room) -> tuple[int, float]:
        """Of finished ones: where sentences are asked for, more are better."""
        return (len(self.places) if room.sentences else 0, self.total(candidates, room))

    def told(self, sheet: Sheet) -> _Told:
        """Asked of the few drafts that grow, not of the many that they might grow into."""
        return _Told(
            topics=frozenset().union(*[sheet.topics[place] for place in self.places]),
            titled=frozenset().union(*[sheet.titled[place] for place in self.places]),
            argued=any(sheet.argues[place] for place in self.places),
        )

    def with_place(self, place: int, candidates: Candidates, told: _Told) -> "_Draft":
        sheet, together = candidates.sheet, candidates.together
        row = candidates.likeness(place)
        likeness = [row[other] for other in self.places]
        value = candidates.worth[place] + together.alike * sum(likeness)
        value += together.adjacent * ((place - 1 in self.places) + (place + 1 in self.places))
        value += together.title_told * len(sheet.titled[place] - told.titled) / max(1, sheet.title_size)
        value += together.argued * (sheet.argues[place] and not told.argued)
        more = sum([sheet.often[term] for term in sheet.topics[place] - told.topics])
        value += together.topics_told * more / candidates.all_told
        return _Draft(
            places=tuple(sorted((*self.places, place))),
            value=self.value + value - _burden(candidates, place, self.places, likeness),
            words=self.words + sheet.lengths[place],
        )


def _grown(draft: _Draft, candidates: Candidates, room: Room) -> list[_Draft]:
    """The draft with each of the sentences that are best alone; with any, where none of these is possible."""
    if room.full(len(draft.places), draft.words):
        return []
    told = draft.told(candidates.sheet)
    left = [place for place in candidates.best_first if place not in draft.places]
    calls = [] if told.argued else [place for place in left[_TRIED:] if candidates.sheet.argues[place]][:_CALLS]
    return list(_with_each(left[:_TRIED] + calls, draft, told, candidates, room)) or list(
        _with_each(left[_TRIED:], draft, told, candidates, room)
    )


def _with_each(places: list[int], draft: _Draft, told: _Told, candidates: Candidates, room: Room) -> Iterator[_Draft]:
    sheet = candidates.sheet
    for place in places:
        chain = [one for one in candidates.chains[place] if one not in draft.places]
        words = sum([sheet.lengths[one] for one in chain])
        if room.fits(len(draft.places), draft.words, len(chain), words) and not _repeat(sheet, chain, draft.places):
            longer = draft.with_place(chain[0], candidates, told)
            for one in chain[1:]:
                longer = longer.with_place(one, candidates, longer.told(sheet))
            yield longer


def _burden(candidates: Candidates, place: int, taken: tuple[int, ...], likeness: list[float]) -> float:
    """What speaks against a sentence that is possible at all: it leans on nothing, or is too like another."""
    leans = candidates.sheet.dangling[place] and not (place > 0 and candidates.follows[place] and place - 1 in taken)
    alike = max(likeness, default=0.0) > _ALIKE
    return _CANNOT_STAND * leans + _CANNOT_STAND / 4 * alike


def _repeat(sheet: Sheet, chain: list[int], taken: tuple[int, ...]) -> bool:
    shown = list(taken)
    for one in chain:
        for other in shown:
            if repeats(sheet.words[one], sheet.words[other]):
                return True
        shown.append(one)
    return False


def repeats(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one sentence says the other again, by the words they share."""
    fewer = min(len(one), len(other))
    return one == other if fewer < _FEWEST_WORDS else len(one & other) >= _REPEATS * fewer
