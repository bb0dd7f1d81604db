"""The chats that the bot knows: how it speaks there, and what it sends of itself."""

from datetime import date
from typing import Literal

import msgspec

from summaries.models.moments import Instant

Look = Literal["", "message", "page"]
Length = Literal["short", "normal", "long"]
ChatKind = Literal["private", "group", "supergroup", "channel"]

EVERY_DAY = 0b1111111
"""`Slot.days`: bit 0 is Monday, bit 6 Sunday, as in `date.weekday()`."""


class Slot(msgspec.Struct, frozen=True, omit_defaults=True):
    """A time of day at which a digest falls due, on the local clock of its subscription.

    `id` is never used again within its chat. `at` is in minutes after midnight. `served` is the last local date for
    which it was sent, left out or skipped: it never comes again for that date or an earlier one.

    `outcome` is why nothing was sent for that date ("nothing new"; "late": the bot was away for too long), empty where
    something was. `left` says how many articles were left out of it, by reason (`threads.choose.Reason`). `skipped` are
    the dates before it that fell due while nothing could be made, and were too old then. `delivery` is the last digest
    that was made of it.
    """

    id: int
    at: int
    days: int = EVERY_DAY
    served: date | None = None
    outcome: str = ""
    left: tuple[tuple[str, int], ...] = ()
    skipped: int = 0
    delivery: int = 0


class Quiet(msgspec.Struct, frozen=True, array_like=True):
    """Hours without messages, in minutes after midnight of the local clock; they cross midnight where end < start."""

    start: int
    end: int


class Taste(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a digest is made of. Where a list of what is wanted is empty, everything is.

    `follow` and `mute` are whole words and phrases as they were typed; `stories` are the ids of followed ones. `most`
    is the number of stories in a digest, 0 for the desk's own. `at_once`: what is new in what is followed comes at
    once, outside quiet hours.
    """

    languages: tuple[str, ...] = ()
    sources: tuple[int, ...] = ()
    not_sources: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()
    not_tags: tuple[str, ...] = ()
    follow: tuple[str, ...] = ()
    stories: tuple[int, ...] = ()
    mute: tuple[str, ...] = ()
    length: Length = "normal"
    most: int = 0
    at_once: bool = False


class Subscription(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is sent to one topic of a chat, 0 for the chat itself. Without slots nothing is due.

    `zone` is a name of the tz database. Nothing falls due before `paused_until`, a local date. `closed` is why Telegram
    took nothing for this topic ("closed", "deleted"), empty while it does. `at_once_since` is when what is followed
    began to come at once, or was changed: what came before that does not.
    """

    topic: int = 0
    slots: tuple[Slot, ...] = ()
    zone: str = "UTC"
    quiet: Quiet | None = None
    paused_until: date | None = None
    taste: Taste = Taste()
    closed: str = ""
    at_once_since: Instant | None = None


class Subscriber(msgspec.Struct, frozen=True, omit_defaults=True):
    """A chat, by Telegram's id of it, whether or not anything is sent there.

    `language` and `look` are empty where nobody chose: then the speaker's and the desk's own count. `managers` are its
    administrators as far as they were met; `added_by` is who brought the bot in, 0 where that is not known. `suspended`
    is why nothing can be sent ("blocked", "deactivated", "kicked", "rights", "not found"), since `suspended_since`; it
    ends when the chat is heard of again. `left` is when the bot was taken out of it. `pages` is False after it refused
    one.
    """

    id: int
    kind: ChatKind = "private"
    title: str = ""
    language: str = ""
    look: Look = ""
    subscriptions: tuple[Subscription, ...] = ()
    managers: tuple[int, ...] = ()
    suspended: str = ""
    suspended_since: Instant | None = None
    left: Instant | None = None
    pages: bool = True
    since: Instant | None = None
    added_by: int = 0
