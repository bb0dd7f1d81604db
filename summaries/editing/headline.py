"""A headline for an article that has none: a clause of its own best sentence."""

from collections import Counter

from summaries.editing.clauses import clauses, shortened, stands, unstopped
from summaries.language import stem, stop_words, words

LONGEST = 100
_SHORTEST = 0.25  # of the longest: less is a name or a date, not a headline
_BEGINS_LATER = 0.8
_BEST = 3
_MOST_OF_IT, _PART_OF_IT = 0.5, 0.2  # of what the best sentence says: less is an aside


def headline(sentences: list[str], language: str, *, unspaced: bool = False) -> str:
    """The clause that says most of what `sentences` (the best first) say; at most about 100 characters, verbatim.

    Where no clause is short enough, the beginning of the first sentence, with "…". Empty where there is no sentence.
    """
    if not sentences:
        return ""
    most = LONGEST // 2 if unspaced else LONGEST
    often = Counter(term for sentence in sentences for term in set(_content(sentence, language)))
    whole = max(_said(sentence, often, language) for sentence in sentences[:_BEST])
    tries = [(sentence, _MOST_OF_IT) for sentence in sentences[:_BEST]] + [(sentences[0], _PART_OF_IT)]
    for sentence, share in tries:
        found = [
            (value, clause)
            for clause in clauses(sentence, most)
            if len(clause) >= most * _SHORTEST and stands(clause, language)
            if (value := _value(clause, sentence, often, language)) >= share * whole
        ]
        if found:
            return max(found)[1]
    return shortened(unstopped(sentences[0]), most)


def _content(text: str, language: str) -> list[str]:
    stops = stop_words(language)
    return [stem(word, language) for word in words(text, language) if word not in stops]


def _said(text: str, often: Counter[str], language: str) -> int:
    return sum(often[term] for term in set(_content(text, language)))


def _value(clause: str, sentence: str, often: Counter[str], language: str) -> float:
    """How much it says. From the middle it says it less well, and with a small letter it is no headline."""
    if sentence.startswith(clause):
        return _said(clause, often, language)
    return -1 if clause[0].islower() else _BEGINS_LATER * _said(clause, often, language)
