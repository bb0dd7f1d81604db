import io
import logging
import traceback
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import BaseRequest, HTTPXRequest

from bot.commands.running import without
from bot.logs import QUIET, Redacting, logged
from bot.transport import AiohttpRequest
from summaries.errors import ConfigError, FetchError
from tests.crowd import BLOCKED, Crowd, serving

TOKEN = "12345:a-token-of-nobody"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is logged while the test runs."""
    stream = io.StringIO()
    with logged(TOKEN, stream=stream):
        yield stream


def test_the_token_is_taken_out_of_messages_and_arguments(log: io.StringIO) -> None:
    logging.getLogger("anybody").warning("POST https://api.telegram.org/bot%s/getMe", TOKEN)

    assert "bot[token]/getMe" in log.getvalue()
    assert TOKEN not in log.getvalue()


def test_the_token_is_taken_out_of_tracebacks(log: io.StringIO) -> None:
    try:
        raise ValueError(f"no host in bot{TOKEN}")
    except ValueError:
        logging.getLogger("anybody").exception("it failed")

    assert "Traceback" in log.getvalue()
    assert TOKEN not in log.getvalue()


@pytest.mark.parametrize("name", QUIET)
def test_chatty_libraries_are_heard_only_when_something_is_wrong(log: io.StringIO, name: str) -> None:
    logging.getLogger(name).info("HTTP Request: 200 OK")
    logging.getLogger(name).warning("something is wrong")

    assert "200 OK" not in log.getvalue()
    assert "something is wrong" in log.getvalue()


def test_the_loggers_are_put_back_afterwards() -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers), logging.getLogger("httpx").level)
    with logged(TOKEN, stream=io.StringIO()):
        assert root.level == logging.INFO

    assert (root.level, list(root.handlers), logging.getLogger("httpx").level) == before


# --- nasty cases


class Holder:
    """Something whose `repr` tells more than it should."""

    def __repr__(self) -> str:
        return f"<Bot {TOKEN}>"


def _chained() -> Exception:
    try:
        try:
            raise KeyError(TOKEN, {"url": f"https://telegram.example/bot{TOKEN}/getMe"})
        except KeyError as first:
            raise RuntimeError(f"in bot{quote(TOKEN, safe='')}") from first
    except RuntimeError as error:
        return error


def _while_handling() -> Exception:
    try:
        try:
            raise OSError(5, TOKEN, f"/tmp/{TOKEN}")
        except OSError:
            raise ValueError(TOKEN.encode())  # noqa: B904  (the context is what is tried)
    except ValueError as error:
        return error


def _group() -> BaseException:
    return ExceptionGroup(f"tasks of {TOKEN}", [_chained(), InvalidToken(f"The token `{TOKEN}` was rejected")])


def _noted() -> Exception:
    error = ValueError("odd")
    error.add_note(f"while asking bot{TOKEN}")
    return error


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(_chained(), id="chained"),
        pytest.param(_while_handling(), id="while handling another"),
        pytest.param(_group(), id="a group"),
        pytest.param(_noted(), id="a note"),
        pytest.param(ValueError(Holder()), id="an argument's repr"),
    ],
)
def test_no_form_of_an_error_shows_the_token(log: io.StringIO, error: BaseException) -> None:
    logging.getLogger("anybody").error("it failed: %r %s", error, error, exc_info=error)

    assert "[token]" in log.getvalue()
    assert "a-token-of-nobody" not in log.getvalue()


def test_a_record_that_cannot_be_formatted_does_not_show_its_arguments(
    log: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    record = logging.LogRecord("anybody", logging.ERROR, "place.py", 7, "%d", (TOKEN,), None)
    ours = next(handler for handler in logging.getLogger().handlers if isinstance(handler.formatter, Redacting))
    ours.handle(record)

    assert capsys.readouterr().err == "a record of anybody (place.py:7) cannot be written: TypeError\n"
    assert log.getvalue() == ""


async def asked_for_everything(base: str, request: BaseRequest) -> None:
    bot = Bot(TOKEN, base, request=request, get_updates_request=request)
    await request.initialize()
    try:
        for asking in (bot.get_me(), bot.send_message(5, "Hello"), bot.send_message(6, "Hello")):
            try:
                await asking
            except TelegramError:
                logging.getLogger("anybody").exception("refused")
    finally:
        await request.shutdown()


@pytest.mark.parametrize("stock", [True, False], ids=["the library's own transport", "ours"])
async def test_with_every_library_at_its_most_talkative(log: io.StringIO, stock: bool) -> None:
    """Requests that succeed, that are refused, and that reach nobody."""
    crowd = Crowd()
    crowd.turns[6].append(BLOCKED)
    names = ("", *QUIET, "telegram.Bot", "telegram.ext", "aiohttp", "aiohttp.client", "asyncio", "httpcore.http11")
    levels = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(logging.DEBUG)
    try:
        async with serving(crowd):
            for base in (crowd.base_url, "http://127.0.0.1:1/bot"):
                await asked_for_everything(base, HTTPXRequest() if stock else AiohttpRequest())
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)

    said = log.getvalue()
    assert "DEBUG" in said
    assert TOKEN not in said
    assert "bot was blocked by the user" in said


# --- what ends the process


def test_an_error_that_ends_the_bot_does_not_show_the_token(
    log: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    for error in (_chained(), InvalidToken(f"The token `{TOKEN}` was rejected")):
        shown = without(error, TOKEN)
        assert isinstance(shown, RuntimeError)
        assert TOKEN not in "".join(traceback.format_exception(shown)) + capsys.readouterr().err
        assert type(error).__name__ in str(shown)
    assert "a bug ends the bot" in log.getvalue()
    assert "Traceback" in log.getvalue()


def test_an_error_of_the_world_keeps_its_exit_code_and_its_words() -> None:
    shown = without(ConfigError(f"https://x/bot{TOKEN} is no address; set it"), TOKEN)

    assert str(shown) == "https://x/bot[token] is no address; set it"
    assert getattr(shown, "exit_code", 0) == ConfigError.exit_code


def test_an_error_without_the_token_stays_as_it_is() -> None:
    error = FetchError("x could not be had", "timeout")

    assert without(error, TOKEN) is error
    assert without(error, "") is error
