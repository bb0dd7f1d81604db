"""What is followed, and how it is doing."""

from datetime import date
from typing import Literal

import msgspec

from summaries.models.moments import Instant


class Health(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a source is doing. All of it is written by its updates (`updating.py`), nothing by people.

    `reason` is empty while the last check went well, else one of `intake.outcomes.Reason`, "no_feed" (what is there is
    no feed), "given_up" (reading it killed its process), "bug" or "disk"; `detail` is one line for the log and the
    admin. `failures` counts in a row, since `failing_since`; `told` says that the admin has a notice of it.
    `next_check` of None is at once. `cadence` is the seconds between checks that its publishing asks for, 0 while
    unknown, made of `gap`, the usual seconds between two articles (0: it gives no dates), and `newest`. `etag` and
    `modified` go with the next request. `moved_to` is where permanent redirects led on each of `moved_days` (UTC).
    `pages_read` of the last `pages_tried` pages had a text that could be read. `kept` counts the
    articles that it brought by UTC day ("2031-05-20"), for the last 31 days.
    """

    last_try: Instant | None = None
    last_success: Instant | None = None
    reason: str = ""
    detail: str = ""
    failures: int = 0
    failing_since: Instant | None = None
    told: bool = False
    next_check: Instant | None = None
    cadence: float = 0.0
    gap: float = 0.0
    newest: Instant | None = None
    etag: str = ""
    modified: str = ""
    moved_to: str = ""
    moved_days: tuple[date, ...] = ()
    pages_tried: int = 0
    pages_read: int = 0
    kept: dict[str, int] = {}


class Source(msgspec.Struct, frozen=True, omit_defaults=True):
    """A feed that the desk follows. `credentials` is the name of an environment variable, never a secret.

    `name`, `tags` and `labels` (country, ownership, the admin's own words) are the admin's; `site` is the address of
    the page that the feed belongs to.
    """

    id: int
    url: str
    added: Instant
    name: str = ""
    site: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    labels: dict[str, str] = {}
    credentials: str = ""
    paused: bool = False
    health: Health = Health()


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """What a source's feed showed under one entry.

    `keys` are its 64-bit identity keys, of guid, link and text; one in common makes two entries the same.
    `fingerprint` tells whether it changed. `briefing` is the id of what became of it, 0 for nothing. `reason` says why
    there is none ("" for one that was only remembered), or why it is made of the feed's text: what stood in its page's
    place, one of `intake.walls.Wall`. `tries` counts the times that its page could not be had. `changes` counts the
    changes of its fingerprint that were looked into, the last at `changed`.
    """

    keys: tuple[int, ...]
    fingerprint: int = 0
    briefing: int = 0
    reason: str = ""
    tries: int = 0
    changes: int = 0
    changed: Instant | None = None


class Seen(msgspec.Struct, frozen=True):
    """What a source's feed has shown, under the id of the source; the entries of its last poll first.

    `upto` is the last poll after which nothing waited to be read: what is dated long before it is not news.
    """

    id: int
    upto: Instant
    marks: tuple[Mark, ...] = ()


NoticeCode = Literal[
    "failing", "setup", "gone", "paused", "moved", "moved_same", "flood", "set_aside", "bug", "report", "suggested"
]
"""What an admin should know of a source:

"failing": for a day nothing has come (values: reason, detail). "setup": it cannot work as it is set up (reason,
detail). "gone": its server says it is gone for ever, so it is paused. "paused": it failed for so long that it is paused
(reason, days). "moved": its address has changed for good (old, url). "moved_same": it moved to where another source is
(url, other). "flood": old entries appeared as if new, and were remembered but not taken (count). "set_aside": an
article that reading fails on for good (link, title). "bug": a check ended with an error of ours (detail).

And of what readers say, without a source: "report": something is wrong with a briefing (briefing, words, by; its name
is the headline). "suggested": somebody asks for a source (url, by; its name is the address).
"""


class Notice(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that the admin should know; kept until read. One for each `cause`, counted.

    `values` are what the words of it need: "name" always, "source" (its id) where it is of one, others by `code`.
    """

    id: int
    cause: str
    code: NoticeCode
    first: Instant
    last: Instant
    values: dict[str, str] = {}
    count: int = 1
    read: bool = False
