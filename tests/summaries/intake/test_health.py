from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from summaries.intake.health import KEPT_DAYS, After, Failure, Success, failed, put_off, succeeded
from summaries.intake.outcomes import Validators
from summaries.models import Health, Source

NOW = datetime(2031, 5, 20, 12, tzinfo=UTC)
URL, TARGET = "http://courier.example/feed", "https://courier.example/feed"
SOURCE = Source(7, URL, NOW - timedelta(days=9))


def well(source: Source = SOURCE, now: datetime = NOW, **fields: Any) -> After:
    return succeeded(source, Success(**fields), now, every=1800, chance=0.5)


def badly(source: Source = SOURCE, now: datetime = NOW, reason: str = "server", **fields: Any) -> After:
    return failed(source, Failure(reason, "HTTP 500", **fields), now, every=1800, chance=0.5)


def codes(after: After) -> list[str]:
    return [cause.code for cause in after.causes]


def test_a_success_forgets_the_failures() -> None:
    health = well(badly().source).source.health

    assert (health.reason, health.detail, health.failures, health.failing_since, health.told) == (
        "",
        "",
        0,
        None,
        False,
    )
    assert health.last_success == NOW


def test_validators_are_kept_unless_something_waits() -> None:
    given = Validators('"a"', "Tue, 20 May 2031 12:00:00 GMT")

    assert well(validators=given).source.health.etag == '"a"'
    assert well(validators=given, waiting=True).source.health.etag == ""
    assert well(validators=given, waiting=True).source.health.modified == ""


def test_what_waits_is_fetched_soon() -> None:
    dates = tuple(NOW - timedelta(days=day) for day in range(5))

    assert well(dates=dates).source.health.next_check == NOW + timedelta(hours=3)
    assert well(dates=dates, waiting=True).source.health.next_check == NOW + timedelta(minutes=30)


def test_an_unmodified_feed_keeps_its_rhythm_and_slows_down_with_silence() -> None:
    first = well(dates=tuple(NOW - timedelta(hours=hour) for hour in range(5))).source
    later = well(first, NOW + timedelta(days=4)).source

    assert first.health.cadence == 1800
    assert (later.health.gap, later.health.newest) == (3600, NOW)
    assert later.health.cadence == 12 * 3600


@pytest.mark.parametrize(
    ("hours", "reason", "expected"),
    [
        pytest.param(0, "server", [], id="at once: nothing"),
        pytest.param(23, "timeout", [], id="not yet a day"),
        pytest.param(25, "unreachable", ["failing"], id="a day"),
        pytest.param(0, "credentials", ["setup"], id="what waiting does not mend is told at once"),
        pytest.param(0, "private_address", ["setup"], id="a private address"),
        pytest.param(0, "gone", ["gone"], id="gone"),
        pytest.param(31 * 24, "server", ["paused"], id="a month"),
    ],
)
def test_the_admin_is_told(hours: float, reason: str, expected: list[str]) -> None:
    first = badly(reason="server").source
    told = badly(first if hours else SOURCE, NOW + timedelta(hours=hours), reason=reason)

    assert codes(told) == expected
    assert told.source.paused == (expected in (["gone"], ["paused"]))
    assert all(cause.values.get("reason", reason) == reason for cause in told.causes)


def test_a_spell_of_failures_is_told_once_and_the_next_again() -> None:
    source, said = SOURCE, []
    for day in range(4):
        after = badly(source, NOW + timedelta(days=day))
        source, said = after.source, said + codes(after)
    assert said == ["failing"]

    source = well(source).source
    for day in range(2):
        after = badly(source, NOW + timedelta(days=10 + day))
        source, said = after.source, said + codes(after)
    assert said == ["failing", "failing"]


def test_what_is_not_its_fault_is_not_counted() -> None:
    after = put_off(SOURCE, Failure("unreachable", "down"), NOW, every=1800, chance=0.0)

    assert after.source.health.failures == 0
    assert after.source.health.next_check == NOW + timedelta(minutes=15)
    assert after.causes == ()


DAYS = [date(2031, 5, 18), date(2031, 5, 19)]


@pytest.mark.parametrize(
    ("before", "moved", "url", "days"),
    [
        pytest.param((), TARGET, URL, 1, id="the first day"),
        pytest.param(DAYS[1:], TARGET, URL, 2, id="the second"),
        pytest.param(DAYS, TARGET, TARGET, 0, id="the third: remembered"),
        pytest.param([NOW.date()], TARGET, URL, 1, id="the same day again"),
        pytest.param(DAYS, "https://elsewhere.example/feed", URL, 1, id="to another place: from the start"),
        pytest.param(DAYS, "", URL, 0, id="not moved after all"),
        pytest.param(DAYS, URL, URL, 0, id="to itself"),
    ],
)
def test_a_move_is_believed_after_several_days(before: Any, moved: str, url: str, days: int) -> None:
    source = replace(SOURCE, health=Health(moved_to=TARGET, moved_days=tuple(before)))
    after = well(source, moved=moved)

    assert (after.source.url, len(after.source.health.moved_days)) == (url, days)
    assert codes(after) == (["moved"] if url == TARGET else [])


def test_moving_to_another_source_s_place_is_told_once() -> None:
    source, said = SOURCE, []
    for day in range(6):
        after = well(source, NOW + timedelta(days=day), moved=TARGET, taken=3)
        source, said = after.source, said + codes(after)

    assert source.url == URL
    assert said == ["moved_same"]


def test_kept_articles_are_counted_for_a_month() -> None:
    source = SOURCE
    for day in range(100):
        source = well(source, NOW + timedelta(days=day), kept=2).source
    kept = source.health.kept

    assert len(kept) == KEPT_DAYS
    assert set(kept.values()) == {2}
    assert max(kept) == (NOW + timedelta(days=99)).date().isoformat()


def test_the_share_of_readable_pages_is_of_late() -> None:
    source = SOURCE
    for _ in range(100):
        source = well(source, pages_tried=10, pages_read=10).source
    for _ in range(100):
        source = well(source, pages_tried=10, pages_read=0).source

    assert source.health.pages_read / source.health.pages_tried < 0.2
