"""A dozen short articles about places that do not exist, written for this project, in the order of their days."""

from pathlib import Path

import msgspec

FOLDER = Path(__file__).parent


class Sample(msgspec.Struct, frozen=True):
    """A sample article: its file in this folder, and what a feed would have said about it."""

    file: str
    outlet: str
    url: str

    @property
    def path(self) -> Path:
        return FOLDER / self.file


def samples() -> tuple[Sample, ...]:
    """The articles of `index.json`, oldest first."""
    return msgspec.json.decode((FOLDER / "index.json").read_bytes(), type=tuple[Sample, ...])
