"""What Telegram's refusals mean."""

from datetime import timedelta

import pytest
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

from bot.network_errors import LateError, LostError
from bot.refusals import Refusal, read


@pytest.mark.parametrize(
    ("error", "meaning", "detail"),
    [
        pytest.param(Forbidden("Forbidden: bot was blocked by the user"), "gone", "blocked", id="blocked"),
        pytest.param(Forbidden("Forbidden: user is deactivated"), "gone", "deactivated", id="deactivated"),
        pytest.param(Forbidden("Forbidden: bot was kicked from the group chat"), "gone", "kicked", id="kicked"),
        pytest.param(Forbidden("Forbidden: bot is not a member of the channel chat"), "gone", "kicked", id="not there"),
        pytest.param(Forbidden("Forbidden: something new"), "gone", "kicked", id="any other 403"),
        pytest.param(BadRequest("Chat not found"), "gone", "not found", id="no such chat"),
        pytest.param(BadRequest("Have no rights to send a message"), "gone", "rights", id="no rights"),
        pytest.param(BadRequest("TOPIC_CLOSED"), "topic", "closed", id="topic closed"),
        pytest.param(BadRequest("Message thread not found"), "topic", "deleted", id="topic deleted"),
        pytest.param(BadRequest("Can't parse entities: x"), "ours", "Can't parse entities: x", id="markup"),
        pytest.param(BadRequest("Message is too long"), "ours", "Message is too long", id="too long"),
        pytest.param(BadRequest("Button_data_invalid"), "ours", "Button_data_invalid", id="buttons"),
        pytest.param(BadRequest("Something new"), "refused", "Something new", id="any other 400"),
        pytest.param(InvalidToken("Unauthorized"), "token", "Unauthorized", id="401 and 404"),
        pytest.param(Conflict("Two pollers"), "not sent", "Two pollers", id="409"),
        pytest.param(NetworkError("Bad Gateway"), "doubt", "Bad Gateway", id="502"),
        pytest.param(TimedOut("late"), "doubt", "late", id="late"),
        pytest.param(LateError("late"), "doubt", "late", id="no answer in time"),
        pytest.param(LateError("late", "not sent"), "not sent", "late", id="no connection in time"),
        pytest.param(LostError("lost", "not sent"), "not sent", "lost", id="no connection"),
        pytest.param(TelegramError("Invalid server response"), "doubt", "Invalid server response", id="no JSON"),
    ],
)
def test_what_an_error_means(error: TelegramError, meaning: str, detail: str) -> None:
    found = read(error)

    assert (found.meaning, found.detail) == (meaning, detail)


def test_a_chat_that_moved() -> None:
    assert read(ChatMigrated(-1005)).meaning == "moved"
    assert read(ChatMigrated(-1005)).chat == -1005


def test_a_429_says_how_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")

    assert read(RetryAfter(timedelta(seconds=7))).seconds == 7.0
    assert isinstance(read(RetryAfter(timedelta(seconds=7))), Refusal)
