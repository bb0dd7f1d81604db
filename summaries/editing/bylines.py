"""Lines that say who wrote an article and when, in whatever order a paper puts it."""

import re
from datetime import datetime

import msgspec

from summaries.dates import find_date
from summaries.editing.phrases import phrases, sections, small_phrases

_LONGEST = 220
_MOST_LABEL_WORDS = 12
_BEFORE_DATE = re.compile(r"\b(?:le|el|am|il|em|op|den|the|del?)\s?\|", re.IGNORECASE)
_SPLIT = re.compile(r"\s*(?:[|•·●/;\t]|\s[-–—]{1,2}\s|(?<=\d)\s{2,})\s*")
_PARTED = re.compile(r"[|•·●/;\t–—-]")
_BY = re.compile(phrases("bylines", "by") + r"\s?[.:：／/]?\s*", re.IGNORECASE)
_LABEL_END = r"(?:\s(?:on|at|le|el|am|em|il|op|in|date|time|tarihi|pada))?\s?[.:：]?"
_LABEL = re.compile(phrases("bylines", "labels") + _LABEL_END, re.IGNORECASE)
_TIME = re.compile(phrases("bylines", "times"), re.IGNORECASE)
_WEEKDAYS = re.compile(phrases("bylines", "weekdays"), re.IGNORECASE)
_SMALL = tuple(
    re.compile(small_phrases("bylines", section) + end)
    for section, end in (("labels", _LABEL_END), ("times", ""), ("weekdays", ""))
)
_PARTICLES = frozenset(sections("bylines")["particles"].split("|"))
_DESKS = re.compile(phrases("bylines", "desks"), re.IGNORECASE)


class Byline(msgspec.Struct, frozen=True):
    """What a line says: any of author, outlet and date. `certain` is False for a name that only looks like one."""

    author: str = ""
    outlet: str = ""
    published: datetime | None = None
    certain: bool = True


def read_byline(line: str, *, language: str = "", now: datetime | None = None) -> Byline | None:
    """What a whole line says of author and date; None where it says anything else, too."""
    if len(line) > _LONGEST:
        return None
    published, rest = _take_dates(line, language, now)
    authors, others = list[str](), list[str]()
    for part in _parts(rest):
        if name := _after_by(part):
            authors.append(name)
        elif is_label(part):
            continue
        elif _could_be_name(part):
            others.append(part)
        else:
            return None
    dated = published is not None or bool(_LABEL.match(line) and rest.strip() != line.strip())
    if not (authors or dated or others):
        return None
    if not (authors or dated):
        return Byline(author=others[0], certain=False) if len(others) == 1 and looks_like_name(others[0]) else None
    named = [part for part in others if looks_like_name(part)]
    if not authors and named:
        authors = [named[0]]
    outlet = next((part for part in others if part not in authors), "")
    return Byline(author=clean_name(", ".join(authors)), outlet=outlet, published=published)


def _parts(line: str) -> list[str]:
    parted = _SPLIT.split(line) if "  " in line or _PARTED.search(line) else [line]
    return [part for part in (part.strip(" ,.|:()[]*_-–—") for part in parted) if part]


def clean_name(text: str) -> str:
    """An author without "By", address, handle or trailing marks."""
    text = re.sub(r"\S+@\S+|(?<!\w)@\w+|https?://\S+", "", " ".join(text.split()))
    match = _BY.match(text)
    if (match and (match.end() < len(text)) and not text[: match.end()].strip()[-1:].islower()) or _english_by(text):
        text = text[match.end() :] if match else text
    return text.strip(" ,;|-–—*_:/")


def looks_like_name(text: str) -> bool:
    """Two to five words that are all capitalised but for particles; in scripts without capitals, two to four words."""
    if _DESKS.fullmatch(text):
        return True
    words = text.replace(",", " ").split()
    if not 2 <= len(words) <= 8 or len(text) > 80 or any(mark.isdigit() or mark in '!?।۔。:"“”' for mark in text):
        return False
    cased = [word for word in words if word[0].upper() != word[0].lower()]
    if not cased:
        return len(words) <= 4 and len(text) <= 40
    proper = [word for word in cased if word[0].isupper()]
    plain = [word for word in cased if not word[0].isupper()]
    return (
        2 <= len(proper) <= 6
        and all(word.lower() in _PARTICLES for word in plain)
        and words[0].lower() not in ("the", "a", "in", "of", "for")
    )


def is_label(text: str) -> bool:
    """Words that stand beside a date: "Updated", "3:15 pm IST", "Monday", "4 min read"."""
    if text.count(" ") >= _MOST_LABEL_WORDS:
        return False
    text = text.lower()
    for pattern in _SMALL:
        text = pattern.sub(" ", text)
    return not any(mark.isalnum() for mark in text)


def _english_by(text: str) -> bool:
    return bool(re.match(r"(?i:(?:written |reported |story |words )?by)\.?:?\s", text))


def _take_dates(line: str, language: str, now: datetime | None) -> tuple[datetime | None, str]:
    """The line's first date, and the line with every date replaced by a bar."""
    first: datetime | None = None
    for _ in range(4):
        found = find_date(line, language=language, now=now)
        if not found:
            break
        first = first or found.when
        line = f"{line[: found.start]}|{line[found.end :]}"
    if first:
        for pattern in (_TIME, _WEEKDAYS):
            line = pattern.sub("|", line)
        line = _BEFORE_DATE.sub("|", line)
    return first, _LABEL.sub("|", line) if first else line


def _after_by(part: str) -> str:
    """The name behind "By"; empty where the words behind it are no name ("by the river the talks went on")."""
    match = _BY.match(part)
    if not match:
        return ""
    name = part[match.end() :].strip(" ,.:")
    spoken = part[: match.end()].rstrip()
    if not name or not _could_be_name(name):
        return ""
    explicit = (
        spoken[-1] in ":：/／" or name[0].isupper() or name[0].lower() == name[0].upper() or _DESKS.fullmatch(name)
    )
    return name if explicit else ""


def _could_be_name(part: str) -> bool:
    if _DESKS.fullmatch(part):
        return True
    words = part.split()
    if len(words) > 12 or len(part) > 100 or re.search(r"[.!?।۔。]\s|[!?।۔。\"“”]$", part):
        return False
    small = [word for word in words if word[0].islower() and word.lower() not in _PARTICLES]
    return len(small) <= len(words) // 4
