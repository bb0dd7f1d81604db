"""The subcommands of `backchannel`, a file a family. What is heavy is imported when a command runs: --help is quick."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Subcommand:
    """One subcommand: `arguments` declares what it takes, `run` does it and returns the exit code."""

    name: str
    help: str
    arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]
