"""Words → stems, so that "talks" and "talk" count as one."""

from collections.abc import Callable
from functools import cache, lru_cache

from sumy.nlp.stemmers import Stemmer, nltk_stemmers_module

# sumy's stemmers (NLTK's Snowball ones, which need no data, and its own Czech and Ukrainian), by its names. Not by its
# `Stemmer`, which loads the whole of pycountry for the name of a language.
# Its Polish and Greek ones raise without packages that it does not ask for.
_SUMY = {
    "cs": "czech", "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nb": "norwegian", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sk": "slovak",
    "sv": "swedish", "uk": "ukrainian",
}  # fmt: skip

# Arabic: light10, Larkey, Ballesteros and Connell 2002. Snowball's Arabic stemmer keeps state between calls.
_ARABIC_PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال", "و")
_ARABIC_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي")
# Hindi: the inflections of nouns, adjectives and verbs in Ramanathan and Rao 2003, the longest first.
_HINDI_SUFFIXES = (
    "ाएंगी", "ाएंगे", "ाऊंगी", "ाऊंगा", "ाइयाँ", "ाइयों", "ाइयां", "ियाँ", "ियों", "ियां", "ाएगी", "ाएगा",
    "ाओगी", "ाओगे", "एंगी", "एंगे", "ऊंगी", "ऊंगा", "ाकर", "ाना", "ाने", "ानी", "ाते", "ाती", "ाता", "तीं",
    "ओं", "ाओं", "ाएं", "ुओं", "ुएं", "ुआं", "ाए", "ाई", "ाया", "ें", "ों", "ना", "ने", "नी", "ता", "ते", "ती",
    "कर", "ो", "े", "ू", "ु", "ी", "ि", "ा",
)  # fmt: skip
# Urdu: plurals and oblique forms of nouns, and of the Arabic and Persian words in it.
_URDU_SUFFIXES = ("یوں", "یاں", "ؤں", "ئیں", "وں", "یں", "ات", "ے", "ی", "ا", "ہ")
_PERSIAN_SUFFIXES = ("‌هایی", "‌های", "‌ها", "هایی", "های", "ها", "ترین")
# Polish and Greek: case endings of nouns and adjectives.
_POLISH_SUFFIXES = (
    "owego", "owej", "owych", "owym", "ami", "ach", "ego", "emu", "owi", "iem", "iej", "ych", "ymi", "imi", "om", "ów",
    "em", "ej", "ie", "ym", "im", "ą", "ę", "a", "e", "i", "o", "u", "y",
)  # fmt: skip
_GREEK_SUFFIXES = (
    "ματος", "ματων", "ματα", "εων", "ους", "ων", "ες", "ης", "ος", "ου", "οι", "ας", "εις", "ις", "α", "η",
    "ι", "ο", "ε", "ή", "ά", "ό", "ής", "ών", "ός", "ού", "οί", "ές", "ς",
)  # fmt: skip
_INDONESIAN_SUFFIXES = ("nya", "lah", "kah")


def _without(word: str, suffixes: tuple[str, ...], keep: int) -> str:
    """`word` without the first of `suffixes` that leaves `keep` characters or more."""
    for suffix in suffixes:
        if word.endswith(suffix) and len(word) - len(suffix) >= keep:
            return word[: -len(suffix)]
    return word


def _arabic(word: str) -> str:
    for prefix in _ARABIC_PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= (3 if prefix == "و" else 2):
            word = word[len(prefix) :]
            break
    return _without(word, _ARABIC_SUFFIXES, 2)


def _turkish(word: str) -> str:
    """The first five letters: as good as a real stemmer for Turkish retrieval (Can et al. 2008)."""
    return word.partition("'")[0][:5]


_OWN: dict[str, Callable[[str], str]] = {
    "ar": _arabic,
    "az": _turkish,
    "el": lambda word: _without(word, _GREEK_SUFFIXES, 3),
    "fa": lambda word: _without(word, _PERSIAN_SUFFIXES, 2),
    "hi": lambda word: _without(word, _HINDI_SUFFIXES, 2),
    "id": lambda word: _without(word, _INDONESIAN_SUFFIXES, 4),
    "mr": lambda word: _without(word, _HINDI_SUFFIXES, 2),
    "ms": lambda word: _without(word, _INDONESIAN_SUFFIXES, 4),
    "ne": lambda word: _without(word, _HINDI_SUFFIXES, 2),
    "pl": lambda word: _without(word, _POLISH_SUFFIXES, 3),
    "tr": _turkish,
    "ur": lambda word: _without(word, _URDU_SUFFIXES, 2),
}


@cache
def stemmer(language: str) -> Callable[[str], str]:
    """The function that stems a lowercased word of `language`; the identity where there is none."""
    if language in _OWN:
        return _OWN[language]
    if language in _SUMY:
        known = _sumys(_SUMY[language])
        return lambda word: known(word) if word.islower() else word  # a number makes the Czech one warn
    return str


def _sumys(name: str) -> Callable[[str], str]:
    own: Callable[[str], str] | None = Stemmer.SPECIAL_STEMMERS.get(name)
    stem: Callable[[str], str] = own or getattr(nltk_stemmers_module, f"{name.capitalize()}Stemmer")().stem
    return stem


@lru_cache(maxsize=1 << 14)
def stem(word: str, language: str) -> str:
    """The stem of a lowercased word; the word itself where the language has no stemmer.

    Those of an article are asked for several times; `terms` remembers more words, for longer.
    """
    return stemmer(language)(word)
