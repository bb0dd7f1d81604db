"""From scores to the sentences that are shown."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.editing.features import measure
from summaries.editing.selection import Candidates, Room, choose, repeats
from summaries.editing.weights import Together
from summaries.language import words

STORY = ["The ferry sank.", "He swam ashore.", "But nobody saw it.", "Flour prices rose.", "Cranes rust in Tarn."]
NOTHING = Together(adjacent=0, title_told=0, topics_told=0, alike=0, off_length=0, argued=0)


def candidates(
    sentences: list[str],
    scores: list[float],
    gaps: tuple[int, ...] = (),
    *,
    title: str = "",
    together: Together = NOTHING,
) -> Candidates:
    sheet = measure(sentences, [words(sentence, "en") for sentence in sentences], words(title, "en"), "en")
    follows = [place > 0 and place not in gaps for place in range(len(sentences))]
    return Candidates(sheet, np.array(scores), follows, together)


@pytest.mark.parametrize(
    ("scores", "count", "gaps", "expected"),
    [
        pytest.param([1, 0, 0, 2, 3], 2, (), [3, 4], id="the best, in document order"),
        pytest.param([0, 0, 9, 1, 1], 3, (), [0, 1, 2], id="a sentence brings those that it leans on"),
        pytest.param([0, 0, 9, 1, 1], 2, (), [3, 4], id="unless they don't fit"),
        pytest.param([0, 9, 0, 8, 2], 2, (), [3, 4], id="nor is the chain worth it"),
        pytest.param([3, 2.5, 0, 1, 1], 2, (), [0, 1], id="it costs nothing where the other is shown anyway"),
        pytest.param([0, 9, 9, 1, 1], 2, (1,), [3, 4], id="a gap before it leaves it leaning on nothing"),
        pytest.param([0, 9, 9, 1, 1], 9, (1,), [0, 1, 2, 3, 4], id="shown for want of another"),
        pytest.param([1, 1, 1, 1, 1], 0, (), [], id="none asked for"),
    ],
)
def test_choose(scores: list[float], count: int, gaps: tuple[int, ...], expected: list[int]) -> None:
    assert choose(candidates(STORY, scores, gaps), Room(sentences=count)) == expected


FAIR = [
    "Flour prices rose in Tarn.",
    "Cranes rust.",
    "Herring came to Velmora.",
    "Flour prices fell.",
    "Gulls ate herring.",
]


@pytest.mark.parametrize(
    ("together", "expected"),
    [
        pytest.param({}, [0, 3], id="alone"),
        pytest.param({"adjacent": 4}, [2, 3], id="neighbours"),
        pytest.param({"title_told": 5}, [0, 2], id="the title is told by both"),
        pytest.param({"topics_told": 5}, [0, 2], id="a topic is told once"),
        pytest.param({"alike": -5}, [0, 2], id="not twice nearly the same"),
        pytest.param({"off_length": -9}, [0, 2], id="as long as is wanted"),
    ],
)
def test_what_sentences_are_worth_together(together: dict[str, float], expected: list[int]) -> None:
    given = candidates(
        FAIR, [3, 0, 2, 2.5, 0], title="Flour: herring in Velmora", together=replace(NOTHING, **together)
    )
    assert choose(given, Room(sentences=2)) == expected


@pytest.mark.parametrize(
    ("lengths", "words_wanted", "expected"),
    [
        pytest.param([10, 10, 10, 10], 20, 2, id="as many as come near"),
        pytest.param([60, 60, 60, 60], 20, 1, id="one, however long"),
        pytest.param([30, 30, 30, 30], 80, 3, id="a little over"),
        pytest.param([10, 10, 10, 10], 150, 4, id="all of a short article"),
    ],
)
def test_room_for_words(lengths: list[int], words_wanted: int, expected: int) -> None:
    sentences = [" ".join(f"plum{place}x{i}" for i in range(size)) + "." for place, size in enumerate(lengths)]
    given = candidates(sentences, [4, 3, 2, 1], together=replace(NOTHING, off_length=-4))
    assert choose(given, Room(words=words_wanted)) == list(range(expected))


def test_of_two_that_say_the_same_the_better_is_taken() -> None:
    twice = ["The ferry to Tarn sank on Monday.", "Flour prices rose.", "The ferry to Tarn sank early on Monday."]
    assert choose(candidates(twice, [1, 0, 2]), Room(sentences=3)) == [1, 2]


def test_a_sentence_from_far_down_is_found_where_all_before_it_repeat() -> None:
    sentences = [f"The ferry to Tarn sank early on Monday near pier {place}." for place in range(40)]
    sentences.append("Flour prices rose.")
    assert choose(candidates(sentences, [41.0 - place for place in range(41)]), Room(sentences=2)) == [0, 40]


@given(scores=st.lists(st.floats(-9, 9), min_size=5, max_size=5), count=st.integers(0, 6))
def test_no_more_than_asked_for_and_each_once(scores: list[float], count: int) -> None:
    chosen = choose(candidates(STORY, scores), Room(sentences=count))
    assert chosen == sorted(set(chosen))
    assert len(chosen) == min(count, len(STORY))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("a b c d e f", "a b c d x y", True, id="two thirds of the shorter"),
        pytest.param("a b c d e f", "a b c x y z", False, id="half of it"),
        pytest.param("a b c d e", "a b c d e f g h i j k l", True, id="a part of a longer one"),
        pytest.param("yes it is", "yes it was", False, id="too short to tell"),
        pytest.param("yes it is", "it is yes", True, id="short and the same"),
    ],
)
def test_repeats(one: str, other: str, expected: bool) -> None:
    assert repeats(frozenset(one.split()), frozenset(other.split())) is expected
    assert repeats(frozenset(other.split()), frozenset(one.split())) is expected
