"""All that is known of events, as bytes, so that a restart need not read every article again.

length of the header (8) · header (MessagePack) · the arrays one after the other · CRC-32 of all before (4)
"""

import struct
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec
import numpy as np
from numpy.typing import NDArray

from summaries.threads.pieces import PIECE, bytes_of, pieces_of
from summaries.threads.signatures import Signatures
from summaries.threads.stories import Threads

VERSION = 1
"""Raised whenever terms, hashes or weights change: what was saved before is of no use then."""
LONGEST_HEADER = 1 << 24
DAMAGED = "it is damaged"

_FIELDS = ("ids", "stories", "first", "last", "articles", "length", "terms", "weights", "names", "languages")
_LENGTH = struct.Struct("<Q")
_CRC = struct.Struct("<I")


class Stamp(msgspec.Struct, frozen=True):
    """What was learned: every briefing up to id `upto`, and those of `above`; the store was at commit `sequence`."""

    upto: int = 0
    above: tuple[int, ...] = ()
    sequence: int = 0

    def __contains__(self, id: int) -> bool:
        return id <= self.upto or id in self.above


class _Header(msgspec.Struct, frozen=True):
    version: int
    held: int
    made: int
    counted: int
    signed: int
    articles: dict[str, float]
    stamp: Stamp


def written(threads: Threads, stamp: Stamp) -> Iterator[bytes]:
    """The bytes, piece by piece. Nothing may be learned meanwhile."""
    crc = 0
    for piece in _pieces(threads, stamp):
        crc = zlib.crc32(piece, crc)
        yield piece
    yield _CRC.pack(crc)


def _pieces(threads: Threads, stamp: Stamp) -> Iterator[bytes]:
    events, rarity = threads.events, threads.rarity
    fields = [getattr(events, name)[: len(events)] for name in _FIELDS]
    counted = np.flatnonzero(rarity.counts).astype(np.uint32)
    signed = events.signatures.sealed()
    header = msgspec.msgpack.encode(
        _Header(VERSION, events.held, events.made, len(counted), len(signed), rarity.articles, stamp)
    )
    yield _LENGTH.pack(len(header))
    yield header
    for array in (*fields, counted, rarity.counts[counted], signed):
        yield from pieces_of(array)


def read(file: BinaryIO, held: int) -> tuple[Threads, Stamp]:
    """What was written. Raises `ValueError` where it is damaged, of another version, or for another number `held`."""
    reader = _Reader(file)
    header = _header(reader.take(_LENGTH.unpack(reader.take(_LENGTH.size))[0]))
    if header.version != VERSION or header.held != held:
        raise ValueError("it was saved by another version")
    threads = Threads(held)
    events, rarity = threads.events, threads.rarity
    events.made = header.made
    for name in _FIELDS:
        reader.fill(getattr(events, name)[: len(events)])
    counted, counts = np.zeros(header.counted, dtype=np.uint32), np.zeros(header.counted, dtype=np.float32)
    signed = np.zeros(header.signed, dtype=np.uint64)
    for array in (counted, counts, signed):
        reader.fill(array)
    reader.check()
    rarity.counts[counted] = counts
    rarity.articles.update(header.articles)
    events.signatures = Signatures(signed)
    return threads, header.stamp


def _header(data: bytes) -> _Header:
    try:
        return msgspec.msgpack.decode(data, type=_Header)
    except msgspec.DecodeError:
        raise ValueError(DAMAGED) from None


class _Reader:
    """Reads into arrays as they stand, so that nothing is in memory twice."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._crc = file, 0

    def take(self, size: int) -> bytes:
        if size > LONGEST_HEADER:
            raise ValueError(DAMAGED)
        data = self._file.read(size)
        if len(data) < size:
            raise ValueError(DAMAGED)
        self._crc = zlib.crc32(data, self._crc)
        return data

    def fill(self, array: NDArray[Any]) -> None:
        into = bytes_of(array)
        for start in range(0, len(into), PIECE):
            piece = into[start : start + PIECE]
            if self._file.readinto(piece) < len(piece):  # type: ignore[attr-defined]  # a file opened "rb" has it
                raise ValueError(DAMAGED)
            self._crc = zlib.crc32(piece, self._crc)

    def check(self) -> None:
        crc = self._crc
        if self.take(_CRC.size) != _CRC.pack(crc):
            raise ValueError(DAMAGED)
