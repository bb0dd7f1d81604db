"""Host names → addresses, in threads of their own.

A dead name server holds a thread for ten seconds and more. In the loop's own few threads that would stop the archive's
writing as well as every other look-up.
"""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

from aiohttp.abc import AbstractResolver, ResolveResult

NUMERIC = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV


class Names(AbstractResolver):
    """The system's resolver. `threads` look-ups run at once; threads start as they are needed."""

    def __init__(self, threads: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="names")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of `host`, in the system's order. Raises `OSError` where there is none."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, look_up, host, port, family)

    async def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


def look_up(host: str, port: int, family: int) -> list[ResolveResult]:
    try:
        found = socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # getaddrinfo's own IDNA refuses what ours let pass
        raise OSError(f"{host} is no host name") from error
    return [
        ResolveResult(hostname=host, host=str(place[0]), port=port, family=found_family, proto=protocol, flags=NUMERIC)
        for found_family, _, protocol, _, place in found
    ]
