import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.editing.kind import kind_of, without_quotations

REPORT = (
    "The old bridge over the river fell in the night of Monday, officials said. Nobody was hurt, police said. "
    "The mayor said the town would pay for a new one. It had been closed since spring, a spokesman added. "
) * 4
ARGUED = (
    "We have waited long enough for a new bridge. The two lands must talk, and they should do it soon. I believe it is "
    "time for our leaders to act, because we cannot afford a winter without a road. They need to hear it from us. "
) * 3
CASES = {
    "report": ({"text": REPORT}, "report"),
    "nothing": ({}, "report"),
    "opinion-section": ({"text": REPORT, "section": "Opinion"}, "opinion"),
    "opinion-section-fr": ({"text": REPORT, "section": "Tribunes"}, "opinion"),
    "opinion-section-hi": ({"text": REPORT, "section": "विचार"}, "opinion"),
    "opinion-folder": ({"text": REPORT, "url": "https://example.org/opinion/2022/bridge"}, "opinion"),
    "opinion-host": ({"text": REPORT, "url": "https://opinion.example.org/2022/bridge"}, "opinion"),
    "opinion-in-the-slug": ({"text": REPORT, "url": "https://example.org/news/opinion"}, "report"),
    "opinion-title": ({"text": REPORT, "title": "Opinion: Build it of stone"}, "opinion"),
    "opinion-bio": ({"text": f"{REPORT}\nThe writer is a former envoy of Daral."}, "opinion"),
    "opinion-bio-argued": ({"text": f"{ARGUED}\nThe writer is a former envoy of Daral."}, "opinion"),
    "opinion-words": ({"text": ARGUED}, "opinion"),
    "opinion-quoted": (
        {"text": REPORT + "“We must talk, and we should do it soon. I believe it is time.” " * 3},
        "report",
    ),
    "opinion-quoted-in-britain": (
        {"text": REPORT + "'We must talk, and we should do it soon. I don't believe it's time,' he said. " * 3},
        "report",
    ),
    "somebody-says-something-every-hundred-words": (
        {"text": ARGUED + "Nobody came to the river that day. " * 8 + "He said so. She said so. They said so. "},
        "report",
    ),
    "live-title": ({"text": REPORT, "title": "Live: the bridge falls"}, "live"),
    "live-folder": ({"text": REPORT, "url": "https://example.org/live/2022/bridge"}, "live"),
    "live-times": ({"text": "\n".join(f"{hour}:15 The water rose at the bridge." for hour in range(10, 16))}, "live"),
    "analysis-title": ({"text": REPORT, "title": "Analysis: why bridges fall"}, "analysis"),
    "analysis-section-es": ({"text": REPORT, "section": "Análisis"}, "analysis"),
    "explainer": ({"text": REPORT, "title": "Why bridges fall: an explainer"}, "analysis"),
    "interview-title": ({"text": REPORT, "title": "Interview: the woman who built it"}, "interview"),
    "interview-layout": ({"text": "Q: Why did it fall?\nIt was old.\n" * 4}, "interview"),
    "release": (
        {"text": f"OSTRA, Aug. 8, 2022 /PRNewswire/ -- Ald Bridges today announced a bridge. {REPORT}"},
        "release",
    ),
    "release-section": ({"text": REPORT, "section": "Press releases"}, "report"),
    "release-folder": ({"text": REPORT, "url": "https://example.org/press-releases/1/a"}, "release"),
    "list-title": ({"text": REPORT, "title": "10 beautiful old bridges and 5 ways to see them"}, "report"),
    "list-title-things": ({"text": REPORT, "title": "7 things to know about bridges"}, "list"),
    "list-numbers": ({"text": "\n".join(f"{place}. Bridge of Ostra\nIt is old." for place in range(1, 7))}, "list"),
    "years-are-no-list": ({"text": "\n".join(["1931 It opened.", "It stood.", "2022 It fell."])}, "report"),
}


@pytest.mark.parametrize(("said", "kind"), [pytest.param(*case, id=name) for name, case in CASES.items()])
def test_the_kind_of_an_article(said: dict[str, str], kind: str) -> None:
    assert kind_of(**said, language="en") == kind


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param(
            "fr",
            "Il faut parler. Nous devons agir, et il est temps que nos chefs le sachent. " * 12,
            id="fr",
        ),
        pytest.param(
            "es",
            "Debemos hablar. Creo que nuestros jefes deben actuar, y es hora de que lo hagan. " * 12,
            id="es",
        ),
        pytest.param(
            "de",
            "Wir müssen reden. Ich meine, unsere Leute sollten handeln, und es ist Zeit dafür. " * 12,
            id="de",
        ),
        pytest.param(
            "ru",
            "Мы должны говорить. Я думаю, что нужно строить мост, и пора это сделать. " * 12,
            id="ru",
        ),
        pytest.param(
            "hi", "हमें बात करनी चाहिए। हमारे नेताओं को काम करना चाहिए और हमें पुल बनाना चाहिए। यह ज़रूरी है। " * 12, id="hi"
        ),
        pytest.param(
            "ur",
            "ہمیں بات کرنی چاہیے۔ ہمارے رہنماؤں کو کام کرنا چاہیے اور ہمیں پل بنانا چاہیے۔ یہ ضروری ہے۔ " * 12,
            id="ur",
        ),
    ],
)
def test_an_opinion_speaks_as_we_and_says_must(language: str, text: str) -> None:
    assert kind_of(text=text, language=language) == "opinion"


@settings(max_examples=60)
@given(st.text(max_size=200), st.text(max_size=40), st.text(max_size=40))
def test_any_article_has_a_kind(text: str, title: str, url: str) -> None:
    assert kind_of(text=text, title=title, url=url, section=title)


_PLAIN_QUOTATION = re.compile(r"[“\"«„‘][^”\"»“’]{0,1500}[”\"»’]|(?<!\w)'(?=\w)(?:[^'\n]|(?<=\w)'(?=\w)){0,600}'(?!\w)")


@settings(max_examples=200)
@given(st.text("aB .'’‘“”\"«»„\n", max_size=24))
def test_quotations_are_found_as_by_trying_every_place(text: str) -> None:
    assert without_quotations(text) == _PLAIN_QUOTATION.sub(" ", re.sub(r"(?<=\w)’(?=\w)", "'", text))
