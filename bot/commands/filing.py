"""add, import, export: articles into the desk, and its briefings out of it."""

import asyncio
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bot.commands import Subcommand
from bot.commands.common import byline, complain, opened, reading, settings, spoken, writing
from bot.commands.fetching import Fetch, fetching
from bot.config import Config
from summaries.errors import InputError, UsageError

if TYPE_CHECKING:
    from summaries.bulk import Tally
    from summaries.desk import Desk
    from summaries.filing import Added, Known
    from summaries.pipeline import Better, Prepared
    from summaries.workers import Workers


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="FILE|DIR|URL",
        help="a .txt, .md or .html file, a folder of them, or a page's address",
    )
    parser.add_argument("--outlet", default="", help="who published it")
    parser.add_argument("--date", default="", help="when it was published, such as 2026-03-04")
    parser.add_argument("--language", default="", metavar="CODE", help="its language, such as en or ur")
    parser.add_argument("--url", default="", help="where it was published (for one file)")


def _add(args: Namespace) -> int:
    paths = list(_files(args.paths))
    if args.url and len(paths) > 1:
        raise UsageError(f"--url names one article, but there are {len(paths)}; add them one by one")
    return asyncio.run(_file_all(settings(args), paths, _better(args)))


def _better(args: Namespace) -> "Better":
    from summaries.pipeline import Better

    if args.language and not (args.language.isascii() and args.language.isalpha() and len(args.language) in (2, 3)):
        raise UsageError(f"--language {args.language}: give a two-letter code, such as en or ur")
    return Better(
        url=args.url,
        outlet=args.outlet,
        language=args.language.lower(),
        published=_date(args.date) if args.date else None,
    )


def _date(text: str) -> datetime:
    from summaries.dates import read_date

    date = read_date(text)
    if date is None:
        raise UsageError(f"--date {text}: not a date; write it as 2026-03-04")
    return date


def _files(names: Sequence[str]) -> Iterator[Path | str]:
    """The files and addresses named, and the files of the folders named, in their order. Raises `InputError`."""
    from summaries.intake.urls import is_url

    for name in names:
        path = Path(name)
        if is_url(name):
            yield name
        else:
            yield from _articles_under(path) if path.is_dir() else [path]


def _articles_under(folder: Path) -> list[Path]:
    from summaries.pipeline import SUFFIXES

    found = []
    for root, folders, files in os.walk(folder, onerror=_unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        names = sorted(name for name in files if not name.startswith("."))
        found += [Path(root, name) for name in names if Path(name).suffix.lower() in SUFFIXES]
    if not found:
        raise InputError(f"{folder}: no article in this folder (files that end in {', '.join(sorted(SUFFIXES))})")
    return found


def _unreadable(error: OSError) -> None:
    raise InputError(f"{error.filename}: {error.strerror}")


async def _file_all(config: Config, paths: Sequence[Path | str], better: "Better") -> int:
    from summaries.filing import Added
    from summaries.workers import Workers

    added = known = skipped = 0
    async with writing(config) as desk, Workers() as workers, fetching(config) as fetch:
        async for path, outcome in add_files(desk, workers, paths, better, config.summaries.sentences, fetch):
            if isinstance(outcome, InputError):
                skipped += 1
                complain(_named(path, outcome))
                continue
            fresh = isinstance(outcome, Added)
            added, known = added + fresh, known + (not fresh)
            _say_filed("added" if fresh else "known", outcome)
    if len(paths) > 1:
        print(_summary(added, skipped, known))
    return 1 if skipped else 0


def _named(path: Path | str, error: InputError) -> str:
    """The error with the file's name, which a worker that was given up could not tell."""
    text = str(error)
    return text if text.startswith(str(path)) else f"{path}: {text}"


def _say_filed(word: str, outcome: "Added | Known") -> None:
    briefing = outcome.briefing
    print(f"{word} {briefing.id}: {briefing.headline} ({byline(briefing)})", flush=True)


async def add_files(
    desk: "Desk",
    workers: "Workers",
    paths: Sequence[Path | str],
    better: "Better | None",
    sentences: int,
    fetch: "Fetch",
) -> AsyncIterator[tuple[Path | str, "Added | Known | InputError"]]:
    """Read files and addresses in the worker processes, file them in the order given, tell what became of each."""
    from summaries.pipeline import prepare_fetched, prepare_file

    room = asyncio.Semaphore(2 * workers.size)

    async def read(path: Path | str) -> "Prepared | InputError":
        async with room:
            try:
                if isinstance(path, Path):
                    return await workers.run(prepare_file, path, better, sentences)
                got = await fetch(path, page=True)
                return await workers.run(prepare_fetched, got.body, got.url, got.content_type, better, sentences)
            except InputError as error:
                return error

    tasks = [asyncio.create_task(read(path)) for path in paths]
    try:
        for path, task in zip(paths, tasks, strict=True):
            prepared = await task
            yield path, prepared if isinstance(prepared, InputError) else await desk.file(prepared)
    finally:
        for task in tasks:
            task.cancel()


def _summary(added: int, skipped: int, known: int) -> str:
    return f"{added:,} added, {skipped:,} skipped, {known:,} known"


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file",
        metavar="FILE.jsonl|-",
        help="one article a line: {id?, title?, text or html, date?, source?, lang?, url?}",
    )


def _import(args: Namespace) -> int:
    config = settings(args)
    with opened(args.file) as file:
        tally = asyncio.run(_import_from(config, file, spoken(args.file)))
    print(_summary(tally.added, tally.skipped, tally.known))
    if not tally.lines:
        raise InputError(f"{spoken(args.file)} is empty: nothing to import")
    if not tally.added and not tally.skipped:
        print(f"nothing new: the desk has every article of {spoken(args.file)}")
    return 1 if tally.skipped else 0


async def _import_from(config: Config, file: BinaryIO, name: str) -> "Tally":
    from summaries.bulk import import_lines
    from summaries.workers import Workers

    async with writing(config) as desk, Workers() as workers:
        with _progress(_size(name), name) as progress:
            return await import_lines(
                desk,
                workers,
                file,
                sentences=config.summaries.sentences,
                on_refused=lambda number, reason: complain(f"{name}, line {number}: {reason}; skipped"),
                on_progress=progress,
            )


def _size(name: str) -> int | None:
    """How many bytes are to come; None for a pipe or standard input."""
    path = Path(name)
    return path.stat().st_size if path.is_file() else None


@contextmanager
def _progress(total: int | None, name: str) -> Iterator[Callable[["Tally"], None]]:
    """A bar on stderr where it is a terminal, else nothing. Bytes for a file, only a count for a pipe."""
    if not sys.stderr.isatty():
        yield lambda tally: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[said]}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(f"Importing {Path(name).name}", total=total, said="")

        def show(tally: "Tally") -> None:
            bar.update(task, completed=tally.bytes, said=_summary(tally.added, tally.skipped, tally.known))

        yield show


def _export_arguments(parser: ArgumentParser) -> None:
    """It takes none of its own."""


def _export(args: Namespace) -> int:
    asyncio.run(_export_all(settings(args)))
    return 0


async def _export_all(config: Config) -> None:
    import msgspec

    encode = msgspec.json.Encoder().encode
    async with reading(config) as desk:
        async for briefing in desk.briefings():
            event, story = await desk.place_of(briefing)
            line = {
                "id": briefing.id,
                "ref": briefing.ref,
                "url": briefing.url,
                "headline": briefing.headline,
                "outlet": briefing.outlet,
                "published": briefing.published,
                "language": briefing.language,
                "kind": briefing.kind,
                "event": event or None,
                "story": story or None,
                "sentences": [chosen.text for chosen in briefing.sentences],
            }
            sys.stdout.buffer.write(encode(line) + b"\n")
    sys.stdout.buffer.flush()


SUBCOMMANDS = (
    Subcommand("add", "put articles into the desk (.txt .md .html, or a page's address)", _add_arguments, _add),
    Subcommand("import", "put many articles into the desk, from JSON lines", _import_arguments, _import),
    Subcommand("export", "print every briefing as JSON lines", _export_arguments, _export),
)
