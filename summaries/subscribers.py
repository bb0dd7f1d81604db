"""The chats that the bot knows, and what is kept of each; the only writer of the table."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime

from msgspec.structs import replace

from summaries.archive.store import SUBSCRIBERS, TOLD, Change, Delete, Put, Store
from summaries.models import Subscriber, Subscription, instant

Edit = Callable[[Subscriber], Subscriber]
"""A pure function of what is there. Returning its argument changes nothing, and nothing is written."""


class Subscribers:
    """Of one desk. Coroutines raise `DiskError` where the disk refuses."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._changing = asyncio.Lock()

    async def get(self, chat: int) -> Subscriber | None:
        return await self._store.get(SUBSCRIBERS, chat)

    async def known(self, chat: int) -> Subscriber:
        """As it is kept, else as it would be kept first."""
        return await self.get(chat) or Subscriber(chat, since=instant(self._clock()))

    def all(self) -> AsyncIterator[Subscriber]:
        return self._store.rows(SUBSCRIBERS)

    async def change(self, chat: int, edit: Edit) -> Subscriber:
        """What `edit` makes of it, on the disk when this returns. Edits of all chats come one after the other."""
        async with self._changing:
            before = await self.get(chat)
            after = edit(before or await self.known(chat))
            if after != before:
                await self._store.commit([Put(SUBSCRIBERS, after)])
            return after

    async def move(self, old: int, new: int) -> Subscriber | None:
        """A group became a supergroup: everything is carried along. None where nothing is known of it.

        Telegram says so twice, in either order: the second time changes nothing.
        """
        async with self._changing:
            before, told = await self.get(old), await self._store.get(TOLD, old)
            if before is None:
                return await self.get(new)
            after = replace(before, id=new, kind="supergroup")
            carried: list[Change] = [Put(TOLD, replace(told, id=new)), Delete(TOLD, old)] if told is not None else []
            await self._store.commit([Put(SUBSCRIBERS, after), Delete(SUBSCRIBERS, old), *carried])
            return after

    async def forget(self, chat: int) -> None:
        """Take out all that is kept of a chat."""
        async with self._changing:
            await self._store.commit([Delete(SUBSCRIBERS, chat), Delete(TOLD, chat)])


def subscription_of(subscriber: Subscriber, topic: int = 0) -> Subscription:
    """What is sent to a topic; one without slots where nothing is."""
    found = (each for each in subscriber.subscriptions if each.topic == topic)
    return next(found, Subscription(topic))


def with_subscription(subscriber: Subscriber, subscription: Subscription) -> Subscriber:
    """The subscription in the place of the one of its topic."""
    others = tuple(each for each in subscriber.subscriptions if each.topic != subscription.topic)
    return replace(subscriber, subscriptions=(*others, subscription))
