"""Document → pages: Rich Messages in Telegram's HTML (Bot API 10.1). The one place where text becomes their markup."""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.document import (
    Align,
    Aside,
    Asks,
    Block,
    Bold,
    Buttons,
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
)
from handlers.looks.bidi import isolate
from handlers.looks.flow import shown
from handlers.looks.pages import paginate


@dataclass(frozen=True)
class Page:
    """`html` is what is sent of `document`, which is what of the whole stands on this page."""

    html: str
    document: Document

    @property
    def buttons(self) -> Buttons:
        return self.document.buttons

    @property
    def asks(self) -> Asks | None:
        return self.document.asks

    @property
    def rich_message(self) -> dict[str, object]:
        """An InputRichMessage. Telegram may look for entities in it: commands can be tapped, as in a message."""
        return {"html": self.html, "is_rtl": True} if self.document.rtl else {"html": self.html}


def render(document: Document) -> list[Page]:
    """The pages of a document, at least one, in order; buttons and question come with the last.

    A picture or a file is not in them: Rich Messages hold only pictures that the server finds in the web by itself.
    """
    *others, last = paginate(document.blocks)
    parts = [Document(blocks, rtl=document.rtl) for blocks in others]
    parts.append(Document(last, document.buttons, document.rtl, asks=document.asks))
    return [Page(_blocks(part.blocks), part) for part in parts]


def _blocks(blocks: tuple[Block, ...]) -> str:
    return "".join(map(_block, shown(blocks)))


def _block(block: Block) -> str:
    match block:
        case Heading(parts, level):
            return f"<h{level}>{_line(parts)}</h{level}>"
        case Paragraph(lines):
            return f"<p>{_lines(lines)}</p>"
        case Footer(lines):
            return f"<footer>{_lines(lines)}</footer>"
        case Quote(lines, cite):
            return f"<blockquote>{_lines(lines)}{_cite(cite)}</blockquote>"
        case Aside(lines, cite):
            return f"<aside>{_lines(lines)}{_cite(cite)}</aside>"
        case Items():
            return _items(block)
        case Table():
            return _table(block)
        case Details():
            return _details(block)
        case Rule():
            return "<hr/>"


def _lines(lines: tuple[Inlines, ...]) -> str:
    return "<br>".join(map(_line, lines))


def _cite(cite: Inlines) -> str:
    return f"<cite>{_line(cite)}</cite>" if cite else ""


def _items(block: Items) -> str:
    items = "".join(f"<li>{_line(item)}</li>" for item in block.items)
    if not block.numbered:
        return f"<ul>{items}</ul>"
    return f'<ol start="{block.start}">{items}</ol>' if block.start != 1 else f"<ol>{items}</ol>"


def _table(table: Table) -> str:
    caption = f"<caption>{_line(table.caption)}</caption>" if table.caption else ""
    rows = (_row("th", table.header, table.align), *(_row("td", row, table.align) for row in table.rows))
    return f"<table bordered striped>{caption}{''.join(rows)}</table>"


def _row(tag: str, cells: Sequence[Inlines], align: tuple[Align, ...]) -> str:
    stands = [f' align="{side}"' for side in align] or [""] * len(cells)
    made = (f"<{tag}{how}>{_line(cell)}</{tag}>" for cell, how in zip(cells, stands, strict=True))
    return f"<tr>{''.join(made)}</tr>"


def _details(details: Details) -> str:
    summary, inside = _line(details.summary), _blocks(details.blocks)
    if not inside:
        return f"<p><b>{summary}</b></p>"
    return f"<details{' open' if details.open else ''}><summary>{summary}</summary>{inside}</details>"


def _line(parts: Inlines) -> str:
    full = [part for part in parts if any(True for _ in leaves((part,)))]
    units = isolate([list(leaves((part,))) for part in full])
    texts = iter([piece for unit in units for piece in unit])
    return "".join(_parts(tuple(full), texts, frozenset()))


def _parts(parts: Inlines, texts: Iterator[str], inside: frozenset[str]) -> Iterator[str]:
    for part in parts:
        yield from _part(part, texts, inside)


def _part(part: Inline, texts: Iterator[str], inside: frozenset[str]) -> Iterator[str]:
    match part:
        case str():
            yield html.escape(next(texts), quote=False)
        case Passage(parts):
            yield from _parts(parts, texts, inside)
        case Moment(at, _, form):
            text = html.escape(next(texts), quote=False)
            yield f'<tg-time unix="{int(at.timestamp())}" format="{form}">{text}</tg-time>'
        case Bold(parts):
            yield from _marked("b", "", parts, texts, inside)
        case Italic(parts):
            yield from _marked("i", "", parts, texts, inside)
        case Highlight(parts):
            yield from _marked("mark", "", parts, texts, inside)
        case Link(parts, url):
            yield from _marked("a", f' href="{html.escape(url)}"', parts, texts, inside)


def _marked(tag: str, attributes: str, parts: Inlines, texts: Iterator[str], inside: frozenset[str]) -> Iterator[str]:
    """A mark inside one of its own kind says nothing more."""
    if tag in inside:
        yield from _parts(parts, texts, inside)
        return
    yield f"<{tag}{attributes}>"
    yield from _parts(parts, texts, inside | {tag})
    yield f"</{tag}>"
