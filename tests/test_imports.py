"""Imports run bot → handlers → summaries, the rooms of summaries don't know each other, nothing goes in a circle."""

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "handlers", "summaries")
ROOMS = ("intake", "editing", "threads", "archive")
TIES = (
    "pipeline",
    "desk",
    "copies",
    "bulk",
    "workers",
    "sources",
    "polled",
    "updating",
    "scout",
    "placing",
    "storyline",
    "regrouping",
    "people",
    "filing",
    "subscribers",
    "readers",
    "retelling",
    "personal",
    "digesting",
    "considered",
    "making",
    "outbox",
    "broadcasting",
    "figures",
)
"""The modules of `summaries` that know several rooms, and that no room knows."""


@cache
def modules() -> dict[str, Path]:
    """Every module of ours by its dotted name; a package goes by its own."""
    found = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def imports(module: str) -> frozenset[str]:
    """The modules of ours that `module` imports anywhere, inside functions and for type checking too."""
    tree = ast.parse(modules()[module].read_text(encoding="utf-8"))
    return frozenset(name for node in ast.walk(tree) for name in _named(node) if name in modules()) - {module}


def _named(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        inner = {f"{node.module}.{alias.name}" for alias in node.names}
        yield from inner & modules().keys()
        if inner - modules().keys():
            yield node.module


@cache
def at_import(module: str) -> frozenset[str]:
    """What is imported when `module` is: not in functions, not for type checking only."""
    body = ast.parse(modules()[module].read_text(encoding="utf-8")).body
    return frozenset(name for node in body for name in _named(node) if name in modules()) - {module}


def room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if parts[0] == "summaries" and len(parts) > 1 and parts[1] in ROOMS else ""


def allowed(importer: str, imported: str) -> bool:
    source, target = importer.split(".")[0], imported.split(".")[0]
    if source != target:
        return PACKAGES.index(source) < PACKAGES.index(target)
    if source != "summaries" or not room(importer):
        return True
    ties = {f"summaries.{tie}" for tie in TIES}
    return room(imported) in ("", room(importer)) and imported not in ties


@pytest.mark.parametrize("module", sorted(modules()))
def test_imports_go_one_way(module: str) -> None:
    assert [name for name in sorted(imports(module)) if not allowed(module, name)] == []


def test_the_ground_floor_knows_no_room() -> None:
    ground = [name for name in modules() if name.startswith("summaries") and not room(name)]
    floor = [name for name in ground if name.split(".")[-1] not in TIES and name != "summaries"]

    assert {name: target for name in floor for target in imports(name) if room(target)} == {}


def test_the_local_telegram_knows_nothing_of_the_bot() -> None:
    """It stands for somebody else's server: what it knew of us, it could not find fault with."""
    local = [name for name in modules() if name.startswith("bot.local")]

    assert {name: other for name in local for other in imports(name) if not other.startswith("bot.local")} == {}


def test_nothing_imports_itself_in_a_circle() -> None:
    graph = {module: at_import(module) for module in modules()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle: {' → '.join(error.args[1])}")


@pytest.mark.parametrize("telegram", ["telegram", "apscheduler"])
def test_summaries_knows_neither_telegram_nor_the_scheduler(telegram: str) -> None:
    pattern = (f"import {telegram}", f"from {telegram}")
    summaries = [path for name, path in modules().items() if name.startswith("summaries")]

    assert [path.name for path in summaries if any(p in path.read_text(encoding="utf-8") for p in pattern)] == []


@pytest.mark.parametrize(
    ("importer", "imported", "verdict"),
    [
        pytest.param("bot.app", "handlers.registry", True, id="down"),
        pytest.param("handlers.registry", "bot.app", False, id="up"),
        pytest.param("summaries.desk", "handlers.compose", False, id="up from the desk"),
        pytest.param("summaries.archive.tiny", "summaries.models", True, id="room to ground floor"),
        pytest.param("summaries.archive.tiny", "summaries.editing.clean", False, id="room to room"),
        pytest.param("summaries.archive.tiny", "summaries.desk", False, id="room to what ties"),
        pytest.param("summaries.desk", "summaries.archive.store", True, id="desk to room"),
    ],
)
def test_the_rule_itself(importer: str, imported: str, verdict: bool) -> None:
    assert allowed(importer, imported) is verdict
