"""An answer as a small tree: what is said, in which order, with which buttons. No markup in it.

Every string is plain text, from anywhere; a look (`handlers.looks`) turns the tree into messages and escapes it there.
Constructors raise `ValueError` for what no look could send, so that a wrong answer fails where it is made.

    Document
    ├── blocks: Heading, Paragraph, Quote, Aside, Items, Table, Details (holds blocks), Footer, Rule
    │           └── lines of inlines: str, Bold, Italic, Highlight, Link, Moment, Passage
    ├── picture: shown above the blocks
    ├── buttons: rows of Button
    └── file, or asks: something to download, or what the answer to a question leads to
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

Inline: TypeAlias = "str | Bold | Italic | Highlight | Link | Moment | Passage"
Inlines: TypeAlias = "tuple[Inline, ...]"
Block: TypeAlias = "Heading | Paragraph | Quote | Aside | Items | Table | Details | Footer | Rule"
Align: TypeAlias = Literal["left", "center", "right"]

DATA_BYTES = 64  # Bot API, InlineKeyboardButton.callback_data: 1-64 bytes
URL_LENGTH = 2048
ROW_BUTTONS = 8  # what clients show side by side
BUTTONS = 100  # an inline keyboard with more is refused
PLACEHOLDER = 64  # Bot API, ForceReply.input_field_placeholder
COLUMNS = 20  # Bot API 10.1, Rich Message tables

_FORMAT = re.compile(r"r|(?=.)w?[dD]?[tT]?")
_UNSEEN = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf"))
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0\ufffc")  # letters and symbols by category, blank on every screen


def visible(text: str) -> bool:
    """Whether a person would see anything of it. Telegram refuses a message of which nothing is seen."""
    return any(char not in _BLANK and unicodedata.category(char) not in _UNSEEN for char in text)


def linkable(url: str) -> bool:
    """Whether Telegram accepts `url` under a text and under a button: http(s), a host with a dot, all printable."""
    if len(url) > URL_LENGTH or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  raises for a port that is no number
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "").strip(".")


@dataclass(frozen=True)
class Bold:
    parts: Inlines


@dataclass(frozen=True)
class Italic:
    parts: Inlines


@dataclass(frozen=True)
class Highlight:
    """What was looked for, where it was found."""

    parts: Inlines


@dataclass(frozen=True)
class Link:
    parts: Inlines
    url: str

    def __post_init__(self) -> None:
        if not linkable(self.url):
            raise ValueError(f"not a link that Telegram accepts: {self.url[:80]!r}")


@dataclass(frozen=True)
class Moment:
    """An instant that the client shows in its reader's own zone. `fallback` is what clients without that show.

    `format` is Telegram's: "r" for relative, else any of "w" weekday, "d"/"D" short or long date, "t"/"T" short or long
    time, in this order.
    """

    at: datetime
    fallback: str
    format: str = "D"

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        if not _FORMAT.fullmatch(self.format):
            raise ValueError(f"not a format of tg-time: {self.format!r}")
        if not visible(self.fallback):
            raise ValueError("a moment needs a fallback text")


@dataclass(frozen=True)
class Passage:
    """Pieces of one text, some of them marked: looks keep the direction of its script together as one."""

    parts: Inlines


@dataclass(frozen=True)
class Heading:
    parts: Inlines
    level: Literal[1, 2, 3, 4, 5, 6] = 1


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together; each is on a line of its own."""

    lines: tuple[Inlines, ...]


@dataclass(frozen=True)
class Quote:
    """Somebody's own words. `expandable` ones are folded by the client until they are tapped."""

    lines: tuple[Inlines, ...]
    cite: Inlines = ()
    expandable: bool = False


@dataclass(frozen=True)
class Aside:
    """A sentence that is set apart from the text as worth its own look: a pull quotation."""

    lines: tuple[Inlines, ...]
    cite: Inlines = ()


@dataclass(frozen=True)
class Items:
    """A list: bullets, or numbers from `start`."""

    items: tuple[Inlines, ...]
    numbered: bool = False
    start: int = 1


@dataclass(frozen=True)
class Table:
    """`align` is how the columns stand, one for each; none given: as their script does.

    `by_column`: where there is no room for columns, one is read after the other, each under its name; else the rows.
    """

    header: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    caption: Inlines = ()
    align: tuple[Align, ...] = ()
    by_column: bool = False

    def __post_init__(self) -> None:
        if not 1 <= len(self.header) <= COLUMNS:
            raise ValueError(f"a table has 1 to {COLUMNS} columns, not {len(self.header)}")
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError("every row of a table has a cell for each column")
        if self.align and len(self.align) != len(self.header):
            raise ValueError("a table says how all of its columns stand, or none of them")


@dataclass(frozen=True)
class Details:
    """A part that a reader opens: `summary` is what is seen of it before."""

    summary: Inlines
    blocks: "tuple[Block, ...]"
    open: bool = False

    def __post_init__(self) -> None:
        if not visible(text_of(self.summary)):
            raise ValueError("details need a summary")


@dataclass(frozen=True)
class Footer:
    """What is said in small print."""

    lines: tuple[Inlines, ...]


@dataclass(frozen=True)
class Rule:
    """A line between what is before and what is behind it; of two that meet, and at an end, nothing is shown."""


@dataclass(frozen=True)
class Button:
    """Either `data`, which comes back to the bot when it is pressed, or a `url` to open."""

    label: str
    data: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if not visible(self.label):
            raise ValueError("a button needs a label")
        if bool(self.data) == bool(self.url):
            raise ValueError(f"button {self.label!r} needs data or a URL, and not both")
        if len(self.data.encode()) > DATA_BYTES:
            raise ValueError(f"the data of button {self.label!r} takes more than {DATA_BYTES} bytes: {self.data!r}")
        if self.url and not linkable(self.url):
            raise ValueError(f"not a link that Telegram accepts: {self.url[:80]!r}")


Buttons: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class File:
    """Something to download: what is said with it is its caption, where that is short enough."""

    name: str
    data: bytes

    def __post_init__(self) -> None:
        if not visible(self.name) or not self.data:
            raise ValueError("a file needs a name and something in it")


@dataclass(frozen=True)
class Picture:
    """A PNG, and in `alt` what it shows, in words, for who does not see it."""

    data: bytes
    alt: str

    def __post_init__(self) -> None:
        if not self.data or not visible(self.alt):
            raise ValueError("a picture needs something in it and words that say what it shows")


@dataclass(frozen=True)
class Asks:
    """The document is a question. What is written in reply goes to where a button with this `data` leads.

    `placeholder` is shown in the input field until something is typed.
    """

    data: str
    placeholder: str

    def __post_init__(self) -> None:
        if not self.data or not 1 <= len(self.placeholder) <= PLACEHOLDER:
            raise ValueError(f"a question needs data and a placeholder of 1 to {PLACEHOLDER} characters")


@dataclass(frozen=True)
class Document:
    """A whole answer. `rtl` says that its own language (not that of what it quotes) is written from right to left.

    `page` opens the same as a page; it is shown under a document that takes several messages, where pages are taken.
    """

    blocks: tuple[Block, ...]
    buttons: Buttons = ()
    rtl: bool = False
    file: File | None = None
    asks: Asks | None = None
    picture: Picture | None = None
    page: Button | None = None

    def __post_init__(self) -> None:
        if self.buttons and self.asks:
            raise ValueError("Telegram takes either buttons or a question for a reply")
        if self.picture and self.file:
            raise ValueError("a document has either a picture or a file")
        if not any(visible(text) for block in self.blocks for text in texts_of(block)):
            raise ValueError("a document needs something to be seen")
        if any(not 1 <= len(row) <= ROW_BUTTONS for row in self.buttons):
            raise ValueError(f"a row has 1 to {ROW_BUTTONS} buttons")
        if sum(map(len, self.buttons)) > BUTTONS:
            raise ValueError(f"a message has at most {BUTTONS} buttons")


def paragraph(*parts: Inline) -> Paragraph:
    return Paragraph((parts,))


def rows(buttons: Iterable[Button], *, width: int = ROW_BUTTONS) -> Buttons:
    """The buttons in rows of at most `width`."""
    flat = tuple(buttons)
    return tuple(flat[start : start + width] for start in range(0, len(flat), width))


def leaves(parts: Inlines) -> Iterator[str]:
    """Every string of `parts`, in reading order."""
    for part in parts:
        if isinstance(part, str):
            yield part
        elif isinstance(part, Moment):
            yield part.fallback
        else:
            yield from leaves(part.parts)


def text_of(parts: Inlines) -> str:
    return "".join(leaves(parts))


def texts_of(block: Block) -> Iterator[str]:
    """Every string of `block`, in reading order."""
    for line in _lines_of(block):
        yield from leaves(line)
    if isinstance(block, Details):
        for inner in block.blocks:
            yield from texts_of(inner)


def _lines_of(block: Block) -> tuple[Inlines, ...]:
    match block:
        case Heading(parts):
            return (parts,)
        case Paragraph(lines) | Footer(lines):
            return lines
        case Quote(lines, cite) | Aside(lines, cite):
            return (*lines, cite)
        case Items(items):
            return items
        case Table(header, rows, caption):
            return (caption, *header, *(cell for row in rows for cell in row))
        case Details(summary):
            return (summary,)
        case Rule():
            return ()
