"""/settings, and the views behind its buttons: each changes one thing and shows what is set now."""

from collections.abc import Iterable
from dataclasses import replace as over
from datetime import timedelta

from msgspec.structs import replace

from handlers import compose, wishes
from handlers import settings_pages as pages
from handlers.access import Role
from handlers.asked import Asked, Command
from handlers.document import Document
from handlers.governed import Governed, governed
from handlers.numbers import named, number_of
from handlers.onboarding import CITIES
from handlers.scope import edited, subscription, tasted
from handlers.settings_views import view
from handlers.subscribing import (
    TooMany,
    paused,
    subscribed,
    toggled,
    turned_source,
    turned_tag,
    with_day,
    without_slot,
)
from handlers.texts import N_, NN_, Texts
from handlers.zones import city, find_zones, zone_of
from summaries.dates import read_date
from summaries.models import Quiet, Subscriber
from summaries.threads.due import zone_of as clock_of

LONGEST_PAUSE = timedelta(days=366)


async def settings(asked: Asked) -> Document:
    """/settings: of the chat or topic in which it is said, or of one that is named and that the asker governs."""
    scope = await governed(asked, asked.words)
    return scope if isinstance(scope, Document) else await panel(asked, scope)


async def panel(asked: Asked, scope: Governed) -> Document:
    own = subscription(asked, scope)
    due = await asked.desk.digesting.next_due(scope.chat.id, scope.topic)
    return pages.panel(scope, own, asked.texts, asked.now, due=due)


async def _panel(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
    return await panel(asked, scope)


# --- times and days


async def times(asked: Asked, scope: Governed, ids: tuple[int, ...] = ()) -> Document:
    return pages.times(scope, subscription(asked, scope), asked.texts, asked.now)


async def add_time(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
    match ids:
        case (at,) if at < 24 * 60:
            return await _with_times(asked, scope, (at,))
    return None


async def _with_times(
    asked: Asked, scope: Governed, wanted: tuple[int, ...], days: int | None = None
) -> Document | None:
    try:
        scope = await edited(asked, scope, lambda own: subscribed(own, wanted, days, asked.house, asked.now))
    except TooMany as error:
        return compose.line(asked.texts, too_many_times(asked, error))
    return await times(asked, scope)


def too_many_times(asked: Asked, error: TooMany) -> str:
    one, many = NN_("At most {count} time of day. Remove one first.", "At most {count} times of day. Remove one first.")
    return asked.texts.ngettext(one, many, error.most)


async def ask_time(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
    """Asks for a time, and reads the reply."""
    texts = asked.texts
    wish = wishes.read(asked.words, texts.locale)
    if asked.words and wish.times:
        return await _with_times(asked, scope, wish.times, wish.days)
    question = texts.gettext("At which time? Such as 06:30, 9 pm, or 18:00 mon-fri")
    return pages.asking(scope, pages.ASK_TIME, question, "06:30", texts)


async def slot(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
    own = subscription(asked, scope)
    found = next((each for each in own.slots if ids == (each.id,)), None)
    return pages.slot(scope, found, asked.texts) if found else None


async def turn_day(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
    match ids:
        case (number, day) if day < 7:
            scope = await edited(asked, scope, lambda own: with_day(own, number, day))
            return await slot(asked, scope, (number,))
    return None


async def drop_time(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
    match ids:
        case (number,):
            return await times(asked, await edited(asked, scope, lambda own: without_slot(own, number)))
    return None


# --- the zone


async def zone(asked: Asked, scope: Governed, ids: tuple[int, ...] = ()) -> Document | None:
    own = subscription(asked, scope)
    return pages.zones(scope, own, asked.texts, asked.now, _named((own.zone, *CITIES), asked.texts))


def _named(names: Iterable[str], texts: Texts) -> list[tuple[int, str]]:
    return [(number_of(name), city(name, texts.locale)) for name in dict.fromkeys(names)]


async def set_zone(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
    """By the number of its name, which says nothing about where it stands in a list."""
    name = zone_of(ids[0]) if len(ids) == 1 else None
    if name is None:
        return None
    wanted = name
    scope = await edited(asked, scope, lambda own: replace(own, zone=wanted))
    return await zone(asked, scope)


async def ask_zone(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
    texts = asked.texts
    found = find_zones(asked.words, texts.locale) if asked.words else []
    if len(found) == 1:
        return await set_zone(asked, scope, (number_of(found[0]),))
    if found:
        return pages.zones(scope, subscription(asked, scope), texts, asked.now, _named(found, texts))
    if asked.words:
        question = texts.gettext(
            "No city or zone of that name is known. A larger city nearby, or a name as Asia/Karachi?"
        )
    else:
        question = texts.gettext("In which city, or in which zone? Such as Karachi, or Asia/Karachi")
    return pages.asking(scope, pages.ASK_ZONE, question, "Asia/Karachi", texts)


# --- one of several


async def length(asked: Asked, scope: Governed, ids: tuple[int, ...] = ()) -> Document | None:
    own, texts = subscription(asked, scope), asked.texts
    offered = [(texts.gettext(pages.LENGTH_NAMES[each]), own.taste.length == each) for each in pages.LENGTHS]
    said = texts.gettext("How much is told of each article: about 40, 80 or 150 words.")
    return pages.choices(scope, texts.gettext("Length"), said, offered, pages.SET_LENGTH, texts)


async def set_length(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
    match ids:
        case (place,) if place < len(pages.LENGTHS):
            chosen = pages.LENGTHS[place]
            return await length(asked, await tasted(asked, scope, lambda taste: replace(taste, length=chosen)))
    return None


async def look(asked: Asked, scope: Governed, ids: tuple[int, ...] = ()) -> Document | None:
    texts, now = asked.texts, scope.chat.look or asked.house.look
    offered = [(texts.gettext(pages.LOOK_NAMES[each]), now == each) for each in pages.LOOKS]
    said = texts.gettext("Messages are shown everywhere; a page, with parts that open, only by newer apps.")
    return pages.choices(scope, texts.gettext("Look"), said, offered, pages.SET_LOOK, texts)


async def set_look(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
    """Choosing pages tries them again, also where one was refused before."""
    match ids:
        case (place,) if place < len(pages.LOOKS):
            chosen = pages.LOOKS[place]

            def of_chat(before: Subscriber) -> Subscriber:
                return replace(before, look=chosen, pages=True)

            chat = await asked.desk.subscribers.change(scope.chat.id, of_chat)
            return await look(asked, over(scope, chat=chat))
    return None


async def most(asked: Asked, scope: Governed, ids: tuple[int, ...] = ()) -> Document | None:
    texts, own = asked.texts, subscription(asked, scope).taste.most or asked.house.most
    offered = [(texts.number(count), count == own) for count in pages.OFFERED_MOST]
    said = texts.gettext("How many stories a digest tells at most; the others are behind a button.")
    return pages.choices(scope, texts.gettext("How many"), said, offered, pages.SET_MOST, texts)


async def set_most(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
    match ids:
        case (place,) if place < len(pages.OFFERED_MOST):
            count = pages.OFFERED_MOST[place]
            return await most(asked, await tasted(asked, scope, lambda taste: replace(taste, most=count)))
    return None


# --- when nothing comes


async def quiet(asked: Asked, scope: Governed, ids: tuple[int, ...] = ()) -> Document | None:
    return pages.quiet(scope, subscription(asked, scope), asked.texts)


async def set_quiet(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
    match ids:
        case (start, end) if max(start, end) < 24 * 60:
            hours = Quiet(start, end) if start != end else None
            return await quiet(asked, await edited(asked, scope, lambda own: replace(own, quiet=hours)))
    return None


async def ask_quiet(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
    hours = wishes.read_hours(asked.words)
    if hours is not None:
        return await set_quiet(asked, scope, (hours.start, hours.end))
    question = asked.texts.gettext("From when to when? Such as 22:00-07:00")
    return pages.asking(scope, pages.ASK_QUIET, question, "22:00-07:00", asked.texts)


async def pause(asked: Asked, scope: Governed, ids: tuple[int, ...] = ()) -> Document | None:
    return pages.pause(scope, subscription(asked, scope), asked.texts)


async def set_pause(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
    match ids:
        case (days,) if days <= LONGEST_PAUSE.days:
            today = asked.now.astimezone(clock_of(subscription(asked, scope).zone)).date()
            until = today + timedelta(days=days) if days else None
            return await pause(asked, await edited(asked, scope, lambda own: paused(own, until)))
    return None


async def ask_pause(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
    """Asks for a date, and reads the reply; one that is over, or years away, is asked for again."""
    texts = asked.texts
    today = asked.now.astimezone(clock_of(subscription(asked, scope).zone)).date()
    found = read_date(asked.words, language=texts.language, now=asked.now + LONGEST_PAUSE)
    if found is not None and timedelta(0) < found.date() - today <= LONGEST_PAUSE:
        return await set_pause(asked, scope, ((found.date() - today).days,))
    question = texts.gettext("Until which date, at most a year from now? Such as {date}", date=f"{today:%Y-%m-%d}")
    return pages.asking(scope, pages.ASK_PAUSE, question, f"{today:%Y-%m-%d}", texts)


# --- what is wanted


async def languages(asked: Asked, scope: Governed, ids: tuple[int, ...] = ()) -> Document | None:
    return pages.languages(scope, subscription(asked, scope), asked.texts, await _languages(asked))


async def _languages(asked: Asked) -> Iterable[str]:
    """Those of the newest articles and of the sources."""
    newest = await asked.desk.latest(200)
    spoken = {found.language for found in newest} | {source.language for source in asked.desk.sources()}
    return [code for code in spoken if len(code) == 2]


async def turn_language(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
    known = {int(code, 36): code for code in (*await _languages(asked), *subscription(asked, scope).taste.languages)}
    code = known.get(ids[0]) if len(ids) == 1 else None
    if code is None:
        return None
    chosen = code
    turned = await tasted(asked, scope, lambda taste: replace(taste, languages=toggled(taste.languages, chosen)))
    return await languages(asked, turned)


async def sources(asked: Asked, scope: Governed, ids: tuple[int, ...] = ()) -> Document | None:
    there = asked.desk.sources()
    if not there:
        return compose.line(asked.texts, asked.texts.gettext("This desk follows no source yet."))
    offset = ids[0] if len(ids) == 1 and ids[0] < len(there) else 0
    return pages.sources(scope, subscription(asked, scope), asked.texts, there, offset)


async def turn_source(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
    match ids:
        case (number, offset) if asked.desk.source(number):
            turned = await tasted(asked, scope, lambda taste: turned_source(taste, number))
            return await sources(asked, turned, (offset,))
    return None


async def tags(asked: Asked, scope: Governed, ids: tuple[int, ...] = ()) -> Document | None:
    return pages.tags(scope, subscription(asked, scope), asked.texts, _tags(asked))


def _tags(asked: Asked) -> set[str]:
    return {tag for source in asked.desk.sources() for tag in source.tags}


async def turn_tag(asked: Asked, scope: Governed, ids: tuple[int, ...]) -> Document | None:
    taste = subscription(asked, scope).taste
    tag = named(ids[0], (*_tags(asked), *taste.tags, *taste.not_tags)) if len(ids) == 1 else None
    if tag is None:
        return None
    chosen = tag
    return await tags(asked, await tasted(asked, scope, lambda taste: turned_tag(taste, chosen)))


COMMANDS = (
    Command(
        "settings",
        N_("Digests"),
        N_("times, zone, length, look, sources and all else that a chat may set"),
        settings,
        role=Role.CHAT_ADMIN,
    ),
)

TARGETS = {
    name: view(page)
    for name, page in {
        pages.PANEL: _panel,
        pages.TIMES: times,
        pages.ADD: add_time,
        pages.ASK_TIME: ask_time,
        pages.SLOT: slot,
        pages.DAY: turn_day,
        pages.DROP: drop_time,
        pages.ZONE: zone,
        pages.SET_ZONE: set_zone,
        pages.ASK_ZONE: ask_zone,
        pages.LENGTH: length,
        pages.SET_LENGTH: set_length,
        pages.LOOK: look,
        pages.SET_LOOK: set_look,
        pages.MOST: most,
        pages.SET_MOST: set_most,
        pages.QUIET: quiet,
        pages.SET_QUIET: set_quiet,
        pages.ASK_QUIET: ask_quiet,
        pages.PAUSE: pause,
        pages.SET_PAUSE: set_pause,
        pages.ASK_PAUSE: ask_pause,
        pages.LANGUAGES: languages,
        pages.LANGUAGE: turn_language,
        pages.SOURCES: sources,
        pages.SOURCE: turn_source,
        pages.TAGS: tags,
        pages.TAG: turn_tag,
    }.items()
}
