"""The ids that wait for their turn, in lanes and by the clock: a few bytes each, however many there are."""

import heapq
from array import array
from collections.abc import Iterator
from itertools import chain
from types import MappingProxyType

from summaries.models import DeliveryKind

LANES: MappingProxyType[DeliveryKind, int] = MappingProxyType({"word": 0, "digest": 1, "push": 1, "broadcast": 2})
"""What goes first: a broadcast to many thousands takes hours, and nobody's digest waits for it."""

_COMPACT = 8192


class Lane:
    """Ids in the order in which they were added."""

    def __init__(self) -> None:
        self._ids = array("q")
        self._at = 0

    def __len__(self) -> int:
        return len(self._ids) - self._at

    def __iter__(self) -> Iterator[int]:
        return (self._ids[place] for place in range(self._at, len(self._ids)))

    def add(self, id: int) -> None:
        self._ids.append(id)

    def lowest(self) -> int | None:
        return min(self._ids[self._at :], default=None)

    def take(self) -> int:
        """The first. What was taken is let go of when there is much of it."""
        id = self._ids[self._at]
        self._at += 1
        if self._at >= _COMPACT and 2 * self._at >= len(self._ids):
            del self._ids[: self._at]
            self._at = 0
        return id


class Queues:
    """Lanes, and beside them what waits until a moment (seconds of the epoch): that comes first once it has come."""

    def __init__(self) -> None:
        self._lanes = tuple(Lane() for _ in range(1 + max(LANES.values())))
        self._later: list[tuple[float, int]] = []

    def __len__(self) -> int:
        return sum(map(len, self._lanes)) + len(self._later)

    def __iter__(self) -> Iterator[int]:
        for lane in self._lanes:
            yield from lane
        yield from (id for _, id in self._later)

    def add(self, kind: DeliveryKind, id: int) -> None:
        self._lanes[LANES[kind]].add(id)

    def put_off(self, id: int, until: float) -> None:
        heapq.heappush(self._later, (until, id))

    def take(self, now: float) -> int | None:
        """The next one whose turn has come."""
        if self._later and self._later[0][0] <= now:
            return heapq.heappop(self._later)[1]
        return next((lane.take() for lane in self._lanes if lane), None)

    def lowest(self) -> int | None:
        """The lowest id of all; None where nothing waits."""
        lowest = (lane.lowest() for lane in self._lanes)
        return min((*(id for id in lowest if id is not None), *(id for _, id in self._later)), default=None)

    def first(self, kind: DeliveryKind) -> Iterator[int]:
        """Those of a kind's lane, the first first, then those of every kind that wait until a moment."""
        return chain(self._lanes[LANES[kind]], (id for _, id in self._later))

    @property
    def opens(self) -> float | None:
        """When the first of those that wait until a moment may go; None where none does."""
        return self._later[0][0] if self._later else None
