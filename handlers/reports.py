"""What readers say to the admins: *Report* under a briefing, and /suggest. Kept as notices, and told at once."""

from collections.abc import Callable

from handlers import adding, compose, guide
from handlers.access import Role
from handlers.asked import Asked, Command, Target
from handlers.document import Asks, Block, Button, Buttons, Document, Quote, paragraph
from handlers.edits import address
from handlers.opened import REPORT, gone, pressed
from handlers.press import Press
from handlers.reasons import notice
from handlers.source_pages import ADD_SUGGESTED, DECLINE, decisions
from handlers.texts import N_, Texts, fill, texts
from summaries.intake.health import Cause
from summaries.intake.urls import is_url, url_key
from summaries.models import Briefing, Notice

LONGEST = 500
"""Characters of what somebody writes that are kept: enough to say what is wrong, too few for a novel."""

SUGGESTED = 20
"""Suggestions of one person that may wait for the admins' word."""


# --- a briefing that is wrong


async def report(asked: Asked, press: Press) -> Document | None:
    """Asks what is wrong; what is written in reply goes to the admins."""
    found = await pressed(asked, press)
    if found is None:
        return await gone(asked, press)
    if asked.desk.readonly:
        return adding.aground(asked)
    words = " ".join(asked.words.split())[:LONGEST]
    return await _reported(asked, found, words) if words else _question(asked, found)


def _question(asked: Asked, found: Briefing) -> Document:
    said = asked.texts.gettext("What is wrong with “{headline}”? Reply with a line for the admins.")
    line = paragraph(*fill(said, headline=found.headline or f"#{found.id}"))
    hint = asked.texts.gettext("What is wrong")
    return Document((line,), rtl=asked.texts.rtl, asks=Asks(Press(REPORT, (found.id,)).data, hint))


async def _reported(asked: Asked, found: Briefing, words: str) -> Document:
    name = found.headline or f"#{found.id}"
    values = {"briefing": str(found.id), "name": name, "words": words, "by": asked.person.name}
    key = f"{found.id}:{asked.person.id}:{int(asked.now.timestamp() * 1000)}"
    kept = await asked.desk.tell(Cause("report", values, key))
    await tell_admins(asked, lambda spoken: told(kept, spoken))
    return compose.line(asked.texts, asked.texts.gettext("Thank you. The admins have been told."))


# --- a source that somebody wants


async def suggest(asked: Asked) -> Document:
    """/suggest LINK: the admins decide."""
    url = address(asked.words)
    if not is_url(url):
        return guide.usage_of("suggest", asked.commands, asked.texts)
    if asked.desk.readonly:
        return adding.aground(asked)
    if asked.desk.find_source(url) is not None:
        return compose.line(asked.texts, asked.texts.gettext("That source is followed already. /sources has them all."))
    if await _waiting(asked) >= SUGGESTED:
        said = asked.texts.gettext("The admins have not answered your other suggestions yet. Please wait for them.")
        return compose.line(asked.texts, said)
    values = {"url": url, "name": url, "by": asked.person.name, "person": str(asked.person.id)}
    kept = await asked.desk.tell(Cause("suggested", values, url_key(url)))
    if kept.count == 1:
        await tell_admins(asked, lambda spoken: told(kept, spoken))
    return compose.line(asked.texts, asked.texts.gettext("Thank you. The admins will have a look at it."))


async def _waiting(asked: Asked) -> int:
    """How many suggestions of this person nobody has decided on."""
    own = str(asked.person.id)
    unread = await asked.desk.notices()
    return sum(each.code == "suggested" and each.values.get("person") == own for each in unread)


async def add(asked: Asked, press: Press) -> Document | None:
    """The preview of what was suggested, whose own buttons decide."""
    kept = await _suggestion(asked, press)
    if kept is None:
        return None
    document = await adding.look_at(asked, kept.values["url"])
    if not asked.desk.readonly:
        await asked.desk.read_notices([kept.id])
    return document


async def decline(asked: Asked, press: Press) -> Document | None:
    kept = await _suggestion(asked, press)
    if kept is None:
        return None
    if asked.desk.readonly:
        return adding.aground(asked)
    await asked.desk.read_notices([kept.id])
    return compose.line(asked.texts, *fill(asked.texts.gettext("Declined: {url}"), url=kept.values["url"]))


async def _suggestion(asked: Asked, press: Press) -> Notice | None:
    """None where somebody has decided already."""
    unread = await asked.desk.notices()
    return next((each for each in unread if each.code == "suggested" and press.ids == (each.id,)), None)


# --- what the admins are told at once


def told(kept: Notice, spoken: Texts) -> Document:
    """A notice by itself, with its buttons."""
    blocks: list[Block] = [paragraph(*notice(kept, spoken))]
    if words := kept.values.get("words"):
        blocks.append(Quote(((words,),), cite=(kept.values["by"],)))
    return Document(tuple(blocks), _rows(kept, spoken), rtl=spoken.rtl)


def _rows(kept: Notice, spoken: Texts) -> Buttons:
    row = tuple(Button(label, data) for label, data in decisions(kept, spoken))
    return (row,) if row else ()


async def tell_admins(asked: Asked, say: Callable[[Texts], Document]) -> None:
    """Each in their own language, if they chose one. Who never wrote to the bot cannot be told, and finds /notices."""
    everybody = {*asked.admins, *(person.id for person in await asked.desk.admins())}
    for admin in sorted(everybody - {asked.person.id}):
        if await asked.desk.person(admin) is None:
            continue
        chat = await asked.desk.subscribers.known(admin)
        await asked.outside.tell(admin, say(texts(chat.language)))


COMMANDS = (
    Command(
        "suggest",
        N_("Something in particular"),
        N_("proposes a source to who runs this desk"),
        suggest,
        N_("LINK"),
        ("/suggest https://news.example",),
    ),
)

TARGETS = {
    REPORT: Target(report),
    ADD_SUGGESTED: Target(add, Role.ADMIN, slow=True),
    DECLINE: Target(decline, Role.ADMIN),
}
