import pytest
from telegram import Chat, Message, MessageEntity, MessageOriginChannel, MessageOriginChat, User

from handlers.said import NOTHING, Said, said_in
from tests.handlers.world import MORNING

PERSON, BOT = User(1, "Sana", False), User(2, "Backchannel", True)
CHAT = Chat(1, "private")
CHANNEL = Chat(-100, "channel", title="Harbour watch", username="harbourwatch")
GROUP = Chat(-1, "supergroup", title="Dock")
URL, FTP = "https://tarn.example/1", "ftp://tarn.example/1"


def link(offset: int, length: int, url: str | None = None) -> MessageEntity:
    return MessageEntity("text_link" if url else "url", offset, length, url=url)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        pytest.param(None, NOTHING, id="no-message"),
        pytest.param(Message(1, MORNING, CHAT, PERSON, text="hello"), Said("hello"), id="words"),
        pytest.param(Message(1, MORNING, CHAT, BOT, text="hello"), Said("hello", by_bot=True), id="of-a-bot"),
        pytest.param(
            Message(1, MORNING, CHAT, PERSON, text=f"see {URL}", entities=[link(4, len(URL))]),
            Said(f"see {URL}", (URL,)),
            id="link",
        ),
        pytest.param(
            Message(1, MORNING, CHAT, PERSON, text="tarn.example", entities=[link(0, 12)]),
            Said("tarn.example", ("https://tarn.example",)),
            id="link-without-a-scheme",
        ),
        pytest.param(
            Message(1, MORNING, CHAT, PERSON, text="🙂 here and there", entities=[link(8, 3, FTP), link(3, 4, URL)]),
            Said("🙂 here and there", (URL,)),
            id="hidden-links-that-can-be-followed",
        ),
        pytest.param(
            Message(1, MORNING, CHAT, PERSON, caption=URL, caption_entities=[link(0, len(URL))]),
            Said(URL, (URL,)),
            id="caption",
        ),
        pytest.param(
            Message(1, MORNING, CHAT, PERSON, text="x", forward_origin=MessageOriginChannel(MORNING, CHANNEL, 7)),
            Said("x", (), False, True, "Harbour watch", "https://t.me/harbourwatch/7", MORNING),
            id="post-of-a-channel",
        ),
        pytest.param(
            Message(1, MORNING, CHAT, PERSON, text="x", forward_origin=MessageOriginChat(MORNING, GROUP)),
            Said("x", (), False, True, "Dock", "", MORNING),
            id="post-of-a-group",
        ),
    ],
)  # fmt: skip
def test_what_a_message_says(message: Message | None, said: Said) -> None:
    assert said_in(message) == said
