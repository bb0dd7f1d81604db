"""/channels: the channels and groups that somebody governs, from a private chat with the bot."""

from handlers import compose, languages
from handlers.access import Role
from handlers.asked import Asked, Command, Target
from handlers.document import Block, Button, Document, Heading, Inlines, Items, Paragraph, paragraph, rows
from handlers.governed import Governed, governed, governed_by, number_of
from handlers.press import Press
from handlers.settings_pages import PANEL
from handlers.texts import N_, Texts, fill
from summaries.models import ChatKind, Subscriber

LIST, ONE = "gl", "go"
"""The views of the list and of one chat of it."""

MOST = 50
"""Chats of one person that are shown: Telegram is asked about each."""

KINDS: dict[ChatKind, str] = {"group": N_("group"), "supergroup": N_("group"), "channel": N_("channel")}


async def channels(asked: Asked) -> Document:
    """/channels, and /channels @channel."""
    if not asked.private:
        return compose.line(asked.texts, asked.texts.gettext("Ask me that in a private chat: it shows your chats."))
    if not asked.words:
        return await _listing(asked)
    place = await governed(asked, asked.words)
    if isinstance(place, Document):
        return place
    return page(place, asked.texts) if place.number else await _listing(asked)


async def show_list(asked: Asked, press: Press) -> Document | None:
    return await _listing(asked) if asked.private else None


async def show_one(asked: Asked, press: Press) -> Document | None:
    if len(press.ids) != 1 or not asked.private:
        return None
    place = await governed_by(asked, press.ids[0])
    return place if isinstance(place, Document) else page(place, asked.texts)


async def _listing(asked: Asked) -> Document:
    return listing(await administered(asked), asked.texts)


async def administered(asked: Asked) -> list[Subscriber]:
    """Where the bot is, and where its asker is an administrator as far as they were met, by title."""
    found = [
        chat
        async for chat in asked.desk.subscribers.all()
        if asked.person.id in chat.managers and chat.kind != "private" and chat.left is None
    ]
    found.sort(key=lambda chat: (chat.title.casefold(), chat.id))
    return [chat for chat in found[:MOST] if await asked.outside.runs(chat.id, asked.person.id)]


def listing(chats: list[Subscriber], spoken: Texts) -> Document:
    """Pure: one button for each chat."""
    how = spoken.gettext(
        "Add me to a channel as an administrator who may post messages, or to a group. "
        "Then choose it here, or name it: /language @channel"
    )
    if not chats:
        none = spoken.gettext("I know of no channel or group where you are an administrator.")
        return Document((paragraph(none), paragraph(how)), rtl=spoken.rtl)
    heading = Heading((spoken.gettext("Your channels and groups"),))
    buttons = [Button(chat.title or str(chat.id), Press(ONE, (number_of(chat.id),)).data) for chat in chats]
    return Document((heading, paragraph(how)), rows(buttons, width=1), rtl=spoken.rtl)


def page(place: Governed, spoken: Texts) -> Document:
    """Pure: one chat, what is set in it, and what can be set from here."""
    chat = place.chat
    blocks: list[Block] = [Heading((chat.title or str(chat.id),)), Paragraph(tuple(_facts(chat, spoken)))]
    say = spoken.gettext("What you would say in it, you can say here with its number in front:")
    blocks += [paragraph(say), Items(((f"/subscribe {chat.id} 08:00",), (f"/language {chat.id}",)))]
    chosen = Button(spoken.gettext("Language"), Press(languages.CHOOSE, (place.number,)).data)
    settings = Button(spoken.gettext("Settings"), Press(PANEL, (place.number, place.topic)).data)
    back = Button(spoken.gettext("‹ All"), Press(LIST, ()).data)
    return Document(tuple(blocks), ((settings, chosen), (back,)), rtl=spoken.rtl)


def _facts(chat: Subscriber, spoken: Texts) -> list[Inlines]:
    facts: list[Inlines] = [(spoken.gettext(KINDS.get(chat.kind, "")),)]
    if chat.language:
        name = languages.native(chat.language)
        facts.append(fill(spoken.gettext("Language: {language}"), language=name))
    times = sum(len(each.slots) for each in chat.subscriptions)
    if times:
        facts.append((spoken.ngettext("{count} digest a day", "{count} digests a day", times),))
    return facts


COMMANDS = (
    Command(
        "channels",
        N_("This chat"),
        N_("your channels and groups, set up from here"),
        channels,
        N_("[@CHANNEL]"),
        ("/channels",),
        slow=True,
    ),
)

TARGETS = {
    LIST: Target(show_list, slow=True),
    ONE: Target(show_one, Role.READER),
}
