"""Lists of sources as OPML 2.0 (opml.org/spec2): read in whatever shape other programs write it, and written plainly.

Folders and categories become tags. Labels, which OPML has no place for, stand as a JSON object in an attribute of our
own namespace; a program that doesn't know it passes over it.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import msgspec

from summaries.errors import InputError
from summaries.intake.feed_bytes import read_text
from summaries.intake.feed_text import plain, without_feed_scheme
from summaries.intake.urls import is_url

LARGEST = 20_000_000
"""Bytes of a list: a hundred thousand sources."""

_SPACE = "urn:backchannel:opml"
_LABELS = "backchannel:labels"
_TAGS = "backchannel:tags"
_ROOTS = ("opml", "opml1", "opml2", "rdf", "igoogle")


class Outline(msgspec.Struct, frozen=True, omit_defaults=True):
    """One source of a list. `site` is the address of its web page, `labels` the admin's own words about it."""

    url: str
    name: str = ""
    tags: tuple[str, ...] = ()
    labels: dict[str, str] = {}
    site: str = ""


def read_opml(data: bytes) -> list[Outline]:
    """The sources of an OPML document, each URL once, in its order.

    Raises `InputError` for what is no list of feeds, has none in it, is too large, or declares entities.
    """
    if len(data) > LARGEST:
        raise InputError(f"this list is larger than {LARGEST // 1_000_000} MB: split it")
    text = read_text(data, name="this list")
    if re.search(r"<!ENTITY|<!DOCTYPE[^<>]*\[", text, re.IGNORECASE):
        raise InputError("this list declares entities, which no list of feeds needs: remove its DOCTYPE")
    found = _listparser().parse(_ascii(text))
    if not found["version"].startswith(_ROOTS):
        raise InputError("this is not OPML: give a list of feeds as other readers export it")
    ours = _attributes(text)
    outlines = [_outline(feed, ours.get(feed["url"], {})) for feed in found["feeds"]]
    kept = {outline.url: outline for outline in reversed(outlines) if is_url(outline.url)}
    if not kept:
        raise InputError("this list has no feed in it: give one whose outlines have an xmlUrl")
    return list(reversed(kept.values()))


def _ascii(text: str) -> bytes:
    """Without its XML declaration and in references: listparser leaves the encoding to an HTML parser's guess."""
    return re.sub(r"^\s*<\?xml[^>]*>", "", text).encode("ascii", "xmlcharrefreplace")


def _listparser() -> Any:
    """Imported when a list is read: it brings an HTTP client along, which is never used (only bytes are passed)."""
    import listparser

    return listparser


def _attributes(text: str) -> dict[str, Mapping[str, str]]:
    """The attributes of each outline by its URL: listparser keeps neither `htmlUrl` nor what is ours."""
    from lxml import etree

    seen: dict[str, Mapping[str, str]] = {}

    class Collector:
        def start(self, tag: str, attributes: Mapping[str, str]) -> None:
            values = {key.lower(): value for key, value in attributes.items()}
            if tag == "outline" and (url := values.get("xmlurl", "").strip()):
                seen.setdefault(url, values)

        def end(self, tag: str) -> None: ...

        def close(self) -> None: ...

    parser = etree.HTMLParser(target=Collector(), encoding="utf-8", huge_tree=True)
    with suppress(etree.LxmlError):
        parser.feed(_ascii(text))
        parser.close()
    return seen


def _outline(feed: Mapping[str, Any], ours: Mapping[str, str]) -> Outline:
    folders = [name for path in feed.get("categories") or () for name in path]
    tags = _json(ours.get(_TAGS, ""), list) or folders
    labels = _json(ours.get(_LABELS, ""), dict) or {}
    site = ours.get("htmlurl", "").strip()
    return Outline(
        url=without_feed_scheme(feed["url"]),
        name=plain(feed.get("title", "")),
        tags=tuple(dict.fromkeys(filter(None, (plain(tag) for tag in tags if isinstance(tag, str))))),
        labels={plain(key): plain(value) for key, value in labels.items() if isinstance(value, str)},
        site=site if is_url(site) else "",
    )


def _json(text: str, kind: type) -> Any:
    with suppress(ValueError, RecursionError):
        value = json.loads(text) if text else None
        return value if isinstance(value, kind) else None
    return None


def write_opml(outlines: Iterable[Outline], *, title: str = "Sources") -> bytes:
    """OPML 2.0 in UTF-8: a folder for each first tag, in the order of their first sources, then what has no tag."""
    folders: dict[str, list[Outline]] = defaultdict(list)
    for outline in outlines:
        folders[_clean(outline.tags[0]) if outline.tags else ""].append(outline)
    loose = folders.pop("", [])
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<opml version="2.0" xmlns:backchannel="{_SPACE}">',
        f"  <head><title>{escape(_clean(title))}</title></head>",
        "  <body>",
    ]
    for folder, members in folders.items():
        lines.append(f"    <outline text={_quoted(folder)} title={_quoted(folder)}>")
        lines += [f"      {_line(outline)}" for outline in members]
        lines.append("    </outline>")
    lines += [f"    {_line(outline)}" for outline in loose]
    return "\n".join([*lines, "  </body>", "</opml>", ""]).encode()


def _line(outline: Outline) -> str:
    name = outline.name or outline.url
    pairs = {"type": "rss", "text": name, "title": name, "xmlUrl": outline.url, "htmlUrl": outline.site}
    if outline.tags and not any(mark in tag for tag in outline.tags for mark in ",/"):
        pairs["category"] = ",".join(outline.tags)
    elif outline.tags:  # OPML gives both marks a meaning of their own
        pairs[_TAGS] = json.dumps(outline.tags, ensure_ascii=False)
    if outline.labels:
        pairs[_LABELS] = json.dumps(outline.labels, ensure_ascii=False, sort_keys=True)
    return f"<outline {' '.join(f'{key}={_quoted(value)}' for key, value in pairs.items() if value)}/>"


def _quoted(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    """Without what XML 1.0 forbids (section 2.2); lone surrogates cannot be written at all."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", text)
