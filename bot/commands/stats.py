"""stats: how much the desk holds and how it goes, without a chat."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from bot.commands import Subcommand
from bot.commands.common import reading, settings
from bot.config import Config

if TYPE_CHECKING:
    from summaries.figures import Figures


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="JSON lines, one a day; also where the output is piped")


def _run(args: Namespace) -> int:
    asyncio.run(_stats(settings(args), json=args.json or not sys.stdout.isatty()))
    return 0


async def _stats(config: Config, *, json: bool) -> None:
    from summaries.desk import utcnow
    from summaries.figures import figures

    async with reading(config) as desk:
        found = await figures(desk, utcnow())
    if json:
        _print_days(found)
    else:
        _say(found)


def _print_days(found: "Figures") -> None:
    """The last thirty days, UTC, today last."""
    import msgspec

    for place, day in enumerate(found.days):
        sent = found.deliveries[place]
        line = {
            "day": day,
            "articles": found.articles[place],
            "sources": {one.name: one.articles[place] for one in found.brought if one.articles[place]},
            "sent": sent.sent,
            "failed": sent.failed,
            "doubt": sent.doubt,
        }
        sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    sys.stdout.buffer.flush()


def _say(found: "Figures") -> None:
    today, month = found.deliveries[-1], sum(day.sent for day in found.deliveries)
    print(f"{found.briefings:,} briefings in {found.stories:,} stories, {found.size / 1e6:,.1f} MB on the disk")
    print(f"articles: {found.today:,} today, {found.week:,} in 7 days, {found.month:,} in 30 days")
    print(f"people: {found.people:,}; chats: {found.chats:,}, {found.subscribed:,} of them with digests")
    print(f"deliveries: {today.sent:,} sent today, {month:,} in 30 days; {today.failed:,} refused today, ", end="")
    print(f"{found.outbox.doubt:,} in doubt")
    for one in found.brought[:10]:
        print(f"  {one.total:>7,}  {one.name}")


SUBCOMMANDS = (Subcommand("stats", "how much the desk holds, and how it goes", _arguments, _run),)
