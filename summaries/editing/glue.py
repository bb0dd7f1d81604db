"""A head that was glued to the body, as when a page is saved in one line: put back into lines of its own."""

import re

from summaries.dates import find_date
from summaries.editing.bylines import is_label, looks_like_name
from summaries.language import stop_words

_LONG = 300
_REACH = 600
_MARKED_BY = re.compile(
    r"By[.:]\s+(?P<name>(?:[A-Z]\.\s?){0,3}[A-Z][^.|]{1,70}?(?:\.?\s(?:and|for)\b\.?\s[^.|]{2,60}){0,2})\.\s+"
)
_MARK_INSIDE = re.compile(r"\.?\s(and|for)\b\.?\s")
_AMID = re.compile(r"(?<=[.!?] )By\. (?=[A-Z])")
_LABELLED_BY = re.compile(
    r"By\s+(?P<name>[A-Z][^.|:]{2,70}?)\s+(?=(?:PUBLISHED|UPDATED|Published|Updated|Last updated)\b)"
)
_LABELLED_DATE = re.compile(
    r"(?:\W{0,4}(?:PUBLISHED|UPDATED|Published|Updated|Last updated|CREATED|Posted)(?: at| on)?[:.]*\s{0,2})"
)
_HANDLE = re.compile(r"Follow @{1,2}\w+\.?\s+")
_SENTENCE_END = re.compile(r"[a-z0-9\"”’)]{2}[.!?]\s+[\"“]?[A-Z]|[।۔。！？]")
_NAME_BEFORE = re.compile(
    r"(?:^|\s)(?P<by>(?:By|BY|by)\s)?(?P<name>(?:[A-ZÀ-Þ][\w.'’-]+\s){1,3}[A-ZÀ-Þ][\w'’-]+)\s*[|,–—-]?\s*"
    r"(?:(?:Published|Updated|Posted)(?: on)?:?\s*)?$"
)
_DAY_BEFORE = re.compile(r"\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s*$")


def unglue(lines: list[str], language: str) -> list[str]:
    """`lines` with the first one parted into byline, dates and body, or title, deck, author, date and body."""
    if not lines or len(lines[0]) < _LONG:
        return lines
    for part in (_marked, _headed):
        if parted := part(lines[0], language):
            return [*parted, *lines[1:]]
    return lines


def _marked(line: str, language: str) -> list[str]:
    """`By. Mira Daloun. PUBLISHED:. 14:11 EST, 25 October 2013. |. UPDATED:. 15:36 EST, 25 October 2013. …`

    Key points of the article may stand before it.
    """
    amid = _AMID.search(line, 0, _REACH)
    start = amid.start() if amid else 0
    match = _MARKED_BY.match(line, start) or _LABELLED_BY.match(line)
    if amid and not (match and _date_end(line, match.end(), language)):
        return []
    at = match.end() if match else 0
    head = ["By " + _MARK_INSIDE.sub(r" \1 ", match["name"])] if match else []
    while stop := _date_end(line, at, language):
        head.append(line[at:stop].strip(" |."))
        at = stop
    if head and (handle := _HANDLE.match(line, at)):
        at = handle.end()
    return [*([line[:start].strip()] if start else []), *head, line[at:]] if head else []


def _date_end(line: str, at: int, language: str) -> int:
    label = _LABELLED_DATE.match(line, at)
    if not label:
        return 0
    found = find_date(line[label.end() : label.end() + 60], language=language)
    if not found or not is_label(line[label.end() : label.end() + found.start]):
        return 0
    stop = label.end() + found.end
    return stop + len(line[stop:]) - len(line[stop:].lstrip(" .|"))


def _headed(line: str, language: str) -> list[str]:
    """`Envoys meet again Talks are to go on, both sides say Mira Daloun August 8, 2022 KAREEMPUR: …`"""
    found = find_date(line[:_REACH], language=language)
    if not found:
        return []
    before, after = _DAY_BEFORE.sub(" ", line[: found.start]), line[found.end :].lstrip(" |.,")
    name = _NAME_BEFORE.search(before[-80:])
    if not name or _SENTENCE_END.search(before) or not after[:1].isupper() or not after.strip():
        return []
    words = name["name"].split()
    if not name["by"]:
        words = words[-2:]
    cut = len(before) - len(before[-80:]) + (name.start("by") if name["by"] else before[-80:].index(" ".join(words)))
    if not looks_like_name(" ".join(words)):
        return []
    titles = _title_and_deck(before[:cut].strip(" |"), line, language)
    return [*titles, f"By {' '.join(words)}", line[found.start : found.end], after]


def _title_and_deck(text: str, whole: str, language: str) -> list[str]:
    """Parts a headline from the deck behind it, where a word stands with a capital that is small elsewhere."""
    words = text.split()
    for place in range(3, len(words) - 3):
        if _opens_sentence(words, place, whole, language):
            return [" ".join(words[:place]), " ".join(words[place:])]
    return [text] if text else []


def _opens_sentence(words: list[str], place: int, whole: str, language: str) -> bool:
    word = words[place]
    if not word[0].isupper() or not words[place + 1][0].islower():
        return False
    small = word.lower()
    return small in stop_words(language) or bool(re.search(rf"(?<!\w){re.escape(small)}(?!\w)", whole))
