"""From scores to the sentences that are shown."""

import numpy as np
import pytest

from summaries.editing.condense import at_most
from summaries.editing.features import measure
from summaries.editing.selection import Candidates, choose, repeats
from summaries.language import words

STORY = ["The ferry sank.", "He swam ashore.", "But nobody saw it.", "Flour prices rose.", "Cranes rust in Tarn."]


def candidates(sentences: list[str], scores: list[float], gaps: tuple[int, ...] = ()) -> Candidates:
    sheet = measure(sentences, [words(sentence, "en") for sentence in sentences], [], "en")
    follows = [place > 0 and place not in gaps for place in range(len(sentences))]
    return Candidates(sheet, np.array(scores), follows)


@pytest.mark.parametrize(
    ("scores", "count", "gaps", "expected"),
    [
        pytest.param([1, 0, 0, 2, 3], 2, (), [3, 4], id="the best, in document order"),
        pytest.param([0, 0, 9, 1, 1], 3, (), [0, 1, 2], id="a sentence brings those that it leans on"),
        pytest.param([0, 0, 9, 1, 1], 2, (), [3, 4], id="unless they don't fit"),
        pytest.param([0, 9, 0, 5, 1], 2, (), [3, 4], id="nor is the chain worth it"),
        pytest.param([3, 2.5, 0, 1, 1], 2, (), [0, 1], id="it costs nothing where the other is shown anyway"),
        pytest.param([0, 9, 9, 1, 1], 2, (1,), [3, 4], id="a gap before it leaves it leaning on nothing"),
        pytest.param([0, 9, 9, 1, 1], 9, (1,), [0, 1, 2, 3, 4], id="shown for want of another"),
        pytest.param([1, 1, 1, 1, 1], 0, (), [], id="none asked for"),
    ],
)
def test_choose(scores: list[float], count: int, gaps: tuple[int, ...], expected: list[int]) -> None:
    assert choose(candidates(STORY, scores, gaps), at_most(count)) == expected


def test_of_two_that_say_the_same_the_better_is_taken() -> None:
    twice = ["The ferry to Tarn sank on Monday.", "Flour prices rose.", "The ferry to Tarn sank early on Monday."]
    assert choose(candidates(twice, [1, 0, 2]), at_most(3)) == [1, 2]


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
