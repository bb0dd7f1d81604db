"""Who says something to the bot: read from updates as Telegram sends them."""

from typing import Any

import pytest
from telegram import Update

from handlers.callers import Called, called, caller
from handlers.rates import COMMAND, KEYSTROKE, PRESS

BOT = "backchannel_bot"
MIRA = {"id": 2, "is_bot": False, "first_name": "Mira"}
PRIVATE = {"id": 2, "type": "private", "first_name": "Mira"}
GROUP = {"id": -5, "type": "supergroup", "title": "Newsroom"}


def update(**message: Any) -> Update:
    body = {"message_id": 9, "date": 0, "from": MIRA, "chat": GROUP, **message}
    made = Update.de_json({"update_id": 1, "message": body}, None)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("message", "meant"),
    [
        pytest.param({"text": "/latest"}, True, id="command"),
        pytest.param({"text": "/LATEST@BackChannel_bot 3"}, True, id="named-in-any-case"),
        pytest.param({"text": "/nonsense"}, False, id="unknown"),
        pytest.param({"text": "/nonsense@backchannel_bot"}, True, id="unknown-but-named"),
        pytest.param({"text": "/latest@other_bot"}, False, id="of-another"),
        pytest.param({"text": "good morning"}, False, id="talk"),
        pytest.param({"text": "/"}, False, id="a-slash"),
        pytest.param({"text": "good morning", "chat": PRIVATE}, True, id="talk-in-private"),
        pytest.param({"text": "/nonsense", "chat": PRIVATE}, True, id="unknown-in-private"),
        pytest.param({"text": "/latest@other_bot", "chat": PRIVATE}, False, id="of-another-in-private"),
        pytest.param({"location": {"latitude": 1.0, "longitude": 2.0}, "chat": PRIVATE}, True, id="a-place-in-private"),
        pytest.param({"chat": PRIVATE}, True, id="something-newer-than-we-know-in-private"),
        pytest.param({"new_chat_title": "Night desk"}, False, id="service"),
        pytest.param({"text": "/latest", "is_automatic_forward": True}, False, id="post-of-the-channel"),
    ],
)
def test_what_is_meant_for_the_bot(message: dict[str, Any], meant: bool) -> None:
    assert (caller(update(**message), BOT, {"latest"}) is not None) is meant


def test_a_reply_to_its_question_is() -> None:
    question = {"message_id": 4, "date": 0, "chat": GROUP, "text": "Which name?"}
    said = update(text="The Tarn Mail", reply_to_message=question)
    assert caller(said, BOT, (), {4}) is not None
    assert caller(said, BOT, (), {5}) is None


def test_edits_and_posts_are_nobody_s_call() -> None:
    for kind in ("edited_message", "channel_post", "edited_channel_post"):
        made = Update.de_json(
            {"update_id": 1, kind: {"message_id": 9, "date": 0, "from": MIRA, "chat": PRIVATE, "text": "/latest"}}, None
        )
        assert made is not None
        assert caller(made, BOT, {"latest"}) is None


def test_presses_and_inline_queries_cost_less() -> None:
    press = {"id": "1", "from": MIRA, "chat_instance": "1", "data": "b:0:1"}
    query = {"id": "1", "from": MIRA, "query": "harbour", "offset": ""}
    pressed = Update.de_json({"update_id": 1, "callback_query": press}, None)
    typed = Update.de_json({"update_id": 1, "inline_query": query}, None)
    assert pressed is not None
    assert typed is not None
    costs = [
        found.cost for each in (update(text="/latest"), pressed, typed) if (found := caller(each, BOT, {"latest"}))
    ]
    assert costs == [COMMAND, PRESS, KEYSTROKE]
    assert COMMAND > PRESS > KEYSTROKE > 0


def test_in_the_name_of_a_group_everybody_is_one_user_so_the_group_pays() -> None:
    anonymous = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group"}
    found = caller(update(text="/latest", **{"from": anonymous, "sender_chat": GROUP}), BOT, {"latest"})
    assert found is not None
    assert found.purse == GROUP["id"]


@pytest.mark.parametrize(
    ("text", "command"),
    [("/latest 3", Called("latest", "")), ("/Latest@Bot", Called("latest", "Bot")), ("latest", None), ("", None)],
)
def test_commands_as_they_are_typed(text: str, command: Called | None) -> None:
    message = update(text=text or None, caption=None).message
    assert message is not None
    assert called(message) == command
