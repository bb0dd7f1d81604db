import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.editing.alternation import alternatives, factored, latin


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        pytest.param("a|b", ["a", "b"], id="two"),
        pytest.param("a(?:b|c)|d", ["a(?:b|c)", "d"], id="a group"),
        pytest.param("[|)]|d", ["[|)]", "d"], id="a set"),
        pytest.param("[]|]|[^]|]|e", ["[]|]", "[^]|]", "e"], id="a set that begins with its end"),
        pytest.param(r"a\||\(|c", [r"a\|", r"\(", "c"], id="escaped"),
        pytest.param("", [""], id="nothing"),
    ],
)
def test_alternatives(pattern: str, parts: list[str]) -> None:
    assert list(alternatives(pattern)) == parts


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        pytest.param("share|share this|source", "s(?:hare(?:| this)|ource)", id="alike"),
        pytest.param("an|at|no", "a(?:n|t)|no", id="two beginnings"),
        pytest.param("ab?|ac|b", "a(?:b?|c)|b", id="a letter that need not be there"),
        pytest.param("a?b|ac", "a?b|ac", id="which a beginning may be"),
        pytest.param(r"ab|\w+|ac", r"ab|\w+|ac", id="what could be anything parts those beside it"),
        pytest.param(r"\.a|\.b", r"\.(?:a|b)", id="an escaped mark"),
    ],
)
def test_factored(pattern: str, written: str) -> None:
    assert factored(pattern) == written


_WORDS = st.lists(st.text("abc ", min_size=1, max_size=4), min_size=1, max_size=6)


@given(_WORDS, st.text("abc ", max_size=12))
def test_factoring_changes_no_match(words: list[str], text: str) -> None:
    plain = "|".join(words)
    assert re.findall(factored(plain), text) == re.findall(plain, text)


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        pytest.param("must|должен|é preciso|必须", "must|é preciso", id="words of other letters go"),
        pytest.param(r"\b(?:must|должен)\b|يجب", r"\b(?:must)\b", id="in groups too"),
        pytest.param("должн[аоы]|must", "должн[аоы]|must", id="what is no plain word stays"),
        pytest.param("يجب", "(?!)", id="nothing left"),
    ],
)
def test_latin(pattern: str, written: str) -> None:
    assert latin(pattern) == written
