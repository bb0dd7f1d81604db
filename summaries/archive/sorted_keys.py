"""Keys and their ids in order of the keys, as one file that is mapped, not read: 16 bytes a key.

    pairs of (key, id), little-endian 64-bit, ascending · sequence (8) · number of pairs (8) · CRC-32 of all before (4)

What is known about the file stands at its end, so that it is written in one pass.
"""

import mmap
import struct
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from summaries.archive.disk import Disk

Pairs = NDArray[np.int64]
"""Two columns: key, id."""

NAME = "keys.bin"
_NUMBERS = struct.Struct("<QQ")
_CRC = struct.Struct("<I")
_BLOCK = 1 << 15
"""Pairs at a time: half a megabyte, a few milliseconds."""


def pairs_of(keys: list[int] | Pairs, ids: list[int] | Pairs) -> Pairs:
    """In order of keys; where a key comes twice, with the id that came last."""
    pairs = np.column_stack((np.asarray(keys, np.int64), np.asarray(ids, np.int64)))
    return _unique(pairs[np.argsort(pairs[:, 0], kind="stable")])


def _unique(pairs: Pairs) -> Pairs:
    last = np.ones(len(pairs), dtype=bool)
    last[:-1] = pairs[1:, 0] != pairs[:-1, 0]
    return pairs[last]


def find(pairs: Pairs, key: int) -> int | None:
    place = bisect_left(pairs[:, 0], key)  # np.searchsorted copies a strided column
    return int(pairs[place, 1]) if place < len(pairs) and pairs[place, 0] == key else None


def merge(old: Pairs, new: Pairs) -> Iterator[Pairs]:
    """Both in order, block by block; where both have a key, with the new id."""
    taken = 0
    for start in range(0, len(old), _BLOCK):
        block = old[start : start + _BLOCK]
        end = len(new) if start + _BLOCK >= len(old) else int(np.searchsorted(new[:, 0], block[-1, 0], side="right"))
        both = np.concatenate((block, new[taken:end]))
        yield _unique(both[np.argsort(both[:, 0], kind="stable")])
        taken = end
    if not len(old):
        yield new


def write(folder: Path, blocks: Iterator[Pairs], sequence: int, disk: Disk) -> None:
    """In a thread: durable when it returns, and the file before it stays whole. Raises `OSError`."""
    disk.replace(folder / NAME, _pieces(blocks, sequence))
    disk.sync_directory(folder)


def _pieces(blocks: Iterator[Pairs], sequence: int) -> Iterator[bytes]:
    crc = count = 0
    for block in blocks:
        data = block.astype("<i8", copy=False).tobytes()
        crc, count = zlib.crc32(data, crc), count + len(block)
        yield data
    numbers = _NUMBERS.pack(sequence, count)
    yield numbers + _CRC.pack(zlib.crc32(numbers, crc))


def load(folder: Path) -> tuple[Pairs, int] | None:
    """The pairs, mapped, and the sequence that they have seen. None where the file is missing or damaged."""
    try:
        with (folder / NAME).open("rb") as file:
            sequence, count = _checked(file)
            if not count:
                return np.empty((0, 2), np.int64), sequence
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return None
    mapped.madvise(mmap.MADV_RANDOM)
    return np.frombuffer(mapped, "<i8", 2 * count).reshape(count, 2), sequence


def _checked(file: IO[bytes]) -> tuple[int, int]:
    """Sequence and number of pairs. Raises `ValueError` for a file that is not as it was written."""
    size = file.seek(0, 2) - _NUMBERS.size - _CRC.size
    if size < 0 or size % 16:
        raise ValueError("cut off")
    file.seek(0)
    crc, left = 0, size + _NUMBERS.size
    while left:
        piece = file.read(min(left, 1 << 20))
        crc, left = zlib.crc32(piece, crc), left - len(piece)
    if _CRC.unpack(file.read())[0] != crc:
        raise ValueError("damaged")
    file.seek(size)
    sequence, count = _NUMBERS.unpack(file.read(_NUMBERS.size))
    if 16 * count != size:
        raise ValueError("miscounted")
    return sequence, count
