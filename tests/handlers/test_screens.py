import pytest
from telegram import Message

from handlers.document import Bold, Button, Document, File, Paragraph, Picture, paragraph
from handlers.looks import classic, rich
from handlers.looks.choice import Look
from handlers.press import OPEN, Press
from handlers.screens import Screens, part_of, screens_of, with_picture_apart
from handlers.texts import texts

LONG = Document(
    (Paragraph((("a" * 4096, Bold(("b",))),)),), ((Button("Go", "x:0"),),), page=Button("Page", f"{OPEN}:0/x:0")
)
PICTURE = Picture(b"PNG", "ferries")


def labels(document: Document, look: Look, **how: bool) -> list[list[str]]:
    return [[button.label for row in screen.buttons for button in row] for screen in screens_of(document, look, **how)]


@pytest.mark.parametrize(
    ("document", "look", "openable", "shown"),
    [
        pytest.param(LONG, "message", True, [[], ["Go", "Page"]], id="long"),
        pytest.param(LONG, "message", False, [[], ["Go"]], id="long, where pages are not taken"),
        pytest.param(LONG, "page", False, [["Go"]], id="on a page already"),
        pytest.param(Document((paragraph("a"),), page=LONG.page), "message", True, [[]], id="short"),
        pytest.param(Document((paragraph("a" * 5000),)), "message", True, [[], []], id="nothing leads there"),
    ],
)
def test_a_long_answer_can_be_opened_as_a_page(
    document: Document, look: Look, openable: bool, shown: list[list[str]]
) -> None:
    assert labels(document, look, openable=openable) == shown


def test_a_picture_goes_before_the_pages_in_its_own_words() -> None:
    picture, page = screens_of(Document((paragraph("a"),), ((Button("Go", "x:0"),),), picture=PICTURE), "page")
    assert picture == classic.Message("ferries", "ferries", picture=PICTURE)
    assert isinstance(page, rich.Page)
    assert (page.html, len(page.buttons)) == ("<p>a</p>", 1)


@pytest.mark.parametrize(
    ("look", "apart"), [pytest.param("page", 1, id="above-pages"), pytest.param("message", 0, id="in-its-message")]
)
def test_a_picture_is_apart_from_pages_only(look: Look, apart: int) -> None:
    screens = screens_of(Document((paragraph("a" * 5000),), picture=PICTURE), look)
    above, parts = with_picture_apart(screens)
    assert ([*above, *parts], len(above)) == (screens, apart)


def test_a_file_goes_with_a_message_in_either_look() -> None:
    document = Document((paragraph("a"),), file=File("a.opml", b"x"))
    assert screens_of(document, "page") == screens_of(document, "message") == classic.render(document)


@pytest.mark.parametrize("look", ["message", "page"])
def test_a_part_has_all_buttons_and_those_to_the_others(look: Look) -> None:
    long = Document((paragraph("a" * (4096 if look == "message" else 40_000), "b" * 99),), LONG.buttons)
    screens = screens_of(long, look)
    parts = [part_of(screens, Press("c", (1,), part), texts("en")) for part in (0, 1, 9)]
    assert [[button.data for row in part.buttons for button in row] for part in parts] == [
        ["c:1:1", "x:0"],
        ["c:0:1", "x:0"],
        ["c:0:1", "x:0"],
    ]
    assert parts[1] == parts[2] != parts[0]


def message(number: int, **fields: object) -> Message:
    made = Message.de_json({"message_id": number, "date": 0, "chat": {"id": 5, "type": "private"}, **fields}, None)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("shown", "wanted", "same"),
    [
        pytest.param({"text": "a"}, classic.Message("a", "a"), True, id="text"),
        pytest.param({"text": "a"}, classic.Message("b", "b"), False, id="another text"),
        pytest.param({"text": "a"}, classic.Message("a", "a", LONG.buttons), False, id="other buttons"),
        pytest.param({"caption": "a"}, classic.Message("a", "a", picture=PICTURE), True, id="caption"),
        pytest.param({"text": "a"}, rich.render(Document((paragraph("a"),)))[0], False, id="a page tells nothing"),
    ],
)
def test_what_a_message_shows_that_was_sent_before_a_restart(
    shown: dict[str, object], wanted: classic.Message | rich.Page, same: bool
) -> None:
    assert Screens().shows(message(1, **shown), wanted) is same


def test_what_is_known_of_a_message_counts_more_than_what_its_client_saw() -> None:
    screens = Screens()
    (page,) = rich.render(Document((paragraph("b"),)))
    screens.note(message(1), page)
    assert screens.shows(message(1, text="a"), page)
    assert not screens.shows(message(1, text="a"), classic.Message("a", "a"))


def test_what_took_the_place_of_a_message_is_found_by_it() -> None:
    screens = Screens()
    screens.replaced(message(1), message(2))
    screens.replaced(message(2), message(3))
    assert [screens.standing(message(number)).message_id for number in (1, 2, 3, 4)] == [3, 3, 3, 4]


def test_memory_of_messages_is_bounded() -> None:
    screens = Screens(kept=2)
    for number in range(4):
        screens.note(message(number, text="old"), classic.Message("new", "new"))
        screens.replaced(message(number), message(number + 100))
    assert screens.shows(message(0, text="old"), classic.Message("old", "old"))
    assert [screens.standing(message(number)).message_id for number in range(4)] == [0, 1, 102, 103]
