"""Who may do what."""

import hmac
import secrets
from asyncio import Lock
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Literal

from msgspec.structs import replace

from handlers.house import Mode
from summaries.desk import Desk
from summaries.models import Access, Person, instant

_STATUSES = ("creator", "administrator")  # Bot API, ChatMember.status


class Role(IntEnum):
    """Each may do what those before it may."""

    READER = 0
    CHAT_ADMIN = 1
    ADMIN = 2


def role_of(person: int, known: Person | None, admins: Collection[int], *, runs_chat: bool) -> Role:
    """`known` is what the desk knows of them, `admins` are the configured ones; both kinds count."""
    if person in admins or (known is not None and known.admin):
        return Role.ADMIN
    return Role.CHAT_ADMIN if runs_chat else Role.READER


Entry = Literal["in", "ask", "wait", "closed", "hush"]
"""Answer them; ask the admins for them; they have been asked; tell them that it is closed; be silent."""


def entry(mode: Mode, role: Role, access: Access, let_in: bool | None) -> Entry:
    """Pure: what becomes of somebody who says something to the bot.

    `let_in` says, of a group or channel, whether somebody who may brought the bot into it; None in a private chat.
    """
    if role is Role.ADMIN:
        return "in"
    if access == "blocked":
        return "hush"
    if mode == "open" or (access == "approved" and let_in is None):
        return "in"
    if let_in is not None:
        return "in" if let_in else "hush"
    if mode == "closed":
        return "closed"
    return "wait" if access == "waiting" else "ask"


def as_admin(before: Person, name: str, now: datetime) -> Person:
    return replace(before, name=name, admin=True, since=instant(now))


def runs_chat(status: str) -> bool:
    """Whether a member of this status (Bot API, ChatMember) administers the chat."""
    return status in _STATUSES


@dataclass(eq=False)
class Invitation:
    """A link that makes the first to open it the admin of a desk that has none. It works once.

    `secret` goes through Telegram's deep links: 1 to 64 of `A-Z a-z 0-9 _ -`.
    """

    secret: str = field(repr=False)
    _spent: bool = field(default=False, init=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    @classmethod
    def new(cls) -> "Invitation":
        return cls(secrets.token_urlsafe(24))

    def link(self, username: str) -> str:
        return f"https://t.me/{username}?start={self.secret}"

    def fits(self, secret: str) -> bool:
        return hmac.compare_digest(secret.encode(), self.secret.encode())

    async def accept(self, secret: str, desk: Desk, person: Person, now: datetime) -> bool:
        """Whether `person`, who brought `secret`, is now the admin: written to the desk when this returns."""
        if not self.fits(secret):
            return False
        async with self._lock:  # two people may open the same link at once
            if self._spent or await desk.admins():
                return False
            await desk.people.change(person.id, lambda before: as_admin(before, person.name, now))
            self._spent = True
        return True
