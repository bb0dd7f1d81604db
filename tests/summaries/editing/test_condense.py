"""An article's text into the few of its own sentences that tell it."""

import socket
from typing import Any, NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sumy.parsers.plaintext import PlaintextParser

from summaries.editing.condense import WORDS, BriefingSummarizer, Length, condense
from summaries.editing.openings import refers_back
from summaries.editing.selection import repeats
from summaries.language import Tokenizer, count_words, split, words
from summaries.models import Article, Span
from tests.summaries.editing import opinions
from tests.summaries.native import ARTICLES, text_of

PIECES = [
    "The ferry to Tarn sank on Monday.",
    "He said nothing.",
    "But nobody believed it.",
    "وہ واپس آ گیا۔",
    "ہوٹل بند ہے۔",
    "😀 🚢!",
    "港口重新开放。",
    "Why?",
    "a",
    "“They left,” she said.",
    "The ferry to Tarn sank on Monday morning.",
]
ANY_TEXT = st.one_of(
    st.text(max_size=120),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=14).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=14).map("\n".join),
)


def article(text: str, language: str = "en", **fields: Any) -> Article:
    spans = tuple(Span(start, end, text.count("\n", 0, start)) for start, end in split(text, language))
    return Article(text=text, spans=spans, language=language, **fields)


def shown(given: Article, **options: Any) -> list[str]:
    return [chosen.text for chosen in condense(given, **options).sentences]


@settings(max_examples=120, deadline=None)
@given(text=ANY_TEXT, language=st.sampled_from(["en", "ur", "zh", "und"]), sentences=st.integers(0, 6))
def test_any_text_gives_its_own_sentences_in_order(text: str, language: str, sentences: int) -> None:
    one = article(text, language)
    briefing = condense(one, sentences=sentences)
    places = [chosen.place for chosen in briefing.sentences]
    assert places == sorted(set(places))
    assert [chosen.text for chosen in briefing.sentences] == [one.sentences[place] for place in places]
    assert briefing == condense(one, sentences=sentences)
    unlike: list[frozenset[str]] = []
    for said in (frozenset(words(sentence, language)) for sentence in one.sentences):
        if not any(repeats(said, other) for other in unlike):
            unlike.append(said)
    assert len(places) <= sentences
    assert len(places) == sentences or len(places) >= min(1, len(one.spans))
    if len(unlike) == len(one.spans):
        assert len(places) == min(sentences, len(one.spans))


@settings(max_examples=60, deadline=None)
@given(text=ANY_TEXT, length=st.sampled_from(["short", "normal", "long"]))
def test_any_text_has_a_briefing_of_any_length(text: str, length: Length) -> None:
    one = article(text)
    for chosen in condense(one, length=length).sentences:
        assert chosen.text.removesuffix("…") in one.text


@settings(max_examples=80, deadline=None)
@given(text=ANY_TEXT)
def test_a_made_headline_is_the_articles_own_words(text: str) -> None:
    briefing = condense(article(text))
    assert briefing.made
    assert len(briefing.headline) <= 100
    assert briefing.headline.removesuffix("…") in text


@settings(max_examples=100, deadline=None)
@given(places=st.lists(st.sampled_from(PIECES), min_size=1, max_size=14), sentences=st.integers(1, 4))
def test_a_sentence_that_refers_back_is_shown_behind_the_one_before_it(places: list[str], sentences: int) -> None:
    one = article("\n".join(["The harbour of Velmora reopened.", *dict.fromkeys(places)]))
    taken = [chosen.place for chosen in condense(one, sentences=sentences).sentences]
    leaning = [place for place in taken if refers_back(one.sentences[place], "en")]
    assert all(place - 1 in taken for place in leaning)


@pytest.mark.parametrize("language", ARTICLES)
def test_a_native_article_has_a_briefing_that_stands_alone(language: str) -> None:
    one = article(text_of(language), language, title=ARTICLES[language][0])
    briefing = condense(one)
    places = [chosen.place for chosen in briefing.sentences]
    assert len(places) == 3
    assert places[0] == 0
    assert all(place - 1 in places for place in places if refers_back(one.sentences[place], language))
    assert (briefing.headline, briefing.made) == (ARTICLES[language][0], False)
    assert briefing.language == language


def test_keeps_what_the_article_knows_about_itself() -> None:
    one = article(
        "The ferry sank.", url="https://a.example/1", outlet="Courier", author="A. Lund", deck="A deck", kind="list"
    )
    briefing = condense(one)
    assert (briefing.url, briefing.outlet, briefing.author, briefing.deck, briefing.kind) == (
        "https://a.example/1",
        "Courier",
        "A. Lund",
        "A deck",
        "list",
    )
    assert (briefing.id, briefing.words, briefing.published) == (0, 3, None)


def test_near_duplicates_are_never_both_shown() -> None:
    one = article(
        "The ferry to Tarn sank on Monday with forty sacks of flour aboard. Nobody was hurt in the bay. "
        "The ferry to Tarn sank on Monday morning with forty sacks of flour aboard."
    )
    assert len(shown(one)) == 2


def test_a_gap_breaks_a_chain() -> None:
    """The sentence before "He" was a repeat and left out: "He" would lean on a stranger."""
    text = "The mayor spoke at noon. Cut out here. He left at once. Boats waited in the bay. Flour prices rose in Tarn."
    whole = article(text)
    one = Article(text=text, spans=tuple(span for i, span in enumerate(whole.spans) if i != 1), language="en")
    assert "He left at once." not in shown(one)
    assert len(shown(one)) == 3


def test_an_article_that_opens_by_referring_back_shows_that_only_for_want_of_another() -> None:
    assert shown(article("He left."), sentences=1) == ["He left."]
    assert shown(article("He left. The mayor of Tarn resigned on Monday."), sentences=1) == [
        "The mayor of Tarn resigned on Monday."
    ]


ESSAY = (
    "A cold wind came over the quay of Velmora as I walked there one evening in autumn. Gulls sat on the old cranes. "
    "Two towns have quarrelled over the ferry for thirty years, and the quarrel over it has made both towns poor. "
    "Tarn wants the ferry to land on its own side. Velmora wants the same. "
    "The councils of Tarn and Velmora should meet in private and share the ferry before winter."
)


def test_an_opinion_piece_shows_what_its_author_argues() -> None:
    demand = "The councils of Tarn and Velmora should meet in private and share the ferry before winter."
    assert demand in shown(article(ESSAY, kind="opinion"), sentences=1)
    assert shown(article(ESSAY, kind="report"), sentences=1) == [article(ESSAY).sentences[0]]


def test_the_title_draws_the_sentences_that_speak_of_it() -> None:
    text = (
        "It rained. Old cranes rust in the bay. Herring prices fell in Tarn last week. Markets were quiet. Rain is due."
    )
    assert "Herring prices fell in Tarn last week." in shown(article(text, title="Herring prices fall"), sentences=1)


@pytest.mark.parametrize("length", WORDS)
def test_length_is_kept_by_whole_sentences(length: Length) -> None:
    one = article(
        " ".join(f"Plum{i} growers sold crate{i} after crate{i + 50} to Tarn{i} at dawn{i}." for i in range(16))
    )
    texts = shown(one, length=length)
    assert WORDS[length] * 0.7 <= sum(count_words(text, "en") for text in texts) <= WORDS[length] * 1.25
    assert all(text in one.sentences for text in texts)


def test_only_a_short_briefing_cuts_a_long_sentence_and_at_a_clause() -> None:
    long = (
        "The council of Velmora voted for the new pier on Monday, "
        + "and the debate went on for hours, " * 10
        + "at last."
    )
    cut = shown(article(long), length="short")[0]
    assert cut.endswith("hours…")
    assert count_words(cut, "en") <= 50
    assert shown(article(long), length="normal") == [long]


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        pytest.param("The ferry sank.", "The ferry sank", id="a short sentence without its stop"),
        pytest.param(
            "Late on Monday the council of Velmora voted to rebuild the eastern pier of its harbour with new loans.",
            "Late on Monday the council of Velmora voted to rebuild the eastern pier of its harbour with new…",
            id="no clause within the limit",
        ),
        pytest.param(
            "The council of Velmora voted to rebuild the pier, which was torn away by a flood in the autumn last year.",
            "The council of Velmora voted to rebuild the pier",
            id="the main clause",
        ),
        pytest.param(
            "After three weeks of rain and wind along the whole southern coast, Velmora reopened its flooded harbour.",
            "Velmora reopened its flooded harbour",
            id="a main clause behind another",
        ),
        pytest.param("He left. The mayor of Tarn resigned.", "The mayor of Tarn resigned", id="nobody knows who he is"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_made_headlines(text: str, headline: str) -> None:
    briefing = condense(article(text))
    assert (briefing.headline, briefing.made) == (headline, True)


def test_is_a_summariser_of_sumy() -> None:
    document = PlaintextParser.from_string(text_of("en"), Tokenizer("en")).document
    chosen = BriefingSummarizer("en")(document, 3)
    assert [str(sentence) for sentence in chosen] == [str(s) for s in document.sentences if s in chosen]
    assert len(chosen) == 3
    empty = PlaintextParser.from_string("", Tokenizer("en")).document
    assert BriefingSummarizer("en")(empty, 3) == ()


def test_more_sentences_are_asked_for_coverage() -> None:
    """From five on, a full sentence from further down goes before a scrap from higher up."""
    scraps = ["Boats came.", "Gulls cried.", "Rain fell.", "Bells rang.", "Dogs barked."]
    full = "The council of Velmora voted to rebuild its eastern pier with money from the neighbouring town of Tarn."
    one = article(" ".join([*scraps, full]))
    assert full in shown(one, sentences=5)


def test_nothing_needs_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError("no network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for language in ARTICLES:
        assert len(shown(article(text_of(language), language))) == 3


def test_a_thousand_sentences() -> None:
    one = article(" ".join(f"Village{i} sent plums{i} to district{i % 13} on day{i}." for i in range(1000)))
    assert len(shown(one)) == 3


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        pytest.param(opinions.QUIET_TALKS, (opinions.QUIET_TALKS_CALL,), id="a scene at both ends, the call between"),
        pytest.param(opinions.WATER_PRICE, opinions.WATER_PRICE_CALLS, id="a question, the calls from the middle on"),
    ],
)
@pytest.mark.parametrize(
    "options", [{}, {"sentences": 4}, {"length": "short"}, {"length": "normal"}, {"length": "long"}]
)
def test_an_opinion_piece_shows_its_call(text: str, calls: tuple[str, ...], options: dict[str, Any]) -> None:
    briefing = shown(article(text, kind="opinion"), **options)
    assert any(sentence.startswith(calls) for sentence in briefing)


def test_an_opinion_piece_is_not_told_by_its_scenery() -> None:
    scenes = ("On the last evening", "Two drivers", "Outside, a line of lorries", "When I left", "Snow was falling")
    assert not any(sentence.startswith(scenes) for sentence in shown(article(opinions.QUIET_TALKS, kind="opinion")))
    assert shown(article(opinions.QUIET_TALKS, kind="report"))[0].startswith(scenes)
