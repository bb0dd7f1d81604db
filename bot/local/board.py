"""The numbers under the buttons that a chat shows."""

from bot.local.world import Button, Keyboard, Message

Row = list[tuple[int, Button]]


class Board:
    """Which number presses which button.

    Numbers run on through all the keyboards of one turn, so that none means two buttons. The first new message with
    buttons of the next turn takes the board over; an edit gets the place of what it replaces.
    """

    def __init__(self) -> None:
        self._places: dict[int, tuple[Message, Button]] = {}
        self._old = False

    def __bool__(self) -> bool:
        return bool(self._places)

    @property
    def choices(self) -> str:
        numbers = sorted(self._places)
        return f"the last ones are [{numbers[0]}] to [{numbers[-1]}]" if numbers else "there are none now"

    def next_turn(self) -> None:
        self._old = True

    def find(self, number: int) -> tuple[Message, Button] | None:
        return self._places.get(number)

    def put(self, message: Message, *, replaces: bool) -> list[Row]:
        """Numbers the buttons of a message that is shown, or shown anew; its rows with their numbers."""
        if replaces:
            self.remove(message)
        elif self._old and message.keyboard:
            self._places.clear()
            self._old = False
        return self._number(message, message.keyboard)

    def remove(self, message: Message) -> None:
        """The buttons of this message are gone."""
        key = (message.chat_id, message.id)
        self._places = {n: place for n, place in self._places.items() if (place[0].chat_id, place[0].id) != key}

    def _number(self, message: Message, keyboard: Keyboard) -> list[Row]:
        number = max(self._places, default=0)
        rows: list[Row] = []
        for buttons in keyboard:
            row = [(number + place, button) for place, button in enumerate(buttons, 1)]
            self._places.update((at, (message, button)) for at, button in row)
            rows.append(row)
            number += len(row)
        return rows
