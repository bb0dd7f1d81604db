"""From an update to the handler that it is meant for, and from what that returns to the chat.

Messages: a command, also one in the caption of a file; a reply to a question; a file that stands for a command; else a
helpful line in a private chat, and silence in a group. Presses: where the button leads.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePath
from typing import Any

from telegram import CallbackQuery, Document, Message, Update, User
from telegram.constants import ChatType
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from handlers import compose, errors
from handlers.access import Invitation, Role, role_of, runs_chat
from handlers.answer import Place, Screens, put, remove, send, settle, show
from handlers.asked import Asked, Command, SentFile, Target
from handlers.document import Document as Answered
from handlers.drafts import Drafts
from handlers.press import Press, read
from handlers.progress import Progress
from handlers.texts import Texts, fill, texts
from handlers.waiting import Question, Waiting
from summaries.desk import Desk
from summaries.errors import InputError
from summaries.models import Person

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
    screens: Screens = field(default_factory=Screens)
    drafts: Drafts = field(default_factory=Drafts)
    waiting: Waiting = field(default_factory=Waiting)
    busy: set[tuple[int, int]] = field(default_factory=set)


# --- messages


def answering(command: Command) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    """The handler of a command that stands in a message's text."""

    async def answer(update: Update, context: Context) -> None:
        message = update.effective_message
        if message is not None and update.effective_user is not None:
            _front(context).waiting.drop(message.chat_id, update.effective_user.id)
            await _command(update, context, message, command, _words(message.text))

    return answer


async def captioned(update: Update, context: Context) -> None:
    """A file with a command for its caption."""
    message = update.effective_message
    if message is None or update.effective_user is None or not message.caption:
        return
    name, _, addressee = message.caption.split()[0].removeprefix("/").partition("@")
    if addressee and addressee.lower() != context.bot.username.lower():
        return
    known = [command for command in _front(context).commands if command.name == name.lower()]
    if known:
        await _command(update, context, message, known[0], _words(message.caption))
    else:
        await unknown_command(update, context)


async def unknown_command(update: Update, context: Context) -> None:
    """In a group only a command that names this bot is meant for it."""
    message = update.effective_message
    said = (message.text or message.caption) if message is not None else None
    if message is None or not said or update.effective_user is None:
        return
    name, _, addressee = said.split()[0].partition("@")
    if addressee.lower() != context.bot.username.lower() and (addressee or not _private(message)):
        return
    spoken = texts(update.effective_user.language_code)
    answer = spoken.gettext("There is no {command} here. /help says what there is.")
    await send(context.bot, Place.of(message), compose.line(spoken, *fill(answer, command=name)))


async def said(update: Update, context: Context) -> None:
    """What is neither a command nor a press."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    front = _front(context)
    replied = message.reply_to_message.message_id if message.reply_to_message else None
    question = message.text and front.waiting.answered(
        message.chat_id, user.id, replied, front.clock(), private=_private(message)
    )
    if question:
        await _reply(update, context, message, question)
    elif _private(message):
        await _alone(update, context, message, user)


async def _alone(update: Update, context: Context, message: Message, user: User) -> None:
    """What is said without a command, to nobody but the bot."""
    name = (message.document.file_name or "").lower() if message.document else ""
    command = next((each for each in _front(context).commands if name and name.endswith(each.files)), None)
    if command is not None:
        await _command(update, context, message, command, "")
        return
    spoken = texts(user.language_code)
    helpful = spoken.gettext("I answer to commands: /latest, /search WORDS, /summary NUMBER. /help says more.")
    await send(context.bot, Place.of(message), compose.line(spoken, helpful))


async def _command(update: Update, context: Context, message: Message, command: Command, words: str) -> None:
    asked = await _asked(update, context, command.role, words)
    if asked.role < command.role:
        await send(context.bot, Place.of(message), _refused(command.role, asked.texts))
        return
    asked = replace(asked, file=_file(message))
    await _run(context, update, _answer(context, message, asked, command.answer), slow=command.slow)


async def _reply(update: Update, context: Context, message: Message, question: Question) -> None:
    """The question's own view is shown what was written; whoever may no longer press its button is refused."""
    press = read(question.data)
    target = _front(context).buttons.get(press.view) if press is not None else None
    if press is None or target is None:
        return
    asked = await _asked(update, context, target.role, (message.text or "").strip())
    if asked.role < target.role:
        await send(context.bot, Place.of(message), _refused(target.role, asked.texts))
        return

    async def view(asked: Asked) -> Answered:
        return await target.show(asked, press) or compose.line(asked.texts, _old(asked.texts))

    await _run(context, update, _answer(context, message, asked, view), slow=target.slow)


async def _answer(
    context: Context, message: Message, asked: Asked, work: Callable[[Asked], Awaitable[Answered]]
) -> None:
    """What the work answers, in place of the message that said how far it was."""
    front, place = _front(context), Place.of(message)
    progress = Progress(context.bot, place, front.screens)
    try:
        document = await work(replace(asked, progress=progress.tell))
    except BaseException:
        if shown := await progress.close():
            await remove(context.bot, shown)
        raise
    sent = await put(context.bot, place, document, await progress.close(), front.screens)
    _await_reply(front, sent, document, asked)


# --- presses


async def pressed(update: Update, context: Context) -> None:
    """Every press is answered, so that no button spins on; one that leads nowhere says so."""
    query = update.callback_query
    if query is None:
        return
    press = read(query.data or "")
    target = _front(context).buttons.get(press.view) if press is not None else None
    asked = await _asked(update, context, target.role if target else Role.READER)
    if press is None or target is None:
        await settle(query, _old(asked.texts))
    elif asked.role < target.role:
        await settle(query, _refusal(target.role, asked.texts))
    elif target.slow:
        await _slowly(update, context, query, asked, target, press)
    else:
        await _shown(context, query, asked, target, press)


async def _slowly(
    update: Update, context: Context, query: CallbackQuery, asked: Asked, target: Target, press: Press
) -> None:
    """Work that takes its time, once for all the taps that come meanwhile."""
    busy, message = _front(context).busy, query.message
    key = (message.chat.id, message.message_id) if message else (0, 0)
    if key in busy:
        await settle(query, asked.texts.gettext("I am still at it."))
        return

    async def work() -> None:
        try:
            await _shown(context, query, asked, target, press)
        finally:
            busy.discard(key)

    busy.add(key)
    await _run(context, update, work(), slow=True)


async def _shown(context: Context, query: CallbackQuery, asked: Asked, target: Target, press: Press) -> None:
    front, settled = _front(context), asyncio.Event()

    async def begun() -> None:
        settled.set()
        await settle(query)

    message = query.message if isinstance(query.message, Message) else None
    place = Place(query.from_user.id) if message is None else replace(Place.of(message), reply_to=None)
    progress = Progress(context.bot, place, front.screens, shown=message, begun=begun)
    try:
        document = await target.show(replace(asked, progress=progress.tell), press)
    finally:
        await progress.close()
    reached = document is not None and await _put(context, query, asked, press, document, place)
    if not settled.is_set():
        await settle(query, None if reached else _old(asked.texts))


async def _put(
    context: Context, query: CallbackQuery, asked: Asked, press: Press, document: Answered, place: Place
) -> bool:
    """In place of the message under the button; a file or a question is a message of its own."""
    front = _front(context)
    if document.file is None and document.asks is None:
        return await show(query, document, press, asked.texts, front.screens)
    _await_reply(front, await send(context.bot, place, document), document, asked)
    return True


# --- both


def _front(context: Context) -> Front:
    front: Front = context.bot_data[KEY]
    return front


async def _run(context: Context, update: Update, work: Coroutine[Any, Any, None], *, slow: bool) -> None:
    """Slow work goes on by itself, so that the chat's next message is answered meanwhile; its errors are reported."""
    if slow:
        context.application.create_task(work, update)
    else:
        await work


def _await_reply(front: Front, sent: Message, document: Answered, asked: Asked) -> None:
    if document.asks is not None:
        question = Question(sent.chat_id, sent.message_id, asked.person.id, document.asks.data, asked.now)
        front.waiting.ask(question)


def _refused(needed: Role, spoken: Texts) -> Answered:
    return compose.line(spoken, _refusal(needed, spoken))


def _refusal(needed: Role, spoken: Texts) -> str:
    if needed is Role.CHAT_ADMIN:
        return spoken.gettext("Only administrators of this chat can do that.")
    return spoken.gettext("Only the admins of this desk can do that.")


def _old(spoken: Texts) -> str:
    return spoken.gettext("This button is old: what it led to is gone. /latest has what is new.")


async def _asked(update: Update, context: Context, needed: Role, words: str = "") -> Asked:
    front = _front(context)
    user, chat = update.effective_user, update.effective_chat
    if user is None:
        raise ValueError("an update without a person asks nothing")
    private = chat is None or chat.type == ChatType.PRIVATE
    known = await front.desk.person(user.id)
    runs = private or (needed is Role.CHAT_ADMIN and await _runs_chat(update, context, user))
    return Asked(
        desk=front.desk,
        texts=texts(user.language_code),
        person=known or Person(user.id, user.full_name),
        role=role_of(user.id, known, front.admins, runs_chat=runs),
        private=private,
        now=front.clock(),
        words=words,
        invitation=front.invitation,
        commands=front.commands,
        drafts=front.drafts,
    )


async def _runs_chat(update: Update, context: Context, user: User) -> bool:
    """Anonymous administrators speak in the name of the chat itself."""
    chat, message = update.effective_chat, update.effective_message
    if chat is None:
        return False
    if message is not None and message.sender_chat is not None and message.sender_chat.id == chat.id:
        return True
    return runs_chat((await context.bot.get_chat_member(chat.id, user.id)).status)


def _private(message: Message) -> bool:
    return message.chat.type == ChatType.PRIVATE


def _words(text: str | None) -> str:
    """What follows the command."""
    _, *words = (text or "").split(maxsplit=1)
    return words[0].strip() if words else ""


def _file(message: Message) -> SentFile | None:
    """The file that came with the message, else that of the message which it replies to."""
    replied = message.reply_to_message
    document = message.document or (replied.document if replied else None)
    if document is None:
        return None
    return SentFile(PurePath(document.file_name or "file").name, document.file_size or 0, lambda: _fetched(document))


async def _fetched(document: Document) -> bytes:
    """Raises `InputError` for what Telegram does not hand to bots: files over 20 MB."""
    try:
        file = await document.get_file()
        return bytes(await file.download_as_bytearray())
    except BadRequest as error:
        raise InputError(f"Telegram does not hand over the file ({error.message}): send it again") from error


async def failed(update: object, context: Context) -> None:
    front = _front(context)
    if context.error is not None:
        await errors.report(context.bot, front.desk, front.admins, update, context.error)
