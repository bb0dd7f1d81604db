from datetime import UTC, datetime, timedelta

import pytest

from summaries.threads.duplicates import Fingerprint
from summaries.threads.neighbours import CANDIDATES, COMMON, MERGED, SEALED, WINDOW, Neighbours
from tests.summaries.threads.prints import joined, made, part

NOW = datetime(2031, 5, 20, 12, tzinfo=UTC)
NEVER = Fingerprint(made(0).shingles[:0])


def filled(texts: dict[int, Fingerprint], when: datetime = NOW) -> Neighbours:
    found = Neighbours()
    found.fill((id, when, text) for id, text in texts.items())
    return found


def ids(neighbours: Neighbours, text: Fingerprint, when: datetime = NOW) -> list[int]:
    return [one.id for one in neighbours.candidates(text, when)]


@pytest.mark.parametrize("others", [0, SEALED, SEALED * MERGED + 5], ids=["recent", "sealed", "merged"])
@pytest.mark.parametrize(
    ("first", "last"), [pytest.param(0, 1, id="whole"), pytest.param(0, 0.5, id="half"), pytest.param(0.4, 1, id="end")]
)
def test_a_copy_is_found_among_others(others: int, first: float, last: float) -> None:
    text = made(1)
    neighbours = filled({7: text} | {1000 + n: made(1000 + n, 100) for n in range(others)})

    assert ids(neighbours, part(text, first, last)) == [7]
    assert ids(neighbours, joined(text, made(2, 100))) == [7]
    assert ids(neighbours, made(3)) == []


def test_the_likeliest_comes_first_and_few_come() -> None:
    text = made(1)
    texts = {id: joined(text, made(100 + id, 40 * id)) for id in range(1, CANDIDATES + 4)}
    close = joined(part(text, 0, 0.5), made(50, 250))

    assert ids(filled({99: close} | texts), text)[:CANDIDATES] == [*range(1, CANDIDATES + 1)]
    assert ids(filled({99: close, 1: texts[1]}), text) == [1, 99]


def test_a_text_of_many_articles_finds_none() -> None:
    """Furniture: what far more than `COMMON` articles share, none of which was a copy of another."""
    shared = made(1, 30)
    texts = {id: joined(shared, made(100 + id, 200)) for id in range(8 * COMMON)}
    neighbours = filled(texts)

    assert ids(neighbours, shared) == []
    assert ids(neighbours, texts[3]) == [3]
    assert ids(filled({id: texts[id] for id in range(COMMON)}), shared) == [*range(CANDIDATES)]


@pytest.mark.parametrize(
    ("age", "found"), [(WINDOW, [7]), (WINDOW + timedelta(seconds=1), [])], ids=["14 days", "a second more"]
)
def test_what_is_older_than_14_days_is_forgotten(age: timedelta, found: list[int]) -> None:
    assert ids(filled({7: made(1)}), made(1), NOW + age) == found


def test_what_had_its_time_takes_no_room() -> None:
    neighbours = filled({id: made(id, 20) for id in range(2 * SEALED)})
    late = NOW + WINDOW + timedelta(days=1)
    neighbours.fill((id, late, made(id, 20)) for id in range(5000, 5000 + SEALED))

    assert len(neighbours) == SEALED
    assert ids(neighbours, made(5000, 20), late) == [5000]


def test_memory_is_bounded() -> None:
    neighbours = Neighbours(most=3 * SEALED)
    neighbours.fill((id, NOW, made(id, 20)) for id in range(5 * SEALED + 10))

    assert len(neighbours) <= 4 * SEALED
    assert ids(neighbours, made(0, 20)) == []
    assert ids(neighbours, made(5 * SEALED, 20)) == [5 * SEALED]


def test_the_same_articles_make_the_same_answers() -> None:
    texts = {id: joined(made(1, 50), made(100 + id, 60)) for id in range(20)}
    one, other = filled(texts), filled(texts)

    assert one.candidates(texts[4], NOW) == other.candidates(texts[4], NOW)


def test_what_has_no_shingle_is_never_found() -> None:
    neighbours = filled({1: NEVER, 2: made(2)})

    assert len(neighbours) == 1
    assert ids(neighbours, NEVER) == []


def test_a_match_is_the_first_received_of_the_copies() -> None:
    text = made(1)
    texts = {3: made(3), 5: joined(text, made(9, 30)), 8: text}

    match = filled(texts).match(text, NOW, texts.__getitem__)

    assert match is not None
    assert (match.id, match.likeness.kind) == (5, "near")


@pytest.mark.parametrize(
    "loaded", [pytest.param(made(2), id="another text by now"), pytest.param(None, id="withdrawn")]
)
def test_a_sample_alone_decides_nothing(loaded: Fingerprint | None) -> None:
    neighbours = filled({7: made(1)})

    assert ids(neighbours, made(1)) == [7]
    assert neighbours.match(made(1), NOW, lambda id: loaded) is None
