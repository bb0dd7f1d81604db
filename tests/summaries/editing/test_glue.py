import pytest

from summaries.editing.glue import unglue

REST = (
    "The old bridge over the river fell in the night of Monday, and nobody was hurt, the officials of Ostra said. "
    "It had been closed since the spring, when the first cracks were found by boys. A new one will be built of stone. "
    "The talks about who will pay for it have begun between the town and the two lands on either side of the river."
)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        pytest.param(
            f"By. Mira Daloun. PUBLISHED:. 14:11 EST, 25 October 2013. |. UPDATED:. 15:36 EST, 25 October 2013. {REST}",
            ["By Mira Daloun", "PUBLISHED:. 14:11 EST, 25 October 2013", "UPDATED:. 15:36 EST, 25 October 2013"],
            id="by-published-updated",
        ),
        pytest.param(f"By. Mira Daloun. {REST}", ["By Mira Daloun"], id="by-alone"),
        pytest.param(f"By. J. K. Daloun. {REST}", ["By J. K. Daloun"], id="initials"),
        pytest.param(f"By. Mira Daloun and. Teo Varr. {REST}", ["By Mira Daloun and Teo Varr"], id="two-authors"),
        pytest.param(
            f"By. Mira Daloun. and Teo Varr. UPDATED:. 18:30 EST, 3 March 2012. {REST}",
            ["By Mira Daloun and Teo Varr", "UPDATED:. 18:30 EST, 3 March 2012"],
            id="two-authors-parted",
        ),
        pytest.param(
            f"Bridge of Ostra falls. Nobody is hurt. By. Mira Daloun. PUBLISHED:. 12:54 EST, 22 August 2013. {REST}",
            ["Bridge of Ostra falls. Nobody is hurt.", "By Mira Daloun", "PUBLISHED:. 12:54 EST, 22 August 2013"],
            id="behind-key-points",
        ),
        pytest.param(
            f"By. Mira Daloun. Last updated at 1:25 AM on 3rd August 2011. {REST}",
            ["By Mira Daloun", "Last updated at 1:25 AM on 3rd August 2011"],
            id="last-updated",
        ),
        pytest.param(f"By. Mira Daloun. Follow @@mira. {REST}", ["By Mira Daloun"], id="handle"),
        pytest.param(
            f"Old bridge falls Officials of both lands say nobody was hurt Mira Daloun August 08, 2022 {REST}",
            ["Old bridge falls", "Officials of both lands say nobody was hurt", "By Mira Daloun", "August 08, 2022"],
            id="title-deck-name-date",
        ),
        pytest.param(
            f"Old bridge falls at night By Mira Daloun | August 08, 2022 {REST}",
            ["Old bridge falls at night", "By Mira Daloun", "August 08, 2022"],
            id="title-by-bar-date",
        ),
    ],
)
def test_a_glued_head_becomes_lines(line: str, parts: list[str]) -> None:
    assert unglue([line, "Last."], "en") == [*parts, REST, "Last."]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(REST, id="no-head"),
        pytest.param("By Mira Daloun", id="short"),
        pytest.param(
            f"The bridge was opened by Mira Daloun on 3 March 1931, and it was old. {REST}", id="date-in-a-sentence"
        ),
        pytest.param(f"It was old. It was opened by Teo Varr March 3, 1931 {REST}", id="sentence-before-the-date"),
    ],
)
def test_other_lines_stay(line: str) -> None:
    assert unglue([line], "en") == [line]


def test_nothing_stays_nothing() -> None:
    assert unglue([], "en") == []
