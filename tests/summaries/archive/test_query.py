from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.archive.query import (
    MAX_CHARACTERS,
    MAX_CLAUSES,
    Filter,
    Hint,
    Query,
    Words,
    folded,
    language_code,
    moment,
    parse,
)

NOW = datetime(2031, 5, 20, 15, 30, tzinfo=UTC)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("dam talks", [Words("dam"), Words("talks")], id="words"),
        pytest.param('"dam talks" now', [Words("dam talks", phrase=True), Words("now")], id="phrase"),
        pytest.param("“dam talks”", [Words("dam talks", phrase=True)], id="curly quotes"),
        pytest.param("„Damm“ «barrage»", [Words("Damm", phrase=True), Words("barrage", phrase=True)], id="quotes"),
        pytest.param("「大坝」谈判", [Words("大坝", phrase=True), Words("谈判")], id="corner brackets"),
        pytest.param('dam "talks resume', [Words("dam"), Words("talks resume", phrase=True)], id="quote left open"),
        pytest.param("dam -ferry", [Words("dam"), Words("ferry", negated=True)], id="minus"),
        pytest.param("dam –ferry", [Words("dam"), Words("ferry", negated=True)], id="dash"),
        pytest.param('-"dam talks"', [Words("dam talks", phrase=True, negated=True)], id="not a phrase"),
        pytest.param("-ferry", [Words("ferry", negated=True)], id="lone negation"),
        pytest.param("cease-fire", [Words("cease-fire")], id="hyphen inside"),
        pytest.param("a - b", [Words("a"), Words("b")], id="minus alone"),
        pytest.param("at 14:30", [Words("at"), Words("14:30")], id="time of day"),
        pytest.param("https://tamsin.example/x", [Words("https://tamsin.example/x")], id="link"),
        pytest.param("note: talks", [Words("note"), Words("talks")], id="colon of a sentence"),
        pytest.param("\u200fdam\u202c \u2066talks\u2069", [Words("dam"), Words("talks")], id="direction marks"),
        pytest.param("da\ud800m", [Words("dam")], id="lone surrogate"),
    ],
)  # fmt: skip
def test_words(text: str, words: list[Words]) -> None:
    query = parse(text, NOW)
    assert list(query.words) == words
    assert not query.filters
    assert not query.hints


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        pytest.param('source:"The Daily X"', [Filter("source", ("The Daily X",))], id="quoted"),
        pytest.param("source: Courier", [Filter("source", ("Courier",))], id="space after the colon"),
        pytest.param("source：Courier", [Filter("source", ("Courier",))], id="wide colon"),
        pytest.param("SOURCE:Courier", [Filter("source", ("Courier",))], id="capitals"),
        pytest.param("outlet:Courier", [Filter("source", ("Courier",))], id="other name"),
        pytest.param("source:a source:b", [Filter("source", ("a", "b"))], id="alternatives"),
        pytest.param("lang:en,ur", [Filter("lang", ("en", "ur"))], id="list"),
        pytest.param("lang:en-GB lang:English", [Filter("lang", ("en",))], id="the same language twice"),
        pytest.param("tag:#Water tag:courts", [Filter("tag", ("water",)), Filter("tag", ("courts",))], id="both"),
        pytest.param("-tag:water", [Filter("tag", ("water",), negated=True)], id="not a tag"),
        pytest.param("-source:a source:b", [Filter("source", ("a",), True), Filter("source", ("b",))], id="not one"),
        pytest.param("kind:Opinions", [Filter("kind", ("opinion",))], id="kind in the plural"),
        pytest.param("kind:analysis", [Filter("kind", ("analysis",))], id="kind that ends in s"),
        pytest.param("kind:op-ed", [Filter("kind", ("opinion",))], id="kind by another name"),
        pytest.param("source: tag:x", [Filter("tag", ("x",))], id="empty before another"),
    ],
)  # fmt: skip
def test_filters(text: str, filters: list[Filter]) -> None:
    query = parse(text, NOW)
    assert list(query.filters) == filters
    assert not query.words


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        pytest.param("", [Hint("empty")], id="nothing"),
        pytest.param('"" -  “', [Hint("empty")], id="marks only"),
        pytest.param("source:", [Hint("empty_filter", "source"), Hint("empty")], id="filter without value"),
        pytest.param("dam tag:,", [Hint("empty_filter", "tag")], id="only a comma"),
        pytest.param("soruce:courier", [Hint("unknown_filter", "soruce")], id="unknown filter"),
        pytest.param("dam after:soon", [Hint("bad_date", "soon")], id="no date"),
        pytest.param("dam kind:poem", [Hint("bad_kind", "poem")], id="no kind"),
        pytest.param("dam lang:Norvalish", [Hint("bad_language", "Norvalish")], id="no language"),
        pytest.param("dam " * (MAX_CLAUSES + 1), [Hint("too_long", str(MAX_CLAUSES))], id="too many words"),
        pytest.param("d" * (MAX_CHARACTERS + 1), [Hint("too_long", "1")], id="too long a word"),
    ],
)
def test_hints(text: str, hints: list[Hint]) -> None:
    assert list(parse(text, NOW).hints) == hints


def test_an_unknown_filter_is_looked_for_as_words() -> None:
    assert parse("soruce:courier", NOW).words == (Words("soruce:courier"),)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        pytest.param("2030", utc(2030, 1, 1), id="year"),
        pytest.param("2030-03", utc(2030, 3, 1), id="month"),
        pytest.param("2030-3-2", utc(2030, 3, 2), id="day"),
        pytest.param("2030/03/02", utc(2030, 3, 2), id="slashes"),
        pytest.param("۲۰۳۰-۰۳", utc(2030, 3, 1), id="Urdu digits"),
        pytest.param("today", utc(2031, 5, 20), id="today"),
        pytest.param("Yesterday", utc(2031, 5, 19), id="yesterday"),
        pytest.param("12h", utc(2031, 5, 20, 3), id="hours"),
        pytest.param("3d", utc(2031, 5, 17), id="days"),
        pytest.param("2w", utc(2031, 5, 6), id="weeks"),
        pytest.param("1m", utc(2031, 4, 20), id="months"),
        pytest.param("1y", utc(2030, 5, 20), id="years"),
        pytest.param("2030-13", None, id="month 13"),
        pytest.param("2030-02-30", None, id="30 February"),
        pytest.param("0000", None, id="year 0"),
        pytest.param("99999y", None, id="before the first year"),
        pytest.param("99999999h", None, id="too many hours"),
        pytest.param("soon", None, id="word"),
    ],
)
def test_moments(text: str, when: datetime | None) -> None:
    assert moment(text, NOW) == when


def test_a_day_begins_in_the_zone_of_now() -> None:
    east = timezone(timedelta(hours=5))
    assert moment("today", NOW.replace(hour=20).astimezone(east)) == utc(2031, 5, 20, 19)


def test_spans_of_days_stay_the_same_all_day() -> None:
    assert parse("after:3d", NOW) == parse("after:3d", NOW + timedelta(hours=2))


@pytest.mark.parametrize(
    ("text", "after", "before"),
    [
        pytest.param("after:2030 before:2031", utc(2030, 1, 1), utc(2031, 1, 1), id="a year"),
        pytest.param("since:2030 until:2031", utc(2030, 1, 1), utc(2031, 1, 1), id="other names"),
        pytest.param("after:2029 after:2030", utc(2030, 1, 1), None, id="the later start"),
        pytest.param("before:2029 before:2030", None, utc(2029, 1, 1), id="the earlier end"),
        pytest.param("-before:2030", utc(2030, 1, 1), None, id="not before"),
        pytest.param("-after:2030", None, utc(2030, 1, 1), id="not after"),
    ],
)
def test_dates(text: str, after: datetime | None, before: datetime | None) -> None:
    query = parse(text, NOW)
    assert (query.after, query.before) == (after, before)
    assert not query.empty


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("en", "en", id="code"),
        pytest.param("pt_BR", "pt", id="with a region"),
        pytest.param("und", "und", id="undetermined"),
        pytest.param("Urdu", "ur", id="English name"),
        pytest.param("اردو", "ur", id="its own name"),
        pytest.param("français", "fr", id="its own Latin name"),
        pytest.param("xyzzy", None, id="none"),
    ],
)
def test_language_codes(text: str, code: str | None) -> None:
    assert language_code(text) == code


def test_tags_are_compared_without_case_and_sign() -> None:
    assert folded(" #Water ") == folded("WATER")


PARTS = st.sampled_from(
    ['"', "-", ":", "(", "source:", "after:", "lang:", "kind:", "tag:", " ", "“", "\u202e", "\n", "国"]
)


@given(st.lists(st.one_of(PARTS, st.text(max_size=8))).map("".join))
@settings(max_examples=300, deadline=None)
def test_every_text_has_a_reading_or_a_hint(text: str) -> None:
    query = parse(text, NOW)
    assert isinstance(query, Query)
    assert query.hints or not query.empty
