"""What a page says of itself: `<meta>`, JSON-LD (schema.org), Open Graph, headings; and which of it to believe."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from summaries.dates import read_date
from summaries.intake.headings import Element, headings, plain, plain_string
from summaries.intake.titles import Named
from summaries.intake.urls import host_of, is_url
from summaries.models import UNKNOWN_LANGUAGE

_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report|Review$|LiveBlog|SocialMediaPosting|WebPage|Recipe")
_LARGEST_NOTE = 1_000_000
_DATE_NAMES = (
    "article:published_time og:published_time datepublished date pubdate publishdate publish-date dc.date "
    "dc.date.issued dcterms.created sailthru.date parsely-pub-date"
)
_PUBLISHED = tuple(_DATE_NAMES.split())
_DATE_PLACES = (
    "(//time[@pubdate or @itemprop='datePublished' or contains(@class,'publish')]/@datetime)[1]",
    "(//*[@itemprop='datePublished']/@content)[1]",
    "(//article//time/@datetime)[1]",
)
_DATED = re.compile(r"/([12]\d{3})[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)")


class Notes:
    """What a page says of itself: `<meta>`, JSON-LD, headings."""

    def __init__(self, tree: Element) -> None:
        self._tree = tree
        self._meta = _meta(tree)
        self._linked = list(_linked(tree))

    def titles(self, text: str = "") -> list[Named]:
        """What the page calls itself, and where; headings within an article before others. `text` is the article's."""
        pages = [plain(found) for found in self._tree.xpath("(//title)[1]")]
        named = [Named("og", self._said("og:title"))]
        named += [Named("linked", said) for said in self._linked_texts("headline")]
        named += headings(self._tree, [self._said("og:title"), *pages], self.outlet(), text)
        named += [Named("twitter", self._said("twitter:title"))]
        named += [Named("page", title) for title in pages]
        return [one for one in named if one.text]

    def shown_titles(self) -> tuple[str, ...]:
        """The page's name in the browser, and its headings."""
        return tuple(filter(None, map(plain, self._tree.xpath("(//title)[1] | (//h1)[position()<3]"))))

    def seen(self, most: int) -> str:
        """The first `most` code points of what a visitor sees, without scripts; a line an element."""
        pieces: list[str] = []
        length = 0
        for piece in self._tree.xpath("//body//text()[not(parent::script or parent::style or parent::template)]"):
            if line := " ".join(piece.split()):
                pieces.append(line)
                length += len(line) + 1
            if length > most:
                break
        return "\n".join(pieces)[:most]

    def is_free(self) -> bool:
        """False where the page says that its text is to be paid for (schema.org isAccessibleForFree)."""
        said = [item.get("isAccessibleForFree") for item in self._linked]
        return not any(str(value).lower() == "false" for value in said)

    def outlet(self) -> str:
        publishers = [_name(item.get("publisher")) for item in self._linked]
        names = [self._said("og:site_name"), *publishers, self._said("application-name")]
        return next((name for name in names if name and not is_url(name) and name[0] != "@" and len(name) < 80), "")

    def author(self, outlet: str) -> str:
        linked = (_names(item.get("author")) for item in self._linked)
        found = [
            *linked,
            self._said("author"),
            self._said("article:author"),
            self._said("parsely-author"),
            self._said("dc.creator"),
        ]
        return next((name for name in found if name and not is_url(name) and name.lower() != outlet.lower()), "")

    def deck(self, text: str) -> str:
        """The page's description, where it says something of this article that its first lines do not."""
        described = (self._said("og:description"), self._said("description"), *self._linked_texts("description"))
        for said in dict.fromkeys(described):  # most pages say the same in each place
            if said and _is_deck(said, text):
                return said
        return ""

    def section(self) -> str:
        linked = [_name(item.get("articleSection")) for item in self._linked]
        return next(filter(None, [self._said("article:section"), *linked, self._said("section")]), "")

    def published(self) -> datetime | None:
        return next(filter(None, map(read_date, filter(None, self._dates()))), None)

    def _dates(self) -> Iterator[str]:
        """Most trusted first; the whole page is searched only where its notes have no date."""
        yield from self._linked_texts("datePublished")
        yield from map(self._said, _PUBLISHED)
        for place in _DATE_PLACES:
            yield from self._tree.xpath(place)

    def dated(self, url: str) -> datetime | None:
        """The day in an address such as `/2021/04/26/`."""
        match = _DATED.search(url)
        return read_date("-".join(match.groups())) if match else None

    def language(self) -> str:
        declared = str(self._tree.get("lang") or self._said("og:locale") or self._said("content-language") or "")
        code = declared.strip()[:2].lower()
        return code if re.fullmatch(r"[a-z]{2}", code) and not declared[2:3].isalpha() else UNKNOWN_LANGUAGE

    def address(self, url: str) -> str:
        """The canonical address of the page, resolved; the one it was fetched from where it names none of that host."""
        named = self._tree.xpath("(//link[@rel='canonical']/@href)[1]") or [self._said("og:url")]
        try:
            address = urljoin(url, str(named[0]).strip()) if named[0] else ""
        except ValueError:
            return url
        same_host = is_url(address) and (not url or host_of(address) == host_of(url))
        return address if same_host and not _is_front(address, url) else url

    def _said(self, name: str) -> str:
        return self._meta.get(name, "")

    def _linked_texts(self, key: str) -> list[str]:
        return [plain_string(item[key]) for item in self._linked if isinstance(item.get(key), str)]


def _is_front(address: str, url: str) -> bool:
    """Some pages name their site's front page as canonical."""
    return bool(url) and address.rstrip("/").count("/") <= 2 < url.rstrip("/").count("/")


def _meta(tree: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        if name and tag.get("content"):
            found.setdefault(name.strip().lower(), plain_string(tag.get("content")))
    return found


def _linked(tree: Element) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that describe the article (https://schema.org/Article), in document order."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        source = (script.text or "").strip()
        if not source or len(source) > _LARGEST_NOTE:
            continue
        try:
            yield from _articles(json.loads(source, strict=False))
        except (ValueError, RecursionError):
            continue


def _articles(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(value, list) and depth < 6:
        for item in value:
            yield from _articles(item, depth + 1)
    elif isinstance(value, dict) and depth < 6:
        kinds = value.get("@type")
        if any(
            _ARTICLE_TYPES.search(kind)
            for kind in (kinds if isinstance(kinds, list) else [kinds])
            if isinstance(kind, str)
        ):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _articles(value.get(key), depth + 1)


def _names(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(filter(None, map(_name, value))))
    return _name(value)


def _name(value: Any) -> str:
    if isinstance(value, list):
        return next(filter(None, map(_name, value)), "")
    if isinstance(value, dict):
        return _name(value.get("name"))
    return plain_string(value) if isinstance(value, str) else ""


def _is_deck(said: str, text: str) -> bool:
    """Whether a description is about this article, and neither its first words cut off nor the site's own."""
    words = re.findall(r"\w+", said.lower())
    body = re.findall(r"\w+", text[: 4 * len(said) + 6000].lower())
    if len(words) < 4 or any(_runs_on(words[at : at + 6], body) for at in range(4)):
        return False
    telling = {word for word in words if len(word) > 3} or set(words)
    return 2 * len(telling & set(body)) >= len(telling)


def _runs_on(six: list[str], body: list[str]) -> bool:
    """Whether six words stand in the body in a row; fewer of them, at its end."""
    return any(word == six[0] and body[at : at + 6] == six for at, word in enumerate(body))
