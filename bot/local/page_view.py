"""A page as a terminal shows it: headings, folded parts under their summaries, tables, lists, quotations with a bar."""

from collections.abc import Iterable, Iterator
from typing import Literal, cast

from rich import box
from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bot.local.drawing import Barred, Indented, inline
from bot.local.entities import Styled
from bot.local.pages import Block, Divider, Folded, Gallery, Grid, Listing, Media, Page, Prose, Quotation

_PROSE = {"heading": "bold", "footer": "dim", "pre": "cyan", "mathematical_expression": "cyan"}
_UNDERLINED = 2
"""Headings down to this size are underlined, so that the others are seen to be below them."""


def drawn(page: Page, *, links: bool) -> Iterator[RenderableType]:
    """The blocks, an empty line between two of them, but for a heading and what it heads."""
    yield from _spaced(page.blocks, links=links)


def _spaced(blocks: Iterable[Block], *, links: bool) -> Iterator[RenderableType]:
    before: Block | None = None
    for block in blocks:
        if before is not None and not (isinstance(before, Prose) and before.kind == "heading"):
            yield ""
        yield _draw(block, links=links)
        before = block


def _draw(block: Block, *, links: bool) -> RenderableType:
    match block:
        case Prose():
            return _prose(block, links=links)
        case Divider():
            return Rule(style="dim")
        case Listing(items):
            return Group(*(_item(item.label, item.blocks, links=links) for item in items))
        case Quotation(inner, credit):
            said: list[RenderableType] = [*_spaced(inner, links=links), *_credit(credit, links=links)]
            return Barred(Group(*said), "▎")
        case Grid():
            return _grid(block, links=links)
        case Folded():
            return _folded(block, links=links)
        case Media(kind, url, caption):
            return _captioned(Text(f"[{kind}: {url}]", style="dim"), caption, links=links)
        case Gallery(kind, shown, caption):
            head = Text(f"[{kind}]", style="dim")
            return _captioned(Group(head, *(_draw(each, links=links) for each in shown)), caption, links=links)


def _text(styled: Styled, *, links: bool) -> Text:
    return inline(styled, links=links).text


def _prose(block: Prose, *, links: bool) -> RenderableType:
    text = _text(block.text, links=links)
    text.stylize_before(_PROSE.get(block.kind, ""))
    if 0 < block.size <= _UNDERLINED:
        text.stylize_before("underline")
    if block.kind == "pullquote":
        return Barred(Group(text, *_credit(block.credit, links=links)), "❝")
    return Barred(text, "│") if block.kind == "pre" else text


def _credit(credit: Styled, *, links: bool) -> list[RenderableType]:
    return [Text("— ").append_text(_text(credit, links=links))] if credit.text else []


def _item(label: str, blocks: Iterable[Block], *, links: bool) -> RenderableType:
    return Barred(Group(*_spaced(blocks, links=links)), label, once=True)


def _folded(block: Folded, *, links: bool) -> RenderableType:
    sign = "▾ " if block.open else "▸ "
    summary = Text(sign, style="bold").append_text(_text(block.summary, links=links))
    return Group(summary, Indented(Group(*_spaced(block.blocks, links=links))))


def _grid(grid: Grid, *, links: bool) -> RenderableType:
    """What spans columns leaves the others of its row empty."""
    width = max(sum(cell.columns for cell in row) for row in grid.rows)
    head, *rows = grid.rows if all(cell.header for cell in grid.rows[0]) else ((), *grid.rows)
    table = Table(box=box.SIMPLE_HEAD if head else box.SIMPLE, show_header=bool(head), pad_edge=False)
    table.title = _text(grid.caption, links=links) if grid.caption.text else None
    for column in range(width):
        cell = head[column] if column < len(head) else None
        heading = _text(cell.text, links=links) if cell else ""
        table.add_column(heading, justify=_side(cell.align if cell else "left"), overflow="fold")
    for row in rows:
        cells: list[RenderableType] = []
        for each in row:
            cells += [_text(each.text, links=links), *[""] * (each.columns - 1)]
        table.add_row(*cells)
    return table


def _side(align: str) -> Literal["left", "center", "right"]:
    return cast('Literal["left", "center", "right"]', align)


def _captioned(what: RenderableType, caption: Styled, *, links: bool) -> RenderableType:
    return Group(what, _text(caption, links=links)) if caption.text else what
