"""Telegram's HTML (Bot API, "HTML style"), read as strictly as its server reads it, with the server's complaints.

Two things are refused here that the server lets pass to the reader's harm: a named entity that it does not know
(`&nbsp;` would be shown as these six characters) and a quotation inside a quotation (the inner one would be lost).
"""

import re
from dataclasses import dataclass, replace

from bot.local.entities import Entity, Styled
from bot.local.limits import link_fault, utf16_units

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPACE = " \t\r\n\v\0"
_TAG_NAME = re.compile(rf"[^{_SPACE}>]*")
_SPACES = re.compile(rf"[{_SPACE}]*")
_ATTRIBUTE_NAME = re.compile(rf"[^{_SPACE}=>/\"']*")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]*)|#(?P<decimal>[0-9]*)|(?P<name>[A-Za-z][A-Za-z0-9]*))(?P<end>;?)")
_TIME_FORMAT = re.compile(r"(?:r|(?=[wdDtT])w?[dD]?[tT]?)?")
_MENTION = re.compile(r"tg://user\?id=([0-9]{1,19})")


class MarkupError(ValueError):
    """The markup cannot be parsed; the text is Telegram's, and offsets in it are bytes of UTF-8."""


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tag that waits for its end: where its text began, in UTF-16 units and in pieces of output."""

    name: str
    attributes: dict[str, str]
    offset: int
    piece: int


def parse(html: str) -> Styled:
    """The plain text and the entities of `html`, in the order in which they end. Raises `MarkupError`."""
    return _Parser(html).run()


class _Parser:
    def __init__(self, html: str) -> None:
        self._html = html
        self._at = 0
        self._pieces: list[str] = []
        self._offset = 0
        self._open: list[_Tag] = []
        self._entities: list[Entity] = []

    def run(self) -> Styled:
        while self._at < len(self._html):
            self._step()
        if self._open:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        plain = (replace(entity, language="") if entity.type == "code" else entity for entity in self._entities)
        return Styled("".join(self._pieces), tuple(plain))

    def _step(self) -> None:
        character = self._html[self._at]
        if character == "<":
            self._end_tag() if self._html[self._at + 1 : self._at + 2] == "/" else self._start_tag()
        elif character == "&":
            self._emit(self._reference())
        else:
            until = min((place for place in map(self._next, "<&") if place >= 0), default=len(self._html))
            self._emit(self._html[self._at : until])
            self._at = until

    def _next(self, character: str) -> int:
        return self._html.find(character, self._at)

    def _emit(self, text: str) -> None:
        self._pieces.append(text)
        self._offset += utf16_units(text)

    def _reference(self) -> str:
        """The character of the reference at the place where we are, or the bare `&` if it is none."""
        match = _REFERENCE.match(self._html, self._at)
        character = self._character(match) if match else ""
        self._at = match.end() if match and character else self._at + 1
        return character or "&"

    def _character(self, match: re.Match[str]) -> str:
        if name := match["name"]:
            if name not in _NAMED and match["end"]:
                raise MarkupError(f'Unsupported entity "{match[0]}" at byte offset {self._bytes(match.start())}')
            return _NAMED.get(name, "")
        digits, base = (match["hex"], 16) if match["hex"] is not None else (match["decimal"], 10)
        code = int(digits, base) if 0 < len(digits) <= 7 else 0
        if 0xD800 <= code <= 0xDFFF:
            raise MarkupError(
                "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate "
                "code units"
            )
        return chr(code) if 0 < code < 0x10FFFF else ""

    def _bytes(self, place: int) -> int:
        return len(self._html[:place].encode())

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._html, self._at)
        taken = match[0] if match else ""
        self._at += len(taken)
        return taken

    @property
    def _here(self) -> str:
        """The character where we are; empty at the end."""
        return self._html[self._at : self._at + 1]

    def _start_tag(self) -> None:
        begin = self._bytes(self._at)
        self._at += 1
        name = self._take(_TAG_NAME).lower()
        if not self._here:
            raise MarkupError(f"Unclosed start tag at byte offset {begin}")
        if name not in _TYPES:
            raise MarkupError(f'Unsupported start tag "{name}" at byte offset {begin}')
        tag = _Tag(name, self._attributes(name, begin), self._offset, len(self._pieces))
        self._check(tag, begin)
        self._at += 1
        self._open.append(tag)

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._take(_SPACES)
            if self._here == ">":
                return attributes
            name = self._take(_ATTRIBUTE_NAME)
            if not name:
                raise MarkupError(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
            attributes[name] = self._value(tag, begin)

    def _value(self, tag: str, begin: int) -> str:
        self._take(_SPACES)
        value = ""
        if self._here == "=":
            self._at += 1
            self._take(_SPACES)
            value = self._quoted(self._here) if self._here in {"'", '"'} else self._name_token()
        if not self._here:
            raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {begin}')
        return value

    def _name_token(self) -> str:
        begin = self._bytes(self._at)
        value = self._take(_NAME_TOKEN).lower()
        if self._here and self._here not in f"{_SPACE}>":
            raise MarkupError(f"Unexpected end of name token at byte offset {begin}")
        return value

    def _quoted(self, quote: str) -> str:
        value: list[str] = []
        self._at += 1
        while self._here and self._here != quote:
            value.append(self._reference() if self._here == "&" else self._html[self._at])
            if value[-1] == self._here and self._here != "&":
                self._at += 1
        self._at += 1
        return "".join(value)

    def _check(self, tag: _Tag, begin: int) -> None:
        if tag.name == "span" and tag.attributes.get("class") != "tg-spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        if tag.name == "blockquote" and any(other.name == "blockquote" for other in self._open):
            raise MarkupError(f'Nested tag "blockquote" at byte offset {begin}')
        if tag.name == "tg-time":
            self._check_time(tag, begin)

    def _check_time(self, tag: _Tag, begin: int) -> None:
        if not re.fullmatch(r"-?[0-9]{1,12}", tag.attributes.get("unix", "")):
            raise MarkupError(f'Tag "tg-time" must have a valid attribute "unix" at byte offset {begin}')
        if not _TIME_FORMAT.fullmatch(tag.attributes.get("format", "")):
            raise MarkupError(f'Tag "tg-time" has an invalid attribute "format" at byte offset {begin}')

    def _end_tag(self) -> None:
        begin = self._bytes(self._at)
        if not self._open:
            raise MarkupError(f"Unexpected end tag at byte offset {begin}")
        self._at += 2
        name = self._take(_TAG_NAME).lower()
        self._take(_SPACES)
        if self._here != ">":
            raise MarkupError(f"Unclosed end tag at byte offset {begin}")
        self._at += 1
        tag = self._open.pop()
        if name and name != tag.name:
            raise MarkupError(f'Unmatched end tag at byte offset {begin}, expected "</{tag.name}>", found "</{name}>"')
        if self._offset > tag.offset:
            self._close(tag)

    def _close(self, tag: _Tag) -> None:
        entity = Entity(_TYPES[tag.name], tag.offset, self._offset - tag.offset)
        build = {
            "a": self._link,
            "tg-emoji": self._emoji,
            "tg-time": self._time,
            "blockquote": self._quotation,
            "code": self._code,
            "pre": self._pre,
        }.get(tag.name)
        built = build(tag, entity) if build else entity
        if built is not None:
            self._entities.append(built)

    def _link(self, tag: _Tag, entity: Entity) -> Entity | None:
        """A link that leads nowhere is dropped without a word, its text stays: so does the real server."""
        url = tag.attributes.get("href") or "".join(self._pieces[tag.piece :])
        if mention := _MENTION.fullmatch(url):
            return replace(entity, type="text_mention", user=int(mention[1]))
        if link_fault(url):
            return None
        return replace(entity, url=url if ":" in url else f"http://{url}/")

    def _emoji(self, tag: _Tag, entity: Entity) -> Entity:
        number = tag.attributes.get("emoji-id", "")
        if not re.fullmatch(r"[0-9]{1,19}", number) or int(number) == 0:
            raise MarkupError("Invalid custom emoji identifier specified")
        return replace(entity, custom_emoji_id=number)

    def _time(self, tag: _Tag, entity: Entity) -> Entity:
        return replace(entity, unix_time=int(tag.attributes["unix"]), date_time_format=tag.attributes.get("format", ""))

    def _quotation(self, tag: _Tag, entity: Entity) -> Entity:
        return replace(entity, type="expandable_blockquote") if "expandable" in tag.attributes else entity

    def _code(self, tag: _Tag, entity: Entity) -> Entity:
        language = tag.attributes.get("class", "")
        return replace(entity, language=language[9:] if language.startswith("language-") else "")

    def _pre(self, tag: _Tag, entity: Entity) -> Entity:
        """`<pre><code class="language-x">` around the same text is one entity with a language."""
        inner = self._entities[-1] if self._entities else None
        if inner == replace(entity, type="code", language=inner.language if inner else ""):
            self._entities.pop()
            return replace(entity, language=inner.language if inner else "")
        return entity
