from datetime import UTC, datetime, timedelta

import pytest

from summaries.models import Reader, Visit
from summaries.readers import MOST_LOOKED, asked_what_is_new, looked_at, visited

NOW = datetime(2032, 9, 1, 9, 30, tzinfo=UTC)


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("before", "minutes", "since"),
    [
        pytest.param(None, 0, None, id="the first look"),
        pytest.param(Visit(NOW), 2, None, id="the first look goes on"),
        pytest.param(Visit(NOW), 20, 0, id="the second look"),
        pytest.param(Visit(NOW, later(-600)), 0, -600, id="a double tap"),
        pytest.param(Visit(NOW, later(-600)), 14, -600, id="opened again"),
        pytest.param(Visit(NOW, later(-600)), 16, 0, id="another visit"),
    ],
)
def test_what_is_new_in_a_visit_is_what_came_after_the_one_before(
    before: Visit | None, minutes: float, since: float | None
) -> None:
    assert visited(before, later(minutes)) == Visit(later(minutes), None if since is None else later(since))


def test_a_joined_story_was_looked_at_under_any_of_its_ids() -> None:
    reader = Reader(1, looked={7: Visit(NOW), 9: Visit(later(-60))})
    looked = looked_at(reader, (3, 7), later(100)).looked

    assert looked == {9: Visit(later(-60)), 3: Visit(later(100), NOW)}


def test_the_looks_of_longest_ago_are_forgotten() -> None:
    reader = Reader(1)
    for number in range(1, MOST_LOOKED + 3):
        reader = looked_at(reader, (number,), later(number))

    assert len(reader.looked) == MOST_LOOKED
    assert {1, 2}.isdisjoint(reader.looked)
    assert MOST_LOOKED + 2 in reader.looked


def test_asking_what_is_new_is_a_visit_of_its_own() -> None:
    reader = asked_what_is_new(asked_what_is_new(Reader(1), NOW), later(60))

    assert reader.last == Visit(later(60), NOW)
    assert reader.looked == {}
