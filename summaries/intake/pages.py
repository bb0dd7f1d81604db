"""An HTML page → Page: trafilatura finds the text, and the fields are chosen among what the page says of itself."""

import re

from summaries.errors import InputError
from summaries.intake.decoding import decode
from summaries.intake.metadata import Element, Notes
from summaries.intake.titles import best_title
from summaries.intake.urls import host_of
from summaries.models import Page

_RULE = re.compile(r"^[|\s-]+$")


def read_html(data: bytes, *, url: str = "", content_type: str | None = None) -> Page:
    """The article of an HTML page. `content_type` is the response's header, for its charset.

    The text is trafilatura's with `favor_precision`, or with its defaults where that finds nothing; comments are left
    out. Raises `InputError` for empty or binary data and for a page without text.
    """
    name = url or "the page"
    html = decode(data, name=name, declared=content_type, markup=True)
    tree = _tree(html)
    text = _text(html, url) if tree is not None else ""
    if tree is None or not text.strip():
        raise InputError(f"{name} has no article text that can be read: it may need a browser, or be no article")
    notes = Notes(tree)
    outlet = notes.outlet() or host_of(url)
    return Page(
        text=text,
        url=notes.address(url),
        title=best_title(notes.titles(), outlet),
        deck=notes.deck(text),
        author=notes.author(outlet),
        outlet=outlet,
        section=notes.section(),
        published=notes.published() or notes.dated(url),
        language=notes.language(),
    )


def _tree(html: str) -> Element | None:
    from trafilatura import load_html  # lazily: 60 MB, and only workers read pages

    tree: Element | None = load_html(html)
    return tree


def _text(html: str, url: str) -> str:
    from trafilatura import extract

    for precise in (True, False):
        found = extract(html, url=url or None, favor_precision=precise, include_comments=False)
        if found and found.strip():
            return _without_marks(str(found))
    return ""


def _without_marks(text: str) -> str:
    """Without the marks that trafilatura writes for lists and tables: "- ", "|", "|---|"."""
    return "\n".join(
        re.sub(r"^(?:- |[| ]*\|[| ]*)|[| ]*\|[| ]*$", "", line) for line in text.split("\n") if not _RULE.match(line)
    )
