"""What articles belong to."""

import msgspec


class Event(msgspec.Struct, frozen=True, omit_defaults=True):
    """What several articles of a few days are about. `briefings` are their ids, in the order in which they were filed.

    `into` is the event that this one turned out to be, 0 while it is one of its own. `absorbed` are those that turned
    out to be this one, each with the briefing that showed it.
    """

    id: int
    story: int
    briefings: tuple[int, ...] = ()
    into: int = 0
    absorbed: tuple[tuple[int, int], ...] = ()


class Story(msgspec.Struct, frozen=True, omit_defaults=True):
    """What several events of months are about, in the order in which they began. `into` as in `Event`."""

    id: int
    events: tuple[int, ...] = ()
    into: int = 0
