"""What the admin can ask: /sources, /source, /notices, /export, and what is behind the buttons of a source."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from handlers import adding, compose, edits, guide, previews, source_list, source_pages
from handlers.access import Role
from handlers.adding import aground, page_of
from handlers.asked import Asked, Command, Target, View
from handlers.document import Document, File
from handlers.press import HIGHEST, Press
from handlers.press import read as read_press
from handlers.reasons import reason
from handlers.texts import N_, Texts, fill
from summaries.intake.opml import Outline, write_opml
from summaries.intake.urls import is_url
from summaries.models import Notice, Source
from summaries.updating import Checked

Edit: TypeAlias = Callable[[Asked, Source, str], Awaitable[Document]]

NOTICES = 10
"""Notices on one page."""

EXPORT = "backchannel-sources.opml"


# --- the list


async def sources(asked: Asked) -> Document:
    """/sources: how each is for admins, what each brings for readers."""
    if asked.role < Role.ADMIN:
        return await source_list.sources(asked)
    return _listing(asked, 0) or compose.line(
        asked.texts, asked.texts.gettext("There are no sources yet. /addsource LINK adds the first.")
    )


async def show_sources(asked: Asked, press: Press) -> Document | None:
    return _listing(asked, press.ids[0]) if len(press.ids) == 1 else None


def _listing(asked: Asked, offset: int) -> Document | None:
    """The page at `offset`; the last one where there are fewer by now."""
    ordered = source_pages.by_health(asked.desk.sources())
    if not ordered:
        return None
    last = (len(ordered) - 1) // source_pages.PAGE * source_pages.PAGE
    return source_pages.listing(ordered, asked.texts, min(offset, last))


# --- one source


async def source(asked: Asked) -> Document:
    """/source ID, and /source ID name|tags|labels|credentials VALUE."""
    which, _, rest = asked.words.partition(" ")
    if not which:
        return guide.usage_of("source", asked.commands, asked.texts)
    found = _named(asked, which)
    if found is None:
        said = asked.texts.gettext("There is no source {which}. /sources lists them with their numbers.")
        return compose.line(asked.texts, *fill(said, which=which))
    action, _, words = rest.strip().partition(" ")
    if not action:
        return await page_of(asked, found)
    edit = EDITS.get(action.lower())
    return await edit(asked, found, words) if edit else guide.usage_of("source", asked.commands, asked.texts)


def _named(asked: Asked, which: str) -> Source | None:
    """By number or by address."""
    number = which.removeprefix("#")
    if number.isdigit() and number.isascii():
        return asked.desk.source(int(number)) if int(number) < HIGHEST else None
    url = edits.address(which)
    return asked.desk.find_source(url) if is_url(url) else None


async def show_source(asked: Asked, press: Press) -> Document | None:
    found = _pressed(asked, press)
    return await page_of(asked, found, back=_back(press)) if found else None


async def check(asked: Asked, press: Press) -> Document | None:
    """Check now, and say what came of it."""
    found, scout = _pressed(asked, press), asked.desk.scout
    if found is None:
        return None
    if scout is None:
        return aground(asked)
    checking = asked.texts.gettext("Being checked …")
    asked.progress(await page_of(asked, found, back=_back(press), note=checking))
    checked = await scout.check(found.id)
    if checked.source is None:
        return None
    return await page_of(asked, checked.source, back=_back(press), note=outcome(checked, asked.texts))


def outcome(checked: Checked, texts: Texts) -> str:
    """What came of a check, in words."""
    if checked.reason:
        return reason(checked.reason, texts)
    if checked.entries is None:
        return texts.gettext("Checked: its feed has not changed.")
    parts = [texts.ngettext("Checked: {count} new article", "Checked: {count} new articles", checked.kept)]
    if checked.updated:
        parts.append(texts.ngettext("{count} updated", "{count} updated", checked.updated))
    if checked.waiting:
        parts.append(
            texts.ngettext("{count} left for the next check", "{count} left for the next check", checked.waiting)
        )
    return ", ".join(parts)


async def pause(asked: Asked, press: Press) -> Document | None:
    match press.ids:
        case (id, (0 | 1) as paused):
            return await _changed(asked, id, _back(press), paused=bool(paused))
    return None


async def remove(asked: Asked, press: Press) -> Document | None:
    found = _pressed(asked, press)
    return source_pages.removal(found, asked.texts, back=_back(press)) if found else None


async def really_remove(asked: Asked, press: Press) -> Document | None:
    found = _pressed(asked, press)
    if found is None:
        return None
    if asked.desk.readonly:
        return aground(asked)
    await asked.desk.remove_source(found.id)
    return source_pages.removed(found, asked.texts, back=_back(press))


def _pressed(asked: Asked, press: Press) -> Source | None:
    return asked.desk.source(press.ids[0]) if len(press.ids) == 1 else None


def _back(press: Press) -> str:
    """Only what leads to the list: data is what a client sends, whoever wrote it."""
    back = read_press(press.back)
    return press.back if back is not None and back.view == source_pages.SOURCES and not back.back else ""


async def _changed(asked: Asked, id: int, back: str = "", **fields: Any) -> Document | None:
    if asked.desk.readonly:
        return aground(asked)
    changed = await asked.desk.change_source(id, **fields)
    return await page_of(asked, changed, back=back) if changed else None


# --- what is the admin's to say about a source


async def rename(asked: Asked, found: Source, words: str) -> Document:
    if not words.strip():
        return source_pages.ask_name(found, asked.texts)
    name = edits.read_name(words)
    if name is None:
        count = edits.LONGEST_NAME
        return compose.line(
            asked.texts,
            asked.texts.ngettext("A name has up to {count} character.", "A name has up to {count} characters.", count),
        )
    return await _edited(asked, found, name=name)


async def tag(asked: Asked, found: Source, words: str) -> Document:
    if not words.strip():
        return source_pages.ask_tags(found, asked.texts)
    tags = edits.read_tags(words)
    if tags is None:
        return compose.line(asked.texts, asked.texts.gettext("Those are no tags. Write a few words, a space between."))
    return await _edited(asked, found, tags=tags)


async def label(asked: Asked, found: Source, words: str) -> Document:
    if not words.strip():
        return source_pages.ask_labels(found, asked.texts)
    labels = edits.read_labels(words, found.labels)
    if labels is None:
        said = asked.texts.gettext("Those are no labels. Write them so: country=Tarn, ownership=public")
        return compose.line(asked.texts, said)
    return await _edited(asked, found, labels=labels)


async def credentials(asked: Asked, found: Source, words: str) -> Document:
    variable = edits.read_variable(words)
    if variable is None:
        said = asked.texts.gettext(
            "Write the name of an environment variable that holds them, such as TARN_LOGIN; never a password itself."
        )
        return compose.line(asked.texts, said)
    return await _edited(asked, found, credentials=variable)


async def _edited(asked: Asked, found: Source, **fields: Any) -> Document:
    gone = asked.texts.gettext("This source was removed meanwhile.")
    return await _changed(asked, found.id, **fields) or compose.line(asked.texts, gone)


def _asking(edit: Edit) -> View:
    """The view of a button that asks, and that takes the reply."""

    async def view(asked: Asked, press: Press) -> Document | None:
        found = _pressed(asked, press)
        return await edit(asked, found, asked.words) if found else None

    return view


EDITS: dict[str, Edit] = {"name": rename, "tags": tag, "labels": label, "credentials": credentials}


# --- lists and notices


async def export(asked: Asked) -> Document:
    """/export: the sources as an OPML document."""
    there = asked.desk.sources()
    if not there:
        return compose.line(asked.texts, asked.texts.gettext("There are no sources to export."))
    count = asked.texts.ngettext("{count} source", "{count} sources", len(there))
    return Document(compose.line(asked.texts, count).blocks, rtl=asked.texts.rtl, file=File(EXPORT, opml(there)))


def opml(sources: list[Source]) -> bytes:
    """An OPML document of the sources; what is the desk's own to know (health, credentials) stays here."""
    return write_opml(
        Outline(source.url, name=source.name, tags=source.tags, labels=source.labels, site=source.site)
        for source in sources
    )


async def notices(asked: Asked) -> Document:
    unread = await asked.desk.notices()
    if not unread:
        return compose.line(asked.texts, asked.texts.gettext("Nothing new to tell. /sources says how every source is."))
    return source_pages.notices(_page(unread), len(unread), asked.texts)


def _page(unread: list[Notice]) -> list[Notice]:
    """The newest, and with the last of them all of its millisecond: a button names the notices by when they were."""
    end = min(NOTICES, len(unread))
    last = source_pages.milliseconds(unread[end - 1].last)
    while end < len(unread) and source_pages.milliseconds(unread[end].last) == last:
        end += 1
    return unread[:end]


async def mark_read(asked: Asked, press: Press) -> Document | None:
    """Those that were shown; what came again since then is news, and stays. Then the next ones are shown."""
    match press.ids:
        case (first, last):
            pass
        case _:
            return None
    if asked.desk.readonly:
        return aground(asked)
    unread = await asked.desk.notices()
    shown = [told.id for told in unread if first <= source_pages.milliseconds(told.last) <= last]
    await asked.desk.read_notices(shown)
    return await notices(asked)


_SOURCES = N_("Sources")

COMMANDS = (
    Command(
        "addsource",
        _SOURCES,
        N_("follows a feed or a site, after a look at it"),
        adding.add_source,
        N_("LINK"),
        ("/addsource https://news.example",),
        role=Role.ADMIN,
        slow=True,
    ),
    Command("sources", _SOURCES, N_("what is followed here"), sources),
    Command(
        "source",
        _SOURCES,
        N_("how one source is, and its name, tags and labels"),
        source,
        N_("NUMBER [name NAME | tags WORDS | labels KEY=VALUE | credentials VARIABLE]"),
        ("/source 3", "/source 3 name The Tarn Mail", "/source 3 tags harbour valley"),
        role=Role.ADMIN,
    ),
    Command("notices", _SOURCES, N_("what there is to know about the sources"), notices, role=Role.ADMIN),
    Command(
        "import",
        _SOURCES,
        N_("follows the sources of an OPML file: send it with this as its caption, or reply to it with this"),
        adding.import_sources,
        role=Role.ADMIN,
        slow=True,
        files=(".opml", ".xml"),
    ),
    Command("export", _SOURCES, N_("the sources as an OPML file"), export, role=Role.ADMIN),
)

TARGETS = {
    previews.ADD: Target(adding.add, Role.ADMIN, slow=True),
    previews.NEXT: Target(adding.next_feed, Role.ADMIN, slow=True),
    previews.CANCEL: Target(adding.cancel, Role.ADMIN),
    source_pages.SOURCES: Target(show_sources, Role.ADMIN),
    source_pages.SOURCE: Target(show_source, Role.ADMIN),
    source_pages.CHECK: Target(check, Role.ADMIN, slow=True),
    source_pages.PAUSE: Target(pause, Role.ADMIN),
    source_pages.RENAME: Target(_asking(rename), Role.ADMIN),
    source_pages.TAGS: Target(_asking(tag), Role.ADMIN),
    source_pages.LABELS: Target(_asking(label), Role.ADMIN),
    source_pages.REMOVE: Target(remove, Role.ADMIN),
    source_pages.REALLY: Target(really_remove, Role.ADMIN),
    source_pages.READ: Target(mark_read, Role.ADMIN),
}
