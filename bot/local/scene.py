"""A conversation as a picture for the documentation: what a console showed, as SVG."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.terminal_theme import MONOKAI

_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}\s*")


class Scene:
    """What was printed to a console while it was recorded."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def svg(self, title: str) -> str:
        """The picture, framed under `title`. It loads nothing: rich's own names a font on the network, this doesn't."""
        with _recording(self._console):
            return _FONT_FACE.sub("", self._console.export_svg(title=title, theme=MONOKAI, clear=False))


@contextmanager
def record(console: Console) -> Iterator[Scene]:
    """Records what `console` prints inside the `with`; ask the scene for its picture there or after it."""
    with _recording(console):
        yield Scene(console)


@contextmanager
def _recording(console: Console) -> Iterator[None]:
    before, console.record = console.record, True
    try:
        yield
    finally:
        console.record = before
