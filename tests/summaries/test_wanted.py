"""Whether somebody still waits for a delivery."""

from datetime import UTC, datetime

import pytest

from summaries.models import Delivery, DeliveryKind, Slot, Subscriber, Subscription, Taste
from summaries.subscribers import subscription_of
from summaries.wanted import closed, suspended, unwanted

NOW = datetime(2031, 5, 20, 6, tzinfo=UTC)
EAGER = Subscription(slots=(Slot(1, 480),), taste=Taste(at_once=True))
CHAT = Subscriber(1, subscriptions=(EAGER, Subscription(5, closed="deleted"), Subscription(6)))


def row(kind: DeliveryKind = "digest", *, slot: int = 1, topic: int = 0) -> Delivery:
    return Delivery(1, 1, kind, NOW, slot=slot, topic=topic)


@pytest.mark.parametrize(
    ("delivery", "chat", "why"),
    [
        pytest.param(row(), CHAT, "", id="wanted"),
        pytest.param(row(slot=2), CHAT, "unsubscribed", id="another slot"),
        pytest.param(row("push", slot=0), CHAT, "", id="news have no slot"),
        pytest.param(row("push", slot=0, topic=6), CHAT, "unsubscribed", id="news that nobody wants at once any more"),
        pytest.param(row(topic=5), CHAT, "topic deleted", id="its topic is gone"),
        pytest.param(row("word", topic=5), CHAT, "topic deleted", id="a word to a topic that is gone"),
        pytest.param(row("broadcast"), Subscriber(1), "", id="a broadcast needs no subscription"),
        pytest.param(row("broadcast"), Subscriber(1, suspended="blocked"), "blocked", id="suspended"),
        pytest.param(row("word"), Subscriber(1, left=NOW), "left", id="left"),
        pytest.param(row(), None, "forgotten", id="forgotten"),
        pytest.param(row("broadcast"), None, "", id="a broadcast to somebody who set nothing"),
        pytest.param(row("word"), None, "", id="a word to an admin who never subscribed"),
    ],
)
def test_who_waits(delivery: Delivery, chat: Subscriber | None, why: str) -> None:
    assert unwanted(delivery, chat) == why


def test_the_first_reason_of_a_suspension_stays() -> None:
    once = suspended("blocked", NOW)(CHAT)

    assert (once.suspended, once.suspended_since, once.subscriptions) == ("blocked", NOW, CHAT.subscriptions)
    assert suspended("not found", NOW)(once) is once


def test_a_topic_is_closed_and_the_others_stay() -> None:
    after = closed(0, "closed")(CHAT)

    assert subscription_of(after).closed == "closed"
    assert subscription_of(after).slots == CHAT.subscriptions[0].slots
    assert subscription_of(after, 5) == CHAT.subscriptions[1]
