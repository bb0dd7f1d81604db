"""What a handler is given and what it returns: no Telegram in it, only questions to the desk and documents."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from handlers.access import Invitation, Role
from handlers.document import Document
from handlers.drafts import Drafts
from handlers.house import STANDARD, House
from handlers.outside import Nobody, Outside
from handlers.press import Press
from handlers.said import NOTHING, Said
from handlers.texts import Texts
from handlers.turns import Turns
from summaries.desk import Desk
from summaries.errors import InputError
from summaries.models import Person, Subscriber


@dataclass(frozen=True)
class SentFile:
    """A document that came with a message, or with the one that it replies to. `size` in bytes, 0 where unknown."""

    name: str
    size: int
    fetch: Callable[[], Awaitable[bytes]]

    async def read(self, most: int) -> bytes:
        """Its bytes. Raises `InputError` where there are none, or more than `most`."""
        data = await self.fetch() if self.size <= most else b""
        if max(self.size, len(data)) > most:
            raise InputError(f"{self.name}: too large, at most {most / 1e6:g} MB are taken")
        if not data:
            raise InputError(f"{self.name}: empty")
        return data


def to_nobody(document: Document) -> None:
    """How far the work is, where nobody watches."""


def _unheard(words: str) -> None:
    """A word beside the answer, where there is nobody to hear it."""


@dataclass(frozen=True)
class Asked:
    """One message or one press, by `person` in a chat.

    `words` is what follows the command, or what was written in reply to a question, as it was typed. `private` says
    that nobody else reads the chat. `progress` shows how far long work is, in the message that becomes its answer; it
    returns at once. `drafts` keeps what buttons lead to before it is done. `chat` is where it was asked, as it is kept
    or would be kept first, and `topic` its forum topic, 0 for none. `house` is what the configuration decides.
    `replied` is what the message says that was replied to. `aside` says a word to whoever pressed a button, and to
    nobody else. `outside` is the rest of Telegram, `admins` are the configured ones; the desk knows others.
    `turns` parts what one person asks for at once.
    """

    desk: Desk
    texts: Texts
    person: Person
    role: Role
    private: bool
    now: datetime
    chat: Subscriber = field(default_factory=lambda: Subscriber(0))
    topic: int = 0
    words: str = ""
    invitation: Invitation | None = None
    commands: "tuple[Command, ...]" = ()
    file: SentFile | None = None
    progress: Callable[[Document], None] = to_nobody
    drafts: Drafts = field(default_factory=Drafts)
    house: House = STANDARD
    replied: Said = NOTHING
    aside: Callable[[str], None] = _unheard
    outside: Outside = field(default_factory=Nobody)
    admins: frozenset[int] = frozenset()
    turns: Turns = field(default_factory=Turns)


Answer: TypeAlias = Callable[[Asked], Awaitable[Document]]
View: TypeAlias = Callable[[Asked, Press], Awaitable[Document | None]]
"""Shows what a button leads to; None where that is gone."""


@dataclass(frozen=True)
class Target:
    """What a button leads to. A `slow` one does not hold up what else is said in its chat."""

    show: View
    role: Role = Role.READER
    slow: bool = False


@dataclass(frozen=True)
class Command:
    """`situation` and `help` are msgids; `usage` is what may follow the name; `examples` are whole messages to try.

    `files` are the endings of documents that stand for the command when they are sent without one, in a private chat.
    A `slow` command does not hold up what else is said in its chat.
    """

    name: str
    situation: str
    help: str
    answer: Answer
    usage: str = ""
    examples: tuple[str, ...] = ()
    role: Role = Role.READER
    slow: bool = False
    files: tuple[str, ...] = ()
