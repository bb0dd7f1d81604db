"""On the spot, in private: a link, a forwarded post, a pasted text or a document → its briefing, which is not kept."""

from dataclasses import dataclass, replace
from datetime import datetime

from msgspec.structs import replace as changed

from handlers import compose, previews
from handlers.access import Role
from handlers.adding import aground
from handlers.asked import Asked, Target
from handlers.document import Button, Document, Italic, paragraph
from handlers.opened import opened
from handlers.press import Press
from handlers.refusals import unread
from handlers.said import Said
from handlers.texts import Texts
from summaries.errors import InputError
from summaries.filing import Added
from summaries.models import Briefing, Reader, Spent, instant
from summaries.pipeline import SUFFIXES, Better, Prepared
from summaries.scout import Scout, Step

SPOT, CONTEXT, KEEP = "pp", "pc", "pk"
"""The views of a briefing that is not kept; each carries the id of its draft."""

ENDINGS = tuple(sorted(SUFFIXES))
"""Of the documents that are read as an article."""

ARTICLE = 400
"""Characters of a text that is taken for an article; less is talk."""

LARGEST = 1_000_000
"""Bytes of a document that is taken from a chat: the longest reports have a tenth of that in words."""


@dataclass(frozen=True)
class Spot:
    """A briefing that nobody has kept. `url` is where its article was asked for, "" where it was handed in."""

    prepared: Prepared
    url: str = ""


def meant(said: Said, file: str) -> bool:
    """Whether a message without a command hands in an article. `file` is the name of its document, if it has one."""
    if file:
        return file.lower().endswith(ENDINGS)
    return bool(said.links) or len(said.text) >= ARTICLE


async def condense(asked: Asked, said: Said) -> Document:
    """What was said as a briefing: its document, else its link, else its own text."""
    if asked.file is not None:
        return await _made(asked, said, "")
    url = _link(said)
    if url and (known := await asked.desk.find_url(url)):
        return await opened(asked, known)
    return await _made(asked, said, url)


async def condense_link(asked: Asked, url: str) -> Document:
    return await condense(replace(asked, file=None), Said(links=(url,)))


def _link(said: Said) -> str:
    """A pasted article may hold links: they lead elsewhere. A post is mostly the way to its link."""
    pasted = len(said.text) >= ARTICLE and not said.forwarded
    return "" if pasted else next(iter(said.links), "")


async def _made(asked: Asked, said: Said, url: str) -> Document:
    scout = asked.desk.scout
    if scout is None or asked.desk.readonly:
        return aground(asked)
    if asked.file is not None and asked.file.size > LARGEST:
        return compose.line(asked.texts, asked.texts.gettext("That document is too large to be an article."))
    if not await _afford(asked):
        return compose.line(asked.texts, _enough(asked))
    try:
        async with asked.turns.turn(("spot", asked.person.id)):
            prepared = await _read(asked, scout, said, url)
    except InputError as error:
        return unread(error, asked.texts)
    if url and (known := await asked.desk.find_url(prepared.article.url)):
        return await opened(asked, known)
    spot = Spot(prepared, url)
    return _shown(spot, asked, asked.drafts.keep(spot, asked.now))


async def _read(asked: Asked, scout: Scout, said: Said, url: str) -> Prepared:
    """Where a post's link cannot be read, the post itself may be long enough."""
    if asked.file is not None:
        asked.progress(_reading(asked.file.name, asked.texts))
        return await scout.read_document(await asked.file.read(LARGEST), asked.file.name, _post(said))
    if not url:
        asked.progress(_reading(asked.texts.gettext("the text"), asked.texts))
        return await scout.read_document(said.text.encode("utf-8", "ignore"), "", _post(said))
    asked.progress(previews.looking(Step("reading", url), asked.texts))
    try:
        return await scout.read(url)
    except InputError:
        if len(said.text) < ARTICLE:
            raise
        return await scout.read_document(said.text.encode("utf-8", "ignore"), "", _post(said))


def _post(said: Said) -> Better:
    """What Telegram tells of a forwarded post."""
    return Better(url=said.url, outlet=said.outlet, published=instant(said.at) if said.at else None)


def _reading(name: str, texts: Texts) -> Document:
    return compose.line(texts, texts.gettext("Reading {name} …", name=name))


# --- how many


async def _afford(asked: Asked) -> bool:
    """Counts one more for today (UTC); False where that would be too many. What fails counts too: it cost as much."""
    allowed = False

    def spend(reader: Reader) -> Reader:
        nonlocal allowed
        count = _spent(reader, asked.now)
        allowed = count < asked.house.on_the_spot
        return changed(reader, spent=Spent(asked.now.date(), count + 1)) if allowed else reader

    await asked.desk.readers.change(asked.person.id, spend)
    return allowed


def _spent(reader: Reader, now: datetime) -> int:
    return reader.spent.count if reader.spent is not None and reader.spent.day == now.date() else 0


def _enough(asked: Asked) -> str:
    most, texts = asked.house.on_the_spot, asked.texts
    if not most:
        return texts.gettext("This desk reads no articles of your own. /search and /latest show what it has.")
    return texts.ngettext(
        "That was {count} article of your own today, and there are no more until tomorrow. /search is open all day.",
        "Those were {count} articles of your own today, and there are no more until tomorrow. /search is open all day.",
        most,
    )


# --- what is shown


def _shown(spot: Spot, asked: Asked, draft: int) -> Document:
    others = []
    if asked.role is Role.ADMIN:
        others.append(Button(asked.texts.gettext("Keep it in the desk"), Press(KEEP, (draft,)).data))
    context = Press(CONTEXT, (draft,)).data
    document = compose.briefing(_briefing(spot), asked.texts, context=context, others=others)
    note = paragraph(Italic((asked.texts.gettext("Read for you alone; it is not kept here."),)))
    return replace(document, blocks=(*document.blocks, note))


def _briefing(spot: Spot) -> Briefing:
    found = spot.prepared.briefing
    return found if found.url or not spot.url else changed(found, url=spot.url)


async def show(asked: Asked, press: Press) -> Document | None:
    spot = _draft(asked, press)
    return _shown(spot, asked, press.ids[0]) if spot else None


async def show_context(asked: Asked, press: Press) -> Document | None:
    spot = _draft(asked, press)
    if spot is None:
        return None
    again = Press(SPOT, press.ids).data
    return compose.in_context(_briefing(spot), spot.prepared.article, asked.texts, again=again)


async def keep(asked: Asked, press: Press) -> Document | None:
    spot, scout = _draft(asked, press), asked.desk.scout
    if spot is None:
        return None
    if scout is None or asked.desk.readonly:
        return aground(asked)
    filed = await scout.keep(spot.prepared, spot.url)
    asked.drafts.drop(press.ids[0])
    here = asked.texts.gettext("This article is here already.")
    asked.aside(asked.texts.gettext("Kept in the desk.") if isinstance(filed, Added) else here)
    return await opened(asked, filed.briefing)


def _draft(asked: Asked, press: Press) -> Spot | None:
    return asked.drafts.find(press.ids[0], Spot, asked.now) if len(press.ids) == 1 else None


TARGETS = {SPOT: Target(show), CONTEXT: Target(show_context), KEEP: Target(keep, Role.ADMIN)}
