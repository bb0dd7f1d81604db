"""What kind of article it is, from section, address and wording. schema.org types tell almost nothing."""

import re
from collections.abc import Sequence
from functools import cache

from summaries.editing.alternation import BEYOND_LATIN, latin
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
_NUMBERED = re.compile(r"^#?(\d{1,3})[.)]? ?[.)–—-] ?\S", re.MULTILINE)
_LINE_END = re.compile("\n")
_QUOTED = re.compile(  # begins with a mark, so that no other place is tried
    r"[“\"«„‘'](?:(?<!')[^”\"»“’]{0,1500}[”\"»’]"
    r"|(?<=')(?<!\w')(?=\w)(?:[^'\n]|(?<=\w)'(?=\w)){0,600}'(?!\w))"  # 'We must,' he said
)
_APOSTROPHE = re.compile(r"’(?<=\w’)(?=\w)")
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
    top = text[:3000].lower()
    if _words("release", _is_latin(top)).search(top):
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
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    lines, updates = len(starts), len(_at(starts, _UPDATE, text))
    if updates >= 4 and updates * 6 >= lines:
        return "live"
    numbers = [int(match[1]) for match in _at(starts, _NUMBERED, text)]
    if len(numbers) >= 4 and (numbers == sorted(numbers) or numbers == sorted(numbers, reverse=True)):
        return "list"
    questions = len(_at(starts, _QUESTION, text))
    return "interview" if questions >= 3 and questions * 5 >= lines else None


def _at(starts: Sequence[int], pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """The matches at beginnings of lines: tried there only, and not at every character as by `findall`."""
    return [match for start in starts if (match := pattern.match(text, start))]


def _by_wording(text: str, language: str) -> Kind:
    """An opinion where the author is introduced as "the writer", or says "we must" more than others say anything.

    A report has somebody say something every hundred words, an opinion hardly ever.
    """
    if names_the_writer(text):
        return "opinion"
    plain = without_quotations(text).lower()
    in_latin = _is_latin(plain)
    argues = _times("argues", plain, in_latin)
    if argues < _FEWEST_ARGUMENTS or (count := len(words(plain, language))) < _FEWEST_WORDS:
        return "report"
    said = _times("said", plain, in_latin)
    strength = (argues * 2 + _times("person", plain, in_latin) - said * 1.5) * 1000 / count
    return "opinion" if strength > 14 and said * _FEWEST_WORDS < count else "report"


def without_quotations(text: str) -> str:
    """The writer's own words, with straight apostrophes."""
    return _QUOTED.sub(" ", _APOSTROPHE.sub("'", text))


def _times(section: str, text: str, in_latin: bool) -> int:
    return sum(1 for _ in _words(section, in_latin).finditer(text))


def _is_latin(text: str) -> bool:
    return BEYOND_LATIN.search(text) is None


@cache
def _sections() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(phrases("kinds", f"section {kind}"))) for kind in _PLACED)


@cache
def _titles() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(phrases("kinds", f"title {kind}"))) for kind in _TITLED)


@cache
def _words(section: str, in_latin: bool) -> re.Pattern[str]:
    """For text in lower case."""
    pattern = small_phrases("kinds", section)
    return re.compile(latin(pattern) if in_latin else pattern, re.MULTILINE)
