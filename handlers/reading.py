"""What every reader can ask: /help, /latest, /search, and the views behind their buttons."""

import logging

from handlers import (
    compose,
    filtered,
    guide,
    likewise,
    onboarding,
    opened,
    reports,
    results,
    saved,
    source_list,
    spot,
    summary,
)
from handlers.asked import Asked, Command, Target, View
from handlers.document import Document
from handlers.press import Press
from handlers.story_line import stories_of
from handlers.texts import N_
from summaries.errors import ArchiveError
from summaries.models import Briefing, Question

log = logging.getLogger(__name__)

PAGE = 5
LONGEST_PAGE = 50
HITS = 5


async def help_(asked: Asked) -> Document:
    """/help, and /help COMMAND."""
    name = asked.words.lower().removeprefix("/")
    if any(command.name == name for command in guide.allowed(asked.commands, asked.role)):
        return guide.usage_of(name, asked.commands, asked.texts)
    return guide.manual(asked.commands, asked.role, asked.texts)


async def latest(asked: Asked) -> Document:
    """/latest [n] [source] [#tag]: a number out of bounds is taken for the nearest that is not, and that is said."""
    wish = filtered.read(asked.words)
    wanted = PAGE if wish.count is None else wish.count
    size = min(max(wanted, 1), LONGEST_PAGE)
    note = ""
    if wanted > LONGEST_PAGE:
        note = asked.texts.ngettext("At most {count} at a time.", "At most {count} at a time.", LONGEST_PAGE)
    elif wanted < 1:
        note = asked.texts.gettext("Fewer than one is none, so here is one.")
    if wish.source or wish.tag:
        return await filtered.latest(asked, wish, size, note)
    return await _page(asked, below=None, size=size, note=note)


async def _page(asked: Asked, *, below: int | None, size: int, note: str = "") -> Document:
    found = await asked.desk.latest(size + 1, below=below)
    if not found:
        return compose.line(asked.texts, asked.texts.gettext("No briefings here yet. An admin adds articles."))
    page = found[:size]
    older, newer = len(found) > size, page[0].id < asked.desk.highest
    stories = await stories_of(asked, page)
    return compose.latest(page, asked.texts, size=size, older=older, newer=newer, note=note, stories=stories)


async def search(asked: Asked) -> Document:
    """/search QUERY: the first page. Later pages repeat the same question to the desk as it was now."""
    if not asked.words:
        return _usage(asked, "search")
    mine = ("search", asked.person.id)
    if asked.turns.waiting(mine):
        return compose.line(asked.texts, asked.texts.gettext("I am still at your last search. One at a time, please."))
    async with asked.turns.turn(mine):
        found = await asked.desk.search(asked.words, limit=HITS)
    if not found.total:
        return results.nothing_found(found, asked.texts, words=asked.words)
    question = await _kept(asked, found.upto)
    return results.results(found, question, asked.texts, words=asked.words, offset=0, size=HITS)


async def _kept(asked: Asked, upto: int) -> Question | None:
    """An answer without further pages beats none, where the disk is full or another process holds the desk."""
    if asked.desk.readonly:
        return None
    try:
        return await asked.desk.keep_question(asked.words, upto)
    except ArchiveError as error:
        log.warning("A search gets no further pages: %s", error)
        return None


async def show_latest(asked: Asked, press: Press) -> Document | None:
    match press.ids:
        case (below, size) if 1 <= size <= LONGEST_PAGE:
            return await _page(asked, below=below, size=size)
    return None


async def show_newer(asked: Asked, press: Press) -> Document | None:
    """The page just above `above`; there may be gaps between ids, so the window grows until it holds a page."""
    match press.ids:
        case (above, size) if 1 <= size <= LONGEST_PAGE:
            page = await _just_above(asked, above, size)
            return await _page(asked, below=page[0].id + 1 if page else None, size=size)
    return None


async def _just_above(asked: Asked, above: int, size: int) -> list[Briefing]:
    window = size
    while True:
        below = above + window + 1
        found = [row for row in await asked.desk.latest(window, below=below) if row.id > above]
        if len(found) >= size or below > asked.desk.highest:
            return found[-size:]
        window *= 2


async def show_results(asked: Asked, press: Press) -> Document | None:
    match press.ids:
        case (number, offset):
            question = await asked.desk.question(number)
        case _:
            return None
    if question is None:
        return None
    found = await asked.desk.search(question.text, limit=HITS, offset=offset, upto=question.upto)
    if offset >= found.total:
        return None
    return results.results(found, question, asked.texts, words=question.text, offset=offset, size=HITS)


def _usage(asked: Asked, name: str) -> Document:
    return guide.usage_of(name, asked.commands, asked.texts)


COMMANDS = (
    Command(
        "latest",
        N_("What is new"),
        N_("the newest briefings, also of one source or tag"),
        latest,
        N_("[HOW MANY] [SOURCE] [#TAG]"),
        ("/latest", "/latest 10", "/latest Tarn Mail", "/latest #harbour"),
    ),
    *summary.COMMANDS,
    *saved.COMMANDS,
    Command(
        "search",
        N_("Something in particular"),
        N_("briefings by their words"),
        search,
        N_("WORDS"),
        ("/search harbour strike", '/search "night ferry" -ticket after:2022-08-01'),
    ),
    *reports.COMMANDS,
    Command("help", N_("This bot"), N_("what can be asked"), help_),
    Command("start", N_("This bot"), N_("the welcome, and what comes by itself"), onboarding.start),
)

VIEWS: dict[str, View] = {
    compose.LATEST: show_latest,
    compose.NEWER: show_newer,
    compose.RESULTS: show_results,
    **opened.VIEWS,
    **saved.VIEWS,
    **likewise.VIEWS,
    **filtered.VIEWS,
    **source_list.VIEWS,
}

TARGETS: dict[str, Target] = {
    **{name: Target(view) for name, view in VIEWS.items()},
    **reports.TARGETS,
    **spot.TARGETS,
    **onboarding.TARGETS,
}
