from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.document import Bold, Inlines, Link, Moment, text_of
from handlers.looks.bidi import isolate
from handlers.looks.inlines import LONGEST_MOMENT, cut_line, ready, weight
from handlers.looks.plain import units
from tests.handlers.looks.documents import INLINES

WHEN = Moment(datetime(2022, 8, 8, tzinfo=UTC), "8 August 2022")


@pytest.mark.parametrize(
    ("parts", "made"),
    [
        pytest.param(("a\nb", "", "\u202e"), ("a b",), id="tidied"),
        pytest.param((Bold(("",)), Bold((Bold(()), "a"))), (Bold(("a",)),), id="marks-of-nothing"),
        pytest.param((WHEN,), (WHEN,), id="moment"),
        pytest.param(
            (Moment(WHEN.at, "x" * (LONGEST_MOMENT + 1)),), ("x" * (LONGEST_MOMENT + 1),), id="a-moment-that-is-a-text"
        ),
    ],
)
def test_ready(parts: Inlines, made: Inlines) -> None:
    assert ready(parts) == made


@pytest.mark.parametrize(
    ("parts", "room", "halves"),
    [
        pytest.param(("one two three",), 14, (("one ",), ("two three",)), id="between-words"),
        pytest.param(("a" * 30,), 20, (("a" * 13,), ("a" * 17,)), id="no-place-at-all"),
        pytest.param(
            (Bold(("one ", Link(("two three",), "https://a.example"))),),
            18,
            (
                (Bold(("one ", Link(("two ",), "https://a.example"))),),
                (Bold((Link(("three",), "https://a.example"),)),),
            ),
            id="inside-marks",
        ),
        pytest.param(("a" * 5, WHEN, "b"), 20, (("a" * 5,), (WHEN, "b")), id="before-a-moment"),
        pytest.param((WHEN, "b"), 12, ((), (WHEN, "b")), id="no-room-for-a-moment"),
        pytest.param(("a",), 5, ((), ("a",)), id="no-room"),
    ],
)
def test_where_a_line_is_cut(parts: Inlines, room: int, halves: tuple[Inlines, Inlines]) -> None:
    assert cut_line(parts, room) == halves


@settings(max_examples=60, deadline=None)
@given(INLINES, st.integers(8, 3000))
def test_halves_are_the_whole_and_the_first_fits(parts: Inlines, room: int) -> None:
    line = ready(parts)
    if weight(line) <= room:
        return
    head, tail = cut_line(line, room)
    assert (text_of(head) + text_of(tail)).strip() == text_of(line).strip()
    assert not head or weight(head) <= room


@settings(max_examples=60, deadline=None)
@given(INLINES)
def test_no_line_takes_more_than_its_weight(parts: Inlines) -> None:
    line = ready(parts)
    pieces = isolate([[text_of((part,))] for part in line])
    assert sum(units(piece) for unit in pieces for piece in unit) < weight(line)
