"""What a digest says: stories in their order, each in its article's own sentences, who says so, and where else.

The same delivery gives the same letter each time: its parts are cut from it one after the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers import compose, settings_pages
from handlers.document import (
    Block,
    Bold,
    Button,
    Buttons,
    Details,
    Document,
    Footer,
    Heading,
    Inlines,
    Italic,
    Items,
    Paragraph,
    paragraph,
    rows,
)
from handlers.governed import HERE, Governed
from handlers.letters import Letter
from handlers.press import Press
from handlers.statuses import left_out
from handlers.texts import Texts, texts
from summaries.desk import Desk
from summaries.language import count_words
from summaries.models import Briefing, Delivery, Look, Pick, Subscriber
from summaries.subscribers import subscription_of
from summaries.threads.choose import Choice
from summaries.threads.due import zone_of

SHOWN, MORE = "tv", "tz"
"""The views of a digest that was sent, and of what it had no room for; both carry its id."""

OTHERS = 3
"""Further articles of a story that are named with it."""


@dataclass(frozen=True)
class Told:
    """A pick with the briefings that are still there, the first of them in the length that was asked for."""

    pick: Pick
    briefings: tuple[Briefing, ...]


async def letter(desk: Desk, delivery: Delivery, chat: Subscriber, spoken: Texts | None = None) -> Letter | None:
    """What a delivery says to this chat, in its language; None where all of it was withdrawn meanwhile."""
    told = [await _told(desk, pick, chat, delivery) for pick in delivery.picks]
    if not any(each.briefings for each in told):
        return None
    spoken = spoken or texts(chat.language)
    return Letter(
        tuple(_opening(delivery, told, spoken)),
        tuple(story(each, place, spoken, delivery.look) for place, each in enumerate(told, 1)),
        (),
        buttons(delivery, told, spoken),
        rtl=spoken.rtl,
        page=compose.as_page(Press(SHOWN, (delivery.id,)), spoken) if delivery.id else None,
    )


async def _told(desk: Desk, pick: Pick, chat: Subscriber, delivery: Delivery) -> Told:
    found = [briefing for id in pick.briefings if (briefing := await desk.briefing(id))]
    length = subscription_of(chat, delivery.topic).taste.length
    first = [await desk.retelling.retold(found[0], length)] if found else []
    return Told(pick, (*first, *found[1:]))


def _opening(delivery: Delivery, told: Sequence[Told], spoken: Texts) -> Iterator[Block]:
    if delivery.kind == "push" or delivery.day is None:
        yield Heading((spoken.gettext("New in what you follow"),))
        return
    yield Heading((spoken.gettext("Your digest, {date}", date=spoken.date(delivery.day)),))
    yield paragraph(Italic((made_of(delivery, told, spoken),)))


def made_of(delivery: Delivery, told: Sequence[Told], spoken: Texts) -> str:
    """How many articles were read to make it, and the minutes that it takes."""
    words = sum(_words(each.briefings[0]) for each in told if each.briefings)
    minutes = max(1, round(words / compose.WORDS_PER_MINUTE))
    read = spoken.ngettext("{count} article read", "{count} articles read", max(delivery.read, 1))
    return f"{read} · " + spoken.ngettext("{count} minute for you", "{count} minutes for you", minutes)


def _words(found: Briefing) -> int:
    return sum(count_words(text, found.language) for text in (found.headline, *(each.text for each in found.sentences)))


def story(told: Told, place: int, spoken: Texts, look: Look) -> tuple[Block, ...]:
    """A story's blocks; none where its articles were withdrawn. On a page it is folded under its headline.

    `place` is its number in the digest, which its button has too.
    """
    if not told.briefings:
        return ()
    first = told.briefings[0]
    about = compose.about(first, spoken, short=True)
    inside = (*_sentences(first, spoken), *_notes(told, spoken))
    headline = (f"{spoken.number(place)}. ", Bold((compose.title(first, spoken),)), *_moved(told, spoken))
    if look == "page":
        return (Details(headline, (Paragraph((about,)), *inside)),)
    return (Paragraph((headline, about)), *inside)


def _moved(told: Told, spoken: Texts) -> Inlines:
    """Says of a story that its reader knows that there is something new in it."""
    return (" · ", Italic((spoken.gettext("new in this story"),))) if told.pick.new else ()


def _sentences(found: Briefing, spoken: Texts) -> Iterator[Block]:
    if found.sentences:
        yield Items(tuple(compose.with_source(found, chosen, spoken) for chosen in found.sentences))


def _notes(told: Told, spoken: Texts) -> Iterator[Block]:
    """How many sources it has, who else has it, and the other articles that tell what is new."""
    first, *others = told.briefings
    lines: list[Inlines] = [*compose.voices(first, spoken)]
    outlets = _outlets(told)
    if outlets:
        lines.append((spoken.gettext("Also in: {outlets}", outlets=", ".join(outlets)),))
    lines += [
        (compose.title(other, spoken), " · ", other.outlet) if other.outlet else (compose.title(other, spoken),)
        for other in others[:OTHERS]
    ]
    if lines:
        yield Footer(tuple(lines))


def _outlets(told: Told) -> list[str]:
    """Outlets beside the first that carry it and are not named with an article of their own."""
    first, *others = told.briefings
    named = {first.outlet, *(other.outlet for other in others[:OTHERS])}
    names = [*compose.also_in(first), *(name for other in others for name in (other.outlet, *compose.also_in(other)))]
    return [name for name in dict.fromkeys(names) if name and name not in named]


def buttons(delivery: Delivery, told: Sequence[Told], spoken: Texts) -> Buttons:
    """One to open each story's briefing, and below what leads on."""
    here = Press(SHOWN, (delivery.id,)).data if delivery.id else ""
    openers = [
        Button(spoken.number(place), Press(compose.BRIEFING, (each.briefings[0].id,), back=here).data)
        for place, each in enumerate(told, 1)
        if each.briefings
    ]
    return (*rows(openers), *rows(_leading_on(delivery, spoken)))


def _leading_on(delivery: Delivery, spoken: Texts) -> Iterator[Button]:
    if delivery.more and delivery.id:
        more = spoken.ngettext("+ {count} more", "+ {count} more", delivery.more)
        yield Button(more, Press(MORE, (delivery.id,)).data)
    yield Button(spoken.gettext("Settings"), Press(settings_pages.PANEL, (HERE, delivery.topic)).data)
    yield Button(spoken.gettext("Unsubscribe"), Press(settings_pages.UNSUBSCRIBE, (HERE, delivery.topic)).data)


def whole(made: Letter) -> Document:
    """The letter as one answer: for a look at what would come, and for coming back to one that was sent."""
    inside = tuple(block for each in made.stories for block in each)
    return Document((*made.opening, *inside, *made.closing), made.buttons, rtl=made.rtl, page=made.page)


def rest(delivery: Delivery, found: Sequence[Briefing], spoken: Texts) -> Document:
    """The stories that there was no room for, each by its best briefing."""
    heading = spoken.ngettext("+ {count} more", "+ {count} more", delivery.more)
    here = Press(MORE, (delivery.id,)).data
    blocks: tuple[Block, ...] = (Heading((heading,)), *(compose.entry(each, spoken) for each in found))
    back = Button(spoken.gettext("‹ Digest"), Press(SHOWN, (delivery.id,)).data)
    return Document(blocks, (*compose.openers(found, here), (back,)), rtl=spoken.rtl)


async def preview(desk: Desk, scope: Governed, choice: Choice, spoken: Texts, now: datetime) -> Document:
    """What a digest would say now, and what it leaves out; nobody is told anything by it."""
    zone = zone_of(subscription_of(scope.chat, scope.topic).zone)
    row = Delivery(
        0, scope.chat.id, "digest", now, topic=scope.topic, day=now.astimezone(zone).date(), picks=choice.picks,
        more=choice.more, rest=choice.rest, read=choice.read, look=scope.chat.look,
    )  # fmt: skip
    made = await letter(desk, row, scope.chat, spoken)
    left = left_out(choice.reasons, spoken)
    said = [paragraph(Italic((spoken.gettext("Left out: {reasons}", reasons=left),)))] if left else []
    if made is None:
        nothing = spoken.gettext("Nothing is new since the last digest, so none would be sent.")
        return Document((paragraph(nothing), *said), rtl=spoken.rtl)
    shown = whole(made)
    return replace(shown, blocks=(*shown.blocks, *said))
