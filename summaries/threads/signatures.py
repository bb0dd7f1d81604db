"""Which events could a text belong to: an inverted list over the rarest terms of each."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from summaries.threads.vectors import Numbers, Weights

SEALED = 2_048
"""Events that are signed before their signatures become arrays."""
LONGEST = 4_000
"""Events of one term that are looked at, the last signed: what more events than that have finds nothing."""

Slots = NDArray[np.int64]

_LOW = np.uint64(0xFFFFFFFF)
_ABOVE = np.uint64(32)


class Signatures:
    """Events go by their slots, which are used again when an event is forgotten."""

    def __init__(self, sealed: NDArray[np.uint64] | None = None) -> None:
        self._sealed = np.empty(0, dtype=np.uint64) if sealed is None else sealed
        self._recent: defaultdict[int, list[int]] = defaultdict(list)
        self._signed = 0
        self._forgotten: set[int] = set()

    def sign(self, slot: int, terms: Iterable[int]) -> None:
        """Let an event be found by these terms, besides those it was signed with."""
        for term in terms:
            self._recent[term].append(slot)
        self._signed += 1
        if self._signed >= SEALED:
            self._seal()

    def forget(self, slot: int) -> None:
        """The slot is another event's from now on; it may be found by the terms of the old one for a while."""
        self._forgotten.add(slot)

    def find(self, terms: Numbers, weights: Weights, slots: int) -> Weights:
        """For each of the `slots` the sum of the weights of the terms that it is signed with."""
        scores = np.zeros(slots, dtype=np.float32)
        for term, weight, found in zip(terms.tolist(), weights.tolist(), self._in_sealed(terms), strict=True):
            recent = self._recent.get(term, ())[-LONGEST:]
            if recent and len(found):
                scores[np.append(found, recent).astype(np.intp)] += weight  # once for each
            elif recent or len(found):
                scores[recent or found] += weight
        return scores

    def sealed(self) -> NDArray[np.uint64]:
        """All of it: a term above the 32 bits of a slot, rising."""
        self._seal()
        return self._sealed

    def _in_sealed(self, terms: Numbers) -> list[NDArray[np.uint64]]:
        keys = terms.astype(np.uint64) << _ABOVE
        first = np.searchsorted(self._sealed, keys)
        last = np.searchsorted(self._sealed, keys | _LOW, side="right")
        return [
            self._sealed[max(start, end - LONGEST) : end] & _LOW
            for start, end in zip(first.tolist(), last.tolist(), strict=True)
        ]

    def _seal(self) -> None:
        kept = self._sealed
        if self._forgotten:
            gone = np.zeros(max(self._forgotten) + 1 + int((kept & _LOW).max(initial=np.uint64(0))), dtype=np.bool_)
            gone[list(self._forgotten)] = True
            kept = kept[~gone[kept & _LOW]]
        pairs = ((term << 32) | slot for term, slots in self._recent.items() for slot in dict.fromkeys(slots))
        self._sealed = _merged(kept, np.sort(np.fromiter(pairs, dtype=np.uint64)))
        self._recent.clear()
        self._signed = 0
        self._forgotten.clear()


def _merged(kept: NDArray[np.uint64], fresh: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Both, rising, each once. Not sorted anew: that takes a second where this takes a hundredth."""
    places = np.searchsorted(kept, fresh)
    there = kept[np.minimum(places, len(kept) - 1)] == fresh if len(kept) else np.zeros(len(fresh), dtype=np.bool_)
    return np.insert(kept, places[~there], fresh[~there])
