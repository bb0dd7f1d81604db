"""A strict little reader of the HTML that Telegram takes: whatever it would refuse raises."""

import html
import re
from dataclasses import dataclass

from handlers.looks.classic import Message
from handlers.looks.plain import units

_TOKEN = re.compile(
    r"<(?P<close>/?)(?P<name>[a-z-]+)(?P<attributes>(?: [a-z]+(?:=\"[^\"<>]*\")?)*)>|&(?:lt|gt|amp|quot|#x27);|[^<>&]+"
)
_ALLOWED = {"b": r"", "i": r"", "a": r" href=\"https?://[^\"]+\"", "blockquote": r"( expandable)?",
            "tg-time": r" unix=\"\d+\" format=\"[rwdDtT]+\""}  # fmt: skip


@dataclass(frozen=True)
class Read:
    """The text that a person sees, and the marks over it as (tag with attributes, text)."""

    text: str
    marks: tuple[tuple[str, str], ...]

    def marked(self, name: str) -> list[str]:
        return [text for tag, text in self.marks if tag.split()[0] == name]


def read(markup: str) -> Read:
    text, at = "", 0
    marks: list[tuple[str, str]] = []
    stack: list[tuple[str, str, int, int]] = []
    while at < len(markup):
        token = _TOKEN.match(markup, at)
        if token is None:
            raise ValueError(f"can't parse entities at {at}: {markup[at : at + 40]!r}")
        at = token.end()
        name = token["name"]
        if name is None:
            text += html.unescape(token[0])
        elif token["close"]:
            opened, tag, start, place = stack.pop()
            assert opened == name, f"</{name}> closes <{opened}>"
            marks[place] = (tag, text[start:])
        else:
            assert re.fullmatch(_ALLOWED[name], token["attributes"]), token[0]
            assert name != "blockquote" or all(opened != name for opened, *_ in stack), "quotations don't nest"
            stack.append((name, token[0][1:-1], len(text), len(marks)))
            marks.append(("", ""))
    assert not stack, f"not closed: {stack}"
    return Read(text, tuple(marks))


def accepted(message: Message) -> Read:
    """The message as Telegram reads it, every limit checked."""
    found = read(message.html)
    assert found.text == message.text
    assert found.text.strip(), "message text is empty"
    assert units(found.text) <= 4096, "message is too long"
    assert len(found.marks) <= 100, "entities would be dropped"
    assert len(message.html.encode()) < 2**15, "text is too long"
    for row in message.buttons:
        assert all(len(button.data.encode()) <= 64 for button in row)
    return found


def folded(text: str) -> str:
    """Without white space, and without the marks that only set directions."""
    return re.sub(r"[\s\u200e\u200f\u2066-\u2069]+", "", text)
