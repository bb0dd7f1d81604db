from typing import get_args

import pytest

from handlers.looks.classic import render
from handlers.refusals import FETCHING, WALLS, unread, why
from handlers.texts import texts
from summaries.errors import FetchError, InputError, KilledError, WallError
from summaries.intake.outcomes import Reason
from summaries.intake.walls import Wall
from tests.handlers.telegram_html import accepted


def test_every_reason_and_every_wall_has_its_words() -> None:
    assert set(FETCHING) == set(get_args(Reason))
    assert set(WALLS) == set(get_args(Wall))


@pytest.mark.parametrize(
    "error",
    [FetchError("", "newer than this"), WallError("", "newer than this"), KilledError(""), InputError("")],
)
def test_every_trouble_has_words(error: InputError) -> None:
    (message,) = render(unread(error, texts("en")))
    assert accepted(message).text == why(error)
