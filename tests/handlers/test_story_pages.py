"""Any text at all, as headline, sentence, outlet or label, becomes messages and pages."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers import story_news, story_pages, story_voices
from handlers.document import Document, texts_of
from handlers.looks import classic, rich
from handlers.story_news import Leaf, Told, marked, telling
from handlers.story_pages import Looked
from handlers.texts import languages, texts
from summaries.models import Briefing, Chosen, Event, Source, Speaker
from summaries.storyline import Moving, StoryView
from summaries.threads.changes import Change, Statement
from summaries.threads.timeline import Point, Timeline

NOW = datetime(2032, 9, 1, 9, 30, tzinfo=UTC)

odd = st.text(max_size=60) | st.sampled_from(
    ["", " ", "\u200f", "<b>", "&amp;", "دریا", "e\u0301" * 20, "\U0001f6a2" * 30]
)
spoken = st.sampled_from(languages()).map(texts)


@st.composite
def views(draw: st.DrawFn) -> StoryView:
    ids = count(1)
    kinds = st.sampled_from(["named", "unnamed", "outlet"])
    sources = st.none() | st.builds(Speaker, kinds, odd)
    briefings = st.builds(
        Briefing,
        odd,
        st.lists(st.builds(Chosen, odd, st.just(0), sources), max_size=3).map(tuple),
        id=st.builds(lambda: next(ids)),
        outlet=odd,
        published=st.none() | st.integers(0, 9_000).map(lambda days: NOW - timedelta(days=days)),
        received=st.just(NOW),
        language=st.sampled_from(["en", "ur", "und"]),
        why=st.lists(odd, max_size=3).map(tuple),
    )
    told = tuple(draw(st.lists(briefings, min_size=1, max_size=8)))
    return StoryView(10**14, told, (Event(1, 10**14, tuple(one.id for one in told)),))


def _change(text: str, then: str | None) -> Change:
    before = Statement(1, 0, then, "en", NOW) if then is not None else None
    return Change(Statement(1, 0, text, "en", NOW), "new", 0.0, (("number", "43"),), before)


changes = st.lists(st.builds(_change, odd, st.none() | odd), max_size=7)


def shown(document: Document) -> str:
    """As both looks take it, which raise where Telegram would refuse."""
    assert classic.render(document)
    assert rich.render(document)
    return "".join(text for block in document.blocks for text in texts_of(block))


@settings(max_examples=60, deadline=None)
@given(views(), odd, spoken)
def test_a_story_of_any_texts_is_shown(view: StoryView, sentence: str, spoken) -> None:  # type: ignore[no-untyped-def]
    points = tuple(Point(date(2031, 5, 20), "day", told.id, 0, sentence, 1, 1) for told in view.briefings)
    times = Timeline(points, tuple(told.id for told in view.undated))
    document = story_pages.story(view, times, Looked(None, NOW), spoken, picture=b"png", admin=True, balance=True)

    assert sentence in shown(document)
    assert story_pages.name_of(view, spoken) in shown(document)


@settings(max_examples=60, deadline=None)
@given(views(), odd, spoken, changes)
def test_everything_about_a_story_of_any_texts_is_shown(  # type: ignore[no-untyped-def]
    view: StoryView, words: str, spoken, found: list[Change]
) -> None:
    leaf = Leaf(NOW - timedelta(days=3), 9, 0, 1, 3)
    moving = Moving(view.id, view.briefings[:1], view.outlets[:1])
    source = Source(1, "https://a.example/feed", NOW, words, labels={words or "owner": words})
    for document in (
        story_pages.articles(view, spoken, offset=0),
        story_pages.to_split(view, spoken, offset=0),
        story_pages.choice([view, view], spoken, words=words),
        story_pages.why(view.briefings[0], view, spoken, back=""),
        story_voices.voices(view, spoken, offset=0),
        story_voices.balance(view, story_voices.sides(view, [source]), spoken),
        story_news.news(view, found, NOW, spoken, offset=0),
        story_news.everything([Told(1, view, tuple(found), 1, 1)], leaf, spoken),
        story_news.moving([(moving, view)], leaf, NOW, spoken),
    ):
        assert shown(document)


@pytest.mark.parametrize(
    ("text", "numbers", "bold"),
    [
        pytest.param("It rose to 43 on 430 days.", ["43"], ["43"], id="a number"),
        pytest.param("1,200 of 12.5 million", ["1200", "12.5"], ["1,200", "12.5"], id="with marks between"),
        pytest.param("43", ["43"], ["43"], id="nothing else"),
        pytest.param("Nobody died.", ["43"], [], id="none"),
        pytest.param("٤٣ ہلاک", ["43"], ["٤٣"], id="other digits"),
    ],
)
def test_new_numbers_are_bold(text: str, numbers: list[str], bold: list[str]) -> None:
    statement = Statement(1, 0, text, "en", NOW)
    parts = marked(Change(statement, "new", 0.0, tuple(("number", number) for number in numbers)))

    assert [part.parts[0] for part in parts if not isinstance(part, str)] == bold  # type: ignore[union-attr]
    assert "".join(part if isinstance(part, str) else str(part.parts[0]) for part in parts) == text  # type: ignore[union-attr]


def test_of_many_statements_those_that_changed_and_the_last_leads_are_shown() -> None:
    def change(id: int, place: int, *, then: bool = False) -> Change:
        said = Statement(id, place, f"{id}.{place}", "en", NOW + timedelta(hours=id))
        return Change(said, "new", 0.0, (), said if then else None)

    many = [change(1, 0), change(1, 1), change(2, 0), change(2, 1, then=True), change(3, 0)]

    assert [one.statement.text for one in telling(many)] == ["2.0", "2.1", "3.0"]


def test_then_and_now_stand_side_by_side_on_a_page_and_one_below_the_other_in_a_message() -> None:
    change = _change("Tolls are 43 crowns.", "Tolls are 12 crowns.")
    document = Document((story_news.statement(change, {}, texts("en")),))
    (page,), (message,) = rich.render(document), classic.render(document)

    assert "<tr><th>Then:</th><th>Now:</th></tr>" in page.html
    assert "<tr><td>Tolls are 12 crowns.</td><td>Tolls are <b>43</b> crowns.</td></tr>" in page.html
    assert message.text.splitlines()[0] == "Then: Tolls are 12 crowns."
    assert message.text.splitlines()[2] == "Now: Tolls are 43 crowns."
