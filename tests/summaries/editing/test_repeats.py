import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.editing.repeats import repeats

QUOTE = "The two agencies know each other better than any two ministries do"
REAL = "The two agencies know each other better than any two ministries do, and each has paid for that."
OTHER = "For decades the border has been a wound in the side of both."
TALKS = "Quiet talks between the two services would cost little and save many lives."
LEAD = "It began with a letter that nobody was meant to read."


def kept(sentences: list[str], language: str = "en") -> list[str]:
    found = repeats(sentences, language)
    return [
        text[found[place].start or 0 :] if place in found else text
        for place, text in enumerate(sentences)
        if place not in found or found[place].start is not None
    ]


@pytest.mark.parametrize(
    ("sentences", "own"),
    [
        pytest.param([LEAD, OTHER, TALKS], [LEAD, OTHER, TALKS], id="nothing-twice"),
        pytest.param([LEAD, TALKS, OTHER, TALKS], [LEAD, OTHER, TALKS], id="same-words-the-later-stays"),
        pytest.param([LEAD, QUOTE, OTHER, REAL], [LEAD, OTHER, REAL], id="pull-quote-before"),
        pytest.param([LEAD, REAL, OTHER, QUOTE], [LEAD, REAL, OTHER], id="pull-quote-after"),
        pytest.param([LEAD, f"{QUOTE} {OTHER}", REAL], [LEAD, OTHER, REAL], id="spliced-before-an-everyday-word"),
        pytest.param([LEAD, REAL, f"{QUOTE} {OTHER}"], [LEAD, REAL, OTHER], id="spliced-after-the-real-one"),
        pytest.param(
            [LEAD, f"{TALKS[:-1]} Daral has never been asked about this.", TALKS],
            [LEAD, "Daral has never been asked about this.", TALKS],
            id="spliced-before-a-name",
        ),
        pytest.param(
            [LEAD, f"{TALKS[:-1]} “We know that,” he said.", TALKS],
            [LEAD, "“We know that,” he said.", TALKS],
            id="spliced-quotation",
        ),
        pytest.param(
            [LEAD, f"The border runs along {QUOTE} the river to the sea.", REAL], [LEAD, REAL], id="spliced-amid"
        ),
        pytest.param(
            [LEAD, f"The border runs along the {QUOTE} It has been so for years.", REAL],
            [LEAD, "It has been so for years.", REAL],
            id="amid-and-on",
        ),
        pytest.param(
            [LEAD, f"The two agencies know each other better {OTHER}", REAL],
            [LEAD, OTHER, REAL],
            id="half-a-sentence-spliced",
        ),
        pytest.param(["No.", OTHER, "No."], [OTHER, "No."], id="short-and-the-same"),
        pytest.param(
            [
                "He said it was a lie.",
                "He said it was a pity that the old town on the river would not be built again as it was.",
            ],
            [
                "He said it was a lie.",
                "He said it was a pity that the old town on the river would not be built again as it was.",
            ],
            id="everyday-words-in-common",
        ),
        pytest.param(
            ["The prime minister of Daral said no.", "The prime minister of Veshnia said yes to all of it."],
            ["The prime minister of Daral said no.", "The prime minister of Veshnia said yes to all of it."],
            id="a-phrase-in-common",
        ),
        pytest.param(
            [
                "He wrote to Our Lady of the Seven Wells and the Nine Bridges in Ostra.",
                "She had prayed to Our Lady of the Seven Wells and the Nine Bridges all her life.",
            ],
            [
                "He wrote to Our Lady of the Seven Wells and the Nine Bridges in Ostra.",
                "She had prayed to Our Lady of the Seven Wells and the Nine Bridges all her life.",
            ],
            id="a-long-name-in-common",
        ),
        pytest.param(
            [
                LEAD,
                "The envoys met in the old bath house of Ostra.",
                "The envoys met in the old bath house of Ostra on Monday and talked.",
            ],
            [LEAD, "The envoys met in the old bath house of Ostra on Monday and talked."],
            id="a-longer-copy-is-no-splice",
        ),
    ],
)
def test_each_is_told_once_in_its_own_words(sentences: list[str], own: list[str]) -> None:
    assert kept(sentences) == own


def test_an_opening_that_is_told_again_in_other_order_stays() -> None:
    opening = "The old bridge over the river Ald in Ostra fell at night."
    again = "At night in Ostra, officials wrote, fell the bridge, old as the river Ald, over which it stood for years."
    assert opening in kept([opening, OTHER, again])


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        pytest.param(
            "hi",
            "दोनों देशों के दूत सोमवार को पुराने शहर में मिले",
            "दोनों देशों के दूत सोमवार को पुराने शहर में मिले और देर तक बात करते रहे।",
            id="hi",
        ),
        pytest.param(
            "ur",
            "دونوں ملکوں کے سفیر پیر کو پرانے شہر میں ملے",
            "دونوں ملکوں کے سفیر پیر کو پرانے شہر میں ملے اور دیر تک بات کرتے رہے۔",
            id="ur",
        ),
        pytest.param("zh", "两国特使周一在老城会面。", "两国特使周一在老城会面，并谈了很久。", id="zh"),
        pytest.param(
            "ru",
            "Послы двух стран встретились в понедельник в старом городе",
            "Послы двух стран встретились в понедельник в старом городе и долго говорили.",
            id="ru",
        ),
    ],
)
def test_pull_quotes_of_all_scripts_go(language: str, first: str, second: str) -> None:
    assert kept([first, second], language) == [second]


@settings(max_examples=60)
@given(st.lists(st.text(alphabet='aAbB cC."é', max_size=40), max_size=12))
def test_what_is_kept_is_verbatim_and_no_two_are_the_same(sentences: list[str]) -> None:
    own = kept(sentences)
    assert all(any(text in one for one in sentences) for text in own)
    worded = [
        text
        for place, text in enumerate(sentences)
        if place not in repeats(sentences, "en") and any(map(str.isalpha, text))
    ]
    assert len(worded) == len(set(worded))
