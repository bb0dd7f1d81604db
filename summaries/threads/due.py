"""When a digest falls due: by the clock of its subscription, once for each local date. Pure.

A slot's `served` is the watermark: what is served, left out or skipped for a local date moves it there, and no date
comes twice, whatever happens to the zone or the time meanwhile. Local time exists here and nowhere below.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec.structs import replace

from summaries.models import Quiet, Slot, Subscription

GRACE = timedelta(hours=12)
"""How late a digest may be and still be worth having: after a downtime, what fell due before that is skipped."""

_DAY = timedelta(days=1)
_END_OF_TIME = date(9000, 1, 1)
_LOOK_BACK = 10
"""Days within which the last date that fell due is found: a week, and those by which quiet hours and gaps move it."""


@dataclass(frozen=True)
class Fallen:
    """The last digest of a slot that fell due: for the local date `day`, at `at`, aware UTC.

    `missed` are the dates before it of which the same is to be said; they are skipped. `late`: so is this one.
    """

    day: date
    at: datetime
    late: bool
    missed: int


def next_due(subscription: Subscription, slot: Slot, now: datetime) -> datetime | None:
    """When the slot falls due for the first date that it was not served for, aware UTC; in the past if it has.

    None if it never does. A local time that the clocks skip in spring comes as much later as they skip, one that they
    show twice in autumn comes the first time, and one in quiet hours when those end.
    """
    if not slot.days or subscription.closed:
        return None
    day = _day_from(_first(subscription, slot, now), slot.days)
    return None if day >= _END_OF_TIME else _when(subscription.zone, subscription.quiet, slot.at, day)


def fallen(subscription: Subscription, slot: Slot, now: datetime) -> Fallen | None:
    """What fell due by `now` and was not served; None while nothing has."""
    due = next_due(subscription, slot, now)
    if due is None or due > now:
        return None
    first = _first(subscription, slot, now)
    today = now.astimezone(zone_of(subscription.zone)).date()
    for day in (today - place * _DAY for place in range(_LOOK_BACK)):
        at = _when(subscription.zone, subscription.quiet, slot.at, day)
        if slot.days >> day.weekday() & 1 and at <= now:
            return Fallen(day, at, now - at > GRACE, _count(first, day, slot.days))
    raise AssertionError(f"slot {slot} fell due at {due} and on no day before {now}")


def rescheduled(before: Subscription, after: Subscription, now: datetime) -> Subscription:
    """`after` with its new and changed slots told from when on they count: what is over by their clock is over.

    So who asks at ten for eight o'clock is served tomorrow, and who moves the clock after today's digest has no second
    one today. A digest that had fallen due already, and was about to be made, still is.
    """
    clock_is_the_same = _clock(before) == _clock(after)
    known = {slot.id: slot for slot in before.slots}

    def begun(slot: Slot) -> Slot:
        old = known.get(slot.id)
        if old is not None and clock_is_the_same and (old.at, old.days) == (slot.at, slot.days) and slot.served:
            return slot
        if old is not None and fallen(before, old, now):
            return slot
        return replace(slot, served=max(slot.served or date.min, _over(after, slot, now)))

    return after if before == after else replace(after, slots=tuple(map(begun, after.slots)))


def loud_from(subscription: Subscription, moment: datetime) -> datetime:
    """When a message may first come that is ready at `moment`: then, or when its quiet hours and pause have ended."""
    zone, until = zone_of(subscription.zone), pause_at(subscription, moment)
    if until is not None:
        moment = _moment(until, 0, zone)
    return _after_quiet(moment, subscription.quiet, zone)


def before_first(subscription: Subscription, day_ago: datetime) -> datetime:
    """Where a first digest begins: a day ago, or when the one before it would have come, if that is longer ago.

    So who subscribes on Friday for weekdays, or pauses before the first one came, finds in it what was new meanwhile.
    """
    zone, quiet = subscription.zone, subscription.quiet
    return min([day_ago, *(_when(zone, quiet, slot.at, slot.served) for slot in subscription.slots if slot.served)])


def pause_at(subscription: Subscription, moment: datetime) -> date | None:
    """The local date until which it is paused at `moment`; None where it is not, or no more."""
    until = subscription.paused_until
    return until if until and moment.astimezone(zone_of(subscription.zone)).date() < until else None


@lru_cache(1024)
def zone_of(name: str) -> ZoneInfo:
    """The zone. One that the tz database does not have any more counts as UTC: a digest at another hour, not none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _clock(subscription: Subscription) -> tuple[str, Quiet | None, date | None]:
    return subscription.zone, subscription.quiet, subscription.paused_until


def _first(subscription: Subscription, slot: Slot, now: datetime) -> date:
    """The first local date that counts. A slot that nothing is known of begins with what is not late yet."""
    served = slot.served or _over(subscription, slot, now - GRACE)
    return max(served + _DAY, subscription.paused_until or date.min)


def _day_from(day: date, days: int) -> date:
    """The first of a slot's days from `day` on."""
    if day >= _END_OF_TIME:
        return day
    return next(day + place * _DAY for place in range(7) if days >> (day.weekday() + place) % 7 & 1)


def _count(first: date, end: date, days: int) -> int:
    """A slot's days from `first` on, before `end`."""
    weeks, rest = divmod((end - first).days, 7)
    return weeks * (days & 0b1111111).bit_count() + sum(days >> (first.weekday() + n) % 7 & 1 for n in range(rest))


def _over(subscription: Subscription, slot: Slot, now: datetime) -> date:
    """The last local date whose moment has passed."""
    today = now.astimezone(zone_of(subscription.zone)).date()
    dates = (today - place * _DAY for place in range(_LOOK_BACK))
    return next(day for day in dates if _when(subscription.zone, subscription.quiet, slot.at, day) <= now)


@lru_cache(1 << 15)
def _when(zone: str, quiet: Quiet | None, at: int, day: date) -> datetime:
    return _after_quiet(_moment(day, at, zone_of(zone)), quiet, zone_of(zone))


def _moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """Minutes after midnight on the clocks of a place, as PEP 495 reads them with `fold` 0."""
    day += minutes // 1440 * _DAY
    return datetime(day.year, day.month, day.day, minutes // 60 % 24, minutes % 60, tzinfo=zone).astimezone(UTC)


def _after_quiet(moment: datetime, quiet: Quiet | None, zone: ZoneInfo) -> datetime:
    if quiet is None:
        return moment
    there = moment.astimezone(zone)
    minute, start, end = there.hour * 60 + there.minute, quiet.start, quiet.end
    inside = start <= minute < end if start <= end else minute >= start or minute < end
    if not inside:
        return moment
    ends = there.date() if minute < end else there.date() + _DAY
    return max(moment, _moment(ends, end, zone))
