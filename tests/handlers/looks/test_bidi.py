import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.document import Bold, Document, Heading, Link, Paragraph, Passage
from handlers.looks.bidi import FIRST_STRONG_ISOLATE, POP_ISOLATE, isolate
from handlers.looks.classic import render

FSI, PDI, LRM, RLM = "\u2068", "\u2069", "\u200e", "\u200f"
URDU, NAMED, LATIN = "بندرگاہ کھل گئی", "BBC کے مطابق بندرگاہ کھل گئی", "The Tarn Mail"


@pytest.mark.parametrize(
    ("line", "isolated"),
    [
        pytest.param([[LATIN], [" · "], ["report"]], [[LATIN], [" · "], ["report"]], id="one-direction"),
        pytest.param([[URDU]], [[URDU]], id="right-to-left-alone"),
        pytest.param([[NAMED]], [[RLM + NAMED]], id="a-latin-name-does-not-turn-the-line"),
        pytest.param([["• "], [URDU]], [["• "], [URDU]], id="right-to-left-with-neutrals"),
        pytest.param(
            [["#12 "], [NAMED]], [[RLM + "#12 "], [FSI + RLM + NAMED + PDI]], id="a-number-beside-a-latin-name"
        ),
        pytest.param(
            [[LATIN], [" · "], [URDU]], [[LATIN], [" · "], [FSI + URDU + PDI]], id="right-to-left-in-a-latin-line"
        ),
        pytest.param(
            [[URDU], [" · "], [LATIN]], [[URDU], [" · "], [FSI + LATIN + PDI]], id="latin-in-a-right-to-left-line"
        ),
        pytest.param(
            [["Nothing found for “"], [NAMED], ["”."]],
            [["Nothing found for “"], [FSI + RLM + NAMED + PDI], ["”."]],
            id="in-a-sentence-of-the-interface",
        ),
        pytest.param(
            [[" " + URDU + " "], [LATIN]], [[" " + URDU + " "], [FSI + LATIN + PDI]], id="spaces-stay-outside"
        ),
        pytest.param(
            [[LATIN], [" یہ ", "BBC", " ہے "]],
            [[LATIN], [" " + FSI + "یہ ", "BBC", " ہے" + PDI + " "]],
            id="pieces-of-one-text-stay-together",
        ),
        pytest.param([["BBC ", URDU]], [[RLM + "BBC ", URDU]], id="pieces-alone"),
        pytest.param([["۱۲۳"]], [["۱۲۳"]], id="digits-have-no-direction"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_each_text_of_a_line_keeps_its_order(line: list[list[str]], isolated: list[list[str]]) -> None:
    assert isolate(line) == isolated


@given(st.lists(st.lists(st.text("aב 1.ا", max_size=5), min_size=1, max_size=3), max_size=4))
def test_nothing_but_marks_is_added_and_isolates_are_closed(line: list[list[str]]) -> None:
    before, after = ("".join(map("".join, each)) for each in (line, isolate(line)))
    assert "".join(char for char in after if char not in (FSI, PDI, LRM, RLM)) == before
    assert after.count(FIRST_STRONG_ISOLATE) == after.count(POP_ISOLATE)


def test_the_classic_look_isolates_inside_marks() -> None:
    heading = Heading((Link((URDU,), "https://tarn.example/a"),))
    about = Paragraph(((LATIN, " · ", Passage((Bold(("بندر",)), "گاہ"))),))
    (message,) = render(Document((heading, about)))
    assert message.html == (f'<b><a href="https://tarn.example/a">{URDU}</a></b>\n{LATIN} · <b>{FSI}بندر</b>گاہ{PDI}')
