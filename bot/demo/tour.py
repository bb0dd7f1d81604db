"""`backchannel demo`: a throw-away desk with the sample articles, a short guided tour, and then a chat of one's own."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.rule import Rule
from rich.text import Text

from bot.app import build_local
from bot.config import Config, StoreSettings
from bot.demo import samples
from bot.local.client import Client
from bot.local.server import LocalServer
from bot.local.terminal import Talk, running
from summaries.desk import Desk, open_desk
from summaries.pipeline import Better, prepare_file
from summaries.workers import Workers


@dataclass(frozen=True)
class Step:
    """A word of explanation, and what the visitor then types."""

    word: str
    line: str


TOUR = (
    Step("A person opens a chat with the bot. This is what they see first.", "/start"),
    Step("What came in last. Each headline is the article's own, and each number opens a briefing.", "/latest 5"),
    Step("A briefing is made of the article's own sentences, word for word and in their order.", "/summary 5"),
    Step('The number of a button presses it. "In context" shows where each sentence stood.', "1"),
    Step("Articles of many outlets and many months are one story: what happened when, a sentence each.", "/story #5"),
    Step("Search knows words, phrases, and fields such as source: and after:, in every script.", "/search ferry light"),
    Step("It finds what is written in other languages as well.", "/search سینٹ اسٹار"),
    Step("A digest comes at an hour of your own, by the clock of your own city.", "/subscribe 08:00 Karachi"),
    Step("This is what it would say now: stories in the order of weight, and what it leaves out.", "/digest"),
    Step("And it says so when there is nothing, instead of guessing.", '/search "flying trams"'),
)
FAREWELL = "That was the tour. The desk is thrown away at the end; `backchannel add FILE` starts one of your own."
HINT = "Now it is yours: type a command, or the number of a button. /quit or Ctrl-D ends."


async def tour(config: Config, console: Console, *, interactive: bool, steps: Sequence[Step] = TOUR) -> None:
    """Show the bot on the sample articles; with `interactive`, hand the chat over to whoever is at the terminal."""
    with tempfile.TemporaryDirectory(prefix="backchannel-demo-") as folder:
        throwaway = replace(config, store=StoreSettings(f"tinydb:{folder}/data"))
        desk = await open_desk(throwaway.store.url)
        try:
            await fill(desk, config.summaries.sentences, console)
            await desk.searchable()
            await _show(throwaway, desk, console, steps, interactive=interactive)
        finally:
            await desk.close()


async def fill(desk: Desk, sentences: int, console: Console) -> None:
    """Put the sample articles into the desk, in the order of their days."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    articles = samples()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Reading the sample articles", total=len(articles))
        async with Workers(processes=1) as workers:
            for sample in articles:
                better = Better(url=sample.url, outlet=sample.outlet)
                await desk.file(await workers.run(prepare_file, Path(sample.path), better, sentences))
                progress.advance(task)


async def _show(config: Config, desk: Desk, console: Console, steps: Sequence[Step], *, interactive: bool) -> None:
    server = LocalServer()
    application = build_local(config, desk, server)
    person = server.speaker("admin")
    client = Client(server, person, server.chat(person), console)
    talk = Talk(application, server, client, console)
    console.print(Rule("Backchannel: a quiet briefing desk", style="dim"))
    console.print()
    async with running(application):
        with client.listening():
            for step in steps:
                _say(console, step.word)
                await talk.through((step.line,), interactive=False)
            _say(console, FAREWELL)
            if interactive:
                client.say_aside(HINT)
                await talk.through((), interactive=True)


def _say(console: Console, word: str) -> None:
    console.print(Text(word, style="italic cyan"))
    console.print()
