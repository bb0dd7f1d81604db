import io

import pytest

from summaries.threads.snapshot import Stamp, read, written
from summaries.threads.stories import Threads
from tests.rivals import OP_ED, REPORT, everyday
from tests.summaries.threads.grouped import place

HELD = 40
STAMP = Stamp(12, (14, 15), 99)


def filled(count: int, *, held: int = HELD) -> Threads:
    threads = Threads(held)
    for number, news in enumerate([OP_ED, *everyday(count)], start=1):
        place(threads, number, news)
    return threads


def saved(threads: Threads) -> bytes:
    return b"".join(written(threads, STAMP))


@pytest.mark.parametrize("count", [0, 5, 30, 150])
def test_what_was_read_again_decides_as_what_was_written(count: int) -> None:
    """Also after the oldest events have given way to newer ones."""
    threads = filled(count)
    again, stamp = read(io.BytesIO(saved(threads)), HELD)

    assert stamp == STAMP
    for number, news in enumerate([*everyday(20, seed=7), REPORT], start=1_000):
        assert place(again, number, news) == place(threads, number, news)
    assert saved(again) == saved(threads)


def test_nothing_is_saved_and_read_too() -> None:
    again, _ = read(io.BytesIO(saved(Threads(HELD))), HELD)

    assert len(again.events) == 0


@pytest.mark.parametrize("place", [0, 3, 9, 40, -1, -3, -2_000])
def test_a_byte_that_changed_is_noticed(place: int) -> None:
    data = bytearray(saved(filled(5)))
    data[place] ^= 0x55

    with pytest.raises(ValueError, match=r"damaged|another version"):
        read(io.BytesIO(data), HELD)


@pytest.mark.parametrize("length", [0, 7, 8, 60, 500, -1])
def test_a_file_that_was_cut_is_noticed(length: int) -> None:
    data = saved(filled(5))

    with pytest.raises(ValueError, match="damaged"):
        read(io.BytesIO(data[:length]), HELD)


def test_what_was_saved_for_another_number_of_events_is_not_read() -> None:
    with pytest.raises(ValueError, match="another version"):
        read(io.BytesIO(saved(filled(5))), HELD + 1)


@pytest.mark.parametrize(("id", "learned"), [(1, True), (12, True), (13, False), (14, True), (16, False)])
def test_a_stamp_says_what_was_learned(id: int, learned: bool) -> None:
    assert (id in STAMP) is learned
