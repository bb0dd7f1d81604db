"""The values that pass between the rooms: frozen, and without behaviour of their own."""

from datetime import UTC, datetime
from typing import Annotated, Literal

import msgspec

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
"""A moment: always aware, always UTC. `instant()` makes one."""

Kind = Literal["report", "opinion", "analysis", "live", "list", "release", "interview"]

UNKNOWN_LANGUAGE = "und"
"""ISO 639-2 code for "undetermined"; every other language code here is ISO 639-1."""


def instant(value: datetime) -> datetime:
    """The same moment in UTC. Raises `ValueError` for a naive datetime, which names no moment."""
    if value.tzinfo is None:
        raise ValueError(f"{value.isoformat()} has no time zone, so it is not a moment")
    return value.astimezone(UTC)


class Span(msgspec.Struct, frozen=True, array_like=True):
    """A sentence's place in its article: code points `start` to `end` of the text, in paragraph `paragraph` (from 0)."""

    start: int
    end: int
    paragraph: int


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One item of a feed, as the feed has it.

    `title` and `author` are plain text; `summary` and `content` are HTML, unsanitised: for reading on, never for showing.
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

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(self.text[span.start : span.end] for span in self.spans)


class Chosen(msgspec.Struct, frozen=True, omit_defaults=True):
    """A sentence of a briefing: its words, and its place among the article's `spans`."""

    text: str
    place: int


class Briefing(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is kept and shown of an article. `id` comes from the store, rises, and is never reused; 0 means not stored.

    `made` says that the article has no title and the headline was made of its own words. `words` is the length of the
    article's text in words, for reading times. `keys` are the 64-bit identity keys of guid, URL and text (`keys.py`).
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


class Filed(msgspec.Struct, frozen=True, omit_defaults=True):
    """An article as the archive keeps it, under the id of its briefing."""

    id: int
    article: Article


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
