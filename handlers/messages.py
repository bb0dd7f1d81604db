"""Messages: a command, also one in the caption of a file; a reply to a question; a file that stands for a command; else
a helpful line in a private chat, and silence in a group."""

from collections.abc import Awaitable, Callable, Coroutine
from contextlib import nullcontext
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from telegram import Document as TelegramDocument
from telegram import Message, Update, User
from telegram.constants import ChatType
from telegram.error import BadRequest

from handlers import compose, spot
from handlers.access import Role
from handlers.answer import Place, put, remove, send
from handlers.asked import Asked, Command, SentFile
from handlers.callers import anonymous, speaker
from handlers.document import Document
from handlers.front import Context, asked_by, await_reply, deliver, front_of, old, refused, run
from handlers.press import read
from handlers.progress import Progress
from handlers.said import Said, said_in
from handlers.texts import fill
from handlers.typing_sign import typing
from handlers.waiting import Question
from summaries.errors import InputError


def answering(command: Command) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    """The handler of a command that stands in a message's text."""

    async def answer(update: Update, context: Context) -> None:
        message = update.effective_message
        if message is not None and update.effective_user is not None:
            front_of(context).waiting.drop(message.chat_id, speaker(update.effective_user, message.chat))
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
    known = [command for command in front_of(context).commands if command.name == name.lower()]
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
    spoken = (await asked_by(update, context, Role.READER)).texts
    answer = spoken.gettext("There is no {command} here. /help says what there is.")
    await _say(context, message, compose.line(spoken, *fill(answer, command=name)))


async def said(update: Update, context: Context) -> None:
    """What is neither a command nor a press."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or message.via_bot == context.bot.bot:  # what they sent of an inline answer
        return
    front = front_of(context)
    replied = message.reply_to_message.message_id if message.reply_to_message else None
    question = message.text and front.waiting.answered(
        message.chat_id,
        speaker(user, message.chat),
        replied,
        front.clock(),
        private=_private(message),
        anonymous=anonymous(message),
    )
    if question:
        await _reply(update, context, message, question)
    elif _private(message):
        await _alone(update, context, message, user)


async def _alone(update: Update, context: Context, message: Message, user: User) -> None:
    """What is said without a command, to nobody but the bot."""
    name = (message.document.file_name or "").lower() if message.document else ""
    command = next((each for each in front_of(context).commands if name and name.endswith(each.files)), None)
    handed = said_in(message)
    if command is not None:
        await _command(update, context, message, command, "")
    elif spot.meant(handed, name):
        await _on_the_spot(update, context, message, handed, _file(message) if name else None)
    else:
        await _not_understood(update, context, message)


async def _on_the_spot(update: Update, context: Context, message: Message, handed: Said, file: SentFile | None) -> None:
    asked = replace(await asked_by(update, context, Role.READER), file=file)

    async def work(asked: Asked) -> Document:
        return await spot.condense(asked, handed)

    await run(context, update, _answer(context, message, asked, work, slow=True), slow=True)


async def _not_understood(update: Update, context: Context, message: Message) -> None:
    spoken = (await asked_by(update, context, Role.READER)).texts
    helpful = spoken.gettext(
        "I answer to commands: /latest, /search WORDS, /summary NUMBER. A link or an article I read for you. "
        "/help says more."
    )
    await _say(context, message, compose.line(spoken, helpful))


async def _command(update: Update, context: Context, message: Message, command: Command, words: str) -> None:
    asked = await asked_by(update, context, command.role, words)
    if asked.role < command.role:
        await _say(context, message, refused(command.role, asked.texts))
        return
    asked = replace(asked, file=_file(message), replied=said_in(message.reply_to_message))
    await run(context, update, _answer(context, message, asked, command.answer, slow=command.slow), slow=command.slow)


async def _reply(update: Update, context: Context, message: Message, question: Question) -> None:
    """The question's own view is shown what was written; whoever may no longer press its button is refused."""
    press = read(question.data)
    target = front_of(context).buttons.get(press.view) if press is not None else None
    if press is None or target is None:
        return
    asked = await asked_by(update, context, target.role, (message.text or "").strip())
    if asked.role < target.role:
        await _say(context, message, refused(target.role, asked.texts))
        return

    async def view(asked: Asked) -> Document:
        return await target.show(asked, press) or compose.line(asked.texts, old(asked.texts))

    await run(context, update, _answer(context, message, asked, view, slow=target.slow), slow=target.slow)


async def _answer(
    context: Context,
    message: Message,
    asked: Asked,
    work: Callable[[Asked], Awaitable[Document]],
    *,
    slow: bool = False,
) -> None:
    """What the work answers, in place of the message that said how far it was."""
    front, place = front_of(context), Place.of(message)
    progress = Progress(context.bot, place, front.screens)
    try:
        async with typing(context.bot, place) if slow else nullcontext():
            document = await work(replace(asked, progress=progress.tell))
    except BaseException:
        if shown := await progress.close():
            await remove(context.bot, shown)
        raise
    over = await progress.close()

    async def sending(where: Place) -> Message:
        return await put(context.bot, where, document, over if where == place else None, front.screens)

    await_reply(front, await deliver(front, place, sending), document, asked)


async def _say(context: Context, message: Message, document: Document) -> None:
    await deliver(front_of(context), Place.of(message), lambda where: send(context.bot, where, document))


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


async def _fetched(document: TelegramDocument) -> bytes:
    """Raises `InputError` for what Telegram does not hand to bots: files over 20 MB."""
    try:
        file = await document.get_file()
        return bytes(await file.download_as_bytearray())
    except BadRequest as error:
        raise InputError(f"Telegram does not hand over the file ({error.message}): send it again") from error
