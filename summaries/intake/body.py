"""The bytes of an answer: uncompressed as they come, and never more of them than was asked for.

What a body is compressed with is read from its first bytes rather than from Content-Encoding, which is often wrong:
files that were compressed once more, compressed files without the header, plain text with it.
"""

import re
import zlib
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from functools import partial

import aiohttp

from summaries.intake.holding import Holding

PIECE = 65_536
"""Bytes that are uncompressed at a time: all that a bomb can take beyond the cap."""

LAYERS = 2
"""So many times a body is uncompressed: servers compress what was compressed already."""

MEMBERS = 1000
"""So many gzip members one after the other are real files; each costs a copy of what follows it."""

_GZIP = b"\x1f\x8b\x08"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
LARGE = 1 << 19
"""Bytes from which on a body waits for one of the few places of large ones, so that 30 bombs at once stay small."""

_END = re.compile(rb"</\s*(rss|feed|rdf:rdf|html)\s*>", re.IGNORECASE)


class TooLargeError(Exception):
    """The body has more than `most` bytes. `body` holds so many of them."""

    def __init__(self, body: Holding, most: int) -> None:
        super().__init__(f"more than {most} bytes")
        self.body = body


class GarbledError(Exception):
    """The body ends before its end, cannot be uncompressed, or is compressed in a way that was not offered."""


async def read_body(response: aiohttp.ClientResponse, most: int, places: AbstractAsyncContextManager[object]) -> bytes:
    """The uncompressed body, of at most `most` bytes. Raises `TooLargeError`, `GarbledError`.

    A body that breaks off after its closing tag is whole: a Content-Length that counts too much is common. `places` is
    entered while a body is `LARGE`.
    """
    async with AsyncExitStack() as place:
        return await _read(response, most, partial(place.enter_async_context, places))


async def _read(response: aiohttp.ClientResponse, most: int, take_place: Callable[[], Awaitable[object]]) -> bytes:
    unpacker = Unpacker(response.headers.get("Content-Encoding", ""))
    body, arrived, large = Holding(most), 0, False
    try:
        while chunk := await response.content.readany():
            arrived += len(chunk)
            for piece in unpacker.feed(chunk):
                _add(body, piece, most)
                if len(body) > LARGE and not large:
                    large = True
                    await take_place()
            if arrived > 2 * most + PIECE:  # compressed to nothing, for ever
                raise TooLargeError(body, most)
        for piece in unpacker.end():
            _add(body, piece, most)
    except (aiohttp.ClientPayloadError, ConnectionError) as error:
        if not is_whole(body.tail()):
            raise GarbledError(f"the answer broke off after {arrived} bytes") from error
    except (GarbledError, zlib.error) as error:
        if not is_whole(body.tail()):
            raise GarbledError(str(error)) from error
    return body.whole()


def _add(body: Holding, piece: bytes, most: int) -> None:
    body.add(piece)
    if len(body) > most:
        raise TooLargeError(body, most)


def is_whole(body: bytes | bytearray) -> bool:
    """Whether a feed or page has its closing tag at the end."""
    return bool(_END.search(body[-1024:]))


class Unpacker:
    """Undoes gzip and deflate piece by piece. `encoding` is the Content-Encoding that the server claims."""

    def __init__(self, encoding: str = "", layers: int = LAYERS) -> None:
        self._claimed = encoding.strip().lower()
        self._layers = layers
        self._start = b""
        self._stream: _Inflater | None = None
        self._plain = layers == 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What `data` adds to the body, at most `PIECE` bytes at a time. Raises `GarbledError` or `zlib.error`."""
        if not self._plain and self._stream is None:
            data, self._start = self._start + data, b""
            if len(data) < len(_GZIP):
                self._start = data
                return
            self._begin(data)
        yield from self._pass_on(data)

    def end(self) -> Iterator[bytes]:
        """What is left when no more data comes. Raises `GarbledError` where the compressed data is cut off."""
        if self._stream is None:
            yield self._start
            return
        yield from self._stream.inner.end()
        if not self._stream.done:
            raise GarbledError("the compressed data is cut off")

    def _pass_on(self, data: bytes) -> Iterator[bytes]:
        if self._stream is None:
            yield data
            return
        for piece in self._stream.pieces(data):
            yield from self._stream.inner.feed(piece)

    def _begin(self, data: bytes) -> None:
        window = _window(data, self._claimed)
        if window is not None:
            self._stream = _Inflater(window, Unpacker(layers=self._layers - 1))
            return
        self._plain = True
        if self._claimed not in ("", "identity") and not _is_text(data):
            raise GarbledError(f"the body is said to be {self._claimed[:20]!r} and is not")


class _Inflater:
    """One layer of compression, and `inner`, which takes what comes out of it.

    A gzip file may have several members, one after the other; what follows on them and is none is not part of the body.
    `done` says that the last member is complete.
    """

    def __init__(self, window: int, inner: Unpacker) -> None:
        self.inner = inner
        self.done = False
        self._window = window
        self._inflate = zlib.decompressobj(window)
        self._members = 1
        self._after: bytes | None = b""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """What `data` adds, at most `PIECE` bytes at a time."""
        if self.done:
            data = self._resume(data)
        while not self.done:
            piece = self._inflate.decompress(data, PIECE)
            yield piece
            data = self._inflate.unconsumed_tail
            if self._inflate.eof:
                self.done = True
                data = self._resume(self._inflate.unused_data)
            elif not data and len(piece) < PIECE:
                return

    def _resume(self, data: bytes) -> bytes:
        """The start of the next member, once enough bytes have come after the last one to know that it is one."""
        if self._after is None:
            return b""
        self._after += data
        if len(self._after) < len(_GZIP):
            return b""
        if not self._after.startswith(_GZIP):
            self._after = None
            return b""
        self._members += 1
        if self._members > MEMBERS:
            raise GarbledError(f"more than {MEMBERS} gzip members")
        self._inflate, self.done = zlib.decompressobj(self._window), False
        data, self._after = self._after, b""
        return data


def _window(data: bytes, claimed: str) -> int | None:
    """The `wbits` by which zlib reads the data; None where it is not compressed with gzip or deflate.

    "deflate" is meant as zlib (RFC 9110, section 8.4.1.2), but some servers send the bare stream.
    """
    if data.startswith(_GZIP):
        return 16 + zlib.MAX_WBITS
    if claimed != "deflate":
        return None
    if data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0:
        return zlib.MAX_WBITS
    return -zlib.MAX_WBITS if not _is_text(data) or _inflates(data) else None


def _inflates(data: bytes) -> bool:
    try:
        return bool(zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, PIECE))
    except zlib.error:
        return False


def _is_text(data: bytes) -> bool:
    return data.startswith(_UTF_16) or not _BINARY.search(data[:256])
