"""Questions that wait for somebody's reply: in memory, bounded, for an hour."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

LIFETIME = timedelta(hours=1)
MOST = 1000


@dataclass(frozen=True)
class Question:
    """`data` is that of a button: what is written in reply goes to where it leads."""

    chat: int
    message: int
    person: int
    data: str
    asked: datetime


class Waiting:
    """A reply answers the question that it replies to. In a private chat the next thing said answers the last one."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._open: OrderedDict[tuple[int, int], Question] = OrderedDict()

    def ask(self, question: Question) -> None:
        """One question for a person in a chat: a new one takes the place of the last."""
        self.drop(question.chat, question.person)
        self._open[question.chat, question.message] = question
        while len(self._open) > self._most:
            self._open.popitem(last=False)

    def in_chat(self, chat: int) -> frozenset[int]:
        """The messages whose reply is waited for."""
        return frozenset(message for place, message in self._open if place == chat)

    def answered(
        self, chat: int, person: int, replied_to: int | None, now: datetime, *, private: bool, anonymous: bool = False
    ) -> Question | None:
        """The question that is answered, which then waits no more.

        An `anonymous` administrator may answer another's question of the same chat: a press shows who they are, a
        message does not.
        """
        for question in reversed(self._open.values()):
            named = replied_to == question.message or (private and replied_to is None)
            asked = question.chat == chat and (question.person == person or anonymous)
            if asked and named:
                del self._open[question.chat, question.message]
                return question if now - question.asked <= LIFETIME else None
        return None

    def drop(self, chat: int, person: int) -> None:
        """Nothing is asked of `person` in this chat any more: they went on to something else."""
        for key in [key for key, each in self._open.items() if (each.chat, each.person) == (chat, person)]:
            del self._open[key]
