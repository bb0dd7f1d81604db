from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from handlers.looks.choice import Look, Looks
from summaries.desk import Desk, open_desk
from summaries.models import Look as Chosen

CHAT = 5


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    made = await open_desk(f"tinydb:{tmp_path / 'desk'}", clock=lambda: datetime(2022, 8, 8, tzinfo=UTC))
    yield made
    await made.close()


@pytest.mark.parametrize(
    ("own", "chosen", "pages", "look"),
    [
        pytest.param("message", "", True, "message", id="the-desk-s"),
        pytest.param("page", "", True, "page", id="the-desk-s-pages"),
        pytest.param("", "", True, "message", id="nobody-chose"),
        pytest.param("message", "page", True, "page", id="the-chat-s"),
        pytest.param("page", "message", True, "message", id="the-chat-s-messages"),
        pytest.param("page", "page", False, "message", id="refused-before"),
    ],
)
async def test_whose_choice_counts(desk: Desk, own: Chosen, chosen: Chosen, pages: bool, look: Look) -> None:
    await desk.subscribers.change(CHAT, lambda there: replace(there, look=chosen, pages=pages))
    looks = Looks(desk.subscribers, own)
    assert await looks.of(CHAT) == look
    assert await looks.take_pages(CHAT) is pages


async def test_without_settings_every_chat_gets_the_desk_s_look() -> None:
    assert await Looks(None, "page").of(CHAT) == "page"
    assert await Looks().of(CHAT) == "message"


async def test_what_one_chat_refuses_others_still_get(desk: Desk) -> None:
    looks = Looks(desk.subscribers, "page")
    await looks.refused(CHAT, "pages are not allowed in this chat")
    assert [await looks.of(chat) for chat in (CHAT, CHAT + 1)] == ["message", "page"]
    assert await Looks(desk.subscribers, "page").of(CHAT) == "message"


async def test_what_a_server_refuses_is_forgotten_with_the_process(desk: Desk) -> None:
    looks = Looks(desk.subscribers, "page")
    looks.not_served()
    assert await looks.of(CHAT) == "message"
    assert await Looks(desk.subscribers, "page").of(CHAT) == "page"


async def test_what_cannot_be_kept_is_logged(desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    await desk.close()
    reading = await open_desk(f"tinydb:{tmp_path / 'desk'}", readonly=True)
    try:
        await Looks(reading.subscribers, "page").refused(CHAT, "pages are not allowed in this chat")
    finally:
        await reading.close()
    assert "could not be kept" in caplog.text
