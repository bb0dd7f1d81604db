"""/start: three taps for somebody new, unless a link to the bot leads elsewhere.

Every step is a press that can be skipped. Nothing is written before it is chosen, and a digest only once it is known
for which clock.
"""

import asyncio

from msgspec.structs import replace as changed

from handlers import compose, guide, languages, timetable, zones
from handlers.adding import aground
from handlers.asked import Asked, Target
from handlers.document import Asks, Block, Button, Buttons, Document, Heading, Paragraph, paragraph, rows
from handlers.governed import Governed
from handlers.links import linked
from handlers.numbers import named, number_of
from handlers.press import Press
from handlers.scope import edited, subscription, tasted
from handlers.source_pages import name_of
from handlers.subscribing import TooMany, subscribed, toggled
from handlers.texts import Texts, fill, texts
from handlers.texts import languages as spoken_languages
from handlers.turning import marked
from summaries.models import Subscription, Taste

BEGIN, LANGUAGE, TASTE, TIMES, TIME, ZONE, CITY = "oa", "ol", "ot", "on", "oh", "oz", "oy"
"""The views: the first step; a language; a tag or source turned; the times; a time; a zone; a city that is asked."""

TAG, SOURCE = 0, 1
"""What a button of the second step is about."""

OFFERED_TIMES = (7 * 60, 8 * 60, 12 * 60, 18 * 60, 20 * 60, 21 * 60)
NO_DIGEST = 24 * 60
MOST_TAGS, MOST_SOURCES = 9, 9

CITIES = (
    "Europe/London", "Europe/Berlin", "Africa/Cairo", "Europe/Moscow", "Asia/Dubai", "Asia/Karachi", "Asia/Kolkata",
    "Asia/Shanghai", "America/New_York", "America/Mexico_City", "America/Los_Angeles",
)  # fmt: skip
_OF_LANGUAGE = {
    "ur": "Asia/Karachi", "hi": "Asia/Kolkata", "ar": "Africa/Cairo", "es": "Europe/Madrid", "fr": "Europe/Paris",
    "de": "Europe/Berlin", "ru": "Europe/Moscow",
}  # fmt: skip
"""Where most of those who read a language may be: offered first."""


async def start(asked: Asked) -> Document:
    """/start. With the invitation's secret, in a private chat, its sender becomes the admin."""
    if not asked.private:
        said = asked.texts.gettext("I am here: /latest has what is new, /search finds briefings, /help says more.")
        return compose.line(asked.texts, said)
    invited = False
    if asked.words and asked.invitation is not None:
        invited = await asked.invitation.accept(asked.words, asked.desk, asked.person, asked.now)
        if invited:
            await asked.outside.publish_menu(asked.person.id)
    if asked.words and not invited and (found := await linked(asked)) is not None:
        return found
    return _welcome(asked, invited=invited)


# --- the steps


def _steps(asked: Asked) -> list[str]:
    """By the views of their answers; what leaves no choice is no question."""
    choices = len(tags_of(asked)) + len(asked.desk.sources())
    asks = {LANGUAGE: len(spoken_languages()) > 1, TASTE: choices > 1, TIME: True}
    return [step for step, asked_of in asks.items() if asked_of]


def _step(asked: Asked, view: str, spoken: Texts) -> str:
    steps = _steps(asked)
    here, total = spoken.number(steps.index(view) + 1), spoken.number(len(steps))
    return spoken.gettext("{place} of {total}: ", place=here, total=total)


def _question(asked: Asked, view: str, words: str, spoken: Texts) -> Heading:
    """What a step asks, with the number of the step."""
    return Heading((_step(asked, view, spoken), words), level=2)


# --- the first step: the language


def _welcome(asked: Asked, *, invited: bool = False) -> Document:
    spoken = asked.texts
    blocks = [*guide.welcome(spoken, made_admin=invited), guide.to_try(spoken)]
    if asked.desk.readonly:
        return Document(tuple(blocks), rtl=spoken.rtl)
    own = subscription(asked, Governed(asked.chat))
    if own.slots:
        blocks.append(Paragraph((_digest(own, spoken),)))
        label = spoken.gettext("Set up again")
    else:
        count = len(_steps(asked))
        blocks.append(
            paragraph(
                spoken.ngettext(
                    "{count} question, and a digest comes by itself. It can be skipped.",
                    "{count} questions, and a digest comes by itself. Each can be skipped.",
                    count,
                )
            )
        )
        label = spoken.gettext("Begin")
    if LANGUAGE in _steps(asked) and not own.slots:
        return Document((*blocks, *_which_language(asked, spoken)), _languages(spoken), rtl=spoken.rtl)
    return Document(tuple(blocks), ((Button(label, Press(BEGIN, ()).data),),), rtl=spoken.rtl)


def _which_language(asked: Asked, spoken: Texts) -> tuple[Block, ...]:
    return (_question(asked, LANGUAGE, spoken.gettext("Which language shall I speak?"), spoken),)


def _languages(spoken: Texts) -> Buttons:
    offered = [
        Button(languages.native(code), Press(LANGUAGE, (languages.number(code),)).data) for code in spoken_languages()
    ]
    return (*rows(offered, width=3), (Button(spoken.gettext("Skip ›"), Press(LANGUAGE, (0,)).data),))


async def begin(asked: Asked, press: Press) -> Document | None:
    if not _at_home(asked):
        return None
    if LANGUAGE in _steps(asked):
        return Document(_which_language(asked, asked.texts), _languages(asked.texts), rtl=asked.texts.rtl)
    return _tastes(asked, Governed(asked.chat), asked.texts)


async def take_language(asked: Asked, press: Press) -> Document | None:
    match press.ids:
        case (number,) if _at_home(asked):
            code = languages.code_of(number) if number else ""
        case _:
            return None
    if code is None:
        return None
    if not code:
        return _tastes(asked, Governed(asked.chat), asked.texts)
    here = await asked.desk.subscribers.change(asked.chat.id, lambda before: languages.speaking(before, code))
    await asked.outside.publish_menu(here.id)
    return _tastes(asked, Governed(here), texts(code))


def _at_home(asked: Asked) -> bool:
    return asked.private and not asked.desk.readonly


# --- the second step: tags and sources


def _tastes(asked: Asked, scope: Governed, spoken: Texts) -> Document:
    """Without tags and sources there is nothing to choose from."""
    if TASTE not in _steps(asked):
        return _times(asked, spoken)
    tags, sources = tags_of(asked), asked.desk.sources()[:MOST_SOURCES]
    taste = subscription(asked, scope).taste
    said = spoken.gettext("Choose none, and everything comes.")
    turns = [_turn(tag, TAG, number_of(tag), tag in taste.tags) for tag in tags]
    turns += [_turn(name_of(each), SOURCE, each.id, each.id in taste.sources) for each in sources]
    chosen = bool(taste.tags or taste.sources)
    onward = Button(spoken.gettext("Next ›") if chosen else spoken.gettext("Everything ›"), Press(TIMES, ()).data)
    blocks = (
        _question(asked, TASTE, spoken.gettext("What do you want to read?"), spoken),
        paragraph(said),
    )
    return Document(blocks, (*rows(turns, width=3), (onward,)), rtl=spoken.rtl)


def _turn(name: str, kind: int, number: int, on: bool) -> Button:
    label = f"#{name}" if kind == TAG else name[:40]
    return Button(marked(label, on), Press(TASTE, (kind, number)).data)


def tags_of(asked: Asked) -> list[str]:
    """The tags of the sources, those of most sources first."""
    counts: dict[str, int] = {}
    for source in asked.desk.sources():
        for tag in source.tags:
            counts[tag] = counts.get(tag, 0) + 1
    return sorted(counts, key=lambda tag: (-counts[tag], tag))[:MOST_TAGS]


async def turn(asked: Asked, press: Press) -> Document | None:
    match press.ids:
        case ((0 | 1) as kind, number) if _at_home(asked):
            pass
        case _:
            return None
    tag = named(number, tags_of(asked)) if kind == TAG else None
    if tag is None and (kind == TAG or asked.desk.source(number) is None):
        return None

    def edit(taste: Taste) -> Taste:
        if tag is not None:
            return changed(taste, tags=toggled(taste.tags, tag))
        return changed(taste, sources=toggled(taste.sources, number))

    return _tastes(asked, await tasted(asked, Governed(asked.chat), edit), asked.texts)


# --- the third step: when, and by which clock


async def times(asked: Asked, press: Press) -> Document | None:
    return _times(asked, asked.texts) if _at_home(asked) else None


def _times(asked: Asked, spoken: Texts) -> Document:
    said = spoken.gettext("A digest is one message a day with what is new, and nothing twice.")
    offered = [Button(timetable.clock(at, spoken), Press(TIME, (at,)).data) for at in OFFERED_TIMES]
    none = Button(spoken.gettext("No digest, thank you"), Press(TIME, (NO_DIGEST,)).data)
    blocks = (
        _question(asked, TIME, spoken.gettext("When shall a digest come?"), spoken),
        paragraph(said),
    )
    return Document(blocks, (*rows(offered, width=3), (none,)), rtl=spoken.rtl)


async def take_time(asked: Asked, press: Press) -> Document | None:
    match press.ids:
        case (at,) if _at_home(asked) and at < NO_DIGEST:
            return _where(asked, at, _offered(asked))
        case (at,) if _at_home(asked) and at == NO_DIGEST:
            return _finished(asked, Governed(asked.chat))
    return None


def _offered(asked: Asked) -> list[str]:
    own = subscription(asked, Governed(asked.chat)).zone
    likely = [own] if own != zones.UTC else []
    if asked.texts.language in _OF_LANGUAGE:
        likely.append(_OF_LANGUAGE[asked.texts.language])
    return list(dict.fromkeys((*likely, *CITIES)))


def _where(asked: Asked, at: int, offered: list[str], note: str = "") -> Document:
    spoken = asked.texts
    said = note or spoken.gettext("{time} by the clock of which place?", time=timetable.clock(at, spoken))
    places = [Button(zones.city(zone, spoken.locale), _zone_data(at, zone)) for zone in offered]
    own = subscription(asked, Governed(asked.chat)).zone
    other = Button(spoken.gettext("Type your city"), Press(CITY, (at,)).data)
    skip = Button(spoken.gettext("Skip: {zone}", zone=own), _zone_data(at, own))
    return Document((paragraph(said),), (*rows(places, width=3), (other, skip)), rtl=spoken.rtl)


def _zone_data(at: int, zone: str) -> str:
    return Press(ZONE, (at, number_of(zone))).data


async def take_zone(asked: Asked, press: Press) -> Document | None:
    match press.ids:
        case (at, number) if _at_home(asked) and at < NO_DIGEST:
            zone = zones.zone_of(number)
        case _:
            return None
    return await _subscribed(asked, at, zone) if zone else None


async def ask_city(asked: Asked, press: Press) -> Document | None:
    """Asks for it; what is written in reply may be a city, a country, or a zone's name."""
    match press.ids:
        case (at,) if at < NO_DIGEST and asked.private:
            pass
        case _:
            return None
    if asked.desk.readonly:
        return aground(asked)
    if not asked.words:
        return _ask(asked, at, asked.texts.gettext("Which city are you in, or near? A country will do as well."))
    found = await asyncio.to_thread(zones.find_zones, asked.words, asked.texts.locale)
    if not found:
        said = asked.texts.gettext("I do not know that place. A larger city near you, or your country?")
        return _ask(asked, at, said)
    if len(found) == 1:
        return await _subscribed(asked, at, found[0])
    return _where(asked, at, found, asked.texts.gettext("Which of these?"))


def _ask(asked: Asked, at: int, said: str) -> Document:
    asks = Asks(Press(CITY, (at,)).data, asked.texts.gettext("Karachi"))
    return Document((paragraph(said),), rtl=asked.texts.rtl, asks=asks)


async def _subscribed(asked: Asked, at: int, zone: str) -> Document:
    def edit(own: Subscription) -> Subscription:
        return subscribed(changed(own, zone=zone), (at,), None, asked.house, asked.now)

    try:
        return _finished(asked, await edited(asked, Governed(asked.chat), edit))
    except TooMany as error:
        said = asked.texts.ngettext(
            "At most {count} digest a day.", "At most {count} digests a day. /settings removes one.", error.most
        )
        return compose.line(asked.texts, said)


# --- what was set


def _finished(asked: Asked, scope: Governed) -> Document:
    spoken, own = asked.texts, subscription(asked, scope)
    lines = [fill(spoken.gettext("Language: {language}"), language=languages.native(spoken.language))]
    wanted = [f"#{tag}" for tag in own.taste.tags]
    wanted += [name_of(source) for id in own.taste.sources if (source := asked.desk.source(id))]
    everything = spoken.gettext("everything")
    lines.append(fill(spoken.gettext("To read: {what}"), what=", ".join(wanted) or everything))
    lines.append(_digest(own, spoken) if own.slots else (spoken.gettext("No digest. /subscribe orders one."),))
    blocks = (Heading((spoken.gettext("All set"),)), Paragraph(tuple(lines)), guide.to_try(spoken))
    return Document(blocks, rtl=spoken.rtl)


def _digest(own: Subscription, spoken: Texts) -> tuple[str, ...]:
    said = spoken.gettext("Digest: {times}, {zone}. /settings changes it.")
    return tuple(str(part) for part in fill(said, times=timetable.slots(own, spoken), zone=own.zone))


TARGETS = {
    BEGIN: Target(begin),
    LANGUAGE: Target(take_language),
    TASTE: Target(turn),
    TIMES: Target(times),
    TIME: Target(take_time),
    ZONE: Target(take_zone),
    CITY: Target(ask_city),
}
