"""Numbers that buttons carry in the place of names: the same for all time, whatever else there is by then."""

from collections.abc import Iterable
from hashlib import blake2b


def number_of(name: str) -> int:
    """Of 40 bits, so that two of them fit into a button beside the rest; 0 stands for none."""
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=5).digest(), "big") or 1


def named(number: int, names: Iterable[str]) -> str | None:
    """The one of `names` that has this number."""
    return next((name for name in names if number_of(name) == number), None)
