"""Rich HTML (Bot API 10.1, "Rich HTML style") as a tree of elements, read strictly: tags, attributes, references.

What is refused here beyond what the server is known to refuse would be shown wrongly or lost: an attribute that a tag
does not have, and a tag that is not closed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from bot.local.markup import MarkupError

_ANY = re.compile(r".*", re.DOTALL)
_NONE = re.compile(r"")
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_COUNT = re.compile(r"[1-9][0-9]?")
_LABEL = re.compile(r"[1aAiI]")
_ADDRESS = re.compile(r"https?://\S+")
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]+)?")

_CELL = {
    "colspan": _COUNT,
    "rowspan": _COUNT,
    "align": re.compile("left|center|right"),
    "valign": re.compile("top|middle|bottom"),
}
_PLAIN = "b strong i em u ins s strike del mark sub sup tg-spoiler tg-math br p footer hr ul aside summary caption tr \
h1 h2 h3 h4 h5 h6 figure figcaption cite tg-collage tg-slideshow tg-math-block blockquote pre"

TAGS: Mapping[str, Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        **{tag: {} for tag in _PLAIN.split()},
        "a": {"href": _ANY, "name": re.compile(r"\S{1,64}")},
        "code": {"class": re.compile(r"language-\S+")},
        "tg-reference": {"name": re.compile(r"\S{1,64}")},
        "tg-emoji": {"emoji-id": re.compile(r"[1-9][0-9]{0,18}")},
        "tg-time": {
            "unix": re.compile(r"-?[0-9]{1,12}"),
            "format": re.compile(r"(?:r|(?=[wdDtT])w?[dD]?[tT]?)?"),
        },
        "ol": {"start": _NUMBER, "type": _LABEL, "reversed": _NONE},
        "li": {"value": _NUMBER, "type": _LABEL},
        "input": {"type": re.compile("checkbox"), "checked": _NONE},
        "details": {"open": _NONE},
        "table": {"bordered": _NONE, "striped": _NONE},
        "th": _CELL,
        "td": _CELL,
        "img": {"src": _ADDRESS, "alt": _ANY, "tg-spoiler": _NONE},
        "video": {"src": _ADDRESS, "tg-spoiler": _NONE},
        "audio": {"src": _ADDRESS},
        "tg-map": {"lat": _DEGREES, "long": _DEGREES, "zoom": _NUMBER},
    }
)
"""Every tag with its attributes and what they may be. An attribute that stands alone is empty."""

NEEDED = MappingProxyType(
    {
        "tg-emoji": ("emoji-id",),
        "tg-time": ("unix",),
        "tg-reference": ("name",),
        "input": ("type",),
        "img": ("src",),
        "video": ("src",),
        "audio": ("src",),
        "tg-map": ("lat", "long"),
    }
)
_EMPTY = frozenset({"br", "hr", "img", "input", "tg-map"})
_MAY_BE_EMPTY = frozenset({"video", "audio"})

_NAMED = {
    "lt": "<",
    "gt": ">",
    "amp": "&",
    "quot": '"',
    "apos": "'",
    "nbsp": "\u00a0",
    "hellip": "…",
    "mdash": "—",
    "ndash": "–",
    "lsquo": "‘",
    "rsquo": "’",
    "ldquo": "“",
    "rdquo": "”",
}
_REFERENCE = re.compile(
    r"&(?:#(?P<decimal>[0-9]{1,7});|#[xX](?P<hex>[0-9a-fA-F]{1,6});|(?P<name>[A-Za-z][A-Za-z0-9]*);)"
)
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)"
    r"(?P<attributes>(?:\s+[a-zA-Z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>=/]+))?)*)\s*(?P<alone>/?)>"
)
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=/]+)))?")

Node: TypeAlias = "Element | str"


@dataclass(slots=True)
class Element:
    """`at` is the byte offset of its start tag, as complaints name it."""

    tag: str
    attributes: dict[str, str]
    at: int
    children: list[Node] = field(default_factory=list)


def parse(html: str) -> list[Node]:
    """What is at the top of `html`. Raises `MarkupError`."""
    root = Element("", {}, 0)
    open_ = [root]
    for at, token in _tokens(html):
        if isinstance(token, str):
            open_[-1].children.append(_decoded(token, html, at))
        elif token["end"]:
            _close(open_, token["name"].lower(), _bytes(html, at))
        else:
            _start(open_, token, _bytes(html, at))
    if len(open_) > 1:
        raise MarkupError(f'Can\'t find end tag corresponding to start tag "{open_[-1].tag}"')
    return root.children


def _tokens(html: str) -> Iterator[tuple[int, str | re.Match[str]]]:
    """Runs of text and tags, each with its place."""
    at = 0
    while at < len(html):
        if html[at] != "<":
            until = html.find("<", at)
            until = len(html) if until < 0 else until
            yield at, html[at:until]
        else:
            tag = _TAG.match(html, at)
            if tag is None:
                what = 'Unsupported start tag ""' if ">" in html[at:] else "Unclosed start tag"
                raise MarkupError(f"{what} at byte offset {_bytes(html, at)}")
            yield at, tag
            until = tag.end()
        at = until


def _bytes(html: str, place: int) -> int:
    return len(html[:place].encode())


def _start(open_: list[Element], token: re.Match[str], at: int) -> None:
    tag = token["name"].lower()
    if tag not in TAGS:
        raise MarkupError(f'Unsupported start tag "{tag}" at byte offset {at}')
    element = Element(tag, _attributes(tag, token["attributes"], at), at)
    open_[-1].children.append(element)
    if tag in _EMPTY or (token["alone"] and tag in _MAY_BE_EMPTY):
        return
    if token["alone"]:
        raise MarkupError(f'Tag "{tag}" must not be closed in itself at byte offset {at}')
    open_.append(element)


def _close(open_: list[Element], tag: str, at: int) -> None:
    if len(open_) == 1:
        raise MarkupError(f"Unexpected end tag at byte offset {at}")
    if open_[-1].tag != tag:
        raise MarkupError(f'Unmatched end tag at byte offset {at}, expected "</{open_[-1].tag}>", found "</{tag}>"')
    open_.pop()


def _attributes(tag: str, text: str, at: int) -> dict[str, str]:
    found = {}
    for match in _ATTRIBUTE.finditer(text):
        name = match[1].lower()
        value = _decoded(next((each for each in match.groups()[1:] if each is not None), ""), text, 0)
        allowed = TAGS[tag].get(name)
        if allowed is None or not allowed.fullmatch(value):
            raise MarkupError(f'Tag "{tag}" has an invalid attribute "{name}" at byte offset {at}')
        found[name] = value
    if missing := [name for name in NEEDED.get(tag, ()) if name not in found]:
        raise MarkupError(f'Tag "{tag}" must have a valid attribute "{missing[0]}" at byte offset {at}')
    return found


def _decoded(text: str, html: str, at: int) -> str:
    def character(match: re.Match[str]) -> str:
        if name := match["name"]:
            if name not in _NAMED:
                place = _bytes(html, at + match.start())
                raise MarkupError(f'Unsupported entity "{match[0]}" at byte offset {place}')
            return _NAMED[name]
        code = int(match["decimal"]) if match["decimal"] else int(match["hex"], 16)
        if not 0 < code < 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            raise MarkupError(f"Invalid character reference {match[0]}")
        return chr(code)

    return _REFERENCE.sub(character, text)
