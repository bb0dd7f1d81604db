"""What several subcommands need: the configuration, the desk, input by name, and lines for people."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bot.config import Config, load
from summaries.errors import InputError, LockedError

if TYPE_CHECKING:
    from summaries.desk import Desk
    from summaries.models import Briefing

STDIN = "-"


def settings(args: Namespace) -> Config:
    """The configuration as `--config`, `--data` and the environment say. Raises `ConfigError`."""
    return load(args.config, os.environ, data=args.data)


def everywhere(parser: ArgumentParser, *, config: str | None, data: str | None) -> None:
    """The options that every command takes, with their defaults."""
    parser.add_argument("--config", type=Path, default=config, metavar="FILE", help="the configuration (config.toml)")
    parser.add_argument("--data", default=data, metavar="DIR", help="the data directory (data)")


def complain(text: str) -> None:
    """One line on stderr, in the form that every error of the command line has."""
    print(f"backchannel: {' '.join(text.split())}", file=sys.stderr, flush=True)


@asynccontextmanager
async def writing(config: Config) -> AsyncIterator["Desk"]:
    """The desk, held for writing. Raises `LockedError`, which says who holds it, and other `ArchiveError`s."""
    from summaries.desk import open_desk

    desk = await open_desk(config.store.url)
    try:
        yield desk
    finally:
        await desk.close()


@asynccontextmanager
async def reading(config: Config) -> AsyncIterator["Desk"]:
    """The desk without its lock, which the bot may hold meanwhile. Raises `ArchiveError` where there is none."""
    from summaries.desk import open_desk

    desk = await open_desk(config.store.url, readonly=True)
    try:
        yield desk
    finally:
        await desk.close()


@asynccontextmanager
async def writing_if_free(config: Config) -> AsyncIterator["Desk"]:
    """The desk for writing, or, where a running bot holds it, for reading only; `desk.readonly` tells which."""
    from summaries.desk import open_desk

    try:
        desk = await open_desk(config.store.url)
    except LockedError:
        desk = await open_desk(config.store.url, readonly=True)
    try:
        yield desk
    finally:
        await desk.close()


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """The bytes of a file, or of standard input for `-`. Raises `InputError` where it cannot be opened."""
    if name == STDIN:
        yield sys.stdin.buffer
        return
    try:
        file = Path(name).open("rb")  # noqa: SIM115 (closed below, so that errors of the body are not taken for its own)
    except OSError as error:
        raise InputError(f"{name}: {error.strerror or error}") from None
    with file:
        yield file


def spoken(name: str) -> str:
    """The name of an input as a person says it."""
    return "standard input" if name == STDIN else name


def byline(briefing: "Briefing") -> str:
    """Outlet, author, date, language and kind, as far as they are known; an unknown date is said to be unknown."""
    date = f"{briefing.published:%-d %B %Y}" if briefing.published else "date unknown"
    parts = (briefing.outlet, briefing.author, date, briefing.language, briefing.kind)
    return " · ".join(part for part in parts if part)
