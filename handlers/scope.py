"""The settings of the chat or topic that is meant: what is set, what a button to change it carries, and the change."""

from collections.abc import Callable
from dataclasses import replace

from msgspec.structs import replace as change

from handlers.asked import Asked
from handlers.governed import Governed
from handlers.press import Press
from handlers.subscribing import fresh
from summaries.models import Subscriber, Subscription, Taste
from summaries.subscribers import with_subscription
from summaries.threads.due import pause_at

Edit = Callable[[Subscription], Subscription]


def data(scope: Governed, view: str, *ids: int) -> str:
    """What a button carries that leads to `view` for this chat and topic."""
    return Press(view, (scope.number, scope.topic, *ids)).data


def subscription(asked: Asked, scope: Governed) -> Subscription:
    """As it stands now: without a pause that is over."""
    own = fresh(scope.chat, scope.topic, asked.house)
    return change(own, paused_until=pause_at(own, asked.now))


async def edited(asked: Asked, scope: Governed, edit: Edit) -> Governed:
    """The scope after `edit` of its subscription, on the disk when this returns."""

    def of_chat(before: Subscriber) -> Subscriber:
        return with_subscription(before, edit(fresh(before, scope.topic, asked.house)))

    return replace(scope, chat=await asked.desk.subscribers.change(scope.chat.id, of_chat))


async def tasted(asked: Asked, scope: Governed, edit: Callable[[Taste], Taste]) -> Governed:
    """The scope after `edit` of what its subscription wants, on the disk when this returns."""
    return await edited(asked, scope, lambda own: change(own, taste=edit(own.taste)))
