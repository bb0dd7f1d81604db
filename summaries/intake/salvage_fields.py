"""The fields of one damaged item, told apart by their tags alone and written so that any parser takes them."""

import html
import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

_SHORT = (
    "title link guid id pubdate published updated modified issued created date dc:date dc:title dc:creator author"
    " media:title dcterms:modified dcterms:created dcterms:issued feedburner:origlink language"
)
_LONG = "description summary content content:encoded media:description"
_SPELLED = {"pubdate": "pubDate", "feedburner:origlink": "feedburner:origLink", "ispermalink": "isPermaLink"}
_NAMES = (*_SHORT.split(), *_LONG.split(), "enclosure", "media:content")
_OPENING = re.compile(
    rf"<(?:atom:)?({'|'.join(sorted(_NAMES, key=len, reverse=True))})(?=[\s>/])([^<>]{{0,4000}})>", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"([a-zA-Z][\w:.-]{0,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_KEPT = ("href", "rel", "type", "url", "ispermalink", "xml:base", "xml:lang")
_ADDRESSES = ("link", "guid", "id", "feedburner:origlink")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|$)", re.DOTALL)
_NAME = re.compile(r"<(?:atom:)?name\s*>([^<]*)<", re.IGNORECASE)


class Closings:
    """Finds closing marks, each place of the text looked at once for each mark."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: dict[str, int] = {}

    def after(self, mark: str, place: int) -> int:
        """Where `mark` next stands at or after `place`; -1 where it does not. Places must rise."""
        known = self._next.get(mark, 0)
        if (known >= 0 and known < place) or mark not in self._next:
            known = self._next[mark] = self._text.find(mark, place)
        return known


def clean_fields(item: str, *, whole: bool, only: tuple[str, ...] = _NAMES) -> Iterator[str]:
    """The fields of `item` as well-formed XML. A field that breaks off is left out unless the item is `whole`."""
    folded = item.lower() if len(item.lower()) == len(item) else item
    closings = Closings(folded)
    openings = list(_OPENING.finditer(item))
    place = 0
    for number, opening in enumerate(openings):
        name = opening[1].lower()
        if opening.start() < place or name not in only:
            continue
        if opening[2].rstrip().endswith("/"):
            yield _written(name, opening[2], "")
            continue
        following = openings[number + 1].start() if number + 1 < len(openings) else -1
        end = _end(closings, name, opening.end(), following)
        if end < 0 and not whole:
            return
        place = end if end >= 0 else len(item)
        value = _value(item[opening.end() : place], name)
        if name not in _ADDRESSES or not re.search(r"[<>]", value):  # a field that ran over its end is none
            yield _written(name, opening[2], value)


def _end(closings: Closings, name: str, place: int, following: int) -> int:
    """Where a field ends: at its closing tag; without one, or where a short field would run over it, at the next."""
    closing = closings.after(f"</{name}", place)
    if closing < 0:
        return following
    return min(closing, following) if following >= 0 and name not in _LONG.split() else closing


def _value(inner: str, name: str) -> str:
    """What a field says: CDATA as it stands, else with its references decoded."""
    if name == "author" and (named := _NAME.search(inner)):
        return html.unescape(named[1]).strip()
    if "<![CDATA[" in inner:
        return "".join(found for found in _CDATA.findall(inner)).strip()
    return (inner if name in _LONG.split() and "<" in inner else html.unescape(inner)).strip()


def _written(name: str, attributes: str, value: str) -> str:
    pairs = kept_attributes(attributes, _KEPT).replace('"xhtml"', '"html"')
    tag = _SPELLED.get(name, name)
    body = f"<name>{escape(value)}</name>" if name == "author" and value else escape(value)
    return f"<{tag}{pairs}>{body}</{tag}>"


def kept_attributes(tag: str, names: tuple[str, ...]) -> str:
    """The attributes of a start tag that are in `names` (lower case), written well-formed with a space before each."""
    found = {key.lower(): one or two or three for key, one, two, three in _ATTRIBUTE.findall(tag)}
    return "".join(
        f" {_SPELLED.get(key, key)}={quoteattr(html.unescape(text))}" for key, text in found.items() if key in names
    )
