"""Who reads, and what they asked, kept and looked at."""

from typing import Literal

import msgspec

from summaries.models.moments import Instant

Access = Literal["", "waiting", "approved", "blocked"]
"""What the admins decided: nothing yet, asked to be let in, let in, or kept out."""


class Person(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody the bot knows, by their Telegram user id. `since` is when they were first met or made an admin.

    `username` is without "@". `access` counts where the desk is not open to everybody, "blocked" everywhere.
    """

    id: int
    name: str = ""
    admin: bool = False
    since: Instant | None = None
    username: str = ""
    access: Access = ""


class Question(msgspec.Struct, frozen=True, omit_defaults=True):
    """A search whose next pages can be asked for: the words, and the newest briefing id when it was first asked."""

    id: int
    text: str
    upto: int
    asked: Instant


class Saved(msgspec.Struct, frozen=True, array_like=True):
    """A briefing that somebody put aside."""

    briefing: int
    at: Instant


class Reader(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one person keeps, by their Telegram user id.

    `saved` is in the order in which it was saved. `looked` is when they last looked at each story, by its id. `last` is
    when they last asked what is new across everything.
    """

    id: int
    saved: tuple[Saved, ...] = ()
    looked: dict[int, Instant] = {}
    last: Instant | None = None
