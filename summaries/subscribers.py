"""The chats that the bot knows, and what is kept of each; the only writer, with `digesting` while it stands `still`."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta

from msgspec.structs import replace

from summaries.archive.store import SUBSCRIBERS, TOLD, Change, Delete, Put, Store
from summaries.models import Subscriber, Subscription, instant
from summaries.threads.due import rescheduled

Edit = Callable[[Subscriber], Subscriber]
"""A pure function of what is there. Returning its argument changes nothing, and nothing is written."""

Listener = Callable[[Subscriber], None]

KEPT = timedelta(days=90)
"""How long a chat's settings wait for its return."""

BARRED = "barred"
"""`Subscriber.suspended` of somebody whom the admins blocked: only they end it."""

_OUT_OF_REACH = ("blocked", "deactivated", "kicked", "not found")


class Subscribers:
    """Of one desk. Coroutines raise `DiskError` where the disk refuses."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._changing = asyncio.Lock()
        self._listeners: list[Listener] = []

    def on_change(self, listener: "Listener") -> None:
        """Call `listener` with each chat of which something else is kept than before, once it is on the disk."""
        self._listeners.append(listener)

    def still(self) -> asyncio.Lock:
        """Nobody else changes anything while this is held."""
        return self._changing

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
            known = before or await self.known(chat)
            after = timed(known, edit(known), instant(self._clock()))
            if after != before:
                await self._store.commit([Put(SUBSCRIBERS, after)])
                self._tell(after)
            return after

    async def move(self, old: int, new: int) -> Subscriber | None:
        """A group became a supergroup: everything is carried along. None where nothing is known of it.

        Telegram says so twice, in either order: the second time changes nothing.
        """
        async with self._changing:
            before, told = await self.get(old), await self._store.get(TOLD, old)
            if before is None:
                return await self.get(new)
            after = carried_along(before, await self.get(new), new)
            carried: list[Change] = [Put(TOLD, replace(told, id=new)), Delete(TOLD, old)] if told is not None else []
            await self._store.commit([Put(SUBSCRIBERS, after), Delete(SUBSCRIBERS, old), *carried])
            self._tell(after)
            return after

    async def bar(self, chat: int, *, barred: bool) -> Subscriber:
        """Send nothing to it until that is taken back; what it has set stays."""
        now = instant(self._clock())
        return await self.change(chat, lambda before: as_barred(before, now) if barred else not_barred(before))

    async def housekeeping(self, now: datetime) -> int:
        """Forget the chats that were out of reach for `KEPT`; how many there were."""
        old = [each.id async for each in self.all() if outdated(each, now)]
        for chat in old:
            async with self._changing:
                found = await self.get(chat)
                if found is not None and outdated(found, now):  # it may have come back meanwhile
                    await self._take_out(chat)
        return len(old)

    async def forget(self, chat: int, *beside: Change) -> None:
        """Take out all that is kept of a chat, and commit what belongs to that."""
        async with self._changing:
            await self._take_out(chat, *beside)

    async def _take_out(self, chat: int, *beside: Change) -> None:
        await self._store.commit([Delete(SUBSCRIBERS, chat), Delete(TOLD, chat), *beside])
        self._tell(Subscriber(chat))

    def _tell(self, subscriber: Subscriber) -> None:
        for listener in self._listeners:
            listener(subscriber)


def timed(before: Subscriber, after: Subscriber, now: datetime) -> Subscriber:
    """`after` with what changed in it told from when on it counts: times of digests, and what comes at once."""

    def begun(subscription: Subscription) -> Subscription:
        old = subscription_of(before, subscription.topic)
        subscription, taste = rescheduled(old, subscription, now), subscription.taste
        followed = (taste.at_once, taste.follow, taste.stories)
        if not taste.at_once or followed == (old.taste.at_once, old.taste.follow, old.taste.stories):
            return subscription
        return replace(subscription, at_once_since=now)

    return replace(after, subscriptions=tuple(map(begun, after.subscriptions)))


def carried_along(old: Subscriber, new: Subscriber | None, id: int) -> Subscriber:
    """The group `old` as the supergroup `id`; `new` is what was heard of that before, which may be all there is."""
    if new is not None and not (old.subscriptions or old.language or old.look):
        return new
    after = replace(old, id=id, kind="supergroup", suspended="", suspended_since=None, left=None)
    if new is None:
        return after
    managers = tuple(dict.fromkeys((*old.managers, *new.managers)))
    return replace(after, managers=managers, added_by=old.added_by or new.added_by)


def as_barred(before: Subscriber, now: datetime) -> Subscriber:
    return before if before.suspended == BARRED else replace(before, suspended=BARRED, suspended_since=now)


def not_barred(before: Subscriber) -> Subscriber:
    return replace(before, suspended="", suspended_since=None) if before.suspended == BARRED else before


def outdated(subscriber: Subscriber, now: datetime) -> bool:
    """Whether the chat was out of reach for so long that its settings are forgotten. A missing right is no absence."""
    since = subscriber.left
    if since is None and subscriber.suspended in _OUT_OF_REACH:
        since = subscriber.suspended_since
    return since is not None and now - since > KEPT


def subscription_of(subscriber: Subscriber, topic: int = 0) -> Subscription:
    """What is sent to a topic; one without slots where nothing is."""
    found = (each for each in subscriber.subscriptions if each.topic == topic)
    return next(found, Subscription(topic))


def with_subscription(subscriber: Subscriber, subscription: Subscription) -> Subscriber:
    """The subscription in the place of the one of its topic."""
    others = tuple(each for each in subscriber.subscriptions if each.topic != subscription.topic)
    return replace(subscriber, subscriptions=(*others, subscription))
