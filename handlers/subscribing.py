"""Pure: what a subscription becomes when somebody asks for something."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

from msgspec.structs import replace

from handlers.house import House
from handlers.wishes import MOST_TIMES
from summaries.models import EVERY_DAY, Slot, Subscriber, Subscription, Taste
from summaries.subscribers import subscription_of
from summaries.threads.due import zone_of

LONGEST_WORDS = 100
"""Characters of what is followed or muted."""
MOST_WORDS = 50
"""Subjects that one topic of a chat may follow, and as many that it may mute."""

T = TypeVar("T")


class TooMany(Exception):
    """Nothing was changed: there would be more than `most`."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


def fresh(subscriber: Subscriber, topic: int, house: House) -> Subscription:
    """The subscription of a topic; a new one begins with the zone of the house."""
    known = any(each.topic == topic for each in subscriber.subscriptions)
    return subscription_of(subscriber, topic) if known else Subscription(topic, zone=house.zone)


def subscribed(
    before: Subscription, times: Iterable[int], days: int | None, house: House, now: datetime
) -> Subscription:
    """With a slot for each of `times`. Without times, `days` are those of all slots; the first slot is the house's.

    A time that there is already takes the new days. Raises `TooMany` past `MOST_TIMES`.
    """
    wanted = tuple(times)
    if not wanted and before.slots and days:
        return replace(before, slots=tuple(replace(slot, days=days) for slot in before.slots))
    if not wanted and not before.slots:
        wanted = (house.digest_at,)
        days = days or house.digest_days
    slots = {slot.at: slot for slot in before.slots}
    for at in wanted:
        slots[at] = (
            replace(slots[at], days=days or slots[at].days) if at in slots else _slot(before, slots, at, days, now)
        )
    if len(slots) > MOST_TIMES:
        raise TooMany(MOST_TIMES)
    return replace(before, slots=tuple(slots.values()))


def _slot(before: Subscription, others: dict[int, Slot], at: int, days: int | None, now: datetime) -> Slot:
    """A new slot. A time that is over for today begins tomorrow. Its id is the second of its making, or the next."""
    there = now.astimezone(zone_of(before.zone))
    over = there.hour * 60 + there.minute >= at
    id = max([int(now.timestamp()), *(slot.id + 1 for slot in others.values())])
    return Slot(id, at, days or EVERY_DAY, there.date() if over else None)


def without_slot(before: Subscription, slot: int) -> Subscription:
    return replace(before, slots=tuple(each for each in before.slots if each.id != slot))


def unsubscribed(before: Subscription) -> Subscription:
    """Nothing comes any more; all other settings stay."""
    return replace(before, slots=(), paused_until=None, taste=replace(before.taste, at_once=False))


def with_day(before: Subscription, slot: int, day: int) -> Subscription:
    """With the day in or out. The last day of a slot stays: to have none is to unsubscribe."""

    def turned(each: Slot) -> Slot:
        days = each.days ^ (1 << day)
        return replace(each, days=days) if each.id == slot and days else each

    return replace(before, slots=tuple(turned(each) for each in before.slots))


def paused(before: Subscription, until: date | None) -> Subscription:
    return replace(before, paused_until=until)


def toggled(values: tuple[T, ...], value: T) -> tuple[T, ...]:
    """With it where it was not, without it where it was."""
    return tuple(each for each in values if each != value) if value in values else (*values, value)


def turned_source(taste: Taste, source: int) -> Taste:
    """Round: nothing said of it, only such, none of such."""
    wanted, unwanted = _turned(taste.sources, taste.not_sources, source)
    return replace(taste, sources=wanted, not_sources=unwanted)


def turned_tag(taste: Taste, tag: str) -> Taste:
    wanted, unwanted = _turned(taste.tags, taste.not_tags, tag)
    return replace(taste, tags=wanted, not_tags=unwanted)


def _turned(wanted: tuple[T, ...], unwanted: tuple[T, ...], value: T) -> tuple[tuple[T, ...], tuple[T, ...]]:
    if value in wanted:
        return toggled(wanted, value), (*unwanted, value)
    if value in unwanted:
        return wanted, toggled(unwanted, value)
    return (*wanted, value), unwanted


def words_added(words: tuple[str, ...], said: str) -> tuple[str, ...]:
    """With what was said, unless it is there in other case. Raises `TooMany` past `MOST_WORDS`."""
    subject = " ".join(said.split())[:LONGEST_WORDS].strip(" \"“”'")
    if subject.casefold() in (each.casefold() for each in words) or not subject:
        return words
    if len(words) >= MOST_WORDS:
        raise TooMany(MOST_WORDS)
    return (*words, subject)
