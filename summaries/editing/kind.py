"""What kind of article it is, from section, address and wording. schema.org types tell almost nothing."""

import re
from functools import cache

from summaries.editing.bios import names_the_writer
from summaries.editing.phrases import phrases, small_phrases
from summaries.language import words
from summaries.models import Kind

_QUESTION = re.compile(
    r"^(?:Q|Question|Q\.)\s?[:.]|^[A-ZÀ-ÞА-Я][\w .'’-]{1,30}: .{3,200}\?$|^.{8,220}[?？؟]$", re.MULTILINE
)
_UPDATE = re.compile(
    r"^(?:updated? )?(?:at )?(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:\s?(?:am|pm|gmt|bst|ist|est|et|uhr|h))?\b[ :–—-]",
    re.MULTILINE | re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(?:#?\d{1,3}[.)]|\d{1,3} [–—-]) \S", re.MULTILINE)
_QUOTED = re.compile(r"[“\"«„‘][^”\"»“’]{0,1500}[”\"»’]")
_PLACED: tuple[Kind, ...] = ("opinion", "live", "analysis", "interview", "release", "list")
_TITLED: tuple[Kind, ...] = ("live", "opinion", "analysis", "interview", "list")
_LONGEST = 60_000
_FEWEST_ARGUMENTS, _FEWEST_WORDS = 3, 120


def kind_of(
    *, title: str = "", text: str = "", section: str = "", url: str = "", author: str = "", language: str = ""
) -> Kind:
    """The kind of an article; "report" where nothing says otherwise.

    `text` is the page's, bio and notices included, since "The writer is a former envoy" tells an opinion. Section and
    address decide before the title, the title before the wording.
    """
    text = text[:_LONGEST]
    by_place = _by_place(section, url) or _by_title(title)
    if by_place:
        return by_place
    if _words("release").search(text[:3000].lower()):
        return "release"
    return _by_layout(text) or _by_wording(text, language)


def _by_place(section: str, url: str) -> Kind | None:
    """From the section's name, else from the folders of the address (not from its last part, which is the title)."""
    folders = url.lower().partition("://")[2].split("?")[0].split("/")
    host, folders = folders[0].split("."), folders[1:-1]
    for kind, pattern in _sections():
        named = any(pattern.fullmatch(part.strip()) for part in re.split(r"[/>,|&]", section.lower()))
        if (
            named
            or any(pattern.fullmatch(folder) for folder in folders)
            or (kind in ("opinion", "release") and any(map(pattern.fullmatch, host[:-1])))
        ):
            return kind
    return None


def _by_title(title: str) -> Kind | None:
    return next((kind for kind, pattern in _titles() if pattern.search(title.lower())), None)


def _by_layout(text: str) -> Kind | None:
    """From the shape: times at the beginnings of lines, numbered items, questions alternating with answers."""
    lines = text.count("\n") + 1
    if len(_UPDATE.findall(text)) >= 4 and len(_UPDATE.findall(text)) * 6 >= lines:
        return "live"
    numbers = [int(match) for match in re.findall(r"^#?(\d{1,3})[.)]? ?[.)–—-] ?\S", text, re.MULTILINE)]
    if len(numbers) >= 4 and (numbers == sorted(numbers) or numbers == sorted(numbers, reverse=True)):
        return "list"
    questions = len(_QUESTION.findall(text))
    return "interview" if questions >= 3 and questions * 5 >= lines else None


def _by_wording(text: str, language: str) -> Kind:
    """An opinion where the author is introduced as "the writer", or says "we must" more than others say anything."""
    if names_the_writer(text):
        return "opinion"
    plain = _QUOTED.sub(" ", text.replace("’", "'")).lower()
    argues = _times("argues", plain)
    if argues < _FEWEST_ARGUMENTS or (count := len(words(plain, language))) < _FEWEST_WORDS:
        return "report"
    said = _times("said", plain)
    strength = (argues * 2 + _times("person", plain) - said * 1.5) * 1000 / count
    return "opinion" if strength > 14 and said * 60 < count else "report"


def _times(section: str, text: str) -> int:
    return sum(1 for _ in _words(section).finditer(text))


@cache
def _sections() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(phrases("kinds", f"section {kind}"))) for kind in _PLACED)


@cache
def _titles() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(phrases("kinds", f"title {kind}"))) for kind in _TITLED)


@cache
def _words(section: str) -> re.Pattern[str]:
    """For text in lower case."""
    return re.compile(small_phrases("kinds", section), re.MULTILINE)
