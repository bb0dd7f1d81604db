"""Feeds that no parser takes → feeds that one does: mended in place, or every item taken out and written anew.

Both are linear: closing marks that are missing are looked for once, not once for every opening.
"""

import html
import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from summaries.intake.salvage_fields import Closings, clean_fields, kept_attributes

_PROLOG_WITHIN = 65_536
_STARTS_WELL = re.compile(
    r"<(?:\?xml|!--|!DOCTYPE\s+(?!html)|\??\s*(?:[\w.-]+:)?(?:rss|feed|rdf|channel)\b)", re.IGNORECASE
)
_PROLOG = re.compile(r"<\?xml\s[^>]*>|<(?:rss|feed|rdf:rdf)[\s>]", re.IGNORECASE)
_ITEM = re.compile(r"<(?:[\w.-]{1,40}:)?(item|entry)(?=[\s>/])[^<>]{0,2000}>", re.IGNORECASE)
_ITEM_END = re.compile(r"</(?:[\w.-]{1,40}:)?(?:item|entry|items|channel|rss|feed|rdf)\s*>", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(?:rss|feed|rdf|channel)(?=[\s>])[^<>]{0,10000}>", re.IGNORECASE)
_PREFIX = re.compile(r"</?([a-zA-Z][\w.-]{0,40}):[a-zA-Z]")
_DECLARED = re.compile(r"\sxmlns:([\w.-]{1,40})\s*=")
_AMPERSAND = re.compile(r"&(?:(amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});|([a-zA-Z][a-zA-Z0-9]{1,31});)?")
_ABOUT = re.compile(r"\srdf:about\s*=\s*[\"']([^\"'<>]{1,4000})[\"']", re.IGNORECASE)
_FIELD_END = re.compile(
    r"</(?:title|link|guid|id|description|summary|content|content:encoded|author|pubdate)\s*>", re.IGNORECASE
)
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}
_DECLARATIONS = "".join(f" xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in _NAMESPACES.items())


def without_junk(text: str) -> str:
    """Without what stands before the feed: a warning of PHP, a web page's beginning, stray letters."""
    if _STARTS_WELL.match(text):
        return text
    prolog = _PROLOG.search(text, 0, _PROLOG_WITHIN)
    if prolog is None or _ITEM.search(text, 0, prolog.start()) or _ROOT.search(text, 0, prolog.start()):
        return text
    return text[prolog.start() :]


def count_items(text: str) -> int:
    """How many items begin in `text`, outside of comments and CDATA."""
    return sum(len(_ITEM.findall(piece)) for piece, kind in _pieces(_cdata_closed(text)) if kind == "markup")


def is_cut(text: str) -> bool:
    """Whether `text` ends amid an item."""
    starts = [start.end() for start in _ITEM.finditer(text)]
    return bool(starts) and not _ITEM_END.search(text, starts[-1])


def mended(text: str) -> str:
    """`text` with CDATA closed, `&` escaped, HTML's entities as letters, and the namespaces of prefixes declared."""
    pieces = [_ampersands(piece) if kind == "markup" else piece for piece, kind in _pieces(_cdata_closed(text))]
    return _declared("".join(pieces))


def _ampersands(text: str) -> str:
    return _AMPERSAND.sub(_reference, text)


def _reference(found: re.Match[str]) -> str:
    if found[1]:
        character = html.unescape(found[0])
        return found[0] if character.isprintable() or character in "\t\r\n" else ""
    letters = html.unescape(found[0]) if found[2] else found[0]
    return escape(letters)


def _declared(text: str) -> str:
    """With a declaration for every prefix that is used without one: strict parsers refuse those."""
    missing = set(_PREFIX.findall(text)) - set(_DECLARED.findall(text)) - {"xml", "xmlns"}
    root = _ROOT.search(text)
    if not missing or not root:
        return text
    place = root.end() - (2 if root[0].endswith("/>") else 1)
    more = "".join(
        f" xmlns:{prefix}={quoteattr(_NAMESPACES.get(prefix.lower(), 'urn:prefix:' + prefix))}"
        for prefix in sorted(missing)
    )
    return f"{text[:place]}{more}{text[place:]}"


def _cdata_closed(text: str) -> str:
    """With `]]>` where CDATA swallows the beginning of the next: there its own end was lost."""
    parts = text.split("<![CDATA[")
    if len(parts) == 1:
        return text
    for number in range(1, len(parts)):
        if "]]>" not in parts[number] and (end := _FIELD_END.search(parts[number])):
            parts[number] = f"{parts[number][: end.start()]}]]>{parts[number][end.start() :]}"
    return "<![CDATA[".join(parts)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """`text` cut into "markup", "cdata" and "comment"; together they are the text. What is not closed is markup."""
    place, closings = 0, Closings(text)
    for opening in re.finditer(r"<!--|<!\[CDATA\[", text):
        if opening.start() < place:
            continue
        end = closings.after("-->" if opening[0] == "<!--" else "]]>", opening.end())
        if end < 0:
            continue
        yield text[place : opening.start()], "markup"
        yield text[opening.start() : end + 3], "comment" if opening[0] == "<!--" else "cdata"
        place = end + 3
    yield text[place:], "markup"


def salvaged(text: str) -> str:
    """A new, well-formed feed with every item of `text` that can be told apart, each one's fields for itself."""
    text = _cdata_closed(text)
    starts = list(_starts(text))
    if not starts:
        return text
    kind = starts[0][1][1].lower()
    items = "".join(
        _item(text, place, start, starts[number + 1][0] if number + 1 < len(starts) else len(text))
        for number, (place, start) in enumerate(starts)
    )
    root = _ROOT.search(text, 0, starts[0][0])
    inherited = kept_attributes(root[0] if root else "", ("xml:base", "xml:lang"))
    head = "".join(clean_fields(text[: starts[0][0]], whole=False, only=("title", "link", "language", "id")))
    if kind == "entry":
        return f'<feed xmlns="http://www.w3.org/2005/Atom"{_DECLARATIONS}{inherited}>{head}{items}</feed>'
    return f'<rss version="2.0"{_DECLARATIONS}{inherited}><channel>{head}{items}</channel></rss>'


def _starts(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Where items begin in `text`, with their tags."""
    place = 0
    for piece, kind in _pieces(text):
        if kind == "markup":
            yield from ((place + start.start(), start) for start in _ITEM.finditer(piece))
        place += len(piece)


def _item(text: str, place: int, start: re.Match[str], limit: int) -> str:
    chunk = text[place + len(start[0]) : limit]
    end = None
    for piece_start, piece_end in _markup_spans(chunk):
        if end := _ITEM_END.search(chunk, piece_start, piece_end):
            break
    whole = end is not None or limit < len(text)
    name, inherited = start[1].lower(), kept_attributes(start[0], ("xml:base", "xml:lang"))
    about = _ABOUT.search(start[0])
    own = f'<guid isPermaLink="false">{escape(html.unescape(about[1]))}</guid>' if about else ""
    fields = "".join(clean_fields(chunk[: end.start()] if end else chunk, whole=whole))
    return f"<{name}{inherited}>{own}{fields}</{name}>\n"


def _markup_spans(text: str) -> Iterator[tuple[int, int]]:
    place = 0
    for piece, kind in _pieces(text):
        if kind == "markup":
            yield place, place + len(piece)
        place += len(piece)
