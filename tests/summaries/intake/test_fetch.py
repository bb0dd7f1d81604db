import asyncio
import gzip
import logging
import random
import socket
import ssl
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from summaries.intake.body import LARGE
from summaries.intake.fetch import LARGE_AT_ONCE, Fetched, Fetcher, Limits, NotModified, Outcome, Refusal, Validators
from tests.loopback import NOW, Answer, FakeTime, Request, Site, answer, asks, http_date, loopback, redirect

FEED = b"<rss><channel><title>Courier of Altmark</title></channel></rss>"
LOOPBACK = (ip_network("127.0.0.1/32"),)
SHORT = 0.2
"""Seconds, where the deadline itself is what is tested."""
KNOWN = Validators('"a"')


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with loopback() as site:
        yield site


def fetcher(time: FakeTime | None = None, environ: Mapping[str, str] | None = None, **limits: Any) -> Fetcher:
    time = time or FakeTime()
    settings = {"allow_networks": LOOPBACK, "host_delay": 0.0, **limits}
    return Fetcher(Limits(**settings), environ=environ or {}, clock=lambda: NOW, now=time.now, sleep=time.sleep)


async def get(url: str, *, validators: Validators | None = None, page: bool = False, **limits: Any) -> Outcome:
    async with fetcher(**limits) as opened:
        return await opened.get(url, validators=validators, page=page)


async def reason(url: str, **options: Any) -> str:
    outcome = await get(url, **options)
    assert isinstance(outcome, Refusal), outcome
    assert "\n" not in outcome.detail
    return outcome.reason


def fetched(outcome: Outcome) -> Fetched:
    assert isinstance(outcome, Fetched), outcome
    return outcome


async def for_ever(writer: asyncio.StreamWriter, start: bytes, data: bytes, pause: float = 0.0) -> None:
    writer.write(start)
    while True:
        writer.write(data)
        await writer.drain()
        await asyncio.sleep(pause)


def endless(start: bytes, data: bytes, pause: float = 0.0) -> Callable[[asyncio.StreamWriter], Awaitable[None]]:
    return lambda writer: for_ever(writer, start, data, pause)


def reset(start: bytes) -> Callable[[asyncio.StreamWriter], Awaitable[None]]:
    async def behave(writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        await writer.drain()
        await asyncio.sleep(0.01)
        made = writer.get_extra_info("socket")
        made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        writer.transport.abort()

    return behave


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
UNTIL_CLOSED = b"HTTP/1.1 200 OK\r\n\r\n"
GZIPPED = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"


# What comes of a good answer


async def test_a_body_with_what_the_headers_say_of_it(site: Site) -> None:
    lines = ('ETag: "a"', f"Last-Modified: {http_date(NOW)}", "Cache-Control: max-age=90", "Content-Type: text/xml")
    site.answers["/feed"] = answer(FEED, *lines)
    outcome = await get(site.url("/feed#top"))
    assert outcome == Fetched(
        url=site.url("/feed"),
        body=FEED,
        content_type="text/xml",
        validators=Validators('"a"', http_date(NOW)),
        moved="",
        max_age=90.0,
        status=200,
    )


async def test_what_is_asked(site: Site) -> None:
    await get(site.url("/feed"), user_agent="Desk of Altmark")
    headers = site.requests[0].headers
    assert headers["user-agent"] == "Desk of Altmark"
    assert headers["accept-encoding"] == "gzip, deflate"
    assert headers["connection"] == "close"
    assert "if-none-match" not in headers
    assert "cookie" not in headers


async def test_a_body_that_is_what_it_was(site: Site) -> None:
    site.answers["/feed"] = asks(_conditional)
    assert fetched(await get(site.url("/feed"))).body == FEED
    sent = Validators('"a"', http_date(NOW))
    outcome = await get(site.url("/feed"), validators=sent)
    assert outcome == NotModified(Validators('"b"', http_date(NOW)), 60.0, "")


def _conditional(request: Request) -> bytes:
    known = request.headers.get("if-none-match") == '"a"' and request.headers.get("if-modified-since") == http_date(NOW)
    return answer(b"", 'ETag: "b"', "Cache-Control: max-age=60", status=304) if known else answer(FEED)


async def test_a_304_that_nobody_asked_for(site: Site) -> None:
    site.answers["/feed"] = answer(status=304)
    assert await reason(site.url("/feed")) == "garbled"


@pytest.mark.parametrize(
    ("sent", "lines"),
    [
        pytest.param(gzip.compress(FEED), ["Content-Encoding: gzip"], id="gzip"),
        pytest.param(gzip.compress(FEED), [], id="gzip-unsaid"),
        pytest.param(FEED, ["Content-Encoding: gzip"], id="plain-called-gzip"),
        pytest.param(FEED, ["Content-Encoding: br"], id="plain-called-br"),
    ],
)
async def test_compressed_bodies(site: Site, sent: bytes, lines: list[str]) -> None:
    site.answers["/feed"] = answer(sent, *lines)
    assert fetched(await get(site.url("/feed"))).body == FEED


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(answer(FEED, length=len(FEED) + 10), id="content-length-counts-too-much"),
        pytest.param(UNTIL_CLOSED + FEED, id="no-length"),
        pytest.param(CHUNKED + b"%x\r\n%b\r\n" % (len(FEED), FEED), id="last-chunk-missing"),
        pytest.param(answer(gzip.compress(FEED)[:-4], "Content-Encoding: gzip"), id="gzip-without-its-end"),
        pytest.param(answer(FEED, "X-Policy: " + "a" * 20_000), id="long-header"),
        pytest.param(answer(FEED, "X-Name: caf\udce9", "Set-Cookie: a=b"), id="odd-headers"),
        pytest.param(answer(FEED).replace(b"HTTP/1.1", b"HTTP/1.0"), id="http-1.0"),
        pytest.param(b"HTTP/1.1 103 Early\r\nLink: </a>\r\n\r\n" + answer(FEED), id="early-hints"),
    ],
)
async def test_odd_answers_that_are_whole(site: Site, told: bytes) -> None:
    site.answers["/feed"] = told
    assert fetched(await get(site.url("/feed"))).body == FEED


async def test_headers_that_are_no_text_can_be_stored(site: Site) -> None:
    site.answers["/feed"] = answer(FEED, "Content-Type: text/xml; caf\udce9", 'ETag: "caf\udce9"')
    outcome = fetched(await get(site.url("/feed")))
    assert outcome.content_type == "text/xml; caf\N{REPLACEMENT CHARACTER}"
    assert outcome.validators == Validators()


# What a server may say or do instead


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        (206, "garbled"),
        (300, "garbled"),
        (305, "garbled"),
        (400, "forbidden"),
        (401, "forbidden"),
        (402, "forbidden"),
        (403, "forbidden"),
        (404, "not_found"),
        (406, "forbidden"),
        (408, "timeout"),
        (410, "gone"),
        (429, "too_many"),
        (451, "forbidden"),
        (500, "server"),
        (503, "server"),
        (599, "server"),
    ],
)
async def test_statuses(site: Site, status: int, wanted: str) -> None:
    site.answers["/feed"] = answer(FEED, "Retry-After: 120", status=status)
    assert await get(site.url("/feed")) == Refusal(wanted, f"127.0.0.1: HTTP {status}", status, 120.0)  # type: ignore[arg-type]


async def test_retry_after_as_a_date_is_measured_by_our_clock(site: Site) -> None:
    site.answers["/feed"] = answer(b"", f"Retry-After: {http_date(NOW + timedelta(minutes=5))}", status=503)
    outcome = await get(site.url("/feed"))
    assert isinstance(outcome, Refusal)
    assert outcome.retry_after == 300.0


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        pytest.param(endless(b"", b"", 1.0), "timeout", id="silent"),
        pytest.param(endless(b"HTTP/1.1 200 OK\r\nX-A: ", b"a", 0.01), "timeout", id="slow-headers"),
        pytest.param(endless(UNTIL_CLOSED, b"a", 0.01), "timeout", id="slow-body"),
        pytest.param(endless(CHUNKED, b"1\r\na\r\n", 0.01), "timeout", id="slow-chunks"),
        pytest.param(endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.01), "timeout", id="continue-for-ever"),
        pytest.param(endless(UNTIL_CLOSED, b"a" * 9000), "too_large", id="endless"),
        pytest.param(endless(CHUNKED, b"2000\r\n" + b"a" * 8192 + b"\r\n"), "too_large", id="endless-chunks"),
        pytest.param(endless(GZIPPED, gzip.compress(b"") * 500), "garbled", id="endless-gzip-of-nothing"),
        pytest.param(
            endless(GZIPPED + b"\x1f\x8b\x08\x08" + bytes(6), b"a" * 9000), "too_large", id="endless-gzip-name"
        ),
        pytest.param(endless(GZIPPED, gzip.compress(bytes(99_000))), "too_large", id="endless-gzip-bomb"),
        pytest.param(answer(b"a" * 200_001), "too_large", id="one-byte-too-many"),
        pytest.param(answer(gzip.compress(bytes(5_000_000)), "Content-Encoding: gzip"), "too_large", id="gzip-bomb"),
        pytest.param(answer(gzip.compress(gzip.compress(bytes(50_000_000)))), "too_large", id="gzip-bomb-in-gzip"),
        pytest.param(answer(b"a", length=10**15), "too_large", id="said-to-be-too-large"),
        pytest.param(answer(FEED[:20], length=len(FEED)), "garbled", id="broken-off"),
        pytest.param(CHUNKED + b"ff\r\n<rss>", "garbled", id="chunk-broken-off"),
        pytest.param(CHUNKED + b"xyz\r\n<rss>", "garbled", id="chunk-without-length"),
        pytest.param(reset(answer(FEED[:20], length=len(FEED))), "garbled", id="reset"),
        pytest.param(reset(b""), "unreachable", id="reset-at-once"),
        pytest.param(b"", "unreachable", id="closed-without-a-word"),
        pytest.param(answer(gzip.compress(FEED)[:-30], "Content-Encoding: gzip"), "garbled", id="gzip-broken-off"),
        pytest.param(answer(b"\x1b\x03\x00\xf8", "Content-Encoding: br"), "garbled", id="brotli"),
        pytest.param(b"220 mail.altmark.example ready\r\n", "garbled", id="mail-server"),
        pytest.param(b"\x15\x03\x01\x00\x02\x02\x46", "garbled", id="speaks-tls"),
        pytest.param(b"HTTP/1.1 two OK\r\n\r\n", "garbled", id="status-in-words"),
        pytest.param(answer(FEED, "Content-Length: 1"), "garbled", id="two-lengths"),
        pytest.param(answer(FEED, "X-A: " + "a" * 70_000), "garbled", id="header-bomb"),
        pytest.param(endless(b"HTTP/1.1 200 OK\r\n", b"X-A: a\r\n"), "garbled", id="endless-headers"),
        pytest.param(endless(b"HTTP/1.1 200 OK\r\nX-A: ", b"a" * 999), "garbled", id="endless-header"),
        pytest.param(endless(CHUNKED, b"1;" + b"a" * 9000), "timeout", id="endless-chunk-extension"),
    ],
)
async def test_traps(site: Site, told: Answer, wanted: str) -> None:
    site.answers["/feed"] = told
    timeout = SHORT if wanted == "timeout" else 20.0
    assert await reason(site.url("/feed"), timeout=timeout, max_bytes=200_000) == wanted


async def test_no_answer_raises(site: Site) -> None:
    chance = random.Random(20260304)
    whole = [answer(FEED, 'ETag: "a"', "Expires: 0", status=status) for status in (200, 301, 503)]
    whole += [
        answer(status=304),
        redirect("/b?x=1#f", 301),
        answer(gzip.compress(FEED), "Content-Encoding: gzip"),
        CHUNKED + b"1\r\na\r\n",
    ]
    site.answers |= {f"/{number}": mutant(chance, chance.choice(whole)) for number in range(400)}
    async with fetcher(timeout=SHORT, per_host=40) as opened:
        outcomes = await asyncio.gather(*(opened.get(site.url(path), validators=KNOWN) for path in site.answers))
    assert {type(outcome) for outcome in outcomes} == {Fetched, NotModified, Refusal}


def mutant(chance: random.Random, data: bytes) -> bytes:
    """`data` with a few bytes changed, doubled or gone."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 3)):
        place, length = chance.randrange(len(changed)), chance.randint(1, 12)
        piece = changed[place : place + length]
        changed[place : place + length] = chance.choice([b"", piece * 2, chance.randbytes(len(piece)), piece[::-1]])
    return bytes(changed)


async def test_as_many_bytes_as_are_allowed(site: Site) -> None:
    site.answers["/feed"] = answer(gzip.compress(b"a" * 200_000))
    assert len(fetched(await get(site.url("/feed"), max_bytes=200_000)).body) == 200_000


async def test_a_bomb_costs_no_more_memory_than_the_cap(site: Site) -> None:
    site.answers["/feed"] = answer(gzip.compress(bytes(100_000_000)), "Content-Encoding: gzip")
    async with fetcher(max_bytes=500_000) as opened:
        await opened.get(site.url("/other"))
        tracemalloc.start()
        outcome = await opened.get(site.url("/feed"))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "too_large"
    assert peak < 4_000_000


async def test_many_bombs_at_once_wait_for_each_other(site: Site) -> None:
    site.answers["/feed"] = answer(gzip.compress(bytes(100_000_000)), "Content-Encoding: gzip")
    async with fetcher(max_bytes=8_000_000, per_host=16) as opened:
        await opened.get(site.url("/other"))
        tracemalloc.start()
        outcomes = await asyncio.gather(*(opened.get(site.url("/feed")) for _ in range(16)))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert {outcome.reason for outcome in outcomes if isinstance(outcome, Refusal)} == {"too_large"}
    assert peak < LARGE_AT_ONCE * 6_000_000 + 16 * 2 * LARGE


# Redirects


async def test_the_deadline_is_for_all_hops(site: Site) -> None:
    def late(told: bytes) -> Callable[[asyncio.StreamWriter], Awaitable[None]]:
        async def behave(writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(0.6 * SHORT)
            writer.write(told)

        return behave

    site.answers |= {"/a": late(redirect("/b")), "/b": late(answer(FEED))}
    assert await reason(site.url("/a"), timeout=SHORT) == "timeout"
    assert site.paths == ["/a", "/b"]


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [
        pytest.param([301], True, id="301"),
        pytest.param([308, 301], True, id="308-301"),
        pytest.param([302], False, id="302"),
        pytest.param([303], False, id="303"),
        pytest.param([307], False, id="307"),
        pytest.param([301, 302], False, id="permanent-then-not"),
        pytest.param([302, 301], False, id="not-then-permanent"),
        pytest.param([301] * 5, True, id="five"),
    ],
)
async def test_a_feed_has_moved_only_if_every_hop_says_so(site: Site, statuses: list[int], moved: bool) -> None:
    for number, status in enumerate(statuses):
        site.answers[f"/{number}"] = redirect(f"/{number + 1}", status)
    final = site.url(f"/{len(statuses)}")
    site.answers[f"/{len(statuses)}"] = answer(FEED)
    outcome = fetched(await get(site.url("/0")))
    assert (outcome.url, outcome.moved) == (final, final if moved else "")


async def test_moved_is_told_of_304_and_410_as_well(site: Site) -> None:
    site.answers |= {"/a": redirect("/b", 301), "/b": answer(status=304), "/c": redirect("/d", 301)}
    site.answers["/d"] = answer(status=410)
    assert await get(site.url("/a"), validators=KNOWN) == NotModified(KNOWN, None, site.url("/b"))
    assert await get(site.url("/c")) == Refusal("gone", "127.0.0.1: HTTP 410", 410, None, site.url("/d"))


@pytest.mark.parametrize(
    ("location", "wanted"),
    [
        pytest.param("/a", "too_many_redirects", id="to-itself"),
        pytest.param("/back", "too_many_redirects", id="circle"),
        pytest.param("/6", "too_many_redirects", id="six"),
        pytest.param("", "garbled", id="empty"),
        pytest.param("ftp://courier.example/feed", "bad_url", id="ftp"),
        pytest.param("http://[", "bad_url", id="broken"),
        pytest.param("//courier..example/", "bad_url", id="no-host"),
        pytest.param("/" + "a" * 9000, "bad_url", id="too-long"),
        pytest.param("http://127.0.0.2/", "private_address", id="other-loopback"),
        pytest.param("http://169.254.169.254/latest/meta-data/", "private_address", id="metadata"),
        pytest.param("http://10.0.0.1/", "private_address", id="private"),
        pytest.param("http://2130706434/", "private_address", id="decimal"),
        pytest.param("http://0x7f.2/", "private_address", id="hex"),
        pytest.param("http://0177.0.0.2/", "private_address", id="octal"),
        pytest.param("http://0/", "private_address", id="zero"),
        pytest.param("http://[::1]/", "private_address", id="v6-loopback"),
        pytest.param("http://[::ffff:127.0.0.1]/", "private_address", id="mapped"),
        pytest.param("http://[64:ff9b::7f00:1]/", "private_address", id="nat64"),
        pytest.param("http://[2002:7f00:1::]/", "private_address", id="6to4"),
        pytest.param("http://[fe80::1%25lo]/", "private_address", id="link-local"),
        pytest.param("http://inside.example/", "private_address", id="name-of-a-private-host"),
        pytest.param("http://half.example/", "private_address", id="name-with-several"),
        pytest.param("http://nowhere.example/", "unreachable", id="no-such-host"),
    ],
)
async def test_redirects_that_are_not_followed(
    site: Site, monkeypatch: pytest.MonkeyPatch, location: str, wanted: str
) -> None:
    monkeypatch.setattr(
        socket, "getaddrinfo", resolver({"inside.example": ["192.168.1.1"], "half.example": ["10.1.1.1", "::1"]})
    )
    site.answers |= {"/a": redirect(location), "/back": redirect("/a")}
    site.answers |= {f"/{number}": redirect(f"/{number - 1}") for number in range(1, 7)}
    assert await reason(site.url("/a")) == wanted


def resolver(names: Mapping[str, list[str]]) -> Callable[..., list[tuple[Any, ...]]]:
    def getaddrinfo(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        if host not in names:
            raise socket.gaierror(-2, "Name or service not known")
        families = [(socket.AF_INET6 if ":" in address else socket.AF_INET, address) for address in names[host]]
        return [(family, socket.SOCK_STREAM, 6, "", (address, port)) for family, address in families]

    return getaddrinfo


async def test_a_broken_location_in_latin_1_is_followed(site: Site) -> None:
    site.answers |= {"/a": redirect("/caf\udce9"), "/caf%E9": answer(FEED)}
    assert fetched(await get(site.url("/a"))).url == site.url("/caf%E9")


async def test_no_cookie_is_kept(site: Site) -> None:
    site.answers |= {"/a": answer(b"", "Set-Cookie: k=1", "Location: /b", status=302), "/b": answer(FEED)}
    await get(site.url("/a", "localhost"))
    assert [request.headers.get("cookie") for request in site.requests] == [None, None]


# Addresses


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://127.0.0.1:{port}/feed", id="literal"),
        pytest.param("http://localhost:{port}/feed", id="name"),
        pytest.param("http://2130706433:{port}/feed", id="decimal"),
        pytest.param("http://127.1:{port}/feed", id="short"),
        pytest.param("http://0:{port}/feed", id="zero"),
        pytest.param("http://[::1]:{port}/feed", id="v6"),
        pytest.param("http://[::ffff:7f00:1]:{port}/feed", id="mapped"),
        pytest.param("http://courier.example:{port}/feed", id="public-name"),
    ],
)
@pytest.mark.parametrize("page", [pytest.param(False, id="feed"), pytest.param(True, id="page")])
async def test_nothing_private_is_connected_to(
    site: Site, monkeypatch: pytest.MonkeyPatch, url: str, page: bool
) -> None:
    monkeypatch.setattr(
        socket, "getaddrinfo", resolver({"localhost": ["::1", "127.0.0.1"], "courier.example": ["127.0.0.1"]})
    )
    site.answers["/feed"] = answer(FEED)
    assert await reason(url.format(port=site.port), allow_networks=(), page=page) == "private_address"
    assert site.connections == 0


async def test_a_name_that_changes_to_a_private_address_is_refused_when_it_is_connected_to(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {"courier.example": ["127.0.0.1"]}
    monkeypatch.setattr(socket, "getaddrinfo", resolver(names))
    site.answers["/feed"] = answer(FEED)
    assert fetched(await get(site.url("/feed", "courier.example"))).body == FEED
    names["courier.example"] = ["127.0.0.2"]
    assert await reason(site.url("/feed", "courier.example")) == "private_address"


async def test_a_host_with_a_private_address_too_is_asked_at_its_other_one(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolver({"courier.example": ["::1", "10.0.0.1", "127.0.0.1"]}))
    site.answers["/feed"] = answer(FEED)
    assert fetched(await get(site.url("/feed", "courier.example"))).body == FEED


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        pytest.param("courier.example/feed", "bad_url", id="no-scheme"),
        pytest.param("file:///etc/hosts", "bad_url", id="file"),
        pytest.param("http://256.0.0.1/", "bad_url", id="no-address"),
        pytest.param("http://[", "bad_url", id="broken"),
        pytest.param("http://\ud800.example/", "bad_url", id="half-a-character"),
        pytest.param("http://ana:s3cret@127.0.0.1/", "credentials", id="password"),
        pytest.param("http://ana@127.0.0.1/", "credentials", id="user"),
        pytest.param(f"http://{'a.' * 120}example/", "unreachable", id="unknown-name"),
        pytest.param("http://127.0.0.1:1/", "unreachable", id="nobody-listens"),
    ],
)
async def test_addresses_that_cannot_be_asked(url: str, wanted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolver({}))
    outcome = await get(url)
    assert isinstance(outcome, Refusal)
    assert outcome.reason == wanted
    assert "s3cret" not in outcome.detail


async def test_proxies_of_the_environment_are_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    site.answers["/feed"] = answer(FEED)
    assert fetched(await get(site.url("/feed"))).body == FEED


async def test_a_certificate_that_nobody_vouches_for() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).parents[2] / "untrusted.pem")
    async with loopback(context) as site:
        site.answers["/feed"] = answer(FEED)
        assert await reason(site.url("/feed", "localhost")) == "certificate"
        assert site.requests == []


async def test_a_server_that_does_not_speak_tls(site: Site) -> None:
    assert await reason(site.url("/feed").replace("http", "https")) == "certificate"


# Credentials


async def test_credentials_reach_the_source_and_nobody_else(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    site.answers |= {"/a": redirect("/b"), "/b": redirect(site.url("/c", "localhost"))}
    site.answers |= {"/c": redirect(site.url("/d")), "/d": answer(status=500)}
    async with fetcher(environ={"COURIER": "ana:s3cret"}) as opened:
        outcome = await opened.get(site.url("/a"), credentials="COURIER")
    sent = [request.headers.get("authorization") for request in site.requests]
    assert sent == ["Basic YW5hOnMzY3JldA=="] * 2 + [None, None]
    assert site.paths == ["/a", "/b", "/c", "/d"]
    for told in (repr(outcome), caplog.text):
        assert "s3cret" not in told
        assert "YW5hOnMzY3JldA" not in told


async def test_a_header_as_credentials(site: Site) -> None:
    site.answers["/feed"] = answer(FEED)
    async with fetcher(environ={"COURIER": "X-Api-Key: k1"}) as opened:
        fetched(await opened.get(site.url("/feed"), credentials="COURIER"))
    assert site.requests[0].headers["x-api-key"] == "k1"


async def test_without_its_credentials_a_source_is_not_asked(site: Site) -> None:
    async with fetcher() as opened:
        outcome = await opened.get(site.url("/feed"), credentials="COURIER")
    assert outcome == Refusal("credentials", "the environment variable COURIER is not set")
    assert site.requests == []


# robots.txt


async def test_pages_ask_robots_txt_and_feeds_do_not(site: Site) -> None:
    site.answers |= {"/robots.txt": answer(b"User-agent: *\nDisallow: /no"), "/page": answer(FEED), "/no": answer(FEED)}
    async with fetcher() as opened:
        assert fetched(await opened.get(site.url("/no"))).body == FEED
        assert fetched(await opened.get(site.url("/page"), page=True)).body == FEED
        refused = await opened.get(site.url("/no"), page=True)
    assert refused == Refusal("robots", "robots.txt asks not to read this page")
    assert site.paths == ["/no", "/robots.txt", "/page"]


async def test_a_page_behind_a_redirect_is_asked_for_at_its_own_robots_txt(site: Site) -> None:
    site.answers |= {"/a": redirect("/b"), "/robots.txt": answer(b"User-agent: *\nDisallow: /b")}
    assert await reason(site.url("/a"), page=True) == "robots"
    assert site.paths == ["/robots.txt", "/a"]


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        pytest.param(answer(status=404), "", id="404"),
        pytest.param(answer(status=401), "", id="401"),
        pytest.param(answer(status=500), "robots", id="500"),
        pytest.param(redirect("/robots.txt"), "", id="circle"),
        pytest.param(redirect("/rules"), "robots", id="redirected"),
        pytest.param(redirect("http://10.0.0.1/robots.txt"), "private_address", id="redirected-inside"),
        pytest.param(answer(b"User-agent: *\nDisallow: /\n#" + b"a" * 900_000), "robots", id="large"),
        pytest.param(answer(gzip.compress(b"User-agent: *\nDisallow: /")), "robots", id="compressed"),
        pytest.param(endless(UNTIL_CLOSED, b"# nothing\n" * 900), "", id="endless"),
        pytest.param(endless(b"", b"", 1.0), "timeout", id="silent"),
        pytest.param(b"", "unreachable", id="closed"),
    ],
)
async def test_robots_txt_traps(site: Site, told: Answer, wanted: str) -> None:
    site.answers |= {"/robots.txt": told, "/page": answer(FEED)}
    site.answers["/rules"] = answer(b"User-agent: *\nDisallow: /")
    outcome = await get(site.url("/page"), page=True, timeout=SHORT if wanted == "timeout" else 20.0)
    assert (outcome.reason if isinstance(outcome, Refusal) else "") == wanted


# Turns


async def test_starts_on_one_host_are_spaced_and_the_wait_is_not_part_of_the_deadline(site: Site) -> None:
    site.answers |= {"/a": redirect("/b"), "/b": answer(FEED)}
    time = FakeTime()
    async with fetcher(time, host_delay=50.0, timeout=5.0) as opened:
        outcomes = await asyncio.gather(*(opened.get(site.url(path)) for path in ("/a", "/b", "/b")))
    assert [fetched(outcome).body for outcome in outcomes] == [FEED] * 3
    assert time.slept == [50.0, 50.0]


async def test_a_redirect_to_another_host_waits_for_its_turn_there(site: Site) -> None:
    site.answers |= {"/a": redirect(site.url("/b", "localhost")), "/b": answer(FEED)}
    time = FakeTime()
    async with fetcher(time, host_delay=50.0) as opened:
        await opened.get(site.url("/b", "localhost"))
        await opened.get(site.url("/a"))
    assert time.slept == [50.0]


async def test_a_slow_host_does_not_hold_up_others(site: Site) -> None:
    arrived = asyncio.Semaphore(0)

    async def slow_answer(_: asyncio.StreamWriter) -> None:
        arrived.release()
        await asyncio.Event().wait()

    site.answers |= {"/slow": slow_answer, "/fast": answer(FEED)}
    async with fetcher(timeout=20.0, at_once=3) as opened:
        slow = [asyncio.ensure_future(opened.get(site.url("/slow"))) for _ in range(5)]
        await arrived.acquire()
        await arrived.acquire()
        outcome = await opened.get(site.url("/fast", "localhost"))
        for task in slow:
            task.cancel()
        ended = await asyncio.gather(*slow, return_exceptions=True)
    assert fetched(outcome).body == FEED
    assert all(isinstance(end, asyncio.CancelledError) for end in ended)


async def test_pages_of_one_host_share_a_connection_and_feeds_leave_none_open(site: Site) -> None:
    site.answers |= {"/page": answer(FEED), "/feed": answer(FEED)}
    async with fetcher() as opened:
        for _ in range(3):
            await opened.get(site.url("/page"), page=True)
        assert site.connections == 1
        for _ in range(3):
            await opened.get(site.url("/feed"))
    assert 3 <= site.connections <= 4


async def test_a_closed_fetcher_is_a_bug(site: Site) -> None:
    with pytest.raises(RuntimeError, match="async with"):
        await fetcher().get(site.url("/feed"))
