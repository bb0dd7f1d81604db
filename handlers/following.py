"""/follow and /mute: subjects that come first, or never, in what is sent here; and stories that are followed."""

from typing import Literal

from msgspec.structs import replace

from handlers import compose
from handlers import settings_pages as pages
from handlers.access import Role
from handlers.asked import Asked, Command, Target
from handlers.document import Button, Document, visible
from handlers.governed import Governed, governed
from handlers.numbers import number_of
from handlers.scope import data, subscription, tasted
from handlers.settings_views import Page, view
from handlers.subscribing import TooMany, toggled, words_added
from handlers.texts import N_
from handlers.turning import marked
from summaries.models import Taste

FOLLOW_STORY = "tk"
"""Follows a story, or no more: where, topic, the story's id."""

Which = Literal["follow", "mute"]


async def follow(asked: Asked) -> Document:
    """/follow [words]: without words, what is followed."""
    return await _command(asked, "follow")


async def mute(asked: Asked) -> Document:
    """/mute [words]: without words, what is muted."""
    return await _command(asked, "mute")


async def _command(asked: Asked, which: Which) -> Document:
    scope = await governed(asked, asked.words)
    if isinstance(scope, Document):
        return scope
    return await _added(asked, scope, which, scope.words) if scope.words else await _shown(asked, scope, which)


async def _added(asked: Asked, scope: Governed, which: Which, said: str) -> Document:
    texts = asked.texts
    if not visible(said):
        return await _shown(asked, scope, which)
    try:
        scope = await tasted(asked, scope, lambda taste: _with(taste, which, said))
    except TooMany as error:
        line = texts.ngettext("At most {count} subject.", "At most {count} subjects. Remove one first.", error.most)
        return compose.line(texts, line)
    return await _shown(asked, scope, which)


def _with(taste: Taste, which: Which, said: str) -> Taste:
    """What is followed is not muted as well, and the other way round: the last word counts."""
    if which == "follow":
        return replace(taste, follow=words_added(taste.follow, said), mute=_without(taste.mute, said))
    return replace(taste, mute=words_added(taste.mute, said), follow=_without(taste.follow, said))


def _without(words: tuple[str, ...], said: str) -> tuple[str, ...]:
    plain = " ".join(said.split()).casefold()
    return tuple(each for each in words if each.casefold() != plain)


async def _shown(asked: Asked, scope: Governed, which: Which) -> Document:
    return _followed(asked, scope) if which == "follow" else _muted(asked, scope)


def _followed(asked: Asked, scope: Governed) -> Document:
    texts, taste = asked.texts, subscription(asked, scope).taste
    words = ", ".join(f"“{each}”" for each in taste.follow)
    said = texts.gettext("First in every digest: {words}.", words=words) if words else ""
    said = said or texts.gettext(
        "Nothing is followed. What is followed comes first in every digest: /follow harbour strike"
    )
    once = Button(marked(texts.gettext("At once"), taste.at_once), data(scope, pages.AT_ONCE))
    stories = [
        Button(texts.gettext("✕ story {number}", number=str(story)), data(scope, pages.UNFOLLOW_STORY, story))
        for story in taste.stories
    ]
    return pages.subjects(
        scope, texts.gettext("Followed"), said, taste.follow, texts, ask=pages.ASK_FOLLOW, drop=pages.UNFOLLOW,
        more=(once,), rows_more=stories,
    )  # fmt: skip


def _muted(asked: Asked, scope: Governed) -> Document:
    texts, taste = asked.texts, subscription(asked, scope).taste
    words = ", ".join(f"“{each}”" for each in taste.mute)
    said = texts.gettext("Never in a digest: {words}.", words=words) if words else ""
    said = said or texts.gettext("Nothing is muted. Articles with muted words come in no digest: /mute horoscope")
    title = texts.gettext("Muted")
    return pages.subjects(scope, title, said, taste.mute, texts, ask=pages.ASK_MUTE, drop=pages.UNMUTE)


# --- what the buttons lead to


def _page(which: Which) -> Page:
    async def show(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
        return await _shown(asked, scope, which)

    return show


def _asks(which: Which) -> Page:
    async def show(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
        if visible(asked.words):
            return await _added(asked, scope, which, asked.words)
        question = asked.texts.gettext("Which words? Articles that have all of them, side by side, are meant.")
        placeholder = asked.texts.gettext("harbour strike")
        return pages.asking(
            scope, pages.ASK_FOLLOW if which == "follow" else pages.ASK_MUTE, question, placeholder, asked.texts
        )

    return show


def _drops(which: Which) -> Page:
    async def show(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
        taste = subscription(asked, scope).taste
        words = taste.follow if which == "follow" else taste.mute
        known = next((each for each in words if ids == (number_of(each),)), None)
        if known is None:
            return None
        left = tuple(each for each in words if each != known)
        edit = (lambda t: replace(t, follow=left)) if which == "follow" else (lambda t: replace(t, mute=left))
        return await _shown(asked, await tasted(asked, scope, edit), which)

    return show


async def turn_at_once(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
    return _followed(asked, await tasted(asked, scope, lambda taste: replace(taste, at_once=not taste.at_once)))


async def unfollow_story(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
    taste = subscription(asked, scope).taste
    if len(ids) != 1 or ids[0] not in taste.stories:
        return None
    return _followed(asked, await tasted(asked, scope, lambda t: replace(t, stories=toggled(t.stories, ids[0]))))


async def follow_story(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
    """The button under a story; a second press leaves it followed."""
    if len(ids) != 1 or await asked.desk.story(ids[0]) is None:
        return None
    story = ids[0]
    scope = await tasted(
        asked, scope, lambda t: t if story in t.stories else replace(t, stories=(*t.stories, story)[-50:])
    )
    return _followed(asked, scope)


COMMANDS = (
    Command(
        "follow", N_("Digests"), N_("what comes first in digests, or at once"), follow, N_("[WORDS]"),
        ("/follow harbour strike",), role=Role.CHAT_ADMIN,
    ),
    Command(
        "mute", N_("Digests"), N_("what comes in no digest"), mute, N_("[WORDS]"), ("/mute horoscope",),
        role=Role.CHAT_ADMIN,
    ),
)  # fmt: skip

TARGETS: dict[str, Target] = {
    name: view(page)
    for name, page in {
        pages.FOLLOWS: _page("follow"),
        pages.MUTES: _page("mute"),
        pages.ASK_FOLLOW: _asks("follow"),
        pages.ASK_MUTE: _asks("mute"),
        pages.UNFOLLOW: _drops("follow"),
        pages.UNMUTE: _drops("mute"),
        pages.AT_ONCE: turn_at_once,
        pages.UNFOLLOW_STORY: unfollow_story,
        FOLLOW_STORY: follow_story,
    }.items()
}
