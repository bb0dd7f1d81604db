"""How far long work is: one message, edited while the work goes on, that becomes its answer."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram import Bot, Message
from telegram.error import TelegramError

from handlers.answer import Place, Screens, edit, send_one
from handlers.document import Document
from handlers.looks import classic

log = logging.getLogger(__name__)

PACE = 1.0
"""Seconds between two edits: Telegram takes about one a second in a chat."""


class Progress:
    """Telegram never holds up the work: `tell` only notes what to show, and what is overtaken is not shown at all.

    `shown` is the message to edit; without one the first news sends it to `place`. `begun` is awaited before the first
    edit.
    """

    def __init__(
        self,
        bot: Bot,
        place: Place,
        screens: Screens,
        *,
        shown: Message | None = None,
        begun: Callable[[], Awaitable[None]] | None = None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._bot, self._place, self._screens = bot, place, screens
        self._shown, self._begun, self._pause = shown, begun, pause
        self._next: Document | None = None
        self._task: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()
        self._closed = False

    def tell(self, document: Document) -> None:
        self._next = document
        if not self._closed and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._show_all())

    async def close(self) -> Message | None:
        """No further news. The message that showed them, if one did."""
        self._closed = True
        async with self._turn:  # an edit under way comes to its end: only then is it known which message there is
            if self._task is not None:
                self._task.cancel()
        if self._task is not None:
            await asyncio.wait({self._task})
            if not self._task.cancelled():
                self._task.result()
        return self._shown

    async def _show_all(self) -> None:
        while self._next is not None and not self._closed:
            async with self._turn:
                document, self._next = self._next, None
                try:
                    await self._show(document)
                except TelegramError as error:  # the answer will meet it again, and then it counts
                    log.info("How far the work is could not be shown: %s", error.message)
                    self._closed = True
            await self._pause(PACE)

    async def _show(self, document: Document) -> None:
        message = classic.render(document)[0]
        begun, self._begun = self._begun, None
        if begun is not None:
            await begun()
        if self._shown is None:
            self._shown = await send_one(self._bot, self._place, message)
            self._screens.note(self._shown, message)
        else:
            await edit(self._shown, message, self._screens)
