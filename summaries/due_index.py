"""Which chats are due by the minute: derived from what is kept of each, and never trusted further than that.

An entry that is not true any more costs one look at its chat. So nothing is ever taken out, and a change only adds.
"""

import heapq
import sys
from array import array
from datetime import datetime


class DueIndex:
    """Some eight bytes a chat, in one array for each minute that something is due in."""

    def __init__(self) -> None:
        self._minutes: list[int] = []
        self._chats: dict[int, array[int]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._chats.values()))

    @property
    def weight(self) -> int:
        """Bytes that the entries take."""
        return sum(map(sys.getsizeof, self._chats.values()))

    def add(self, chat: int, due: datetime) -> None:
        """Name the chat in the first tick at or after `due`, aware."""
        minute = -int(-due.timestamp() // 60)
        chats = self._chats.get(minute)
        if chats is None:
            chats = self._chats[minute] = array("q")
            heapq.heappush(self._minutes, minute)
        chats.append(chat)

    def take(self, now: datetime) -> list[int]:
        """The chats that are due by `now`, those first that are due longest, each once. They are forgotten here."""
        found: dict[int, None] = {}
        minute = int(now.timestamp() // 60)
        while self._minutes and self._minutes[0] <= minute:
            found.update(dict.fromkeys(self._chats.pop(heapq.heappop(self._minutes))))
        return list(found)
