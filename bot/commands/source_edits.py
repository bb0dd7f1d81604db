"""sources pause, resume, rename, tag, label, remove: what the admin has to say about a source."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from bot.commands.common import writing
from bot.commands.source_lines import found, say_one, takes_id
from bot.config import Config
from summaries.errors import UsageError

if TYPE_CHECKING:
    from summaries.desk import Desk


async def pause(config: Config, args: Namespace) -> int:
    return await _change(config, args.id, paused=True)


async def resume(config: Config, args: Namespace) -> int:
    return await _change(config, args.id, paused=False)


def rename_arguments(parser: ArgumentParser) -> None:
    takes_id(parser)
    parser.add_argument("name", nargs="+", metavar="NAME", help="the new name")


async def rename(config: Config, args: Namespace) -> int:
    from handlers.edits import LONGEST_NAME, read_name

    name = read_name(" ".join(args.name))
    if name is None:
        raise UsageError(f"a name has 1 to {LONGEST_NAME} characters")
    return await _change(config, args.id, name=name)


def tag_arguments(parser: ArgumentParser) -> None:
    takes_id(parser)
    parser.add_argument("tags", nargs="+", metavar="TAG", help="all tags that it is to have; - for none")


async def tag(config: Config, args: Namespace) -> int:
    from handlers.edits import read_tags

    tags = read_tags(" ".join(args.tags))
    if tags is None:
        raise UsageError("those are no tags: give a few words, or - for none")
    return await _change(config, args.id, tags=tags)


def label_arguments(parser: ArgumentParser) -> None:
    takes_id(parser)
    parser.add_argument("labels", nargs="+", metavar="KEY=VALUE", help="labels to set; KEY= takes one away, - all")


async def label(config: Config, args: Namespace) -> int:
    from handlers.edits import read_labels

    async with writing(config) as desk:
        labels = read_labels(",".join(args.labels), found(desk, args.id).labels)
        if labels is None:
            raise UsageError("those are no labels: write them as country=Tarn")
        return await _changed(desk, args.id, labels=labels)


async def _change(config: Config, id: int, **fields: object) -> int:
    async with writing(config) as desk:
        return await _changed(desk, id, **fields)


async def _changed(desk: "Desk", id: int, **fields: object) -> int:
    found(desk, id)
    source = await desk.change_source(id, **fields)
    if source is not None:
        await say_one(desk, source)
    return 0


async def remove(config: Config, args: Namespace) -> int:
    async with writing(config) as desk:
        source = found(desk, args.id)
        await desk.remove_source(source.id)
    print(f"removed {source.id}: {source.name or source.url}; the briefings that it brought stay")
    return 0
