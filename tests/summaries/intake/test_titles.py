import pytest

from summaries.intake.titles import best_title


@pytest.mark.parametrize(
    ("candidates", "title"),
    [
        pytest.param(["The bridge fell", "The bridge fell | The Daral Post"], "The bridge fell", id="first"),
        pytest.param(["The bridge fell | The Daral Post"], "The bridge fell", id="outlet-after-bar"),
        pytest.param(["The bridge fell - Daral Post"], "The bridge fell", id="outlet-without-article"),
        pytest.param(["The bridge fell - World - The Daral Post"], "The bridge fell - World", id="only-the-outlet"),
        pytest.param(["Plan - A"], "Plan - A", id="not-any-last-part"),
        pytest.param(["The bridge fe...", "The bridge fell at night"], "The bridge fell at night", id="cut-off"),
        pytest.param(["The Daral Post", "The bridge fell"], "The bridge fell", id="not-the-outlet-itself"),
        pytest.param(["Ja", "The bridge fell"], "The bridge fell", id="too-short"),
        pytest.param([], "", id="none"),
    ],
)
def test_the_best_title_is_the_articles_own(candidates: list[str], title: str) -> None:
    assert best_title(candidates, "The Daral Post") == title
