"""One screen to Telegram: what is refused goes out in a plainer form, and what a server or chat refuses is kept."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from telegram import Message
from telegram.error import BadRequest, InvalidToken, RetryAfter

from bot.local.limits import Refusal
from bot.local.params import Params
from handlers import outgoing
from handlers.document import Asks, Button, Details, Document, Heading, Picture, paragraph
from handlers.looks import classic, rich
from handlers.looks.choice import Looks
from handlers.outgoing import Place, patiently, send_screen
from tests.handlers.world import World, world

DOCUMENT = Document((Heading(("Ferries",)), Details(("More",), (paragraph("Two sail."),))), ((Button("Go", "x:0"),),))


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        await made.say("/start")
        yield made


FAULTS: list[str] = []


@pytest.fixture(autouse=True)
def faults() -> list[str]:
    """What somebody was told of our own faults."""
    FAULTS.clear()
    return FAULTS


def looks_of(there: World) -> Looks:
    async def tell(fault: str) -> None:
        FAULTS.append(fault)

    return Looks(there.desk.subscribers, "page", tell=tell)


async def sent(there: World, document: Document, looks: Looks) -> Message:
    (page,) = rich.render(document)
    return await send_screen(there.application.bot, Place(there.reader.id, reply_to=1), page, looks)


async def test_a_page_goes_out_with_all_that_a_message_has(there: World) -> None:
    message = await sent(there, DOCUMENT, looks_of(there))
    shown = there.server.transcript(there.reader)[-1]
    assert shown.page is not None
    assert (shown.text, shown.reply_to, [button.text for button in shown.buttons]) == (
        "Ferries\nMore\nTwo sail.",
        1,
        ["Go"],
    )
    assert message.message_id == shown.id


async def test_a_question_may_be_a_page(there: World) -> None:
    document = Document((paragraph("Which name?"),), asks=Asks("x:0", "A name"))
    await sent(there, document, looks_of(there))
    assert there.server.transcript(there.reader)[-1].page is not None


async def test_a_server_of_before_pages_gets_messages_and_is_asked_no_more(
    there: World, caplog: pytest.LogCaptureFixture
) -> None:
    there.server.pages = False
    looks = looks_of(there)
    assert await looks.of(there.reader.id) == "page"
    await sent(there, DOCUMENT, looks)
    shown = there.server.transcript(there.reader)[-1]
    assert (shown.page, shown.text, len(shown.buttons)) == (None, "Ferries\n\nMore\nTwo sail.".replace("\n\n", "\n"), 1)
    assert await looks.of(there.reader.id) == "message"
    assert not await looks.take_pages(there.reader.id)
    assert "knows no pages" in caplog.text
    assert [refused.method for refused in there.server.refusals] == ["sendRichMessage"]
    there.server.refusals.clear()


async def test_a_bad_token_is_no_server_of_before_pages(there: World) -> None:
    there.server.token = "1:another"
    looks = looks_of(there)
    with pytest.raises(InvalidToken):
        await sent(there, DOCUMENT, looks)
    assert await looks.of(there.reader.id) == "page"
    there.server.refusals.clear()


def refusing(description: str, *methods: str) -> Callable[[str, Params], None]:
    def trouble(method: str, params: Params) -> None:
        if method in methods and "rich_message" in params.values:
            raise Refusal(400, f"Bad Request: {description}")

    return trouble


@pytest.mark.parametrize(
    ("description", "taken"),
    [
        pytest.param("RICH_VALIDATE_CTOR_NOT_ALLOWED", True, id="a page that is at fault, as a name"),
        pytest.param("CHAT_SEND_RICH_FORBIDDEN", False, id="a chat that takes none, as a name"),
        pytest.param("can't parse entities: Unsupported start tag", True, id="a page that is at fault"),
        pytest.param("rich message is too long", True, id="a page that is too long"),
        pytest.param("pages are not allowed in this chat", False, id="a chat that takes none"),
    ],
)
async def test_what_takes_a_message_but_no_page(
    there: World, caplog: pytest.LogCaptureFixture, faults: list[str], description: str, taken: bool
) -> None:
    there.server.trouble = refusing(description, "sendRichMessage")
    looks = looks_of(there)
    await sent(there, DOCUMENT, looks)
    shown = there.server.transcript(there.reader)[-1]
    assert (shown.page, shown.text) == (None, "Ferries\nMore\nTwo sail.")
    assert await looks.take_pages(there.reader.id) is taken
    assert (await there.desk.subscribers.known(there.reader.id)).pages is taken
    assert description.lower() in caplog.text.lower()
    assert len(faults) == taken  # what the chat is like is nobody's fault
    there.server.refusals.clear()


async def test_what_is_refused_in_either_look_teaches_nothing(there: World) -> None:
    looks = looks_of(there)
    (page,) = rich.render(DOCUMENT)
    with pytest.raises(BadRequest, match="Chat not found"):
        await send_screen(there.application.bot, Place(404), page, looks)
    assert await looks.take_pages(404)
    there.server.refusals.clear()


@pytest.mark.parametrize(
    ("description", "served", "taken"),
    [
        pytest.param("", True, True, id="taken"),
        pytest.param("message text is empty", False, False, id="a server of before pages"),
        pytest.param("pages are not allowed in this chat", True, False, id="a chat that takes none"),
        pytest.param("can't parse entities: x", True, True, id="a page that is at fault"),
    ],
)
async def test_a_message_is_made_a_page(there: World, description: str, served: bool, taken: bool) -> None:
    looks = looks_of(there)
    old = await there.application.bot.send_message(there.reader.id, "old")
    if not served:
        there.server.pages = False
    elif description:
        there.server.trouble = refusing(description, "editMessageText")
    (page,) = rich.render(DOCUMENT)
    await outgoing.edit_screen(there.application.bot, old, page, looks)
    shown = there.server.transcript(there.reader)[-1]
    assert (shown.id, shown.page is not None) == (old.message_id, not description)
    assert shown.text == "Ferries\nMore\nTwo sail."
    assert await looks.take_pages(there.reader.id) is taken
    there.server.refusals.clear()


@pytest.mark.parametrize("edited", [False, True], ids=["sent", "edited"])
async def test_refused_markup_goes_out_as_plain_text_and_is_told(
    there: World, caplog: pytest.LogCaptureFixture, faults: list[str], edited: bool
) -> None:
    broken = classic.Message("<b>bold & plain", "bold & plain", ((Button("Go", "x:0"),),))
    bot, looks = there.application.bot, looks_of(there)
    if edited:
        await outgoing.edit_screen(bot, await bot.send_message(there.reader.id, "old"), broken, looks)
    else:
        await send_screen(bot, Place(there.reader.id), broken, looks)
    shown = there.server.transcript(there.reader)[-1]
    assert (shown.text, len(shown.buttons)) == ("bold & plain", 1)
    assert "<b>bold & plain" in caplog.text
    assert ["refused our markup" in fault for fault in faults] == [True]
    there.server.refusals.clear()


async def test_what_a_refused_page_said_is_said_whole(there: World) -> None:
    there.server.pages = False
    document = Document((paragraph("a " * 3000, "b " * 3000),), ((Button("Go", "x:0"),),))
    last = await sent(there, document, looks_of(there))
    messages = there.server.transcript(there.reader)[2:]
    assert "".join(message.text for message in messages).replace(" ", "") == "a" * 3000 + "b" * 3000
    assert [len(message.buttons) for message in messages] == [0, 0, 1]
    assert last.message_id == messages[-1].id
    there.server.refusals.clear()


@pytest.mark.parametrize(
    ("alt", "name"),
    [
        pytest.param("Ferries, day by day", "Ferries, day by day.png", id="words"),
        pytest.param('a "b"\r\n/../c', "a b c.png", id="what a file name must not hold"),
        pytest.param("!!", "picture.png", id="nothing left"),
        pytest.param("x" * 99, "x" * 60 + ".png", id="cut"),
        pytest.param(
            "harbour " * 9, "harbour harbour harbour harbour harbour harbour harbour.png", id="cut between words"
        ),
        pytest.param("समय के साथ लेख", "समय के साथ लेख.png", id="vowels that are marks"),
    ],
)
async def test_a_picture_carries_its_words(there: World, alt: str, name: str) -> None:
    (message,) = classic.render(Document((paragraph("Ferries"),), picture=Picture(b"PNG", alt)))
    await send_screen(there.application.bot, Place(there.reader.id), message)
    shown = there.server.transcript(there.reader)[-1]
    assert shown.attachment is not None
    assert (shown.attachment.kind, shown.attachment.name, shown.text) == ("photo", name, "Ferries")


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waits: list[float] = []

    async def note(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(outgoing, "sleep", note)
    return waits


@pytest.mark.parametrize("look", ["message", "page"])
async def test_a_moment_of_flood_control_loses_nothing(there: World, slept: list[float], look: str) -> None:
    left = [Refusal(429, "Too Many Requests: retry after 3", {"retry_after": 3})]

    def trouble(method: str, params: Params) -> None:
        if method.startswith("send") and left:
            raise left.pop()

    there.server.trouble = trouble
    (screen,) = rich.render(DOCUMENT) if look == "page" else classic.render(DOCUMENT)
    await send_screen(there.application.bot, Place(there.reader.id), screen, looks_of(there))
    shown = there.server.transcript(there.reader)[-1]
    assert (shown.page is not None, slept) == (look == "page", [3])
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
    assert place.below == Place(place.chat, place.topic)
