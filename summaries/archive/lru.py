"""A cache that is bounded by what its values weigh."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Lru(Generic[K, V]):
    """Forgets what was asked for longest ago once the weights add up to more than `bound`."""

    def __init__(self, bound: int) -> None:
        self.bound = bound
        self.weight = 0
        self._values: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def get(self, key: K) -> V | None:
        found = self._values.get(key)
        if found is None:
            return None
        self._values.move_to_end(key)
        return found[0]

    def put(self, key: K, value: V, weight: int) -> None:
        self.drop(key)
        self._values[key] = (value, weight)
        self.weight += weight
        while self.weight > self.bound:
            _, (_, lighter) = self._values.popitem(last=False)
            self.weight -= lighter

    def drop(self, key: K) -> None:
        found = self._values.pop(key, None)
        if found is not None:
            self.weight -= found[1]

    def clear(self) -> None:
        self._values.clear()
        self.weight = 0
