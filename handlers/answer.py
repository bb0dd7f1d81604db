"""Documents on their way to a chat: sending, editing, answering a press."""

import logging
from asyncio import sleep
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar

from telegram import (
    Bot,
    CallbackQuery,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, RetryAfter, TelegramError

from handlers.document import Button, Buttons, Document
from handlers.looks import classic
from handlers.press import Press
from handlers.texts import Texts

log = logging.getLogger(__name__)

T = TypeVar("T")
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
LONGEST_WAIT = timedelta(minutes=1)
ATTEMPTS = 3


@dataclass(frozen=True)
class Place:
    """A chat, its topic, and the message that is answered."""

    chat: int
    topic: int | None = None
    reply_to: int | None = None

    @classmethod
    def of(cls, message: Message) -> "Place":
        """Where an answer to `message` belongs. In a group it says which message it answers.

        `message_thread_id` is also set on replies outside forums, where sending to it is refused.
        """
        topic = message.message_thread_id if message.is_topic_message else None
        return cls(message.chat_id, topic, None if message.chat.type == "private" else message.message_id)


async def send(bot: Bot, place: Place, document: Document) -> Message:
    """All messages of a document, in order. The last one is returned: it has the buttons, the file or the question."""
    first, *others = classic.render(document)
    sent = await send_one(bot, place, first)
    for message in others:
        sent = await send_one(bot, Place(place.chat, place.topic), message)
    return sent


async def send_one(bot: Bot, place: Place, message: classic.Message) -> Message:
    reply = ReplyParameters(place.reply_to, allow_sending_without_reply=True) if place.reply_to else None
    everywhere: dict[str, Any] = {
        "message_thread_id": place.topic,
        "reply_parameters": reply,
        "reply_markup": _markup(message),
    }

    async def attempt(text: str, mode: ParseMode | None) -> Message:
        if message.file is not None:
            file = InputFile(message.file.data, filename=message.file.name)
            return await bot.send_document(place.chat, file, caption=text or None, parse_mode=mode, **everywhere)
        return await bot.send_message(place.chat, text, parse_mode=mode, link_preview_options=NO_PREVIEW, **everywhere)

    return await _as_plain_if_refused(attempt, message)


async def put(bot: Bot, place: Place, document: Document, over: Message | None, screens: "Screens") -> Message:
    """The document in place of the message `over` as far as it can be, else below it."""
    first, *others = classic.render(document)
    if over is None or first.file is not None or first.asks is not None:
        if over is not None:
            await remove(bot, over)
        return await send(bot, place, document)
    sent = over if await edit(over, first, screens) else await send_one(bot, place, first)
    for message in others:
        sent = await send_one(bot, Place(place.chat, place.topic), message)
    return sent


async def remove(bot: Bot, message: Message) -> None:
    try:
        await bot.delete_message(message.chat_id, message.message_id)
    except TelegramError as error:
        log.info("A message could not be deleted: %s", error.message)


class Screens:
    """What edited messages show now. A press carries its message as its client saw it, which may be long ago."""

    def __init__(self, kept: int = 10_000) -> None:
        self._kept = kept
        self._shown: OrderedDict[tuple[int, int], int] = OrderedDict()

    def shows(self, message: Message, wanted: classic.Message) -> bool:
        known = self._shown.get((message.chat_id, message.message_id))
        if known is not None:
            return known == hash(wanted)
        return message.text == wanted.text and message.reply_markup == keyboard(wanted.buttons)

    def note(self, message: Message, shown: classic.Message) -> None:
        key = (message.chat_id, message.message_id)
        self._shown[key] = hash(shown)
        self._shown.move_to_end(key)
        if len(self._shown) > self._kept:
            self._shown.popitem(last=False)


async def show(query: CallbackQuery, document: Document, press: Press, texts: Texts, screens: Screens) -> bool:
    """The view of `press` in place of the message under which it was pressed; False where that is out of reach.

    A long view is shown one part at a time. Nothing is sent when the message shows it already: after a double tap.
    """
    shown = query.message
    return isinstance(shown, Message) and await edit(shown, part_of(document, press, texts), screens)


async def edit(shown: Message, message: classic.Message, screens: Screens) -> bool:
    """Makes `shown` say what `message` says, if it does not; False where it is out of reach."""
    if screens.shows(shown, message):
        return True

    async def attempt(text: str, mode: ParseMode | None) -> None:
        markup = keyboard(message.buttons)
        await shown.edit_text(text, parse_mode=mode, reply_markup=markup, link_preview_options=NO_PREVIEW)

    try:
        await _as_plain_if_refused(attempt, message)
    except BadRequest as error:
        if not _harmless(error):
            return False
    screens.note(shown, message)
    return True


def _harmless(error: BadRequest) -> bool:
    """Of two taps at once, the second finds its work done; a message that was deleted meanwhile is out of reach."""
    reason = error.message.lower()
    if "message is not modified" in reason:
        return True
    if "message to edit not found" in reason or "message can't be edited" in reason:
        return False
    raise error


def part_of(document: Document, press: Press, texts: Texts) -> classic.Message:
    """One message of the document, with all its buttons and those to its other parts."""
    messages = classic.render(document)
    part = min(press.part, len(messages) - 1)
    turns = []
    if part > 0:
        turns.append(Button(texts.gettext("‹ Part {part}", part=texts.number(part)), press.at(part - 1).data))
    if part + 1 < len(messages):
        turns.append(Button(texts.gettext("Part {part} ›", part=texts.number(part + 2)), press.at(part + 1).data))
    buttons = (tuple(turns), *document.buttons) if turns else document.buttons
    return replace(messages[part], buttons=buttons)


async def settle(query: CallbackQuery, text: str | None = None) -> None:
    """Stops the button's spinner. Too late is no harm: the person has long looked away."""
    try:
        await query.answer(text)
    except BadRequest as error:
        log.info("A press could not be answered: %s", error.message)


def _markup(message: classic.Message) -> InlineKeyboardMarkup | ForceReply | None:
    """`selective`: in a group only whoever asked is asked back."""
    if message.asks is not None:
        return ForceReply(selective=True, input_field_placeholder=message.asks.placeholder)
    return keyboard(message.buttons)


def keyboard(buttons: Buttons) -> InlineKeyboardMarkup | None:
    if not buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(b.label, callback_data=b.data or None, url=b.url or None) for b in row]
            for row in buttons
        ]
    )


async def _as_plain_if_refused(attempt: Callable[[str, ParseMode | None], Awaitable[T]], message: classic.Message) -> T:
    try:
        return await patiently(lambda: attempt(message.html, ParseMode.HTML))
    except BadRequest as error:
        if "can't parse entities" not in error.message.lower():
            raise
        log.error("Telegram refused our markup (%s), so it went out as plain text: %r", error.message, message.html)
        return await patiently(lambda: attempt(message.text, None))


async def patiently(request: Callable[[], Awaitable[T]]) -> T:
    """Waits as long as Telegram asks to, up to a minute at a time. Raises `RetryAfter` when it asks for more."""
    for _ in range(ATTEMPTS - 1):
        try:
            return await request()
        except RetryAfter as error:
            wait = error.retry_after
            seconds = wait.total_seconds() if isinstance(wait, timedelta) else wait
            if seconds > LONGEST_WAIT.total_seconds():
                raise
            await sleep(seconds)
    return await request()
