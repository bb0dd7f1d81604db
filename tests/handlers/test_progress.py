import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.local.limits import Refusal
from bot.local.params import Params
from handlers.answer import Place, Screens, put
from handlers.document import Asks, Document, File, paragraph
from handlers.progress import PACE, Progress
from tests.handlers.world import World, world


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        await made.say("/start")
        yield made


def said(text: str) -> Document:
    return Document((paragraph(text),))


class Pauses:
    """Pauses that end when a test says so."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self._turn = asyncio.Semaphore(0)
        self._begun = asyncio.Semaphore(0)

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        self._begun.release()
        await self._turn.acquire()

    async def begun(self) -> None:
        await self._begun.acquire()

    def end(self) -> None:
        self._turn.release()


def progress(there: World, pauses: Pauses) -> Progress:
    return Progress(there.application.bot, Place(there.reader.id), Screens(), pause=pauses)


def shown(there: World) -> str:
    return there.server.transcript(there.reader)[-1].text


async def test_news_are_one_message_and_what_is_overtaken_is_left_out(there: World) -> None:
    pauses = Pauses()
    telling = progress(there, pauses)
    before = len(there.server.transcript(there.reader))
    telling.tell(said("finding"))
    await pauses.begun()
    telling.tell(said("reading"))
    telling.tell(said("counting"))
    assert shown(there) == "finding"
    pauses.end()
    await pauses.begun()
    assert shown(there) == "counting"
    assert len(there.server.transcript(there.reader)) == before + 1
    assert (there.edits, pauses.asked) == (1, [PACE, PACE])
    message = await telling.close()
    assert message is not None
    telling.tell(said("too late"))
    await asyncio.sleep(0)
    assert shown(there) == "counting"


async def test_quick_work_shows_nothing_on_its_way(there: World) -> None:
    telling = progress(there, Pauses())
    telling.tell(said("finding"))
    assert await telling.close() is None
    assert "finding" not in shown(there)


async def test_a_telegram_that_refuses_news_does_not_stop_the_work(there: World) -> None:
    def refuse(method: str, params: Params) -> None:
        if method == "sendMessage":
            raise Refusal(403, "Forbidden: bot was blocked by the user")

    there.server.trouble = refuse
    pauses = Pauses()
    telling = progress(there, pauses)
    telling.tell(said("finding"))
    await pauses.begun()
    assert await telling.close() is None
    there.server.refusals.clear()


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(Document((paragraph("A list"),), file=File("list.opml", b"<opml/>")), id="file"),
        pytest.param(Document((paragraph("Its name?"),), asks=Asks("e:0:1", "A name")), id="question"),
    ],
)
async def test_what_no_edit_can_show_takes_the_place_of_the_news(there: World, document: Document) -> None:
    pauses, screens = Pauses(), Screens()
    telling = progress(there, pauses)
    telling.tell(said("finding"))
    await pauses.begun()
    await put(there.application.bot, Place(there.reader.id), document, await telling.close(), screens)
    texts = [message.text for message in there.server.transcript(there.reader)]
    assert "finding" not in texts
    assert texts[-1] in ("A list", "Its name?")


async def test_a_long_answer_goes_on_below_the_news_and_a_deleted_one_is_sent_anew(there: World) -> None:
    for deleted in (False, True):
        pauses = Pauses()
        telling = progress(there, pauses)
        telling.tell(said("finding"))
        await pauses.begun()
        message = await telling.close()
        assert message is not None
        if deleted:
            await there.application.bot.delete_message(message.chat_id, message.message_id)
        long = Document((paragraph("a" * 4096, "b"),))
        await put(there.application.bot, Place(there.reader.id), long, message, Screens())
        assert [m.text[0] for m in there.server.transcript(there.reader)[-2:]] == ["a", "b"]
    there.server.refusals.clear()


async def test_a_file_s_long_text_goes_before_it(there: World) -> None:
    document = Document((paragraph("a" * 1025),), file=File("list.opml", b"<opml/>"))
    await put(there.application.bot, Place(there.reader.id), document, None, Screens())
    text, file = there.server.transcript(there.reader)[-2:]
    assert (text.text, file.text) == ("a" * 1025, "")
    assert file.attachment is not None
