"""Digests that fall due, and what comes at once: once, on time, and nothing twice, whatever happens in between."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from msgspec.structs import replace

from summaries import digesting
from summaries.archive.store import BRIEFINGS, OUTBOX, STORIES, TOLD, Put
from summaries.errors import DiskError
from summaries.models import Briefing, Pick, Slot, Subscriber, Taste
from summaries.subscribers import subscription_of, with_subscription
from tests.digests import HOUR, MINUTE, READER, Clock, Desk, day, file, opened, sent, subscribe, told
from tests.disks import Remembering, plant

FERRY = "The ferry of Ostrava Bay is closed after the storm. Forty people wait at the quay."
MOVED = "The ferry of Ostrava Bay sails again on Tuesday. Engineer Tova Lind found 3 cracks in the hull."
LAMP = "A lamp was lit in the tower of Varn."


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def desk(tmp_path: Path, clock: Clock) -> AsyncIterator[Desk]:
    async with opened(tmp_path / "desk", clock) as desk:
        yield desk


async def due(desk: Desk, clock: Clock, at: str) -> int:
    return await desk.digesting.fall_due(clock.at(at))


async def slot_of(desk: Desk, chat: int = READER, topic: int = 0) -> Slot:
    subscriber = await desk.subscribers.get(chat)
    assert subscriber is not None
    return subscription_of(subscriber, topic).slots[0]


# --- Once, on time


async def test_a_digest_falls_due_at_its_minute_and_once(desk: Desk, clock: Clock) -> None:
    id = await file(desk, clock, LAMP)
    await subscribe(desk, "08:00")
    assert await due(desk, clock, "07:59") == 0
    assert await due(desk, clock, "08:00") == 1
    assert await due(desk, clock, "08:01") == 0
    (row,) = await sent(desk)
    assert (row.kind, row.state, row.slot, row.day) == ("digest", "pending", 1, day("06-02"))
    assert (row.picks, row.read, row.due) == ((Pick(0, (id,)),), 1, clock.at("08:00"))
    assert (await slot_of(desk)).served == day("06-02")


async def test_each_time_and_each_topic_has_its_own(desk: Desk, clock: Clock) -> None:
    await file(desk, clock, LAMP)
    await subscribe(desk, "08:00", "18:00")
    await subscribe(desk, "09:00", topic=7)
    assert [await due(desk, clock, at) for at in ("08:00", "09:00")] == [1, 1]
    await file(desk, clock, FERRY)
    assert await due(desk, clock, "18:00") == 1
    assert [(row.topic, row.slot) for row in await sent(desk)] == [(0, 1), (7, 1), (0, 2)]
    assert told(await sent(desk)) == [[1], [1], [2]]


async def test_who_subscribes_after_the_hour_is_served_tomorrow(desk: Desk, clock: Clock) -> None:
    await file(desk, clock, LAMP)
    clock.at("10:00")
    await subscribe(desk, "08:00")
    assert await desk.digesting.next_due(READER) == clock.at("06-03T08:00")
    assert await due(desk, clock, "06-02T23:00") == 0
    await file(desk, clock, FERRY)
    assert await due(desk, clock, "06-03T08:00") == 1


async def test_a_change_after_the_desk_was_read_counts(desk: Desk, clock: Clock) -> None:
    await file(desk, clock, LAMP)
    await subscribe(desk, "08:00")
    assert await due(desk, clock, "07:30") == 0
    await subscribe(desk, "07:45")
    assert await due(desk, clock, "07:45") == 1
    assert await due(desk, clock, "08:00") == 0


async def test_a_digest_that_was_served_is_not_served_again_later_on_the_day(desk: Desk, clock: Clock) -> None:
    await file(desk, clock, LAMP)
    await subscribe(desk, "08:00")
    await due(desk, clock, "08:00")
    await file(desk, clock, FERRY)
    await desk.subscribers.change(
        READER,
        lambda before: with_subscription(
            before,
            replace(subscription_of(before), slots=(replace(subscription_of(before).slots[0], at=20 * 60),)),
        ),
    )
    assert await due(desk, clock, "20:00") == 0
    assert await due(desk, clock, "06-03T20:00") == 1


async def test_late_ticks_and_downtime(tmp_path: Path, clock: Clock) -> None:
    async with opened(tmp_path / "desk", clock) as desk:
        await file(desk, clock, LAMP)
        await subscribe(desk, "08:00")
    clock.at("19:59")
    async with opened(tmp_path / "desk", clock) as desk:
        assert await due(desk, clock, "19:59") == 1
        await file(desk, clock, FERRY)
    clock.at("06-04T07:00")
    async with opened(tmp_path / "desk", clock) as desk:
        assert await due(desk, clock, "06-04T07:00") == 0
        assert (await slot_of(desk)).outcome == "late"
        assert (await slot_of(desk)).served == day("06-03")
        assert await due(desk, clock, "06-04T08:00") == 1
        assert (await slot_of(desk)).outcome == ""
        assert told(await sent(desk)) == [[1], [2]]


async def test_the_days_that_the_bot_was_away_are_silent_days(tmp_path: Path, clock: Clock) -> None:
    async with opened(tmp_path / "desk", clock) as desk:
        await subscribe(desk, "08:00")
        await due(desk, clock, "08:00")
        assert await desk.outbox.silent_day(clock.now) is None
        await desk.outbox.flush()
    clock.at("06-05T07:00")
    async with opened(tmp_path / "desk", clock) as desk:
        await due(desk, clock, "06-05T07:00")
        assert await desk.outbox.silent_day(clock.now) == day("06-04")
        assert await desk.outbox.silent_day(clock.now) is None


async def test_a_chat_that_is_back_after_days_makes_no_day_silent(desk: Desk, clock: Clock) -> None:
    await subscribe(desk, "08:00")
    await due(desk, clock, "07:00")
    await desk.outbox.silent_day(clock.now)
    await desk.subscribers.change(READER, lambda before: replace(before, suspended="blocked"))
    await due(desk, clock, "06-05T06:59")
    await desk.subscribers.change(READER, lambda before: replace(before, suspended=""))
    await due(desk, clock, "06-05T07:00")
    assert (await slot_of(desk)).outcome == "late"
    assert await desk.outbox.silent_day(clock.now) is None


async def test_nothing_new_is_served_without_a_message_and_said(desk: Desk, clock: Clock) -> None:
    await file(desk, clock, LAMP)
    await file(desk, clock, FERRY, language="de")
    await subscribe(desk, "08:00", taste=Taste(languages=("en",), mute=("lamp",)))
    assert await due(desk, clock, "08:00") == 0
    slot = await slot_of(desk)
    assert (slot.served, slot.outcome) == (day("06-02"), "nothing new")
    assert slot.left == (("language", 1), ("muted", 1))
    assert await sent(desk) == []


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"suspended": "blocked"}, id="suspended"),
        pytest.param({"left": Clock().now}, id="left"),
    ],
)
async def test_who_is_out_of_reach_is_passed_over_and_served_on_return(
    fields: dict[str, object], desk: Desk, clock: Clock
) -> None:
    await file(desk, clock, LAMP)
    await subscribe(desk, "08:00")
    await desk.subscribers.change(READER, lambda before: replace(before, **fields))
    assert await desk.digesting.next_due(READER) is None
    assert await due(desk, clock, "08:00") == 0
    assert (await slot_of(desk)).served == day("06-01")
    await desk.subscribers.change(READER, lambda before: replace(before, suspended="", left=None))
    assert await due(desk, clock, "10:00") == 1


async def test_who_is_not_let_in_any_more_is_passed_over_and_served_when_let_in(desk: Desk, clock: Clock) -> None:
    kept_out = {READER}

    async def admits(chat: Subscriber) -> bool:
        return chat.id not in kept_out

    desk.digesting.admits = admits
    await file(desk, clock, LAMP)
    await subscribe(desk, "08:00")
    assert await due(desk, clock, "08:00") == 0
    kept_out.clear()
    reader = await desk.subscribers.get(READER)
    assert reader is not None
    assert (await slot_of(desk)).served == day("06-01")
    desk.digesting.noticed(reader)
    assert await due(desk, clock, "08:05") == 1


async def test_what_did_not_arrive_comes_with_the_next(desk: Desk, clock: Clock) -> None:
    await file(desk, clock, LAMP)
    await file(desk, clock, FERRY)
    await subscribe(desk, "08:00")
    await due(desk, clock, "08:00")
    [row] = await sent(desk)
    second = replace(row, cuts=(0, 1), part=1)
    clock.at("06-03T07:00")
    other = await file(desk, clock, MOVED)
    for _ in range(2):
        await desk.digesting.take_back(second)
    assert await due(desk, clock, "06-03T08:00") == 1
    assert [set(ids) for ids in told(await sent(desk))] == [{1, 2}, {*row.picks[1].briefings, other}]


async def test_of_who_was_forgotten_nothing_is_kept_again(desk: Desk, clock: Clock) -> None:
    await file(desk, clock, LAMP)
    await subscribe(desk, "08:00")
    await due(desk, clock, "08:00")
    await desk.subscribers.forget(READER)
    [row] = await sent(desk)
    await desk.digesting.take_back(row)
    assert await desk.store.get(TOLD, READER) is None


async def test_a_desk_that_is_read_only_can_be_asked(tmp_path: Path, clock: Clock) -> None:
    async with opened(tmp_path / "desk", clock) as desk:
        id = await file(desk, clock, LAMP)
        await subscribe(desk, "08:00")
        preview = await desk.digesting.preview(READER, 0, clock.now)
        assert [pick.briefings for pick in preview.picks] == [(id,)]
        assert await desk.digesting.preview(99, 0, clock.now) == preview
        assert (await sent(desk), await desk.store.get(TOLD, READER)) == ([], None)


# --- What is told


async def test_the_next_digest_goes_on_from_the_last(desk: Desk, clock: Clock) -> None:
    await subscribe(desk, "08:00")
    for place, at in enumerate(["08:00", "06-03T08:00", "06-04T08:00"]):
        await file(desk, clock, f"{LAMP} It was number {place}.")
        assert await due(desk, clock, at) == 1
    assert told(await sent(desk)) == [[1], [2], [3]]
    kept = await desk.store.get(TOLD, READER)
    assert kept is not None
    assert kept.topics[0].briefings == {"2031-06-02": (1,), "2031-06-03": (2,), "2031-06-04": (3,)}
    assert kept.topics[0].upto == 3


async def test_a_first_digest_goes_back_a_day(desk: Desk, clock: Clock) -> None:
    for at in ("05-31T09:00", "06-01T07:30", "06-01T12:00"):
        clock.at(at)
        await file(desk, clock, f"{LAMP} At {at}.")
    clock.at("06-02T07:00")
    await subscribe(desk, "08:00")
    await due(desk, clock, "08:00")
    assert told(await sent(desk)) == [[3]]


async def test_a_story_is_told_again_only_when_it_moved(desk: Desk, clock: Clock) -> None:
    await file(desk, clock, FERRY, story=70)
    await subscribe(desk, "08:00")
    await due(desk, clock, "08:00")
    await file(desk, clock, FERRY, story=70)
    assert await due(desk, clock, "06-03T08:00") == 0
    assert (await slot_of(desk)).left == (("not new", 1),)
    id = await file(desk, clock, MOVED, story=70)
    assert await due(desk, clock, "06-04T08:00") == 1
    assert (await sent(desk))[-1].picks == (Pick(70, (id,), new=True),)


async def test_a_story_that_became_part_of_another_was_told_all_the_same(desk: Desk, clock: Clock) -> None:
    await file(desk, clock, FERRY, story=70)
    await subscribe(desk, "08:00")
    await due(desk, clock, "08:00")
    await file(desk, clock, FERRY, story=71)
    one, other = await desk.store.get(STORIES, 70), await desk.store.get(STORIES, 71)
    assert one is not None
    assert other is not None
    await desk.store.commit(
        [Put(STORIES, replace(one, into=71)), Put(STORIES, replace(other, events=(*one.events, *other.events)))]
    )
    assert await due(desk, clock, "06-03T08:00") == 0
    assert (await slot_of(desk)).left == (("not new", 1),)


async def test_what_is_withdrawn_before_its_digest_is_not_told(desk: Desk, clock: Clock) -> None:
    id = await file(desk, clock, LAMP)
    await subscribe(desk, "08:00")
    await desk.digesting.preview(READER, 0, clock.now)
    await desk.store.commit([Put(BRIEFINGS, Briefing("", (), id=id, received=clock.now))])
    assert await due(desk, clock, "08:00") == 0
    assert (await slot_of(desk)).left == (("withdrawn", 1),)


async def test_the_most_is_the_readers_or_the_desks(desk: Desk, clock: Clock) -> None:
    for number in range(6):
        await file(desk, clock, f"{LAMP} Again {number}.")
    desk.digesting.most = 4
    await subscribe(desk, "08:00")
    await subscribe(desk, "08:00", chat=-5, taste=Taste(most=2))
    await due(desk, clock, "08:00")
    found = [*await sent(desk), *await sent(desk, -5)]
    assert [(len(row.picks), row.more, row.rest) for row in found] == [(4, 2, (2, 1)), (2, 4, (4, 3, 2, 1))]


async def test_a_group_that_became_a_supergroup_is_told_nothing_twice(desk: Desk, clock: Clock) -> None:
    await file(desk, clock, LAMP)
    await subscribe(desk, "08:00", chat=-5)
    await due(desk, clock, "08:00")
    await desk.subscribers.move(-5, -1_000_005)
    id = await file(desk, clock, FERRY)
    assert await due(desk, clock, "06-03T08:00") == 1
    assert told(await sent(desk, -1_000_005)) == [[id]]


# --- Batches, and what goes wrong


async def test_many_are_due_at_once(desk: Desk, clock: Clock) -> None:
    await file(desk, clock, LAMP)
    for chat in range(1, 26):
        await subscribe(desk, "08:00", chat=chat)
    with mock.patch.object(digesting, "BATCH", 10):
        before = desk.store.sequence
        assert await due(desk, clock, "08:00") == 25
        assert desk.store.sequence == before + 3
    assert sorted([row.chat async for row in desk.store.rows(OUTBOX)]) == list(range(1, 26))


async def test_what_the_disk_refused_is_made_at_the_next_tick(desk: Desk, clock: Clock) -> None:
    await file(desk, clock, LAMP)
    for chat in range(1, 6):
        await subscribe(desk, "08:00", chat=chat)
    commit, left = desk.store.commit, [1]

    async def refusing(changes: object) -> int:
        if not left:
            raise DiskError("full")
        left.pop()
        return await commit(changes)  # type: ignore[arg-type]

    with (
        mock.patch.object(digesting, "BATCH", 2),
        mock.patch.object(desk.store, "commit", refusing),
        pytest.raises(DiskError),
    ):
        await due(desk, clock, "08:00")
    assert await due(desk, clock, "08:01") == 3
    assert sorted([row.chat async for row in desk.store.rows(OUTBOX)]) == [1, 2, 3, 4, 5]


async def test_a_chat_on_which_something_breaks_delays_nobody(
    desk: Desk, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    await file(desk, clock, LAMP)
    for chat in (1, 2, 3):
        await subscribe(desk, "08:00", chat=chat)
    get, broken = desk.subscribers.get, [True]

    async def breaking(chat: int) -> object:
        if chat == 2 and broken[0]:
            raise RuntimeError("a bug")
        return await get(chat)

    with mock.patch.object(desk.subscribers, "get", breaking):
        assert await due(desk, clock, "08:00") == 2
        assert "no digest for chat 2" in caplog.text
        broken[0] = False
        assert [await due(desk, clock, at) for at in ("08:30", "09:00")] == [0, 1]


async def test_settings_changed_while_a_batch_is_made_are_kept(desk: Desk, clock: Clock) -> None:
    await file(desk, clock, LAMP)
    await subscribe(desk, "08:00")
    clock.at("08:00")
    count, _ = await asyncio.gather(
        desk.digesting.fall_due(clock.now),
        desk.subscribers.change(READER, lambda before: replace(before, language="ur")),
    )
    kept = await desk.subscribers.get(READER)
    assert kept is not None
    assert (count, kept.language, subscription_of(kept).slots[0].served) == (1, "ur", day("06-02"))


# --- At once


AT_ONCE = Taste(follow=("ferry",), at_once=True)


async def pushed(desk: Desk, clock: Clock, at: str) -> int:
    return await desk.digesting.push(clock.at(at))


async def test_what_is_followed_comes_at_once_and_not_again_in_the_digest(desk: Desk, clock: Clock) -> None:
    await subscribe(desk, "08:00", taste=AT_ONCE)
    assert await pushed(desk, clock, "07:01") == 0
    id = await file(desk, clock, FERRY)
    other = await file(desk, clock, LAMP)
    assert [await pushed(desk, clock, at) for at in ("07:02", "07:03")] == [1, 0]
    await due(desk, clock, "08:00")
    rows = await sent(desk)
    assert [(row.kind, told([row])[0]) for row in rows] == [("push", [id]), ("digest", [other])]


async def test_a_followed_story_comes_at_once_when_it_moves_but_not_within_the_hour(desk: Desk, clock: Clock) -> None:
    await subscribe(desk, taste=Taste(stories=(70,), at_once=True))
    clock.now += MINUTE
    first = await file(desk, clock, FERRY, story=70)
    assert await pushed(desk, clock, "07:01") == 1
    await file(desk, clock, FERRY, story=70)
    clock.at("07:05")
    moved = await file(desk, clock, MOVED, story=70)
    assert [await pushed(desk, clock, at) for at in ("07:06", "07:40", "08:00", "08:01", "08:02")] == [0, 0, 0, 1, 0]
    assert told(await sent(desk)) == [[first], [moved]]


async def test_quiet_hours_put_it_off_until_they_end(desk: Desk, clock: Clock) -> None:
    clock.at("22:00")
    await subscribe(desk, taste=AT_ONCE, quiet=(22, 7))
    clock.at("22:30")
    id = await file(desk, clock, FERRY)
    found = [await pushed(desk, clock, at) for at in ("22:31", "06-03T06:59", "06-03T07:00", "06-03T07:01")]
    assert found == [0, 0, 1, 0]
    assert told(await sent(desk)) == [[id]]


async def test_what_waited_for_quiet_hours_to_end_outlives_a_restart(tmp_path: Path, clock: Clock) -> None:
    clock.at("22:00")
    async with opened(tmp_path / "desk", clock) as desk:
        await subscribe(desk, taste=AT_ONCE, quiet=(22, 7))
        clock.at("22:30")
        await file(desk, clock, FERRY)
        assert await pushed(desk, clock, "22:31") == 0
    async with opened(tmp_path / "desk", clock) as desk:
        assert [await pushed(desk, clock, at) for at in ("06-03T06:00", "06-03T07:00")] == [0, 1]


async def test_what_was_there_before_somebody_followed_it_does_not_come_at_once(desk: Desk, clock: Clock) -> None:
    await file(desk, clock, FERRY)
    clock.now += MINUTE
    await subscribe(desk, taste=AT_ONCE)
    assert await pushed(desk, clock, "07:05") == 0
    await file(desk, clock, FERRY)
    assert await pushed(desk, clock, "07:06") == 1


async def test_nothing_comes_at_once_to_who_did_not_ask(desk: Desk, clock: Clock) -> None:
    await subscribe(desk, taste=replace(AT_ONCE, at_once=False))
    await subscribe(desk, taste=AT_ONCE, chat=-5)
    await desk.subscribers.change(-5, lambda before: replace(before, suspended="blocked"))
    await file(desk, clock, FERRY)
    assert await pushed(desk, clock, "07:01") == 0


async def test_old_candidates_are_let_go(desk: Desk, clock: Clock) -> None:
    await file(desk, clock, LAMP)
    await subscribe(desk, "08:00")
    await due(desk, clock, "08:00")
    for week in ("06-08T08:00", "06-15T08:00"):
        await due(desk, clock, week)
        await file(desk, clock, FERRY)
    clock.now += timedelta(days=6)
    preview = await desk.digesting.preview(READER, 0, clock.now + 23 * HOUR)
    assert [pick.briefings for pick in preview.picks] == [(3,)]


# --- The process dies


async def test_a_process_that_dies_at_any_moment_forgets_nobody_and_serves_nobody_twice(
    tmp_path: Path, clock: Clock
) -> None:
    copies: list[dict[str, bytes]] = []
    async with opened(tmp_path / "desk", clock, Remembering(tmp_path / "desk", copies.append)) as desk:
        await file(desk, clock, LAMP)
        for chat in range(1, 8):
            await subscribe(desk, "08:00", chat=chat)
        copies.clear()
        with mock.patch.object(digesting, "BATCH", 3):
            assert await due(desk, clock, "08:00") == 7
    found = set[int]()
    for number, files in enumerate(copies[:: max(1, len(copies) // 12)]):
        plant(tmp_path / str(number), files)
        async with opened(tmp_path / str(number), clock) as desk:
            found.add(await due(desk, clock, "08:05"))
            rows = [row async for row in desk.store.rows(OUTBOX)]
            assert sorted(row.chat for row in rows) == list(range(1, 8))
            assert [(await slot_of(desk, chat)).served for chat in range(1, 8)] == [day("06-02")] * 7
            assert [await desk.store.get(TOLD, chat) is not None for chat in range(1, 8)] == [True] * 7
    assert found >= {0, 1, 4}
