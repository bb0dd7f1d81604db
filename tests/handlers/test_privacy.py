"""/privacy: what is kept about a person, handed over and taken out."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.local.people import ADMIN_ID
from handlers.privacy import KEPT
from summaries.models import Delivery, Subscriber
from tests.handlers.world import MORNING, World, article, world


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as there:
        yield there


async def with_traces(here: World) -> None:
    """Somebody who subscribed, saved something, and was sent something."""
    [briefing] = await here.file(article())
    await here.say("/subscribe 08:00")
    [shown] = await here.say(f"/summary {briefing.id}")
    await here.press(shown, "Save")
    await here.desk.outbox.add([Delivery(0, here.reader.id, "digest", MORNING), Delivery(0, 555, "digest", MORNING)])


async def test_it_says_what_is_kept(here: World) -> None:
    [answer] = await here.say("/privacy")

    assert all(kept in answer.text for kept in KEPT)


async def test_what_is_kept_is_handed_over(here: World) -> None:
    await with_traces(here)
    [answer] = await here.say("/privacy")
    before = len(here.server.transcript(here.reader))
    await here.press(answer, "Take it along")

    file = here.server.transcript(here.reader)[before]
    assert file.attachment is not None
    kept = json.loads(file.attachment.data)
    assert kept["chat"]["subscriptions"][0]["slots"][0]["at"] == 480
    assert len(kept["reader"]["saved"]) == 1
    assert [row["chat"] for row in kept["deliveries"]] == [here.reader.id]


async def test_the_chats_that_they_set_up_are_named_and_go_on(here: World) -> None:
    group = Subscriber(-1005, "supergroup", managers=(7, here.reader.id), added_by=here.reader.id)
    await here.desk.subscribers.change(group.id, lambda _: group)

    kept = await here.desk.personal.kept(here.reader.id)
    await here.desk.personal.forget(here.reader.id)

    assert kept["runs"] == [group.id]
    assert await here.desk.subscribers.get(group.id) == group


async def test_deleting_asks_first_and_leaves_nothing(here: World) -> None:
    await with_traces(here)
    [answer] = await here.say("/privacy")
    sure = await here.press(answer, "Delete it all")
    assert await here.desk.subscribers.get(here.reader.id) is not None

    done = await here.press(sure, "Yes, delete it")

    assert "deleted" in done.text
    kept = await here.desk.personal.kept(here.reader.id)
    assert {name: value for name, value in kept.items() if value} == {}
    assert (await here.desk.outbox.delivery(2)) is not None  # somebody else's
    assert await here.desk.digesting.next_due(here.reader.id, 0) is None


async def test_an_admin_stays_one(here: World) -> None:
    await here.desk.people.change(here.reader.id, lambda person: replace(person, name="Edda", admin=True))
    [answer] = await here.say("/privacy")
    sure = await here.press(answer, "Delete it all")

    done = await here.press(sure, "Yes, delete it")

    person = await here.desk.people.get(here.reader.id)
    assert person is not None
    assert (person.admin, person.name) == (True, "")
    assert "but for" in done.text


async def test_a_group_is_told_to_ask_in_private(here: World) -> None:
    group = here.server.group("Tarn", here.reader)

    [answer] = await here.say("/privacy", chat=group)

    assert "private" in answer.text
    assert here.reader.id != ADMIN_ID
