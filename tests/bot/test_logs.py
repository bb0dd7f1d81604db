import io
import logging
from collections.abc import Iterator

import pytest

from bot.logs import QUIET, logged

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
