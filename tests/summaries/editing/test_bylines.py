from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.editing.bylines import clean_name, is_label, looks_like_name, read_byline

AUGUST_8 = datetime(2022, 8, 8, tzinfo=UTC)
LINES = {
    "by": ("By Mira Daloun", "Mira Daloun", None),
    "by-capitals": ("BY MIRA DALOUN", "MIRA DALOUN", None),
    "written-by": ("Written by Mira Daloun", "Mira Daloun", None),
    "by-two": ("By Mira Daloun and Teo Varr", "Mira Daloun and Teo Varr", None),
    "by-desk": ("By our correspondent", "our correspondent", None),
    "by-staff-of": ("By the staff of Daral Wire Service", "the staff of Daral Wire Service", None),
    "by-staff-writer": ("By a staff writer at The Daral Post", "a staff writer at The Daral Post", None),
    "by-reporters-dated": (
        "By reporters of the Ostra Bureau, 8 August 2022",
        "reporters of the Ostra Bureau",
        AUGUST_8,
    ),
    "author-label": ("Author: Mira Daloun", "Mira Daloun", None),
    "date": ("August 08, 2022", "", AUGUST_8),
    "date-labelled": ("Published: August 8, 2022", "", AUGUST_8),
    "date-starred": ("*August 8, 2022*", "", AUGUST_8),
    "date-updated": ("August 08, 2022 (Updated August 09, 2022)", "", AUGUST_8),
    "published-updated": ("Published Aug 8, 2022 | Updated Aug 9, 2022", "", AUGUST_8),
    "weekday": ("Monday, August 8, 2022", "", AUGUST_8),
    "reading-time": ("August 8, 2022 · 4 min read", "", AUGUST_8),
    "both-bar": ("Mira Daloun | August 8, 2022", "Mira Daloun", AUGUST_8),
    "both-dash": ("August 8, 2022 - Mira Daloun", "Mira Daloun", AUGUST_8),
    "both-comma": ("By Mira Daloun, 8 August 2022", "Mira Daloun", AUGUST_8),
    "fr": ("Par Mira Daloun, le 8 août 2022", "Mira Daloun", AUGUST_8),
    "de": ("Von Mira Daloun | 8. August 2022", "Mira Daloun", AUGUST_8),
    "es": ("Por Mira Daloun", "Mira Daloun", None),
    "ru": ("Автор: Мира Далун", "Мира Далун", None),
    "ur": ("تحریر: میرا دالون", "میرا دالون", None),
    "ar": ("بقلم: ميرا دالون", "ميرا دالون", None),
    "hi": ("लेखक: मीरा दालून", "मीरा दालून", None),
    "zh": ("作者：张三", "张三", None),
    "id": ("Oleh: Mira Daloun", "Mira Daloun", None),
}


@pytest.mark.parametrize(("line", "author", "published"), [pytest.param(*row, id=name) for name, row in LINES.items()])
def test_a_line_of_author_and_date_is_read(line: str, author: str, published: datetime | None) -> None:
    found = read_byline(line)
    assert found is not None
    assert (found.author, found.published, found.certain) == (author, published, True)


def test_an_outlet_beside_author_and_date_is_read() -> None:
    found = read_byline("Mira Daloun | The Daral Post | August 8, 2022")
    assert found is not None
    assert (found.author, found.outlet) == ("Mira Daloun", "The Daral Post")


def test_a_bare_name_is_not_certain() -> None:
    found = read_byline("Mira Daloun")
    assert found is not None
    assert (found.author, found.certain) == ("Mira Daloun", False)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("By the river the talks went on until the evening.", id="by-as-a-word"),
        pytest.param("The bridge, opened on 3 March 1931, fell in the night.", id="date-in-a-sentence"),
        pytest.param("The bridge was old.", id="sentence"),
        pytest.param("", id="nothing"),
        pytest.param("Mira Daloun saw the bridge fall on August 8, 2022", id="name-in-a-sentence"),
        pytest.param("Von der Brücke blieb am 8. August 2022 nichts mehr übrig.", id="von-as-a-word"),
    ],
)
def test_other_lines_are_no_bylines(line: str) -> None:
    assert read_byline(line) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("By Mira Daloun", "Mira Daloun", id="by"),
        pytest.param("By STEVE VARR, Daral National Writer", "STEVE VARR, Daral National Writer", id="by-and-role"),
        pytest.param("Mira Daloun mira@example.org @mira", "Mira Daloun", id="contacts"),
        pytest.param("Byron Daloun", "Byron Daloun", id="not-a-by"),
        pytest.param("Dina Diop", "Dina Diop", id="not-an-italian-di"),
        pytest.param("von Daloun", "von Daloun", id="particle"),
    ],
)
def test_a_name_is_cleaned(text: str, name: str) -> None:
    assert clean_name(text) == name


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        pytest.param("Mira Daloun", True, id="two"),
        pytest.param("Ludwig van der Varr", True, id="particles"),
        pytest.param("Reuters", True, id="agency"),
        pytest.param("Our Correspondent", True, id="desk"),
        pytest.param("Mira", False, id="one"),
        pytest.param("The Daral Bridge", False, id="article"),
        pytest.param("Mira Daloun fell", False, id="verb"),
        pytest.param("میرا دالون", True, id="ur"),
        pytest.param("यह पुल बहुत पुराना था और गिर गया", False, id="hi-sentence"),
    ],
)
def test_looks_like_name(text: str, verdict: bool) -> None:
    assert looks_like_name(text) is verdict


def test_labels_beside_a_date() -> None:
    assert is_label("Updated: 3:15 pm IST, Monday")
    assert not is_label("Updated by Mira")


@settings(max_examples=100)
@given(st.text(alphabet=st.sampled_from("By Mira,|-–.:@2022Aug8 مद作者*"), max_size=60))
def test_no_line_breaks_it(line: str) -> None:
    read_byline(line)
    clean_name(line)
