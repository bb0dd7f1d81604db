import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.errors import InputError
from summaries.intake.feed_bytes import LARGEST, read_text

TEXT = "<rss><title>Über die Brücke — “tot”</title></rss>"
RUSSIAN = "<rss><language>ru</language><title>Мост обрушился</title></rss>"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "cp1252"]
)
def test_the_bytes_say_their_encoding(encoding: str) -> None:
    assert read_text(TEXT.encode(encoding), name="this") == TEXT


@pytest.mark.parametrize(
    ("declared", "actual"),
    [
        ("iso-8859-1", "cp1252"),
        ("gb2312", "gb18030"),
        ("shift_jis", "cp932"),
        ("iso-2022-jp", "iso-2022-jp"),
        ("koi8-r", "koi8-r"),
        ("utf-16", "utf-8"),
        ("windows-1251", "utf-8"),
        ("us-ascii", "utf-8"),
    ],
)
def test_what_is_declared_counts_where_the_bytes_allow_it(declared: str, actual: str) -> None:
    words = {"koi8-r": "Мост", "cp1252": "“Brücke”", "utf-8": "Brücke"}.get(actual, "橋")
    text = f'<?xml version="1.0" encoding="{declared}"?><rss>{words}</rss>'
    assert read_text(text.encode(actual), name="this") == text


def test_ebcdic_is_read() -> None:
    text = '<?xml version="1.0" encoding="cp037"?><rss>Tide</rss>'
    assert read_text(text.encode("cp037"), name="this") == text


def test_a_header_goes_before_the_declaration_unless_it_is_a_servers_default() -> None:
    text = '<?xml version="1.0" encoding="koi8-r"?><rss>Мост</rss>'
    assert "Мост" in read_text(text.encode("koi8-r"), name="this", content_type="text/xml; charset=iso-8859-1")
    assert "Мост" in read_text(text.encode("cp1251"), name="this", content_type='text/xml; charset="windows-1251"')


def test_without_a_label_the_language_decides() -> None:
    assert read_text(RUSSIAN.encode("cp1251"), name="this") == RUSSIAN
    damaged = RUSSIAN.replace("rss", "rss", 1).encode("cp1251").replace(b"\xce\xf1\xf2", b"\xce\x98\xf1\xf2")
    assert "Мо" in read_text(damaged, name="this")


@pytest.mark.parametrize("stray", [b"\xeb", b"\xff", b"\xe0", b"\x80", b"\xc1\xc0"])
def test_a_stray_byte_changes_no_other(stray: bytes) -> None:
    data = b'<?xml version="1.0" encoding="utf-8"?><rss><link>https://a.example.org/~ana/1</link>a%bb</rss>' % stray
    start, end = data.split(stray)
    text = read_text(data, name="this")
    assert text.startswith(start.decode())
    assert text.endswith(end.decode())


def test_a_little_damage_does_not_make_utf_8_another_encoding() -> None:
    data = "<rss>Brücke über die Fähre, größer</rss>".encode().replace(b"Br", b"B\xe9")
    assert "über die Fähre, größer" in read_text(data, name="this")


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "iso-8859-5"])
def test_a_short_text_without_label_and_language_is_recognised(encoding: str) -> None:
    text = "<rss><title>В порту Ольхова снова ходит паром</title></rss>"
    assert read_text(text.encode(encoding), name="this") == text


def test_a_lost_byte_of_utf_16_costs_a_few_letters() -> None:
    data = (TEXT * 3).encode("utf-16-le")
    text = read_text(data[:60] + data[61:], name="this")
    assert text.count("</rss>") == 3


def test_what_xml_forbids_goes_and_stray_zeros_with_it() -> None:
    assert read_text("<rss>a\x00b\x0b\ufffe\x1fc</rss>".encode(), name="this") == "<rss>abc</rss>"


def test_compressed_feeds_are_read_even_cut_off_or_twice() -> None:
    assert read_text(gzip.compress(gzip.compress(TEXT.encode())), name="this") == TEXT
    assert read_text(gzip.compress(TEXT.encode())[:-8], name="this") == TEXT


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "this is empty"),
        (b"\xef\xbb\xbf \n", "this is empty"),
        (b"\x00" * 100, "this is"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "this is not text"),
        (gzip.compress(b"a" * (LARGEST + 1)), "this holds more"),
        (b"\x1f\x8b\x08\x00garbage", "this is compressed"),
    ],
)
def test_refusals(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_text(data, name="this")


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = read_text(data, name="this")
    except InputError:
        return
    text.encode()
    assert "\x00" not in text
