"""Which of a page's names for itself is the article's title, and whether its feed names it better."""

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from summaries.intake.title_ends import (
    TITLE_LENGTHS,
    first_part,
    letters,
    parted,
    same_outlet,
    without_outlet,
    without_site,
)

Place = Literal["og", "linked", "heading", "twitter", "page"]
"""Where a title was found: Open Graph, JSON-LD, the page's headings, Twitter's card, `<title>`."""

_CUT = ("...", "…")
_WEIGHTS: dict[Place, float] = {"og": 1.0, "linked": 1.0, "heading": 1.1, "twitter": 0.5, "page": 0.9}
_LONGEST_KICKER = 30
_RELATED = 0.5
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")
_SHORTEST_SHARE = 0.4


class Named(msgspec.Struct, frozen=True):
    """What one place of a page calls it. `over` is True for the heading that stands right above the article's text."""

    place: Place
    text: str
    over: bool = False


def agreed_title(named: Sequence[Named], outlet: str) -> str:
    """The title on which most places agree; among those that agree, the heading's words, which are what people see.

    Where no heading agrees, the one right above the text: what a page is called elsewhere is written for search engines
    or for other sites.

    `named` is in the order of the page; of several headings, the one nearest to the text comes first. A place whose
    title goes on with an outlet or a section, or begins with a kicker ("Opinion | …"), agrees with the bare title.
    Empty where there is none.
    """
    own = [_renamed(one, without_outlet(one.text, outlet)) for one in named]
    own = [one for one in own if len(one.text) in TITLE_LENGTHS and letters(one.text) != letters(outlet)]
    if not own:
        return ""
    own = _without_labels(own)
    own = [_renamed(one, _without_site(one, own)) for one in own]
    best = max(own, key=lambda one: (round(_agreement(one, own), 6), _WEIGHTS[one.place]))
    over = next((one for one in own if one.over), None)
    told = (one for one in own if one.place == "heading" and _tells(one.text, best.text))
    heading = over if over and _is_echo(over, named) else next(told, over)
    chosen = _bare(heading or best, own)
    return _uncut(chosen, [one.text for one in own])


def settled_title(fed: str, read: str, outlet: str) -> str:
    """The title of an article whose feed calls it `fed` and whose page `read`: the feed's, unless it is cut off.

    It counts as cut where it ends in "…", or where it stops amid a word or before the last words of the page's. One
    in capitals gives way to the page's own with the same words.
    """
    fed, read = without_outlet(fed.strip(), outlet), without_outlet(read.strip(), outlet)
    if not fed or not read or letters(fed) == letters(outlet):
        return fed if fed and letters(fed) != letters(outlet) else read
    if len(fed) not in TITLE_LENGTHS and len(read) in TITLE_LENGTHS:
        return read
    stem, whole = letters(fed), letters(read)
    shouted = fed.isupper() and not read.isupper() and stem == whole
    if shouted or (stem != whole and stem and whole.startswith(stem) and _stops_early(fed, read)):
        return read
    return fed


def kicker_of(named: Sequence[Named], title: str, outlet: str) -> str:
    """What some place sets before the title: "Opinion | A treaty with a leak" → "Opinion"."""
    for one in named:
        before, end, rest = parted(one.text)
        if end and letters(rest).startswith(letters(title)) and not same_outlet(before, outlet):
            return before if len(before) <= _LONGEST_KICKER else ""
    return ""


def _renamed(one: Named, text: str) -> Named:
    return msgspec.structs.replace(one, text=text)


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


def _without_site(one: Named, others: Sequence[Named]) -> str:
    """Without a site's or section's name that nobody gave, unless another place of another text has it as well."""
    mine = letters(one.text)
    if one.place == "heading" or any(other.place == "heading" and letters(other.text) == mine for other in others):
        return one.text
    alone = one.place == "page" and len(others) == 1
    return without_site(one.text, alone=alone)


def _without_labels(named: Sequence[Named]) -> list[Named]:
    """Without the headings that are a site's or a section's name, which is no part of the title either."""
    labels = [one for one in named if _is_label(one, named)]
    told = [one for one in named if one not in labels]
    for label in labels:
        told = [_renamed(one, without_outlet(one.text, label.text)) for one in told]
    return told


def _is_label(one: Named, others: Sequence[Named]) -> bool:
    """Whether a heading is short, and about nothing that another place's title begins with."""
    if one.place != "heading":
        return False
    mine, told = _words(one.text), [other.text for other in others if other.place != "heading"]
    longest = max((len(letters(first_part(text))) for text in told), default=0)
    return 2 * len(letters(one.text)) < longest and not any(mine & _words(first_part(text)) for text in told)


def _agreement(one: Named, others: Sequence[Named]) -> float:
    """How many places say the same: whole where the letters are the same, less where one says more."""
    mine = letters(one.text)
    total = 0.0
    best: dict[Place, float] = {}
    for other in others:
        theirs = letters(other.text)
        like = 1.0 if mine == theirs else 0.0
        if not like and mine in theirs:
            like = 0.8 * (2 * len(mine) >= len(theirs))
        elif not like and theirs in mine:
            like = 0.4 * (2 * len(theirs) >= len(mine))
        best[other.place] = max(best.get(other.place, 0.0), like)
    for place, like in best.items():
        total += _WEIGHTS[place] * like
    return total


def _is_echo(heading: Named, others: Sequence[Named]) -> bool:
    """Whether a place that nobody sees on the page says it as well, whatever it says besides."""
    return any(letters(heading.text) in letters(one.text) for one in others if one.place != "heading")


def _tells(heading: str, agreed: str) -> bool:
    """Whether a heading is about the same as the title that the others agree on, and not a section or a site's name."""
    mine, theirs = _words(heading), _words(agreed)
    if not mine or len(letters(heading)) < _SHORTEST_SHARE * len(letters(agreed)):
        return False
    if letters(agreed) in letters(heading):
        return True
    return len(mine & theirs) >= _RELATED * min(len(mine), len(theirs)) and len(mine & theirs) > 1


def _bare(one: Named, others: Sequence[Named]) -> str:
    """Without a kicker or a section around it, where another place has the title alone."""
    before, _, rest = parted(one.text)
    mine = letters(one.text)
    for other in others:
        theirs = letters(other.text)
        around = len(mine) - len(theirs)
        if other.place != one.place and 0 < around <= _LONGEST_KICKER and 2 * len(theirs) >= len(mine):
            if other.text.isupper() and not one.text.isupper():
                continue
            if theirs == letters(rest) and len(before) <= _LONGEST_KICKER:
                return other.text
            if one.place == "heading" and mine.endswith(theirs) and _is_apart(one.text, other.text):
                return other.text
    return one.text


def _is_apart(whole: str, end: str) -> bool:
    """Whether the end of a heading begins with a word: "OpinionA treaty" has a kicker, "Snowstorm" has none."""
    start = len(whole) - len(end)
    return not (start > 0 and whole[start - 1].isalnum() and whole[start].islower())


def _words(text: str) -> set[str]:
    """Pairs of letters where words are not parted."""
    pairs = {run[at : at + 2] for run in _CJK.findall(text) for at in range(len(run) - 1)}
    return pairs | set(re.findall(r"\w+", _CJK.sub(" ", text.lower())))
