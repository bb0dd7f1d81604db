"""Openings of furniture that also begin sentences."""

import pytest

from summaries.editing.doubts import doubtful


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("Photographer Ana Lund travelled to Tarn.", True, id="photographer"),
        pytest.param("“Video shows the ferry,” he said.", True, id="behind a quotation mark"),
        pytest.param("READ the report of the council.", True, id="capitals"),
        pytest.param("Published on Monday, the report says more.", True, id="published"),
        pytest.param("Readers of the Courier know him.", False, id="a longer word"),
        pytest.param("The photo shows a ferry.", False, id="not at the start"),
        pytest.param("Photosynthesis needs light.", False, id="photosynthesis"),
        pytest.param("Фото парома.", True, id="ru"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_doubtful(sentence: str, expected: bool) -> None:
    assert doubtful(sentence) is expected
