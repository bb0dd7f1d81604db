"""Pure: whether somebody still waits for a delivery, and what Telegram's refusals make of a chat."""

from datetime import datetime

from msgspec.structs import replace

from summaries.models import Delivery, Subscriber
from summaries.subscribers import Edit, subscription_of, with_subscription


def suspended(reason: str, now: datetime) -> Edit:
    """Nothing can be sent there any more. All that was set stays, and so does the first reason."""
    return lambda chat: chat if chat.suspended else replace(chat, suspended=reason, suspended_since=now)


def closed(topic: int, reason: str) -> Edit:
    """Telegram takes nothing for this topic."""
    return lambda chat: with_subscription(chat, replace(subscription_of(chat, topic), closed=reason))


def unwanted(row: Delivery, chat: Subscriber | None) -> str:
    """Why a delivery has nobody to be read by any more; empty where it has.

    A word goes to whom it is meant for, subscribed or not: to an admin, say. Who gets a broadcast may have nothing set.
    """
    if chat is None:
        return "" if row.kind in ("word", "broadcast") else "forgotten"
    if chat.suspended or chat.left is not None:
        return chat.suspended or "left"
    there = subscription_of(chat, row.topic)
    if there.closed:
        return f"topic {there.closed}"
    if row.kind == "digest" and row.slot not in {slot.id for slot in there.slots}:
        return "unsubscribed"
    if row.kind == "push" and not there.taste.at_once:
        return "unsubscribed"
    return ""
