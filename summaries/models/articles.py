"""From a feed to a briefing."""

from typing import Literal

import msgspec

from summaries.models.moments import UNKNOWN_LANGUAGE, Instant

Kind = Literal["report", "opinion", "analysis", "live", "list", "release", "interview"]
Origin = Literal["page", "feed", "file"]
"""Where a text was read: a source's page, its feed because the page could not be read, or what somebody handed in."""


class Span(msgspec.Struct, frozen=True, array_like=True):
    """A sentence's place in its article: code points `start` to `end`, in paragraph `paragraph`, counted from 0."""

    start: int
    end: int
    paragraph: int


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One item of a feed, as the feed has it.

    `title` and `author` are plain text; `summary` and `content` are HTML, unsanitised: to be read on, never shown.
    `id` and `link` are the feed's own, or empty; `link` is absolute wherever the feed, its `xml:base` or its address
    allow it. `page` is where to read on if not there: behind a proxy's link, or what stands for a missing one. A date
    that could not be read is None, and any other stays what it says: what is believed is for `usable` and `decide`.
    """

    id: str
    title: str = ""
    link: str = ""
    published: Instant | None = None
    updated: Instant | None = None
    author: str = ""
    summary: str = ""
    content: str = ""
    page: str = ""


class Feed(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a feed says at one moment. `entries` are in the feed's order; `link` is the site that it belongs to.

    `cut` says that it broke off amid its last entry.
    """

    title: str = ""
    link: str = ""
    language: str = UNKNOWN_LANGUAGE
    entries: tuple[Entry, ...] = ()
    cut: bool = False


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
    after it was received, and is None if it never was; `corrected` is when an admin last chose other words of it.
    `voices` is None where the language has no rules for who says what. `facts` are the numbers, places and people that
    the article repeats most, in its own words, most first. `also` are copies of it, the first met first; their keys are
    among `keys`. `event` and `story` are what it was found to belong to when it was filed, which may be part of others
    by now (`Event.into`, `Story.into`); 0 for neither.
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
    corrected: Instant | None = None
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
