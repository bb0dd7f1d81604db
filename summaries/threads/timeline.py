"""The days that mattered in a story, a sentence each. Pure.

A day weighs what is published on it, three times, and each time that a text speaks of it (Tran et al., "Timeline
summarization from relevant headlines", 2015, rank days in the same way). Articles without a date cannot say when
"Sunday" was: they are listed, and are no turning point.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from summaries.language import stop_words, terms
from summaries.threads.dates_in_text import Precision, mentions

PUBLISHED = 3.0
"""What an article published on a day weighs, beside 1 for a text that speaks of the day."""
MENTIONS = 3
"""Mentions of one day by one article that count: a chronology would decide the timeline alone."""
GAP = timedelta(days=2)
"""Days that are nearer to a weightier one are left out: what happened on Monday is in Tuesday's papers."""
MOST = 8
"""Days of a timeline, unless more are asked for."""
LONGEST = 60
"""Words of a sentence that is shown."""
SHORTEST = 5


@dataclass(frozen=True)
class Telling:
    """An article of the story: its own sentences, and when it was published, aware UTC."""

    id: int
    when: datetime | None
    sentences: tuple[str, ...]
    language: str


@dataclass(frozen=True)
class Point:
    """A turning point: `sentence` is number `place` of article `id`, verbatim. `precision` "month": `day` is its first.

    `published` articles appeared on the day, `mentioned` counts the times that it was spoken of.
    """

    day: date
    precision: Precision
    id: int
    place: int
    sentence: str
    published: int
    mentioned: int


@dataclass(frozen=True)
class Timeline:
    """Turning points, the first day first, and the articles whose date is not known."""

    points: tuple[Point, ...]
    undated: tuple[int, ...]


Day = tuple[date, Precision]


@dataclass(frozen=True)
class _Said:
    """A sentence, and how directly it tells of a day: 1 where it names the day, less where it was only printed then."""

    id: int
    place: int
    sentence: str
    words: frozenset[str]
    directly: float


@dataclass
class _Evidence:
    published: int = 0
    mentioned: int = 0
    sayings: list[_Said] = field(default_factory=list)

    @property
    def weight(self) -> float:
        return PUBLISHED * self.published + self.mentioned


def timeline(tellings: Sequence[Telling], *, most: int = MOST) -> Timeline:
    """At most `most` days. The same for the same articles, in whatever order they are given."""
    tellings = sorted(tellings, key=lambda telling: telling.id)
    evidence = _folded(_evidence(telling for telling in tellings if telling.when))
    return Timeline(
        tuple(sorted(_points(_chosen(evidence, most), evidence), key=lambda point: (point.day, point.precision))),
        tuple(telling.id for telling in tellings if telling.when is None),
    )


def _evidence(tellings: Iterable[Telling]) -> dict[Day, _Evidence]:
    found: defaultdict[Day, _Evidence] = defaultdict(_Evidence)
    for telling in tellings:
        if telling.when:
            _weigh(telling, telling.when, found)
    return found


def _folded(evidence: dict[Day, _Evidence]) -> dict[Day, _Evidence]:
    """Months as part of the weightiest of their days, where any is known: "in February" is the 25th then."""
    days = sorted((day for day in evidence if day[1] == "day"), key=lambda day: (evidence[day].weight, day))
    of_month = {(day.year, day.month): (day, precision) for day, precision in days}
    folded = {day: evidence[day] for day in days}
    for month in evidence.keys() - folded.keys():
        day = of_month.get((month[0].year, month[0].month))
        if day is None:
            folded[month] = evidence[month]
        else:
            folded[day].mentioned += evidence[month].mentioned
    return folded


def _weigh(telling: Telling, when: datetime, found: defaultdict[Day, _Evidence]) -> None:
    published: Day = (when.date(), "day")
    found[published].published += 1
    times: Counter[Day] = Counter()
    for place, sentence in enumerate(telling.sentences):
        days = {(mention.day, mention.precision) for mention in mentions(sentence, telling.language, when)}
        said = _said(telling, place, directly=1.0 if days else 1 / (2 + place))
        for day in days or {published}:
            times[day] += bool(days)
            if said:
                found[day].sayings.append(said)
    for day, count in times.items():
        found[day].mentioned += min(count, MENTIONS)


def _said(telling: Telling, place: int, *, directly: float) -> _Said | None:
    sentence = telling.sentences[place]
    words = [term for term in terms(sentence, telling.language) if term not in stop_words(telling.language)]
    if not SHORTEST <= len(words) <= LONGEST:
        return None
    return _Said(telling.id, place, sentence, frozenset(words), directly)


def _chosen(evidence: dict[Day, _Evidence], most: int) -> list[Day]:
    """The weightiest days, those too near to a weightier one left out."""
    chosen: list[Day] = []
    for day in sorted(evidence, key=lambda day: (-evidence[day].weight, day)):
        crowded = day[1] == "day" and any(other == "day" and abs(day[0] - near) <= GAP for near, other in chosen)
        if len(chosen) < most and evidence[day].sayings and not crowded:
            chosen.append(day)
    return chosen


def _points(days: Iterable[Day], evidence: dict[Day, _Evidence]) -> Iterator[Point]:
    """No sentence twice: the day with the fewest to choose from takes its own first, then the weightier one."""
    taken: set[str] = set()
    for day in sorted(days, key=lambda day: len(evidence[day].sayings)):
        if point := _point(day, evidence[day], taken):
            taken.add(point.sentence)
            yield point


def _point(day: Day, evidence: _Evidence, taken: Collection[str]) -> Point | None:
    centre = Counter(word for said in evidence.sayings for word in said.words)
    left = (said for said in evidence.sayings if said.sentence not in taken)
    best = max(left, key=lambda said: (_likeness(said, centre), -said.id, -said.place), default=None)
    if best is None:
        return None
    return Point(*day, best.id, best.place, best.sentence, evidence.published, evidence.mentioned)


def _likeness(said: _Said, centre: Counter[str]) -> float:
    """The cosine of the sentence's words with those of all that was said of the day, favouring what names it."""
    shared = sum(centre[word] for word in said.words)
    lengths = math.sqrt(len(said.words)) * math.sqrt(sum(count * count for count in centre.values()))
    return shared / lengths * (0.5 + said.directly)


def volume(tellings: Iterable[Telling]) -> dict[date, int]:
    """How many articles were published on each day (UTC) from the first to the last, days without any included."""
    counts = Counter(telling.when.date() for telling in tellings if telling.when)
    return {day: counts[day] for day in _days(min(counts), max(counts))} if counts else {}


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)
