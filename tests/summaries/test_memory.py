import ctypes
import gc
import weakref
from collections.abc import Iterator
from typing import Any

import pytest

from summaries.memory import ARENAS, LARGE, keep_small, settle


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


@pytest.fixture
def unsettled() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


class Knot:
    def __init__(self) -> None:
        self.itself = self


@pytest.mark.usefixtures("unsettled")
def test_what_there_is_is_not_gone_through_again() -> None:
    knots = [Knot() for _ in range(100)]
    settle()
    assert not {id(one) for one in gc.get_objects()} & {id(one) for one in knots}
    assert gc.get_freeze_count() > 100
    assert gc.get_threshold()[0] > 700


@pytest.mark.usefixtures("unsettled")
def test_what_comes_later_is_still_let_go() -> None:
    settle()
    late = weakref.ref(Knot())
    gc.collect()
    assert late() is None
