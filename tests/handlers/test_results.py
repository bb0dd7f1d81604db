from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers import results
from handlers.looks.classic import render
from handlers.looks.plain import tidy
from handlers.texts import texts
from summaries.archive.query import Hint, HintCode
from summaries.desk import Found, FoundBriefing
from summaries.models import Question
from tests.handlers.telegram_html import accepted, folded
from tests.handlers.world import MORNING, article, briefing

EN = texts("en")
QUESTION = Question(3, "ferry", 90, MORNING)
HIT = FoundBriefing(
    briefing(article(url="https://tarn.example/a")),
    (("Harbour ", False), ("strike", True), (" ends", False)),
    (("The ", False), ("strike", True), (" is over.", False)),
)


def page(total: int, hits: int, offset: int, question: Question | None = QUESTION, *hints: Hint) -> list[str]:
    found = Found(total, (HIT,) * hits, hints, 90)
    document = results.results(found, question, EN, words="ferry", offset=offset, size=5)
    return [button.data for row in document.buttons for button in row if button.data.startswith("s")]


@pytest.mark.parametrize(
    ("total", "hits", "offset", "turns"),
    [
        pytest.param(3, 3, 0, [], id="all-on-one-page"),
        pytest.param(6, 5, 0, ["s:0:3:5"], id="first"),
        pytest.param(11, 5, 5, ["s:0:3:0", "s:0:3:10"], id="middle"),
        pytest.param(11, 1, 10, ["s:0:3:5"], id="last"),
        pytest.param(11, 3, 5, ["s:0:3:0", "s:0:3:10"], id="some-were-deleted-since"),
        pytest.param(11, 0, 5, ["s:0:3:0", "s:0:3:10"], id="all-were-deleted-since"),
    ],
)
def test_turning_the_pages(total: int, hits: int, offset: int, turns: list[str]) -> None:
    assert page(total, hits, offset) == turns


def test_no_buttons_for_a_question_that_was_not_kept() -> None:
    assert page(11, 5, 0, None) == []


def test_what_was_looked_for_is_bold_in_a_linked_headline() -> None:
    (message,) = render(results.results(Found(1, (HIT,), (), 90), QUESTION, EN, words="strike", offset=0, size=5))
    read = accepted(message)
    assert read.marked("b") == ["“strike”: 1 found", "strike", "strike"]
    assert read.marked("a") == ["Harbour strike ends"]
    assert read.text.endswith("The strike is over.")


@pytest.mark.parametrize("code", get_args(HintCode))
def test_every_hint_is_said_with_its_value(code: HintCode) -> None:
    found = Found(0, (), (Hint(code, "<17>"),), 90)
    (message,) = render(results.nothing_found(found, EN, words="ferry"))
    said = accepted(message).text
    assert ("<17>" in said) is ("{value}" in results.HINTS[code])
    assert "{" not in said


def test_a_question_without_words_is_only_told_so() -> None:
    (message,) = render(results.nothing_found(Found(0, (), (Hint("empty"),), 90), EN, words="???"))
    assert message.text == "There is nothing in it to look for. Some words would do."


PIECES = st.lists(st.tuples(st.text(), st.booleans()), max_size=4).map(tuple)


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1), PIECES, PIECES, st.integers(1, 99))
def test_any_texts_become_messages_that_lose_nothing(
    words: str, headline: tuple[tuple[str, bool], ...], snippet: tuple[tuple[str, bool], ...], total: int
) -> None:
    hit = FoundBriefing(briefing(article()), headline, snippet)
    found = Found(total, (hit,), (Hint("bad_date", words),), 90)
    for document in (
        results.results(found, QUESTION, EN, words=words, offset=0, size=5),
        results.nothing_found(found, EN, words=words),
    ):
        said = folded("".join(accepted(message).text for message in render(document)))
        assert folded(tidy(words)) in said
    said = folded("".join(m.text for m in render(results.results(found, None, EN, words=words, offset=0, size=5))))
    assert folded("".join(tidy(text) for text, _ in snippet)) in said
