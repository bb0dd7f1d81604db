"""Neighbours as bytes, so that a restart need not read the articles of 14 days again.

length of the header (8) · header (MessagePack) · per segment its rows and its postings · CRC-32 of all before (4)
"""

import struct
import zlib
from collections.abc import Iterator, Sequence

import msgspec
import numpy as np

from summaries.threads.pieces import pieces_of
from summaries.threads.postings import ROW, Segment

VERSION = 1
"""Raised whenever words, shingles, hashes or samples change: what was saved before is of no use then."""
_LENGTH = struct.Struct("<Q")
_CRC = struct.Struct("<I")


class Header(msgspec.Struct, frozen=True):
    """`stamp` is what the owner wants to know again; `sizes` are articles and postings of each segment."""

    version: int
    stamp: int
    sizes: tuple[tuple[int, int], ...]


def written(segments: Sequence[Segment], stamp: int) -> Iterator[bytes]:
    """The bytes of the segments, piece by piece."""
    crc = 0
    for piece in _pieces(segments, stamp):
        crc = zlib.crc32(piece, crc)
        yield piece
    yield _CRC.pack(crc)


def _pieces(segments: Sequence[Segment], stamp: int) -> Iterator[bytes]:
    sizes = tuple((len(one.rows), len(one.postings)) for one in segments)
    header = msgspec.msgpack.encode(Header(VERSION, stamp, sizes))
    yield _LENGTH.pack(len(header)) + header
    for one in segments:
        yield from pieces_of(one.rows)
        yield from pieces_of(one.postings)


def read(data: bytes) -> tuple[list[Segment], int]:
    """The segments and the stamp. Raises `ValueError` for what is damaged, cut off, or of another version."""
    if len(data) < _LENGTH.size + _CRC.size or zlib.crc32(data[: -_CRC.size]) != _CRC.unpack(data[-_CRC.size :])[0]:
        raise ValueError("damaged")
    start = _LENGTH.size
    at = start + _LENGTH.unpack_from(data)[0]
    header = msgspec.msgpack.decode(data[start:at], type=Header)  # its DecodeError is a ValueError
    if header.version != VERSION:
        raise ValueError(f"version {header.version}")
    segments = []
    for rows, postings in header.sizes:
        middle = at + rows * ROW.itemsize
        held = np.frombuffer(data, ROW, rows, at), np.frombuffer(data, np.uint64, postings, middle)
        segments.append(Segment(*held))
        at = middle + postings * 8
    return segments, header.stamp
