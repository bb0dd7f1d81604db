"""The choice of a digest for one reader: which stories it tells, in which order, and why each other was left out. Pure.

A choice looks at the candidates that came after the reader's last digest. `docs/digests.md` tells the rules with an
example.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import msgspec

from summaries.models import Pick, Taste, ToldTopic
from summaries.threads.candidates import Candidate, Candidates, Lately, Tale

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


_NONE: frozenset[int] = frozenset()


class LeftOut(msgspec.Struct, frozen=True, gc=False):
    briefing: int
    reason: Reason


@dataclass(frozen=True)
class Choice:
    """`picks` in the order in which they are told. Each candidate is in one of them, or in `why`, by its id.

    `more` stories were left for lack of room, the first of which have `rest` as their best briefings; `read` articles
    were read, copies counted. `upto` is the newest candidate. `marks` are the stories of `picks`, each with the newest
    briefing that they cover.
    """

    picks: tuple[Pick, ...] = ()
    why: Mapping[int, Reason] = field(default_factory=dict)
    more: int = 0
    rest: tuple[int, ...] = ()
    read: int = 0
    upto: int = 0
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def left(self) -> tuple[LeftOut, ...]:
        """What was left out, in order of ids."""
        return tuple(LeftOut(id, reason) for id, reason in sorted(self.why.items()))

    @cached_property
    def reasons(self) -> tuple[tuple[Reason, int], ...]:
        """How many were left out for each reason, the most frequent first."""
        return tuple(sorted(Counter(self.why.values()).items(), key=lambda item: (-item[1], item[0])))


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
    now. The result depends on nothing else, not on the order in which anything was given.
    """
    lately = candidates.after(after)
    why: dict[int, Reason] = dict.fromkeys(lately.subjects, "room")
    refused = _refused(candidates, lately, taste, told)
    why.update(refused)
    tales = _tales(candidates, lately, taste, told, refused, news or {}, why)
    if only_followed:
        tales = _put_aside(tales, {tale.subject for tale in tales if not tale.followed}, "not followed", why)
    tales = sorted(_put_aside(tales, resting, "resting", why), key=lambda tale: tale.weight)
    chosen = _chosen(tales, most)
    told_now = [tale for tale in tales if tale.subject in chosen]
    rest = [tale for tale in tales if tale.subject not in chosen]
    for tale in told_now:
        _add(why, tale.members[TOGETHER:], "covered")
        for one in tale.members[:TOGETHER]:
            del why[one.id]
    return Choice(
        picks=tuple(map(_pick, told_now)),
        why=why,
        more=len(rest),
        rest=tuple(tale.members[0].id for tale in rest[:RESTING]),
        read=lately.read,
        upto=max(after, candidates.highest),
        marks=tuple((tale.subject, max(one.id for one in tale.members)) for tale in told_now if tale.subject > 0),
    )


def _add(why: dict[int, Reason], members: Iterable[Candidate], reason: Reason) -> None:
    for one in members:
        why[one.id] = reason


def _refused(candidates: Candidates, lately: Lately, taste: Taste, told: ToldTopic) -> dict[int, Reason]:
    """Those that the reader's own settings, or what they were told, keep out."""
    refused: dict[int, Reason] = dict(lately.refused(taste))
    for words in taste.mute:
        for id in candidates.speaking_of(words):
            if id in lately.subjects:
                refused.setdefault(id, "muted")
    for ids in told.briefings.values():
        for id in ids:
            if id in lately.subjects:
                refused.setdefault(id, "told")
    return refused


def _tales(
    candidates: Candidates,
    lately: Lately,
    taste: Taste,
    told: ToldTopic,
    refused: Mapping[int, Reason],
    news: News,
    why: dict[int, Reason],
) -> list[Tale]:
    """The stories with something new. Those that are to this reader what they are to all are taken as they are."""
    follows = (id for words in taste.follow for id in candidates.speaking_of(words) if id not in refused)
    followed = {lately.subjects[id] for id in follows if id in lately.subjects} | set(taste.stories)
    known = told.stories.keys() & lately.of.keys()
    without = dict.fromkeys(known | (followed & lately.of.keys()), _NONE)
    gone: dict[int, list[int]] = {}
    for id in refused:
        gone.setdefault(lately.subjects[id], []).append(id)
    without.update((subject, frozenset(ids)) for subject, ids in gone.items())
    tales = [tale for tale in lately.tales if tale.subject not in without]
    for subject, ids in without.items():
        new = news.get((subject, told.stories[subject]), {}) if subject in known else None
        tale, old = lately.to_whom(subject, ids, new, followed=subject in followed)
        for id in old:
            why[id] = "not new"
        tales += [tale] if tale else []
    return tales


def _put_aside(tales: list[Tale], subjects: Set[int], reason: Reason, why: dict[int, Reason]) -> list[Tale]:
    for tale in tales:
        if tale.subject in subjects:
            _add(why, tale.members, reason)
    return [tale for tale in tales if tale.subject not in subjects]


def _chosen(tales: Sequence[Tale], most: int) -> set[int]:
    """The heaviest, but that one source alone has no more than its share while there are others."""
    chosen: set[int] = set()
    shares: Counter[str] = Counter()
    for tale in tales:
        if len(chosen) >= most:
            return chosen
        if tale.followed or not tale.alone or shares[tale.alone] < PER_SOURCE:
            shares[tale.alone] += not tale.followed
            chosen.add(tale.subject)
    spare = [tale.subject for tale in tales if tale.subject not in chosen]
    return chosen.union(spare[: most - len(chosen)])


def _pick(tale: Tale) -> Pick:
    told = tuple(one.id for one in tale.members[:TOGETHER])
    return Pick(max(tale.subject, 0), told, tale.known, tale.outlets)
