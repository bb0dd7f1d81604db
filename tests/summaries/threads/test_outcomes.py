from importlib import resources

import pytest

from summaries.threads.outcomes import of_one_thing, opposed, outcomes_of


@pytest.mark.parametrize(
    ("language", "one", "other", "verdict"),
    [
        pytest.param("en", "Talks began.", "Talks collapsed.", True, id="begun and collapsed"),
        pytest.param("en", "The bill was approved.", "The bill was rejected.", True, id="approved and rejected"),
        pytest.param("en", "The quay is open.", "The quay is not open.", True, id="open and not open"),
        pytest.param("en", "The quay is not open.", "The quay is closed.", False, id="not open is closed"),
        pytest.param("en", "Talks began.", "Talks began.", False, id="the same"),
        pytest.param("en", "Talks began.", "The bridge is closed.", False, id="of different things"),
        pytest.param("en", "Talks began.", "It rained.", False, id="none"),
        pytest.param("fr", "L'accord est signé.", "L'accord est rejeté.", True, id="French"),
        pytest.param("es", "El puerto fue cerrado.", "El puerto fue reabierto.", True, id="Spanish"),
        pytest.param("de", "Der Hafen ist geöffnet.", "Der Hafen ist geschlossen.", True, id="German"),
        pytest.param("ur", "مذاکرات شروع", "مذاکرات ختم", True, id="Urdu"),
        pytest.param("hi", "वार्ता सफल", "वार्ता विफल", True, id="Hindi"),
        pytest.param("xx", "Talks began.", "Talks collapsed.", False, id="a language without a list"),
    ],
)
def test_opposites(language: str, one: str, other: str, verdict: bool) -> None:
    assert opposed(outcomes_of(one, language), outcomes_of(other, language)) is verdict
    assert opposed(outcomes_of(other, language), outcomes_of(one, language)) is verdict


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        pytest.param("Talks began.", "Talks collapsed.", True, id="all that is said of it"),
        pytest.param("Police arrested the mayor of Osk.", "The mayor of Osk was released.", True, id="two words of it"),
        pytest.param(
            "Brand was arrested over a loan.", "Brand released a letter through his firm.", False, id="a name"
        ),
        pytest.param("The quay is closed.", "Talks collapsed.", False, id="nothing"),
        pytest.param("Closed.", "Open.", False, id="neither says of what"),
    ],
)
def test_outcomes_of_one_thing_have_the_words_beside_them_in_common(one: str, other: str, verdict: bool) -> None:
    assert of_one_thing(outcomes_of(one, "en"), outcomes_of(other, "en")) is verdict


LISTS = [file for file in (resources.files("summaries.threads") / "opposites").iterdir() if file.name.endswith(".txt")]


@pytest.mark.parametrize("file", LISTS, ids=lambda file: file.name)
def test_a_list_has_words_that_turn_and_scales_of_two_poles(file) -> None:  # type: ignore[no-untyped-def]
    first, *scales = file.read_text(encoding="utf-8").splitlines()

    assert first.split()
    assert "|" not in first
    assert [scale for scale in scales if len(scale.split("|")) != 2 or not all(scale.split("|"))] == []
