"""/withdraw and /correct: what an admin does about a briefing that is wrong."""

from handlers import compose
from handlers.access import Role
from handlers.asked import Asked, Command, Target, View
from handlers.document import Asks, Block, Button, Document, Heading, Inlines, Paragraph, paragraph, rows
from handlers.guide import usage_of
from handlers.opened import gone, pressed, unknown
from handlers.opened import withdrawn as gone_for_good
from handlers.press import Press
from handlers.texts import N_, Texts, fill
from handlers.turning import marked, turned
from handlers.typed import id_of
from summaries.editing.correction import MOST, Correction
from summaries.errors import InputError
from summaries.models import Briefing, Kind

WITHDRAW, REALLY, CORRECT, SENTENCES, SENTENCE, HEADLINE, KIND = "wd", "wr", "wc", "ws", "wt", "wh", "wk"
"""The views; each carries the briefing, those that turn something also what."""

PAGE = 6
"""Sentences of an article on a page."""

SHOWN = 300
"""Characters of a sentence that are shown where it is chosen."""

_KINDS: tuple[Kind, ...] = tuple(compose.KINDS)


async def withdraw(asked: Asked) -> Document:
    found = await _named(asked)
    return _sure(found, asked.texts) if found else await _unknown(asked, "withdraw")


async def show_withdraw(asked: Asked, press: Press) -> Document | None:
    found = await pressed(asked, press)
    return _sure(found, asked.texts) if found else await gone(asked, press)


def _sure(found: Briefing, texts: Texts) -> Document:
    said = texts.gettext("It leaves lists, search and digests for good, and no source brings it back.")
    yes = Button(texts.gettext("Withdraw it"), Press(REALLY, (found.id,)).data)
    no = Button(texts.gettext("Keep it"), Press(CORRECT, (found.id,)).data)
    return Document((compose.entry(found, texts), paragraph(said)), ((yes, no),), rtl=texts.rtl)


async def withdrawn(asked: Asked, press: Press) -> Document | None:
    if len(press.ids) != 1 or not await asked.desk.withdraw(press.ids[0]):
        return None
    said = asked.texts.gettext("#{number} is withdrawn.")
    return compose.line(asked.texts, *fill(said, number=str(press.ids[0])))


async def correct(asked: Asked) -> Document:
    found = await _named(asked)
    return _panel(found, asked.texts) if found else await _unknown(asked, "correct")


def _panel(found: Briefing, texts: Texts) -> Document:
    """The briefing as it is, and what can be changed in it."""
    shown = compose.briefing(found, texts)
    buttons = (
        Button(texts.gettext("Sentences"), Press(SENTENCES, (found.id, 0)).data),
        Button(texts.gettext("Headline"), Press(HEADLINE, (found.id,)).data),
    )
    kinds = [
        Button(marked(texts.gettext(name), found.kind == kind), Press(KIND, (found.id, _KINDS.index(kind))).data)
        for kind, name in compose.KINDS.items()
    ]
    gone = Button(texts.gettext("Withdraw it"), Press(WITHDRAW, (found.id,)).data)
    said = texts.gettext(
        "Only the article's own words can stand in a briefing. /date mends its date, /split its story."
    )
    return Document((*shown.blocks, paragraph(said)), (buttons, *rows(kinds, width=4), (gone,)), rtl=texts.rtl)


async def show_panel(asked: Asked, press: Press) -> Document | None:
    found = await pressed(asked, press)
    return _panel(found, asked.texts) if found else await gone(asked, press)


async def sentences(asked: Asked, press: Press) -> Document | None:
    """A page of the article's sentences; a button turns each in or out."""
    match press.ids:
        case (id, offset):
            return await _sentences(asked, id, offset)
    return None


async def _sentences(asked: Asked, id: int, offset: int) -> Document | None:
    found, article = await asked.desk.briefing(id), await asked.desk.article(id)
    if found is None or article is None or not 0 <= offset < len(article.spans):
        return None
    texts, chosen = asked.texts, {each.place for each in found.sentences}
    page = list(enumerate(article.sentences))[offset : offset + PAGE]
    lines: list[Inlines] = [(marked(f"{place + 1}. {_short(text)}", place in chosen),) for place, text in page]
    chosen_or_not = [
        Button(marked(texts.number(place + 1), place in chosen), Press(SENTENCE, (id, place, offset)).data)
        for place, _ in page
    ]
    blocks: tuple[Block, ...] = (
        Heading((texts.gettext("Sentences"),)),
        *(Paragraph((line,)) for line in lines),
    )
    turns = turned(Press(SENTENCES, (id,)), offset, PAGE, len(article.spans), texts)
    done = (Button(texts.gettext("Done"), Press(CORRECT, (id,)).data),)
    return Document(blocks, (*rows(chosen_or_not), *rows(turns), done), rtl=texts.rtl)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1].rstrip() + "…"


async def turn_sentence(asked: Asked, press: Press) -> Document | None:
    match press.ids:
        case (id, place, offset):
            found = await asked.desk.briefing(id)
        case _:
            return None
    if found is None:
        return None
    before = {each.place for each in found.sentences}
    try:
        await asked.desk.correct(id, Correction(places=tuple(before ^ {place})))
    except InputError:  # the last one, or one too many: what there is stays, and the reader of the toast knows why
        said = asked.texts.ngettext(
            "A briefing has 1 to {count} sentence.", "A briefing has 1 to {count} sentences.", MOST
        )
        asked.aside(said)
    return await _sentences(asked, id, offset)


async def headline(asked: Asked, press: Press) -> Document | None:
    """Asks for a headline, and reads the reply."""
    found = await pressed(asked, press)
    article = await asked.desk.article(found.id) if found else None
    if found is None or article is None:
        return None
    if asked.words:
        try:
            changed = await asked.desk.correct(found.id, Correction(headline=asked.words))
        except InputError as error:
            return _ask_headline(found, asked.texts, str(error))
        return _panel(changed, asked.texts) if changed else None
    return _ask_headline(found, asked.texts)


def _ask_headline(found: Briefing, texts: Texts, why: str = "") -> Document:
    question = texts.gettext("Which words of the article shall stand above it? Copy them from it.")
    blocks = (paragraph(why), paragraph(question)) if why else (paragraph(question),)
    return Document(
        blocks, asks=Asks(Press(HEADLINE, (found.id,)).data, texts.gettext("the article's own words")), rtl=texts.rtl
    )


async def turn_kind(asked: Asked, press: Press) -> Document | None:
    match press.ids:
        case (id, place) if place < len(_KINDS):
            changed = await asked.desk.correct(id, Correction(kind=_KINDS[place]))
            return _panel(changed, asked.texts) if changed else None
    return None


async def _named(asked: Asked) -> Briefing | None:
    number = id_of(asked.words)
    return await asked.desk.briefing(number) if number else None


async def _unknown(asked: Asked, name: str) -> Document:
    if not asked.words:
        return usage_of(name, asked.commands, asked.texts)
    if (number := id_of(asked.words)) and (said := await gone_for_good(asked, number)) is not None:
        return said
    return unknown(asked.words, asked.texts)


COMMANDS = (
    Command(
        "correct", N_("Articles and stories"), N_("choose other words of an article for its briefing"), correct,
        N_("NUMBER"), ("/correct 12",), role=Role.ADMIN,
    ),
    Command(
        "withdraw", N_("Articles and stories"), N_("take a briefing out for good"), withdraw, N_("NUMBER"),
        ("/withdraw 12",), role=Role.ADMIN,
    ),
)  # fmt: skip

_VIEWS: dict[str, View] = {
    WITHDRAW: show_withdraw,
    REALLY: withdrawn,
    CORRECT: show_panel,
    SENTENCES: sentences,
    SENTENCE: turn_sentence,
    HEADLINE: headline,
    KIND: turn_kind,
}

TARGETS = {name: Target(view, Role.ADMIN) for name, view in _VIEWS.items()}
