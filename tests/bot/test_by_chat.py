"""Chats side by side, and the messages of one in turn."""

import asyncio

import pytest

from bot.by_chat import ByChat


class Message:
    """As much of an update as the processor looks at."""

    def __init__(self, chat: int) -> None:
        self.effective_chat = type("Chat", (), {"id": chat})()
        self.effective_user = None


async def test_a_chat_is_answered_in_turn_and_others_meanwhile() -> None:
    order: list[str] = []
    slow, processor = asyncio.Event(), ByChat()

    async def answer(name: str, until: asyncio.Event | None = None) -> None:
        order.append(f"{name} begins")
        if until is not None:
            await until.wait()
        order.append(f"{name} ends")

    first = asyncio.create_task(processor.process_update(Message(1), answer("first", slow)))
    second = asyncio.create_task(processor.process_update(Message(1), answer("second")))
    other = asyncio.create_task(processor.process_update(Message(2), answer("other")))
    await other
    slow.set()
    await asyncio.gather(first, second)

    assert order == ["first begins", "other begins", "other ends", "first ends", "second begins", "second ends"]
    assert processor._turns == {}


async def test_a_failing_answer_leaves_its_chat_free() -> None:
    processor = ByChat()

    async def fail() -> None:
        raise ZeroDivisionError

    async def work() -> None:
        """Nothing."""

    with pytest.raises(ZeroDivisionError):
        await processor.process_update(Message(1), fail())
    await asyncio.wait_for(processor.process_update(Message(1), work()), 5)
