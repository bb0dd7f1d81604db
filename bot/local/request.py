"""python-telegram-bot's way to the local server: a `BaseRequest` whose other end is in this process."""

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from telegram.request import BaseRequest, RequestData

from bot.local.params import Params, Upload

if TYPE_CHECKING:
    from telegram._utils.types import FieldTuple, ODVInput

    from bot.local.server import LocalServer


class LocalRequest(BaseRequest):
    """Hands every request to `server`. Shutting it down ends a waiting poll at once."""

    __slots__ = ("_server",)

    def __init__(self, server: "LocalServer") -> None:
        self._server = server

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        """Nothing is to be opened."""

    async def shutdown(self) -> None:
        self._server.updates.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
        write_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
        connect_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
        pool_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        split = urlsplit(url)
        path = unquote(split.path)
        values = dict(parse_qsl(split.query, keep_blank_values=True))
        if request_data is None:
            return await self._server.answer(path, Params(values))
        uploads = {name: _upload(part) for name, part in request_data.multipart_data.items()}
        return await self._server.answer(path, Params(values | request_data.json_parameters, uploads))


def _upload(part: "FieldTuple") -> Upload:
    name, contents, mime = part
    if not isinstance(contents, bytes):
        contents = contents.read()
    return Upload(name, contents, mime)
