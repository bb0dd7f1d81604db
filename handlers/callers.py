"""Pure: who says something to the bot, and whether it is meant for it."""

from collections.abc import Collection
from dataclasses import dataclass

from telegram import Chat, Message, Update, User
from telegram.constants import ChatType
from telegram.ext import filters

from handlers.rates import COMMAND, KEYSTROKE, PRESS

_SERVICE = filters.StatusUpdate.ALL


@dataclass(frozen=True)
class Called:
    """A command as it was typed: its name in lower case, and the bot that it names, "" for none."""

    name: str
    addressee: str


@dataclass(frozen=True)
class Caller:
    """Who wants something of the bot. `chat` is None inline. `cost` is what it takes of their rate."""

    user: User
    chat: Chat | None
    cost: float

    @property
    def private(self) -> bool:
        return self.chat is None or self.chat.type == ChatType.PRIVATE

    @property
    def purse(self) -> int:
        """Whose rate it counts for."""
        return speaker(self.user, self.chat)


def speaker(user: User, chat: Chat | None) -> int:
    """Who speaks: the chat for those who speak in its name or in that of a channel.

    Telegram shows all of them as one user, of whom nothing may be kept: it would be read by others elsewhere.
    """
    return chat.id if user.is_bot and chat is not None else user.id


def called(message: Message) -> Called | None:
    """The command that a text or a caption begins with."""
    said = (message.text or message.caption or "").split(maxsplit=1)
    if not said or not said[0].startswith("/") or len(said[0]) < 2:
        return None
    name, _, addressee = said[0].removeprefix("/").partition("@")
    return Called(name.lower(), addressee)


def meant(command: Called, message: Message, username: str, names: Collection[str]) -> bool:
    """Whether it is this bot's. In a group one that names no bot is, if this bot knows it; in private every one is."""
    if command.addressee:
        return command.addressee.lower() == username.lower()
    return message.chat.type == ChatType.PRIVATE or command.name in names


def anonymous(message: Message | None) -> bool:
    """Whether an administrator speaks in the name of the group itself."""
    return message is not None and message.sender_chat is not None and message.sender_chat.id == message.chat.id


def caller(update: Update, username: str, names: Collection[str], questions: Collection[int] = ()) -> Caller | None:
    """None for what is not said to the bot: talk in a group, service messages, edits, posts, news of members.

    `questions` are the messages of the chat whose reply the bot waits for.
    """
    if update.callback_query is not None:
        message = update.callback_query.message
        return Caller(update.callback_query.from_user, message.chat if message else None, PRESS)
    if update.inline_query is not None:
        return Caller(update.inline_query.from_user, None, KEYSTROKE)
    message = update.message
    if message is None or message.from_user is None or message.is_automatic_forward or _SERVICE.check_update(update):
        return None
    command = called(message)
    replied = message.reply_to_message.message_id if message.reply_to_message else 0
    private = message.chat.type == ChatType.PRIVATE
    told = meant(command, message, username, names) if command else private or replied in questions
    return Caller(message.from_user, message.chat, COMMAND) if told else None
