import gzip
import tracemalloc
import zlib
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.intake.body import PIECE, GarbledError, Unpacker, is_whole

FEED = "<?xml version='1.0'?><rss><title>Die Brücke von Altmark</title></rss>".encode()


def bare(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def unpack(chunks: Iterable[bytes], encoding: str = "") -> bytes:
    unpacker = Unpacker(encoding)
    return b"".join([*(piece for chunk in chunks for piece in unpacker.feed(chunk)), *unpacker.end()])


def cuts(data: bytes, places: list[int]) -> list[bytes]:
    marks = sorted({place % (len(data) + 1) for place in places})
    return [data[start:end] for start, end in zip([0, *marks], [*marks, len(data)], strict=True)]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param(FEED, "", id="plain"),
        pytest.param(FEED, "identity", id="identity"),
        pytest.param(gzip.compress(FEED), "gzip", id="gzip"),
        pytest.param(gzip.compress(FEED), "x-gzip", id="x-gzip"),
        pytest.param(gzip.compress(FEED), "", id="gzip-unsaid"),
        pytest.param(gzip.compress(FEED), "deflate", id="gzip-called-deflate"),
        pytest.param(FEED, "gzip", id="plain-called-gzip"),
        pytest.param(FEED, "br", id="plain-called-br"),
        pytest.param(FEED.decode().encode("utf-16"), "gzip", id="utf-16-called-gzip"),
        pytest.param(FEED, "deflate", id="plain-called-deflate"),
        pytest.param(b"ok", "gzip", id="two-bytes-called-gzip"),
        pytest.param(zlib.compress(FEED), "deflate", id="deflate"),
        pytest.param(bare(FEED), "deflate", id="deflate-without-zlib"),
        pytest.param(gzip.compress(gzip.compress(FEED)), "gzip, gzip", id="gzip-twice"),
        pytest.param(gzip.compress(FEED[:9]) + gzip.compress(FEED[9:]), "gzip", id="two-members"),
        pytest.param(gzip.compress(FEED) + b"\0" * 600, "gzip", id="padding-after"),
        pytest.param(gzip.compress(FEED) + b"<!-- cached -->", "gzip", id="junk-after"),
    ],
)
def test_bodies_are_read_by_what_they_are(data: bytes, encoding: str) -> None:
    wanted = FEED.decode().encode("utf-16") if data.startswith(b"\xff\xfe") else data if data == b"ok" else FEED
    assert unpack([data], encoding) == wanted


@pytest.mark.parametrize("empty", [[], [b""]])
def test_an_empty_body_is_empty_whatever_it_is_called(empty: list[bytes]) -> None:
    assert unpack(empty, "gzip") == b""


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param(gzip.compress(FEED)[:-20], "gzip", id="cut-off"),
        pytest.param(gzip.compress(FEED)[:30] + b"\xff" * 40, "gzip", id="broken-inside"),
        pytest.param(gzip.compress(FEED)[:-8] + b"\0" * 8, "gzip", id="wrong-checksum"),
        pytest.param(gzip.compress(b"a") * 1001, "gzip", id="too-many-members"),
        pytest.param(b"\x1b\x03\x00\xf8\x8d\x94n\xde", "br", id="brotli"),
        pytest.param(b"\x28\xb5\x2f\xfd\x04\x00\x01", "zstd", id="zstandard"),
        pytest.param(b"\x00\x01\x02\x03", "gzip", id="rubbish"),
        pytest.param(b"\x07\xff\x00\xff", "deflate", id="rubbish-deflate"),
    ],
)
def test_what_cannot_be_unpacked(data: bytes, encoding: str) -> None:
    with pytest.raises((GarbledError, zlib.error)):
        unpack([data], encoding)


def test_layers_are_counted() -> None:
    thrice = gzip.compress(gzip.compress(gzip.compress(FEED)))
    assert unpack([thrice]) == gzip.compress(FEED)


@settings(max_examples=100, deadline=None)
@given(
    parts=st.lists(st.binary(max_size=1000), min_size=1, max_size=4),
    places=st.lists(st.integers(0, 5000), max_size=8),
    packed=st.booleans(),
)
def test_how_the_bytes_are_cut_makes_no_difference(parts: list[bytes], places: list[int], packed: bool) -> None:
    parts[0] = b"<" + parts[0]
    sent = b"".join(gzip.compress(part) if packed else part for part in parts)
    assert unpack(cuts(sent, places), "gzip" if packed else "") == b"".join(parts)


def test_a_cut_between_two_members_makes_no_difference() -> None:
    first, second = gzip.compress(FEED[:9]), gzip.compress(FEED[9:])
    assert unpack([first, second[:2], second[2:]]) == FEED
    assert unpack([first, second, b"\0\0", b"\0\0"]) == FEED


def test_a_bomb_comes_in_small_pieces() -> None:
    bomb = gzip.compress(gzip.compress(bytes(60_000_000)))
    unpacker, total, longest = Unpacker("gzip"), 0, 0
    tracemalloc.start()
    for piece in unpacker.feed(bomb):
        total, longest = total + len(piece), max(longest, len(piece))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (total, longest) == (60_000_000, PIECE)
    assert peak < 2_000_000


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        (b"<rss>...</rss>\n", True),
        (b"<html></HTML ><!-- served in 3 ms -->", True),
        (b"<rdf:RDF></rdf:RDF>", True),
        (b"<rss><item></item>", False),
        (b"</feed>" + b"x" * 2000, False),
        (b"", False),
    ],
)
def test_is_whole(body: bytes, whole: bool) -> None:
    assert is_whole(body) is whole
