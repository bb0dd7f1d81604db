"""The pages of the press: a report, and what stands around it on the news pages of today.

Sizes are spread as those of sixty news pages that were measured: 25 to 600 KB, the middle one 120; some 800 elements,
of them 140 links and as many boxes, 35 scripts, and two fifths of the bytes script and style.
"""

from dataclasses import dataclass
from functools import cache
from random import Random

from tests.reports import Report, report

SIZES = (25, 45, 55, 60, 75, 85, 110, 125, 160, 230, 290, 600)
"""Kilobytes, by outlet in turn."""
_OTHERS = 1_000_000
"""From this number on, reports stand only as teasers on other pages."""


@dataclass(frozen=True)
class Furniture:
    """What stands in the head, before the report, amid it, and behind it."""

    head: str = ""
    before: str = ""
    amid: str = ""
    behind: str = ""


BARE = Furniture()


def page(one: Report, around: Furniture) -> bytes:
    """A report's page, in UTF-8."""
    middle = len(one.paragraphs) // 2
    body = [_paragraph(place, text) for place, text in enumerate(one.paragraphs)]
    byline = f'<p class="article__byline">By <a rel="author" href="/by/{one.writer[:1].lower()}">{one.writer}</a></p>'
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{one.headline}</title>'
        f'<meta property="og:title" content="{one.headline}"><meta property="og:type" content="article">'
        f'<meta name="description" content="{one.teaser}">{around.head}</head><body>{around.before}<main>'
        f'<article class="article"><h1 class="article__title">{one.headline}</h1>{byline}'
        f"{''.join(body[:middle])}{around.amid}{''.join(body[middle:])}</article>{around.behind}</main></body></html>"
    ).encode()


def _paragraph(place: int, text: str) -> str:
    """With a link in some, and a place for an advertisement behind every third."""
    first, space, rest = text.partition(" ")
    linked = f'<a href="/tag/{place}">{first}</a>{space}{rest}' if place % 4 == 1 else text
    slot = f'<div class="ad ad--inline"><div class="ad__label">Advertisement</div><div id="ad-{place}"></div></div>'
    return f'<p class="article__text">{linked}</p>{slot if place % 3 == 2 else ""}'


def furniture(outlet: int) -> Furniture:
    """An outlet's, which it shares with every twelfth other one."""
    return _furniture(outlet % len(SIZES))


@cache
def _furniture(place: int) -> Furniture:
    chance = Random(place)
    share = 0.6 + place / len(SIZES)
    links, cards = _links(chance, round(60 * share)), _cards(chance, round(45 * share))
    before = (
        f'<a class="skip" href="#main">Skip to content</a><header class="site"><nav class="site__nav"><ul>{links}</ul>'
        f'</nav><form action="/search"><input type="search" name="q"><button>Search</button></form></header>{_share()}'
    )
    amid = (
        '<aside class="newsletter"><h3>Sign up to our newsletter</h3><p>The stories of the day, each morning.</p>'
        '<form><input type="email"><button>Subscribe</button></form></aside>'
        f'<figure><img src="/i/0.jpg" alt=""><figcaption>{report(_OTHERS, place).teaser} Photograph: Agency'
        f"</figcaption></figure><p><strong>Read more:</strong> <a href='/news/0'>{_title(chance)}</a></p>"
    )
    behind = (
        f'{_share()}<section class="related"><h2>Related</h2>{cards}</section>{_comments(chance, round(8 * share))}'
        f'<footer class="site__footer"><ul>{links}</ul><p>© All rights reserved.</p></footer>'
    )
    written = len((before + amid + behind).encode())
    scripts = _scripts(chance, max(4_000, SIZES[place] * 1000 - written - 9_000))
    return Furniture(_metadata(place) + scripts, before, amid, behind)


def _title(chance: Random) -> str:
    return report(_OTHERS, chance.randrange(400)).headline


def _metadata(place: int) -> str:
    tags = "".join(f'<meta name="site:key{n}" content="value {n}">' for n in range(25))
    links = "".join(f'<link rel="preload" as="script" href="/s/{n}.js">' for n in range(20))
    notes = f'{{"@context":"https://schema.org","@type":"NewsArticle","publisher":{{"name":"Outlet {place}"}}}}'
    return f'{tags}{links}<script type="application/ld+json">{notes}</script>'


def _links(chance: Random, count: int) -> str:
    return "".join(
        f'<li class="menu__item menu__item--{n % 7}"><a class="menu__link" href="/section/{n}" data-track="m{n}">'
        f"<span>{_title(chance).split()[0]}</span></a></li>"
        for n in range(count)
    )


def _cards(chance: Random, count: int) -> str:
    return "".join(
        f'<div class="column"><div class="card card--{n % 5}"><a class="card__link" href="/news/{n}.html"><img '
        f'class="card__image" src="/i/{n}.jpg" srcset="/i/{n}-1.jpg 1x, /i/{n}-2.jpg 2x" loading="lazy" alt=""></a>'
        f'<div class="card__body"><h3 class="card__title"><a href="/news/{n}.html">{_title(chance)}</a></h3>'
        f"<span class='card__time'>{n % 23 + 1} hours ago</span></div></div></div>"
        for n in range(count)
    )


def _comments(chance: Random, count: int) -> str:
    said = (report(_OTHERS, chance.randrange(400)) for _ in range(count))
    items = "".join(
        f'<li class="comment"><span class="comment__by">{one.writer}</span><p>{one.teaser}</p>'
        '<button class="comment__reply">Reply</button></li>'
        for one in said
    )
    return f'<section id="comments" class="comments"><h2>{count} comments</h2><ul>{items}</ul></section>'


def _share() -> str:
    places = ("mail", "print", "link", "chat")
    buttons = "".join(f'<li><a class="share__{name}" href="/share/{name}">Share by {name}</a></li>' for name in places)
    return f'<div class="share"><ul>{buttons}</ul></div>'


def _scripts(chance: Random, size: int) -> str:
    """So many bytes of style, settings and code."""
    parts = ["<style>" + ".card__title{margin:0 0 4px;font:600 18px/1.3 serif}" * (size // 200) + "</style>"]
    each = max(100, (size - len(parts[0])) // 35)
    for place in range(35):
        entries = ",".join(f'"{chance.getrandbits(40):x}":{n}' for n in range(each // 15))
        parts.append(f"<script>window.part{place}={{{entries}}};</script>")
    return "".join(parts)
