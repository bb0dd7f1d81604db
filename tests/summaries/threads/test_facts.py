from datetime import UTC, datetime

import pytest

from summaries.threads.facts import Fact, facts_of

SAID = datetime(2031, 5, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        pytest.param("It held 43 boats and 1,250 people.", {("number", "43"), ("number", "1250")}, id="numbers"),
        pytest.param("It grew by 4.5 percent.", {("number", "4.5")}, id="a fraction"),
        pytest.param("It fell on 18 May 2031.", {("date", "2031-05-18")}, id="a day is no number"),
        pytest.param("It was said by Odo Brand.", {("name", "odo"), ("name", "brand")}, id="names"),
        pytest.param("The road B12 was shut.", {("name", "b12")}, id="a number within a name"),
        pytest.param("", set(), id="nothing"),
    ],
)
def test_facts(text: str, facts: set[Fact]) -> None:
    assert set(facts_of(text, "en", SAID)) == facts


def test_a_number_has_what_it_counts_beside_it() -> None:
    assert facts_of("The gale killed 43 fishermen there.", "en", SAID)["number", "43"] == {"kill", "gale", "fishermen"}


def test_a_headline_has_no_names() -> None:
    assert facts_of("Gale Kills Forty In Osk", "en", SAID, headline=True) == {}
