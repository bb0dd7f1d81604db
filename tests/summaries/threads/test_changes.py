from datetime import UTC, datetime

import pytest

from summaries.threads.changes import Change, Statement, changes, judged

CAPSIZED = "A ferry capsized off Velmora on Sunday, and 31 people died."
BEGAN = "Talks between Veldia and Morland began in the harbour town of Osk."


def said(text: str, *, day: int = 21, id: int = 2, place: int = 0, language: str = "en") -> Statement:
    return Statement(id, place, text, language, datetime(2031, 5, day, tzinfo=UTC))


TOLD = [said(CAPSIZED, day=20, id=1), said(BEGAN, day=20, id=1, place=1)]


def judge(text: str, told: list[Statement] = TOLD) -> Change:
    [change] = judged(told, [said(text)])
    return change


@pytest.mark.parametrize(
    ("text", "novelty"),
    [
        pytest.param(CAPSIZED, "told", id="the same"),
        pytest.param("On Sunday 31 people died off Velmora as a ferry capsized.", "told", id="in other order"),
        pytest.param(
            "On 18 May 31 people died, and a ferry capsized off Velmora.", "told", id="the day, written otherwise"
        ),
        pytest.param(
            "People died off Velmora when a ferry capsized in heavy weather.", "partly", id="with a little more"
        ),
        pytest.param("Rescue crews searched the bay through the night with lamps.", "new", id="something else"),
        pytest.param("A ferry capsized off Velmora on Sunday, and 43 people died.", "new", id="another number"),
        pytest.param("A ferry capsized off Velmora on Monday, and 31 people died.", "new", id="another day"),
        pytest.param("A ferry capsized off Velmora on Sunday, said Odo, and 31 people died.", "new", id="a name"),
        pytest.param("It was so.", "told", id="nothing"),
    ],
)
def test_what_is_told_and_what_is_new(text: str, novelty: str) -> None:
    assert judge(text).novelty == novelty


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        pytest.param("43 people died in 2 villages.", {("number", "43"), ("number", "2")}, id="numbers"),
        pytest.param("It cost 1,200,000 crowns.", {("number", "1200000")}, id="a grouped number"),
        pytest.param("On Monday the ferry was raised.", {("date", "2031-05-19")}, id="a day"),
        pytest.param(
            "The envoy Ilse Maren spoke in Osk.", {("name", "ils"), ("name", "maren")}, id="names, one of them known"
        ),
        pytest.param("The ferry was raised.", set(), id="none"),
    ],
)
def test_new_facts_are_named(text: str, facts: set[tuple[str, str]]) -> None:
    assert set(judge(text).facts) == facts


@pytest.mark.parametrize(
    ("text", "then"),
    [
        pytest.param(
            "The ferry that capsized off Velmora left 43 people dead, who died at once.",
            CAPSIZED,
            id="a number of the same",
        ),
        pytest.param(
            "The number of those who died when a ferry capsized off Velmora rose to 43.",
            CAPSIZED,
            id="a number by itself",
        ),
        pytest.param("Talks between Veldia and Morland have collapsed, said Odo in Osk.", BEGAN, id="an outcome"),
        pytest.param(
            "After 9 days the talks between Veldia and Morland have collapsed.",
            BEGAN,
            id="an outcome beside a new number",
        ),
        pytest.param("The harbour of Brandt has 43 cranes.", "", id="a number of something else"),
        pytest.param("A roof collapsed in Brandt.", "", id="an outcome of something else"),
        pytest.param("A ferry capsized off Velmora on Sunday, and 31 people died, said Odo.", "", id="the same number"),
    ],
)
def test_then_and_now(text: str, then: str) -> None:
    change = judge(text)

    assert (change.then.text if change.then else "") == then


@pytest.mark.parametrize(
    ("then", "now"),
    [
        pytest.param(
            "Brand was arrested over a loan.", "Brand released a letter of his firm.", id="a word of two senses"
        ),
        pytest.param(
            "A gale at Velmora sank 12 boats in the old harbour.",
            "A gale at Brandt sank 40 boats in the old harbour, as crews from Osk and Tolm watched.",
            id="two places",
        ),
        pytest.param(
            "The boat sank 135 miles from Velmora at a depth of 35 miles.",
            "The boat sank 90 miles from Velmora.",
            id="two numbers of the same unit",
        ),
        pytest.param(
            "The harbour beat Tolm 24-17 in the regatta.", "The harbour beat Tolm 31-12 in the regatta.", id="scores"
        ),
        pytest.param("The crane of 1998 was sold by Velmora.", "The crane of 2004 was sold by Velmora.", id="years"),
    ],
)
def test_what_is_loosely_related_is_no_then(then: str, now: str) -> None:
    assert judge(now, [said(then, day=20, id=1)]).then is None


def test_what_was_said_later_is_no_then() -> None:
    late = said("A ferry capsized off Velmora on Sunday, and 43 people died.", day=25, id=1)

    assert judge(CAPSIZED, [late]).then is None


def test_of_one_moment_two_outcomes_are_two_views() -> None:
    assert judge("Talks between Veldia and Morland collapsed.", [said(BEGAN, id=1)]).then is None


def test_a_number_without_blanks_around_it_is_news() -> None:
    told = [said("ドルク港の地震で31人が死亡しました。", day=20, id=1, language="ja")]
    [change] = judged(told, [said("ドルク港の地震で43人が死亡しました。", language="ja")])

    assert (change.novelty, change.facts, change.then) == ("new", (("number", "43"),), told[0])


def test_the_last_of_several_earlier_statements_is_the_then() -> None:
    later = said("A ferry capsized off Velmora, and 37 people died.", day=20, id=3)
    change = judge("A ferry capsized off Velmora, and 43 people died.", [*TOLD, later])

    assert change.then == later


def test_new_ones_come_before_those_that_partly_are_and_told_ones_not_at_all() -> None:
    texts = [
        CAPSIZED,
        "People died off Velmora when a ferry capsized in heavy weather.",
        "Rescue crews searched the bay through the night with lamps.",
    ]
    found = changes(TOLD, [said(text, place=place) for place, text in enumerate(texts)])

    assert [(change.novelty, change.statement.text) for change in found] == [("new", texts[2]), ("partly", texts[1])]


def test_what_is_told_twice_since_is_new_once() -> None:
    text = "Rescue crews searched the bay through the night with lamps."

    assert [change.statement.id for change in changes(TOLD, [said(text, id=5), said(text, id=4)])] == [4]


def test_without_anything_told_all_is_new() -> None:
    assert [change.novelty for change in judged([], TOLD)] == ["new", "new"]
    assert changes(TOLD, []) == []


def test_a_headline_s_large_letters_make_no_names() -> None:
    [change] = judged(TOLD, [said("Ferry Capsized Off Velmora", place=-1)])

    assert (change.novelty, change.facts) == ("told", ())


def test_another_language_is_new() -> None:
    assert judged(TOLD, [said("ٹولم کا پل اتوار کو دریا میں گر گیا۔", language="ur")])[0].novelty == "new"
