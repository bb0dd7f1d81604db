"""backup, restore, check: looking after a desk."""

import asyncio
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands import Subcommand
from bot.commands.common import complain, reading, settings
from bot.config import Config
from summaries.errors import BackchannelError, ConfigError, LockedError

if TYPE_CHECKING:
    from telegram.request import BaseRequest

INDEX_BEHIND = "behind the archive; the next command that searches, or the bot, brings it up by itself"

ANSWER_WITHIN = 10.0
"""Seconds that `check` gives Telegram to say whose token it is."""


def _backup_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a tar file, compressed if its name ends in gz")


def _backup(args: Namespace) -> int:
    print(asyncio.run(_write(settings(args), args.file)))
    return 0


async def _write(config: Config, path: Path) -> str:
    from summaries.archive.backup import write_backup

    async with reading(config) as desk:
        manifest = await write_backup(desk.store, path)
    return f"{manifest.tables['briefings'].rows:,} briefings in {path}"


def _restore(args: Namespace) -> int:
    from summaries.archive.backup import restore_backup

    directory = data_directory(settings(args))
    manifest = asyncio.run(restore_backup(args.file, directory))
    print(f"{manifest.tables['briefings'].rows:,} briefings in {directory}, as they were on {manifest.made:%-d %B %Y}")
    return 0


def data_directory(config: Config) -> Path:
    return Path(config.store.url.partition(":")[2])


@dataclass(frozen=True)
class Finding:
    """What was looked at, and what is there; `wrong` says that it needs a mend, which the text then names."""

    what: str
    text: str
    wrong: bool = False


def _check_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--offline", action="store_true", help="do not ask Telegram about the token")


def _check(args: Namespace) -> int:
    try:
        config = settings(args)
    except ConfigError as error:
        findings = [Finding("config", str(error), wrong=True)]
    else:
        findings = [Finding("config", "every key is known and every value allowed"), *asyncio.run(_desk(config))]
        findings.append(asyncio.run(_token(config, offline=args.offline)))
    for finding in findings:
        _show(finding)
    return 1 if any(finding.wrong for finding in findings) else 0


def _show(finding: Finding) -> None:
    if finding.wrong:
        complain(f"{finding.what}: {finding.text}")
    else:
        print(f"{finding.what}: {finding.text}", flush=True)


async def _desk(config: Config) -> list[Finding]:
    directory = data_directory(config)
    if not directory.exists():
        return [Finding("data", f"no desk at {directory} yet; `backchannel add` or `backchannel run` makes it")]
    try:
        return [await _lock(config), *await _contents(config, directory)]
    except BackchannelError as error:
        return [Finding("data", str(error), wrong=True)]


async def _lock(config: Config) -> Finding:
    """Opening for writing also tells whether the disk lets us."""
    from summaries.archive.store import open_store

    try:
        store = await open_store(config.store.url)
    except LockedError as error:
        return Finding("lock", str(error))
    await store.close()
    return Finding("lock", "free: nothing else writes to this desk")


async def _contents(config: Config, directory: Path) -> list[Finding]:
    """What is kept, read from the first row to the last, and how far the search index has come."""
    from summaries.archive.search import Index
    from summaries.archive.store import TABLES, open_store

    store = await open_store(config.store.url, readonly=True)
    try:
        counts = {table.name: sum([1 async for _ in store.rows(table)]) for table in TABLES}
        index = await Index.open(store, directory / "index")
        behind = index.seen < store.sequence
        await index.close()
    finally:
        await store.close()
    data = f"{counts['briefings']:,} briefings in {directory}, every row of every table can be read"
    return [Finding("data", data), Finding("index", INDEX_BEHIND if behind else "complete")]


async def _token(config: Config, *, offline: bool) -> Finding:
    token = config.telegram.token
    if not token:
        return Finding("token", "none; `run` needs one (BACKCHANNEL_TOKEN), `chat` and `demo` do not")
    if offline:
        return Finding("token", "set; Telegram was not asked about it")
    return await ask_telegram(config)


async def ask_telegram(config: Config, request: "BaseRequest | None" = None) -> Finding:
    """Whose token it is, as Telegram says. It is shown nowhere."""
    from telegram import Bot
    from telegram.error import InvalidToken, TelegramError

    from bot.transport import AiohttpRequest, Timeouts

    timeouts = Timeouts(connect=ANSWER_WITHIN, read=ANSWER_WITHIN)
    request = request or AiohttpRequest(timeouts=timeouts, proxy=config.telegram.proxy)
    bot = Bot(config.telegram.token, base_url=config.telegram.base_url, request=request, get_updates_request=request)
    try:
        async with bot:
            return Finding("token", f"Telegram knows it as @{bot.username}")
    except InvalidToken:
        return Finding("token", "Telegram refuses it; set the one that @BotFather shows", wrong=True)
    except TelegramError as error:
        said = str(error).replace(config.telegram.token, "[token]")
        return Finding(
            "token", f"Telegram cannot be asked ({said}); check the network and telegram.base_url", wrong=True
        )


def _restore_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="what `backup` wrote")


SUBCOMMANDS = (
    Subcommand("backup", "write the whole desk to one file, also while the bot runs", _backup_arguments, _backup),
    Subcommand("restore", "make a new desk of a backup", _restore_arguments, _restore),
    Subcommand("check", "say what is wrong with configuration, data, index and token", _check_arguments, _check),
)
