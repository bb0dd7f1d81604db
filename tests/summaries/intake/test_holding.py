import os
import tracemalloc
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.intake import holding
from summaries.intake.holding import PLAIN, STEP, Holding


@given(st.lists(st.binary(max_size=90), max_size=40), st.integers(0, 1200))
def test_what_is_added_is_there_up_to_so_much(pieces: list[bytes], most: int) -> None:
    with mock.patch.object(holding, "PLAIN", 200), mock.patch.object(holding, "STEP", 60):
        body = Holding(most)
        for piece in pieces:
            body.add(piece)
        everything = b"".join(pieces)[:most]
        assert len(body) == sum(map(len, pieces))
        assert body.tail() == everything[-1024:]
        assert body.whole() == everything


@pytest.mark.parametrize("length", [PLAIN, PLAIN + 1, PLAIN + 5 * STEP + 3])
def test_large_bodies_come_back_as_they_were(length: int) -> None:
    data = os.urandom(length)
    body = Holding(10 * PLAIN)
    for start in range(0, length, 65_536):
        body.add(data[start : start + 65_536])
    assert body.tail() == data[-1024:]
    assert body.whole() == data


def test_what_has_no_end_takes_little_memory() -> None:
    piece = b"<item><title>More</title></item>" * 500
    tracemalloc.start()
    try:
        body = Holding(10_000_000)
        while len(body) < 12_000_000:
            body.add(piece)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2 * PLAIN
