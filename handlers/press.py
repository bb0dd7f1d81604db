"""What a button carries: the view to show and the ids that it needs, never text.

    view:part:id:id/back      "c:0:12/l:0:41:5": briefing 12 in its context, first part; back leads to a list

All of it fits into Telegram's 64 bytes, and means the same however many articles came in since.
"""

from dataclasses import dataclass, replace

HIGHEST = 10**15  # so that two views with two ids each always fit

OPEN = "g"
"""The view that sends what `back` leads to as a page of its own."""


@dataclass(frozen=True)
class Press:
    """`part` is which message of a long view is shown, from 0; `back` the data of the view that it was opened from."""

    view: str
    ids: tuple[int, ...]
    part: int = 0
    back: str = ""

    @property
    def data(self) -> str:
        here = ":".join((self.view, str(self.part), *map(str, self.ids)))
        return f"{here}/{self.back}" if self.back else here

    def at(self, part: int) -> "Press":
        return replace(self, part=part)


def read(data: str) -> Press | None:
    """The press that `data` stands for; None for what no button of this version carries."""
    here, _, back = data.partition("/")
    view, *numbers = here.split(":")
    if not numbers or not all(number.isascii() and number.isdigit() for number in numbers):
        return None
    part, *ids = map(int, numbers)
    if max((part, *ids)) >= HIGHEST:
        return None
    return Press(view, tuple(ids), part, back)
