"""What an answer shows of a briefing: its headline, and the sentence that answers best, with the words marked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from summaries.archive.ranking import Pattern, is_lone_character
from summaries.archive.spelling import joined
from summaries.language import Token, tokens

Pieces = tuple[tuple[str, bool], ...]
"""A text in pieces, in order; True: this was looked for."""

LONGEST = 280
"""Code points of a snippet. A longer sentence is cut around the first words that were looked for."""

_BEFORE = 80
_READ = 20_000
"""Code points of one sentence that are looked at: there are "sentences" of two million."""


@dataclass(frozen=True)
class Finder:
    """Finds in a text what a query looks for: `groups` are its words, each with the ways to write it as terms."""

    groups: tuple[tuple[Pattern, ...], ...]

    @cached_property
    def _needles(self) -> tuple[tuple[str, ...], ...]:
        """The patterns as they lie within spelled-out terms."""
        return tuple(
            tuple(pattern[0] if is_lone_character(pattern) else f" {' '.join(pattern)} " for pattern in group)
            for group in self.groups
        )

    def covered(self, text: str, language: str) -> frozenset[int]:
        """The numbers of the groups that the text holds."""
        found = f" {joined(text[:_READ], language)} "
        return frozenset(
            number for number, needles in enumerate(self._needles) if any(needle in found for needle in needles)
        )

    def best(
        self, sentences: Iterable[str], language: str, *, shown: frozenset[int] = frozenset()
    ) -> tuple[str, tuple[int, int]]:
        """The first of the sentences that hold most of what is not `shown` elsewhere, then most of all; and its worth.

        "" and the lowest worth where none holds anything.
        """
        best, most = "", (0, 0)
        for sentence in sentences:
            covered = self.covered(sentence, language)
            worth = (len(covered - shown), len(covered))
            if worth > most:
                best, most = sentence, worth
            if len(covered) == len(self.groups):
                break
        return best, most

    def marked(self, text: str, language: str) -> Pieces:
        """The whole text, with all that was looked for marked."""
        return tuple(_pieces(text, self._spans(text, language)))

    def snippet(self, text: str, language: str) -> Pieces:
        """The text; where it is long, the part around the first mark, with an ellipsis where it was cut."""
        spans = self._spans(text[:_READ], language)
        start, end = _window(text, spans[0] if spans else (0, 0))
        inside = [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
        pieces = list(_pieces(text[start:end], inside))
        if start > 0:
            pieces.insert(0, ("… ", False))
        if end < len(text):
            pieces.append((" …", False))
        return tuple(pieces)

    def _spans(self, text: str, language: str) -> list[tuple[int, int]]:
        found = tokens(text, language) if self.groups else []
        places = (_places(pattern, text, found) for group in self.groups for pattern in group)
        return _merged(sorted(span for spans in places for span in spans))


def _starts(pattern: Pattern, found: Sequence[str]) -> Iterator[int]:
    for place in range(len(found) - len(pattern) + 1):
        if found[place] == pattern[0] and tuple(found[place : place + len(pattern)]) == pattern:
            yield place


def _places(pattern: Pattern, text: str, found: list[Token]) -> Iterator[tuple[int, int]]:
    if is_lone_character(pattern):
        yield from ((place, place + 1) for place, letter in enumerate(text) if letter == pattern[0])
        return
    for place in _starts(pattern, [token.term for token in found]):
        yield found[place].start, found[place + len(pattern) - 1].end


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap or touch as one: the character pairs of a Chinese word overlap."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _pieces(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    place = 0
    for start, end in spans:
        if start > place:
            yield text[place:start], False
        yield text[start:end], True
        place = end
    if place < len(text):
        yield text[place:], False


def _window(text: str, mark: tuple[int, int]) -> tuple[int, int]:
    """Where to cut: around the mark, at white space where there is some near."""
    if len(text) <= LONGEST:
        return 0, len(text)
    start = max(0, min(mark[0] - _BEFORE, len(text) - LONGEST))
    if start > 0:
        space = text.find(" ", start, mark[0])
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + LONGEST)
    if end < len(text):
        space = text.rfind(" ", max(mark[1], end - _BEFORE), end)
        end = space if space >= 0 else end
    return start, end
