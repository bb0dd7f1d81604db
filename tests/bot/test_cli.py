"""The command line: what it takes, prints and returns, and how it says that something is wrong."""

import asyncio
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot import cli
from bot.commands import Subcommand
from bot.demo import samples
from summaries.archive.store import open_store

# requests silences this warning for itself, but only in the test that happens to import it first
pytestmark = pytest.mark.filterwarnings("ignore:SOCKS support:urllib3.exceptions.DependencyWarning")

ARTICLE = """Harbour of Velmora reopens after the flood
By Ilse Maren
3 March 2026

The harbour of Velmora reopened on Tuesday, three weeks after a flood tore away its eastern pier.

It will handle only fishing boats until the end of the year, said Dr Odo Brand of the port authority.

The town council has set aside 4.5 million crowns for repairs to the pier and to the two damaged cranes.

Shopkeepers near the quay say that the money will not cover what they lost in the summer trade.
"""


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working directory of its own, and no setting from outside."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("BACKCHANNEL_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in this process: its exit code and what it printed."""

    def run(*argv: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        try:
            code = cli.main([str(each) for each in argv])
        except SystemExit as exit:
            code = int(exit.code or 0)
        return Ran(code, *capsys.readouterr())

    return run


def article(name: str = "harbour.txt", text: str = ARTICLE) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def jsonl(*lines: dict[str, Any] | bytes, name: str = "many.jsonl") -> Path:
    path = Path(name)
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines))
    return path


def record(number: int) -> dict[str, Any]:
    text = f"The town of Velm {number} opened a bridge on Monday. It took {number} months to build, the mayor said."
    return {"id": f"n{number}", "title": f"Bridge {number} opens", "text": text, "date": "2026-03-02", "lang": "en"}


@contextmanager
def held(directory: str) -> Iterator[None]:
    """A desk that somebody writes to meanwhile."""
    with asyncio.Runner() as runner:
        store = runner.run(open_store(f"tinydb:{directory}"))
        try:
            yield
        finally:
            runner.run(store.close())


def one_line(ran: Ran) -> str:
    """What stands on stderr, which must be one line in the form of an error."""
    assert ran.err.startswith("backchannel: ")
    assert ran.err.count("\n") == 1, ran.err
    return ran.err


# --- the frame


def test_help_lists_every_subcommand(run: Run) -> None:
    ran = run("--help")

    assert ran.code == 0
    assert [command.name for command in cli.SUBCOMMANDS if command.name not in ran.out] == []


@pytest.mark.parametrize("name", [command.name for command in cli.SUBCOMMANDS])
def test_every_subcommand_explains_itself(run: Run, name: str) -> None:
    ran = run(name, "--help")

    assert ran.code == 0
    assert "--config FILE" in ran.out
    assert "--data DIR" in ran.out


def test_nothing_heavy_is_imported_before_a_command_runs() -> None:
    heavy = {"telegram", "trafilatura", "sumy", "numpy", "rich", "tantivy", "tinydb", "apscheduler", "py3langid"}
    code = "import bot.cli, sys; bot.cli.parser(); print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert heavy & set(done.stdout.split()) == set()


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        pytest.param([], "COMMAND", id="no subcommand"),
        pytest.param(["frobnicate"], "frobnicate", id="unknown subcommand"),
        pytest.param(["add"], "FILE|DIR", id="nothing to add"),
        pytest.param(["chat", "--as", "king"], "king", id="unknown role"),
        pytest.param(["condense", "-n", "0", "x"], "from 1 to 10", id="no sentence"),
        pytest.param(["condense", "-n", "11", "x"], "from 1 to 10", id="too many sentences"),
        pytest.param(["condense", "-n", "two", "x"], "from 1 to 10", id="sentences in words"),
        pytest.param(["add", "x.txt", "--date", "someday"], "someday", id="no date"),
        pytest.param(["add", "x.txt", "--language", "klingonese"], "klingonese", id="no language code"),
        pytest.param(["add", "x.txt", "y.txt", "--url", "https://a.example"], "one article", id="one link for two"),
        pytest.param(["--config", "missing.toml", "export"], "missing.toml", id="no such configuration"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(run: Run, argv: list[str], said: str) -> None:
    article("x.txt")
    article("y.txt")

    ran = run(*argv)

    assert ran.code == 2
    assert said in one_line(ran)


@pytest.mark.parametrize(
    "argv",
    [
        pytest.param(["--config", "c.toml", "--data", "there", "check"], id="before"),
        pytest.param(["check", "--config", "c.toml", "--data", "there"], id="after"),
        pytest.param(["--config", "c.toml", "--data", "elsewhere", "check", "--data", "there"], id="after wins"),
    ],
)
def test_config_and_data_may_stand_on_either_side(run: Run, argv: list[str]) -> None:
    Path("c.toml").write_text("[summaries]\nsentences = 2\n")

    ran = run(*argv)

    assert (ran.code, ran.err) == (0, "")
    assert "no desk at there yet" in ran.out


def raising(error: BaseException) -> Subcommand:
    def run(args: object) -> int:
        raise error

    return Subcommand("fail", "fails", lambda parser: None, run)


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        pytest.param(KeyboardInterrupt(), 130, "", id="Ctrl-C"),
        pytest.param(OSError(28, "No space left on device", "x.tar"), 1, "x.tar: No space left", id="full disk"),
        pytest.param(ZeroDivisionError("by\nzero"), 1, "a bug: ZeroDivisionError: by zero", id="a bug"),
    ],
)
def test_no_error_ends_in_a_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, said: str
) -> None:
    monkeypatch.setattr(cli, "SUBCOMMANDS", (raising(error),))

    ran = run("fail")

    assert ran.code == code
    assert said in ran.err
    assert ran.err.count("\n") == (1 if said else 0)


def test_a_bug_shows_where_it_is_when_asked_to(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "SUBCOMMANDS", (raising(ZeroDivisionError("oh")),))
    monkeypatch.setenv("BACKCHANNEL_DEBUG", "1")

    with pytest.raises(ZeroDivisionError):
        run("fail")


# --- add


def test_add_files_an_article_once(run: Run) -> None:
    path = article()

    first, second = run("add", path), run("add", path)

    assert first == (
        0,
        "added 1: Harbour of Velmora reopens after the flood (Ilse Maren · 3 March 2026 · en · report)\n",
        "",
    )
    assert second.out.startswith("known 1: ")
    assert second.code == 0
    assert len(run("export").lines) == 1


def test_add_takes_what_is_said_over_what_is_read(run: Run) -> None:
    said = ["--outlet", "Velm Post", "--date", "2026-02-01", "--language", "EN", "--url", "https://velm.example/1"]

    assert run("add", article(), *said).code == 0

    [line] = run("export").lines
    assert (line["outlet"], line["published"], line["language"], line["url"]) == (
        "Velm Post",
        "2026-02-01T00:00:00Z",
        "en",
        "https://velm.example/1",
    )


def test_add_goes_on_after_a_bad_file_and_says_so(run: Run) -> None:
    article("in/good.txt")
    article("in/deep/other.md", ARTICLE.replace("Velmora", "Tarn").replace("three weeks", "five weeks"))
    article("in/empty.txt", "")
    article("in/notes.pdf", "not ours")
    article("in/.hidden.txt", ARTICLE)

    ran = run("add", "in")

    assert ran.code == 1
    assert "in/empty.txt" in one_line(ran)
    assert ran.out.splitlines()[-1] == "2 added, 1 skipped, 0 known"


def test_a_briefing_has_as_many_sentences_as_the_configuration_says(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKCHANNEL_SUMMARIES__SENTENCES", "2")

    run("add", article())

    assert len(run("export").lines[0]["sentences"]) == 2


# --- bad input


def sparse(megabytes: int) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(megabytes * 1_000_000)

    return write


BAD = [
    pytest.param(lambda path: None, ["bad.txt", "No such file"], id="missing"),
    pytest.param(lambda path: path.write_bytes(b""), ["bad.txt", "empty"], id="empty"),
    pytest.param(lambda path: path.write_bytes(b" \n\t\n"), ["bad.txt"], id="blank"),
    pytest.param(
        lambda path: path.write_bytes(b"\x89PNG\r\n" + bytes(range(256)) * 40),
        ["bad.txt", "not text"],
        id="binary",
    ),
    pytest.param(sparse(50), ["bad.txt", "50 MB", "20 MB"], id="50 MB"),
    pytest.param(lambda path: path.mkdir(), ["bad.txt", "directory"], id="a directory"),
]


@pytest.mark.parametrize(("make", "said"), BAD)
@pytest.mark.parametrize("command", ["read", "condense"])
def test_a_file_that_is_no_article_is_named_with_the_reason(
    run: Run, command: str, make: Callable[[Path], None], said: list[str]
) -> None:
    make(Path("bad.txt"))

    ran = run(command, "bad.txt")

    assert (ran.code, ran.out) == (1, "")
    assert [word for word in said if word.lower() not in one_line(ran).lower()] == []


def test_a_folder_without_articles_is_named(run: Run) -> None:
    Path("nothing/deep").mkdir(parents=True)

    ran = run("add", "nothing")

    assert ran.code == 1
    assert "nothing: no article in this folder" in one_line(ran)


def test_one_very_long_line_is_read(run: Run) -> None:
    article("long.txt", "Rain fell on Velm. " + "Rain " * 400_000)

    ran = run("condense", "long.txt", "-n", "1")

    assert ran.code == 0
    assert "Rain fell on Velm." in ran.out


def test_a_foreign_data_directory_is_named_and_left_alone(run: Run) -> None:
    article("theirs/thesis.txt", "years of work")

    ran = run("--data", "theirs", "add", article())

    assert ran.code == 1
    assert "theirs" in one_line(ran)
    assert [path.name for path in Path("theirs").iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("command", [["export"], ["backup", "x.tar"]], ids=lambda argv: argv[0])
def test_reading_a_desk_that_is_not_there_says_so(run: Run, command: list[str]) -> None:
    ran = run("--data", "nowhere", *command)

    assert ran.code == 1
    assert "nowhere" in one_line(ran)
    assert not Path("nowhere").exists()


def test_a_second_writer_is_told_who_holds_the_desk(run: Run) -> None:
    with held("data"):
        ran = run("add", article())

    assert ran.code == 1
    assert str(os.getpid()) in one_line(ran)


def test_reading_commands_work_while_somebody_writes(run: Run) -> None:
    run("add", article())

    with held("data"):
        exported, chatted, checked = run("export"), run("chat", "/latest"), run("check", "--offline")

    assert len(exported.lines) == 1
    assert "Harbour of Velmora" in chatted.out
    assert "changes nothing" in one_line(chatted)
    assert (exported.code, chatted.code, checked.code) == (0, 0, 0)
    assert str(os.getpid()) in checked.out


# --- import, export


def test_import_counts_and_can_be_said_again(run: Run) -> None:
    path = jsonl(*map(record, range(3)))

    first, second = run("import", path), run("import", path)

    assert first == (0, "3 added, 0 skipped, 0 known\n", "")
    assert second.out.splitlines()[0] == "0 added, 0 skipped, 3 known"
    assert "nothing new" in second.out
    assert [line["ref"] for line in run("export").lines] == ["n0", "n1", "n2"]


def test_import_skips_bad_lines_and_names_them(run: Run) -> None:
    path = jsonl(record(1), b"{not json", {"id": 7, "title": "no text"}, b"", record(2))

    ran = run("import", path)

    assert ran.code == 1
    assert ran.out == "2 added, 2 skipped, 0 known\n"
    bad = ran.err.splitlines()
    assert [line.split(":")[1] for line in bad] == [" many.jsonl, line 2", " many.jsonl, line 3"]
    assert all(line.endswith("; skipped") for line in bad)


def test_import_reads_standard_input(run: Run) -> None:
    ran = run("import", "-", stdin=jsonl(record(1)).read_bytes())

    assert (ran.code, ran.out) == (0, "1 added, 0 skipped, 0 known\n")


@pytest.mark.parametrize(
    ("name", "said"),
    [pytest.param("none.jsonl", "No such file", id="missing"), pytest.param("empty.jsonl", "is empty", id="empty")],
)
def test_import_of_nothing_says_so(run: Run, name: str, said: str) -> None:
    Path("empty.jsonl").write_bytes(b"")

    ran = run("import", name)

    assert ran.code == 1
    assert said in one_line(ran)
    assert name in ran.err


def test_export_has_the_fields_that_other_programs_rely_on(run: Run) -> None:
    run("import", jsonl(record(1) | {"source": "Velm Post", "url": "https://velm.example/1"}))

    [line] = run("export").lines

    fields = "id ref url headline outlet published language kind event story sentences"
    assert list(line) == fields.split()
    assert line["id"] == 1
    assert line["headline"] == "Bridge 1 opens"
    assert line["published"] == "2026-03-02T00:00:00Z"
    assert line["sentences"][0].startswith("The town of Velm 1")


# --- read, condense


def test_read_prints_an_article_as_a_json_line(run: Run) -> None:
    [line] = run("read", article()).lines

    assert list(line) == [
        "url",
        "title",
        "deck",
        "author",
        "published",
        "language",
        "kind",
        "outlet",
        "text",
        "sentences",
    ]
    assert line["title"] == "Harbour of Velmora reopens after the flood"
    assert line["author"] == "Ilse Maren"
    assert line["text"].startswith("The harbour of Velmora reopened")
    assert len(line["sentences"]) == 4


def test_read_goes_on_after_a_bad_file(run: Run) -> None:
    article("empty.txt", "")

    ran = run("read", "empty.txt", article())

    assert ran.code == 1
    assert "empty.txt" in one_line(ran)
    assert len(ran.lines) == 1


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.file)
def test_what_read_prints_is_condensed_as_the_file_itself(run: Run, sample: Any) -> None:
    printed = run("read", sample.path)
    piped, direct = run("condense", stdin=printed.out.encode()), run("condense", sample.path)

    assert piped == direct
    assert (direct.code, direct.err) == (0, "")
    assert direct.out


def test_condense_prints_headline_details_and_sentences(run: Run) -> None:
    lines = run("condense", article(), "-n", "2").out.split("\n\n")

    assert lines[0] == "Harbour of Velmora reopens after the flood\nIlse Maren · 3 March 2026 · en · report"
    assert len(lines) == 3
    assert all(line.strip() in ARTICLE for line in lines[1:])


def test_condense_says_that_a_date_is_unknown(run: Run) -> None:
    assert "date unknown" in run("condense", article(text=ARTICLE.replace("3 March 2026", ""))).out


def test_condense_takes_many_articles_as_json_lines(run: Run) -> None:
    path = jsonl(record(1), record(2) | {"id": 2})

    ran = run("condense", "--jsonl", "-n", "1", path)

    assert [list(line) for line in ran.lines] == [["id", "headline", "sentences"]] * 2
    assert [line["id"] for line in ran.lines] == ["n1", 2]
    assert [len(line["sentences"]) for line in ran.lines] == [1, 1]


def test_condense_names_a_bad_line_and_goes_on(run: Run) -> None:
    ran = run("condense", "--jsonl", stdin=jsonl(b"no json", record(1)).read_bytes())

    assert ran.code == 1
    assert "standard input, line 1:" in one_line(ran)
    assert [line["id"] for line in ran.lines] == ["n1"]


def test_an_article_that_begins_with_a_brace_is_an_article(run: Run) -> None:
    ran = run("condense", stdin=b"{sic} was written on the wall of the town hall of Velm. Nobody knew who had done it.")

    assert ran.code == 0
    assert "was written on the wall" in ran.out


# --- backup, restore, check


def test_a_backup_restored_elsewhere_is_the_same_desk(run: Run) -> None:
    run("import", jsonl(*map(record, range(3))))
    with held("data"):
        backed = run("backup", "desk.tar.gz")
    restored = run("--data", "new", "restore", "desk.tar.gz")

    assert backed == (0, "3 briefings in desk.tar.gz\n", "")
    assert restored.code == 0
    assert restored.out.startswith("3 briefings in new")
    assert run("--data", "new", "export") == run("export")
    assert run("--data", "new", "import", "many.jsonl").out.startswith("0 added, 0 skipped, 3 known")


def test_restore_refuses_a_desk_that_has_something_in_it(run: Run) -> None:
    run("add", article())
    run("backup", "desk.tar")

    ran = run("restore", "desk.tar")

    assert ran.code == 1
    assert "data is not empty" in one_line(ran)


def test_check_finds_nothing_wrong_with_a_good_desk(run: Run) -> None:
    run("add", article())

    ran = run("check")

    assert (ran.code, ran.err) == (0, "")
    assert [line.split(":")[0] for line in ran.out.splitlines()] == ["config", "lock", "data", "index", "token"]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(lambda: Path("config.toml").write_text("[summaries]\nsentences = 0"), "config", id="config"),
        pytest.param(lambda: article("data/thesis.txt", "work"), "data", id="foreign data"),
    ],
)
def test_check_says_what_is_wrong(run: Run, spoil: Callable[[], object], said: str) -> None:
    spoil()

    ran = run("check", "--offline")

    assert ran.code == 1
    assert one_line(ran).startswith(f"backchannel: {said}: ")


# --- chat, run


def test_chat_says_lines_in_turn_and_presses_by_number(run: Run) -> None:
    run("add", article())

    ran = run("chat", "/summary 1", "1")

    assert ran.code == 0
    assert ran.out.index("> /summary 1") < ran.out.index("> [1] In context")


def test_chat_reads_standard_input(run: Run) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat", "--as", "reader"],
        input="/help\n/quit\n/latest\n",
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(cli.__file__).parents[1])},
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "/search" in done.stdout
    assert "> /latest" not in done.stdout


def test_run_without_a_token_says_where_to_get_one(run: Run) -> None:
    ran = run("run")

    assert ran.code == 2
    assert "@BotFather" in one_line(ran)


# --- the pipe


def backchannel(*argv: str, **options: Any) -> "subprocess.Popen[bytes]":
    environ = os.environ | {"PYTHONPATH": str(Path(cli.__file__).parents[1])}
    return subprocess.Popen([sys.executable, "-m", "bot", *argv], env=environ, stderr=subprocess.PIPE, **options)


def test_a_reader_that_goes_away_is_no_error(run: Run) -> None:
    run("import", jsonl(record(1)))
    reading, writing = os.pipe()
    os.close(reading)
    process = backchannel("export", stdout=writing)
    os.close(writing)
    _, err = process.communicate()

    assert (process.returncode, err) == (cli.BROKEN_PIPE, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_behind_standard_output_is_one_line(run: Run) -> None:
    run("import", jsonl(record(1)))
    with Path("/dev/full").open("wb") as full:
        process = backchannel("export", stdout=full)
        _, err = process.communicate()

    assert process.returncode == 1
    assert err == b"backchannel: [Errno 28] No space left on device\n"
