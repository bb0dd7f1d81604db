"""Presses whose message cannot be read any more, is gone, or was never the bot's own."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.local import wire
from handlers.press import Press
from handlers.saved import SAVE
from tests.handlers.world import World, world

OLD = "This button is old: what it led to is gone. /latest has what is new."


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        yield made


async def press(there: World, data: str, **under: Any) -> None:
    """As Telegram tells of it, `under` what it says of the message."""
    (shown,) = await there.say("/latest")
    query = there.server.press(there.reader, shown, 0)
    there.server.updates.drop()
    raw = wire.callback_query(there.server.world, query)
    del raw["message"]
    there.server.updates.add("callback_query", raw | {"data": data, **under})
    await there.settle()


def unread(there: World, number: int) -> dict[str, Any]:
    """A message of which Telegram does not say what is in it, for it is too old or gone (InaccessibleMessage)."""
    chat = {"id": there.reader.id, "type": "private", "first_name": "Ann"}
    return {"message": {"chat": chat, "message_id": number, "date": 0}}


async def test_a_message_that_is_too_old_to_be_read_can_still_show_it(there: World) -> None:
    await there.fill(1)
    await press(there, "b:0:1", **unread(there, 2))
    assert there.server.transcript(there.reader)[1].text.startswith("Ferry 1 leaves Tarn")
    assert there.toasts == [""]


async def test_what_was_done_is_said_where_its_message_is_gone(there: World) -> None:
    await there.fill(1)
    await press(there, Press(SAVE, (1, 1)).data, **unread(there, 99))
    assert there.toasts == ["Saved. /saved lists what you keep."]
    there.server.refusals.clear()
    (listed,) = await there.say("/saved")
    assert listed.text.startswith("1 saved")


async def test_what_cannot_be_shown_because_its_message_is_gone_is_said_to_be_old(there: World) -> None:
    await there.fill(1)
    await press(there, "b:0:1", **unread(there, 99))
    assert there.toasts == [OLD]
    there.server.refusals.clear()


@pytest.mark.parametrize("data", ["b:0:1", "c:0:1", "zz:0", "", "g:0/l:0:1:5"])
async def test_a_button_of_a_message_that_was_sent_inline_is_answered_too(there: World, data: str) -> None:
    await there.fill(1)
    await press(there, data, inline_message_id="AQAAAM")
    assert there.toasts == [OLD]
