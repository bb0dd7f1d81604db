"""What goes over the wire, what is made of what comes back, and what is known of delivery when nothing does."""

import asyncio
import io
import logging
import pickle
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import RequestData

from bot.transport import (
    AiohttpRequest,
    Delivery,
    LateError,
    LostError,
    Timeouts,
    answers_request,
    broadcasts_request,
    delivery_of,
    updates_request,
)
from tests.wire import OK, Wire, answer, wire

TOKEN = "12345:nobody-may-see-this"
SENT = answer({"ok": True, "result": {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}}})
SHORT = 0.05


@pytest.fixture
async def server() -> AsyncIterator[Wire]:
    async with wire() as made:
        yield made


@asynccontextmanager
async def opened(**options: Any) -> AsyncIterator[AiohttpRequest]:
    request = AiohttpRequest(**options)
    await request.initialize()
    try:
        yield request
    finally:
        await request.shutdown()


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    async with opened() as made:
        yield made


def bot_of(server: Wire, request: AiohttpRequest) -> Bot:
    base = f"{server.url}/bot"
    return Bot(TOKEN, base, f"{server.url}/file/bot", request=request, get_updates_request=request)


def url_of(server: Wire, method: str = "sendMessage") -> str:
    return f"{server.url}/bot{TOKEN}/{method}"


async def post(request: AiohttpRequest, url: str, **options: Any) -> tuple[int, bytes]:
    return await request.do_request(url, "POST", RequestData([]), **options)


# --- what is sent


async def test_parameters_travel_as_a_form(server: Wire, request_: AiohttpRequest) -> None:
    server.told.append(SENT)
    text = "بند ٹوٹ گیا & 100 % = “ñ”\nनई पंक्ति 🙂"
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Ünd", callback_data="a:1")]])

    await bot_of(server, request_).send_message(7, text, reply_markup=keyboard)

    (asked,) = server.asked
    assert (asked.method, asked.path) == ("POST", f"/bot{TOKEN}/sendMessage")
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert asked.form["text"] == text
    assert asked.form["chat_id"] == "7"
    assert asked.form["reply_markup"] == keyboard.to_json()


async def test_a_call_without_parameters_has_an_empty_body(server: Wire, request_: AiohttpRequest) -> None:
    await bot_of(server, request_).close()

    assert (server.asked[0].body, server.asked[0].headers["content-length"]) == (b"", "0")


async def test_half_a_surrogate_pair_does_not_stop_a_message(server: Wire, request_: AiohttpRequest) -> None:
    server.told.extend((SENT, SENT))
    bot = bot_of(server, request_)

    await bot.send_message(7, "cut \ud83d here")
    await bot.send_document(7, b"x", caption="cut \ud83d here")

    assert server.asked[0].form["text"] == "cut ? here"
    assert server.asked[1].parts["caption"][2] == b"cut ? here"


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda data, name: InputFile(data, filename=name), id="bytes"),
        pytest.param(lambda data, name: InputFile(io.BytesIO(data), filename=name), id="a file that was read"),
        pytest.param(
            lambda data, name: InputFile(io.BytesIO(data), filename=name, read_file_handle=False), id="an open file"
        ),
    ],
)
async def test_files_travel_beside_parameters(
    server: Wire, request_: AiohttpRequest, make: Callable[[bytes, str], InputFile]
) -> None:
    server.told.append(SENT)
    data = bytes(range(256)) * 9_000  # 2.3 MB

    await bot_of(server, request_).send_document(7, make(data, "Übersicht für März.opml"), caption="آج")

    parts = server.asked[0].parts
    assert parts["chat_id"][2] == b"7"
    assert parts["caption"][2].decode() == "آج"
    assert parts["document"][2] == data
    assert b'filename="\xc3\x9cbersicht f\xc3\xbcr M\xc3\xa4rz.opml"' in server.asked[0].body


async def test_connections_are_kept_between_requests(server: Wire, request_: AiohttpRequest) -> None:
    for _ in range(3):
        await post(request_, url_of(server))

    assert server.connections == 1


async def test_a_connection_that_the_server_closed_is_replaced(server: Wire, request_: AiohttpRequest) -> None:
    for _ in range(3):
        server.told.append(answer({"ok": True, "result": True}, "Connection: close"))
        await post(request_, url_of(server))

    assert (server.connections, len(server.asked)) == (3, 3)


async def test_no_more_connections_than_allowed_are_open_at_once(server: Wire) -> None:
    async with opened(connections=3) as request:
        await asyncio.gather(*(post(request, url_of(server)) for _ in range(12)))

    assert (server.most, len(server.asked)) == (3, 12)


async def test_a_proxy_is_asked_where_one_is_set(server: Wire) -> None:
    async with opened(proxy=f"http://ann:pass@127.0.0.1:{server.port}") as request:
        await post(request, f"http://bots.invalid/bot{TOKEN}/getMe")

    assert server.asked[0].path == f"http://bots.invalid/bot{TOKEN}/getMe"
    assert server.asked[0].headers["proxy-authorization"].startswith("Basic ")


async def test_proxies_of_the_environment_are_not_asked(
    server: Wire, request_: AiohttpRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")

    assert await post(request_, url_of(server)) == (200, b'{"ok": true, "result": true}')


# --- what comes back


async def test_an_answer_is_handed_on_untouched(server: Wire, request_: AiohttpRequest) -> None:
    body = b'{"ok":true,"result":{"url":"https://desk.example/' + TOKEN.encode() + b'","x":"\\u0001\xff"}}'
    server.told.append(answer(body))

    assert await post(request_, url_of(server)) == (200, body)


async def test_a_file_is_handed_on_untouched(server: Wire, request_: AiohttpRequest) -> None:
    body = f"a file that names {TOKEN}".encode() + bytes(range(256)) * 1_000
    server.told.append(answer(body))

    assert bytes(await request_.retrieve(f"{server.url}/file/bot{TOKEN}/a.txt")) == body
    assert server.asked[0].method == "GET"


REFUSED = [
    pytest.param(400, {"description": "Bad Request: chat not found"}, BadRequest, "not sent", id="400"),
    pytest.param(401, {"description": "Unauthorized"}, InvalidToken, "not sent", id="401"),
    pytest.param(403, {"description": "Forbidden: bot was blocked by the user"}, Forbidden, "not sent", id="403"),
    pytest.param(404, {"description": "Not Found"}, InvalidToken, "not sent", id="404"),
    pytest.param(409, {"description": "Conflict: terminated"}, Conflict, "not sent", id="409"),
    pytest.param(429, {"description": "x", "parameters": {"retry_after": 3}}, RetryAfter, "not sent", id="429"),
    pytest.param(
        400, {"description": "x", "parameters": {"migrate_to_chat_id": -1001}}, ChatMigrated, "not sent", id="migrated"
    ),
    pytest.param(500, {"description": "Internal Server Error"}, NetworkError, "maybe sent", id="500"),
    pytest.param(502, {"description": "Bad Gateway"}, NetworkError, "maybe sent", id="502"),
]


@pytest.mark.parametrize(("status", "said", "kind", "delivery"), REFUSED)
async def test_a_refusal_says_whether_anything_was_sent(
    server: Wire, request_: AiohttpRequest, status: int, said: dict[str, Any], kind: type[Exception], delivery: Delivery
) -> None:
    server.told.append(answer({"ok": False, "error_code": status, **said}, status=status))

    with pytest.raises(kind) as caught:
        await bot_of(server, request_).send_message(7, "x")

    assert type(caught.value) is kind
    assert delivery_of(caught.value) == delivery
    assert len(server.asked) == 1


# --- what goes wrong


def told(*answers: bytes | Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]) -> Any:
    def prepare(server: Wire) -> None:
        server.told.extend(answers)

    return prepare


def silent(server: Wire) -> None:
    server.gate.clear()


async def never(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers a TLS greeting in words."""
    await reader.readexactly(1)
    writer.write(answer(b"", status=400))
    await writer.drain()


async def gone_halfway(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")


def echoing(status: int) -> bytes:
    return answer(f"<html>/bot{TOKEN}/sendMessage is not here</html>".encode(), status=status)


@dataclass(frozen=True)
class Trouble:
    prepare: Callable[[Wire], None]
    kind: type[TelegramError]
    said: str
    delivery: Delivery
    options: dict[str, Any] = field(default_factory=dict)
    url: str = "http://127.0.0.1:{port}"
    file: bytes = b""


TROUBLES = [
    pytest.param(
        Trouble(told(), LostError, "Connection refused", "not sent", url="http://127.0.0.1:9"), id="nobody listens"
    ),
    pytest.param(
        Trouble(told(), LostError, "telegram.base_url", "not sent", url="http://127.0.0.1:99999"), id="no address"
    ),
    pytest.param(
        Trouble(
            told(never),
            LateError,
            "no connection within 0.05 s",
            "not sent",
            {"timeouts": Timeouts(connect=SHORT)},
            "https://127.0.0.1:{port}",
        ),
        id="a TLS handshake that nobody answers",
    ),
    pytest.param(
        Trouble(told(plain), LostError, "no secure connection", "not sent", url="https://127.0.0.1:{port}"), id="no TLS"
    ),
    pytest.param(Trouble(told(b""), LostError, "closed without an answer", "maybe sent"), id="closed after reading"),
    pytest.param(
        Trouble(told(gone_halfway), LostError, "closed", "maybe sent", file=b"x" * 100), id="closed after the head"
    ),
    pytest.param(
        Trouble(silent, LateError, "did not answer within 0.05 s", "maybe sent", {"timeouts": Timeouts(read=SHORT)}),
        id="no answer",
    ),
    pytest.param(
        Trouble(
            told(never),
            LateError,
            "did not take the request within 0.05 s",
            "maybe sent",
            {"timeouts": Timeouts(write=SHORT)},
            file=b"x" * 30_000_000,
        ),
        id="a file that nobody takes",
    ),
    pytest.param(
        Trouble(
            told(answer(b'{"ok":true', length=99) + b"\n"),
            LateError,
            "did not answer",
            "maybe sent",
            {"timeouts": Timeouts(read=SHORT)},
        ),
        id="half an answer, then silence",
    ),
    pytest.param(
        Trouble(told(b"HTTP/1.1 200 OK\r\nContent-Length: zz\r\n\r\n"), LostError, "not HTTP", "maybe sent"),
        id="a broken head",
    ),
    pytest.param(Trouble(told(b"SSH-2.0-x\r\n\r\n"), LostError, "not HTTP", "maybe sent"), id="another protocol"),
    pytest.param(
        Trouble(told(answer(b"x" * 5_000)), LostError, "larger than 1,000 bytes", "maybe sent", {"largest": 1_000}),
        id="a huge answer",
    ),
    pytest.param(
        Trouble(told(answer(b"", "Location: https://elsewhere.invalid/", status=301)), LostError, "(301)", "not sent"),
        id="moved",
    ),
    pytest.param(Trouble(told(answer(b"<html>")), TelegramError, "Invalid server", "maybe sent"), id="garbage"),
    pytest.param(Trouble(told(echoing(200)), TelegramError, "Invalid server", "maybe sent"), id="an echo"),
    pytest.param(Trouble(told(echoing(404)), InvalidToken, r"\[token\]", "not sent"), id="a page that says the URL"),
    pytest.param(Trouble(told(echoing(503)), NetworkError, r"\[token\]", "maybe sent"), id="the same with a 503"),
]


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_trouble_says_what_is_known_of_delivery_and_never_the_token(
    server: Wire, trouble: Trouble, caplog: pytest.LogCaptureFixture
) -> None:
    trouble.prepare(server)
    base = trouble.url.format(port=server.port)
    async with opened(**trouble.options) as request:
        bot = Bot(TOKEN, f"{base}/bot", request=request, get_updates_request=request)
        with caplog.at_level(logging.DEBUG), pytest.raises(trouble.kind, match=trouble.said) as caught:
            await (bot.send_document(7, trouble.file) if trouble.file else bot.send_message(7, "x"))

    error = caught.value
    assert type(error) is trouble.kind
    assert delivery_of(error) == trouble.delivery
    everything = "".join(traceback.format_exception(error)) + repr(error) + repr(error.__context__)
    records = [record for record in caplog.records if record.name.split(".")[0] != "telegram" or record.exc_info]
    assert TOKEN not in everything + "".join(record.getMessage() for record in records)


async def test_half_an_answer_broke_off(server: Wire, request_: AiohttpRequest) -> None:
    async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer(b'{"ok":true', length=99))
        await writer.drain()

    server.told.append(half)

    with pytest.raises(LostError, match="broke off") as caught:
        await post(request_, url_of(server))

    assert caught.value.delivery == "maybe sent"


async def test_waiting_for_a_free_connection_ends_with_nothing_sent(server: Wire) -> None:
    server.gate.clear()
    async with opened(connections=1, timeouts=Timeouts(pool=SHORT)) as request:
        first = asyncio.create_task(post(request, url_of(server)))
        await server.arrived.wait()
        with pytest.raises(LateError, match=r"no connection became free within 0\.05 s") as caught:
            await post(request, url_of(server))
        server.gate.set()
        await first

    assert caught.value.delivery == "not sent"
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("option", "said"),
    [
        pytest.param({"read_timeout": SHORT}, "did not answer within 0.05 s", id="read"),
        pytest.param({"pool_timeout": SHORT}, "no connection became free", id="pool"),
    ],
)
async def test_a_call_may_have_limits_of_its_own(server: Wire, option: dict[str, float], said: str) -> None:
    server.gate.clear()
    async with opened(connections=1) as request:
        if "pool_timeout" in option:
            first = asyncio.create_task(post(request, url_of(server)))
            await server.arrived.wait()
        with pytest.raises(LateError, match=said):
            await post(request, url_of(server), **option)
        if "pool_timeout" in option:
            first.cancel()
            await asyncio.wait({first})


async def test_a_long_poll_is_held_longer_than_an_answer_is_waited_for(server: Wire) -> None:
    server.gate.clear()
    server.told.append(answer({"ok": True, "result": []}))
    async with opened(timeouts=Timeouts(read=SHORT)) as request:
        poll = asyncio.create_task(bot_of(server, request).get_updates(timeout=30))
        await server.arrived.wait()
        await asyncio.wait({poll}, timeout=2 * SHORT)
        assert not poll.done()
        server.gate.set()

        assert await poll == ()


# --- trying again


class Pauses:
    def __init__(self, then: Callable[[int], Awaitable[None]] | None = None) -> None:
        self.seconds: list[float] = []
        self._then = then

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        if self._then is not None:
            await self._then(len(self.seconds))


async def test_what_was_not_sent_is_tried_again() -> None:
    async with wire() as free:
        port = free.port
    servers: list[Wire] = []
    context = wire(port)

    async def back(count: int) -> None:
        if count == 2:
            servers.append(await context.__aenter__())

    pauses = Pauses(back)
    async with opened(insistence=(1.0, 2.0, 4.0), pause=pauses) as request:
        assert await post(request, f"http://127.0.0.1:{port}/bot{TOKEN}/x") == (200, b'{"ok": true, "result": true}')
    await context.__aexit__(None, None, None)

    assert pauses.seconds == [1.0, 2.0]
    assert len(servers[0].asked) == 1


async def test_trying_again_comes_to_an_end() -> None:
    pauses = Pauses()
    async with opened(insistence=(1.0, 2.0), pause=pauses) as request:
        with pytest.raises(LostError, match="refused"):
            await post(request, f"http://127.0.0.1:9/bot{TOKEN}/x")

    assert pauses.seconds == [1.0, 2.0]


@pytest.mark.parametrize(
    ("method", "tries"),
    [
        pytest.param("editMessageText", 3, id="edit"),
        pytest.param("answerCallbackQuery", 3, id="press"),
        pytest.param("sendChatAction", 3, id="typing"),
        pytest.param("sendPhoto", 1, id="picture"),
        pytest.param("sendRichMessage", 1, id="page"),
        pytest.param("copyMessage", 1, id="copy"),
    ],
)
@pytest.mark.parametrize(
    "trouble", [pytest.param(b"", id="lost"), pytest.param(answer({"ok": False}, status=502), id="bad gateway")]
)
async def test_what_makes_no_message_is_tried_again(server: Wire, method: str, tries: int, trouble: bytes) -> None:
    server.told.extend((trouble, trouble))
    async with opened(insistence=(1.0, 2.0), pause=Pauses()) as request:
        if tries > 1:
            assert await post(request, url_of(server, method)) == (200, b'{"ok": true, "result": true}')
        elif trouble:
            assert (await post(request, url_of(server, method)))[0] == 502
        else:
            with pytest.raises(LostError):
                await post(request, url_of(server, method))

    assert len(server.asked) == tries


async def test_what_may_have_been_sent_is_never_tried_again(server: Wire) -> None:
    server.told.extend((b"", b""))
    pauses = Pauses()
    async with opened(insistence=(1.0, 2.0), pause=pauses) as request:
        with pytest.raises(LostError):
            await post(request, url_of(server))

    assert (pauses.seconds, len(server.asked)) == ([], 1)


# --- life and death


async def test_opening_and_closing_may_be_said_twice_and_again(server: Wire) -> None:
    request = AiohttpRequest()
    await request.shutdown()
    for _ in range(2):
        await request.initialize()
        session = request._session
        await request.initialize()
        assert request._session is session
        assert await post(request, url_of(server)) == (200, b'{"ok": true, "result": true}')
        await request.shutdown()
        await request.shutdown()

    assert len(server.asked) == 2


async def test_before_and_after_its_time_nothing_is_sent(server: Wire) -> None:
    pauses = Pauses()
    request = AiohttpRequest(insistence=(1.0,), pause=pauses)

    with pytest.raises(LostError, match="is closed") as caught:
        await post(request, url_of(server))

    assert caught.value.delivery == "not sent"
    assert (pauses.seconds, server.connections) == ([], 0)


async def test_a_cancelled_request_frees_its_place_and_leaves_its_answer_to_nobody(server: Wire) -> None:
    server.gate.clear()
    server.told.append(answer({"ok": True, "result": "the first one's"}))
    async with opened(connections=1) as request:
        first = asyncio.create_task(post(request, url_of(server)))
        await server.arrived.wait()
        first.cancel()
        await asyncio.wait({first})
        server.gate.set()

        assert first.cancelled()
        assert await post(request, url_of(server)) == (200, OK.rpartition(b"\r\n")[2])


async def test_closing_ends_what_is_under_way(server: Wire) -> None:
    server.gate.clear()
    async with opened() as request:
        first = asyncio.create_task(post(request, url_of(server)))
        await server.arrived.wait()
    with pytest.raises(LostError) as caught:
        await first

    assert caught.value.delivery == "maybe sent"


# --- errors and settings


@pytest.mark.parametrize("error", [LostError("gone", "not sent"), LateError("late", "maybe sent")], ids=repr)
def test_an_error_that_was_pickled_still_knows(error: LostError | LateError) -> None:
    again = pickle.loads(pickle.dumps(error))

    assert (type(again), str(again), again.delivery) == (type(error), str(error), error.delivery)


def test_a_limit_that_passed_is_a_limit_to_others() -> None:
    assert issubclass(LateError, TimedOut)
    assert issubclass(LostError, NetworkError)


@pytest.mark.parametrize(
    ("error", "delivery"),
    [
        pytest.param(TimedOut(), "maybe sent", id="a limit of another transport"),
        pytest.param(ZeroDivisionError(), "maybe sent", id="a bug"),
    ],
)
def test_of_other_errors_nothing_is_known(error: Exception, delivery: Delivery) -> None:
    assert delivery_of(error) == delivery


async def test_only_answers_are_insisted_on() -> None:
    assert answers_request()._insistence
    assert updates_request()._insistence == broadcasts_request()._insistence == ()


@pytest.mark.parametrize("make", [updates_request, answers_request, broadcasts_request], ids=lambda make: make.__name__)
async def test_every_instance_goes_through_the_proxy(server: Wire, make: Callable[[str], AiohttpRequest]) -> None:
    async with make(server.url) as request:
        await post(request, f"http://bots.invalid/bot{TOKEN}/getMe")

    assert [asked.path for asked in server.asked] == [f"http://bots.invalid/bot{TOKEN}/getMe"]


def test_the_read_timeout_is_known_to_python_telegram_bot() -> None:
    assert AiohttpRequest(timeouts=Timeouts(read=7)).read_timeout == 7
