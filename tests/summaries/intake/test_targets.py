import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from summaries.intake.targets import LONGEST, BadTargetError, follow, target

BASE = URL("https://courier.example/news/today?page=1", encoded=True)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        pytest.param("http://courier.example", "http://courier.example/", id="no-path"),
        pytest.param(" HTTP://Courier.Example:80/A \n", "http://courier.example/A", id="case-port-blanks"),
        pytest.param("https://courier.example:8443/a", "https://courier.example:8443/a", id="any-port"),
        pytest.param("http://courier.example/a#top", "http://courier.example/a", id="fragment"),
        pytest.param("https://bücher.example/ä?ö=ü", "https://xn--bcher-kva.example/%C3%A4?%C3%B6=%C3%BC", id="idn"),
        pytest.param("http://अख़बार.example/", "http://xn--l1b8aydq2dn.example/", id="idn-hindi"),
        pytest.param("http://c.example/a%2Fb?s=%7E%2b", "http://c.example/a%2Fb?s=%7E%2b", id="escapes-stay"),
        pytest.param("http://c.example/a b?q=x y", "http://c.example/a%20b?q=x%20y", id="blanks"),
        pytest.param("http://my_feed.example/", "http://my_feed.example/", id="underscore"),
        pytest.param("http://[2606:4700:0::1111]/", "http://[2606:4700::1111]/", id="ipv6"),
        pytest.param("http://2130706433/", "http://127.0.0.1/", id="decimal"),
        pytest.param("http://0x7f.0.0.1/", "http://127.0.0.1/", id="hex"),
        pytest.param("http://0x7f000001/", "http://127.0.0.1/", id="hex-whole"),
        pytest.param("http://0177.0.0.01/", "http://127.0.0.1/", id="octal"),
        pytest.param("http://127.1/", "http://127.0.0.1/", id="short"),
        pytest.param("http://127.0.0.1./", "http://127.0.0.1/", id="dotted-end"),
        pytest.param("http://１２７.０.０.１/", "http://127.0.0.1/", id="fullwidth"),
    ],
)
def test_targets(text: str, url: str) -> None:
    assert str(target(text)) == url


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("courier.example/feed", id="no-scheme"),
        pytest.param("ftp://courier.example/feed", id="ftp"),
        pytest.param("file:///etc/hosts", id="file"),
        pytest.param("data:text/html,hello", id="data"),
        pytest.param("javascript:alert(1)", id="javascript"),
        pytest.param("http://", id="no-host"),
        pytest.param("http:///feed", id="no-host-path"),
        pytest.param("http://:80/", id="only-port"),
        pytest.param("http://courier.example:99999/", id="port-too-high"),
        pytest.param("http://courier.example:0/", id="port-zero"),
        pytest.param("http://courier.example:port/", id="port-word"),
        pytest.param("http://[::1/", id="open-bracket"),
        pytest.param("http://[v1.x]/", id="future-ip"),
        pytest.param("http://256.1.1.1/", id="octet"),
        pytest.param("http://1.2.3.4.5/", id="five-numbers"),
        pytest.param("http://courier..example/", id="empty-label"),
        pytest.param("http://.../", id="dots"),
        pytest.param(f"http://{'a' * 64}.example/", id="label-too-long"),
        pytest.param("http://cou rier.example/", id="blank-in-host"),
        pytest.param("http://cou\x00rier.example/", id="nul-in-host"),
        pytest.param("http://reader@courier.example/", id="user"),
        pytest.param("http://reader:word@courier.example/", id="password"),
        pytest.param("http://127.0.0.1\\@courier.example/", id="backslash-user"),
        pytest.param("http://courier.example/" + "a" * LONGEST, id="too-long"),
    ],
)
def test_no_targets(text: str) -> None:
    with pytest.raises(BadTargetError):
        target(text)


@pytest.mark.parametrize(
    ("location", "url"),
    [
        pytest.param("/feed", "https://courier.example/feed", id="path"),
        pytest.param("feed", "https://courier.example/news/feed", id="relative"),
        pytest.param("?page=2", "https://courier.example/news/today?page=2", id="query"),
        pytest.param("../up", "https://courier.example/up", id="up"),
        pytest.param("//other.example/a", "https://other.example/a", id="host"),
        pytest.param("http://other.example#top", "http://other.example/", id="fragment"),
        pytest.param("http://a:b@other.example/", "http://other.example/", id="user-dropped"),
        pytest.param("/caf\udce9", "https://courier.example/caf%E9", id="latin-1-bytes"),
        pytest.param("/naïve path", "https://courier.example/na%C3%AFve%20path", id="utf-8"),
    ],
)
def test_redirects(location: str, url: str) -> None:
    assert str(follow(BASE, location)) == url


@pytest.mark.parametrize("location", ["mailto:a@b.example", "http://[", "http://", "http://x:99999/", "//[v1.x]/"])
def test_redirects_to_nowhere(location: str) -> None:
    with pytest.raises(BadTargetError):
        follow(BASE, location)


@settings(max_examples=300, deadline=None)
@given(st.text() | st.text().map("http://{}".format) | st.from_regex(r"https?://[\w.:@\[\]%\\-]{1,30}/?.*"))
def test_nothing_but_a_clean_ascii_url_comes_out(text: str) -> None:
    try:
        url = follow(BASE, text)
    except BadTargetError:
        return
    assert url.scheme in ("http", "https")
    assert url.raw_host
    assert url.user is None
    assert str(url).isascii()
    assert not set(str(url)) & set(" \r\n\t\x00")
    assert follow(BASE, str(url)) == url
