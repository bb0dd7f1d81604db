"""What the command line fetches: by the same guard and within the same limits as the bot ([collect])."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Protocol

from bot.config import Config
from summaries.errors import InputError

if TYPE_CHECKING:
    from summaries.intake.outcomes import Fetched, Outcome


class Fetch(Protocol):
    """Gets one address. Raises `InputError` where it cannot be had."""

    async def __call__(self, url: str, *, page: bool = False) -> "Fetched": ...


@asynccontextmanager
async def fetching(config: Config) -> AsyncIterator[Fetch]:
    """A way to fetch, that shares its turns at hosts; nothing is connected before the first address."""
    from bot.collector import limits
    from summaries.intake.fetch import Fetcher

    async with Fetcher(limits(config)) as fetcher:

        async def fetch(url: str, *, page: bool = False) -> "Fetched":
            return body_of(await fetcher.get(url, page=page), url)

        yield fetch


def fetched(config: Config, url: str, *, page: bool = False) -> "Fetched":
    """One address, for a command that needs no more. Raises `InputError`."""

    async def once() -> "Fetched":
        async with fetching(config) as fetch:
            return await fetch(url, page=page)

    return asyncio.run(once())


def body_of(outcome: "Outcome", url: str) -> "Fetched":
    """Raises `InputError` that says why there is no body, and how that may be mended."""
    from handlers.reasons import reason
    from handlers.texts import texts
    from summaries.intake.outcomes import Fetched, NotModified

    if isinstance(outcome, Fetched):
        return outcome
    if isinstance(outcome, NotModified):  # asked for with no validators: a server that does not listen
        raise InputError(f"{url}: its server says that it has not changed, but it was never read")
    raise InputError(f"{url}: {outcome.detail or outcome.reason}. {reason(outcome.reason, texts(None))}")
