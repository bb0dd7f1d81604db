"""No figure falls through its floor."""

from pathlib import Path

import pytest

from tests.gate import EVAL
from tests.gate.floors import Figures, Floor, complaint, read_floors
from tests.gate.scoring import DATA


@pytest.mark.parametrize("floor", read_floors(), ids=lambda floor: floor.name)
def test_floor(floor: Floor, figures: Figures) -> None:
    if said := complaint(floor, figures, EVAL):
        pytest.fail(said, pytrace=False)


def test_every_set_has_a_floor() -> None:
    assert {floor.data for floor in read_floors()} == set(DATA)
    assert [floor.data for floor in read_floors() if Path(floor.data).is_absolute()] == []
