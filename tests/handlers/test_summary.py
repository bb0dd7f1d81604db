from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.local.world import Chat, Message
from tests.handlers.world import World, article, world

URL = "https://tarn.example/harbour/strike"


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        yield made


async def reply(there: World, to: Message, text: str, chat: Chat | None = None) -> Message:
    there.server.say(there.reader, text, chat, reply_to=to)
    await there.settle()
    return there.server.transcript(chat or there.reader)[-1]


async def test_in_reply_to_a_message_with_a_link(there: World) -> None:
    await there.file(article(url=URL))
    group = there.server.group("Newsroom", there.reader)
    words = f"https://other.example/ has it too: www.tarn.example/harbour/strike?utm_source=chat {URL}"
    said = there.server.say(there.server.person("Sana"), words, group)
    answer = await reply(there, said, "/summary", group)
    assert answer.text.startswith("Harbour strike ends in Tarn")


async def test_in_reply_to_the_bot_s_own_list_its_first_number_is_meant(there: World) -> None:
    await there.fill(2)
    (listed,) = await there.say("/latest")
    answer = await reply(there, listed, "/summary")
    assert answer.text.startswith("Ferry 2 leaves Tarn")


async def test_in_reply_to_a_briefing_it_is_that_briefing(there: World) -> None:
    await there.file(article(url=URL))
    (shown,) = await there.say("/summary 1")
    assert (await reply(there, shown, "/summary")).text == shown.text


async def test_a_number_that_somebody_wrote_is_no_briefing(there: World) -> None:
    await there.fill(1)
    said = there.server.say(there.reader, "we are #1 today")
    answer = await reply(there, said, "/summary")
    assert answer.text.startswith("/summary NUMBER or LINK")


async def test_words_of_its_own_come_before_what_was_replied_to(there: World) -> None:
    await there.fill(2)
    (listed,) = await there.say("/latest")
    assert (await reply(there, listed, "/summary 1")).text.startswith("Ferry 1 leaves Tarn")
