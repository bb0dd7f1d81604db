from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.redaction import HIDDEN, redacted

SECRET = "AAHfiqksKZ8WmR2zSjiQ7_v4TMAKdiHm9T0"
TOKEN = f"123456789:{SECRET}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"https://x/bot{TOKEN}/getMe", f"https://x/bot{HIDDEN}/getMe", id="a-url"),
        pytest.param(f"https://x/bot{quote(TOKEN, safe='')}/getMe", f"https://x/bot{HIDDEN}/getMe", id="quoted"),
        pytest.param(quote(quote(TOKEN, safe=""), safe=""), HIDDEN, id="quoted-twice"),
        pytest.param(TOKEN.replace(":", "%3a"), HIDDEN, id="quoted-in-small-letters"),
        pytest.param(repr({"token": TOKEN.encode()}), f"{{'token': b'{HIDDEN}'}}", id="in-bytes"),
        pytest.param(f"('123456789', '{SECRET}')", f"('123456789', '{HIDDEN}')", id="the-secret-half"),
        pytest.param(f"{TOKEN}{TOKEN}", f"{HIDDEN}{HIDDEN}", id="twice"),
        pytest.param("bot 123456789 is here", "bot 123456789 is here", id="the-bot-s-number-is-no-secret"),
    ],
)
def test_every_form_is_taken_out(text: str, expected: str) -> None:
    assert redacted(text, TOKEN) == expected


def test_without_a_token_nothing_changes() -> None:
    assert redacted("a: b", "") == "a: b"


@pytest.mark.parametrize("token", ["7:short", "nocolon", "123456789:"])
def test_odd_tokens(token: str) -> None:
    assert redacted(f"a {token} short b", token) == f"a {HIDDEN} short b"


@settings(max_examples=60)
@given(st.text(), st.text())
def test_it_is_gone_wherever_it_stands(before: str, after: str) -> None:
    assert SECRET not in redacted(f"{before}{TOKEN}{after}", TOKEN)
