"""A story of an invented ferry, in several outlets over three months, told to a desk in the order of the news."""

from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from summaries.filing import Added
from summaries.models import Briefing
from tests.handlers.world import World
from tests.rivals import News
from tests.summaries.test_storyline import DIVERS, FERRY, LATER, LIBRARY, TOLL, UNDATED
from tests.telling import on, prepared_news

__all__ = ["DIVERS", "FERRY", "LATER", "LIBRARY", "SAYING", "START", "TOLL", "UNDATED", "tell"]

START = datetime(2032, 9, 1, 9, 30, tzinfo=UTC)

SAYING = on(
    "2032-08-13",
    "Owner of the Velmora ferry knew",
    "The ferry that capsized in the bay of Velmora had a torn seal, said Odo Marrin, who owns it. An official familiar "
    "with the inquiry said that divers had found the seal in the hull.",
)


async def tell(there: World, news: News, outlet: str = "", source: int = 0, **fields: Any) -> Briefing:
    """File it for `outlet`; `fields` are those of its briefing that are otherwise."""
    prepared = prepared_news(news, outlet=outlet)
    prepared = replace(prepared, briefing=replace(prepared.briefing, **fields)) if fields else prepared
    filed = await there.desk.file(prepared, source=source)
    assert isinstance(filed, Added)
    await there.desk.searchable()
    return filed.briefing
