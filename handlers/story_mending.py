"""What an admin changes in the grouping: /join, /split, /date. It is asked first, and said how to take it back."""

from handlers import compose, guide, story_pages
from handlers.access import Role
from handlers.adding import aground
from handlers.asked import Asked, Command, Target
from handlers.document import Asks, Block, Bold, Button, Document, Inlines, Italic, Paragraph, Passage, paragraph
from handlers.opened import unknown
from handlers.press import Press
from handlers.story_pages import CHOOSE, JOIN, REALLY_JOIN, REALLY_SPLIT, SPLIT, STORY, to_story
from handlers.texts import N_, Texts, fill
from handlers.turning import within
from handlers.typed import id_of
from summaries.dates import read_date
from summaries.models import Briefing
from summaries.storyline import StoryView

# --- join


async def join(asked: Asked) -> Document:
    """/join NUMBER NUMBER: both stories, and the question."""
    numbers = [id_of(word) for word in asked.words.split()]
    match numbers:
        case (int() as one, int() as other):
            return await _joining(asked, one, other)
    return guide.usage_of("join", asked.commands, asked.texts)


async def _joining(asked: Asked, one: int, other: int) -> Document:
    views = [await asked.desk.story(one), await asked.desk.story(other)]
    for number, view in zip((one, other), views, strict=True):
        if view is None:
            return _no_story(number, asked.texts)
    first, second = (view for view in views if view)
    if first.id == second.id:
        said = asked.texts.gettext("These are one story already: {number}.", number=str(first.id))
        return Document((paragraph(said),), ((to_story(first.id, asked.texts),),), rtl=asked.texts.rtl)
    texts = asked.texts
    yes = Button(texts.gettext("Yes, join them"), Press(REALLY_JOIN, (first.id, second.id)).data)
    no = Button(texts.gettext("Leave them"), Press(STORY, (first.id,)).data)
    ask = texts.gettext("Make these one story? Later articles then go to it. Taking it back is one article at a time.")
    blocks: tuple[Block, ...] = (paragraph(ask), _brief(first, texts), _brief(second, texts))
    return Document(blocks, ((yes, no),), rtl=texts.rtl)


def _no_story(number: int, texts: Texts) -> Document:
    said = texts.gettext("There is no story {number}. /stories lists what is moving; /story WORDS looks for one.")
    return compose.line(texts, *fill(said, number=str(number)))


def _brief(view: StoryView, texts: Texts) -> Block:
    return Paragraph(((Bold((Passage((story_pages.name_of(view, texts),)),)),), next(story_pages.measure(view, texts))))


async def ask_join(asked: Asked, press: Press) -> Document | None:
    """The button under a story asks for the other one; the reply comes by here too."""
    view = await asked.desk.story(press.ids[0]) if len(press.ids) == 1 else None
    if view is None:
        return None
    texts = asked.texts
    if asked.words:
        number = id_of(asked.words.strip())
        return await _joining(asked, view.id, number) if number else _no_number(texts)
    said = texts.gettext("Which story is the same as “{name}”? Answer with its number; /story WORDS shows it.")
    parts = fill(said, name=Passage((story_pages.name_of(view, texts),)))
    return Document(
        (paragraph(*parts),), asks=Asks(press.data, texts.gettext("the other story's number")), rtl=texts.rtl
    )


def _no_number(texts: Texts) -> Document:
    return compose.line(texts, texts.gettext("That is no story's number. Nothing was changed."))


async def really_join(asked: Asked, press: Press) -> Document | None:
    match press.ids:
        case (one, other):
            views = [await asked.desk.story(one), await asked.desk.story(other)]
        case _:
            return None
    if asked.desk.readonly:
        return aground(asked)
    if not all(views):
        return None
    kept = await asked.desk.join_stories(one, other) or next(view.id for view in views if view)
    gone = next((id for id in (one, other) if id != kept), kept)
    said = asked.texts.gettext(
        "They are one story now: {kept}. {gone} leads to it as well. /split ARTICLE takes an article out again.",
        kept=str(kept),
        gone=str(gone),
    )
    return Document((paragraph(said),), ((to_story(kept, asked.texts),),), rtl=asked.texts.rtl)


# --- split


async def split(asked: Asked) -> Document:
    """/split ARTICLE: the article, its story, and the question."""
    number = id_of(asked.words)
    if not number:
        return guide.usage_of("split", asked.commands, asked.texts)
    return await _splitting(asked, number)


async def _splitting(asked: Asked, number: int) -> Document:
    texts = asked.texts
    told = await asked.desk.briefing(number)
    view = await asked.desk.story((await asked.desk.place_of(told))[1]) if told else None
    if told is None or view is None:
        return unknown(str(number), texts)
    if len(view.briefings) == 1:
        return compose.line(texts, texts.gettext("That article is a story of its own already."))
    yes = Button(texts.gettext("Yes, split it off"), Press(REALLY_SPLIT, (told.id,)).data)
    no = Button(texts.gettext("Leave it"), Press(STORY, (view.id,)).data)
    ask = texts.gettext("Make this article a story of its own?")
    of = texts.gettext("It is part of:")
    blocks = (paragraph(ask), compose.entry(told, texts), paragraph(Italic((of,))), _brief(view, texts))
    return Document(blocks, ((yes, no),), rtl=texts.rtl)


async def choose(asked: Asked, press: Press) -> Document | None:
    """The articles of a story, to take one out."""
    view = await asked.desk.story(press.ids[0]) if len(press.ids) == 2 else None
    if view is None:
        return None
    return story_pages.to_split(view, asked.texts, offset=within(press.ids[1], len(view.briefings), story_pages.PAGE))


async def ask_split(asked: Asked, press: Press) -> Document | None:
    return await _splitting(asked, press.ids[0]) if len(press.ids) == 1 else None


async def really_split(asked: Asked, press: Press) -> Document | None:
    told = await asked.desk.briefing(press.ids[0]) if len(press.ids) == 1 else None
    if told is None:
        return None
    if asked.desk.readonly:
        return aground(asked)
    before = (await asked.desk.place_of(told))[1]
    own = await asked.desk.split_story(told.id)
    if not own:
        return compose.line(asked.texts, asked.texts.gettext("That article is a story of its own already."))
    return _splitted(told, before, own, asked.texts)


def _splitted(told: Briefing, before: int, own: int, texts: Texts) -> Document:
    said = texts.gettext("It is story {own} now, apart from story {before}.", own=str(own), before=str(before))
    undo = Button(texts.gettext("Put it back"), Press(REALLY_JOIN, (before, own)).data)
    shown = Button(texts.gettext("Its story"), Press(STORY, (own,)).data)
    return Document((compose.entry(told, texts), paragraph(said)), ((shown, undo),), rtl=texts.rtl)


# --- date


async def date(asked: Asked) -> Document:
    """/date ARTICLE DATE."""
    which, _, rest = asked.words.partition(" ")
    number = id_of(which)
    if not number or not rest.strip():
        return guide.usage_of("date", asked.commands, asked.texts)
    when = read_date(rest.strip(), language=asked.texts.language, now=asked.now)
    if when is None:
        said = asked.texts.gettext("“{words}” is no date, or not yet. Write it so: 2021-04-26")
        return compose.line(asked.texts, *fill(said, words=rest.strip()))
    if asked.desk.readonly:
        return aground(asked)
    before = await asked.desk.briefing(number)
    after = await asked.desk.redate(number, when) if before else None
    return _dated(before, after, asked.texts) if before and after else unknown(str(number), asked.texts)


def _dated(before: Briefing, after: Briefing, texts: Texts) -> Document:
    was: Inlines = (texts.gettext("It was undated before."),)
    if before.published:
        day = before.published.isoformat(timespec="minutes").removesuffix("+00:00")
        was = fill(texts.gettext("To take it back: {command}"), command=f"/date {before.id} {day}")
    return Document((compose.entry(after, texts), Paragraph((was,))), rtl=texts.rtl)


_STORIES = N_("Stories")

COMMANDS = (
    Command(
        "join",
        _STORIES,
        N_("makes two stories one"),
        join,
        N_("NUMBER NUMBER"),
        ("/join 3 12",),
        role=Role.ADMIN,
    ),
    Command(
        "split",
        _STORIES,
        N_("takes an article out of its story"),
        split,
        N_("ARTICLE"),
        ("/split 12",),
        role=Role.ADMIN,
    ),
    Command(
        "date",
        _STORIES,
        N_("says when an article was published"),
        date,
        N_("ARTICLE DATE"),
        ("/date 12 2021-04-26",),
        role=Role.ADMIN,
    ),
)

TARGETS = {
    JOIN: Target(ask_join, Role.ADMIN),
    REALLY_JOIN: Target(really_join, Role.ADMIN),
    CHOOSE: Target(choose, Role.ADMIN),
    SPLIT: Target(ask_split, Role.ADMIN),
    REALLY_SPLIT: Target(really_split, Role.ADMIN),
}
