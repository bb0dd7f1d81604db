"""An admin's words to everybody who may be written to, put into the outbox a stretch of chats at a time.

The deliveries of a stretch and `Broadcast.reached` are one commit, so a process that dies goes on after the last chat
of which it had decided: nobody is asked twice, nobody is passed over. People and chats are gone through together by
Telegram's ids, of which a person and their private chat have the same, so who is both gets it once.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from summaries.archive.store import BROADCASTS, PEOPLE, SUBSCRIBERS, Put, Store
from summaries.making import reachable
from summaries.models import Broadcast, Delivery, Person, Subscriber, instant
from summaries.outbox import Outbox

CHUNK = 200
"""Deliveries in a commit: with 500 the loop stands still for a tenth of a second now and then, and it is no faster."""

_NOBODY = 0


@dataclass(frozen=True)
class Standing:
    """How far a broadcast is; of `broadcast.chats`, `waiting` have not got it yet, and will not once it is stopped."""

    broadcast: Broadcast
    sent: int
    failed: int
    doubt: int
    waiting: int

    @property
    def under_way(self) -> bool:
        return self.broadcast.stopped is None and (not self.broadcast.done or self.waiting > 0)


class Broadcasting:
    """Of one desk. Coroutines raise `DiskError` where the disk refuses; then it goes on at the next `spread`."""

    def __init__(self, store: Store, outbox: Outbox, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._outbox = outbox
        self._clock = clock
        self._spreading = asyncio.Lock()
        self._changing = asyncio.Lock()

    async def audience(self) -> int:
        """How many chats would get it now. Reads every chat and person."""
        return sum([wanted async for _, wanted in self._everybody(None)])

    async def begin(self, text: str, by: int) -> Broadcast:
        """Keep the words; `spread` does the rest, in this process or in the next."""
        begun = Broadcast(self._store.next_id(BROADCASTS), text, by, instant(self._clock()), done=False)
        await self._store.commit([Put(BROADCASTS, begun)])
        return begun

    async def stop(self, id: int) -> Broadcast | None:
        """Whoever has not got it will not: what waits in the outbox is dropped at its turn. None where it is gone."""
        async with self._changing:
            before = await self._store.get(BROADCASTS, id)
            if before is None or before.stopped is not None:
                return before
            after = replace(before, done=True, stopped=instant(self._clock()))
            await self._store.commit([Put(BROADCASTS, after)])
            return after

    async def spread(self, now: datetime) -> int:
        """Put what was begun into the outbox, up to the last chat. Returns how many deliveries that gave."""
        async with self._spreading:
            begun = [each async for each in self._store.rows(BROADCASTS) if not each.done]
            return sum([await self._spread(each, now) for each in begun])

    async def last(self, most: int) -> list[Standing]:
        """The newest, and how far each is."""
        return [await self._standing(each) for each in await self._store.newest(BROADCASTS, most)]

    async def standing(self, id: int) -> Standing | None:
        found = await self._store.get(BROADCASTS, id)
        return await self._standing(found) if found else None

    async def reaches(self, broadcast: int, chat: int) -> bool:
        """Whether a chat is still to get it."""
        found = await self._store.get(BROADCASTS, broadcast)
        if found is None or found.stopped is not None:
            return False
        here, person = await self._store.get(SUBSCRIBERS, chat), await self._store.get(PEOPLE, chat)
        return (here is not None or person is not None) and gets(here, person)

    # --- inside

    async def _standing(self, each: Broadcast) -> Standing:
        ended = await self._outbox.tally_of(each.id)
        waiting = each.chats - ended.sent - ended.failed - ended.doubt
        return Standing(
            each, ended.sent, ended.failed, ended.doubt, waiting if each.stopped else waiting - ended.dropped
        )

    async def _spread(self, begun: Broadcast, now: datetime) -> int:
        made, rows, reached = 0, list[Delivery](), begun.reached
        waiting = Delivery(0, _NOBODY, "broadcast", instant(now), about=begun.id)
        async for reached, wanted in self._everybody(begun.reached):
            if wanted:
                rows.append(replace(waiting, chat=reached))
            if len(rows) == CHUNK:
                if not await self._hand_over(begun.id, rows, reached):
                    return made
                made, rows = made + CHUNK, []
        return made + len(rows) if await self._hand_over(begun.id, rows, reached, done=True) else made

    async def _hand_over(self, id: int, rows: list[Delivery], reached: int | None, *, done: bool = False) -> bool:
        """False where it was stopped meanwhile."""
        async with self._changing:
            before = await self._store.get(BROADCASTS, id)
            if before is None or before.done:
                return False
            after = replace(before, reached=reached, chats=before.chats + len(rows), done=done)
            await self._outbox.add(rows, Put(BROADCASTS, after))
            return True

    async def _everybody(self, above: int | None) -> AsyncIterator[tuple[int, bool]]:
        """The ids of all chats and people over `above`, lowest first, each once; and whether they get it."""
        chats, people = self._store.rows(SUBSCRIBERS, above=above), self._store.rows(PEOPLE, above=above)
        chat, person = await anext(chats, None), await anext(people, None)
        while chat is not None or person is not None:
            id = min(each.id for each in (chat, person) if each is not None)
            here = chat if chat is not None and chat.id == id else None
            who = person if person is not None and person.id == id else None
            yield id, gets(here, who)
            chat = await anext(chats, None) if here else chat
            person = await anext(people, None) if who else person


def gets(chat: Subscriber | None, person: Person | None) -> bool:
    """Whether a chat gets broadcasts, by what is kept of it and of its person; of a channel, only one with digests.

    Who waits to be let in is told nothing.
    """
    if person is not None and person.access in ("blocked", "waiting"):
        return False
    if chat is None:
        return True
    subscribed = any(each.slots or each.taste.at_once for each in chat.subscriptions)
    return reachable(chat) and (chat.kind != "channel" or subscribed)
