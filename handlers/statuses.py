"""Pure: /status: the last digest and the next one, what was left out and why; for admins, what is in doubt."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from handlers import settings_pages, timetable
from handlers.document import Block, Bold, Button, Document, Heading, Inlines, Moment, Paragraph, rows
from handlers.press import Press
from handlers.texts import N_, NN_, Texts, fill
from summaries.models import Delivery, Slot, State, Subscriber, Subscription
from summaries.outbox import Counts
from summaries.threads.choose import Reason

RESEND = "ty"
"""Sends what is in doubt once more; carries the delivery's id."""

REASONS: dict[Reason, tuple[str, str]] = {
    "withdrawn": NN_("{count} was withdrawn", "{count} were withdrawn"),
    "language": NN_("{count} in another language", "{count} in other languages"),
    "source": NN_("{count} from a source left out", "{count} from sources left out"),
    "tag": NN_("{count} with a tag left out", "{count} with tags left out"),
    "muted": NN_("{count} with muted words", "{count} with muted words"),
    "told": NN_("{count} told before", "{count} told before"),
    "not new": NN_("{count} with nothing new in its story", "{count} with nothing new in their stories"),
    "covered": NN_("{count} told together with others", "{count} told together with others"),
    "not followed": NN_("{count} not followed", "{count} not followed"),
    "resting": NN_("{count} that came at once before", "{count} that came at once before"),
    "room": NN_("{count} for lack of room", "{count} for lack of room"),
}

OUTCOMES = {
    "nothing new": N_("nothing was new, so nothing was sent"),
    "late": N_("it fell due while the bot was away for more than 12 hours, so it was skipped"),
}

_SKIPPED = NN_(
    "{count} before it was skipped: nothing could be sent for more than 12 hours",
    "{count} before it were skipped: nothing could be sent for more than 12 hours",
)

STATES: dict[State, str] = {
    "pending": N_("waiting for its turn"),
    "sending": N_("on its way"),
    "sent": N_("sent"),
    "failed": N_("refused by Telegram"),
    "doubt": N_("in doubt: it may have arrived, so it is not sent again by itself"),
    "dropped": N_("not sent any more"),
}

SUSPENDED = {
    "blocked": N_("The bot was blocked, so nothing was sent."),
    "deactivated": N_("The account was deactivated, so nothing was sent."),
    "kicked": N_("The bot was taken out of the chat, so nothing was sent."),
    "rights": N_("The bot may not write there, so nothing was sent."),
    "not found": N_("Telegram knows no such chat, so nothing was sent."),
}
_SUSPENDED = N_("Nothing could be sent.")


def status(
    chat: Subscriber, own: Subscription, last: Delivery | None, due: datetime | None, texts: Texts
) -> list[Block]:
    """What anybody may know of the digests of a chat."""
    lines = [*_coming(chat, own, due, texts), *_gone(last, own, texts)]
    blocks: list[Block] = [Heading((texts.gettext("Digests"),)), Paragraph(tuple(lines))]
    for slot in timetable.by_time(own):
        if about := tuple(_of_slot(slot, texts)):
            blocks.append(Paragraph(about))
    return blocks


def _coming(chat: Subscriber, own: Subscription, due: datetime | None, texts: Texts) -> Iterator[Inlines]:
    if chat.suspended:
        yield (texts.gettext(SUSPENDED.get(chat.suspended, _SUSPENDED)),)
    if own.closed:
        yield (texts.gettext("The topic is closed, so its digests are paused. /subscribe starts them again."),)
    if own.paused_until is not None:
        yield fill(texts.gettext("Paused until {date}."), date=texts.date(own.paused_until))
    if due is not None:
        yield settings_pages.next_one(due, own, texts)
    elif not own.slots:
        yield (texts.gettext("No digest comes here. /subscribe 08:00 changes that."),)


def _gone(last: Delivery | None, own: Subscription, texts: Texts) -> Iterator[Inlines]:
    if last is None:
        yield (texts.gettext("None was sent yet."),)
        return
    at = last.ended or last.due or last.made
    moment = Moment(at, timetable.moment(at, own, texts), "wDt")
    yield fill(texts.gettext("The last one: {moment}, {state}"), moment=moment, state=texts.gettext(STATES[last.state]))
    if last.reason and last.state in ("failed", "doubt", "dropped"):
        yield (last.reason,)


def _of_slot(slot: Slot, texts: Texts) -> Iterator[Inlines]:
    """What became of the last date of a time of day."""
    if slot.served is None or not (slot.outcome or slot.left or slot.skipped):
        return
    yield (Bold((timetable.slot(slot, texts),)), " · ", texts.date(slot.served))
    if slot.outcome in OUTCOMES:
        yield (texts.gettext(OUTCOMES[slot.outcome]),)
    if slot.skipped:
        yield (texts.ngettext(*_SKIPPED, slot.skipped),)
    if slot.left:
        yield fill(texts.gettext("Left out: {reasons}"), reasons=left_out(slot.left, texts))


def left_out(counts: Sequence[tuple[str, int]], texts: Texts) -> str:
    """How many articles for each reason. One that this version does not know is shown by its name."""
    said = (
        texts.ngettext(*REASONS[reason], count) if reason in REASONS else f"{texts.number(count)} {reason}"
        for reason, count in counts
    )
    return ", ".join(said)


def for_admins(counts: Counts, doubtful: Sequence[Delivery], texts: Texts) -> list[Block]:
    waiting = texts.ngettext("{count} delivery waits", "{count} deliveries wait", counts.pending)
    doubt = texts.ngettext("{count} is in doubt", "{count} are in doubt", counts.doubt)
    lines: list[Inlines] = [(f"{waiting}, {doubt}",)]
    lines += [(f"#{row.id}: {row.chat} · ", texts.moment(row.made)) for row in doubtful]
    return [Heading((texts.gettext("The outbox"),), level=2), Paragraph(tuple(lines))]


def document(blocks: Sequence[Block], doubtful: Sequence[Delivery], texts: Texts) -> Document:
    again = [
        Button(texts.gettext("Send #{number} again", number=str(row.id)), Press(RESEND, (row.id,)).data)
        for row in doubtful
    ]
    return Document(tuple(blocks), rows(again, width=2), rtl=texts.rtl)
