"""*More like this*: briefings that have the telling words of one."""

from handlers import compose
from handlers.asked import Asked, View
from handlers.document import Block, Button, Document, Heading, Italic, Paragraph, paragraph
from handlers.opened import MORE, gone, pressed
from handlers.press import Press
from handlers.texts import Texts
from summaries.language import stop_words, terms, words
from summaries.models import Briefing

SHOWN = 5
LOOKED_AT = 20
"""Those that share one common word only come last, and are looked at for nothing."""

WORDS = 16
SHARED = 2
"""Terms that two articles have in common before they are alike."""


async def show_more(asked: Asked, press: Press) -> Document | None:
    found = await pressed(asked, press)
    if found is None:
        return await gone(asked, press)
    others = await alike(asked, found)
    story = (await asked.desk.place_of(found))[1]
    ours = {each.id for each in others if story and (await asked.desk.place_of(each))[1] == story}
    return _listing(found, others, ours, asked.texts)


async def alike(asked: Asked, found: Briefing) -> list[Briefing]:
    """The most alike first, `found` itself left out."""
    answer = await asked.desk.search(question(found), limit=LOOKED_AT, any_word=True, marked=False)
    own = _terms(found)
    others = (hit.briefing for hit in answer.hits if hit.briefing.id != found.id)
    return [each for each in others if len(own & _terms(each)) >= SHARED][:SHOWN]


def question(found: Briefing) -> str:
    """What the article repeats most, then the words of its headline; every word by itself, none with a meaning here."""
    text = " ".join((*found.facts, found.headline))
    dull = stop_words(found.language)
    telling = dict.fromkeys(word for word in words(text, found.language) if word.casefold() not in dull)
    return " ".join(list(telling)[:WORDS])


def _terms(found: Briefing) -> frozenset[str]:
    text = " ".join((found.headline, *found.facts, *(chosen.text for chosen in found.sentences)))
    dull = stop_words(found.language)
    telling = " ".join(word for word in words(text, found.language) if word.casefold() not in dull)
    return frozenset(terms(telling, found.language))


def _listing(found: Briefing, others: list[Briefing], ours: set[int], texts: Texts) -> Document:
    again = ((Button(texts.gettext("‹ Briefing"), Press(compose.BRIEFING, (found.id,)).data),),)
    if not others:
        nothing = texts.gettext("Nothing here is like this one.")
        return Document((Heading((compose.title(found, texts),)), paragraph(nothing)), again, rtl=texts.rtl)
    blocks: list[Block] = [Heading((texts.gettext("More like this"),)), paragraph(compose.title(found, texts))]
    for each in others:
        lines = (
            compose.numbered(each, (compose.title(each, texts),)),
            compose.about(each, texts, short=True),
            *(((Italic((texts.gettext("of the same story"),)),),) if each.id in ours else ()),
        )
        blocks.append(Paragraph(lines))
    here = Press(MORE, (found.id,)).data
    return Document(tuple(blocks), (*compose.openers(others, here), *again), rtl=texts.rtl)


VIEWS: dict[str, View] = {MORE: show_more}
