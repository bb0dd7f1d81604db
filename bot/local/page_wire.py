"""A page as the Bot API's RichMessage: what the bot is given back of what it sent."""

import itertools
from collections.abc import Callable
from typing import Any

from bot.local.entities import Entity, Styled, spans
from bot.local.pages import Block, Cell, Divider, Folded, Gallery, Grid, Listing, Media, Page, Prose, Quotation

Json = dict[str, Any]
Describe = Callable[[Entity], Json]
"""An entity as a MessageEntity."""


def rich_message(page: Page, describe: Describe) -> Json:
    body: Json = {"blocks": [_block(block, describe) for block in page.blocks]}
    return body | ({"is_rtl": True} if page.rtl else {})


def _block(block: Block, describe: Describe) -> Json:
    match block:
        case Prose():
            return _prose(block, describe)
        case Divider():
            return {"type": "divider"}
        case Quotation(inner, credit):
            body: Json = {"type": "blockquote", "blocks": [_block(each, describe) for each in inner]}
            return body | _given("credit", credit, describe)
        case Folded(summary, inner, opened):
            inside = [_block(each, describe) for each in inner]
            body = {"type": "details", "summary": _text(summary, describe), "blocks": inside}
            return body | ({"is_open": True} if opened else {})
        case Listing(items):
            made = [{"label": each.label, "blocks": [_block(one, describe) for one in each.blocks]} for each in items]
            return {"type": "list", "items": made}
        case Grid():
            return _grid(block, describe)
        case Media(kind, url, caption):
            return {"type": kind, "url": url} | _given("caption", caption, describe)
        case Gallery(kind, shown, caption):
            inside = [_block(each, describe) for each in shown]
            return {"type": kind, "blocks": inside} | _given("caption", caption, describe)


def _prose(block: Prose, describe: Describe) -> Json:
    if block.kind == "mathematical_expression":
        return {"type": block.kind, "expression": block.text.text}
    body: Json = {"type": block.kind, "text": _text(block.text, describe)}
    body |= {"size": block.size} if block.size else {}
    return body | _given("credit", block.credit, describe)


def _grid(grid: Grid, describe: Describe) -> Json:
    body: Json = {"type": "table", "cells": [[_cell(cell, describe) for cell in row] for row in grid.rows]}
    body |= {"is_bordered": True} if grid.bordered else {}
    body |= {"is_striped": True} if grid.striped else {}
    return body | _given("caption", grid.caption, describe)


def _cell(cell: Cell, describe: Describe) -> Json:
    body: Json = {"text": _text(cell.text, describe), "align": cell.align, "valign": cell.valign}
    spread = {"colspan": cell.columns, "rowspan": cell.rows}
    return (
        body | {name: size for name, size in spread.items() if size > 1} | ({"is_header": True} if cell.header else {})
    )


def _given(name: str, text: Styled, describe: Describe) -> Json:
    return {name: _text(text, describe)} if text.text else {}


def _text(styled: Styled, describe: Describe) -> object:
    """A RichText: a string, or pieces of which each is wrapped in the marks that lie over it, the widest outside."""
    marks = list(spans(styled))
    ends = sorted({0, len(styled.text), *(place for _, start, end in marks for place in (start, end))})
    pieces: list[object] = []
    for start, end in itertools.pairwise(ends):
        piece: object = styled.text[start:end]
        for entity in reversed([mark for mark, first, last in marks if first <= start and end <= last]):
            piece = _marked(entity, piece, describe)
        pieces.append(piece)
    return pieces[0] if len(pieces) == 1 else pieces or ""


def _marked(entity: Entity, piece: object, describe: Describe) -> Json:
    said = {name: value for name, value in describe(entity).items() if name not in ("offset", "length")}
    return said | {"type": "url" if entity.type == "text_link" else entity.type, "text": piece}
