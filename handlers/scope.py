"""Whose settings are meant: the chat's in which something was asked, or those of one that its asker governs."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.asked import Asked
from handlers.press import Press
from handlers.subscribing import fresh
from summaries.models import Subscriber, Subscription
from summaries.subscribers import with_subscription

HERE = 0


@dataclass(frozen=True)
class Scope:
    """A chat and a topic of it, 0 for the chat itself. `where` is what a button says of it: `HERE`, or the chat."""

    chat: Subscriber
    topic: int
    where: int = HERE

    def press(self, view: str, *ids: int) -> str:
        """The data of a button that leads to `view` for this chat and topic."""
        return Press(view, (self.where, self.topic, *ids)).data

    def subscription(self, asked: Asked) -> Subscription:
        return fresh(self.chat, self.topic, asked.house)


Edit = Callable[[Subscription], Subscription]


async def edited(asked: Asked, scope: Scope, edit: Edit) -> Scope:
    """The scope after `edit`, on the disk when this returns."""

    def of_chat(before: Subscriber) -> Subscriber:
        return with_subscription(before, edit(fresh(before, scope.topic, asked.house)))

    chat = await asked.desk.subscribers.change(scope.chat.id, of_chat)
    return Scope(chat, scope.topic, scope.where)
