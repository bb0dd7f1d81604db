from datetime import UTC, datetime

import pytest

from summaries.editing.head import read_foot, read_head

TITLE = "Old bridge of Ostra falls at night"
DECK = "Nobody was hurt, officials of both lands say"
BODY = (
    "The old bridge over the river fell in the night of Monday, and nobody was hurt, officials said. It had been "
    "closed since spring, when the first cracks were found.",
    "A new one will be built of stone.",
)
AUGUST_8 = datetime(2022, 8, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lines", "fields"),
    [
        pytest.param([TITLE, DECK, "Mira Daloun", "August 08, 2022"], "tdap", id="title-deck-name-date"),
        pytest.param([TITLE, DECK, "August 08, 2022", "Mira Daloun"], "tdap", id="title-deck-date-name"),
        pytest.param([TITLE, DECK, "By Mira Daloun | August 8, 2022"], "tdap", id="byline-with-date"),
        pytest.param([TITLE, "By Mira Daloun", "August 8, 2022", DECK], "tdap", id="deck-last"),
        pytest.param(["Mira Daloun", "August 8, 2022", TITLE, DECK], "tdap", id="byline-first"),
        pytest.param(["August 8, 2022", TITLE, DECK, "Mira Daloun"], "tdap", id="date-first"),
        pytest.param(["World", TITLE, DECK, "Mira Daloun", "August 8, 2022"], "tdap", id="kicker"),
        pytest.param([TITLE, f"{DECK}.", "Mira Daloun", "August 8, 2022"], "tdap", id="deck-with-a-full-stop"),
        pytest.param([TITLE, "SHARE", "By Mira Daloun", "August 8, 2022"], "tap", id="share-button"),
        pytest.param([TITLE, "By Mira Daloun"], "ta", id="title-byline"),
        pytest.param([TITLE, "August 8, 2022"], "tp", id="title-date"),
        pytest.param([TITLE, DECK], "td", id="title-deck"),
        pytest.param([TITLE, "Mira Daloun"], "ta", id="title-name"),
        pytest.param([TITLE], "t", id="title"),
        pytest.param(["By Mira Daloun"], "a", id="byline"),
        pytest.param([], "", id="none"),
    ],
)
def test_lines_come_in_any_usual_order(lines: list[str], fields: str) -> None:
    head = read_head([*lines, *BODY])
    assert head.lines == BODY
    assert head.title == (TITLE if "t" in fields else "")
    assert head.deck.rstrip(".") == (DECK if "d" in fields else "")
    assert head.author == ("Mira Daloun" if "a" in fields else "")
    assert head.published == (AUGUST_8 if "p" in fields else None)


def test_a_known_title_is_dropped_from_the_lines_and_not_looked_for_again() -> None:
    head = read_head([TITLE, "Mira Daloun", "August 8, 2022", *BODY], title=f"{TITLE} | The Daral Post")
    assert (head.title, head.author, head.lines) == ("", "Mira Daloun", BODY)


def test_a_pull_quote_at_the_top_is_no_title() -> None:
    quote = "It had been closed since spring, when the first cracks were found"
    assert read_head([quote, *BODY]).title == ""


def test_a_date_amid_the_body_is_not_the_articles() -> None:
    lines = [BODY[0], "August 8, 2022", BODY[1]]
    head = read_head(lines)
    assert (head.published, head.lines) == (None, tuple(lines))


@pytest.mark.parametrize(
    ("line", "published"),
    [
        pytest.param("Published in The Daral Post, August 8th, 2022.", AUGUST_8, id="published-in"),
        pytest.param("August 8, 2022", AUGUST_8, id="date-alone"),
        pytest.param("The bridge was opened on August 8, 2022.", None, id="running-text"),
        pytest.param("It was old.", None, id="no-date"),
    ],
)
def test_the_date_below_the_body(line: str, published: datetime | None) -> None:
    assert read_foot([*BODY, line]) == published


def test_a_foot_from_the_future_is_not_believed() -> None:
    assert read_foot(["August 8, 2022"], now=datetime(2022, 8, 1, tzinfo=UTC)) is None
