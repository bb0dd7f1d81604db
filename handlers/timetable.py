"""Pure: times of day, days and zones in words."""

from datetime import datetime, time

from babel.dates import format_time, get_day_names

from handlers.texts import N_, Texts
from summaries.models import EVERY_DAY, Quiet, Slot, Subscription
from summaries.threads.due import zone_of

_NAMED = {EVERY_DAY: N_("every day"), 0b0011111: N_("on weekdays"), 0b1100000: N_("at weekends")}


def clock(minutes: int, texts: Texts) -> str:
    """Minutes after midnight as "08:00"."""
    return format_time(time(minutes // 60, minutes % 60), "HH:mm", locale=texts.locale)


def days(mask: int, texts: Texts) -> str:
    """ "every day", "Mon, Wed, Fri"."""
    if mask in _NAMED:
        return texts.gettext(_NAMED[mask])
    names = get_day_names("abbreviated", "stand-alone", texts.locale)
    return ", ".join(names[day] for day in range(7) if mask >> day & 1)


def day_name(day: int, texts: Texts) -> str:
    """0 is Monday."""
    return str(get_day_names("abbreviated", "stand-alone", texts.locale)[day])


def slot(found: Slot, texts: Texts) -> str:
    return f"{clock(found.at, texts)} {days(found.days, texts)}"


def slots(subscription: Subscription, texts: Texts) -> str:
    """All times of a subscription, the first of the day first."""
    return " · ".join(slot(each, texts) for each in by_time(subscription))


def by_time(subscription: Subscription) -> list[Slot]:
    return sorted(subscription.slots, key=lambda each: (each.at, each.id))


def quiet(hours: Quiet, texts: Texts) -> str:
    return f"{clock(hours.start, texts)}–{clock(hours.end, texts)}"


def moment(at: datetime, subscription: Subscription, texts: Texts) -> str:
    """Day and time of day on the clock of the subscription: "Tue, 9 August 2022, 08:00 (Asia/Karachi)"."""
    there = at.astimezone(zone_of(subscription.zone))
    day, hour = day_name(there.weekday(), texts), format_time(there, "HH:mm", locale=texts.locale)
    return f"{day}, {texts.date(there.date())}, {hour} ({subscription.zone})"


def local_now(subscription: Subscription, now: datetime, texts: Texts) -> str:
    """The zone, and what its clocks show, by which a reader sees whether it is theirs."""
    there = format_time(now.astimezone(zone_of(subscription.zone)).time(), "HH:mm", locale=texts.locale)
    return texts.gettext("{zone}, where it is {time} now", zone=subscription.zone, time=there)
