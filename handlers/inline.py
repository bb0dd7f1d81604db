"""Inline mode: `@bot words` in any chat gives briefings to send; without words the latest."""

import logging
import re
from dataclasses import dataclass
from itertools import count

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from handlers import compose
from handlers.access import Role
from handlers.asked import Asked
from handlers.document import Bold, Document, Italic, Items, Paragraph, linkable, paragraph, text_of
from handlers.front import Context, asked_by
from handlers.links import deep_link
from handlers.looks import classic
from handlers.outgoing import NO_PREVIEW
from handlers.press import HIGHEST
from handlers.texts import N_, Texts
from summaries.models import Briefing

log = logging.getLogger(__name__)

PAGE = 6
"""Of the 50 that Telegram takes: what a screen shows, for every key that is pressed asks anew; leafing brings more."""

SECONDS = 20
"""For so long Telegram may answer the same words of the same person by itself."""

TITLE = 200
"""Characters of a headline in the list of answers, where two lines of it are seen."""

BUTTON = 64
"""Characters of the button above the answers."""

NOTHING_FOUND, NOTHING_YET = N_("Nothing found. Ask me in our chat"), N_("Nothing here yet. Ask me in our chat")

_OFFSET = re.compile(r"(\d{1,15})\.(\d{1,6})", re.ASCII)


@dataclass(frozen=True)
class Offset:
    """Where a page begins: of the latest, those with ids under `upto`; of a search, those up to it after `skip`."""

    upto: int
    skip: int = 0

    def __str__(self) -> str:
        return f"{self.upto}.{self.skip}"


@dataclass(frozen=True)
class Offer:
    """A page of briefings to send, and where the next one begins."""

    page: tuple[Briefing, ...]
    further: Offset | None = None


async def typed(update: Update, context: Context) -> None:
    """Every inline query is answered, at once and by itself."""
    query = update.inline_query
    if query is None:
        return
    asked = await asked_by(update, context, Role.READER, query.query.strip())
    offer = await offered(asked, read_offset(query.offset))
    try:
        await _answer(query, offer, asked, context.bot.username)
    except BadRequest as error:
        if "query is too old" not in error.message.lower():
            raise
        log.info("An inline query could not be answered: %s", error.message)


def read_offset(text: str) -> Offset | None:
    """None for the first page, and for what no answer of this version carried."""
    found = _OFFSET.fullmatch(text)
    return Offset(int(found[1]), int(found[2])) if found and int(found[1]) < HIGHEST else None


async def offered(asked: Asked, at: Offset | None) -> Offer:
    return await _found(asked, at) if asked.words else await _latest(asked, at)


async def _latest(asked: Asked, at: Offset | None) -> Offer:
    found = await asked.desk.latest(PAGE + 1, below=at.upto if at else None)
    page = tuple(found[:PAGE])
    return Offer(page, Offset(page[-1].id) if len(found) > PAGE else None)


async def _found(asked: Asked, at: Offset | None) -> Offer:
    skip = at.skip if at else 0
    found = await asked.desk.search(asked.words, limit=PAGE, offset=skip, upto=at.upto if at else None, marked=False)
    page = tuple(hit.briefing for hit in found.hits)
    further = Offset(found.upto, skip + PAGE) if skip + PAGE < found.total else None
    return Offer(page, further)


# --- as Telegram takes it


async def _answer(query: InlineQuery, offer: Offer, asked: Asked, username: str) -> None:
    nothing = not offer.page and not query.offset
    await query.answer(
        [_result(found, asked.texts, username) for found in offer.page],
        cache_time=SECONDS,
        is_personal=True,
        next_offset=str(offer.further) if offer.further else "",
        button=_button(asked) if nothing else None,
    )


def _button(asked: Asked) -> InlineQueryResultsButton:
    said = NOTHING_FOUND if asked.words else NOTHING_YET
    return InlineQueryResultsButton(asked.texts.gettext(said)[:BUTTON], start_parameter="search")


def _result(found: Briefing, spoken: Texts, username: str) -> InlineQueryResultArticle:
    message = to_send(found, spoken)
    own = InlineKeyboardButton(spoken.gettext("Open here"), url=deep_link(username, f"b{found.id}"))
    original = [InlineKeyboardButton(spoken.gettext("Original"), url=found.url)] if linkable(found.url) else []
    return InlineQueryResultArticle(
        str(found.id),
        _shortened(text_of((compose.title(found, spoken),))),
        InputTextMessageContent(message.html, ParseMode.HTML, link_preview_options=NO_PREVIEW),
        reply_markup=InlineKeyboardMarkup([[*original, own]]),
        description=_description(found, spoken),
    )


def _description(found: Briefing, spoken: Texts) -> str:
    about = text_of(compose.about(found, spoken, short=True))
    return "\n".join((about, *(_shortened(chosen.text) for chosen in found.sentences[:1])))


def _shortened(text: str) -> str:
    """Between words, with a mark that there is more."""
    if len(text) <= TITLE:
        return text
    return f"{text[: text.rfind(' ', TITLE // 2, TITLE) if ' ' in text[TITLE // 2 : TITLE] else TITLE]} …"


def to_send(found: Briefing, spoken: Texts) -> classic.Message:
    """The briefing as one message: of one that is too long, as many sentences as there is room for."""
    for left_out in count():
        messages = classic.render(_sent(found, spoken, len(found.sentences) - left_out))
        if len(messages) == 1 or left_out >= len(found.sentences):
            return messages[0]
    raise AssertionError("a count has no end")


def _sent(found: Briefing, spoken: Texts, sentences: int) -> Document:
    items = [compose.with_source(found, chosen, spoken) for chosen in found.sentences[: max(sentences, 0)]]
    head = Paragraph(((Bold((compose.title(found, spoken),)),), compose.about(found, spoken, short=True)))
    deck = [paragraph(Italic((found.deck,)))] if compose.tells_more(found) else []
    return Document((head, *deck, *([Items(tuple(items))] if items else [])), rtl=spoken.rtl)
