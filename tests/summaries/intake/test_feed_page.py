import pytest

from summaries.errors import InputError
from summaries.intake.feed_page import read_entry
from summaries.models import Entry

LINK = "https://courier.example/1"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("The dam holds.", "The dam holds.", id="plain"),
        pytest.param("<p>One  thing.</p><p>Another\nthing.</p>", "One thing.\nAnother thing.", id="paragraphs"),
        pytest.param("First line<br/>second line", "First line\nsecond line", id="a break"),
        pytest.param("Ann &amp; Bob said &lt;no&gt;", "Ann & Bob said <no>", id="references"),
        pytest.param("<p>Text.</p><script>var a = 1;</script><style>p{}</style>", "Text.", id="no code"),
        pytest.param("<figure><figcaption>A dam</figcaption></figure><p>Text.</p>", "Text.", id="no captions"),
        pytest.param("<p>It was <b>never</b> closed", "It was never closed", id="unclosed"),
        pytest.param("<table><tr><td>1</table>After.", "After.", id="an unclosed cell in a table"),
        pytest.param("<p>The council will […]</p>", "The council will", id="cut off by a sign"),
        pytest.param("The council will [&hellip;]", "The council will", id="cut off by a reference"),
        pytest.param("<p>The council met.</p><p>Continue reading →</p>", "The council met.", id="read more"),
        pytest.param(
            "<p>It met.</p><p>The post It met appeared first on Courier.</p>", "It met.", id="where it appeared first"
        ),
    ],
)  # fmt: skip
def test_a_feed_s_html_becomes_lines(html: str, text: str) -> None:
    assert read_entry(Entry("1", "Title", LINK, summary=html)).text == text


def test_the_longer_of_content_and_summary_is_read() -> None:
    assert read_entry(Entry("1", summary="Short.", content="<p>A longer text.</p>")).text == "A longer text."
    assert read_entry(Entry("1", summary="A longer summary.", content="Short.")).text == "A longer summary."


@pytest.mark.parametrize("said", ["", "<p> </p>", "<img src='x'>", "The Title", "Read more"])
def test_what_says_nothing_is_refused(said: str) -> None:
    with pytest.raises(InputError, match=LINK):
        read_entry(Entry("1", "The Title", LINK, summary=said))
