"""Page → Article: the body's own sentences, and title, deck, byline and date as fields."""

from datetime import datetime

from summaries.editing.characters import tidy
from summaries.language import identify, split
from summaries.models import Article, Page, Span


def clean(page: Page, *, now: datetime | None = None) -> Article:
    """The article of a page. Never raises; a page without sentences gives an Article without spans."""
    text = tidy(page.text)
    language = identify(text, hint=page.language)
    spans, paragraph, at = [], 0, 0
    for start, end in split(text, language):
        paragraph += text.count("\n", at, start)
        at = start
        spans.append(Span(start, end, paragraph))
    return Article(
        text=text,
        spans=tuple(spans),
        url=page.url,
        title=page.title,
        deck=page.deck,
        author=page.author,
        outlet=page.outlet,
        section=page.section,
        published=page.published,
        language=language,
    )
