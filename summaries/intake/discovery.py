"""The feeds of a web page: what it declares, else what it links to, else where feeds usually are."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from summaries.errors import InputError
from summaries.intake.decoding import decode
from summaries.intake.feed_text import absolute, without_feed_scheme
from summaries.intake.site_feeds import likely_feeds
from summaries.intake.urls import is_url

__all__ = ["find_feeds", "likely_feeds"]

MOST = 20
"""Feeds that are named at most."""

LOOKED_AT = 5_000
"""Links of a page after which those in its text are passed over."""

_TYPE = re.compile(
    r"application/(?:rss|atom|rdf|feed)\+(?:xml|json)|application/x[.-](?:atom|rss)\+xml|text/rss(?:\+xml)?"
)
_XML = ("text/xml", "application/xml", "application/json", "application/rss", "application/atom", "")
_FEEDLIKE = re.compile(r"(?<![a-z])(?:rss2?|atom|feeds?|rdf|syndication)(?![a-z])|(?<![a-z])index\.xml$", re.IGNORECASE)
_FEED_LINK = re.compile(
    r"(?:/|\.|=|^)(?:rss2?|atom|feeds?|rdf)(?:[/.]?(?:rss2?|atom|xml|rdf|json|php|aspx?|cgi))?/?$|\.(?:rss|atom|rdf)$"
    r"|(?:^|/)(?:rss|atom|feed|index)[\w-]*\.(?:xml|rdf|rss|json)$|^https?://feeds?\.[^/]+\.\w|/(?:rss|feeds?)/[^.]+(?:\.xml)?$",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"comments?\b|kommentare|commentaires|comentarios", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"feedly\.com|inoreader\.com|netvibes\.com|add\.my\.yahoo|feedback|feedspot|/feed-?back", re.IGNORECASE
)
_FEED_SCHEME = re.compile(r"^feed:", re.IGNORECASE)


class _Link(NamedTuple):
    name: str
    rel: tuple[str, ...]
    type: str
    href: str
    title: str


def find_feeds(html: bytes, url: str) -> list[str]:
    """The feed URLs that a page from `url` names, best first: feeds of comments come last. Empty where it names none.

    Links are `<link rel="alternate">` of a feed's type (WHATWG HTML, 4.6.7 "alternate"), wherever they stand; only if
    there are none, those of a vaguer kind; only if there are none either, `<a>` links that look like feeds. A `<base>`
    counts for the links that follow it (HTML 4.01, 12.4).
    """
    links = _based(_links(html), url)
    for choose in (_is_declared, _is_vague, _is_linked):
        found = [(_address(link.href, base), link) for link, base in links if choose(link)]
        ranked = sorted(((address, link) for address, link in found if address), key=lambda pair: _rank(pair[1]))
        if ranked:
            return list(dict.fromkeys(address for address, _ in ranked))[:MOST]
    return []


def _based(links: Sequence[_Link], url: str) -> list[tuple[_Link, str]]:
    """The links, each with what its address is relative to: the page from `url`, or the first base before it."""
    based = []
    base = ""
    for link in links:
        if link.name == "base" and link.href and not base:
            base = absolute(link.href, url)
        based.append((link, base or url))
    return based


def _links(html: bytes) -> list[_Link]:
    from lxml import etree

    collector = _Collector()
    try:
        text = decode(html, markup=True)
    except InputError:
        return []
    parser = etree.HTMLParser(target=collector, encoding="utf-8", huge_tree=True)
    with suppress(etree.LxmlError):  # nothing but a comment in it
        parser.feed(_with_title_closed(text).encode("utf-8", "replace"))
        parser.close()
    return collector.links


def _with_title_closed(text: str) -> str:
    """Without a title that is never closed: to a parser the whole page would be its words (WHATWG HTML, RCDATA)."""
    return text if re.search(r"</title\b", text, re.IGNORECASE) else re.sub(r"<title\b[^<>]*>", "", text, flags=re.I)


class _Collector:
    """What lxml tells of a page as it reads: no tree is built."""

    def __init__(self) -> None:
        self.links: list[_Link] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag not in ("link", "a", "base"):
            return
        if tag == "a" and len(self.links) >= LOOKED_AT:
            return
        values = {key.lower(): value.strip() for key, value in attributes.items()}
        kind = values.get("type", "").partition(";")[0].strip().lower()
        rel = tuple(values.get("rel", "").lower().replace(",", " ").split())
        self.links.append(_Link(tag, rel, kind, values.get("href", ""), values.get("title", "")))

    def end(self, tag: str) -> None:
        pass

    def close(self) -> None:
        pass


def _is_declared(link: _Link) -> bool:
    if link.name != "link" or not link.href or "stylesheet" in link.rel:
        return False
    return ("alternate" in link.rel and bool(_TYPE.fullmatch(link.type))) or ("feed" in link.rel and not link.type)


def _is_vague(link: _Link) -> bool:
    """Of a feed's type without the relation, or alternates that are only called XML or JSON but named like a feed."""
    if link.name != "link" or not link.href or "stylesheet" in link.rel:
        return False
    if _TYPE.fullmatch(link.type):
        return True
    named = _FEEDLIKE.search(link.href) or _FEEDLIKE.search(link.title)
    return "alternate" in link.rel and link.type in _XML and bool(named) and "wp-json" not in link.href


def _is_linked(link: _Link) -> bool:
    if link.name != "a" or not link.href or _ELSEWHERE.search(link.href):
        return False
    if _TYPE.fullmatch(link.type):
        return True
    return bool(_FEED_SCHEME.match(link.href) or _FEED_LINK.search(re.split(r"[?#]", link.href)[0]) or _asks(link.href))


def _asks(href: str) -> bool:
    """ "?feed=rss2", "?format=rss" and the like."""
    return bool(re.search(r"[?&](?:feed|format|type|output|alt|mode)=(?:rss2?|atom|feed|rdf)\b", href, re.IGNORECASE))


def _rank(link: _Link) -> int:
    """Order among equals is the page's own. Feeds of comments last, JSON before them: it is read as well as any."""
    if _COMMENTS.search(link.title) or _COMMENTS.search(link.href):
        return 2
    return 1 if link.type.endswith("json") else 0


def _address(href: str, base: str) -> str:
    """The absolute http(s) URL of a link; empty where it is none."""
    address = absolute(without_feed_scheme(href), base).replace(" ", "%20")
    return address if is_url(address.split("#")[0]) else ""
