"""One story as readers ask for it: /story, and the views behind its buttons."""

import asyncio
import logging
import re
from datetime import datetime, timedelta

from handlers import compose, guide, pictures, story_mending, story_news, story_pages, story_voices
from handlers.access import Role
from handlers.asked import Asked, Command, Target
from handlers.document import Document
from handlers.patience import patiently
from handlers.press import HIGHEST, Press
from handlers.press import read as read_press
from handlers.story_pages import Looked, at_millis
from handlers.texts import N_, fill
from handlers.turning import within
from handlers.typed import whole_number
from summaries.errors import ArchiveError
from summaries.intake.urls import is_url
from summaries.models import Briefing, Visit
from summaries.readers import looked_at
from summaries.storyline import StoryView
from summaries.threads.timeline import Telling, Timeline, volume

log = logging.getLogger(__name__)

POINTS = 6
"""Turning points of a page: more are no longer taken in."""
HITS = 20
"""The best hits of a search, whose stories are meant."""
CHOICES = 5
"""Stories to choose from."""
LONGEST_NUMBER = 20
"""Characters. What is longer is words to look for."""
SAME_MESSAGE = timedelta(hours=6)
"""How long after a story was shown its button still means the look before that; later it means that look itself."""


# --- /story


async def story(asked: Asked) -> Document:
    """/story NUMBER, /story #BRIEFING, /story LINK, /story WORDS."""
    words = asked.words
    if not words:
        return guide.usage_of("story", asked.commands, asked.texts)
    number = whole_number(words) if len(words) <= LONGEST_NUMBER else None
    if number is not None:
        view = await asked.desk.story(number) if 0 < number < HIGHEST else None
        return await _shown(asked, view, number) if view else _unknown(asked, words)
    if found := re.fullmatch(r"#(\d{1,15})", words):
        return await _story_of(asked, await asked.desk.briefing(int(found[1])))
    if is_url(words):
        return await _story_of(asked, await asked.desk.find_url(words))
    return await _searched(asked, words)


def _unknown(asked: Asked, words: str) -> Document:
    said = asked.texts.gettext("There is no story {number}. /stories lists what is moving; /story WORDS looks for one.")
    return compose.line(asked.texts, *fill(said, number=words))


async def _story_of(asked: Asked, told: Briefing | None) -> Document:
    view = await asked.desk.story((await asked.desk.place_of(told))[1]) if told else None
    if view is None:
        return compose.line(asked.texts, asked.texts.gettext("That article is not in this desk."))
    return await _shown(asked, view)


async def _searched(asked: Asked, words: str) -> Document:
    views = await found_stories(asked, words)
    if not views:
        said = asked.texts.gettext("No story has “{words}”. /stories lists what is moving.")
        return compose.line(asked.texts, *fill(said, words=words))
    if len(views) == 1:
        return await _shown(asked, views[0])
    return story_pages.choice(views, asked.texts, words=words)


async def found_stories(asked: Asked, words: str) -> list[StoryView]:
    """The stories of the articles that fit the words best, in this order."""
    found = await asked.desk.search(words, limit=HITS)
    ids = dict.fromkeys([(await asked.desk.place_of(hit.briefing))[1] for hit in found.hits])
    return [view for id in list(ids)[:CHOICES] if (view := await asked.desk.story(id))]


async def _shown(
    asked: Asked, view: StoryView, known_as: int = 0, *, back: str = "", shown: datetime | None = None
) -> Document:
    """The story as it is now, which its reader has looked at from then on; `shown` when the message says so already."""
    visit = await _look(asked, view, known_as or view.id)
    looked = Looked(visit.since, shown or asked.now)
    times, picture = await patiently(asked, _drawn(asked, view), view)
    found = story_voices.sides(view, asked.desk.sources())
    return story_pages.story(
        view, times, looked, asked.texts,
        picture=picture,
        note="" if visit.since else _first_time(asked),
        admin=asked.role is Role.ADMIN,
        balance=story_voices.comparable(found),
        back=back,
    )  # fmt: skip


def _first_time(asked: Asked) -> str:
    return asked.texts.gettext("You look at this story for the first time: here is how it went.")


async def _drawn(asked: Asked, view: StoryView) -> tuple[Timeline, bytes]:
    """The timeline and its picture; none of what would be a single bar."""
    times = await asked.desk.timeline(view.id, most=POINTS)
    days = [point.day for point in times.points]
    counts = volume(Telling(told.id, told.published, (), told.language) for told in view.briefings)
    bars = pictures.over_time(counts, days)
    if len(bars.values) < 2:
        return times, b""
    return times, await asyncio.to_thread(pictures.draw, bars)


async def _look(asked: Asked, view: StoryView, known_as: int) -> Visit:
    """Keep that the story was looked at, also by those who knew it by an id from before it was joined to another.

    The desk may not take it, and shows the story all the same.
    """
    ids = (view.id, known_as)
    reader = looked_at(await asked.desk.readers.get(asked.person.id), ids, asked.now)
    if not asked.desk.readonly:
        try:
            await asked.desk.readers.change(asked.person.id, lambda before: looked_at(before, ids, asked.now))
        except ArchiveError as error:
            log.warning("A look at story %d is not kept: %s", view.id, error)
    return reader.looked[view.id]


# --- what is behind the buttons of a story


async def show_story(asked: Asked, press: Press) -> Document | None:
    view = await _pressed(asked, press, 1)
    return await _shown(asked, view, press.ids[0], back=_back(press)) if view else None


async def show_news(asked: Asked, press: Press) -> Document | None:
    """Since the last look but that at the message itself; a message of yesterday was the last look by now."""
    view = await _pressed(asked, press, 3)
    if view is None:
        return None
    id, since, shown = press.ids
    visit = await _look(asked, view, id)
    if asked.now - at_millis(shown) < SAME_MESSAGE:
        visit = Visit(visit.at, at_millis(since) if since else None)
    if visit.since is None:
        asked.aside(_first_time(asked))
        return await _shown(asked, view, id, shown=at_millis(shown))
    return await _news(asked, view, visit.since, 0)


async def show_more_news(asked: Asked, press: Press) -> Document | None:
    view = await _pressed(asked, press, 3)
    if view is None:
        return None
    id, since, offset = press.ids
    await _look(asked, view, id)
    return await _news(asked, view, at_millis(since), offset)


async def _news(asked: Asked, view: StoryView, since: datetime, offset: int) -> Document:
    changes = await patiently(asked, asked.desk.changes(view.id, since), view)
    return story_news.news(view, changes, since, asked.texts, offset=within(offset, len(changes), story_news.PAGE))


async def show_articles(asked: Asked, press: Press) -> Document | None:
    view = await _pressed(asked, press, 2)
    if view is None:
        return None
    offset = within(press.ids[1], len(view.briefings), story_pages.PAGE)
    return story_pages.articles(view, asked.texts, offset=offset)


async def show_voices(asked: Asked, press: Press) -> Document | None:
    view = await _pressed(asked, press, 2)
    if view is None:
        return None
    offset = within(press.ids[1], len(story_voices.statements(view)), story_voices.PAGE)
    return story_voices.voices(view, asked.texts, offset=offset)


async def show_balance(asked: Asked, press: Press) -> Document | None:
    view = await _pressed(asked, press, 1)
    return story_voices.balance(view, story_voices.sides(view, asked.desk.sources()), asked.texts) if view else None


async def show_why(asked: Asked, press: Press) -> Document | None:
    told = await asked.desk.briefing(press.ids[0]) if len(press.ids) == 1 else None
    view = await asked.desk.story((await asked.desk.place_of(told))[1]) if told else None
    return story_pages.why(told, view, asked.texts, back="") if told and view else None


async def _pressed(asked: Asked, press: Press, ids: int) -> StoryView | None:
    """The story that a button is about, which has to carry so many ids."""
    return await asked.desk.story(press.ids[0]) if len(press.ids) == ids else None


def _back(press: Press) -> str:
    """Only what leads to a briefing or a list: data is what a client sends, whoever wrote it."""
    back = read_press(press.back)
    known = {compose.BRIEFING, story_pages.MOVING, story_pages.SINCE}
    return press.back if back is not None and back.view in known and not back.back else ""


COMMANDS = (
    Command(
        "story",
        N_("One article"),
        N_("how a story went, by its number, an article of it, or words"),
        story,
        N_("NUMBER, #ARTICLE, LINK or WORDS"),
        ("/story 3", "/story harbour strike"),
    ),
    *story_mending.COMMANDS,
)

TARGETS: dict[str, Target] = {
    story_pages.STORY: Target(show_story),
    story_pages.NEWS: Target(show_news),
    story_pages.MORE_NEWS: Target(show_more_news),
    story_pages.ARTICLES: Target(show_articles),
    story_pages.VOICES: Target(show_voices),
    story_pages.BALANCE: Target(show_balance),
    story_pages.WHY: Target(show_why),
    **story_mending.TARGETS,
}
