"""Pictures of numbers over time, as PNG: bars and digits only, since no font has every script. Words are the caption's.

One picture is shown on light and dark screens alike, so it brings its own background, dark enough not to glare.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1080, 540
"""Pixels: what a phone shows across its screen, so that nothing is scaled down to where digits blur."""
MOST_BARS = 60

MARGIN, _FOOT, _HEAD = 36, 64, 118
DIGITS, _MARKED = 36, 38
RADIUS = 28
_APART = 2 * RADIUS + 4
_DISCS = RADIUS + 12
"""Down to the middle of the marks."""

GROUND, BASE, _BAR, _PEAK, _MARK, INK, _ON_MARK = range(7)
_COLOURS = ("#1f2c38", "#51677a", "#7fb2dc", "#ffc65c", "#ffc65c", "#e8eef3", "#1f2c38")


@dataclass(frozen=True)
class Bars:
    """`values` are counts in order; `marks` are places among them, numbered from 1 in this order.

    `ends` are written under the first and the last bar.
    """

    values: tuple[int, ...]
    marks: tuple[int, ...] = ()
    ends: tuple[str, str] = ("", "")


def over_time(volume: Mapping[date, int], marks: Sequence[date] = ()) -> Bars:
    """A bar for each day that is covered, or for as many days as it takes to have at most 60 bars."""
    days = [*volume, *marks]
    if not days:
        return Bars(())
    first, last = min(days), max(days)
    each = timedelta(days=math.ceil(((last - first).days + 1) / MOST_BARS))
    values = [0] * ((last - first) // each + 1)
    for day, count in volume.items():
        values[(day - first) // each] += count
    return Bars(tuple(values), tuple((day - first) // each for day in marks), (first.isoformat(), last.isoformat()))


def draw(bars: Bars) -> bytes:
    """A PNG of 1080 by 540 pixels. Takes some milliseconds: not for the loop."""
    image, pen = canvas(HEIGHT, _COLOURS)
    left = MARGIN + 16 + round(pen.textlength(str(max(bars.values, default=0)), font=font(DIGITS)))
    scale(pen, max(bars.values, default=0), left, _HEAD, _floor())
    centres = _bars(pen, bars, left)
    _marks(pen, [centres[place] for place in bars.marks])
    ends(pen, bars.ends, left, HEIGHT - 10)
    return png(image)


def canvas(height: int, colours: Sequence[str]) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """An empty picture, and what draws on it with colours by their places; the first is the ground."""
    image = Image.new("P", (WIDTH, height), GROUND)
    image.putpalette([int(colour[at : at + 2], 16) for colour in colours for at in (1, 3, 5)])
    pen = ImageDraw.Draw(image)
    pen.fontmode = "1"  # a palette has no shades between two colours
    return image, pen


def png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def scale(pen: ImageDraw.ImageDraw, highest: int, left: int, head: int, floor: int) -> None:
    """The ground that bars stand on from `left` on, and how many the highest stands for."""
    for height, digits in ((head, str(highest)), (floor, "0")):
        pen.line((left, height, WIDTH - MARGIN, height), fill=BASE, width=2)
        pen.text((left - 12, height), digits, fill=INK, font=font(DIGITS), anchor="rm")


def _bars(pen: ImageDraw.ImageDraw, bars: Bars, left: int) -> list[float]:
    """Where the middle of each bar is."""
    room = (WIDTH - left - MARGIN) / max(1, len(bars.values))
    thick, highest = min(64.0, max(3.0, room * 0.8)), max(bars.values, default=1) or 1
    centres = [left + room * (place + 0.5) for place in range(len(bars.values))]
    for place, (centre, value) in enumerate(zip(centres, bars.values, strict=True)):
        if value:
            tall = max(6.0, (_floor() - _HEAD) * value / highest)
            box = (round(centre - thick / 2), round(_floor() - tall), round(centre + thick / 2), _floor())
            pen.rectangle(box, fill=_PEAK if place in bars.marks else _BAR)
    return centres


def _marks(pen: ImageDraw.ImageDraw, centres: Sequence[float]) -> None:
    """A numbered disc for each, and a line from there to where it belongs."""
    for number, (centre, middle) in enumerate(zip(centres, spread(centres), strict=True), start=1):
        pen.line((middle, _DISCS, centre, _HEAD, centre, _floor()), fill=_MARK, width=3)
        pen.ellipse((middle - RADIUS, _DISCS - RADIUS, middle + RADIUS, _DISCS + RADIUS), fill=_MARK)
        pen.text((middle, _DISCS), str(number), fill=_ON_MARK, font=font(_MARKED), anchor="mm")


def spread(centres: Sequence[float]) -> list[float]:
    """Where discs of rising `centres` stand so that none covers another, each as near to its own as can be."""
    places: list[float] = []
    for centre in centres:
        places.append(max(centre, places[-1] + _APART if places else RADIUS + 8.0))
    end = WIDTH - RADIUS - 8.0
    for number in reversed(range(len(places))):
        places[number] = min(places[number], end)
        end = places[number] - _APART
    return places


def ends(pen: ImageDraw.ImageDraw, words: tuple[str, str], left: int, foot: int) -> None:
    """What the first and the last bar stand for, written above `foot`."""
    first, last = words
    pen.text((left, foot), first, fill=INK, font=font(DIGITS), anchor="ld")
    if last != first:
        pen.text((WIDTH - MARGIN, foot), last, fill=INK, font=font(DIGITS), anchor="rd")


def _floor() -> int:
    return HEIGHT - _FOOT


@cache
def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Pillow brings it along."""
    return ImageFont.load_default(size)
