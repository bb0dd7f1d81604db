"""Deliveries that are no digests: an admin's words to everybody, and a word about a subscription or the desk itself."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache

from handlers.document import paragraph
from handlers.letters import Letter
from handlers.texts import N_, Texts, texts
from summaries.archive.store import BROADCASTS
from summaries.desk import Desk
from summaries.models import Delivery, Subscriber, instant


def _silent(spoken: Texts, about: int) -> str:
    said = spoken.gettext("On {day} digests were due, and not one went out. The log says why; /stats shows what waits.")
    return said.format(day=spoken.date(date.fromordinal(about)))


def _plainly(message: str) -> Callable[[Texts, int], str]:
    return lambda spoken, about: spoken.gettext(message)


WORDS: Mapping[str, Callable[[Texts, int], str]] = {
    "topic closed": _plainly(
        N_("The topic to which digests went is closed, so they are paused there. /subscribe in an open topic, or here.")
    ),
    "topic deleted": _plainly(
        N_("The topic to which digests went is gone, so they are paused. /subscribe in another topic, or here.")
    ),
    "silent day": _silent,
    "refused": lambda spoken, about: spoken.gettext(
        "Telegram did not take delivery {number} as it was made. It went out plainly if at all; the log has the rest.",
        number=str(about),
    ),
}
"""By `Delivery.word`: what is said, in the language of whom it is for, of `Delivery.about`."""


async def compose(desk: Desk, row: Delivery, chat: Subscriber) -> Letter | None:
    """A `Composer` of broadcasts and words. None where nobody waits for the broadcast, or knows the word any more."""
    spoken = texts(chat.language)
    if row.kind == "word":
        say = WORDS.get(row.word)
        return letter(say(spoken, row.about), spoken) if say else None
    if not await desk.broadcasting.reaches(row.about, row.chat):
        return None
    broadcast = await desk.store.get(BROADCASTS, row.about)
    return letter(broadcast.text, spoken) if broadcast else None


@lru_cache(64)
def letter(text: str, spoken: Texts) -> Letter:
    """Each line is a paragraph of its own; nothing in it is markup. The same one for all who get the same words."""
    lines = (line.strip() for line in text.splitlines())
    return Letter(tuple(paragraph(line) for line in lines if line), rtl=spoken.rtl)


async def broadcast(desk: Desk, text: str, by: int, now: datetime) -> int:
    """Put an admin's words into the outbox for everybody who may be written to. Returns to how many."""
    await desk.broadcasting.begin(text, by)
    return await desk.broadcasting.spread(now)


def word(which: str, about: int, chat: int, now: datetime) -> Delivery:
    """A word to a chat, to be put into the outbox."""
    return Delivery(0, chat, "word", instant(now), word=which, about=about)
