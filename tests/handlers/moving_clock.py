"""A clock that tests move by hand."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.handlers.world import MORNING


@dataclass
class MovingClock:
    time: datetime = MORNING

    def __call__(self) -> datetime:
        return self.time

    def pass_(self, **span: float) -> None:
        self.time += timedelta(**span)
