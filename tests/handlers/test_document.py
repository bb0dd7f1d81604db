from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from handlers.document import (
    Asks,
    Bold,
    Button,
    Details,
    Document,
    File,
    Heading,
    Items,
    Link,
    Moment,
    Paragraph,
    Passage,
    Quote,
    Table,
    linkable,
    paragraph,
    rows,
    text_of,
    texts_of,
    visible,
)

WHEN = datetime(2022, 8, 8, 9, 30, tzinfo=UTC)
SAID = (paragraph("something"),)


@pytest.mark.parametrize(
    ("url", "accepted"),
    [
        pytest.param("https://harbour.example/a?b=c&d=e#f", True, id="ordinary"),
        pytest.param("http://harbour.example:8080/", True, id="port"),
        pytest.param("https://بندرگاہ.example/خبر", True, id="other-scripts"),
        pytest.param("", False, id="empty"),
        pytest.param("harbour.example/a", False, id="no-scheme"),
        pytest.param("ftp://harbour.example/a", False, id="other-scheme"),
        pytest.param("javascript:alert(1)", False, id="script"),
        pytest.param("https://localhost/a", False, id="host-without-dot"),
        pytest.param("https://./a", False, id="only-a-dot"),
        pytest.param("https:///a", False, id="no-host"),
        pytest.param("https://harbour.example/a b", False, id="space"),
        pytest.param("https://harbour.example/a\nb", False, id="line-break"),
        pytest.param("https://harbour.example:port/", False, id="port-without-number"),
        pytest.param("https://[::1/", False, id="broken-address"),
        pytest.param("https://harbour.example/" + "a" * 2048, False, id="too-long"),
    ],
)
def test_what_telegram_takes_as_a_link(url: str, accepted: bool) -> None:
    assert linkable(url) is accepted


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        pytest.param("a", True, id="letter"),
        pytest.param("۔", True, id="urdu-full-stop"),
        pytest.param("\U0001f6a2", True, id="emoji"),
        pytest.param("", False, id="nothing"),
        pytest.param(" \n\t\u00a0\u3000", False, id="spaces"),
        pytest.param("\u200b\u200e\u2068\u2069\ufeff", False, id="formatting"),
        pytest.param("\x00\x07", False, id="controls"),
        pytest.param("\u2800\u3164", False, id="blank-letters"),
    ],
)
def test_what_a_person_would_see(text: str, seen: bool) -> None:
    assert visible(text) is seen


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(lambda: Button("Go", "x" * 65), "more than 64 bytes", id="data-too-long"),
        pytest.param(lambda: Button("Go", "ü" * 33), "more than 64 bytes", id="data-counted-in-bytes"),
        pytest.param(lambda: Button("", "x"), "label", id="no-label"),
        pytest.param(lambda: Button("\u200b", "x"), "label", id="label-that-is-not-seen"),
        pytest.param(lambda: Button("Go"), "data or a URL", id="leads-nowhere"),
        pytest.param(lambda: Button("Go", "x", "https://harbour.example"), "data or a URL", id="leads-to-both"),
        pytest.param(lambda: Button("Go", url="harbour"), "not a link", id="button-with-a-bad-url"),
        pytest.param(lambda: Link(("a",), "javascript:alert(1)"), "not a link", id="bad-link"),
        pytest.param(lambda: Moment(datetime(2022, 8, 8), "then"), "time zone", id="naive-moment"),  # noqa: DTZ001
        pytest.param(lambda: Moment(WHEN, ""), "fallback", id="moment-without-fallback"),
        pytest.param(lambda: Moment(WHEN, "then", ""), "format", id="moment-without-format"),
        pytest.param(lambda: Moment(WHEN, "then", "Dw"), "format", id="format-out-of-order"),
        pytest.param(lambda: Moment(WHEN, "then", "rD"), "format", id="relative-with-more"),
        pytest.param(lambda: Table((), ()), "columns", id="table-without-columns"),
        pytest.param(lambda: Table((("a",),) * 21, ()), "columns", id="table-with-too-many"),
        pytest.param(lambda: Table((("a",), ("b",)), ((("1",),),)), "cell", id="row-too-short"),
        pytest.param(lambda: Details((" ",), SAID), "summary", id="details-without-summary"),
        pytest.param(lambda: Document(()), "something to be seen", id="empty-document"),
        pytest.param(lambda: Document((paragraph("\u200b"), Quote((("",),)))), "to be seen", id="nothing-to-be-seen"),
        pytest.param(lambda: Document(SAID, ((),)), "a row", id="empty-row"),
        pytest.param(lambda: Document(SAID, ((Button("Go", "x"),) * 9,)), "a row", id="row-too-wide"),
        pytest.param(lambda: Document(SAID, ((Button("Go", "x"),),) * 101), "at most 100", id="too-many-buttons"),
    ],
)
def test_what_no_look_could_send_fails_where_it_is_made(make: Callable[[], object], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        make()


@pytest.mark.parametrize("form", ["r", "w", "d", "D", "t", "T", "wDT", "dt", "wt"])
def test_formats_of_a_moment(form: str) -> None:
    assert Moment(WHEN, "then", form).format == form


def test_button_at_the_limit_is_taken() -> None:
    assert Button("Go", "ü" * 32).data == "ü" * 32


def test_rows_are_filled_from_the_left() -> None:
    buttons = [Button(str(number), "x") for number in range(10)]
    assert [len(row) for row in rows(buttons)] == [8, 2]
    assert [len(row) for row in rows(buttons, width=4)] == [4, 4, 2]
    assert rows([]) == ()


def test_texts_come_in_reading_order() -> None:
    blocks = (
        Heading(("a", Bold(("b",)))),
        Paragraph((("c",), (Passage(("d", Bold(("e",)))), Moment(WHEN, "f")))),
        Quote((("g",),), cite=("h",)),
        Items((("i",), ("j",))),
        Table((("k",), ("l",)), ((("m",), ("n",)),)),
        Details(("o",), (paragraph("p"), Details(("q",), (paragraph("r"),)))),
    )
    assert "".join(text for block in blocks for text in texts_of(block)) == "abcdefghijklmnopqr"
    assert text_of((Link(("a", Bold(("b",))), "https://harbour.example"), "c")) == "abc"


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: File("", b"x"), id="file-without-a-name"),
        pytest.param(lambda: File("a.opml", b""), id="empty-file"),
        pytest.param(lambda: Asks("", "A name"), id="question-that-leads-nowhere"),
        pytest.param(lambda: Asks("e:0:1", ""), id="question-without-placeholder"),
        pytest.param(lambda: Asks("e:0:1", "x" * 65), id="long-placeholder"),
        pytest.param(
            lambda: Document(SAID, ((Button("Go", "x:0"),),), asks=Asks("e:0:1", "A name")), id="buttons-and-question"
        ),
    ],
)
def test_files_and_questions_that_no_look_could_send(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"needs|takes either"):
        make()
