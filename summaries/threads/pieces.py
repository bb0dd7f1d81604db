"""Arrays as bytes for a file, a little at a time: nothing large is in memory twice."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

PIECE = 1 << 20
"""Bytes that are copied at a time."""


def bytes_of(array: NDArray[Any]) -> memoryview:
    """The array's own memory where it lies in one piece."""
    return memoryview(np.ascontiguousarray(array).reshape(-1).view(np.uint8).data) if array.size else memoryview(b"")


def pieces_of(array: NDArray[Any]) -> Iterator[bytes]:
    data = bytes_of(array)
    for start in range(0, len(data), PIECE):
        yield bytes(data[start : start + PIECE])
