from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers import compose
from handlers.document import Document, Quote, text_of, texts_of
from handlers.looks.classic import render
from handlers.looks.plain import tidy
from handlers.texts import texts
from summaries.models import AlsoIn, Article, Briefing, Chosen, Kind, Span, Speaker, Voices
from tests.handlers.telegram_html import Read, accepted, folded
from tests.handlers.world import MORNING, article, briefing

EN = texts("en")
URL = "https://www.tarn.example/harbour"


def shown(document: Document) -> Read:
    (message,) = render(document)
    return accepted(message)


def about(**fields: object) -> str:
    """The line under the headline."""
    found = Briefing("Harbour strike ends", (Chosen("It is over.", 0),), **fields)  # type: ignore[arg-type]
    return shown(compose.briefing(found, EN)).text.splitlines()[1]


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        pytest.param(
            {"id": 12, "outlet": "The Tarn Mail", "published": MORNING, "language": "ur", "words": 700},
            "The Tarn Mail · 8 August 2022 · Urdu · report · 3 min saved · #12",
            id="all-of-it",
        ),
        pytest.param({}, "date unknown · report", id="hardly-anything"),
        pytest.param({"url": URL}, "tarn.example · date unknown · report", id="outlet-by-its-link"),
        pytest.param({"outlet": "\u200b", "url": URL}, "tarn.example · date unknown · report", id="outlet-not-seen"),
        pytest.param({"url": "not a link"}, "date unknown · report", id="no-link"),
        pytest.param({"words": 100}, "date unknown · report", id="nothing-saved"),
        pytest.param({"words": 300}, "date unknown · report · 1 min saved", id="one-minute"),
        pytest.param({"made": True}, "date unknown · report · headline made of the article's own words", id="made"),
        pytest.param({"author": "Ada Quill"}, "date unknown · report", id="a-report-is-its-outlet's"),
        pytest.param({"author": "Ada Quill", "kind": "opinion"}, "Ada Quill · date unknown · opinion", id="signed"),
        pytest.param({"origin": "feed"}, "date unknown · report · from the feed", id="its page could not be read"),
        pytest.param({"origin": "page"}, "date unknown · report", id="from its page"),
        pytest.param({"updated": MORNING, "id": 3}, "date unknown · report · updated · #3", id="changed since"),
        pytest.param({"language": "xx"}, "date unknown · xx · report", id="a-language-without-a-name"),
    ],
)
def test_what_is_said_about_a_briefing(fields: dict[str, object], line: str) -> None:
    assert about(**fields) == line


@pytest.mark.parametrize(("kind", "label"), list(compose.KINDS.items()))
def test_every_kind_has_a_label(kind: Kind, label: str) -> None:
    assert about(kind=kind) == f"date unknown · {label}"


@pytest.mark.parametrize(
    ("published", "moments"),
    [
        pytest.param(MORNING, ["8 August 2022"], id="an-instant-is-shown-in-the-reader's-zone"),
        pytest.param(datetime(2022, 8, 8, tzinfo=UTC), [], id="a-day-without-a-time-stays-that-day"),
        pytest.param(datetime(1912, 4, 15, 2, tzinfo=UTC), [], id="before-unix"),
    ],
)
def test_dates(published: datetime, moments: list[str]) -> None:
    assert shown(compose.briefing(briefing(article(published=published)), EN)).marked("tg-time") == moments


def test_a_headline_is_bold_and_linked() -> None:
    found = shown(compose.briefing(briefing(article("Ends & begins", url=URL)), EN))
    assert found.marked("b") == found.marked("a") == ["Ends & begins"]
    assert found.marks[1][0] == f'a href="{URL}"'


@pytest.mark.parametrize("url", ["", "ftp://tarn.example/a", "https://localhost/a"])
def test_no_link_where_telegram_takes_none(url: str) -> None:
    document = compose.briefing(briefing(article(url=url)), EN)
    assert shown(document).marked("a") == []
    assert [[button.label for button in row] for row in document.buttons] == [["In context"]]


@pytest.mark.parametrize("headline", ["", "\u200b", "\u202a", " "])
def test_a_headline_that_is_not_seen_is_said_to_be_missing(headline: str) -> None:
    assert shown(compose.briefing(Briefing(headline, ()), EN)).text == "(without a headline)\ndate unknown · report"


@pytest.mark.parametrize(
    ("deck", "told"),
    [
        pytest.param("Ferries sail again after a week.", True, id="its-own-words"),
        pytest.param("", False, id="none"),
        pytest.param("Ferries sail again.", False, id="one-of-the-sentences"),
        pytest.param("Harbour strike ends in Tarn", False, id="the-headline"),
    ],
)
def test_a_deck_is_told_once(deck: str, told: bool) -> None:
    found = shown(compose.briefing(briefing(article(deck=deck)), EN))
    assert found.marked("i") == ([deck] if told else [])
    assert not deck or found.text.count(deck) == 1


@pytest.mark.parametrize(
    ("counted", "line"),
    [
        pytest.param(Voices(2, 4), "Sources: 2 named, 4 unnamed", id="both"),
        pytest.param(Voices(0, 1), "Sources: 0 named, 1 unnamed", id="nobody-is-named"),
        pytest.param(Voices(0, 0), "", id="nobody-at-all"),
        pytest.param(None, "", id="not-known"),
    ],
)
def test_sources_are_counted_in_one_line(counted: Voices | None, line: str) -> None:
    text = shown(compose.briefing(Briefing("Harbour", (Chosen("It is over.", 0),), voices=counted), EN)).text
    assert [one for one in text.splitlines() if one.startswith("Sources")] == ([line] if line else [])


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        pytest.param(("Tarn", "38 per cent"), "Often in it: Tarn · 38 per cent", id="some"),
        pytest.param(("\u200b", "Tarn"), "Often in it: Tarn", id="only-what-is-seen"),
        pytest.param((), "", id="none"),
    ],
)
def test_what_is_repeated_is_one_line(facts: tuple[str, ...], line: str) -> None:
    text = shown(compose.briefing(Briefing("Harbour", (Chosen("It is over.", 0),), facts=facts), EN)).text
    assert [one for one in text.splitlines() if one.startswith("Often")] == ([line] if line else [])


# --- in context

CHOSEN = [Chosen("Dockers went back to work.", 0), Chosen("The mayor thanked both sides.", 2)]


@pytest.mark.parametrize(
    ("also", "told"),
    [
        pytest.param((), None, id="nowhere else"),
        pytest.param(
            (AlsoIn("The Vell Post"), AlsoIn("Radio Kesh")), "Also in: The Vell Post, Radio Kesh", id="two outlets"
        ),
        pytest.param((AlsoIn("Radio Kesh"), AlsoIn("Radio Kesh")), "Also in: Radio Kesh", id="one of them twice"),
        pytest.param((AlsoIn("The Tarn Mail", URL),), None, id="the outlet itself"),
        pytest.param((AlsoIn(url="https://www.kesh.example/1"),), "Also in: kesh.example", id="by its link"),
        pytest.param((AlsoIn(),), None, id="nobody knows who"),
    ],
)
def test_other_outlets_of_the_same_text_are_named(also: tuple[AlsoIn, ...], told: str | None) -> None:
    found = Briefing("Strike ends", (Chosen("It is over.", 0),), outlet="The Tarn Mail", also=also)
    lines = shown(compose.briefing(found, EN)).text.splitlines()

    assert [line for line in lines if "Also in" in line] == ([told] if told else [])


def pieces(chosen: list[Chosen], of: Article | None) -> list[list[tuple[str, bool]]]:
    return [pieces for pieces, _ in compose.paragraphs(Briefing("Headline", tuple(chosen)), of)]


@pytest.mark.parametrize(
    ("chosen", "kept", "cut"),
    [
        pytest.param(
            CHOSEN,
            True,
            [
                [("Dockers went back to work.", True), (" Ferries sail again.", False)],
                [("The mayor thanked both sides.", True)],
            ],
            id="each-in-its-paragraph",
        ),
        pytest.param(
            [Chosen("Dockers went back to work.", 0), Chosen("Ferries sail again.", 1)],
            True,
            [[("Dockers went back to work.", True), (" ", False), ("Ferries sail again.", True)]],
            id="two-of-one-paragraph",
        ),
        pytest.param(
            [Chosen("Ferries sail again.", 7)],
            True,
            [[("Dockers went back to work. ", False), ("Ferries sail again.", True)]],
            id="found-by-its-words",
        ),
        pytest.param([Chosen("It rained.", 0)], True, [[("It rained.", True)]], id="no-longer-in-the-article"),
        pytest.param(CHOSEN, False, [[(chosen.text, True)] for chosen in CHOSEN], id="article-gone"),
        pytest.param([], True, [], id="nothing-chosen"),
    ],
)
def test_chosen_sentences_in_their_paragraphs(
    chosen: list[Chosen], kept: bool, cut: list[list[tuple[str, bool]]]
) -> None:
    assert pieces(chosen, article() if kept else None) == cut


def test_overlapping_places_repeat_no_word() -> None:
    of = Article("One two three.", (Span(0, 7, 0), Span(4, 14, 0)))
    assert pieces([Chosen("One two", 0), Chosen("two three.", 1)], of) == [[("One two", True), (" three.", True)]]


def test_context_is_quoted_and_folded_with_the_chosen_words_bold() -> None:
    document = compose.in_context(briefing(article(), chosen=[0, 2]), article(), EN)
    assert [block.expandable for block in document.blocks if isinstance(block, Quote)] == [True, True]
    assert shown(document).marked("b")[1:] == ["Dockers went back to work.", "The mayor thanked both sides."]


@pytest.mark.parametrize(
    ("sources", "cites"),
    [
        pytest.param([Speaker("named", "Odile Farran"), None], ["Odile Farran", ""], id="named"),
        pytest.param([Speaker("unnamed", "a docker")] * 2, ["unnamed: “a docker”"] * 2, id="unnamed"),
        pytest.param(
            [Speaker("unnamed"), Speaker("outlet")], ["an unnamed source", "The Tarn Mail itself"], id="outlet"
        ),
        pytest.param([None, None], ["", ""], id="nothing-claimed"),
    ],
)
def test_who_says_so_stands_behind_its_paragraph(sources: list[Speaker | None], cites: list[str]) -> None:
    chosen = tuple(Chosen(one.text, one.place, source) for one, source in zip(CHOSEN, sources, strict=True))
    document = compose.in_context(Briefing("Harbour", chosen, outlet="The Tarn Mail"), article(), EN)

    assert [text_of(block.cite) for block in document.blocks if isinstance(block, Quote)] == cites


def test_two_voices_of_one_paragraph_are_both_told_and_each_once() -> None:
    farran, docker = Speaker("named", "Odile Farran"), Speaker("unnamed", "a docker")
    chosen = [Chosen("One.", 0, farran), Chosen("Two.", 1, docker), Chosen("Three.", 2, farran)]
    found = Briefing("Harbour", tuple(chosen))

    assert text_of(compose.speakers(found, chosen, EN)) == "Odile Farran · unnamed: “a docker”"


def test_an_opinion_is_its_author_s_own_word() -> None:
    own = Chosen("One.", 0, Speaker("outlet"))
    signed = Briefing("Harbour", (own,), kind="opinion", author="Ada Quill", outlet="The Tarn Mail")

    assert text_of(compose.speakers(signed, [own], EN)) == "Ada Quill"


def test_a_missing_article_is_said() -> None:
    assert "no longer kept" in shown(compose.in_context(briefing(article()), None, EN)).text


# --- lists


def test_an_entry_of_a_list_is_short() -> None:
    found = [briefing(article(url=URL), words=900)]
    text = shown(compose.latest(found, EN, size=5, older=False, newer=False)).text
    assert text == (
        "Latest briefings\n#12 Harbour strike ends in Tarn\nThe Tarn Mail · 8 August 2022 · English · report"
    )


@pytest.mark.parametrize(
    ("older", "newer", "turns"),
    [
        (False, False, []),
        (True, False, ["l:0:11:2"]),
        (False, True, ["n:0:12:2"]),
        (True, True, ["n:0:12:2", "l:0:11:2"]),
    ],
)
def test_buttons_of_a_list_carry_ids(older: bool, newer: bool, turns: list[str]) -> None:
    page = [briefing(article(), id=12), briefing(article(), id=11)]
    document = compose.latest(page, EN, size=2, older=older, newer=newer)
    data = [button.data for row in document.buttons for button in row]
    assert data == ["b:0:12/l:0:13:2", "b:0:11/l:0:13:2", *turns]


# --- any text at all

SPEAKERS = st.builds(Speaker, st.sampled_from(["named", "unnamed", "outlet"]), st.text())
BRIEFINGS = st.builds(
    Briefing,
    headline=st.text(),
    sentences=st.lists(st.builds(Chosen, st.text(), st.integers(-1, 3), st.none() | SPEAKERS), max_size=4).map(tuple),
    voices=st.none() | st.builds(Voices, st.integers(0, 99), st.integers(0, 99)),
    facts=st.lists(st.text(max_size=50), max_size=6).map(tuple),
    id=st.integers(1, 10**9),
    made=st.booleans(),
    url=st.text() | st.text().map(lambda text: f"https://tarn.example/{text}"),
    outlet=st.text(),
    author=st.text(),
    deck=st.text(),
    published=st.none() | st.datetimes(timezones=st.just(UTC) | st.just(timezone(timedelta(hours=5)))),
    language=st.text(max_size=3),
    kind=st.sampled_from(list(compose.KINDS)),
    words=st.integers(0, 10**6),
)


@settings(max_examples=60, deadline=None)
@given(BRIEFINGS, st.text(), st.booleans())
def test_any_briefing_becomes_messages_that_lose_nothing(found: Briefing, body: str, kept: bool) -> None:
    of = Article(body, (Span(0, len(body), 0),)) if kept else None
    for document in (
        compose.briefing(found, EN, back="l:0:9:5"),
        compose.in_context(found, of, EN),
        compose.latest([found], EN, size=1, older=True, newer=True),
    ):
        said = folded("".join(accepted(message).text for message in render(document)))
        assert folded(tidy(found.headline)) in said
        for block in document.blocks:
            assert all(folded(tidy(text)) in said for text in texts_of(block))
