from datetime import UTC, date, datetime

import pytest

from summaries.threads.timeline import GAP, MENTIONS, Point, Telling, timeline, volume

FELL = "The bridge at Tolm fell into the river after the flood."
SHUT = "The road to Tolm was shut by the police and the army."
TALKS = "Talks about a new bridge began in the harbour of Osk."


def telling(id: int, when: str, *sentences: str, language: str = "en") -> Telling:
    moment = datetime.fromisoformat(when).replace(tzinfo=UTC) if when else None
    return Telling(id, moment, sentences or (f"Report {id} on the bridge at Tolm was printed.",), language)


def points(*tellings: Telling, most: int = 8) -> list[Point]:
    return list(timeline(tellings, most=most).points)


def days(*tellings: Telling, most: int = 8) -> list[str]:
    return [point.day.isoformat() for point in points(*tellings, most=most)]


def test_a_story_without_articles_has_no_days() -> None:
    assert points() == []
    assert volume(()) == {}


def test_the_days_of_publication_in_order_each_with_a_sentence() -> None:
    found = points(telling(2, "2031-05-20", TALKS), telling(1, "2031-03-03", FELL, SHUT))

    assert [(point.day, point.id, point.sentence) for point in found] == [
        (date(2031, 3, 3), 1, FELL),
        (date(2031, 5, 20), 2, TALKS),
    ]


def test_a_day_that_is_spoken_of_is_a_day_of_the_story() -> None:
    found = points(telling(1, "2031-05-20", TALKS, "On 3 March 2030 the bridge at Tolm fell into the river."))

    assert [(str(point.day), point.published, point.mentioned) for point in found] == [
        ("2030-03-03", 0, 1),
        ("2031-05-20", 1, 0),
    ]
    assert found[0].place == 1


def test_a_month_is_told_where_none_of_its_days_is() -> None:
    month = "The truce on the ridge was renewed in February 2030."
    alone = points(telling(1, "2031-05-20", TALKS, month))
    beside = points(telling(1, "2031-05-20", TALKS, month), telling(2, "2030-02-25", FELL))

    assert [(str(point.day), point.precision) for point in alone] == [("2030-02-01", "month"), ("2031-05-20", "day")]
    assert [(str(point.day), point.precision) for point in beside] == [("2030-02-25", "day"), ("2031-05-20", "day")]


def test_no_sentence_is_told_of_two_days() -> None:
    both = "On 3 March 2030 the bridge fell, and on 5 May 2030 the road was shut."
    found = points(telling(1, "2031-05-20", TALKS, both), telling(2, "2030-05-05", SHUT))

    assert [(str(point.day), point.sentence) for point in found] == [
        ("2030-03-03", both),
        ("2030-05-05", SHUT),
        ("2031-05-20", TALKS),
    ]


def test_the_weightiest_days_are_chosen() -> None:
    found = days(telling(1, "2031-03-03"), telling(2, "2031-04-04"), telling(3, "2031-04-04"), most=1)

    assert found == ["2031-04-04"]


@pytest.mark.parametrize(("apart", "count"), [(GAP.days, 1), (GAP.days + 1, 2)])
def test_neighbours_of_a_day_are_left_out(apart: int, count: int) -> None:
    assert len(days(telling(1, "2031-03-03"), telling(2, f"2031-03-{3 + apart:02}"))) == count


def test_one_chronology_does_not_decide_alone() -> None:
    named = [f"On 3 March 2030 thing number {number} happened at the bridge." for number in range(9)]
    [point] = [point for point in points(telling(1, "2031-05-20", *named)) if point.day == date(2030, 3, 3)]

    assert point.mentioned == MENTIONS


def test_an_article_without_a_date_is_listed_and_is_no_turning_point() -> None:
    found = timeline([telling(4, "", "On 3 March 2030 the bridge at Tolm fell."), telling(5, "2031-05-20", TALKS)])

    assert found.undated == (4,)
    assert [point.id for point in found.points] == [5]


def test_the_sentence_is_the_one_most_like_what_the_day_s_others_say() -> None:
    odd = "Visitors admired the violins in the library of Brandt."
    found = points(telling(1, "2031-05-20", odd), telling(2, "2031-05-20", FELL), telling(3, "2031-05-20", FELL[:-1]))

    assert [point.sentence for point in found] == [FELL]


@pytest.mark.parametrize("sentence", ["Yes.", " ".join(["bridge"] * 10 + [f"w{n}" for n in range(80)]) + "."])
def test_what_is_too_short_or_too_long_is_not_shown(sentence: str) -> None:
    assert [point.sentence for point in points(telling(1, "2031-05-20", sentence, FELL))] == [FELL]
    assert points(telling(1, "2031-05-20", sentence)) == []


def test_the_order_in_which_articles_are_given_does_not_matter() -> None:
    tellings = [telling(1, "2031-03-03", FELL), telling(2, "2031-05-20", TALKS), telling(3, "", SHUT)]

    assert timeline(tellings) == timeline(tellings[::-1])


def test_every_language_has_a_timeline() -> None:
    found = points(telling(1, "2031-05-20", "ٹولم کا پل اتوار کو دریا میں گر گیا تھا۔", language="ur"))

    assert [str(point.day) for point in found] == ["2031-05-18"]


def test_volume_counts_every_day_from_the_first_to_the_last() -> None:
    counted = volume([telling(1, "2031-05-18"), telling(2, "2031-05-20"), telling(3, "2031-05-20"), telling(4, "")])

    assert {str(day): count for day, count in counted.items()} == {"2031-05-18": 1, "2031-05-19": 0, "2031-05-20": 2}
