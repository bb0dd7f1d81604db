"""What a handler is given and what it returns: no Telegram in it, only questions to the desk and documents."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from handlers.access import Invitation, Role
from handlers.document import Document
from handlers.press import Press
from handlers.texts import Texts
from summaries.desk import Desk
from summaries.models import Person


@dataclass(frozen=True)
class Asked:
    """One message or one press, by `person` in a chat.

    `words` is what follows the command, as it was typed. `private` says that nobody else reads the chat.
    """

    desk: Desk
    texts: Texts
    person: Person
    role: Role
    private: bool
    now: datetime
    words: str = ""
    invitation: Invitation | None = None
    commands: "tuple[Command, ...]" = ()


Answer: TypeAlias = Callable[[Asked], Awaitable[Document]]
View: TypeAlias = Callable[[Asked, Press], Awaitable[Document | None]]
"""Shows what a button leads to; None where that is gone."""


@dataclass(frozen=True)
class Command:
    """`situation` and `help` are msgids; `usage` is what may follow the name; `examples` are whole messages to try."""

    name: str
    situation: str
    help: str
    answer: Answer
    usage: str = ""
    examples: tuple[str, ...] = ()
    role: Role = Role.READER
