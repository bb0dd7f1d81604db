"""Openings that refer back: "He", "But", "The move". Such a sentence says nothing alone.

A list per language stands beside this module, `<code>.txt`: one opening a line, in small letters. `dies*` covers every
word that begins so, `ông+` none where a name follows ("Ông Nam"), `!alors que` is an opening that a shorter line would
wrongly catch, `#` begins a comment.
"""

import re
import unicodedata
from functools import cache
from importlib import resources

from summaries.editing.alternation import factored

# Written without spaces, so that an opening ends wherever the list says.
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my"})
_TURKIC = str.maketrans({"I": "ı", "İ": "i"})
_BEFORE_WORDS = r"[\W_]*"
_LONGEST = 60


def refers_back(sentence: str, language: str) -> bool:
    """Whether the sentence opens with a word that leans on the one before it. False where the language has no list."""
    pattern = _pattern(language)
    found = pattern.match(_plain(sentence[:_LONGEST], language)) if pattern else None
    return found is not None and not (found["title"] and sentence[found.end() :].lstrip()[:1].isupper())


def _plain(text: str, language: str) -> str:
    if language in ("tr", "az"):
        text = text.translate(_TURKIC)
    return unicodedata.normalize("NFC", text).lower().replace("’", "'").replace("\u200c", " ")


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    openings = _read(language)
    if not openings:
        return None
    but = [one[1:] for one in openings if one.startswith("!")]
    titles = [one.rstrip("+") for one in openings if one.endswith("+")]
    plain = [one for one in openings if not one.startswith("!") and not one.endswith("+")]
    leaning = f"{_any_of(plain, language)}|(?P<title>{_any_of(titles, language)})"
    return re.compile(f"{_BEFORE_WORDS}(?!{_any_of(but, language)})(?:{leaning})")


def _any_of(openings: list[str], language: str) -> str:
    """Alternatives, the longest first; each a whole word, unless it ends in `*`, "'" or the language has no spaces."""
    if not openings:
        return "(?!)"
    made = (_one(opening, language) for opening in sorted(openings, key=len, reverse=True))
    return f"(?:{factored('|'.join(made))})"


def _one(opening: str, language: str) -> str:
    escaped = r"\s+".join(map(re.escape, opening.rstrip("*").split()))
    open_end = language in _UNSPACED or opening.endswith(("*", "'", "-"))
    return escaped if open_end else rf"{escaped}(?!\w|[\u0300-\u036f\u0900-\u0903\u093a-\u094f])"


@cache
def _read(language: str) -> tuple[str, ...]:
    if not (language.isascii() and language.isalpha()):
        return ()
    file = resources.files(__name__) / f"{language}.txt"
    if not file.is_file():
        return ()
    lines = (line.partition("#")[0].strip() for line in file.read_text(encoding="utf-8").splitlines())
    return tuple(_plain(line, language) for line in lines if line)
