"""What a reader was told, after they were told more. Pure."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from summaries.models import Pick, ToldTopic
from summaries.threads.choose import Choice

KEPT = timedelta(days=30)
"""How long it is known of a briefing that it was told."""
BEFORE_ALL = -1
"""`ToldTopic.upto` of who had a digest, and goes on from the first briefing of the desk; 0 is who had none."""
STORIES = 300
"""Stories of which it is known how far they were told: those that were told of last. An older one begins anew."""


def after_digest(told: ToldTopic, choice: Choice, day: date) -> ToldTopic:
    """With what a digest of this local date tells; the next one goes on from there."""
    return replace(_with(told, choice.picks, choice.marks, day), upto=max(told.upto, choice.upto))


def after_push(told: ToldTopic, choice: Choice, day: date, now: datetime, again: timedelta) -> ToldTopic:
    """With what came at once. When each subject came is remembered for as long as it may not come `again`."""
    known = _with(told, choice.picks, choice.marks, day)
    pushed = {subject: when for subject, when in told.pushed.items() if now - when < again}
    return replace(known, pushed={**pushed, **{subject_of(pick): now for pick in choice.picks}})


def untold(told: ToldTopic, picks: Sequence[Pick]) -> ToldTopic:
    """As if these had not been told, for they did not arrive: the next digest begins with the first of them again.

    What arrived meanwhile stays told. Once more changes nothing.
    """
    stories, gone = dict(told.stories), frozenset(id for pick in picks for id in pick.briefings)
    for pick in picks:
        mark = stories.pop(pick.story, 0)
        if pick.new and mark:
            stories[pick.story] = min(mark, min(pick.briefings) - 1)
    days = {day: tuple(id for id in ids if id not in gone) for day, ids in told.briefings.items()}
    return replace(
        told,
        stories=stories,
        briefings={day: ids for day, ids in days.items() if ids},
        upto=min(told.upto, (min(gone) - 1) or BEFORE_ALL) if gone and told.upto else told.upto,
        pushed={subject: when for subject, when in told.pushed.items() if subject not in set(map(subject_of, picks))},
    )


def subject_of(pick: Pick) -> int:
    """Its story, else its briefing, below zero."""
    return pick.story or -pick.briefings[0]


def by_now(told: ToldTopic, story: Callable[[int], int]) -> ToldTopic:
    """With the ids that stories have by now. Of two that became one, what was told last of either counts."""
    stories: dict[int, int] = {}
    for id, mark in told.stories.items():
        stories[story(id)] = max(mark, stories.get(story(id), 0))
    return replace(told, stories=stories)


def _with(told: ToldTopic, picks: Iterable[Pick], marks: Iterable[tuple[int, int]], day: date) -> ToldTopic:
    stories = dict(told.stories)
    for story, mark in marks:
        stories[story] = max(mark, stories.pop(story, 0))  # the one that was told of last comes last
    oldest = (day - KEPT).isoformat()
    briefings = {when: ids for when, ids in told.briefings.items() if when > oldest}
    ids = tuple(id for pick in picks for id in pick.briefings)
    if ids:
        briefings[day.isoformat()] = tuple(dict.fromkeys((*briefings.get(day.isoformat(), ()), *ids)))
    if len(stories) > STORIES:
        stories = dict(list(stories.items())[-STORIES:])
    return replace(told, stories=stories, briefings=briefings)
