"""The parameters of one call, as they travel: strings (structures as JSON in them), files of a multipart body."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.local.limits import bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    data: bytes
    mime: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Params:
    values: Mapping[str, str] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def number(self, name: str, default: int = 0) -> int:
        """An integer; like the real server, anything else counts as not given."""
        value = self.text(name)
        return int(value) if re.fullmatch(r"-?[0-9]{1,18}", value) else default

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "yes", "1"}

    def mapping(self, name: str, thing: str) -> dict[str, Any]:
        """A JSON object; empty if it was not given. `thing` is what Telegram calls it when it refuses it."""
        value = self._structure(name, thing)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise bad_request(f"object expected as {thing}")
        return value

    def sequence(self, name: str, thing: str) -> list[Any]:
        """A JSON array; empty if it was not given."""
        value = self._structure(name, thing)
        if value is None:
            return []
        if not isinstance(value, list):
            raise bad_request(f"expected an Array of {thing}")
        return value

    def without(self, name: str) -> "Params":
        return Params({key: value for key, value in self.values.items() if key != name}, self.uploads)

    def upload(self, name: str) -> Upload | None:
        """The file sent for parameter `name`: its own part, or the part its `attach://` names."""
        value = self.text(name)
        return self.uploads.get(value.removeprefix("attach://") if value.startswith("attach://") else name)

    def _structure(self, name: str, thing: str) -> object:
        value = self.text(name)
        if not value.strip():
            return None
        try:
            return json.loads(value)
        except (ValueError, RecursionError) as error:
            raise bad_request(f"can't parse {thing} JSON object") from error
