"""`backchannel relate`: articles in, their events and stories out."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from bot import cli
from tests.rivals import OP_ED, REPORT, News, everyday

FERRY = {"id": "f", "text": "A ferry capsized in the bay of Velmora on Monday. Divers search its hull.", "lang": "en"}
AGAIN = {
    "id": 7,
    "title": "Divers",
    "text": "Divers search the hull of the ferry that capsized off Velmora.",
    "lang": "en-GB",
}
OTHER = {"id": "o", "title": "The library of Brandt lends violins", "text": None, "date": "2031-05-20"}


def relate(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, data: bytes) -> tuple[int, Any, str]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    code = cli.main(["relate", "--jsonl"])
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err


def jsonl(*lines: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def line(id: str, news: News) -> dict[str, Any]:
    return {"id": id, "title": news.title, "text": news.text, "date": str(news.when), "source": "Courier", "lang": "en"}


def test_a_line_for_each_article_in_their_order(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, lines, err = relate(capsys, monkeypatch, jsonl(FERRY, OTHER, AGAIN))

    assert (code, err) == (0, "")
    assert lines == [
        {"id": "f", "event": 1, "story": 1},
        {"id": "o", "event": 2, "story": 2},
        {"id": 7, "event": 1, "story": 1},
    ]


def test_nothing_in_nothing_out(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert relate(capsys, monkeypatch, b"\n") == (0, [], "")


def test_a_story_of_many_months(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    stream = sorted([*everyday(60), OP_ED, REPORT], key=lambda news: str(news.when))
    names = [{OP_ED: "op-ed", REPORT: "report"}.get(news, "other") for news in stream]
    _, lines, _ = relate(capsys, monkeypatch, jsonl(*map(line, names, stream)))
    first, last = (next(one for one in lines if one["id"] == name) for name in ("op-ed", "report"))

    assert first["story"] == last["story"]
    assert first["event"] != last["event"]
    assert [one["id"] for one in lines if one["story"] == first["story"]] == ["op-ed", "report"]


def test_events_that_turn_out_to_be_one_are_told_as_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    between = "Prosecutors question the captain of the ferry as divers search its hull."
    texts = ["Divers search the hull of the ferry.", "Prosecutors question the captain.", between, f"Again {between}"]
    _, lines, _ = relate(capsys, monkeypatch, jsonl(*({"id": n, "text": t, "lang": "en"} for n, t in enumerate(texts))))

    assert [(one["event"], one["story"]) for one in lines] == [(1, 1)] * 4


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        pytest.param(b"{", "no article in JSON", id="no JSON"),
        pytest.param(b"\xff\xfe", "no article in JSON", id="no text"),
        pytest.param(b'{"text": "A ferry."}', "no article in JSON", id="no id"),
        pytest.param(b'{"id": 1, "title": " ", "text": ""}', 'neither "title" nor "text"', id="says nothing"),
    ],
)
def test_a_bad_line_is_told_by_its_number_and_skipped(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, bad: bytes, reason: str
) -> None:
    code, lines, err = relate(capsys, monkeypatch, jsonl(FERRY) + bad + b"\n" + jsonl(AGAIN))

    assert code == 1
    assert [one["event"] for one in lines] == [1, 1]
    assert err.startswith("backchannel: standard input, line 2: ")
    assert reason in err
    assert err.count("\n") == 1


def test_a_file_by_its_name(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(jsonl(FERRY))

    assert cli.main(["relate", "--jsonl", str(path)]) == 0
    assert json.loads(capsys.readouterr().out) == {"id": "f", "event": 1, "story": 1}
    assert cli.main(["relate", "--jsonl", str(tmp_path / "none")]) == 1
    assert "none" in capsys.readouterr().err


def test_the_form_must_be_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["relate"])

    assert left.value.code == 2
    assert "--jsonl" in capsys.readouterr().err
