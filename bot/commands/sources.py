"""sources: the admin's work on sources without a chat. What it says is what the bot says, in plain text."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from bot.commands import source_edits, source_visits
from bot.commands.common import complain, opened, reading, spoken, writing
from bot.commands.source_lines import MONTH, found, print_json, print_table, say_one, takes_id
from bot.commands.verbs import Verb, list_arguments, with_verbs
from bot.config import Config
from summaries.errors import InputError


async def _list(config: Config, args: Namespace) -> int:
    from handlers.source_pages import by_health
    from summaries.desk import utcnow

    async with reading(config) as desk:
        since = utcnow() - MONTH
        rows = [(source, await desk.kept_since(source.id, since)) for source in by_health(desk.sources())]
    if args.json or not sys.stdout.isatty():
        for source, kept in rows:
            print_json(source, kept)
    elif rows:
        print_table(rows)
    else:
        print("no sources yet; `backchannel sources add URL` adds the first")
    return 0


async def _show(config: Config, args: Namespace) -> int:
    async with reading(config) as desk:
        await say_one(desk, found(desk, args.id))
    return 0


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.opml|-", help="what another reader exported")


async def _import(config: Config, args: Namespace) -> int:
    from handlers.adding import import_all
    from handlers.previews import presentable
    from summaries.intake.opml import LARGEST, read_opml

    with opened(args.file) as file:
        data = file.read(LARGEST + 1)
    try:
        outlines = read_opml(data)
    except InputError as error:
        raise InputError(f"{spoken(args.file)}: {error}") from None
    async with writing(config) as desk:
        tally = await import_all(desk, outlines)
    for url, why in tally.refused:
        complain(f"{presentable(url)}: {why}; refused")
    print(f"{tally.added:,} added, {len(tally.refused):,} refused, {tally.known:,} known")
    return 1 if tally.refused else 0


def _export_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="where to write it (standard output)")


async def _export(config: Config, args: Namespace) -> int:
    from handlers.admin import opml

    async with reading(config) as desk:
        there = desk.sources()
    data = opml(there)
    if args.file is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        args.file.write_bytes(data)
        print(f"{len(there):,} source{'' if len(there) == 1 else 's'} in {args.file}")
    return 0


VERBS = (
    Verb("add", "look at addresses, say what is there, and follow it", source_visits.add, source_visits.add_arguments),
    Verb("list", "every source and how it is, those in trouble first", _list, list_arguments),
    Verb("show", "one source and how it is", _show, takes_id),
    Verb("check", "check sources now, and take what is new", source_visits.check, source_visits.check_arguments),
    Verb("pause", "follow a source no longer, but keep it", source_edits.pause, takes_id),
    Verb("resume", "follow a paused source again", source_edits.resume, takes_id),
    Verb("rename", "give a source another name", source_edits.rename, source_edits.rename_arguments),
    Verb("tag", "give a source its tags", source_edits.tag, source_edits.tag_arguments),
    Verb("label", "set labels of a source", source_edits.label, source_edits.label_arguments),
    Verb("remove", "forget a source; the briefings that it brought stay", source_edits.remove, takes_id),
    Verb("import", "follow the sources of an OPML file", _import, _import_arguments),
    Verb("export", "write the sources as OPML", _export, _export_arguments),
)

SUBCOMMANDS = (with_verbs("sources", "add, list, check and change sources", VERBS),)
