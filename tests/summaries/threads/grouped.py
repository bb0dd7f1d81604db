"""Articles grouped in a row, as the desk does it, with ids by their order."""

from collections.abc import Iterable

from summaries.threads.stories import Threads, Verdict
from summaries.threads.vectors import vector_of
from tests.rivals import News


def place(threads: Threads, number: int, news: News, language: str = "en") -> tuple[int, int, Verdict]:
    """The event and the story of article `number`, new ones being called by it."""
    vector = vector_of(news.title, news.text, language)
    verdict = threads.judge(vector, news.when)
    event, story = verdict.event or number, verdict.story or number
    threads.learn(vector, news.when, event, story, verdict.absorbed)
    return event, story, verdict


def grouped(stream: Iterable[News]) -> list[tuple[int, int, Verdict]]:
    threads = Threads(1_000)
    return [place(threads, number, news) for number, news in enumerate(stream, start=1)]
