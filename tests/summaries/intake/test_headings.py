import pytest

from summaries.intake.pages import read_html

BODY = """<p>The old bridge over the river Ald fell in the night of Monday, and nobody was hurt, Ostra police said.</p>
<p>It had been closed since spring, when the first cracks were found. A new one will be built of stone.</p>
<p>The mayor said that the town would pay for it, and that the work would begin before the winter came.</p>"""


def page(head: str, body: str) -> bytes:
    return f"<!doctype html><html lang='en'><head>{head}</head><body><article>{body}</article></body></html>".encode()


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        pytest.param("Bridge falls<br>in the night", "Bridge falls in the night", id="line-break"),
        pytest.param("Bridge <em>fa</em>lls at night", "Bridge falls at night", id="emphasis"),
        pytest.param("Bridge falls<!-- x --> at night", "Bridge falls at night", id="comment"),
    ],
)
def test_a_heading_is_read_as_it_looks(heading: str, title: str) -> None:
    assert read_html(page("", f"<h1>{heading}</h1>{BODY}")).title == title


@pytest.mark.parametrize(
    "headings",
    [
        pytest.param('<h1><a href="/">The Daral Post of Ostra</a></h1>', id="home-within"),
        pytest.param('<a href="https://post.example/"><h1>The Daral Post of Ostra</h1></a>', id="home-around"),
        pytest.param('<h1><a href="index.html"><img src="a.png"></a></h1>', id="home-as-a-picture"),
        pytest.param("<h1>Ostra</h1><h2>Bridge falls in Ostra at night</h2>", id="a-lower-rank-says-it"),
        pytest.param("<h1>Kest today</h1>", id="a-section"),
    ],
)
def test_a_heading_that_is_the_site_is_no_title(headings: str) -> None:
    head = "<title>Bridge falls in Ostra at night - Kest today</title>"
    assert read_html(page(head, f"{headings}{BODY}"), url="https://post.example/1").title == (
        "Bridge falls in Ostra at night"
    )


@pytest.mark.parametrize(
    ("around", "title"),
    [
        pytest.param("<h1>Who will pay for the stone?</h1>{}", "Who will pay for the stone?", id="above-the-text"),
        pytest.param(
            "<article><header><h1>Who will pay for the stone?</h1></header>{}</article>",
            "Who will pay for the stone?",
            id="in-the-articles-header",
        ),
        pytest.param(
            "<h1>Who will pay for the stone?</h1><aside><h1>More on bridges and towns</h1></aside>{}",
            "Who will pay for the stone?",
            id="with-something-beside-it",
        ),
        pytest.param(
            "<h1>Who will pay for the stone?</h1><script>" + "x();" * 2000 + "</script>{}",
            "Who will pay for the stone?",
            id="behind-a-script",
        ),
        pytest.param(
            "<h1>Press notes of the town</h1><p><b>Ostra's wettest week</b></p>{}",
            "Ostra's wettest week",
            id="a-section",
        ),
        pytest.param("<header><h1>Good morning, dear readers!</h1></header>{}", "Ostra's wettest week", id="masthead"),
        pytest.param("{}<h1>Six other stories of today</h1>", "Ostra's wettest week", id="below-the-text"),
        pytest.param(
            "<h1>Six other stories of today</h1>" + "<p><a href='/b'>Rain is expected in Kest</a></p>" * 100 + "{}",
            "Ostra's wettest week",
            id="far-above-the-text",
        ),
    ],
)
def test_the_headline_stands_right_above_the_text(around: str, title: str) -> None:
    head = "<title>Ostra's wettest week</title><meta property='og:title' content=\"Ostra's wettest week\">"
    data = f"<html lang=en><head>{head}</head><body>{around.format(BODY)}</body></html>".encode()
    assert read_html(data, url="https://post.example/a/b").title == title


def test_among_headings_that_the_page_is_named_by_the_nearest_to_the_text_is_the_title() -> None:
    head = "<title>Friends of the river Ald - News of the year &raquo; The wettest week</title>"
    headings = "<h1>Win a boat!</h1><h1>Friends of the river Ald</h1><h1>News of the year</h1><h2>The wettest week</h2>"
    assert read_html(page(head, headings + BODY), url="https://post.example/a/b").title == "The wettest week"


def test_a_heading_that_is_a_part_of_the_pages_name_right_above_the_text_is_the_title() -> None:
    name = "The Ice - What the winter did to Kest harbour"
    head = f"<title>{name}</title><meta property='og:title' content='{name}'>"
    assert read_html(page(head, "<h1>The Ice</h1>" + BODY), url="https://post.example/a/b").title == "The Ice"


def test_a_heading_that_leads_somewhere_else_is_one() -> None:
    heading = '<h1><a href="/2031/bridge">Bridge falls</a> at night</h1>'
    assert read_html(page("", f"{heading}{BODY}"), url="https://post.example/1").title == "Bridge falls at night"
