"""`backchannel sources`, `feed`, and the commands that take an address where they take a file."""

import asyncio
import io
import json
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from bot import cli, collector
from bot.commands.sources import VERBS
from summaries import scout, workers
from summaries.desk import open_desk
from summaries.intake.opml import Outline, read_opml, write_opml
from tests.loopback import Site, answer, loopback
from tests.newsstand import Hands, Story, page, rss, stories

pytestmark = pytest.mark.filterwarnings("ignore:SOCKS support:urllib3.exceptions.DependencyWarning")


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


class Inside(Hands):
    """Works in this process: starting others is tested elsewhere, and takes seconds."""

    size = 2

    def __init__(self, **options: Any) -> None:
        super().__init__()

    async def __aenter__(self) -> "Inside":
        return self

    async def __aexit__(self, *_: object) -> None: ...


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working directory of its own, no setting from outside, loopback allowed, and no waiting between requests."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("BACKCHANNEL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BACKCHANNEL_COLLECT__ALLOW_NETWORKS", "127.0.0.0/8")
    limits = collector.limits
    monkeypatch.setattr(collector, "limits", lambda config: msgspec.structs.replace(limits(config), host_delay=0.0))
    monkeypatch.setattr(scout, "Workers", Inside)
    monkeypatch.setattr(workers, "Workers", Inside)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def run(*argv: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        try:
            code = cli.main([str(each) for each in argv])
        except SystemExit as exit:
            code = int(exit.code or 0)
        return Ran(code, *capsys.readouterr())

    return run


@contextmanager
def serving() -> Iterator[Site]:
    """A site in a thread: the commands have event loops of their own."""
    ready, loop, stop, made = threading.Event(), asyncio.new_event_loop(), asyncio.Event(), list[Site]()

    async def serve() -> None:
        async with loopback() as site:
            made.append(site)
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    ready.wait(10)
    try:
        yield made[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


@pytest.fixture
def site() -> Iterator[Site]:
    """The Norvale Courier: a front page that names two feeds, and their articles."""
    with serving() as site:
        base = site.url("").rstrip("/")
        listed = stories(3, site=base)
        site.answers["/feed.xml"] = answer(rss(listed, site=base), "Content-Type: application/rss+xml")
        site.answers["/opinion.xml"] = answer(rss(listed[:1], title="Opinion", site=base))
        links = "".join(
            f'<link rel="alternate" type="application/rss+xml" href="/{name}.xml">' for name in ("feed", "opinion")
        )
        site.answers["/"] = answer(
            f"<html><head>{links}</head><body>Front.</body></html>".encode(), "Content-Type: text/html"
        )
        for story in (*listed, Story(9, site=base)):
            site.answers[story.url.removeprefix(base)] = answer(page(story), "Content-Type: text/html")
        yield site


def article_url(site: Site, number: int = 9) -> str:
    return Story(number, site=site.url("")).url


def one_line(ran: Ran) -> str:
    assert ran.err.startswith("backchannel: ")
    assert ran.err.count("\n") == 1, ran.err
    return ran.err


# --- adding


def test_a_feed_is_shown_and_added(run: Run, site: Site) -> None:
    ran = run("sources", "add", site.url("/feed.xml"), "--tag", "harbour", "--tag", "valley")
    assert (ran.code, ran.err) == (0, "")
    assert "3 entries, their text is read from the pages" in ran.out
    assert "Newest: “Item 3 is voted on”" in ran.out
    assert ran.out.splitlines()[-1] == "added 1: The Norvale Courier"
    (line,) = run("sources", "list", "--json").lines
    assert (line["url"], line["tags"], line["state"]) == (site.url("/feed.xml"), ["harbour", "valley"], "new")

    assert run("sources", "add", site.url("/feed.xml")).out == "known 1: The Norvale Courier\n"


def test_a_site_s_feed_is_found_and_its_others_are_named(run: Run, site: Site) -> None:
    ran = run("sources", "add", site.url("/"), "--name", "Courier")
    assert ran.out.splitlines()[-2:] == [f"  {site.url('/opinion.xml')}", "added 1: Courier"]
    assert run("sources", "add", site.url("/")).out == "known 1: Courier\n"


def test_a_page_without_a_feed_is_taken_once_and_said_so(run: Run, site: Site) -> None:
    ran = run("sources", "add", article_url(site))
    assert "This page has no feed, so it cannot be followed." in ran.out
    assert ran.out.splitlines()[-1] == "taken once as article 1: Item 9 is voted on"
    assert run("sources", "add", article_url(site)).out.splitlines()[-1] == "known as article 1: Item 9 is voted on"
    assert run("sources", "list").out == ""


def test_several_are_added_although_one_is_not_there(run: Run, site: Site) -> None:
    ran = run("sources", "add", site.url("/gone.xml"), site.url("/opinion.xml"))
    assert ran.code == 1
    assert "There is nothing at its address (404)." in one_line(ran)
    assert ran.out.splitlines()[-1] == "added 1: Opinion"


def test_a_protected_feed_is_added_by_the_name_of_its_variable(run: Run, site: Site) -> None:
    ran = run("sources", "add", site.url("/feed.xml"), "--credentials", "TARN_LOGIN")
    assert ran.out == f"added 1: {site.url('/feed.xml')}\n"
    checked = run("sources", "check", "1")
    assert "TARN_LOGIN" in one_line(checked)
    assert site.paths == [], "nothing was asked without the password"


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        pytest.param(("add", "x"), 1, "is no http or https address", id="no-address"),
        pytest.param(("add", "https://u:secret@127.0.0.1/feed"), 1, "https://…@127.0.0.1/feed", id="password"),
        pytest.param(("add", "a.example", "b.example", "--name", "A"), 2, "--name names one source", id="two-names"),
        pytest.param(("add", "a.example", "--credentials", "user:pw"), 2, "never a password itself", id="credentials"),
        pytest.param(("show", "7"), 1, "there is no source 7", id="show"),
        pytest.param(("check", "7"), 1, "there is no source 7", id="check"),
        pytest.param(("check", "7", "--all"), 2, "leave the numbers out", id="check-all"),
        pytest.param(("pause", "7"), 1, "there is no source 7", id="pause"),
        pytest.param(("remove", "7"), 1, "there is no source 7", id="remove"),
        pytest.param(("label", "7", "a=b"), 1, "there is no source 7", id="label"),
        pytest.param(("label", "1", "a"), 2, "country=Tarn", id="no-label"),
        pytest.param(("tag", "1", "x" * 60), 2, "those are no tags", id="no-tags"),
        pytest.param(("rename", "1", " "), 2, "a name has 1 to 100", id="no-name"),
        pytest.param(("import", "none.opml"), 1, "none.opml: No such file", id="no-file"),
        pytest.param((), 2, "VERB", id="no-verb"),
        pytest.param(("show", "one"), 2, "invalid int value", id="no-number"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(run: Run, argv: tuple[str, ...], code: int, said: str) -> None:
    assert run("sources", "add", "https://a.example/feed", "--credentials", "A").code == 0
    ran = run("sources", *argv)
    assert ran.code == code
    assert said in one_line(ran)
    assert "secret" not in ran.err


# --- looking


def test_sources_are_listed_for_people_and_for_programs(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("sources", "add", "https://a.example/feed", "--credentials", "A", "--name", "The Courier")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    shown = run("sources", "list").out
    assert "The Courier" in shown
    assert "not checked yet" in shown
    (line,) = run("sources", "list", "--json").lines
    assert line["name"] == "The Courier"
    run("sources", "remove", "1")
    assert run("sources", "list").out.startswith("no sources yet")


def test_one_source_is_shown_as_the_bot_shows_it(run: Run) -> None:
    run("sources", "add", "https://a.example/feed", "--credentials", "A", "--name", "The Courier")
    shown = run("sources", "show", "1").out
    assert shown.startswith("#1 The Courier\nhttps://a.example/feed\nCredentials: of A\n")
    assert "Last success: none yet" in shown


def test_looking_works_while_somebody_writes(run: Run) -> None:
    run("sources", "add", "https://a.example/feed", "--credentials", "A", "--data", "here")
    with asyncio.Runner() as runner:
        desk = runner.run(open_desk("tinydb:here"))
        try:
            assert run("sources", "list", "--data", "here").code == 0
            assert run("sources", "show", "1", "--data", "here").code == 0
            assert run("sources", "export", "--data", "here").code == 0
            refused = run("sources", "pause", "1", "--data", "here")
        finally:
            runner.run(desk.close())
    assert refused.code == 1
    assert "in use by process" in one_line(refused)


# --- checking


def test_sources_are_checked(run: Run, site: Site) -> None:
    run("sources", "add", site.url("/feed.xml"), site.url("/opinion.xml"))
    both = run("sources", "check")
    assert both.code == 0
    assert sorted(line[0] for line in both.out.splitlines()) == ["1", "2"]
    assert all(": Checked: " in line for line in both.out.splitlines())
    assert len(run("export").lines) == 3, "what both have is kept once"
    assert run("sources", "check").out == "no source is due; --all checks every one\n"
    site.answers["/feed.xml"] = answer(status=410)
    failed = run("sources", "check", "--all")
    assert failed.code == 1
    assert "source 1 The Norvale Courier: Its server says that it is gone for ever (410)." in one_line(failed)
    states = {line["id"]: line["state"] for line in run("sources", "list", "--json").lines}
    assert states == {1: "paused", 2: "well"}


# --- changing


def test_a_source_is_changed(run: Run) -> None:
    run("sources", "add", "https://a.example/feed", "--credentials", "A")
    for argv in (
        ("rename", "1", "The", "Tarn", "Mail"),
        ("tag", "1", "harbour", "#valley"),
        ("label", "1", "country=Tarn", "old=1"),
        ("label", "1", "old="),
        ("pause", "1"),
    ):
        ran = run("sources", *argv)
        assert (ran.code, ran.err) == (0, ""), argv
    (line,) = run("sources", "list", "--json").lines
    assert (line["name"], line["tags"]) == ("The Tarn Mail", ["harbour", "valley"])
    assert (line["labels"], line["state"]) == ({"country": "Tarn"}, "paused")
    assert "Next check: as soon as its turn comes" in run("sources", "resume", "1").out


def test_a_removed_source_leaves_its_briefings(run: Run, site: Site) -> None:
    run("sources", "add", site.url("/feed.xml"))
    run("sources", "check")
    assert run("sources", "remove", "1").out == ("removed 1: The Norvale Courier; the briefings that it brought stay\n")
    assert len(run("export").lines) == 3


# --- lists


def test_what_export_writes_import_takes(run: Run) -> None:
    outlines = [
        Outline("https://a.example/feed", "A", ("harbour",), {"country": "Tarn"}, "https://a.example/"),
        Outline("https://u:secret@b.example/feed", "B"),
    ]
    Path("list.opml").write_bytes(write_opml(outlines))
    ran = run("sources", "import", "list.opml")
    assert (ran.code, ran.out) == (1, "1 added, 1 refused, 0 known\n")
    assert "https://…@b.example/feed" in one_line(ran)
    again = run("sources", "import", "-", stdin=write_opml(outlines[:1]))
    assert (again.code, again.out) == (0, "0 added, 0 refused, 1 known\n")
    assert run("sources", "export", "out.opml").out == "1 source in out.opml\n"
    assert read_opml(Path("out.opml").read_bytes()) == outlines[:1]
    assert read_opml(run("sources", "export").out.encode()) == outlines[:1]


def test_what_is_no_list_is_named(run: Run) -> None:
    Path("page.html").write_text("<html></html>")
    assert "page.html: " in one_line(run("sources", "import", "page.html"))


# --- filters, and articles by their address


def test_a_feed_is_printed_as_json_lines(run: Run, site: Site) -> None:
    fetched = run("feed", site.url("/feed.xml"))
    Path("feed.xml").write_bytes(rss(stories(3, site=site.url(""))))
    assert [line["title"] for line in fetched.lines] == [
        "Item 3 is voted on",
        "Item 2 is voted on",
        "Item 1 is voted on",
    ]
    assert run("feed", "feed.xml").lines == fetched.lines
    assert run("feed", stdin=Path("feed.xml").read_bytes()).lines == fetched.lines
    assert list(fetched.lines[0]) == ["id", "title", "link", "published", "updated", "author", "summary", "content"]


def test_a_page_is_read_condensed_and_added_by_its_address(run: Run, site: Site) -> None:
    (line,) = run("read", article_url(site)).lines
    assert (line["title"], line["url"]) == ("Item 9 is voted on", article_url(site))
    assert run("condense", article_url(site)).out.startswith("Item 9 is voted on")
    added = run("add", article_url(site), "--outlet", "Norvale Courier")
    assert added.out.startswith("added 1: Item 9 is voted on (Norvale Courier")
    assert run("add", article_url(site)).out.startswith("known 1: ")


@pytest.mark.parametrize("command", ["feed", "read", "condense", "add"])
def test_what_cannot_be_had_is_said_with_the_mend(
    run: Run, site: Site, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    assert "(404)" in one_line(run(command, site.url("/nothing")))
    monkeypatch.delenv("BACKCHANNEL_COLLECT__ALLOW_NETWORKS")
    refused = run(command, article_url(site))
    assert refused.code == 1
    assert "collect.allow_networks" in one_line(refused)


def test_what_is_no_feed_is_named(run: Run) -> None:
    Path("notes.txt").write_text("No feed at all.")
    assert one_line(run("feed", "notes.txt")).startswith("backchannel: notes.txt: ")


# --- docs


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_every_verb_is_documented(verb: Any) -> None:
    docs = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    assert f"| `{verb.name}" in docs.split("### `backchannel sources")[1].split("###")[0]
