"""One screen to Telegram, sent or edited: patiently, and in a plainer form where the better one is refused."""

import logging
from asyncio import sleep
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar
from unicodedata import category

from telegram import Bot, ForceReply, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, EndPointNotFound, InvalidToken, RetryAfter

from handlers.document import Picture
from handlers.looks import classic, rich
from handlers.looks.choice import Looks
from handlers.screens import Screen, keyboard

log = logging.getLogger(__name__)

T = TypeVar("T")
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
LONGEST_WAIT = timedelta(minutes=1)
ATTEMPTS = 3

NAME = 60
"""Characters of a picture's file name: Telegram shows it nowhere, but others may."""

UNCHANGED, *UNREACHABLE = ("message is not modified", "message to edit not found", "message can't be edited")
"""What Telegram says of edits that it refuses whatever they say."""

_NO_TEXT = "message text is empty"
"""What a server that knows no `rich_message` says of an edit that has nothing else."""


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

    @property
    def below(self) -> "Place":
        """For what follows there and answers nothing by itself."""
        return replace(self, reply_to=None)


async def send_screen(bot: Bot, place: Place, screen: Screen, looks: Looks | None = None) -> Message:
    """The message that shows it; of several that take the place of a refused page, the last."""
    known = looks or Looks()
    if isinstance(screen, rich.Page):
        return await _send_page(bot, place, screen, known)
    return await _send_message(bot, place, screen, known)


async def edit_screen(bot: Bot, shown: Message, screen: Screen, looks: Looks) -> None:
    """Makes `shown`, which has neither a picture nor a file, show it."""
    if isinstance(screen, rich.Page):
        await _edit_to_page(bot, shown, screen, looks)
    else:
        await _edit_to_message(shown, screen, looks)


# --- messages


async def _send_message(bot: Bot, place: Place, message: classic.Message, looks: Looks) -> Message:
    everywhere = _everywhere(place, message)

    async def attempt(text: str, mode: ParseMode | None) -> Message:
        if message.file is not None:
            file = InputFile(message.file.data, filename=message.file.name)
            return await bot.send_document(place.chat, file, caption=text or None, parse_mode=mode, **everywhere)
        if message.picture is not None:
            photo = InputFile(message.picture.data, filename=_file_name(message.picture))
            return await bot.send_photo(place.chat, photo, caption=text, parse_mode=mode, **everywhere)
        return await bot.send_message(place.chat, text, parse_mode=mode, link_preview_options=NO_PREVIEW, **everywhere)

    return await _as_plain_if_refused(attempt, message, looks)


async def _edit_to_message(shown: Message, message: classic.Message, looks: Looks) -> None:
    async def attempt(text: str, mode: ParseMode | None) -> None:
        markup = keyboard(message.buttons)
        await shown.edit_text(text, parse_mode=mode, reply_markup=markup, link_preview_options=NO_PREVIEW)

    await _as_plain_if_refused(attempt, message, looks)


def _everywhere(place: Place, screen: Screen) -> dict[str, Any]:
    reply = ReplyParameters(place.reply_to, allow_sending_without_reply=True) if place.reply_to else None
    return {"message_thread_id": place.topic, "reply_parameters": reply, "reply_markup": _markup(screen)}


def _markup(screen: Screen) -> InlineKeyboardMarkup | ForceReply | None:
    """`selective`: in a group only whoever asked is asked back."""
    if screen.asks is not None:
        return ForceReply(selective=True, input_field_placeholder=screen.asks.placeholder)
    return keyboard(screen.buttons)


def _file_name(picture: Picture) -> str:
    """Its words, which a client of the wire may show in its place; without what a file name must not hold.

    Marks belong to the letters before them: the vowels of Hindi are such.
    """
    kept = "".join(char if category(char)[0] in "LMN" or char in " ,-" else " " for char in picture.alt)
    words = " ".join(kept.split())
    short = words if len(words) <= NAME else words[:NAME].rpartition(" ")[0] or words[:NAME]
    return f"{short or 'picture'}.png"


async def _as_plain_if_refused(
    attempt: Callable[[str, ParseMode | None], Awaitable[T]], message: classic.Message, looks: Looks
) -> T:
    try:
        return await patiently(lambda: attempt(message.html, ParseMode.HTML))
    except BadRequest as error:
        if "can't parse entities" not in error.message.lower():
            raise
        plain = await patiently(lambda: attempt(message.text, None))
        log.error("The markup was %r", message.html)
        await looks.misread(f"Telegram refused our markup ({error.message}), so it went out as plain text")
        return plain


# --- pages


async def _send_page(bot: Bot, place: Place, page: rich.Page, looks: Looks) -> Message:
    asked = {"chat_id": place.chat, "rich_message": page.rich_message, **_everywhere(place, page)}

    async def attempt() -> Message:
        sent = await bot.do_api_request("sendRichMessage", asked, return_type=Message)
        assert isinstance(sent, Message)  # which is what `return_type` says
        return sent

    try:
        return await patiently(attempt)
    except (EndPointNotFound, InvalidToken):
        await _not_served(bot, looks)
        return await _send_instead(bot, place, page, looks)
    except BadRequest as error:
        sent = await _send_instead(bot, place, page, looks)
        await looks.refused(place.chat, error.message)
        return sent


async def _not_served(bot: Bot, looks: Looks) -> None:
    """A 404 stands for an unknown method and for a bad token alike: raises `InvalidToken` where it was the token."""
    await bot.get_me()
    looks.not_served()


async def _send_instead(bot: Bot, place: Place, page: rich.Page, looks: Looks) -> Message:
    first, *others = classic.render(page.document)
    sent = await _send_message(bot, place, first, looks)
    for message in others:
        sent = await _send_message(bot, place.below, message, looks)
    return sent


async def _edit_to_page(bot: Bot, shown: Message, page: rich.Page, looks: Looks) -> None:
    async def attempt() -> None:
        # a page has no text, and an empty one would be a second content
        await shown.edit_text(
            None,  # type: ignore[arg-type]
            reply_markup=keyboard(page.buttons),
            api_kwargs={"rich_message": page.rich_message},
        )

    try:
        await patiently(attempt)
    except BadRequest as error:
        reason = error.message.lower()
        if any(words in reason for words in (UNCHANGED, *UNREACHABLE)):
            raise
        await _edit_instead(bot, shown, page, looks)
        if _NO_TEXT in reason:
            looks.not_served()
        else:
            await looks.refused(shown.chat_id, error.message)


async def _edit_instead(bot: Bot, shown: Message, page: rich.Page, looks: Looks) -> None:
    first, *others = classic.render(page.document)
    await _edit_to_message(shown, first, looks)
    for message in others:
        await _send_message(bot, Place.of(shown).below, message, looks)


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
