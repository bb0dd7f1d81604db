"""What follows from a refusal: for the delivery, for the chat, and for who should know of it."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from telegram import Bot
from telegram.error import TelegramError

from bot.alarms import TOLD
from bot.composing import Composing
from bot.envelopes import Envelope
from bot.refusals import Refusal, read
from handlers.broadcasts import word
from handlers.looks.choice import Looks
from summaries import ledger
from summaries.desk import Desk
from summaries.models import Delivery, instant
from summaries.subscribers import subscription_of
from summaries.wanted import closed, suspended

logger = logging.getLogger(__name__)

LONGEST_RETRY = 32.0
"""Seconds before a delivery that was not sent is tried again, after as many tries."""

REPORTS = 20
"""Different refusals of what we made that the admins hear of until the next start."""


@dataclass(frozen=True)
class Found:
    """The delivery after the refusal; how many seconds Telegram wants nothing; whether the network was in the way."""

    row: Delivery
    seconds: float = 0.0
    network: bool = False


class Consequences:
    """Of one desk. Raises `BackchannelError` where something could not be written down: then nothing was decided."""

    def __init__(
        self, bot: Bot, desk: Desk, looks: Looks, composing: Composing, admins: Callable[[], Awaitable[list[int]]]
    ) -> None:
        self._bot, self._desk, self._looks, self._composing = bot, desk, looks, composing
        self._admins = admins
        self._reported: set[str] = set()

    async def of(self, each: Envelope, error: TelegramError, now: datetime) -> Found:
        refusal, row = read(error), each.row
        match refusal.meaning:
            case "slower":
                return Found(
                    ledger.not_sent(row, refusal.detail, now + timedelta(seconds=refusal.seconds)), refusal.seconds
                )
            case "gone":
                return Found(await self._gone(row, refusal.detail, now))
            case "moved":
                return Found(await self._moved(row, refusal.chat))
            case "topic":
                return Found(await self._topic(row, refusal.detail, now))
            case "token":
                return await self._token(each, refusal, now)
            case "ours" | "refused":
                return Found(await self._ours(each, refusal, now))
            case "not sent":
                return Found(ledger.not_sent(row, refusal.detail, _retry(row, now)), network=True)
            case "doubt":
                return Found(ledger.doubtful(row, refusal.detail, now), network=True)

    async def _gone(self, row: Delivery, why: str, now: datetime) -> Delivery:
        if await self._desk.subscribers.get(row.chat) is not None:
            await self._desk.subscribers.change(row.chat, suspended(why, instant(now)))
        await self._desk.digesting.take_back(row)
        return ledger.failed(row, why, now)

    async def _moved(self, row: Delivery, chat: int) -> Delivery:
        """The same part goes to the new chat at once, and all else that waits for it follows."""
        await self._desk.subscribers.move(row.chat, chat)
        await self._desk.outbox.move(row.chat, chat)
        return ledger.moved(row, chat)

    async def _topic(self, row: Delivery, why: str, now: datetime) -> Delivery:
        """Its route is paused. Who runs the chat reads of it in its General topic, where bots may write if anywhere.

        Where that is closed itself, those who set the bot up are told in private. A word is not worth another word.
        """
        chat = await self._desk.subscribers.get(row.chat)
        if chat is not None and not subscription_of(chat, row.topic).closed:
            await self._desk.subscribers.change(row.chat, closed(row.topic, why))
            told = () if row.kind == "word" else (row.chat,) if row.topic else chat.managers
            await self._desk.outbox.add([word(f"topic {why}", row.topic, one, now) for one in told])
        await self._desk.digesting.take_back(row)
        return ledger.failed(row, f"topic {why}", now)

    async def _token(self, each: Envelope, refusal: Refusal, now: datetime) -> Found:
        """A 404 stands for an unknown token, and for a method that the server does not know: pages, then."""
        again = ledger.not_sent(each.row, refusal.detail, _retry(each.row, now))
        if not each.is_page:
            return Found(again, network=True)
        try:
            await self._bot.get_me()
        except TelegramError:
            return Found(again, network=True)
        self._looks.not_served()
        return Found(ledger.relooked(each.row, "message"))

    async def _ours(self, each: Envelope, refusal: Refusal, now: datetime) -> Delivery:
        """A page goes out as messages, a message without markup, and what is refused even so has failed."""
        row, plain = each.row, self._composing.plain
        if each.is_page:
            await self._looks.refused(row.chat, refusal.detail)
            return ledger.relooked(row, "message")
        await self._report(row, refusal, now)
        if refusal.meaning == "ours" and row.id not in plain:
            plain.add(row.id)
            return ledger.not_sent(row, refusal.detail)
        plain.discard(row.id)
        return ledger.failed(row, refusal.detail, now)

    async def _report(self, row: Delivery, refusal: Refusal, now: datetime) -> None:
        """To the log each time, to the admins once for each thing that Telegram said."""
        logger.error("Telegram refused delivery %d to chat %d: %s", row.id, row.chat, refusal.detail, extra=TOLD)
        if row.kind == "word" or refusal.detail in self._reported or len(self._reported) >= REPORTS:
            return
        self._reported.add(refusal.detail)
        await self._desk.outbox.add([word("refused", row.id, admin, now) for admin in await self._admins()])


def _retry(row: Delivery, now: datetime) -> datetime:
    """`tries` counts the one that just failed."""
    return now + timedelta(seconds=min(2.0 ** (row.tries - 1), LONGEST_RETRY))
