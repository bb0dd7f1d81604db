"""The briefings from which digests are chosen, prepared once for all readers: their words, their stories, their weight.

A thousand readers who are due in the same minute differ in little; what is the same for all of them is worked out here.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import Literal

import msgspec
from msgspec.structs import force_setattr

from summaries.language import terms
from summaries.language.scripts import UNSPACED
from summaries.models import Taste

Refusal = Literal["withdrawn", "language", "source", "tag"]

_ALONE = re.compile(f"[{UNSPACED}]")
_RATHER_LATER = frozenset(("opinion", "analysis"))
_SETTINGS = 1_000
"""Readers' settings whose effect is remembered for others who have the same."""
_VARIANTS = 20_000
"""Stories, as they are to some readers, that are remembered so."""


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A briefing as a choice sees it. `story` is the one it belongs to by now, 0 for none.

    `outlet` and `copies` are outlets, casefolded; `tags` too. `said` are the terms of its headline and sentences,
    between spaces. One that was withdrawn says nothing. `subject` is its story, else itself, below zero; `speaker` is
    whose voice it is: the source's, else the outlet's.
    """

    id: int
    story: int = 0
    source: int = 0
    outlet: str = ""
    copies: tuple[str, ...] = ()
    language: str = "und"
    tags: frozenset[str] = frozenset()
    kind: str = "report"
    said: str = ""
    subject: int = 0
    speaker: str = ""

    def __post_init__(self) -> None:
        force_setattr(self, "subject", self.story or -self.id)
        force_setattr(self, "speaker", str(self.source or self.outlet))


def said(texts: Iterable[str], language: str) -> str:
    """Terms between spaces, so that whole words and phrases are found in it; no phrase reaches over two texts."""
    return "".join(f" {' '.join(terms(text, language))} \n" for text in texts)


@dataclass(frozen=True, slots=True)
class Tale:
    """What there is to tell of a story: its briefings, best first. `weight` orders tales, the heaviest first.

    `alone` is the one voice that tells it, empty where several do. `known`: its reader was told of it before.
    """

    subject: int
    members: tuple[Candidate, ...]
    weight: tuple[int, ...]
    alone: str
    outlets: int
    known: bool = False
    followed: bool = False


class Lately:
    """The candidates with ids over a certain one."""

    def __init__(self, found: Sequence[Candidate]) -> None:
        self.found = found
        self.subjects = {one.id: one.subject for one in found}
        self.read = sum(1 + len(one.copies) for one in found)
        self._written = Counter(one.speaker for one in found)
        self._refused: dict[object, Mapping[int, Refusal]] = {}
        self._variants: dict[object, tuple[Tale | None, tuple[int, ...], object]] = {}
        self.of: dict[int, list[Candidate]] = {}
        for one in found:
            self.of.setdefault(one.subject, []).append(one)

    @cached_property
    def tales(self) -> tuple[Tale, ...]:
        """Each story as it is to somebody who was told nothing, and has set nothing; the heaviest first."""
        return tuple(sorted((self._tale(members, {}) for members in self.of.values()), key=lambda tale: tale.weight))

    def to_whom(
        self, subject: int, without: frozenset[int], new: Mapping[int, int] | None, *, followed: bool
    ) -> tuple[Tale | None, tuple[int, ...]]:
        """A story to somebody to whom some of its briefings are nothing, and those that add nothing to what they know.

        `new` says how much each adds, to somebody who was told of the story; the same object for the same mark.
        """
        key = (subject, without, id(new), followed)
        if key not in self._variants:
            if len(self._variants) >= _VARIANTS:
                self._variants.clear()
            members = [one for one in self.of[subject] if one.id not in without]
            adding = [one for one in members if new is None or new.get(one.id)]
            tale = self._tale(adding, new or {}, known=new is not None, followed=followed) if adding else None
            self._variants[key] = tale, tuple(one.id for one in members if one not in adding), new
        return self._variants[key][:2]

    def _tale(
        self, members: Sequence[Candidate], new: Mapping[int, int], *, known: bool = False, followed: bool = False
    ) -> Tale:
        """What is followed weighs most; then what is most widely carried, by independent outlets, then with copies;
        then what comes from a quiet source; then the newest."""
        ordered = sorted(members, key=lambda one: _rank(one, new.get(one.id, 0)))
        speakers = {one.speaker for one in members}
        independent = {one.outlet or one.speaker for one in members}
        carried = independent.union(*(one.copies for one in members))
        weight = (
            not followed,
            -len(independent),
            -len(carried),
            min(self._written[speaker] for speaker in speakers),
            -max(one.id for one in members),
        )
        alone = next(iter(speakers)) if len(speakers) == 1 else ""
        return Tale(ordered[0].subject, tuple(ordered), weight, alone, len(carried), known, followed)

    def refused(self, taste: Taste) -> Mapping[int, Refusal]:
        """Those that a reader's settings keep out, words apart, and why."""
        key = (taste.languages, taste.sources, taste.not_sources, taste.tags, taste.not_tags)
        if key not in self._refused:
            if len(self._refused) >= _SETTINGS:
                self._refused.clear()
            reasons = ((one.id, _refusal(one, taste)) for one in self.found)
            self._refused[key] = {id: reason for id, reason in reasons if reason is not None}
        return self._refused[key]


class Candidates:
    """Briefings in order of ids, whichever order they were given in."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self.all = sorted(candidates, key=lambda one: one.id)
        self.highest = self.all[-1].id if self.all else 0
        self._by_id = {one.id: one for one in self.all}
        self._with: dict[str, dict[str, list[int]]] = {}
        self._holding: dict[tuple[str, str], frozenset[int]] = {}
        self._speaking: dict[str, frozenset[int]] = {}
        self._lately: dict[int, Lately] = {}
        for one in self.all:
            known = self._with.setdefault(one.language, {})
            for term in set(one.said.split()):
                known.setdefault(term, []).append(one.id)

    def after(self, id: int) -> Lately:
        found = self._lately.get(id)
        if found is None:
            found = self._lately[id] = Lately([one for one in self.all if one.id > id])
        return found

    def speaking_of(self, words: str) -> frozenset[int]:
        """The ids of those that have these words, one after the other, in whatever form the language gives them."""
        found = self._speaking.get(words)
        if found is None:
            found = self._speaking[words] = frozenset(chain.from_iterable(self._having(words)))
        return found

    def _having(self, words: str) -> Iterator[Iterable[int]]:
        for language, known in self._with.items():
            found = _terms(words, language)
            if len(found) == 1 and _ALONE.fullmatch(found[0]):  # texts are read in pairs of such characters
                yield (one.id for one in self.all if one.language == language and found[0] in one.said)
            elif len(found) == 1:
                yield known.get(found[0], ())
            elif found:
                phrase = f" {' '.join(found)} "
                yield (id for id in self._with_all(language, found) if phrase in self._by_id[id].said)

    def _with_all(self, language: str, found: Sequence[str]) -> frozenset[int]:
        """Those that have all of these terms, wherever. The terms that readers ask for are few, and often the same."""
        for term in found:
            if (language, term) not in self._holding:
                self._holding[language, term] = frozenset(self._with[language].get(term, ()))
        return frozenset.intersection(*(self._holding[language, term] for term in found))


def _rank(one: Candidate, adds: int) -> tuple[int, bool, int, int]:
    """Of the briefings of a story: what adds most, reports first, the most copied, the newest."""
    return -adds, one.kind in _RATHER_LATER, -len(one.copies), -one.id


def _refusal(one: Candidate, taste: Taste) -> Refusal | None:
    if not one.said:
        return "withdrawn"
    if taste.languages and one.language not in taste.languages:
        return "language"
    if (taste.sources and one.source not in taste.sources) or one.source in taste.not_sources:
        return "source"
    tags, not_tags = _folded(taste.tags), _folded(taste.not_tags)
    return "tag" if (tags and not tags & one.tags) or not_tags & one.tags else None


@lru_cache(1024)
def _folded(tags: tuple[str, ...]) -> frozenset[str]:
    return frozenset(tag.casefold() for tag in tags)


@lru_cache(10_000)
def _terms(words: str, language: str) -> tuple[str, ...]:
    return tuple(terms(words, language))
