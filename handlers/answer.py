"""Documents on their way to a chat: sending, editing, answering a press."""

import logging
from collections.abc import Sequence

from telegram import Bot, CallbackQuery, Message
from telegram.error import BadRequest, TelegramError

from handlers.document import Document
from handlers.looks import rich
from handlers.outgoing import UNCHANGED, UNREACHABLE, Place, edit_screen, send_screen
from handlers.press import OPEN, Press
from handlers.screens import Screen, Screens, part_of, screens_of, with_picture_apart
from handlers.texts import Texts

__all__ = ["Place", "Screens", "edit", "put", "remove", "send", "send_one", "settle", "show"]

log = logging.getLogger(__name__)


async def send(bot: Bot, place: Place, document: Document, screens: Screens | None = None) -> Message:
    """All of a document, in order, in the look of the chat; without `screens` as messages.

    The last message is returned: it has the buttons, the file or the question.
    """
    shown = await screens.of(document, place.chat) if screens else screens_of(document, "message")
    return await _send_all(bot, place, shown, screens)


async def _send_all(bot: Bot, place: Place, shown: list[Screen], screens: Screens | None) -> Message:
    first, *others = shown
    sent = await send_one(bot, place, first, screens)
    for screen in others:
        sent = await send_one(bot, place.below, screen, screens)
    return sent


async def send_one(bot: Bot, place: Place, screen: Screen, screens: Screens | None = None) -> Message:
    return await send_screen(bot, place, screen, screens.looks if screens else None)


async def put(bot: Bot, place: Place, document: Document, over: Message | None, screens: Screens) -> Message:
    """The document in place of the message `over` as far as it can be, else below it."""
    first, *others = shown = await screens.of(document, place.chat)
    if over is None or document.file is not None or document.asks is not None:
        if over is not None:
            await remove(bot, over)
        return await _send_all(bot, place, shown, screens)
    edited = await edit(over, first, screens)
    sent = screens.standing(over) if edited else await send_one(bot, place, first, screens)
    for screen in others:
        sent = await send_one(bot, place.below, screen, screens)
    return sent


async def remove(bot: Bot, message: Message) -> None:
    try:
        await bot.delete_message(message.chat_id, message.message_id)
    except TelegramError as error:
        log.info("A message could not be deleted: %s", error.message)


async def show(query: CallbackQuery, document: Document, press: Press, texts: Texts, screens: Screens) -> bool:
    """The view of `press` in place of the message under which it was pressed; False where that is out of reach.

    A long view is shown one part at a time. Nothing is sent when the message shows it already: after a double tap.
    What is opened as a page is sent below, all of it.
    """
    shown = query.message
    if not isinstance(shown, Message):
        return False
    if press.view == OPEN:
        await _send_all(query.get_bot(), Place.of(shown).below, screens_of(document, "page"), screens)
        return True
    picture, parts = with_picture_apart(await screens.of(document, shown.chat_id))
    return await edit(shown, part_of(parts, press, texts), screens, above=() if press.part else picture)


async def edit(message: Message, screen: Screen, screens: Screens, *, above: Sequence[Screen] = ()) -> bool:
    """Makes `message`, or what stands in its place, show the screen, if it does not; False where it is out of reach.

    Telegram makes no picture of a text nor a text of a picture, and puts nothing `above` what is there: then new
    messages take the place of the old one.
    """
    shown = screens.standing(message)
    if screens.shows(shown, screen):
        return True
    bot = shown.get_bot()
    if above or _has_attachment(shown) or (not isinstance(screen, rich.Page) and screen.picture is not None):
        sent = await _send_all(bot, Place.of(shown).below, [*above, screen], screens)
        screens.replaced(shown, sent)
        await remove(bot, shown)
        shown = sent
    else:
        try:
            await edit_screen(bot, shown, screen, screens.looks)
        except BadRequest as error:
            if not _harmless(error):
                return False
    screens.note(shown, screen)
    return True


def _has_attachment(message: Message) -> bool:
    return bool(message.photo or message.document)


def _harmless(error: BadRequest) -> bool:
    """Of two taps at once, the second finds its work done; a message that was deleted meanwhile is out of reach."""
    reason = error.message.lower()
    if UNCHANGED in reason:
        return True
    if any(words in reason for words in UNREACHABLE):
        return False
    raise error


async def settle(query: CallbackQuery, text: str | None = None) -> None:
    """Stops the button's spinner. Too late is no harm: the person has long looked away."""
    try:
        await query.answer(text)
    except BadRequest as error:
        log.info("A press could not be answered: %s", error.message)
