"""The one table of commands and buttons, and the one function that registers every handler, in order."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    CallbackQuery,
    Message,
    Update,
    User,
)
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from handlers import compose, errors, reading
from handlers.access import Invitation, Role, role_of, runs_chat
from handlers.answer import Place, Screens, send, settle, show
from handlers.asked import Asked, Command, View
from handlers.guide import allowed
from handlers.press import Press, read
from handlers.texts import ENGLISH, Texts, fill, languages, load_all, texts
from summaries.desk import Desk, utcnow
from summaries.models import Person

log = logging.getLogger(__name__)

COMMANDS: tuple[Command, ...] = reading.COMMANDS

BUTTONS: Mapping[str, View] = reading.VIEWS
"""By the view that a button's data names."""

Bots: TypeAlias = Application[Any, Any, Any, Any, Any, Any]
Context: TypeAlias = ContextTypes.DEFAULT_TYPE

_NEW = filters.UpdateType.MESSAGE
"""Neither edits nor channel posts: a command that is corrected in place would be answered twice."""

_KEY = "backchannel"


@dataclass(frozen=True)
class Front:
    """What the handlers need, in `application.bot_data`."""

    desk: Desk
    admins: frozenset[int]
    invitation: Invitation | None
    commands: tuple[Command, ...]
    buttons: Mapping[str, View]
    clock: Callable[[], datetime]
    screens: Screens = field(default_factory=Screens)


def install(
    application: Bots,
    desk: Desk,
    *,
    admins: frozenset[int] = frozenset(),
    invitation: Invitation | None = None,
    commands: tuple[Command, ...] = COMMANDS,
    buttons: Mapping[str, View] = BUTTONS,
    clock: Callable[[], datetime] = utcnow,
) -> None:
    """Registers every handler in the order in which they are asked, and the error handler."""
    load_all()
    application.bot_data[_KEY] = Front(desk, admins, invitation, commands, buttons, clock)
    for command in commands:
        application.add_handler(CommandHandler(command.name, _answering(command), filters=_NEW))
    application.add_handler(CallbackQueryHandler(_pressed))
    application.add_handler(MessageHandler(_NEW & filters.COMMAND, _unknown_command))
    said = _NEW & filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL
    application.add_handler(MessageHandler(said, _not_understood))
    application.add_error_handler(_failed)


def menu(role: Role, spoken: Texts, commands: tuple[Command, ...] = COMMANDS) -> list[BotCommand]:
    """The commands that Telegram offers while somebody types."""
    return [BotCommand(command.name, spoken.gettext(command.help)) for command in allowed(commands, role)]


async def publish_menus(bot: Bot, desk: Desk, *, admins: frozenset[int] = frozenset()) -> None:
    """Tells Telegram the menus, by scope and language. One that it refuses is logged, and the others are told."""
    scopes: list[tuple[BotCommandScope, Role]] = [
        (BotCommandScopeDefault(), Role.READER),
        (BotCommandScopeAllPrivateChats(), Role.CHAT_ADMIN),
        (BotCommandScopeAllGroupChats(), Role.READER),
    ]
    everybody = sorted({*admins, *(person.id for person in await desk.admins())})
    scopes += [(BotCommandScopeChat(admin), Role.ADMIN) for admin in everybody]
    for scope, role in scopes:
        for language in languages():
            await _publish(bot, scope, menu(role, texts(language)), None if language == ENGLISH else language)


async def _publish(bot: Bot, scope: BotCommandScope, offered: list[BotCommand], language: str | None) -> None:
    try:
        await bot.set_my_commands(offered, scope=scope, language_code=language)
    except TelegramError as error:  # an admin who never wrote to the bot has no chat yet
        log.warning("The menu for %s was not taken: %s", scope.type, errors.redacted(str(error), bot))


def _answering(command: Command) -> Any:
    async def answer(update: Update, context: Context) -> None:
        message = update.effective_message
        if message is None or update.effective_user is None:
            return
        asked = await _asked(update, context, command.role, _words(message))
        if asked.role < command.role:
            document = compose.line(asked.texts, _refusal(command.role, asked.texts))
        else:
            document = await command.answer(asked)
        await send(context.bot, Place.of(message), document)

    return answer


def _refusal(role: Role, spoken: Texts) -> str:
    if role is Role.CHAT_ADMIN:
        return spoken.gettext("Only administrators of this chat can do that.")
    return spoken.gettext("Only the admins of this desk can do that.")


async def _asked(update: Update, context: Context, needed: Role, words: str = "") -> Asked:
    front: Front = context.bot_data[_KEY]
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
    )


async def _runs_chat(update: Update, context: Context, user: User) -> bool:
    """Anonymous administrators speak in the name of the chat itself."""
    chat, message = update.effective_chat, update.effective_message
    if chat is None:
        return False
    if message is not None and message.sender_chat is not None and message.sender_chat.id == chat.id:
        return True
    return runs_chat((await context.bot.get_chat_member(chat.id, user.id)).status)


def _words(message: Message) -> str:
    """What follows the command."""
    _, *words = (message.text or "").split(maxsplit=1)
    return words[0].strip() if words else ""


async def _pressed(update: Update, context: Context) -> None:
    """Every press is answered, so that no button spins on; one that leads nowhere says so."""
    query = update.callback_query
    if query is None:
        return
    asked = await _asked(update, context, Role.READER)
    press = read(query.data or "")
    if press is not None and await _shown(query, asked, press, context.bot_data[_KEY]):
        await settle(query)
        return
    await settle(query, asked.texts.gettext("This button is old: what it led to is gone. /latest has what is new."))


async def _shown(query: CallbackQuery, asked: Asked, press: Press, front: Front) -> bool:
    view = front.buttons.get(press.view)
    document = await view(asked, press) if view is not None else None
    return document is not None and await show(query, document, press, asked.texts, front.screens)


async def _unknown_command(update: Update, context: Context) -> None:
    """In a group only a command that names this bot is meant for it."""
    message = update.effective_message
    if message is None or not message.text or update.effective_user is None:
        return
    name, _, addressee = message.text.split()[0].partition("@")
    if addressee.lower() != context.bot.username.lower() and (addressee or message.chat.type != ChatType.PRIVATE):
        return
    spoken = texts(update.effective_user.language_code)
    said = spoken.gettext("There is no {command} here. /help says what there is.")
    await send(context.bot, Place.of(message), compose.line(spoken, *fill(said, command=name)))


async def _not_understood(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None or update.effective_user is None:
        return
    spoken = texts(update.effective_user.language_code)
    said = spoken.gettext("I answer to commands: /latest, /search WORDS, /summary NUMBER. /help says more.")
    await send(context.bot, Place.of(message), compose.line(spoken, said))


async def _failed(update: object, context: Context) -> None:
    front: Front = context.bot_data[_KEY]
    if context.error is not None:
        await errors.report(context.bot, front.desk, front.admins, update, context.error)
