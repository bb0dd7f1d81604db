"""JSON Feed 1.0 and 1.1 (jsonfeed.org), whole or cut off."""

import json
import re
from typing import Any

from summaries.errors import InputError
from summaries.intake.entries import language_code
from summaries.intake.feed_dates import Dates
from summaries.intake.feed_text import absolute, as_html, plain
from summaries.models import Entry, Feed

_START = re.compile(r"\s*(?:\{|\)\]\}'?,?\s*\{)")
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_NEXT = re.compile(r"\}\s*,\s*\{")
_DAMAGED = 20
"""Damaged items after which the rest is left: each is read once more."""

_DECODER = json.JSONDecoder(strict=False)
_FAILURES = (ValueError, RecursionError)


def is_json(text: str) -> bool:
    return bool(_START.match(text))


def read_json(text: str, *, name: str, url: str = "") -> Feed:
    """The feed in `text`; items before a cut are kept. Raises `InputError` where it is no JSON Feed."""
    head = _document(text[text.index("{") :])
    items = head.get("items")
    if not isinstance(items, list) or not ("jsonfeed" in _text(head, "version") or _looks_like_one(head, items)):
        raise InputError(f"{name} is JSON, but no JSON Feed: give the address of an RSS, Atom or JSON feed")
    base = _text(head, "feed_url") or url
    dates = Dates(_text(head, "language"))
    entries = (_entry(item, dates, url or base, _authors(head)) for item in items if isinstance(item, dict))
    return Feed(
        title=plain(_text(head, "title")),
        link=absolute(_text(head, "home_page_url"), url),
        language=language_code(_text(head, "language")),
        entries=tuple(entry for entry in entries if entry is not None),
    )


def _document(text: str) -> dict[str, Any]:
    try:
        value, _ = _DECODER.raw_decode(text)
    except _FAILURES:
        value = _cut_off(text)
    return value if isinstance(value, dict) else {}


def _cut_off(text: str) -> dict[str, Any]:
    """What can be read of a document that breaks off or is damaged: its head, and the items before the damage."""
    start = _ITEMS.search(text)
    if not start:
        return {}
    try:
        head, _ = _DECODER.raw_decode(text[: start.start()].rstrip(" \t\r\n,") + "}")
    except _FAILURES:
        head = {"version": "jsonfeed"} if "jsonfeed.org/version" in text[:2000] else {}
    return {**head, "items": _whole_items(text, start.end())} if isinstance(head, dict) else {}


def _whole_items(text: str, place: int) -> list[Any]:
    """The items that can be read, past a few that cannot."""
    items: list[Any] = []
    for _ in range(_DAMAGED):
        while (opening := text.find("{", place)) >= 0:
            try:
                item, place = _DECODER.raw_decode(text, opening)
                items.append(item)
            except _FAILURES:
                break
        following = _NEXT.search(text, place + 1)
        if opening < 0 or not following:
            break
        place = following.end() - 1
    return items


def _looks_like_one(head: dict[str, Any], items: list[Any]) -> bool:
    known = ("content_html", "content_text", "url", "external_url")
    return "title" in head and any(
        isinstance(item, dict) and "id" in item and any(k in item for k in known) for item in items
    )


def _text(raw: dict[str, Any], key: str) -> str:
    """A field as text: ids are numbers in some feeds (the specification says to take them as strings)."""
    value = raw.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def _authors(raw: dict[str, Any]) -> str:
    """Version 1.1 has `authors`, 1.0 `author`."""
    listed = raw.get("authors")
    people = listed if isinstance(listed, list) and listed else [raw.get("author")]
    return ", ".join(filter(None, (plain(_text(person, "name")) for person in people if isinstance(person, dict))))


def _entry(raw: dict[str, Any], dates: Dates, base: str, authors: str) -> Entry | None:
    title, link = plain(_text(raw, "title")), absolute(_text(raw, "url") or _text(raw, "external_url"), base)
    content = as_html(_text(raw, "content_html"), markup=True, base=link or base)
    content = content or as_html(_text(raw, "content_text"), markup=False)
    summary, own = as_html(_text(raw, "summary"), markup=False), _text(raw, "id")
    written = _text(raw, "date_published")
    if not (title or link or own or summary or content):
        return None
    return Entry(
        id=own,
        title=title,
        link=link,
        published=dates.read(written) if written else None,
        updated=dates.read(_text(raw, "date_modified")) if _text(raw, "date_modified") else None,
        author=_authors(raw) or authors,
        summary=summary,
        content=content,
        page=own if not link and own.startswith(("http://", "https://")) else "",
    )
