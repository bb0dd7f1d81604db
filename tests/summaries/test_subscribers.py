from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from summaries.archive.store import SUBSCRIBERS, TOLD, Put, Store, open_store
from summaries.models import Slot, Subscriber, Subscription, Told
from summaries.subscribers import BARRED, KEPT, Subscribers, carried_along, outdated

NOON = datetime(2026, 7, 4, 12, 0, tzinfo=UTC)
SET = Subscriber(
    -5, kind="group", title="Newsroom", subscriptions=(Subscription(slots=(Slot(1, 480),)),), managers=(2,)
)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await open_store(f"tinydb:{tmp_path / 'desk'}")
    yield opened
    await opened.close()


@pytest.fixture
def chats(store: Store) -> Subscribers:
    return Subscribers(store, lambda: NOON)


async def keep(store: Store, *rows: Subscriber) -> None:
    """As they are: a change would note since when their times count."""
    await store.commit([Put(SUBSCRIBERS, row) for row in rows])


async def test_a_move_carries_what_was_told_along_too(store: Store, chats: Subscribers) -> None:
    await keep(store, SET)
    await store.commit([Put(TOLD, Told(-5))])
    await chats.move(-5, -1005)
    await chats.move(-5, -1005)
    moved = await chats.get(-1005)
    assert moved == replace(SET, id=-1005, kind="supergroup")
    assert (await chats.get(-5), await store.get(TOLD, -5)) == (None, None)
    assert await store.get(TOLD, -1005) == Told(-1005)


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        pytest.param(SET, None, SET.subscriptions, id="alone"),
        pytest.param(SET, Subscriber(-1005), SET.subscriptions, id="beside-an-empty-one"),
        pytest.param(Subscriber(-5), replace(SET, id=-1005), SET.subscriptions, id="an-empty-one-takes-nothing-away"),
    ],
)
def test_of_two_rows_the_one_with_settings_stays(
    old: Subscriber, new: Subscriber | None, kept: tuple[Subscription, ...]
) -> None:
    assert carried_along(old, new, -1005).subscriptions == kept


def test_both_rows_managers_stay_and_who_was_out_of_reach_is_not() -> None:
    old = replace(SET, suspended="kicked", suspended_since=NOON, left=NOON)
    after = carried_along(old, Subscriber(-1005, managers=(3, 2), added_by=3), -1005)
    assert (after.managers, after.added_by, after.suspended, after.left) == ((2, 3), 3, "", None)


@pytest.mark.parametrize(
    ("row", "old"),
    [
        pytest.param(Subscriber(-1, left=NOON, suspended="kicked", suspended_since=NOON), True, id="taken-out"),
        pytest.param(Subscriber(1, suspended="blocked", suspended_since=NOON), True, id="blocked-by-the-person"),
        pytest.param(Subscriber(1, suspended="deactivated", suspended_since=NOON), True, id="gone"),
        pytest.param(Subscriber(-1, suspended="rights", suspended_since=NOON), False, id="may-not-write"),
        pytest.param(Subscriber(1, suspended=BARRED, suspended_since=NOON), False, id="blocked-by-an-admin"),
        pytest.param(Subscriber(1), False, id="there"),
    ],
)
def test_what_is_forgotten_after_ninety_days(row: Subscriber, old: bool) -> None:
    assert not outdated(row, NOON + KEPT)
    assert outdated(row, NOON + KEPT + timedelta(seconds=1)) is old


async def test_housekeeping_forgets_those_and_no_others(store: Store, chats: Subscribers) -> None:
    gone = replace(SET, id=-6, left=NOON, suspended="kicked", suspended_since=NOON)
    await keep(store, SET, gone)
    await store.commit([Put(TOLD, Told(-6))])
    assert await chats.housekeeping(NOON + KEPT) == 0
    assert await chats.housekeeping(NOON + KEPT + timedelta(days=1)) == 1
    assert (await chats.get(-6), await store.get(TOLD, -6)) == (None, None)
    assert await chats.get(-5) == SET


async def test_barring_is_taken_back_and_nothing_else(store: Store, chats: Subscribers) -> None:
    await keep(store, SET)
    barred = await chats.bar(-5, barred=True)
    assert (barred.suspended, barred.suspended_since) == (BARRED, NOON)
    assert await chats.bar(-5, barred=False) == SET
    blocked = await chats.change(-5, lambda row: replace(row, suspended="blocked"))
    assert await chats.bar(-5, barred=False) == blocked
