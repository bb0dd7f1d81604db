"""What a briefing says of its story: one line, and the buttons under it."""

from handlers.asked import Asked
from handlers.compose import BRIEFING
from handlers.document import Button, Inlines, Passage
from handlers.press import Press
from handlers.story_pages import STORY, WHY, name_of, size
from handlers.texts import fill
from summaries.models import Briefing
from summaries.storyline import StoryView


async def story_line(asked: Asked, found: Briefing) -> tuple[Inlines, tuple[Button, ...]]:
    """Nothing for an article that is alone in its story: that would say again what stands above it."""
    view = await asked.desk.story((await asked.desk.place_of(found))[1])
    if view is None or len(view.briefings) < 2:
        return (), ()
    return _line(asked, view), _buttons(asked, found, view)


def _line(asked: Asked, view: StoryView) -> Inlines:
    said = asked.texts.gettext("Story: {name} ({size})")
    measure = size(len(view.briefings), len(view.outlets), asked.texts)
    return fill(said, name=Passage((name_of(view, asked.texts),)), size=measure)


def _buttons(asked: Asked, found: Briefing, view: StoryView) -> tuple[Button, ...]:
    story = Press(STORY, (view.id,), back=Press(BRIEFING, (found.id,)).data)
    return (
        Button(asked.texts.gettext("Story"), story.data),
        Button(asked.texts.gettext("Why together?"), Press(WHY, (found.id,)).data),
    )


async def stories_of(asked: Asked, page: list[Briefing]) -> dict[int, int]:
    """The story that each belongs to, by the briefing's id."""
    return {found.id: (await asked.desk.place_of(found))[1] for found in page}
