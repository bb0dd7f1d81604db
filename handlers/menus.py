"""The menus of commands that Telegram offers while somebody types: by scope, language, and what a person may."""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from handlers.access import Role
from handlers.asked import Command
from handlers.guide import allowed
from handlers.redaction import redacted
from handlers.texts import ENGLISH, Texts, languages, texts

log = logging.getLogger(__name__)

AT_ONCE = 6
"""Menus on their way at the same time: enough for a quick start, and far from a flood."""


@dataclass(frozen=True)
class Menu:
    """What Telegram is told for one scope and language, "" for all languages without one of their own.

    Without commands a narrower menu is taken away, so that the wider one shows again.
    """

    scope: BotCommandScope
    language: str = ""
    commands: tuple[BotCommand, ...] = ()


def offered(role: Role, spoken: Texts, commands: Sequence[Command]) -> tuple[BotCommand, ...]:
    return tuple(BotCommand(command.name, spoken.gettext(command.help)) for command in allowed(commands, role))


def of_everybody(commands: Sequence[Command]) -> list[Menu]:
    """Pure: of private chats, groups, and the administrators of groups."""
    default = Menu(BotCommandScopeDefault(), "", offered(Role.READER, texts(None), commands))
    return [
        default,
        *_in_all_languages(BotCommandScopeAllPrivateChats(), Role.CHAT_ADMIN, commands),
        *_in_all_languages(BotCommandScopeAllGroupChats(), Role.READER, commands),
        *_in_all_languages(BotCommandScopeAllChatAdministrators(), Role.CHAT_ADMIN, commands),
    ]


def of_admin(chat: int, language: str, commands: Sequence[Command]) -> list[Menu]:
    """Pure: of an admin's private chat, in the language that was chosen there, else in the client's own."""
    scope = BotCommandScopeChat(chat)
    if not language:
        return _in_all_languages(scope, Role.ADMIN, commands)
    others = [Menu(scope, code) for code in languages() if code != ENGLISH]
    return [Menu(scope, "", offered(Role.ADMIN, texts(language), commands)), *others]


def of_chat(chat: int, language: str, commands: Sequence[Command], *, private: bool) -> list[Menu]:
    """Pure: of a chat that chose a language; without one the menus of everybody show again."""
    spoken = texts(language)

    def menu(scope: BotCommandScope, role: Role) -> Menu:
        return Menu(scope, "", offered(role, spoken, commands) if language else ())

    if private:
        return [menu(BotCommandScopeChat(chat), Role.CHAT_ADMIN)]
    return [
        menu(BotCommandScopeChat(chat), Role.READER),
        menu(BotCommandScopeChatAdministrators(chat), Role.CHAT_ADMIN),
    ]


def _in_all_languages(scope: BotCommandScope, role: Role, commands: Sequence[Command]) -> list[Menu]:
    return [
        Menu(scope, "" if language == ENGLISH else language, offered(role, texts(language), commands))
        for language in languages()
    ]


async def publish(bot: Bot, menus: Iterable[Menu]) -> None:
    """Tells Telegram, a few at a time. One that it refuses is logged, and the others are told."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(menu: Menu) -> None:
        async with gate:
            await _publish(bot, menu)

    await asyncio.gather(*(one(menu) for menu in menus))


async def _publish(bot: Bot, menu: Menu) -> None:
    code = menu.language or None
    try:
        if menu.commands:
            await bot.set_my_commands(menu.commands, scope=menu.scope, language_code=code)
        else:
            await bot.delete_my_commands(scope=menu.scope, language_code=code)
    except TelegramError as error:  # an admin who never wrote to the bot has no chat yet
        log.warning("The menu for %s was not taken: %s", menu.scope.type, redacted(str(error), bot.token))
