import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.language import words
from summaries.threads.duplicates import (
    SHORT,
    SHORTEST,
    TELLS_MORE,
    Fingerprint,
    Likeness,
    compare,
    containment,
    fingerprint,
    same_text,
    shingles,
)

TAIL = (
    "The Northern Wire Service was founded by eleven harbour masters and brings reports from every port of the "
    "coast to readers who want them early, plain and complete; write to its desk with whatever it got wrong, "
    "by letter or by boat, and it will be set right on the next day in the same place."
)


def prose(count: int, seed: int = 0, start: str = "") -> str:
    """That many words, which no other seed has in this order; a full stop after every twelfth."""
    chance = random.Random(seed)
    found = [f"{chance.choice('bdfgklmnprst')}{chance.choice('aeiou')}{chance.choice('lmnrs')}{chance.choice('aeiou')}"
             for _ in range(count)]  # fmt: skip
    return start + " ".join(word + "." * (n % 12 == 11) for n, word in enumerate(found))


def rewritten(text: str, share: float, seed: int = 1) -> str:
    chance = random.Random(seed)
    return " ".join("anew" if chance.random() < share else word for word in text.split())


def cut(text: str, first: float, last: float) -> str:
    found = text.split()
    return " ".join(found[int(first * len(found)) : int(last * len(found))])


def read(text: str, language: str = "en") -> Fingerprint:
    return fingerprint(text, language)


REPORT = prose(400)


@pytest.mark.parametrize(
    ("new", "kind"),
    [
        pytest.param(REPORT, "exact", id="word for word"),
        pytest.param(REPORT.upper().replace(".", " —\n"), "exact", id="other capitals, marks and lines"),
        pytest.param(f"KESH (NWS) - {REPORT}", "near", id="another dateline"),
        pytest.param(rewritten(REPORT, 0.02), "near", id="light edits"),
        pytest.param(rewritten(REPORT, 0.06), "near", id="six words of a hundred rewritten"),
        pytest.param(cut(REPORT, 0, 0.45), "cut", id="the first half"),
        pytest.param(cut(REPORT, 0.55, 1), "cut", id="the latter half"),
        pytest.param(rewritten(cut(REPORT, 0, 0.5), 0.06), "cut", id="a half, rewritten"),
        pytest.param(cut(REPORT, 0.2, 0.3), "cut", id="a brief of forty words"),
        pytest.param(f"{REPORT} {prose(400, 7)}", "cut", id="as much again added"),
        pytest.param(f"{REPORT} {TAIL}", "near", id="a standing tail added"),
    ],
)
def test_a_copy_is_recognised(new: str, kind: str) -> None:
    likeness = compare(read(new), read(REPORT))

    assert likeness is not None
    assert likeness.kind == kind
    assert likeness.containment >= 0.5


GOLD = " ".join(
    f"In Orsk gold of grade {grade} was sold for {{{n}}} crowns an ounce at the close."
    for n, grade in enumerate("abcdef")
)


@pytest.mark.parametrize(
    ("new", "known"),
    [
        pytest.param(prose(400, 1), REPORT, id="strangers"),
        pytest.param(f"{prose(45, 2)} {TAIL}", f"{prose(300, 3)} {TAIL}", id="the same tail, longer than the report"),
        pytest.param(f"{TAIL} {prose(45, 2)}", f"{TAIL} {prose(300, 3)}", id="the same opening"),
        pytest.param(
            f"{cut(REPORT, 0, 0.5)} {prose(190, 4)}", REPORT, id="a report that quotes the first half at length"
        ),
        pytest.param(f"{REPORT} {prose(1300, 5)}", REPORT, id="the full report after the flash"),
        pytest.param(GOLD.format(*range(100, 106)), GOLD.format(*range(200, 206)), id="the same form, other numbers"),
        pytest.param(cut(REPORT, 0, (SHORT - 2) / 400), REPORT, id="too short to tell"),
        pytest.param("Read the full story on our site.", "Read the full story on our site.", id="shared by strangers"),
        pytest.param("", "", id="nothing"),
        pytest.param("", REPORT, id="nothing beside something"),
        pytest.param("...", "...", id="marks alone"),
    ],
)
def test_another_text_is_none(new: str, known: str) -> None:
    assert compare(read(new), read(known)) is None


def test_a_form_with_the_same_numbers_is_a_copy() -> None:
    assert containment(read(GOLD.format(*range(6))), read(GOLD.format(*range(10, 16)))) > 0.5
    assert same_text(read(GOLD.format(*range(6))), read(GOLD.format(*range(6)) + " It was a Monday."))


@pytest.mark.parametrize(("count", "same"), [(SHORTEST - 1, False), (SHORTEST, True)])
def test_a_short_text_is_a_copy_word_for_word_only(count: int, same: bool) -> None:
    text = prose(count)

    assert (compare(read(text), read(text.title())) == Likeness(1.0, "exact")) is same
    assert compare(read(text + " mola"), read(text)) is None


def test_a_longer_text_is_a_copy_up_to_four_times_the_length() -> None:
    flash = cut(REPORT, 0, 0.2)

    assert compare(read(f"{flash} {prose(80 * (TELLS_MORE - 1) - 20, 8)}"), read(flash)) is not None
    assert compare(read(f"{flash} {prose(80 * (TELLS_MORE - 1) + 20, 8)}"), read(flash)) is None
    assert compare(read(flash), read(f"{flash} {prose(80 * (TELLS_MORE + 1), 8)}")) is not None


HINDI = (
    "नदी के किनारे बसे गाँव में परिषद ने पुराने पुल की मरम्मत का फ़ैसला किया और लोगों ने "
    " इसका स्वागत किया है जो कई साल से इसकी माँग कर रहे थे क्योंकि"
)
CHINESE = "河边小镇的议会昨晚决定修理旧桥并邀请居民参加开工仪式市长表示工程将在冬天之前完成费用由三个村庄共同承担"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param(f"{HINDI} {' '.join(reversed(HINDI.split()))}", "hi", id="Hindi"),
        pytest.param(CHINESE, "zh", id="Chinese"),
        pytest.param(
            "ساحل کے شہر میں کونسل نے پرانے پل کی مرمت کا فیصلہ کیا اور لوگوں نے اس کا خیر مقدم کیا "
            "جو کئی سال سے اس کا مطالبہ کر رہے تھے "
            "تاکہ سردیوں میں بھی بچے اسکول جا سکیں اور تاجر اپنا مال منڈی تک پہنچا سکیں",
            "ur",
            id="Urdu",
        ),
    ],
)
def test_other_scripts_are_compared_alike(text: str, language: str) -> None:
    edited = text[: len(text) // 2] + "。X " + text[len(text) // 2 :]
    likeness = compare(read(edited, language), read(text, language))

    assert likeness is not None
    assert likeness.kind == "near"
    assert compare(read(text[::-1], language), read(text, language)) is None


def test_a_shingle_is_five_words() -> None:
    assert len(shingles("one two three four", "en")) == 0
    assert len(shingles("one two three four five six", "en")) == 2
    assert shingles("One, two – three FOUR five!", "en").tolist() == shingles("one two three four five", "en").tolist()
    assert shingles("two one three four five", "en").tolist() != shingles("one two three four five", "en").tolist()


def test_hashes_are_alike_in_every_process() -> None:
    """Samples that were kept would be worthless otherwise; and they are spread over all 64 bits."""
    found = shingles("The council of Orsk closed the bridge", "en")

    assert found.tolist() == [0x8A7A160ECAECE758, 0x33D5BF351EE10FBE, 0x704368AA1F776F49]


def test_lone_surrogates_are_words_like_others() -> None:
    assert len(shingles("a b c d \ud800x", "en")) == len(words("a b c d \ud800x", "en")) - 4


@given(st.lists(st.integers(0, 12), max_size=60), st.lists(st.integers(0, 12), max_size=60))
def test_containment_is_a_share_and_does_not_mind_the_order(one: list[int], other: list[int]) -> None:
    first, second = (Fingerprint(np.array(values, dtype=np.uint64)) for values in (one, other))
    expected = len({*one} & {*other}) / max(1, min(len({*one}), len({*other})))

    assert containment(first, second) == containment(second, first) == pytest.approx(expected)
    assert same_text(first, second) == same_text(second, first)


@given(st.text(max_size=300))
def test_any_text_has_a_fingerprint(text: str) -> None:
    found = read(text, "und")

    assert len(found.shingles) == max(0, len(words(text, "und")) - 4)
    assert (compare(found, read(text, "und")) is not None) == (found.words >= SHORTEST)
