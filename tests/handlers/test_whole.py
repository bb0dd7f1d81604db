"""*Open as a page*: under a long answer, in a chat whose look is messages."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.local.limits import Refusal
from bot.local.params import Params
from bot.local.world import Message
from handlers import patience
from handlers.looks import classic
from handlers.press import OPEN
from tests.handlers.ferry import DIVERS, FERRY, tell
from tests.handlers.world import World, article, world

LONG = tuple(f"Sentence number {number} of a very long paragraph about the harbour." for number in range(150))
OPENS = "Open as a page"


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        yield made


def labels(message: Message) -> list[str]:
    return [button.text for button in message.buttons]


async def long_context(there: World) -> Message:
    await there.file(article("Long read", LONG))
    (shown,) = await there.say("/summary 1")
    return await there.press(shown, "In context")


async def test_all_of_it_comes_as_a_page_below_and_the_message_stays(there: World) -> None:
    shown = await long_context(there)
    before = len(there.server.transcript(there.reader))
    assert await there.press(shown, OPENS) == shown
    (page,) = there.server.transcript(there.reader)[before:]
    assert page.page is not None
    assert all(sentence in page.text for sentence in LONG)
    assert OPENS not in labels(page)
    assert "‹ Briefing" in labels(page)
    assert there.toasts[-1] == ""


async def test_the_page_leads_on_as_the_message_did(there: World) -> None:
    shown = await long_context(there)
    await there.press(shown, OPENS)
    page = there.server.transcript(there.reader)[-1]
    back = await there.press(page, "‹ Briefing")
    assert (back.page, "Long read" in back.text) == (None, True)


async def test_a_short_answer_has_no_such_button(there: World) -> None:
    await there.fill(1)
    (shown,) = await there.say("/summary 1")
    assert OPENS not in labels(shown)
    assert OPENS not in labels(await there.press(shown, "In context"))


async def test_a_long_answer_to_a_command_has_it_too(there: World) -> None:
    await there.file(*(article(f"Ferry {number} " + "leaves " * 40, ("It left.",)) for number in range(1, 31)))
    *_, last = await there.say("/latest 30")
    await there.press(last, OPENS)
    page = there.server.transcript(there.reader)[-1]
    assert page.page is not None
    assert all(f"#{number} Ferry {number} " in page.text for number in range(1, 31))


async def test_a_server_that_knows_no_pages_gets_messages_and_the_button_goes(there: World) -> None:
    there.server.pages = False
    shown = await long_context(there)
    before = len(there.server.transcript(there.reader))
    await there.press(shown, OPENS)
    messages = there.server.transcript(there.reader)[before:]
    assert all(message.page is None for message in messages)
    assert all(any(sentence in message.text for message in messages) for sentence in LONG)
    assert OPENS not in labels(await there.press(shown, "‹ Briefing"))
    (again,) = await there.say("/summary 1")
    assert OPENS not in labels(await there.press(again, "In context"))
    there.server.refusals.clear()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(f"{OPEN}:0", id="nothing"),
        pytest.param(f"{OPEN}:0/zz:0:1", id="no view"),
        pytest.param(f"{OPEN}:0/{OPEN}:0/l:0:1:5", id="itself"),
        pytest.param(f"{OPEN}:0/c:0:77", id="a briefing that is gone"),
    ],
)
async def test_what_leads_nowhere_says_so(there: World, data: str) -> None:
    from bot.local.world import Button

    await there.fill(1)
    (shown,) = await there.say("/latest")
    there.server.press(there.reader, shown, Button("x", data))
    await there.settle()
    assert there.toasts[-1].startswith("This button is old")


async def test_it_opens_nothing_that_the_person_may_not_see(there: World) -> None:
    from bot.local.world import Button

    await there.fill(1)
    (shown,) = await there.say("/latest")
    before = len(there.server.transcript(there.reader))
    there.server.press(there.reader, shown, Button("x", f"{OPEN}:0/so:0:0"))
    await there.settle()
    assert len(there.server.transcript(there.reader)) == before


async def test_a_page_that_is_refused_is_sent_as_messages(there: World) -> None:
    def trouble(method: str, params: Params) -> None:
        if method == "sendRichMessage":
            raise Refusal(400, "Bad Request: can't parse entities: x")

    shown = await long_context(there)
    there.server.trouble = trouble
    await there.press(shown, OPENS)
    assert there.server.transcript(there.reader)[-1].page is None
    there.server.refusals.clear()


async def long_story(there: World, monkeypatch: pytest.MonkeyPatch) -> Message:
    monkeypatch.setattr(classic, "CAPTION", 100)
    for news in (FERRY, DIVERS):
        await tell(there, news, "Courier")
    await there.say("/story 1")
    return there.server.transcript(there.reader)[-1]


async def test_a_long_story_has_it_too(there: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = await long_story(there, monkeypatch)
    await there.press(shown, OPENS)
    page = there.server.transcript(there.reader)[-1]
    assert page.page is not None
    assert DIVERS.text in page.text
    assert OPENS not in labels(page)
    assert "Who says what" in labels(page)


async def test_what_takes_its_time_leaves_the_message_as_it_is(there: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = await long_story(there, monkeypatch)
    monkeypatch.setattr(patience, "PATIENCE", 0)
    assert await there.press(shown, OPENS) == shown
    assert there.edits == 0
