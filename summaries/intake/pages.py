"""An HTML page → Page: trafilatura finds the text, and the fields are chosen among what the page says of itself."""

import re
import warnings
from functools import cache
from typing import Any

from summaries.errors import WallError
from summaries.intake.decoding import decode
from summaries.intake.headings import Element
from summaries.intake.metadata import Notes
from summaries.intake.titles import agreed_title, kicker_of
from summaries.intake.urls import host_of
from summaries.intake.walls import SHORT, TEASER, Sight, mend, wall_of
from summaries.models import Page

_RULE = re.compile(r"^[|\s-]+$")
_MARKS = re.compile(r"^(?:- |[| ]*\|[| ]*)|[| ]*\|[| ]*$")


def read_html(data: bytes, *, url: str = "", content_type: str | None = None) -> Page:
    """The article of an HTML page. `content_type` is the response's header, for its charset.

    The text is trafilatura's with `favor_precision`, or with its defaults where that finds nothing; comments are left
    out. Raises `InputError` for empty or binary data, and `WallError` for a page that has no text of an article, or
    shows something else in its place.
    """
    name = url or "the page"
    html = decode(data, name=name, declared=content_type, markup=True)
    tree = _tree(html)
    text = _text(tree, url) if tree is not None else ""
    if tree is None:
        raise WallError(f"{name} {mend('empty')}")
    notes = Notes(tree)
    if wall := wall_of(_sight(notes, text, html)):
        raise WallError(f"{name} {mend(wall)}", wall)
    outlet = notes.outlet() or host_of(url)
    named = notes.titles(text)
    title = agreed_title(named, outlet)
    return Page(
        text=text,
        url=notes.address(url),
        title=title,
        deck=notes.deck(text),
        author=notes.author(outlet),
        outlet=outlet,
        section=notes.section() or kicker_of(named, title, outlet),
        published=notes.published() or notes.dated(url),
        language=notes.language(),
    )


def _sight(notes: Notes, text: str, html: str) -> Sight:
    if len(text) > SHORT:
        return Sight((), text)
    return Sight(
        titles=notes.shown_titles(),
        text=text,
        seen=notes.seen(SHORT) if len(text) <= TEASER else "",
        source="" if text.strip() else html,
        free=notes.is_free(),
    )


@cache
def _trafilatura() -> Any:
    """Imported when a page is read: 60 MB that only workers need. It warns of a proxy package that is never used."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="SOCKS support")
        import trafilatura
    return trafilatura


def _tree(html: str) -> Element | None:
    """Without the readings that stand over Chinese and Japanese words (WHATWG HTML, 4.5.10 "ruby"): said twice."""
    tree = _trafilatura().load_html(html)
    for reading in list(tree.iter("rt", "rp")) if tree is not None else ():
        reading.drop_tree()
    return tree


def _text(tree: Element, url: str) -> str:
    """The text, from a copy of the tree that trafilatura makes for itself."""
    for precise in (True, False):
        found = _trafilatura().extract(tree, url=url or None, favor_precision=precise, include_comments=False)
        if found and found.strip():
            return _without_marks(found)
    return ""


def _without_marks(text: str) -> str:
    """Without the marks that trafilatura writes for lists and tables: "- ", "|", "|---|"."""
    return "\n".join(
        _MARKS.sub("", line) if "|" in line or line.startswith("- ") else line
        for line in text.split("\n")
        if not _RULE.match(line)
    )
