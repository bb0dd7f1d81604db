"""A message as a terminal shows it: styles, links, quotations with a bar, code, buttons with their numbers."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
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
        yield Barred(text[_moved(text, start) : _moved(text, end)], _BARS[entity.type])
        at = end
    if rest := _lines(text, at, len(styled.text)):
        yield rest


class Marked(Text):
    """Text into which URLs and spoiler marks were put: `moved[i]` is where the message's code point `i` is now."""

    moved: Sequence[int] = ()


def inline(styled: Styled, *, links: bool) -> Marked:
    """The text with the styles of its entities; what a plain terminal can't show by style is shown by marks."""
    text = Marked(styled.text)
    for entity, start, end in spans(styled):
        text.stylize(_style(entity, styled.text[start:end], links=links), start, end)
    return _with_marks(text, _marks(styled, links=links))


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
            yield Text(f"{self._bar} ", style="green", end="") + line


def indented(content: RenderableType) -> Padding:
    return Padding(content, (0, 0, 0, 2))


def _style(entity: Entity, words: str, *, links: bool) -> Style:
    style = Style.parse(_STYLES.get(entity.type, ""))
    url = entity.url or (words if entity.type == "url" else "")
    return style + Style(link=url) if links and url else style


def _marks(styled: Styled, *, links: bool) -> list[tuple[int, str]]:
    """What is to be put in, and before which code point."""
    marks: list[tuple[int, str]] = []
    for entity, start, end in spans(styled):
        if entity.type == "text_link" and not links and entity.url.rstrip("/") != styled.text[start:end].rstrip("/"):
            marks.append((end, f" ({entity.url})"))
        elif entity.type == "spoiler":
            marks += [(start, "||"), (end, "||")]
        elif entity.type == "date_time" and entity.unix_time is not None:
            marks.append((end, _instant(entity.unix_time, styled.text[start:end])))
    return sorted(marks, key=lambda mark: mark[0])


def _instant(unix_time: int, fallback: str) -> str:
    """A client shows the instant in its reader's zone; beside its fallback text, where that says something else."""
    try:
        local = datetime.fromtimestamp(unix_time, UTC).astimezone()
    except (ValueError, OverflowError, OSError):
        return ""
    shown = f"{local:%Y-%m-%d %H:%M}"
    return "" if shown in fallback else f" ({shown})"


def _with_marks(text: Text, marks: list[tuple[int, str]]) -> Marked:
    marked = Marked()
    moved: list[int] = []
    at = 0
    for place, mark in [*marks, (len(text), "")]:
        moved += range(len(marked), len(marked) + place - at)
        marked.append_text(text[at:place])
        marked.append(mark, style="dim")
        at = place
    marked.moved = [*moved, len(marked)]
    return marked


def _moved(text: Marked, place: int) -> int:
    """Where code point `place` begins, or with what was put in behind the one before, where a block ends."""
    return text.moved[place]


def _whole_blocks(styled: Styled) -> Iterator[tuple[Entity, int, int]]:
    """Quotations and code that stand for themselves; code inside a quotation is part of it."""
    at = 0
    for entity, start, end in spans(styled):
        if entity.type in _BLOCKS and start >= at and end > start:
            yield entity, start, end
            at = end


def _lines(text: Marked, start: int, end: int) -> Text | None:
    """The text between two blocks without the line breaks that only part it from them."""
    piece = text[_moved(text, start) : _moved(text, end)]
    while piece.plain.startswith("\n"):
        piece = piece[1:]
    piece.rstrip()
    return piece if piece.plain else None


def _attachment_line(attachment: Attachment) -> str:
    size = len(attachment.data)
    shown = f"{size / 1000:.1f} kB" if size >= 1000 else f"{size} bytes"
    return f"[{attachment.kind}: {attachment.name}, {shown}]"
