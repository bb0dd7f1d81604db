"""The blocks of a document as they stand on pages: made ready, measured, and parted where one page is too small.

A page ends between blocks; where a block is larger than a page, inside it: between the blocks of details, items, rows,
lines, and at last inside a line. What goes on keeps its kind: the rest of details is under their summary again, the
rest of a table under its header, and a list counts on.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from handlers.document import (
    Aside,
    Block,
    Bold,
    Details,
    Footer,
    Heading,
    Inline,
    Inlines,
    Italic,
    Items,
    Paragraph,
    Quote,
    Rule,
    Table,
    text_of,
)
from handlers.looks.flow import as_lines, shown
from handlers.looks.inlines import cut_line, ready, weight

T = TypeVar("T")
Halves: TypeAlias = "tuple[Block | None, tuple[Block, ...]]"
"""What of a block fits, None where nothing does, and the rest."""

CHARACTERS = 32_000
"""Of text on a page (Bot API 10.1: 32,768), here in UTF-16 units; the rest is for what a server may count between."""

BLOCKS = 480
"""On a page, everything counted that could be (Bot API 10.1: 500)."""

DEPTH = 6
"""Of details in details. Below: a table's row and cell, or a quotation and its paragraph, and up to five marks on a
word; all of it is nested at most 16 deep (Bot API 10.1)."""

LABEL = 1000
"""A heading, summary, cite or caption that is longer is no label any more, and becomes text that can be parted."""

ROW = CHARACTERS // 4
"""A table whose header or a row of it is longer becomes text too: a header and a row must stand on one page."""

MARGIN = 200
"""A rest of a page that is smaller is left empty."""


@dataclass(frozen=True)
class Size:
    characters: int
    blocks: int

    def __add__(self, other: "Size") -> "Size":
        return Size(self.characters + other.characters, self.blocks + other.blocks)

    def __sub__(self, other: "Size") -> "Size":
        return Size(self.characters - other.characters, self.blocks - other.blocks)

    def fits(self, room: "Size") -> bool:
        return self.characters <= room.characters and self.blocks <= room.blocks


PAGE = Size(CHARACTERS, BLOCKS)


def paginate(blocks: tuple[Block, ...]) -> list[tuple[Block, ...]]:
    """The blocks of each page, in order; every page shows something if anything does."""
    waiting = tuple(_made_ready(blocks, 0))
    pages = []
    while waiting:
        page, waiting = _fill(waiting, PAGE, size, split)
        pages.append(page)
    return [there for page in pages if (there := tuple(shown(page)))]


# --- ready


def _made_ready(blocks: tuple[Block, ...], depth: int) -> Iterator[Block]:
    """Every string tidied, blocks that are not seen left out, labels short and nothing nested too deep."""
    for block in shown(blocks):
        if isinstance(block, Details):
            yield from _details(block, depth)
        elif isinstance(block, Table):
            yield from _table(block)
        else:
            yield from _plain_block(block)


def _plain_block(block: Block) -> Iterator[Block]:
    match block:
        case Heading(parts):
            line = ready(parts)
            yield replace(block, parts=line) if weight(line) <= LABEL else Paragraph(((Bold(line),),))
        case Paragraph(lines) | Footer(lines):
            yield replace(block, lines=_lines(lines))
        case Quote(lines, cite) | Aside(lines, cite):
            yield _quotation(block, _lines(lines), ready(cite))
        case Items(items):
            yield replace(block, items=_lines(items))
        case Rule():
            yield block


def _lines(lines: Sequence[Inlines]) -> tuple[Inlines, ...]:
    return tuple(line for each in lines if text_of(line := ready(each)).strip())


def _quotation(block: Quote | Aside, lines: tuple[Inlines, ...], cite: Inlines) -> Block:
    if not text_of(cite).strip():
        return replace(block, lines=lines, cite=())
    if lines and weight(cite) <= LABEL:
        return replace(block, lines=lines, cite=cite)
    return replace(block, lines=(*lines, ("— ", Italic(cite))), cite=())


def _details(details: Details, depth: int) -> Iterator[Block]:
    summary = ready(details.summary)
    inside = tuple(_made_ready(details.blocks, depth + 1))
    if inside and depth < DEPTH and weight(summary) <= LABEL:
        yield Details(summary, inside, details.open)
    else:
        yield Paragraph(((Bold(summary),),))
        yield from inside


def _table(table: Table) -> Iterator[Block]:
    header = tuple(map(ready, table.header))
    rows = tuple(tuple(map(ready, row)) for row in table.rows)
    caption = ready(table.caption)
    if weight(caption) <= LABEL and all(_row(row).characters <= ROW for row in (header, *rows)):
        yield replace(table, header=header, rows=rows, caption=caption if text_of(caption).strip() else ())
    else:
        named = () if table.by_column else (_side_by_side(header),)
        yield Paragraph(_lines((*named, *as_lines(replace(table, header=header, rows=rows, caption=caption)))))


def _side_by_side(cells: Sequence[Inlines]) -> Inlines:
    joined: list[Inline] = []
    for cell in cells:
        joined += [" · ", *cell] if joined else cell
    return tuple(joined)


# --- measured


def size(block: Block) -> Size:
    """The most that a block, made ready, takes of a page; of one that is larger, not all is counted."""
    match block:
        case Heading(parts):
            return Size(weight(parts), 1)
        case Paragraph(lines) | Footer(lines):
            return _sum(lines, _line, _frame(block))
        case Quote(lines) | Aside(lines):
            return _sum(lines, _line, _frame(block))
        case Items(items):
            return _sum(items, _item, _frame(block))
        case Table(_, rows):
            return _sum(rows, _row, _frame(block))
        case Details(_, blocks):
            return _sum(blocks, size, _frame(block))
        case Rule():
            return Size(1, 1)


def _sum(parts: Sequence[T], of: Callable[[T], Size], frame: Size) -> Size:
    total = frame
    for part in parts:
        total += of(part)
        if not total.fits(PAGE):
            break
    return total


def _frame(block: Block) -> Size:
    """What a block takes beside its lines, items, rows or blocks; a part of it takes the same."""
    match block:
        case Quote(_, cite) | Aside(_, cite):
            return Size(weight(cite), 3)  # itself, the paragraph in it, its cite
        case Table(header, _, caption):
            return _row(header) + Size(weight(caption), 2)
        case Details(summary):
            return Size(weight(summary), 2)
        case _:
            return Size(0, 1)


def _line(line: Inlines) -> Size:
    return Size(weight(line), 0)


def _item(item: Inlines) -> Size:
    return Size(weight(item), 2)  # itself and the paragraph in it


def _row(row: Sequence[Inlines]) -> Size:
    return Size(sum(map(weight, row)), 1)


# --- parted


def _fill(
    parts: tuple[T, ...], room: Size, of: Callable[[T], Size], part: Callable[[T, Size], tuple[T | None, tuple[T, ...]]]
) -> tuple[tuple[T, ...], tuple[T, ...]]:
    """The first of `parts` that fit into `room`, and the others.

    One is cut only where it fits on no page, and less than half of the room is taken. What leads stays with the next.
    """
    waiting, taken, left = deque(parts), list[T](), room
    while waiting and (need := of(waiting[0])).fits(left):
        taken.append(waiting.popleft())
        left -= need
    if not waiting:
        return tuple(taken), ()
    while taken and _leads(taken[-1]) and not all(map(_leads, taken)):
        waiting.appendleft(taken.pop())
    half_full = 2 * left.characters <= room.characters or 2 * left.blocks <= room.blocks
    if taken and (half_full or of(waiting[0]).fits(PAGE)) and not all(map(_leads, taken)):
        return tuple(taken), tuple(waiting)
    head, tail = part(waiting.popleft(), left)
    return (*taken, *(() if head is None else (head,))), (*tail, *waiting)


def _leads(part: object) -> bool:
    """Whether it belongs to what follows it."""
    return isinstance(part, Heading | Rule)


def split(block: Block, room: Size) -> Halves:
    """What of a block fits into `room`, and the rest; of a whole page something always does."""
    inner = room - _frame(block)
    if inner.characters < MARGIN or inner.blocks < 4:
        return None, (block,)
    match block:
        case Paragraph(lines) | Footer(lines) | Quote(lines) | Aside(lines):
            return _split_lines(block, lines, inner)
        case Items(items):
            return _split_items(block, items, inner)
        case Table(_, rows):
            return _split_rows(block, rows, inner)
        case Details(summary, blocks):
            head, tail = _fill(blocks, inner, size, split)
            first = replace(block, blocks=head) if head else None
            return first, (Details(summary, tail, block.open),) if tail else ()
        case _:
            return None, (block,)


def _split_lines(block: Paragraph | Footer | Quote | Aside, lines: tuple[Inlines, ...], room: Size) -> Halves:
    head, tail = _fill(lines, room, _line, _part_line)
    rest = (replace(block, lines=tail),) if tail else ()
    if not head:
        return None, rest
    whole = replace(block, lines=head)
    return replace(whole, cite=()) if tail and isinstance(whole, Quote | Aside) else whole, rest


def _part_line(line: Inlines, room: Size) -> "tuple[Inlines | None, tuple[Inlines, ...]]":
    head, tail = cut_line(line, room.characters)
    return head or None, (tail,) if tail else ()


def _split_items(block: Items, items: tuple[Inlines, ...], room: Size) -> Halves:
    """The rest of an item that was cut is no item of its own."""
    head, tail = _fill(items, room, _item, _part_line)
    cut_off = len(head) + len(tail) > len(items)
    rest: list[Block] = [Paragraph(tail[:1])] if cut_off else []
    if following := tail[cut_off:]:
        rest.append(replace(block, items=following, start=block.start + len(head)))
    return replace(block, items=head) if head else None, tuple(rest)


def _split_rows(block: Table, rows: tuple[tuple[Inlines, ...], ...], room: Size) -> Halves:
    head, tail = _fill(rows, room, _row, lambda row, _: (None, (row,)))
    rest = (replace(block, rows=tail, caption=()),) if tail else ()
    return replace(block, rows=head) if head else None, rest
