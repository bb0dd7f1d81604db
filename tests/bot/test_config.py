import tomllib
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

from bot.config import SETTINGS, Config, load
from bot.source_settings import SourceSetting
from summaries.errors import ConfigError

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "config.example.toml"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory without a config.toml."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def flat(table: dict[str, Any]) -> Iterator[str]:
    for name, value in table.items():
        yield from (f"{name}.{key}" for key in flat(value)) if isinstance(value, dict) else (name,)


def value(config: Config, key: str) -> object:
    return attrgetter(key)(config)


def test_without_file_and_environment_everything_has_its_default() -> None:
    config = load(None, {})

    assert {setting.key: value(config, setting.key) for setting in SETTINGS} == {
        setting.key: setting.default for setting in SETTINGS
    }


def test_the_example_loads_and_lists_every_key_with_its_default() -> None:
    listed = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))

    assert set(flat(listed)) == {s.key for s in SETTINGS}
    assert load(EXAMPLE, {}) == load(None, {})


def test_config_toml_of_the_working_directory_is_read(elsewhere: Path) -> None:
    (elsewhere / "config.toml").write_text("[summaries]\nsentences = 5\n")

    assert load(None, {}).summaries.sentences == 5


CHANGED = [
    pytest.param("telegram.token", '"1:abc"', "1:abc", "1:abc", id="token"),
    pytest.param("telegram.admins", "[7, 9, 7]", "7, 9", (7, 9), id="admins, each once"),
    pytest.param("telegram.base_url", '"http://bots.example/bot"', "http://bots.example/bot", None, id="base_url"),
    pytest.param(
        "telegram.base_file_url", '"http://b.example/file/bot"', "http://b.example/file/bot", None, id="files"
    ),
    pytest.param(
        "telegram.proxy", '"http://u:p@proxy.example:3128"', "http://u:p@proxy.example:3128", None, id="proxy"
    ),
    pytest.param("telegram.look", '"page"', "page", None, id="look"),
    pytest.param("telegram.paid_broadcast", "true", "true", True, id="paid_broadcast"),
    pytest.param("access.mode", '"approve"', "approve", None, id="access mode"),
    pytest.param("access.on_the_spot", "3", "3", 3, id="on the spot"),
    pytest.param("digest.time", '"18:30"', "18:30", None, id="digest time"),
    pytest.param("digest.timezone", '"Asia/Karachi"', "Asia/Karachi", None, id="digest zone"),
    pytest.param("digest.days", '["fri", "mon"]', "fri, mon", ("mon", "fri"), id="digest days, in their order"),
    pytest.param("digest.max_items", "5", "5", 5, id="max_items"),
    pytest.param("telegram.webhook.url", '"https://desk.example/t"', "https://desk.example/t", None, id="webhook url"),
    pytest.param("telegram.webhook.listen", '"0.0.0.0"', "0.0.0.0", None, id="webhook listen"),
    pytest.param("telegram.webhook.port", "8443", "8443", 8443, id="webhook port"),
    pytest.param("telegram.webhook.secret", '"Velm_1-x"', "Velm_1-x", None, id="webhook secret"),
    pytest.param("store.url", '"tinydb:/srv/desk"', "tinydb:/srv/desk", None, id="store"),
    pytest.param("collect.every", "15", "15", 15, id="every"),
    pytest.param("collect.timeout", "5", "5", 5, id="timeout"),
    pytest.param("collect.max_bytes", "20000", "20000", 20_000, id="max_bytes"),
    pytest.param("collect.max_new_per_poll", "3", "3", 3, id="max_new_per_poll"),
    pytest.param("collect.user_agent", '"Velm (velm.example)"', "Velm (velm.example)", None, id="user_agent"),
    pytest.param(
        "collect.allow_networks",
        '["127.0.0.0/8", "::1"]',
        "127.0.0.0/8, ::1",
        ("127.0.0.0/8", "::1/128"),
        id="allow_networks",
    ),
    pytest.param("summaries.sentences", "5", "5", 5, id="sentences"),
    pytest.param("summaries.languages", '["ur", "en", "ur"]', "ur, en", ("ur", "en"), id="languages"),
]


@pytest.mark.parametrize(("key", "toml", "text", "expected"), CHANGED)
def test_a_setting_comes_from_the_file_or_from_the_environment(
    elsewhere: Path, key: str, toml: str, text: str, expected: object
) -> None:
    section, _, name = key.rpartition(".")
    from_file = load(written(elsewhere, f"[{section}]\n{name} = {toml}\n"), {})
    from_environment = load(None, {f"BACKCHANNEL_{key.upper().replace('.', '__')}": text})

    assert value(from_file, key) == value(from_environment, key) == (text if expected is None else expected)


def test_every_setting_has_a_case_above() -> None:
    assert {str(case.values[0]) for case in CHANGED} == {setting.key for setting in SETTINGS}


def test_the_environment_wins_over_the_file_and_data_over_both(elsewhere: Path) -> None:
    path = written(elsewhere, '[store]\nurl = "tinydb:one"\n[summaries]\nsentences = 2\n')
    environ = {"BACKCHANNEL_STORE__URL": "tinydb:two", "BACKCHANNEL_SUMMARIES__SENTENCES": "4"}

    assert load(path, environ).summaries.sentences == 4
    assert load(path, environ).store.url == "tinydb:two"
    assert load(path, environ, data="three").store.url == "tinydb:three"


def test_the_store_may_lie_in_the_home_directory(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/velm")

    assert load(written(elsewhere, "[store]\nurl = 'tinydb:~/desk'"), {}).store.url == "tinydb:/home/velm/desk"


def test_the_token_has_a_short_variable_which_wins() -> None:
    environ = {"BACKCHANNEL_TOKEN": "1:short", "BACKCHANNEL_TELEGRAM__TOKEN": "1:long"}

    assert load(None, environ).telegram.token == "1:short"


@pytest.mark.parametrize(
    "environ",
    [
        pytest.param({"BACKCHANNEL_TOKEN": ""}, id="empty token"),
        pytest.param({"BACKCHANNEL_SUMMARIES__SENTENCES": ""}, id="empty setting"),
        pytest.param({"BACKCHANNEL_EVAL": "/somewhere"}, id="a variable that is no setting"),
        pytest.param({"OTHER__THING": "1"}, id="somebody else's"),
    ],
)
def test_what_says_nothing_in_the_environment_changes_nothing(environ: dict[str, str]) -> None:
    assert load(None, environ) == load(None, {})


REFUSED = [
    pytest.param("[telegram]\ntokn = 'x'", ["telegram.tokn", "did you mean telegram.token?"], id="misspelt key"),
    pytest.param("[telegrm]\ntoken = 'x'", ["[telegrm]", "did you mean telegram?"], id="misspelt section"),
    pytest.param("[telegram]\nlook = 'card'", ["telegram.look", '"message" or "page"'], id="an unknown look"),
    pytest.param("[telegram]\npaid_broadcast = 1", ["paid_broadcast", "true or false"], id="a number is no switch"),
    pytest.param("[access]\nmode = 'shut'", ["access.mode", "closed"], id="an unknown mode"),
    pytest.param("[digest]\ntime = '8:00'", ["digest.time", "08:00"], id="no time of day"),
    pytest.param("[digest]\ntime = '24:00'", ["digest.time", "08:00"], id="past midnight"),
    pytest.param("[digest]\ntimezone = 'Asia'", ["digest.timezone", "Asia/Karachi"], id="a folder of zones"),
    pytest.param("[digest]\ntimezone = 'Velm/Norvale'", ["digest.timezone", "tz database"], id="no zone"),
    pytest.param("[digest]\ndays = []", ["digest.days", "mon"], id="no day"),
    pytest.param("[digest]\ndays = ['monday']", ["digest.days", "mon"], id="no name of a day"),
    pytest.param("sentences = 3", ["sentences", "outside a section", "summaries.sentences"], id="no section"),
    pytest.param(
        "[zzz]\na = 1",
        ["[zzz]", "known are telegram, telegram.webhook, access, store, collect, summaries, digest, sources"],
        id="nothing like it",
    ),
    pytest.param("[summaries]\nsentences = 11", ["summaries.sentences is 11", "from 1 to 10"], id="too many"),
    pytest.param("[summaries]\nsentences = 0", ["summaries.sentences is 0", "from 1 to 10"], id="too few"),
    pytest.param("[summaries]\nsentences = true", ["summaries.sentences is True"], id="a boolean is no number"),
    pytest.param("[summaries]\nsentences = '3'", ["summaries.sentences is '3'"], id="text is no number"),
    pytest.param("[summaries]\nlanguages = 'en'", ["summaries.languages", "two-letter codes"], id="no list"),
    pytest.param("[summaries]\nlanguages = ['zz']", ["summaries.languages is ['zz']"], id="no language"),
    pytest.param("[summaries]\nlanguages = ['eng']", ["summaries.languages is ['eng']"], id="a long code"),
    pytest.param("[telegram]\nadmins = 7", ["telegram.admins is 7", "a list"], id="admins not a list"),
    pytest.param("[telegram]\nadmins = ['ann']", ["telegram.admins", "user ids"], id="admins by name"),
    pytest.param("[telegram]\nadmins = [-100]", ["telegram.admins", "user ids"], id="a group as admin"),
    pytest.param("[telegram]\nbase_url = 'bots.example'", ["telegram.base_url", "ends in /bot"], id="no address"),
    pytest.param("[telegram]\nproxy = 'socks5://h:1'", ["telegram.proxy", "http or https"], id="no http proxy"),
    pytest.param("[telegram]\nproxy = ' '", ["telegram.proxy", "http or https"], id="blank proxy"),
    pytest.param("[telegram]\nwebhook = 'x'", ["telegram.webhook", "no setting"], id="webhook is no section"),
    pytest.param(
        "[telegram.webhook]\nurl = 'desk.example'", ["telegram.webhook.url is 'desk.example'"], id="webhook address"
    ),
    pytest.param("[telegram.webhook]\nurl = 'https:///t'", ["telegram.webhook.url"], id="webhook without host"),
    pytest.param("[telegram.webhook]\nport = 0", ["telegram.webhook.port is 0", "65535"], id="no port"),
    pytest.param("[telegram.webhook]\nlisten = ''", ["telegram.webhook.listen is ''"], id="listening nowhere"),
    pytest.param("[telegram.webhook]\nsecret = 'a b'", ["telegram.webhook.secret", "A-Z"], id="webhook secret"),
    pytest.param("[telegram.webhook]\nprot = 1", ["did you mean telegram.webhook.port?"], id="misspelt webhook key"),
    pytest.param("[store]\nurl = 'mysql:x'", ["store.url is 'mysql:x'", "tinydb:"], id="unknown store"),
    pytest.param("[store]\nurl = 'tinydb:'", ["store.url", "a directory"], id="store without directory"),
    pytest.param("[collect]\nevery = 0", ["collect.every is 0", "minutes"], id="never"),
    pytest.param("[collect]\nuser_agent = ' '", ["collect.user_agent", "who asks"], id="nobody asks"),
    pytest.param("[collect]\nallow_networks = ['10.0.0.1/8']", ["allow_networks", "networks"], id="no network"),
    pytest.param("[collect]\nallow_networks = [10]", ["allow_networks", "networks"], id="a number is no network"),
    pytest.param("[sources]\nurl = 'https://a.example/feed'", ["[[sources]]", "two brackets"], id="one bracket"),
    pytest.param("sources = [7]", ["source 1 must be a table"], id="a source that is no table"),
    pytest.param("[[sources]]\nname = 'Courier'", ["source 1 has no url"], id="a source without address"),
    pytest.param(
        "[[sources]]\nurl = 'https://a.example/f'\n[[sources]]\nurl = 'courier'",
        ["source 2: url is 'courier'"],
        id="no address",
    ),
    pytest.param("[[sources]]\nulr = 'x'", ["source 1", "no setting ulr", "did you mean url?"], id="misspelt url"),
    pytest.param(
        "[[sources]]\nurl = 'https://a.example/f'\ntags = 'water'", ["tags is 'water'", "a list"], id="tags as text"
    ),
    pytest.param(
        "[[sources]]\nurl = 'https://a.example/f'\nlabels = { country = 7 }", ["labels is", "a table"], id="a number"
    ),
    pytest.param("[telegram\ntoken", ["not valid TOML", "line 1"], id="broken TOML"),
]


@pytest.mark.parametrize(("text", "said"), REFUSED)
def test_a_refusal_names_file_key_value_and_what_is_allowed(elsewhere: Path, text: str, said: list[str]) -> None:
    path = written(elsewhere, text)

    with pytest.raises(ConfigError) as caught:
        load(path, {})

    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    for part in said:
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        pytest.param({"BACKCHANNEL_TELEGRAM__TOKN": "x"}, "did you mean BACKCHANNEL_TELEGRAM__TOKEN?", id="misspelt"),
        pytest.param({"BACKCHANNEL_SUMMARIES__SENTENCES": "many"}, "is 'many', but must be", id="no number"),
        pytest.param({"BACKCHANNEL_TELEGRAM__ADMINS": "7,ann"}, "is '7,ann', but must be", id="no ids"),
    ],
)
def test_a_refusal_names_the_variable(environ: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigError, match=next(iter(environ))) as caught:
        load(None, environ)

    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        pytest.param("BACKCHANNEL_TOKEN", "123:se cret", id="token"),
        pytest.param("BACKCHANNEL_TELEGRAM__PROXY", "ftp://u:se-cret@proxy.example", id="proxy"),
        pytest.param("BACKCHANNEL_TELEGRAM__WEBHOOK__SECRET", "se cret", id="webhook secret"),
    ],
)
def test_a_refused_secret_is_not_shown(variable: str, text: str) -> None:
    with pytest.raises(ConfigError, match="set to something else") as caught:
        load(None, {variable: text})

    assert "cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        pytest.param("BACKCHANNEL_TOKEN", "1:hidden", id="token"),
        pytest.param("BACKCHANNEL_TELEGRAM__PROXY", "http://u:hidden@proxy.example", id="proxy"),
        pytest.param("BACKCHANNEL_TELEGRAM__WEBHOOK__SECRET", "hidden", id="webhook secret"),
    ],
)
def test_secrets_are_not_in_the_configuration_s_repr(variable: str, text: str) -> None:
    assert "hidden" not in repr(load(None, {variable: text}))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        pytest.param(lambda path: None, "No such file", id="missing"),
        pytest.param(lambda path: path.mkdir(), "Is a directory", id="a directory"),
        pytest.param(lambda path: path.write_bytes(b"\xff\xfe\x00"), "not UTF-8", id="binary"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(elsewhere: Path, make, said: str) -> None:  # type: ignore[no-untyped-def]
    path = elsewhere / "config.toml.d"
    make(path)

    with pytest.raises(ConfigError, match=said):
        load(path, {})


def test_sources_may_be_named_in_the_file(elsewhere: Path) -> None:
    text = """
        [[sources]]
        url = "https://courier.example/feed"
        name = "Courier"
        tags = ["water"]
        labels = { country = "Norvale" }
        credentials = "COURIER_LOGIN"
        [[sources]]
        url = "https://ledger.example/feed"
    """

    assert load(written(elsewhere, text), {}).sources == (
        SourceSetting("https://courier.example/feed", "Courier", ("water",), {"country": "Norvale"}, "COURIER_LOGIN"),
        SourceSetting("https://ledger.example/feed"),
    )
