"""A headline for an article that has none: a clause of its own best sentence."""

from collections import Counter

from summaries.editing.clauses import clauses, shortened, stands
from summaries.language import stop_words, terms, words

LONGEST = 100
_SHORTEST = 0.25  # of the longest: less is a name or a date, not a headline
_BEGINS_LATER = 0.8


def headline(sentences: list[str], language: str, *, unspaced: bool = False) -> str:
    """The clause that says most of what `sentences` (the best first) say; at most about 100 characters, verbatim.

    Where no clause is short enough, the beginning of the first sentence, with "…". Empty where there is no sentence.
    """
    most = LONGEST // 2 if unspaced else LONGEST
    often = Counter(term for sentence in sentences for term in set(_content(sentence, language)))
    for sentence in sentences:
        found = [
            (_value(clause, sentence, often, language), clause)
            for clause in clauses(sentence, most)
            if len(clause) >= most * _SHORTEST and stands(clause, language)
        ]
        if found:
            return max(found)[1]
    best = min(sentences, key=len, default="")
    return shortened(best if len(best) <= most else sentences[0], most) if sentences else ""


def _content(text: str, language: str) -> list[str]:
    stops = stop_words(language)
    return terms(" ".join(word for word in words(text, language) if word not in stops), language)


def _value(clause: str, sentence: str, often: Counter[str], language: str) -> float:
    """How much it says; a clause from the middle of the sentence says it less well."""
    said = sum(often[term] for term in set(_content(clause, language)))
    return said * (1.0 if sentence.startswith(clause) else _BEGINS_LATER)
