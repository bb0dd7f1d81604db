from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from telegram import Message
from telegram.error import BadRequest, RetryAfter

from bot.local.limits import Refusal, too_many_requests
from bot.local.params import Params
from handlers import answer
from handlers.answer import Place, part_of, patiently, send
from handlers.document import Bold, Button, Document, Paragraph, paragraph
from handlers.looks import classic
from handlers.press import Press
from handlers.texts import texts
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


async def test_refused_markup_goes_out_as_plain_text_and_into_the_log(
    there: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = classic.Message("<b>bold & plain", "bold & plain", ((Button("Go", "x:0"),),))
    monkeypatch.setattr(classic, "render", lambda document: [broken])
    await send(there.application.bot, Place(there.reader.id), Document((paragraph("x"),)))
    shown = there.server.transcript(there.reader)[-1]
    assert (shown.text, len(shown.buttons)) == ("bold & plain", 1)
    assert "refused our markup" in caplog.text
    there.server.refusals.clear()


async def test_another_refusal_is_not_hidden(there: World) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await send(there.application.bot, Place(404), Document((paragraph("x"),)))
    there.server.refusals.clear()


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waits: list[float] = []

    async def note(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(answer, "sleep", note)
    return waits


async def test_a_moment_of_flood_control_loses_no_part(there: World, slept: list[float]) -> None:
    left = [too_many_requests(3)]

    def trouble(method: str, params: Params) -> None:
        if method == "sendMessage" and left and params.values["text"].startswith("b"):
            raise left.pop()

    there.server.trouble = trouble
    await send(there.application.bot, Place(there.reader.id), Document((paragraph("a" * 4096, "b"),)))
    assert [message.text[0] for message in there.server.transcript(there.reader)[-2:]] == ["a", "b"]
    assert slept == [3]
    there.server.refusals.clear()


@pytest.mark.parametrize(
    ("wait", "attempts"),
    [
        pytest.param(timedelta(seconds=60), 3, id="three-attempts"),
        pytest.param(timedelta(seconds=61), 1, id="not-for-longer-than-a-minute"),
    ],
)
async def test_patience_ends(slept: list[float], wait: timedelta, attempts: int) -> None:
    tried = 0

    async def refuse() -> None:
        nonlocal tried
        tried += 1
        raise RetryAfter(wait)

    with pytest.raises(RetryAfter):
        await patiently(refuse)
    assert (tried, slept) == (attempts, [60] * (attempts - 1))


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


def message(**fields: object) -> Message:
    chat = {"id": -5, "type": fields.pop("type", "supergroup"), "title": "Newsroom"}
    made = Message.de_json({"message_id": 7, "date": 0, "chat": chat, **fields}, None)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        pytest.param(message(type="private"), Place(-5), id="private"),
        pytest.param(message(), Place(-5, None, 7), id="group"),
        pytest.param(message(message_thread_id=3, is_topic_message=True), Place(-5, 3, 7), id="topic"),
        pytest.param(message(message_thread_id=3), Place(-5, None, 7), id="a-thread-of-replies-is-no-topic"),
    ],
)
def test_where_an_answer_belongs(asked: Message, place: Place) -> None:
    assert Place.of(asked) == place


def test_a_part_beyond_the_last_is_the_last() -> None:
    document = Document((Paragraph((("a" * 4096, Bold(("b",))),)),))
    shown = part_of(document, Press("c", (1,), part=9), texts("en"))
    assert shown.html == "<b>b</b>"
    assert [[button.data for button in row] for row in shown.buttons] == [["c:0:1"]]
