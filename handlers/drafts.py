"""What is shown before it is done: kept in memory under an id that a button can carry, for an hour.

A restart forgets it all; the ids are drawn at random, so that no old button leads to somebody else's draft.
"""

import secrets
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import TypeVar

from handlers.press import HIGHEST

T = TypeVar("T")

LIFETIME = timedelta(hours=1)
MOST = 200
"""Drafts of everybody together; the oldest goes first."""


class Drafts:
    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[int, tuple[datetime, object]] = OrderedDict()

    def keep(self, draft: object, now: datetime) -> int:
        """The id under which `find` gives it back."""
        id = secrets.randbelow(HIGHEST - 1) + 1
        self._kept[id] = now, draft
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return id

    def find(self, id: int, kind: type[T], now: datetime) -> T | None:
        """None where it is gone, too old, or another kind of draft."""
        kept, draft = self._kept.get(id, (now, None))
        return draft if isinstance(draft, kind) and now - kept <= LIFETIME else None

    def drop(self, id: int) -> None:
        self._kept.pop(id, None)
