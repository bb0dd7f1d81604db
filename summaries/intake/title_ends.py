"""What stands before or behind a headline in a page's name: the outlet, its sections, a motto."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

TITLE_LENGTHS = range(3, 400)

_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef"
_SEPARATOR = re.compile(
    rf"\s+(?:[|·•–—»«:~-]|::|\\|/)\s+|\s*[|»｜│┃‖]\s*|(?<=[{_CJK}])\s*[_–—－-]\s*|\s*[_–—－-]\s*(?=[{_CJK}])"
)
_BAR = re.compile(rf"\s*[|»｜│┃‖]\s*|\s+::\s+|(?<=[{_CJK}])\s*[_－]\s*|\s*[_－]\s*(?=[{_CJK}])")
_PREFIX_END = re.compile(r"\s*[|»:｜：]\s+|\s*[｜：]\s*|\s+[–—-]\s+")
_EDGES = " |·•–—»«:~-\\/｜│┃‖_－"
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+", re.ASCII)
_MOST_NAME_WORDS = 4
_LONGEST_NAME = 30
_LONGEST_CJK_NAME = 14
_LEAST_LETTERS = 12


@lru_cache(maxsize=256)
def letters(text: str) -> str:
    """Remembered: each of a page's names for itself is compared with each of the others."""
    return re.sub(r"[\W_]+", "", text.lower().removeprefix("the ").removesuffix(".com"))


def parted(title: str) -> tuple[str, str, str]:
    """What stands before the first mark that may end a kicker, the mark, and the rest."""
    end = _PREFIX_END.search(title)
    return (title[: end.start()], end[0], title[end.end() :]) if end else ("", "", title)


def title_parts(title: str) -> list[str]:
    """A page's name and the parts that separators make of it: "Bridge falls - World | The Post" has three."""
    return [title, *(part for part in _SEPARATOR.split(title) if part)]


def without_outlet(title: str, outlet: str) -> str:
    """`Title | Outlet` and `Outlet: Title` without the outlet, where an end is the outlet's name or its host."""
    name = _letters_of_name(outlet)
    if len(name) > 1:
        title = _cut(title, _SEPARATOR, lambda last, _: _same(letters(last), name))
    before, end, rest = parted(title)
    if end and len(name) > 2 and letters(before) in (name, letters(outlet)) and len(rest) in TITLE_LENGTHS:
        return rest
    return title


def without_site(title: str, *, alone: bool) -> str:
    """Without what looks like the name of a site or section behind it, known or not: short, after a bar.

    `alone` says that no other place calls the page anything; then a dash parts as well as a bar.
    """
    return _cut(title, _SEPARATOR if alone else _BAR, _looks_like_site)


def first_part(title: str) -> str:
    end = _SEPARATOR.search(title)
    return title[: end.start()] if end else title


def same_outlet(part: str, outlet: str) -> bool:
    """Whether a title's part names the outlet: "The Daral Post - World", or half of a long name, but not one "A"."""
    return _same(letters(part), _letters_of_name(outlet))


def _same(part: str, name: str) -> bool:
    shortest = 2 if part.isascii() else 1
    if not name or not shortest < len(part) < len(name) + 12:
        return False
    return name in part or (part in name and 2 * len(part) >= len(name))


def _letters_of_name(outlet: str) -> str:
    """Those of a host are of its longest label: "www.kest.co.uk" → "kest"."""
    if not _HOST.fullmatch(outlet):
        return letters(outlet)
    labels = outlet.lower().removeprefix("www.").split(".")
    return letters(max(labels[:-1] or labels, key=len))


def _cut(title: str, separator: re.Pattern[str], is_end: Callable[[str, str], bool]) -> str:
    """Without the parts at its end that `is_end`, given what is before them."""
    for start, end in reversed(list(_spans(title, separator))):
        before, last = title[:start].rstrip(_EDGES), title[end:]
        if not before or not is_end(last, before):
            break
        title = before
    return title


def _spans(title: str, separator: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    return ((found.start(), found.end()) for found in separator.finditer(title))


def _looks_like_site(last: str, before: str) -> bool:
    if re.search(rf"[{_CJK}]", last):
        return 1 < len(last) <= _LONGEST_CJK_NAME and len(before) > len(last)
    short = len(last.split()) <= _MOST_NAME_WORDS and len(last) <= _LONGEST_NAME
    long = len(before.split()) > 1 or len(before) >= _LEAST_LETTERS  # Thai does not part its words
    return short and long and len(letters(before)) >= 2 * len(letters(last))
