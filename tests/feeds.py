"""Feeds about invented places, in every format, and what damage does to them."""

import random
from collections.abc import Iterator

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>The Daral Post</title><link>https://post.example.org/</link><language>en-gb</language>
<atom:link href="https://post.example.org/feed" rel="self" type="application/rss+xml"/>
<description>News from Daral &amp; the valley</description>
<item><title>Bridge falls at Ostra</title><link>https://post.example.org/bridge?a=1&amp;b=2</link>
<guid isPermaLink="false">post-1</guid><pubDate>Mon, 08 Aug 2022 09:00:00 +0200</pubDate>
<dc:creator>Mira Daloun</dc:creator>
<description>The old bridge over the Ald fell.</description>
<content:encoded><![CDATA[<p>The old bridge over the Ald fell. <a href="/more">More</a></p>]]></content:encoded></item>
<item><title>Council meets over tariffs</title><link>https://post.example.org/council</link>
<guid>https://post.example.org/council</guid><pubDate>Sun, 07 Aug 2022 18:30:00 GMT</pubDate>
<description>&lt;p&gt;It sat until midnight — and went home.&lt;/p&gt;</description></item>
<item><title>Ferry to Sollen resumes</title><link>https://post.example.org/ferry</link>
<guid>https://post.example.org/ferry</guid><pubDate>Sat, 06 Aug 2022 07:00:00 GMT</pubDate>
<description>Twice a day, weather permitting.</description></item>
</channel></rss>
"""

RSS_091 = """<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Sollen Harbour</title><link>http://sollen.example.org/</link>
<description>Tides</description><language>de</language>
<item><title>Flut um sechs</title><link>http://sollen.example.org/1</link>
<description>Hoch &uuml;ber Normal.</description></item>
<item><title>Ebbe um zw&ouml;lf</title><link>http://sollen.example.org/2</link></item>
</channel></rss>
"""

RDF = """<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://vell.example.org/"><title>Vell Review</title><link>http://vell.example.org/</link></channel>
<item rdf:about="http://vell.example.org/a"><title>Grain rots in Vell</title><link>http://vell.example.org/a</link>
<dc:date>2022-08-08T09:00:00+02:00</dc:date><dc:creator>T. Varr</dc:creator><description>All of it.</description></item>
<item rdf:about="http://vell.example.org/b"><title>Vell dries its grain</title><link>http://vell.example.org/b</link>
<dc:date>2022-08-09</dc:date></item>
</rdf:RDF>
"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://kest.example.org/news/">
<title type="html">Kest &amp;amp; Around</title><link rel="self" href="feed.atom"/><link rel="alternate" href="/"/>
<id>urn:kest:feed</id><updated>2022-08-08T12:00:00Z</updated>
<entry><title type="html">Mill &lt;b&gt;burns&lt;/b&gt;</title><link rel="enclosure" type="audio/mpeg" href="mill.mp3"/>
<link rel="alternate" type="text/html" href="mill.html"/><id>urn:kest:1</id><published>2022-08-08T10:00:00Z</published>
<updated>2022-08-08T11:00:00Z</updated><author><name>Ana Kell</name><email>ana@kest.example.org</email></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The mill at <em>Kest</em> burned.</p></div></content>
</entry>
<entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Dam <em>holds</em></div></title>
<link href="dam.html"/><id>urn:kest:2</id><updated>2022-08-07T11:00:00+05:30</updated>
<summary type="html">&lt;p&gt;It held.&lt;/p&gt;</summary></entry>
<entry><title>Price of a &lt; b rises</title><link href="price.html"/><id>urn:kest:3</id>
<updated>2022-08-06T11:00:00.123-04:00</updated><summary>Plain words &amp; no tags.</summary></entry>
</feed>
"""

ATOM_03 = """<?xml version="1.0" encoding="utf-8"?>
<feed version="0.3" xmlns="http://purl.org/atom/ns#" xml:lang="en"><title>Old Kest</title>
<link rel="alternate" type="text/html" href="http://old.example.org/"/><modified>2004-05-01T10:00:00Z</modified>
<entry><title mode="escaped" type="text/html">First &amp;lt;i&amp;gt;light&amp;lt;/i&amp;gt;</title>
<link rel="alternate" type="text/html" href="http://old.example.org/1"/><id>tag:old.example.org,2004:1</id>
<issued>2004-05-01T09:00:00Z</issued><modified>2004-05-01T10:00:00Z</modified>
<content type="text/html" mode="escaped">&lt;p&gt;Light.&lt;/p&gt;</content></entry></feed>
"""

PODCAST = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Ald Radio</title><link>https://radio.example.org</link><itunes:author>Ald Radio</itunes:author>
<item><title>Episode 12: the tide</title><itunes:author>Ivo Marn</itunes:author><guid isPermaLink="false">ep12</guid>
<enclosure url="https://radio.example.org/12.mp3" length="1200" type="audio/mpeg"/>
<pubDate>Fri, 05 Aug 2022 05:00:00 EST</pubDate><itunes:summary>About the tide.</itunes:summary></item>
<item><enclosure url="https://radio.example.org/11.mp3" length="1100" type="audio/mpeg"/>
<media:title>Episode 11</media:title><media:content url="https://radio.example.org/11.mp4"/></item>
</channel></rss>
"""

CYRILLIC = """<?xml version="1.0" encoding="windows-1251"?>
<rss version="2.0"><channel><title>Вести Ольхова</title><link>https://olhov.example.org/</link><language>ru</language>
<item><title>Мост обрушился в Остре</title><link>https://olhov.example.org/1</link>
<pubDate>Mon, 08 Aug 2022 09:00:00 +0300</pubDate><description>Никто не пострадал.</description></item>
<item><title>Паром снова ходит</title><link>https://olhov.example.org/2</link></item></channel></rss>
"""

JAPANESE = """<?xml version="1.0" encoding="shift_jis"?>
<rss version="2.0"><channel><title>潮の新聞</title><link>https://ushio.example.org/</link><language>ja</language>
<item><title>橋が落ちた</title><link>https://ushio.example.org/1</link><description>古い橋が夜に落ちた。</description></item>
</channel></rss>
"""

SAMPLES: dict[str, bytes] = {
    "rss": RSS.encode(),
    "rss091": RSS_091.encode(),
    "rdf": RDF.encode(),
    "atom": ATOM.encode(),
    "atom03": ATOM_03.encode(),
    "podcast": PODCAST.encode(),
    "cyrillic": CYRILLIC.encode("cp1251"),
    "japanese": JAPANESE.encode("shift_jis"),
    "utf16": RSS.replace("utf-8", "utf-16").encode("utf-16"),
    "utf16be": ATOM.replace("utf-8", "utf-16").encode("utf-16-be"),
}

_LIES = (b"utf-8", b"us-ascii", b"iso-8859-1", b"windows-1251", b"shift_jis", b"utf-16", b"klingon", b"gb2312")
_INSERTED = (b"&", b"<", b">", b"\x00", b"\x1b", b"\xff", b"]]>", b"<![CDATA[", b"&nbsp;", b"&bogus;", b"&#xfffffff;",
             b"<!--", b"-->", b"<b>", b"</item>", b"</title>", b"<x:y>", b"\xe9")  # fmt: skip


def mutants(data: bytes, seed: int, count: int) -> Iterator[bytes]:
    """`count` damaged copies of `data`, the same ones for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        mutant = data
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            mutant = _damaged(mutant, chance)
        yield mutant


def _damaged(data: bytes, chance: random.Random) -> bytes:
    place, other = chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)
    low, high = min(place, other), max(place, other)
    match chance.randrange(9):
        case 0:
            return data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :]
        case 1:
            return data[:place]
        case 2:
            return data[:low] + data[low + chance.randrange(60) :]
        case 3:
            return data[:place] + chance.choice(_INSERTED) + data[place:]
        case 4:
            return data[:low] + data[low : low + 200] + data[low:]
        case 5:
            return _lied(data, chance)
        case 6:
            return chance.choice((b"\n\n", b"<br />\n<b>Warning</b>: x<br />\n", b"\xef\xbb\xbf", b"\xff\xfe")) + data
        case 7:
            return (
                data[:low] + data[high : high + 40] + data[low + 40 : high] + data[low : low + 40] + data[high + 40 :]
            )
        case _:
            return data + data[low:]


def _lied(data: bytes, chance: random.Random) -> bytes:
    start = data.find(b'encoding="')
    end = data.find(b'"', start + 10)
    return data[: start + 10] + chance.choice(_LIES) + data[end:] if 0 <= start < end else data
