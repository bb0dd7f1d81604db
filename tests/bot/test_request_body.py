from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.request import RequestData

from bot.request_body import URL_ENCODED, body_of, url_encoded

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(st.dictionaries(TEXTS.filter(bool), TEXTS, max_size=4))
@settings(max_examples=150)
def test_any_text_arrives_as_it_was(values: dict[str, str]) -> None:
    encoded = url_encoded(values).decode("ascii")

    assert dict(parse_qsl(encoded, keep_blank_values=True, strict_parsing=bool(values))) == values


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        pytest.param("", b"t=", id="empty"),
        pytest.param("a b", b"t=a+b", id="a space"),
        pytest.param("a+b", b"t=a%2bb", id="a plus"),
        pytest.param("100 %", b"t=100+%25", id="a percent sign"),
        pytest.param("x&t=y", b"t=x%26t%3dy", id="what would be another parameter"),
        pytest.param("ñ\r\n", b"t=%c3%b1%0d%0a", id="a run"),
        pytest.param("\ud83d!", b"t=%3f%21", id="half a surrogate pair"),
    ],
)
def test_what_would_be_mistaken_is_quoted(text: str, encoded: bytes) -> None:
    assert url_encoded({"t": text}) == encoded


@pytest.mark.parametrize("data", [None, RequestData([])], ids=["no data", "no parameters"])
def test_an_empty_form_is_a_body_too(data: RequestData | None) -> None:
    body = body_of(data, None)

    assert (body.size, body.content_type, body.begun, body.taken) == (0, URL_ENCODED, False, False)
