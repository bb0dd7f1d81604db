"""The life of one update of a source, from its feed's address to what is stored.

feed ─fetch▶ bytes ─read▶ entries ─decide▶ those to read ─fetch, read, file▶ briefings ─settle▶ what was seen

Each article is stored when it is read, with the keys of its entry; what the feed showed, its validators and the
source's health are stored at the end, in one commit. A process that dies before that fetches the feed again, and knows
the stored articles by their keys. Nothing here holds more than one feed and one page.
"""

import dataclasses
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from summaries.archive.keys import key_of
from summaries.archive.store import SEEN, Put
from summaries.desk import Desk
from summaries.errors import BackchannelError, InputError, KilledError
from summaries.filing import Added
from summaries.intake.decide import (
    RETRY,
    Decision,
    Reading,
    dates,
    decide,
    failed_page,
    looked_into,
    seen_after,
    unfinished,
)
from summaries.intake.fetch import Fetcher
from summaries.intake.health import Cause, Failure, Success, failed, put_off, succeeded
from summaries.intake.outcomes import Fetched, NotModified, Outcome, Refusal, Validators
from summaries.intake.urls import is_url, url_key
from summaries.models import UNKNOWN_LANGUAGE, Mark, Seen, Source
from summaries.pipeline import Prepared
from summaries.polled import Got, Polled, prepare_entry, read_feed
from summaries.workers import Workers

log = logging.getLogger(__name__)

PASSING = frozenset({"unreachable", "timeout", "server", "too_many"})
"""Refusals of a page that may be over at the next poll."""

SILENT_PAGES = 2
"""Pages in a row that a host did not give, after which the others are left for the next poll."""


@dataclass(frozen=True)
class Rules:
    """How sources are followed: `every` is the shortest time between two checks in seconds, `most` how many articles
    are taken of one check, `sentences` how long their briefings are. Only articles in `languages` are kept, all where
    there are none."""

    every: float = 1800.0
    most: int = 20
    sentences: int = 3
    languages: tuple[str, ...] = ()

    def want(self, language: str) -> bool:
        """Also what is in a language that nobody could tell."""
        return not self.languages or language in (*self.languages, UNKNOWN_LANGUAGE)


@dataclass(frozen=True)
class Checked:
    """What came of a check. `source` is as it is now, None where it was removed meanwhile.

    `reason` and `detail` as in `Health`; `entries` is None where the feed had not changed. `kept` and `updated` count
    briefings, `waiting` the entries that are left for the next check.
    """

    source: Source | None
    reason: str = ""
    detail: str = ""
    entries: int | None = None
    kept: int = 0
    updated: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class Tools:
    """What an update works with. `chance` gives numbers from 0 to 1; `offline` tells whether it is our own network
    that is down, given what the source's server answered."""

    desk: Desk
    fetcher: Fetcher
    workers: Workers
    rules: Rules
    clock: Callable[[], datetime]
    chance: Callable[[], float]
    offline: Callable[[Source, Outcome], bool] = lambda source, outcome: False


@dataclass
class _Tally:
    """What has become of the entries that are being read."""

    marks: list[Mark] = field(default_factory=list)
    causes: list[Cause] = field(default_factory=list)
    kept: int = 0
    updated: int = 0
    pages_tried: int = 0
    pages_read: int = 0
    silent: int = 0
    killed: bool = False

    @property
    def stuck(self) -> bool:
        """Whether to leave the rest for the next poll: others wait for the host's place and for the workers."""
        return self.killed or self.silent >= SILENT_PAGES


class Update:
    """One update under way; `run` it once. Raises `ArchiveError` where the disk refuses, and bugs."""

    def __init__(self, tools: Tools, source: Source) -> None:
        self._tools, self._source = tools, source
        self._desk = tools.desk
        self._tally = _Tally()

    async def run(self) -> Checked:
        health = self._source.health
        validators = Validators(health.etag, health.modified)
        outcome = await self._tools.fetcher.get(
            self._source.url, validators=validators, credentials=self._source.credentials
        )
        if self._tools.offline(self._source, outcome):
            return await self._put_off(Failure("unreachable", "the network of this machine seems to be down"))
        if isinstance(outcome, Refusal):
            return await self.failed(Failure(outcome.reason, outcome.detail, outcome.retry_after))
        if isinstance(outcome, NotModified):
            return await self._unchanged(outcome)
        try:
            polled = await self._tools.workers.run(
                read_feed, outcome.body, outcome.url, outcome.content_type, self._source.id
            )
        except KilledError as error:
            return await self.failed(Failure("given_up", str(error)))
        except InputError as error:
            return await self.failed(Failure("no_feed", str(error)))
        return await self._go_through(replace(outcome, body=b""), polled)

    async def _go_through(self, outcome: Fetched, polled: Polled) -> Checked:
        seen = await self._desk.sourcebook.seen(self._source.id)
        known = await self._desk.known(key for item in polled.items for key in item.keys)
        now = self._tools.clock()
        self._source = _named(self._source, Source(0, "", now, polled.title, polled.site, polled.language))
        decision = decide(polled.items, seen, known, now, most=self._tools.rules.most)
        await self._read_all(decision.readings)
        decision = self._without_unread(decision)
        if decision.old:
            self._tally.causes.append(Cause("flood", {"count": str(decision.old)}))
        after = seen_after(self._source.id, decision, self._tally.marks, seen, now)
        success = Success(
            dates=dates(polled.items, now),
            news=bool(self._tally.kept),
            waiting=unfinished(decision, after.marks),
        )
        left = decision.waiting + sum(mark.reason == RETRY for mark in after.marks)
        return await self._settle(outcome, success, after, Checked(None, entries=len(polled.items), waiting=left))

    async def _read_all(self, readings: Iterable[Reading]) -> None:
        for reading in readings:
            if self._tally.stuck or self._desk.source(self._source.id) is None:
                return
            try:
                mark = await self._read(reading)
            except BackchannelError:
                raise
            except Exception as error:
                log.exception("source %d: %s", self._source.id, reading.item.entry.link)
                self._tally.causes.append(Cause("bug", {"detail": f"{type(error).__name__}: {error}"}))
                mark = failed_page(reading.mark, "bug")
            self._tally.marks.append(mark)

    def _without_unread(self, decision: Decision) -> Decision:
        """The decision as far as it came: what was left unread waits, known ones under the marks that they had."""
        unread = decision.readings[len(self._tally.marks) :]
        kept = tuple(reading.mark for reading in unread if reading.mark.briefing or reading.mark.tries)
        return replace(decision, marks=(*kept, *decision.marks), waiting=decision.waiting + len(unread))

    # --- one article

    async def _read(self, reading: Reading) -> Mark:
        """From an entry to a briefing, or to the reason why there is none."""
        entry = reading.item.entry
        got, refused = await self._page(reading)
        try:
            prepared = await self._prepare(reading, got)
        except KilledError as error:
            self._tally.killed = True
            self._tally.causes.append(
                Cause("set_aside", {"link": entry.link, "title": entry.title}, key=entry.id or entry.title)
            )
            log.warning("source %d: %s is set aside: %s", self._source.id, entry.link, error)
            return self._given_up(reading, "given_up")
        except InputError as error:
            log.info("source %d: %s", self._source.id, error)
            if refused in PASSING and not reading.mark.briefing:
                return failed_page(reading.mark, refused)
            return self._given_up(reading, refused or "no_text")
        if reading.mark.briefing:
            return await self._revise(reading, prepared)
        if not self._tools.rules.want(prepared.article.language):
            self._tally.pages_read += prepared.article.origin == "page"
            return self._given_up(reading, "language")
        return await self._file(reading, prepared)

    async def _page(self, reading: Reading) -> tuple[Got | None, str]:
        """The entry's page, else why there is none."""
        link = reading.item.entry.link
        if not is_url(link) or key_of(url=url_key(link)) not in reading.item.keys:
            return None, ""  # a link that several entries share is nobody's page
        outcome = await self._tools.fetcher.get(link, page=True)
        self._tally.pages_tried += 1
        if isinstance(outcome, Fetched):
            self._tally.silent = 0
            return Got(outcome.body, outcome.url, outcome.content_type), ""
        reason = outcome.reason if isinstance(outcome, Refusal) else "garbled"
        self._tally.silent = self._tally.silent + 1 if reason in PASSING else 0
        return None, reason

    async def _prepare(self, reading: Reading, got: Got | None) -> Prepared:
        """Read and condensed in a worker. One that died has a second chance: it may have been another's fault."""
        work = partial(
            prepare_entry, reading.item.entry, got, self._source, self._tools.rules.sentences, self._tools.clock()
        )
        try:
            return await self._tools.workers.run(work)
        except KilledError:
            return await self._tools.workers.run(work)

    async def _file(self, reading: Reading, prepared: Prepared) -> Mark:
        """Stored with the keys of its entry, and with what kept its page from being read. A copy of what is known is
        that briefing's."""
        self._tally.pages_read += prepared.article.origin == "page"
        filed = await self._desk.file(prepared, tags=self._source.tags, source=self._source.id, keys=reading.item.keys)
        self._tally.kept += isinstance(filed, Added)
        return replace(reading.mark, briefing=filed.briefing.id, reason=prepared.wall, tries=0)

    async def _revise(self, reading: Reading, prepared: Prepared) -> Mark:
        self._tally.pages_read += prepared.article.origin == "page"
        revised = await self._desk.revise(
            reading.mark.briefing, prepared, source=self._source.id, keys=reading.item.keys
        )
        self._tally.updated += revised is not None
        return looked_into(reading.mark, reading.item, self._tools.clock())

    def _given_up(self, reading: Reading, reason: str) -> Mark:
        """Not to be tried again; a briefing that there is stays as it is."""
        if reading.mark.briefing:
            return looked_into(reading.mark, reading.item, self._tools.clock())
        return replace(reading.mark, reason=reason, tries=0)

    # --- the end

    async def _settle(self, outcome: Fetched, success: Success, seen: Seen, checked: Checked) -> Checked:
        tally, introduced = self._tally, self._source
        success = replace(
            success,
            validators=outcome.validators, max_age=outcome.max_age,
            moved=outcome.moved, taken=self._taken(outcome.moved),
            pages_tried=tally.pages_tried, pages_read=tally.pages_read, kept=tally.kept, causes=tuple(tally.causes),
        )  # fmt: skip
        now, rules, chance = self._tools.clock(), self._tools.rules, self._tools.chance()
        source = await self._desk.sourcebook.settle(
            self._source.id,
            lambda source: succeeded(_named(source, introduced), success, now, every=rules.every, chance=chance),
            [Put(SEEN, seen)],
        )
        return dataclasses.replace(checked, source=source, kept=tally.kept, updated=tally.updated)

    async def _unchanged(self, outcome: NotModified) -> Checked:
        success = Success(outcome.validators, outcome.max_age, outcome.moved, self._taken(outcome.moved))
        now, rules, chance = self._tools.clock(), self._tools.rules, self._tools.chance()
        source = await self._desk.sourcebook.settle(
            self._source.id, lambda source: succeeded(source, success, now, every=rules.every, chance=chance)
        )
        return Checked(source)

    async def failed(self, failure: Failure) -> Checked:
        """The end of an update that failed."""
        now, rules, chance = self._tools.clock(), self._tools.rules, self._tools.chance()
        source = await self._desk.sourcebook.settle(
            self._source.id, lambda source: failed(source, failure, now, every=rules.every, chance=chance)
        )
        return Checked(source, failure.reason, failure.detail)

    async def _put_off(self, failure: Failure) -> Checked:
        now, rules, chance = self._tools.clock(), self._tools.rules, self._tools.chance()
        source = await self._desk.sourcebook.settle(
            self._source.id, lambda source: put_off(source, failure, now, every=rules.every, chance=chance)
        )
        return Checked(source, failure.reason, failure.detail)

    def _taken(self, moved: str) -> int:
        other = self._desk.find_source(moved) if moved else None
        return other.id if other and other.id != self._source.id else 0


def _named(source: Source, known: Source) -> Source:
    """With the name, site and language that its feed gives, where nobody has said otherwise."""
    return replace(
        source,
        name=source.name or known.name,
        site=source.site or known.site,
        language=source.language or known.language,
    )
