import pytest

from summaries.threads.naming import name_of


@pytest.mark.parametrize(
    ("headlines", "name"),
    [
        pytest.param([], "", id="none"),
        pytest.param(["Ferry sinks"], "Ferry sinks", id="one"),
        pytest.param(
            ["Divers at work", "Ferry sinks off Velmora", "Velmora ferry: captain held"],
            "Ferry sinks off Velmora",
            id="the one that shares most",
        ),
        pytest.param(["Ferry sinks", "Ferry sinks"], "Ferry sinks", id="alike"),
        pytest.param(
            ["Ferry " * 30, "Divers at the ferry", "Ferry found"], "Divers at the ferry", id="a sentence is no name"
        ),
        pytest.param(["It was so", "And so it was"], "It was so", id="nothing but stop words"),
    ],
)
def test_the_name_of_a_story(headlines: list[str], name: str) -> None:
    assert name_of([(headline, "en") for headline in headlines]) == name
