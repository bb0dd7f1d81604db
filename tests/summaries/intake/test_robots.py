import asyncio

import pytest
from yarl import URL

from summaries.intake.outcomes import USER_AGENT, Reason, Refusal
from summaries.intake.robots import KEPT, KEPT_FAILURE, WEIGHT, Robots, product
from tests.loopback import FakeTime

PAGE = URL("https://courier.example/news/1?full=yes")


class Sites:
    """robots.txt files by origin, and how often each was asked for."""

    def __init__(self, answer: bytes | Refusal) -> None:
        self.answer = answer
        self.asked: list[str] = []
        self.time = FakeTime()
        self.robots = Robots(self.ask, USER_AGENT, self.time.now)

    async def ask(self, url: URL) -> bytes | Refusal:
        self.asked.append(str(url))
        await asyncio.sleep(0)
        return self.answer

    async def reason(self, url: URL = PAGE) -> str:
        objection = await self.robots.objection(url)
        return objection.reason if objection else ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(b"", "", id="empty"),
        pytest.param(b"User-agent: *\nDisallow:", "", id="all-allowed"),
        pytest.param(b"User-agent: *\nDisallow: /", "robots", id="all-forbidden"),
        pytest.param(b"User-agent: *\nDisallow: /archive", "", id="elsewhere"),
        pytest.param(b"User-agent: *\nDisallow: /\nAllow: /news", "", id="longest-wins"),
        pytest.param(b"User-agent: *\nDisallow: /*full=", "robots", id="query"),
        pytest.param(b"User-agent: *\nDisallow: /\n\nUser-agent: backchannel\nDisallow: /x", "", id="our-own-group"),
        pytest.param(b"User-agent: Backchannel\nDisallow: /", "robots", id="we-by-name"),
        pytest.param(b"User-agent: news\nDisallow: /", "", id="a-word-of-our-comment"),
        pytest.param(b"User-agent: channel\nDisallow: /", "", id="others-by-name"),
        pytest.param(b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /", "robots", id="byte-order-mark"),
        pytest.param(b"<html><body>Welcome</body></html>", "", id="a-page-instead"),
        pytest.param(b"\xff\xfe\x00Disallow: /\x00" * 50, "", id="rubbish"),
    ],
)
async def test_rules(text: bytes, reason: str) -> None:
    assert await Sites(text).reason() == reason


@pytest.mark.parametrize(
    ("refusal", "status", "reason"),
    [
        pytest.param("not_found", 404, "", id="404"),
        pytest.param("forbidden", 403, "", id="403"),
        pytest.param("too_many", 429, "", id="429"),
        pytest.param("too_many_redirects", None, "", id="endless-redirects"),
        pytest.param("server", 500, "robots", id="500"),
        pytest.param("server", 503, "robots", id="503"),
        pytest.param("garbled", None, "robots", id="garbled"),
        pytest.param("unreachable", None, "unreachable", id="unreachable"),
        pytest.param("timeout", None, "timeout", id="timeout"),
        pytest.param("certificate", None, "certificate", id="certificate"),
        pytest.param("private_address", None, "private_address", id="private-address"),
    ],
)
async def test_no_robots_txt(refusal: Reason, status: int | None, reason: str) -> None:
    sites = Sites(Refusal(refusal, "courier.example: no", status))
    assert await sites.reason() == reason


async def test_asked_once_an_hour_for_each_scheme_host_and_port() -> None:
    sites = Sites(b"User-agent: *\nDisallow: /")
    assert await asyncio.gather(*(sites.reason() for _ in range(5))) == ["robots"] * 5
    await sites.reason(URL("http://courier.example/"))
    await sites.reason(URL("https://courier.example:444/"))
    assert sites.asked == [
        "https://courier.example/robots.txt",
        "http://courier.example/robots.txt",
        "https://courier.example:444/robots.txt",
    ]
    sites.answer = b""
    sites.time.seconds += KEPT - 1
    assert await sites.reason() == "robots"
    sites.time.seconds += 1
    assert await sites.reason() == ""


async def test_a_failure_is_asked_again_sooner() -> None:
    sites = Sites(Refusal("server", "", 500))
    assert await sites.reason() == "robots"
    sites.answer = b""
    sites.time.seconds += KEPT_FAILURE - 1
    assert await sites.reason() == "robots"
    sites.time.seconds += 1
    assert await sites.reason() == ""


async def test_who_gives_up_asking_leaves_it_to_the_next() -> None:
    sites = Sites(b"User-agent: *\nDisallow: /")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await sites.reason()
    assert await sites.reason() == "robots"


async def test_what_is_remembered_is_bounded() -> None:
    sites = Sites(b"#" * 400_000 + b"\nUser-agent: *\nDisallow: /")
    for number in range(30):
        assert await sites.reason(URL(f"https://paper-{number}.example/")) == "robots"
    assert len(sites.robots) <= WEIGHT // 400_000 + 1
    sites.asked.clear()
    await sites.reason(URL("https://paper-29.example/"))
    await sites.reason(URL("https://paper-0.example/"))
    assert sites.asked == ["https://paper-0.example/robots.txt"]


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Backchannel (self-hosted news desk)", "Backchannel"),
        ("Altmark-Desk/2.0 (+https://desk.example)", "Altmark-Desk"),
        ("Mozilla/5.0 (compatible; AltmarkDesk/2.0)", "Mozilla/5.0 (compatible; AltmarkDesk/2.0)"),
    ],
)
def test_the_name_in_a_user_agent(user_agent: str, name: str) -> None:
    assert product(user_agent) == name
