"""How sources come into the desk: /addsource with its preview, and /import."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from handlers import compose, guide, previews
from handlers.asked import Asked
from handlers.document import Document, Italic, paragraph
from handlers.edits import address
from handlers.press import Press
from handlers.previews import Imported, Preview
from handlers.source_pages import one
from handlers.texts import fill
from summaries.desk import Desk
from summaries.errors import InputError
from summaries.filing import Added
from summaries.intake.opml import Outline, read_opml
from summaries.intake.urls import is_url
from summaries.models import Source
from summaries.scout import OnProgress, Prospect, Scout, Step

KEPT_FOR = timedelta(days=30)
"""The days that the page of a source counts its articles of."""

LARGEST_LIST = 5_000_000
"""Bytes of an OPML document that is taken from a chat: some twenty thousand sources."""

PATIENCE = 90.0
"""Seconds for all that is looked at of one address."""

TOGETHER = 32
"""Sources that are stored at the same time: they share an fsync."""


async def add_source(asked: Asked) -> Document:
    """/addsource URL: what is there, with buttons that decide."""
    if asked.file is not None and not asked.words:
        return await import_sources(asked)
    if not asked.words:
        return guide.usage_of("addsource", asked.commands, asked.texts)
    url = address(asked.words)
    if not is_url(url):
        said = asked.texts.gettext("“{words}” is no address. Give that of a feed or of a site: https://…")
        return compose.line(asked.texts, *fill(said, words=asked.words))
    return await look_at(asked, url)


async def look_at(asked: Asked, url: str) -> Document:
    """What is at an address, with buttons that decide."""
    scout = asked.desk.scout
    if known := asked.desk.find_source(url):
        return await _known(asked, known)
    if scout is None:
        return aground(asked)
    prospect = await _looked_at(asked, scout, url)
    if prospect.known is not None:
        return await _known(asked, prospect.known)
    return _decide(asked, Preview(prospect, prospect.candidates))


def aground(asked: Asked) -> Document:
    """Where the desk is shown by a process that neither writes to it nor goes out for it."""
    return compose.line(
        asked.texts, asked.texts.gettext("This chat only shows the desk: it changes and fetches nothing.")
    )


async def _looked_at(asked: Asked, scout: Scout, url: str) -> Prospect:
    """With an end in sight: a site may name many feeds that all hang, and somebody waits."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await scout.prospect(url, _telling(asked))
    except TimeoutError:
        return Prospect("nothing", url, reason="timeout")


def _telling(asked: Asked) -> OnProgress:
    async def tell(step: Step) -> None:
        asked.progress(previews.looking(step, asked.texts))

    return tell


async def _known(asked: Asked, source: Source) -> Document:
    return await page_of(asked, source, note=asked.texts.gettext("This source is here already."))


async def page_of(asked: Asked, source: Source, *, back: str = "", note: str = "") -> Document:
    kept = await asked.desk.kept_since(source.id, asked.now - KEPT_FOR)
    return one(source, asked.texts, kept=kept, back=back, note=note)


def _decide(asked: Asked, found: Preview, note: str = "") -> Document:
    """The preview, kept for its buttons."""
    if found.prospect.kind == "nothing":
        return previews.nothing(found.prospect, asked.texts)
    return previews.preview(found, asked.texts, asked.drafts.keep(found, asked.now), note)


# --- the preview's buttons


async def add(asked: Asked, press: Press) -> Document | None:
    """Add: the source, or the page's article."""
    found, scout = _draft(asked, press), asked.desk.scout
    if found is None:
        return None
    if scout is None:
        return aground(asked)
    document = await (_take if found.prospect.kind == "page" else _follow)(asked, scout, found.prospect)
    asked.drafts.drop(press.ids[0])
    return document


async def _follow(asked: Asked, scout: Scout, found: Prospect) -> Document:
    source = await asked.desk.add_source(found.url, name=found.name, site=found.site, language=found.language)
    note = asked.texts.gettext("Added. Its articles come when it is checked, which begins soon.")
    return await page_of(asked, source, note=note)


async def _take(asked: Asked, scout: Scout, found: Prospect) -> Document:
    asked.progress(previews.looking(Step("reading", found.url), asked.texts))
    try:
        filed = await scout.take(found.url)
    except InputError as error:
        return compose.line(asked.texts, *fill(asked.texts.gettext("That cannot be taken: {why}"), why=str(error)))
    taken = asked.texts.gettext("Taken once, as an article. The page is not followed.")
    note = taken if isinstance(filed, Added) else asked.texts.gettext("This article is here already.")
    document = compose.briefing(filed.briefing, asked.texts)
    return replace(document, blocks=(paragraph(Italic((note,))), *document.blocks))


async def next_feed(asked: Asked, press: Press) -> Document | None:
    """Not this one: the next feed of the site that can be read; after the last comes the first again."""
    found, scout = _draft(asked, press), asked.desk.scout
    if found is None:
        return None
    if scout is None:
        return aground(asked)
    asked.drafts.drop(press.ids[0])
    for place, url in enumerate(found.others):
        prospect = await _looked_at(asked, scout, url)
        if prospect.kind == "feed":
            return _decide(asked, Preview(prospect, (*found.others[place + 1 :], found.prospect.url)))
    note = asked.texts.gettext("The other feeds of this site cannot be read.")
    return _decide(asked, Preview(found.prospect), note)


async def cancel(asked: Asked, press: Press) -> Document | None:
    found = _draft(asked, press)
    if found is None:
        return None
    asked.drafts.drop(press.ids[0])
    return compose.line(asked.texts, *fill(asked.texts.gettext("Nothing was added of {url}"), url=found.prospect.url))


def _draft(asked: Asked, press: Press) -> Preview | None:
    return asked.drafts.find(press.ids[0], Preview, asked.now) if len(press.ids) == 1 else None


# --- lists


async def import_sources(asked: Asked) -> Document:
    """/import with an OPML document: as its caption, or in reply to it."""
    if asked.file is None:
        return guide.usage_of("import", asked.commands, asked.texts)
    if asked.desk.readonly:
        return aground(asked)
    try:
        outlines = await asyncio.to_thread(read_opml, await asked.file.read(LARGEST_LIST))
    except InputError as error:
        said = asked.texts.gettext("That list cannot be taken: {why}")
        return compose.line(asked.texts, *fill(said, why=str(error)))
    total = len(outlines)
    tally = await import_all(
        asked.desk, outlines, lambda done: asked.progress(previews.importing(done, total, asked.texts))
    )
    return previews.imported(tally, asked.texts)


async def import_all(
    desk: Desk, outlines: Sequence[Outline], on_progress: Callable[[int], None] = lambda done: None
) -> Imported:
    """Add every source of a list that the desk does not have. `on_progress` is told how many are done."""
    there = {source.id for source in desk.sources()}
    added = known = 0
    refused: list[tuple[str, str]] = []
    for start in range(0, len(outlines), TOGETHER):
        on_progress(start)
        several = outlines[start : start + TOGETHER]
        for outline, outcome in zip(
            several, await asyncio.gather(*(_add(desk, each) for each in several)), strict=True
        ):
            if isinstance(outcome, InputError):
                refused.append((outline.url, str(outcome)))
            else:
                known, added = known + (outcome.id in there), added + (outcome.id not in there)
                there.add(outcome.id)
    return Imported(added, known, tuple(refused))


async def _add(desk: Desk, outline: Outline) -> Source | InputError:
    try:
        return await desk.add_source(
            outline.url, name=outline.name, tags=outline.tags, labels=outline.labels, site=outline.site
        )
    except InputError as error:
        return error
