"""News of the invented region, as a desk takes them."""

from datetime import datetime

import msgspec

from summaries.desk import Desk
from summaries.filing import Added
from summaries.models import Briefing
from summaries.pipeline import Prepared, prepare_line
from tests.rivals import News


def prepared_news(news: News, *, outlet: str = "", language: str = "en") -> Prepared:
    date = news.when.isoformat() if news.when else ""
    record = {"title": news.title, "text": news.text, "date": date, "source": outlet, "lang": language}
    return prepare_line(msgspec.json.encode(record))[1]


async def tell(desk: Desk, news: News, *, outlet: str = "") -> Briefing:
    """File it, and give its briefing."""
    filed = await desk.file(prepared_news(news, outlet=outlet))
    assert isinstance(filed, Added)
    return filed.briefing


def on(day: str, title: str, text: str) -> News:
    return News(title, text, datetime.fromisoformat(f"{day}T08:00:00+00:00") if day else None)
