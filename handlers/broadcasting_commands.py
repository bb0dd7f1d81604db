"""/broadcast: an admin's words to everybody who may be written to. First as they will look, then for good."""

import logging
from dataclasses import dataclass

from handlers import broadcasts, compose, guide
from handlers.access import Role
from handlers.adding import aground
from handlers.asked import Asked, Command, Target
from handlers.document import Block, Button, Document, Heading, Inlines, Moment, Paragraph, Quote, Rule, paragraph, rows
from handlers.press import Press
from handlers.texts import N_, Texts, fill
from summaries.broadcasting import Standing
from summaries.errors import ArchiveError

log = logging.getLogger(__name__)

SEND, CANCEL, STANDING, STOP = "wa", "wx", "wn", "wz"
"""The views: those of a draft, and those of a broadcast."""

LISTED = 5
SHOWN = 120
"""Characters of a broadcast by which it is recognised in a list."""


@dataclass(frozen=True)
class Draft:
    """Words that nobody has sent yet."""

    text: str


async def broadcast(asked: Asked) -> Document:
    """/broadcast WORDS: a preview. Without words: the last ones, and how far they are."""
    if not asked.private:
        said = asked.texts.gettext("Tell me in a private chat: here everybody would read it before it is sent.")
        return compose.line(asked.texts, said)
    if not asked.words:
        return await _listing(asked)
    if asked.desk.readonly:
        return aground(asked)
    id = asked.drafts.keep(Draft(asked.words), asked.now)
    count = await asked.desk.broadcasting.audience()
    return _preview(asked.words, id, count, asked.texts)


def _preview(text: str, id: int, count: int, texts: Texts) -> Document:
    said = texts.ngettext(
        "That is how it looks. {count} chat gets it.", "That is how it looks. {count} chats get it.", count
    )
    buttons = (
        Button(texts.gettext("Send it"), Press(SEND, (id,)).data),
        Button(texts.gettext("Cancel"), Press(CANCEL, (id,)).data),
    )
    blocks = (*broadcasts.letter(text, texts).opening, Rule(), paragraph(said))
    return Document(blocks, (buttons,), rtl=texts.rtl)


async def send(asked: Asked, press: Press) -> Document | None:
    """Once, however often it is tapped: a slow button is pressed by one tap at a time, and then the draft is gone."""
    draft = _draft(asked, press)
    if draft is None:
        return None
    if asked.desk.readonly:
        return aground(asked)
    begun = await asked.desk.broadcasting.begin(draft.text, asked.person.id)
    asked.drafts.drop(press.ids[0])
    try:
        await asked.desk.broadcasting.spread(asked.now)
    except ArchiveError as error:  # it is kept, and the minute's tick goes on with it
        log.warning("broadcast %d goes on later: %s", begun.id, error)
    return await _one(asked, begun.id)


async def cancel(asked: Asked, press: Press) -> Document | None:
    if _draft(asked, press) is None:
        return None
    asked.drafts.drop(press.ids[0])
    return compose.line(asked.texts, asked.texts.gettext("Nothing was sent."))


def _draft(asked: Asked, press: Press) -> Draft | None:
    return asked.drafts.find(press.ids[0], Draft, asked.now) if len(press.ids) == 1 else None


# --- how far it is


async def show_standing(asked: Asked, press: Press) -> Document | None:
    return await _one(asked, press.ids[0]) if len(press.ids) == 1 else None


async def stop(asked: Asked, press: Press) -> Document | None:
    if len(press.ids) != 1:
        return None
    if asked.desk.readonly:
        return aground(asked)
    await asked.desk.broadcasting.stop(press.ids[0])
    return await _one(asked, press.ids[0])


async def _one(asked: Asked, id: int) -> Document | None:
    found = await asked.desk.broadcasting.standing(id)
    if found is None:
        return None
    texts = asked.texts
    buttons = [Button(texts.gettext("How far is it?"), Press(STANDING, (id,)).data), *_stops([found], texts)]
    shown = tuple(buttons) if found.under_way else ()
    return Document(tuple(_about(found, texts)), (shown,) if shown else (), rtl=texts.rtl)


async def _listing(asked: Asked) -> Document:
    texts, found = asked.texts, await asked.desk.broadcasting.last(LISTED)
    usage = guide.usage_of("broadcast", asked.commands, texts)
    if not found:
        return usage
    heading = Heading((texts.gettext("The last broadcasts"),), level=2)
    blocks = [*usage.blocks, heading, *(block for each in found for block in _about(each, texts))]
    return Document(tuple(blocks), rows(_stops(found, texts), width=3), rtl=texts.rtl)


def _stops(found: list[Standing], texts: Texts) -> list[Button]:
    return [
        Button(texts.gettext("Stop #{number}", number=str(one.broadcast.id)), Press(STOP, (one.broadcast.id,)).data)
        for one in found
        if one.under_way
    ]


def _about(found: Standing, texts: Texts) -> list[Block]:
    one = found.broadcast
    at = Moment(one.at, texts.moment(one.at), "wDt")
    lines: list[Inlines] = [fill("#{number} · {at}", number=str(one.id), at=at), (_ended(found, texts),)]
    if not one.done:
        lines.append((texts.gettext("More chats are being asked."),))
    words = " ".join(one.text.split())
    short = words if len(words) <= SHOWN else words[: SHOWN - 1].rstrip() + "…"
    return [Paragraph(tuple(lines)), Quote(((short,),))]


def _ended(found: Standing, texts: Texts) -> str:
    """Who got it, and who did not."""
    parts = [texts.ngettext("sent to {count} chat", "sent to {count} chats", found.sent)]
    if found.waiting and found.broadcast.stopped is not None:
        parts.append(texts.ngettext("stopped before {count}", "stopped before {count}", found.waiting))
    elif found.waiting:
        parts.append(texts.ngettext("{count} waits", "{count} wait", found.waiting))
    if found.failed:
        parts.append(texts.ngettext("refused for {count}", "refused for {count}", found.failed))
    if found.doubt:
        parts.append(texts.ngettext("{count} in doubt", "{count} in doubt", found.doubt))
    return ", ".join(parts)


COMMANDS = (
    Command(
        "broadcast",
        N_("People"),
        N_("your words to everybody, after a look at them; without words, how the last ones went"),
        broadcast,
        N_("WORDS"),
        ("/broadcast The desk moves on Sunday; digests come an hour later that day.",),
        role=Role.ADMIN,
        slow=True,
    ),
)

TARGETS = {
    SEND: Target(send, Role.ADMIN, slow=True),
    CANCEL: Target(cancel, Role.ADMIN),
    STANDING: Target(show_standing, Role.ADMIN),
    STOP: Target(stop, Role.ADMIN),
}
