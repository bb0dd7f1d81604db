from datetime import timedelta

import pytest
from multidict import CIMultiDict

from summaries.intake.freshness import LONGEST, conditions, max_age, retry_after, validators_of
from summaries.intake.outcomes import Validators
from tests.loopback import NOW, http_date

HOUR = http_date(NOW + timedelta(hours=1))


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        pytest.param({}, None, id="nothing"),
        pytest.param({"Cache-Control": "public"}, None, id="no-word-of-age"),
        pytest.param({"Cache-Control": "public, MAX-AGE=600"}, 600.0, id="max-age"),
        pytest.param({"Cache-Control": 'max-age="600"'}, 600.0, id="quoted"),
        pytest.param({"Cache-Control": "s-maxage=900, max-age = 600"}, 600.0, id="shared-caches"),
        pytest.param({"Cache-Control": "max-age=600", "Age": "100"}, 500.0, id="age"),
        pytest.param({"Cache-Control": "max-age=600", "Age": "999"}, 0.0, id="stale"),
        pytest.param({"Cache-Control": "max-age=600", "Age": "soon"}, 600.0, id="odd-age"),
        pytest.param({"Cache-Control": "max-age=-5"}, None, id="negative"),
        pytest.param({"Cache-Control": "max-age=soon", "Expires": HOUR}, 3600.0, id="odd-max-age"),
        pytest.param({"Cache-Control": "no-cache, max-age=600"}, 0.0, id="no-cache"),
        pytest.param({"Cache-Control": "no-store"}, 0.0, id="no-store"),
        pytest.param({"Cache-Control": f"max-age={'9' * 400}"}, LONGEST, id="for-ever"),
        pytest.param({"Cache-Control": "max-age=60", "Expires": HOUR}, 60.0, id="cache-control-wins"),
        pytest.param({"Expires": HOUR}, 3600.0, id="expires"),
        pytest.param({"Expires": HOUR, "Date": http_date(NOW + timedelta(minutes=50))}, 600.0, id="wrong-clock"),
        pytest.param({"Expires": "0"}, 0.0, id="expires-zero"),
        pytest.param({"Expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0.0, id="expired"),
        pytest.param({"Expires": "Fri, 31 Dec 99999 00:00:00 GMT"}, 0.0, id="no-such-year"),
    ],
)
def test_max_age(headers: dict[str, str], seconds: float | None) -> None:
    assert max_age(CIMultiDict(headers), NOW) == seconds


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        pytest.param(None, None, id="nothing"),
        pytest.param("120", 120.0, id="seconds"),
        pytest.param(HOUR, 3600.0, id="date"),
        pytest.param(http_date(NOW - timedelta(hours=1)), 0.0, id="past"),
        pytest.param("Wed, 04 Mar 2026 06:06:00 -0000", 3600.0, id="no-zone"),
        pytest.param("9" * 400, LONGEST, id="for-ever"),
        pytest.param("-5", None, id="negative"),
        pytest.param("²", None, id="superscript"),
        pytest.param("soon", None, id="word"),
    ],
)
def test_retry_after(said: str | None, seconds: float | None) -> None:
    assert retry_after(CIMultiDict({"Retry-After": said} if said else {}), NOW) == seconds


@pytest.mark.parametrize(
    ("etag", "kept"),
    [
        pytest.param('W/"a-1"', 'W/"a-1"', id="weak"),
        pytest.param("bare", "bare", id="unquoted"),
        pytest.param('"caf\udce9"', "", id="not-ascii"),
        pytest.param('"a\tb"', "", id="control"),
        pytest.param('"' + "a" * 2000 + '"', "", id="endless"),
    ],
)
def test_validators_that_can_be_sent_back(etag: str, kept: str) -> None:
    assert validators_of(CIMultiDict({"etag": etag})) == Validators(kept)
    assert conditions(Validators(etag)) == ({"If-None-Match": kept} if kept else {})


def test_both_conditions_are_sent() -> None:
    sent = conditions(Validators('"a"', HOUR))
    assert sent == {"If-None-Match": '"a"', "If-Modified-Since": HOUR}
