"""/language: how the bot speaks in a chat, also in what it sends there by itself."""

import unicodedata

from msgspec.structs import replace

from handlers import compose
from handlers.access import Role
from handlers.asked import Asked, Command, Target
from handlers.document import Block, Button, Document, Heading, paragraph, rows
from handlers.governed import HERE, Governed, governed, governed_by
from handlers.press import Press
from handlers.texts import N_, Texts, fill, languages, texts
from handlers.turning import marked
from summaries.models import Subscriber

CHOOSE, CHOSEN = "la", "lc"
"""The views that show the languages of a chat, and that take one."""

_AUTOMATIC = 0
_WIDTH = 2


async def language(asked: Asked) -> Document:
    """/language, /language NAME, and for a channel /language @channel [NAME]."""
    place = await governed(asked, asked.words)
    if isinstance(place, Document):
        return place
    if not place.words.strip():
        return choice(place, asked.texts)
    code = find(place.words)
    if code is None:
        said = asked.texts.gettext("I do not speak {name}. These I do:")
        shown = choice(place, asked.texts)
        return Document((paragraph(*fill(said, name=place.words.strip())), *shown.blocks), shown.buttons, shown.rtl)
    return await _speak(asked, place, code)


def find(words: str) -> str | None:
    """The code of the language that is meant: by its code, its own name, or what the others call it; None for none."""
    wanted = _folded(words)
    names = {code: {code, *(_folded(name) for name in _names(code))} for code in languages()}
    return next((code for code, known in names.items() if wanted in known), None)


def _names(code: str) -> list[str]:
    return [native(code), *(texts(other).language_name(code) for other in languages())]


def _folded(words: str) -> str:
    """Without case and accents: "espanol" is Spanish."""
    parts = unicodedata.normalize("NFKD", words.strip().casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))


def native(code: str) -> str:
    """The language's name in itself, as a heading begins."""
    name = texts(code).language_name(code)
    return name[:1].upper() + name[1:]


def choice(place: Governed, spoken: Texts) -> Document:
    """Pure: the languages to choose from, each in its own name."""
    chosen = place.chat.language
    blocks: list[Block] = [Heading((spoken.gettext("Which language shall I speak?"),))]
    if place.number != HERE:
        blocks.append(paragraph(place.chat.title or str(place.chat.id)))
    buttons = [_button(native(code), code == chosen, number(code), place.number) for code in languages()]
    automatic = _button(spoken.gettext("As each person's Telegram does"), not chosen, _AUTOMATIC, place.number)
    return Document(tuple(blocks), (*rows(buttons, width=_WIDTH), (automatic,)), rtl=spoken.rtl)


def _button(label: str, chosen: bool, code: int, place: int) -> Button:
    return Button(marked(label, chosen), Press(CHOSEN, (place, code)).data)


def number(code: str) -> int:
    """What a button carries of a language code."""
    return int.from_bytes(code.encode("ascii"), "big")


def code_of(number: int) -> str | None:
    return next((code for code in languages() if _number_is(code, number)), None)


def _number_is(code: str, wanted: int) -> bool:
    return number(code) == wanted


async def show_choice(asked: Asked, press: Press) -> Document | None:
    if len(press.ids) != 1:
        return None
    place = await governed_by(asked, press.ids[0])
    return place if isinstance(place, Document) else choice(place, asked.texts)


async def take(asked: Asked, press: Press) -> Document | None:
    match press.ids:
        case (chat, wanted):
            code = code_of(wanted) if wanted != _AUTOMATIC else ""
        case _:
            return None
    if code is None:
        return None
    place = await governed_by(asked, chat)
    return place if isinstance(place, Document) else await _speak(asked, place, code)


async def _speak(asked: Asked, place: Governed, code: str) -> Document:
    if asked.desk.readonly:
        return compose.line(asked.texts, asked.texts.gettext("Nothing can be changed here at the moment."))
    here = await asked.desk.subscribers.change(place.chat.id, lambda before: speaking(before, code))
    await asked.outside.publish_menu(here.id)
    spoken = texts(code) if code else asked.texts
    if not code:
        said = spoken.gettext("From now on I speak to everybody as their Telegram does.")
    elif place.number == HERE:
        said = spoken.gettext("From now on I speak {language} here.")
    else:
        said = spoken.gettext("From now on I speak {language} in {chat}.")
    return compose.line(spoken, *fill(said, language=native(code) if code else "", chat=here.title))


def speaking(before: Subscriber, code: str) -> Subscriber:
    return replace(before, language=code)


COMMANDS = (
    Command(
        "language",
        N_("This chat"),
        N_("the language that I speak here"),
        language,
        N_("[LANGUAGE]"),
        ("/language", "/language Deutsch"),
        role=Role.CHAT_ADMIN,
    ),
)

TARGETS = {CHOOSE: Target(show_choice, Role.CHAT_ADMIN), CHOSEN: Target(take, Role.CHAT_ADMIN)}
