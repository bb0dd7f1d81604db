"""Rows to fill a store with, about invented places."""

from datetime import UTC, datetime

from summaries.models import Article, Briefing, Chosen, Filed, Span

WORDS = "The ferry council of Ostrava Bay voted to keep the night crossing open through the storms of early winter."


def briefing(id: int, words: str = WORDS, *, keys: tuple[int, ...] = ()) -> Briefing:
    received = datetime(2026, 11, 21, 8, tzinfo=UTC)
    sentences = (Chosen(words, 0), Chosen(f"Crossing number {id} sailed on time.", 2))
    return Briefing(f"Night crossing {id} stays open", sentences, id=id, received=received, language="en", keys=keys)


def filed(id: int, words: str = WORDS, *, times: int = 1) -> Filed:
    text = " ".join([words] * times)
    return Filed(id, Article(text, (Span(0, len(words), 0),), title=f"Night crossing {id} stays open", language="en"))
