"""Webhook mode: Telegram brings the updates, to a small aiohttp.web server that puts them into the application's queue.

TLS is the reverse proxy's: Telegram calls `telegram.webhook.url`, which the proxy hands on to `listen` and `port`. As
with polling, an outage is waited out, and updates that go elsewhere meanwhile end the bot with one line.
"""

import asyncio
import hmac
import json
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot, Update, WebhookInfo
from telegram.error import BadRequest

from bot.config import Webhook
from bot.polling import Outage, Pause, patiently
from bot.updates import Known, read_update
from summaries.errors import BackchannelError, ConfigError

logger = logging.getLogger(__name__)

Queue = asyncio.Queue[object]

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 4 * 1024 * 1024
"""Bytes of an update; the longest that Telegram can make is far below."""

WATCH = 300.0
"""Seconds between two looks at what Telegram says of the webhook."""

GRACE = 5.0
"""Seconds for a delivery that is under way when the bot stops; Telegram brings it again."""


async def receive(bot: Bot, queue: Queue, outage: Outage, webhook: Webhook, *, pause: Pause = asyncio.sleep) -> None:
    """Put updates into `queue` until cancelled. Raises as `patiently` does, and `ConfigError` for settings that are
    refused by Telegram or by the system.

    The webhook stays set at the end: what comes meanwhile waits at Telegram, for a day, as it does with polling.
    Without a `secret` of the configuration there is a new one each time, which only Telegram is told.
    """
    secret = webhook.secret or secrets.token_urlsafe(32)
    async with listening(Door(bot, queue, secret), webhook):
        await _set(bot, webhook.url, secret, outage)
        await _watch(bot, outage, pause)


@dataclass
class Door:
    """Where deliveries arrive. Whoever does not know the secret learns nothing, not even whether the body was right."""

    bot: Bot
    queue: Queue
    secret: str

    def __post_init__(self) -> None:
        self._known = Known()

    async def deliver(self, request: web.Request) -> web.Response:
        """200 when the update is in the queue, or never will be: anything else makes Telegram bring it again."""
        shown = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(shown.encode("utf-8", "surrogateescape"), self.secret.encode()):
            return web.Response(status=403)
        body = _update(await request.read())
        if body is None:
            return web.Response(status=400)
        if self._known.is_new(body["update_id"]):
            update = read_update(body, self.bot)
            if update is not None:
                await self.queue.put(update)
        return web.Response()


def _update(body: bytes) -> dict[str, Any] | None:
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) and type(read.get("update_id")) is int else None


@asynccontextmanager
async def listening(door: Door, webhook: Webhook) -> AsyncIterator[None]:
    """Meanwhile deliveries are taken at `listen` and `port`, under the path of `url`. Raises `ConfigError` where the
    system does not let us."""
    app = web.Application(client_max_size=LARGEST)
    app.router.add_post(urlsplit(webhook.url).path or "/", door.deliver)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=GRACE)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, webhook.listen, webhook.port).start()
        except OSError as error:
            where = f"{webhook.listen}:{webhook.port}"
            reason = error.strerror or "no such address"
            raise ConfigError(f"cannot listen on {where}: {reason}; change telegram.webhook.listen or .port") from error
        yield
    finally:
        await runner.cleanup()


async def _set(bot: Bot, url: str, secret: str, outage: Outage) -> None:
    async def ask() -> bool:
        try:
            return await bot.set_webhook(url, secret_token=secret, allowed_updates=Update.ALL_TYPES)
        except BadRequest as error:  # to `patiently` it would be an outage
            raise ConfigError(f"Telegram refuses the webhook ({error.message}); change telegram.webhook.url") from None

    await patiently(ask, outage)
    logger.info("Telegram brings updates to %s", urlsplit(url).hostname)


async def _watch(bot: Bot, outage: Outage, pause: Pause) -> None:
    """Nobody calls when the webhook is gone, so it is asked after; what Telegram cannot deliver is said once."""
    ours: str | None = None
    told: datetime | None = None
    while True:
        info: WebhookInfo = await patiently(bot.get_webhook_info, outage)
        if ours is None:
            ours, told = info.url, info.last_error_date  # as Telegram writes it; its errors were of earlier times
        if not info.url or info.url != ours:
            raise BackchannelError(
                "another process took this bot's updates away from its webhook; stop it, or use a token of its own"
            )
        if info.last_error_date != told:
            told = info.last_error_date
            logger.warning(
                "Telegram cannot deliver to the webhook: %s; %d updates wait there",
                info.last_error_message,
                info.pending_update_count,
            )
        await pause(WATCH)
