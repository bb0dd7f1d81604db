import pytest

from summaries.intake.site_feeds import likely_feeds


@pytest.mark.parametrize(
    ("url", "first"),
    [
        ("https://kest.example.org", "https://kest.example.org/feed"),
        ("https://kest.example.org/world/", "https://kest.example.org/world/feed"),
        ("https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv/videos",
         "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv"),
        ("https://www.youtube.com/playlist?list=PLabc", "https://www.youtube.com/feeds/videos.xml?playlist_id=PLabc"),
        ("https://www.youtube.com/user/kest", "https://www.youtube.com/feeds/videos.xml?user=kest"),
        ("https://github.com/kest/mill", "https://github.com/kest/mill/releases.atom"),
        ("https://github.com/kest/mill/commits/main", "https://github.com/kest/mill/commits.atom"),
        ("https://www.reddit.com/r/kest/", "https://www.reddit.com/r/kest/.rss"),
        ("https://medium.com/@kest", "https://medium.com/feed/@kest"),
        ("https://kest.medium.com/", "https://kest.medium.com/feed"),
        ("https://kest.blogspot.com/2022/08/mill.html", "https://kest.blogspot.com/feeds/posts/default"),
        ("https://kest.substack.com/archive", "https://kest.substack.com/feed"),
        ("https://kest.tumblr.com/", "https://kest.tumblr.com/rss"),
        ("https://vimeo.com/kest", "https://vimeo.com/kest/videos/rss"),
        ("https://social.example.org/@kest", "https://social.example.org/@kest.rss"),
    ],
)  # fmt: skip
def test_the_likeliest_comes_first(url: str, first: str) -> None:
    assert likely_feeds(url)[0] == first


def test_the_usual_paths_follow_each_once() -> None:
    found = likely_feeds("https://kest.example.org/world/index.html")
    paths = [url.removeprefix("https://kest.example.org") for url in found]
    assert {"/feed", "/rss", "/rss.xml", "/atom.xml", "/index.xml", "/feed.xml"} < set(paths)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("url", ["", "kest", "ftp://kest.example.org/", "https://", "http://[x"])
def test_what_is_no_address_has_none(url: str) -> None:
    assert likely_feeds(url) == []
