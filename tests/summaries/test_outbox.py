"""The ledger of deliveries: what is claimed, what a crash leaves, what is found again at the next start."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from summaries import ledger, outbox
from summaries.archive.store import BROADCASTS, LEDGER, OUTBOX, TALLIES, Put, Store, open_store
from summaries.errors import DiskError
from summaries.models import Broadcast, Delivery, Tally
from summaries.outbox import CRASHED, Counts, Outbox
from tests.newsstand import NOW, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await open_store(f"tinydb:{tmp_path}")
    yield store
    await store.close()


@pytest.fixture
async def box(store: Store, clock: Clock) -> Outbox:
    return await Outbox.open(store, clock)


def row(chat: int = 1, **fields: object) -> Delivery:
    return Delivery(0, chat, "digest", NOW, **fields)  # type: ignore[arg-type]


def rows(count: int) -> list[Delivery]:
    return [row(chat) for chat in range(1, count + 1)]


async def claimed(box: Outbox, count: int, parts: int = 1) -> list[Delivery]:
    """The next deliveries, durably on their way."""
    taken = [await box.next(NOW) for _ in range(count)]
    sending = [ledger.sending(each, "", tuple(range(parts))) for each in taken if each is not None]
    await box.claim(sending)
    return sending


async def test_the_ones_that_were_added_come_in_their_order(box: Outbox) -> None:
    await box.add(rows(3))

    assert [each.chat for each in await claimed(box, 3)] == [1, 2, 3]
    assert await box.next(NOW) is None


async def test_what_others_commit_is_found(box: Outbox, store: Store) -> None:
    """With ids that were given out before others, and committed after them."""
    early, late = store.next_id(OUTBOX), store.next_id(OUTBOX)
    await store.commit([Put(OUTBOX, Delivery(late, 2, "digest", NOW))])
    assert [each.id for each in await claimed(box, 1)] == [late]
    await store.commit([Put(OUTBOX, Delivery(early, 1, "digest", NOW))])

    assert [each.id for each in await claimed(box, 1)] == [early]


async def test_whoever_waits_for_news_is_told(box: Outbox) -> None:
    told = []
    box.on_news(lambda: told.append(1))
    await box.add([])
    await box.add(rows(1))

    assert told == [1]


async def test_in_hand_is_in_nobody_else_s(box: Outbox, store: Store) -> None:
    """Not even where its row is committed once more meanwhile."""
    await box.add(rows(1))
    (mine,) = await claimed(box, 1)
    await store.commit([Put(OUTBOX, mine)])

    assert await box.next(NOW) is None


async def test_what_is_claimed_is_on_the_disk_before_claim_returns(box: Outbox, store: Store) -> None:
    await box.add(rows(1))
    (mine,) = await claimed(box, 1)
    found = await store.get(OUTBOX, mine.id)

    assert found is not None
    assert found.state == "sending"


async def test_results_are_written_with_the_next_claim(box: Outbox, store: Store) -> None:
    await box.add(rows(2))
    (first,) = await claimed(box, 1)
    before = store.sequence
    box.settle(ledger.arrived(first, 31, NOW))
    await claimed(box, 1)

    assert store.sequence == before + 1
    assert [each.state async for each in store.rows(OUTBOX)] == ["sent", "sending"]


async def test_after_a_crash_what_was_sent_is_in_doubt_and_the_rest_waits(
    box: Outbox, store: Store, clock: Clock
) -> None:
    await box.add(rows(5))
    await claimed(box, 3)
    again = await Outbox.open(store, clock)

    assert [(each.chat, each.reason) for each in await again.doubtful()] == [(3, CRASHED), (2, CRASHED), (1, CRASHED)]
    assert again.counts() == Counts(2, 0, 3)
    assert [each.chat for each in await claimed(again, 5)] == [4, 5]
    assert (await again.tally(NOW.date())).missed == 3


async def test_after_a_crash_part_two_follows(box: Outbox, store: Store, clock: Clock) -> None:
    await box.add(rows(1))
    (mine,) = await claimed(box, 1, parts=2)
    box.settle(ledger.arrived(mine, 31, NOW))
    await box.flush()
    again = await Outbox.open(store, clock)
    found = await again.next(NOW)

    assert found is not None
    assert (found.part, found.cuts, found.messages) == (1, (0, 1), (31,))


async def test_doubt_outlives_starts_and_ends_when_somebody_asks(box: Outbox, store: Store, clock: Clock) -> None:
    await box.add(rows(2))
    first, _ = await claimed(box, 2)
    for _ in range(2):
        again = await Outbox.open(store, clock)
        assert again.counts().doubt == 2
        await again.close()

    assert await again.resend(first.id)
    assert not await again.resend(first.id)
    assert again.counts() == Counts(1, 0, 1)
    found = await again.next(NOW)
    assert found is not None
    assert found.chat == 1


async def test_what_is_put_off_comes_when_its_moment_has(box: Outbox) -> None:
    await box.add(rows(2))
    first = await box.next(NOW)
    assert first is not None
    later = NOW + timedelta(minutes=5)
    box.put_off(first, later)
    second = await box.next(NOW)

    assert second is not None
    assert second.chat == 2
    assert box.opens == later.timestamp()
    assert await box.next(NOW) is None
    found = await box.next(later)
    assert found is not None
    assert found.chat == 1


async def test_what_may_not_be_tried_yet_waits_after_a_start_too(box: Outbox, store: Store, clock: Clock) -> None:
    await box.add(rows(1))
    (mine,) = await claimed(box, 1)
    later = NOW + timedelta(minutes=5)
    box.settle(ledger.not_sent(mine, "slower", later))
    await box.flush()
    again = await Outbox.open(store, clock)

    assert await again.next(NOW) is None
    assert again.opens == later.timestamp()
    assert await again.next(later) is not None


async def test_where_the_disk_refuses_nothing_is_forgotten(
    box: Outbox, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await box.add(rows(2))
    (first,) = await claimed(box, 1)
    box.settle(ledger.arrived(first, 31, NOW))
    second = await box.next(NOW)
    assert second is not None

    async def full(changes: object) -> int:
        raise DiskError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(store, "commit", full)
        sending = ledger.sending(second, "", (0,))
        with pytest.raises(DiskError):
            await box.claim([sending])
        box.settle(ledger.not_sent(sending, "the disk is full"))
    await box.flush()

    assert [each.state async for each in store.rows(OUTBOX)] == ["sent", "pending"]
    assert await box.next(NOW) is not None


async def test_a_group_s_deliveries_follow_it(box: Outbox, store: Store) -> None:
    await box.add([row(-5), row(6), row(-5)])
    first = await box.next(NOW)
    assert first is not None

    assert await box.move(-5, -1005) == 1
    assert [each.chat async for each in store.rows(OUTBOX)] == [-5, 6, -1005]


async def test_how_a_day_went(box: Outbox) -> None:
    await box.add([*rows(4), Delivery(0, 9, "broadcast", NOW)])
    made = await claimed(box, 5)
    box.settle(ledger.arrived(made[0], 31, NOW))
    box.settle(ledger.failed(made[1], "blocked", NOW))
    box.settle(ledger.doubtful(made[2], "no answer", NOW))
    box.settle(ledger.dropped(ledger.not_sent(made[3], ""), "left", NOW))
    box.settle(ledger.arrived(made[4], 32, NOW))
    await box.flush()

    assert await box.tally(NOW.date()) == Tally(
        NOW.date().toordinal(), sent=2, failed=1, doubt=1, dropped=1, digests=1, missed=2
    )
    assert await box.tally(date(2020, 1, 1)) == Tally(date(2020, 1, 1).toordinal())


async def test_a_day_goes_on_after_a_start(box: Outbox, store: Store, clock: Clock) -> None:
    await box.add(rows(2))
    for each in await claimed(box, 2):
        box.settle(ledger.arrived(each, 31, NOW))
        await box.flush()
        box = await Outbox.open(store, clock)

    assert (await box.tally(NOW.date())).sent == 2


async def test_the_last_digest_of_a_topic(box: Outbox) -> None:
    await box.add([row(1), row(1, topic=5), row(2), row(1), Delivery(0, 1, "broadcast", NOW)])
    found = await box.last(1), await box.last(1, 5), await box.last(3)

    assert [each and each.id for each in found] == [4, 2, None]


async def test_a_start_reads_little_of_what_is_over(
    box: Outbox, store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "_FLOOR", 10)
    for _ in range(12):
        await box.add(rows(10))
        for each in await claimed(box, 10):
            box.settle(ledger.arrived(each, 31, NOW))
        await box.flush()
        clock.now += timedelta(minutes=3)
    kept = await store.get(LEDGER, 1)

    assert kept is not None
    assert 80 <= kept.floor <= 121
    await box.close()
    kept = await store.get(LEDGER, 1)
    assert kept is not None
    assert kept.floor == 121


async def test_a_row_that_was_committed_late_is_found_by_the_next_start(
    box: Outbox, store: Store, clock: Clock
) -> None:
    """Its id lies under where the ledger stood."""
    early = store.next_id(OUTBOX)
    await box.add(rows(3))
    for each in await claimed(box, 3):
        box.settle(ledger.arrived(each, 31, NOW))
    await box.close()
    await store.commit([Put(OUTBOX, Delivery(early, 1, "digest", NOW))])
    await box.close()
    again = await Outbox.open(store, clock)
    found = await again.next(NOW)

    assert found is not None
    assert found.id == early


async def test_more_than_the_store_remembers_is_found(
    box: Outbox, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await box.add(rows(4))
    await claimed(box, 1)
    await store.commit([Put(OUTBOX, Delivery(store.next_id(OUTBOX), 8, "digest", NOW))])
    monkeypatch.setattr(store, "changed_since", lambda table, sequence: None)

    assert [each.chat for each in await claimed(box, 9)] == [2, 3, 4, 8]


async def test_what_is_long_over_is_let_go_of_a_little_at_a_time(
    box: Outbox, store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "HOUSEKEEPING", 2)
    await box.add(rows(5), Put(BROADCASTS, Broadcast(1, "words", 9, NOW)))
    made = await claimed(box, 4)
    for each in made[:3]:
        box.settle(ledger.arrived(each, 31, NOW))
    box.settle(ledger.doubtful(made[3], "no answer", NOW))
    await box.flush()
    later = NOW + timedelta(days=91)

    assert await box.housekeeping(NOW + timedelta(days=89)) == 0
    assert [await box.housekeeping(later) for _ in range(3)] == [2, 2, 0]
    assert [each.state async for each in store.rows(OUTBOX)] == ["pending"]
    assert box.counts().doubt == 0
    assert [each async for each in store.rows(BROADCASTS)] == []
    assert [each async for each in store.rows(TALLIES)] == []


@pytest.mark.parametrize(
    ("ends", "silent"),
    [
        pytest.param([], False, id="nothing was due"),
        pytest.param(["pending"], True, id="it still waits"),
        pytest.param(["failed"], True, id="all was refused"),
        pytest.param(["doubt"], True, id="nobody knows"),
        pytest.param(["dropped"], False, id="nobody waited for it"),
        pytest.param(["failed", "sent"], False, id="one went out"),
    ],
)
async def test_a_silent_day(box: Outbox, clock: Clock, ends: list[str], silent: bool) -> None:
    assert await box.silent_day(NOW) is None
    await box.add([row(1, due=NOW) for _ in ends])
    for end in ends:
        found = await box.next(NOW)
        assert found is not None
        _end(box, found, end)
    tomorrow = NOW + timedelta(days=1)

    assert await box.silent_day(tomorrow) == (NOW.date() if silent else None)
    assert await box.silent_day(tomorrow) is None


async def test_a_silent_day_of_some_days_ago_is_found(box: Outbox) -> None:
    await box.silent_day(NOW)
    await box.skipped(NOW + timedelta(days=1))

    assert await box.silent_day(NOW + timedelta(days=4)) == NOW.date() + timedelta(days=1)
    assert await box.silent_day(NOW + timedelta(days=5)) is None


def _end(box: Outbox, found: Delivery, end: str) -> None:
    sending = ledger.sending(found, "", (0,))
    ends = {
        "sent": lambda: ledger.arrived(sending, 1, NOW),
        "failed": lambda: ledger.failed(sending, "", NOW),
        "doubt": lambda: ledger.doubtful(sending, "", NOW),
        "dropped": lambda: ledger.dropped(found, "", NOW),
        "pending": lambda: ledger.not_sent(sending, "no network", NOW),
    }
    box.settle(ends[end]())


async def test_a_reader_beside_the_bot_changes_nothing(tmp_path: Path, clock: Clock) -> None:
    store = await open_store(f"tinydb:{tmp_path}")
    box = await Outbox.open(store, clock)
    await box.add(rows(1))
    await claimed(box, 1)
    beside = await open_store(f"tinydb:{tmp_path}", readonly=True)
    reading = await Outbox.open(beside, clock)
    await reading.close()
    await beside.close()

    assert [each.state async for each in store.rows(OUTBOX)] == ["sending"]
    await store.close()
