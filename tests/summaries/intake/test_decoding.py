import codecs
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.errors import InputError
from summaries.intake.decoding import decode

QUOTED = "“Ça va”, said the envoy’s aide — in Ostra."
RUSSIAN = "Послы двух стран встретились в понедельник в Остре и договорились продолжать разговор. " * 4


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(QUOTED.encode(), id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + QUOTED.encode(), id="utf-8-bom"),
        pytest.param(QUOTED.encode("utf-16"), id="utf-16-bom"),
        pytest.param(codecs.BOM_UTF16_BE + QUOTED.encode("utf-16-be"), id="utf-16-be-bom"),
        pytest.param(QUOTED.encode("utf-16-le"), id="utf-16-le-bare"),
        pytest.param(QUOTED.encode("utf-16-be"), id="utf-16-be-bare"),
        pytest.param(QUOTED.encode("utf-32"), id="utf-32"),
    ],
)
def test_unicode_needs_no_label(data: bytes) -> None:
    assert decode(data) == QUOTED


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        pytest.param(QUOTED.encode("cp1252"), "text/plain; charset=windows-1252", id="header"),
        pytest.param(QUOTED.encode("cp1252"), 'text/html; charset="iso-8859-1"', id="latin-1-means-windows-1252"),
        pytest.param(QUOTED.encode("cp1252"), "cp1252", id="bare-label"),
        pytest.param(QUOTED.encode(), "text/plain; charset=windows-1252", id="utf-8-beats-a-wrong-label"),
        pytest.param(QUOTED.encode("cp1252"), None, id="no-label"),
        pytest.param(QUOTED.encode("cp1252"), "text/plain; charset=klingon", id="unknown-label"),
        pytest.param(QUOTED.encode("cp1252"), "text/plain; charset=rot13", id="label-of-no-charset"),
    ],
)
def test_other_encodings_go_by_their_label_or_a_guess(data: bytes, declared: str | None) -> None:
    assert decode(data, declared=declared) == QUOTED


def test_a_guess_knows_cyrillic() -> None:
    assert decode(RUSSIAN.encode("cp1251")) == RUSSIAN


@pytest.mark.parametrize(
    "label", ["<meta charset=windows-1251>", '<meta http-equiv="x" content="text/html; charset=windows-1251">']
)
def test_markup_says_its_charset(label: str) -> None:
    page = f"<html><head>{label}</head><body>Посол</body></html>"
    assert "Посол" in decode(page.encode("cp1251"), markup=True)


def test_a_damaged_place_in_utf_8_stays_one_damaged_place() -> None:
    assert decode(QUOTED.encode() * 20 + b"\xff" + QUOTED.encode()).count("\ufffd") == 1


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b" \n\t ", id="space"),
        pytest.param(b"%PDF-1.7 ...", id="pdf"),
        pytest.param(b"PK\x03\x04 zip", id="zip"),
        pytest.param(b"\x89PNG\r\n\x1a\n", id="png"),
        pytest.param(bytes(range(256)) * 20, id="bytes"),
        pytest.param(b"\x00" * 400, id="zeros"),
    ],
)
def test_empty_and_binary_data_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(InputError, match=r"notes\.txt") as refusal:
        decode(data, name="notes.txt")
    assert "\n" not in str(refusal.value)


@settings(max_examples=100)
@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "charset=utf-16", "x; charset=idna", "charset=hex"]))
def test_any_bytes_are_text_or_refused(data: bytes, declared: str | None) -> None:
    with suppress(InputError):
        assert isinstance(decode(data, declared=declared, markup=True), str)


@settings(max_examples=60)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), min_size=1))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    text = f"a{text}"
    assert decode(text.encode()) == text
