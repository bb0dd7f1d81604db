"""An admin's words to everybody: who gets them, each once, whatever happens between two stretches of chats."""

import asyncio
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from summaries import broadcasting, ledger
from summaries.archive.store import BROADCASTS, OUTBOX, PEOPLE, SUBSCRIBERS, Put, Store
from summaries.broadcasting import Broadcasting, gets
from summaries.desk import Desk, open_desk
from summaries.errors import DiskError
from summaries.models import Person, Slot, Subscriber, Subscription, Taste
from tests.newsstand import NOW, Clock

ROOT = Path(__file__).parents[2]
DIGESTS = (Subscription(slots=(Slot(1, 480),)),)
AT_ONCE = (Subscription(taste=Taste(at_once=True, follow=("harbour",))),)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    desk = await open_desk(f"tinydb:{tmp_path}", clock=Clock())
    yield desk
    await desk.close()


async def put(store: Store, *rows: Person | Subscriber) -> None:
    await store.commit([Put(PEOPLE if isinstance(row, Person) else SUBSCRIBERS, row) for row in rows])


async def chats(store: Store) -> list[int]:
    """Whom deliveries were made for, in their order."""
    return [row.chat async for row in store.rows(OUTBOX)]


def channel(**fields: Any) -> Subscriber:
    return Subscriber(-100_7, "channel", **fields)


AUDIENCE: list[Any] = [
    pytest.param(None, Person(1), True, id="a person"),
    pytest.param(Subscriber(1), None, True, id="a private chat"),
    pytest.param(Subscriber(1), Person(1), True, id="both"),
    pytest.param(None, Person(1, access="approved"), True, id="let in"),
    pytest.param(None, Person(1, access="waiting"), False, id="waits to be let in"),
    pytest.param(Subscriber(1), Person(1, access="blocked"), False, id="kept out"),
    pytest.param(Subscriber(1, suspended="blocked"), Person(1), False, id="has blocked the bot"),
    pytest.param(Subscriber(1, suspended="barred"), None, False, id="barred"),
    pytest.param(Subscriber(-5, "group"), None, True, id="a group"),
    pytest.param(Subscriber(-5, "group", left=NOW), None, False, id="a group that the bot left"),
    pytest.param(Subscriber(-5, "supergroup", suspended="rights"), None, False, id="no right to write"),
    pytest.param(channel(), None, False, id="a channel"),
    pytest.param(channel(subscriptions=DIGESTS), None, True, id="a channel with digests"),
    pytest.param(channel(subscriptions=AT_ONCE), None, True, id="a channel with news at once"),
    pytest.param(channel(subscriptions=DIGESTS, left=NOW), None, False, id="a channel that the bot left"),
]


@pytest.mark.parametrize(("chat", "person", "verdict"), AUDIENCE)
async def test_who_gets_it(desk: Desk, chat: Subscriber | None, person: Person | None, verdict: bool) -> None:
    assert gets(chat, person) is verdict
    await put(desk.store, *(row for row in (chat, person) if row is not None))
    assert await desk.broadcasting.audience() == int(verdict)
    begun = await desk.broadcasting.begin("The ferry moves.", 9)
    assert await desk.broadcasting.spread(NOW) == int(verdict)
    assert await desk.broadcasting.reaches(begun.id, (chat or person or Person(1)).id) is verdict


async def test_people_and_their_chats_are_one_and_come_in_order(desk: Desk) -> None:
    await put(desk.store, *(Subscriber(id) for id in (-9, 2, 3, 7)), *(Person(id) for id in (1, 3, 4, 7, 8)))
    begun = await desk.broadcasting.begin("The ferry moves.", 9)

    assert await desk.broadcasting.spread(NOW) == 7
    assert await chats(desk.store) == [-9, 1, 2, 3, 4, 7, 8]
    assert {(row.kind, row.about, row.made) async for row in desk.store.rows(OUTBOX)} == {("broadcast", begun.id, NOW)}


async def test_what_was_spread_is_not_spread_again(desk: Desk) -> None:
    await put(desk.store, Person(1))
    await desk.broadcasting.begin("The ferry moves.", 9)
    await desk.broadcasting.spread(NOW)
    await put(desk.store, Person(2))

    assert await desk.broadcasting.spread(NOW + timedelta(minutes=1)) == 0
    assert await chats(desk.store) == [1]


async def test_nobody_to_write_to(desk: Desk) -> None:
    begun = await desk.broadcasting.begin("The ferry moves.", 9)

    assert await desk.broadcasting.spread(NOW) == 0
    kept = await desk.store.get(BROADCASTS, begun.id)
    assert kept is not None
    assert kept.done


async def test_where_the_disk_refuses_it_goes_on_later(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broadcasting, "CHUNK", 3)
    await put(desk.store, *(Person(id) for id in range(1, 9)))
    await desk.broadcasting.begin("The ferry moves.", 9)
    add, times = desk.outbox.add, 0

    async def refusing(*args: Any) -> int:
        nonlocal times
        times += 1
        if times == 2:
            raise DiskError("data: no space left; free some")
        return await add(*args)

    monkeypatch.setattr(desk.outbox, "add", refusing)
    with pytest.raises(DiskError):
        await desk.broadcasting.spread(NOW)
    assert await chats(desk.store) == [1, 2, 3]
    assert await desk.broadcasting.spread(NOW) == 5
    assert await chats(desk.store) == list(range(1, 9))


# --- how far it is


async def test_its_standing(desk: Desk) -> None:
    await put(desk.store, *(Person(id) for id in range(1, 7)))
    begun = await desk.broadcasting.begin("The ferry moves.", 9)
    await desk.broadcasting.spread(NOW)
    rows = [ledger.sending(row, "", (0,)) async for row in desk.store.rows(OUTBOX)]
    taken = [await desk.outbox.next(NOW) for _ in rows[:4]]
    assert None not in taken
    desk.outbox.settle(ledger.arrived(rows[0], 1, NOW))
    desk.outbox.settle(ledger.failed(rows[1], "blocked", NOW))
    desk.outbox.settle(ledger.doubtful(rows[2], "cut", NOW))
    desk.outbox.settle(ledger.dropped(replace(rows[3], state="pending"), "blocked", NOW))

    found = await desk.broadcasting.standing(begun.id)
    assert found is not None
    assert (found.sent, found.failed, found.doubt, found.waiting, found.under_way) == (1, 1, 1, 2, True)
    assert await desk.broadcasting.last(3) == [found]
    assert await desk.broadcasting.standing(begun.id + 1) is None


async def test_its_standing_outlives_a_start_and_what_is_sent_again_is_in_doubt_no_longer(tmp_path: Path) -> None:
    desk = await open_desk(f"tinydb:{tmp_path}", clock=Clock())
    await put(desk.store, Person(1), Person(2))
    begun = await desk.broadcasting.begin("The ferry moves.", 9)
    await desk.broadcasting.spread(NOW)
    taken = [await desk.outbox.next(NOW) for _ in range(2)]
    sending = [ledger.sending(row, "", (0,)) for row in taken if row is not None]
    await desk.outbox.claim(sending)
    desk.outbox.settle(ledger.arrived(sending[0], 1, NOW))
    desk.outbox.settle(ledger.doubtful(sending[1], "cut", NOW))
    await desk.close()

    again = await open_desk(f"tinydb:{tmp_path}", clock=Clock())
    found = await again.broadcasting.standing(begun.id)
    assert found is not None
    assert (found.sent, found.doubt, found.waiting) == (1, 1, 0)
    assert await again.outbox.resend(sending[1].id)
    found = await again.broadcasting.standing(begun.id)
    assert found is not None
    assert (found.sent, found.doubt, found.waiting, found.under_way) == (1, 0, 1, True)
    await again.close()


async def test_a_broadcast_is_let_go_of_with_its_count(desk: Desk) -> None:
    await put(desk.store, Person(1))
    begun = await desk.broadcasting.begin("The ferry moves.", 9)
    await desk.broadcasting.spread(NOW)
    row = await desk.outbox.next(NOW)
    assert row is not None
    desk.outbox.settle(ledger.dropped(row, "blocked", NOW))
    await desk.outbox.flush()
    assert (await desk.outbox.tally_of(begun.id)).dropped == 1

    await desk.outbox.housekeeping(NOW + timedelta(days=89))
    assert await desk.broadcasting.standing(begun.id) is not None
    await desk.outbox.housekeeping(NOW + timedelta(days=91))
    assert await desk.broadcasting.standing(begun.id) is None
    assert (await desk.outbox.tally_of(begun.id)).dropped == 0


async def test_stopped_between_two_stretches_it_goes_no_further(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broadcasting, "CHUNK", 3)
    await put(desk.store, *(Person(id) for id in range(1, 9)))
    begun = await desk.broadcasting.begin("The ferry moves.", 9)
    add = desk.outbox.add

    async def stopping(*args: Any) -> int:
        made = await add(*args)
        monkeypatch.setattr(desk.outbox, "add", add)
        tasks.append(asyncio.ensure_future(desk.broadcasting.stop(begun.id)))
        await asyncio.sleep(0)
        return made

    tasks: list[Any] = []
    monkeypatch.setattr(desk.outbox, "add", stopping)
    assert await desk.broadcasting.spread(NOW) == 3
    await tasks[0]
    assert await chats(desk.store) == [1, 2, 3]
    assert not await desk.broadcasting.reaches(begun.id, 1)
    found = await desk.broadcasting.standing(begun.id)
    assert found is not None
    assert (found.waiting, found.under_way) == (3, False)
    assert await desk.broadcasting.stop(begun.id) == found.broadcast
    assert await desk.broadcasting.stop(404) is None
    assert await desk.broadcasting.spread(NOW) == 0


# --- the process dies

CHILD = """
import asyncio, os, signal, sys
from datetime import datetime, UTC
from summaries import broadcasting
from summaries.desk import open_desk
from summaries.outbox import Outbox

broadcasting.CHUNK = 4
add, when, left = Outbox.add, sys.argv[2], int(sys.argv[3])

async def dying(self, rows, *beside):
    global left
    left -= 1
    if when == "before" and not left:
        os.kill(os.getpid(), signal.SIGKILL)
    made = await add(self, rows, *beside)
    if when == "after" and not left:
        os.kill(os.getpid(), signal.SIGKILL)
    return made

Outbox.add = dying

async def main():
    desk = await open_desk(f"tinydb:{sys.argv[1]}")
    await desk.broadcasting.spread(datetime.now(UTC))
    await desk.close()

asyncio.run(main())
"""


@pytest.mark.parametrize("deaths", [[("before", 2), ("after", 3)]], ids=["twice"])
async def test_killed_between_two_stretches_nobody_is_forgotten_or_asked_twice(
    tmp_path: Path, deaths: list[tuple[str, int]]
) -> None:
    desk = await open_desk(f"tinydb:{tmp_path}")
    everybody = [-30, *range(1, 30)]
    await put(desk.store, Subscriber(-30, "group"), *(Subscriber(id) for id in range(1, 30, 2)))
    await put(desk.store, *(Person(id) for id in range(1, 30)))
    await desk.broadcasting.begin("The ferry moves.", 9)
    await desk.close()

    for when, chunk in deaths:
        command = [sys.executable, "-c", CHILD, str(tmp_path), when, str(chunk)]
        died = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})
        assert await died.wait() == -signal.SIGKILL

    again = await open_desk(f"tinydb:{tmp_path}")
    reached = await chats(again.store)
    assert 0 < len(reached) < len(everybody)
    await again.broadcasting.spread(NOW)
    assert Counter(await chats(again.store)) == Counter(everybody)
    await again.close()


async def test_two_at_once_are_one_after_the_other(desk: Desk) -> None:
    await put(desk.store, Person(1), Person(2))
    broadcasts: Broadcasting = desk.broadcasting
    await broadcasts.begin("The ferry moves.", 9)
    made = await asyncio.gather(broadcasts.spread(NOW), broadcasts.spread(NOW))

    assert sorted(made) == [0, 2]
    assert await chats(desk.store) == [1, 2]
