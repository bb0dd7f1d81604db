import io
import json

import pytest
from rich.console import Console

from bot.local.page_contents import read_page
from bot.local.params import Params
from bot.local.render import body
from bot.local.world import Attachment, Message
from tests.bot.local.worlds import NOON


def drawn(html: str, *, width: int = 40, links: bool = False) -> str:
    page = read_page(Params({"rich_message": json.dumps({"html": html})}))
    console = Console(file=io.StringIO(), width=width)
    console.print(body(Message(1, 1, None, NOON, page=page), links=links), highlight=False)
    assert isinstance(console.file, io.StringIO)
    return "\n".join(line.rstrip() for line in console.file.getvalue().rstrip("\n").split("\n"))


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        pytest.param("<h1>a</h1><p>b<br>c</p><p>d</p>", "a\nb\nc\n\nd", id="heading and paragraphs"),
        pytest.param(
            "<details><summary>a</summary><p>b</p><p>c</p></details>", "▸ a\n  b\n\n  c", id="details under a summary"
        ),
        pytest.param("<details open><summary>a</summary>b</details>", "▾ a\n  b", id="open details"),
        pytest.param("<blockquote>a<cite>b</cite></blockquote>", "▎ a\n▎ — b", id="quotation"),
        pytest.param("<aside>a<cite>b</cite></aside>", "❝ a\n❝ — b", id="pull quotation"),
        pytest.param('<ol start="9"><li>a b</li><li>c</li></ol>', "9. a b\n10. c", id="numbers"),
        pytest.param("<ul><li>a<br>b</li></ul>", "• a\n  b", id="an item of two lines"),
        pytest.param(
            "<table><caption>In port</caption><tr><th>Day</th><th>Ships</th></tr>"
            '<tr><td>Mon</td><td align="right">3</td></tr></table>',
            "   In port\n\n Day   Ships\n ───────────\n Mon   3\n",
            id="table",
        ),
        pytest.param(
            '<table><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr></table>',
            "\n a\n b   c\n",
            id="no header",
        ),
        pytest.param("a<hr/>b", "a\n\n" + "─" * 40 + "\n\nb", id="divider"),
        pytest.param('<a href="https://a.example/x">a</a>', "a (https://a.example/x)", id="link"),
        pytest.param("<pre>a\n b</pre>", "│ a\n│  b", id="code"),
        pytest.param(
            '<figure><img src="https://a.example/x.jpg"/><figcaption>c</figcaption></figure>',
            "[photo: https://a.example/x.jpg]\nc",
            id="picture of the web",
        ),
        pytest.param(
            '<tg-slideshow><img src="https://a.example/x.jpg"/></tg-slideshow>',
            "[slideshow]\n[photo: https://a.example/x.jpg]",
            id="slideshow",
        ),
    ],
)
def test_what_a_plain_terminal_shows(html: str, plain: str) -> None:
    assert drawn(html).rstrip() == plain.rstrip()


def test_a_picture_is_named_by_its_words() -> None:
    console = Console(file=io.StringIO(), width=60)
    photo = Attachment("photo", "a bar for each day.png", b"PNG")
    console.print(body(Message(1, 1, None, NOON, attachment=photo), links=False))
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue() == "[picture: a bar for each day]\n"
