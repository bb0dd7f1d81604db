"""What there is to count, of desks with known contents."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from summaries import ledger
from summaries.archive.store import BRIEFINGS, PEOPLE, SOURCES, SUBSCRIBERS, Delete, Put, open_store
from summaries.archive.tiny import TinyStore
from summaries.desk import Desk, open_desk
from summaries.figures import DAYS, figures, most_brought
from summaries.models import Delivery, Health, Person, Slot, Source, Subscriber, Subscription
from tests.newsstand import NOW, Clock
from tests.rows import briefing

DIGESTS = (Subscription(slots=(Slot(1, 480),)),)
TODAY = NOW.date()


def source(id: int, kept: dict[int, int], name: str = "") -> Source:
    """`kept`: so many, so many days ago."""
    days = {(TODAY - timedelta(days=back)).isoformat(): count for back, count in kept.items()}
    return Source(id, f"https://s{id}.example/feed", NOW, name=name, health=Health(kept=days))


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    desk = await open_desk(f"tinydb:{tmp_path}", clock=Clock())
    yield desk
    await desk.close()


async def test_of_an_empty_desk(desk: Desk) -> None:
    found = await figures(desk, NOW)

    assert (found.briefings, found.stories, found.today, found.week, found.month, found.brought) == (0, 0, 0, 0, 0, ())
    assert (found.people, found.chats, found.subscribed, found.sources) == (0, 0, 0, 0)
    assert found.days[-1] == TODAY
    assert len(found.days) == len(found.articles) == len(found.deliveries) == DAYS
    assert found.size > 0


async def test_articles_count_by_the_day_on_which_they_came(tmp_path: Path) -> None:
    clock = Clock()
    store = await TinyStore.open(tmp_path, clock=clock)
    id = 0
    for back, count in ((40, 2), (29, 3), (6, 4), (0, 5)):
        clock.now = NOW - timedelta(days=back)
        for _ in range(count):
            id += 1
            await store.commit([Put(BRIEFINGS, briefing(id))])
    await store.commit([Delete(BRIEFINGS, id)])
    days = {TODAY - timedelta(days=back): count for back, count in ((40, 2), (29, 3), (6, 4), (0, 4))}
    assert store.by_day(BRIEFINGS) == days
    await store.close()

    desk = await open_desk(f"tinydb:{tmp_path}", clock=clock)
    assert desk.store.by_day(BRIEFINGS) == days
    found = await figures(desk, NOW)
    assert (found.briefings, found.today, found.week, found.month) == (13, 4, 8, 11)
    assert [count for count in found.articles if count] == [3, 4, 4]
    await desk.close()


async def test_people_and_chats(desk: Desk) -> None:
    await desk.store.commit(Put(PEOPLE, Person(id)) for id in (1, 2, 3))
    chats = (
        Subscriber(1, subscriptions=DIGESTS),
        Subscriber(2),
        Subscriber(3, subscriptions=DIGESTS, suspended="blocked"),
        Subscriber(-4, "group", subscriptions=DIGESTS),
        Subscriber(-5, "group", left=NOW),
    )
    await desk.store.commit(Put(SUBSCRIBERS, chat) for chat in chats)
    found = await figures(desk, NOW)

    assert (found.people, found.chats, found.subscribed) == (3, 3, 2)


async def test_deliveries_by_the_day_on_which_they_ended(desk: Desk) -> None:
    await desk.outbox.add(Delivery(0, chat, "digest", NOW) for chat in range(1, 6))
    taken = [await desk.outbox.next(NOW) for _ in range(4)]
    sending = [ledger.sending(row, "", (0,)) for row in taken if row is not None]
    desk.outbox.settle(ledger.arrived(sending[0], 1, NOW - timedelta(days=1)))
    desk.outbox.settle(ledger.arrived(sending[1], 1, NOW))
    desk.outbox.settle(ledger.failed(sending[2], "blocked", NOW))
    desk.outbox.settle(ledger.doubtful(sending[3], "cut", NOW))
    found = await figures(desk, NOW)

    assert [(day.sent, day.failed, day.doubt) for day in found.deliveries[-2:]] == [(1, 0, 0), (1, 1, 1)]
    assert (found.outbox.pending, found.outbox.doubt) == (1, 1)


async def test_sources_come_by_what_they_brought(tmp_path: Path) -> None:
    store = await open_store(f"tinydb:{tmp_path}")
    rows = [source(1, {0: 2, 29: 1}), source(2, {1: 9}, "The Tarn Mail"), source(3, {30: 50}), source(4, {0: 3})]
    await store.commit(Put(SOURCES, row) for row in rows)
    await store.close()
    desk = await open_desk(f"tinydb:{tmp_path}", clock=Clock())
    found = await figures(desk, NOW)
    await desk.close()

    assert [(one.source, one.total) for one in found.brought] == [(2, 9), (1, 3), (4, 3)]
    assert [one.name for one in found.brought[:2]] == ["The Tarn Mail", "https://s1.example/feed"]
    assert (found.brought[1].articles[0], found.brought[1].articles[-1]) == (1, 2)
    assert found.sources == 4
    assert most_brought([], found.days) == ()
