"""Presses under the posts of a channel: what its readers see stays as it is, and who presses reads on in private."""

import logging

from telegram import CallbackQuery
from telegram.constants import ChatType
from telegram.error import BadRequest

from handlers import compose, story_pages
from handlers.answer import settle
from handlers.links import deep_link
from handlers.press import Press
from handlers.texts import Texts

log = logging.getLogger(__name__)

ELSEWHERE = "channel"
"""The payload of what has none of its own: it opens the private chat and no more."""

_BRIEFINGS = frozenset({compose.BRIEFING, compose.CONTEXT})
_STORIES = frozenset({story_pages.STORY, story_pages.ARTICLES, story_pages.VOICES, story_pages.BALANCE})


def in_channel(query: CallbackQuery) -> bool:
    return query.message is not None and query.message.chat.type == ChatType.CHANNEL


def payload_of(press: Press) -> str:
    """Pure: what a link to the bot carries that leads where the button would (`handlers.links`)."""
    if press.view in _BRIEFINGS and press.ids:
        return f"b{press.ids[0]}"
    if press.view in _STORIES and press.ids:
        return f"s{press.ids[0]}"
    return ELSEWHERE


async def lead_out(query: CallbackQuery, press: Press, spoken: Texts) -> None:
    """Opens the private chat (Bot API, answerCallbackQuery: links of the bot's own are taken)."""
    try:
        await query.answer(url=deep_link(query.get_bot().username, payload_of(press)))
    except BadRequest as error:
        log.info("A press in a channel could not be led to the private chat: %s", error.message)
        await settle(query, spoken.gettext("Ask me that in a private chat."))
