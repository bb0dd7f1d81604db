"""A line of a document measured, and cut in two."""

from collections.abc import Iterator
from dataclasses import replace

from handlers.document import Inline, Inlines, Moment, leaves, text_of
from handlers.looks.cut import cut
from handlers.looks.plain import tidy, units

ISOLATES = 3
"""What `bidi.isolate` may add to a text of a line, in UTF-16 units; and once more to the line."""

LONGEST_MOMENT = 200
"""A fallback text is a date. What is longer is somebody's text, and may be cut as such."""


def ready(parts: Inlines) -> Inlines:
    """The same, every string tidied, without what is empty: white space is all that is lost."""
    return tuple(_ready(parts))


def _ready(parts: Inlines) -> Iterator[Inline]:
    for part in parts:
        if isinstance(part, str):
            if text := tidy(part):
                yield text
        elif isinstance(part, Moment):
            fallback = tidy(part.fallback)
            yield replace(part, fallback=fallback) if len(fallback) <= LONGEST_MOMENT else fallback
        elif inner := ready(part.parts):
            yield replace(part, parts=inner)


def weight(parts: Inlines) -> int:
    """The most that a line takes in UTF-16 units, isolates and the break behind it included."""
    return sum(_weight(part) for part in parts) + ISOLATES + 1


def _weight(part: Inline) -> int:
    return sum(map(units, leaves((part,)))) + ISOLATES


def cut_line(parts: Inlines, room: int) -> tuple[Inlines, Inlines]:
    """What of a line that weighs more than `room` fits into it, and the rest; neither cuts a moment.

    Ends where `cut` would, unless all before it is part of a moment. A rest of white space is none.
    """
    furthest = _furthest(parts, room - ISOLATES - 1)
    if furthest <= 0:
        return (), parts
    for place in (cut(text_of(parts), 0, furthest, (), room), furthest):
        head, tail = _divide(parts, place)
        if text_of(head).strip():
            return head, tail if text_of(tail).strip() else ()
    return (), parts


def _furthest(parts: Inlines, room: int) -> int:
    """How many characters of the line fit into `room`."""
    at, left = 0, room
    for part in parts:
        if (need := _weight(part)) > left:
            return at + _prefix(text_of((part,)), left - ISOLATES)
        left -= need
        at += len(text_of((part,)))
    return at


def _prefix(text: str, room: int) -> int:
    """How many characters from the start of `text` take at most `room` UTF-16 units."""
    end = max(0, min(room, len(text)))
    while (over := units(text[:end]) - room) > 0 and end > 0:
        end -= (over + 1) // 2
    return end


def _divide(parts: Inlines, place: int) -> tuple[Inlines, Inlines]:
    """The line before and from `place` on; a moment across it goes to the rest."""
    head: list[Inline] = []
    for index, part in enumerate(parts):
        length = len(text_of((part,)))
        if place >= length:
            head.append(part)
            place -= length
        elif place <= 0 or isinstance(part, Moment):
            return tuple(head), parts[index:]
        elif isinstance(part, str):
            return (*head, part[:place]), (part[place:], *parts[index + 1 :])
        else:
            before, after = _divide(part.parts, place)
            first = (replace(part, parts=before),) if before else ()
            return (*head, *first), (replace(part, parts=after), *parts[index + 1 :])
    return tuple(head), ()
