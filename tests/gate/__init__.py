"""Quality floors, measured with the scorers and on the data of the folder that `BACKCHANNEL_EVAL` names."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("BACKCHANNEL_EVAL") or ROOT / ".." / "shared").resolve()
EVAL = FOLDER / "eval"
SEEDS = FOLDER / "seeds"
