"""A Rich Message as a chat shows it (Bot API 10.1, "RichBlock"): blocks of text, folded white space, in their order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.local.entities import NOTHING, Styled

Block: TypeAlias = "Prose | Divider | Listing | Quotation | Grid | Folded | Media | Gallery"


@dataclass(frozen=True, slots=True)
class Prose:
    """One run of text. `size` is a heading's, 1 the largest; `credit` is who said a pull quotation."""

    kind: Literal["paragraph", "heading", "pre", "footer", "pullquote", "mathematical_expression"]
    text: Styled
    size: int = 0
    credit: Styled = NOTHING


@dataclass(frozen=True, slots=True)
class Divider:
    pass


@dataclass(frozen=True, slots=True)
class Item:
    """`label` is what stands before it: "•", or its number."""

    label: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    blocks: tuple[Block, ...]
    credit: Styled = NOTHING


@dataclass(frozen=True, slots=True)
class Cell:
    text: Styled
    header: bool = False
    align: str = "left"
    valign: str = "top"
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, row by row."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: Styled = NOTHING
    bordered: bool = False
    striped: bool = False


@dataclass(frozen=True, slots=True)
class Folded:
    """Details: the summary is always seen, the blocks once it is opened."""

    summary: Styled
    blocks: tuple[Block, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Media:
    kind: Literal["photo", "video", "audio", "map"]
    url: str
    caption: Styled = NOTHING


@dataclass(frozen=True, slots=True)
class Gallery:
    kind: Literal["collage", "slideshow"]
    shown: tuple[Media, ...]
    caption: Styled = NOTHING


@dataclass(frozen=True, slots=True)
class Page:
    blocks: tuple[Block, ...]
    rtl: bool = False

    @property
    def text(self) -> str:
        """All that can be read, a line for each run of text; what is folded, too."""
        return "\n".join(text.text for text in texts_of(self.blocks) if text.text)


def texts_of(blocks: Iterable[Block]) -> Iterator[Styled]:
    """Every run of text, in reading order."""
    for block in blocks:
        match block:
            case Prose(_, text, _, credit):
                yield from (text, credit)
            case Quotation(inner, credit):
                yield from (*texts_of(inner), credit)
            case Listing(items):
                yield from (text for item in items for text in texts_of(item.blocks))
            case Grid(rows, caption):
                yield from (caption, *(cell.text for row in rows for cell in row))
            case Folded(summary, inner):
                yield from (summary, *texts_of(inner))
            case Media(_, _, caption):
                yield caption
            case Gallery(_, shown, caption):
                yield from (*texts_of(shown), caption)
            case Divider():
                pass


def count_blocks(blocks: Iterable[Block]) -> int:
    """As the limit counts: nested blocks, items of lists, rows of tables, quotations and details, too."""
    return sum(1 + _inside(block) for block in blocks)


def _inside(block: Block) -> int:
    match block:
        case Quotation(inner) | Folded(_, inner):
            return count_blocks(inner)
        case Listing(items):
            return sum(1 + count_blocks(item.blocks) for item in items)
        case Grid(rows):
            return len(rows)
        case Gallery(_, shown):
            return len(shown)
        case _:
            return 0


def count_media(blocks: Iterable[Block]) -> int:
    return sum(_media(block) for block in blocks)


def _media(block: Block) -> int:
    match block:
        case Media():
            return 1
        case Quotation(inner) | Folded(_, inner) | Gallery(_, inner):
            return count_media(inner)
        case Listing(items):
            return sum(count_media(item.blocks) for item in items)
        case _:
            return 0
