"""/stats: how much is here and how it goes, with a picture."""

import asyncio
from collections.abc import Iterator

from babel.units import format_unit

from handlers import stats_pictures
from handlers.access import Role
from handlers.asked import Asked, Command
from handlers.document import Block, Document, Heading, Inlines, Items, Moment, Paragraph, Picture
from handlers.texts import N_, Texts, fill
from summaries.figures import OUTLETS, Figures, figures

_UNITS = ("kilobyte", "megabyte", "gigabyte", "terabyte")


async def stats(asked: Asked) -> Document:
    found = await figures(asked.desk, asked.now)
    anything = found.month or any(day.sent or day.failed or day.doubt for day in found.deliveries)
    picture = await asyncio.to_thread(stats_pictures.draw, found) if anything else b""
    texts = asked.texts
    since = Moment(asked.desk.opened, texts.moment(asked.desk.opened), "wDt")
    lines: list[Inlines] = [fill(texts.gettext("Running since {moment}."), moment=since), (on_disk(found, texts),)]
    blocks: tuple[Block, ...] = (
        Heading((texts.gettext("The desk in numbers"),)),
        Paragraph((*_articles(found, texts), *_people(found, texts))),
        *_brought(found, texts, drawn=bool(picture)),
        Heading((texts.gettext("Deliveries"),), level=2),
        Paragraph(tuple(_deliveries(found, texts))),
        Paragraph(tuple(lines)),
    )
    shown = Picture(picture, texts.gettext(_SHOWN)) if picture else None
    return Document(blocks, rtl=texts.rtl, picture=shown)


_SHOWN = N_("Above articles a day by source, below deliveries a day and in red those that failed, for 30 days")


def _articles(found: Figures, texts: Texts) -> Iterator[Inlines]:
    briefings = texts.ngettext("{count} briefing", "{count} briefings", found.briefings)
    stories = texts.ngettext("{count} story", "{count} stories", found.stories)
    yield (texts.gettext("{briefings} in {stories}", briefings=briefings, stories=stories),)
    said = texts.gettext("{today} today, {week} in 7 days, {month} in 30 days")
    today, week, month = (texts.number(count) for count in (found.today, found.week, found.month))
    yield fill(said, today=today, week=week, month=month)


def _people(found: Figures, texts: Texts) -> Iterator[Inlines]:
    people = texts.ngettext("{count} person", "{count} people", found.people)
    chats = texts.ngettext("{count} chat", "{count} chats", found.chats)
    digests = texts.ngettext("{count} with digests", "{count} with digests", found.subscribed)
    yield (f"{people}, {chats}, {digests}",)


def _brought(found: Figures, texts: Texts, *, drawn: bool) -> Iterator[Block]:
    """The sources that brought most, by the numbers that they have in the picture."""
    if not found.brought:
        return
    heading = texts.ngettext(
        "{count} source; the most in 30 days", "{count} sources; the most in 30 days", found.sources
    )
    yield Heading((heading,), level=2)
    yield Items(tuple((one.name, f": {texts.number(one.total)}") for one in found.brought[:OUTLETS]), numbered=True)
    if drawn:
        said = texts.gettext("In the picture the first five have the colours of their numbers; all else is grey.")
        yield Paragraph(((said,),))


def _deliveries(found: Figures, texts: Texts) -> Iterator[Inlines]:
    today, month = found.deliveries[-1], sum(day.sent for day in found.deliveries)
    said = texts.gettext("{today} sent today, {month} in 30 days")
    yield fill(said, today=texts.number(today.sent), month=texts.number(month))
    refused = texts.ngettext("{count} refused today", "{count} refused today", today.failed)
    waiting = texts.ngettext("{count} waits", "{count} wait", found.outbox.pending)
    doubt = texts.ngettext("{count} in doubt", "{count} in doubt", found.outbox.doubt)
    yield (f"{refused}, {waiting}, {doubt}",)


def on_disk(found: Figures, texts: Texts) -> str:
    """The size in the largest unit of which there is one."""
    value, unit = found.size / 1000, 0
    while value >= 1000 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    shown = format_unit(round(value, 1), _UNITS[unit], "short", locale=texts.locale)
    return texts.gettext("{size} on the disk", size=shown)


COMMANDS = (
    Command("stats", N_("This bot"), N_("how much is here, and how it goes"), stats, role=Role.ADMIN, slow=True),
)
