"""Whose turn it is."""

from hypothesis import given
from hypothesis import strategies as st

from summaries.queues import LANES, Lane, Queues


def drained(queues: Queues, now: float) -> list[int]:
    found = []
    while (id := queues.take(now)) is not None:
        found.append(id)
    return found


def test_words_go_first_and_broadcasts_last() -> None:
    queues = Queues()
    for id, kind in enumerate(("broadcast", "push", "digest", "word", "broadcast", "word"), 1):
        queues.add(kind, id)  # type: ignore[arg-type]

    assert list(queues) == [4, 6, 2, 3, 1, 5]
    assert queues.lowest() == 1
    assert drained(queues, 0.0) == [4, 6, 2, 3, 1, 5]
    assert len(queues) == 0


def test_what_waits_for_a_moment_goes_first_once_it_has_come() -> None:
    queues = Queues()
    queues.add("digest", 1)
    queues.put_off(2, 100.0)
    queues.put_off(3, 50.0)

    assert queues.opens == 50.0
    assert queues.take(49.9) == 1
    assert queues.take(49.9) is None
    assert queues.lowest() == 2
    assert drained(queues, 100.0) == [3, 2]
    assert queues.lowest() is None
    assert queues.opens is None


def test_the_first_of_a_kind() -> None:
    queues = Queues()
    queues.add("broadcast", 1)
    queues.add("digest", 2)
    queues.put_off(3, 50.0)

    assert list(queues.first("digest")) == [2, 3]


@given(st.lists(st.integers(0, 40)))
def test_a_lane_is_a_queue_however_much_was_taken(takes: list[int]) -> None:
    lane, expected, next_id = Lane(), list[int](), 1
    for count in takes:
        for _ in range(500):
            lane.add(next_id)
            expected.append(next_id)
            next_id += 1
        for _ in range(min(count * 25, len(expected))):
            assert lane.take() == expected.pop(0)
    assert (list(lane), len(lane)) == (expected, len(expected))


def test_a_lane_lets_go_of_what_was_taken() -> None:
    lane = Lane()
    for id in range(100_000):
        lane.add(id)
    for _ in range(99_000):
        lane.take()

    assert lane._ids.buffer_info()[1] < 20_000


def test_every_kind_has_a_lane() -> None:
    assert set(LANES) == {"word", "digest", "push", "broadcast"}
