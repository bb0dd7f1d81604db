from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from telegram import CallbackQuery, User
from telegram.error import BadRequest

from bot.local.limits import Refusal
from bot.local.params import Params
from handlers import screens as screens_module
from handlers.answer import Place, Screens, edit, put, send, show
from handlers.document import Button, Document, File, Picture, paragraph
from handlers.looks import classic
from handlers.looks.choice import Looks
from handlers.press import Press
from handlers.texts import texts
from summaries.models import Look as Chosen
from tests.handlers.world import World, world


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        await made.say("/start")
        yield made


async def test_parts_of_a_long_answer_come_in_order_with_the_buttons_at_the_end(there: World) -> None:
    document = Document((paragraph("a" * 4096, "b" * 4096, "c"),), ((Button("Go", "x:0"),),))
    await send(there.application.bot, Place(there.reader.id, reply_to=1), document)
    sent = there.server.transcript(there.reader)[-3:]
    assert [message.text[0] for message in sent] == ["a", "b", "c"]
    assert [len(message.buttons) for message in sent] == [0, 0, 1]
    assert [message.reply_to for message in sent] == [1, None, None]


async def test_another_refusal_is_not_hidden(there: World) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await send(there.application.bot, Place(404), Document((paragraph("x"),)))
    there.server.refusals.clear()


@pytest.mark.parametrize(
    ("description", "toast"),
    [
        pytest.param("Bad Request: message is not modified", "", id="done-already"),
        pytest.param("Bad Request: message to edit not found", "This button is old", id="deleted-meanwhile"),
        pytest.param("Bad Request: message can't be edited", "This button is old", id="out-of-reach"),
        pytest.param("Bad Request: chat is a desert", "That went wrong", id="anything-else"),
    ],
)
async def test_edits_that_telegram_refuses(there: World, description: str, toast: str) -> None:
    def trouble(method: str, params: Params) -> None:
        if method == "editMessageText":
            raise Refusal(400, description)

    await there.fill(1)
    (shown,) = await there.say("/latest")
    there.server.trouble = trouble
    await there.press(shown, "#1")
    assert len(there.toasts) == 1
    assert there.toasts[0].startswith(toast) if toast else there.toasts == [""]
    there.server.refusals.clear()


async def test_a_press_that_is_too_old_to_answer_does_no_harm(there: World, caplog: pytest.LogCaptureFixture) -> None:
    def trouble(method: str, params: Params) -> None:
        if method == "answerCallbackQuery":
            raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")

    await there.fill(1)
    (shown,) = await there.say("/latest")
    there.server.trouble = trouble
    assert (await there.press(shown, "#1")).text.startswith("Ferry 1 leaves Tarn")
    assert "A handler failed" not in caplog.text
    there.server.refusals.clear()


def screens(there: World, own: Chosen = "page") -> Screens:
    return Screens(Looks(there.desk.subscribers, own))


@pytest.mark.parametrize(
    ("own", "chosen", "pages"),
    [
        pytest.param("message", "", False, id="the desk's"),
        pytest.param("page", "", True, id="the desk's, pages"),
        pytest.param("message", "page", True, id="the chat's"),
        pytest.param("page", "message", False, id="the chat's, messages"),
    ],
)
async def test_the_look_is_what_the_chat_chose_else_the_desk_s(
    there: World, own: Chosen, chosen: Chosen, pages: bool
) -> None:
    await there.desk.subscribers.change(there.reader.id, lambda chat: replace(chat, look=chosen))
    await send(there.application.bot, Place(there.reader.id), Document((paragraph("a"),)), screens(there, own))
    assert (there.server.transcript(there.reader)[-1].page is not None) is pages


async def test_pages_come_in_order_with_the_buttons_at_the_end(there: World) -> None:
    document = Document((paragraph("a" * 31_900), paragraph("b" * 200)), ((Button("Go", "x:0"),),), picture=PICTURE)
    await send(there.application.bot, Place(there.reader.id, reply_to=1), document, screens(there))
    sent = there.server.transcript(there.reader)[-3:]
    assert [message.text[:7] for message in sent] == ["ferries", "a" * 7, "b" * 7]
    assert [message.attachment is not None for message in sent] == [True, False, False]
    assert [len(message.buttons) for message in sent] == [0, 0, 1]
    assert [message.reply_to for message in sent] == [1, None, None]


PICTURE = Picture(b"PNG", "ferries")
TEXT, WITH_PICTURE, WITH_FILE = (
    Document((paragraph("a text"),)),
    Document((paragraph("a caption"),), picture=PICTURE),
    Document((paragraph("a list"),), file=File("a.opml", b"x")),
)


@pytest.mark.parametrize(
    ("own", "before", "after", "stays"),
    [
        pytest.param("message", TEXT, Document((paragraph("another"),)), True, id="a text becomes another"),
        pytest.param("page", TEXT, Document((paragraph("another"),)), True, id="a page becomes another"),
        pytest.param("message", TEXT, WITH_PICTURE, False, id="no text becomes a picture"),
        pytest.param("page", TEXT, WITH_PICTURE, False, id="no page becomes a picture"),
        pytest.param("message", WITH_PICTURE, TEXT, False, id="no picture becomes a text"),
        pytest.param("page", WITH_PICTURE, TEXT, True, id="the page below a picture becomes another"),
        pytest.param("message", TEXT, WITH_FILE, False, id="no text becomes a file"),
        pytest.param("page", TEXT, WITH_FILE, False, id="no page becomes a file"),
    ],
)
async def test_an_answer_takes_the_place_of_what_was_shown(
    there: World, own: Chosen, before: Document, after: Document, stays: bool
) -> None:
    bot, place, shown = there.application.bot, Place(there.reader.id), screens(there, own)
    first = await put(bot, place, before, None, shown)
    last = await put(bot, place, after, first, shown)
    there_now = [message.id for message in there.server.transcript(there.reader)]
    assert (first.message_id in there_now) is stays
    assert last.message_id == there_now[-1]


async def test_a_late_tap_on_what_is_gone_reaches_what_took_its_place(there: World) -> None:
    bot, place, shown = there.application.bot, Place(there.reader.id), screens(there, "message")
    picture = await put(bot, place, WITH_PICTURE, None, shown)
    text = await put(bot, place, TEXT, picture, shown)
    before = there.server.transcript(there.reader)
    (screen,) = classic.render(TEXT)
    assert await edit(picture, screen, shown)
    assert there.server.transcript(there.reader) == before
    (other,) = classic.render(Document((paragraph("another"),)))
    assert await edit(picture, other, shown)
    assert (before[-1].id, there.server.transcript(there.reader)[-1].text) == (text.message_id, "another")


@pytest.mark.parametrize("own", ["message", "page"])
async def test_a_press_that_leads_to_a_picture_shows_it_once(there: World, own: Chosen) -> None:
    """Also when it is tapped twice under the message that the picture took the place of."""
    bot, shown = there.application.bot, screens(there, own)
    first = await put(bot, Place(there.reader.id), TEXT, None, shown)
    query = CallbackQuery("1", User(there.reader.id, "Reader", False), "x", message=first, data="c:0:1")
    query.set_bot(bot)
    press = Press("c", (1,))
    assert await show(query, WITH_PICTURE, press, texts("en"), shown)
    after = there.server.transcript(there.reader)
    assert [message.text for message in after[2:]] == (["a caption"] if own == "message" else ["ferries", "a caption"])
    assert await show(query, WITH_PICTURE, press, texts("en"), shown)
    assert there.server.transcript(there.reader) == after


async def test_admins_are_told_of_markup_that_was_refused(there: World, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = there.server.speaker("admin")
    await there.say("/start", person=admin)
    broken = classic.Message("<b>bold", "bold")
    with monkeypatch.context() as patched:
        patched.setattr(screens_module, "screens_of", lambda *told, **how: [broken])
        await there.say("/help")
    assert there.server.transcript(there.reader)[-1].text == "bold"
    assert "refused our markup" in there.server.transcript(admin)[-1].text
    there.server.refusals.clear()
