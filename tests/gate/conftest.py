"""What the gate needs once a session: the figures; and what it says at the end of them."""

import pytest

from tests.gate import EVAL, SEEDS
from tests.gate.floors import Figures, read_floors
from tests.gate.scoring import measure

collect_ignore = [name for name, folder in (("test_floors.py", EVAL), ("test_seeds.py", SEEDS)) if not folder.is_dir()]
_FIGURES = pytest.StashKey[Figures]()


@pytest.fixture(scope="session")
def figures(request: pytest.FixtureRequest) -> Figures:
    """Measured once, though every floor asks."""
    found = measure(EVAL)
    request.config.stash[_FIGURES] = found
    return found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    found = config.stash.get(_FIGURES, None)
    if found is None:
        return
    terminalreporter.section("figures and floors")
    for floor in read_floors():
        figure = found.get(floor.data, {}).get(floor.metric)
        shown = "–" if figure is None else f"{figure:.3f}"
        terminalreporter.write_line(f"{floor.name:32}{shown:>9}  {floor.sign} {floor.limit}")
