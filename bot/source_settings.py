"""[[sources]]: sources that are named in the configuration."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from summaries.errors import ConfigError

SOURCES = "sources"


@dataclass(frozen=True)
class SourceSetting:
    """A source that is added at the start unless the desk has its address. `credentials` names a variable."""

    url: str
    name: str = ""
    tags: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    credentials: str = ""


def read_sources(tables: object, place: str) -> tuple[SourceSetting, ...]:
    """The tables of [[sources]] in the file `place`. Raises `ConfigError`, with the number of the wrong one, from 1."""
    if not isinstance(tables, list):
        raise ConfigError(f"{place}: write [[{SOURCES}]], with two brackets, above each source")
    return tuple(_source(table, f"{place}: source {number}") for number, table in enumerate(tables, start=1))


def _source(table: object, place: str) -> SourceSetting:
    if not isinstance(table, dict):
        raise ConfigError(f"{place} must be a table with a url")
    for name, value in table.items():
        _check(name, value, place)
    if "url" not in table:
        raise ConfigError(f"{place} has no url: give the address of its feed")
    return SourceSetting(**{**table, "tags": tuple(table.get("tags", ()))})


def _check(name: str, value: object, place: str) -> None:
    if name not in _KEYS:
        close = get_close_matches(name, _KEYS, n=1, cutoff=0.5)
        known = f"did you mean {close[0]}?" if close else f"known are {', '.join(_KEYS)}"
        raise ConfigError(f"{place}: there is no setting {name}; {known}")
    allowed, is_allowed = _KEYS[name]
    if not is_allowed(value):
        raise ConfigError(f"{place}: {name} is {value!r}, but must be {allowed}")


def _is_address(value: object) -> bool:
    from summaries.intake.urls import is_url  # a tenth of a second of imports that other commands do without

    return isinstance(value, str) and is_url(value)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _are_texts(values: object) -> bool:
    return isinstance(values, list) and _all_texts(values)


def _are_labels(values: object) -> bool:
    return isinstance(values, dict) and _all_texts(values.values())


def _all_texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) and value.strip() for value in values)


_KEYS: dict[str, tuple[str, Callable[[object], bool]]] = {
    "url": ("an http or https address", _is_address),
    "name": ("text", _is_text),
    "tags": ('a list of words, such as ["water", "courts"]', _are_texts),
    "labels": ('a table of texts, such as { country = "Norvale" }', _are_labels),
    "credentials": ("the name of an environment variable", _is_text),
}
