"""A message as a terminal shows it: styles, links, quotations with a bar, code, buttons with their numbers."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from bot.local.entities import QUOTES, Entity, Styled, spans
from bot.local.world import Attachment, Button, Message

_STYLES = {
    "bold": "bold",
    "italic": "italic",
    "underline": "underline",
    "strikethrough": "strike",
    "code": "cyan",
    "pre": "cyan",
    "bot_command": "blue",
    "mention": "blue",
    "hashtag": "blue",
    "url": "blue underline",
    "text_link": "blue underline",
    "text_mention": "blue",
    "spoiler": "dim",
    "date_time": "underline",
}
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
    parts: list[RenderableType] = list(blocks(message.content, links=links))
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


@dataclass(frozen=True, slots=True)
class Marked:
    """Text into which URLs and spoiler marks were put: a cut before code point `i` is now one before `moved[i]`."""

    text: Text
    moved: Sequence[int]

    def cut(self, start: int, end: int) -> Text:
        return self.text[self.moved[start] : self.moved[end]]


def inline(styled: Styled, *, links: bool) -> Marked:
    """The text with the styles of its entities; what a plain terminal can't show by style is shown by marks."""
    text = Text(styled.text)
    openers: dict[int, str] = defaultdict(str)
    closers: dict[int, str] = defaultdict(str)
    for entity, start, end in spans(styled):
        text.stylize(_style(entity, styled.text[start:end], links=links), start, end)
        opener, closer = _marks(entity, styled.text[start:end], links=links)
        openers[start] += opener
        closers[end] += closer
    return _with_marks(text, openers, closers)


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


class Barred:
    """A block with a bar at its left on every line, however it wraps."""

    def __init__(self, text: Text, bar: str) -> None:
        self._text = text
        self._bar = bar

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = max(options.max_width - cell_len(self._bar) - 1, 1)
        for line in self._text.wrap(console, width):
            yield Text(f"{self._bar} ", style="green") + line


class Indented:
    """Two columns to the right. rich's own `Padding` also fills the lines up, which a file or a pipe would keep."""

    def __init__(self, content: RenderableType) -> None:
        self._content = content

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        inner = options.update(width=max(options.max_width - 2, 1))
        for line in console.render_lines(self._content, inner, pad=False):
            yield Segment("  ")
            yield from line
            yield Segment.line()


def _style(entity: Entity, words: str, *, links: bool) -> Style:
    style = Style.parse(_STYLES.get(entity.type, ""))
    url = entity.url or (words if entity.type == "url" else "")
    return style + Style(link=url) if links and url else style


def _marks(entity: Entity, words: str, *, links: bool) -> tuple[str, str]:
    """What is put in before and behind the words of an entity."""
    if entity.type == "spoiler":
        return "||", "||"
    if entity.type == "text_link" and not links and entity.url.rstrip("/") != words.rstrip("/"):
        return "", f" ({entity.url})"
    if entity.type == "date_time" and entity.unix_time is not None:
        return "", _instant(entity.unix_time, words)
    return "", ""


def _instant(unix_time: int, fallback: str) -> str:
    """A client shows the instant in its reader's zone; beside its fallback text, where that says something else."""
    try:
        local = datetime.fromtimestamp(unix_time, UTC).astimezone()
    except (ValueError, OverflowError, OSError):
        return ""
    shown = f"{local:%Y-%m-%d %H:%M}"
    return "" if shown in fallback else f" ({shown})"


def _with_marks(text: Text, openers: Mapping[int, str], closers: Mapping[int, str]) -> Marked:
    """A cut falls behind what closes at it and before what opens at it, so that marks stay with their words."""
    marked = Text()
    moved: list[int] = []
    shift = 0
    for place in range(len(text) + 1):
        shift += len(closers.get(place, ""))
        moved.append(place + shift)
        shift += len(openers.get(place, ""))
    at = 0
    for place in sorted({*openers, *closers, len(text)}):
        marked.append_text(text[at:place])
        marked.append(closers.get(place, "") + openers.get(place, ""), style="dim")
        at = place
    return Marked(marked, moved)


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
    size = len(attachment.data)
    shown = f"{size / 1000:.1f} kB" if size >= 1000 else f"{size} bytes"
    return f"[{attachment.kind}: {attachment.name}, {shown}]"
