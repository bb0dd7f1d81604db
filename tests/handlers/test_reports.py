from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.local.world import Message, Person
from handlers.reports import LONGEST, SUGGESTED
from tests.handlers.world import World, world


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        yield made


@pytest.fixture
async def admin(there: World) -> Person:
    """An admin who has a chat with the bot."""
    await there.say("/help", person=there.server.speaker("admin"))
    return there.server.speaker("admin")


def labels(message: Message) -> list[str]:
    return [button.text for button in message.buttons]


def last(there: World, person: Person) -> Message:
    return there.server.transcript(person)[-1]


# --- Report


async def test_a_report_reaches_the_admins_and_their_notices(there: World, admin: Person) -> None:
    await there.fill(1)
    (shown,) = await there.say("/summary 1")
    await there.press(shown, "Report")
    assert last(there, there.reader).text.startswith("What is wrong with “Ferry 1 leaves Tarn”?")
    (thanks,) = await there.say("The date\n is wrong.")
    assert thanks.text == "Thank you. The admins have been told."
    told = last(there, admin)
    assert told.text.startswith("A reader says that something is wrong with “Ferry 1 leaves Tarn”:")
    assert "The date is wrong." in told.text
    assert "Reader" in told.text
    (page,) = await there.say("/notices", person=admin)
    assert "“The date is wrong.” – Reader" in page.text
    opened = await there.press(page, "Briefing #1", person=admin)
    assert opened.text.startswith("Ferry 1 leaves Tarn")


async def test_every_report_is_kept(there: World, admin: Person) -> None:
    await there.fill(2)
    for number in (1, 2):
        (shown,) = await there.say(f"/summary {number}")
        await there.press(shown, "Report")
        await there.say(f"Wrong {number}" + "!" * 2 * LONGEST)
    (page,) = await there.say("/notices", person=admin)
    assert page.text.startswith("2 notices")
    assert max(len(notice.values["words"]) for notice in await there.desk.notices()) == LONGEST
    page = await there.press(page, "Mark as read", person=admin)
    assert page.text.startswith("Nothing new to tell.")


async def test_a_report_of_what_is_gone_is_old(there: World) -> None:
    await there.fill(1)
    (shown,) = await there.say("/summary 1")
    there.server.press(there.reader, shown, replace(shown.buttons[0], data="rp:0:99"))
    await there.settle()
    assert there.toasts[0].startswith("This button is old")


async def test_an_admin_who_cannot_be_written_to_holds_up_nobody(there: World) -> None:
    await there.fill(1)
    (shown,) = await there.say("/summary 1")
    await there.press(shown, "Report")
    (thanks,) = await there.say("The date is wrong.")
    assert thanks.text == "Thank you. The admins have been told."
    assert len(await there.desk.notices()) == 1
    there.server.refusals.clear()  # the admin has no chat with the bot


# --- /suggest


async def test_a_suggestion_reaches_the_admins(there: World, admin: Person) -> None:
    (thanks,) = await there.say("/suggest news.example")
    assert thanks.text.startswith("Thank you.")
    told = last(there, admin)
    assert told.text == "Reader asks for a source: https://news.example"
    assert labels(told) == ["Look at news.example", "Decline"]
    declined = await there.press(told, "Decline", person=admin)
    assert declined.text == "Declined: https://news.example"
    assert await there.desk.notices() == []
    there.toasts.clear()
    there.server.press(admin, told, "Decline")
    await there.settle()
    assert there.toasts[0].startswith("This button is old")


async def test_looking_at_a_suggestion_leads_to_the_preview(there: World, admin: Person) -> None:
    await there.say("/suggest news.example")
    shown = await there.press(last(there, admin), "Look at news.example", person=admin)
    assert shown.text.startswith("This chat only shows the desk")  # there is no scout in this world
    assert await there.desk.notices() == []


async def test_what_several_ask_for_is_told_once(there: World, admin: Person) -> None:
    await there.say("/suggest https://news.example/")
    before = len(there.server.transcript(admin))
    await there.say("/suggest news.example", person=there.server.person("Sana"))
    assert len(there.server.transcript(admin)) == before
    (notice,) = await there.desk.notices()
    assert notice.count == 2


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        pytest.param("/suggest", "/suggest LINK: proposes a source", id="nothing"),
        pytest.param("/suggest good news", "/suggest LINK: proposes a source", id="no-link"),
        pytest.param("/suggest https://tarn.example/feed", "That source is followed already.", id="followed"),
    ],
)
async def test_what_is_no_suggestion(there: World, said: str, answered: str) -> None:
    await there.desk.add_source("https://tarn.example/feed", name="The Tarn Mail")
    (answer,) = await there.say(said)
    assert answer.text.startswith(answered)
    assert await there.desk.notices() == []


async def test_so_many_suggestions_may_wait(there: World, admin: Person) -> None:
    for number in range(SUGGESTED):
        await there.say(f"/suggest https://n{number}.example")
        there.application.bot_data["backchannel"].rates._buckets.clear()
    (answer,) = await there.say("/suggest https://more.example")
    assert answer.text.startswith("The admins have not answered")
    assert len(await there.desk.notices()) == SUGGESTED


async def test_readers_cannot_decide(there: World, admin: Person) -> None:
    await there.say("/suggest news.example")
    told = last(there, admin)
    (shown,) = await there.say("/start")
    for button in told.buttons:
        there.server.press(there.reader, shown, button)
        await there.settle()
    assert set(there.toasts) == {"Only the admins of this desk can do that."}


async def test_where_nothing_is_written_nothing_is_told(tmp_path: Path) -> None:
    async with world(tmp_path) as there:
        await there.fill(1)
    async with world(tmp_path, readonly=True) as there:
        (answer,) = await there.say("/suggest news.example")
        assert answer.text.startswith("This chat only shows the desk")
