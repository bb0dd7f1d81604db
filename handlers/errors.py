"""What happens when a handler fails: the log first, then a kind line to the person, then the admins."""

import logging
import traceback
from collections.abc import Awaitable, Collection

from telegram import Bot, Update
from telegram.error import BadRequest, NetworkError, TelegramError

from handlers import compose
from handlers.answer import Place, send, settle
from handlers.texts import Texts, fill, texts
from handlers.unreachable import unreachable
from summaries.desk import Desk
from summaries.errors import BackchannelError

log = logging.getLogger(__name__)

HIDDEN = "<token>"


async def report(bot: Bot, desk: Desk, admins: Collection[int], update: object, error: BaseException) -> None:
    """Tells who should know. What goes wrong on the way is logged, never raised."""
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest) and not isinstance(update, Update):
        log.warning("Telegram is out of reach: %s", redacted(str(error), bot))
        return
    if isinstance(error, TelegramError) and (why := unreachable(error)):  # between the question and the answer
        log.info("An answer could not be delivered (%s): %s", why, redacted(str(error), bot))
        if isinstance(update, Update) and update.callback_query:
            await _guarded("The person", settle(update.callback_query), bot)
        return
    log.error("A handler failed on %s\n%s", _what(update), redacted(_whole(error), bot))
    if isinstance(update, Update):
        await _guarded("The person", _tell_person(bot, desk, update), bot)
    await tell_admins(bot, desk, admins, f"{_what(update)}: {_short(error)}")


async def tell_admins(bot: Bot, desk: Desk, admins: Collection[int], note: str) -> None:
    """In one line what failed; who cannot be told is logged."""
    for admin in await everybody(desk, admins):
        await _guarded(f"Admin {admin}", _tell_admin(bot, desk, admin, redacted(note, bot)), bot)


def redacted(text: str, bot: Bot) -> str:
    """Without the bot's token, which requests carry in their URL and errors repeat."""
    return text.replace(bot.token, HIDDEN)


async def _guarded(who: str, telling: Awaitable[None], bot: Bot) -> None:
    try:
        await telling
    except TelegramError as error:
        log.warning("%s could not be told: %s", who, redacted(str(error), bot))


async def _tell_person(bot: Bot, desk: Desk, update: Update) -> None:
    user, chat = update.effective_user, update.effective_chat
    spoken = await _spoken(desk, chat.id if chat else 0, user.language_code if user else None)
    sorry = spoken.gettext("That went wrong, and it has been noted. Please try again in a moment.")
    if update.callback_query:
        await settle(update.callback_query, sorry)
    elif update.effective_message:
        await send(bot, Place.of(update.effective_message), compose.line(spoken, sorry))


async def _spoken(desk: Desk, chat: int, own: str | None = None) -> Texts:
    """The language that the chat chose, if the desk still says it; else the person's own."""
    try:
        here = await desk.subscribers.get(chat)
    except BackchannelError:
        return texts(own)
    return texts((here.language if here else "") or own)


async def _tell_admin(bot: Bot, desk: Desk, admin: int, note: str) -> None:
    spoken = await _spoken(desk, admin)
    said = spoken.gettext("Something failed: {note}. The log has the rest.")
    await send(bot, Place(admin), compose.line(spoken, *fill(said, note=note)))


async def everybody(desk: Desk, admins: Collection[int]) -> list[int]:
    try:
        return sorted({*admins, *(person.id for person in await desk.admins())})
    except BackchannelError as error:
        log.warning("The desk does not say who its admins are: %s", error)
        return sorted(admins)


def _what(update: object) -> str:
    """What was asked, without what people wrote: the name of a command, or the data of a button."""
    if not isinstance(update, Update):
        return "a task"
    if update.callback_query:
        return f"button {update.callback_query.data}"
    text = (update.effective_message.text if update.effective_message else None) or ""
    return text.split()[0] if text.startswith("/") else "a message"


def _short(error: BaseException) -> str:
    line = " ".join(str(error).split())
    return line if isinstance(error, BackchannelError) else f"{type(error).__name__}: {line}"


def _whole(error: BaseException) -> str:
    """A traceback for a bug; the one line with the mend for an error of the world."""
    return str(error) if isinstance(error, BackchannelError) else "".join(traceback.format_exception(error))
