"""The door: every update comes by here first. Who is let in, who is told to wait, and who asks too much at once.

Also what an update tells of its chat: that it is there again, and its title.
"""

import logging
from collections.abc import Awaitable, Callable

from msgspec.structs import replace
from telegram import InlineQueryResultsButton, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import ApplicationHandlerStop

from handlers import admission, compose, membership
from handlers.access import Role, entry, role_of
from handlers.answer import Place, send, settle
from handlers.callers import Caller, caller
from handlers.front import Context, Front, front_of, speaking
from handlers.texts import Texts
from summaries.errors import BackchannelError
from summaries.models import Person

log = logging.getLogger(__name__)

WAITING = "wait"
"""The parameter with which the inline button of somebody who is not let in opens the private chat."""

Say = Callable[[Texts], str]


async def door(update: Update, context: Context) -> None:
    """Raises `ApplicationHandlerStop` for what is not to be answered by anybody else."""
    front = front_of(context)
    await _unless_disk_fails(membership.noticed(front, update))
    questions = front.waiting.in_chat(update.effective_chat.id) if update.effective_chat else ()
    who = caller(update, context.bot.username, front.names, questions)
    if who is None:
        return
    try:
        enters = await _enters(front, update, context, who)
    except Exception as error:  # noqa: BLE001 (or python-telegram-bot would go on to the next group: an open door)
        await context.application.process_error(update, error)
        enters = False
    if not enters:
        raise ApplicationHandlerStop


async def _enters(front: Front, update: Update, context: Context, who: Caller) -> bool:
    known = await front.desk.person(who.user.id)
    role = role_of(who.user.id, known, front.admins, runs_chat=False)
    if not _opens_invitation(front, update) and not await _let_in(front, update, context, who, known, role):
        return False
    if role is not Role.ADMIN and not await _within_rate(front, update, context, who):
        return False
    await _unless_disk_fails(_meet(front, who, known, role))
    new = known is None and update.inline_query is None  # nobody is kept, and has no chat, for looking something up
    if new and role is Role.ADMIN and who.private and not front.desk.readonly:
        context.application.create_task(front.side(context.bot).publish_menu(who.user.id), update)
    return True


def _opens_invitation(front: Front, update: Update) -> bool:
    """The first admin comes through a closed door."""
    words = (update.message.text or "").split() if update.message else []
    return len(words) == 2 and words[0] == "/start" and bool(front.invitation and front.invitation.fits(words[1]))


async def _let_in(
    front: Front, update: Update, context: Context, who: Caller, known: Person | None, role: Role
) -> bool:
    brought = None if who.private or who.chat is None else await membership.brought_in(front, who.chat.id)
    verdict = entry(front.house.mode, role, known.access if known else "", brought)
    match verdict:
        case "in":
            return True
        case "ask" if not front.desk.readonly and update.inline_query is None:
            await admission.ask_admins(front, context.bot, who.user)
            await _tell(front, update, context, who, admission.asked)
        case "ask" if update.inline_query is not None:
            await _tell(front, update, context, who, admission.may_ask)
        case "ask" | "wait" | "closed" if update.inline_query or front.daily.first(who.user.id, front.clock()):
            await _tell(front, update, context, who, admission.closed if verdict == "closed" else admission.waiting)
        case _:
            await _tell(front, update, context, who, None)
    return False


async def _within_rate(front: Front, update: Update, context: Context, who: Caller) -> bool:
    match front.rates.take(who.purse, who.cost, front.clock()):
        case "go":
            return True
        case "say":
            await _tell(front, update, context, who, _too_much)
        case "hush":
            await _tell(front, update, context, who, None)
    return False


def _too_much(spoken: Texts) -> str:
    return spoken.gettext("That is a lot at once. Give me a minute, then ask again.")


async def _tell(front: Front, update: Update, context: Context, who: Caller, what: Say | None) -> None:
    """One line, where they asked; None: only that no button spins on and no inline query waits."""
    here = await front.desk.subscribers.known(who.chat.id if who.chat else who.user.id)
    spoken = speaking(here, who.user)
    said = what(spoken) if what else ""
    if update.callback_query is not None:
        await settle(update.callback_query, said or None)
    elif update.inline_query is not None:
        button = InlineQueryResultsButton(said[:64], start_parameter=WAITING) if said else None
        await _answer_inline(update, button)
    elif update.message is not None and said:
        await send(context.bot, Place.of(update.message), compose.line(spoken, said))


async def _answer_inline(update: Update, button: InlineQueryResultsButton | None) -> None:
    if update.inline_query is None:
        return
    try:
        await update.inline_query.answer([], cache_time=5, is_personal=True, button=button)
    except BadRequest as error:
        log.info("An inline query could not be answered: %s", error.message)


async def _meet(front: Front, who: Caller, known: Person | None, role: Role) -> None:
    """Who they are, kept when it is new. Whoever only looks something up inline is not kept."""
    if front.desk.readonly:
        return
    if who.chat is not None and not who.private:
        await membership.met(front, who.chat, who.user.id if role is Role.ADMIN else 0)
    if who.user.is_bot or (known is None and who.chat is None):
        return
    now_called = {"name": who.user.full_name, "username": who.user.username or ""}
    if known is None or (known.name, known.username) != tuple(now_called.values()):
        await front.desk.people.change(who.user.id, lambda before: replace(before, **now_called))


async def _unless_disk_fails(work: Awaitable[None]) -> None:
    """What people read does not depend on whether their chat's title could be written down."""
    try:
        await work
    except BackchannelError as error:
        log.warning("What an update tells of its chat is not kept: %s", error)
    except TelegramError as error:
        log.info("Telegram did not take it: %s", error)
