"""The values that pass between the rooms: frozen, and without behaviour of their own."""

from datetime import UTC, date, datetime
from typing import Annotated, Literal

import msgspec

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
"""A moment: always aware, always UTC. `instant()` makes one."""

Kind = Literal["report", "opinion", "analysis", "live", "list", "release", "interview"]
Origin = Literal["page", "feed", "file"]
"""Where a text was read: a source's page, its feed because the page could not be read, or what somebody handed in."""

UNKNOWN_LANGUAGE = "und"
"""ISO 639-2 code for "undetermined"; every other language code here is ISO 639-1."""


def instant(value: datetime) -> datetime:
    """The same moment in UTC. Raises `ValueError` for a naive datetime, which names no moment."""
    if value.tzinfo is None:
        raise ValueError(f"{value.isoformat()} has no time zone, so it is not a moment")
    return value.astimezone(UTC)


class Span(msgspec.Struct, frozen=True, array_like=True):
    """A sentence's place in its article: code points `start` to `end`, in paragraph `paragraph`, counted from 0."""

    start: int
    end: int
    paragraph: int


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One item of a feed, as the feed has it.

    `title` and `author` are plain text; `summary` and `content` are HTML, unsanitised: to be read on, never shown.
    `id` is the feed's own, else the link, else a hash of title and date; `link` is absolute wherever the feed, its
    `xml:base` or its address allow it. A date that could not be read is None, and one in the future stays what it says:
    what is believed is `decide`'s.
    """

    id: str
    title: str = ""
    link: str = ""
    published: Instant | None = None
    updated: Instant | None = None
    author: str = ""
    summary: str = ""
    content: str = ""


class Feed(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a feed says at one moment. `entries` are in the feed's order; `link` is the site that it belongs to."""

    title: str = ""
    link: str = ""
    language: str = UNKNOWN_LANGUAGE
    entries: tuple[Entry, ...] = ()


class Page(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was read from a page, a file or a feed entry before it is cleaned. `text` has one line a paragraph."""

    text: str
    url: str = ""
    title: str = ""
    deck: str = ""
    author: str = ""
    outlet: str = ""
    section: str = ""
    published: Instant | None = None
    language: str = UNKNOWN_LANGUAGE
    guid: str = ""


class Article(msgspec.Struct, frozen=True, omit_defaults=True):
    """A cleaned article.

    `text` is the body alone, one line a paragraph, without title, deck, byline or furniture; `spans` are its own
    sentences in document order, each `text[start:end]` verbatim, near-duplicates left out. `title` is empty where the
    article has none. `published` is None where no date was found: it is never guessed.
    """

    text: str
    spans: tuple[Span, ...] = ()
    url: str = ""
    title: str = ""
    deck: str = ""
    author: str = ""
    outlet: str = ""
    section: str = ""
    published: Instant | None = None
    language: str = UNKNOWN_LANGUAGE
    kind: Kind = "report"
    guid: str = ""
    origin: Origin = "file"

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(self.text[span.start : span.end] for span in self.spans)


class Speaker(msgspec.Struct, frozen=True, array_like=True):
    """Who says what a sentence says. `name` is in the article's own words, and empty for the outlet itself.

    "named" is a person or a body, by the fullest form that the article has given before; "unnamed" somebody who is only
    described ("a source familiar with the talks"), or nobody in particular ("it is understood": no name).
    """

    kind: Literal["named", "unnamed", "outlet"]
    name: str = ""


class Voices(msgspec.Struct, frozen=True, array_like=True):
    """How many different sources a whole article quotes or reports, not only the sentences of its briefing.

    An unnamed one counts by its description: "officials" three times is one, "another official" one more.
    """

    named: int
    unnamed: int


class Chosen(msgspec.Struct, frozen=True, omit_defaults=True):
    """A sentence of a briefing: its words, and its place among the article's `spans`.

    `source` says who says so; None where nothing is claimed: a language without rules, or nobody could be made out.
    """

    text: str
    place: int
    source: Speaker | None = None


class AlsoIn(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where else a text was met, edited or cut. `ref` as in `Briefing`."""

    outlet: str = ""
    url: str = ""
    published: Instant | None = None
    ref: str = ""


class Briefing(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is kept and shown of an article. `id` comes from the store, rises, and is never reused; 0 means not stored.

    `made` says that the article has no title and the headline was made of its own words. `words` is the length of the
    article's text in words, for reading times. `keys` are the 64-bit identity keys of guid, URL and text (`keys.py`).
    `source` is the id of the source that brought it, 0 for none. `updated` is when the article was last found changed
    after it was received, and is None if it never was. `voices` is None where the language has no rules for who says
    what. `facts` are the numbers, places and people that the article repeats most, in its own words, most first.
    `also` are copies of it, the first met first; their keys are among `keys`. `event` and `story` are what it was found
    to belong to when it was filed, which may be part of others by now (`Event.into`, `Story.into`); 0 for neither.
    `why` are the words by which it was joined to what was there, the most telling first.
    """

    headline: str
    sentences: tuple[Chosen, ...]
    id: int = 0
    ref: str = ""
    made: bool = False
    url: str = ""
    outlet: str = ""
    author: str = ""
    deck: str = ""
    published: Instant | None = None
    received: Instant | None = None
    language: str = UNKNOWN_LANGUAGE
    kind: Kind = "report"
    tags: tuple[str, ...] = ()
    words: int = 0
    keys: tuple[int, ...] = ()
    source: int = 0
    origin: Origin = "file"
    updated: Instant | None = None
    voices: Voices | None = None
    facts: tuple[str, ...] = ()
    also: tuple[AlsoIn, ...] = ()
    event: int = 0
    story: int = 0
    why: tuple[str, ...] = ()


class Filed(msgspec.Struct, frozen=True, omit_defaults=True):
    """An article as the archive keeps it, under the id of its briefing."""

    id: int
    article: Article


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


class Person(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody the bot knows, by their Telegram user id."""

    id: int
    name: str = ""
    admin: bool = False
    since: Instant | None = None


class Question(msgspec.Struct, frozen=True, omit_defaults=True):
    """A search whose next pages can be asked for: the words, and the newest briefing id when it was first asked."""

    id: int
    text: str
    upto: int
    asked: Instant


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
    `fingerprint` tells whether it changed. `briefing` is the id of what became of it, 0 for nothing: then `reason` says
    why, "" for one that was only remembered. `tries` counts the times that its page could not be had. `changes` counts
    the changes of its fingerprint that were looked into, the last at `changed`.
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


NoticeCode = Literal["failing", "setup", "gone", "paused", "moved", "moved_same", "flood", "set_aside", "bug"]
"""What an admin should know of a source:

"failing": for a day nothing has come (values: reason, detail). "setup": it cannot work as it is set up (reason,
detail). "gone": its server says it is gone for ever, so it is paused. "paused": it failed for so long that it is paused
(reason, days). "moved": its address has changed for good (old, url). "moved_same": it moved to where another source is
(url, other). "flood": old entries appeared as if new, and were remembered but not taken (count). "set_aside": an
article that reading fails on for good (link, title). "bug": a check ended with an error of ours (detail).
"""


class Notice(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that the admin should know; kept until read. One for each `cause`, counted.

    `values` are what the words of it need: "source" (its id) and "name" always, others by `code`.
    """

    id: int
    cause: str
    code: NoticeCode
    first: Instant
    last: Instant
    values: dict[str, str] = {}
    count: int = 1
    read: bool = False
