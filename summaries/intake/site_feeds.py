"""Where feeds usually are: the patterns of well-known sites and programs, then the usual paths."""

import re
from urllib.parse import parse_qs, urlsplit

from summaries.intake.urls import host_of, is_url

_PATHS = (
    "/feed",
    "/feed/",
    "/rss",
    "/rss.xml",
    "/atom.xml",
    "/index.xml",
    "/feed.xml",
    "/feeds/posts/default",
    "/rss/",
    "/feed.json",
    "/index.rdf",
    "/?feed=rss2",
    "/blog/feed",
    "/news/rss",
    "/feeds",
)
"""WordPress, Ghost, Jekyll, Hugo, Blogger, Movable Type and their kin, the frequent ones first."""

_CHANNEL = re.compile(r"^/channel/(UC[\w-]{10,40})")
_REPOSITORY = re.compile(r"^/([\w.-]+)/([\w.-]+)(?:/(releases|commits|tags))?")
_REDDIT = re.compile(r"^/((?:r|u|user)/[\w+-]+)")
_FILE = re.compile(r"\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)


def likely_feeds(url: str) -> list[str]:
    """Addresses at which the feed of the site or section `url` may be, the likeliest first; none of them is asked."""
    if not is_url(url):
        return []
    parts = urlsplit(url.strip())
    root = f"{parts.scheme}://{parts.netloc}"
    known = _known(host_of(url), parts.path, parts.query, root)
    section = _FILE.sub("", parts.path.rstrip("/"))
    nearer = [f"{root}{section}{end}" for end in ("/feed", "/rss", "/rss.xml", "/atom.xml")] if section else []
    return list(dict.fromkeys([*known, *nearer, *(root + path for path in _PATHS)]))


def _known(host: str, path: str, query: str, root: str) -> list[str]:
    if host in ("youtube.com", "m.youtube.com"):
        return _youtube(path, query)
    if host == "github.com" and (repository := _REPOSITORY.match(path)):
        owner, name, page = repository.groups()
        return [f"{root}/{owner}/{name}/{kind}.atom" for kind in dict.fromkeys((page or "releases", "commits", "tags"))]
    if host.endswith("reddit.com"):
        place = _REDDIT.match(path)
        return [f"{root}/{place[1]}/.rss"] if place else [f"{root}/.rss"]
    if host == "medium.com" or host.endswith(".medium.com"):
        return [f"{root}/feed{path.rstrip('/')}"]
    if host.endswith((".blogspot.com", ".blogger.com")) or ".blogspot." in host:
        return [f"{root}/feeds/posts/default", f"{root}/feeds/posts/default?alt=rss"]
    return _hosted(host, path, root)


def _hosted(host: str, path: str, root: str) -> list[str]:
    if host.endswith((".substack.com", ".wordpress.com")):
        return [f"{root}/feed"]
    if host.endswith(".tumblr.com"):
        return [f"{root}/rss"]
    if host == "vimeo.com" and path.strip("/"):
        return [f"{root}/{path.strip('/').split('/')[0]}/videos/rss"]
    if re.match(r"^/@[\w.]+(?:@[\w.-]+)?/?$", path):  # Mastodon and its kin
        return [f"{root}{path.rstrip('/')}.rss"]
    return []


def _youtube(path: str, query: str) -> list[str]:
    feed = "https://www.youtube.com/feeds/videos.xml"
    if channel := _CHANNEL.match(path):
        return [f"{feed}?channel_id={channel[1]}"]
    listed = parse_qs(query).get("list")
    if listed:
        return [f"{feed}?playlist_id={listed[0]}"]
    return [f"{feed}?user={path.split('/')[2]}"] if re.match(r"^/user/[\w.-]+", path) else []
