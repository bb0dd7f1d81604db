"""One briefing: /summary, the views under it, and every other way to open it."""

import re

from handlers import compose, guide
from handlers.asked import Asked, Command, View
from handlers.document import Button, Document
from handlers.press import HIGHEST, Press
from handlers.press import read as read_press
from handlers.saved import SAVE, SAVED, is_saved, put_aside
from handlers.texts import N_, fill
from summaries.intake.urls import is_url
from summaries.models import Briefing

MORE, REPORT = "ml", "rp"
"""The views of *More like this* and *Report*."""

FILTERED = "lf"
"""The view of the newest of a source or tag."""

_LISTS = frozenset({compose.LATEST, compose.RESULTS, SAVED, FILTERED, MORE})
_NUMBER = re.compile(r"(?<!\w)#(\d{1,15})(?!\w)")


async def opened(asked: Asked, found: Briefing, back: str = "") -> Document:
    """A briefing with all its buttons. In a group *Save* says nothing of who has saved it."""
    saved = asked.private and await is_saved(asked, found.id)
    label = asked.texts.gettext("Saved ✓") if saved else asked.texts.gettext("Save")
    others = (
        Button(label, Press(SAVE, (found.id, int(not saved)), back=back).data),
        Button(asked.texts.gettext("More like this"), Press(MORE, (found.id,)).data),
        Button(asked.texts.gettext("Report"), Press(REPORT, (found.id,)).data),
    )
    return compose.briefing(found, asked.texts, back=back, others=others)


async def summary(asked: Asked) -> Document:
    """/summary NUMBER, /summary LINK, or in reply to a message that has either."""
    words = asked.words or _replied(asked)
    if not words:
        return guide.usage_of("summary", asked.commands, asked.texts)
    number = _number(words.removeprefix("#"))
    if number is not None:
        found = await asked.desk.briefing(number) if 0 < number < HIGHEST else None
        return await opened(asked, found) if found else _unknown_number(asked, words)
    if is_url(words):
        found = await asked.desk.find_url(words)
        return await opened(asked, found) if found else _unknown_link(asked)
    return _neither(asked, words)


def _replied(asked: Asked) -> str:
    """A number of a bot's own message, else a link: people write "#1" of other things than briefings."""
    number = _NUMBER.search(asked.replied.text) if asked.replied.by_bot else None
    return number[1] if number else next(iter(asked.replied.links), "")


def _unknown_number(asked: Asked, words: str) -> Document:
    said = asked.texts.gettext("There is no briefing {number}. /latest lists the newest with their numbers.")
    return compose.line(asked.texts, *fill(said, number=words))


def _unknown_link(asked: Asked) -> Document:
    said = asked.texts.gettext("That article is not in this desk. /search finds others by their words.")
    return compose.line(asked.texts, said)


def _neither(asked: Asked, words: str) -> Document:
    said = asked.texts.gettext("“{words}” is neither a number nor a link. To look for words: /search {words}")
    return compose.line(asked.texts, *fill(said, words=words))


async def show_briefing(asked: Asked, press: Press) -> Document | None:
    found = await pressed(asked, press)
    return await opened(asked, found, lists(press)) if found else None


async def show_context(asked: Asked, press: Press) -> Document | None:
    found = await pressed(asked, press)
    if found is None:
        return None
    article = await asked.desk.article(found.id)
    return compose.in_context(found, article, asked.texts, back=lists(press))


async def save(asked: Asked, press: Press) -> Document | None:
    """Save, or take away again; the briefing stays as it is in a group, where others look at it."""
    match press.ids:
        case (id, (0 | 1) as wanted) if not asked.desk.readonly:
            found = await asked.desk.briefing(id)
        case _:
            return None
    if found is None:
        return None
    asked.aside(await put_aside(asked, found.id, wanted=bool(wanted)))
    return await opened(asked, found, lists(press))


async def pressed(asked: Asked, press: Press) -> Briefing | None:
    """The briefing that a button is about."""
    return await asked.desk.briefing(press.ids[0]) if len(press.ids) == 1 else None


def lists(press: Press) -> str:
    """What leads back: only to a list, for data is what a client sends, whoever wrote it."""
    back = read_press(press.back)
    return press.back if back is not None and back.view in _LISTS and not back.back else ""


def _number(words: str) -> int | None:
    """A whole number in any script's digits."""
    try:
        return int(words)
    except ValueError:
        return None


COMMANDS = (
    Command(
        "summary",
        N_("One article"),
        N_("an article in its own sentences, by its number or its link"),
        summary,
        N_("NUMBER or LINK"),
        ("/summary 12", "/summary https://news.example/story"),
    ),
)

VIEWS: dict[str, View] = {compose.BRIEFING: show_briefing, compose.CONTEXT: show_context, SAVE: save}
