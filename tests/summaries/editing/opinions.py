"""Two opinion pieces about invented places, in whole; and what a reader has to find in their briefings."""

QUIET_TALKS = """\
On the last evening of October I sat in a tea house above the old customs post at Serrat. Two drivers were playing \
dominoes under a lamp. Outside, a line of lorries stood where it had stood for nine days, and the oranges in them had \
begun to smell. One of the drivers, a man from Oravel with a grey beard, told me that he had stopped counting.

It was not always so. For most of the last century the pass was open from the first thaw to the first snow. Our \
grandmothers bought salt from the other side and sold wool to it. Then came the shooting at the dam in 2009, the \
expulsions that followed, and eleven years of speeches.

Every government in Oravel since then has promised to bring Kestria to its knees, and every government in Kestria has \
promised the same of Oravel. Neither has knelt. What has happened instead is that the two countries have lost a third \
of their trade, that young officers on both sides know each other only through the sights of a rifle, and that a \
shepherd who follows a goat over the wrong ridge may spend four years in a cell.

The foreign ministries cannot mend this. Each note that they exchange is read aloud in parliament the next morning, \
and every concession in it is called treason by noon. Summits have fared no better. The meeting at Lake Orn ended \
after forty minutes, and both delegations spent the following week explaining why it had been the fault of the other.

There is another channel, and it has worked before. In the winter of 2003 the intelligence services of Oravel and \
Kestria, which trusted each other with nothing, agreed over six weeks in a hotel in a third country on how to return \
prisoners. Nobody photographed them. The agreement held for five years, longer than any treaty that was signed with \
a golden pen.

The two services should begin such quiet talks again, without cameras and without a date by which they must succeed. \
They know what the other side fears, because it is their trade to know it. They can say in a closed room what no \
minister can say in an open one. They answer to the two presidents alone, who could disown the talks if they failed \
and bless them if they did not.

Some will object that spies make poor peacemakers. They do. But the talks that I have in mind would not make peace; \
they would make it possible to open a road in spring, and to learn whether the other side keeps its word in small \
things before it is asked to keep it in large ones.

When I left the tea house, the drivers had put away the dominoes. Snow was falling on the lorries. The man with the \
grey beard was asleep with his head on the table, and nobody had the heart to wake him.
"""
QUIET_TALKS_CALL = "The two services should begin such quiet talks again"

WATER_PRICE = """\
Why does a bath in Lorn cost less than a newspaper? The question was put to me by a schoolgirl last month, and I had \
no good answer for her.

The city council set the price of water in 1974 and has hardly touched it since. In those years the reservoir at \
Upper Lorn was full each April, the population was a quarter of what it is now, and nobody had heard of a golf course. \
Today the reservoir stands at 31 per cent. The engineers of the water board expect it to fall below the intake of the \
pumps in eleven weeks.

The council's answer has been to ration. Since June the taps of the eastern districts run for four hours a day, those \
of the hill villas for twenty-two. Officials explain the difference by the age of the pipes. The people of the eastern \
districts explain it by the address of the officials.

It is time to charge those who use most what water costs. A household that needs two hundred litres a day should pay \
what it pays now and not a penny more; a villa that pours five thousand on its lawn ought to pay for each litre what \
it costs to bring it from the coast by lorry. The towns of Pell and Amara did so eight years ago. Their use fell by a \
third, and no family there was cut off.

The villas say that they will leave. They said so when the tax on empty houses came, and when dogs were banned from \
the promenade. They are still here. The hotels say that guests will not come, although the guests who come now find a \
notice in the bathroom that asks them not to use it.

Rationing by the hour punishes those who have no cistern. Rationing by address punishes those who have no friends. A \
price for waste would punish waste, and the money could pay for the new pipes of which the council has talked since I \
was at school myself.

The council meets on Thursday. It must choose between a price that rises with use and a summer in which half of the \
city carries buckets. The schoolgirl will be watching, and so will I.
"""
WATER_PRICE_CALLS = (
    "It is time to charge those who use most what water costs.",
    "A household that needs two hundred litres a day should pay",
    "It must choose between a price that rises with use",
)
