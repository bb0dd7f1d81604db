"""/privacy: what is kept about the person who asks, to take along or to be deleted."""

import msgspec

from handlers import compose
from handlers.asked import Asked, Command, Target
from handlers.document import Block, Button, Document, File, Heading, Items, paragraph
from handlers.press import Press
from handlers.texts import N_

EXPORT, ASK, DELETE = "vx", "va", "vd"

KEPT = (
    N_("your Telegram number, name and @name, and since when you are known"),
    N_("the settings of this chat: language, digests, what you follow and mute"),
    N_("what you saved, and when you last looked at a story"),
    N_("which briefings were sent to you, for 30 days, and that they were sent, for 90"),
    N_("in which groups and channels you set me up; they keep that, also when the rest is deleted"),
    N_("searches, without your name, for 30 days"),
)
NOT_KEPT = N_("What you write otherwise is not kept. Nothing is handed on to anybody.")


async def privacy(asked: Asked) -> Document:
    """Only in a private chat: what is kept about a person is nobody else's business."""
    texts = asked.texts
    if not asked.private:
        return compose.line(texts, texts.gettext("Ask me in a private chat: what I keep about you is for you alone."))
    blocks: tuple[Block, ...] = (
        Heading((texts.gettext("What is kept about you"),)),
        Items(tuple((texts.gettext(kept),) for kept in KEPT)),
        paragraph(texts.gettext(NOT_KEPT)),
    )
    buttons = (
        Button(texts.gettext("Take it along"), Press(EXPORT, ()).data),
        Button(texts.gettext("Delete it all"), Press(ASK, ()).data),
    )
    return Document(blocks, (buttons,), rtl=texts.rtl)


async def export(asked: Asked, press: Press) -> Document | None:
    if not asked.private:
        return None
    kept = await asked.desk.personal.kept(asked.person.id)
    data = msgspec.json.format(msgspec.json.encode(kept), indent=2)
    said = asked.texts.gettext("All that is kept about you, as JSON.")
    return Document((paragraph(said),), file=File("backchannel.json", data), rtl=asked.texts.rtl)


async def ask(asked: Asked, press: Press) -> Document | None:
    texts = asked.texts
    said = texts.gettext(
        "Delete all that is kept about you? Digests stop, and what you saved is gone. This cannot be undone."
    )
    yes = Button(texts.gettext("Yes, delete it"), Press(DELETE, ()).data)
    return Document((paragraph(said),), ((yes,),), rtl=texts.rtl) if asked.private else None


async def delete(asked: Asked, press: Press) -> Document | None:
    """An admin stays one, and who is kept out stays out: otherwise this would be a way in."""
    if not asked.private:
        return None
    stays = await asked.desk.personal.forget(asked.person.id)
    texts = asked.texts
    said = texts.gettext("All that was kept about you is deleted.")
    if stays:
        said = texts.gettext("All is deleted, but for your number and what the admins decided about it.")
    return compose.line(texts, said)


COMMANDS = (Command("privacy", N_("This bot"), N_("what is kept about you, to take along or to delete"), privacy),)

TARGETS = {EXPORT: Target(export, slow=True), ASK: Target(ask), DELETE: Target(delete, slow=True)}
