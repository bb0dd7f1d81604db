import pytest

from handlers import edits


@pytest.mark.parametrize(
    ("words", "name"),
    [
        pytest.param(" The\nTarn  Mail ", "The Tarn Mail", id="white-space"),
        pytest.param("", None, id="nothing"),
        pytest.param("\u2800\u200f", None, id="nothing-to-see"),
        pytest.param("x" * 100, "x" * 100, id="longest"),
        pytest.param("x" * 101, None, id="too-long"),
    ],
)
def test_names(words: str, name: str | None) -> None:
    assert edits.read_name(words) == name


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        pytest.param("a b", ("a", "b"), id="spaces"),
        pytest.param("#a,#b; a", ("a", "b"), id="hashes-commas-and-twice"),
        pytest.param("خبر بندرگاہ", ("خبر", "بندرگاہ"), id="Urdu"),
        pytest.param("-", (), id="none"),
        pytest.param("", None, id="nothing"),
        pytest.param("# ,", None, id="nothing-but-marks"),
        pytest.param("x" * 51, None, id="too-long"),
        pytest.param(" ".join(map(str, range(41))), None, id="too-many"),
    ],
)
def test_tags(words: str, tags: tuple[str, ...] | None) -> None:
    assert edits.read_tags(words) == tags


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        pytest.param("country=Tarn", {"old": "1", "country": "Tarn"}, id="another"),
        pytest.param("old=2\ncountry=The Isles; k=a=b", {"old": "2", "country": "The Isles", "k": "a=b"}, id="several"),
        pytest.param("old=", {}, id="taken-away"),
        pytest.param("-", {}, id="all-taken-away"),
        pytest.param("country", None, id="no-value"),
        pytest.param("=Tarn", None, id="no-key"),
        pytest.param("", None, id="nothing"),
        pytest.param("country=" + "x" * 51, None, id="too-long"),
        pytest.param(",".join(f"k{n}=v" for n in range(20)), None, id="too-many"),
    ],
)
def test_labels(words: str, labels: dict[str, str] | None) -> None:
    assert edits.read_labels(words, {"old": "1"}) == labels


@pytest.mark.parametrize(
    ("words", "url"),
    [
        pytest.param("news.example/feed", "https://news.example/feed", id="as-browsers-show-it"),
        pytest.param("http://news.example", "http://news.example", id="as-it-is"),
        pytest.param("the harbour.", "the harbour.", id="words"),
        pytest.param("harbour", "harbour", id="a-word"),
    ],
)
def test_addresses(words: str, url: str) -> None:
    assert edits.address(words) == url
