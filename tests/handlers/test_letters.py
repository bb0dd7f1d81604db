"""A letter in as few messages as it takes: between stories, and what has arrived is never told again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.document import Button, paragraph
from handlers.letters import Blocks, Cutter, Letter, cuts, part
from handlers.looks import classic, rich
from handlers.looks.plain import units
from summaries.models import Look

UNDER = ((Button("Unsubscribe", "u:0"),),)


def story(name: str, characters: int) -> Blocks:
    """So many characters, in sentences of forty."""
    sentence = f"The ferry of {name[0]} sails".ljust(38, "e") + ". "
    return (paragraph(f"{name} begins. " + sentence * (characters // 40)),)


def letter(*lengths: int, opening: int = 0, closing: int = 0) -> Letter:
    names = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    stories = tuple(story(names[place % 26], length) if length else () for place, length in enumerate(lengths))
    return Letter(story("Opening", opening), stories, story("Closing", closing) if closing else (), UNDER)


def texts(of: Letter, look: Look = "message") -> list[str]:
    where = cuts(of, look)
    sheets = [part(of, where, number, look) for number in range(len(where))]
    return [sheet.text if isinstance(sheet, classic.Message) else sheet.html for sheet in sheets]


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        pytest.param((500, 500, 500), (0,), id="one message where it fits"),
        pytest.param((1500, 1500, 1500, 1500), (0, 2), id="parts between stories"),
        pytest.param((3000, 3000, 3000), (0, 1, 2), id="a part for each"),
        pytest.param((500, 9000, 500), (0, 1, 1, 1, 2), id="a story that fits into none"),
        pytest.param((9000,), (0, 0, 0), id="nothing but such a story"),
        pytest.param((3900, 500), (0, 1), id="nearly full"),
        pytest.param((500, 0, 500), (0,), id="a story that is gone"),
        pytest.param((0, 0, 3000, 3000, 0), (0, 3), id="the first and last are gone"),
        pytest.param((9000, 0, 0), (0, 0, 0), id="what follows a long one is gone"),
        pytest.param((), (0,), id="no stories"),
    ],
)
def test_where_a_letter_is_cut(lengths: tuple[int, ...], expected: tuple[int, ...]) -> None:
    assert cuts(letter(*lengths), "message") == expected


def test_a_page_holds_what_takes_many_messages() -> None:
    assert cuts(letter(*[1500] * 12), "page") == (0,)
    assert len(cuts(letter(*[1500] * 40), "page")) == 2


def test_of_nothing_there_are_no_parts() -> None:
    assert cuts(Letter(), "message") == ()
    assert cuts(Letter(stories=((), ())), "page") == ()


def test_a_story_that_fits_is_not_split_for_what_stands_around_it() -> None:
    """The opening, and the closing, go into messages of their own instead."""
    made = texts(letter(3800, opening=600, closing=600))

    assert [text.split(" ")[0] for text in made] == ["Opening", "A", "Closing"]


def test_a_long_story_is_split_at_the_ends_of_sentences() -> None:
    made = texts(letter(9000))

    assert all(text.endswith(".") for text in made)


def test_buttons_come_under_the_last_part_alone() -> None:
    for lengths in ((500,), (3000, 3000), (9000,), (9000, 0)):
        of = letter(*lengths)
        where = cuts(of, "message")
        buttons = [part(of, where, number, "message").buttons for number in range(len(where))]
        assert buttons == [()] * (len(where) - 1) + [UNDER]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([0, 200, 1500, 3000, 3950, 4200, 9000]), max_size=6), st.sampled_from([0, 300, 4000]))
def test_nothing_is_lost_and_every_part_is_one_message(lengths: list[int], closing: int) -> None:
    of = letter(*lengths, closing=closing)
    made = texts(of)
    whole = classic.render(classic_document(of))

    assert "".join("".join(made).split()) == "".join("".join(message.text for message in whole).split())
    assert all(0 < units(text) <= classic.LIMIT for text in made)


def classic_document(of: Letter) -> classic.Document:
    blocks = (*of.opening, *(block for each in of.stories for block in each), *of.closing)
    return classic.Document(blocks)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([200, 1500, 3000, 9000]), min_size=1, max_size=5), st.data())
def test_what_arrived_stays_as_it_was_cut(lengths: list[int], data: st.DataObject) -> None:
    of = letter(*lengths)
    before = cuts(of, "message")
    arrived = data.draw(st.integers(0, len(before)))

    assert Cutter(of, "message").cuts(before, arrived) == before


def test_what_follows_is_cut_anew() -> None:
    """The third story was corrected, and is longer now."""
    before = cuts(letter(3000, 1500, 1500, 500), "message")
    assert before == (0, 1)

    assert Cutter(letter(3000, 1500, 3000, 500), "message").cuts(before, 1) == (0, 1, 2)


def test_a_page_that_is_refused_goes_on_as_messages() -> None:
    lengths = [1500] * 40
    before = cuts(letter(*lengths), "page")
    after = Cutter(letter(*lengths), "message").cuts(before, 1)

    assert after[:2] == before
    assert after[2:] == tuple(range(before[1] + 2, 40, 2))


def test_what_is_left_may_be_nothing() -> None:
    before = cuts(letter(3000, 3000, 3000), "message")

    assert Cutter(letter(3000, 3000, 0), "message").cuts(before, 2) == (0, 1)


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert texts(letter(3000, 9000, 200)) == texts(letter(3000, 9000, 200))


def test_a_page_is_one() -> None:
    of = letter(500, 500)

    assert isinstance(part(of, cuts(of, "page"), 0, "page"), rich.Page)
