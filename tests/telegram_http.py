"""The local Telegram behind HTTP on loopback, as a bot meets it: calls come in, and webhooks are called.

A webhook's URL must be public, so it stands for the proxy before it too: updates are brought to the port that the bot
listens on, under the path of the URL.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from bot.local.params import Params, Upload
from bot.local.server import LocalServer

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
AGAIN = 0.01
"""Seconds before a delivery that was not taken is made again."""


@dataclass
class TelegramHttp:
    """`calls` are the methods in the order of their calls; `deliveries` what each delivery was answered."""

    server: LocalServer
    hook_port: int = 0
    port: int = 0
    secret: str = ""
    calls: list[str] = field(default_factory=list)
    deliveries: list[int] = field(default_factory=list)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/file/bot"

    async def answer(self, request: web.Request) -> web.Response:
        method = request.path.rpartition("/")[2]
        values: dict[str, str] = dict(request.query)
        uploads: dict[str, Upload] = {}
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                uploads[name] = Upload(value.filename, value.file.read(), value.content_type)
            else:
                values[name] = str(value)
        self.calls.append(method)
        if method == "setWebhook":
            self.secret = values.get("secret_token", "")
        status, body = await self.server.answer(request.path, Params(values, uploads))
        return web.Response(status=status, body=body, content_type="application/json")

    async def bring(self) -> None:
        """Brings updates in order to the webhook that is set, each until it is taken."""
        offset = 0
        async with aiohttp.ClientSession() as session:
            while True:
                waiting = await self.server.updates.poll(offset, 1, 0) if self.server.webhook else []
                if waiting and await self._taken(session, waiting[0]):
                    offset = waiting[0]["update_id"] + 1
                else:
                    await asyncio.sleep(AGAIN)

    async def _taken(self, session: aiohttp.ClientSession, update: object) -> bool:
        url = f"http://127.0.0.1:{self.hook_port}{urlsplit(self.server.webhook).path}"
        try:
            async with session.post(url, json=update, headers={SECRET_HEADER: self.secret}) as response:
                self.deliveries.append(response.status)
                return response.status == 200
        except aiohttp.ClientError:
            return False


@contextlib.asynccontextmanager
async def over_http(server: LocalServer, *, hook_port: int = 0) -> AsyncIterator[TelegramHttp]:
    telegram = TelegramHttp(server, hook_port)
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_route("*", "/{path:.*}", telegram.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1, handler_cancellation=True)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    telegram.port = runner.addresses[0][1]
    bringing = asyncio.create_task(telegram.bring())
    try:
        yield telegram
    finally:
        bringing.cancel()
        await asyncio.wait({bringing})
        await runner.cleanup()
