"""Lines from standard input as they come, without holding up the event loop."""

import asyncio
import codecs
import os
import sys
from collections.abc import AsyncGenerator
from typing import IO

_CHUNK = 65536


async def read_lines(stream: IO[str] | None = None) -> AsyncGenerator[str, None]:
    """The lines of `stream` (standard input unless given) without their ends, until it ends.

    Read by `os.read` when there is something, not by a thread: a thread that waits in `readline` keeps the process
    from ending, and a pipe reader of asyncio would make the terminal non-blocking for whoever prints to it.
    """
    descriptor = (stream or sys.stdin).fileno()
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    rest = ""
    while data := await _read(descriptor):
        *lines, rest = (rest + decoder.decode(data)).split("\n")
        for line in lines:
            yield line.rstrip("\r")
    if rest:
        yield rest


async def _read(descriptor: int) -> bytes:
    loop = asyncio.get_running_loop()
    ready = loop.create_future()
    try:
        loop.add_reader(descriptor, _resolve, ready)
    except (PermissionError, NotImplementedError):  # a regular file can't be waited for, and needs no waiting
        return os.read(descriptor, _CHUNK)
    try:
        await ready
    finally:
        loop.remove_reader(descriptor)
    return os.read(descriptor, _CHUNK)


def _resolve(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)
