"""What a feed says → what the desk takes of it.

`parse_feed` gives ids, links and dates as they are written, so that other programs see what every reader sees. What is
made of gaps and of values that cannot be meant is decided here, in one place, before entries are compared.
"""

from msgspec.structs import replace

from summaries.intake.feed_dates import believable
from summaries.models import Entry, Feed


def usable(feed: Feed) -> tuple[Entry, ...]:
    """The entries of `feed`: `link` is the address to read at, `id` is never empty beside a link, and no date is the
    zeros of a database.

    A last entry that broke off before its link and id is left out: it would come back as another one.
    """
    entries = tuple(map(_usable, feed.entries))
    return entries[:-1] if feed.cut and len(entries) > 1 and not entries[-1].id else entries


def _usable(entry: Entry) -> Entry:
    link = entry.page or entry.link
    published, updated = believable(entry.published), believable(entry.updated)
    return replace(entry, id=entry.id or link, link=link, page="", published=published, updated=updated)
