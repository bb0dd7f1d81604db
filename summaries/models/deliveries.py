"""The outbox: what is to be sent to whom, and what became of it; and what each was told."""

from datetime import date
from typing import Literal

import msgspec

from summaries.models.moments import Instant
from summaries.models.subscribers import Look

DeliveryKind = Literal["digest", "push", "broadcast", "word"]
"""A digest of a slot; news of what is followed; an admin's words to everybody; a word about the subscription itself."""

State = Literal["pending", "sending", "sent", "failed", "doubt", "dropped"]
"""`pending` → `sending` (durable before the request) → `sent`, `failed` (refused for good), or back to `pending` (it
surely did not arrive). A `sending` that a crash or a lost answer leaves is `doubt`: never sent again by itself.
`dropped`: the person went away or changed their mind before its turn."""


class Pick(msgspec.Struct, frozen=True, array_like=True):
    """A story in a digest: its id (0 for a briefing without one), and the briefings that tell what is new, best first.

    `new` says that the reader was told of the story before, and that it moved since; it is False for a story that is
    told for the first time. `outlets` are how many carry it, copies counted.
    """

    story: int
    briefings: tuple[int, ...]
    new: bool = False
    outlets: int = 1


class Delivery(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing to send to one topic of a chat, in one or more messages ("parts"), as ids: never its text.

    `slot` and `day` (a local date) name a digest; `due` is when it fell due. `about` is the broadcast's id, or what a
    word is about; `word` says which of `handlers.broadcasts.WORDS` it is.
    `more` counts the stories that were left for lack of room, `rest` are the best briefings of the first of those, and
    `read` the articles that were read to make it. `look` and
    `cuts` (the pick with which each part begins) are set when the first part is composed, so that what follows fits
    to what was sent. `part` is the number of parts that have arrived; `messages` are their Telegram ids. `after` is the
    moment before which it is not tried again. `reason` says what Telegram answered, or why it was left out.
    """

    id: int
    chat: int
    kind: DeliveryKind
    made: Instant
    topic: int = 0
    state: State = "pending"
    slot: int = 0
    day: date | None = None
    due: Instant | None = None
    about: int = 0
    word: str = ""
    picks: tuple[Pick, ...] = ()
    more: int = 0
    rest: tuple[int, ...] = ()
    read: int = 0
    look: Look = ""
    cuts: tuple[int, ...] = ()
    part: int = 0
    messages: tuple[int, ...] = ()
    tries: int = 0
    after: Instant | None = None
    reason: str = ""
    ended: Instant | None = None


class ToldTopic(msgspec.Struct, frozen=True, array_like=True):
    """What one topic of a chat was told. `stories`: by story id, the newest briefing id that was told of.

    `briefings`: by local day ("2031-05-20"), the ids of those told then, for 30 days. `upto` is the newest briefing
    that was there when the last digest was chosen, from which the next one goes on. `pushed`: by story id (of a
    briefing without one, its own id below zero), when it last came at once.
    """

    topic: int
    stories: dict[int, int] = {}
    briefings: dict[str, tuple[int, ...]] = {}
    upto: int = 0
    pushed: dict[int, Instant] = {}


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a chat was told, by Telegram's id of it."""

    id: int
    topics: tuple[ToldTopic, ...] = ()


class Broadcast(msgspec.Struct, frozen=True, omit_defaults=True):
    """An admin's words to everybody who may be written to, in the order of their chats' ids.

    `reached` is the last chat of which it was decided whether it gets them, None where none was yet; `done`: all were.
    `chats` are those that get them, as far as it came. It goes to nobody any more who has not got it when it is
    `stopped`.
    """

    id: int
    text: str
    by: int
    at: Instant
    reached: int | None = None
    chats: int = 0
    done: bool = True
    stopped: Instant | None = None


class Ledger(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the outbox keeps of itself: one row, with id 1.

    Every delivery with an id under `floor` has come to its end; `doubts` are those of which nobody knows how. `looked`
    is the last UTC day of which it was asked whether anything went out.
    """

    id: int = 1
    floor: int = 1
    doubts: tuple[int, ...] = ()
    looked: date | None = None


class Tally(msgspec.Struct, frozen=True, omit_defaults=True):
    """How many deliveries came to which end on one UTC day; `id` is the day's proleptic Gregorian ordinal.

    Those of a broadcast are counted once more under its own id below zero, where what was sent again is in `doubt` no
    longer. `digests` are among `sent`; `missed` are the digests among `failed` and `doubt`, and those that fell due on
    this day while the bot was away, and were too old when it was back.
    """

    id: int
    sent: int = 0
    failed: int = 0
    doubt: int = 0
    dropped: int = 0
    digests: int = 0
    missed: int = 0
