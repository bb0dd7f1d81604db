"""The one table of commands and buttons, and the one function that registers every handler, in order."""

import logging
from collections.abc import Callable, Mapping
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
)
from telegram.error import TelegramError
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from handlers import admin, errors, front, messages, presses, reading
from handlers.access import Invitation, Role
from handlers.asked import Command, Target
from handlers.front import KEY, Front
from handlers.guide import allowed
from handlers.house import STANDARD, House
from handlers.looks.choice import Looks
from handlers.press import OPEN
from handlers.screens import Screens
from handlers.texts import ENGLISH, Texts, languages, load_all, texts
from handlers.whole import opening
from summaries.desk import Desk, utcnow

log = logging.getLogger(__name__)

COMMANDS: tuple[Command, ...] = (*reading.COMMANDS, *admin.COMMANDS)

_VIEWS: Mapping[str, Target] = {**reading.TARGETS, **admin.TARGETS}

BUTTONS: Mapping[str, Target] = {**_VIEWS, OPEN: opening(_VIEWS)}
"""By the view that a button's data names."""

Bots: TypeAlias = Application[Any, Any, Any, Any, Any, Any]

_NEW = filters.UpdateType.MESSAGE
"""Neither edits nor channel posts: a command that is corrected in place would be answered twice."""


def install(
    application: Bots,
    desk: Desk,
    *,
    admins: frozenset[int] = frozenset(),
    invitation: Invitation | None = None,
    commands: tuple[Command, ...] = COMMANDS,
    buttons: Mapping[str, Target] = BUTTONS,
    clock: Callable[[], datetime] = utcnow,
    house: House = STANDARD,
) -> None:
    """Registers every handler in the order in which they are asked, and the error handler."""
    load_all()
    screens = Screens(Looks(desk.subscribers, house.look))
    application.bot_data[KEY] = Front(desk, admins, invitation, commands, buttons, clock, house, screens)
    for command in commands:
        application.add_handler(CommandHandler(command.name, messages.answering(command), filters=_NEW))
    application.add_handler(CallbackQueryHandler(presses.pressed))
    in_caption = filters.Document.ALL & filters.CaptionRegex(r"^/\w")
    application.add_handler(MessageHandler(_NEW & in_caption, messages.captioned))
    application.add_handler(MessageHandler(_NEW & filters.COMMAND, messages.unknown_command))
    application.add_handler(MessageHandler(_NEW & ~filters.StatusUpdate.ALL, messages.said))
    application.add_error_handler(front.failed)


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
