"""What every handler of updates starts from: the front, what is asked and by whom, and what is refused."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from msgspec.structs import replace
from telegram import Bot, Message, Update, User
from telegram.constants import ChatType
from telegram.error import ChatMigrated
from telegram.ext import ContextTypes

from handlers import compose
from handlers.access import Invitation, Role, role_of
from handlers.answer import Place, Screens, settle
from handlers.asked import Asked, Command, Target
from handlers.callers import anonymous, speaker
from handlers.document import Document
from handlers.drafts import Drafts
from handlers.errors import Alarm
from handlers.house import STANDARD, House
from handlers.rates import Daily, Rates
from handlers.standing import Standings
from handlers.telegram_side import TelegramSide
from handlers.texts import Texts, texts
from handlers.turns import Turns
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
    alarm: Alarm
    house: House = STANDARD
    screens: Screens = field(default_factory=Screens)
    drafts: Drafts = field(default_factory=Drafts)
    waiting: Waiting = field(default_factory=Waiting)
    turns: Turns = field(default_factory=Turns)
    busy: set[tuple[int, int]] = field(default_factory=set)
    rates: Rates = field(default_factory=Rates)
    daily: Daily = field(default_factory=Daily)
    standings: Standings = field(init=False)
    names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "standings", Standings(self.clock))
        object.__setattr__(self, "names", frozenset(command.name for command in self.commands))

    def side(self, bot: Bot) -> TelegramSide:
        return TelegramSide(bot, self.desk, self.admins, self.commands, self.standings)


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
    here = await front.desk.subscribers.known(chat.id if chat else user.id)
    side = front.side(context.bot)
    runs = private
    if chat is not None and not private and needed is Role.CHAT_ADMIN:
        runs = await _runs_chat(update, side, user)
        if runs:
            here = await _manages(front, here, user)
    return Asked(
        desk=front.desk,
        texts=speaking(here, user),
        person=known or Person(speaker(user, chat), user.full_name),
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
        outside=side,
        admins=front.admins,
        turns=front.turns,
    )


def speaking(chat: Subscriber, user: User | None) -> Texts:
    """The language that the chat chose, else its speaker's own."""
    return texts(chat.language or (user.language_code if user else None))


def _topic(update: Update) -> int:
    """`message_thread_id` is also set on replies outside forums, which are no topics."""
    message = update.effective_message
    in_topic = message is not None and message.is_topic_message
    return (message.message_thread_id or 0) if message is not None and in_topic else 0


async def _runs_chat(update: Update, side: TelegramSide, user: User) -> bool:
    """Anonymous administrators speak in the name of the chat itself; but a press comes with who they are."""
    chat = update.effective_chat
    if chat is None:
        return False
    if update.callback_query is None and anonymous(update.effective_message):
        return True
    return not user.is_bot and await side.runs(chat.id, user.id)


async def _manages(front: Front, here: Subscriber, user: User) -> Subscriber:
    """The chat with `user` among its administrators, so that `/channels` shows it to them."""
    if user.is_bot or user.id in here.managers or front.desk.readonly:
        return here
    return await front.desk.subscribers.change(here.id, lambda before: with_manager(before, user.id))


def with_manager(before: Subscriber, id: int) -> Subscriber:
    return before if id in before.managers else replace(before, managers=(*before.managers, id))


# --- when the world changes meanwhile


async def deliver(front: Front, place: Place, sending: Callable[[Place], Awaitable[Message]]) -> Message:
    """What `sending` sent to the place; where its group became a supergroup meanwhile, to that, once more."""
    try:
        return await sending(place)
    except ChatMigrated as error:
        await moved(front, place.chat, error.new_chat_id)
        return await sending(Place(error.new_chat_id))


async def moved(front: Front, before: int, after: int) -> None:
    front.standings.forget_chat(before)
    if not front.desk.readonly:
        await front.desk.subscribers.move(before, after)
        await front.desk.outbox.move(before, after)


async def failed(update: object, context: Context) -> None:
    front = front_of(context)
    if isinstance(context.error, ChatMigrated) and isinstance(update, Update) and update.effective_chat:
        await moved(front, update.effective_chat.id, context.error.new_chat_id)
        if update.callback_query is not None:  # of a message that stayed behind in the old group
            await settle(update.callback_query, old(texts(update.callback_query.from_user.language_code)))
    elif context.error is not None:
        await front.alarm.report(update, context.error)
