"""The choice of a digest for one reader: which stories it tells, in which order, and why each other was left out. Pure.

Candidates are prepared once for all readers (`Candidates`); a choice looks at those that came after the reader's last
digest. `docs/digests.md` tells the rules with an example.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from summaries.language import terms
from summaries.language.scripts import UNSPACED
from summaries.models import Pick, Taste, ToldTopic

PER_SOURCE = 3
"""Stories in a digest that only one source carries, and all the same one, while others have something to tell."""
TOGETHER = 5
"""Briefings by which one story is told at most."""
RESTING = 20
"""Stories left for lack of room that are named."""

Reason = Literal[
    "withdrawn", "language", "source", "tag", "muted", "told", "not new", "covered", "not followed", "resting", "room"
]
"""Why a briefing is not in a digest. "told": this very one was told; "not new": its story was, and it adds nothing;
"covered": others of the same digest tell its story; "resting": its story came at once a little while ago; "room": its
story weighs less than as many as there is room for."""

News = Mapping[tuple[int, int], Mapping[int, int]]
"""For a story and the newest briefing id that was told of it: how many statements of each later briefing are new."""

_ALONE = re.compile(f"[{UNSPACED}]")
_OFTEN_OPINION = frozenset(("opinion", "analysis"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A briefing as a choice sees it. `story` is the one it belongs to by now, 0 for none.

    `outlet` and `copies` are outlets, casefolded; `tags` too. `said` are the terms of its headline and sentences,
    between spaces. One that was withdrawn says nothing.
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

    @property
    def subject(self) -> int:
        """Its story, else itself, below zero."""
        return self.story or -self.id

    @property
    def speaker(self) -> str:
        """Whose voice it is: the source's, else the outlet's."""
        return str(self.source or self.outlet)


def said(texts: Iterable[str], language: str) -> str:
    """Terms between spaces, so that whole words and phrases are found in it; no phrase reaches over two texts."""
    return "".join(f" {' '.join(terms(text, language))} \n" for text in texts)


class Candidates:
    """Briefings in order of ids, and which of them speak of a subject; that is looked up once for all readers."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self.all = sorted(candidates, key=lambda one: one.id)
        self.highest = self.all[-1].id if self.all else 0
        self._of: dict[str, frozenset[int]] = {}

    def of(self, subject: str) -> frozenset[int]:
        """The ids of those that have these words, one after the other, in whatever form the language gives them."""
        if subject not in self._of:
            self._of[subject] = frozenset(one.id for one in self.all if speaks_of(one, subject))
        return self._of[subject]

    def after(self, id: int) -> list[Candidate]:
        return self.all if not self.all or self.all[0].id > id else [one for one in self.all if one.id > id]


@lru_cache(10_000)
def _phrase(subject: str, language: str) -> str:
    found = terms(subject, language)
    if len(found) == 1 and _ALONE.fullmatch(found[0]):  # texts are read in pairs of such characters
        return found[0]
    return f" {' '.join(found)} " if found else ""


def speaks_of(candidate: Candidate, subject: str) -> bool:
    phrase = _phrase(subject, candidate.language)
    return bool(phrase) and phrase in candidate.said


@dataclass(frozen=True, slots=True)
class LeftOut:
    briefing: int
    reason: Reason


@dataclass(frozen=True)
class Choice:
    """`picks` in the order in which they are told. Each candidate is in one of them, or among `left`.

    `more` stories were left for lack of room, the first of which have `rest` as their best briefings; `read` articles
    were read, copies counted. `upto` is the newest candidate. `marks` are the stories of `picks`, each with the newest
    briefing that they cover.
    """

    picks: tuple[Pick, ...] = ()
    left: tuple[LeftOut, ...] = ()
    more: int = 0
    rest: tuple[int, ...] = ()
    read: int = 0
    upto: int = 0
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def reasons(self) -> tuple[tuple[Reason, int], ...]:
        """How many were left out for each reason, the most frequent first."""
        counts = Counter(one.reason for one in self.left)
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


@dataclass(slots=True)
class _Tale:
    """What is new of one story to this reader."""

    subject: int
    members: list[Candidate] = field(default_factory=list)
    known: bool = False
    followed: bool = False
    weight: tuple[int, ...] = ()
    alone: str = ""


def choose(
    candidates: Candidates,
    taste: Taste,
    told: ToldTopic,
    *,
    most: int,
    after: int = 0,
    news: News | None = None,
    only_followed: bool = False,
    resting: frozenset[int] = frozenset(),
) -> Choice:
    """What to tell of the candidates with ids over `after`: at most so many stories.

    `told.stories` and `taste.stories` have the ids that stories have by now. `news` has what is asked of it for each
    story of `told.stories`; a story that it does not know has nothing new. `resting` are subjects that may not come
    now. The result depends on nothing else, not on
    the order in which anything was given.
    """
    looked_at = candidates.after(after)
    left: list[LeftOut] = []
    open_to = _taken(candidates, looked_at, taste, told, left)
    tales = _tales(open_to, told, news or {}, left)
    _weigh(candidates, tales, taste, looked_at)
    if only_followed:
        tales = _put_aside(tales, {tale.subject for tale in tales if not tale.followed}, "not followed", left)
    tales = _put_aside(tales, resting, "resting", left)
    tales.sort(key=lambda tale: tale.weight)
    chosen = _chosen(tales, most)
    told_now = [tale for tale in tales if tale.subject in chosen]
    marks = tuple((tale.subject, max(one.id for one in tale.members)) for tale in told_now if tale.subject > 0)
    picks = tuple(_pick(tale, left) for tale in told_now)
    rest = [tale for tale in tales if tale.subject not in chosen]
    left += [LeftOut(one.id, "room") for tale in rest for one in tale.members]
    left.sort(key=lambda one: one.briefing)
    named = tuple(tale.members[0].id for tale in rest[:RESTING])
    read = sum(1 + len(one.copies) for one in looked_at)
    return Choice(picks, tuple(left), len(rest), named, read, max(after, candidates.highest), marks)


def _put_aside(tales: list[_Tale], subjects: Set[int], reason: Reason, left: list[LeftOut]) -> list[_Tale]:
    left += [LeftOut(one.id, reason) for tale in tales if tale.subject in subjects for one in tale.members]
    return [tale for tale in tales if tale.subject not in subjects]


def _taken(
    candidates: Candidates, looked_at: Sequence[Candidate], taste: Taste, told: ToldTopic, left: list[LeftOut]
) -> list[Candidate]:
    """Those that the reader's own settings let through."""
    muted = frozenset[int]().union(*(candidates.of(subject) for subject in taste.mute))
    told_of = {id for ids in told.briefings.values() for id in ids}
    tags, not_tags = _folded(taste.tags), _folded(taste.not_tags)

    def refused(one: Candidate) -> Reason | None:
        if not one.said:
            return "withdrawn"
        if taste.languages and one.language not in taste.languages:
            return "language"
        if (taste.sources and one.source not in taste.sources) or one.source in taste.not_sources:
            return "source"
        if (tags and not tags & one.tags) or not_tags & one.tags:
            return "tag"
        if one.id in muted:
            return "muted"
        return "told" if one.id in told_of else None

    taken = []
    for one in looked_at:
        reason = refused(one)
        if reason is None:
            taken.append(one)
        else:
            left.append(LeftOut(one.id, reason))
    return taken


@lru_cache(1024)
def _folded(tags: tuple[str, ...]) -> frozenset[str]:
    return frozenset(tag.casefold() for tag in tags)


def _tales(taken: Sequence[Candidate], told: ToldTopic, news: News, left: list[LeftOut]) -> list[_Tale]:
    """The stories with something new, each with the briefings that tell it, best first."""
    found: dict[int, _Tale] = {}
    for one in taken:
        tale = found.get(one.subject)
        if tale is None:
            tale = found[one.subject] = _Tale(one.subject, known=one.story in told.stories)
        tale.members.append(one)
    for tale in found.values():
        new: Mapping[int, int] = news.get((tale.subject, told.stories[tale.subject]), {}) if tale.known else {}
        if tale.known:
            left += [LeftOut(one.id, "not new") for one in tale.members if not new.get(one.id)]
            tale.members = [one for one in tale.members if new.get(one.id)]
        tale.members.sort(key=lambda one: (-new.get(one.id, 0), one.kind in _OFTEN_OPINION, -len(one.copies), -one.id))
    return [tale for tale in found.values() if tale.members]


def _weigh(candidates: Candidates, tales: Sequence[_Tale], taste: Taste, looked_at: Sequence[Candidate]) -> None:
    """What is followed first; then the most widely carried, by independent outlets, then by copies too; then what comes
    from a quiet source; then the newest."""
    followed = frozenset[int]().union(*(candidates.of(subject) for subject in taste.follow))
    written = Counter(one.speaker for one in looked_at)
    for tale in tales:
        speakers = {one.speaker for one in tale.members}
        tale.alone = next(iter(speakers)) if len(speakers) == 1 else ""
        tale.followed = tale.subject in taste.stories or any(one.id in followed for one in tale.members)
        tale.weight = (
            not tale.followed,
            -len({one.outlet or one.speaker for one in tale.members}),
            -_outlets(tale.members),
            min(written[speaker] for speaker in speakers),
            -max(one.id for one in tale.members),
        )


def _outlets(members: Iterable[Candidate]) -> int:
    return len({outlet for one in members for outlet in (one.outlet or one.speaker, *one.copies)})


def _chosen(tales: Sequence[_Tale], most: int) -> set[int]:
    """The heaviest, but that one source alone has no more than its share while there are others."""
    chosen: set[int] = set()
    shares: Counter[str] = Counter()
    for tale in tales:
        if len(chosen) >= most:
            return chosen
        if tale.followed or not tale.alone or shares[tale.alone] < PER_SOURCE:
            shares[tale.alone] += not tale.followed
            chosen.add(tale.subject)
    spare = (tale.subject for tale in tales if tale.subject not in chosen)
    chosen.update(subject for subject, _ in zip(list(spare), range(most - len(chosen)), strict=False))
    return chosen


def _pick(tale: _Tale, left: list[LeftOut]) -> Pick:
    left += [LeftOut(one.id, "covered") for one in tale.members[TOGETHER:]]
    told = tuple(one.id for one in tale.members[:TOGETHER])
    return Pick(max(tale.subject, 0), told, tale.known, _outlets(tale.members))
