"""subscribers: the chats that the bot knows, without a chat."""

import sys
from argparse import ArgumentParser, Namespace
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.commands.common import reading, writing
from bot.commands.verbs import Verb, list_arguments, with_verbs
from bot.config import Config
from summaries.errors import InputError, UsageError

if TYPE_CHECKING:
    from summaries.desk import Desk
    from summaries.models import Subscriber


def _takes_id(parser: ArgumentParser) -> None:
    parser.add_argument("id", type=int, metavar="ID", help="the chat's number; of a group or channel it is negative")


async def _list(config: Config, args: Namespace) -> int:
    async with reading(config) as desk:
        rows = [subscriber async for subscriber in desk.subscribers.all()]
    rows.sort(key=lambda subscriber: subscriber.id)
    if args.json or not sys.stdout.isatty():
        for subscriber in rows:
            _print_json(subscriber)
    elif rows:
        _print_table(rows)
    else:
        print("nobody yet: chats are kept once something is set in them")
    return 0


async def _show(config: Config, args: Namespace) -> int:
    async with reading(config) as desk:
        _say(await _found(desk, args.id))
    return 0


async def _remove(config: Config, args: Namespace) -> int:
    async with writing(config) as desk:
        found = await _found(desk, args.id)
        await desk.subscribers.forget(found.id)
    print(f"removed {found.id}: {_named(found)}; it is met anew when it speaks to the bot")
    return 0


def _pause_arguments(parser: ArgumentParser) -> None:
    _takes_id(parser)
    parser.add_argument("--until", metavar="DATE", help="the first day with digests again, such as 2026-03-04 (never)")


async def _pause(config: Config, args: Namespace) -> int:
    return await _paused(config, args.id, _day(args.until) if args.until else date.max)


async def _resume(config: Config, args: Namespace) -> int:
    return await _paused(config, args.id, None)


async def _paused(config: Config, id: int, until: date | None) -> int:
    from msgspec.structs import replace

    from handlers.subscribing import paused

    def edit(before: "Subscriber") -> "Subscriber":
        return replace(before, subscriptions=tuple(paused(each, until) for each in before.subscriptions))

    async with writing(config) as desk:
        found = await _found(desk, id)
        if not found.subscriptions:
            raise InputError(f"nothing is sent to {id} by itself, so there is nothing to pause")
        _say(await desk.subscribers.change(id, edit))
    return 0


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise UsageError(f'"{words}" is no date; write it as 2026-03-04') from None


async def _found(desk: "Desk", id: int) -> "Subscriber":
    found = await desk.subscribers.get(id)
    if found is None:
        raise InputError(f"there is no subscriber {id}; `backchannel subscribers list` shows them")
    return found


def state_of(subscriber: "Subscriber") -> str:
    """In a word or two: what stands against sending there."""
    if subscriber.left is not None:
        return "left"
    if subscriber.suspended:
        return subscriber.suspended
    paused = [each.paused_until for each in subscriber.subscriptions]
    if any(paused) and all(paused):
        until = max(day for day in paused if day)
        return "paused" if until == date.max else f"paused until {until}"
    return "active" if any(each.slots for each in subscriber.subscriptions) else "no digest"


def _named(subscriber: "Subscriber") -> str:
    return subscriber.title or subscriber.kind


def times_of(subscriber: "Subscriber") -> str:
    """Times of day and their zones, with the topic where there is one: "08:00 Asia/Karachi"."""
    lines = []
    for each in subscriber.subscriptions:
        hours = ", ".join(f"{slot.at // 60:02}:{slot.at % 60:02}" for slot in each.slots)
        topic = f" (topic {each.topic})" if each.topic else ""
        lines += [f"{hours} {each.zone}{topic}"] if hours else []
    return "; ".join(lines)


def _print_json(subscriber: "Subscriber") -> None:
    import msgspec

    line: dict[str, Any] = {
        "id": subscriber.id,
        "kind": subscriber.kind,
        "title": subscriber.title,
        "language": subscriber.language,
        "state": state_of(subscriber),
        "since": subscriber.since,
        "subscriptions": [
            {
                "topic": each.topic,
                "times": [f"{slot.at // 60:02}:{slot.at % 60:02}" for slot in each.slots],
                "zone": each.zone,
                "paused_until": each.paused_until,
                "closed": each.closed,
            }
            for each in subscriber.subscriptions
        ],
    }
    sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    sys.stdout.buffer.flush()


def _print_table(rows: list["Subscriber"]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("ID", "Kind", "Title", "State", "Digests", box=None, pad_edge=False)
    for one in rows:
        table.add_row(*(Text(cell) for cell in (str(one.id), one.kind, one.title, state_of(one), times_of(one))))
    Console(highlight=False).print(table)


def _say(subscriber: "Subscriber") -> None:
    facts = {
        "kind": subscriber.kind,
        "title": subscriber.title,
        "language": subscriber.language or "each person's own",
        "state": state_of(subscriber),
        "digests": times_of(subscriber),
        "since": f"{subscriber.since:%Y-%m-%d}" if subscriber.since else "",
        "managers": ", ".join(map(str, subscriber.managers)),
    }
    print(subscriber.id)
    for name, value in facts.items():
        if value:
            print(f"  {name}: {value}")


VERBS = (
    Verb("list", "every chat, and what stands against sending there", _list, list_arguments),
    Verb("show", "one chat, and what is set in it", _show, _takes_id),
    Verb("pause", "send no digests to a chat for a while", _pause, _pause_arguments),
    Verb("resume", "send digests to a paused chat again", _resume, _takes_id),
    Verb("remove", "forget a chat and all its settings", _remove, _takes_id),
)

SUBCOMMANDS = (with_verbs("subscribers", "list, show, pause and remove chats", VERBS),)
