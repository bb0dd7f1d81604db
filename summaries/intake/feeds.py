"""Bytes → entries: RSS, Atom, RDF and CDF through feedparser, JSON Feed, and a second chance for what they refuse.

Where feedparser gives a value, it is followed, and where it gives no id or link, none is made up: ids, links and dates
are identity, and a reader's other programs see the same. What the desk makes of gaps is for `usable`. feedparser's
sanitiser is off (nothing here is shown as HTML), and it never gets a name to open: only a `BytesIO`.
"""

import io
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from summaries.errors import InputError
from summaries.intake.discovery import find_feeds, likely_feeds
from summaries.intake.entries import feed_of
from summaries.intake.feed_bytes import read_text
from summaries.intake.json_feed import is_json, read_json
from summaries.intake.salvage import count_items, is_cut, mended, salvaged, without_junk
from summaries.models import Feed

__all__ = ["find_feeds", "likely_feeds", "parse_feed"]

MOST_SALVAGED = 20_000
"""Items of a feed beyond which none is looked for a second time."""

_ROOT = re.compile(r"<\s*(?:[\w.-]+:)?([a-zA-Z][\w.-]*)")
_STRANGERS = {
    "html": "is a web page, not a feed: give the address of its feed",
    "opml": "is a list of feeds (OPML), not a feed: import it instead",
    "urlset": "is a sitemap, not a feed: give the address of the site's feed",
    "sitemapindex": "is a sitemap, not a feed: give the address of the site's feed",
}
_FEED_ROOTS = ("rss", "feed", "rdf", "channel")
_FAILURES = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, RecursionError)
"""What leaves feedparser on damaged input: references beyond Unicode, tags that close what was never open, …"""


def parse_feed(data: bytes, *, url: str = "", content_type: str | None = None) -> Feed:
    """The feed in `data`, its entries in the feed's order.

    `url` is where it came from: relative links are joined with it. `content_type` is the header's value, for its
    charset. Raises `InputError` where there is no feed in it; a feed without entries is one.
    """
    name = url or "this"
    text = read_text(data, name=name, content_type=content_type)
    if is_json(text):
        return read_json(text, name=name, url=url)
    text = without_junk(text)
    first = _parsed(text, url)
    feed = feed_of(first, url=url)
    expected = count_items(text)
    if _is_wanting(feed, expected) and (len(feed.entries) < expected or first.get("bozo")):
        feed = max((feed, *_second_chances(text, url, expected)), key=_wealth)
    if not feed.entries and not _is_feed(first, text):
        raise InputError(f"{name} {_reason(text)}")
    return msgspec.structs.replace(feed, cut=is_cut(text))


def _is_wanting(feed: Feed, expected: int) -> bool:
    """Whether items were lost, or lost their title or link."""
    return expected <= MOST_SALVAGED and _wealth(feed) < (expected, 2 * expected)


def _wealth(feed: Feed) -> tuple[int, int]:
    return len(feed.entries), sum(bool(entry.title) + bool(entry.link or entry.page) for entry in feed.entries)


def _second_chances(text: str, url: str, expected: int) -> Iterator[Feed]:
    """Other readings: the text mended, and if that is not enough, every item for itself."""
    better = feed_of(_parsed(mended(text), url), url=url)
    yield better
    if _is_wanting(better, expected):
        yield feed_of(_parsed(salvaged(text), url), url=url)


def _parsed(text: str, url: str) -> dict[str, Any]:
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    stream = io.BytesIO(text.encode("utf-8", "replace"))
    try:
        found = _feedparser().parse(stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except _FAILURES:
        return {}
    return dict(found)


@cache
def _feedparser() -> Any:
    """Imported when a feed is read, in a worker: 100 ms."""
    import feedparser

    return feedparser


def _is_feed(parsed: dict[str, Any], text: str) -> bool:
    return bool(parsed.get("version")) or _root(text) in _FEED_ROOTS


def _root(text: str) -> str:
    body = re.sub(r"<\?.{0,2000}?\?>|<!--.{0,20000}?-->", "", text[:65_536], flags=re.DOTALL)
    found = _ROOT.search(body)
    return found[1].lower() if found else ""


def _reason(text: str) -> str:
    if re.search(r"<!doctype\s+html|<html\b", text[:65_536], re.IGNORECASE):
        return _STRANGERS["html"]
    return _STRANGERS.get(_root(text), "has no feed in it: give the address of an RSS, Atom or JSON feed")
