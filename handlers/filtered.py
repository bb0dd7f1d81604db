"""The newest of one source, one outlet or one tag: /latest Tarn Mail #harbour, and the buttons of /sources."""

import asyncio
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from handlers import compose
from handlers.asked import Asked, View
from handlers.document import Block, Button, Document, Heading, Inlines, Italic, paragraph, rows
from handlers.numbers import number_of
from handlers.opened import FILTERED
from handlers.press import Press
from handlers.source_pages import name_of
from handlers.texts import Texts, fill
from handlers.typed import whole_number
from summaries.models import Briefing, Source

PAGE = 5
LONGEST_PAGE = 50

NEWEST = 0
"""Where the first page begins: under no id."""

WINDOW = 200
LOOKED_AT = 3_000
"""Briefings that one page looks through; the next page looks further back."""

OUTLETS_OF = 1_000
"""The newest briefings, whose outlets can be named by a part of their names."""

_OUTLET = 10**12
"""What numbers of outlets begin with: those of sources are lower."""


@dataclass(frozen=True)
class Filter:
    """`who` is a source's id, or `_OUTLET` and the number of an outlet's name; `tag` the number of a tag; 0 for any."""

    who: int = 0
    tag: int = 0

    def takes(self, found: Briefing, tagged: Collection[int]) -> bool:
        """`tagged` are the sources that have the tag by now, whatever they had when the article came."""
        return self._is_by(found) and (
            not self.tag or found.source in tagged or self.tag in map(tag_number, found.tags)
        )

    def _is_by(self, found: Briefing) -> bool:
        if self.who >= _OUTLET:
            return outlet_number(found.outlet) == self.who
        return not self.who or found.source == self.who


@dataclass(frozen=True)
class Wish:
    """What stands behind /latest. `count` is None where no number does; `tag` is without "#"."""

    count: int | None = None
    source: str = ""
    tag: str = ""


def read(words: str) -> Wish:
    """A number first or last, a tag anywhere; all else names a source."""
    said = words.split()
    tags = [word for word in said if word.startswith("#") and word.strip("#")]
    rest = [word for word in said if word not in tags]
    count = None
    for place in (0, -1):
        if count is None and rest and (count := whole_number(rest[place])) is not None:
            del rest[place]
    return Wish(count, " ".join(rest), tags[0].strip("#") if tags else "")


def tag_number(tag: str) -> int:
    return number_of(tag.casefold())


def outlet_number(outlet: str) -> int:
    return _OUTLET + number_of(outlet.casefold())


# --- what is asked


async def latest(asked: Asked, wish: Wish, size: int, note: str) -> Document:
    """The newest of what the wish names; where its source is not clear, those that may be meant."""
    tag = tag_number(wish.tag) if wish.tag else 0
    if not wish.source:
        return await _first(asked, Filter(0, tag), size, note, f"#{wish.tag}")
    meant = sources_named(wish.source, asked.desk.sources())
    if len(meant) > 1:
        return _choice(meant, tag, size, asked.texts)
    if meant:
        return await _first(asked, Filter(meant[0].id, tag), size, note, _title(name_of(meant[0]), wish.tag))
    outlet = await _outlet(asked, wish.source)
    if outlet is None:
        said = asked.texts.gettext("There is no source “{name}” here. /sources has them all.")
        return compose.line(asked.texts, *fill(said, name=wish.source))
    return await _first(asked, Filter(outlet_number(outlet), tag), size, note, _title(outlet, wish.tag))


async def of_source(asked: Asked, id: int) -> Document | None:
    source = asked.desk.source(id)
    return await _first(asked, Filter(id), PAGE, "", name_of(source)) if source else None


def sources_named(words: str, sources: Iterable[Source]) -> list[Source]:
    """Those whose name has the words in it; the one that is called exactly so, where one is."""
    wanted = words.casefold()
    found = [source for source in sources if wanted in name_of(source).casefold()]
    return [source for source in found if name_of(source).casefold() == wanted][:1] or found


async def _outlet(asked: Asked, words: str) -> str | None:
    """Of articles that no source brought."""
    wanted = words.casefold()
    found = (each.outlet for each in await asked.desk.latest(OUTLETS_OF))
    return next((outlet for outlet in found if wanted in outlet.casefold()), None)


def _choice(meant: list[Source], tag: int, size: int, texts: Texts) -> Document:
    buttons = [Button(name_of(each)[:40], _data(NEWEST, size, Filter(each.id, tag))) for each in meant[:12]]
    return Document((paragraph(texts.gettext("Which of these?")),), rows(buttons, width=2), rtl=texts.rtl)


async def show(asked: Asked, press: Press) -> Document | None:
    match press.ids:
        case (below, size, who, tag) if 1 <= size <= LONGEST_PAGE:
            only = Filter(who, tag)
        case _:
            return None
    source = asked.desk.source(who) if 0 < who < _OUTLET else None
    if 0 < who < _OUTLET and source is None:
        return None
    return await _page(asked, only, below, size, title=name_of(source) if source else "")


async def _first(asked: Asked, only: Filter, size: int, note: str, title: str) -> Document:
    return await _page(asked, only, NEWEST, size, note=note, title=title)


# --- a page


@dataclass(frozen=True)
class _Seen:
    """`further`: there may be more under `below`."""

    found: list[Briefing]
    below: int
    further: bool


async def _looked(asked: Asked, only: Filter, below: int, size: int) -> _Seen:
    """The newest that pass, and one more; others on the loop have their turn meanwhile."""
    found: list[Briefing] = []
    tagged = {each.id for each in asked.desk.sources() if _tag_of(each.tags, only)}
    for _ in range(LOOKED_AT // WINDOW):
        seen = await asked.desk.latest(WINDOW, below=below or None)
        found += [each for each in seen if only.takes(each, tagged)]
        if len(found) > size:
            return _Seen(found[:size], found[size - 1].id, True)
        if len(seen) < WINDOW:
            return _Seen(found, below, False)
        below = seen[-1].id
        await asyncio.sleep(0)
    return _Seen(found, below, True)


async def _page(asked: Asked, only: Filter, below: int, size: int, *, note: str = "", title: str = "") -> Document:
    seen, texts = await _looked(asked, only, below, size), asked.texts
    title = title or _title_of(asked, seen.found, only) or texts.gettext("The newest")
    blocks: list[Block] = [Heading(_heading(title, texts))]
    if note:
        blocks.append(paragraph(Italic((note,))))
    blocks += [compose.entry(each, texts) for each in seen.found]
    if not seen.found:
        blocks.append(paragraph(_nothing(seen, texts)))
    turns = [Button(texts.gettext("‹ Newest"), _data(NEWEST, size, only))] if below else []
    if seen.further:
        turns.append(Button(texts.gettext("Older ›"), _data(seen.below, size, only)))
    openers = compose.openers(seen.found, _data(below, size, only))
    return Document(tuple(blocks), (*openers, *rows(turns)), rtl=texts.rtl)


def _heading(title: str, texts: Texts) -> Inlines:
    return fill(texts.gettext("Latest: {what}"), what=title)


def _nothing(seen: _Seen, texts: Texts) -> str:
    if seen.further:
        count = texts.number(LOOKED_AT)
        return texts.gettext("None among these {count} briefings. There may be older ones.", count=count)
    return texts.gettext("There is nothing of it here.")


def _title(name: str, tag: str) -> str:
    return f"{name} #{tag}" if tag else name


def _title_of(asked: Asked, found: list[Briefing], only: Filter) -> str:
    """What a button that carries numbers is about, by what it led to."""
    if not found:
        return ""
    outlet = found[0].outlet if only.who else ""
    source = asked.desk.source(found[0].source)
    tag = _tag_of((*found[0].tags, *(source.tags if source else ())), only)
    return " ".join(part for part in (outlet, f"#{tag}" if tag else "") if part)


def _tag_of(tags: Iterable[str], only: Filter) -> str:
    """The one of `tags` that is asked for, as it is written there; "" where none is."""
    return next((tag for tag in tags if tag_number(tag) == only.tag), "") if only.tag else ""


def _data(below: int, size: int, only: Filter) -> str:
    return Press(FILTERED, (below, size, only.who, only.tag)).data


VIEWS: dict[str, View] = {FILTERED: show}
