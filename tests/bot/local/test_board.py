from dataclasses import replace

from bot.local.board import Board
from bot.local.world import Button, Message
from tests.bot.local.worlds import NOON


def message(id_: int, *labels: str) -> Message:
    return Message(1, id_, None, NOON, keyboard=tuple((Button(label, label),) for label in labels))


def pressed(board: Board, number: int) -> str:
    found = board.find(number)
    return found[1].text if found else ""


def test_numbers_run_on_through_one_answer() -> None:
    board = Board()
    board.put(message(1, "a", "b"), replaces=False)
    assert board.put(message(2, "c"), replaces=False) == [[(3, Button("c", "c"))]]
    assert [pressed(board, number) for number in (1, 2, 3, 4)] == ["a", "b", "c", ""]


def test_the_next_answer_takes_over() -> None:
    board = Board()
    board.put(message(1, "a", "b"), replaces=False)
    board.next_turn()
    board.put(message(2), replaces=False)
    assert pressed(board, 1) == "a"
    board.put(message(3, "c"), replaces=False)
    assert [pressed(board, number) for number in (1, 2)] == ["c", ""]


def test_an_edit_leaves_the_other_keyboards_alone() -> None:
    board = Board()
    first = message(1, "a", "b")
    board.put(first, replaces=False)
    board.put(message(2, "c"), replaces=False)
    board.next_turn()
    board.put(replace(first, keyboard=((Button("d", "d"),),)), replaces=True)
    assert [pressed(board, number) for number in (1, 2, 3, 4)] == ["", "", "c", "d"]


def test_an_edit_of_the_only_keyboard_begins_at_one() -> None:
    board = Board()
    board.put(message(1, "a", "b"), replaces=False)
    board.put(message(1, "next"), replaces=True)
    assert (pressed(board, 1), pressed(board, 2)) == ("next", "")


def test_a_deleted_message_takes_its_buttons_along() -> None:
    board = Board()
    board.put(message(1, "a"), replaces=False)
    board.remove(message(1))
    assert (bool(board), board.choices) == (False, "there are none now")
