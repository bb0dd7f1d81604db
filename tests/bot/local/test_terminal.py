import asyncio
import io
import os
import signal
from collections.abc import Callable
from typing import Any

import pytest
from rich.console import Console
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.local import lines as lines_module
from bot.local.lines import read_lines
from bot.local.people import ADMIN_ID, READER_ID
from bot.local.server import LocalServer
from bot.local.terminal import converse, record, running, settled

KEYBOARD = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("In context", callback_data="context")],
        [InlineKeyboardButton("Original", url="https://harbour.example/ferry")],
    ]
)


async def latest(update: Update, context: Any) -> None:
    assert update.message is not None
    await update.message.reply_html("<b>The ferry</b> sails again", reply_markup=KEYBOARD)


async def press(update: Update, context: Any) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer("Opened")
    await query.edit_message_text("<blockquote>It left at dawn.</blockquote>", parse_mode="HTML")


async def echo(update: Update, context: Any) -> None:
    assert update.effective_message is not None
    assert update.effective_user is not None
    await update.effective_message.reply_text(f"{update.effective_user.id} said {update.effective_message.text}")


async def later(update: Update, context: Any) -> None:
    async def work() -> None:
        for _ in range(5):
            await asyncio.sleep(0)
        await echo(update, context)

    context.application.create_task(work(), update)


@pytest.fixture
def server() -> LocalServer:
    return LocalServer()


@pytest.fixture
def application(server: LocalServer) -> Application[Any, Any, Any, Any, Any, Any]:
    builder = Application.builder().token(server.token).concurrent_updates(8).job_queue(None)
    built = builder.request(server.request()).get_updates_request(server.request()).build()
    built.add_handler(CommandHandler("latest", latest))
    built.add_handler(CommandHandler("later", later))
    built.add_handler(CallbackQueryHandler(press))
    built.add_handler(MessageHandler(filters.TEXT, echo, block=False))
    return built


@pytest.fixture
def console() -> Console:
    return Console(file=io.StringIO(), width=60)


def shown(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


async def test_says_lines_in_turn_and_prints_the_answers(
    server: LocalServer, application: Any, console: Console
) -> None:
    await converse(application, server, ["/latest", "1", "hello"], console=console)
    assert shown(console).splitlines() == [
        "> /latest",
        "Backchannel",
        "  The ferry sails again",
        "  [1] In context",
        "  [2] Original (https://harbour.example/ferry)",
        "",
        "> [1] In context",
        "(i) Opened",
        "Backchannel edited",
        "  ▎ It left at dawn.",
        "",
        "> hello",
        "Backchannel",
        f"  {ADMIN_ID} said hello",
        "",
    ]
    assert server.refusals == []
    assert not application.running


async def test_waits_for_tasks_that_a_handler_left(server: LocalServer, application: Any, console: Console) -> None:
    await converse(application, server, ["/later", "then"], console=console)
    said = [message.text for message in server.transcript(server.speaker("admin"))]
    assert said == ["/later", f"{ADMIN_ID} said /later", "then", f"{ADMIN_ID} said then"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        pytest.param(["/latest", "2"], "opens https://harbour.example/ferry", id="a button that opens a link"),
        pytest.param(["/latest", "7"], "there is no button [7]: the last ones are [1] to [2]", id="no such button"),
        pytest.param(["7"], f"{ADMIN_ID} said 7", id="a number where there are no buttons is said"),
    ],
)
async def test_numbers(server: LocalServer, application: Any, console: Console, lines: list[str], said: str) -> None:
    await converse(application, server, lines, console=console)
    assert said in shown(console)


async def offer(update: Update, context: Any) -> None:
    """Two answers, and a second page."""
    assert update.inline_query is not None
    query = update.inline_query
    names = ("Ferry", "Tram") if not query.offset else (query.query or "nothing",)
    results = [
        InlineQueryResultArticle(name, name, InputTextMessageContent(f"{name} sails"), description=f"about {name}")
        for name in names
    ]
    button = InlineQueryResultsButton("Ask me", start_parameter="search")
    await query.answer(results, next_offset="" if query.offset else "2", button=button)


async def test_a_line_with_the_bot_s_name_is_typed_inline_and_a_number_sends(
    server: LocalServer, application: Any, console: Console
) -> None:
    application.add_handler(InlineQueryHandler(offer), group=-1)
    await converse(application, server, ["@Backchannel_bot harbour", "3", "1"], console=console)
    assert shown(console).splitlines() == [
        "> @Backchannel_bot harbour",
        "@backchannel_bot",
        "  Ask me (/start search)",
        "  [1] Ferry",
        "  about Ferry",
        "  [2] Tram",
        "  about Tram",
        "  [3] More …",
        "",
        "> [3] More …",
        "@backchannel_bot",
        "  Ask me (/start search)",
        "  [1] harbour",
        "  about harbour",
        "",
        "> [1] harbour",
        "Admin",
        "  harbour sails",
        "",
        "Backchannel",
        f"  {ADMIN_ID} said harbour sails",
        "",
    ]
    assert server.refusals == []


async def test_the_reader_is_somebody_else(server: LocalServer, application: Any, console: Console) -> None:
    await converse(application, server, ["hello"], console=console, role="reader")
    assert f"{READER_ID} said hello" in shown(console)


async def test_in_a_group_only_commands_are_heard(server: LocalServer, application: Any, console: Console) -> None:
    await converse(application, server, ["hello", "/later"], console=console, group=True)
    assert "said hello" not in shown(console)
    assert f"{ADMIN_ID} said /later" in shown(console)


async def test_no_escape_sequence_reaches_a_file(server: LocalServer, application: Any, console: Console) -> None:
    await converse(application, server, ["/latest"], console=console)
    assert "\x1b" not in shown(console)


async def test_lines_are_piped_in_until_quit(
    server: LocalServer, application: Any, console: Console, pipe: Callable[[bytes], None]
) -> None:
    pipe("/latest\n\nسلام 你好\n/quit\nunheard\n".encode())
    await converse(application, server, [], console=console, interactive=True)
    assert f"{ADMIN_ID} said سلام 你好" in shown(console)
    assert "unheard" not in shown(console)


async def test_a_closed_pipe_ends_the_conversation(server: LocalServer, application: Any) -> None:
    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    class Quiet(Console):
        def on_broken_pipe(self) -> None:
            """As rich's own, which also turns the process's standard output to nowhere."""
            raise SystemExit(1)

    await converse(application, server, ["/latest", "unsaid"], console=Quiet(file=Closed()))
    assert server.transcript(server.speaker("admin")) == ()
    assert not application.running


async def test_hooks_run_as_they_do_in_run_polling(server: LocalServer) -> None:
    called: list[str] = []

    def hook(name: str) -> Callable[[Any], Any]:
        async def note(application: Any) -> None:
            called.append(name)

        return note

    builder = Application.builder().token(server.token).job_queue(None)
    builder = builder.request(server.request()).get_updates_request(server.request())
    built = builder.post_init(hook("init")).post_stop(hook("stop")).post_shutdown(hook("shutdown")).build()
    async with running(built):
        await settled(built, server)
        called.append("talk")
    assert called == ["init", "talk", "stop", "shutdown"]


async def test_an_application_without_updater_is_a_mistake(server: LocalServer) -> None:
    built = Application.builder().token(server.token).updater(None).job_queue(None).build()
    with pytest.raises(ValueError, match="without an updater"):
        async with running(built):
            pass


async def test_a_conversation_becomes_a_picture(server: LocalServer, application: Any, console: Console) -> None:
    with record(console) as scene:
        await converse(application, server, ["/latest"], console=console)
    picture = scene.svg("Backchannel")
    assert picture.startswith("<svg")
    assert "sails" in picture
    assert "cdnjs" not in picture


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes bytes the standard input."""
    reading, writing = os.pipe()
    stdin = os.fdopen(reading)
    monkeypatch.setattr(lines_module.sys, "stdin", stdin)  # type: ignore[attr-defined]

    def write(data: bytes) -> None:
        os.write(writing, data)
        os.close(writing)

    yield write
    stdin.close()


async def test_lines_come_whole_from_a_file_too(tmp_path: Any) -> None:
    path = tmp_path / "lines"
    path.write_bytes("one\r\nzwölf\nlast".encode())
    with path.open() as stream:
        assert [line async for line in read_lines(stream)] == ["one", "zwölf", "last"]


async def test_an_interrupt_ends_the_conversation_cleanly(
    server: LocalServer, application: Any, console: Console, pipe: Callable[[bytes], None]
) -> None:
    async def interrupt(update: Update, context: Any) -> None:
        signal.raise_signal(signal.SIGINT)

    application.add_handler(CommandHandler("interrupt", interrupt), group=-1)
    pipe(b"/interrupt\nunheard\n")
    await converse(application, server, [], console=console, interactive=True)
    assert "unheard" not in shown(console)
    assert not application.running
