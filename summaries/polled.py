"""What a worker process makes of a polled feed, and of each entry that is to be read. Pure.

feed bytes ─parse_feed, usable▶ entries ─identity▶ Items
entry + page bytes ─read_html, else the feed's text▶ Page ─▶ Prepared
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import blake2b
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from summaries.archive.keys import key_of, keys_of
from summaries.editing.brief import brief
from summaries.editing.clean import clean
from summaries.errors import InputError, WallError
from summaries.intake.decide import LEEWAY, Item, believed
from summaries.intake.feed_page import read_entry
from summaries.intake.feeds import find_feeds, likely_feeds, parse_feed
from summaries.intake.pages import read_html
from summaries.intake.plain import read_plain
from summaries.intake.titles import settled_title
from summaries.intake.urls import host_of, is_url, url_key
from summaries.intake.usable import usable
from summaries.language import identify
from summaries.models import UNKNOWN_LANGUAGE, Entry, Origin, Page, Source
from summaries.pipeline import Prepared

MOST_ENTRIES = 2_000
"""Entries of one feed that are looked at; the largest real feeds have a few hundred."""

_STUB = 0.6
_FULL = 600
"""A feed's text of so many characters that the page has less than `_STUB` of is the article, and the page is a stub."""

_TAG = re.compile(r"<[^<>]*>")


class Polled(Struct, frozen=True):
    """A feed as a poll found it: what it says of itself, and its entries to be decided about."""

    title: str = ""
    site: str = ""
    language: str = ""
    items: tuple[Item, ...] = ()


class Got(Struct, frozen=True):
    """The answer for an entry's page."""

    body: bytes
    url: str
    content_type: str = ""


class Sighting(Struct, frozen=True):
    """What is at an address. `feed` is None where it is no feed; `page` is its title and text's language then, and
    empty where it has no text either. `feeds` are the addresses at which its site's feed may be, best first, of which
    the first `named` are the page's own."""

    feed: Polled | None = None
    entries: int = 0
    full_text: int = 0
    newest: str = ""
    newest_date: datetime | None = None
    page: str = ""
    language: str = ""
    feeds: tuple[str, ...] = ()
    named: int = 0
    trouble: str = ""


def look_at(got: Got, now: datetime) -> Sighting:
    """A feed, or a page and where its feeds may be."""
    try:
        feed = parse_feed(got.body, url=got.url, content_type=got.content_type or None)
    except InputError as error:
        return _page_seen(got, str(error))
    entries = _telling(usable(feed))
    items = identified(entries, 0)
    moments = believed(entries, now)
    texts = [_entry_text(item.entry) for item in items]
    newest = max(range(len(items)), key=lambda place: (moments[place], -place), default=None)
    language = feed.language if feed.language != UNKNOWN_LANGUAGE else identify("\n".join(texts)[:5_000])
    return Sighting(
        feed=Polled(feed.title, feed.link, "" if language == UNKNOWN_LANGUAGE else language, ()),
        full_text=sum(len(text) >= _FULL for text in texts),
        newest="" if newest is None else items[newest].entry.title,
        newest_date=None if newest is None else items[newest].entry.published,
        entries=len(items),
    )


def prepare_page(got: Got, sentences: int) -> Prepared:
    """The article of a page that somebody named. Raises `InputError`."""
    article = replace(clean(_page(got)), origin="page")
    return Prepared.of(article, brief(article, sentences=sentences))


def read_feed(data: bytes, url: str, content_type: str, source: int) -> Polled:
    """The feed of a source in `data`. Raises `InputError` where there is none."""
    feed = parse_feed(data, url=url, content_type=content_type or None)
    language = "" if feed.language == UNKNOWN_LANGUAGE else feed.language
    return Polled(feed.title, feed.link, language, identified(_telling(usable(feed)), source))


def _telling(entries: Sequence[Entry]) -> list[Entry]:
    """The first entries, without those that have neither an address nor a text."""
    return [one for one in entries[:MOST_ENTRIES] if one.id or one.title or one.summary or one.content]


def identified(entries: Sequence[Entry], source: int) -> tuple[Item, ...]:
    """The entries with the keys by which they are recognised.

    A guid counts within its source only, and one that is an address counts as an address does, so that a feed that
    goes from http to https keeps its ids; an entry without one goes by its title and date. What several entries with
    different titles share (one guid for all, the site's front page as every link) identifies none of them. The text
    counts together with its date: a daily programme says the same every day.
    """
    links = [url_key(entry.link) for entry in entries]
    guids = [url_key(entry.id) if is_url(entry.id) else entry.id or _made_id(entry) for entry in entries]
    shared_links, shared_guids = _shared(links, entries), _shared(guids, entries)
    items = []
    for entry, link, guid in zip(entries, links, guids, strict=True):
        keys = (
            key_of(guid=f"{source}:{guid}") if guid and guid not in shared_guids else None,
            key_of(url=link) if link and link not in shared_links else None,
            key_of(text=f"{entry.published:%Y-%m-%d}\n{_words(entry)}") if entry.published else None,
        )
        sure = tuple(key for key in keys if key is not None)
        items.append(Item(entry, sure or _last_resort(entry, source), _fingerprint(entry)))
    return tuple(items)


def prepare_entry(entry: Entry, got: Got | None, source: Source, sentences: int, now: datetime) -> Prepared:
    """The article of an entry, from its page or, where that has no text of it, from the feed itself.

    Raises `InputError` where neither has a text.
    """
    page, origin, wall = _choose(entry, got)
    article = replace(clean(_named(page, entry, source, now)), origin=origin)
    return Prepared.of(article, brief(article, sentences=sentences), wall)


def _made_id(entry: Entry) -> str:
    return f"{entry.title or entry.summary or entry.content}\n{entry.published or entry.updated or ''}"


def _last_resort(entry: Entry, source: int) -> tuple[int, ...]:
    """For an entry with nothing of its own but its title."""
    return keys_of(guid=f"{source}:{entry.id}:{entry.link}:{entry.title}")


def _shared(values: Iterable[str], entries: Sequence[Entry]) -> set[str]:
    """Those under which there are several titles."""
    distinct = {(value, entry.title) for value, entry in zip(values, entries, strict=True)}
    return {value for value, count in Counter(value for value, _ in distinct).items() if count > 1}


def _page_seen(got: Got, trouble: str) -> Sighting:
    named = find_feeds(got.body, got.url)
    feeds = tuple(dict.fromkeys((*named, *likely_feeds(got.url))))
    try:
        page = read_html(got.body, url=got.url, content_type=got.content_type or None)
    except InputError as error:
        return Sighting(feeds=feeds, named=len(named), trouble=f"{trouble}; {error}")
    return Sighting(
        page=page.title or page.text.split("\n")[0][:120], language=page.language, feeds=feeds, named=len(named)
    )


def _entry_text(entry: Entry) -> str:
    try:
        return read_entry(entry).text
    except InputError:
        return ""


def _choose(entry: Entry, got: Got | None) -> tuple[Page, Origin, str]:
    """The better of both texts, whose it is, and what stood in the page's place, one of `intake.walls.Wall` or ""."""
    try:
        fed = read_entry(entry)
    except InputError:
        if got is None:
            raise
        return _page(got), "page", ""
    page, wall = None, ""
    try:
        page = _page(got) if got else None
    except WallError as error:
        wall = error.code
    except InputError:
        wall = "empty"
    if page is None or (len(fed.text) >= _FULL and len(page.text) < _STUB * len(fed.text)):
        return fed, "feed", wall
    return page, "page", ""


def _page(got: Got) -> Page:
    if got.content_type.lower().startswith("text/plain"):
        return replace(read_plain(got.body, name=got.url), url=got.url)
    page = read_html(got.body, url=got.url, content_type=got.content_type or None)
    return page if _same_address(page.url, got.url) else replace(page, url=got.url)


def _named(page: Page, entry: Entry, source: Source, now: datetime) -> Page:
    """The page with what its feed knows better: the title unless it is cut off, the date, the language, the outlet."""
    host = host_of(page.url) or host_of(entry.link)
    own = host in ("", host_of(source.site), host_of(source.url))
    outlet = page.outlet if page.outlet and page.outlet != host else (source.name if own else host)
    dates = [date for date in (entry.published, page.published, entry.updated) if date and date <= now + LEEWAY]
    return replace(
        page,
        title=settled_title(entry.title, page.title, outlet),
        author=page.author or entry.author,
        outlet=outlet or source.name,
        published=dates[0] if dates else None,
        language=page.language if page.language != UNKNOWN_LANGUAGE else source.language or UNKNOWN_LANGUAGE,
    )


def _same_address(named: str, url: str) -> bool:
    """Whether what a page calls its address is an address of it, and not that of its section or site.

    The longest part of the path is the article's: /amp/story-of-a-dam → /2031/05/story-of-a-dam.
    """
    parts = [part for part in urlsplit(url).path.split("/") if part]
    return url_key(named) == url_key(url) or bool(parts and max(parts, key=len) in named)


def _fingerprint(entry: Entry) -> int:
    """Of what would be read: neither ids nor links, which change without a change, nor markup."""
    said = f"{_words(entry)}\n{entry.updated or ''}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big", signed=True)


def _words(entry: Entry) -> str:
    return " ".join(_TAG.sub(" ", f"{entry.title}\n{entry.content or entry.summary}").split())
