import ctypes
from typing import Any

import pytest

from summaries.memory import ARENAS, LARGE, keep_small


class Library:
    def __init__(self, answer: int = 1) -> None:
        self.asked: list[tuple[int, int]] = []
        self._answer = answer

    def mallopt(self, parameter: int, value: int) -> int:
        self.asked.append((parameter, value))
        return self._answer


def test_the_c_library_is_told_to_give_memory_back(monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library()
    monkeypatch.setattr(ctypes, "CDLL", lambda name: library)
    assert keep_small()
    assert library.asked == [(-8, ARENAS), (-3, LARGE)]


@pytest.mark.parametrize(
    "library",
    [pytest.param(object(), id="another library"), pytest.param(Library(0), id="a library that refuses")],
)
def test_where_there_is_no_such_thing_nothing_is_done(library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda name: library)
    assert not keep_small()
