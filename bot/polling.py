"""Long polling: updates from Telegram into the application's queue, through outages, and never against another poller.

python-telegram-bot's own `Updater` goes on for ever after a 409, and ends in silence where the token is revoked while
it polls; here both end the bot with one line. An outage is waited out, and said once at its beginning and at its end.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any, TypeVar, cast

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.updates import Known, read_update
from summaries.errors import BackchannelError, ConfigError

logger = logging.getLogger(__name__)

Pause = Callable[[float], Awaitable[object]]
R = TypeVar("R")

LONG_POLL = 30
"""Seconds that Telegram may hold a request for updates before it answers that there are none."""

REFUSED = "Telegram refuses the token; set telegram.token to the one @BotFather shows, and check telegram.base_url"

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0


class Outage:
    """Waits between attempts, twice as long each time up to a minute, and reports the beginning and the end."""

    def __init__(self, pause: Pause = asyncio.sleep) -> None:
        self._pause = pause
        self._wait = 0.0

    async def wait(self, error: TelegramError) -> None:
        if not self._wait:
            logger.warning("cannot reach Telegram (%s); trying again until it answers", error)
        self._wait = min(LONGEST_WAIT, max(FIRST_WAIT, 2 * self._wait))
        if isinstance(error, RetryAfter):
            self._wait = max(self._wait, retry_after(error))
        await self._pause(self._wait)

    def ease(self, most: float) -> None:
        """It answers again, though perhaps not everything: the next wait takes at most `most` seconds."""
        self._wait = min(self._wait, most / 2)

    def over(self) -> None:
        if self._wait:
            logger.info("Telegram answers again")
        self._wait = 0.0


def retry_after(error: RetryAfter) -> float:
    """Seconds. It is a number or a timedelta, by the version and settings of python-telegram-bot."""
    after = error.retry_after
    return float(after) if isinstance(after, int | float) else after.total_seconds()


async def patiently(ask: Callable[[], Coroutine[Any, Any, R]], outage: Outage) -> R:
    """What `ask` returns, asked again for as long as the network, a flood limit or Telegram itself is in the way.

    Raises `ConfigError` where the token is refused and `BackchannelError` where another process polls with it.
    """
    while True:
        try:
            answer = await ask()
        except InvalidToken:
            raise ConfigError(REFUSED) from None
        except Conflict as error:
            raise BackchannelError(_conflict(error)) from None
        except (NetworkError, RetryAfter, TimedOut) as error:
            await outage.wait(error)
        else:
            outage.over()
            return answer


def _conflict(error: Conflict) -> str:
    if "webhook" in error.message:
        return "this bot's updates go to a webhook that was set meanwhile; delete it, then start again"
    return "another process receives this bot's updates (409 Conflict); stop it, or use a token of its own"


async def poll(bot: Bot, queue: "asyncio.Queue[object]", outage: Outage, *, hold: int = LONG_POLL) -> None:
    """Put updates into `queue` until cancelled. Raises as `patiently` does.

    Telegram forgets an update when a later offset is asked for; `confirm` says so for the last ones at the end.
    """
    offset: int | None = None
    known = Known()

    try:
        while True:
            for body in await patiently(partial(_ask, bot, offset, hold), outage):
                offset = body["update_id"] + 1
                update = read_update(body, bot) if known.is_new(body["update_id"]) else None
                if update is not None:
                    await queue.put(update)
    finally:
        if offset is not None:
            await confirm(bot, offset)


async def _ask(bot: Bot, offset: int | None, hold: int) -> list[dict[str, Any]]:
    """`Bot.get_updates` before it reads the updates: one that it cannot read would end all."""
    wanted = {"offset": offset, "timeout": hold, "allowed_updates": Update.ALL_TYPES}
    patience = hold + (bot._request[0].read_timeout or 0)
    answer = await bot._post("getUpdates", {k: v for k, v in wanted.items() if v is not None}, read_timeout=patience)
    return cast(list[dict[str, Any]], answer)


async def confirm(bot: Bot, offset: int) -> None:
    """Tell Telegram that everything before `offset` has arrived. Where that fails they come again, and that is said."""
    try:
        await bot.get_updates(offset=offset, timeout=0, limit=1, allowed_updates=Update.ALL_TYPES)
    except TelegramError as error:
        logger.warning("the last updates could not be confirmed and may come again: %s", error)
