"""How much one person may ask: a bucket of tokens for each, in memory, bounded."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

Verdict = Literal["go", "say", "hush"]
"""Answer it, say kindly that it is too much, or be silent: that was said already."""

A_MINUTE = 30
"""How many commands a person may send in a minute, all at once if they like."""

UNHURRIED = 100_000
"""As many as a script says in a terminal."""

COMMAND, PRESS, KEYSTROKE = 1.0, 0.5, 0.1
"""What a command, a press and an inline query cost: who leafs through pages or types a query does no harm."""


@dataclass(frozen=True)
class Bucket:
    """`tokens` are what was left at `at`; `told` says that the person knows that there were too few."""

    tokens: float
    at: datetime
    told: bool = False


def take(bucket: Bucket, cost: float, now: datetime, a_minute: int = A_MINUTE) -> tuple[Bucket, Verdict]:
    """Pure: the bucket after something that costs `cost`, refilled evenly since it was last used.

    A burst is over, and the next one is told of again, when half of it has been refilled.
    """
    passed = max(0.0, (now - bucket.at).total_seconds())
    tokens = min(float(a_minute), bucket.tokens + passed * a_minute / 60)
    told = bucket.told and tokens < a_minute / 2
    if tokens >= cost:
        return Bucket(tokens - cost, now, told), "go"
    return Bucket(tokens, now, True), "hush" if told else "say"


class Rates:
    """The buckets of everybody who asked lately. Whoever is forgotten starts with a full one."""

    def __init__(self, a_minute: int = A_MINUTE, most: int = 10_000) -> None:
        self._a_minute = a_minute
        self._most = most
        self._buckets: OrderedDict[int, Bucket] = OrderedDict()

    def take(self, who: int, cost: float, now: datetime) -> Verdict:
        bucket = self._buckets.get(who) or Bucket(self._a_minute, now)
        self._buckets[who], verdict = take(bucket, cost, now, self._a_minute)
        self._buckets.move_to_end(who)
        while len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return verdict


class Daily:
    """What is said to a person once a day, bounded: whoever is forgotten may hear it again."""

    def __init__(self, most: int = 10_000) -> None:
        self._most = most
        self._said: OrderedDict[int, date] = OrderedDict()

    def first(self, who: int, now: datetime) -> bool:
        """Whether it is the first time on this day (UTC)."""
        day = now.astimezone(UTC).date()
        if self._said.get(who) == day:
            return False
        self._said[who] = day
        self._said.move_to_end(who)
        if len(self._said) > self._most:
            self._said.popitem(last=False)
        return True
