"""A feed entry's own text → Page: what there is to read where its page cannot be read."""

import re
from html.parser import HTMLParser

from summaries.errors import InputError
from summaries.models import Entry, Page

_BLOCK = (
    "address article aside blockquote br dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre section table"
    " td th tr ul"
)
_BLOCKS = frozenset(_BLOCK.split())
_SILENT = frozenset({"script", "style", "iframe", "noscript", "svg", "figure", "table", "form", "button"})
_CUT = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.|&hellip;)\s*\]|…|\.{3,})\s*$")
_MORE = re.compile(
    r"^(?:read|continue|keep|more)\b.{0,60}$|^the post .{0,300} (?:appeared|was) first .{0,120}$", re.IGNORECASE
)


def read_entry(entry: Entry) -> Page:
    """The longer of an entry's content and summary. Raises `InputError` where neither says anything.

    Where the text was cut off ("…", "[...]") the last words stay, without the marks.
    """
    text = max(_text(entry.content), _text(entry.summary), key=len)
    if not text or text == entry.title:
        raise InputError(f"{entry.link or entry.id}: the feed has no text of it either")
    return Page(text, url=entry.link, title=entry.title, author=entry.author, published=entry.published)


def _text(html: str) -> str:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.pieces).split("\n")]
    said = [line for line in lines if line and not _MORE.match(line)]
    if said:
        said[-1] = _CUT.sub("", said[-1])
    return "\n".join(line for line in said if line)


class _Reader(HTMLParser):
    """Collects text, a line a block, without what is not text."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent.pop() != tag:
                """Those inside were never closed."""
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data.replace("\n", " "))
