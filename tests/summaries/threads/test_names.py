import pytest

from summaries.threads.names import named, names_in


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        pytest.param(
            "The envoy Ilse Maren met Odo Brand.", "en", ["ilse", "maren", "odo", "brand"], id="in a sentence"
        ),
        pytest.param("Envoys met. Bridges closed.", "en", [], id="at its beginning every word is written large"),
        pytest.param("It sank off Velmora’s coast.", "en", ["velmora"], id="a possessive"),
        pytest.param("Le navire Ilse Maren a quitté Osk.", "fr", ["ilse", "maren", "osk"], id="French"),
        pytest.param("Of 1,200 people 12 came, at 3.45 each.", "en", ["1200", "345"], id="figures of three digits"),
        pytest.param("وزیر نے کہا کہ 1200 لوگ", "ur", ["1200"], id="no capitals, so no names"),
        pytest.param("", "en", [], id="nothing"),
    ],
)
def test_names_and_long_numbers(text: str, language: str, names: list[str]) -> None:
    assert names_in(text, language) == names


def test_the_place_of_a_name_is_where_it_stands() -> None:
    text = "She met Odo."
    assert [text[start:end] for start, end in named(text, "en")] == ["Odo"]
