"""A report and an op-ed as pages paste them, about invented places, with what is the article's own in them."""

TITLE = "Daral and Veshnia envoys keep quiet channel open"
DECK = "Officials on both sides say the contacts will go on despite the border row"
REPORT_SENTENCES = (
    "Envoys from Daral and Veshnia have met at least three times since May, officials close to the talks said.",
    "The meetings, held in a third country, were kept from the press and from most ministers.",
    "“We have not closed the door,” said one official, who asked not to be named.",
    "The two sides agreed to keep the line open.",
    "A spokesman for the foreign office in Kareempur declined to comment.",
)
PARAGRAPHS = (
    f"KAREEMPUR: {REPORT_SENTENCES[0]} {REPORT_SENTENCES[1]}",
    "Read Veshnia recalls its envoy from Kareempur",
    f"{REPORT_SENTENCES[2]} {REPORT_SENTENCES[3]}",
    REPORT_SENTENCES[4],
)
COMMENTS = (
    "COMMENTS",
    "Replying to X",
    "Saved ! Your comment will be displayed after the approval.",
    "Error !",
    "Denied! You can post your comment in 10 minutes.",
    "Comments are moderated and generally will be posted if they are on-topic and not abusive.",
    "For more information, please see our Comments FAQ",
)
REPORT = (TITLE, DECK, "Mira Daloun", "August 08, 2022", *PARAGRAPHS, *COMMENTS)

OPED_SENTENCES = (
    "The news that the spy chiefs of Daral and Veshnia have talked in a hotel surprised nobody in the two capitals.",
    "For decades the border has been a wound.",
    "The two services know each other better than any two ministries do, and each has paid for that knowledge.",
    "Politicians on both sides have to win elections, and elections are not won with soft words.",
    "We must ask why this channel has been left to rust.",
    "There is a case for patience, too.",
    "Quiet, strategic talks between the two services would cost little and could save many lives.",
    "It is time that both governments said so.",
)
PULL_QUOTES = (
    "The two services know each other better than any two ministries do",
    "Quiet, strategic talks between the two services would cost little and could save many lives",
)
BIO = "The writer is a former envoy of Daral and can be reached at mira.daloun@example.org"
OPED = (
    OPED_SENTENCES[0],
    f"{PULL_QUOTES[0]} {OPED_SENTENCES[1]} {OPED_SENTENCES[2]}",
    f"{OPED_SENTENCES[3]} {PULL_QUOTES[1]} {OPED_SENTENCES[4]} {OPED_SENTENCES[5]}",
    PULL_QUOTES[1],
    f"{OPED_SENTENCES[6]} {OPED_SENTENCES[7]}",
    BIO,
)
