import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Bot, InputFile
from telegram.error import BadRequest, ChatMigrated, EndPointNotFound, Forbidden, RetryAfter

from bot.local.limits import Refusal
from bot.local.params import Params, Upload
from bot.local.people import ADMIN_ID
from bot.local.server import LocalServer
from bot.local.world import Chat, Person
from tests.bot.local.worlds import Clock, call, result, updates


def keyboard(**button: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Go", **button}]]}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> LocalServer:
    return LocalServer(clock=clock)


@pytest.fixture
def mira(server: LocalServer) -> Person:
    """Somebody who has written to the bot."""
    person = server.person("Mira")
    server.say(person, "/start")
    return person


@pytest.mark.parametrize(
    ("values", "description"),
    [
        pytest.param({"text": ""}, "message text is empty", id="no text"),
        pytest.param({"text": " \n\u200b"}, "text must be non-empty", id="nothing to see"),
        pytest.param({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty", id="nothing in tags"),
        pytest.param({"text": "x" * 4097}, "message is too long", id="4097 units"),
        pytest.param({"text": "🛳" * 2049}, "message is too long", id="4098 units in 2049 characters"),
        pytest.param(
            {"text": "a<p>b", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "p" at byte offset 1',
            id="markup",
        ),
        pytest.param({"text": "*x*", "parse_mode": "Fancy"}, "unsupported parse_mode", id="unknown parse mode"),
        pytest.param({"text": "x", "chat_id": 99}, "chat not found", id="nobody"),
        pytest.param({"text": "x", "chat_id": ""}, "chat_id is empty", id="no chat"),
        pytest.param({"text": "x", "message_thread_id": 7}, "message thread not found", id="no such topic"),
        pytest.param(
            {"text": "x", "reply_parameters": {"message_id": 77}}, "message to be replied not found", id="no such reply"
        ),
        pytest.param({"text": "x", "reply_markup": "{"}, "can't parse reply markup JSON object", id="broken JSON"),
        pytest.param({"text": "x", "reply_markup": []}, "object expected as reply markup", id="no keyboard"),
        pytest.param(
            {"text": "x", "reply_markup": keyboard(callback_data="x" * 65)}, "BUTTON_DATA_INVALID", id="65 bytes"
        ),
        pytest.param(
            {"text": "x", "reply_markup": keyboard(callback_data="é" * 33)}, "BUTTON_DATA_INVALID", id="66 bytes of 33"
        ),
        pytest.param({"text": "x", "reply_markup": keyboard(callback_data="")}, "BUTTON_DATA_INVALID", id="0 bytes"),
        pytest.param(
            {"text": "x", "reply_markup": keyboard()},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
            id="button that does nothing",
        ),
        pytest.param(
            {"text": "x", "reply_markup": keyboard(url="http://localhost/x")},
            "inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
            id="URL without a domain",
        ),
        pytest.param(
            {"text": "x", "reply_markup": keyboard(url="mailto:a@b.example")},
            "inline keyboard button URL 'mailto:a@b.example' is invalid: Unsupported URL protocol",
            id="URL of another protocol",
        ),
        pytest.param(
            {"text": "x", "reply_markup": keyboard(url="https://a.example/" + "x" * 2048)},
            "BUTTON_URL_INVALID",
            id="endless URL",
        ),
        pytest.param(
            {"text": "x", "entities": [{"type": "bold", "offset": -1, "length": 1}]},
            "can't parse entities: Receive an entity with incorrect offset or length",
            id="entity before the text",
        ),
        pytest.param(
            {"text": "x", "entities": [{"type": "bold", "offset": 0}]},
            "can't parse MessageEntity: Object missing required field `length`",
            id="entity without a length",
        ),
        pytest.param({"text": '"\ud800"'}, "strings must be encoded in UTF-8", id="half a character"),
    ],
)
async def test_refuses_a_message_in_its_words(
    server: LocalServer, mira: Person, values: dict[str, Any], description: str
) -> None:
    answer = await call(server, "sendMessage", **{"chat_id": mira.id, **values})
    assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {description}"}
    assert server.refusals == [("sendMessage", f"Bad Request: {description}")]
    assert len(server.transcript(mira)) == 1


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"text": "x" * 4096}, id="4096 units"),
        pytest.param({"text": f"<b>{'x' * 4096}</b>&#32;", "parse_mode": "HTML"}, id="4096 units after parsing"),
        pytest.param({"text": "x", "reply_markup": keyboard(callback_data="x" * 64)}, id="64 bytes"),
        pytest.param({"text": "x", "reply_markup": keyboard(url="tg://resolve?domain=desk")}, id="telegram's own URL"),
        pytest.param({"text": "x", "reply_markup": keyboard(url="a.example")}, id="URL without a scheme"),
        pytest.param({"text": "x", "reply_parameters": {"message_id": 1}}, id="reply"),
        pytest.param(
            {"text": "x", "reply_parameters": {"message_id": 7, "allow_sending_without_reply": True}}, id="lax reply"
        ),
    ],
)
async def test_takes_what_is_just_allowed(server: LocalServer, mira: Person, values: dict[str, Any]) -> None:
    await result(server, "sendMessage", chat_id=mira.id, **values)
    assert server.refusals == []


async def to_stranger(server: LocalServer) -> int:
    return server.person("Stranger").id


async def to_blocker(server: LocalServer) -> int:
    person = server.person("Blocker")
    server.say(person, "/start")
    server.block(person)
    return person.id


async def to_gone(server: LocalServer) -> int:
    person = server.person("Gone")
    server.say(person, "/start")
    server.deactivate(person)
    return person.id


def in_group(act: Callable[[LocalServer, Chat, Person], object], **how: Any) -> Callable[[LocalServer], Any]:
    async def prepare(server: LocalServer) -> int:
        owner = server.person("Owner")
        group = server.group("Harbour watch", owner, **how)
        act(server, group, owner)
        return group.id

    return prepare


def mute(server: LocalServer, group: Chat, owner: Person) -> None:
    group.muted = True


async def to_channel_as_guest(server: LocalServer) -> int:
    owner = server.person("Owner")
    channel = server.channel("Harbour news", owner)
    server.add_bot(channel, owner, "member")
    return channel.id


@pytest.mark.parametrize(
    ("prepare", "code", "description"),
    [
        pytest.param(to_stranger, 403, "Forbidden: bot can't initiate conversation with a user", id="never wrote"),
        pytest.param(to_blocker, 403, "Forbidden: bot was blocked by the user", id="blocked"),
        pytest.param(to_gone, 403, "Forbidden: user is deactivated", id="deactivated"),
        pytest.param(
            in_group(LocalServer.kick_bot), 403, "Forbidden: bot was kicked from the supergroup chat", id="kicked"
        ),
        pytest.param(
            in_group(LocalServer.kick_bot, kind="group"), 403, "Forbidden: bot was kicked from the group chat", id="old"
        ),
        pytest.param(
            in_group(lambda server, chat, by: server.add_bot(chat, by, "left")),
            403,
            "Forbidden: bot is not a member of the supergroup chat",
            id="left",
        ),
        pytest.param(
            in_group(mute), 400, "Bad Request: not enough rights to send text messages to the chat", id="mute"
        ),
        pytest.param(
            to_channel_as_guest, 400, "Bad Request: need administrator rights in the channel chat", id="channel guest"
        ),
    ],
)
async def test_refuses_to_write_there(
    server: LocalServer, prepare: Callable[[LocalServer], Any], code: int, description: str
) -> None:
    answer = await call(server, "sendMessage", chat_id=await prepare(server), text="x")
    assert (answer["error_code"], answer["description"]) == (code, description)


async def test_a_closed_topic_takes_nothing_and_an_open_one_does(server: LocalServer) -> None:
    group = server.group("Harbour watch", server.person("Owner"), forum=True)
    topic = server.topic(group, "Ferries")
    sent = await result(server, "sendMessage", chat_id=group.id, text="x", message_thread_id=topic.id)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic.id, True)
    topic.closed = True
    answer = await call(server, "sendMessage", chat_id=group.id, text="x", message_thread_id=topic.id)
    assert answer["description"] == "Bad Request: TOPIC_CLOSED"


async def test_a_migrated_group_names_the_new_one(server: LocalServer) -> None:
    group = server.group("Harbour watch", server.person("Owner"), kind="group")
    await updates(server)
    new = server.migrate(group)
    answer = await call(server, "sendMessage", chat_id=group.id, text="x")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": new.id}
    told = [update["message"] for update in await updates(server)]
    assert [told[0]["migrate_to_chat_id"], told[1]["migrate_from_chat_id"]] == [new.id, group.id]
    assert await result(server, "sendMessage", chat_id=new.id, text="x")


async def test_a_flood_holds_one_chat_for_as_long_as_it_says(server: LocalServer, clock: Clock, mira: Person) -> None:
    other = server.person("Other")
    server.say(other, "/start")
    server.flood(mira, 5)
    answer = await call(server, "sendMessage", chat_id=mira.id, text="x")
    assert (answer["error_code"], answer["description"]) == (429, "Too Many Requests: retry after 5")
    assert answer["parameters"] == {"retry_after": 5}
    await result(server, "sendMessage", chat_id=other.id, text="x")
    clock.pass_(seconds=5)
    await result(server, "sendMessage", chat_id=mira.id, text="x")


async def test_a_flood_of_all_holds_every_chat(server: LocalServer, mira: Person) -> None:
    server.flood(None, 1.5)
    answer = await call(server, "sendMessage", chat_id=mira.id, text="x")
    assert answer["parameters"] == {"retry_after": 2}


async def test_edits_change_what_the_chat_shows(server: LocalServer, clock: Clock, mira: Person) -> None:
    sent = await result(
        server, "sendMessage", chat_id=mira.id, text="looking", reply_markup=keyboard(callback_data="a")
    )
    clock.pass_(seconds=3)
    edited = await result(server, "editMessageText", chat_id=mira.id, message_id=sent["message_id"], text="found")
    assert edited["edit_date"] == sent["date"] + 3
    assert "reply_markup" not in edited
    assert [message.text for message in server.transcript(mira)] == ["/start", "found"]


@pytest.mark.parametrize(
    ("values", "description"),
    [
        pytest.param({"message_id": 99, "text": "x"}, "message to edit not found", id="no such message"),
        pytest.param({"message_id": 1, "text": "x"}, "message can't be edited", id="somebody else's"),
        pytest.param({"text": "x"}, "message identifier is not specified", id="no message"),
        pytest.param({"message_id": 2, "text": "y"}, None, id="its own"),
        pytest.param(
            {"message_id": 2, "text": "x"},
            "message is not modified: specified new message content and reply markup are exactly the same as a current "
            "content and reply markup of the message",
            id="no change",
        ),
    ],
)
async def test_refuses_edits(
    server: LocalServer, mira: Person, values: dict[str, Any], description: str | None
) -> None:
    await result(server, "sendMessage", chat_id=mira.id, text="x")
    answer = await call(server, "editMessageText", chat_id=mira.id, **values)
    assert answer.get("description") == (description and f"Bad Request: {description}")


async def test_buttons_are_changed_alone(server: LocalServer, mira: Person) -> None:
    await result(server, "sendMessage", chat_id=mira.id, text="x")
    markup = keyboard(callback_data="a")
    edited = await result(server, "editMessageReplyMarkup", chat_id=mira.id, message_id=2, reply_markup=markup)
    assert edited["reply_markup"] == markup
    again = await call(server, "editMessageReplyMarkup", chat_id=mira.id, message_id=2, reply_markup=markup)
    assert again["description"].startswith("Bad Request: message is not modified")


async def test_deletes_its_own_for_two_days(server: LocalServer, clock: Clock, mira: Person) -> None:
    for text in ("one", "two"):
        await result(server, "sendMessage", chat_id=mira.id, text=text)
    assert await result(server, "deleteMessage", chat_id=mira.id, message_id=2)
    gone = await call(server, "deleteMessage", chat_id=mira.id, message_id=2)
    assert gone["description"] == "Bad Request: message to delete not found"
    clock.pass_(hours=49)
    late = await call(server, "deleteMessage", chat_id=mira.id, message_id=3)
    assert late["description"] == "Bad Request: message can't be deleted"


async def test_a_press_is_answered_while_it_is_young(server: LocalServer, clock: Clock, mira: Person) -> None:
    await result(server, "sendMessage", chat_id=mira.id, text="x", reply_markup=keyboard(callback_data="a"))
    query = server.press(mira, server.transcript(mira)[-1], "Go")
    pressed = (await updates(server))[-1]["callback_query"]
    assert (pressed["data"], pressed["message"]["message_id"], pressed["from"]["id"]) == ("a", 2, mira.id)
    assert await result(server, "answerCallbackQuery", callback_query_id=query.id, text="done")
    long = await call(server, "answerCallbackQuery", callback_query_id=query.id, text="x" * 201)
    assert long["description"] == "Bad Request: MESSAGE_TOO_LONG"
    clock.pass_(hours=1)
    late = await call(server, "answerCallbackQuery", callback_query_id=query.id)
    assert late["description"] == ("Bad Request: query is too old and response timeout expired or query ID is invalid")


async def test_files_and_captions(server: LocalServer, mira: Person) -> None:
    path = f"/bot{server.token}/sendDocument"
    bot = Bot(server.token, request=server.request(), get_updates_request=server.request())
    sent = await bot.send_document(
        mira.id, InputFile(b"<opml/>", "feeds.opml"), caption="<b>feeds</b>", parse_mode="HTML"
    )
    kept = server.transcript(mira)[-1].attachment
    assert kept is not None
    assert (kept.name, kept.data, sent.caption) == ("feeds.opml", b"<opml/>", "feeds")
    assert sent.document is not None
    assert await (await sent.document.get_file()).download_as_bytearray() == b"<opml/>"
    status, body = await server.answer(
        path, Params({"chat_id": str(mira.id), "document": kept.file_id, "caption": "x" * 1025})
    )
    assert (status, json.loads(body)["description"]) == (400, "Bad Request: message caption is too long")


@pytest.mark.parametrize(
    ("method", "values", "description"),
    [
        pytest.param("sendDocument", {}, "Bad Request: there is no document in the request", id="no document"),
        pytest.param(
            "sendPhoto", {"photo": "x"}, "Bad Request: wrong file identifier/HTTP URL specified", id="unknown"
        ),
        pytest.param(
            "sendChatAction", {"action": "yawn"}, "Bad Request: wrong parameter action in request", id="action"
        ),
        pytest.param("getChatMember", {"user_id": 99}, "Bad Request: user not found", id="unknown member"),
        pytest.param(
            "getChatAdministrators",
            {},
            "Bad Request: there are no administrators in the private chat",
            id="no administrators",
        ),
        pytest.param(
            "setWebhook",
            {"url": "http://x.example"},
            "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
            id="webhook",
        ),
        pytest.param("flyAway", {}, "Not Found", id="no method at all"),
    ],
)
async def test_refuses_other_calls(
    server: LocalServer, mira: Person, method: str, values: dict[str, Any], description: str
) -> None:
    answer = await call(server, method, **{"chat_id": mira.id, **values})
    assert answer["description"] == description
    assert server.refusals == [(method, description)]


async def test_another_token_is_unauthorized(server: LocalServer) -> None:
    status, body = await server.answer("/bot1:wrong/getMe", Params())
    assert (status, json.loads(body)["description"]) == (401, "Unauthorized")


async def test_python_telegram_bot_meets_its_own_errors(server: LocalServer, mira: Person) -> None:
    bot = Bot(server.token, request=server.request(), get_updates_request=server.request())
    stranger = server.person("Stranger")
    group = server.group("Harbour watch", mira, kind="group")
    server.migrate(group)
    async with bot:
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(99, "x")
        with pytest.raises(Forbidden, match="can't initiate conversation"):
            await bot.send_message(stranger.id, "x")
        with pytest.raises(ChatMigrated):
            await bot.send_message(group.id, "x")
        server.flood(mira, 2)
        with pytest.raises(RetryAfter):
            await bot.send_message(mira.id, "x")
        with pytest.raises(EndPointNotFound):
            await bot.do_api_request("flyAway", {"chat_id": mira.id})


async def test_python_telegram_bot_reads_what_was_sent(server: LocalServer, mira: Person) -> None:
    bot = Bot(server.token, request=server.request(), get_updates_request=server.request())
    async with bot:
        assert (bot.id, bot.username) == (server.bot.id, "backchannel_bot")
        sent = await bot.send_message(
            mira.id,
            '🛳 <b>Ferry</b> <a href="https://a.example/x">more</a> <tg-time unix="1783166400">4 July</tg-time>',
            parse_mode="HTML",
            reply_parameters=None,
        )
        chat = await bot.get_chat(mira.id)
    assert [sent.parse_entity(entity) for entity in sent.entities] == ["Ferry", "more", "4 July"]
    assert sent.entities[1].url == "https://a.example/x"
    assert chat.first_name == "Mira"


async def test_standings_and_administrators(server: LocalServer, mira: Person) -> None:
    friend = server.person("Friend")
    group = server.group("Harbour watch", mira, friend)
    server.promote(group, friend, mira)
    bot = Bot(server.token, request=server.request(), get_updates_request=server.request())
    async with bot:
        found = await bot.get_chat_administrators(group.id)
        me = await bot.get_chat_member(group.id, bot.id)
        assert await bot.get_chat_member_count(group.id) == 3
    assert [(member.user.id, member.status) for member in found] == [(mira.id, "creator"), (friend.id, "administrator")]
    assert me.status == "member"


async def test_trouble_can_be_made(server: LocalServer, mira: Person) -> None:
    def trouble(method: str, params: Params) -> None:
        if method == "sendMessage":
            raise Refusal(502, "Bad Gateway")

    server.trouble = trouble
    assert (await call(server, "sendMessage", chat_id=mira.id, text="x"))["error_code"] == 502
    assert await result(server, "getMe")


async def test_the_admin_has_always_the_same_id(server: LocalServer) -> None:
    assert server.speaker("admin").id == server.speaker("admin").id == ADMIN_ID
    assert server.speaker("reader").id != ADMIN_ID


METHODS = ["sendMessage", "editMessageText", "sendDocument", "setMyCommands", "answerCallbackQuery", "getUpdates", "x"]
NAMES = [
    "chat_id",
    "text",
    "parse_mode",
    "reply_markup",
    "reply_parameters",
    "message_id",
    "commands",
    "scope",
    "offset",
]
VALUES = st.text(max_size=20) | st.sampled_from(
    [str(ADMIN_ID), "HTML", "1", "{}", "[]", "[[]]", '{"inline_keyboard":[[{}]]}']
)


@settings(max_examples=150)
@given(st.sampled_from(METHODS), st.dictionaries(st.sampled_from(NAMES), VALUES | st.text()))
async def test_no_request_crashes_the_server(method: str, values: dict[str, str]) -> None:
    server = LocalServer()
    server.say(server.speaker("admin"), "/start")
    status, body = await server.answer(f"/bot{server.token}/{method}", Params(values))
    assert status in {200, 400, 403, 404}
    assert json.loads(body)["ok"] is (status == 200)


PAGE = "<h1>Ferry &amp; port</h1><p>see <b>/help</b></p>"
BLOCKS = [
    {"type": "heading", "text": "Ferry & port", "size": 1},
    {"type": "paragraph", "text": ["see ", {"type": "bold", "text": {"type": "bot_command", "text": "/help"}}]},
]


async def test_a_page_is_sent_and_shown(server: LocalServer, mira: Person) -> None:
    rich = {"html": PAGE, "is_rtl": True}
    keyboard = {"inline_keyboard": [[{"text": "Go", "callback_data": "x"}]]}
    sent = await result(server, "sendRichMessage", chat_id=mira.id, rich_message=rich, reply_markup=keyboard)
    assert sent["rich_message"] == {"blocks": BLOCKS, "is_rtl": True}
    assert "text" not in sent
    shown = server.transcript(mira)[-1]
    assert (shown.text, [button.text for button in shown.buttons]) == ("Ferry & port\nsee /help", ["Go"])


async def test_a_text_becomes_a_page_and_a_page_a_text(server: LocalServer, mira: Person) -> None:
    sent = await result(server, "sendMessage", chat_id=mira.id, text="old")
    place = {"chat_id": mira.id, "message_id": sent["message_id"]}
    edited = await result(server, "editMessageText", **place, rich_message={"html": PAGE})
    assert edited["rich_message"] == {"blocks": BLOCKS}
    again = await call(server, "editMessageText", **place, rich_message={"html": PAGE})
    assert "message is not modified" in again["description"]
    both = await call(server, "editMessageText", **place, rich_message={"html": PAGE}, text="new")
    assert both["description"] == "Bad Request: either text or rich_message must be used"
    back = await result(server, "editMessageText", **place, text="new")
    assert (back["text"], "rich_message" in back) == ("new", False)


async def test_every_kind_of_block_comes_back(server: LocalServer, mira: Person) -> None:
    photo = "https://a.example/x.jpg"
    html = (
        "<hr/><pre>a</pre><footer>b</footer><aside>c<cite>d</cite></aside><blockquote>e<cite>f</cite></blockquote>"
        "<ol><li>g</li></ol><details open><summary>h</summary>i</details><tg-math-block>j</tg-math-block>"
        '<table striped><tr><th colspan="2" align="center"><a href="https://a.example/">k</a></th></tr></table>'
        f'<tg-collage><img src="{photo}"/></tg-collage><figure><img src="{photo}"/><figcaption>l</figcaption></figure>'
    )
    sent = await result(server, "sendRichMessage", chat_id=mira.id, rich_message={"html": html})
    assert sent["rich_message"]["blocks"] == [
        {"type": "divider"},
        {"type": "pre", "text": "a"},
        {"type": "footer", "text": "b"},
        {"type": "pullquote", "text": "c", "credit": "d"},
        {"type": "blockquote", "blocks": [{"type": "paragraph", "text": "e"}], "credit": "f"},
        {"type": "list", "items": [{"label": "1.", "blocks": [{"type": "paragraph", "text": "g"}]}]},
        {"type": "details", "summary": "h", "blocks": [{"type": "paragraph", "text": "i"}], "is_open": True},
        {"type": "mathematical_expression", "expression": "j"},
        {
            "type": "table",
            "cells": [
                [
                    {
                        "text": {"type": "url", "url": "https://a.example/", "text": "k"},
                        "align": "center",
                        "valign": "top",
                        "colspan": 2,
                        "is_header": True,
                    }
                ]
            ],
            "is_striped": True,
        },
        {"type": "collage", "blocks": [{"type": "photo", "url": photo}]},
        {"type": "photo", "url": photo, "caption": "l"},
    ]


@pytest.mark.parametrize(
    ("method", "description"),
    [
        pytest.param("sendRichMessage", "Not Found", id="no such method"),
        pytest.param("editMessageText", "Bad Request: message text is empty", id="no such parameter"),
    ],
)
async def test_a_server_of_before_pages(server: LocalServer, mira: Person, method: str, description: str) -> None:
    server.pages = False
    sent = await result(server, "sendMessage", chat_id=mira.id, text="old")
    answer = await call(
        server, method, chat_id=mira.id, message_id=sent["message_id"], rich_message={"html": "<p>a</p>"}
    )
    assert answer["description"] == description


async def test_pages_are_counted_by_flood_control(server: LocalServer, mira: Person) -> None:
    server.flood(mira, 3)
    answer = await call(server, "sendRichMessage", chat_id=mira.id, rich_message={"html": "<p>a</p>"})
    assert answer["error_code"] == 429


def png(width: int, height: int) -> bytes:
    """As much of a PNG as says how large it is."""
    return b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big")


@pytest.mark.parametrize(
    ("data", "description"),
    [
        pytest.param(png(9000, 1000), "", id="as large as can be"),
        pytest.param(png(9001, 1000), "PHOTO_INVALID_DIMENSIONS", id="too large"),
        pytest.param(png(2000, 100), "", id="as long as can be"),
        pytest.param(png(2001, 100), "PHOTO_INVALID_DIMENSIONS", id="too long"),
        pytest.param(b"x" * 10_000_001, "file is too big", id="too heavy"),
    ],
)
async def test_what_may_be_a_photo(server: LocalServer, mira: Person, data: bytes, description: str) -> None:
    params = Params({"chat_id": str(mira.id)}, {"photo": Upload("x.png", data)})
    _, body = await server.answer(f"/bot{server.token}/sendPhoto", params)
    assert json.loads(body).get("description", "") == (description and f"Bad Request: {description}")
