"""Text and its entities as Telegram keeps them: cleaned, trimmed, links and commands found, offsets in UTF-16 units."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from bot.local import limits
from bot.local.limits import bad_request

VERBATIM = frozenset({"code", "pre"})
"""What is inside is shown as it stands: no other entity, and nothing is found in it."""
QUOTES = frozenset({"blockquote", "expandable_blockquote"})

_CONTROLS = dict.fromkeys((*range(10), *range(11, 33)), " ") | {13: None}
_DROPPED = dict.fromkeys((*range(0x2028, 0x202F), 0x0333, 0x033F, 0x030A))
"""Line and paragraph separators, the old bidirectional controls (isolates stay), three marks that scrawl over lines."""
_INVISIBLE = frozenset("\u115f\u1160\u2800\u3164\uffa0")

_FOUND = (
    (
        "url",
        re.compile(r"(?<![\w@.])(?:https?://|www\.)[^\s<>\"“”«»]*[^\s<>\"“”«».,;:!?'()\[\]{}*…،؛؟。、]", re.IGNORECASE),
    ),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z0-9_]{3,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\d*[^\W\d])\w{1,256}")),
)


@dataclass(frozen=True, slots=True)
class Entity:
    """A MessageEntity: `length` UTF-16 units from `offset`. What a type has beside that is empty for the others."""

    type: str
    offset: int
    length: int
    url: str = ""
    language: str = ""
    custom_emoji_id: str = ""
    user: int = 0
    unix_time: int | None = None
    date_time_format: str = ""

    @property
    def end(self) -> int:
        return self.offset + self.length


@dataclass(frozen=True, slots=True)
class Styled:
    """Plain text with its entities, sorted by offset, the longer first."""

    text: str
    entities: tuple[Entity, ...] = ()


NOTHING = Styled("")


def clean(text: str) -> str:
    """What Telegram makes of any string before it looks at it. A lone surrogate is no text: a `Refusal`."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise bad_request("strings must be encoded in UTF-8")
    return text.translate(_CONTROLS).translate(_DROPPED)


def is_blank(text: str) -> bool:
    """Whether nothing of `text` is seen: white space and format characters (joiners, direction marks) alone."""
    return all(
        character.isspace() or character in _INVISIBLE or unicodedata.category(character) == "Cf" for character in text
    )


def finish(styled: Styled) -> Styled:
    """The text as the server keeps it: trimmed, nothing nested in code, links found; entities beyond 100 are lost."""
    trimmed = trim(styled)
    chosen = _without_nested_in_code(trimmed.entities)
    found = find(trimmed.text, chosen)
    every = sorted({*chosen, *found}, key=reading_order)
    return Styled(trimmed.text, tuple(every[: limits.ENTITIES]))


def spans(styled: Styled) -> Iterator[tuple[Entity, int, int]]:
    """Each entity with its place in code points, as Python slices."""
    at = _code_points(styled.text)
    for entity in styled.entities:
        yield entity, at[min(entity.offset, len(at) - 1)], at[min(entity.end, len(at) - 1)]


def reading_order(entity: Entity) -> tuple[int, int, str]:
    return entity.offset, -entity.length, entity.type


def _code_points(text: str) -> Sequence[int]:
    """For each UTF-16 offset, the code point it belongs to; one more at the end."""
    places = [place for place, character in enumerate(text) for _ in range(2 if character > "\uffff" else 1)]
    return [*places, len(text)]


def trim(styled: Styled) -> Styled:
    """Without the white space around it."""
    text = styled.text.rstrip()
    cut = limits.utf16_units(text) - limits.utf16_units(text.lstrip())
    text = text.lstrip()
    end = limits.utf16_units(text)
    moved = (_clip(entity, cut, end) for entity in styled.entities)
    return Styled(text, tuple(entity for entity in moved if entity.length > 0))


def _clip(entity: Entity, cut: int, end: int) -> Entity:
    start = max(entity.offset - cut, 0)
    return replace(entity, offset=start, length=min(entity.end - cut, end) - start)


def _without_nested_in_code(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    kept: list[Entity] = []
    closed = 0
    for entity in sorted(entities, key=reading_order):
        if entity.offset < closed and entity.type not in QUOTES:
            continue
        kept.append(entity)
        if entity.type in VERBATIM:
            closed = entity.end
    return tuple(kept)


def find(text: str, chosen: Iterable[Entity]) -> list[Entity]:
    """Links, commands, mentions and hashtags in plain words, where none of the `chosen` ones is in the way."""
    taken = [entity for entity in chosen if entity.type in VERBATIM or entity.type in {"text_link", "text_mention"}]
    offsets = [0, *accumulate(2 if character > "\uffff" else 1 for character in text)]
    found: list[Entity] = []
    for type_, pattern in _FOUND:
        for match in pattern.finditer(text):
            start, end = offsets[match.start()], offsets[match.end()]
            if not any(start < other.end and other.offset < end for other in (*taken, *found)):
                found.append(Entity(type_, start, end - start))
    return found
