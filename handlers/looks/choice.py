"""Which look a chat gets: the one that it chose, else the desk's; messages where pages are not taken."""

import logging
from collections.abc import Awaitable, Callable
from typing import Literal

from msgspec.structs import replace

from summaries.errors import ArchiveError
from summaries.models import Look as Chosen
from summaries.subscribers import Subscribers

log = logging.getLogger(__name__)

Look = Literal["message", "page"]

_ABOUT_THE_PAGE = ("parse", "too long", "too_long", "too many", "too deep", "nested", "empty", "invalid", "validate")
"""In a refusal that says nothing of the chat: what was sent is at fault, and not where it was sent to."""


async def _nobody(fault: str) -> None:
    """Who is told of a fault, where nobody is."""


class Looks:
    """What is known of one server and its chats. Without `subscribers` every chat gets the desk's own look.

    `tell` brings a fault of ours to somebody who can mend it.
    """

    def __init__(
        self,
        subscribers: Subscribers | None = None,
        own: Chosen = "message",
        *,
        tell: Callable[[str], Awaitable[None]] = _nobody,
    ) -> None:
        self._subscribers = subscribers
        self._own: Look = own or "message"
        self._tell = tell
        self._served = True

    async def of(self, chat: int) -> Look:
        there = await self._subscribers.known(chat) if self._subscribers else None
        if not self._served or (there is not None and not there.pages):
            return "message"
        return (there.look if there else "") or self._own

    async def take_pages(self, chat: int) -> bool:
        """Whether neither the server nor the chat is known to refuse them."""
        there = await self._subscribers.known(chat) if self._subscribers else None
        return self._served and (there is None or there.pages)

    def not_served(self) -> None:
        """The server is older than pages. Forgotten when the process ends: servers are upgraded."""
        if self._served:
            log.warning("This Bot API server knows no pages (sendRichMessage, Bot API 10.1): they go out as messages.")
        self._served = False

    async def misread(self, fault: str) -> None:
        """What we made is not what Telegram reads; it went out in a plainer form."""
        log.error("%s", fault)
        await self._tell(fault)

    async def refused(self, chat: int, reason: str) -> None:
        """A page was refused where a message was taken. What is at fault with the chat is remembered."""
        said = reason.lower()
        if "chat" not in said and any(words in said for words in _ABOUT_THE_PAGE):
            await self.misread(f"Telegram refused a page ({reason}), so it went out as messages")
            return
        log.warning("Chat %d takes no pages (%s): it gets messages from now on.", chat, reason)
        if self._subscribers is not None:
            try:
                await self._subscribers.change(chat, lambda there: replace(there, pages=False))
            except ArchiveError as error:
                log.warning("That chat %d takes no pages could not be kept: %s", chat, error)
