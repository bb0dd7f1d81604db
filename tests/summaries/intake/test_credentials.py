import pytest

from summaries.intake.credentials import CredentialsError, header_of


@pytest.mark.parametrize(
    ("value", "header"),
    [
        pytest.param("ana:s3cret", ("Authorization", "Basic YW5hOnMzY3JldA=="), id="basic"),
        pytest.param("ana:a:b", ("Authorization", "Basic YW5hOmE6Yg=="), id="colon-in-password"),
        pytest.param("ana:pässwort", ("Authorization", "Basic YW5hOnDDpHNzd29ydA=="), id="utf-8"),
        pytest.param("Authorization: Bearer x1", ("Authorization", "Bearer x1"), id="header"),
        pytest.param("X-Api-Key:  k:1 \n", ("X-Api-Key", "k:1"), id="header-trimmed"),
    ],
)
def test_headers(value: str, header: tuple[str, str]) -> None:
    assert header_of("COURIER", {"COURIER": value}) == header


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        pytest.param("COURIER", None, "COURIER is not set", id="missing"),
        pytest.param("COURIER", "  ", "COURIER is not set", id="blank"),
        pytest.param("COURIER", "s3cret", "COURIER must be", id="no-colon"),
        pytest.param("COURIER", "X-Key: s3cret\r\nHost: elsewhere", "COURIER must be", id="two-lines"),
        pytest.param("ana:s3cret", "x", "not the name", id="the-secret-as-name"),
        pytest.param("BACKCHANNEL_TOKEN", "12:s3cret", "setting of the desk", id="the-bots-token"),
        pytest.param("BACKCHANNEL_TELEGRAM__TOKEN", "12:s3cret", "setting of the desk", id="the-bots-token-as-key"),
    ],
)
def test_refusals_that_do_not_repeat_the_secret(name: str, value: str | None, says: str) -> None:
    with pytest.raises(CredentialsError, match=says) as caught:
        header_of(name, {} if value is None else {name: value})
    assert "s3cret" not in str(caught.value)


def test_a_name_of_the_admins_own_may_begin_like_ours() -> None:
    assert header_of("BACKCHANNEL_COURIER", {"BACKCHANNEL_COURIER": "X-Key: 1"}) == ("X-Key", "1")
