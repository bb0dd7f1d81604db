"""The picture of /stats, in the manner of `pictures`: articles a day by source, and below them deliveries a day."""

from collections.abc import Sequence

from PIL import ImageDraw

from handlers.pictures import BASE, DIGITS, GROUND, MARGIN, RADIUS, WIDTH, canvas, ends, font, png, scale
from summaries.figures import Figures

HEIGHT = 1000
NAMED = 5
"""Sources with a colour of their own."""

LEAST = 4
"""Pixels of what is hardly there."""

_HEAD, _FLOOR = 118, 496
_HEAD_BELOW, _FLOOR_BELOW = 590, 930
_DISCS = RADIUS + 12
_SENT, _LOST, _OTHERS, _FIRST = 2, 3, 4, 6
_COLOURS = (
    *("#1f2c38", "#51677a", "#7fb2dc", "#ff7a5c", "#8295a6", "#e8eef3"),  # ground, base and ink as in `pictures`
    *("#56b4e9", "#ffc65c", "#6fcf97", "#f199c2", "#b79cf0"),
)
"""Those of sources that stand upon each other differ in lightness too, for who sees few colours."""


def draw(figures: Figures) -> bytes:
    """A PNG of 1080 by 1000 pixels. Takes some milliseconds: not for the loop.

    Above, the five sources that brought most, from the ground up in the colours of their numbers, and all else in grey;
    below, what was sent, and over it in red what was refused or is in doubt.
    """
    image, pen = canvas(HEIGHT, _COLOURS)
    above, below = _articles(figures), _deliveries(figures)
    highest = [max((sum(stack) for stack in stacks), default=0) for stacks in (above, below)]
    left = MARGIN + 16 + max(round(pen.textlength(str(count), font=font(DIGITS))) for count in highest)
    named = min(NAMED, len(figures.brought))
    _legend(pen, named, left)
    scale(pen, highest[0], left, _HEAD, _FLOOR)
    _stacks(pen, above, (*range(_FIRST, _FIRST + NAMED), _OTHERS), (left, _HEAD, _FLOOR))
    scale(pen, highest[1], left, _HEAD_BELOW, _FLOOR_BELOW)
    _stacks(pen, below, (_SENT, _LOST), (left, _HEAD_BELOW, _FLOOR_BELOW))
    ends(pen, (figures.days[0].isoformat(), figures.days[-1].isoformat()), left, HEIGHT - 10)
    return png(image)


def _articles(figures: Figures) -> list[tuple[int, ...]]:
    """Of each day, the articles of each named source, none for those that there are not, and all others.

    What was withdrawn is still among what its source brought.
    """
    named = [one.articles for one in figures.brought[:NAMED]]
    named += [(0,) * len(figures.days)] * (NAMED - len(named))
    days = zip(*named, strict=True)
    return [(*day, max(0, total - sum(day))) for day, total in zip(days, figures.articles, strict=True)]


def _deliveries(figures: Figures) -> list[tuple[int, ...]]:
    return [(day.sent, day.failed + day.doubt) for day in figures.deliveries]


def _legend(pen: ImageDraw.ImageDraw, named: int, left: int) -> None:
    """A numbered disc for each named source; the caption says which it is."""
    for place in range(named):
        centre = left + RADIUS + place * (2 * RADIUS + 24)
        pen.ellipse((centre - RADIUS, _DISCS - RADIUS, centre + RADIUS, _DISCS + RADIUS), fill=_FIRST + place)
        pen.text((centre, _DISCS), str(place + 1), fill=GROUND, font=font(DIGITS), anchor="mm")


def _stacks(
    pen: ImageDraw.ImageDraw, stacks: Sequence[tuple[int, ...]], colours: Sequence[int], where: tuple[int, int, int]
) -> None:
    """A bar a day, in pieces from the ground up; what there is at all can be seen."""
    left, head, floor = where
    room = (WIDTH - left - MARGIN) / max(1, len(stacks))
    highest = max((sum(stack) for stack in stacks), default=0) or 1
    for place, stack in enumerate(stacks):
        start, end = round(left + room * (place + 0.1)), round(left + room * (place + 0.9))
        foot = floor
        for tall, colour in zip(heights(stack, floor - head, highest), colours, strict=True):
            if tall:
                pen.rectangle((start, foot - tall, end, foot - 1), fill=colour)
            foot -= tall
    pen.line((left, floor, WIDTH - MARGIN, floor), fill=BASE, width=2)


def heights(stack: Sequence[int], tallest: int, highest: int) -> list[int]:
    """The pixels of each piece, where `highest` has `tallest`: some for all that there is, at the largest's cost."""
    tall = [max(LEAST, round(tallest * count / highest)) if count else 0 for count in stack]
    over = sum(tall) - tallest
    if over > 0:
        largest = tall.index(max(tall))
        tall[largest] -= over
    return tall
