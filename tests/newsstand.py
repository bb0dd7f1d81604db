"""A small world of feeds and pages in memory: what a source's server would answer, and a wire that asks it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from typing import Any, ParamSpec, TypeVar

from summaries.intake.outcomes import Fetched, NotModified, Outcome, Refusal, Validators
from tests.articles import text_of

NOW = datetime(2031, 5, 20, 12, tzinfo=UTC)
SITE = "https://courier.example"
FEED = f"{SITE}/feed.xml"

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Story:
    """An article as its outlet has it. `guid` and `link` are made of the number where they are not given."""

    number: int
    published: datetime | None = NOW
    title: str = ""
    guid: str = ""
    link: str = ""
    text: str = ""
    summary: str = ""
    site: str = SITE

    @property
    def headline(self) -> str:
        return self.title or f"Item {self.number} is voted on"

    @property
    def url(self) -> str:
        return self.link or f"{self.site}/news/item-{self.number}-is-voted-on"

    @property
    def body(self) -> str:
        return self.text or text_of(self.number)

    def changed(self, **fields: Any) -> "Story":
        return replace(self, **fields)


def stories(count: int, *, newest: datetime = NOW, apart: timedelta = timedelta(hours=1), **fields: Any) -> list[Story]:
    """So many, the newest first, with numbers that rise with time."""
    return [Story(count - place, newest - place * apart, **fields) for place in range(count)]


def rss(listed: list[Story], *, title: str = "The Norvale Courier", site: str = SITE) -> bytes:
    items = "".join(_item(story) for story in listed)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{title}</title>'
        f"<link>{site}/</link><language>en</language>{items}</channel></rss>"
    ).encode()


def _item(story: Story) -> str:
    date = f"<pubDate>{format_datetime(story.published)}</pubDate>" if story.published else ""
    guid = story.guid or f"guid-{story.number}"
    return (
        f"<item><title>{escape(story.headline)}</title><link>{escape(story.url)}</link>"
        f'<guid isPermaLink="false">{escape(guid)}</guid>{date}'
        f"<description>{escape(story.summary)}</description></item>"
    )


def page(story: Story) -> bytes:
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in story.body.split("\n"))
    return (
        f'<!doctype html><html lang="en"><head><title>{escape(story.headline)}</title></head><body>'
        f"<article><h1>{escape(story.headline)}</h1>{paragraphs}</article></body></html>"
    ).encode()


@dataclass
class Wire:
    """Stands in for the network: `feeds` and `pages` by address, and what is refused. Feeds have an ETag.

    `asked` lists what was asked for, in order.
    """

    feeds: dict[str, bytes] = field(default_factory=dict)
    pages: dict[str, bytes] = field(default_factory=dict)
    refused: dict[str, Refusal] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    max_age: float | None = None
    asked: list[str] = field(default_factory=list)

    def publish(self, listed: list[Story], feed: str = FEED) -> None:
        """What the feed lists from now on, and the pages of it."""
        self.feeds[feed] = rss(listed)
        self.pages |= {story.url: page(story) for story in listed}

    async def get(
        self, url: str, *, validators: Validators | None = None, page: bool = False, credentials: str = ""
    ) -> Outcome:
        self.asked.append(url)
        if url in self.refused:
            return self.refused[url]
        if url in self.pages:
            return Fetched(url, self.pages[url], "text/html; charset=utf-8")
        if url not in self.feeds:
            return Refusal("not_found", "HTTP 404", 404)
        tag = Validators(etag=f'"{hash(self.feeds[url])}"')
        if validators == tag:
            return NotModified(tag, self.max_age, self.moved.get(url, ""))
        return Fetched(url, self.feeds[url], "application/rss+xml", tag, self.moved.get(url, ""), self.max_age)

    def pages_asked(self) -> list[str]:
        return [url for url in self.asked if url in self.pages]


class Hands:
    """Stands in for the worker processes: works at once; `trouble` may raise what a worker would."""

    def __init__(self) -> None:
        self.trouble: Callable[[str, tuple[Any, ...]], None] = lambda name, args: None
        self.work: list[str] = []

    async def run(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        plain, given = getattr(function, "func", function), (*getattr(function, "args", ()), *args)
        self.work.append(plain.__name__)
        self.trouble(plain.__name__, given)
        return function(*args, **kwargs)


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)
