import pytest

from bot.local.entities import Entity, Styled, clean, finish, is_blank, spans
from bot.local.limits import Refusal


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("/start", [("bot_command", "/start")], id="command"),
        pytest.param("/start@desk_bot now", [("bot_command", "/start@desk_bot")], id="addressed command"),
        pytest.param("and/or 1/2 </x>", [], id="a slash is no command"),
        pytest.param("🛳 see /latest, please", [("bot_command", "/latest")], id="command behind an astral character"),
        pytest.param("by @harbour_news", [("mention", "@harbour_news")], id="mention"),
        pytest.param("mail a@b.example", [], id="an address is no mention"),
        pytest.param("#ferry #12 #سفر", [("hashtag", "#ferry"), ("hashtag", "#سفر")], id="hashtags need a letter"),
        pytest.param("(https://a.example/x).", [("url", "https://a.example/x")], id="URL without the stop behind it"),
    ],
)
def test_finds_what_telegram_finds(text: str, found: list[tuple[str, str]]) -> None:
    styled = finish(Styled(text))
    assert [(entity.type, styled.text[start:end]) for entity, start, end in spans(styled)] == found


def test_nothing_is_found_in_code() -> None:
    assert finish(Styled("/start", (Entity("code", 0, 6),))).entities == (Entity("code", 0, 6),)


def test_nothing_is_nested_in_code() -> None:
    styled = Styled("abc", (Entity("bold", 1, 1), Entity("pre", 0, 3)))
    assert finish(styled).entities == (Entity("pre", 0, 3),)


def test_trimming_moves_and_clips_entities() -> None:
    styled = Styled("\n ab \n", (Entity("bold", 0, 6), Entity("italic", 0, 2)))
    assert finish(styled) == Styled("ab", (Entity("bold", 0, 2),))


def test_entities_beyond_a_hundred_are_lost_without_a_word() -> None:
    styled = Styled("ab" * 150, tuple(Entity("bold", 2 * place, 1) for place in range(150)))
    assert len(finish(styled).entities) == 100


def test_cleaning_drops_what_telegram_drops() -> None:
    assert clean("a\tb\r\nc\x00\u2028\u202e\u2068d\u2069") == "a b\nc \u2068d\u2069"


def test_half_a_character_is_refused() -> None:
    with pytest.raises(Refusal, match="Bad Request: strings must be encoded in UTF-8"):
        clean("\ud83d")


@pytest.mark.parametrize("text", ["", " \n", "\u200b\u2060", "\u2068\u2069", "\u3164"])
def test_what_nobody_sees_is_blank(text: str) -> None:
    assert is_blank(text)


def test_a_letter_is_not_blank() -> None:
    assert not is_blank(" \u200bx")
