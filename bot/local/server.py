"""A Telegram inside the process: the Bot API's methods, answered in its JSON over a world of people and chats."""

import json
import math
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from telegram.request import BaseRequest

from bot.local import asking, changing, inline, sending
from bot.local.limits import Refusal, Refused, bad_request, conflict, too_many_requests
from bot.local.menus import Menus
from bot.local.params import Params
from bot.local.people import PeopleSide
from bot.local.request import LocalRequest
from bot.local.world import Chat, Event, Json, Person, World

__all__ = ["TOKEN", "Chat", "Event", "LocalServer", "Person"]

TOKEN = "7000000001:local-telegram-of-backchannel"
"""The token of the local bot; it opens nothing anywhere else."""

_Method = Callable[[World, Params], object]

_METHODS: MappingProxyType[str, _Method] = MappingProxyType(
    {
        "getme": asking.get_me,
        "getchat": asking.get_chat,
        "getchatmember": asking.get_chat_member,
        "getchatadministrators": asking.get_chat_administrators,
        "getchatmembercount": asking.get_chat_member_count,
        "getfile": asking.get_file,
        "sendmessage": sending.send_message,
        "sendrichmessage": sending.send_rich_message,
        "sendphoto": sending.send_photo,
        "senddocument": sending.send_document,
        "sendchataction": sending.send_chat_action,
        "editmessagetext": changing.edit_message_text,
        "editmessagereplymarkup": changing.edit_message_reply_markup,
        "deletemessage": changing.delete_message,
        "answercallbackquery": changing.answer_callback_query,
        "answerinlinequery": inline.answer_inline_query,
        "logout": lambda world, params: True,
        "close": lambda world, params: True,
    }
)
"""Names are compared without case, as the real server does. Unknown ones are a 404."""

_PACED = ("send", "edit", "delete")
"""The methods that Telegram's flood control counts."""


def _now() -> datetime:
    return datetime.now(UTC)


class LocalServer(PeopleSide):
    """One bot's Telegram. What it refuses is listed in `refusals`, so that a test can say that nothing was refused.

    `clock` gives the time, aware and in UTC. `trouble`, if set, is asked before every call by method and parameters and
    may raise a `Refusal` (a 502, say) or return it to the ordinary course. Without `pages` the server is older than Bot
    API 10.1: it knows neither sendRichMessage nor the parameter `rich_message`.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        username: str = "backchannel_bot",
        name: str = "Backchannel",
        clock: Callable[[], datetime] = _now,
        pages: bool = True,
    ) -> None:
        super().__init__(username, name, clock)
        self.pages = pages
        self.token = token
        self.refusals: list[Refused] = []
        self.trouble: Callable[[str, Params], None] | None = None
        self.webhook = ""
        self.menus = Menus()
        self._floods: dict[int, datetime] = {}
        self._flood_of_all: datetime | None = None
        self._own_methods: dict[str, Callable[[Params], Awaitable[object]]] = {
            "getupdates": self._get_updates,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._get_webhook_info,
        }
        self._menu_methods: dict[str, _Method] = {
            "setmycommands": self.menus.set,
            "getmycommands": self.menus.get,
            "deletemycommands": self.menus.delete,
        }

    def request(self) -> BaseRequest:
        """A transport to this server, for python-telegram-bot's `request()` and `get_updates_request()`."""
        return LocalRequest(self)

    def flood(self, chat: Chat | Person | None, seconds: float) -> None:
        """For so many seconds from now, 429 to what is sent to `chat`, or to every chat if it is None."""
        until = self.world.now() + timedelta(seconds=seconds)
        if chat is None:
            self._flood_of_all = until
        else:
            self._floods[chat.id] = until

    async def answer(self, path: str, params: Params) -> tuple[int, bytes]:
        """The HTTP status and body for a request to `path` (`/bot<token>/<method>` or `/file/bot<token>/<file>`)."""
        head, _, method = path.rpartition("/")
        try:
            if f"/file/bot{self.token}/" in path:
                return 200, self._file(path)
            if not head.endswith(f"/bot{self.token}"):
                raise Refusal(401, "Unauthorized")
            result = await self._call(method, params)
        except Refusal as refusal:
            self.refusals.append(Refused(method, refusal.description))
            return refusal.code, _refusal_body(refusal)
        return 200, json.dumps({"ok": True, "result": result}).encode()

    async def _call(self, method: str, params: Params) -> object:
        name = method.lower()
        if self.trouble:
            self.trouble(method, params)
        if own := self._own_methods.get(name):
            return await own(params)
        known = _METHODS.get(name) or self._menu_methods.get(name)
        if known is None or (name == "sendrichmessage" and not self.pages):
            raise Refusal(404, "Not Found")
        if not self.pages:
            params = params.without("rich_message")
        if name.startswith(_PACED):
            self._check_flood(params)
        return known(self.world, params)

    def _check_flood(self, params: Params) -> None:
        now = self.world.now()
        armed = (self._floods.get(params.number("chat_id")), self._flood_of_all)
        if until := max((moment for moment in armed if moment and moment > now), default=None):
            raise too_many_requests(math.ceil((until - now).total_seconds()))

    async def _get_updates(self, params: Params) -> list[Json]:
        if self.webhook:
            raise conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        self._allow(params)
        return await self.updates.poll(params.number("offset"), params.number("limit", 100), params.number("timeout"))

    def _allow(self, params: Params) -> None:
        if params.text("allowed_updates"):
            self.updates.allow([str(kind) for kind in params.sequence("allowed_updates", "String")])

    async def _set_webhook(self, params: Params) -> bool:
        url = params.text("url")
        if url and not url.startswith("https://"):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        self.webhook = url
        self._allow(params)
        if params.flag("drop_pending_updates"):
            self.updates.drop()
        return True

    async def _delete_webhook(self, params: Params) -> bool:
        self.webhook = ""
        if params.flag("drop_pending_updates"):
            self.updates.drop()
        return True

    async def _get_webhook_info(self, params: Params) -> Json:
        return {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": len(self.updates)}

    def _file(self, path: str) -> bytes:
        file = self.world.files.get(path.rpartition("/")[2])
        if file is None:
            raise Refusal(404, "Not Found")
        return file.data


def _refusal_body(refusal: Refusal) -> bytes:
    body: Json = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return json.dumps(body).encode()
