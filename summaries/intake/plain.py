"""Plain text and Markdown files → Page."""

import re

from summaries.dates import read_date
from summaries.errors import InputError
from summaries.intake.decoding import decode
from summaries.intake.markdown import front_matter, looks_like_markdown, unmark
from summaries.models import Page

_NOTHING = "has no text in it: give a file with an article"
_WRAPPED_WIDTHS = range(45, 101)
_SENTENCE_END = re.compile(r"[.!?…。！？।۔؟:;][\"'”’»)\]]*$")
_WIDE_GAP = re.compile(r"[ \t]{4,}")  # runs of spaces are what makes patterns slow


def read_plain(data: bytes, *, name: str = "") -> Page:
    """A `.txt` or `.md` file's bytes as a Page: front matter and a Markdown `# title` are fields, markup is gone.

    `name` is the file's, for the kind of file and for messages. Title, deck, byline and date *lines* stay in the text:
    `editing.clean` reads those. Raises `InputError` for empty and binary data.
    """
    shown = name or "the text"
    text = _WIDE_GAP.sub("   ", re.sub(r"\r\n?", "\n", decode(data, name=shown)))
    fields, body = front_matter(text)
    title = ""
    if fields or name.lower().endswith((".md", ".markdown")) or looks_like_markdown(body):
        title, body = unmark(body)
    body = "\n".join(_paragraphs(body))
    title = fields.get("title") or title
    if not (body.strip() or title):
        raise InputError(f"{shown} {_NOTHING}")
    return Page(
        text=body,
        title=title,
        deck=fields.get("deck", ""),
        author=fields.get("author", ""),
        outlet=fields.get("outlet", ""),
        section=fields.get("section", ""),
        url=fields.get("url", ""),
        published=read_date(fields["date"], language=fields.get("language", "")) if "date" in fields else None,
        language=fields.get("language", "und"),
    )


def _paragraphs(text: str) -> list[str]:
    """One line a paragraph; lines that were broken at a width (mail, old archives) are joined again."""
    blocks = [block.split("\n") for block in re.split(r"\n[^\S\n]*\n", text)]
    return [line for block in blocks for line in (_joined(block) if _is_wrapped(block) else block) if line.strip()]


def _is_wrapped(block: list[str]) -> bool:
    """Three lines or more, all but the last about as long as the longest, most of them ending amid a sentence."""
    lines = [line.strip() for line in block if line.strip()]
    if len(lines) < 3:
        return False
    widest = max(map(len, lines))
    full = [line for line in lines[:-1] if len(line) >= widest - 18]
    amid = [line for line in lines[:-1] if not _SENTENCE_END.search(line)]
    return widest in _WRAPPED_WIDTHS and len(full) == len(lines) - 1 and len(amid) > len(lines[:-1]) / 2


def _joined(block: list[str]) -> list[str]:
    return [" ".join(line.strip() for line in block if line.strip())]
