"""What a worker process may be asked to survive. In a module of its own, because worker processes import it."""

import os
import time


def double(number: int) -> int:
    return 2 * number


def die() -> None:
    os._exit(9)


def hang() -> None:
    time.sleep(600)


def fail() -> None:
    raise ZeroDivisionError("a bug")
