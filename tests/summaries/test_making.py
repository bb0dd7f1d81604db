"""What one chat gets, and what is to be written down with it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from summaries.archive.store import SUBSCRIBERS, TOLD, Put
from summaries.making import Making, next_of, reachable, subjects_of
from summaries.models import Pick, Slot, Subscriber, Subscription, Taste, Told, ToldTopic
from summaries.subscribers import timed
from summaries.threads.choose import Choice
from summaries.threads.due import Fallen

NOW = datetime(2031, 6, 2, 8, tzinfo=UTC)
SLOT = Slot(1, 480, served=date(2031, 6, 1))
READER = Subscriber(5, subscriptions=(Subscription(0, (SLOT, Slot(2, 1200, served=date(2031, 6, 1)))),))
FALLEN = Fallen(date(2031, 6, 2), NOW, late=False, missed=0)


def test_a_digest_serves_its_slot_and_no_other() -> None:
    making = Making(READER, Told(5))
    choice = Choice((Pick(70, (3,)),), more=2, rest=(1,), read=4, upto=3, why={2: "room"})
    making.digest(0, SLOT, Fallen(FALLEN.day, NOW, late=False, missed=2), choice, NOW, 31)
    served = replace(SLOT, served=FALLEN.day, left=(("room", 1),), delivery=31, skipped=2)
    assert making.subscriber.subscriptions[0].slots == (served, READER.subscriptions[0].slots[1])
    (row,) = making.deliveries
    assert (row.id, row.picks, row.more, row.rest, row.read, row.slot, row.day) == (
        31,
        (Pick(70, (3,)),),
        2,
        (1,),
        4,
        1,
        FALLEN.day,
    )
    assert making.changes() == [Put(SUBSCRIBERS, making.subscriber), Put(TOLD, making.told)]


def test_a_day_without_a_digest_leaves_the_last_one_known() -> None:
    slot = replace(SLOT, delivery=31, skipped=2)
    making = Making(READER, Told(5))
    making.digest(0, slot, FALLEN, Choice(upto=3), NOW, 0)
    assert making.subscriber.subscriptions[0].slots[0] == replace(
        SLOT, served=FALLEN.day, outcome="nothing new", delivery=31
    )


def test_what_is_as_it_was_is_not_written() -> None:
    making = Making(READER, Told(5, (ToldTopic(0, upto=3),)))
    assert making.changes() == []
    making.serve(0, replace(SLOT, served=FALLEN.day, outcome="late"))
    assert making.changes() == [Put(SUBSCRIBERS, making.subscriber)]


def test_the_earliest_moment_counts() -> None:
    making = Making(READER, Told(5))
    for hours in (3, 1, 2):
        making.hold(NOW + timedelta(hours=hours))
    assert making.held_until == NOW + timedelta(hours=1)
    assert next_of(READER.subscriptions, NOW) == NOW
    assert next_of((), NOW) is None


@pytest.mark.parametrize(
    ("subscription", "subjects"),
    [
        pytest.param(Subscription(taste=Taste(follow=("ferry",), stories=(7,), at_once=True)), {"ferry", 7}, id="both"),
        pytest.param(Subscription(taste=Taste(follow=("ferry",))), set(), id="only in digests"),
        pytest.param(Subscription(taste=Taste(follow=("ferry",), at_once=True), closed="deleted"), set(), id="closed"),
    ],
)
def test_what_comes_at_once(subscription: Subscription, subjects: set[str | int]) -> None:
    assert subjects_of(Subscriber(5, subscriptions=(subscription,))) == subjects


def test_who_is_out_of_reach() -> None:
    assert [reachable(each) for each in (READER, replace(READER, suspended="kicked"), replace(READER, left=NOW))] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("before", "after", "since"),
    [
        pytest.param(Taste(), Taste(follow=("ferry",), at_once=True), NOW, id="switched on"),
        pytest.param(Taste(at_once=True), Taste(follow=("ferry",), at_once=True), NOW, id="something more is followed"),
        pytest.param(Taste(at_once=True), Taste(mute=("ferry",), at_once=True), None, id="something else is changed"),
        pytest.param(Taste(), Taste(follow=("ferry",)), None, id="not at once"),
    ],
)
def test_what_comes_at_once_counts_from_when_it_was_asked_for(
    before: Taste, after: Taste, since: datetime | None
) -> None:
    was = Subscriber(5, subscriptions=(Subscription(taste=before),))
    made = timed(was, Subscriber(5, subscriptions=(Subscription(taste=after),)), NOW)
    assert made.subscriptions[0].at_once_since == since
