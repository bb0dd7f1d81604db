"""`python -m tests.gate`: measure, and compare with the floors; `--pin` writes them anew, `--lower` lets them fall."""

import argparse
import sys
from collections.abc import Sequence

import pytest

from tests.gate import EVAL, FOLDER, ROOT, SEEDS
from tests.gate.floors import FLOORS, RefusedError, agree, digest, fallen, pinned, read_floors, write_floors
from tests.gate.scoring import measure


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: pytest's, 0 where there is nothing to measure, 1 where floors may not be written."""
    parser = argparse.ArgumentParser(prog="python -m tests.gate", description=__doc__)
    parser.add_argument("--pin", action="store_true", help="write the floors for what is measured now")
    parser.add_argument("--lower", action="store_true", help="with --pin: let floors fall (CHANGELOG.md has to say so)")
    asked = parser.parse_args(arguments)
    if asked.lower and not asked.pin:
        parser.error("--lower goes with --pin")
    if asked.pin and EVAL.is_dir():
        return pin(lower=asked.lower)
    if not EVAL.is_dir() and not SEEDS.is_dir():
        print(f"No evaluation data in {FOLDER}: the gate is left out. BACKCHANNEL_EVAL names the folder that has it.")
        return 0
    return pytest.main([str(ROOT / "tests" / "gate"), f"--rootdir={ROOT}", "-o", "norecursedirs=.* venv"])


def pin(*, lower: bool) -> int:
    old = read_floors() if FLOORS.is_file() else []
    figures = measure(EVAL)
    new = pinned(old, figures, {data: digest(EVAL / data) for data in figures}, lower=lower)
    try:
        agree(fallen(old, new), (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), lower=lower)
    except RefusedError as refused:
        print(f"Nothing was written: {refused}", file=sys.stderr)
        return 1
    write_floors(new)
    for floor in new:
        print(f"{floor.name:32} {floor.sign} {floor.limit}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
