"""Ground floor: which language a text is in, its sentences, and its words.

Everything works offline and for any text: a language without rules of its own gets the general ones, never an error.
Languages are ISO 639-1 codes, or "und". Offsets are code points of the text that was given.
"""

from summaries.language.identity import direction, identify
from summaries.language.sentences import split
from summaries.language.stems import stem
from summaries.language.stops import stop_words
from summaries.language.sumy_tokenizer import Tokenizer
from summaries.language.terms import Token, count_words, spelt_terms, terms, tokens, words

__all__ = [
    "Token",
    "Tokenizer",
    "count_words",
    "direction",
    "identify",
    "spelt_terms",
    "split",
    "stem",
    "stop_words",
    "terms",
    "tokens",
    "words",
]
