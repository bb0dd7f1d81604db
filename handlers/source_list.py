"""/sources for readers: what is followed here, and what came of it lately."""

from collections.abc import Sequence
from datetime import timedelta

from handlers import compose, filtered
from handlers.asked import Asked, View
from handlers.document import Block, Bold, Button, Document, Heading, Inlines, Link, Paragraph, linkable, rows
from handlers.opened import FILTERED
from handlers.press import Press
from handlers.source_pages import name_of
from handlers.texts import Texts
from handlers.turning import turned, within
from summaries.models import Source

LISTED = "rs"
"""The view of a page; it carries the place of its first source."""

PAGE = 8
LATELY = timedelta(days=7)


async def sources(asked: Asked) -> Document:
    return await _listing(asked, 0) or compose.line(
        asked.texts, asked.texts.gettext("No sources are followed here yet. /suggest LINK proposes one.")
    )


async def show(asked: Asked, press: Press) -> Document | None:
    return await _listing(asked, press.ids[0]) if len(press.ids) == 1 else None


async def _listing(asked: Asked, offset: int) -> Document | None:
    """The page at `offset`; the last one where there are fewer by now."""
    ordered = sorted(asked.desk.sources(), key=lambda source: name_of(source).casefold())
    if not ordered:
        return None
    offset = within(offset, len(ordered), PAGE)
    page, texts = ordered[offset : offset + PAGE], asked.texts
    lately = [await asked.desk.kept_since(source.id, asked.now - LATELY) for source in page]
    blocks: list[Block] = [Heading((texts.ngettext("{count} source", "{count} sources", len(ordered)),))]
    blocks += [_entry(source, count, texts) for source, count in zip(page, lately, strict=True)]
    buttons = rows((_opener(source) for source in page), width=2)
    return Document(
        tuple(blocks), (*buttons, *rows(turned(Press(LISTED, ()), offset, PAGE, len(ordered), texts))), rtl=texts.rtl
    )


def _entry(source: Source, lately: int, texts: Texts) -> Block:
    name, address = name_of(source), source.site or source.url
    head: Inlines = (Bold((Link((name,), address) if linkable(address) else name,)),)
    return Paragraph((head, (" · ".join(_facts(source, lately, texts)),)))


def _facts(source: Source, lately: int, texts: Texts) -> Sequence[str]:
    count = texts.ngettext("{count} article in the last week", "{count} articles in the last week", lately)
    said = [texts.gettext("paused") if source.paused else count]
    if source.language:
        said.append(texts.language_name(source.language))
    return (*said, *(f"#{tag}" for tag in source.tags))


def _opener(source: Source) -> Button:
    """To the newest of it."""
    return Button(name_of(source)[:40], Press(FILTERED, (filtered.NEWEST, filtered.PAGE, source.id, 0)).data)


VIEWS: dict[str, View] = {LISTED: show}
