"""The bot's coming and going: added, removed, blocked, moved; and what any update tells of its chat."""

import logging
from datetime import datetime

from msgspec.structs import replace
from telegram import Chat, ChatMember, ChatMemberRestricted, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError

from handlers import admission, compose
from handlers.access import Role, entry, role_of
from handlers.answer import Place, send
from handlers.document import Document, paragraph
from handlers.front import Context, Front, front_of, moved, speaking
from handlers.telegram_side import may_write
from handlers.texts import Texts
from summaries.models import Subscriber, instant
from summaries.subscribers import BARRED, subscription_of, with_subscription

log = logging.getLogger(__name__)

_THERE = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER)


# --- pure


def there(member: ChatMember) -> bool:
    """Whether somebody of this standing is in the chat (Bot API, ChatMember)."""
    return member.status in _THERE or (isinstance(member, ChatMemberRestricted) and member.is_member)


def come(before: Subscriber, chat: Chat, by: User, *, anew: bool, writes: bool, now: datetime) -> Subscriber:
    """The chat after the bot was let into it, or was given other rights in it, by somebody."""
    after = heard_of(before, chat)
    if not by.is_bot and by.id not in before.managers:
        after = replace(after, managers=(*after.managers, by.id))
    if anew:
        after = replace(after, added_by=by.id)
    return after if writes else replace(after, suspended="rights", suspended_since=instant(now))


def gone(before: Subscriber, why: str, now: datetime, *, left: bool) -> Subscriber:
    at = instant(now)
    return replace(before, suspended=why, suspended_since=at, left=at if left else before.left)


def heard_of(before: Subscriber, chat: Chat) -> Subscriber:
    """The chat after anything was heard of it: it is there, under this title."""
    if before.suspended == BARRED:
        return before
    title = before.title if chat.type == ChatType.PRIVATE else chat.title or before.title
    kind = ChatType(chat.type).value
    return replace(before, kind=kind, title=title, left=None, suspended="", suspended_since=None)


# --- what updates tell


async def noticed(front: Front, update: Update) -> None:
    """A chat that is known, and was suspended or called otherwise. News of members tell more, and are read below."""
    chat = update.effective_chat
    if chat is None or front.desk.readonly or _tells_of_members(update):
        return
    known = await front.desk.subscribers.get(chat.id)
    if known is None or (known.left and update.callback_query):  # a press on what was sent before it left
        return
    topic = _reopened(update)

    def edit(before: Subscriber) -> Subscriber:
        heard = heard_of(before, chat)
        return heard if topic is None else open_again(heard, topic)

    if edit(known) != known:
        await front.desk.subscribers.change(chat.id, edit)


def _reopened(update: Update) -> int | None:
    """The topic that somebody opened again, 0 for General; None where nobody did."""
    message = update.message
    if message is None or not (message.forum_topic_reopened or message.general_forum_topic_unhidden):
        return None
    return message.message_thread_id or 0


def open_again(before: Subscriber, topic: int) -> Subscriber:
    """What was paused because its topic was closed goes on. Nothing is begun for a topic without a subscription."""
    known = subscription_of(before, topic)
    return with_subscription(before, replace(known, closed="")) if known.closed else before


def _tells_of_members(update: Update) -> bool:
    message = update.effective_message
    if message is None or update.callback_query is not None:
        return bool(update.my_chat_member or update.chat_member or update.chat_join_request)
    return bool(message.left_chat_member or message.migrate_to_chat_id or message.migrate_from_chat_id)


async def met(front: Front, chat: Chat, admin: int = 0) -> None:
    """A group or channel in which somebody speaks to the bot: known from now on. `admin` takes it on, if nobody did."""

    def edit(before: Subscriber) -> Subscriber:
        return replace(heard_of(before, chat), added_by=before.added_by or admin)

    known = await front.desk.subscribers.get(chat.id)
    if known is None or (admin and not known.added_by):
        await front.desk.subscribers.change(chat.id, edit)


async def brought_in(front: Front, chat: int) -> bool:
    """Whether an admin, or somebody whom the admins let in, brought the bot into this chat."""
    known = await front.desk.subscribers.get(chat)
    return known is not None and await _may_bring(front, known.added_by)


async def admits(front: Front, chat: Subscriber) -> bool:
    """Whether what comes by itself may go to a chat: where the desk is not open, only if it is answered there.

    A channel asks nothing itself; it has its digests from those who run it.
    """
    if front.house.mode == "open":
        return True
    if chat.kind == "channel":
        return any([await _may_bring(front, id) for id in {chat.added_by, *chat.managers}])
    if chat.kind != "private":
        return await _may_bring(front, chat.added_by)
    person = await front.desk.person(chat.id)
    role = role_of(chat.id, person, front.admins, runs_chat=False)
    return entry(front.house.mode, role, person.access if person else "", None) == "in"


async def _may_bring(front: Front, id: int) -> bool:
    person = await front.desk.person(id) if id else None
    admin = role_of(id, person, front.admins, runs_chat=False) is Role.ADMIN
    return admin or (person is not None and person.access == "approved")


async def mine(update: Update, context: Context) -> None:
    """The bot's own standing changed."""
    change, front = update.my_chat_member, front_of(context)
    if change is None:
        return
    front.standings.forget_chat(change.chat.id)
    if front.desk.readonly:
        return
    if not there(change.new_chat_member):
        await _left(front, change)
    else:
        await _came(front, context, change)


async def _left(front: Front, change: ChatMemberUpdated) -> None:
    """Settings are kept for a while (`Subscribers.housekeeping`); of a chat without any there is nothing to keep."""
    private, now = change.chat.type == ChatType.PRIVATE, front.clock()
    known = await front.desk.subscribers.get(change.chat.id)
    if known is None or known.suspended == BARRED:
        return
    why = "blocked" if private else "kicked"
    await front.desk.subscribers.change(change.chat.id, lambda before: gone(before, why, now, left=not private))


async def _came(front: Front, context: Context, change: ChatMemberUpdated) -> None:
    chat, now = change.chat, front.clock()
    known = await front.desk.subscribers.get(chat.id)
    if chat.type == ChatType.PRIVATE:
        if known is not None:
            await front.desk.subscribers.change(chat.id, lambda before: heard_of(before, chat))
        return
    anew = not there(change.old_chat_member)
    writes = may_write(change.new_chat_member, channel=chat.type == ChatType.CHANNEL)
    here = await front.desk.subscribers.change(
        chat.id, lambda before: come(before, chat, change.from_user, anew=anew, writes=writes, now=now)
    )
    if anew and writes and chat.type != ChatType.CHANNEL:
        await _greet(front, context, change, here, again=known is not None)


async def _greet(front: Front, context: Context, change: ChatMemberUpdated, here: Subscriber, *, again: bool) -> None:
    spoken, by = speaking(here, change.from_user), change.from_user
    if front.house.mode == "open" or await _may_bring(front, by.id):
        document = back_again(spoken) if again else hello(spoken)
    else:
        document = compose.line(spoken, uninvited(spoken))
        if front.house.mode == "approve" and not by.is_bot:
            await admission.ask_admins(front, context.bot, by, change.chat.title or "")
    try:
        await send(context.bot, Place(change.chat.id), document)
    except TelegramError as error:
        log.info("A group could not be greeted: %s", error)


def hello(spoken: Texts) -> Document:
    first = spoken.gettext("Hello. I bring articles in a few of their own sentences. /latest shows the newest.")
    then = spoken.gettext("An administrator sets me up: /settings, /language, and /subscribe for a daily digest.")
    return Document((paragraph(first), paragraph(then)), rtl=spoken.rtl)


def back_again(spoken: Texts) -> Document:
    return compose.line(spoken, spoken.gettext("Hello again. What was set up here is as it was: /settings shows it."))


def uninvited(spoken: Texts) -> str:
    return spoken.gettext("Hello. I only work where an admin of my desk, or somebody they let in, adds me.")


async def others(update: Update, context: Context) -> None:
    """Somebody else's standing changed: told of only where the bot is an administrator."""
    change, front = update.chat_member, front_of(context)
    if change is None:
        return
    id, chat = change.new_chat_member.user.id, change.chat.id
    front.standings.forget(chat, id)
    known = await front.desk.subscribers.get(chat)
    runs = change.new_chat_member.status in (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)
    if known is not None and not runs and id in known.managers and not front.desk.readonly:
        await front.desk.subscribers.change(chat, lambda before: without_manager(before, id))


def without_manager(before: Subscriber, id: int) -> Subscriber:
    return replace(before, managers=tuple(one for one in before.managers if one != id))


async def migrated(update: Update, context: Context) -> None:
    """A group became a supergroup. Telegram says so in both, in either order."""
    message = update.effective_message
    pair = _old_and_new(message) if message is not None else None
    if pair is not None:
        await moved(front_of(context), *pair)


def _old_and_new(message: Message) -> tuple[int, int] | None:
    if message.migrate_to_chat_id:
        return message.chat.id, message.migrate_to_chat_id
    return (message.migrate_from_chat_id, message.chat.id) if message.migrate_from_chat_id else None
