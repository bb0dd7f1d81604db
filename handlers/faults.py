"""Pure: which faults are told now. The first of a cause at once, the others of an hour together; never a storm."""

from collections import OrderedDict, deque
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

WINDOW = timedelta(hours=1)
KEPT = 200
"""Causes that are told apart; of more the oldest are forgotten, and begin anew."""
TOLD = 10
"""Messages in a window, whatever fails: more would hide what they say. The others are told when there is room."""


@dataclass(frozen=True)
class Fault:
    """What to tell: `note` is the last one of its cause, of which `count` were not told yet."""

    cause: str
    note: str
    count: int


@dataclass(frozen=True)
class _Group:
    note: str
    untold: int = 0
    told: datetime | None = None


class Faults:
    """What failed since it was made, in memory that does not grow with it."""

    def __init__(self) -> None:
        self._groups: OrderedDict[str, _Group] = OrderedDict()
        self._told: deque[datetime] = deque(maxlen=TOLD)

    def add(self, cause: str, note: str, count: int = 1) -> None:
        before = self._groups.get(cause, _Group(note))
        self._groups[cause] = replace(before, note=note, untold=before.untold + count)
        while len(self._groups) > KEPT:
            self._groups.popitem(last=False)

    def due(self, now: datetime) -> list[Fault]:
        """What is to be told now, and counts as told. Each cause once in a window."""
        found = []
        for cause, group in list(self._groups.items()):
            if group.told is not None and now - group.told < WINDOW:
                continue
            if not group.untold:
                del self._groups[cause]
            elif self._room(now):
                found.append(Fault(cause, group.note, group.untold))
                self._groups[cause] = replace(group, untold=0, told=now)
                self._told.append(now)
        return found

    def take_back(self, fault: Fault) -> None:
        """Nobody could be told: it is due again."""
        group = self._groups.get(fault.cause, _Group(fault.note))
        self._groups[fault.cause] = replace(group, untold=group.untold + fault.count, told=None)

    def _room(self, now: datetime) -> bool:
        return len(self._told) < TOLD or now - self._told[0] >= WINDOW
