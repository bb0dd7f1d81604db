"""What the configuration decides of how the bot meets people; a chat's own settings come before it."""

from dataclasses import dataclass
from typing import Literal

from summaries.models import EVERY_DAY, Look

Mode = Literal["open", "approve", "closed"]


@dataclass(frozen=True)
class House:
    """`digest_at` is in minutes after midnight in `zone`, `digest_days` as in `Slot.days`.

    `on_the_spot` is how many articles of their own a person may have condensed in a day; `most` the stories in a
    digest; `sentences` those in a briefing.
    """

    mode: Mode = "open"
    look: Look = "message"
    on_the_spot: int = 20
    digest_at: int = 8 * 60
    digest_days: int = EVERY_DAY
    zone: str = "UTC"
    most: int = 8
    sentences: int = 3


STANDARD = House()
"""What a desk without a configuration decides."""
