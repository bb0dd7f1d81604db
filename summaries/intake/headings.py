"""The headings of a page, and which of them stands right above its text: visitors take that one for the title."""

import re
from collections.abc import Sequence, Set
from html import unescape
from itertools import islice
from typing import Any

from summaries.intake.title_ends import letters, title_parts
from summaries.intake.titles import Named

Element = Any
"""An lxml element; lxml has no types."""

_MOST = 4
_MOST_LOOKED_AT = 20
_MOST_PARTS = 6
_RANKS = ("h1", "h2", "h3")
_HOME = re.compile(r"(?:https?://[^/]+)?/?(?:index\.\w+|home)?/?", re.IGNORECASE)
_PARTING = frozenset({"br", "div", "p", "li", "small", "h2", "h3"})
_START = 30
"""Letters by which a paragraph is known again."""
_FURTHEST = 2000
"""Code points between a headline and its text: a deck, a byline, a picture, ways to share."""
_SHORTEST_NAME = 12
_BELOW = "following::text()[not(parent::script or parent::style)]"
_SURROGATE = re.compile("[\ud800-\udfff]")


def headings(tree: Element, names: Sequence[str], outlet: str, text: str) -> list[Named]:
    """The headings that may be the title, the likeliest first: those within an article before others.

    `names` are what the page calls itself where nobody sees it, and `text` is the article's.
    """
    start = next(filter(None, map(_start, text.split("\n"))), "")
    parts = {letters(part) for name in names for part in title_parts(name)[:_MOST_PARTS]} - {"", letters(outlet)}
    echoes = _echoes(tree, parts)
    over = _over(start, echoes, parts) if _is_doubtful(echoes, parts) else None
    echo = over if over is not None else next(iter(echoes), None)
    found = _main(tree, echo)
    over = over if echoes else _over(start, found, parts)
    return [Named("heading", plain(one), one is over) for one in found]


def _main(tree: Element, echo: Element | None) -> list[Element]:
    """A site's name is a heading on many pages: it leads to the front page."""
    own = (one for one in tree.iter("h1") if not _leads_home(one))
    found = list(islice(own, _MOST))
    found = found or tree.xpath("(//*[@itemprop='headline'])[1]")
    found = found or list(islice((two for two in tree.iter("h2") if _is_headline(two)), 2))
    found.sort(key=lambda heading: next(heading.iterancestors("article", "main"), None) is None)
    return found if echo is None else [echo, *(one for one in found if one is not echo)]


def _echoes(tree: Element, names: Set[str]) -> list[Element]:
    """The headings of any rank that say what a part of the page's name in the browser says."""
    own = (one for one in islice(tree.iter(*_RANKS), _MOST_LOOKED_AT) if not _leads_home(one))
    return [one for one in own if letters(plain(one)) in names]


def _start(line: str) -> str:
    """The first letters of a line that is long enough to be a paragraph; empty where it is not."""
    found = letters(line[: 2 * _START])
    return found[:_START] if len(found) >= _START else ""


def _is_doubtful(echoes: Sequence[Element], names: Set[str]) -> bool:
    """Whether one of the headings says less than half of the page's name: it may be a section's, or the site's."""
    return any(2 * len(letters(plain(one))) < max(map(len, names)) for one in echoes)


def _over(start: str, headings: Sequence[Element], names: Set[str]) -> Element | None:
    """The nearest of the headings above a text that starts so; None where there is none.

    Nor is it one above the page's name, which is then the headline, set as something else: one of a section.
    """
    own = (one for one in reversed(headings) if start and not _is_beside(one))
    for one in islice(own, _MOST):
        between, found, _ = _letters_below(one).partition(start)
        others = (name for name in names - {letters(plain(one))} if len(name) >= _SHORTEST_NAME)
        if found:
            return None if any(name in between for name in others) else one
    return None


def _letters_below(heading: Element) -> str:
    """The letters of what a visitor sees first below a heading."""
    below = "".join(heading.xpath(_BELOW, smart_strings=False))[: 10 * _FURTHEST]
    return letters(" ".join(below.split())[:_FURTHEST])


def _is_beside(heading: Element) -> bool:
    """Whether a heading stands in the page's own header, or in what is set beside an article."""
    around = [one.tag for one in heading.iterancestors("header", "nav", "aside", "footer", "article", "main")]
    inner = next((tag for tag in around if tag != "header"), "header" if around else "")
    return inner in ("header", "nav", "aside", "footer")


def _leads_home(heading: Element) -> bool:
    link = next(iter([*heading.iterancestors("a"), *heading.iter("a")]), None)
    if link is None or not _HOME.fullmatch((link.get("href") or "#").strip()):
        return False
    return heading in link.iter() or plain(link) in ("", plain(heading))


def _is_headline(heading: Element) -> bool:
    return "title" in heading.get("class", "") or next(heading.iterancestors("article"), None) is not None


def plain(element: Element) -> str:
    """An element's text; a line break or a block within it parts words."""
    pieces: list[str] = []
    for part in element.iter():
        if not isinstance(part.tag, str):
            pieces.append(part.tail or "")
            continue
        if part is not element and part.tag in _PARTING:
            pieces.append(" ")
        pieces.append(part.text or "")
        if part is not element:
            pieces.append(part.tail or "")
    return plain_string("".join(pieces))


def plain_string(text: str) -> str:
    """On one line, without references and lone surrogates."""
    return _SURROGATE.sub("", " ".join(unescape(text).split()))
