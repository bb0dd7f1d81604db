"""What a terminal draws with: text with the styles of its entities, bars at its side, indents."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from bot.local.entities import Entity, Styled, spans

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
    "marked": "reverse",
    "mathematical_expression": "cyan",
}


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


class Barred:
    """A block with a bar at its left on every line, however it wraps; with a sign at its first line only, if `once`."""

    def __init__(self, content: RenderableType, bar: str, *, once: bool = False) -> None:
        self._content = content
        self._bar = bar
        self._once = once

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        inner = options.update(width=max(options.max_width - cell_len(self._bar) - 1, 1))
        bar, style = f"{self._bar} ", Style(color="green")
        for line in console.render_lines(self._content, inner, pad=False):
            yield Segment(bar, style)
            yield from line
            yield Segment.line()
            bar = " " * cell_len(bar) if self._once else bar


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
