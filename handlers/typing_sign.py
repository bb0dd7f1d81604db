"""“typing …”, for as long as somebody waits for an answer."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from handlers.answer import Place

log = logging.getLogger(__name__)

SHOWN_FOR = 5.0
"""Seconds for which clients show it (Bot API, sendChatAction)."""


@asynccontextmanager
async def typing(bot: Bot, place: Place) -> AsyncIterator[None]:
    """It holds up nothing, and what Telegram says against it is no reason to stop the work."""
    task = asyncio.create_task(_again_and_again(bot, place))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


async def _again_and_again(bot: Bot, place: Place) -> None:
    try:
        while True:
            await bot.send_chat_action(place.chat, ChatAction.TYPING, message_thread_id=place.topic)
            await asyncio.sleep(SHOWN_FOR - 0.5)
    except TelegramError as error:
        log.info("“typing …” could not be shown: %s", error.message)
