"""Digests that fall due become deliveries: chosen, told and marked as served in one commit, a batch of chats at a time.

Which chats are due is known by the minute (`due_index`), what there is to tell is read once for all of them
(`considered`), and both are derived: a process that dies between two batches finds the rest due when it comes back.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from summaries.archive.store import TOLD, Store
from summaries.considered import Considered
from summaries.due_index import DueIndex
from summaries.errors import BackchannelError
from summaries.making import AGAIN, Making, next_of, reachable, subjects_of
from summaries.models import Delivery, Subscriber, Subscription, Told, ToldTopic
from summaries.outbox import Outbox
from summaries.subscribers import Subscribers, subscription_of
from summaries.threads.candidates import Candidates
from summaries.threads.choose import Choice, choose
from summaries.threads.due import GRACE, fallen, loud_from

logger = logging.getLogger(__name__)

MOST = 8
"""Stories in a digest where neither the reader nor the desk says otherwise."""
BATCH = 100
"""Chats in a commit. People who change their settings meanwhile wait for one batch at most."""
AT_ONCE = timedelta(hours=12)
"""How old news may be that comes at once."""
AT_ONCE_MOST = 3
"""Stories in one message that comes at once."""
REMEMBERED = 2_000
"""Choices that are kept for the next reader of the same tastes who was told the same."""

Make = Callable[[Making, datetime], Awaitable[None]]
Admit = Callable[[Subscriber], Awaitable[bool]]


async def _all(_: Subscriber) -> bool:
    return True


class Digesting:
    """Of one desk. `most` is the number of stories in a digest of the desk. Coroutines raise `DiskError`.

    `admits` says who may have anything sent: nothing falls due for the others, and what they have set stays. Where it
    comes to say yes of somebody, `noticed` is to be told.
    """

    def __init__(
        self,
        store: Store,
        subscribers: Subscribers,
        outbox: Outbox,
        clock: Callable[[], datetime],
        most: int = MOST,
    ) -> None:
        self.most = most
        self.admits: Admit = _all
        self._store = store
        self._subscribers = subscribers
        self._outbox = outbox
        self._clock = clock
        self._due = DueIndex()
        self._held = DueIndex()
        self._eager: dict[int, frozenset[str | int]] = {}
        self._pushed_upto = 0
        self._considered = Considered(store)
        self._choices: dict[object, Choice] = {}
        self._turn = 0
        self._ticked: datetime | None = None
        self._away = False
        self._loaded = False
        self._loading = asyncio.Lock()
        subscribers.on_change(self.noticed)

    @property
    def held(self) -> int:
        """Bytes of memory by which it is known when each chat is due."""
        return self._due.weight + self._held.weight

    # --- what falls due

    async def fall_due(self, now: datetime) -> int:
        """Make the digests that fell due by `now`. Returns how many deliveries that gave.

        What nobody has anything new to read in is served without one. Where the disk refuses, what was not made yet
        is due again at the next call.
        """
        await self._load(now)
        self._away = self._ticked is None or now - self._ticked > GRACE
        self._ticked = now
        return await self._in_batches(self._due, now, self._digests)

    async def push(self, now: datetime) -> int:
        """Make what comes at once: what is new in what is followed, outside quiet hours. Returns how many deliveries.

        What may not come yet is looked at again when it may.
        """
        await self._load(now)
        await self._considered.refresh(now)
        for chat in await self._touched():
            self._held.add(chat, now - timedelta(minutes=1))
        return await self._in_batches(self._held, now, self._news)

    async def take_back(self, row: Delivery) -> None:
        """What has not arrived of a digest or of news was not told: it is chosen from again. More often is no harm."""
        missing = row.picks[row.cuts[row.part] if row.part < len(row.cuts) else 0 :]
        if not missing:
            return
        async with self._subscribers.still():
            making = Making(Subscriber(row.chat), await self._store.get(TOLD, row.chat) or Told(row.chat))
            making.take_back(row.topic, missing)
            if changes := making.changes():
                await self._store.commit(changes)

    # --- what can be asked

    async def preview(self, chat: int, topic: int, now: datetime) -> Choice:
        """What the next digest would say if it were due now. Changes nothing."""
        await self._considered.refresh(now)
        subscriber = await self._subscribers.known(chat)
        making = Making(subscriber, await self._store.get(TOLD, chat) or Told(chat))
        return await self._choice(subscription_of(subscriber, topic), making.topic(topic), now)

    async def next_due(self, chat: int, topic: int = 0) -> datetime | None:
        """When the next digest of a topic comes, aware UTC; None where none does."""
        subscriber = await self._subscribers.get(chat)
        if subscriber is None or not reachable(subscriber):
            return None
        return next_of([subscription_of(subscriber, topic)], self._clock())

    def noticed(self, subscriber: Subscriber) -> None:
        """What is kept of a chat is another than before."""
        self._eager.pop(subscriber.id, None)
        if not reachable(subscriber):
            return
        due = next_of(subscriber.subscriptions, self._clock())
        if due is not None:
            self._due.add(subscriber.id, due)
        if subjects := subjects_of(subscriber):
            self._eager[subscriber.id] = subjects

    # --- batches

    async def _load(self, now: datetime) -> None:
        """Learn once what is kept of every chat. What changes while it is read is noticed twice, which is no harm."""
        async with self._loading:
            if not self._loaded:
                async for subscriber in self._subscribers.all():
                    self.noticed(subscriber)
                await self._considered.refresh(now)
                self._pushed_upto = self._considered.at(now - AT_ONCE)
                self._loaded = True

    async def _in_batches(self, index: DueIndex, now: datetime, make: Make) -> int:
        chats, made = index.take(now), 0
        if chats:
            await self._considered.refresh(now)
        try:
            while chats:
                made += await self._batch(chats[:BATCH], now, make)
                del chats[:BATCH]
        finally:
            for chat in chats:
                index.add(chat, now)
        return made

    async def _batch(self, chats: Sequence[int], now: datetime, make: Make) -> int:
        async with self._subscribers.still():
            makings = [found for chat in chats if (found := await self._made(chat, now, make)) is not None]
            changes = [change for making in makings for change in making.changes()]
            deliveries = [row for making in makings for row in making.deliveries]
            if changes:
                await self._outbox.add(deliveries, *changes)
        for making in makings:
            self.noticed(making.subscriber)
            if making.held_until is not None:
                self._held.add(making.subscriber.id, making.held_until)
        return len(deliveries)

    async def _made(self, chat: int, now: datetime, make: Make) -> Making | None:
        """None for who is out of reach. A chat on which something breaks is tried again later, and delays nobody."""
        try:
            subscriber = await self._subscribers.get(chat)
            if subscriber is None or not reachable(subscriber) or not await self.admits(subscriber):
                return None
            making = Making(subscriber, await self._store.get(TOLD, chat) or Told(chat))
            await make(making, now)
            return making
        except BackchannelError:
            raise
        except Exception:
            logger.exception("no digest for chat %d; it is tried again in an hour", chat)
            self._due.add(chat, now + AGAIN)
            return None

    # --- one chat

    async def _digests(self, making: Making, now: datetime) -> None:
        for subscription in making.subscriber.subscriptions:
            for slot in subscription.slots:
                found = fallen(subscription, slot, now)
                if found is not None and found.late:
                    making.late(subscription.topic, slot, found)
                    if self._away:  # not of a chat that was away
                        await self._outbox.skipped(found.at)
                elif found is not None:
                    told = making.topic(subscription.topic)
                    choice = await self._choice(subscription, told, now)
                    id = self._outbox.new_id() if choice.picks else 0
                    making.digest(subscription.topic, slot, found, choice, now, id)

    async def _news(self, making: Making, now: datetime) -> None:
        for subscription in making.subscriber.subscriptions:
            if not subscription.taste.at_once or subscription.closed:
                continue
            told = making.topic(subscription.topic)
            resting = {subject: when + AGAIN for subject, when in told.pushed.items() if when + AGAIN > now}
            choice = await self._followed(subscription, told, now, frozenset(resting))
            loud = loud_from(subscription, now)
            if "resting" in choice.why.values():
                making.hold(min(resting.values()))
            if choice.picks and loud > now:
                making.hold(loud)
            elif choice.picks:
                making.push(subscription, choice, now)

    async def _choice(self, subscription: Subscription, told: ToldTopic, now: datetime) -> Choice:
        after = self._considered.since(told, subscription, now)
        told, taste = await self._considered.known(told, subscription.taste, after)
        if self._turn != self._considered.turn:
            self._choices, self._turn = {}, self._considered.turn
        shown = frozenset(id for ids in told.briefings.values() for id in ids if id > after)
        marks = frozenset(told.stories.items() & self._considered.marks())
        key = (taste, self.most, after, shown, marks)
        if key not in self._choices:
            if len(self._choices) >= REMEMBERED:
                self._choices.clear()
            self._choices[key] = choose(
                self._considered.candidates,
                taste,
                told,
                most=taste.most or self.most,
                after=after,
                news=self._considered.news,
            )
        return self._choices[key]

    async def _followed(
        self, subscription: Subscription, told: ToldTopic, now: datetime, resting: frozenset[int]
    ) -> Choice:
        begins = max(now - AT_ONCE, subscription.at_once_since or now - AT_ONCE)
        after = max(told.upto, self._considered.at(begins))
        told, taste = await self._considered.known(told, subscription.taste, after)
        return choose(
            self._considered.candidates,
            taste,
            told,
            most=AT_ONCE_MOST,
            after=after,
            news=self._considered.news,
            only_followed=True,
            resting=resting,
        )

    async def _touched(self) -> list[int]:
        """The chats that follow something that is new since the last time."""
        fresh = Candidates(self._considered.candidates.after(self._pushed_upto).found)
        self._pushed_upto = max(self._pushed_upto, fresh.highest)
        stories = {one.story for one in fresh.all}
        found = []
        for chat, subjects in list(self._eager.items()) if fresh.all else ():
            for subject in subjects:
                new = (
                    fresh.speaking_of(subject)
                    if isinstance(subject, str)
                    else await self._considered.story_now(subject)
                )
                if new and (isinstance(subject, str) or new in stories):
                    found.append(chat)
                    break
        return found
