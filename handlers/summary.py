"""/summary: one article, by its number or its link, or in reply to a message that has either."""

import re

from handlers import compose, guide
from handlers.asked import Asked, Command
from handlers.document import Document
from handlers.opened import opened, unknown, withdrawn
from handlers.press import HIGHEST
from handlers.spot import condense_link
from handlers.texts import N_, fill
from handlers.typed import whole_number
from summaries.intake.urls import is_url

LINKS = 10
"""Links of the message that was replied to, of which one may be known."""

_NUMBER = re.compile(r"(?<!\w)#(\d{1,15})(?!\w)")


async def summary(asked: Asked) -> Document:
    """/summary NUMBER, /summary LINK, or in reply to a message that has either."""
    words = asked.words or await _replied(asked)
    if not words:
        return guide.usage_of("summary", asked.commands, asked.texts)
    number = whole_number(words.removeprefix("#"))
    if number is not None:
        return (await _numbered(asked, number) if 0 < number < HIGHEST else None) or unknown(words, asked.texts)
    if is_url(words):
        found = await asked.desk.find_url(words)
        return await opened(asked, found) if found else await _unknown_link(asked, words)
    return _neither(asked, words)


async def _numbered(asked: Asked, number: int) -> Document | None:
    found = await asked.desk.briefing(number)
    return await opened(asked, found) if found else await withdrawn(asked, number)


async def _replied(asked: Asked) -> str:
    """A number of a bot's own message: people write "#1" of other things than briefings. Else a link, a known one."""
    number = _NUMBER.search(asked.replied.text) if asked.replied.by_bot else None
    if number:
        return number[1]
    links = asked.replied.links[:LINKS]
    for link in links:
        if await asked.desk.find_url(link):
            return link
    return next(iter(links), "")


async def _unknown_link(asked: Asked, url: str) -> Document:
    """In private it is read on the spot: elsewhere others would wait for it with them."""
    if asked.private and asked.desk.scout is not None:
        return await condense_link(asked, url)
    said = asked.texts.gettext("That article is not in this desk. /search finds others by their words.")
    return compose.line(asked.texts, said)


def _neither(asked: Asked, words: str) -> Document:
    said = asked.texts.gettext("“{words}” is neither a number nor a link. To look for words: /search {words}")
    return compose.line(asked.texts, *fill(said, words=words))


COMMANDS = (
    Command(
        "summary",
        N_("One article"),
        N_("an article in its own sentences, by its number or its link, or in reply to either"),
        summary,
        N_("NUMBER or LINK"),
        ("/summary 12", "/summary https://news.example/story"),
        slow=True,
    ),
)
