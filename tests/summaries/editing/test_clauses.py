"""Where a sentence may be cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.editing.clauses import balanced, clauses, shortened, stands, unstopped


@given(text=st.text(alphabet=st.sampled_from('ab ,;–."()«»،，'), max_size=60), most=st.integers(1, 60))
def test_clauses_are_verbatim_short_enough_and_closed(text: str, most: int) -> None:
    for clause in clauses(text, most):
        assert clause in text
        assert 0 < len(clause) <= most
        assert balanced(clause)


@given(text=st.text(max_size=80), most=st.integers(2, 60))
def test_shortened_is_a_beginning(text: str, most: int) -> None:
    short = shortened(text, most)
    assert len(short) <= max(most, 1)
    assert text.startswith(short.removesuffix("…")) or short == text
    assert (short == text) == (len(text) <= most) or short.endswith("…")


def test_runs_of_clauses() -> None:
    found = clauses("The pier fell, the crane stood, and Tarn slept.", 30)
    assert found == ["The pier fell", "The pier fell, the crane stood", "the crane stood", "and Tarn slept"]


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        pytest.param("The pier fell, the crane stood", 24, "The pier fell…", id="at a clause"),
        pytest.param("The pier and the old crane fell", 20, "The pier and the…", id="at a word"),
        pytest.param("港口重新开放，码头修好了", 8, "港口重新开放…", id="at a Chinese comma"),
        pytest.param("Short", 20, "Short", id="nothing to cut"),
        pytest.param("A, the council of Velmora voted", 20, "A, the council of…", id="not at an early comma"),
    ],
)
def test_shortened(text: str, most: int, expected: str) -> None:
    assert shortened(text, most) == expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [("Velmora reopened", True), ("which was closed", False), ("He left", False), ("after the flood", False)],
)
def test_stands(clause: str, expected: bool) -> None:
    assert stands(clause, "en") is expected


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("It fell.", "It fell"),
        ("in the U.S.", "in the U.S."),
        ("Wait...", "Wait..."),
        ("ہو گیا۔", "ہو گیا"),
        ("Why?", "Why?"),
    ],
)
def test_unstopped(piece: str, expected: str) -> None:
    assert unstopped(piece) == expected
