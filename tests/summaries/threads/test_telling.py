"""What is remembered of what a reader was told, and for how long."""

from datetime import UTC, date, datetime, timedelta

import pytest

from summaries.models import Pick, ToldTopic
from summaries.threads import telling
from summaries.threads.choose import Choice
from summaries.threads.telling import after_digest, after_push, by_now, untold

DAY = date(2031, 6, 2)
NOON = datetime(2031, 6, 2, 12, tzinfo=UTC)
CHOICE = Choice((Pick(70, (8, 6)), Pick(0, (5,))), upto=9, marks=((70, 8),))


def test_a_digest_leaves_its_stories_its_briefings_and_where_the_next_begins() -> None:
    told = after_digest(ToldTopic(3, {71: 2}), CHOICE, DAY)
    assert told == ToldTopic(3, {71: 2, 70: 8}, {"2031-06-02": (8, 6, 5)}, 9)
    again = after_digest(told, Choice((Pick(71, (11,)),), upto=12, marks=((71, 11),)), DAY)
    assert again == ToldTopic(3, {70: 8, 71: 11}, {"2031-06-02": (8, 6, 5, 11)}, 12)


def test_nothing_new_moves_only_where_the_next_begins() -> None:
    assert after_digest(ToldTopic(0, {70: 8}), Choice(upto=9), DAY) == ToldTopic(0, {70: 8}, {}, 9)


def test_briefings_are_remembered_for_thirty_days() -> None:
    told = ToldTopic(0, {}, {"2031-05-03": (1,), "2031-05-04": (2,)})
    assert set(after_digest(told, CHOICE, DAY).briefings) == {"2031-05-04", "2031-06-02"}


def test_the_stories_that_were_told_of_last_are_remembered() -> None:
    told = ToldTopic(0, dict.fromkeys(range(1, telling.STORIES + 1), 1))
    stories = after_digest(told, Choice((Pick(1, (8,)), Pick(999, (9,))), marks=((1, 8), (999, 9))), DAY).stories
    assert (len(stories), stories[1], stories[999], 2 in stories) == (telling.STORIES, 8, 9, False)


def test_what_came_at_once_rests_and_does_not_move_the_next_digest() -> None:
    told = after_push(ToldTopic(0, upto=4), CHOICE, DAY, NOON, timedelta(hours=1))
    assert told == ToldTopic(0, {70: 8}, {"2031-06-02": (8, 6, 5)}, 4, {70: NOON, -5: NOON})
    later = after_push(told, Choice((Pick(71, (12,)),)), DAY, NOON + timedelta(hours=1), timedelta(hours=1))
    assert later.pushed == {71: NOON + timedelta(hours=1)}


def test_of_stories_that_became_one_the_newest_mark_counts() -> None:
    now = {70: 72, 71: 71, 72: 72}
    assert by_now(ToldTopic(0, {70: 9, 71: 3, 72: 5}), now.__getitem__).stories == {72: 9, 71: 3}


@pytest.mark.parametrize(
    ("picks", "left"),
    [
        pytest.param(CHOICE.picks, ToldTopic(3, {71: 2}, {}, 4), id="all of it: as it was before"),
        pytest.param(CHOICE.picks[1:], ToldTopic(3, {71: 2, 70: 8}, {"2031-06-02": (8, 6)}, 4), id="its last part"),
        pytest.param((), ToldTopic(3, {71: 2, 70: 8}, {"2031-06-02": (8, 6, 5)}, 9), id="none of it"),
    ],
)
def test_what_did_not_arrive_was_not_told(picks: tuple[Pick, ...], left: ToldTopic) -> None:
    assert untold(after_digest(ToldTopic(3, {71: 2}, upto=4), CHOICE, DAY), picks) == left


def test_of_a_story_that_moved_what_was_told_before_stays_told() -> None:
    told = ToldTopic(0, {70: 12}, {"2031-06-01": (8,), "2031-06-02": (12,)}, 13, {70: NOON, 71: NOON})
    left = untold(told, (Pick(70, (12,), new=True),))
    assert left == ToldTopic(0, {70: 11}, {"2031-06-01": (8,)}, 11, {71: NOON})
    assert untold(left, (Pick(70, (12,), new=True),)) == left


@pytest.mark.parametrize(("upto", "left"), [pytest.param(3, -1, id="had one"), pytest.param(0, 0, id="had none")])
def test_who_had_a_digest_is_not_taken_for_somebody_new(upto: int, left: int) -> None:
    assert untold(ToldTopic(0, upto=upto), (Pick(0, (1,)),)).upto == left
