"""Looks at the sources that are due: a few at a time, each alone, so that none waits for another's trouble."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

from bot.config import Config
from summaries.desk import Desk, utcnow
from summaries.errors import BackchannelError
from summaries.intake.outcomes import Limits
from summaries.models import Source
from summaries.scout import Scout
from summaries.updating import Rules

logger = logging.getLogger(__name__)

AT_ONCE = 24
"""Sources that are looked at at the same time: what is in memory of them, whatever waits."""

ASKED = 8
"""Requests beside those, for people who add a source or look at one."""

AGAIN = timedelta(minutes=5)
"""How long nothing new is begun after the disk refused: every fetched feed would be lost."""

LATEST = timedelta(days=8)
"""No check is put off for longer (`rhythm.LONGEST_RETRY`)."""

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def limits(config: Config) -> Limits:
    """What one request may cost, by the configuration."""
    collect = config.collect
    return Limits(
        timeout=float(collect.timeout),
        max_bytes=collect.max_bytes,
        at_once=AT_ONCE + ASKED,
        user_agent=collect.user_agent,
        allow_networks=tuple(ip_network(network) for network in collect.allow_networks),
    )


def rules(config: Config) -> Rules:
    """How sources are followed, by the configuration."""
    collect = config.collect
    return Rules(
        every=collect.every * 60.0,
        most=collect.max_new_per_poll,
        sentences=config.summaries.sentences,
        languages=config.summaries.languages,
    )


async def add_named(desk: Desk, config: Config) -> None:
    """Add the sources that the configuration names, but for those that the desk has."""
    for named in config.sources:
        await desk.add_source(
            named.url, name=named.name, tags=named.tags, labels=named.labels, credentials=named.credentials
        )


class Collector:
    """`tick` begins what is due and returns; what it began goes on until it ends, or until `drain`."""

    def __init__(
        self, desk: Desk, scout: Scout, *, clock: Callable[[], datetime] = utcnow, at_once: int = AT_ONCE
    ) -> None:
        self._desk, self._scout, self._clock, self._at_once = desk, scout, clock, at_once
        self._due: deque[int] = deque()
        self._running: dict[int, asyncio.Task[None]] = {}
        self._not_before = BEGINNING
        self._draining = False

    async def tick(self) -> None:
        """Take up what has fallen due, the longest overdue first."""
        now = self._clock()
        if now >= self._not_before:
            due = sorted((source for source in self._desk.sources() if _is_due(source, now)), key=_since)
            self._due = deque(source.id for source in due)
        self._fill()

    async def settle(self) -> None:
        """Wait until nothing that is due is left."""
        while self._running:
            await asyncio.wait(self._running.values())

    async def drain(self, grace: float = 10.0) -> None:
        """Begin no more, give what runs `grace` seconds to end, and break the rest off: what it stored stays."""
        self._draining = True
        running = set(self._running.values())
        await self._scout.stop(grace)
        await asyncio.gather(*running, return_exceptions=True)

    def _fill(self) -> None:
        while self._due and len(self._running) < self._at_once and not self._draining:
            id = self._due.popleft()
            source = self._desk.source(id)
            if id not in self._running and source is not None and _is_due(source, self._clock()):
                self._running[id] = asyncio.create_task(self._look(id))

    async def _look(self, id: int) -> None:
        try:
            checked = await self._scout.check(id)
            logger.debug("source %d: %s", id, checked)
        except BackchannelError as error:
            logger.error("source %d: %s", id, error)
            self._due.clear()
            self._not_before = self._clock() + AGAIN
        except Exception:
            logger.exception("source %d", id)
        finally:
            del self._running[id]
            self._fill()


def _is_due(source: Source, now: datetime) -> bool:
    """Also one whose next check is later than any can be: the clock was wrong when it was set."""
    return not source.paused and not now < _since(source) <= now + LATEST


def _since(source: Source) -> datetime:
    return source.health.next_check or BEGINNING
