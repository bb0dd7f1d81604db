"""How memory is handed out to a process of many threads that reads many pages, and how it is gone through for what
nobody refers to any more."""

import ctypes
import gc
import logging

log = logging.getLogger(__name__)

_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8
"""mallopt(3)."""
LARGE = 128 * 1024
"""Bytes from which a block is given back to the system as soon as it is free. Unless told, glibc raises this to 32 MB
with the pages that it sees, and then keeps them."""
ARENAS = 2
"""Unless told, glibc gives eight for each core to threads, and what is free in one is of no use to another."""
YOUNG, OLDER, OLDEST = 5_000, 20, 20
"""New objects after which Python looks for cycles among them, and such looks after which it looks further back. Unless
told it looks after 700, which an answer of a page makes several times over, and answers make no cycles to speak of."""


def keep_small() -> bool:
    """Have glibc give memory back: a third less for a process that collects. False where there is no glibc."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError) as error:
        log.debug("this system's memory is left to itself: %s", error)
        return False
    return bool(mallopt(_M_ARENA_MAX, ARENAS)) and bool(mallopt(_M_MMAP_THRESHOLD, LARGE))


def settle() -> None:
    """Leave what there is out of every later look for cycles: modules, and an opened desk with its tables, which stay.

    Going through them takes tens of milliseconds, in the middle of an answer.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, OLDER, OLDEST)
