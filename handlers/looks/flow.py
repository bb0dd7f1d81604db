"""A document written out as one text with marks over it, and the places where it may be cut."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

from handlers.document import (
    Aside,
    Block,
    Bold,
    Details,
    Document,
    Footer,
    Heading,
    Highlight,
    Inline,
    Inlines,
    Italic,
    Items,
    Link,
    Moment,
    Paragraph,
    Passage,
    Quote,
    Rule,
    Table,
    leaves,
    texts_of,
    visible,
)
from handlers.looks.bidi import isolate
from handlers.looks.plain import tidy

Mark: TypeAlias = "Bold | Italic | Link | Moment | Quote"
"""The node of the document that marks a stretch of text."""


@dataclass(frozen=True)
class Span:
    """Code points `start` to `end` of the text, marked."""

    start: int
    end: int
    mark: Mark


@dataclass(frozen=True)
class Flow:
    """`spans` nest and are in the order of their starts, the outer one first.

    `breaks` are rising positions at which a message may end, best first: between blocks, between blocks of a part,
    between lines. None follows a heading or a rule.
    """

    text: str
    spans: tuple[Span, ...]
    breaks: tuple[tuple[int, ...], ...]


BLOCKS, INNER, LINES = range(3)

RULE = "———"


def write(document: Document) -> Flow:
    writer = _Writer()
    writer.blocks(document.blocks, BLOCKS)
    return Flow("".join(writer.pieces), writer.spans(), tuple(map(tuple, writer.breaks)))


class _Writer:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.breaks: tuple[list[int], ...] = ([], [], [])
        self._spans: list[Span] = []
        self._at = 0
        self._open: set[type] = set()

    def spans(self) -> tuple[Span, ...]:
        return tuple(span for span in self._spans if span.end > span.start)

    def blocks(self, blocks: tuple[Block, ...], level: int) -> None:
        before: Block | None = None
        for block in shown(blocks):
            if before is not None:
                self._gap(before, level)
            self._block(block)
            before = block

    def _gap(self, before: Block, level: int) -> None:
        self._add("\n" if isinstance(before, Heading) else "\n\n")
        if not isinstance(before, Heading | Rule):
            self.breaks[level].append(self._at)

    def _block(self, block: Block) -> None:
        match block:
            case Heading(parts):
                self._line((Bold(parts),))
            case Paragraph(lines):
                self._lines(lines)
            case Quote(lines, cite):
                with self._marked(block):
                    self._lines((*lines, ("— ", Italic(cite))) if cite else lines)
            case Aside(lines, cite):
                self._block(Quote(lines, cite))
            case Footer(lines):
                self._lines(tuple((Italic(line),) for line in lines))
            case Rule():
                self._add(RULE)
            case Items(items, numbered, start):
                markers = (f"{start + index}. " if numbered else "• " for index in range(len(items)))
                self._lines(tuple((marker, *item) for marker, item in zip(markers, items, strict=True)))
            case Table():
                self._lines(as_lines(block))
            case Details():
                self._details(block)

    def _details(self, details: Details) -> None:
        """The summary, and what is inside as a quotation that opens; as it is where it holds quotations itself."""
        self._line((Bold(details.summary),))
        self._add("\n")
        if any(isinstance(block, Quote | Aside | Details) for block in details.blocks):
            self.blocks(details.blocks, INNER)
            return
        with self._marked(Quote((), expandable=not details.open)):
            self.blocks(details.blocks, INNER)

    def _lines(self, lines: tuple[Inlines, ...]) -> None:
        for index, line in enumerate(lines):
            if index:
                self._add("\n")
                self.breaks[LINES].append(self._at)
            self._line(line)

    def _line(self, parts: Inlines) -> None:
        full = [part for part in parts if any(True for _ in leaves((part,)))]
        units = isolate([[tidy(leaf) for leaf in leaves((part,))] for part in full])
        self._parts(tuple(full), iter([piece for unit in units for piece in unit]))

    def _parts(self, parts: Inlines, texts: Iterator[str]) -> None:
        for part in parts:
            self._part(part, texts)

    def _part(self, part: Inline, texts: Iterator[str]) -> None:
        match part:
            case str():
                self._add(next(texts))
            case Passage(parts):
                self._parts(parts, texts)
            case Highlight(parts):
                self._part(Bold(parts), texts)
            case Moment():
                with self._marked(part):
                    self._add(next(texts))
            case Bold(parts) | Italic(parts) | Link(parts):
                with self._marked(part):
                    self._parts(parts, texts)

    @contextmanager
    def _marked(self, mark: Mark) -> Iterator[None]:
        """A mark inside one of its own kind says nothing more, and Telegram refuses quotations in quotations."""
        kind = type(mark)
        if kind in self._open:
            yield
            return
        place = len(self._spans)
        self._spans.append(Span(self._at, self._at, mark))  # in its place before those inside it
        self._open.add(kind)
        yield
        self._open.remove(kind)
        self._spans[place] = Span(self._spans[place].start, self._at, mark)

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self._at += len(text)


def shown(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The blocks of which something is seen; a rule only between two others."""
    between: Block | None = None
    first = True
    for block in blocks:
        if isinstance(block, Rule):
            between = None if first else block
        elif any(map(visible, texts_of(block))):
            if between is not None:
                yield between
            yield block
            between, first = None, False


def as_lines(table: Table) -> tuple[Inlines, ...]:
    """A table in words: phones are too narrow for columns, and no font is as wide in every script."""
    head = ((Italic(table.caption),),) if visible("".join(leaves(table.caption))) else ()
    if table.by_column:
        return (*head, *(line for place, name in enumerate(table.header) for line in _as_column(name, place, table)))
    return (*head, *(_as_line(table.header, row) for row in table.rows))


def _as_column(name: Inlines, place: int, table: Table) -> Iterator[Inlines]:
    """The name before the first cell, the others on lines of their own."""
    cells = [row[place] for row in table.rows if visible("".join(leaves(row[place])))]
    for first, cell in enumerate(cells):
        yield cell if first else (Bold(name), " ", *cell)


def _as_line(header: tuple[Inlines, ...], row: tuple[Inlines, ...]) -> Inlines:
    first, *rest = row
    line: list[Inline] = [Bold(first)]
    for name, cell in zip(header[1:], rest, strict=True):
        if visible("".join(leaves(cell))):
            line += [" · ", *name, ": ", *cell]
    return tuple(line)
