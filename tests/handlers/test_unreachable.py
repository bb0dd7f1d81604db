import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError, TimedOut

from handlers.unreachable import Why, unreachable


@pytest.mark.parametrize(
    ("error", "why"),
    [
        pytest.param(Forbidden("Forbidden: bot was blocked by the user"), "blocked", id="blocked"),
        pytest.param(Forbidden("Forbidden: user is deactivated"), "deactivated", id="deactivated"),
        pytest.param(Forbidden("Forbidden: bot was kicked from the supergroup chat"), "kicked", id="kicked"),
        pytest.param(Forbidden("Forbidden: bot is not a member of the channel chat"), "kicked", id="no-member"),
        pytest.param(Forbidden("Forbidden: bot can't initiate conversation with a user"), "blocked", id="never-wrote"),
        pytest.param(BadRequest("TOPIC_CLOSED"), "closed", id="closed"),
        pytest.param(BadRequest("Message thread not found"), "deleted", id="deleted"),
        pytest.param(BadRequest("Chat not found"), "not found", id="not-found"),
        pytest.param(BadRequest("Not enough rights to send text messages to the chat"), "rights", id="restricted"),
        pytest.param(BadRequest("Need administrator rights in the channel chat"), "rights", id="no-administrator"),
        pytest.param(BadRequest("CHAT_WRITE_FORBIDDEN"), "rights", id="forbidden"),
        pytest.param(BadRequest("Can't parse entities: unsupported start tag"), None, id="our-markup"),
        pytest.param(BadRequest("Message is too long"), None, id="our-length"),
        pytest.param(NetworkError("chat not found"), None, id="the-network"),
        pytest.param(TimedOut(), None, id="time"),
    ],
)
def test_why_nothing_is_taken(error: TelegramError, why: Why | None) -> None:
    assert unreachable(error) == why
