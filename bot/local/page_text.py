"""Runs of text inside the blocks of a Rich Message: marks as entities, white space folded as in HTML."""

import re
from collections.abc import Callable, Sequence
from types import MappingProxyType

from bot.local.entities import Entity, Styled, find, reading_order, trim
from bot.local.limits import link_fault, utf16_units
from bot.local.markup import MarkupError
from bot.local.page_markup import Element, Node

_TYPES = MappingProxyType(
    {
        "b": "bold",
        "strong": "bold",
        "i": "italic",
        "em": "italic",
        "u": "underline",
        "ins": "underline",
        "s": "strikethrough",
        "strike": "strikethrough",
        "del": "strikethrough",
        "code": "code",
        "mark": "marked",
        "sub": "subscript",
        "sup": "superscript",
        "tg-spoiler": "spoiler",
        "tg-math": "mathematical_expression",
        "tg-reference": "reference",
        "tg-emoji": "custom_emoji",
        "tg-time": "date_time",
        "a": "text_link",
    }
)
INLINE = frozenset({*_TYPES, "br"})
_SPACE = re.compile(r"[ \t\n\r\f]+")
_SCHEMES = ("#", "mailto:", "tel:")


def inline(nodes: Sequence[Node], *, find: bool) -> Styled:
    """The text of a block that holds only text. With `find`, links and commands in it are found."""
    written = _Written()
    _write(written, nodes)
    return written.styled(find_more=find)


def preformatted(element: Element) -> Styled:
    """Text as it stands: of `pre`, of the `code` in it, or of a formula."""
    return Styled("".join(_verbatim(element)).strip("\n"))


def _verbatim(element: Element) -> list[str]:
    pieces = []
    for node in element.children:
        if isinstance(node, str):
            pieces.append(node)
        elif node.tag == "code":
            pieces += _verbatim(node)
        else:
            raise MarkupError(f'Unexpected tag "{node.tag}" in the tag "{element.tag}" at byte offset {node.at}')
    return pieces


class _Written:
    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._entities: list[Entity] = []
        self._ends_in_space = True
        self.at = 0

    def add(self, text: str) -> None:
        folded = _SPACE.sub(" ", text)
        self._put(folded.removeprefix(" ") if self._ends_in_space else folded)

    def line_break(self) -> None:
        self._put("\n")

    def mark(self, entity: Entity) -> None:
        if entity.length:
            self._entities.append(entity)

    def styled(self, *, find_more: bool) -> Styled:
        trimmed = trim(Styled("".join(self._pieces), tuple(self._entities)))
        more = find(trimmed.text, trimmed.entities) if find_more else []
        return Styled(trimmed.text, tuple(sorted((*trimmed.entities, *more), key=reading_order)))

    def since(self, start: int) -> str:
        whole = "".join(self._pieces).encode("utf-16-le")
        return whole[2 * start :].decode("utf-16-le")

    def _put(self, text: str) -> None:
        if text:
            self._pieces.append(text)
            self._ends_in_space = text[-1] in " \n"
            self.at += utf16_units(text)


def _write(written: _Written, nodes: Sequence[Node]) -> None:
    for node in nodes:
        if isinstance(node, str):
            written.add(node)
        elif node.tag == "br":
            written.line_break()
        elif node.tag in _TYPES:
            start = written.at
            _write(written, node.children)
            make = _MAKERS.get(node.tag)
            if make is None:
                written.mark(Entity(_TYPES[node.tag], start, written.at - start))
            elif entity := make(node, start, written):
                written.mark(entity)
        else:
            raise MarkupError(f'Unexpected tag "{node.tag}" inside text at byte offset {node.at}')


def _link(node: Element, start: int, written: _Written) -> Entity | None:
    """A link that leads nowhere is dropped without a word, its text stays; so is a place that is only named."""
    url = node.attributes.get("href") or ("" if "name" in node.attributes else written.since(start))
    if not url.startswith(_SCHEMES) and link_fault(url):
        return None
    return Entity("text_link", start, written.at - start, url=url)


def _emoji(node: Element, start: int, written: _Written) -> Entity:
    return Entity("custom_emoji", start, written.at - start, custom_emoji_id=node.attributes["emoji-id"])


def _time(node: Element, start: int, written: _Written) -> Entity:
    unix, form = int(node.attributes["unix"]), node.attributes.get("format", "")
    return Entity("date_time", start, written.at - start, unix_time=unix, date_time_format=form)


_MAKERS: dict[str, Callable[[Element, int, _Written], Entity | None]] = {
    "a": _link,
    "tg-emoji": _emoji,
    "tg-time": _time,
}
