"""Which ids a file holds: a range while nothing is missing in it, else a sorted array."""

import sys
from array import array
from base64 import b64decode, b64encode
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator


class Ids:
    """A set of 64-bit ids in order, some bytes large where they follow each other without a gap."""

    __slots__ = ("_ids",)

    def __init__(self, runs: Iterable[tuple[int, int]] = ()) -> None:
        ranges = [range(first, last + 1) for first, last in runs]
        self._ids: range | array[int] = ranges[0] if len(ranges) == 1 else array("q", _chain(ranges))

    @classmethod
    def unpacked(cls, text: str) -> "Ids":
        """What `packed` gave. Raises `ValueError` for what is no such text."""
        ids, listed = cls(), array("q")
        listed.frombytes(b64decode(text, validate=True))
        ids._ids = _little(listed)
        return ids

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[int]:
        return iter(self._ids)

    def __contains__(self, id: int) -> bool:
        if isinstance(self._ids, range):
            return id in self._ids
        place = bisect_left(self._ids, id)
        return place < len(self._ids) and self._ids[place] == id

    def add(self, id: int) -> None:
        """Add an id that is not in it."""
        if not self._ids:
            self._ids = range(id, id + 1)
        elif isinstance(self._ids, range) and id == self._ids.stop:
            self._ids = range(self._ids.start, id + 1)
        else:
            ids = self._listed()
            ids.insert(bisect_left(ids, id), id)

    def remove(self, id: int) -> None:
        """Take out an id that is in it."""
        ids = self._listed()
        del ids[bisect_left(ids, id)]

    def below(self, limit: int | None) -> Iterator[int]:
        """Highest first, all under `limit`."""
        end = len(self._ids) if limit is None else bisect_left(self._ids, limit)
        return (self._ids[place] for place in range(end - 1, -1, -1))

    def above(self, limit: int | None) -> list[int]:
        """Lowest first, all over `limit`."""
        return list(self._ids if limit is None else self._ids[bisect_right(self._ids, limit) :])

    def runs(self) -> tuple[tuple[int, int], ...]:
        """First and last of each stretch without a gap."""
        if isinstance(self._ids, range):
            return ((self._ids.start, self._ids.stop - 1),) if self._ids else ()
        runs: list[tuple[int, int]] = []
        for id in self._ids:
            if runs and runs[-1][1] == id - 1:
                runs[-1] = (runs[-1][0], id)
            else:
                runs.append((id, id))
        return tuple(runs)

    def packed(self) -> str:
        """Eight bytes an id, little-endian, as base64: a third of what runs take where no id follows another."""
        return b64encode(_little(array("q", self._ids)).tobytes()).decode()

    def _listed(self) -> "array[int]":
        if isinstance(self._ids, range):
            self._ids = array("q", self._ids)
        return self._ids


def _little(ids: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        ids.byteswap()
    return ids


def _chain(ranges: list[range]) -> Iterator[int]:
    return (id for ids in ranges for id in ids)
