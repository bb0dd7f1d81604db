import io

import pytest
from rich.console import Console

from bot.local.drawing import Indented
from bot.local.entities import finish
from bot.local.markup import parse
from bot.local.render import body, button_line, shows_links
from bot.local.world import Attachment, Button, Message
from tests.bot.local.worlds import NOON


def drawn(html: str, *, width: int = 40, links: bool = False, terminal: bool = False) -> str:
    console = Console(file=io.StringIO(), width=width, force_terminal=terminal, color_system="auto")
    console.print(body(Message(1, 1, None, NOON, finish(parse(html))), links=links), highlight=False)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        pytest.param("<b>a</b> <i>b</i> [red]c[/red]", "a b [red]c[/red]\n", id="styles are no marks, nor the reverse"),
        pytest.param('<a href="https://a.example/x">a</a>!', "a (https://a.example/x)!\n", id="URL behind its words"),
        pytest.param('<a href="https://a.example/">https://a.example</a>', "https://a.example\n", id="URL once"),
        pytest.param("<tg-spoiler>a</tg-spoiler> b", "||a|| b\n", id="spoiler"),
        pytest.param("a\n<blockquote>b\n\nc</blockquote>\nd", "a\n▎ b\n▎ \n▎ c\nd\n", id="quotation"),
        pytest.param("<blockquote expandable>b</blockquote>", "┆ b\n", id="expandable quotation"),
        pytest.param("<pre>x = 1\n  y</pre>", "│ x = 1\n│   y\n", id="code"),
        pytest.param(
            "a <blockquote><tg-spoiler>b</tg-spoiler></blockquote><tg-spoiler>c</tg-spoiler>",
            "a\n▎ ||b||\n||c||\n",
            id="marks stay on their side of a block",
        ),
        pytest.param(
            '<blockquote><a href="https://a.example/x">b</a></blockquote>c', "▎ b (https://a.example/x)\nc\n", id="edge"
        ),
        pytest.param('<tg-time unix="999999999999">never</tg-time>', "never\n", id="instant beyond the calendar"),
    ],
)
def test_what_a_plain_terminal_shows(html: str, plain: str) -> None:
    assert drawn(html) == plain


def test_a_quotation_keeps_its_bar_when_it_wraps() -> None:
    lines = drawn("<blockquote>你好你好你好 one two three</blockquote>", width=14).splitlines()
    assert [line.rstrip() for line in lines] == ["▎ 你好你好你好", "▎ one two", "▎ three"]


def test_links_are_sequences_where_the_terminal_knows_them() -> None:
    shown = drawn('<a href="https://a.example/x">a</a>', links=True, terminal=True)
    assert "https://a.example/x" in shown
    assert "(https" not in shown


@pytest.mark.parametrize(
    ("terminal", "environ", "links"),
    [
        pytest.param(True, {"TERM": "xterm-256color"}, True, id="terminal"),
        pytest.param(False, {"TERM": "xterm-256color"}, False, id="file"),
        pytest.param(True, {"TERM": "linux"}, False, id="console of the kernel"),
        pytest.param(True, {"TERM": "xterm", "TERM_PROGRAM": "Apple_Terminal"}, False, id="Apple's"),
    ],
)
def test_which_terminals_show_links(terminal: bool, environ: dict[str, str], links: bool) -> None:
    console = Console(file=io.StringIO(), force_terminal=terminal, _environ=environ)
    assert shows_links(console, environ) is links


def test_buttons_with_their_numbers() -> None:
    row = [(1, Button("In context", "c")), (2, Button("Original", url="https://a.example"))]
    assert button_line(row, links=False).plain == "[1] In context   [2] Original (https://a.example)"
    assert button_line(row, links=True).plain == "[1] In context   [2] Original"


def test_attachments_are_named() -> None:
    console = Console(file=io.StringIO(), width=60)
    file = Attachment("document", "feeds.opml", b"x" * 1234)
    console.print(Indented(body(Message(1, 1, None, NOON, parse("all"), attachment=file), links=False)))
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue() == "  [document: feeds.opml, 1.2 kB]\n  all\n"
