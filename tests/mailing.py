"""A desk with people to write to, a crowd that gets it, and a deliverer between them, in a time of its own."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from telegram import Bot

from bot.delivery import Deliverer, at_once
from bot.pacing import FREE, Pace
from bot.transport import broadcasts_request
from handlers.document import paragraph
from handlers.letters import Composer, Letter
from handlers.looks.choice import Looks
from summaries.archive.store import OUTBOX, SUBSCRIBERS, Put
from summaries.desk import Desk, open_desk
from summaries.models import Delivery, DeliveryKind, Pick, Slot, State, Subscriber, Subscription
from tests.crowd import TOKEN, Crowd, serving
from tests.loopback import FakeTime

BEGINNING = datetime(2031, 5, 20, 6, tzinfo=UTC)
ADMIN = 901


async def numbered(desk: Desk, row: Delivery, chat: Subscriber) -> Letter:
    """A story for each pick, long enough that some make several parts where they are asked to be."""
    stories = tuple(
        (paragraph(f"Story {pick.story} of {row.id}. " + "The ferry sails again. " * pick.outlets),)
        for pick in row.picks
    )
    return Letter((paragraph(f"Digest {row.id}"),), stories)


COMPOSERS: Mapping[DeliveryKind, Composer] = {"digest": numbered, "push": numbered}


class Time(FakeTime):
    """Seconds for the pace, and the moment that they are."""

    def moment(self) -> datetime:
        return BEGINNING + timedelta(seconds=self.seconds - 1000.0)


@dataclass
class Mailing:
    desk: Desk
    crowd: Crowd
    time: Time
    deliverer: Deliverer
    pace: Pace
    looks: Looks

    async def digests(self, chats: Iterable[int], *, lengths: tuple[int, ...] = (1,), topic: int = 0) -> list[int]:
        """Deliveries to these chats, with a story of so many sentences for each of `lengths`; their ids."""
        picks = tuple(Pick(number, (number,), outlets=length) for number, length in enumerate(lengths, 1))
        first = self.desk.store.highest(OUTBOX) + 1
        rows = [
            Delivery(0, chat, "digest", self.time.moment(), topic=topic, slot=1, due=self.time.moment(), picks=picks)
            for chat in chats
        ]
        await self.desk.outbox.add(rows)
        return list(range(first, first + len(rows)))

    async def sent(self) -> None:
        """Everything that waits is sent, or has come to another end."""
        await self.deliverer.settle()

    async def state(self, id: int) -> State:
        row = await self.desk.outbox.delivery(id)
        assert row is not None
        return row.state

    async def row(self, id: int) -> Delivery:
        row = await self.desk.outbox.delivery(id)
        assert row is not None
        return row


async def subscribe(desk: Desk, chats: Iterable[int], **fields: Any) -> None:
    """Private chats and groups with a digest for themselves and for topics 5 and 6."""
    there = tuple(Subscription(topic, slots=(Slot(1, 480),)) for topic in (0, 5, 6))
    made = (Subscriber(chat, "private" if chat > 0 else "supergroup", subscriptions=there, **fields) for chat in chats)
    await desk.store.commit([Put(SUBSCRIBERS, one) for one in made])


@asynccontextmanager
async def mailing(
    folder: Path,
    *,
    a_second: int = FREE,
    crowd: Crowd | None = None,
    composers: Mapping[DeliveryKind, Composer] = COMPOSERS,
    makers: tuple[Callable[[datetime], Awaitable[object]], ...] = (),
    begin: bool = True,
) -> AsyncIterator[Mailing]:
    time = Time()
    desk = await open_desk(f"tinydb:{folder}", clock=time.moment)
    crowd = crowd or Crowd()
    crowd.clock = time.now
    request = broadcasts_request(connections=at_once(a_second))
    async with serving(crowd):
        await request.initialize()
        bot = Bot(TOKEN, crowd.base_url, request=request, get_updates_request=request)
        pace, looks = Pace(a_second), Looks(desk.subscribers)
        deliverer = Deliverer(
            bot,
            desk,
            composers,
            looks,
            pace,
            makers=makers,
            admins=frozenset({ADMIN}),
            paid=a_second > FREE,
            clock=time.moment,
            timer=time.now,
            pause=time.sleep,
        )
        if begin:
            deliverer.start()
        try:
            yield Mailing(desk, crowd, time, deliverer, pace, looks)
        finally:
            await deliverer.drain()
            await request.shutdown()
            await desk.close()
