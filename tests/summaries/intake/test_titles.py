import pytest

from summaries.intake.titles import Named, Place, agreed_title, kicker_of, settled_title

OUTLET = "The Daral Post"


def named(**places: str | list[str]) -> list[Named]:
    order: list[Place] = ["og", "linked", "heading", "twitter", "page"]
    texts = {place: [found] if isinstance(found := places.get(place, []), str) else found for place in order}
    return [Named(place, text) for place in order for text in texts[place]]


@pytest.mark.parametrize(
    ("places", "title"),
    [
        pytest.param({"og": "Bridge falls", "heading": "Bridge falls"}, "Bridge falls", id="all-agree"),
        pytest.param({"page": "Bridge falls at night | The Daral Post"}, "Bridge falls at night", id="only-the-page"),
        pytest.param({"page": "The Daral Post: Bridge falls at night"}, "Bridge falls at night", id="outlet-first"),
        pytest.param({"page": "The Daral Post » Bridge falls"}, "Bridge falls", id="outlet-first-arrow"),
        pytest.param(
            {
                "og": "Old bridge falls",
                "heading": "Old bridge falls in the night, nobody hurt",
                "page": "Old bridge falls",
            },
            "Old bridge falls in the night, nobody hurt",
            id="the-heading-says-more",
        ),
        pytest.param(
            {"og": "Bridge falls in Ostra", "heading": "World", "page": "Bridge falls in Ostra - The Daral Post"},
            "Bridge falls in Ostra",
            id="the-heading-is-a-section",
        ),
        pytest.param(
            {"og": "Bridge falls in Ostra", "heading": [OUTLET, "Bridge falls in Ostra at night"]},
            "Bridge falls in Ostra at night",
            id="the-first-heading-is-the-outlet",
        ),
        pytest.param(
            {
                "og": "The Daral Post",
                "heading": "Bridge falls in Ostra",
                "page": "Bridge falls in Ostra | The Daral Post",
            },
            "Bridge falls in Ostra",
            id="open-graph-is-the-site",
        ),
        pytest.param(
            {"og": "News and views every day", "heading": "Bridge falls in Ostra", "page": "Bridge falls in Ostra"},
            "Bridge falls in Ostra",
            id="open-graph-is-the-sites-motto",
        ),
        pytest.param(
            {
                "og": "Opinion | A treaty with a leak",
                "heading": "A treaty with a leak",
                "page": "Opinion | A treaty with a leak",
            },
            "A treaty with a leak",
            id="kicker",
        ),
        pytest.param(
            {"og": "A treaty with a leak", "heading": "Opinion A treaty with a leak"},
            "A treaty with a leak",
            id="kicker-in-heading",
        ),
        pytest.param(
            {"og": "Bridge falls in Ostra - World News", "heading": "Bridge falls in Ostra"},
            "Bridge falls in Ostra",
            id="section-behind",
        ),
        pytest.param(
            {"og": "The old bridge over the Ald fe…", "page": "The old bridge over the Ald fell | The Daral Post"},
            "The old bridge over the Ald fell",
            id="cut-off",
        ),
        pytest.param(
            {"og": "BRIDGE FALLS IN OSTRA", "linked": "Bridge falls in Ostra", "heading": "Bridge falls in Ostra"},
            "Bridge falls in Ostra",
            id="shouted",
        ),
        pytest.param(
            {
                "heading": ["Other news of the day", "More"],
                "page": "Bridge falls in Ostra",
                "og": "Bridge falls in Ostra",
            },
            "Bridge falls in Ostra",
            id="headings-of-other-things",
        ),
        pytest.param(
            {
                "og": "塌桥事故调查结果公布",
                "heading": "塌桥事故调查结果公布",
                "page": "塌桥事故调查结果公布_达拉尔邮报",
            },
            "塌桥事故调查结果公布",
            id="zh",
        ),
        pytest.param(
            {"og": "پرانا پل رات کو گر گیا", "page": "پرانا پل رات کو گر گیا - The Daral Post"},
            "پرانا پل رات کو گر گیا",
            id="ur",
        ),
        pytest.param(
            {"heading": "पुराना पुल रात में गिरा", "page": "पुराना पुल रात में गिरा | The Daral Post"},
            "पुराना पुल रात में गिरा",
            id="hi",
        ),
        pytest.param(
            {"heading": "Мост упал: что известно", "og": "Мост упал: что известно"},
            "Мост упал: что известно",
            id="ru-colon",
        ),
        pytest.param(
            {"og": "Le pont – un an après", "page": "Le pont – un an après - The Daral Post"},
            "Le pont – un an après",
            id="fr-dash",
        ),
        pytest.param(
            {"heading": "Kest Times", "page": "Bridge falls in Ostra at night - Kest Times"},
            "Bridge falls in Ostra at night",
            id="the-heading-is-a-site-that-nobody-named",
        ),
        pytest.param(
            {"heading": "World", "page": "Bridge falls in Ostra at night :: World :: Kest Times"},
            "Bridge falls in Ostra at night",
            id="sections-and-site-behind",
        ),
        pytest.param(
            {"og": "Bridge falls in Ostra | World | Kest", "page": "Bridge falls in Ostra | World | Kest"},
            "Bridge falls in Ostra",
            id="everywhere-the-site",
        ),
        pytest.param({"page": "Bridge falls in Ostra - Kest"}, "Bridge falls in Ostra", id="only-a-dash"),
        pytest.param(
            {"page": "The bridge | one year later", "heading": "The bridge | one year later"},
            "The bridge | one year later",
            id="a-bar-of-its-own",
        ),
        pytest.param(
            {"heading": "Exclusive: dam report was hidden", "page": "DAM REPORT WAS HIDDEN"},
            "Exclusive: dam report was hidden",
            id="shouted-without-its-kicker",
        ),
        pytest.param({"page": "塌桥事故调查结果公布_国内新闻_凯斯特网"}, "塌桥事故调查结果公布", id="zh-underscores"),
        pytest.param(
            {"heading": "凯斯特", "page": "塌桥事故调查结果公布-凯斯特新闻网"}, "塌桥事故调查结果公布", id="zh-site"
        ),
        pytest.param({"page": "橋が落ちた、けが人なし｜ケスト新聞"}, "橋が落ちた、けが人なし", id="ja-wide-bar"),
        pytest.param(
            {"heading": "케스트 미디어", "page": "다리가 무너진 이유, 시장은 알고 있었나 - Kest"},
            "다리가 무너진 이유, 시장은 알고 있었나",
            id="ko-site",
        ),
        pytest.param({"page": "สะพานเก่าที่ออสตราถล่มกลางดึก | ข่าวเคสต์"}, "สะพานเก่าที่ออสตราถล่มกลางดึก", id="th"),
        pytest.param(
            {"heading": "أخبار", "page": "انهيار الجسر القديم في أوسترا | أخبار كيست"},
            "انهيار الجسر القديم في أوسترا",
            id="ar",
        ),
        pytest.param(
            {"heading": "Bridgework", "page": "Work - Kest Harbour Association"}, "Bridgework", id="a-compound-word"
        ),
        pytest.param({"heading": "OpinionA treaty", "og": "A treaty"}, "A treaty", id="a-kicker-without-a-space"),
        pytest.param({"og": "Ja"}, "", id="too-short"),
        pytest.param({}, "", id="none"),
    ],
)
def test_the_title_is_what_the_page_agrees_on(places: dict[str, str | list[str]], title: str) -> None:
    assert agreed_title(named(**places), OUTLET) == title


@pytest.mark.parametrize(
    ("places", "over", "title"),
    [
        pytest.param(
            {"og": "Ostra's wettest week", "page": "Ostra's wettest week | Kest"},
            "Who will build the next bridge?",
            "Who will build the next bridge?",
            id="the-headline-is-of-other-words",
        ),
        pytest.param(
            {"og": "Ostra's wettest week", "heading": "Ostra's wettest week of the year"},
            "Who will build the next bridge?",
            "Ostra's wettest week of the year",
            id="another-heading-agrees",
        ),
        pytest.param(
            {"heading": "Kest Harbour Association of 1903", "page": "Ice - Kest Harbour Association of 1903"},
            "Ice",
            "Ice",
            id="the-page-says-it-among-other-things",
        ),
        pytest.param({"og": "Ostra's wettest week ends"}, "World", "Ostra's wettest week ends", id="a-section"),
        pytest.param({"og": "Ostra's wettest week"}, OUTLET, "Ostra's wettest week", id="the-outlet"),
    ],
)
def test_the_heading_right_above_the_text_is_the_title_where_no_other_agrees(
    places: dict[str, str | list[str]], over: str, title: str
) -> None:
    assert agreed_title([*named(**places), Named("heading", over, over=True)], OUTLET) == title


@pytest.mark.parametrize(
    ("fed", "read", "title"),
    [
        pytest.param("Bridge falls", "An old bridge fell in Ostra", "Bridge falls", id="the-feeds"),
        pytest.param(
            "The old bridge over…", "The old bridge over the Ald fell", "The old bridge over the Ald fell", id="cut"
        ),
        pytest.param(
            "The old bridge over ...", "The old bridge over the Ald fell", "The old bridge over the Ald fell", id="dots"
        ),
        pytest.param(
            "The old bridge ov",
            "The old bridge over the Ald fell",
            "The old bridge over the Ald fell",
            id="amid-a-word",
        ),
        pytest.param(
            "The old bridge over", "The old bridge over the Ald fell", "The old bridge over the Ald fell", id="amid"
        ),
        pytest.param("Bridge falls", "Bridge falls: what we know", "Bridge falls", id="a-whole-clause"),
        pytest.param("Bridge falls", "Bridge falls - The Daral Post", "Bridge falls", id="the-pages-outlet"),
        pytest.param("Bridge falls | The Daral Post", "Bridge falls", "Bridge falls", id="the-feeds-outlet"),
        pytest.param("BRIDGE FALLS", "Bridge falls", "Bridge falls", id="capitals"),
        pytest.param("BRIDGE FALLS", "An old bridge fell", "BRIDGE FALLS", id="capitals-of-other-words"),
        pytest.param("The old bridge…", "Another story", "The old bridge…", id="cut-but-another"),
        pytest.param("", "Bridge falls", "Bridge falls", id="no-feeds"),
        pytest.param("Bridge falls", "", "Bridge falls", id="no-pages"),
        pytest.param("The Daral Post", "Bridge falls", "Bridge falls", id="the-feed-names-itself"),
        pytest.param("Ja", "Bridge falls", "Bridge falls", id="too-short"),
        pytest.param("", "", "", id="none"),
    ],
)
def test_the_feeds_title_wins_unless_it_is_cut(fed: str, read: str, title: str) -> None:
    assert settled_title(fed, read, OUTLET) == title


@pytest.mark.parametrize(
    ("text", "kicker"),
    [
        pytest.param("Opinion | A treaty with a leak", "Opinion", id="bar"),
        pytest.param("Analysis: A treaty with a leak", "Analysis", id="colon"),
        pytest.param("The Daral Post: A treaty with a leak", "", id="outlet"),
        pytest.param("A treaty with a leak", "", id="none"),
        pytest.param("Kareem: Another story", "", id="another-title"),
    ],
)
def test_a_kicker_stands_before_the_title(text: str, kicker: str) -> None:
    assert kicker_of([Named("og", text)], "A treaty with a leak", OUTLET) == kicker
