"""One digest for each local date: in every zone, over every change of the clocks, and whatever a reader changes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from summaries.models import Quiet, Slot, Subscription
from summaries.threads.due import GRACE, Fallen, before_first, fallen, loud_from, next_due, rescheduled, zone_of

DAY = timedelta(days=1)
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
DAYS = [FIRST + place * DAY for place in range((LAST - FIRST).days + 1)]
ZONES = sorted(name for name in available_timezones() if name not in ("localtime", "Factory"))
NOW = datetime(2026, 1, 1, tzinfo=UTC)
WEEKDAYS = 0b0011111


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def subscription(
    clock: str = "08:00",
    zone: str = "UTC",
    *,
    served: str | None = "2026-06-01",
    days: int = 127,
    quiet: tuple[str, str] | None = None,
    until: str | None = None,
) -> Subscription:
    slot = Slot(1, minutes(clock), days, date.fromisoformat(served) if served else None)
    hours = Quiet(minutes(quiet[0]), minutes(quiet[1])) if quiet else None
    return Subscription(0, (slot,), zone, hours, date.fromisoformat(until) if until else None)


def due_of(subscription: Subscription, now: datetime) -> datetime | None:
    return next_due(subscription, subscription.slots[0], now)


def served(subscription: Subscription, day: date) -> Subscription:
    return replace(subscription, slots=(replace(subscription.slots[0], served=day),))


# --- Every zone, every day


def offsets(zone: ZoneInfo) -> list[timedelta]:
    """At the midnight before each day, and at the one after the last."""
    midnights = (datetime.combine(day, time(), zone) for day in [*DAYS, LAST + DAY, LAST + 2 * DAY])
    return [midnight.utcoffset() or timedelta() for midnight in midnights]


def steady(before: timedelta, day: date, minute: int) -> datetime:
    return datetime.combine(day, time(), UTC) + timedelta(minutes=minute) - before


def turns(found: list[timedelta]) -> Iterator[int]:
    """Places of the days on which the clocks change, and of those around them."""
    changed = {place for place in range(len(DAYS)) if found[place] != found[place + 1]}
    yield from sorted(place + near for place in changed for near in (-1, 0, 1) if 0 <= place + near < len(DAYS))


def shown(zone: ZoneInfo, day: date, minute: int) -> list[datetime]:
    """The moments at which the clocks of a place show a time of a day: none, one or two."""
    wall = datetime.combine(day, time(minute // 60, minute % 60), zone)
    moments = {wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(m for m in moments if m.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None))


def check_turn(zone: ZoneInfo, slot: Subscription, day: date) -> None:
    """A time that is shown counts when it is first shown; one that is skipped comes within the day, as much later."""
    due, minute = due_of(served(slot, day - DAY), NOW), slot.slots[0].at
    assert due is not None
    moments = shown(zone, day, minute)
    if moments:
        assert due == moments[0]
    else:
        wall = datetime.combine(day, time(minute // 60, minute % 60))
        assert (
            timedelta() < due.astimezone(zone).replace(tzinfo=None) - wall <= timedelta(hours=2)
        )  # two in Antarctica/Troll


def test_every_zone_and_every_day_gives_one_digest_a_day() -> None:
    """Eight o'clock on every day in every zone, and around each change of clocks every half hour; the ends of
    the day on every day, in one of those zones that are the same at each midnight."""
    alike = set[tuple[timedelta, ...]]()
    assert len(ZONES) > 400
    gaps = folds = 0
    for name in ZONES:
        zone = ZoneInfo(name)
        found = offsets(zone)
        around = sorted(set(turns(found)))
        for minute in (480,) if tuple(found) in alike else (0, 480, 1439):
            before = None
            for place, day in enumerate(DAYS):
                due = due_of(Subscription(0, (Slot(1, minute, 127, day - DAY),), name), NOW)
                assert due is not None
                assert before is None or before < due <= before + timedelta(hours=26)
                if place not in around and found[place] == found[place + 1]:
                    assert due == steady(found[place], day, minute), (name, day, minute)
                before = due
        alike.add(tuple(found))
        for place in around:
            for minute in range(0, 1440, 30):
                check_turn(zone, Subscription(0, (Slot(1, minute),), name), DAYS[place])
                moments = shown(zone, DAYS[place], minute)
                gaps, folds = gaps + (not moments), folds + (len(moments) > 1)
    assert gaps > 100 < folds


@pytest.mark.parametrize(
    ("clock", "zone", "day", "due"),
    [
        pytest.param("02:30", "Europe/Berlin", "2026-03-29", "2026-03-29T01:30", id="skipped in spring: an hour later"),
        pytest.param("02:30", "Europe/Berlin", "2026-10-25", "2026-10-25T00:30", id="twice in autumn: the first time"),
        pytest.param("00:30", "Africa/Cairo", "2026-04-24", "2026-04-23T22:30", id="midnight is skipped"),
        pytest.param("02:15", "Australia/Lord_Howe", "2026-10-04", "2026-10-03T15:45", id="half an hour is skipped"),
        pytest.param("08:00", "Asia/Karachi", "2026-07-01", "2026-07-01T03:00", id="no change"),
        pytest.param("08:00", "Mars/Olympus", "2026-07-01", "2026-07-01T08:00", id="a zone that is no more"),
        pytest.param("08:00", "../etc/passwd", "2026-07-01", "2026-07-01T08:00", id="no zone at all"),
    ],
)
def test_a_local_time_is_a_moment(clock: str, zone: str, day: str, due: str) -> None:
    slot = served(subscription(clock, zone), date.fromisoformat(day) - DAY)
    assert due_of(slot, at("2026-01-01")) == at(due)


@settings(max_examples=60, deadline=None)
@given(
    zone=st.sampled_from(["Europe/Berlin", "America/Nuuk", "Asia/Kathmandu", "Pacific/Chatham", "Africa/Cairo", "UTC"]),
    minute=st.integers(0, 1439),
    days=st.integers(1, 127),
    quiet=st.none() | st.builds(Quiet, st.integers(0, 1439), st.integers(0, 1439)),
    start=st.integers(0, 700),
    steps=st.lists(st.integers(1, 60 * 40), min_size=5, max_size=40),
)
def test_ticks_at_any_times_serve_each_date_once_or_skip_it(
    zone: str, minute: int, days: int, quiet: Quiet | None, start: int, steps: list[int]
) -> None:
    day = FIRST + start * DAY
    slot = Subscription(0, (Slot(1, minute, days, day),), zone, quiet)
    now, told, counted = datetime.combine(day + DAY, time(), UTC), list[date](), 0
    for step in steps:
        now += timedelta(minutes=step)
        found = fallen(slot, slot.slots[0], now)
        due = due_of(slot, now)
        assert (found is None) == (due is None or due > now)
        if found is not None:
            assert found.at <= now
            assert found.late == (now - found.at > GRACE)
            told.append(found.day)
            counted += 1 + found.missed
            slot = served(slot, found.day)
    assert told == sorted(set(told))
    expected = [one for one in DAYS if told and day < one <= told[-1] and days >> one.weekday() & 1]
    assert counted == len(expected)
    assert set(told) <= set(expected)


# --- Days, quiet hours, pauses, downtime


@pytest.mark.parametrize(
    ("slot", "due"),
    [
        pytest.param(subscription(), "2026-06-02T08:00", id="every day"),
        pytest.param(
            subscription(days=WEEKDAYS, served="2026-06-05"), "2026-06-08T08:00", id="weekdays, after a Friday"
        ),
        pytest.param(subscription(days=0b1000000), "2026-06-07T08:00", id="Sundays"),
        pytest.param(subscription(days=0), None, id="no day"),
        pytest.param(subscription(until="2026-06-20"), "2026-06-20T08:00", id="paused"),
        pytest.param(subscription(until="2026-05-20"), "2026-06-02T08:00", id="a pause that is over"),
        pytest.param(subscription(until="9999-12-31"), None, id="paused for good"),
        pytest.param(replace(subscription(), closed="deleted"), None, id="its topic is gone"),
        pytest.param(subscription("06:00", quiet=("22:00", "07:00")), "2026-06-02T07:00", id="early in quiet hours"),
        pytest.param(subscription("23:00", quiet=("22:00", "07:00")), "2026-06-03T07:00", id="late in quiet hours"),
        pytest.param(subscription("07:00", quiet=("22:00", "07:00")), "2026-06-02T07:00", id="as quiet hours end"),
        pytest.param(subscription("22:00", quiet=("22:00", "07:00")), "2026-06-03T07:00", id="as quiet hours begin"),
        pytest.param(subscription("13:00", quiet=("12:00", "14:30")), "2026-06-02T14:30", id="quiet at noon"),
        pytest.param(
            subscription("08:00", quiet=("08:00", "08:00")), "2026-06-02T08:00", id="quiet hours of no length"
        ),
        pytest.param(subscription("08:00", quiet=("00:00", "24:00")), "2026-06-03T00:00", id="quiet until midnight"),
        pytest.param(
            subscription("01:30", "Europe/Berlin", served="2026-10-24", quiet=("22:00", "02:30")),
            "2026-10-25T00:30",
            id="quiet hours that end twice end the first time",
        ),
    ],
)
def test_when_it_is_next_due(slot: Subscription, due: str | None) -> None:
    assert due_of(slot, at("2026-06-01T12:00")) == (at(due) if due else None)


@pytest.mark.parametrize(
    ("now", "found"),
    [
        pytest.param("2026-06-02T07:59:59", None, id="not yet"),
        pytest.param("2026-06-02T08:00", ("2026-06-02", False, 0), id="on the minute"),
        pytest.param("2026-06-02T20:00", ("2026-06-02", False, 0), id="twelve hours late"),
        pytest.param("2026-06-02T20:01", ("2026-06-02", True, 0), id="later than that"),
        pytest.param("2026-06-05T07:00", ("2026-06-04", True, 2), id="three days down, back before the next"),
        pytest.param("2026-06-05T09:00", ("2026-06-05", False, 3), id="three days down, back after it"),
    ],
)
def test_what_fell_due_in_the_last_hours_is_served_once(now: str, found: tuple[str, bool, int] | None) -> None:
    slot = subscription()
    expected = found and Fallen(date.fromisoformat(found[0]), at(f"{found[0]}T08:00"), found[1], found[2])
    assert fallen(slot, slot.slots[0], at(now)) == expected


def test_a_slot_of_which_nothing_is_known_is_not_lost() -> None:
    slot = subscription(served=None)
    assert due_of(slot, at("2026-06-02T07:00")) == at("2026-06-02T08:00")
    found = fallen(slot, slot.slots[0], at("2026-06-02T08:05"))
    assert found == Fallen(date(2026, 6, 2), at("2026-06-02T08:00"), late=False, missed=0)
    assert fallen(slot, slot.slots[0], at("2026-06-02T07:00")) is None


# --- Changes


NONE = Subscription(0, (), "UTC")


@pytest.mark.parametrize(
    ("before", "after", "now", "due"),
    [
        pytest.param(NONE, subscription(served=None), "06-02T07:00", "06-02T08:00", id="new, before its time"),
        pytest.param(NONE, subscription(served=None), "06-02T10:00", "06-03T08:00", id="new, after its time"),
        pytest.param(
            subscription(served="2026-06-02"),
            subscription("20:00", served="2026-06-02"),
            "06-02T10:00",
            "06-03T20:00",
            id="later, after it was served today",
        ),
        pytest.param(
            subscription(), subscription("20:00"), "06-02T07:00", "06-02T20:00", id="later, before it was due"
        ),
        pytest.param(
            subscription("20:00"), subscription("08:00"), "06-02T10:00", "06-03T08:00", id="earlier than it is now"
        ),
        pytest.param(subscription("09:59"), subscription("20:00"), "06-02T10:00", "06-02T20:00", id="due but not made"),
        pytest.param(
            subscription("09:59"), subscription("08:00"), "06-02T10:00", "06-02T08:00", id="due but not made, earlier"
        ),
        pytest.param(
            subscription("08:00", "Pacific/Auckland", served="2026-06-02"),
            subscription("08:00", "Pacific/Honolulu", served="2026-06-02"),
            "06-01T21:00",
            "06-03T18:00",
            id="west, over the date line: the second of June was served",
        ),
        pytest.param(
            subscription("08:00", "Pacific/Honolulu"),
            subscription("08:00", "Pacific/Auckland"),
            "06-01T19:00",
            "06-01T20:00",
            id="east, over the date line: the next date",
        ),
        pytest.param(
            subscription("08:00", "Asia/Tokyo"), subscription("08:00"), "06-01T22:00", "06-02T08:00", id="west by hours"
        ),
        pytest.param(
            subscription(until="2026-06-30"), subscription(), "06-10T10:00", "06-11T08:00", id="a pause that is ended"
        ),
        pytest.param(
            subscription(days=0b1000000), subscription(), "06-04T10:00", "06-05T08:00", id="more days, after the hour"
        ),
        pytest.param(
            subscription("23:00"),
            subscription("23:00", quiet=("22:00", "07:00")),
            "06-02T22:00",
            "06-03T07:00",
            id="quiet",
        ),
    ],
)
def test_a_change_takes_effect_at_the_next_digest(
    before: Subscription, after: Subscription, now: str, due: str
) -> None:
    moment = at(f"2026-{now}")
    assert due_of(rescheduled(before, after, moment), moment) == at(f"2026-{due}")


def test_what_has_nothing_to_do_with_the_clock_moves_nothing() -> None:
    before = subscription(served="2026-05-01")
    after = replace(before, closed="deleted", slots=(*before.slots, Slot(2, 600)))
    now = at("2026-06-02T12:00")
    assert rescheduled(before, after, now).slots == (before.slots[0], Slot(2, 600, served=date(2026, 6, 2)))
    assert rescheduled(before, before, now) is before


@settings(max_examples=60, deadline=None)
@given(
    moves=st.lists(
        st.tuples(
            st.sampled_from(["Pacific/Auckland", "Pacific/Honolulu", "Europe/Berlin", "Asia/Kathmandu"]),
            st.integers(0, 1439),
            st.integers(1, 40),
        ),
        min_size=3,
        max_size=20,
    )
)
def test_no_date_is_served_twice_whatever_is_changed(moves: list[tuple[str, int, int]]) -> None:
    now, slot, told = at("2026-03-20"), subscription(served="2026-03-18"), list[date]()
    for zone, minute, hours in moves:
        moved = replace(slot, zone=zone, slots=(replace(slot.slots[0], at=minute),))
        slot = rescheduled(slot, moved, now)
        for _ in range(hours):
            now += timedelta(hours=1)
            found = fallen(slot, slot.slots[0], now)
            if found is not None:
                told.append(found.day)
                slot = served(slot, found.day)
    assert told == sorted(set(told))


# --- Messages that are not digests


@pytest.mark.parametrize(
    ("slot", "moment", "loud"),
    [
        pytest.param(subscription(), "2026-06-02T03:00", "2026-06-02T03:00", id="no quiet hours"),
        pytest.param(subscription(quiet=("22:00", "07:00")), "2026-06-02T03:00", "2026-06-02T07:00", id="in the night"),
        pytest.param(subscription(quiet=("22:00", "07:00")), "2026-06-02T12:00", "2026-06-02T12:00", id="in the day"),
        pytest.param(
            subscription(zone="Asia/Karachi", quiet=("22:00", "07:00")),
            "2026-06-01T18:00",
            "2026-06-02T02:00",
            id="a zone",
        ),
        pytest.param(
            subscription(quiet=("22:00", "07:00"), until="2026-06-09"),
            "2026-06-02T12:00",
            "2026-06-09T07:00",
            id="paused",
        ),
    ],
)
def test_a_message_waits_until_it_may_be_heard(slot: Subscription, moment: str, loud: str) -> None:
    assert loud_from(slot, at(moment)) == at(loud)


@pytest.mark.parametrize(
    ("slot", "begins"),
    [
        pytest.param(subscription(served="2026-06-01"), "2026-06-01T08:00", id="a day ago"),
        pytest.param(subscription(served="2026-05-29"), "2026-05-29T08:00", id="over a week-end"),
        pytest.param(subscription(served=None), "2026-06-01T08:00", id="nothing is known"),
        pytest.param(Subscription(), "2026-06-01T08:00", id="nobody subscribed"),
    ],
)
def test_where_a_first_digest_begins(slot: Subscription, begins: str) -> None:
    assert before_first(slot, at("2026-06-01T08:00")) == at(begins)


def test_zones_are_read_once() -> None:
    assert zone_of("Asia/Karachi") is zone_of("Asia/Karachi")
