from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summaries.editing.clean import clean
from summaries.models import Article, Page
from tests.summaries.editing import samples

AUGUST_8 = datetime(2022, 8, 8, tzinfo=UTC)
LAYOUTS = {
    "blank-lines": "\n\n",
    "no-blank-lines": "\n",
    "windows": "\r\n\r\n",
    "old-mac": "\r",
    "trailing-spaces": "  \n \n",
    "one-paragraph": " ",
}
HEADS = {
    "name-date": ("Mira Daloun", "August 08, 2022"),
    "date-name": ("August 08, 2022", "Mira Daloun"),
    "by": ("By Mira Daloun", "8 August 2022"),
    "bar": ("Mira Daloun | August 8, 2022",),
    "by-bar": ("By Mira Daloun | August 8, 2022",),
    "by-comma": ("By Mira Daloun, August 8, 2022",),
    "updated": ("Mira Daloun", "August 08, 2022 (Updated August 09, 2022)"),
    "published": ("Published: August 08, 2022", "By Mira Daloun"),
    "share": ("Mira Daloun", "SHARE", "August 08, 2022", "Facebook Twitter WhatsApp"),
    "outlet-between": ("Mira Daloun", "The Daral Post", "August 08, 2022"),
    "capitals": ("MIRA DALOUN", "AUGUST 08, 2022"),
    "spaces": ("\u00a0Mira\u00a0Daloun ", " August\u00a008, 2022  "),
}


def assert_spans_are_verbatim(article: Article) -> None:
    lines = article.text.split("\n")
    end = -1
    for span in article.spans:
        sentence = article.text[span.start : span.end]
        assert sentence == sentence.strip()
        assert sentence in lines[span.paragraph]
        assert span.start > end or end < 0
        assert article.text.count("\n", 0, span.start) == span.paragraph
        end = span.end - 1


@pytest.mark.parametrize("layout", [pytest.param(between, id=name) for name, between in LAYOUTS.items()])
def test_a_report_is_read_in_any_layout(layout: str) -> None:
    article = clean(Page(text=layout.join(samples.REPORT)))
    assert (article.title, article.deck, article.author) == (samples.TITLE, samples.DECK, "Mira Daloun")
    assert article.published == AUGUST_8
    assert article.kind == "report"
    assert_spans_are_verbatim(article)
    if layout != " ":
        assert article.sentences == samples.REPORT_SENTENCES


@pytest.mark.parametrize("head", [pytest.param(lines, id=name) for name, lines in HEADS.items()])
def test_a_reports_head_is_read_in_any_order(head: tuple[str, ...]) -> None:
    text = "\n".join([samples.TITLE, samples.DECK, *head, *samples.PARAGRAPHS, *samples.COMMENTS])
    article = clean(Page(text=text))
    assert (article.title, article.deck, article.author.title()) == (samples.TITLE, samples.DECK, "Mira Daloun")
    assert article.published == AUGUST_8
    assert article.sentences == samples.REPORT_SENTENCES


def test_a_report_in_one_paragraph_has_no_head_link_or_comment_form_among_its_sentences() -> None:
    article = clean(Page(text=" ".join(samples.REPORT)))
    shown = " ".join(article.sentences)
    for foreign in (
        samples.TITLE,
        samples.DECK,
        "Read Veshnia",
        "recalls its envoy",
        "August 08",
        "COMMENTS",
        "Replying",
        "approval",
        "FAQ",
    ):
        assert foreign not in shown
    assert set(samples.REPORT_SENTENCES) <= set(article.sentences)


@pytest.mark.parametrize("layout", [pytest.param(between, id=name) for name, between in LAYOUTS.items()])
def test_an_op_ed_is_told_once_without_its_pull_quotes_and_bio(layout: str) -> None:
    article = clean(Page(text=layout.join(samples.OPED)))
    assert article.sentences == samples.OPED_SENTENCES
    assert (article.title, article.deck, article.author, article.published) == ("", "", "", None)
    assert article.kind == "opinion"
    assert_spans_are_verbatim(article)


def test_a_sentence_that_a_paste_broke_in_two_is_left_out() -> None:
    lines = (
        samples.OPED_SENTENCES[0],
        "Politicians on both sides have to win, and",
        samples.PULL_QUOTES[1],
        "elections are hard.",
    )
    article = clean(Page(text="\n".join([*lines, *samples.OPED[4:]])))
    assert article.sentences == (samples.OPED_SENTENCES[0], *samples.OPED_SENTENCES[6:])


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(("April 26, 2021",), id="date-alone"),
        pytest.param((samples.PULL_QUOTES[1], "26 April 2021"), id="pull-quote-and-date"),
    ],
)
def test_an_op_ed_without_a_title_may_have_a_date(first: tuple[str, ...]) -> None:
    article = clean(Page(text="\n\n".join([*first, *samples.OPED])))
    assert article.published == datetime(2021, 4, 26, tzinfo=UTC)
    assert article.sentences == samples.OPED_SENTENCES


def test_windows_quotes_and_soft_hyphens_do_not_matter() -> None:
    text = "\n".join(samples.REPORT).replace("Daral", "Da\u00adral").encode("cp1252").decode("cp1252")
    assert clean(Page(text=text)).sentences == samples.REPORT_SENTENCES


def test_what_the_page_says_wins_over_its_lines() -> None:
    page = Page(
        text="\n".join(samples.REPORT),
        title="Another title",
        author="By Teo Varr",
        published=AUGUST_8 - timedelta(days=1),
    )
    article = clean(page)
    assert (article.title, article.author, article.published) == (
        "Another title",
        "Teo Varr",
        AUGUST_8 - timedelta(days=1),
    )


def test_a_date_that_only_the_running_text_names_is_not_the_articles() -> None:
    text = "The bridge fell on 3 March 1931, and nobody was hurt.\nIt was built again by 8 August 1935."
    assert clean(Page(text=text)).published is None


def test_dates_far_ahead_are_not_believed() -> None:
    now = AUGUST_8 - timedelta(days=30)
    assert clean(Page(text="\n".join(samples.REPORT)), now=now).published is None
    assert clean(Page(text="The bridge fell.", published=AUGUST_8), now=now).published is None
    assert clean(Page(text="The bridge fell.", published=AUGUST_8), now=AUGUST_8).published == AUGUST_8


def test_the_dateline_stays_in_the_text_and_leaves_the_sentence() -> None:
    article = clean(Page(text="OSTRA: The old bridge fell at night. It was old."))
    assert article.text.startswith("OSTRA: ")
    assert article.sentences[0] == "The old bridge fell at night."


@pytest.mark.parametrize(
    ("language", "text", "own"),
    [
        pytest.param(
            "hi",
            "नई दिल्ली: दोनों पक्ष सोमवार को पुराने शहर में मिले।\nयह भी पढ़ें: पुल गिरा\nलेखक पूर्व राजदूत हैं।",
            "दोनों पक्ष सोमवार को पुराने शहर में मिले।",
            id="hi",
        ),
        pytest.param(
            "ur",
            "کراچی: دونوں فریق پیر کو پرانے شہر میں ملے۔\nیہ بھی پڑھیں: پل گر گیا",
            "دونوں فریق پیر کو پرانے شہر میں ملے۔",
            id="ur",
        ),
        pytest.param(
            "ar",
            "القاهرة (رويترز) - التقى الطرفان يوم الاثنين في المدينة القديمة.\nاقرأ أيضا: سقوط الجسر",
            "التقى الطرفان يوم الاثنين في المدينة القديمة.",
            id="ar",
        ),
        pytest.param(
            "fr",
            "PARIS, 3 mars (AFP) — Les deux parties se sont réunies lundi.\nÀ lire aussi : Le pont est tombé",
            "Les deux parties se sont réunies lundi.",
            id="fr",
        ),
        pytest.param(
            "ru",
            "МОСКВА, 8 августа (ТАСС) — Стороны встретились в понедельник.\nЧитайте также: Мост упал",
            "Стороны встретились в понедельник.",
            id="ru",
        ),
        pytest.param(
            "zh",
            "新华社北京8月8日电（记者 张三）两国外长周一在北京举行了会晤。\n相关阅读：大桥倒塌",
            "两国外长周一在北京举行了会晤。",
            id="zh",
        ),
        pytest.param(
            "es",
            "Ostra, 8 ago (EFE).- Las dos partes se reunieron el lunes.\nLea también: Cayó el puente",
            "Las dos partes se reunieron el lunes.",
            id="es",
        ),
        pytest.param(
            "de",
            "OSTRA — Die beiden Seiten trafen sich am Montag.\nLesen Sie auch: Die Brücke ist gefallen",
            "Die beiden Seiten trafen sich am Montag.",
            id="de",
        ),
    ],
)
def test_furniture_goes_in_many_languages(language: str, text: str, own: str) -> None:
    assert clean(Page(text=text, language=language)).sentences == (own,)


def test_a_furnished_line_keeps_nothing_but_the_article() -> None:
    text = (
        "By. Mira Daloun. PUBLISHED:. 14:11 EST, 25 October 2013. |. UPDATED:. 15:36 EST, 25 October 2013. "
        "The old bridge over the river fell in the night of Monday, officials said. Scroll down for video. "
        "Nobody was hurt, since the road to it has been closed. SHARE. A new one will be built of stone by "
        "the two lands on either side of the river. Sorry we are not currently accepting comments on this article."
    )
    article = clean(Page(text=text))
    assert article.author == "Mira Daloun"
    assert article.published == datetime(2013, 10, 25, 19, 11, tzinfo=UTC)
    assert article.sentences == (
        "The old bridge over the river fell in the night of Monday, officials said.",
        "Nobody was hurt, since the road to it has been closed.",
        "A new one will be built of stone by the two lands on either side of the river.",
    )


def test_a_page_of_nothing_is_an_article_without_sentences() -> None:
    article = clean(Page(text="\n\n"))
    assert (article.text, article.spans, article.kind) == ("", (), "report")


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    *samples.REPORT,
                    *samples.OPED,
                    *samples.PULL_QUOTES,
                    "By Mira Daloun",
                    "کراچی: ",
                    "相关阅读：x",
                    "A: b?",
                ]
            ),
            st.text(max_size=60),
        ),
        max_size=12,
    ),
    st.sampled_from(["\n", " ", "\n\n", ""]),
)
def test_any_text_is_an_article_of_verbatim_sentences(pieces: list[str], between: str) -> None:
    article = clean(Page(text=between.join(pieces), language="und"))
    assert_spans_are_verbatim(article)
    worded = [sentence for sentence in article.sentences if any(map(str.isalnum, sentence))]
    assert len(worded) == len(set(worded))


def test_furniture_above_a_name_leaves_it_a_byline() -> None:
    body = (
        "KAREEMPUR: Envoys from Daral and Veshnia have met at least three times since May, officials close to the "
        "talks said. The meetings, held in a third country, were kept from the press."
    )
    lines = [
        "COMMENTS",
        "Daral and Veshnia envoys keep quiet channel open",
        "COMMENTS",
        "COMMENTS",
        "Mira Daloun",
        body,
    ]
    assert clean(Page(text="\n".join(lines), language="en")).author == "Mira Daloun"


NAME, BIO, DATELINED = "Mira Daloun", samples.OPED[-1], samples.REPORT[4]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*samples.REPORT, *samples.OPED]), max_size=8))
@example([NAME, "COMMENTS", NAME, NAME, "COMMENTS", "COMMENTS", "COMMENTS", DATELINED])
@example([NAME, NAME, NAME, BIO, "COMMENTS", BIO, DATELINED])
@example([samples.REPORT[5], BIO, DATELINED, samples.OPED[2], samples.REPORT[-2]])
def test_cleaning_the_body_again_adds_nothing(pieces: list[str]) -> None:
    once = clean(Page(text="\n".join(pieces), language="en"))
    again = clean(Page(text=once.text, title="x y z", deck="x y z", language="en"))
    for sentence in again.sentences:  # or its end: what stood above it, now gone, may have hidden a dateline
        assert any(known.endswith(sentence) for known in once.sentences)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        pytest.param("https://example.org/a", "https://example.org/a", id="web"),
        pytest.param(" HTTP://example.org/a", "HTTP://example.org/a", id="capitals"),
        pytest.param("javascript:alert(1)", "", id="script"),
        pytest.param("data:text/html,x", "", id="data"),
        pytest.param("file:///etc/passwd", "", id="file"),
        pytest.param("/a/bridge", "", id="relative"),
        pytest.param("https://", "", id="no-host"),
    ],
)
def test_only_addresses_of_the_web_are_kept(url: str, kept: str) -> None:
    assert clean(Page(text="The bridge fell.", url=url)).url == kept


def test_the_guid_stays_what_it_is() -> None:
    assert clean(Page(text="The bridge fell.", guid="tag:example.org,2031:  7")).guid == "tag:example.org,2031:  7"


HALVES = st.text(alphabet=st.sampled_from('ab .\n\ud800\udfff\u200d{}"@:'), max_size=60)


@settings(max_examples=60, deadline=None)
@given(text=HALVES, field=HALVES)
def test_what_is_cleaned_can_be_written(text: str, field: str) -> None:
    article = clean(
        Page(
            text=text,
            title=field,
            deck=field,
            author=field,
            outlet=field,
            section=field,
            url=f"https://a{field}",
            guid=field,
        )
    )
    msgspec.json.encode(article)
