"""What one chat gets when something of it is due, and what is kept of that. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from msgspec.structs import replace

from summaries.archive.store import SUBSCRIBERS, TOLD, Change, Put
from summaries.models import Delivery, Pick, Slot, Subscriber, Subscription, Told, ToldTopic
from summaries.threads.choose import Choice
from summaries.threads.due import Fallen, next_due, zone_of
from summaries.threads.telling import after_digest, after_push, untold

AGAIN = timedelta(hours=1)
"""How long a story that came at once does not come so again."""


@dataclass
class Making:
    """A chat as it becomes. `held_until` is when it is to be looked at again for what may not come yet."""

    subscriber: Subscriber
    told: Told
    deliveries: list[Delivery] = field(default_factory=list)
    held_until: datetime | None = None

    def __post_init__(self) -> None:
        self._before = (self.subscriber, self.told)

    def topic(self, topic: int) -> ToldTopic:
        """What a topic of it was told."""
        return next((each for each in self.told.topics if each.topic == topic), ToldTopic(topic))

    def digest(self, topic: int, slot: Slot, found: Fallen, choice: Choice, now: datetime, id: int) -> None:
        """The digest of a slot, as delivery `id`; without anything to tell it is served all the same."""
        self._tell(after_digest(self.topic(topic), choice, found.day))
        served = replace(slot, served=found.day, left=choice.reasons, skipped=found.missed)
        if not choice.picks:
            self.serve(topic, replace(served, outcome="nothing new"))
        else:
            self.serve(topic, replace(served, outcome="", delivery=id))
            made = Delivery(
                id, self.subscriber.id, "digest", now, topic, slot=slot.id, day=found.day, due=found.at,
                picks=choice.picks, more=choice.more, rest=choice.rest, read=choice.read,
            )  # fmt: skip
            self.deliveries.append(made)

    def late(self, topic: int, slot: Slot, found: Fallen) -> None:
        """A digest that is worth nothing any more."""
        self.serve(topic, replace(slot, served=found.day, outcome="late", left=(), skipped=found.missed))

    def push(self, subscription: Subscription, choice: Choice, now: datetime) -> None:
        """What comes at once."""
        day = now.astimezone(zone_of(subscription.zone)).date()
        self._tell(after_push(self.topic(subscription.topic), choice, day, now, AGAIN))
        made = Delivery(0, self.subscriber.id, "push", now, subscription.topic, due=now)
        self.deliveries.append(replace(made, picks=choice.picks, read=choice.read))

    def take_back(self, topic: int, picks: Sequence[Pick]) -> None:
        """What did not arrive."""
        if any(each.topic == topic for each in self.told.topics):
            self._tell(untold(self.topic(topic), picks))

    def serve(self, topic: int, slot: Slot) -> None:
        """Put a slot in the place of the one with its id."""
        subscriptions = self.subscriber.subscriptions
        self.subscriber = replace(
            self.subscriber,
            subscriptions=tuple(_with_slot(each, slot) if each.topic == topic else each for each in subscriptions),
        )

    def hold(self, until: datetime) -> None:
        self.held_until = min(until, self.held_until or until)

    def changes(self) -> list[Change]:
        """What is to be committed with the deliveries."""
        before, told = self._before
        changes: list[Change] = [Put(SUBSCRIBERS, self.subscriber)] if self.subscriber != before else []
        return [*changes, Put(TOLD, self.told)] if self.told != told else changes

    def _tell(self, told: ToldTopic) -> None:
        others = tuple(each for each in self.told.topics if each.topic != told.topic)
        self.told = replace(self.told, topics=(*others, told))


def _with_slot(subscription: Subscription, slot: Slot) -> Subscription:
    return replace(subscription, slots=tuple(slot if each.id == slot.id else each for each in subscription.slots))


def reachable(subscriber: Subscriber) -> bool:
    """Whether anything can be sent to it."""
    return not subscriber.suspended and subscriber.left is None


def next_of(subscriptions: Iterable[Subscription], now: datetime) -> datetime | None:
    """When the first digest of any of these falls due."""
    due = (next_due(each, slot, now) for each in subscriptions for slot in each.slots)
    return min((one for one in due if one is not None), default=None)


def subjects_of(subscriber: Subscriber) -> frozenset[str | int]:
    """Words and stories of which what is new comes at once."""
    tastes = [each.taste for each in subscriber.subscriptions if each.taste.at_once and not each.closed]
    return frozenset[str | int]().union(*(taste.follow for taste in tastes), *(taste.stories for taste in tastes))
