"""What a site's robots.txt lets us read (RFC 9309), through protego, remembered for an hour."""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from protego import Protego
from yarl import URL

from summaries.intake.outcomes import Refusal

KEPT = 3600.0
"""Seconds for which rules are remembered."""

KEPT_FAILURE = 600.0
"""Seconds after which a robots.txt that could not be read is asked for again: a short outage is not to cost an hour."""

LONGEST = 512 * 1024
"""Bytes of a robots.txt that count (RFC 9309, section 2.5: at least 500 KiB)."""

WEIGHT = 4 * 1024 * 1024
"""Bytes of robots.txt that are remembered, of all sites together; each site counts for at least `LIGHTEST`."""

LIGHTEST = 2048
_UNREACHED = ("unreachable", "timeout", "certificate", "private_address", "bad_url")

Ask = Callable[[URL], Awaitable[bytes | Refusal]]


class _Site:
    """What is known of one scheme, host and port. Without rules and refusal everything may be read."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.until = float("-inf")
        self.rules: Protego | None = None
        self.refusal: Refusal | None = None
        self.weight = LIGHTEST


class Robots:
    """Asks for each robots.txt once an hour. `ask` gives the first `LONGEST` bytes of one."""

    def __init__(self, ask: Ask, user_agent: str, now: Callable[[], float]) -> None:
        self._ask, self._now = ask, now
        self._agent = product(user_agent)
        self._sites: OrderedDict[URL, _Site] = OrderedDict()
        self._weight = 0

    def __len__(self) -> int:
        return len(self._sites)

    async def objection(self, url: URL) -> Refusal | None:
        """Why `url` is not to be read; None where it may be.

        A 4xx for robots.txt allows everything, as do endless redirects; a 5xx or no answer forbids everything. Where
        the host cannot be reached at all, the refusal says that rather than "robots".
        """
        site = self._site(url.origin())
        async with site.lock:  # ten pages of a new host: one robots.txt
            if site.until <= self._now():
                await self._learn(site, url.origin())
        if site.refusal is not None:
            return site.refusal
        if site.rules is None or site.rules.can_fetch(str(url), self._agent):
            return None
        return Refusal("robots", "robots.txt asks not to read this page")

    def _site(self, origin: URL) -> _Site:
        site = self._sites.get(origin)
        if site is None:
            site = self._sites[origin] = _Site()
            self._weight += site.weight
        self._sites.move_to_end(origin)
        while self._weight > WEIGHT and len(self._sites) > 1:
            _, oldest = self._sites.popitem(last=False)
            self._weight -= oldest.weight
        return site

    async def _learn(self, site: _Site, origin: URL) -> None:
        answer = await self._ask(origin / "robots.txt")
        text = answer if isinstance(answer, bytes) else b""
        site.rules = Protego.parse(text.decode("utf-8-sig", "replace")) if text else None
        site.refusal = _objection(answer) if isinstance(answer, Refusal) else None
        site.until = self._now() + (KEPT_FAILURE if site.refusal else KEPT)
        if self._sites.get(origin) is site:
            self._weight += max(len(text), LIGHTEST) - site.weight
            site.weight = max(len(text), LIGHTEST)


def product(user_agent: str) -> str:
    """By which name rules are chosen: the first word (RFC 9309, section 2.2.1), not the words of its comment.

    One that begins as browsers do has its name inside, so all of it counts.
    """
    return user_agent if user_agent.startswith("Mozilla/") else re.split(r"[/\s(]", user_agent, maxsplit=1)[0]


def _objection(refusal: Refusal) -> Refusal | None:
    status = refusal.status or 0
    if 400 <= status < 500 or refusal.reason == "too_many_redirects":
        return None
    reason = refusal.reason if refusal.reason in _UNREACHED else "robots"
    return Refusal(reason, f"robots.txt: {refusal.detail}", refusal.status, refusal.retry_after)
