"""What somebody puts aside: /saved, and what the Save button does."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from handlers import compose
from handlers.asked import Asked, Command, View
from handlers.document import Block, Button, Buttons, Document, Heading, Italic, paragraph, rows
from handlers.press import Press
from handlers.texts import N_, Texts, fill
from summaries.models import Briefing, Reader, Saved, instant

SAVE, SAVED, REMOVE = "sv", "sl", "su"
"""The views: `SAVE` carries a briefing and whether it is to be kept, `SAVED` the moment under which its page begins."""

PAGE = 5
MOST = 500
"""Briefings that one person puts aside: a row of the archive is read and written as a whole."""

_STEP = timedelta(milliseconds=1)


# --- pure


def with_saved(reader: Reader, briefing: int, now: datetime) -> Reader:
    """No two are of one millisecond, so that a page can begin at any of them."""
    if any(each.briefing == briefing for each in reader.saved) or len(reader.saved) >= MOST:
        return reader
    last = reader.saved[-1].at + _STEP if reader.saved else instant(now)
    return replace(reader, saved=(*reader.saved, Saved(briefing, max(instant(now), last))))


def without_saved(reader: Reader, briefing: int) -> Reader:
    return replace(reader, saved=tuple(each for each in reader.saved if each.briefing != briefing))


def _page(saved: Sequence[Saved], below: int) -> list[Saved]:
    """Those before the moment `below`, the last saved first, and one more where there are more."""
    return [each for each in reversed(saved) if _millis(each.at) < below][: PAGE + 1]


def _millis(at: datetime) -> int:
    return int(at.timestamp() * 1000)


# --- what is asked


async def is_saved(asked: Asked, briefing: int) -> bool:
    reader = await asked.desk.readers.get(asked.person.id)
    return any(each.briefing == briefing for each in reader.saved)


async def put_aside(asked: Asked, briefing: int, *, wanted: bool) -> str:
    """Saves it or takes it away again; what is to be said of it."""
    if not wanted:
        await asked.desk.readers.change(asked.person.id, lambda reader: without_saved(reader, briefing))
        return asked.texts.gettext("No longer saved.")
    reader = await asked.desk.readers.change(asked.person.id, lambda reader: with_saved(reader, briefing, asked.now))
    if not any(each.briefing == briefing for each in reader.saved):
        return asked.texts.ngettext(
            "You have saved {count}, which is as many as there is room for.",
            "You have saved {count}, which is as many as there is room for.",
            MOST,
        )
    return asked.texts.gettext("Saved. /saved lists what you keep.")


async def saved(asked: Asked) -> Document:
    """/saved, where nobody else reads."""
    if not asked.private:
        said = asked.texts.gettext("What you saved is yours alone: ask me with /saved in our private chat.")
        return compose.line(asked.texts, said)
    return await _listing(asked)


async def show_saved(asked: Asked, press: Press) -> Document | None:
    return await _listing(asked, press.ids[0]) if len(press.ids) == 1 and asked.private else None


async def remove(asked: Asked, press: Press) -> Document | None:
    """Takes one away, and shows the page from which it was."""
    match press.ids:
        case (briefing, below) if asked.private and not asked.desk.readonly:
            asked.aside(await put_aside(asked, briefing, wanted=False))
            return await _listing(asked, below)
    return None


async def _listing(asked: Asked, below: int | None = None) -> Document:
    """The page under the moment `below`; the newest where that is empty by now."""
    reader, texts = await asked.desk.readers.get(asked.person.id), asked.texts
    top = _millis(reader.saved[-1].at) + 1 if reader.saved else 0
    below = top if below is None else min(below, top)
    page = _page(reader.saved, below) or _page(reader.saved, below := top)
    if not page:
        return compose.line(texts, texts.gettext("You have saved nothing yet. Under every briefing is a Save button."))
    there = [(each, await asked.desk.briefing(each.briefing)) for each in page[:PAGE]]
    blocks: list[Block] = [Heading((texts.ngettext("{count} saved", "{count} saved", len(reader.saved)),))]
    blocks += [_entry(each, found, texts) for each, found in there]
    older, newer = len(page) > PAGE, below < top
    return Document(tuple(blocks), _buttons(there, below, texts, older=older, newer=newer), rtl=texts.rtl)


def _entry(each: Saved, found: Briefing | None, texts: Texts) -> Block:
    if found is not None:
        return compose.entry(found, texts)
    gone = fill(texts.gettext("#{number} was withdrawn."), number=str(each.briefing))
    return paragraph(Italic(gone))


def _buttons(
    there: Sequence[tuple[Saved, Briefing | None]], below: int, texts: Texts, *, older: bool, newer: bool
) -> Buttons:
    here = Press(SAVED, (below,)).data
    removers = rows(Button(f"✕ {each.briefing}", Press(REMOVE, (each.briefing, below)).data) for each, _ in there)
    turns = [Button(texts.gettext("‹ Newest"), Press(SAVED, (_NEWEST,)).data)] if newer else []
    if older:
        turns.append(Button(texts.gettext("Older ›"), Press(SAVED, (_millis(there[-1][0].at),)).data))
    return (*compose.openers([found for _, found in there if found], here), *removers, *rows(turns))


_NEWEST = 10**14
"""A moment in milliseconds that is later than all."""

COMMANDS = (Command("saved", N_("One article"), N_("what you have put aside with Save"), saved),)

VIEWS: dict[str, View] = {SAVED: show_saved, REMOVE: remove}
