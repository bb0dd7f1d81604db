"""A message as a terminal shows it: styles, links, quotations with a bar, code, buttons with their numbers."""

import os
from collections.abc import Iterable, Iterator, Mapping

from rich.console import Console, Group, RenderableType
from rich.style import Style
from rich.text import Text

from bot.local.drawing import Barred, Marked, inline
from bot.local.entities import QUOTES, Entity, Styled, spans
from bot.local.page_view import drawn
from bot.local.world import Attachment, Button, Message

_BARS = {"blockquote": "▎", "expandable_blockquote": "┆", "pre": "│"}
_BLOCKS = QUOTES | {"pre"}
_LINKLESS_TERMINALS = frozenset({"linux", "dumb", "vt100"})


def shows_links(console: Console, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal turns OSC 8 sequences into links. Where it doesn't, the URL stands behind its words."""
    if not console.is_terminal or console.legacy_windows or console.is_dumb_terminal:
        return False
    return environ.get("TERM") not in _LINKLESS_TERMINALS and environ.get("TERM_PROGRAM") != "Apple_Terminal"


def body(message: Message, *, links: bool) -> RenderableType:
    """The text with its quotations and code, and what is attached. Service messages say what happened."""
    shown = drawn(message.page, links=links) if message.page else blocks(message.content, links=links)
    parts: list[RenderableType] = list(shown)
    if message.attachment:
        parts.insert(0, Text(_attachment_line(message.attachment), style="dim"))
    if message.service:
        parts.append(Text(", ".join(name.replace("_", " ") for name in message.service), style="dim italic"))
    return Group(*parts)


def blocks(styled: Styled, *, links: bool) -> Iterator[RenderableType]:
    """Runs of plain paragraphs, and each quotation or block of code on its own, in their order."""
    text = inline(styled, links=links)
    at = 0
    for entity, start, end in _whole_blocks(styled):
        if between := _lines(text, at, start):
            yield between
        yield Barred(text.cut(start, end), _BARS[entity.type])
        at = end
    if rest := _lines(text, at, len(styled.text)):
        yield rest


def button_line(numbered: Iterable[tuple[int, Button]], *, links: bool) -> Text:
    """`[1] In context   [2] Original`: one row of a keyboard."""
    line = Text()
    for number, button in numbered:
        line.append("   " if line else "").append(f"[{number}]", style="bold green").append(" ")
        style = Style(link=button.url, underline=True) if links and button.url else Style()
        line.append(button.text, style=style)
        if button.url and not links:
            line.append(f" ({button.url})", style="dim")
    return line


def _whole_blocks(styled: Styled) -> Iterator[tuple[Entity, int, int]]:
    """Quotations and code that stand for themselves; code inside a quotation is part of it."""
    at = 0
    for entity, start, end in spans(styled):
        if entity.type in _BLOCKS and start >= at and end > start:
            yield entity, start, end
            at = end


def _lines(text: Marked, start: int, end: int) -> Text | None:
    """The text between two blocks without the line breaks that only part it from them."""
    piece = text.cut(start, end)
    while piece.plain.startswith("\n"):
        piece = piece[1:]
    piece.rstrip()
    return piece if piece.plain else None


def _attachment_line(attachment: Attachment) -> str:
    if attachment.kind == "photo":
        return f"[picture: {attachment.name.rpartition('.')[0] or attachment.name}]"
    size = len(attachment.data)
    shown = f"{size / 1000:.1f} kB" if size >= 1000 else f"{size} bytes"
    return f"[{attachment.kind}: {attachment.name}, {shown}]"
