"""Sentences that an article has twice: pull quotes, captions, and quotes pasted into the text without a full stop."""

from collections import Counter, defaultdict
from functools import cache, cached_property
from itertools import chain, pairwise

import msgspec

from summaries.language import Token, spelt_terms, stop_words, terms, tokens

ALIKE = 0.7
"""Share of the shorter sentence's words that makes a near-duplicate."""
_FEWEST_WORDS = 5
_FEWEST_TELLING = 3
_CANDIDATES = 40
"""How many look-alikes are compared with a sentence, so that an article of one sentence repeated stays linear."""
_PLACES = 12
"""And with so many places of the same words a passage is compared, to find a paste."""

_LEAD = 3
"""An opening sentence that is told again later, in other words, stays, and the later one goes."""
_LONGEST, _LONGEST_TEXT = 300, 4000
_PASTE_WORDS = 6
_REST_WORDS = 4
_AUXILIARIES = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "will",
        "would",
        "must",
        "should",
        "can",
        "could",
        "may",
        "might",
        "do",
        "does",
        "did",
        "cannot",
    ]
)
_Index = dict[tuple[str, ...], list[tuple[int, int]]]


class Paste(msgspec.Struct, frozen=True):
    """What is wrong with a sentence: all of it is a repeat (`start` is None), or its own words begin at `start`."""

    start: int | None = None


class _Sentence:
    """A sentence's terms, for comparing: all of them in order, and the set of the telling ones (no stop words)."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self._language = language
        self.terms = terms(text[:_LONGEST_TEXT], language)[:_LONGEST]
        self.fours = list(zip(self.terms, self.terms[1:], self.terms[2:], self.terms[3:], strict=False))
        self.all = frozenset(self.terms)
        usual = _usual(language)
        self._usual = usual
        self.telling = frozenset([term for term in self.all - usual if len(term) > 1])

    @cached_property
    def tokens(self) -> list[Token]:
        """The places of `terms`, which only a sentence with words in common is asked for."""
        return tokens(self.text[:_LONGEST_TEXT], self._language)[:_LONGEST]

    @cached_property
    def words(self) -> list[str]:
        """The words of `terms` as they stand, six times as fast as their places."""
        return [word for _, word in spelt_terms(self.text[:_LONGEST_TEXT], self._language)[:_LONGEST]]

    def usual_at(self, at: int) -> bool:
        """Whether an everyday word stands there."""
        return self.terms[at] in self._usual

    def has_verb(self, at: int) -> bool:
        """Whether one of the English auxiliaries comes soon after, so that a clause begins there."""
        return any(self.text[token.start : token.end].lower() in _AUXILIARIES for token in self.tokens[at + 1 : at + 8])


def repeats(sentences: list[str], language: str) -> dict[int, Paste]:
    """Which sentences to leave out or to begin later, by their place.

    Of two that share 70 % of the words of the shorter, the longer stays, or the later of two equally long: a pull
    quote is cut down, and stands before the place that it is taken from. A sentence that begins with a copy of another
    and then runs on with a capital was spliced: it keeps its own words.
    """
    prepared = {place: _Sentence(text, language) for place, text in enumerate(sentences)}
    found = {place: Paste() for place in _same(prepared)}
    found |= _splices({place: one for place, one in prepared.items() if place not in found})
    for place, paste in found.items():
        own = prepared.pop(place)
        if paste.start is not None:
            prepared[place] = _Sentence(own.text[paste.start :], language)
    for place in _duplicates(prepared):
        found[place] = Paste()
    return found


def _same(sentences: dict[int, _Sentence]) -> list[int]:
    """The sentences that come again word for word, however short."""
    said = {place: tuple(one.terms) for place, one in sentences.items()}
    last = {terms: place for place, terms in said.items()}
    return [place for place, terms in said.items() if terms and last[terms] != place]


@cache
def _usual(language: str) -> frozenset[str]:
    return frozenset(token.term for token in tokens(" ".join(stop_words(language)), language))


def _duplicates(sentences: dict[int, _Sentence]) -> list[int]:
    counts = Counter(chain.from_iterable(one.telling for one in sentences.values()))
    recurring = frozenset([term for term, count in counts.items() if count > 1])
    order = sorted(
        (place for place, one in sentences.items() if len(one.all) >= _FEWEST_WORDS),
        key=lambda place: (-len(sentences[place].terms), -place),
    )
    index: dict[str, list[int]] = defaultdict(list)
    dropped = []
    for place in order:
        one = sentences[place]
        shared = one.telling & recurring
        twin = next((other for other in _candidates(one, shared, index, counts) if _alike(one, sentences[other])), None)
        if twin is not None and (place >= _LEAD or place > twin or _is_copy(one, sentences[twin])):
            dropped.append(place)
            continue
        if twin is not None:
            dropped.append(twin)
        for term in shared if one.telling else one.all:  # a telling term of one sentence is looked up by no other
            index[term].append(place)
    return dropped


def _candidates(one: _Sentence, shared: frozenset[str], index: dict[str, list[int]], counts: Counter[str]) -> list[int]:
    """Sentences that share one of the rarest terms: with 70 % in common, at least one of the rarest 30 % + 1 is."""
    if len(one.telling) >= _FEWEST_TELLING and len(shared) < ALIKE * len(one.telling):
        return []
    rare = sorted(one.telling or one.all, key=lambda term: (counts[term], term))
    probes = rare[: int((1 - ALIKE) * len(rare)) + 1]
    found: dict[int, None] = {}
    for term in probes:
        found.update(dict.fromkeys(index.get(term, ())[:_CANDIDATES]))
        if len(found) >= _CANDIDATES:
            break
    return list(found)


def _alike(shorter: _Sentence, longer: _Sentence) -> bool:
    """70 % of the words, and of the telling words; with few telling words, the same word pairs, too: "He said it was"
    is in many a long sentence."""
    if len(shorter.all & longer.all) < ALIKE * len(shorter.all):
        return False
    if len(shorter.telling) >= _FEWEST_TELLING:
        return len(shorter.telling & longer.telling) >= ALIKE * len(shorter.telling)
    return _is_copy(shorter, longer)


def _is_copy(shorter: _Sentence, longer: _Sentence) -> bool:
    """Whether the words are the same and in the same order, and not only told again."""
    pairs = set(pairwise(shorter.terms))
    return len(pairs & set(pairwise(longer.terms))) >= ALIKE * len(pairs)


def _splices(sentences: dict[int, _Sentence]) -> dict[int, Paste]:
    index = _index(sentences)
    found = {}
    for place, one in sentences.items():
        if len(one.terms) <= _PASTE_WORDS or index.keys().isdisjoint(one.fours):
            continue
        if paste := _splice(place, one, sentences, index):
            found[place] = paste
    return found


def _index(sentences: dict[int, _Sentence]) -> _Index:
    """Where four words in a row stand that stand in several places; in most articles there are none."""
    counts = Counter(chain.from_iterable(one.fours for one in sentences.values()))
    index: _Index = {four: [] for four, count in counts.items() if count > 1}
    for place, one in sentences.items() if index else ():
        for at, four in enumerate(one.fours):
            if four in index:
                index[four].append((place, at))
    return index


def _splice(place: int, one: _Sentence, sentences: dict[int, _Sentence], index: _Index) -> Paste | None:
    for at, four in enumerate(one.fours[: len(one.terms) - _PASTE_WORDS + 1]):
        places = index.get(four)
        if not places or (at > 2 and not _opens_amid(one, at)):
            continue
        for other, there in places[:_PLACES]:
            if other == place:
                if there > at and (again := _stutter(one, at, there)):
                    return again
            elif at > 2 and there > 1:  # a name in common, as of a ministry, not another sentence's beginning
                continue
            elif paste := _judge(one, at, sentences[other], there):
                return paste
    return None


def _stutter(one: _Sentence, at: int, there: int) -> Paste | None:
    """A paste right before the very words that it was taken from."""
    alike = one.terms[at:there] == one.terms[there : 2 * there - at]
    start = _with_quote(one.text, one.tokens[there].start)
    if not alike or there - at < _PASTE_WORDS or one.text[one.tokens[there - 1].end : start].strip():
        return None
    return Paste(start) if _begins(one.text[one.tokens[there].start]) else None


def _begins(mark: str) -> bool:
    """A capital, or a letter of a script that has none."""
    return mark.isupper() or (mark.isalpha() and mark.lower() == mark.upper())


def _opens_amid(one: _Sentence, at: int) -> bool:
    """Whether an everyday word stands with a capital in mid-sentence, with no mark before it: "…along the We need…"."""
    if at >= len(one.terms) or not one.usual_at(at) or not one.words[at][0].isupper():
        return False
    start = one.tokens[at].start
    return one.text[start - 2 : start - 1].isalnum()


def _run(mine: list[str], at: int, theirs: list[str], there: int) -> tuple[int, int]:
    """How far both go on alike behind the four words that are, over at most two that one of them lacks or changes."""
    end, stop = at + 4, there + 4
    while end < len(mine) and stop < len(theirs):
        if mine[end] == theirs[stop]:
            end, stop = end + 1, stop + 1
            continue
        step = _resume(mine, end, theirs, stop)
        if not step:
            break
        end, stop = step
    return end, stop


def _resume(mine: list[str], end: int, theirs: list[str], stop: int) -> tuple[int, int] | None:
    for skip, miss in ((0, 1), (1, 0), (1, 1), (0, 2), (2, 0), (2, 2)):
        here, beyond = end + skip, stop + miss
        if mine[here : here + 1] == theirs[beyond : beyond + 1]:
            ahead = mine[here : here + 2]
            if len(ahead) == 2 and ahead == theirs[beyond : beyond + 2]:
                return here, beyond
    return None


def _judge(one: _Sentence, at: int, other: _Sentence, there: int) -> Paste | None:
    """A paste is six words or more, most of the other sentence or up to its end, and runs on without a mark.

    What follows it is the sentence's own if it opens one; else all of it is left out: its halves say nothing alone.
    """
    end, stop = _run(one.terms, at, other.terms, there)
    words = end - at
    covers = words >= ALIKE * len(other.terms) or (stop >= len(other.terms) and words >= _PASTE_WORDS + 2)
    amid = at > 2
    if words < _PASTE_WORDS or not (covers or (words >= _PASTE_WORDS + 2 and amid) or _opens_amid(one, end)):
        return None
    if end == len(one.terms):
        return Paste() if amid else None
    start = _with_quote(one.text, one.tokens[end].start)
    if one.text[one.tokens[end - 1].end : start].strip():
        return None
    return _rest(one, end, start, amid=amid, complete=there == 0 and stop >= len(other.terms))


def _rest(one: _Sentence, end: int, start: int, *, amid: bool, complete: bool) -> Paste | None:
    first = one.text[one.tokens[end].start]
    if first.isupper():
        whole = len(one.terms) - end >= _REST_WORDS and (one.usual_at(end) or one.has_verb(end))
        return Paste(start) if whole else Paste()
    if first.lower() == first.upper():  # a script without capitals: only a copy to the last word, and a new subject
        opens = complete and len(one.terms) - end >= _REST_WORDS and not one.usual_at(end) and first.isalpha()
        return Paste(start) if opens else None
    return Paste() if amid else None


def _with_quote(text: str, start: int) -> int:
    while start and text[start - 1] in "\"“‘'«([¿¡":
        start -= 1
    return start
