"""What the `sources` commands print: what the bot says, in plain text, a table for people, JSON lines for programs."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from summaries.errors import InputError

if TYPE_CHECKING:
    from handlers.document import Document
    from summaries.desk import Desk
    from summaries.models import Source

MONTH = timedelta(days=30)
"""The days that articles are counted of."""

_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))
"""Marks that keep scripts apart in a chat, and show as boxes in some terminals."""


def plain(document: "Document") -> str:
    """The document as text, without its buttons."""
    from handlers.looks import classic

    return "\n".join(message.text for message in classic.render(document)).translate(_ISOLATES)


def found(desk: "Desk", id: int) -> "Source":
    source = desk.source(id)
    if source is None:
        raise InputError(f"there is no source {id}; `backchannel sources list` shows them")
    return source


def takes_id(parser: ArgumentParser) -> None:
    parser.add_argument("id", type=int, metavar="ID", help="the source's number")


def print_json(source: "Source", kept: int) -> None:
    import msgspec

    from handlers.source_pages import state_of

    health = source.health
    line = {
        "id": source.id,
        "url": source.url,
        "name": source.name,
        "site": source.site,
        "language": source.language,
        "tags": source.tags,
        "labels": source.labels,
        "state": state_of(source).name.lower(),
        "last_success": health.last_success,
        "last_try": health.last_try,
        "reason": health.reason,
        "detail": health.detail,
        "failures": health.failures,
        "next_check": None if source.paused else health.next_check,
        "cadence": health.cadence or None,
        "kept": kept,
        "pages_tried": health.pages_tried,
        "pages_read": health.pages_read,
    }
    sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    sys.stdout.buffer.flush()


def print_table(rows: Sequence[tuple["Source", int]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from handlers.document import text_of
    from handlers.source_pages import name_of, state_line
    from handlers.texts import texts

    table = Table("ID", "Name", "How it is", "Kept in 30 days", box=None, pad_edge=False)
    for source, kept in rows:
        state = text_of(state_line(source, texts(None)))
        table.add_row(Text(str(source.id)), Text(name_of(source)), Text(state), Text(f"{kept:,}", justify="right"))
    Console(highlight=False).print(table)


async def say_one(desk: "Desk", source: "Source", note: str = "") -> None:
    from handlers.source_pages import one
    from handlers.texts import texts
    from summaries.desk import utcnow

    kept = await desk.kept_since(source.id, utcnow() - MONTH)
    print(plain(one(source, texts(None), kept=kept, note=note)))
