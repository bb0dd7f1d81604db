"""feedparser's dictionaries → `Feed` and `Entry`."""

import re
from collections.abc import Mapping
from typing import Any

from summaries.intake.feed_dates import Dates
from summaries.intake.feed_text import absolute, as_html, plain
from summaries.models import UNKNOWN_LANGUAGE, Entry, Feed

_HTML = ("text/html", "application/xhtml+xml")
_READABLE = (*_HTML, "text/plain", "text", "html", "xhtml", "")
_PROXY = re.compile(r"^https?://[^/]*(?:feedburner\.com|feedproxy\.google\.com)/|^https?://[^/]+/~[r3]/", re.IGNORECASE)
_UNSAFE = re.compile(r"^\s*(?:javascript|vbscript|data|file)\s*:", re.IGNORECASE)
_MAIL = re.compile(r"<?\b[\w.+-]+@[\w-]+\.[\w.-]+\b>?")

Raw = Mapping[str, Any]


def feed_of(parsed: Raw, *, url: str = "") -> Feed:
    """The feed that feedparser found in a document from `url`."""
    head = dict(parsed.get("feed") or {})
    language = _text(head, "language")
    dates, link = Dates(language), _safe(_text(head, "link"), url)
    return Feed(
        title=_title(head),
        link=_page(head, link, url) or link,
        language=language_code(language),
        entries=tuple(entry_of(dict(raw), dates, url) for raw in parsed.get("entries") or ()),
    )


def language_code(tag: str) -> str:
    """ISO 639-1 of a language tag: "en-us" → "en"."""
    code = re.split(r"[-_]", tag.strip().lower())[0]
    return code if re.fullmatch(r"[a-z]{2}", code) else UNKNOWN_LANGUAGE


def entry_of(raw: dict[str, Any], dates: Dates, url: str) -> Entry:
    link = _safe(_text(raw, "link"), url)
    summary, content = _summary(raw, url), _content(raw, url)
    updated = _date(raw, dates, "updated")
    return Entry(
        id=_text(raw, "id").strip(),
        title=_title(raw),
        link=link,
        published=_date(raw, dates, "published") or (None if updated else _date(raw, dates, "created")),
        updated=updated,
        author=_author(raw),
        summary="" if summary == content else summary,
        content=content,
        page=_page(raw, link, url),
    )


def _text(raw: Raw, key: str) -> str:
    """A field where it is text: feedparser leaves attributes of what it failed at as dictionaries."""
    value = raw.get(key)
    return value if isinstance(value, str) else ""


def _title(raw: dict[str, Any]) -> str:
    detail = dict(raw.get("title_detail") or {})
    return plain(_text(raw, "title"), markup=detail.get("type") in _HTML) or plain(_text(raw, "itunes_title"))


def _page(raw: dict[str, Any], link: str, url: str) -> str:
    """Where to read an entry whose link is a proxy's, or which has none."""
    if _PROXY.match(link):
        return _safe(_text(raw, "feedburner_origlink"), url)
    links = [] if link else [dict(other) for other in raw.get("links") or () if isinstance(other, Mapping)]
    others = (*(_safe(_text(other, "href"), url) for other in _ranked(links)), "" if link else _id_as_link(raw))
    return next(filter(None, others), "")


def _ranked(links: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Links that may stand for the missing one: alternates of another type, then enclosures."""
    return [link for rel in ("alternate", "enclosure") for link in links if link.get("rel") == rel]


def _id_as_link(raw: Raw) -> str:
    own = _text(raw, "id").strip()
    return own if re.match(r"https?://[^\s/]", own, re.IGNORECASE) and raw.get("guidislink", True) else ""


def _safe(link: str, base: str) -> str:
    return "" if _UNSAFE.match(link) else absolute(link, base)


def _date(raw: Raw, dates: Dates, key: str) -> Any:
    written, parsed = _text(raw, key), raw.get(f"{key}_parsed")
    return dates.read(written, parsed) if written or parsed else None


def _author(raw: dict[str, Any]) -> str:
    """The names of the authors, without addresses; an address alone is nobody's name."""
    people = [dict(person) for person in raw.get("authors") or () if isinstance(person, Mapping)]
    names = [_name(_text(person, "name")) for person in people]
    names = names if any(names) else [_name(_text(raw, "author"))]
    return ", ".join(dict.fromkeys(filter(None, names)))


def _name(text: str) -> str:
    return _MAIL.sub("", plain(text)).replace("()", "").strip(" ,()<>") if "@" in text else plain(text)


def _summary(raw: dict[str, Any], url: str) -> str:
    detail = dict(raw.get("summary_detail") or {})
    return _html(_text(raw, "summary"), detail, url)


def _content(raw: dict[str, Any], url: str) -> str:
    """The longest of the entry's contents that is text at all."""
    pieces = [dict(piece) for piece in raw.get("content") or () if isinstance(piece, Mapping)]
    readable = [piece for piece in pieces if _text(piece, "type") in _READABLE]
    return max((_html(_text(piece, "value"), piece, url) for piece in readable), key=len, default="")


def _html(text: str, detail: Raw, url: str) -> str:
    return as_html(text, markup=_text(detail, "type") != "text/plain", base=_text(detail, "base") or url)
