"""What is moving, and what is new in all stories: /stories, /since, and their pages."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers import compose, guide, story_news, story_pages
from handlers.asked import Asked, Command, Target
from handlers.document import Document
from handlers.patience import patiently
from handlers.press import Press
from handlers.story_pages import at_millis
from handlers.texts import N_
from handlers.turning import within
from summaries.archive.query import moment
from summaries.errors import ArchiveError
from summaries.models import Visit, instant
from summaries.readers import asked_what_is_new, visited
from summaries.storyline import Moving, StoryView
from summaries.threads.changes import Change

log = logging.getLogger(__name__)

STORIES = 5
"""On a page of what is moving."""
NEWS_OF = 3
"""Stories on a page of what is new in all of them."""
WINDOWS = (timedelta(days=2), timedelta(days=7), timedelta(days=30))
"""What "now" means where less than that has nothing."""

# --- /stories


async def stories(asked: Asked) -> Document:
    """What is moving now; where nothing is, what was moving last."""
    upto = asked.desk.highest
    for window in WINDOWS:
        if moving := await _moving(asked, instant(asked.now - window), 0, upto):
            return moving
    newest = await asked.desk.latest(1)
    last = await _moving(asked, (newest[0].received or asked.now) - WINDOWS[0], 0, upto) if newest else None
    return last or compose.line(asked.texts, asked.texts.gettext("No stories here yet. An admin adds articles."))


async def show_moving(asked: Asked, press: Press) -> Document | None:
    match press.ids:
        case (since, offset, upto):
            return await _moving(asked, at_millis(since), offset, upto)
    return None


async def _moving(asked: Asked, since: datetime, offset: int, upto: int) -> Document | None:
    """None where nothing is."""
    found = await asked.desk.stories(since, story_pages.MOST, upto=upto)
    if not found:
        return None
    offset = within(offset, len(found), STORIES)
    page = await _views(asked, found[offset : offset + STORIES])
    leaf = story_news.Leaf(since, upto, offset, len(found), STORIES)
    return story_news.moving(page, leaf, asked.now, asked.texts)


async def _views(asked: Asked, page: Sequence[Moving]) -> list[tuple[Moving, StoryView]]:
    return [(one, view) for one in page if (view := await asked.desk.story(one.id))]


# --- /since


async def since(asked: Asked) -> Document:
    """/since 3d, /since 2026-03-01, /since yesterday, /since last, /since."""
    words = asked.words.casefold()
    if words in ("", "last"):
        visit = await _ask(asked)
        if visit.since is not None:
            return await _everything(asked, visit.since, 0, asked.desk.highest)
        note = asked.texts.gettext("the first time you ask, so of one day")
        return await _everything(asked, asked.now - timedelta(days=1), 0, asked.desk.highest, note=note)
    at = moment(words, asked.now)
    if at is None:
        return guide.usage_of("since", asked.commands, asked.texts)
    return await _everything(asked, min(at, asked.now), 0, asked.desk.highest)


async def _ask(asked: Asked) -> Visit:
    """Keep that somebody asked what is new; the desk may not take it, and tells them all the same."""
    last = visited((await asked.desk.readers.get(asked.person.id)).last, asked.now)
    if not asked.desk.readonly:
        try:
            await asked.desk.readers.change(asked.person.id, lambda before: asked_what_is_new(before, asked.now))
        except ArchiveError as error:
            log.warning("It is not kept that somebody asked what is new: %s", error)
    return last


async def show_since(asked: Asked, press: Press) -> Document | None:
    match press.ids:
        case (since, offset, upto):
            return await _everything(asked, at_millis(since), offset, upto)
    return None


async def _everything(asked: Asked, since: datetime, offset: int, upto: int, *, note: str = "") -> Document:
    found = await asked.desk.stories(since, story_pages.MOST, upto=upto)
    if not found:
        return story_news.nothing(since, asked.texts)
    offset = within(offset, len(found), NEWS_OF)
    told = []
    for number, (one, view) in enumerate(await _views(asked, found[offset : offset + NEWS_OF]), start=offset + 1):
        changes = await patiently(asked, _of_those(asked, one, since), view)
        told.append(story_news.Told(number, view, tuple(changes), len(one.briefings), len(one.outlets)))
    return story_news.everything(
        told, story_news.Leaf(since, upto, offset, len(found), NEWS_OF), asked.texts, note=note
    )


async def _of_those(asked: Asked, moving: Moving, since: datetime) -> list[Change]:
    """What is new in the articles that are on the list; what came later is on the next one."""
    known = {told.id for told in moving.briefings}
    return [change for change in await asked.desk.changes(moving.id, since) if change.statement.id in known]


COMMANDS = (
    Command("stories", N_("What is new"), N_("what is moving now, the most widely told first"), stories),
    Command(
        "since",
        N_("What is new"),
        N_("what is new in all stories, since a day or since you last asked"),
        since,
        N_("[last | 3d | DATE]"),
        ("/since", "/since 3d", "/since 2026-03-01"),
    ),
)

TARGETS: dict[str, Target] = {
    story_pages.MOVING: Target(show_moving),
    story_pages.SINCE: Target(show_since),
}
