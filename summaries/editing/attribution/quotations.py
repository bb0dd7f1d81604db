"""What stands in quotation marks: masked, so that a verb of saying within it is not taken for the article's own."""

import re
from dataclasses import dataclass

QUOTED = "\ue000"
"""Stands for a quoted stretch; a private-use character, which no article has."""

_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』", '"': '"', "‟": "”"}
_MARK = re.compile(f"[{''.join(_PAIRS)}”]")


@dataclass(frozen=True)
class Masked:
    """A sentence with `QUOTED` for what is quoted. `begins` and `ends` inside a quotation that is open around it."""

    text: str
    begins: bool = False
    ends: bool = False

    @property
    def quotes(self) -> bool:
        return QUOTED in self.text

    @property
    def only(self) -> bool:
        """Nothing but a quotation."""
        return self.quotes and not any(char.isalnum() for char in self.text)


def mask(sentences: list[str], paragraphs: list[int]) -> list[Masked]:
    """The sentences of an article in order, each with the number of its paragraph.

    A quotation ends with its paragraph at the latest: one that goes on opens again there.
    """
    done: list[Masked] = []
    closers = ""
    for place, sentence in enumerate(sentences):
        if place and paragraphs[place] != paragraphs[place - 1]:
            closers = ""
        begins = bool(closers)
        if not begins and not _MARK.search(sentence):
            done.append(Masked(sentence))
            continue
        text, closers = _masked(sentence, closers)
        done.append(Masked(text, begins, bool(closers)))
    return done


def _masked(sentence: str, closers: str) -> tuple[str, str]:
    """The sentence masked, and what would close the quotation that is open at its end."""
    out = [QUOTED] if closers else []
    at = 0
    for match in _MARK.finditer(sentence):
        mark, place = match[0], match.start()
        if closers:
            if mark in closers:
                closers, at = "", place + 1
        elif mark == "”" or (mark == '"' and not _opens(sentence, place)):
            out, at = [QUOTED], place + 1  # it closes what was never opened: all before it was quoted
        else:
            out += [sentence[at:place], QUOTED]
            closers = _PAIRS[mark]
    return "".join(out) if closers else "".join([*out, sentence[at:]]), closers


def _opens(sentence: str, at: int) -> bool:
    before, after = sentence[at - 1 : at] if at else "", sentence[at + 1 : at + 2]
    return bool(after.strip()) and not before.isalnum() and (not before or before not in ".,!?")
