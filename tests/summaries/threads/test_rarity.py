import numpy as np
import pytest

from summaries.threads.rarity import Rarity
from summaries.threads.vectors import numbers_of, vector_of


def rarity_of(rarity: Rarity, term: str, language: str = "en") -> float:
    return float(rarity.of(numbers_of([term], language), language)[0])


def test_what_many_articles_have_is_less_rare_than_what_one_has() -> None:
    rarity = Rarity()
    for number in range(20):
        rarity.add(vector_of("", f"ferry w{number}", "en"), 1)

    assert rarity_of(rarity, "unseen") > rarity_of(rarity, "w3") > rarity_of(rarity, "ferri") > 0


def test_what_one_event_repeats_stays_rarer_than_what_many_events_say() -> None:
    one, many = Rarity(), Rarity()
    for number in range(1, 31):
        one.add(vector_of("", "ferry", "en"), number)
        many.add(vector_of("", "ferry", "en"), 1)

    assert rarity_of(one, "ferri") > rarity_of(many, "ferri")


def test_everyday_words_are_common_before_anything_was_read() -> None:
    rarity = Rarity()

    assert rarity_of(rarity, "week") < rarity_of(rarity, "wharf") / 2
    assert rarity_of(rarity, "week", "fr") == rarity_of(rarity, "wharf", "fr")


def test_languages_are_counted_apart() -> None:
    rarity = Rarity()
    for _ in range(50):
        rarity.add(vector_of("", "radio", "en"), 1)

    assert rarity_of(rarity, "radio", "de") > rarity_of(rarity, "radio", "en")


@pytest.mark.parametrize("count", [1, 1_000])
def test_no_term_counts_against(count: int) -> None:
    rarity = Rarity(np.full(1 << 22, count * 1e6, dtype=np.float32), {"en": float(count)})

    assert rarity_of(rarity, "ferri") == 0
