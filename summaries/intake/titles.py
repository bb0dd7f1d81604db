"""Which of a page's names for itself is the article's title, and whether its feed names it better."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

import msgspec

Place = Literal["og", "linked", "heading", "twitter", "page"]
"""Where a title was found: Open Graph, JSON-LD, the page's headings, Twitter's card, `<title>`."""

_SEPARATOR = re.compile(r"\s+(?:[|·•–—»«:-]|::|\\|/)\s+|\s*[|»]\s*")
_PREFIX_END = re.compile(r"\s*[|»:]\s+|\s+[–—-]\s+")
_TITLE_LENGTHS = range(3, 400)
_CUT = ("...", "…")
_WEIGHTS: dict[Place, float] = {"og": 1.0, "linked": 1.0, "heading": 1.1, "twitter": 0.5, "page": 0.9}
_LONGEST_KICKER = 30
_RELATED = 0.5
_SHORTEST_SHARE = 0.4


class Named(msgspec.Struct, frozen=True):
    """What one place of a page calls it."""

    place: Place
    text: str


def agreed_title(named: Sequence[Named], outlet: str) -> str:
    """The title on which most places agree; among those that agree, the heading's words, which are what people see.

    `named` is in the order of the page; of several headings, the one nearest to the text comes first. A place whose
    title goes on with an outlet or a section, or begins with a kicker ("Opinion | …"), agrees with the bare title.
    Empty where there is none.
    """
    own = [Named(one.place, _without_outlet(one.text, outlet)) for one in named]
    own = [one for one in own if len(one.text) in _TITLE_LENGTHS and _letters(one.text) != _letters(outlet)]
    if not own:
        return ""
    best = max(own, key=lambda one: (round(_agreement(one, own), 6), _WEIGHTS[one.place]))
    heading = next((one for one in own if one.place == "heading" and _tells(one.text, best.text)), None)
    chosen = _bare(heading or best, own)
    return _uncut(chosen, [one.text for one in own])


def settled_title(fed: str, read: str, outlet: str) -> str:
    """The title of an article whose feed calls it `fed` and whose page `read`: the feed's, unless it is cut off.

    It counts as cut where it ends in "…", or where it stops amid a word or before the last words of the page's. One
    in capitals gives way to the page's own with the same words.
    """
    fed, read = _without_outlet(fed.strip(), outlet), _without_outlet(read.strip(), outlet)
    if not fed or not read or _letters(fed) == _letters(outlet):
        return fed if fed and _letters(fed) != _letters(outlet) else read
    if len(fed) not in _TITLE_LENGTHS and len(read) in _TITLE_LENGTHS:
        return read
    stem, whole = _letters(fed), _letters(read)
    shouted = fed.isupper() and not read.isupper() and stem == whole
    if shouted or (stem != whole and stem and whole.startswith(stem) and _stops_early(fed, read)):
        return read
    return fed


def kicker_of(named: Sequence[Named], title: str, outlet: str) -> str:
    """What some place sets before the title: "Opinion | A treaty with a leak" → "Opinion"."""
    for one in named:
        before, end, rest = _parted(one.text)
        if end and _letters(rest).startswith(_letters(title)) and not _same_outlet(_letters(before), _letters(outlet)):
            return before if len(before) <= _LONGEST_KICKER else ""
    return ""


def _stops_early(fed: str, read: str) -> bool:
    """Whether `fed` breaks off: it says so, or stops amid a word, or leaves out some words and not a clause."""
    if fed.endswith(_CUT):
        return True
    rest = read[len(fed) :]
    return bool(rest) and (rest[0].isalnum() or bool(re.match(r"\s\w", rest)))


def _uncut(title: str, titles: list[str]) -> str:
    if not title.endswith(_CUT):
        return title
    stem = title.rstrip(".… ").lower()
    return next((other for other in titles if other.lower().startswith(stem) and not other.endswith(_CUT)), title)


def _agreement(one: Named, others: Sequence[Named]) -> float:
    """How many places say the same: whole where the letters are the same, less where one says more."""
    mine = _letters(one.text)
    total = 0.0
    best: dict[Place, float] = {}
    for other in others:
        theirs = _letters(other.text)
        like = 1.0 if mine == theirs else 0.0
        if not like and mine in theirs:
            like = 0.8 * (2 * len(mine) >= len(theirs))
        elif not like and theirs in mine:
            like = 0.4 * (2 * len(theirs) >= len(mine))
        best[other.place] = max(best.get(other.place, 0.0), like)
    for place, like in best.items():
        total += _WEIGHTS[place] * like
    return total


def _tells(heading: str, agreed: str) -> bool:
    """Whether a heading is about the same as the title that the others agree on, and not a section or a site's name."""
    mine, theirs = _words(heading), _words(agreed)
    if not mine or len(_letters(heading)) < _SHORTEST_SHARE * len(_letters(agreed)):
        return False
    if _letters(agreed) in _letters(heading):
        return True
    return len(mine & theirs) >= _RELATED * min(len(mine), len(theirs)) and len(mine & theirs) > 1


def _bare(one: Named, others: Sequence[Named]) -> str:
    """Without a kicker or a section around it, where another place has the title alone."""
    before, _, rest = _parted(one.text)
    mine = _letters(one.text)
    for other in others:
        theirs = _letters(other.text)
        around = len(mine) - len(theirs)
        if other.place != one.place and 0 < around <= _LONGEST_KICKER and 2 * len(theirs) >= len(mine):
            if theirs == _letters(rest) and len(before) <= _LONGEST_KICKER:
                return other.text
            if one.place == "heading" and mine.endswith(theirs):
                return other.text
    return one.text


def _parted(title: str) -> tuple[str, str, str]:
    end = _PREFIX_END.search(title)
    return (title[: end.start()], end[0], title[end.end() :]) if end else ("", "", title)


def _without_outlet(title: str, outlet: str) -> str:
    """`Title | Outlet` and `Outlet: Title` without the outlet, where an end is the outlet's name or its host."""
    parts = _SEPARATOR.split(title)
    name = _letters(outlet)
    while len(parts) > 1 and len(name) > 1 and _same_outlet(_letters(parts[-1]), name):
        title = title[: title.rindex(parts[-1])].rstrip(" |·•–—»«:-\\/")
        parts.pop()
    before, end, rest = _parted(title)
    if end and len(name) > 2 and _letters(before) == name and len(rest) in _TITLE_LENGTHS:
        return rest
    return title


def _same_outlet(part: str, name: str) -> bool:
    """Whether a title's part names the outlet: "The Daral Post - World", or half of a long name, but not one "A"."""
    if not name or not 2 < len(part) < len(name) + 12:
        return False
    return name in part or (part in name and 2 * len(part) >= len(name))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


@lru_cache(maxsize=256)
def _letters(text: str) -> str:
    """Remembered: each of a page's names for itself is compared with each of the others."""
    return re.sub(r"[\W_]+", "", text.lower().removeprefix("the ").removesuffix(".com"))
