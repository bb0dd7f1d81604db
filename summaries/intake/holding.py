"""A body while it arrives. A very large one is kept compressed: feeds come to a tenth, and what has no end to much
less, so that what is refused in the end takes no memory on the way."""

import zlib
from functools import cached_property

PLAIN = 1 << 21
"""Bytes up to which a body is kept as it is: nearly all are smaller."""
STEP, STEPS = 1 << 17, 2
"""Bytes that are compressed at once beyond that, a millisecond, and how often with each piece that comes."""
_TAIL = 1024


class Holding:
    """At most `most` bytes are kept; the length counts all."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._length = 0
        self._plain = bytearray()
        self._packed: list[bytes] = []

    @cached_property
    def _packer(self) -> "zlib._Compress":
        """Made for the few bodies that need it: it takes a quarter of a megabyte."""
        return zlib.compressobj(1)

    def __len__(self) -> int:
        return self._length

    def add(self, piece: bytes) -> None:
        self._plain += piece[: max(0, self._most - self._length)]
        self._length += len(piece)
        for _ in range(STEPS):
            if self._length > PLAIN and len(self._plain) >= STEP + _TAIL:
                self._packed.append(self._packer.compress(self._plain[:STEP]))
                del self._plain[:STEP]

    def tail(self) -> bytes:
        """The last kilobyte of what is kept."""
        return bytes(self._plain[-_TAIL:])

    def whole(self) -> bytes:
        """All that is kept; nothing can be added afterwards."""
        if not self._packed:
            return bytes(self._plain)
        return zlib.decompress(b"".join([*self._packed, self._packer.flush()])) + bytes(self._plain)
