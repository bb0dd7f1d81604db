import ssl
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from bot.network_errors import Delivery, LateError, LostError, Timeouts, failure

KEY: Any = SimpleNamespace(host="api.example", port=443, is_ssl=True, ssl=True)
SECRET = URL("https://api.example/bot1:hidden/getMe")
INFO = aiohttp.RequestInfo(SECRET, "POST", CIMultiDictProxy(CIMultiDict()), SECRET)
REFUSED = ConnectionRefusedError(111, "Connect call failed ('192.0.2.1', 443)")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        pytest.param(aiohttp.ClientConnectorDNSError(KEY, OSError(-2, "unknown")), "no such address", id="name"),
        pytest.param(
            aiohttp.ClientConnectorCertificateError(KEY, ssl.CertificateError("self-signed")), "certificate", id="cert"
        ),
        pytest.param(aiohttp.ClientConnectorSSLError(KEY, OSError(1, "SSL")), "no secure connection", id="TLS"),
        pytest.param(
            aiohttp.ClientProxyConnectionError(KEY, REFUSED), "proxy cannot be reached (Connection refused)", id="proxy"
        ),
        pytest.param(
            aiohttp.ClientHttpProxyError(INFO, (), status=407, message="no"), "the proxy refuses (407)", id="login"
        ),
        pytest.param(aiohttp.ClientConnectorError(KEY, REFUSED), "Connection refused", id="refused"),
        pytest.param(aiohttp.ServerDisconnectedError(), "closed without an answer", id="disconnected"),
        pytest.param(ConnectionResetError(104, "reset"), "Connection reset by peer", id="reset"),
        pytest.param(OSError("odd"), "the connection broke", id="an error without number"),
        pytest.param(aiohttp.ClientOSError("odd"), "the connection broke", id="the same from aiohttp"),
        pytest.param(aiohttp.ClientPayloadError("cut"), "broke off", id="cut"),
        pytest.param(aiohttp.ClientResponseError(INFO, (), status=400), "not HTTP", id="no HTTP"),
        pytest.param(aiohttp.InvalidURL(SECRET), "telegram.base_url", id="address"),
        pytest.param(aiohttp.ClientConnectionError(f"closed: {SECRET}"), "the connection broke", id="closed"),
        pytest.param(ValueError(str(SECRET)), "ValueError", id="anything else by its name"),
    ],
)
def test_a_failure_is_told_in_our_words(error: Exception, said: str) -> None:
    told = failure(error, "api.example", Timeouts(), begun=False, taken=False)

    assert type(told) is LostError
    assert str(told).startswith("api.example: ")
    assert said in str(told)
    assert "hidden" not in repr(told)


@pytest.mark.parametrize(
    ("error", "taken", "said"),
    [
        pytest.param(aiohttp.ConnectionTimeoutError(), False, "no connection within 2 s", id="connect"),
        pytest.param(TimeoutError(), False, "did not take the request within 3 s", id="write"),
        pytest.param(aiohttp.SocketTimeoutError(), True, "did not answer within 4 s", id="read"),
    ],
)
def test_a_limit_that_passed_is_named(error: Exception, taken: bool, said: str) -> None:
    told = failure(error, "api.example", Timeouts(connect=2, write=3, read=4), begun=taken, taken=taken)

    assert type(told) is LateError
    assert said in str(told)


def test_where_we_set_no_limit_the_system_has_one() -> None:
    told = failure(TimeoutError(), "api.example", Timeouts(read=None), begun=True, taken=True)

    assert "the system's own limit" in str(told)


@pytest.mark.parametrize(("begun", "delivery"), [(False, "not sent"), (True, "maybe sent")])
def test_what_was_begun_may_have_arrived(begun: bool, delivery: Delivery) -> None:
    assert failure(OSError(), "x", Timeouts(), begun=begun, taken=False).delivery == delivery
    assert failure(TimeoutError(), "x", Timeouts(), begun=begun, taken=False).delivery == delivery
