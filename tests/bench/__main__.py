"""`python -m tests.bench [NAME …]`: the benches in turn, or those that are named, each beside a peer or a floor."""

import importlib
import sys
import time

from rich.console import Console

BENCHES = (
    "archive",
    "kill",
    "search",
    "condense",
    "duplicates",
    "stories",
    "asked",
    "collect",
    "digests",
    "transport",
    "delivery",
    "kill_delivery",
    "answers",
)


def main(names: list[str]) -> int:
    console = Console()
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        console.print(f"no bench {', '.join(unknown)}; there are {', '.join(BENCHES)}")
        return 2
    for name in names or BENCHES:
        console.rule(f"[bold]{name}")
        start = time.monotonic()
        importlib.import_module(f"tests.bench.{name}").main()
        console.print(f"[dim]{name}: {time.monotonic() - start:.0f} s[/dim]")
    return 0


if __name__ == "__main__":  # worker processes import this module too
    sys.exit(main(sys.argv[1:]))
