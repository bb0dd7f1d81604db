"""/subscribe, /unsubscribe, /digest, /status: when digests come, what the next would say, what became of them."""

from collections.abc import Sequence

from msgspec.structs import replace

from handlers import compose, digests, settings, statuses, timetable, wishes
from handlers import settings_pages as pages
from handlers.access import Role
from handlers.asked import Asked, Command, Target
from handlers.document import Button, Document, Inlines, Paragraph, paragraph
from handlers.governed import Governed, governed
from handlers.press import Press
from handlers.scope import data, edited, subscription
from handlers.settings_views import view
from handlers.subscribing import TooMany, subscribed, unsubscribed
from handlers.texts import N_, fill
from handlers.wishes import Wish
from handlers.zones import find_zones
from summaries.models import Delivery, Subscription

UNDO, PREVIEW = "ti", "tw"

DOUBTS = 20
"""Deliveries in doubt that are listed at once."""


async def subscribe(asked: Asked) -> Document:
    """/subscribe [times] [days] [place]: without any of it, what is set, with buttons."""
    scope = await governed(asked, asked.words)
    if isinstance(scope, Document):
        return scope
    if not scope.words:
        return await settings.times(asked, scope)
    wish = wishes.read(scope.words, asked.texts.locale)
    zones = find_zones(wish.place, asked.texts.locale) if wish.place else [subscription(asked, scope).zone]
    if len(zones) != 1:
        return _which_place(asked, scope, wish, zones)
    return await _subscribed(asked, scope, wish, zones[0])


async def _subscribed(asked: Asked, scope: Governed, wish: Wish, zone: str) -> Document:
    def edit(own: Subscription) -> Subscription:
        return subscribed(
            replace(own, zone=zone, paused_until=None, closed=""), wish.times, wish.days, asked.house, asked.now
        )

    try:
        scope = await edited(asked, scope, edit)
    except TooMany as error:
        return compose.line(asked.texts, settings.too_many_times(asked, error))
    return await _confirmed(asked, scope)


async def _confirmed(asked: Asked, scope: Governed) -> Document:
    """When it comes from now on, by the clock of the place, so that a wrong one is seen at once."""
    texts, own = asked.texts, subscription(asked, scope)
    said = fill(texts.gettext("A digest comes at {times}."), times=timetable.slots(own, texts))
    place = fill(texts.gettext("Zone: {zone}."), zone=timetable.local_now(own, asked.now, texts))
    lines: list[Inlines] = [said, place]
    due = await asked.desk.digesting.next_due(scope.chat.id, scope.topic)
    if due is not None:
        lines.append(pages.next_one(due, own, texts))
    buttons = (
        (
            Button(texts.gettext("Settings"), data(scope, pages.PANEL)),
            Button(texts.gettext("Zone"), data(scope, pages.ZONE)),
            Button(texts.gettext("What it would say now"), data(scope, PREVIEW)),
        ),
        (Button(texts.gettext("Unsubscribe"), data(scope, pages.UNSUBSCRIBE)),),
    )
    return Document((Paragraph(tuple(lines)),), buttons, rtl=texts.rtl)


def _which_place(asked: Asked, scope: Governed, wish: Wish, zones: Sequence[str]) -> Document:
    """Nothing is set before the place is clear: a digest at 3 a.m. is worse than a question."""
    texts = asked.texts
    if not zones:
        said = texts.gettext("“{place}” is no time, no day and no place that is known here. Such as: {example}")
        return compose.line(texts, *fill(said, place=wish.place, example="/subscribe 08:00 mon-fri Karachi"))
    said = texts.gettext("There are several places of that name. Which one is it? Then send it again with this name:")
    names: tuple[Inlines, ...] = tuple((f"/subscribe {_again(wish)} {zone}",) for zone in zones[:8])
    return Document((paragraph(said), Paragraph(names)), rtl=texts.rtl)


def _again(wish: Wish) -> str:
    return " ".join(f"{at // 60:02}:{at % 60:02}" for at in wish.times)


async def unsubscribe(asked: Asked) -> Document:
    scope = await governed(asked, asked.words)
    return scope if isinstance(scope, Document) else await _unsubscribed(asked, scope)


async def _unsubscribed(asked: Asked, scope: Governed, ids: tuple[int, ...] = ()) -> Document:
    """One tap. All settings stay, and a button brings the times back within the hour."""
    texts, before = asked.texts, subscription(asked, scope)
    if not before.slots and not before.taste.at_once:
        return compose.line(texts, texts.gettext("No digest comes here. /subscribe 08:00 changes that."))
    await edited(asked, scope, unsubscribed)
    draft = asked.drafts.keep(before, asked.now)
    said = texts.gettext("No digest comes any more. Your settings stay, should you come back.")
    undo = Button(texts.gettext("Undo"), data(scope, UNDO, draft))
    return Document((paragraph(said),), ((undo,),), rtl=texts.rtl)


async def _undone(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
    before = asked.drafts.find(ids[0], Subscription, asked.now) if len(ids) == 1 else None
    if before is None or before.topic != scope.topic:
        return None
    kept = before

    def edit(own: Subscription) -> Subscription:
        return replace(own, slots=kept.slots, taste=replace(own.taste, at_once=kept.taste.at_once))

    return await _confirmed(asked, await edited(asked, scope, edit))


async def digest(asked: Asked) -> Document:
    """/digest: changes nothing, and tells nobody that something was told."""
    scope = await governed(asked, asked.words)
    return scope if isinstance(scope, Document) else await _preview(asked, scope)


async def _preview(asked: Asked, scope: Governed, ids: tuple[int, ...] = ()) -> Document:
    choice = await asked.desk.digesting.preview(scope.chat.id, scope.topic, asked.now)
    return await digests.preview(asked.desk, scope, choice, asked.texts, asked.now)


async def status(asked: Asked) -> Document:
    """/status: of a chat's digests; for an admin of the desk, of the whole outbox as well."""
    scope = await governed(asked, asked.words)
    return scope if isinstance(scope, Document) else await _status(asked, scope)


async def _status(asked: Asked, scope: Governed) -> Document:
    texts, outbox = asked.texts, asked.desk.outbox
    own = subscription(asked, scope)
    made = max((slot.delivery for slot in own.slots), default=0)
    last = await outbox.delivery(made) or await outbox.last(scope.chat.id, scope.topic)
    due = await asked.desk.digesting.next_due(scope.chat.id, scope.topic)
    blocks = statuses.status(scope.chat, own, last, due, texts)
    doubtful = await outbox.doubtful(DOUBTS) if asked.role is Role.ADMIN and asked.private else []
    if asked.role is Role.ADMIN and asked.private:
        blocks += statuses.for_admins(outbox.counts(), doubtful, texts)
    return statuses.document(blocks, doubtful, texts)


async def resend(asked: Asked, press: Press) -> Document | None:
    """Once more what is in doubt; an admin decided that twice is better than never."""
    if len(press.ids) != 1 or not await asked.desk.outbox.resend(press.ids[0]):
        return None
    return await _status(asked, Governed(asked.chat, asked.topic))


async def shown(asked: Asked, press: Press) -> Document | None:
    """A digest that was sent, again: what the button of a briefing leads back to."""
    row = await _sent_here(asked, press)
    made = await digests.letter(asked.desk, row, asked.chat) if row else None
    return digests.whole(made) if made else None


async def more(asked: Asked, press: Press) -> Document | None:
    """What a digest had no room for."""
    row = await _sent_here(asked, press)
    if row is None:
        return None
    found = [briefing for id in row.rest if (briefing := await asked.desk.briefing(id))]
    return digests.rest(row, found, asked.texts) if found else None


async def _sent_here(asked: Asked, press: Press) -> Delivery | None:
    """The delivery that a button carries, if it was for the chat in which it is pressed."""
    row = await asked.desk.outbox.delivery(press.ids[0]) if len(press.ids) == 1 else None
    return row if row is not None and row.chat == asked.chat.id else None


COMMANDS = (
    Command(
        "subscribe", N_("Digests"), N_("digests at hours of your own"), subscribe, N_("[TIME] [DAYS] [PLACE]"),
        ("/subscribe 08:00", "/subscribe 7:30 18:00 mon-fri Karachi"), role=Role.CHAT_ADMIN,
    ),
    Command("digest", N_("Digests"), N_("what the next digest would say now"), digest),
    Command("status", N_("Digests"), N_("the last digest, the next one, and what was left out"), status),
    Command("unsubscribe", N_("Digests"), N_("no digest any more"), unsubscribe, role=Role.CHAT_ADMIN),
)  # fmt: skip

TARGETS = {
    pages.UNSUBSCRIBE: view(_unsubscribed),
    UNDO: view(_undone),
    PREVIEW: view(_preview),
    statuses.RESEND: Target(resend, Role.ADMIN),
    digests.SHOWN: Target(shown),
    digests.MORE: Target(more),
}
