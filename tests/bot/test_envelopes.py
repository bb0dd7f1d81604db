"""What is asked of Telegram for a part of a delivery."""

import json
from datetime import UTC, datetime

from bot.envelopes import envelope
from handlers.document import Bold, Button, Document, paragraph
from handlers.looks import classic, rich
from summaries.models import Delivery

NOW = datetime(2031, 5, 20, 6, tzinfo=UTC)
DOCUMENT = Document((paragraph("Tarn & ", Bold(("harbour",))),), ((Button("Unsubscribe", "u:0"),),))
(MESSAGE,) = classic.render(DOCUMENT)
(PAGE,) = rich.render(DOCUMENT)


def row(topic: int = 0) -> Delivery:
    return Delivery(1, -7, "digest", NOW, topic=topic)


def test_a_message_has_no_preview_and_its_buttons() -> None:
    made = envelope(row(), MESSAGE, paid=False)

    assert (made.method, made.is_page) == ("sendMessage", False)
    assert made.parameters.keys() == {"chat_id", "text", "parse_mode", "link_preview_options", "reply_markup"}
    assert made.parameters["text"] == "Tarn &amp; <b>harbour</b>"
    assert json.loads(made.parameters["link_preview_options"]) == {"is_disabled": True}
    assert json.loads(made.parameters["reply_markup"])["inline_keyboard"][0][0]["callback_data"] == "u:0"


def test_a_page_is_one() -> None:
    made = envelope(row(), PAGE, paid=False)

    assert (made.method, made.is_page) == ("sendRichMessage", True)
    assert json.loads(made.parameters["rich_message"]) == PAGE.rich_message
    assert "text" not in made.parameters


def test_a_topic_is_named() -> None:
    assert envelope(row(5), MESSAGE, paid=False).parameters["message_thread_id"] == "5"
    assert "message_thread_id" not in envelope(row(), MESSAGE, paid=False).parameters


def test_what_is_paid_for_says_so() -> None:
    """Its setting, `telegram.paid_broadcast`, costs money: nothing else turns it on."""
    assert envelope(row(), MESSAGE, paid=True).parameters["allow_paid_broadcast"] == "true"
    assert envelope(row(), PAGE, paid=True).parameters["allow_paid_broadcast"] == "true"
    assert "allow_paid_broadcast" not in envelope(row(), MESSAGE, paid=False).parameters


def test_plainly_is_without_markup_and_buttons() -> None:
    made = envelope(row(), MESSAGE, paid=False, plain=True)

    assert made.parameters.keys() == {"chat_id", "text", "link_preview_options"}
    assert made.parameters["text"] == "Tarn & harbour"
