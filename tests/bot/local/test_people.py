import pytest

from bot.local.server import LocalServer
from tests.bot.local.worlds import Clock, result, updates


@pytest.fixture
def server() -> LocalServer:
    return LocalServer(clock=Clock())


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        pytest.param("good morning", False, id="talk"),
        pytest.param("/latest", True, id="command"),
        pytest.param("/latest@backchannel_bot 3", True, id="command to it"),
        pytest.param("/latest@Backchannel_Bot", True, id="command to it, in capitals"),
        pytest.param("/latest@other_bot", False, id="command to another"),
        pytest.param("well, /latest", False, id="command in the middle"),
    ],
)
async def test_privacy_mode_hides_what_is_not_for_it(server: LocalServer, text: str, heard: bool) -> None:
    owner = server.person("Owner")
    group = server.group("Harbour watch", owner)
    await updates(server)
    server.say(owner, text, group)
    assert [update["message"]["text"] for update in await updates(server)] == ([text] if heard else [])


async def test_a_reply_to_the_bot_is_heard(server: LocalServer) -> None:
    owner = server.person("Owner")
    group = server.group("Harbour watch", owner)
    await result(server, "sendMessage", chat_id=group.id, text="hello")
    await updates(server)
    server.say(owner, "thanks", group, reply_to=server.transcript(group)[-1])
    heard = await updates(server)
    assert heard[0]["message"]["reply_to_message"]["text"] == "hello"


async def test_an_administrator_bot_hears_everything(server: LocalServer) -> None:
    owner = server.person("Owner")
    group = server.group("Harbour watch", owner)
    server.add_bot(group, owner, "administrator")
    await updates(server)
    server.say(owner, "good morning", group)
    assert len(await updates(server)) == 1


async def test_the_bot_hears_that_it_was_added_and_removed(server: LocalServer) -> None:
    owner = server.person("Owner")
    group = server.group("Harbour watch", owner)
    server.kick_bot(group, owner)
    changes = [update["my_chat_member"] for update in await updates(server)]
    assert [(c["old_chat_member"]["status"], c["new_chat_member"]["status"]) for c in changes] == [
        ("left", "member"),
        ("member", "kicked"),
    ]


async def test_blocking_and_coming_back(server: LocalServer) -> None:
    mira = server.person("Mira")
    server.say(mira, "/start")
    server.block(mira)
    with pytest.raises(ValueError, match="Mira has blocked the bot"):
        server.say(mira, "hello?")
    server.unblock(mira)
    server.say(mira, "hello")
    kinds = [sorted(set(update) - {"update_id"})[0] for update in await updates(server)]
    assert kinds == ["message", "my_chat_member", "my_chat_member", "message"]


async def test_joining_and_leaving_are_service_messages(server: LocalServer) -> None:
    owner, guest = server.person("Owner"), server.person("Guest")
    group = server.group("Harbour watch", owner)
    await updates(server)
    server.join(group, guest)
    server.leave(group, guest)
    heard = [update["message"] for update in await updates(server)]
    assert heard[0]["new_chat_members"][0]["id"] == heard[1]["left_chat_member"]["id"] == guest.id


async def test_a_channel_speaks_in_its_own_name(server: LocalServer) -> None:
    owner = server.person("Owner")
    channel = server.channel("Harbour news", owner, username="harbour_news")
    await updates(server)
    server.say(owner, "low tide", channel)
    post = (await updates(server))[0]["channel_post"]
    assert (post["sender_chat"]["title"], "from" in post) == ("Harbour news", False)
    sent = await result(server, "sendMessage", chat_id="@harbour_news", text="high tide")
    assert sent["sender_chat"]["id"] == channel.id


async def test_a_person_edits(server: LocalServer) -> None:
    mira = server.person("Mira")
    server.revise(server.say(mira, "/latset"), "/latest")
    edited = (await updates(server))[1]["edited_message"]
    assert (edited["text"], edited["message_id"]) == ("/latest", 1)
    assert [message.text for message in server.transcript(mira)] == ["/latest"]


async def test_a_document_can_be_fetched(server: LocalServer) -> None:
    server.send_document(server.person("Mira"), "feeds.opml", b"<opml/>")
    document = (await updates(server))[0]["message"]["document"]
    file = await result(server, "getFile", file_id=document["file_id"])
    assert (file["file_size"], document["file_name"]) == (7, "feeds.opml")


async def test_buttons_are_pressed_by_label_or_place(server: LocalServer) -> None:
    mira = server.person("Mira")
    server.say(mira, "/start")
    rows = [[{"text": "A", "callback_data": "a"}, {"text": "L", "url": "https://a.example"}]]
    await result(server, "sendMessage", chat_id=mira.id, text="x", reply_markup={"inline_keyboard": rows})
    shown = server.transcript(mira)[-1]
    assert server.press(mira, shown, "A").button == server.press(mira, shown, 0).button
    with pytest.raises(ValueError, match="no button 'B' under message 2; there are: 'A', 'L'"):
        server.press(mira, shown, "B")
    with pytest.raises(ValueError, match="the bot does not hear of it"):
        server.press(mira, shown, "L")


async def test_a_press_on_a_deleted_message_carries_no_text(server: LocalServer) -> None:
    mira = server.person("Mira")
    server.say(mira, "/start")
    rows = [[{"text": "A", "callback_data": "a"}]]
    await result(server, "sendMessage", chat_id=mira.id, text="x", reply_markup={"inline_keyboard": rows})
    shown = server.transcript(mira)[-1]
    await result(server, "deleteMessage", chat_id=mira.id, message_id=shown.id)
    server.press(mira, shown, "A")
    message = (await updates(server))[-1]["callback_query"]["message"]
    assert (message["date"], "text" in message) == (0, False)
