"""What is documented exists, and what exists is documented."""

import argparse
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.cli import SUBCOMMANDS, parser
from bot.config import SETTINGS
from handlers.registry import COMMANDS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"

TOP_LEVEL = {
    ".ci",
    ".dockerignore",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "bot",
    "config.example.toml",
    "constraints.txt",
    "deploy",
    "docs",
    "handlers",
    "pyproject.toml",
    "summaries",
    "tests",
}
"""What may stand in the top level of the project, apart from what .gitignore names."""


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def options(subcommand: str) -> list[str]:
    """The long options that a subcommand has of its own, and `-n`."""
    subparsers = next(a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    actions = subparsers.choices[subcommand]._actions
    names = {max(action.option_strings, key=len) for action in actions if action.option_strings}
    return sorted(names - {"--help", "--config", "--data"})


def flat(table: dict[str, Any]) -> Iterator[str]:
    """The keys of a table and of those in it, with dots between."""
    for name, value in table.items():
        yield from (f"{name}.{key}" for key in flat(value)) if isinstance(value, dict) else (name,)


def section(subcommand: str) -> str:
    """What docs/commands.md says under the heading of a subcommand."""
    parts = re.split(r"^##+ ", text("docs/commands.md"), flags=re.MULTILINE)
    found = [part for part in parts if f"`backchannel {subcommand}" in part.splitlines()[0]]
    return found[0] if found else ""


@pytest.mark.parametrize("subcommand", [command.name for command in SUBCOMMANDS])
def test_every_subcommand_has_help_and_a_section_with_each_of_its_options(subcommand: str) -> None:
    assert next(command.help for command in SUBCOMMANDS if command.name == subcommand)
    assert section(subcommand)
    assert [option for option in options(subcommand) if f"`{option}" not in section(subcommand)] == []


def test_every_documented_subcommand_exists() -> None:
    headings = re.findall(r"^### .*$", text("docs/commands.md"), flags=re.MULTILINE)
    documented = {name for heading in headings for name in re.findall(r"`backchannel (\w+)", heading)}
    together = {name for heading in headings for name in re.findall(r"and `backchannel (\w+)", heading)}

    assert documented | together == {command.name for command in SUBCOMMANDS}


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_every_bot_command_is_documented(name: str) -> None:
    assert f"| `/{name}" in text("docs/commands.md")


def test_every_documented_bot_command_exists() -> None:
    documented = set(re.findall(r"^\| `/(\w+)", text("docs/commands.md"), flags=re.MULTILINE))

    assert documented == {command.name for command in COMMANDS}


def written(default: object) -> str:
    """As TOML has it."""
    if isinstance(default, bool):
        return str(default).lower()
    return str(list(default)).replace("'", '"') if isinstance(default, tuple) else str(default) or "none"


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_every_setting_is_documented_with_its_default(setting) -> None:  # type: ignore[no-untyped-def]
    row = next(line for line in text("docs/configuration.md").splitlines() if line.startswith(f"| `{setting.key}`"))
    assert written(setting.default) in row


def test_every_documented_setting_exists() -> None:
    documented = set(re.findall(r"^\| `(\w+(?:\.\w+)+)`", text("docs/configuration.md"), flags=re.MULTILINE))

    assert documented == {setting.key for setting in SETTINGS}


def test_the_example_lists_every_setting_with_a_comment() -> None:
    example = text("config.example.toml")
    keys = list(flat(tomllib.loads(example)))

    assert sorted(keys) == sorted(setting.key for setting in SETTINGS)
    lines = [line for line in example.splitlines() if re.match(r"\w+ =", line)]
    assert len(lines) == len(keys)


def test_nothing_stands_in_the_top_level_that_does_not_belong_there() -> None:
    ignored = {line.strip("/\n") for line in text(".gitignore").splitlines()}
    there = {path.name for path in ROOT.iterdir() if path.name != ".git"}
    strangers = {name for name in there - TOP_LEVEL if not any(Path(name).match(pattern) for pattern in ignored)}

    assert strangers == set()
    assert {name for name in TOP_LEVEL if not (ROOT / name).exists()} == set()


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))], ids=str)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_version_s_changes_are_told() -> None:
    version = tomllib.loads(text("pyproject.toml"))["project"]["version"]

    assert f"## {version}" in text("CHANGELOG.md") or "## Unreleased" in text("CHANGELOG.md")


def test_make_knows_the_commands_of_the_readme() -> None:
    named = set(re.findall(r"make (\w+)", text("README.md") + text("CONTRIBUTING.md")))
    targets = set(re.findall(r"^(\w+):", text("Makefile"), flags=re.MULTILINE))

    assert {"demo", "test"} <= named
    assert named <= targets
