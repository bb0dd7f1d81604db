"""Channels and groups that somebody governs from a private chat with the bot.

    /subscribe 08:00                the chat in which it is said
    /subscribe @tarn_daily 08:00    the channel of that name, from a private chat with one of its administrators
    /subscribe -1002000000001 08:00 one without a name, by its number; `/12` behind either is topic 12

A command that may be about another chat asks `governed`, a button for one carries its `number` and asks
`governed_by`. Both ask Telegram, at that time, whether the person administers the chat and the bot may write there.
"""

import re
from dataclasses import dataclass

from msgspec.structs import replace

from handlers import compose
from handlers.asked import Asked
from handlers.document import Document
from handlers.outside import ChatFound
from handlers.texts import fill
from summaries.models import Subscriber

HERE = 0
"""The number of the chat in which something is asked."""

_NAMED = re.compile(
    r"(?:(?:https?://)?t\.me/c/(?P<internal>\d{5,13})"
    r"|(?:(?:https?://)?t\.me/|@)(?P<name>[a-zA-Z]\w{3,31})"
    r"|(?P<id>-\d{5,14}))(?:/(?P<topic>\d{1,10}))?"
)


@dataclass(frozen=True)
class Governed:
    """A chat and topic (0 for the chat itself) whose settings the asker may change; `words` are what is left to read.

    `number` is what a button carries of it: `HERE`, or that of another chat.
    """

    chat: Subscriber
    topic: int = 0
    words: str = ""
    number: int = HERE


def number_of(chat: int) -> int:
    """What a button carries of a group or channel, whose ids are negative."""
    return abs(chat)


async def governed(asked: Asked, words: str) -> Governed | Document:
    """The chat that `words` name at their beginning, else the one in which it was asked; why not, where that is so.

    In a group they name none: what is said there is about the group.
    """
    first, _, rest = words.strip().partition(" ")
    named = _NAMED.fullmatch(first) if asked.private else None
    if named is None:
        return Governed(asked.chat, asked.topic, words)
    found = await asked.outside.find(_key(named))
    if found is None or found.kind == "private":
        said = asked.texts.gettext("I am in no chat {name}. Add me to it first; to a channel, as an administrator.")
        return compose.line(asked.texts, *fill(said, name=first))
    return await _checked(asked, found, int(named["topic"] or 0), rest.strip())


async def governed_by(asked: Asked, number: int, topic: int = 0) -> Governed | Document:
    """The chat whose `number` a button carries; why not, where the asker governs it no more."""
    if number == HERE:
        return Governed(asked.chat, topic)
    found = await asked.outside.find(-number) if asked.private else None
    if found is None or found.kind == "private":
        return compose.line(asked.texts, asked.texts.gettext("I am not in that chat any more."))
    return await _checked(asked, found, topic, "")


def _key(named: re.Match[str]) -> int | str:
    if named["internal"]:
        return int(f"-100{named['internal']}")
    return int(named["id"]) if named["id"] else f"@{named['name']}"


async def _checked(asked: Asked, found: ChatFound, topic: int, words: str) -> Governed | Document:
    if not await asked.outside.runs(found.id, asked.person.id):
        said = asked.texts.gettext("Only administrators of {name} can do that.")
        return compose.line(asked.texts, *fill(said, name=found.title))
    if not await asked.outside.may_post(found.id):
        said = asked.texts.gettext("I may not write in {name}. Make me an administrator there who may post messages.")
        return compose.line(asked.texts, *fill(said, name=found.title))
    return Governed(await _kept(asked, found), topic, words, number_of(found.id))


async def _kept(asked: Asked, found: ChatFound) -> Subscriber:
    """The chat with what Telegram says of it now, and with the asker among those who manage it."""
    known = await asked.desk.subscribers.known(found.id)
    seen = as_seen(known, found, asked.person.id)
    if seen == known or asked.desk.readonly:
        return seen
    return await asked.desk.subscribers.change(found.id, lambda before: as_seen(before, found, asked.person.id))


def as_seen(before: Subscriber, found: ChatFound, manager: int) -> Subscriber:
    """Pure: what was known of a chat, with its kind and title now; it is heard of, so nothing stands against it."""
    managers = before.managers if manager in before.managers else (*before.managers, manager)
    return replace(
        before, kind=found.kind, title=found.title, managers=managers, left=None, suspended="", suspended_since=None
    )
