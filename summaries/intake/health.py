"""Pure: what a check means for a source: its health, its address, and what the admin should know."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from summaries.intake import rhythm
from summaries.intake.outcomes import Validators
from summaries.models import Health, NoticeCode, Source

TOLD_AFTER = timedelta(days=1)
"""How long a source fails before the admin is told."""

PAUSED_AFTER = timedelta(days=30)

MOVED_DAYS = 3
"""Days on which a permanent redirect must be seen before it is remembered: a broken login page is permanent too."""

SETUP = frozenset({"credentials", "bad_url", "private_address"})
"""Reasons that waiting does not mend."""

KEPT_DAYS = 31
PAGES = 400
"""The share of readable pages is of about so many."""


class Cause(Struct, frozen=True):
    """Something that a notice is to say; `key` tells it from other causes of the same source and code."""

    code: NoticeCode
    values: dict[str, str] = {}
    key: str = ""


class After(Struct, frozen=True):
    """A source after a check, and what is to be noticed."""

    source: Source
    causes: tuple[Cause, ...] = ()


class Success(Struct, frozen=True):
    """A check that went well. `dates` are the believed ones of the feed, empty for one that was not modified.

    `waiting`: something is to be read at the next check, for which the whole feed must come again. `taken` is the id of
    another source at the address `moved`, 0 for none.
    """

    validators: Validators = Validators()
    max_age: float | None = None
    moved: str = ""
    taken: int = 0
    dates: tuple[datetime, ...] = ()
    news: bool = False
    waiting: bool = False
    pages_tried: int = 0
    pages_read: int = 0
    kept: int = 0
    causes: tuple[Cause, ...] = ()


class Failure(Struct, frozen=True):
    """A check that did not. `reason` as in `Health.reason`; `retry_after` in seconds."""

    reason: str
    detail: str = ""
    retry_after: float | None = None


def succeeded(source: Source, success: Success, now: datetime, *, every: float, chance: float) -> After:
    """The source after a check that went well; `every` is the shortest time between two, in seconds."""
    health = _counted(source.health, success, now)
    gap = rhythm.usual_gap(success.dates) or health.gap
    newest = max(success.dates, default=health.newest)
    cadence = rhythm.cadence(gap, newest, now, every=every, before=health.cadence, news=success.news)
    wait = every if success.waiting else cadence
    health = replace(
        health,
        last_try=now, last_success=now, reason="", detail="", failures=0, failing_since=None, told=False,
        gap=gap, newest=newest, cadence=cadence,
        next_check=rhythm.after_success(now, wait, max_age=success.max_age, chance=chance),
        etag="" if success.waiting else success.validators.etag,
        modified="" if success.waiting else success.validators.modified,
    )  # fmt: skip
    after = _moved(replace(source, health=health), success, now.date())
    return After(after.source, (*success.causes, *after.causes))


def failed(source: Source, failure: Failure, now: datetime, *, every: float, chance: float) -> After:
    """The source after a check that failed: later and later, told of after a day, paused after a month."""
    before = source.health
    failures = before.failures + 1
    health = replace(
        before,
        last_try=now, reason=failure.reason, detail=failure.detail, failures=failures,
        failing_since=before.failing_since or now,
        next_check=rhythm.after_failure(
            now, failures, every=every, retry_after=failure.retry_after, chance=chance
        ),
    )  # fmt: skip
    return _told(replace(source, health=health), now)


def put_off(source: Source, failure: Failure, now: datetime, *, every: float, chance: float) -> After:
    """The source after a check that says nothing of it: our own network, disk or process was at fault."""
    later = now + timedelta(seconds=every * (0.5 + 0.5 * chance))
    health = replace(source.health, last_try=now, reason=failure.reason, detail=failure.detail, next_check=later)
    return After(replace(source, health=health))


def _told(source: Source, now: datetime) -> After:
    health = source.health
    said = {"reason": health.reason, "detail": health.detail}
    failing = now - (health.failing_since or now)
    if health.reason == "gone":
        return After(_paused(source), (Cause("gone"),))
    if failing >= PAUSED_AFTER:
        return After(_paused(source), (Cause("paused", said | {"days": str(failing.days)}),))
    if health.told or not (health.reason in SETUP or failing >= TOLD_AFTER):
        return After(source)
    code: NoticeCode = "setup" if health.reason in SETUP else "failing"
    return After(replace(source, health=replace(health, told=True)), (Cause(code, said),))


def _paused(source: Source) -> Source:
    return replace(source, paused=True)


def _moved(source: Source, success: Success, today: date) -> After:
    """Remember where permanent redirects lead; take the new address once they did so on several days."""
    health, target = source.health, success.moved
    if not target or target == source.url:
        return After(replace(source, health=replace(health, moved_to="", moved_days=())))
    days = (*_days(health, target, today), today)
    source = replace(source, health=replace(health, moved_to=target, moved_days=days[-MOVED_DAYS:]))
    if len(days) < MOVED_DAYS:
        return After(source)
    if success.taken:
        news = len(health.moved_days) < MOVED_DAYS
        return After(source, (Cause("moved_same", {"url": target, "other": str(success.taken)}),) if news else ())
    settled = replace(source.health, moved_to="", moved_days=())
    return After(replace(source, url=target, health=settled), (Cause("moved", {"old": source.url, "url": target}),))


def _days(health: Health, target: str, today: date) -> Sequence[date]:
    """The days before today on which the same target was seen."""
    return [day for day in health.moved_days if day != today] if health.moved_to == target else []


def _counted(health: Health, success: Success, now: datetime) -> Health:
    today, first = now.date(), (now - timedelta(days=KEPT_DAYS)).date()
    kept = {day: count for day, count in health.kept.items() if day > first.isoformat()}
    if success.kept:
        kept[today.isoformat()] = kept.get(today.isoformat(), 0) + success.kept
    tried, read = health.pages_tried, health.pages_read
    if tried >= PAGES:
        tried, read = tried // 2, read // 2
    return replace(health, kept=kept, pages_tried=tried + success.pages_tried, pages_read=read + success.pages_read)
