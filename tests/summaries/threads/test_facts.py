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


@pytest.mark.parametrize(
    ("text", "language", "number", "counted"),
    [
        pytest.param("The gale killed 43 fishermen there.", "en", "43", {"fishermen"}, id="what stands behind it"),
        pytest.param("At least 43 of the old boats sank.", "en", "43", {"boat", "sank"}, id="two words"),
        pytest.param("The toll rose to 43, the harbour said.", "en", "43", set(), id="another clause"),
        pytest.param("The harbour won 24-17 points.", "en", "24", set(), id="a score"),
        pytest.param("The harbour won 24 - 17 on points.", "en", "17", set(), id="a score with blanks"),
        pytest.param("A 32-year-old sailor was found.", "en", "32", set(), id="an age"),
        pytest.param("It opened at 8:30 in Osk.", "en", "8", set(), id="a time of day"),
        pytest.param("The No. 5 boat won.", "en", "5", set(), id="a rank"),
        pytest.param("Ships of 2004 sailors came.", "en", "2004", set(), id="what may be a year"),
        pytest.param("昨日の地震で43人が死亡しました。", "ja", "43", {"人が", "が死"}, id="Japanese, without blanks"),
        pytest.param("地震造成1200人死亡。", "zh", "1200", {"人死", "死亡"}, id="Chinese, without blanks"),
        pytest.param("زلزلے میں ۴۳ افراد ہلاک ہوئے", "ur", "43", {"افراد", "ہلاک"}, id="digits of another script"),
    ],
)
def test_a_number_has_what_it_counts_behind_it(text: str, language: str, number: str, counted: set[str]) -> None:
    assert facts_of(text, language, SAID)["number", number] == counted


def test_a_headline_has_no_names() -> None:
    assert facts_of("Gale Kills Forty In Osk", "en", SAID, headline=True) == {}
