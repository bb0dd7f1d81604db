"""Document → messages in Telegram's HTML. The one place where text becomes markup."""

import html
from collections.abc import Iterator
from dataclasses import dataclass, replace

from handlers.document import Asks, Bold, Buttons, Document, File, Italic, Link, Moment, Picture, Quote, visible
from handlers.looks.cut import cut
from handlers.looks.flow import Flow, Mark, Span, write
from handlers.looks.plain import units

LIMIT = 4096
"""UTF-16 code units of a message after parsing (Bot API, sendMessage)."""

CAPTION = 1024
"""UTF-16 code units of what is said with a file or a picture (Bot API, sendDocument, sendPhoto)."""

ENTITIES = 100
"""Marks in a message; Telegram drops more without a word."""

BYTES = 32_000
"""Of the markup itself: a server refuses 2**15 of it, however short the text, and long links add up."""


@dataclass(frozen=True)
class Message:
    """`html` is what is sent; `text` is the same without markup, for a server that refuses it.

    Both are empty for a file that is sent without a caption.
    """

    html: str
    text: str
    buttons: Buttons = ()
    file: File | None = None
    asks: Asks | None = None
    picture: Picture | None = None


def render(document: Document, *, limit: int = LIMIT) -> list[Message]:
    """The messages of a document, at least one, in order; the picture comes with the first, the rest with the last."""
    flow = write(document)
    first = limit if document.picture is None else min(limit, CAPTION)
    pieces = list(_pieces(flow, first, limit))
    messages = [Message(_markup(flow, start, end), flow.text[start:end]) for start, end in pieces]
    messages[0] = replace(messages[0], picture=document.picture)
    if document.file is not None and units(messages[-1].text) > CAPTION:
        messages.append(Message("", ""))
    messages[-1] = replace(messages[-1], buttons=document.buttons, file=document.file, asks=document.asks)
    return messages


def _pieces(flow: Flow, first: int, others: int) -> Iterator[tuple[int, int]]:
    """The stretches of the text that are messages, without white space around them, each within its limit."""
    start, limit = 0, first
    while start < len(flow.text):
        end = cut(flow.text, start, _furthest(flow, start, limit), flow.breaks, limit)
        end = _outside_moments(flow, start, end)
        if visible(piece := flow.text[start:end]):
            limit = others
            yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        start = end


def _furthest(flow: Flow, start: int, limit: int) -> int:
    """How far a message from `start` on may reach by every limit."""
    end = min(start + limit, len(flow.text))
    while (over := units(flow.text[start:end]) - limit) > 0:
        end -= (over + 1) // 2
    marks = [span.start for span in flow.spans if span.end > start and span.start < end]
    if len(marks) > ENTITIES:
        end = marks[ENTITIES]
    while len(_markup(flow, start, end).encode()) > BYTES:
        end = start + (end - start) // 2
    return end


def _outside_moments(flow: Flow, start: int, end: int) -> int:
    """A moment cut in two would be shown twice, by each half."""
    for span in flow.spans:
        if isinstance(span.mark, Moment) and start < span.start < end < span.end:
            return span.start
    return end


def _markup(flow: Flow, start: int, end: int) -> str:
    out: list[str] = []
    open_spans: list[Span] = []
    at = start

    def write_to(place: int) -> None:
        nonlocal at
        out.append(html.escape(flow.text[at:place], quote=False))
        at = max(at, place)

    def close_until(place: int) -> None:
        while open_spans and open_spans[-1].end <= place:
            write_to(min(open_spans[-1].end, end))
            out.append(f"</{_name(open_spans.pop().mark)}>")

    for span in flow.spans:
        if span.end > start and span.start < end:
            close_until(span.start)
            write_to(max(span.start, start))
            out.append(f"<{_name(span.mark)}{_attributes(span.mark)}>")
            open_spans.append(span)
    close_until(len(flow.text))
    write_to(end)
    return "".join(out)


def _name(mark: Mark) -> str:
    match mark:
        case Bold():
            return "b"
        case Italic():
            return "i"
        case Link():
            return "a"
        case Moment():
            return "tg-time"
        case Quote():
            return "blockquote"


def _attributes(mark: Mark) -> str:
    match mark:
        case Link(_, url):
            return f' href="{html.escape(url)}"'
        case Moment(at, _, form):
            return f' unix="{int(at.timestamp())}" format="{form}"'
        case Quote(expandable=True):
            return " expandable"
        case _:
            return ""
