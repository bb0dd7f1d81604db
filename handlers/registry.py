"""The one table of commands and buttons, and the one function that registers every handler, in order."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, TypeAlias

from telegram import Bot, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from handlers import (
    admin,
    broadcasting_commands,
    corrections,
    door,
    errors,
    following,
    front,
    governed_pages,
    inline,
    languages,
    membership,
    menus,
    messages,
    moving,
    people_commands,
    presses,
    privacy,
    reading,
    settings,
    stats,
    story_commands,
    subscriptions,
)
from handlers.access import Invitation
from handlers.asked import Command, Target
from handlers.front import KEY, Front
from handlers.house import STANDARD, House
from handlers.looks.choice import Looks
from handlers.press import OPEN
from handlers.rates import Rates
from handlers.screens import Screens
from handlers.texts import load_all
from handlers.whole import opening
from summaries.desk import Desk, utcnow

COMMANDS: tuple[Command, ...] = (
    *reading.COMMANDS,
    *moving.COMMANDS,
    *story_commands.COMMANDS,
    *subscriptions.COMMANDS,
    *following.COMMANDS,
    *settings.COMMANDS,
    *languages.COMMANDS,
    *governed_pages.COMMANDS,
    *admin.COMMANDS,
    *corrections.COMMANDS,
    *people_commands.COMMANDS,
    *broadcasting_commands.COMMANDS,
    *stats.COMMANDS,
    *privacy.COMMANDS,
)

_VIEWS: Mapping[str, Target] = {
    **reading.TARGETS,
    **moving.TARGETS,
    **story_commands.TARGETS,
    **subscriptions.TARGETS,
    **following.TARGETS,
    **settings.TARGETS,
    **languages.TARGETS,
    **governed_pages.TARGETS,
    **admin.TARGETS,
    **corrections.TARGETS,
    **people_commands.TARGETS,
    **broadcasting_commands.TARGETS,
    **privacy.TARGETS,
}

BUTTONS: Mapping[str, Target] = {**_VIEWS, OPEN: opening(_VIEWS)}
"""By the view that a button's data names."""

Bots: TypeAlias = Application[Any, Any, Any, Any, Any, Any]

_NEW = filters.UpdateType.MESSAGE & ~filters.IS_AUTOMATIC_FORWARD
"""Neither edits (a command that is corrected in place would be answered twice) nor posts, those of a group's channel
that Telegram repeats in the group included."""

_DOOR = -1
"""The group of handlers that is asked before all others."""


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
    rates: Rates | None = None,
) -> None:
    """Registers every handler in the order in which they are asked, and the error handler."""
    load_all()
    alarm = errors.Alarm(application.bot, desk, admins, clock)
    screens, rates = Screens(Looks(desk.subscribers, house.look, tell=alarm.tell)), rates or Rates()
    whole = Front(desk, admins, invitation, commands, buttons, clock, alarm, house, screens, rates=rates)
    application.bot_data[KEY] = whole
    desk.digesting.admits = partial(membership.admits, whole)
    application.add_handler(TypeHandler(Update, door.door), group=_DOOR)
    application.add_handler(ChatMemberHandler(membership.mine, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(ChatMemberHandler(membership.others, ChatMemberHandler.CHAT_MEMBER))
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, membership.migrated))
    for command in commands:
        application.add_handler(CommandHandler(command.name, messages.answering(command), filters=_NEW))
    application.add_handler(CallbackQueryHandler(presses.pressed))
    application.add_handler(InlineQueryHandler(inline.typed))
    in_caption = filters.Document.ALL & filters.CaptionRegex(r"^/\w")
    application.add_handler(MessageHandler(_NEW & in_caption, messages.captioned))
    application.add_handler(MessageHandler(_NEW & filters.COMMAND, messages.unknown_command))
    application.add_handler(MessageHandler(_NEW & ~filters.StatusUpdate.ALL, messages.said))
    application.add_error_handler(front.failed)


async def publish_menus(bot: Bot, desk: Desk, *, admins: frozenset[int] = frozenset()) -> None:
    """Tells Telegram the menus, by scope and language, and those of the admins in their private chats.

    An admin of the configuration who never wrote has no chat yet: the door sees to their menu when they come.
    """
    told = menus.of_everybody(COMMANDS)
    met = [each for each in await errors.everybody(desk, admins) if await desk.person(each) is not None]
    for each in met:
        here = await desk.subscribers.known(each)
        told += menus.of_admin(each, here.language, COMMANDS)
    await menus.publish(bot, told)
