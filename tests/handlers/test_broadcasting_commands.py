from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.local.world import Message
from handlers.broadcasting_commands import LISTED, SHOWN
from summaries import ledger
from summaries.archive.store import OUTBOX, PEOPLE, Put
from summaries.errors import DiskError
from summaries.models import Person
from tests.handlers.world import MORNING, World, world

WORDS = "The desk moves on Sunday.\nDigests come <an hour> later & that is all."


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    """With three people: the admin, and two of whom one is kept out."""
    async with world(tmp_path) as made:
        await made.say("/start", person=made.server.speaker("admin"))
        await made.desk.store.commit([Put(PEOPLE, Person(71)), Put(PEOPLE, Person(72, access="blocked"))])
        yield made


async def asked(there: World, text: str = f"/broadcast {WORDS}") -> Message:
    return (await there.say(text, person=there.server.speaker("admin")))[-1]


async def pressed(there: World, message: Message, button: str) -> Message:
    return await there.press(message, button, person=there.server.speaker("admin"))


def labels(message: Message) -> list[str]:
    return [button.text for button in message.buttons]


async def waiting(there: World) -> list[int]:
    return sorted([row.chat async for row in there.desk.store.rows(OUTBOX)])


async def test_first_it_is_shown_as_it_will_look(there: World) -> None:
    preview = await asked(there)

    assert preview.text.startswith(f"{WORDS.splitlines()[0]}\n\n{WORDS.splitlines()[1]}")
    assert preview.text.endswith("That is how it looks. 2 chats get it.")
    assert labels(preview) == ["Send it", "Cancel"]
    assert await waiting(there) == []


async def test_it_goes_to_everybody_who_may_be_written_to(there: World) -> None:
    sent = await pressed(there, await asked(there), "Send it")

    assert await waiting(there) == sorted([there.server.speaker("admin").id, 71])
    assert "sent to 0 chats, 2 wait" in sent.text
    assert labels(sent) == ["How far is it?", "Stop #1"]


async def test_two_taps_send_it_once(there: World) -> None:
    preview = await asked(there)
    admin = there.server.speaker("admin")
    there.server.press(admin, preview, "Send it")
    there.server.press(admin, preview, "Send it")
    await there.settle()

    assert len(await waiting(there)) == 2
    assert len(await there.desk.broadcasting.last(9)) == 1


async def test_cancelled_it_cannot_be_sent(there: World) -> None:
    preview = await asked(there)
    admin = there.server.speaker("admin")
    there.server.press(admin, preview, "Cancel")
    there.server.press(admin, preview, "Send it")
    await there.settle()

    assert there.server.transcript(admin)[-1].text == "Nothing was sent."
    assert await waiting(there) == []


async def test_where_the_disk_refuses_it_is_kept_and_goes_on_later(
    there: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*args: object) -> int:
        raise DiskError("data: no space left; free some")

    preview = await asked(there)
    with monkeypatch.context() as refused:
        refused.setattr(there.desk.outbox, "add", full)
        sent = await pressed(there, preview, "Send it")
    assert "More chats are being asked." in sent.text
    await there.desk.broadcasting.spread(MORNING)
    assert len(await waiting(there)) == 2


async def test_how_far_it_is(there: World) -> None:
    sent = await pressed(there, await asked(there), "Send it")
    rows = [await there.desk.outbox.next(MORNING) for _ in range(2)]
    for row, refused in zip(rows, (False, True), strict=True):
        assert row is not None
        sending = ledger.sending(row, "", (0,))
        ended = ledger.failed(sending, "blocked", MORNING) if refused else ledger.arrived(sending, 1, MORNING)
        there.desk.outbox.settle(ended)

    shown = await pressed(there, sent, "How far is it?")
    assert "sent to 1 chat, refused for 1" in shown.text
    assert labels(shown) == []


async def test_stopped_it_goes_to_nobody_else(there: World) -> None:
    stopped = await pressed(there, await pressed(there, await asked(there), "Send it"), "Stop #1")

    assert "stopped before 2" in stopped.text
    assert labels(stopped) == []
    assert not await there.desk.broadcasting.reaches(1, 71)


async def test_without_words_the_last_ones(there: World) -> None:
    assert "/broadcast" in (await asked(there, "/broadcast")).text
    for number in range(LISTED + 1):
        long = f"Word {number} " + "of the desk " * SHOWN
        await pressed(there, await asked(there, f"/broadcast {long}"), "Send it")
    listed = await asked(there, "/broadcast")

    assert [f"#{number} ·" in listed.text for number in range(1, LISTED + 2)] == [False] + [True] * LISTED
    assert "Word 5 of the desk" in listed.text
    assert "…" in listed.text
    assert labels(listed) == [f"Stop #{number}" for number in range(LISTED + 1, 1, -1)]
    assert "stopped before 2" in (await pressed(there, listed, "Stop #3")).text


async def test_only_admins_and_only_in_private(there: World) -> None:
    (refused,) = await there.say("/broadcast Hello")
    assert refused.text == "Only the admins of this desk can do that."
    admin = there.server.speaker("admin")
    group = there.server.group("The harbour office", there.reader, admin)
    (answer,) = await there.say("/broadcast Hello", person=admin, chat=group)
    assert answer.text == "Tell me in a private chat: here everybody would read it before it is sent."


async def test_a_desk_that_is_only_read_sends_nothing(tmp_path: Path) -> None:
    async with world(tmp_path):
        pass
    async with world(tmp_path, readonly=True) as there:
        assert "only shows the desk" in (await asked(there)).text
