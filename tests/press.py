"""A press of many outlets on one loopback server: `/SOURCE/feed.xml` and `/SOURCE/NUMBER.html`.

Every outlet has an address of its own (127.1.x.y), so that what is limited by host is limited as in the world. Outlets
may misbehave: "slow" ones answer late, "dead" ones hang up, "endless" ones never stop, "bomb" ones send a gigabyte of
zeros in a few kilobytes, "killer" ones have a page that takes its reader very long.
"""

import asyncio
import gzip
import zlib
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache

from aiohttp import web

from tests.press_pages import BARE, furniture, page
from tests.reports import report

NEWEST = datetime(2026, 11, 20, 12, tzinfo=UTC)


@dataclass
class Press:
    """What is served. `trouble` is by outlet; `asked` counts requests by path. Pages that are not `furnished` are short
    of everything that stands around a report."""

    entries: int = 20
    furnished: bool = True
    slow: float = 2.0
    trouble: dict[int, str] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    port: int = 0

    def feed_url(self, outlet: int) -> str:
        return f"http://127.1.{outlet // 250}.{outlet % 250 + 1}:{self.port}/{outlet}/feed.xml"

    def feed(self, outlet: int) -> bytes:
        base = self.feed_url(outlet).rsplit("/", 1)[0]
        items = "".join(
            f"<item><title>{one.headline}</title><link>{base}/{number}.html</link>"
            f"<guid>{outlet}-{number}</guid><pubDate>{format_datetime(NEWEST - timedelta(hours=number))}</pubDate>"
            f"<description>{one.teaser}</description></item>"
            for number, one in ((number, report(outlet, number)) for number in range(self.entries))
        )
        return (
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>Outlet {outlet}</title>'
            f"<link>{base}/</link><language>en</language>{items}</channel></rss>"
        ).encode()

    def page(self, outlet: int, number: int) -> bytes:
        return page(report(outlet, number), furniture(outlet) if self.furnished else BARE)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked[request.path] += 1
        outlet, _, name = request.path.strip("/").partition("/")
        trouble = self.trouble.get(int(outlet), "") if outlet.isdigit() else ""
        if trouble and name == "feed.xml":
            return await self._misbehave(request, trouble, int(outlet))
        if name == "feed.xml":
            return self._answer(request, self.feed(int(outlet)), "application/rss+xml")
        if name.endswith(".html"):
            return self._answer(request, self.page(int(outlet), int(name[:-5])), "text/html")
        raise web.HTTPNotFound

    def _answer(self, request: web.Request, body: bytes, content_type: str) -> web.Response:
        tag = f'"{zlib.crc32(body)}"'
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers={"ETag": tag})
        return web.Response(body=body, content_type=content_type, charset="utf-8", headers={"ETag": tag})

    async def _misbehave(self, request: web.Request, trouble: str, outlet: int) -> web.StreamResponse:
        if trouble == "slow":
            await asyncio.sleep(self.slow)
            return self._answer(request, self.feed(outlet), "application/rss+xml")
        if trouble == "bomb":
            headers = {"Content-Encoding": "gzip", "Content-Type": "application/rss+xml"}
            return web.Response(body=bomb(), headers=headers)
        response = web.StreamResponse(headers={"Content-Type": "application/rss+xml"})
        if trouble == "endless":
            await response.prepare(request)
            with suppress(ConnectionResetError):  # whoever asked has had enough
                while True:
                    await response.write(b"<item><title>More</title></item>" * 500)
                    await asyncio.sleep(0.01)
        if request.transport is not None:
            request.transport.abort()  # "dead"
        return response


@cache
def bomb() -> bytes:
    return gzip.compress(bytes(100_000_000))


def headline(outlet: int, number: int) -> str:
    """The report's title, which no other has."""
    return report(outlet, number).headline


@asynccontextmanager
async def printing(press: Press) -> AsyncIterator[Press]:
    """The press, served on every loopback address of a free port."""
    runner = web.AppRunner(_app(press), access_log=None, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "0.0.0.0", press.port)
    await site.start()
    press.port = runner.addresses[0][1]
    try:
        yield press
    finally:
        await runner.cleanup()


def _app(press: Press) -> web.Application:
    app = web.Application()
    app.router.add_get("/{path:.*}", press.handle)
    return app
