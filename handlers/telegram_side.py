"""The rest of Telegram, as `handlers.outside` asks for it: membership, other chats, menus."""

import logging
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass

from telegram import Bot, ChatMember, ChatMemberAdministrator, ChatMemberRestricted
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from handlers import menus
from handlers.access import Role, role_of, runs_chat
from handlers.answer import Place, send
from handlers.asked import Command
from handlers.document import Document
from handlers.outside import ChatFound
from handlers.standing import Standings
from summaries.desk import Desk

log = logging.getLogger(__name__)

_REFUSALS = (BadRequest, Forbidden, ChatMigrated)


@dataclass(frozen=True)
class TelegramSide:
    bot: Bot
    desk: Desk
    admins: Collection[int]
    commands: Sequence[Command]
    standings: Standings

    async def runs(self, chat: int, person: int) -> bool:
        return await self.standings.runs(chat, person, lambda: self._runs(chat, person))

    async def _runs(self, chat: int, person: int) -> bool:
        """Of others than itself a bot that is no administrator may hear only by the list of administrators."""
        with suppress(*_REFUSALS):
            return runs_chat((await self.bot.get_chat_member(chat, person)).status)
        try:
            return any(one.user.id == person for one in await self.bot.get_chat_administrators(chat))
        except _REFUSALS as error:
            log.info("Chat %d does not say who administers it: %s", chat, error)
            return False

    async def is_admin(self, person: int) -> bool:
        known = await self.desk.person(person)
        return role_of(person, known, self.admins, runs_chat=False) is Role.ADMIN

    async def may_post(self, chat: int) -> bool:
        try:
            return may_write(await self.bot.get_chat_member(chat, self.bot.id), channel=await self._is_channel(chat))
        except _REFUSALS:
            return False

    async def _is_channel(self, chat: int) -> bool:
        return (await self.bot.get_chat(chat)).type == ChatType.CHANNEL

    async def find(self, chat: int | str) -> ChatFound | None:
        try:
            found = await self.bot.get_chat(chat)
        except ChatMigrated as error:
            return await self.find(error.new_chat_id)
        except _REFUSALS:
            return None
        return ChatFound(found.id, ChatType(found.type).value, found.effective_name or "", found.username or "")

    async def tell(self, chat: int, document: Document) -> bool:
        try:
            await send(self.bot, Place(chat), document)
        except TelegramError as error:
            log.info("Chat %d could not be told something: %s", chat, error)
            return False
        return True

    async def publish_menu(self, chat: int) -> None:
        language = (await self.desk.subscribers.known(chat)).language
        if await self.is_admin(chat):
            await menus.publish(self.bot, menus.of_admin(chat, language, self.commands))
        else:
            await menus.publish(self.bot, menus.of_chat(chat, language, self.commands, private=chat > 0))


def may_write(member: ChatMember, *, channel: bool) -> bool:
    """Whether a bot of this standing may send messages (Bot API, ChatMember)."""
    if isinstance(member, ChatMemberAdministrator):
        return bool(member.can_post_messages) if channel else True
    if isinstance(member, ChatMemberRestricted):
        return member.is_member and member.can_send_messages
    return not channel and member.status in (ChatMemberStatus.MEMBER, ChatMemberStatus.OWNER)
