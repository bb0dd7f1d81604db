"""feed, read, condense: the stages of an article's way as Unix filters. They need no desk and keep nothing."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from bot.commands import Subcommand
from bot.commands.common import STDIN, byline, complain, opened, settings, spoken
from bot.commands.fetching import fetched
from bot.config import Config
from summaries.errors import InputError
from summaries.models import UNKNOWN_LANGUAGE, Article, Instant, Kind, Span

if TYPE_CHECKING:
    from summaries.models import Briefing, Feed


class ReadLine(msgspec.Struct, frozen=True):
    """What `read` prints for an article, and what `condense` recognises. An empty field is one that is not known."""

    text: str
    sentences: tuple[str, ...]
    url: str = ""
    title: str = ""
    deck: str = ""
    author: str = ""
    published: Instant | None = None
    language: str = UNKNOWN_LANGUAGE
    kind: Kind = "report"
    outlet: str = ""


def _feed_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", default=STDIN, metavar="FILE|URL|-", help="a feed, or its address")


def _feed(args: Namespace) -> int:
    from summaries.intake.feeds import parse_feed
    from summaries.intake.urls import is_url

    if is_url(args.file):
        got = fetched(settings(args), args.file)
        feed = parse_feed(got.body, url=got.url, content_type=got.content_type or None)
    else:
        with opened(args.file) as file:
            data = _whole(file)
        feed = _named(args.file, data)
    for entry in feed.entries:
        _print_json({name: getattr(entry, name) for name in entry.__struct_fields__ if name != "page"})
    return 0


def _named(name: str, data: bytes) -> "Feed":
    """The feed of a file. Raises `InputError` with the file's name."""
    from summaries.intake.feeds import parse_feed

    try:
        return parse_feed(data)
    except InputError as error:
        raise InputError(f"{spoken(name)}: {error}") from None


def _read_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="*", default=[STDIN], metavar="FILE|URL|-", help="a .txt, .md or .html file, or a page's address"
    )


def _read(args: Namespace) -> int:
    failed, config = False, settings(args)
    for name in args.files:
        try:
            _print_json(_line(_article(name, config)))
        except InputError as error:
            failed = True
            complain(str(error))
    return 1 if failed else 0


def _article(name: str, config: Config) -> Article:
    from summaries.intake.urls import is_url
    from summaries.pipeline import read_document, read_fetched, read_file

    if is_url(name):
        got = fetched(config, name, page=True)
        return read_fetched(got.body, url=got.url, content_type=got.content_type)
    return read_document(_whole(sys.stdin.buffer), name=spoken(STDIN)) if name == STDIN else read_file(Path(name))


def _whole(file: BinaryIO) -> bytes:
    """All of it, but no more than one byte over the limit of one article, which `read_document` then refuses."""
    from summaries.pipeline import MAX_BYTES

    return file.read(MAX_BYTES + 1)


def _line(article: Article) -> dict[str, object]:
    return {
        "url": article.url,
        "title": article.title,
        "deck": article.deck,
        "author": article.author,
        "published": article.published,
        "language": article.language,
        "kind": article.kind,
        "outlet": article.outlet,
        "text": article.text,
        "sentences": article.sentences,
    }


def _print_json(value: object) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()


def _condense_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", default=STDIN, metavar="FILE|URL|-", help="an article, or what `read` printed"
    )
    parser.add_argument(
        "--jsonl", action="store_true", help="{id, lang?, title?, text} lines to {id, headline, sentences} lines"
    )
    parser.add_argument(
        "-n", type=_count, default=None, dest="sentences", metavar="N", help="sentences in the briefing"
    )


def _count(text: str) -> int:
    from argparse import ArgumentTypeError

    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 10:
        raise ArgumentTypeError(f"{text!r} is not a whole number from 1 to 10")
    return int(text)


def _condense(args: Namespace) -> int:
    config = settings(args)
    sentences = args.sentences or config.summaries.sentences
    if args.jsonl:
        with opened(args.file) as file:
            return _condense_lines(file, spoken(args.file), sentences)
    for number, article in enumerate(_articles(args.file, config)):
        if number:
            print()
        _print_briefing(article, sentences)
    return 0


def _articles(name: str, config: Config) -> Iterator[Article]:
    """The article of a file or address, or each of the lines that `read` printed. Raises `InputError`."""
    from summaries.intake.urls import is_url
    from summaries.pipeline import read_document

    if is_url(name):
        yield _article(name, config)
        return
    with opened(name) as file:
        data = _whole(file)
    lines = read_lines(data)
    if lines is not None:
        yield from map(article_of, lines)
    elif name == STDIN:
        yield read_document(data, name=spoken(name))
    else:
        yield _article(name, config)


def read_lines(data: bytes) -> list[ReadLine] | None:
    """The lines that `read` printed, or None for other bytes, such as an article that begins with a brace."""
    if not data.lstrip().startswith(b"{"):
        return None
    try:
        return [msgspec.json.decode(line, type=ReadLine) for line in data.splitlines() if line.strip()]
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def article_of(line: ReadLine) -> Article:
    """The article that `read` printed. Sentences that are not in the text, in order, are left out."""
    return Article(
        text=line.text,
        spans=tuple(_spans(line.text, line.sentences)),
        url=line.url,
        title=line.title,
        deck=line.deck,
        author=line.author,
        outlet=line.outlet,
        published=line.published,
        language=line.language,
        kind=line.kind,
    )


def _spans(text: str, sentences: Iterable[str]) -> Iterator[Span]:
    end = 0
    for sentence in sentences:
        start = text.find(sentence, end)
        if start < 0 or not sentence:
            continue
        end = start + len(sentence)
        yield Span(start, end, text.count("\n", 0, start))


def _print_briefing(article: Article, sentences: int) -> None:
    from rich.console import Console
    from rich.text import Text

    from summaries.editing.condense import condense

    briefing = condense(article, sentences=sentences)
    console = Console(soft_wrap=True, highlight=False)
    console.print(Text(briefing.headline, style="bold"))
    console.print(Text(byline(briefing), style="dim"))
    for chosen in briefing.sentences:
        console.print()
        console.print(Text(chosen.text))


def _condense_lines(lines: Iterable[bytes], name: str, sentences: int) -> int:
    failed = False
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            _print_json(_condensed(line, sentences))
        except InputError as error:
            failed = True
            complain(f"{name}, line {number}: {error}; skipped")
    return 1 if failed else 0


def _condensed(line: bytes, sentences: int) -> dict[str, object]:
    from summaries.editing.condense import condense
    from summaries.pipeline import parse_record, read_record

    record = parse_record(line)
    known = read_lines(line)
    article = article_of(known[0]) if known else read_record(record)
    return {"id": record.id, **_condensation(condense(article, sentences=sentences))}


def _condensation(briefing: "Briefing") -> dict[str, object]:
    return {"headline": briefing.headline, "sentences": [chosen.text for chosen in briefing.sentences]}


SUBCOMMANDS = (
    Subcommand("feed", "print the entries of a feed as JSON lines", _feed_arguments, _feed),
    Subcommand("read", "print the article of a page or text as JSON lines", _read_arguments, _read),
    Subcommand(
        "condense", "print the briefing of one article, or of many with --jsonl", _condense_arguments, _condense
    ),
)
