import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.threads.vectors import BITS, EMPHASIS, LEAD, numbers_of, vector_of


def weight(title: str, text: str, word: str, language: str = "en") -> float:
    vector = vector_of(title, text, language)
    return dict(zip(map(str.lower, vector.spelt), vector.weights.tolist(), strict=True)).get(word, 0.0)


def test_a_vector_has_length_one_and_its_numbers_rise() -> None:
    vector = vector_of("Bridge of Tolm", "The bridge of Tolm was closed after the storm.", "en")

    assert np.linalg.norm(vector.weights) == pytest.approx(1, abs=1e-5)
    assert (np.diff(vector.terms) > 0).all()
    assert len(vector) == len(vector.spelt) == 4


def test_stop_words_and_single_letters_say_nothing() -> None:
    assert len(vector_of("", "It was a B, and so it was not.", "en")) == 0


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param("ur", "پل دوبارہ کھول دیا گیا", id="Urdu"),
        pytest.param("hi", "पुल फिर खोल दिया गया", id="Hindi"),
        pytest.param("zh", "大桥重新开放", id="Chinese"),
        pytest.param("und", "zmrb kvel tolm", id="unknown"),
    ],
)
def test_every_script_has_terms(language: str, text: str) -> None:
    assert len(vector_of("", text, language)) > 1


def test_the_same_word_in_two_languages_is_two_terms() -> None:
    assert not np.intersect1d(numbers_of(["radio"], "en"), numbers_of(["radio"], "de")).size


def test_title_and_lead_say_more_than_the_rest() -> None:
    filler = " ".join(f"w{number}" for number in range(LEAD))
    text = f"{filler} quay ferry"

    assert weight("The ferry", text, "w1") > weight("", text, "quay")
    assert weight("Tolm", text, "tolm") == pytest.approx(weight("Tolm", text, "quay") * EMPHASIS, rel=1e-4)
    assert weight("", text, "w1") == pytest.approx(weight("", text, "quay") * EMPHASIS, rel=1e-4)


def test_what_is_said_again_says_more_but_not_as_much_more() -> None:
    text = "bridge bridge bridge bridge ferry"

    assert 1 < weight("", text, "bridge") / weight("", text, "ferry") < 4


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=200), st.sampled_from(["en", "ur", "zh", "und", "tr"]))
def test_any_text_has_a_vector_and_always_the_same(title: str, text: str, language: str) -> None:
    one, other = vector_of(title, text, language), vector_of(title, text, language)

    assert one.spelt == other.spelt
    assert np.array_equal(one.terms, other.terms)
    assert all(0 <= number < 1 << BITS for number in (*one.terms.tolist(), *one.names.tolist()))


def test_terms_are_spelt_as_they_stand_first() -> None:
    vector = vector_of("Ferries", "The ferry sank. Divers searched; a diver died.", "en")

    assert {"Ferries", "Divers"} <= set(vector.spelt)
    assert not {"ferry", "diver"} & set(vector.spelt)
