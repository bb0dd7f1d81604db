"""Wiring: what is started, what is said, and the order in which everything is let go of."""

import asyncio
import contextlib
import logging
import os
import signal
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import pytest
from telegram.request import BaseRequest

from bot import app
from bot.app import build, invite, run, serve, unless
from bot.collector import Collector
from bot.config import Config, load
from bot.local.limits import Refusal
from bot.local.server import LocalServer
from bot.pacing import FREE, Pace
from bot.transport import AiohttpRequest
from handlers.front import KEY
from summaries.archive.store import OUTBOX, PEOPLE, Put, open_store
from summaries.desk import Desk, open_desk
from summaries.errors import BackchannelError, ConfigError, DiskError, LockedError
from summaries.models import Person
from tests.wire import wire


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return load(None, {"BACKCHANNEL_TOKEN": LocalServer().token}, data=str(tmp_path / "data"))


@pytest.fixture
async def desk(config: Config) -> AsyncIterator[Desk]:
    desk = await open_desk(config.store.url)
    yield desk
    await desk.close()


@pytest.fixture
def server() -> LocalServer:
    return LocalServer()


def built(config: Config, desk: Desk, server: LocalServer, **options: Any) -> app.App:
    return build(
        config,
        desk,
        token=server.token,
        request=server.request(),
        updates_request=server.request(),
        **options,
    )


async def answers(server: LocalServer, person: Any, count: int) -> list[str]:
    """The bot's messages to `person`, when there are `count` of them."""
    arrived = asyncio.Event()
    server.listeners.append(lambda event: arrived.set())
    while True:
        texts = [message.text for message in server.transcript(person) if message.sender == server.bot]
        if len(texts) >= count:
            return texts
        await arrived.wait()
        arrived.clear()


@contextlib.asynccontextmanager
async def serving(application: app.App, desk: Desk, **options: Any) -> AsyncIterator[asyncio.Event]:
    stop = asyncio.Event()
    task = asyncio.create_task(serve(application, desk, stop, **options))
    yield stop
    stop.set()
    await task


# --- serve


async def test_the_bot_answers_until_it_is_stopped(config: Config, desk: Desk, server: LocalServer) -> None:
    ann = server.person("Ann")
    async with serving(built(config, desk, server), desk):
        server.say(ann, "/help")
        assert "/search" in (await answers(server, ann, 1))[0]

    assert server.refusals == []
    assert len(server.updates) == 0


async def test_what_was_said_while_it_was_away_is_answered(config: Config, desk: Desk, server: LocalServer) -> None:
    ann = server.person("Ann")
    server.say(ann, "/help")

    async with serving(built(config, desk, server), desk):
        assert len(await answers(server, ann, 1)) == 1


async def test_who_opens_the_link_first_becomes_the_admin_and_is_remembered(
    config: Config, desk: Desk, server: LocalServer, caplog: pytest.LogCaptureFixture
) -> None:
    ann, bob = server.person("Ann"), server.person("Bob")
    invitation = await invite(config, desk)
    assert invitation is not None
    with caplog.at_level(logging.INFO, "bot.app"):
        async with serving(built(config, desk, server, invitation=invitation), desk, invitation=invitation):
            server.say(ann, f"/start {invitation.secret}")
            await answers(server, ann, 1)
            server.say(bob, f"/start {invitation.secret}")
            await answers(server, bob, 1)

    assert f"https://t.me/{server.bot.username}?start={invitation.secret}" in caplog.text
    assert [person.id for person in await desk.admins()] == [ann.id]
    assert await invite(config, desk) is None


async def test_a_configured_admin_needs_no_link(desk: Desk) -> None:
    assert await invite(load(None, {"BACKCHANNEL_TELEGRAM__ADMINS": "7"}), desk) is None


async def test_a_desk_with_an_admin_needs_no_link(config: Config, desk: Desk) -> None:
    await desk.admit(Person(7, "Ann", admin=True))

    assert await invite(config, desk) is None


async def test_admins_see_their_own_menu(config: Config, desk: Desk, server: LocalServer) -> None:
    ann = server.person("Ann")
    application = built(config, desk, server, admins=(ann.id,))
    async with serving(application, desk):
        server.say(ann, "/help")
        await answers(server, ann, 1)
        everybody = await application.bot.get_my_commands()

    assert {command.command for command in everybody} >= {"latest", "summary", "search", "help"}


async def test_the_configuration_says_what_a_subscription_begins_with(
    config: Config, desk: Desk, server: LocalServer
) -> None:
    names = {"TIME": "06:45", "TIMEZONE": "Asia/Karachi", "DAYS": "mon, fri", "MAX_ITEMS": "5"}
    environ = {f"BACKCHANNEL_DIGEST__{name}": value for name, value in names.items()}
    config = load(None, environ, data=config.store.url.partition(":")[2])
    application = built(config, desk, server)
    async with application:
        reader = server.speaker("reader")
        server.say(reader, "/subscribe daily")
        server.say(reader, "/subscribe mon,fri")
        for update in await application.bot.get_updates(timeout=0):
            await application.process_update(update)

    chat = await desk.subscribers.get(reader.id)
    assert chat is not None
    [subscription] = chat.subscriptions
    [slot] = subscription.slots
    assert (slot.at, slot.days, subscription.zone) == (405, 0b0010001, "Asia/Karachi")
    assert desk.digesting.most == 5


async def test_a_webhook_left_behind_is_cleared(config: Config, desk: Desk, server: LocalServer) -> None:
    server.webhook = "https://old.example/hook"
    ann = server.person("Ann")
    server.say(ann, "/help")

    async with serving(built(config, desk, server), desk):
        await answers(server, ann, 1)

    assert server.webhook == ""


async def test_a_network_that_is_down_at_the_start_is_waited_for(
    config: Config, desk: Desk, server: LocalServer, caplog: pytest.LogCaptureFixture
) -> None:
    waits: list[float] = []

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    def trouble(method: str, params: object) -> None:
        if len(waits) < 3:
            raise Refusal(502, "Bad Gateway")

    server.trouble = trouble
    ann = server.person("Ann")
    server.say(ann, "/help")
    with caplog.at_level(logging.INFO):
        async with serving(built(config, desk, server), desk, pause=pause):
            await answers(server, ann, 1)

    assert waits == [1, 2, 4]
    assert "cannot reach Telegram" in caplog.text
    assert "answers again" in caplog.text


async def test_it_can_be_stopped_while_it_waits_for_the_network(
    config: Config, desk: Desk, server: LocalServer
) -> None:
    waiting = asyncio.Event()

    async def pause(seconds: float) -> None:
        waiting.set()
        await asyncio.Event().wait()

    def trouble(method: str, params: object) -> None:
        raise Refusal(502, "Bad Gateway")

    server.trouble = trouble
    async with serving(built(config, desk, server), desk, pause=pause) as stop:
        await waiting.wait()
        stop.set()


@pytest.mark.parametrize(
    ("method", "code", "error", "said"),
    [
        pytest.param("getMe", 401, ConfigError, "refuses the token", id="a refused token"),
        pytest.param("getUpdates", 409, BackchannelError, "another process", id="two pollers"),
        pytest.param("getUpdates", 401, ConfigError, "refuses the token", id="a token revoked meanwhile"),
    ],
)
async def test_what_waiting_cannot_mend_stops_the_bot(
    config: Config, desk: Desk, server: LocalServer, method: str, code: int, error: type[Exception], said: str
) -> None:
    def trouble(called: str, params: object) -> None:
        if called == method:
            raise Refusal(code, "Conflict: terminated by other getUpdates request" if code == 409 else "Unauthorized")

    server.trouble = trouble

    with pytest.raises(error, match=said) as caught:
        await serve(built(config, desk, server), desk, asyncio.Event())

    assert server.token not in str(caught.value)


async def test_everything_is_let_go_of_in_order(
    config: Config, desk: Desk, server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Updates, jobs, their tasks, answers in hand, HTTP; the desk comes after `serve`."""
    order: list[str] = []
    application = built(config, desk, server)

    def noting(owner: Any, name: str, said: str) -> None:
        original = getattr(owner, name)

        async def noted(*args: Any, **options: Any) -> Any:
            result = await original(*args, **options)
            order.append(said)
            return result

        monkeypatch.setattr(owner, name, noted)

    real = app.scheduler

    def scheduler(jobs: Any, now: datetime) -> Any:
        plan = real(jobs, now)
        shutdown = plan.shutdown

        def noted(wait: bool = True) -> None:
            shutdown(wait=wait)
            order.append("jobs")

        monkeypatch.setattr(plan, "shutdown", noted)
        return plan

    monkeypatch.setattr(app, "scheduler", scheduler)
    noting(app.Worker, "drain", "tasks")
    collector = Collector(desk, cast(Any, Idle()))
    noting(collector, "tick", "sources are looked at")
    noting(collector, "drain", "sources")
    noting(type(application), "stop", "answers")
    noting(type(application), "shutdown", "http")
    noting(server.updates, "poll", "updates")
    ann = server.person("Ann")
    async with serving(application, desk, collector=collector):
        server.say(ann, "/help")
        await answers(server, ann, 1)

    assert order.index("sources are looked at") < order.index("jobs")
    assert order[order.index("jobs") - 1 :] == ["updates", "jobs", *["tasks"] * 3, "sources", "answers", "http"]


async def test_the_admins_hear_of_what_fails_where_nobody_waits(
    config: Config, desk: Desk, server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job that fails is in the log first; the next tick of the alarms tells of it."""
    admin = server.speaker("admin")
    application = built(config, desk, server, admins=(admin.id,))
    alarm, failed = application.bot_data[KEY].alarm, asyncio.Event()
    note = alarm.note

    async def full(now: datetime) -> None:
        raise DiskError("data: no space left; free some")

    def noted(*args: str) -> None:
        note(*args)
        failed.set()

    monkeypatch.setattr(alarm, "note", noted)
    monkeypatch.setattr(desk, "housekeeping", full)
    real = app.scheduler

    def scheduler(jobs: Any, now: datetime) -> Any:
        next(job for job in jobs if job.name == "housekeeping").wake.set()
        return real(jobs, now)

    monkeypatch.setattr(app, "scheduler", scheduler)
    server.say(admin, "/help")
    async with serving(application, desk):
        await answers(server, admin, 1)
        await failed.wait()
        await alarm.tick()
        *_, told = await answers(server, admin, 2)

    assert told == "Something failed: housekeeping: data: no space left; free some. The log has the rest."


async def test_what_an_admin_says_to_everybody_goes_on_at_the_next_start(
    config: Config, desk: Desk, server: LocalServer
) -> None:
    """It was begun, and the process died before anybody was asked."""
    await desk.store.commit([Put(PEOPLE, Person(5)), Put(PEOPLE, Person(6))])
    await desk.broadcasting.begin("The desk moves on Sunday.", 9)
    application = built(config, desk, server)
    async with app.delivering(application, config, desk, Pace(FREE)) as deliverer:
        await deliverer.tick()

    assert [row.chat async for row in desk.store.rows(OUTBOX)] == [5, 6]


class Idle:
    """A scout that nobody asks for anything."""

    async def stop(self, grace: float) -> None:
        """Nothing runs."""


async def test_unless_tells_whether_the_work_ended() -> None:
    stop = asyncio.Event()

    async def quick() -> None:
        """Nothing."""

    assert await unless(stop, quick())
    stop.set()
    assert not await unless(stop, asyncio.Event().wait())  # type: ignore[arg-type]


async def test_unless_raises_what_the_work_raises() -> None:
    async def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await unless(asyncio.Event(), fail())


# --- settings


def test_the_addresses_of_the_configuration_are_used(config: Config, tmp_path: Path) -> None:
    environ = {
        "BACKCHANNEL_TELEGRAM__BASE_URL": "http://127.0.0.1:9/bot",
        "BACKCHANNEL_TELEGRAM__BASE_FILE_URL": "http://127.0.0.1:9/file/bot",
    }

    async def addresses() -> tuple[str, str]:
        desk = await open_desk(config.store.url)
        try:
            bot = build(load(None, environ), desk, token="1:a").bot
            return bot.base_url, bot.base_file_url
        finally:
            await desk.close()

    assert asyncio.run(addresses()) == ("http://127.0.0.1:9/bot1:a", "http://127.0.0.1:9/file/bot1:a")


async def test_everything_goes_through_the_proxy_of_the_configuration(desk: Desk) -> None:
    async with wire() as proxy:
        environ = {
            "BACKCHANNEL_TELEGRAM__PROXY": proxy.url,
            "BACKCHANNEL_TELEGRAM__BASE_URL": "http://telegram.invalid/bot",
        }
        bot = build(load(None, environ), desk, token="1:a").bot
        for request in bot._request:
            async with request:
                await request.post("http://telegram.invalid/bot1:a/close")

    assert [asked.path for asked in proxy.asked] == ["http://telegram.invalid/bot1:a/close"] * 2


async def test_a_bot_that_never_got_through_lets_go_of_its_connections(desk: Desk) -> None:
    waiting = asyncio.Event()

    async def pause(seconds: float) -> None:
        waiting.set()
        await asyncio.Event().wait()

    environ = {"BACKCHANNEL_TELEGRAM__BASE_URL": "http://127.0.0.1:9/bot"}
    application = build(load(None, environ), desk, token="1:a", request=AiohttpRequest())
    async with serving(application, desk, pause=pause) as stop:
        await waiting.wait()
        stop.set()

    assert all(request._session is None for request in application.bot._request)  # type: ignore[attr-defined]


def test_the_requests_are_used_that_were_given(config: Config) -> None:
    async def requests() -> tuple[BaseRequest, ...]:
        desk, server = await open_desk(config.store.url), LocalServer()
        first, second = server.request(), server.request()
        try:
            bot = build(config, desk, token=server.token, request=first, updates_request=second).bot
            return (bot.request, *bot._request, first, second)
        finally:
            await desk.close()

    answers, *pair, first, second = asyncio.run(requests())
    assert answers is first
    assert pair == [second, first]


# --- run


async def test_run_needs_a_token(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="@BotFather"):
        await run(load(None, {}, data=str(tmp_path)))


async def test_run_does_not_share_a_desk(config: Config) -> None:
    store = await open_store(config.store.url)
    try:
        with pytest.raises(LockedError, match=str(os.getpid())):
            await run(config)
    finally:
        await store.close()


class Loopback:
    """The local Telegram behind HTTP on a port of this machine, for a bot in a process of its own."""

    def __init__(self) -> None:
        self.server = LocalServer()
        self.polled = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                body = outer.reply(self.path.rpartition("/")[2])
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Nothing on stderr."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.stopping = threading.Event()

    def reply(self, method: str) -> bytes:
        if method == "getMe":
            return b'{"ok":true,"result":{"id":7,"is_bot":true,"first_name":"B","username":"velm_bot"}}'
        if method == "getUpdates":
            self.polled.set()
            self.stopping.wait(30)
            return b'{"ok":true,"result":[]}'
        return b'{"ok":true,"result":true}'


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    loopback = Loopback()
    thread = threading.Thread(target=loopback.http.serve_forever, daemon=True)
    thread.start()
    yield loopback
    loopback.stopping.set()
    loopback.http.shutdown()
    thread.join()
    loopback.http.server_close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
async def test_the_process_stops_cleanly_at_a_signal_and_never_logs_its_token(
    loopback: Loopback, tmp_path: Path, number: signal.Signals
) -> None:
    environ = os.environ | {
        "PYTHONPATH": str(Path(app.__file__).parents[1]),
        "BACKCHANNEL_TOKEN": "12345:the-token-of-nobody",
        "BACKCHANNEL_TELEGRAM__BASE_URL": f"http://127.0.0.1:{loopback.http.server_port}/bot",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "--data", str(tmp_path / "data"), "run"),
        stderr=asyncio.subprocess.PIPE,
        env=environ,
    )
    assert await asyncio.to_thread(loopback.polled.wait, 60)
    process.send_signal(number)
    _, err = await process.communicate()
    log = err.decode()

    assert process.returncode == 0, log
    assert f"{number.name}: stopping" in log
    assert log.rstrip().endswith("the desk is closed")
    assert "https://t.me/velm_bot?start=" in log
    assert "the-token-of-nobody" not in log
