from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.rates import COMMAND, Bucket, Daily, Rates, take

NOON = datetime(2026, 7, 4, 12, 0, tzinfo=UTC)


def seconds(count: float) -> datetime:
    return NOON + timedelta(seconds=count)


def test_a_burst_passes_then_one_kind_line_then_silence() -> None:
    rates = Rates(a_minute=3)
    assert [rates.take(1, COMMAND, NOON) for _ in range(6)] == ["go", "go", "go", "say", "hush", "hush"]


def test_there_is_room_again_after_a_while() -> None:
    rates = Rates(a_minute=6)
    burst = [rates.take(1, COMMAND, NOON) for _ in range(7)]
    assert burst[-1] == "say"
    assert [rates.take(1, COMMAND, seconds(10)) for _ in range(2)] == ["go", "hush"]


def test_the_next_burst_is_told_of_again() -> None:
    rates = Rates(a_minute=6)
    first = [rates.take(1, COMMAND, NOON) for _ in range(8)]
    second = [rates.take(1, COMMAND, seconds(60)) for _ in range(8)]
    assert first == second == ["go"] * 6 + ["say", "hush"]


def test_everybody_has_a_purse_of_their_own() -> None:
    rates = Rates(a_minute=1)
    assert [rates.take(who, COMMAND, NOON) for who in (1, 2, 1, 2)] == ["go", "go", "say", "say"]


def test_the_purses_are_bounded_and_the_oldest_goes_first() -> None:
    rates = Rates(a_minute=1, most=2)
    for who in (1, 2, 3):
        rates.take(who, COMMAND, NOON)
    assert (rates.take(3, COMMAND, NOON), rates.take(1, COMMAND, NOON)) == ("say", "go")


def test_a_clock_that_goes_back_takes_nothing() -> None:
    bucket, verdict = take(Bucket(2.0, NOON), COMMAND, seconds(-60), 20)
    assert (bucket.tokens, verdict) == (1.0, "go")


@settings(max_examples=60)
@given(st.lists(st.floats(0, 30), min_size=1, max_size=60))
def test_never_more_than_a_burst_and_what_was_refilled(pauses: list[float]) -> None:
    bucket, passed, went = Bucket(20.0, NOON), 0.0, 0
    for pause in pauses:
        passed += pause
        bucket, verdict = take(bucket, COMMAND, seconds(passed), 20)
        went += verdict == "go"
    assert went <= 20 + passed / 3 + 1e-6


def test_once_a_day() -> None:
    daily = Daily()
    said = [daily.first(1, at) for at in (NOON, seconds(3600), NOON + timedelta(days=1))]
    assert said == [True, False, True]


def test_once_a_day_is_bounded() -> None:
    daily = Daily(most=1)
    assert [daily.first(who, NOON) for who in (1, 2, 1)] == [True, True, True]
