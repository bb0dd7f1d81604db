"""Goes out for the desk: checks sources, and looks at what an address leads to before it becomes one."""

import asyncio
import logging
import os
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from summaries.archive.keys import key_of
from summaries.desk import Desk, utcnow
from summaries.errors import BackchannelError, FetchError, InputError
from summaries.filing import Added, Known
from summaries.intake.fetch import Fetcher
from summaries.intake.health import Failure
from summaries.intake.outcomes import Fetched, Limits, Outcome, Refusal
from summaries.intake.urls import host_of, url_key
from summaries.memory import keep_small
from summaries.models import Source
from summaries.pipeline import Better, Prepared, prepare_document
from summaries.polled import Got, Polled, Sighting, look_at, prepare_page
from summaries.updating import Checked, Rules, Tools, Update
from summaries.workers import Workers

log = logging.getLogger(__name__)

TRIED = 8
"""Addresses that are tried for a site's feed."""

MANY_HOSTS = 10
"""Hosts that fail one after the other, with none that answers between them, before the fault is taken for ours."""

FEW_HOSTS = 3
"""With fewer hosts than this it cannot be told whose fault it is."""


GRACE = 10.0
"""Seconds that updates in hand are given at the end."""

Doing = Literal["fetching", "reading", "trying"]


@dataclass(frozen=True)
class Step:
    """What a prospect is doing: fetching an address, reading what came, or trying an address for a feed."""

    doing: Doing
    url: str


@dataclass(frozen=True)
class Prospect:
    """What an address leads to, before anything is added.

    `url`, `name`, `site` and `language` are what the source would have. `known` is the source that it already is.
    `full_text` of `entries` have their whole text in the feed. `candidates` are other feeds of the site. A "page" has
    no feed: `newest` is its title, and `Scout.take` takes it once. `reason` and `detail` as in `Health` for "nothing".
    """

    kind: Literal["feed", "page", "nothing"]
    url: str
    name: str = ""
    site: str = ""
    language: str = ""
    entries: int = 0
    newest: str = ""
    newest_date: datetime | None = None
    full_text: int = 0
    candidates: tuple[str, ...] = ()
    reason: str = ""
    detail: str = ""
    known: Source | None = None


OnProgress = Callable[[Step], Awaitable[None]]


async def _quietly(step: Step) -> None:
    """Nobody wants to know."""


class Scout:
    """Opened by `scouting`. `check` and `take` raise `ArchiveError` where the disk refuses."""

    def __init__(
        self,
        desk: Desk,
        fetcher: Fetcher,
        workers: Workers,
        rules: Rules,
        *,
        clock: Callable[[], datetime] = utcnow,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._desk, self._fetcher, self._workers, self.rules = desk, fetcher, workers, rules
        self._clock, self._chance = clock, chance
        self._tools = Tools(desk, fetcher, workers, rules, clock, chance, self._is_offline)
        self._running: dict[int, asyncio.Task[Checked]] = {}
        self._unheard: set[str] = set()

    # --- sources

    async def check(self, source_id: int) -> Checked:
        """Look at a source now, whenever it is due. One update at a time: who asks meanwhile gets the same answer."""
        source = self._desk.source(source_id)
        if source is None:
            return Checked(None)
        task = self._running.get(source_id)
        if task is None:
            task = self._running[source_id] = asyncio.create_task(self._update(source), name=f"source {source_id}")
            task.add_done_callback(lambda _: self._running.pop(source_id))
        return await asyncio.shield(task)

    async def stop(self, grace: float) -> None:
        """Let the updates in hand end for `grace` seconds, then break them off: what they stored stays."""
        tasks = set(self._running.values())
        if tasks:
            await asyncio.wait(tasks, timeout=grace)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _update(self, source: Source) -> Checked:
        """A bug is logged, and is this source's trouble only."""
        try:
            return await Update(self._tools, source).run()
        except BackchannelError:
            raise
        except Exception as error:
            log.exception("source %d", source.id)
            detail = f"{type(error).__name__}: {error}"
            return await Update(self._tools, source).failed(Failure("bug", detail))

    def _is_offline(self, source: Source, outcome: Outcome) -> bool:
        """Whether many hosts in a row were not reached: then it is this machine that is cut off, not they."""
        if not (isinstance(outcome, Refusal) and outcome.reason in ("unreachable", "timeout")):
            if len(self._unheard) >= FEW_HOSTS:
                log.info("%s answers; sources are checked again", host_of(source.url))
            self._unheard.clear()
            return False
        self._unheard.add(host_of(source.url))
        if not FEW_HOSTS <= len(self._unheard) < MANY_HOSTS:
            return len(self._unheard) >= MANY_HOSTS
        return self._unheard >= {host_of(other.url) for other in self._desk.sources() if not other.paused}

    # --- addresses

    async def prospect(self, url: str, on_progress: OnProgress = _quietly) -> Prospect:
        """What `url` leads to: a feed, the feed of a site, a page, or nothing. Nothing is stored."""
        url = url.strip()
        first = await self._look(url, "fetching", on_progress)
        if isinstance(first, Prospect):
            return first
        place, sighting = first
        if sighting.feed is not None:
            return self._feed(place, sighting, ())
        found = await self._site_feed(url, sighting, on_progress)
        if found is not None:
            return found
        if sighting.page:
            return Prospect("page", place, newest=sighting.page, language=sighting.language, name=host_of(place))
        return Prospect("nothing", place, reason="no_feed", detail=sighting.trouble)

    async def take(self, url: str, *, tags: Sequence[str] = ()) -> Added | Known:
        """File the article of a page, once. Raises as `read`."""
        return await self.keep(await self.read(url), url, tags=tags)

    async def read(self, url: str) -> Prepared:
        """The article of a page, which is not filed.

        Raises `FetchError` where it cannot be had, other `InputError`s where it has no text.
        """
        outcome = await self._fetcher.get(url.strip(), page=True)
        if not isinstance(outcome, Fetched):
            reason = outcome.reason if isinstance(outcome, Refusal) else "garbled"
            raise FetchError(f"{url} could not be had: {_said(outcome)}", reason)
        got = Got(outcome.body, outcome.url, outcome.content_type)
        return await self._workers.run(prepare_page, got, self.rules.sentences)

    async def read_document(self, data: bytes, name: str = "", better: Better | None = None) -> Prepared:
        """The article in a file's bytes, which is not filed. Raises `InputError` where there is none."""
        return await self._workers.run(prepare_document, data, name, better, self.rules.sentences)

    async def keep(self, prepared: Prepared, url: str = "", *, tags: Sequence[str] = ()) -> Added | Known:
        """File what was read; at `url` too it is recognised from then on."""
        own = key_of(url=url_key(url)) if url else None
        return await self._desk.file(prepared, tags=tags, keys=() if own is None else (own,))

    async def _site_feed(self, url: str, sighting: Sighting, on_progress: OnProgress) -> Prospect | None:
        """The first of a page's feeds that is one, with its other ones as candidates."""
        for place, candidate in enumerate(sighting.feeds[:TRIED]):
            seen = await self._look(candidate, "trying", on_progress)
            if isinstance(seen, tuple) and seen[1].feed is not None:
                others = sighting.feeds[: sighting.named]
                return self._feed(seen[0], seen[1], others[:place] + others[place + 1 :], site=url)
        return None

    async def _look(self, url: str, doing: Doing, on_progress: OnProgress) -> tuple[str, Sighting] | Prospect:
        """What is at an address and where it is for good, or why it cannot be told."""
        await on_progress(Step(doing, url))
        outcome = await self._fetcher.get(url)
        if not isinstance(outcome, Fetched):
            reason = outcome.reason if isinstance(outcome, Refusal) else "garbled"
            return Prospect("nothing", url, reason=reason, detail=_said(outcome))
        await on_progress(Step("reading", url))
        got = Got(outcome.body, outcome.url, outcome.content_type)
        try:
            return outcome.moved or url, await self._workers.run(look_at, got, self._clock())
        except InputError as error:
            return Prospect("nothing", url, reason="given_up", detail=str(error))

    def _feed(self, url: str, seen: Sighting, candidates: tuple[str, ...], site: str = "") -> Prospect:
        feed = seen.feed or Polled()
        return Prospect(
            "feed",
            url,
            name=feed.title or host_of(feed.site or url),
            site=feed.site or site,
            language=feed.language,
            entries=seen.entries,
            newest=seen.newest,
            newest_date=seen.newest_date,
            full_text=seen.full_text,
            candidates=candidates,
            known=self._desk.find_source(url),
        )


def _said(outcome: Outcome) -> str:
    return outcome.detail or outcome.reason if isinstance(outcome, Refusal) else "an answer that nobody asked for"


@asynccontextmanager
async def scouting(
    desk: Desk,
    limits: Limits,
    rules: Rules,
    *,
    processes: int | None = None,
    environ: Mapping[str, str] = os.environ,
    clock: Callable[[], datetime] = utcnow,
) -> AsyncIterator[Scout]:
    """A scout with a network and worker processes of its own, which is the desk's scout (`desk.scout`) meanwhile."""
    keep_small()
    processes = processes or max(2, os.cpu_count() or 1)  # one article that hangs is not to hold up all others
    async with Workers(processes=processes) as workers, Fetcher(limits, environ=environ, clock=clock) as fetcher:
        desk.scout = scout = Scout(desk, fetcher, workers, rules, clock=clock)
        try:
            yield scout
        finally:
            desk.scout = None
            await scout.stop(GRACE)
