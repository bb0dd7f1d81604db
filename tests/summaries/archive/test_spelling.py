import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.archive import spelling
from summaries.archive.spelling import joined
from summaries.language import terms

LETTERS = st.sampled_from("aZé'’-.,:_1½٣ßЇک ہةनि国で한กั\u200c\u00ad\ud800 \t\n\u00a0\u3000\x1c#")


@given(st.text(LETTERS, max_size=60), st.sampled_from(["en", "ur", "hi", "zh", "ja", "th", "tr", "und"]))
@settings(max_examples=300, deadline=None)
def test_the_terms_are_those_of_the_language(text: str, language: str) -> None:
    assert joined(text, language).split() == terms(text, language)


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelling, "_KEPT", 3)
    assert joined("one two three four five", "xx") == "one two three four five"
    assert len(spelling._spelled("xx")) <= 3


def test_a_long_run_is_not_remembered() -> None:
    joined("国" * 100, "xy")
    assert not spelling._spelled("xy")
