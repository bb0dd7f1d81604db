"""What happens when something fails: the log first, then a kind line to the person, then the admins, once a cause."""

import logging
import re
import traceback
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime

from telegram import Bot, Update
from telegram.error import BadRequest, NetworkError, TelegramError

from handlers import compose
from handlers.answer import Place, send, settle
from handlers.faults import Fault, Faults
from handlers.redaction import redacted
from handlers.texts import N_, Texts, fill, texts
from handlers.unreachable import unreachable
from summaries.desk import Desk, utcnow
from summaries.errors import BackchannelError

log = logging.getLogger(__name__)

LONGEST = 500
"""Characters of a fault that are told: the log has the rest."""


SORRY = N_("That went wrong, and it has been noted. Please try again in a moment.")
DOUBT = N_("Telegram did not say whether my answer arrived. If it is not here, please ask once more.")
"""The network, which may have lost the answer or only the word that it came: sent again, it might be there twice."""


class Alarm:
    """Tells the admins of one desk what fails. What goes wrong on the way is logged, never raised."""

    def __init__(self, bot: Bot, desk: Desk, admins: Collection[int], clock: Callable[[], datetime] = utcnow) -> None:
        self._bot, self._desk, self._admins, self._clock = bot, desk, admins, clock
        self._faults = Faults()

    async def report(self, update: object, error: BaseException) -> None:
        """A handler failed: tells who should know."""
        if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
            log.warning("Telegram is out of reach: %s", self._clean(str(error)))
            if isinstance(update, Update):
                await self._guarded("The person", _tell_person(self._bot, self._desk, update, DOUBT))
            return
        if isinstance(error, TelegramError) and (why := unreachable(error)):  # between the question and the answer
            log.info("An answer could not be delivered (%s): %s", why, self._clean(str(error)))
            if isinstance(update, Update) and update.callback_query:
                await self._guarded("The person", settle(update.callback_query))
            return
        log.error("A handler failed on %s\n%s", self._clean(_what(update)), self._clean(_whole(error)))
        if isinstance(update, Update):
            await self._guarded("The person", _tell_person(self._bot, self._desk, update, SORRY))
        await self.tell(f"{_what(update)}: {short(error)}", cause_of(error))

    async def tell(self, note: str, cause: str = "") -> None:
        """In one line what failed; once for faults of the same cause, else of the same words but for their numbers."""
        self.note(note, cause)
        await self.tick()

    def note(self, note: str, cause: str = "") -> None:
        """As `tell`, at the next tick."""
        line = self._clean(" ".join(note.split()))[:LONGEST]
        self._faults.add(cause or masked(line), line)

    async def tick(self) -> None:
        """Tell what is due by now. Where Telegram is out of reach it is told later."""
        for fault in self._faults.due(self._clock()):
            told = [
                await self._guarded(f"Admin {admin}", _tell_admin(self._bot, self._desk, admin, fault))
                for admin in await everybody(self._desk, self._admins)
            ]
            if told and all(isinstance(one, NetworkError) and not isinstance(one, BadRequest) for one in told):
                self._faults.take_back(fault)

    def _clean(self, text: str) -> str:
        return redacted(text, self._bot.token)

    async def _guarded(self, who: str, telling: Awaitable[None]) -> TelegramError | None:
        """Why it could not be said; None where it was."""
        try:
            await telling
        except TelegramError as error:
            log.warning("%s could not be told: %s", who, self._clean(str(error)))
            return error
        return None


def cause_of(error: BaseException) -> str:
    """The same for faults that one repair would mend: a bug by its place, an error of the world by its words."""
    if isinstance(error, BackchannelError):
        return f"{type(error).__name__}: {masked(str(error))}"
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else masked(str(error))
    return f"{type(error).__name__} at {place}"


def masked(line: str) -> str:
    """Without its numbers, of which every source, chat and delivery has its own."""
    return re.sub(r"\d+", "#", line)[:LONGEST]


async def _tell_person(bot: Bot, desk: Desk, update: Update, words: str) -> None:
    """`words` is a msgid."""
    user, chat = update.effective_user, update.effective_chat
    spoken = await _spoken(desk, chat.id if chat else 0, user.language_code if user else None)
    sorry = spoken.gettext(words)
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


async def _tell_admin(bot: Bot, desk: Desk, admin: int, fault: Fault) -> None:
    spoken = await _spoken(desk, admin)
    said = spoken.gettext("Something failed: {note}. The log has the rest.")
    if fault.count > 1:
        said = spoken.gettext("Something failed, ×{count} in the last hour: {note}. The log has the rest.")
    note = fault.note.removesuffix(".")
    await send(bot, Place(admin), compose.line(spoken, *fill(said, note=note, count=spoken.number(fault.count))))


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


def short(error: BaseException) -> str:
    """In one line, with its kind where it is none of ours."""
    line = " ".join(str(error).split())
    return line if isinstance(error, BackchannelError) else f"{type(error).__name__}: {line}"


def _whole(error: BaseException) -> str:
    """A traceback for a bug; the one line with the mend for an error of the world."""
    return str(error) if isinstance(error, BackchannelError) else "".join(traceback.format_exception(error))
