"""relate: which articles are of one event, and which events of one story. A Unix filter that keeps nothing."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator

import msgspec

from bot.commands import Subcommand
from bot.commands.common import STDIN, complain, opened, spoken
from summaries.errors import InputError


class Line(msgspec.Struct, frozen=True):
    """An article. A language that is not given is identified."""

    id: str | int
    title: str | None = None
    text: str | None = None
    date: str | None = None
    source: str | None = None
    lang: str | None = None


class Related(msgspec.Struct, frozen=True):
    """What an article belongs to. Events and stories are numbered by the articles that began them, from 1."""

    id: str | int
    event: int
    story: int


class Relation:
    """Articles are added in time order."""

    def __init__(self) -> None:
        from summaries.threads.stories import Threads

        self._threads = Threads()
        self._placed: list[tuple[str | int, int, int]] = []
        self._absorbed: dict[int, int] = {}

    def add(self, line: bytes) -> None:
        """Raises `InputError` where the line is no article."""
        from summaries.dates import read_date
        from summaries.language import identify
        from summaries.threads.vectors import vector_of

        article = _parsed(line)
        title, text = article.title or "", article.text or ""
        language = (article.lang or "").partition("-")[0].lower() or identify(f"{title}\n{text}")
        vector = vector_of(title, text, language)
        when = read_date(article.date) if article.date else None
        number = len(self._placed) + 1
        verdict = self._threads.judge(vector, when)
        event = verdict.event or number
        story = verdict.story or number
        self._threads.learn(vector, when, event, story, verdict.absorbed)
        self._absorbed.update(dict.fromkeys(verdict.absorbed, event))
        self._placed.append((article.id, event, story))

    def result(self) -> Iterator[Related]:
        """All of them, in order, as they are once the last is known: two events may turn out to be one."""
        stories = {event: story for _, event, story in reversed(self._placed)}
        for id, event, _ in self._placed:
            while event in self._absorbed:
                event = self._absorbed[event]
            yield Related(id, event, stories[event])


def _parsed(line: bytes) -> Line:
    try:
        article = msgspec.json.decode(line, type=Line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"no article in JSON: {error}") from None
    if not (article.title or "").strip() and not (article.text or "").strip():
        raise InputError('neither "title" nor "text" says anything')
    return article


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", default=STDIN, metavar="FILE|-", help="articles in time order")
    parser.add_argument(
        "--jsonl",
        action="store_true",
        required=True,
        help="{id, title, text, date, source, lang} lines to {id, event, story} lines",
    )


def _relate(args: Namespace) -> int:
    with opened(args.file) as file:
        return _relate_lines(file, spoken(args.file))


def _relate_lines(lines: Iterable[bytes], name: str) -> int:
    failed, relation = False, Relation()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            relation.add(line)
        except InputError as error:
            failed = True
            complain(f"{name}, line {number}: {error}; skipped")
    for related in relation.result():
        sys.stdout.buffer.write(msgspec.json.encode(related) + b"\n")
    return 1 if failed else 0


SUBCOMMANDS = (Subcommand("relate", "group articles into events and stories", _arguments, _relate),)
