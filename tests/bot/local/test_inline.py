import json
from typing import Any

import pytest

from bot.local.server import LocalServer
from bot.local.world import Event, InlineQuery
from tests.bot.local.worlds import Clock, call, result, updates


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> LocalServer:
    return LocalServer(clock=clock)


@pytest.fixture
def query(server: LocalServer) -> InlineQuery:
    return server.type_inline(server.person("Sana"), "harbour strike")


def article(id: str = "1", **fields: Any) -> dict[str, Any]:
    content = {"message_text": "<b>Ferry</b> sails", "parse_mode": "HTML"}
    return {"type": "article", "id": id, "title": "Ferry", "input_message_content": content, **fields}


async def test_the_bot_hears_what_is_typed(server: LocalServer, query: InlineQuery) -> None:
    (heard,) = await updates(server)
    inline = heard["inline_query"]
    assert (inline["id"], inline["query"], inline["offset"]) == (query.id, "harbour strike", "")
    assert inline["from"]["first_name"] == "Sana"


async def test_an_answer_is_kept_and_shown(server: LocalServer, query: InlineQuery) -> None:
    seen: list[Event] = []
    server.listeners.append(seen.append)
    keyboard = {"inline_keyboard": [[{"text": "Original", "url": "https://tarn.example/1"}]]}
    given = [article(description="sails again", reply_markup=keyboard)]
    button = {"text": "Ask me", "start_parameter": "search"}
    await result(
        server, "answerInlineQuery", inline_query_id=query.id, results=given, next_offset="9.0", button=button,
        cache_time=5, is_personal=True,
    )  # fmt: skip
    answer = server.world.inline_answers[query.id]
    (shown,) = answer.results
    assert (shown.title, shown.description, shown.content.text) == ("Ferry", "sails again", "Ferry sails")
    assert shown.keyboard[0][0].url == "https://tarn.example/1"
    assert (answer.next_offset, answer.button, answer.start) == ("9.0", "Ask me", "search")
    assert (answer.cache_time, answer.personal) == (5, True)
    assert [(event.kind, event.text) for event in seen] == [("inline", query.id)]


async def test_sending_an_answer_says_by_way_of_which_bot(server: LocalServer, query: InlineQuery) -> None:
    await result(server, "answerInlineQuery", inline_query_id=query.id, results=[article()])
    await updates(server)
    (chosen,) = server.world.inline_answers[query.id].results
    server.send_inline(query.person, chosen)
    (heard,) = await updates(server)
    assert heard["message"]["via_bot"]["id"] == server.bot.id
    assert heard["message"]["text"] == "Ferry sails"


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        pytest.param({"results": [article(str(n)) for n in range(51)]}, "RESULTS_TOO_MUCH", id="too-many"),
        pytest.param({"results": [article(), article()]}, "RESULT_ID_DUPLICATE", id="twice-the-same-id"),
        pytest.param({"results": [article("ж" * 33)]}, "RESULT_ID_INVALID", id="id-over-64-bytes"),
        pytest.param({"results": [article("")]}, "RESULT_ID_INVALID", id="no-id"),
        pytest.param({"results": [article(title=" ")]}, '"title"', id="no-title"),
        pytest.param({"results": [article(type="photo")]}, "only articles", id="another-kind"),
        pytest.param({"results": [article(input_message_content=None)]}, "input_message_content", id="nothing-to-send"),
        pytest.param({"results": [article(url="no link")]}, "WEBPAGE_URL_INVALID", id="bad-link"),
        pytest.param({"results": ["text"]}, "must be an Object", id="no-object"),
        pytest.param(
            {"results": [article(input_message_content={"message_text": "<b>", "parse_mode": "HTML"})]},
            "can't parse entities",
            id="bad-markup",
        ),
        pytest.param(
            {"results": [article(input_message_content={"message_text": "x" * 4097})]}, "too long", id="too-long"
        ),
        pytest.param({"results": [], "next_offset": "x" * 65}, "NEXT_OFFSET_INVALID", id="offset-over-64-bytes"),
        pytest.param({"results": [], "button": {"text": "Ask"}}, "exactly one", id="button-without-a-target"),
        pytest.param({"results": [], "button": {"text": "", "start_parameter": "a"}}, "non-empty", id="no-label"),
        pytest.param(
            {"results": [], "button": {"text": "Ask", "start_parameter": "a b"}}, "START_PARAM", id="bad-parameter"
        ),
        pytest.param({}, "results isn't specified", id="no-results"),
        pytest.param({"results": [], "inline_query_id": "other"}, "query is too old", id="unknown-query"),
    ],
)
async def test_what_is_refused(server: LocalServer, query: InlineQuery, fields: dict[str, Any], refusal: str) -> None:
    answer = await call(server, "answerInlineQuery", **{"inline_query_id": query.id, **fields})
    assert refusal in answer["description"]
    assert query.id not in server.world.inline_answers


async def test_an_old_query_is_refused(server: LocalServer, clock: Clock, query: InlineQuery) -> None:
    clock.pass_(minutes=16)
    answer = await call(server, "answerInlineQuery", inline_query_id=query.id, results=json.dumps([]))
    assert "query is too old" in answer["description"]


async def test_what_is_typed_is_cut_as_clients_cut_it(server: LocalServer) -> None:
    assert len(server.type_inline(server.person("Sana"), "x" * 300).text) == 256
