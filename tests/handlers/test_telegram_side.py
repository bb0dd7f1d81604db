from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import ChatMember, ChatMemberAdministrator, ChatMemberLeft, ChatMemberMember, ChatMemberRestricted, User

from bot.local.limits import bad_request
from bot.local.params import Params
from handlers.compose import line
from handlers.front import KEY
from handlers.telegram_side import TelegramSide, may_write
from handlers.texts import texts
from tests.handlers.world import World, world

BOT = User(7, "Backchannel", is_bot=True)


def administrator(*, posts: bool | None) -> ChatMember:
    no = dict.fromkeys(
        (
            "can_be_edited",
            "is_anonymous",
            "can_manage_chat",
            "can_delete_messages",
            "can_manage_video_chats",
            "can_restrict_members",
            "can_promote_members",
            "can_change_info",
            "can_invite_users",
            "can_post_stories",
            "can_edit_stories",
            "can_delete_stories",
        ),
        False,
    )
    return ChatMemberAdministrator(BOT, can_post_messages=posts, **no)


def restricted(*, there: bool, sends: bool) -> ChatMember:
    body = {"status": "restricted", "user": BOT.to_dict(), "is_member": there, "can_send_messages": sends}
    others = (
        "can_change_info can_invite_users can_pin_messages can_send_polls can_send_other_messages can_manage_topics "
        "can_add_web_page_previews can_send_audios can_send_documents can_send_photos can_send_videos can_edit_tag "
        "can_send_video_notes can_send_voice_notes can_react_to_messages"
    )
    made = ChatMember.de_json({**body, **dict.fromkeys(others.split(), False), "until_date": 0}, None)
    assert isinstance(made, ChatMemberRestricted)
    return made


@pytest.mark.parametrize(
    ("member", "channel", "may"),
    [
        pytest.param(ChatMemberMember(BOT), False, True, id="member"),
        pytest.param(ChatMemberMember(BOT), True, False, id="member-of-a-channel"),
        pytest.param(ChatMemberLeft(BOT), False, False, id="gone"),
        pytest.param(administrator(posts=None), False, True, id="administrator-of-a-group"),
        pytest.param(administrator(posts=True), True, True, id="who-may-post"),
        pytest.param(administrator(posts=False), True, False, id="who-may-not-post"),
        pytest.param(restricted(there=True, sends=True), False, True, id="restricted-otherwise"),
        pytest.param(restricted(there=True, sends=False), False, False, id="restricted"),
        pytest.param(restricted(there=False, sends=True), False, False, id="restricted-and-gone"),
    ],
)
def test_where_a_bot_may_write(member: ChatMember, channel: bool, may: bool) -> None:
    assert may_write(member, channel=channel) is may


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        yield made


def side_of(there: World) -> TelegramSide:
    side: TelegramSide = there.application.bot_data[KEY].side(there.application.bot)
    return side


async def test_where_members_are_hidden_the_list_of_administrators_tells(there: World) -> None:
    mira = there.server.person("Mira")
    group = there.server.group("Newsroom", there.reader, mira)

    def hidden(method: str, params: Params) -> None:
        if method == "getChatMember":
            raise bad_request("member list is inaccessible")

    there.server.trouble = hidden
    side = side_of(there)
    assert (await side.runs(group.id, there.reader.id), await side.runs(group.id, mira.id)) == (True, False)
    assert len(there.server.refusals) == 2
    there.server.refusals.clear()


async def test_of_a_chat_that_telegram_does_not_show_nobody_is_an_administrator(there: World) -> None:
    side = side_of(there)
    assert not await side.runs(-1, there.reader.id)
    assert not await side.may_post(-1)
    assert await side.find("@nowhere") is None
    assert not await side.tell(-1, line(texts("en"), "hello"))
    there.server.refusals.clear()


async def test_a_group_that_moved_is_found_where_it_is_now(there: World) -> None:
    group = there.server.group("Newsroom", there.reader, kind="group")
    new = there.server.migrate(group)
    found = await side_of(there).find(group.id)
    assert found is not None
    assert (found.id, found.kind) == (new.id, "supergroup")
    there.server.refusals.clear()
