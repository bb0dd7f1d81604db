"""Text → words, for measuring; and → terms, for finding: normalised, stemmed, alike in documents and in queries."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import msgspec

from summaries.language.scripts import JOINERS, UNSPACED, marks
from summaries.language.stems import stem

_CACHED_TERMS = 50_000  # of a language, about 12 MB: nearly every word of its newspapers

# What readers type in several ways, as one letter: Arabic, Persian and Urdu keyboards; vowel signs and tatweel go.
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("يىئےۓ", "ی"),
        **dict.fromkeys("هةۃۀۂەہ", "ہ"),
        "ك": "ک",
        "ؤ": "و",
        "ـ": None,
        "ء": None,
        "ё": "е",
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ँ": "ं",
        "़": None,
        "⁄": None,  # within ½, which NFKC writes out
        **dict.fromkeys(JOINERS, None),
    }
)
_TURKIC_CAPITALS = str.maketrans({"I": "ı", "İ": "i"})
# Accents that readers leave out go with their letter; й and its like are letters, and Indic vowels are the word itself.
_LATIN_OR_GREEK_ACCENT = re.compile(r"(?<=[a-z\u0370-\u03ff])[\u0300-\u036f]+")
_SEMITIC_VOWELS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]+")

# Marks that make an English text one of other letters; none is part of a word but the apostrophe.
_MARKS = (("’", "'"), *((mark, " ") for mark in "“”‘–—…•£€©\xa0"))
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+(?:'(?i:s|t|re|ve|ll|d|m)(?![A-Za-z0-9]))?")


class Token(msgspec.Struct, frozen=True, gc=False):
    """A term, and where it was found: code points `start` to `end` of the text as it was given."""

    term: str
    start: int
    end: int


@cache
def _word() -> re.Pattern[str]:
    """A run of letters, digits and marks, of unspaced scripts or of the others.

    An apostrophe belongs to the word in English clitics ("don't", "Ali's") and inside Cyrillic ("комп'ютер");
    elsewhere it parts them ("l'État", "Ankara'da"). One rule for all languages, since a query does not say its own.
    """
    letter, mark = rf"[^\W_{UNSPACED}]", f"[{marks()}{JOINERS}]"
    clitic = rf"(?:['’ʼ＇](?:(?i:s|t|re|ve|ll|d|m)(?!{letter}|{mark})|(?=[\u0400-\u04ff]){letter}+))?"
    spaced = f"{letter}+(?:{mark}+{letter}*)*{clitic}"
    return re.compile(f"{spaced}|[{UNSPACED}][{UNSPACED}{marks()}]*")


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(rf"[{UNSPACED}][{marks()}\uff9e\uff9f]*")


def _bigrams(run: str) -> Iterator[tuple[int, int]]:
    """The character bigrams of an unspaced run; a character alone stays itself."""
    found = [match.span() for match in _unspaced().finditer(run)]
    if len(found) == 1:
        yield found[0]
    for (start, _), (_, end) in pairwise(found):
        yield start, end


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for match in _word().finditer(text):
        start, end = match.span()
        if _unspaced().match(text, start):
            for a, b in _bigrams(text[start:end]):
                yield start + a, start + b
        else:
            yield start, end


def _plainer(text: str) -> str:
    """The same words in ASCII, each in its place, where only marks keep the text from being ASCII."""
    if text.isascii():
        return text
    plainer = text
    for mark, plain in _MARKS:
        plainer = plainer.replace(mark, plain)
        if plainer.isascii():  # which costs nothing to ask, and most texts have but two or three of the marks
            return plainer
    return text


def _written(text: str) -> list[str]:
    """The words as they stand, but for their apostrophes. Most texts have no unspaced script, and then the pattern
    alone does it; the one for ASCII finds the same as the other, three times as fast."""
    text = _plainer(text)
    if text.isascii():
        return _ASCII_WORD.findall(text)
    if _unspaced().search(text):
        return [text[start:end] for start, end in _spans(text)]
    return _word().findall(text)


def _lower(word: str, language: str) -> str:
    if language in ("tr", "az"):
        word = word.translate(_TURKIC_CAPITALS)
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", word).lower().replace("’", "'").replace("ʼ", "'").replace("＇", "'")


def words(text: str, language: str) -> list[str]:
    """Lowercased NFKC words of every script, marks included; of unspaced scripts the character bigrams."""
    return _written(_lower(text, language))


def count_words(text: str, language: str) -> int:
    """How long a text is to a reader, in words; two characters of an unspaced script count as one word."""
    if text.isascii() or not _unspaced().search(text):
        return len(_written(text))
    runs = _word().findall(text)
    unspaced = sum(len(_unspaced().findall(run)) for run in runs if _unspaced().match(run))
    return sum(not _unspaced().match(run) for run in runs) + (unspaced + 1) // 2


def _fold(term: str) -> str:
    """Letters and digits as readers type them."""
    bare = _SEMITIC_VOWELS.sub("", _LATIN_OR_GREEK_ACCENT.sub("", unicodedata.normalize("NFD", term)))
    letters = unicodedata.normalize("NFC", bare).translate(_LETTERS)
    if letters.isascii():
        return letters
    return "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in letters if not c.isspace())


class _Terms(dict[str, str]):
    """Word as written → term, remembered; "" where nothing is left of it."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, word: str) -> str:
        if len(self) >= _CACHED_TERMS:
            self.clear()
        term = self[word] = self._made(word)
        return term

    def _made(self, word: str) -> str:
        lowered = _lower(word, self._language).removesuffix("'s")
        return _fold(stem(lowered, self._language).casefold())


@cache
def _terms(language: str) -> _Terms:
    return _Terms(language)


def tokens(text: str, language: str) -> list[Token]:
    """The terms of a text and their places, in order. Offsets are of `text` itself, so they mark what was typed."""
    known, text = _terms(language), _plainer(text)
    if text.isascii() or not _unspaced().search(text):
        pattern = _ASCII_WORD if text.isascii() else _word()
        return [Token(term, *match.span()) for match in pattern.finditer(text) if (term := known[match[0]])]
    found = (Token(known[text[start:end]], start, end) for start, end in _spans(text))
    return [token for token in found if token.term]


def terms(text: str, language: str) -> list[str]:
    """The same terms without their places, for filling an index quickly."""
    return list(filter(None, map(_terms(language).__getitem__, _written(text))))


def spelt_terms(text: str, language: str) -> list[tuple[str, str]]:
    """The same terms, each with its word as it stands there but for curly apostrophes, which become straight."""
    known = _terms(language)
    return [(term, word) for word in _written(text) if (term := known[word])]
