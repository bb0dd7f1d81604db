"""Which updates are answered side by side: those of different chats."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from telegram.ext import BaseUpdateProcessor

AT_ONCE = 32
"""Updates that are answered at the same time, each of another chat."""


class ByChat(BaseUpdateProcessor):
    """Answers chats side by side and the messages of one chat in turn, so that one slow answer holds up nobody else."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        super().__init__(at_once)
        self._turns: dict[int, tuple[asyncio.Lock, int]] = {}

    async def do_process_update(self, update: object, coroutine: Any) -> None:
        async with self._turn(_speaker(update)):
            await coroutine

    @asynccontextmanager
    async def _turn(self, chat: int) -> AsyncIterator[None]:
        """A lock for as long as somebody wants it; kept no longer, for a bot meets many chats."""
        lock, waiting = self._turns.get(chat, (asyncio.Lock(), 0))
        self._turns[chat] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            _, waiting = self._turns.pop(chat)
            if waiting > 1:
                self._turns[chat] = (lock, waiting - 1)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to let go of."""


def _speaker(update: object) -> int:
    """The chat of an update, else its user; 0 for those that have neither."""
    chat = getattr(update, "effective_chat", None)
    user = getattr(update, "effective_user", None)
    return int(chat.id if chat else user.id if user else 0)
