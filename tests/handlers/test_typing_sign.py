import asyncio
from typing import Any, cast

from telegram.error import Forbidden

from handlers.outgoing import Place
from handlers.typing_sign import typing


class Watched:
    """A bot that notes what it shows; `error` is what Telegram says against it."""

    def __init__(self, error: Forbidden | None = None) -> None:
        self.error = error
        self.shown: list[tuple[int, str, int | None]] = []
        self.called = asyncio.Event()

    async def send_chat_action(self, chat: int, action: str, message_thread_id: int | None = None) -> None:
        self.shown.append((chat, action, message_thread_id))
        self.called.set()
        if self.error:
            raise self.error


async def test_it_is_shown_in_its_topic_while_the_work_goes_on_and_not_after() -> None:
    bot = Watched()
    async with typing(cast(Any, bot), Place(5, 7)):
        await bot.called.wait()
    assert bot.shown == [(5, "typing", 7)]
    assert len(asyncio.all_tasks()) == 1


async def test_what_telegram_says_against_it_does_not_stop_the_work() -> None:
    bot = Watched(Forbidden("bot was blocked by the user"))
    async with typing(cast(Any, bot), Place(5)):
        await bot.called.wait()
        done = True
    assert done
