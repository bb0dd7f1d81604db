"""Who reads, and what they asked, kept and looked at."""

from datetime import date
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


class Spent(msgspec.Struct, frozen=True, array_like=True):
    """How many articles of their own somebody has had condensed on a day (UTC)."""

    day: date
    count: int


class Visit(msgspec.Struct, frozen=True, array_like=True):
    """The last look at something: at `at`, and what is new in it is what came after `since`; None for all of it.

    `since` is when the visit before ended. Looks that follow each other closely are one visit.
    """

    at: Instant
    since: Instant | None = None


class Reader(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one person keeps, by their Telegram user id.

    `saved` is in the order in which it was saved. `looked` are the visits to stories, by their ids, and `last` the one
    to what is new across everything.
    """

    id: int
    saved: tuple[Saved, ...] = ()
    looked: dict[int, Visit] = {}
    last: Visit | None = None
    spent: Spent | None = None
