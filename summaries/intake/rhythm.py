"""Pure: when a source is next looked at. All spans are in seconds; `chance` is from 0 to 1 and spreads them out."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

DAY = 86_400.0
LONGEST_RETRY = 7 * DAY
"""A server that asks to be left alone for longer is asked again after a week: some say a year and mean nothing."""

CHECKS_PER_GAP = 8
"""How often a source is looked at between two of its articles: an eighth of what its readers are used to waiting."""

_NEWEST = 20


def usual_gap(dates: Iterable[datetime]) -> float:
    """The median time between the newest articles; 0 where fewer than three have a date."""
    newest = sorted(dates, reverse=True)[:_NEWEST]
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(newest)]
    return max(median(gaps), 1.0) if len(gaps) >= 2 else 0.0


def cadence(gap: float, newest: datetime | None, now: datetime, *, every: float, before: float, news: bool) -> float:
    """How often to look at a source, between `every` and a day.

    By its usual gap, and slower the longer it has been silent. Without dates: at once often when it has news, and a
    quarter less often than `before` each time that it has none.
    """
    if gap and newest:
        silent = (now - newest).total_seconds()
        wanted = max(gap, silent) / CHECKS_PER_GAP
    else:
        wanted = every if news or not before else before * 1.25
    return min(max(wanted, every), DAY)


def after_success(now: datetime, wait: float, *, max_age: float | None, chance: float) -> datetime:
    """The next check: after `wait`, a tenth more or less, but not while the server calls its answer fresh."""
    spread = wait * (0.9 + 0.2 * chance)
    return now + timedelta(seconds=min(max(spread, max_age or 0.0), DAY))


def after_failure(now: datetime, failures: int, *, every: float, retry_after: float | None, chance: float) -> datetime:
    """The next check: twice as late with every failure in a row up to a day, and not before the server asks for it."""
    backoff = min(every * 2.0 ** min(failures - 1, 16), DAY) * (0.75 + 0.5 * chance)
    wait = max(min(backoff, DAY), min(retry_after or 0.0, LONGEST_RETRY))
    return now + timedelta(seconds=wait)
