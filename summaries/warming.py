"""What worker processes begin with beside the libraries: the patterns and word lists that reading needs.

Imported for its effect, by the process that workers are copies of: it reads one short page in place of each of them,
which would take a second and a half.
"""

from summaries.pipeline import prepare_fetched
from summaries.polled import read_feed

_URL = "https://tarn.example/news/strike"
_PAGE = """<html lang="en"><head><title>Harbour strike ends in Tarn</title>
<meta name="description" content="Dockers and the port of Tarn agree after nine days."></head><body><article>
<h1>Harbour strike ends in Tarn</h1><p>By Mira Daloun</p><p>12 March 2031, 9:30 am</p>
<p>Dockers in Tarn went back to their quays and cafés on Monday after nine days, the port said. “We have waited long
enough,” said Otto Velt, who leads their union. According to the council, 140 ships had been kept outside the harbour
since March 3, 2031.</p>
<p>But the mayor, Rosa Harun, warned that it would take weeks until every ferry sails again. She must now find 40,000
crowns for the pilots, two officials told reporters.</p>
<p>Read more: What the strike has cost</p></article></body></html>"""
_FEED = """<rss version="2.0"><channel><title>The Tarn Mail</title><item><title>Harbour strike ends</title>
<link>https://tarn.example/news/strike</link><pubDate>Wed, 12 Mar 2031 09:30:00 GMT</pubDate>
<description>Dockers went back to work.</description></item></channel></rss>"""

read_feed(_FEED.encode(), f"{_URL}/feed.xml", "application/rss+xml", 0)
prepare_fetched(_PAGE.encode(), _URL)
