"""Pure: which entries of a polled feed are new, which have changed, and which are noise.

Feeds change ids, links and dates, drop entries and bring them back, and move house. So two entries are the same if any
of their keys is (guid, link, or text with date), what was ever kept is known by its briefing's keys, and what was left
unread is remembered by a mark. A date may order entries and tell old ones from news; it never hides one.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from summaries.models import Entry, Mark, Seen

LEEWAY = timedelta(days=1)
"""How far ahead of now a date may lie before it is not believed: clocks and zones are wrong by hours."""

LATE = timedelta(days=2)
"""How long after its date an entry may appear before it counts as old."""

FEW = 5
"""So many old entries at once are latecomers; more are a feed that was imported, moved or rebuilt."""

NOISE = 4
"""Changes of one entry that are looked into within `CALM`; a feed with a counter in its text changes at every poll."""

CALM = timedelta(days=1)

TRIES = 3
"""Polls at which a page that could not be had is asked for before its entry is given up."""

RETRY = "retry"
"""The reason of a mark whose entry is to be read again."""

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)

REMEMBERED = 300
"""Marks without a briefing that outlive their entries' place in the feed."""

KEYS = 8
"""Identity keys of one mark: enough for a few changes of guid and link."""


class Item(Struct, frozen=True):
    """An entry as it is compared: its identity keys, best first, and the hash of what it says."""

    entry: Entry
    keys: tuple[int, ...]
    fingerprint: int


class Reading(Struct, frozen=True):
    """An entry that is to be read. `mark.briefing` is what it changes, 0 for a new one."""

    item: Item
    mark: Mark


class Decision(Struct, frozen=True):
    """What to do about a poll. `readings` are in the order of time; `marks` are those of all other entries.

    `waiting` entries are left for the next poll, which must show the whole feed again; they have no mark, or their old
    one. `old` counts the entries that appeared as if new and are only remembered.
    """

    readings: tuple[Reading, ...]
    marks: tuple[Mark, ...]
    waiting: int = 0
    old: int = 0


def decide(items: Sequence[Item], seen: Seen | None, known: Mapping[int, int], now: datetime, *, most: int) -> Decision:
    """What of a feed's entries is to be read, at most `most`. `known` has the briefing ids of keys in the archive.

    `seen` is None or empty at a source's first poll, of which the newest entries are read and all others remembered.
    """
    seen = seen if seen and seen.marks else None
    moments = believed([item.entry for item in items], now)
    order = sorted(range(len(items)), key=lambda place: (moments[place], -place))
    marks = _Marks(seen.marks if seen else (), known)
    sorted_out = _SortedOut()
    for place in order:
        sorted_out.put(items[place], place, marks.find(items[place]), now)
    taken = set(order[-most:]) if seen is None else _news(items, sorted_out.new, seen, now, most)
    sorted_out.leave([place for place in sorted_out.new if place not in taken], items)
    new = [Reading(items[place], _marked(items[place])) for place in sorted_out.new if place in taken]
    again = sorted_out.again
    read = (*new, *again)[:most]
    unread = [reading.mark for reading in (*new, *again)[most:] if reading.mark.briefing or reading.mark.tries]
    old = 0 if seen is None else len(sorted_out.new) - len(new)
    return Decision(read, (*sorted_out.marks, *unread, *marks.left()), len(new) + len(again) - len(read), old)


def believed(entries: Sequence[Entry], now: datetime) -> list[datetime]:
    """A moment for each entry to sort by: its date; without one that can be believed, that of its nearest neighbour.

    Feeds are lists, mostly newest first, so a neighbour is the best guess. With no date at all everything is of now,
    and the order is the feed's.
    """
    dates = [_date(entry, now) for entry in entries]
    ahead = _filled(dates)
    behind = _filled(dates[::-1])[::-1]
    return [before or after or now for before, after in zip(ahead, behind, strict=True)]


def dates(items: Iterable[Item], now: datetime) -> tuple[datetime, ...]:
    """The dates of entries that can be believed."""
    found = (_date(item.entry, now) for item in items)
    return tuple(date for date in found if date)


def seen_after(id: int, decision: Decision, read: Iterable[Mark], before: Seen | None, now: datetime) -> Seen:
    """What is to be remembered of a poll whose readings ended in the marks `read`."""
    marks = (*read, *decision.marks)
    upto = before.upto if before else BEGINNING
    return Seen(id, upto if unfinished(decision, marks) else now, marks)


def unfinished(decision: Decision, marks: Iterable[Mark]) -> bool:
    """Whether the next poll must show the whole feed again."""
    return bool(decision.waiting) or any(mark.reason == RETRY for mark in marks)


def failed_page(mark: Mark, reason: str) -> Mark:
    """The mark of an entry whose page could not be had now: to be tried again, or given up for `reason`."""
    tries = mark.tries + 1
    return replace(mark, tries=tries, reason=RETRY if tries < TRIES else reason)


def looked_into(mark: Mark, item: Item, now: datetime) -> Mark:
    """The mark of a briefing after a change of its entry was read."""
    changes = mark.changes + 1 if _restless(mark, now) else 1
    return replace(mark, fingerprint=item.fingerprint, changes=changes, changed=now)


class _Marks:
    """The marks of earlier polls by their keys, and what the archive knows."""

    def __init__(self, marks: Sequence[Mark], known: Mapping[int, int]) -> None:
        self._marks, self._known = marks, known
        self._by_key = {key: place for place, mark in reversed(list(enumerate(marks))) for key in mark.keys}
        self._found: set[int] = set()

    def find(self, item: Item) -> Mark | None:
        """The mark of the same entry, with the keys that it has now; made where only the archive knows it."""
        places = [self._by_key[key] for key in item.keys if key in self._by_key]
        self._found.update(places)
        briefing = next((self._known[key] for key in item.keys if key in self._known), 0)
        if not places:
            return _marked(item, briefing) if briefing else None
        mark = self._marks[places[0]]
        keys = tuple(dict.fromkeys((*item.keys, *mark.keys)))[:KEYS]
        return replace(mark, keys=keys, briefing=mark.briefing or briefing)

    def left(self) -> list[Mark]:
        """Those whose entries are gone from the feed and that nothing else would remember."""
        gone = [mark for place, mark in enumerate(self._marks) if place not in self._found and not mark.briefing]
        return gone[:REMEMBERED]


class _SortedOut:
    """Entries by what is to be done about them, each once: a feed may list the same article twice."""

    def __init__(self) -> None:
        self.new: list[int] = []
        self.again: list[Reading] = []
        self.marks: list[Mark] = []
        self._met: set[int] = set()

    def put(self, item: Item, place: int, mark: Mark | None, now: datetime) -> None:
        keys = set(mark.keys if mark else item.keys)
        if keys & self._met:
            return
        self._met |= keys
        if mark is None:
            self.new.append(place)
        elif mark.briefing:
            self._put_known(item, mark, now)
        elif mark.reason == RETRY:
            self.again.append(Reading(item, mark))
        else:
            self.marks.append(mark)

    def leave(self, places: Iterable[int], items: Sequence[Item]) -> None:
        """Only remember these."""
        self.marks += [_marked(items[place]) for place in places]

    def _put_known(self, item: Item, mark: Mark, now: datetime) -> None:
        if mark.fingerprint == item.fingerprint:
            self.marks.append(mark)
        elif mark.changes >= NOISE and _restless(mark, now):
            self.marks.append(replace(mark, fingerprint=item.fingerprint, changed=now))
        else:
            self.again.append(Reading(item, mark))


def _news(items: Sequence[Item], new: Sequence[int], seen: Seen, now: datetime, most: int) -> set[int]:
    """Those of the `new` that are news: not old ones by the dozen, nor a list of undated strangers."""
    dates = {place: _date(items[place].entry, now) for place in new}
    since = min(seen.upto, now) - LATE  # `upto` is ahead of now where the clock was once wrong
    old = [place for place in new if (date := dates[place]) and date < since]
    if len(old) > FEW:
        new = [place for place in new if place not in set(old)]
    undated = [place for place in new if dates[place] is None]
    if len(undated) > most and len(undated) == len(items):
        new = undated[-most:]
    return set(new)


def _marked(item: Item, briefing: int = 0) -> Mark:
    return Mark(item.keys[:KEYS], item.fingerprint, briefing)


def _restless(mark: Mark, now: datetime) -> bool:
    return mark.changed is not None and now - mark.changed < CALM


def _date(entry: Entry, now: datetime) -> datetime | None:
    date = entry.published or entry.updated
    return date if date and date <= now + LEEWAY else None


def _filled(dates: Sequence[datetime | None]) -> list[datetime | None]:
    """Each gap with the date before it."""
    filled: list[datetime | None] = []
    for date in dates:
        filled.append(date or (filled[-1] if filled else None))
    return filled
