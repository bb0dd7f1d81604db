"""From scores to the sentences that are shown: no two alike, and none that leans on one that is not there."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from summaries.editing.centrality import Vector
from summaries.editing.features import Sheet

_REPEATS = 0.66  # of the words of the shorter sentence; a reader sees a repeat at about 0.7
_FEWEST_WORDS = 5
_ALIKE = 0.6  # cosine
_REDUNDANCY = 0.2
_CANNOT_STAND = 100.0  # more than any score: taken only where nothing else is left

Fits = Callable[[list[int], list[int]], bool]
"""Whether these further places may be shown beside those that are taken."""


@dataclass(frozen=True)
class Candidates:
    """Sentences in document order. `follows[i]`: nothing was left out between sentence i - 1 and i."""

    sheet: Sheet
    scores: Vector
    follows: list[bool]

    def chain(self, place: int) -> list[int]:
        """The sentence with those before it that it leans on, back to one that stands alone or to a gap."""
        first = place
        if not self.sheet.dangling[place]:
            return [place]
        while self.sheet.dangling[first] and first > 0 and self.follows[first]:
            first -= 1
        return list(range(first, place + 1))


def choose(candidates: Candidates, fits: Fits) -> list[int]:
    """Places of the chosen sentences, in document order.

    Greedy: the chain with the best mean score, while `fits` allows it. A sentence
    whose opening refers back costs the places of those it leans on; where they don't fit, another one is taken.
    """
    taken: list[int] = []
    while True:
        best = _best(candidates, taken, fits)
        if best is None:
            return sorted(taken)
        taken += best


def _best(candidates: Candidates, taken: list[int], fits: Fits) -> list[int] | None:
    found: list[int] | None = None
    highest = -np.inf
    gain = (candidates.scores - _REDUNDANCY * _likeness_to(candidates.sheet, taken)).tolist()
    for place in range(len(gain)):
        chain = [one for one in candidates.chain(place) if one not in taken]
        if not chain or chain[-1] != place:
            continue
        value = sum([gain[one] for one in chain]) / len(chain)
        if value <= highest or not fits(taken, chain):  # a burden only makes it less
            continue
        value -= _burden(candidates, chain, taken)
        if value > highest and not _repeats(candidates.sheet, chain, taken):
            found, highest = chain, value
    return found


def _burden(candidates: Candidates, chain: list[int], taken: list[int]) -> float:
    """What speaks against a chain that is possible at all: it starts leaning on nothing, or is too like another."""
    first, sheet = chain[0], candidates.sheet
    leans = sheet.dangling[first] and not (first > 0 and candidates.follows[first] and first - 1 in taken)
    alike = any(_cosine(sheet, one, other) > _ALIKE for one in chain for other in taken)
    return _CANNOT_STAND * leans + _CANNOT_STAND / 4 * alike


def _cosine(sheet: Sheet, one: int, other: int) -> float:
    pairs = sheet.likeness.pairs
    return float(pairs[one, other]) if max(one, other) < len(pairs) else 0.0


def _likeness_to(sheet: Sheet, taken: list[int]) -> Vector:
    """The highest likeness of each sentence to one that is taken."""
    out = np.zeros(len(sheet.words))
    pairs = sheet.likeness.pairs
    inside = [place for place in taken if place < len(pairs)]
    if inside:
        out[: len(pairs)] = pairs[:, inside].max(axis=1)
    return out


def _repeats(sheet: Sheet, chain: list[int], taken: list[int]) -> bool:
    return any(
        repeats(sheet.words[one], sheet.words[other]) for i, one in enumerate(chain) for other in (*taken, *chain[:i])
    )


def repeats(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one sentence says the other again, by the words they share."""
    fewer = min(len(one), len(other))
    return one == other if fewer < _FEWEST_WORDS else len(one & other) >= _REPEATS * fewer
