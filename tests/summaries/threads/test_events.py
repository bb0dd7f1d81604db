import numpy as np
import pytest

from summaries.threads.events import SPAN, TERMS, UNDATED, Events, nearness
from summaries.threads.rarity import Rarity
from summaries.threads.vectors import Vector, vector_of


def made(*texts: str, held: int = 10, days: list[float] | None = None) -> tuple[Events, Rarity]:
    """An event for each text, numbered from 1."""
    events, rarity = Events(held), Rarity()
    for number, text in enumerate(texts, start=1):
        day = days[number - 1] if days else 0.0
        events.add(events.found(number, number, "en"), vector(text), day, rarity)
    return events, rarity


def vector(text: str) -> Vector:
    return vector_of("", text, "en")


def likest(events: Events, rarity: Rarity, text: str, day: float = 0.0) -> int:
    near = events.near(vector(text), day, rarity)
    return int(events.ids[near.slots[near.words.argmax()]]) if near.words.any() else 0


def test_the_likest_event_is_found_and_likeness_is_between_0_and_1() -> None:
    events, rarity = made("ferry capsized bay", "library violins harp", "wheat silos rust")
    near = events.near(vector("violins and a harp"), 0.0, rarity)

    assert likest(events, rarity, "violins and a harp") == 2
    assert ((near.words >= 0) & (near.words <= 1.0001) & (near.marks >= 0) & (near.marks <= 1.0001)).all()
    assert list(near.shared[near.words > 0]) == [2]


def test_an_event_is_like_itself_more_than_anything() -> None:
    events, rarity = made("ferry capsized bay divers", "ferry fares bay tickets")
    near = events.near(vector("ferry capsized bay divers"), 0.0, rarity)

    assert near.words.max() == pytest.approx(1, abs=1e-3)


def test_nothing_is_near_a_text_that_shares_no_word() -> None:
    events, rarity = made("ferry capsized bay")

    assert likest(events, rarity, "wheat silos") == 0
    assert likest(Events(5), Rarity(), "wheat silos") == 0


@pytest.mark.parametrize(
    ("first", "day", "gap"),
    [
        pytest.param(10.0, 12.5, 2.5, id="later"),
        pytest.param(10.0, 8.0, 2.0, id="earlier"),
        pytest.param(10.0, 10.0, 0.0, id="the same day"),
        pytest.param(UNDATED, 8.0, 0.0, id="an event without a date"),
        pytest.param(10.0, UNDATED, 0.0, id="an article without a date"),
    ],
)
def test_the_gap_in_days(first: float, day: float, gap: float) -> None:
    events, rarity = made("ferry capsized", days=[first])

    assert list(events.near(vector("ferry capsized"), day, rarity).gap) == [gap]


def test_nearness_falls_with_the_days() -> None:
    near = nearness(np.array([0.0, SPAN, 4 * SPAN]))

    assert near[0] == 1
    assert near[1] == pytest.approx(np.exp(-0.5))
    assert near[2] < 0.001


def test_the_oldest_event_gives_way_to_the_newest() -> None:
    events, rarity = made("ferry capsized", "library violins", "wheat silos", held=2)

    assert (len(events), sorted(events.known())) == (2, [2, 3])
    assert events.slot_of(1) is None
    assert likest(events, rarity, "wheat silos") == 3
    assert likest(events, rarity, "library violins") == 2
    assert likest(events, rarity, "ferry capsized") == 0


def test_an_event_reaches_from_its_first_day_to_its_last() -> None:
    events, rarity = made("ferry capsized", days=[10.0])
    for day in (12.0, 9.0, UNDATED):
        events.add(0, vector("ferry divers"), day, rarity)

    assert (events.first[0], events.last[0], events.articles[0]) == (9.0, 12.0, 4)


def test_a_long_event_keeps_the_terms_that_say_most() -> None:
    events, rarity = made(" ".join(f"w{number}" for number in range(TERMS + 40)))
    for _ in range(5):
        events.add(0, vector("ferry capsized"), 0.0, rarity)
    kept = events.vector(0)

    assert len(kept) == TERMS
    assert (np.diff(kept.terms) > 0).all()
    assert np.isin(vector("ferry capsized").terms, kept.terms).all()


def test_an_event_that_became_part_of_another_is_found_under_that() -> None:
    events, rarity = made("ferry capsized", "captain questioned", days=[10.0, 12.0])
    events.absorb(0, 1, rarity)

    assert events.slot_of(2) is None
    assert likest(events, rarity, "captain questioned", 12.0) == 1
    assert (events.first[0], events.last[0], events.articles[0]) == (10.0, 12.0, 2)


def test_the_days_between_two_events() -> None:
    events, _ = made("ferry", "divers", "harp", "silos", days=[10.0, 15.0, 4.0, UNDATED])

    assert list(events.between(0, np.array([1, 2, 3, 0]))) == [5.0, 6.0, 0.0, 0.0]
