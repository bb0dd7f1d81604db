"""The queue of updates and its long poll (Bot API, "getUpdates")."""

import asyncio
from collections import deque
from collections.abc import Collection
from itertools import islice

from bot.local.limits import UPDATES_A_POLL, conflict
from bot.local.world import Json

ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds of update that come only if they are asked for by name."""


class UpdateQueue:
    """Updates until they are confirmed. One poll at a time: a second one ends the first with 409, as at Telegram."""

    def __init__(self) -> None:
        self._pending: deque[Json] = deque()
        self._next_id = 1
        self._allowed: frozenset[str] = frozenset()
        self._poll: asyncio.Future[bool] | None = None
        self._confirmed: list[asyncio.Future[None]] = []

    def __len__(self) -> int:
        return len(self._pending)

    def add(self, kind: str, body: Json) -> None:
        """Puts an update of `kind` (`message`, `callback_query`, …) behind the others, if the bot takes such."""
        if kind not in self._allowed if self._allowed else kind in ON_REQUEST:
            return
        self._pending.append({"update_id": self._next_id, kind: body})
        self._next_id += 1
        self._end_poll(more=True)

    def allow(self, kinds: Collection[str]) -> None:
        """Only these kinds from now on; none named: all but those that come on request."""
        self._allowed = frozenset(kinds)

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """The oldest unconfirmed updates, or what comes within `seconds`; those below `offset` are confirmed.

        A negative offset counts from the end and forgets what is before.
        """
        self._confirm(offset)
        self._end_poll(more=False)
        if not self._pending and seconds > 0:
            await self._wait(seconds)
        return list(islice(self._pending, limit if 0 < limit <= UPDATES_A_POLL else UPDATES_A_POLL))

    async def confirmed(self) -> None:
        """Returns when the bot has confirmed every update, that is, has taken it into its own hands."""
        if self._pending:
            self._confirmed.append(asyncio.get_running_loop().create_future())
            await self._confirmed[-1]

    def drop(self) -> None:
        self._pending.clear()
        self._tell_confirmed()

    def close(self) -> None:
        """Ends the waiting poll with what there is."""
        self._end_poll(more=True)

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            offset = self._pending[offset]["update_id"] if len(self._pending) >= -offset else 0
        while self._pending and self._pending[0]["update_id"] < offset:
            self._pending.popleft()
        if not self._pending:
            self._tell_confirmed()

    def _tell_confirmed(self) -> None:
        waiting, self._confirmed = self._confirmed, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    def _end_poll(self, *, more: bool) -> None:
        """Wakes the waiting poll: with its updates, or with the news that another one took its place."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(more)

    async def _wait(self, seconds: float) -> None:
        self._poll = poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                more = await poll
        except TimeoutError:
            return
        if not more:
            raise conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
