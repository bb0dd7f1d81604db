from pathlib import Path

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.local.params import Params
from handlers.in_channels import ELSEWHERE, payload_of
from handlers.press import Press
from tests.handlers.world import world


@pytest.mark.parametrize(
    ("press", "payload"),
    [
        pytest.param(Press("b", (12,)), "b12", id="briefing"),
        pytest.param(Press("c", (12,), back="l:0:1:5"), "b12", id="context"),
        pytest.param(Press("st", (5,)), "s5", id="story"),
        pytest.param(Press("l", (41, 5)), ELSEWHERE, id="list"),
        pytest.param(Press("b", ()), ELSEWHERE, id="nothing"),
    ],
)
def test_where_a_press_leads(press: Press, payload: str) -> None:
    assert payload_of(press) == payload


async def test_a_press_in_a_channel_changes_no_post_and_opens_the_private_chat(tmp_path: Path) -> None:
    async with world(tmp_path) as there:
        await there.fill(1)
        channel = there.server.channel("Tarn daily", there.server.person("Mira"))
        buttons = [[InlineKeyboardButton("#1", callback_data=Press("b", (1,)).data)]]
        await there.application.bot.send_message(channel.id, "Today", reply_markup=InlineKeyboardMarkup(buttons))
        asked: list[str] = []

        def note(method: str, params: Params) -> None:
            if method == "answerCallbackQuery":
                asked.append(params.text("url"))

        there.server.trouble = note
        post = there.server.transcript(channel)[-1]
        after = await there.press(post, "#1")
        assert asked == [f"https://t.me/{there.server.bot.username}?start=b1"]
        assert (after, there.edits) == (post, 0)
        (opened,) = await there.say("/start b1")
        assert "Ferry 1 leaves Tarn" in opened.text
