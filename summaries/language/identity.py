"""Which language a text is in: by its script where that names one, by what the page declares, else by py3langid."""

from collections import Counter
from typing import Literal

from summaries.language.scripts import scripts_in
from summaries.language.stops import stop_words
from summaries.language.terms import words
from summaries.models import UNKNOWN_LANGUAGE

_SAMPLE = 1_500
_FEWEST_LETTERS = 24  # py3langid calls "OK" Afrikaans
_ORDINARY_SHARE = 0.15  # of stop words: an English text has 40 % of English ones, a French text 5 % of them

_ONE_LANGUAGE = {
    "Armenian": "hy", "Bengali": "bn", "Ethiopic": "am", "Georgian": "ka", "Greek": "el", "Gujarati": "gu",
    "Gurmukhi": "pa", "Han": "zh", "Hangul": "ko", "Hebrew": "he", "Kana": "ja", "Kannada": "kn", "Khmer": "km",
    "Lao": "lo", "Malayalam": "ml", "Myanmar": "my", "Oriya": "or", "Sinhala": "si", "Tamil": "ta", "Telugu": "te",
    "Thai": "th", "Tibetan": "bo",
}  # fmt: skip
_SEVERAL = {
    "Arabic": ("ar", "fa", "ur", "ps", "sd", "ug", "ku"),
    "Cyrillic": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "tt", "ba", "uz"),
    "Devanagari": ("hi", "mr", "ne", "sa"),
}
# Of another script than Latin; Serbian, Uzbek and Kurdish are written in both.
_NAMED = {*_ONE_LANGUAGE.values(), *(one for group in _SEVERAL.values() for one in group)} - {"sr", "uz", "ku"}
_ALSO = {"Han": ("ja", "ko"), "Kana": (), "Hebrew": ("yi",), "Bengali": ("as",), "Ethiopic": ("ti",)}
# Letters that other languages of the script do without, for texts too short for the model; "": any text.
_TELLING = {
    "Arabic": (("ps", "ټډړښې"), ("ur", "ٹڈڑںے"), ("fa", "پچژگ")),
    "Cyrillic": (("uk", "їєґ"), ("ru", "ыэё")),
    "Devanagari": (("mr", "ळ"), ("hi", "")),
}
_OLD_CODES = {"iw": "he", "in": "id", "ji": "yi", "nb": "no", "nn": "no"}
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur", "ps", "sd", "ug", "he", "yi", "dv", "ckb"})


def identify(text: str, *, hint: str = "") -> str:
    """ISO 639-1 code of the language of `text`, or "und" where it is too short to tell.

    `hint` is the declared language ("en-GB"). It wins unless the text speaks against it: templates declare English
    above articles in any language.
    """
    sample = text[:_SAMPLE]
    declared = _code(hint)
    scripts = scripts_in(sample)
    letters, script = scripts.total(), _main_script(scripts)
    if not script:
        return declared or UNKNOWN_LANGUAGE
    if declared and _plausible(declared, script, sample, letters):
        return declared
    if script in _ONE_LANGUAGE:
        return _ONE_LANGUAGE[script]
    return _by_model(sample, script, letters)


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Which way the language is written."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


def _code(hint: str) -> str:
    code = hint.strip().replace("_", "-").partition("-")[0].lower()
    return _OLD_CODES.get(code, code) if len(code) == 2 and code.isalpha() and code.isascii() else ""


def _main_script(found: Counter[str]) -> str:
    """The script of most letters; a tenth of kana among Han is Japanese."""
    if not found:
        return ""
    if found["Kana"] * 10 >= found["Han"] + found["Kana"] and found["Kana"]:
        found["Kana"] += found.pop("Han", 0)
    return found.most_common(1)[0][0]


def _plausible(code: str, script: str, sample: str, letters: int) -> bool:
    if script in _ONE_LANGUAGE:
        return code == _ONE_LANGUAGE[script] or code in _ALSO.get(script, ())
    if script in _SEVERAL:
        return code in _SEVERAL[script] and (letters < _FEWEST_LETTERS or _ordinary(code, sample))
    return code not in _NAMED and (letters < _FEWEST_LETTERS or _ordinary(code, sample))


def _ordinary(code: str, sample: str) -> bool:
    """Whether the text uses the everyday words of the language as a text in it would."""
    known, found = stop_words(code), words(sample, code)
    return bool(found) and sum(map(known.__contains__, found)) >= _ORDINARY_SHARE * len(found)


def _by_model(sample: str, script: str, letters: int) -> str:
    if letters < _FEWEST_LETTERS:
        return next((code for code, letters in _TELLING.get(script, ()) if _has_any(sample, letters)), UNKNOWN_LANGUAGE)
    import py3langid  # 90 MB and most of a second: only where script and declaration leave it open

    possible = _SEVERAL.get(script)
    for code, _ in py3langid.rank(sample):
        code = _OLD_CODES.get(code, code)
        if len(code) == 2 and (code in possible if possible else code not in _ONE_LANGUAGE.values()):
            return str(code)
    return UNKNOWN_LANGUAGE


def _has_any(sample: str, letters: str) -> bool:
    return not letters or any(letter in sample for letter in letters)
