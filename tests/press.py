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
from random import Random

from aiohttp import web

NEWEST = datetime(2026, 11, 20, 12, tzinfo=UTC)
_SYLLABLES = "ar bel cor dal en fir gol har il jor kel lam mir nor os pel quin ras sol tam ur vel wen yor zan".split()  # noqa: SIM905


@dataclass
class Press:
    """What is served. `trouble` is by outlet; `asked` counts requests by path."""

    entries: int = 20
    paragraphs: int = 12
    slow: float = 2.0
    trouble: dict[int, str] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    port: int = 0

    def feed_url(self, outlet: int) -> str:
        return f"http://127.1.{outlet // 250}.{outlet % 250 + 1}:{self.port}/{outlet}/feed.xml"

    def feed(self, outlet: int) -> bytes:
        base = self.feed_url(outlet).rsplit("/", 1)[0]
        items = "".join(
            f"<item><title>{headline(outlet, number)}</title><link>{base}/{number}.html</link>"
            f"<guid>{outlet}-{number}</guid><pubDate>{format_datetime(NEWEST - timedelta(hours=number))}</pubDate>"
            f"<description>{sentence(outlet, number, 0)}</description></item>"
            for number in range(self.entries)
        )
        return (
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>Outlet {outlet}</title>'
            f"<link>{base}/</link><language>en</language>{items}</channel></rss>"
        ).encode()

    def page(self, outlet: int, number: int) -> bytes:
        return page(outlet, number, self.paragraphs)

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


def word(chance: Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(1, 3)))


def sentence(outlet: int, number: int, place: int) -> str:
    """About 16 words that nothing else has."""
    chance = Random(f"{outlet}/{number}/{place}")
    words = [word(chance) for _ in range(chance.randint(10, 18))]
    return f"The council of {words[0].title()} said on {words[1].title()} day that the {' '.join(words[2:])}."


def headline(outlet: int, number: int) -> str:
    chance = Random(f"{outlet}/{number}")
    return f"{word(chance).title()} votes on the {word(chance)} {word(chance)} of {outlet}-{number}"


@cache
def around() -> tuple[str, str]:
    """What stands before and after an article: as much of it as on a news page of today, 200 KB in all."""
    chance = Random(5)
    menu = "".join(
        f'<li class="menu__item menu__item--{n % 7}"><a class="menu__link" href="/section/{n}" data-track="m{n}">'
        f"<span>{word(chance).title()}</span></a></li>"
        for n in range(120)
    )
    cards = "".join(
        f'<div class="card card--{n % 5}"><a class="card__link" href="/news/{n}.html"><img class="card__image" '
        f'src="/i/{n}.jpg" srcset="/i/{n}-2.jpg 2x" alt=""><div class="card__body"><h3 class="card__title">'
        f"{word(chance).title()} {word(chance)} {word(chance)}</h3><span class='card__time'>2 hours ago</span>"
        f"</div></a></div>"
        for n in range(70)
    )
    script = "window.state=" + "{" + ",".join(f'"{word(chance)}{n}":{n}' for n in range(7000)) + "};"
    head = f"<style>{'.card{margin:0;padding:0}' * 900}</style><script>{script}</script>"
    return (
        f"{head}</head><body><header><nav><ul>{menu}</ul></nav></header><main>",
        f'<aside class="related"><div>{cards}</div></aside></main><footer><ul>{menu}</ul></footer></body></html>',
    )


def page(outlet: int, number: int, paragraphs: int) -> bytes:
    """A news page of the usual shape."""
    before, behind = around() if paragraphs > 4 else ("</head><body>", "</body></html>")
    places = iter(range(paragraphs * 3))
    body = "".join(
        f'<p class="text">{" ".join(sentence(outlet, number, next(places)) for _ in range(3))}</p>'
        for _ in range(paragraphs)
    )
    title = headline(outlet, number)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:title" content="{title}">{before}<article><h1>{title}</h1>'
        f'<p class="byline">By Mira Daloun</p>{body}</article>{behind}'
    ).encode()


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
