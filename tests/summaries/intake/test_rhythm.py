from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.intake.rhythm import DAY, LONGEST_RETRY, after_failure, after_success, cadence, usual_gap

NOW = datetime(2031, 5, 20, 12, tzinfo=UTC)
HALF_HOUR = 1800.0


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


@pytest.mark.parametrize(
    ("dates", "gap"),
    [
        pytest.param([], 0, id="none"),
        pytest.param([NOW, ago(hours=1)], 0, id="two are no rhythm"),
        pytest.param([ago(hours=hour) for hour in range(10)], 3600, id="hourly"),
        pytest.param([ago(days=9), NOW, ago(days=2), ago(days=1)], DAY, id="daily, in disorder, with a pause"),
        pytest.param([NOW] * 5, 1, id="all at once"),
        pytest.param(
            [ago(hours=h) for h in range(20)] + [ago(days=400 + 9 * d) for d in range(50)], 3600, id="of late"
        ),
    ],
)
def test_the_usual_gap_is_the_median_of_the_newest(dates: list[datetime], gap: float) -> None:
    assert usual_gap(dates) == gap


@pytest.mark.parametrize(
    ("gap", "newest", "before", "news", "expected"),
    [
        pytest.param(600, NOW, 0, True, HALF_HOUR, id="every ten minutes: as often as allowed"),
        pytest.param(DAY, NOW, 0, True, 3 * 3600, id="daily: eight times a day"),
        pytest.param(7 * DAY, NOW, 0, True, 0.875 * DAY, id="weekly"),
        pytest.param(90 * DAY, NOW, 0, True, DAY, id="quarterly: once a day"),
        pytest.param(600, ago(days=2), 0, False, 6 * 3600, id="silent for two days"),
        pytest.param(600, ago(days=60), 0, False, DAY, id="silent for months"),
        pytest.param(0, None, 0, False, HALF_HOUR, id="without dates: at first often"),
        pytest.param(0, None, 3600, False, 4500, id="without dates and news: a quarter less often"),
        pytest.param(0, None, DAY, False, DAY, id="but once a day"),
        pytest.param(0, None, DAY, True, HALF_HOUR, id="without dates, with news: often again"),
    ],
)
def test_a_source_is_checked_by_its_own_cadence(
    gap: float, newest: datetime | None, before: float, news: bool, expected: float
) -> None:
    assert cadence(gap, newest, NOW, every=HALF_HOUR, before=before, news=news) == expected


@pytest.mark.parametrize(
    ("failures", "retry_after", "seconds"),
    [
        pytest.param(1, None, 1800, id="the first"),
        pytest.param(2, None, 3600, id="the second: twice as long"),
        pytest.param(5, None, 8 * 3600, id="the fifth"),
        pytest.param(9, None, DAY, id="up to a day"),
        pytest.param(5000, None, DAY, id="for ever"),
        pytest.param(1, 7200.0, 7200, id="the server asks for longer"),
        pytest.param(5, 60.0, 8 * 3600, id="the server asks for less"),
        pytest.param(1, 400 * DAY, LONGEST_RETRY, id="the server asks for a year"),
    ],
)
def test_failures_back_off(failures: int, retry_after: float | None, seconds: float) -> None:
    later = after_failure(NOW, failures, every=HALF_HOUR, retry_after=retry_after, chance=0.5)

    assert (later - NOW).total_seconds() == seconds


@pytest.mark.parametrize(
    ("max_age", "seconds"),
    [
        pytest.param(None, 3600, id="nothing said"),
        pytest.param(60.0, 3600, id="fresh for less"),
        pytest.param(7200.0, 7200, id="fresh for longer"),
        pytest.param(30 * DAY, DAY, id="fresh for a month: once a day all the same"),
    ],
)
def test_max_age_is_honoured(max_age: float | None, seconds: float) -> None:
    assert (after_success(NOW, 3600.0, max_age=max_age, chance=0.5) - NOW).total_seconds() == seconds


def test_sources_of_one_rhythm_are_spread_out() -> None:
    chances = [place / 100 for place in range(100)]
    good = {after_success(NOW, 3600.0, max_age=None, chance=chance) for chance in chances}
    bad = {after_failure(NOW, 3, every=HALF_HOUR, retry_after=None, chance=chance) for chance in chances}

    assert len(good) == len(bad) == 100
    assert max(good) - min(good) > timedelta(minutes=10)
    assert max(bad) - min(bad) > timedelta(minutes=30)


@settings(max_examples=100)
@given(
    gap=st.floats(0, 1e9), days=st.floats(-5, 1e4), before=st.floats(0, 1e6), news=st.booleans(),
    chance=st.floats(0, 1), failures=st.integers(1, 10_000), every=st.floats(60, DAY),
    asked=st.none() | st.floats(0, 1e9),
)  # fmt: skip
def test_no_check_is_sooner_than_the_setting_allows_or_later_than_a_day(
    gap: float, days: float, before: float, news: bool, chance: float, failures: int, every: float, asked: float | None
) -> None:
    wait = cadence(gap, ago(days=days), NOW, every=every, before=before, news=news)
    good = (after_success(NOW, wait, max_age=asked, chance=chance) - NOW).total_seconds()
    bad = (after_failure(NOW, failures, every=every, retry_after=asked, chance=chance) - NOW).total_seconds()

    assert every <= wait <= DAY
    assert 0.9 * every - 1 <= good <= DAY + 1
    assert 0.75 * every - 1 <= bad <= max(DAY, min(asked or 0, LONGEST_RETRY)) + 1
