"""What handlers ask of Telegram beside their answer: who runs a chat, where the bot may write, a word to somebody else.

The handlers know only this page; `handlers.telegram_side` does it.
"""

from dataclasses import dataclass
from typing import Protocol

from handlers.document import Document
from summaries.models import ChatKind


@dataclass(frozen=True)
class ChatFound:
    """A chat as Telegram names it. `username` is without "@"."""

    id: int
    kind: ChatKind
    title: str
    username: str = ""


class Outside(Protocol):
    """Telegram's refusals are answers here (False, None); only a lost network is raised, as a `TelegramError`."""

    async def runs(self, chat: int, person: int) -> bool:
        """Whether they administer the chat. Held for a minute, unless Telegram tells of a change before."""
        ...

    async def is_admin(self, person: int) -> bool:
        """Whether they are an admin of the desk."""
        ...

    async def may_post(self, chat: int) -> bool:
        """Whether the bot itself may write there."""
        ...

    async def find(self, chat: int | str) -> ChatFound | None:
        """The chat with this id or `@username`, if the bot can see it."""
        ...

    async def tell(self, chat: int, document: Document) -> bool:
        """Send a message to another chat; False where Telegram takes it not."""
        ...

    async def publish_menu(self, chat: int) -> None:
        """The menu of commands of a chat whose language, or whose person's role, changed."""
        ...


class Nobody:
    """Where there is no Telegram: nobody runs anything, and nothing is sent."""

    async def runs(self, chat: int, person: int) -> bool:
        return False

    async def is_admin(self, person: int) -> bool:
        return False

    async def may_post(self, chat: int) -> bool:
        return False

    async def find(self, chat: int | str) -> ChatFound | None:
        return None

    async def tell(self, chat: int, document: Document) -> bool:
        return False

    async def publish_menu(self, chat: int) -> None:
        return None
