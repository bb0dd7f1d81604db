"""What stands on a page beside the article: related links, share lines, comment forms, sign-ups, credits, notices.

A phrase decides. What a reporter might write as a sentence is furniture only where it stands
as a label ("Related: …") or is the whole line ("Comments"). Phrases are in lower case, apostrophes straight.
"""

import re
from functools import cache, lru_cache

from summaries.editing.alternation import factored
from summaries.editing.phrases import phrases, sections

_LONGEST = 400
"""Furniture is short. A longer paragraph that begins like it is an article that has lost its line breaks."""

_LABEL_END = r"\s{0,2}(?:[:：|>»›→►▶]|[-–—]\s|$)"
_ADDRESS = r"https?://\S{1,500}|www\.\S{1,300}"
_MENTION = re.compile(
    _ADDRESS + r"|\b(?:pic\.twitter\.com|t\.co|youtu\.be|bit\.ly)/\S{1,100}"
    r"|[\w.+-]{1,64}\s?(?:@|\[at\]|\(at\))\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
    r"|(?<!\w)@{1,2}\w{2,40}|\+?\(?\d[\d ()./-]{6,18}\d"
)
_TELEPHONE = re.compile(r"\d[\d ()./-]{6}")

_MENTION_LABEL = re.compile(phrases("furniture", "mentions"), re.IGNORECASE)
_NETWORKS = re.compile(rf"(?:{phrases('furniture', 'networks')}|\W)+", re.IGNORECASE)
_PARENTHESISED = re.compile(
    r"[(\[（](?:photo|image|picture|file|credit|source|graphic|with (?:inputs|agency|agencies)|agencies|reuters|afp|ap|"
    r"pti|ani|foto|bild|crédit|фото|pictured|screenshot|اے ایف پی|एजेंसी|भाषा)\b[^)\]）]{0,120}[)\]）]\W*",
    re.IGNORECASE,
)
_AGENCY = "(?:AFP|AP|Reuters|REUTERS|EPA|Getty|Xinhua|PTI|ANI|dpa|TASS|Anadolu|Bloomberg)"
_CREDIT = re.compile(
    rf"(?:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,3}} ?/ ?)?{_AGENCY}(?: ?/ ?[A-Z][\w.'’ -]{{1,40}})?"
    r"(?: (?:Photo|Images|via Getty Images))?\W*"
    r"|(?:Photo|Image|Picture|Foto|Bild|Фото|Photograph)s?(?: (?:by|courtesy|credit|via)\b|\s?[:/]|\s—)[^.]{0,100}\.?"
)
_SHOUTED = re.compile(r"(?:COMMENTS?|SHARE|RELATED|ADVERTISEMENT|SPONSORED|NEWSLETTER)\s[A-Z(\d]")
_LINK = re.compile(
    r"\W{0,3}(?:(?:READ|Read|ALSO|Also|SEE|See|RELATED|Related|WATCH|Watch)\b[\w ]{0,14}?\s?[:|–—-]\s?"
    r"|(?:READ|Read)\s(?=[A-Z]))"
)
_GLUED = re.compile(r"(?<=[a-zß-ÿ?!”])(?=[A-Z][a-z]*\s[a-z])|\s(?=[“\"][A-Z])")
_STOP = re.compile(r"[.!?।۔。！？](?:(?<![.!?])|\s)")
_WORDLIKE = re.compile(r"[^\W_]")
_READ = re.compile(r"(?:READ|Read)\s(?:(?:Also|ALSO|More|MORE)\s)?[\"“‘']?[A-Z]")
_WATCH = re.compile(r"(?:Watch|WATCH|Also|ALSO)\s[\"“‘']?[A-Z]")
_ENDED = re.compile(r"[.!?][\"”’']?$")
_FEWEST_OWN = 25


def after_link(text: str, everyday: frozenset[str]) -> int:
    """Where the sentence's own words begin after a related link that was glued to it; 0 where no such place is plain.

    `Read Envoys meet in OstraThe talks went on.` and `Read Envoys meet in Ostra The talks went on.`: at a capital that
    touches a small letter, at a quotation, or at an everyday word with a capital behind the link's first three words.
    """
    link = _LINK.match(text)
    if not link:
        return 0
    for place in _GLUED.finditer(text, link.end() + 6):
        if len(text) - place.end() >= _FEWEST_OWN:
            return place.end()
    for word in re.finditer(r"(?<=\w\s)([A-Z][a-z]*)\s(?=[a-z])", text[link.end() :]):
        own = link.end() + word.start()
        if word[1].lower() in everyday and text[link.end() : own].count(" ") >= 3 and len(text) - own >= _FEWEST_OWN:
            return own
    return 0


@lru_cache(maxsize=1024)
def is_furniture(text: str) -> bool:
    """Whether a line, or a sentence in a line, is furniture. `text` is tidy, and may be of any language.

    A line is asked for as head, as line and as sentence, so that answers are remembered.
    """
    if len(text) > _LONGEST:
        return False
    low = text.replace("’", "'").lower().strip()
    bare = low.strip(" \t*_#•·●▪■►▶→»«>|<-–—=~+\"“”'[](){}")
    if not _WORDLIKE.search(bare):
        return True
    if _labels().match(bare) or _alone().fullmatch(bare) or _openings().match(bare) or _within().search(low):
        return True
    return (
        _is_link(text)
        or bool(_SHOUTED.match(text))
        or _is_credit(text)
        or is_mention(text)
        or bool(len(low) < 120 and _NETWORKS.fullmatch(low))
    )


def is_furniture_line(line: str) -> bool:
    """The same for a whole line: one of several sentences is judged sentence by sentence."""
    if len(line) > _LONGEST or (stops := len(_STOP.findall(line))) > 1:
        return False
    return is_furniture(line) and (not stops or not _within().search(line.replace("’", "'").lower()))


def is_address(text: str) -> bool:
    """A line of nothing but web addresses: no sentence, but part of the text where it stands amid it."""
    return not re.search(r"\w", re.sub(_ADDRESS, " ", text)) and any(mark.isalnum() for mark in text)


def is_mention(text: str) -> bool:
    """A line of nothing but addresses, handles and numbers, with their labels."""
    if not _has_sign(text) and not _TELEPHONE.search(text):
        return False
    rest, count = _MENTION.subn(" ", text)
    return bool(count) and not re.search(r"\w{2,}", _MENTION_LABEL.sub(" ", rest))


def _has_sign(text: str) -> bool:
    """This or a telephone number is in every mention; looking for it is ten times as fast."""
    return "@" in text or "/" in text or "[" in text or "(at)" in text or "www." in text


def _is_link(text: str) -> bool:
    """`Read Ministers meet again in Kareempur`: a related link without its colon. Sentences do not begin so."""
    return bool(_READ.match(text) or (_WATCH.match(text) and not _ENDED.search(text)))


def _is_credit(text: str) -> bool:
    return bool(_CREDIT.fullmatch(text) or _PARENTHESISED.fullmatch(text))


def _grouped(section: str) -> str:
    """The section's phrases as one group; most sentences have none of them, which is seen quickly so."""
    return f"(?:{factored(sections('furniture')[section])})"


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(_grouped("labels") + _LABEL_END)


@cache
def _alone() -> re.Pattern[str]:
    count = r"[\d,.]{1,7}\s"
    return re.compile(rf"(?:{count})?{_grouped('alone')}\s?(?:[(\[]?\d{{0,6}}[)\]]?)?\W{{0,4}}")


@cache
def _openings() -> re.Pattern[str]:
    return re.compile(_grouped("openings"))


@cache
def _within() -> re.Pattern[str]:
    return re.compile(r"\b" + _grouped("within"))
