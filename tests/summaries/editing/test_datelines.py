import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.editing.datelines import dateline_end, stamp_end

CUT = {
    "capitals": ("OSTRA: ", "The two sides met on Monday."),
    "capitals-glued": ("OSTRA:", "The two sides met on Monday."),
    "two-words": ("NEW OSTRA: ", "The two sides met on Monday."),
    "agency": ("OSTRA (Reuters) - ", "The two sides met on Monday."),
    "day-and-agency": ("NEW OSTRA, Aug 8 (PTI) ", "The two sides met on Monday."),
    "dash": ("OSTRA — ", "The two sides met on Monday."),
    "two-cities": ("OSTRA/KAREEMPUR: ", "The two sides met on Monday."),
    "country": ("Ostra, Daral (CNN) -- ", "The two sides met on Monday."),
    "agency-alone": ("(CNN) -- ", "The two sides met on Monday."),
    "agency-glued": ("(CNN)", "The two sides met on Monday."),
    "place-agency-glued": ("Ostra (CNN)", "The two sides met on Monday."),
    "title-case": ("Ostra: ", "The two sides met on Monday."),
    "before-quotation": ("OSTRA: ", "“The two sides met on Monday,” he said."),
    "fr": ("PARIS, 3 mars (AFP) — ", "Les deux parties se sont réunies."),
    "es": ("Ostra, 8 ago (EFE).- ", "Las dos partes se reunieron."),
    "ru": ("МОСКВА, 8 августа (ТАСС) — ", "Стороны встретились в понедельник."),
    "hi": ("नई दिल्ली: ", "दोनों पक्ष सोमवार को मिले।"),
    "hi-agency": ("नई दिल्ली, 8 अगस्त (भाषा) ", "दोनों पक्ष सोमवार को मिले।"),
    "ur": ("کراچی: ", "دونوں فریق پیر کو ملے۔"),
    "ar": ("القاهرة (رويترز) - ", "قال وزير الخارجية يوم الاثنين"),
    "zh": ("新华社北京8月8日电（记者 张三）", "两国外长周一在北京举行了会晤。"),
    "ja": ("【東京＝山田太郎】", "両国の外相は月曜日に東京で会談した。"),
}
WHOLE = {
    "no-dateline": "The two sides met on Monday.",
    "speech": "He said: The two sides met.",
    "abbreviation": "The European Union (EU) - a body of 27 - met.",
    "organisation": "World Health Organization (WHO) Director Mira Daloun spoke.",
    "small-letter": "OSTRA: the town that the river built.",
    "hyphen": "Ostra-born Mira Daloun won the race.",
    "question": "Question: Who owns the river now?",
    "too-little-left": "OSTRA: Why?",
    "ur": "وزیر نے پیر کو کہا کہ دونوں فریق ملے ہیں: یہ خبر درست ہے۔",
}


@pytest.mark.parametrize(("dateline", "own"), [pytest.param(*pair, id=name) for name, pair in CUT.items()])
def test_a_sentence_begins_at_its_own_first_word(dateline: str, own: str) -> None:
    assert dateline_end(dateline + own) == len(dateline)


@pytest.mark.parametrize("sentence", [pytest.param(text, id=name) for name, text in WHOLE.items()])
def test_other_sentences_stay_whole(sentence: str) -> None:
    assert dateline_end(sentence) == 0


@settings(max_examples=150)
@given(st.text(max_size=100))
def test_something_is_always_left(text: str) -> None:
    assert dateline_end(text) == 0 or len(text) - dateline_end(text) >= 12


@pytest.mark.parametrize(
    ("sentence", "own"),
    [
        pytest.param(
            "Updated at 2.56pm BST 2.45pm BST 14:45 The river is falling.", "The river is falling.", id="three"
        ),
        pytest.param("12.31pm BST 12:31 The envoys have met.", "The envoys have met.", id="two"),
        pytest.param("Updated at 2.56pm BST", "Updated at 2.56pm BST", id="nothing-behind"),
        pytest.param(
            "12:31 BST was when the bridge fell in.", "12:31 BST was when the bridge fell in.", id="a-subject"
        ),
        pytest.param("The river is falling.", "The river is falling.", id="none"),
    ],
)
def test_the_times_of_a_live_blog_are_cut(sentence: str, own: str) -> None:
    assert sentence[stamp_end(sentence) :] == own
