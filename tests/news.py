"""A small desk of news in several scripts, about invented places, for all that searches."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from summaries.archive.store import ARTICLES, BRIEFINGS, Change, Put
from summaries.models import Article, Briefing, Chosen, Filed, Span

NOW = datetime(2031, 5, 20, 15, 30, tzinfo=UTC)


def article(*sentences: str, language: str = "en") -> Article:
    """One paragraph a sentence."""
    spans, place = [], 0
    for number, sentence in enumerate(sentences):
        spans.append(Span(place, place + len(sentence), number))
        place += len(sentence) + 1
    return Article("\n".join(sentences), tuple(spans), language=language)


def news(
    id: int, headline: str, *sentences: str, more: Sequence[str] = (), language: str = "en", **fields: Any
) -> list[Change]:
    """A briefing of `sentences`, whose article goes on with `more`."""
    chosen = tuple(Chosen(sentence, place) for place, sentence in enumerate(sentences))
    row = Briefing(headline, chosen, id=id, language=language, **{"received": NOW, **fields})
    return [Put(BRIEFINGS, row), Put(ARTICLES, Filed(id, article(*sentences, *more, language=language)))]


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(hour=9, tzinfo=UTC)


DESK: list[Change] = [
    *news(
        1, "Dam talks resume in Norvale", "The talks about the Orrin dam resumed on Monday.", "Nobody gave a date.",
        more=["A ferry sank near the harbour of Tamsin, which the ministers regretted."],
        outlet="The Norvale Courier", url="https://www.courier.example/dam", published=day("2030-03-02"),
        tags=("Water",),
    ),
    *news(
        2, "Ferry owners fined", "The court in Tamsin fined the owners of the ferry.",
        more=["The dam was not mentioned."],
        outlet="Tamsin Ledger", published=day("2031-05-18"), tags=("Water", "courts"),
    ),
    *news(
        3, "Why the dam must wait", "It is time for both towns to wait.", "Café owners agree.",
        outlet="The Norvale Courier", kind="opinion", published=day("2031-01-10"),
    ),
    *news(
        4, "中国经济放缓", "中国经济增长放缓。", "国家银行没有评论。", language="zh", outlet="晨报",
        published=day("2031-02-01"),
    ),
    *news(5, "東京で会議", "東京で水の会議が開かれた。", language="ja", published=day("2031-02-02")),
    *news(
        6, "دریا پر مذاکرات", "دونوں شہروں کے درمیان مذاکرات بحال ہو گئے۔", language="ur",
        published=day("2031-03-01"),
    ),
    *news(7, "नदी पर बातचीत", "दोनों शहरों ने किताबों की दुकान खोली।", language="hi", published=day("2031-03-02")),
    *news(8, "كتاب جديد", "صدر كتاب جديد عن النهر.", language="ar", published=day("2031-03-03")),
    *news(9, "Undated note", "The lighthouse keeper retired."),
]  # fmt: skip
