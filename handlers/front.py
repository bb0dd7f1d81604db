"""What every handler of updates starts from: the front, what is asked and by whom, and what is refused."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from telegram import Message, Update, User
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from handlers import compose, errors
from handlers.access import Invitation, Role, role_of, runs_chat
from handlers.answer import Screens
from handlers.asked import Asked, Command, Target
from handlers.document import Document
from handlers.drafts import Drafts
from handlers.house import STANDARD, House
from handlers.texts import Texts, texts
from handlers.waiting import Question, Waiting
from summaries.desk import Desk
from summaries.models import Person, Subscriber

Context = ContextTypes.DEFAULT_TYPE

KEY = "backchannel"


@dataclass(frozen=True)
class Front:
    """What the handlers need, in `application.bot_data`. `busy` are the messages whose slow button is at work."""

    desk: Desk
    admins: frozenset[int]
    invitation: Invitation | None
    commands: tuple[Command, ...]
    buttons: Mapping[str, Target]
    clock: Callable[[], datetime]
    house: House = STANDARD
    screens: Screens = field(default_factory=Screens)
    drafts: Drafts = field(default_factory=Drafts)
    waiting: Waiting = field(default_factory=Waiting)
    busy: set[tuple[int, int]] = field(default_factory=set)


def front_of(context: Context) -> Front:
    front: Front = context.bot_data[KEY]
    return front


async def run(context: Context, update: Update, work: Coroutine[Any, Any, None], *, slow: bool) -> None:
    """Slow work goes on by itself, so that the chat's next message is answered meanwhile; its errors are reported."""
    if slow:
        context.application.create_task(work, update)
    else:
        await work


def await_reply(front: Front, sent: Message, document: Document, asked: Asked) -> None:
    if document.asks is not None:
        question = Question(sent.chat_id, sent.message_id, asked.person.id, document.asks.data, asked.now)
        front.waiting.ask(question)


def refused(needed: Role, spoken: Texts) -> Document:
    return compose.line(spoken, refusal(needed, spoken))


def refusal(needed: Role, spoken: Texts) -> str:
    if needed is Role.CHAT_ADMIN:
        return spoken.gettext("Only administrators of this chat can do that.")
    return spoken.gettext("Only the admins of this desk can do that.")


def old(spoken: Texts) -> str:
    return spoken.gettext("This button is old: what it led to is gone. /latest has what is new.")


async def asked_by(update: Update, context: Context, needed: Role, words: str = "") -> Asked:
    front = front_of(context)
    user, chat = update.effective_user, update.effective_chat
    if user is None:
        raise ValueError("an update without a person asks nothing")
    private = chat is None or chat.type == ChatType.PRIVATE
    known = await front.desk.person(user.id)
    runs = private or (needed is Role.CHAT_ADMIN and await _runs_chat(update, context, user))
    here = await front.desk.subscribers.known(chat.id if chat else user.id)
    return Asked(
        desk=front.desk,
        texts=speaking(here, user),
        person=known or Person(user.id, user.full_name),
        role=role_of(user.id, known, front.admins, runs_chat=runs),
        private=private,
        now=front.clock(),
        chat=here,
        topic=_topic(update),
        words=words,
        invitation=front.invitation,
        commands=front.commands,
        drafts=front.drafts,
        house=front.house,
        admins=front.admins,
    )


def speaking(chat: Subscriber, user: User | None) -> Texts:
    """The language that the chat chose, else its speaker's own."""
    return texts(chat.language or (user.language_code if user else None))


def _topic(update: Update) -> int:
    """`message_thread_id` is also set on replies outside forums, which are no topics."""
    message = update.effective_message
    in_topic = message is not None and message.is_topic_message
    return (message.message_thread_id or 0) if message is not None and in_topic else 0


async def _runs_chat(update: Update, context: Context, user: User) -> bool:
    """Anonymous administrators speak in the name of the chat itself."""
    chat, message = update.effective_chat, update.effective_message
    if chat is None:
        return False
    if message is not None and message.sender_chat is not None and message.sender_chat.id == chat.id:
        return True
    return runs_chat((await context.bot.get_chat_member(chat.id, user.id)).status)


async def failed(update: object, context: Context) -> None:
    front = front_of(context)
    if context.error is not None:
        await errors.report(context.bot, front.desk, front.admins, update, context.error)
