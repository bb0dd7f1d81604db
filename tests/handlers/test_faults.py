import itertools
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.errors import cause_of, masked
from handlers.faults import KEPT, TOLD, WINDOW, Fault, Faults
from summaries.errors import DiskError
from tests.handlers.world import MORNING

MINUTE = timedelta(minutes=1)


def test_the_first_is_told_at_once_and_the_others_of_an_hour_together() -> None:
    faults = Faults()
    faults.add("disk", "source 1: no space")
    assert faults.due(MORNING) == [Fault("disk", "source 1: no space", 1)]
    for number in range(2, 16):
        faults.add("disk", f"source {number}: no space")
        assert faults.due(MORNING + number * MINUTE) == []
    assert faults.due(MORNING + WINDOW) == [Fault("disk", "source 15: no space", 14)]
    assert faults.due(MORNING + 2 * WINDOW) == []


def test_after_a_quiet_hour_it_begins_anew() -> None:
    faults = Faults()
    faults.add("disk", "no space")
    faults.due(MORNING)
    assert faults.due(MORNING + WINDOW) == []
    faults.add("disk", "no space")
    assert faults.due(MORNING + WINDOW + MINUTE) == [Fault("disk", "no space", 1)]


def test_causes_are_told_apart() -> None:
    faults = Faults()
    faults.add("disk", "no space")
    faults.add("bug", "KeyError")
    assert [fault.cause for fault in faults.due(MORNING)] == ["disk", "bug"]


def test_a_storm_of_causes_is_told_a_few_an_hour() -> None:
    faults = Faults()
    for number in range(TOLD + 5):
        faults.add(f"cause {number}", "x")
    assert len(faults.due(MORNING)) == TOLD
    assert faults.due(MORNING + WINDOW - MINUTE) == []
    assert [fault.cause for fault in faults.due(MORNING + WINDOW)] == [f"cause {TOLD + n}" for n in range(5)]


def test_what_could_not_be_told_is_due_again_with_its_count() -> None:
    faults = Faults()
    faults.add("disk", "no space", 3)
    (fault,) = faults.due(MORNING)
    faults.add("disk", "still none")
    faults.take_back(fault)
    assert faults.due(MORNING + MINUTE) == [Fault("disk", "still none", 4)]
    faults.take_back(Fault("gone", "meanwhile", 2))
    assert faults.due(MORNING + MINUTE) == [Fault("gone", "meanwhile", 2)]


def test_its_memory_is_bounded() -> None:
    faults = Faults()
    for number in range(3 * KEPT):
        faults.add(f"cause {number}", "x")
    told = [fault.cause for hour in range(KEPT) for fault in faults.due(MORNING + hour * WINDOW)]
    assert told == [f"cause {number}" for number in range(2 * KEPT, 3 * KEPT)]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 90)), max_size=40))
def test_each_is_told_once_and_no_cause_twice_within_an_hour(steps: list[tuple[str, int]]) -> None:
    faults, now, added, told = Faults(), MORNING, 0, []
    for cause, minutes in steps:
        faults.add(cause, "x")
        now, added = now + minutes * MINUTE, added + 1
        told += [(now, fault) for fault in faults.due(now)]
    told += [(now + WINDOW, fault) for fault in faults.due(now + WINDOW)]
    assert sum(fault.count for _, fault in told) == added
    for cause in "abc":
        times = [at for at, fault in told if fault.cause == cause]
        assert all(later - earlier >= WINDOW for earlier, later in itertools.pairwise(times))


# --- causes


def _raised(text: str) -> Exception:
    try:
        raise KeyError(text)
    except KeyError as error:
        return error


def test_a_bug_is_one_by_its_place_and_an_error_of_the_world_by_its_words() -> None:
    assert cause_of(_raised("one")) == cause_of(_raised("other"))
    assert cause_of(KeyError("one")) != cause_of(_raised("one"))
    assert cause_of(DiskError("day 12: no space")) == cause_of(DiskError("day 13: no space"))
    assert cause_of(DiskError("no space")) != cause_of(DiskError("read only"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("source 12: timeout", "source #: timeout", id="a-number"),
        pytest.param("chat -100123 of 7", "chat -# of #", id="several"),
        pytest.param("x" * 900, "x" * 500, id="a-long-one"),
    ],
)
def test_numbers_make_no_other_cause(line: str, expected: str) -> None:
    assert masked(line) == expected
