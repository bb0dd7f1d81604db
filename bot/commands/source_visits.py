"""sources add, sources check: what goes out for the desk."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.commands.common import complain, writing
from bot.commands.source_lines import found, plain
from bot.config import Config
from summaries.errors import InputError, UsageError

if TYPE_CHECKING:
    from summaries.desk import Desk
    from summaries.models import Source
    from summaries.scout import OnProgress, Prospect, Scout, Step
    from summaries.updating import Checked

AT_ONCE = 32
"""Sources that `check` looks at at the same time."""


@asynccontextmanager
async def _scouting(config: Config) -> AsyncIterator[tuple["Desk", "Scout"]]:
    from bot.collector import limits, rules
    from summaries.scout import scouting

    async with writing(config) as desk, scouting(desk, limits(config), rules(config)) as scout:
        yield desk, scout


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("urls", nargs="+", metavar="URL", help="a feed, a site whose feed is looked for, or a page")
    parser.add_argument("--name", default="", help="its name, instead of its own (for one URL)")
    parser.add_argument("--tag", action="append", default=[], metavar="TAG", help="a tag; may be given several times")
    parser.add_argument(
        "--credentials", default="", metavar="VARIABLE", help="the environment variable that holds its password"
    )


async def add(config: Config, args: Namespace) -> int:
    from handlers.edits import address, read_variable

    if args.name and len(args.urls) > 1:
        raise UsageError(f"--name names one source, but there are {len(args.urls)} addresses; add them one by one")
    if args.credentials and not read_variable(args.credentials):
        raise UsageError("--credentials takes the name of an environment variable, never a password itself")
    failed = False
    async with _scouting(config) as (desk, scout):
        for url in args.urls:
            try:
                await _add_one(desk, scout, address(url), args)
            except InputError as error:
                failed = True
                complain(str(error))
    return 1 if failed else 0


async def _add_one(desk: "Desk", scout: "Scout", url: str, args: Namespace) -> None:
    """Looks, says what is there, and adds it. Raises `InputError` where there is nothing to add."""
    from handlers.edits import read_tags

    tags = read_tags(" ".join(args.tag)) or ()
    if known := desk.find_source(url):
        print(f"known {known.id}: {known.name or known.url}")
        return
    if args.credentials:  # its feed opens to nobody else, so there is nothing to look at before
        source = await desk.add_source(url, name=args.name, tags=tags, credentials=args.credentials)
        _say_added(source)
        return
    prospect = await scout.prospect(url, _telling())
    if prospect.known is not None:
        print(f"known {prospect.known.id}: {prospect.known.name or prospect.known.url}")
    elif prospect.kind == "nothing":
        raise InputError(_nothing(prospect))
    else:
        await _take(desk, scout, prospect, args.name, tags)


async def _take(desk: "Desk", scout: "Scout", prospect: "Prospect", name: str, tags: tuple[str, ...]) -> None:
    from handlers.previews import Preview, preview
    from handlers.texts import texts
    from summaries.filing import Added

    print(plain(preview(Preview(prospect, prospect.candidates), texts(None))))
    for candidate in prospect.candidates:
        print(f"  {candidate}")
    if prospect.kind == "feed":
        source = await desk.add_source(
            prospect.url, name=name or prospect.name, site=prospect.site, language=prospect.language, tags=tags
        )
        _say_added(source)
        return
    filed = await scout.take(prospect.url, tags=tags)
    word = "taken once as article" if isinstance(filed, Added) else "known as article"
    print(f"{word} {filed.briefing.id}: {filed.briefing.headline}")


def _say_added(source: "Source") -> None:
    print(f"added {source.id}: {source.name or source.url}", flush=True)


def _nothing(prospect: "Prospect") -> str:
    from handlers.previews import presentable
    from handlers.reasons import reason
    from handlers.texts import texts

    said = f" ({prospect.detail})" if prospect.detail else ""
    return f"{presentable(prospect.url)}: {reason(prospect.reason, texts(None))}{said}"


def _telling() -> "OnProgress":
    """What is being done, on stderr where a person watches."""
    from handlers.previews import looking
    from handlers.texts import texts

    async def tell(step: "Step") -> None:
        if sys.stderr.isatty():
            print(plain(looking(step, texts(None))), file=sys.stderr)

    return tell


def check_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("ids", nargs="*", type=int, metavar="ID", help="sources to check; none: those that are due")
    parser.add_argument("--all", action="store_true", help="every source that is not paused")


async def check(config: Config, args: Namespace) -> int:
    if args.ids and args.all:
        raise UsageError("--all checks every source; leave the numbers out")
    async with _scouting(config) as (desk, scout):
        ids = [found(desk, id).id for id in args.ids] or _due(desk, every=args.all)
        room = asyncio.Semaphore(AT_ONCE)

        async def check(id: int) -> "Checked":
            async with room:
                return await scout.check(id)

        failed = 0
        for finished in asyncio.as_completed([check(id) for id in ids]):
            failed += _say_checked(await finished)
    if not ids:
        print("no source is due; --all checks every one")
    return 1 if failed else 0


def _due(desk: "Desk", *, every: bool) -> list[int]:
    from summaries.desk import utcnow

    now = utcnow()
    going = [source for source in desk.sources() if not source.paused]
    return [each.id for each in going if every or each.health.next_check is None or each.health.next_check <= now]


def _say_checked(checked: "Checked") -> bool:
    """Whether it failed."""
    from handlers.admin import outcome
    from handlers.texts import texts

    if checked.source is None:
        return False
    said = f"{checked.source.id} {checked.source.name or checked.source.url}: {outcome(checked, texts(None))}"
    if checked.reason:
        complain(f"source {said} ({checked.detail})" if checked.detail else f"source {said}")
    else:
        print(said, flush=True)
    return bool(checked.reason)
