"""Any text, as title, sentence, source name or query: the server takes what is made of it, and nothing is lost."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Bot

from bot.local.server import LocalServer
from handlers import compose, results
from handlers.answer import Place, send
from handlers.document import Document, visible
from handlers.looks.choice import Look, Looks
from handlers.looks.plain import tidy
from handlers.screens import Screens
from handlers.texts import languages, texts
from summaries.desk import Found, FoundBriefing
from summaries.models import Article, Briefing, Chosen, Question, Span, Speaker
from tests.handlers.looks.documents import ANY, TELEGRAM_DROPS
from tests.handlers.telegram_html import folded

NOW = datetime(2032, 9, 1, 9, 30, tzinfo=UTC)

spoken = st.sampled_from(languages()).map(texts)


@st.composite
def briefings(draw: st.DrawFn) -> tuple[Briefing, Article]:
    """A briefing whose every text may be anything, and its article."""
    sentences = draw(st.lists(ANY.filter(bool), max_size=3))
    text = " ".join(sentences)
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence), 0))
        at += len(sentence) + 1
    speakers = st.none() | st.builds(Speaker, st.sampled_from(["named", "unnamed", "outlet"]), ANY)
    return Briefing(
        draw(ANY),
        tuple(Chosen(sentence, place, draw(speakers)) for place, sentence in enumerate(sentences)),
        id=12,
        url="https://tarn.example/a",
        outlet=draw(ANY),
        author=draw(ANY),
        deck=draw(ANY),
        published=NOW,
        language=draw(st.sampled_from(["en", "ur", "und"])),
        kind=draw(st.sampled_from(["report", "opinion"])),
    ), Article(text, tuple(spans))


async def shown(document: Document, look: Look) -> str:
    """What a reader sees of it, white space folded, once the server has taken every message of it."""
    server = LocalServer()
    reader = server.speaker("reader")
    server.say(reader, "/start")
    async with Bot(server.token, "http://local.invalid/bot", request=server.request()) as bot:
        await send(bot, Place(reader.id), document, Screens(Looks(own=look)))
    assert server.refusals == []
    return kept("".join(message.text for message in server.transcript(reader) if message.sender == server.bot))


def kept(text: str) -> str:
    """Telegram takes out the marks that cover the lines around."""
    return folded("".join(char for char in text if char not in TELEGRAM_DROPS))


def said(*expected: str) -> Iterator[str]:
    """As it is to be read; what nobody would see need not be there."""
    return (kept(tidy(text)) for text in expected if visible(text))


@pytest.mark.parametrize("look", ["message", "page"])
@settings(max_examples=25, deadline=None)
@given(briefings(), spoken)
async def test_a_briefing(look: Look, made: tuple[Briefing, Article], spoken) -> None:  # type: ignore[no-untyped-def]
    found, _ = made
    seen = await shown(compose.briefing(found, spoken), look)
    sentences = [chosen.text for chosen in found.sentences]
    for text in said(found.headline, *sentences, found.outlet):
        assert text in seen


@pytest.mark.parametrize("look", ["message", "page"])
@settings(max_examples=25, deadline=None)
@given(briefings(), spoken)
async def test_a_briefing_in_its_context(look: Look, made: tuple[Briefing, Article], spoken) -> None:  # type: ignore[no-untyped-def]
    found, article = made
    seen = await shown(compose.in_context(found, article, spoken), look)
    for text in said(found.headline, *(chosen.text for chosen in found.sentences)):
        assert text in seen


@pytest.mark.parametrize("look", ["message", "page"])
@settings(max_examples=25, deadline=None)
@given(briefings(), ANY, spoken)
async def test_a_search(look: Look, made: tuple[Briefing, Article], words: str, spoken) -> None:  # type: ignore[no-untyped-def]
    found, _ = made
    snippet = tuple((chosen.text, bool(place % 2)) for place, chosen in enumerate(found.sentences))
    hit = FoundBriefing(found, ((found.headline, True),), snippet)
    page = Found(1, (hit,), (), 12)
    document = results.results(page, Question(3, words, 12, NOW), spoken, words=words, offset=0, size=5)
    seen = await shown(document, look)
    for text in said(words, found.headline, *(text for text, _ in snippet)):
        assert text in seen
    await shown(results.nothing_found(Found(0, (), (), 12), spoken, words=words), look)
