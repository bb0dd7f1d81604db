import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.intake.urls import host_of, is_url, url_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("http://example.org/a", "https://example.org/a", id="scheme"),
        pytest.param("https://www.example.org/a", "https://example.org/a", id="www"),
        pytest.param("https://example.org/a/", "https://example.org/a", id="trailing-slash"),
        pytest.param("https://example.org", "https://example.org/", id="root"),
        pytest.param("https://example.org:443/a", "https://example.org/a", id="default-port"),
        pytest.param("http://example.org:80/a", "https://example.org/a", id="default-port-http"),
        pytest.param("https://example.org/a#part", "https://example.org/a", id="fragment"),
        pytest.param("https://example.org/a?utm_source=x&fbclid=y", "https://example.org/a", id="tracking"),
        pytest.param("https://example.org/a?b=2&a=1", "https://example.org/a?a=1&b=2", id="order"),
        pytest.param("HTTPS://EXAMPLE.ORG/a", "https://example.org/a", id="case-of-host"),
        pytest.param(" https://example.org/a ", "https://example.org/a", id="space-around"),
        pytest.param("https://example.org/%7Euser", "https://example.org/~user", id="escapes"),
    ],
)
def test_the_same_page_has_the_same_key(one: str, other: str) -> None:
    assert url_key(one) == url_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("https://example.org/a", "https://example.org/b", id="path"),
        pytest.param("https://example.org/a?id=1", "https://example.org/a?id=2", id="parameter"),
        pytest.param("https://example.org/a", "https://example.com/a", id="host"),
        pytest.param("https://example.org:8080/a", "https://example.org/a", id="port"),
        pytest.param("https://example.org/A", "https://example.org/a", id="case-of-path"),
    ],
)
def test_other_pages_have_other_keys(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        pytest.param("https://example.org/a", True, id="https"),
        pytest.param("HTTP://EXAMPLE.ORG", True, id="capitals"),
        pytest.param("https://example.org/a b", False, id="space"),
        pytest.param("ftp://example.org", False, id="ftp"),
        pytest.param("https://", False, id="no-host"),
        pytest.param("https://[::1", False, id="broken-address"),
        pytest.param("example.org", False, id="no-scheme"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_is_url(text: str, verdict: bool) -> None:
    assert is_url(text) is verdict


def test_what_is_no_address_is_its_own_key() -> None:
    assert url_key(" tag:example.org,2022:1 ") == "tag:example.org,2022:1"


def test_the_host_is_without_www() -> None:
    assert host_of("https://www.Example.org/a") == "example.org"


@settings(max_examples=80)
@given(st.one_of(st.text(max_size=80), st.text(max_size=60).map("https://example.org/".__add__)))
def test_any_text_has_a_key(text: str) -> None:
    assert url_key(text) == url_key(text.strip())


@settings(max_examples=60)
@given(st.text(alphabet="abcXYZ019-_.~/?=&", max_size=40))
def test_a_key_says_no_scheme_and_no_fragment(path: str) -> None:
    key = url_key(f"https://example.org/{path}#x")
    assert key.startswith("example.org")
    assert "#" not in key
