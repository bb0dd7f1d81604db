"""The laws of deciding; single traps are played through in tests/summaries/test_updating.py."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from summaries.intake.decide import (
    FEW,
    NOISE,
    REMEMBERED,
    RETRY,
    TRIES,
    Decision,
    Item,
    believed,
    dates,
    decide,
    failed_page,
    looked_into,
    seen_after,
)
from summaries.models import Entry, Mark, Seen

NOW = datetime(2031, 5, 20, 12, tzinfo=UTC)
MOST = 5


def item(number: int, *, date: datetime | None = NOW, fingerprint: int = 0, keys: tuple[int, ...] = ()) -> Item:
    return Item(Entry(str(number), published=date), keys or (number, 1000 + number), fingerprint)


def read(decision: Decision) -> list[str]:
    return [reading.item.entry.id for reading in decision.readings]


def after(decision: Decision, before: Seen | None = None, now: datetime = NOW) -> Seen:
    """What is seen once all of it was read and filed under the entry's number."""
    marks = [replace(reading.mark, briefing=int(reading.item.entry.id), reason="") for reading in decision.readings]
    return seen_after(1, decision, marks, before, now)


@pytest.mark.parametrize(
    ("entries", "order"),
    [
        pytest.param([(1, 5), (2, 3), (3, 4)], [1, 3, 2], id="dated"),
        pytest.param([(1, None), (2, None)], [1, 2], id="undated: as listed"),
        pytest.param([(1, 9), (2, None), (3, 1)], [1, 2, 3], id="between its neighbours"),
        pytest.param([(1, None), (2, 1), (3, 9)], [3, 1, 2], id="the first, undated, is as new as the next"),
        pytest.param([(1, 900), (2, 5), (3, 9)], [3, 1, 2], id="a future date is none"),
    ],
)
def test_the_newest_first_however_badly_dated(entries: list[tuple[int, int | None]], order: list[int]) -> None:
    listed = [
        Entry(str(number), published=None if day is None else NOW + timedelta(days=day - 10)) for number, day in entries
    ]
    moments = believed(listed, NOW)
    ranked = sorted(range(len(listed)), key=lambda place: (moments[place], -place), reverse=True)

    assert [int(listed[place].id) for place in ranked] == order


def test_dates_that_are_not_believed_make_no_rhythm() -> None:
    items = [item(1), item(2, date=None), item(3, date=NOW + timedelta(days=2)), item(4, date=NOW + timedelta(hours=3))]

    assert dates(items, NOW) == (NOW, NOW + timedelta(hours=3))


def test_what_the_archive_knows_is_not_read() -> None:
    decision = decide([item(1), item(2)], None, {1001: 77}, NOW, most=MOST)

    assert read(decision) == ["2"]
    assert [mark.briefing for mark in decision.marks] == [77]


def test_a_mark_learns_the_keys_that_an_entry_has_now() -> None:
    seen = Seen(1, NOW, (Mark((1, 2)),))
    first = decide([item(9, keys=(2, 3))], seen, {}, NOW, most=MOST)
    second = decide([item(9, keys=(3, 4))], Seen(1, NOW, first.marks), {}, NOW, most=MOST)

    assert read(first) == read(second) == []
    assert second.marks[0].keys == (3, 4, 2, 1)


@pytest.mark.parametrize(
    ("late", "expected"), [pytest.param(FEW, 0, id="few"), pytest.param(FEW + 1, FEW + 1, id="many")]
)
def test_from_how_many_on_old_entries_are_a_flood(late: int, expected: int) -> None:
    seen = Seen(1, NOW, (Mark((99,)),))
    old = [item(number, date=NOW - timedelta(days=3)) for number in range(1, late + 1)]
    decision = decide(old, seen, {}, NOW, most=50)

    assert decision.old == expected
    assert len(decision.readings) == late - expected
    assert read(decide(old, after(decision, seen), {}, NOW, most=50)) == []


def test_what_waits_is_not_old_at_the_next_poll() -> None:
    seen = Seen(1, NOW - timedelta(days=9), (Mark((99,)),))
    listed = [item(number, date=NOW - timedelta(days=8)) for number in range(1, 9)]
    first = decide(listed, seen, {}, NOW, most=MOST)
    left = after(first, seen)

    assert (len(first.readings), first.waiting, left.upto) == (5, 3, seen.upto)
    second = decide(listed, left, {}, NOW + timedelta(days=1), most=MOST)
    assert (len(second.readings), second.waiting, second.old) == (3, 0, 0)
    assert after(second, left).upto == NOW


def test_a_clock_that_was_once_ahead_makes_no_news_old() -> None:
    seen = Seen(1, NOW + timedelta(days=4000), (Mark((99,)),))
    decision = decide([item(number) for number in range(1, 9)], seen, {}, NOW, most=50)

    assert (len(decision.readings), decision.old) == (8, 0)


def test_a_first_poll_that_was_not_finished_leaves_nothing_old() -> None:
    decision = replace(decide([item(1), item(2)], None, {}, NOW, most=MOST), waiting=1)

    assert seen_after(1, decision, [], None, NOW).upto.year == 1970


def test_a_page_is_tried_so_often_and_then_given_up() -> None:
    mark = Mark((1,))
    reasons = [(mark := failed_page(mark, "server")).reason for _ in range(TRIES)]

    assert reasons == [RETRY] * (TRIES - 1) + ["server"]


def test_changes_are_looked_into_so_often_and_again_after_a_quiet_day() -> None:
    mark, now, looked = Mark((1,), 0, 7), NOW, 0
    for fingerprint in range(1, 20):
        shown = item(1, keys=(1,), fingerprint=fingerprint)
        decision = decide([shown], Seen(1, now, (mark,)), {}, now, most=MOST)
        looked += len(decision.readings)
        mark = looked_into(mark, shown, now) if decision.readings else decision.marks[0]
        now += timedelta(minutes=30)
    assert looked == NOISE

    now += timedelta(days=1)
    assert read(decide([item(1, keys=(1,), fingerprint=99)], Seen(1, now, (mark,)), {}, now, most=MOST)) == ["1"]


def test_unread_entries_are_remembered_after_they_left_the_feed_but_not_without_end() -> None:
    gone = tuple(Mark((number,)) for number in range(10_000))
    decision = decide([item(10_001)], Seen(1, NOW, (Mark((20_000,), 0, 5), *gone)), {}, NOW, most=MOST)

    assert len(decision.marks) == REMEMBERED
    assert decision.marks[0].keys == (0,)


numbers = st.lists(st.integers(1, 12), max_size=15)
ages = st.none() | st.integers(-400, 400)


@settings(max_examples=150, deadline=None)
@given(
    polls=st.lists(st.tuples(numbers, st.integers(0, 200), st.integers(0, 3)), max_size=8),
    days=st.dictionaries(st.integers(1, 12), ages),
    flips=st.booleans(),
)
def test_whatever_a_feed_shows_in_whatever_order_nothing_is_read_twice(
    polls: list[tuple[list[int], int, int]], days: dict[int, int | None], flips: bool
) -> None:
    """Entries come, go and come back, and change their text and one of their two keys; the archive knows the rest."""
    seen: Seen | None = None
    known: dict[int, int] = {}
    counts: Counter[str] = Counter()
    now = NOW
    for poll, (shown, hours, fingerprint) in enumerate(polls):
        now += timedelta(hours=hours)
        items = []
        for number in shown:
            day = days.get(number)
            keys = (number, 5000 + 100 * poll + number) if flips and poll % 2 else (number,)
            items.append(item(number, date=None if day is None else NOW + timedelta(days=day), keys=keys,
                              fingerprint=fingerprint))  # fmt: skip
        decision = decide(items, seen, known, now, most=MOST)
        assert len(decision.readings) <= MOST
        new = [reading for reading in decision.readings if not reading.mark.briefing]
        counts.update(reading.item.entry.id for reading in new)
        known |= {key: int(reading.item.entry.id) for reading in new for key in reading.item.keys}
        seen = after(decision, seen, now)

    assert not counts or max(counts.values()) == 1
