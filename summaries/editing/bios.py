"""The lines in which a paper introduces its writer, at the end of an article."""

import re
from functools import cache

TAIL = 6
"""How many sentences at an article's end may be about its writer. Earlier, "the author is a lawyer" is about a book."""

_LONGEST = 700
_ROLES = (
    "fellow|analyst|journalist|professor|lecturer|editor|columnist|correspondent|reporter|researcher|scholar|diplomat|ambassador|"
    "lawyer|barrister|advocate|freelance|freelancer|writer|author|economist|historian|director|consultant|commentator|contributor|"
    "academic|scientist|associate|adviser|advisor|expert|specialist|student|teacher|co-founder|founder|chair|chairman|president|"
    "secretary|minister|officer|general|brigadier|colonel|senator|activist|producer|anchor|novelist|poet|bureaucrat|civil servant|"
    "official|commissioner|executive|strategist|engineer|physician|doctor|psychologist|sociologist|blogger|host|member|head|candidate"
)
# The writer named as the writer, in the languages of the furniture tables.
_WRITER = """
(the|this) (writer|author|columnist|reviewer|correspondent) (is|was|has|are|can|may|tweets|works|teaches|writes|serves|holds|studied|belongs|lives|covers|blogs|posts)\\b
the (writers|authors) (are|can|were|work|teach)\\b|about the (author|writer)s?\\b|author bio|(he|she|they|the writer|the author) (can be (reached|contacted|followed)|tweets|posts|blogs|x'?s) (at|@|on|as|under)
(you can )?(follow|reach|contact|e-?mail|write to) (him|her|them|the (author|writer)|me)\\b|[^.]{3,60} (can be (reached|contacted)|tweets|may be (reached|contacted)) (at|on|via|@)
l'auteure? (est|a |enseigne)|(der autor|die autorin|unser autor|unsere autorin) (ist|lehrt|arbeitet|war)|el autor es|la autora es|o autor é|a autora é|l'autore è|l'autrice è|de auteur is
автор\\s?(—|–|-|является)|об авторе|الكاتب (هو|صحفي|باحث|محلل|كاتب|أستاذ)|كاتب و?(صحفي|باحث|محلل)|الكاتبة\\s|مصنف (ایک|کا|کی|سابق|معروف)|مصنفہ\\s|کالم نگار\\s|لکھاری\\s|مضمون نگار\\s|صاحبِ مضمون|صاحب مضمون
लेखक\\s.{0,120}(हैं|है|रहे|रही|थे)|लेखिका\\s|\\(लेखक|\\(लेखिका|作者(是|为|為|系|：|:)|本文作者|筆者は|著者は|작가는|필자는|penulis (adalah|merupakan)|yazar[, ]|yazarı?,? |tác giả là|نویسنده\\s
"""
_NAMED = re.compile(
    rf"[A-Z][\w.'’-]+(?: [\w.'’-]+){{0,4}},?(?: \([^)]{{1,40}}\))? (?:is|was|are|serves as|works as) (?:an?|the|currently|also|now|"
    rf"co-|senior|associate|assistant|former)\b.{{0,80}}?\b(?:{_ROLES})s?\b",
)
_TELLING = re.compile(
    r"\bbased in\b|\b(?:fellow|professor|lecturer|analyst|researcher|scholar|correspondent|columnist|editor|reporter) (?:at|of|for|in|with)\b|"
    r"\bauthor of\b|@|\bfreelance\b|\bformer (?:\w+ )?(?:ambassador|diplomat|secretary|minister|editor)\b|\bthe opinions?\b|\b(?:University|Institute|College)\b"
)


def is_bio(sentence: str, *, from_end: int) -> bool:
    """Whether a sentence introduces the writer; `from_end` is its place from the article's end, 0 for the last."""
    if from_end >= TAIL or len(sentence) > _LONGEST:
        return False
    low = sentence.replace("’", "'").lower().lstrip(" *_\"'“([—–-")
    if _writer().match(low):
        return True
    return from_end < 3 and bool(_NAMED.match(sentence.lstrip("*_ (")) and _TELLING.search(sentence))


def names_the_writer(text: str) -> bool:
    """Whether the end of `text` has a sentence about "the writer", which reports do not have."""
    tail = text[-1500:].replace("’", "'").lower()
    return any(_writer().match(part.lstrip(" *_\"'“([—–-")) for part in re.split(r"(?<=[.!?।۔。\n])\s*", tail))


@cache
def _writer() -> re.Pattern[str]:
    return re.compile("|".join(_WRITER.strip().split("\n")))
