"""The lines above an article's body: title, deck, byline, date, in whatever order; and the date line below it."""

import re
from datetime import datetime

import msgspec

from summaries.dates import find_date
from summaries.editing.bylines import Byline, looks_like_name, read_byline
from summaries.editing.furniture import is_furniture

_WINDOW = 12
_LONGEST_TITLE = 220
_LONGEST_DECK = 420
_LONGEST_ENDED = 250
_MOST_TITLE_WORDS = 32
_NO_DECK = re.compile(r"@|www\.|https?:|[<>|]|:\s.*:\s")
_SENTENCE_END = re.compile(r"[.!?…。！？।۔؟:;,][\"'”’»)\]]*$")
_FULL_STOP = re.compile(r"[.…。।۔:;,][\"'”’»)\]]*$")
_INNER_STOP = re.compile(r"[\w\"'”’)][.!?।۔。！？؟]\s?[\"'“‘]?(?=[^\W\d_a-zß-ÿ])(?!\s)|[।۔。！？]")
_PUBLISHED_IN = re.compile(
    r"(?:first )?published (?:in|by|on) (?:the )?|originally published|(?:published|posted|updated)\b", re.IGNORECASE
)


class Head(msgspec.Struct, frozen=True):
    """What stands above the body, and the body's own lines."""

    lines: tuple[str, ...]
    title: str = ""
    deck: str = ""
    author: str = ""
    outlet: str = ""
    published: datetime | None = None


def read_head(
    lines: list[str], *, title: str = "", deck: str = "", language: str = "", now: datetime | None = None
) -> Head:
    """Parts the lines of a text; `title` and `deck` are what is known already, and are not looked for again.

    Lines of plain text files come in any usual order: title, deck, byline, date; byline and date first; date in the
    byline. Words of a pull quote that the body has again are no title.
    """
    top = _top(lines)
    bylines = _bylines(lines, top, language, now)
    last = max(bylines, default=-1)
    texts = [
        place
        for place in range(max(last, 0) if bylines else 0)
        if place not in bylines and not is_furniture(lines[place])
    ]
    if bylines and not _head_like(lines, texts, last, title):
        bylines, last, texts = {}, -1, []
    texts += _after(lines, last + 1, top, len(texts), dated=bool(bylines), known=title)
    title_at, deck_at, used = _name_texts(lines, texts, title, deck)
    used |= {*bylines, *range(last + 1)}
    body = tuple(line for place, line in enumerate(lines) if place not in used)
    found = [bylines[place] for place in sorted(bylines)]
    return Head(
        lines=body,
        title="" if title_at is None else lines[title_at],
        deck="" if deck_at is None else lines[deck_at],
        author=next((one.author for one in found if one.author), ""),
        outlet=next((one.outlet for one in found if one.outlet), ""),
        published=next((one.published for one in found if one.published), None),
    )


def read_foot(lines: list[str], *, language: str = "", now: datetime | None = None) -> datetime | None:
    """The date of a line at the article's end that says when it was published, or is a date alone."""
    for line in lines[-6:][::-1]:
        if len(line) < 160 and (
            _PUBLISHED_IN.match(line) or ((one := read_byline(line, language=language)) and one.published)
        ):
            found = find_date(line, language=language, now=now)
            if found:
                return found.when
    return None


def _top(lines: list[str]) -> int:
    """How many lines may be head: up to the first that is plainly a paragraph of the body."""
    for place, line in enumerate(lines[:_WINDOW]):
        if len(line) > _LONGEST_DECK or (len(line) > 120 and len(_INNER_STOP.findall(line)) > 1):
            return place
    return min(len(lines), _WINDOW)


def _bylines(lines: list[str], top: int, language: str, now: datetime | None) -> dict[int, Byline]:
    """The byline and date lines. A bare name counts beside one of them, or between title and body."""
    own = [place for place in range(top) if not is_furniture(lines[place])]
    read = {place: one for place in own if (one := read_byline(lines[place], language=language, now=now))}
    certain = {place: one for place, one in read.items() if one.certain}
    for place in sorted(set(read) - set(certain)):
        at = own.index(place)
        reach = 1 if any(one.author for one in certain.values()) else 2  # an outlet or "Author" may stand between
        beside = any(other in certain for other in [*own[max(0, at - reach) : at], *own[at + 1 : at + 1 + reach]])
        if (beside and not _only_title(lines, place, certain, read)) or (
            not beside and 0 < at < 4 and _stands_alone(lines, place, lines[own[0]])
        ):
            certain[place] = read[place]
    return certain


def _only_title(lines: list[str], place: int, certain: dict[int, Byline], read: dict[int, Byline]) -> bool:
    """A line of capitalised words is the title, not a name, where nothing else above the body could be the title."""
    others = [
        other
        for other in range(min(_top(lines), place + 4))
        if other != place and other not in certain and not _SENTENCE_END.search(lines[other])
    ]
    has_author = any(one.author for one in certain.values())
    return (not others and place == 0) or (has_author and place == 0)


def _stands_alone(lines: list[str], place: int, first: str) -> bool:
    """A name as the line between the title or deck and the body; `first` is the first own line.

    Furniture may stand between, and the name again.
    """
    below = (line for line in lines[place + 1 : place + _WINDOW] if line != lines[place])
    following = next((line for line in below if not is_furniture(line)), "")
    words = lines[place].split()
    return (
        len(words) in (2, 3)
        and looks_like_name(lines[place])
        and len(following) > 120
        and not _SENTENCE_END.search(first)
    )


def _head_like(lines: list[str], texts: list[int], last: int, known: str) -> bool:
    """Whether the lines above a byline are a head, and not paragraphs of a body with a dated line among them."""
    ended = [place for place in texts if _FULL_STOP.search(lines[place])]
    if any(len(lines[place]) > _LONGEST_ENDED for place in ended):
        return False
    if (
        texts
        and texts[0] in ended
        and not known
        and (len(lines[texts[0]]) > 120 or _INNER_STOP.search(lines[texts[0]]))
    ):
        return False
    return len(texts) <= 5 and len(ended) <= 2 and not (texts and len(ended) == len(texts) and last > 2)


def _after(lines: list[str], start: int, top: int, count: int, *, dated: bool, known: str) -> list[int]:
    """Title and deck lines below byline and date, or where there are none: short, and without a full stop."""
    found: list[int] = []
    for place in range(start, min(top, start + 3)):
        line = lines[place]
        if is_furniture(line) or place + 1 >= len(lines) or count + len(found) >= 2:
            break
        if not _is_loose(line, first=not (count + len(found) or known)) or _is_quoted_below(line, lines, place):
            break
        is_deck = count or found or known
        if is_deck and (_NO_DECK.search(line) or not (dated or _could_be_deck(line, lines[place + 1]))):
            break
        found.append(place)
    return found


def _could_be_deck(line: str, following: str) -> bool:
    """Without a byline to end the head, a deck is told by its length and by the finished paragraph behind it."""
    return 4 <= len(line.split()) <= 25 and bool(_SENTENCE_END.search(following))


def _is_loose(line: str, *, first: bool) -> bool:
    """A line that ends as no sentence does; a title may ask or cry out."""
    if len(line) > (_LONGEST_TITLE if first else _LONGEST_DECK) or len(line.split()) > _MOST_TITLE_WORDS + 20 * (
        not first
    ):
        return False
    if first and re.search(r"[?!？！؟]$", line):
        return len(line.split()) <= 16
    return not _SENTENCE_END.search(line) and not _INNER_STOP.search(line)


def _is_quoted_below(line: str, lines: list[str], place: int) -> bool:
    words, below = re.findall(r"\w+", line.lower()), " ".join(lines[place + 1 :])[:60_000].lower()
    if len(words) < 6 or not all(word in below for word in words):
        return False
    return " ".join(words) in " ".join(re.findall(r"\w+", below))


def _name_texts(lines: list[str], texts: list[int], title: str, deck: str) -> tuple[int | None, int | None, set[int]]:
    """The places of the title, of the deck, and of all that is head: also what is known, and a kicker ("World")."""
    used = {place for place in texts if _same(lines[place], title) or _same(lines[place], deck)}
    rest = [place for place in texts if place not in used]
    named: list[int | None] = [None, None]
    if not title and len(rest) > 1 and len(lines[rest[0]].split()) <= 3 < len(lines[rest[1]].split()):
        used.add(rest.pop(0))
    if not title and rest and len(lines[rest[0]]) <= _LONGEST_TITLE:
        named[0] = rest.pop(0)
    if not deck and rest and len(lines[rest[0]]) <= _LONGEST_DECK:
        named[1] = rest.pop(0)
    return named[0], named[1], used | {place for place in named if place is not None}


def _same(line: str, known: str) -> bool:
    """Whether a line says the known title again, give or take an outlet's name or a mark."""
    mine, theirs = set(re.findall(r"\w+", line.lower())), set(re.findall(r"\w+", known.lower()))
    return bool(theirs) and len(mine & theirs) >= 0.8 * max(len(mine), len(theirs))
