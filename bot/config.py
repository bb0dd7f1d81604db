"""TOML and environment → a frozen Config. `SETTINGS` is the one table of keys, and the docs are tested against it."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from bot.setting_values import (
    DAYS,
    Value,
    address,
    bot_address,
    clock_time,
    days,
    languages,
    listen,
    networks,
    numbers,
    one_of,
    secret,
    sentences,
    store_url,
    switch,
    token,
    truth,
    user_agent,
    user_ids,
    whole,
    words,
    zone,
)
from bot.source_settings import SOURCES, SourceSetting, read_sources
from summaries.errors import ConfigError
from summaries.intake.outcomes import USER_AGENT

DEFAULT_PATH = Path("config.toml")
PREFIX = "BACKCHANNEL_"
TOKEN_VARIABLE = "BACKCHANNEL_TOKEN"


@dataclass(frozen=True)
class Webhook:
    """Where Telegram brings updates: `url` for it (empty: updates are polled for), `listen` and `port` for us."""

    url: str
    listen: str
    port: int
    secret: str = field(repr=False)


@dataclass(frozen=True)
class Telegram:
    """How the bot reaches Telegram. The token is left out of `repr`, so that no traceback or log line shows it."""

    token: str = field(repr=False)
    admins: tuple[int, ...]
    base_url: str
    base_file_url: str
    proxy: str = field(repr=False)
    look: Literal["message", "page"]
    paid_broadcast: bool
    webhook: Webhook


@dataclass(frozen=True)
class AccessSettings:
    """Who may use the bot. `on_the_spot` is how many articles of their own one person may have condensed in a day."""

    mode: Literal["open", "approve", "closed"]
    on_the_spot: int


@dataclass(frozen=True)
class StoreSettings:
    url: str


@dataclass(frozen=True)
class Summaries:
    """`sentences` is how many of an article's own sentences a briefing takes.

    `languages` are those of which articles of sources are kept, by their codes; all where there is none.
    """

    sentences: int
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Collect:
    """How sources are followed. `every` is in minutes, `timeout` in seconds, `max_bytes` counts after decompression."""

    every: int
    timeout: int
    max_bytes: int
    max_new_per_poll: int
    user_agent: str
    allow_networks: tuple[str, ...]


@dataclass(frozen=True)
class Digest:
    """What a new subscription begins with: `time` as "08:00", `timezone` of the tz database, `days` as "mon".

    `max_items` are the stories in a digest.
    """

    time: str
    timezone: str
    days: tuple[str, ...]
    max_items: int


@dataclass(frozen=True)
class Config:
    telegram: Telegram
    access: AccessSettings
    digest: Digest
    store: StoreSettings
    collect: Collect
    summaries: Summaries
    sources: tuple[SourceSetting, ...] = ()


@dataclass(frozen=True)
class Setting:
    """One key. `read` takes what TOML gave, `parse` the text of an environment variable; both raise `ValueError`."""

    key: str
    default: Value
    allowed: str
    read: Callable[[object], Value]
    parse: Callable[[str], object] = str
    secret: bool = False
    """Not shown where it is refused."""

    @property
    def section(self) -> str:
        return self.key.rpartition(".")[0]

    @property
    def name(self) -> str:
        return self.key.rpartition(".")[2]

    @property
    def variable(self) -> str:
        return PREFIX + self.key.upper().replace(".", "__")


SETTINGS = (
    Setting("telegram.token", "", "the token that @BotFather gave, without spaces", token, secret=True),
    Setting("telegram.admins", (), "a list of Telegram user ids, such as [123456789]", user_ids, numbers),
    Setting(
        "telegram.base_url", "https://api.telegram.org/bot", "an http or https address that ends in /bot", bot_address
    ),
    Setting(
        "telegram.base_file_url",
        "https://api.telegram.org/file/bot",
        "an http or https address that ends in /bot",
        bot_address,
    ),
    Setting("telegram.proxy", "", "the http or https address of a proxy", address, secret=True),
    Setting("telegram.look", "message", '"message" or "page"', one_of("message", "page")),
    Setting("telegram.paid_broadcast", False, "true or false", switch, truth),
    Setting("telegram.webhook.url", "", "an http or https address that Telegram can reach", address),
    Setting("telegram.webhook.listen", "127.0.0.1", "an address of this machine, or a name of it", listen),
    Setting("telegram.webhook.port", 8080, "a whole number from 1 to 65535", whole(1, 65_535), int),
    Setting("telegram.webhook.secret", "", "up to 256 of A-Z, a-z, 0-9, _ and -", secret, secret=True),
    Setting("access.mode", "open", '"open", "approve" or "closed"', one_of("open", "approve", "closed")),
    Setting("access.on_the_spot", 20, "a whole number from 0 to 1000", whole(0, 1000), int),
    Setting("store.url", "tinydb:data", '"tinydb:" and a directory, such as "tinydb:data"', store_url),
    Setting("collect.every", 30, "a whole number of minutes from 1 to 1440", whole(1, 1440), int),
    Setting("collect.timeout", 30, "a whole number of seconds from 1 to 300", whole(1, 300), int),
    Setting("collect.max_bytes", 10_000_000, "a whole number from 10000 to 100000000", whole(10_000, 100_000_000), int),
    Setting("collect.max_new_per_poll", 20, "a whole number from 1 to 500", whole(1, 500), int),
    Setting("collect.user_agent", USER_AGENT, "one line of ASCII text that says who asks", user_agent),
    Setting("collect.allow_networks", (), 'a list of networks, such as ["192.168.7.0/24"]', networks, words),
    Setting("summaries.sentences", 3, "a whole number from 1 to 10", sentences, int),
    Setting("summaries.languages", (), 'a list of two-letter codes, such as ["en", "ur"]', languages, words),
    Setting("digest.time", "08:00", 'a time of day such as "08:00"', clock_time),
    Setting("digest.timezone", "UTC", 'a name of the tz database, such as "Asia/Karachi"', zone),
    Setting("digest.days", DAYS, 'a list of "mon", "tue", "wed", "thu", "fri", "sat" and "sun"', days, words),
    Setting("digest.max_items", 8, "a whole number from 1 to 30", whole(1, 30), int),
)
_BY_KEY = {setting.key: setting for setting in SETTINGS}
_BY_VARIABLE = {setting.variable: setting for setting in SETTINGS}
_SECTIONS = tuple(dict.fromkeys(setting.section for setting in SETTINGS))


def load(path: Path | None, environ: Mapping[str, str], *, data: str | None = None) -> Config:
    """The settings of the file, over them those of the environment, over them `data` (a directory).

    Without `path`, `config.toml` of the working directory is read where there is one. An empty environment variable
    counts as not set. Raises `ConfigError` for a file that cannot be read, an unknown key, or a value not allowed.
    """
    values: dict[str, Value] = {setting.key: setting.default for setting in SETTINGS}
    values |= dict(_from_file(path))
    values |= dict(_from_environment(environ))
    if data is not None:
        values["store.url"] = f"tinydb:{data}"
    return _config(values, _sources(path))


def _config(values: Mapping[str, Value], sources: tuple[SourceSetting, ...]) -> Config:
    sections = {name: _section(values, name) for name in _SECTIONS}
    return Config(
        telegram=Telegram(**sections["telegram"], webhook=Webhook(**sections["telegram.webhook"])),  # type: ignore[arg-type]
        access=AccessSettings(**sections["access"]),  # type: ignore[arg-type]
        digest=Digest(**sections["digest"]),  # type: ignore[arg-type]
        store=StoreSettings(**sections["store"]),  # type: ignore[arg-type]
        collect=Collect(**sections["collect"]),  # type: ignore[arg-type]
        summaries=Summaries(**sections["summaries"]),  # type: ignore[arg-type]
        sources=sources,
    )


def _section(values: Mapping[str, Value], name: str) -> dict[str, Value]:
    return {setting.name: values[setting.key] for setting in SETTINGS if setting.section == name}


def _file(path: Path | None) -> Path | None:
    return path or (DEFAULT_PATH if DEFAULT_PATH.is_file() else None)


def _sources(path: Path | None) -> tuple[SourceSetting, ...]:
    file = _file(path)
    return read_sources(_toml(file).get(SOURCES, []), str(file)) if file else ()


def _from_file(path: Path | None) -> Iterator[tuple[str, Value]]:
    path = _file(path)
    if path is None:
        return
    settings = {name: table for name, table in _toml(path).items() if name != SOURCES}
    for key, value in _flat(settings, path):
        setting = _BY_KEY.get(key)
        if setting is None:
            raise ConfigError(f"{path}: there is no setting {key}{_nearest(key, _BY_KEY)}")
        yield key, _checked(setting, value, f"{path}: {key}")


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"cannot read the configuration {path}: {error.strerror}; see config.example.toml") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is not UTF-8 text; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} is not valid TOML: {error}") from error


def _flat(table: Mapping[str, object], path: Path) -> Iterator[tuple[str, object]]:
    for name, section in table.items():
        if not isinstance(section, dict):
            raise ConfigError(f"{path}: {name} stands outside a section{_nearest(name, _endings())}")
        if name not in _SECTIONS:
            raise ConfigError(f"{path}: there is no section [{name}]{_nearest(name, (*_SECTIONS, SOURCES))}")
        yield from _keys(name, section)


def _keys(section: str, table: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for name, value in table.items():
        key = f"{section}.{name}"
        if isinstance(value, dict) and key in _SECTIONS:
            yield from _keys(key, value)
        else:
            yield key, value


def _endings() -> dict[str, str]:
    return {setting.name: setting.key for setting in reversed(SETTINGS)}


def _from_environment(environ: Mapping[str, str]) -> Iterator[tuple[str, Value]]:
    for variable, text in sorted(environ.items()):
        if not variable.startswith(PREFIX) or "__" not in variable or not text:
            continue
        setting = _BY_VARIABLE.get(variable)
        if setting is None:
            raise ConfigError(f"there is no setting {variable}{_nearest(variable, _BY_VARIABLE)}")
        yield setting.key, _parsed(setting, text, variable)
    if environ.get(TOKEN_VARIABLE):
        yield "telegram.token", _checked(_BY_KEY["telegram.token"], environ[TOKEN_VARIABLE], TOKEN_VARIABLE)


def _parsed(setting: Setting, text: str, place: str) -> Value:
    try:
        value = setting.parse(text)
    except ValueError:
        value = text
    return _checked(setting, value, place)


def _checked(setting: Setting, value: object, place: str) -> Value:
    try:
        return setting.read(value)
    except ValueError:
        shown = "set to something else" if setting.secret else repr(value)
        raise ConfigError(f"{place} is {shown}, but must be {setting.allowed}") from None


def _nearest(name: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    """What was probably meant, as the end of a sentence. For keys outside a section the full key is named."""
    close = get_close_matches(name, list(known), n=1, cutoff=0.5)
    if not close:
        return f"; known are {', '.join(known)}"
    meant = known[close[0]] if isinstance(known, dict) and isinstance(known[close[0]], str) else close[0]
    return f"; did you mean {meant}?"
