"""What a delivery says, cut into messages: between stories, so that a part that arrived never has to be told again."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from handlers.document import Block, Button, Buttons, Document, texts_of, visible
from handlers.looks import classic, rich
from summaries.desk import Desk
from summaries.models import Delivery, Look, Subscriber

Sheet: TypeAlias = "classic.Message | rich.Page"
"""One message, ready to be sent."""

Blocks: TypeAlias = "tuple[Block, ...]"


@dataclass(frozen=True)
class Letter:
    """`stories` has an entry for every pick of the delivery, in their order; an empty one where it is gone.

    The same delivery must give the same letter each time, for its later parts are cut from it after the first were
    sent. Buttons come under the last part; `page` opens all of it as a page, where it takes several messages. `rtl` is
    the direction of its own words.
    """

    opening: Blocks = ()
    stories: tuple[Blocks, ...] = ()
    closing: Blocks = ()
    buttons: Buttons = ()
    rtl: bool = False
    page: Button | None = None


Composer: TypeAlias = Callable[[Desk, Delivery, Subscriber], Awaitable[Letter | None]]
"""What a delivery says to this chat now, in the look that it was given; None where there is nothing left to say."""


def cuts(letter: Letter, look: Look) -> tuple[int, ...]:
    """The story with which each part begins.

    A story that takes several messages by itself is in several parts: its number stands there as often. A letter of
    which nothing is seen has no parts.
    """
    return Cutter(letter, look).cuts()


def part(letter: Letter, cuts: tuple[int, ...], number: int, look: Look) -> Sheet:
    """Part `number`, counted from 0, of a letter that was cut so."""
    return Cutter(letter, look).part(cuts, number)


class Cutter:
    """Cuts one letter for one look; remembers what it tried."""

    def __init__(self, letter: Letter, look: Look) -> None:
        self.letter = letter
        self.look = look
        self._total = max((place + 1 for place, story in enumerate(letter.stories) if story), default=0)
        self._tried: dict[tuple[int, int], list[Sheet]] = {}

    def cuts(self, before: tuple[int, ...] = (), arrived: int = 0) -> tuple[int, ...]:
        """As `cuts`; where `arrived` parts of a letter that was cut as `before` are sent, they stay as they are.

        What follows them is cut anew: a briefing may have been corrected meanwhile, or the chat takes no pages now.
        """
        done, total = before[:arrived], self._total
        if not done:
            return tuple(self._from(0))
        if len(before) == arrived:
            return done
        following = before[arrived]
        if following != done[-1]:
            return (*done, *self._from(following))
        rest = len(self.sheets(following, min(following + 1, total))) - done.count(following)
        return (*done, *[following] * max(rest, 0), *(self._from(following + 1) if following + 1 < total else ()))

    def part(self, cuts: tuple[int, ...], number: int) -> Sheet:
        first = cuts.index(cuts[number])
        following = (cut for cut in cuts if cut > cuts[number])
        sheets = self.sheets(cuts[number], next(following, self._total))
        return sheets[min(number - first, len(sheets) - 1)]

    def _from(self, start: int) -> list[int]:
        """Where the parts begin from a story on. As many stories in each as fit; one that fits into none is alone."""
        found, total = list[int](), self._total
        while start < total or not (found or start):
            end = self._furthest(start, total)
            found += [start] * len(self.sheets(start, end))
            start = max(end, start + 1)
        return found

    def _furthest(self, start: int, total: int) -> int:
        low, high = min(start + 1, total), total
        if len(self.sheets(start, total)) <= 1:
            return total
        while low < high:
            middle = (low + high + 1) // 2
            if len(self.sheets(start, middle)) <= 1:
                low = middle
            else:
                high = middle - 1
        return low

    def sheets(self, start: int, end: int) -> list[Sheet]:
        """The messages that these stories take, with the opening and the closing where they are at an end."""
        if (start, end) not in self._tried:
            self._tried[start, end] = self._made(start, end)
        return self._tried[start, end]

    def _made(self, start: int, end: int) -> list[Sheet]:
        opening = self.letter.opening if start == 0 else ()
        last = end == self._total
        closing = self.letter.closing if last else ()
        stories = self.letter.stories[start:end]
        inside = tuple(block for story in stories for block in story)
        whole = self._rendered((*opening, *inside, *closing), last=last)
        fits = len(whole) <= 1 or sum(map(bool, stories)) > 1
        if fits or len(self._rendered(inside, last=False)) > 1:
            return whole
        return self._apart([opening, inside, closing], last=last)

    def _apart(self, pieces: list[Blocks], *, last: bool) -> list[Sheet]:
        """One story that fits into a message, and what stands around it in messages of their own."""
        joined: list[Blocks] = []
        for piece in filter(None, pieces):
            if joined and len(self._rendered(joined[-1] + piece, last=last)) == 1:
                joined[-1] += piece
            else:
                joined.append(piece)
        made = [self._rendered(blocks, last=last and place == len(joined) - 1) for place, blocks in enumerate(joined)]
        return [sheet for sheets in made for sheet in sheets]

    def _rendered(self, blocks: Blocks, *, last: bool) -> list[Sheet]:
        if not any(visible(text) for block in blocks for text in texts_of(block)):
            return []
        document = Document(blocks, self.letter.buttons if last else (), rtl=self.letter.rtl)
        return list(rich.render(document) if self.look == "page" else classic.render(document))
