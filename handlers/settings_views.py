"""What a button about settings leads to: the chat that it is about is asked for first, and who may change it."""

from collections.abc import Awaitable, Callable

from handlers.access import Role
from handlers.asked import Asked, Target
from handlers.document import Document
from handlers.governed import Governed, governed_by
from handlers.press import Press

Page = Callable[[Asked, Governed, tuple[int, ...]], Awaitable[Document | None]]
"""Shows, and first changes, the settings of a chat; the numbers are the button's own, behind chat and topic."""


def view(page: Page, role: Role = Role.CHAT_ADMIN) -> Target:
    """A target for a button that carries the number of a chat and a topic first."""

    async def show(asked: Asked, press: Press) -> Document | None:
        match press.ids:
            case (number, topic, *ids):
                scope = await governed_by(asked, number, topic)
                return scope if isinstance(scope, Document) else await page(asked, scope, tuple(ids))
        return None

    return Target(show, role)
