import asyncio
import socket
import threading

import pytest

from summaries.intake.names import Names


async def test_a_name_becomes_addresses_of_both_families(monkeypatch: pytest.MonkeyPatch) -> None:
    def getaddrinfo(host: str, port: int, *, family: int, type: int) -> list[tuple[object, ...]]:
        assert (host, port, family, type) == ("courier.example", 443, socket.AF_UNSPEC, socket.SOCK_STREAM)
        return [
            (socket.AF_INET6, type, 6, "", ("2606:4700::1111", port, 0, 0)),
            (socket.AF_INET, type, 6, "", ("1.1.1.1", port)),
        ]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    names = Names(2)
    found = await names.resolve("courier.example", 443)
    await names.close()
    assert [(place["family"], place["host"], place["port"], place["hostname"]) for place in found] == [
        (socket.AF_INET6, "2606:4700::1111", 443, "courier.example"),
        (socket.AF_INET, "1.1.1.1", 443, "courier.example"),
    ]


async def test_a_name_that_the_system_cannot_spell_is_an_error_of_the_world() -> None:
    names = Names(1)
    with pytest.raises(OSError, match="no host name"):
        await names.resolve(f"{'ä' * 80}.example", 80)
    await names.close()


async def test_look_ups_that_hang_leave_the_loops_own_threads_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()

    def hangs(*_: object, **__: object) -> list[tuple[object, ...]]:
        answered.wait(10)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hangs)
    names = Names(40)
    asked = [asyncio.ensure_future(names.resolve(f"paper-{number}.example", 80)) for number in range(40)]
    assert await asyncio.to_thread(str, 7) == "7"
    assert not any(task.done() for task in asked)
    answered.set()
    assert await asyncio.gather(*asked) == [[]] * 40
    await names.close()
