"""What kind of article it is, from section, address and wording. Page markup (schema.org types) tells almost nothing."""

import re
from functools import cache

from summaries.editing.bios import names_the_writer
from summaries.language import words
from summaries.models import Kind

_SECTIONS: tuple[tuple[Kind, str], ...] = (
    (
        "opinion",
        r"op-?eds?|opinions?|editorials?|columns?|columnists?|comment|commentary|commentisfree|blogs?-opinion|views?|viewpoint|perspectives?|"
        r"letters|tribunes?|tribune libre|idées|idees|débats|chroniques?|opinión|opinion(?:es)?|tribuna|columnas|meinung|kommentare?|gastbeitrag|"
        r"opinião|opiniao|opinioni|commenti|editoriali|opinie|мнения|мнение|колонки|آراء|رأي|مقالات|کالم|اداریہ|विचार|संपादकीय|ओपिनियन|görüş|"
        r"yorum|yazarlar|opini|kolom|góc nhìn|goc-nhin|ý kiến|评论|社评|观点|社説|オピニオン|論説|사설|칼럼|오피니언",
    ),
    (
        "live",
        r"live|live-?blogs?|live-?updates?|liveticker|en-direct|direct|en-vivo|direto|diretta|онлайн|canlı|ao-vivo",
    ),
    (
        "analysis",
        r"analysis|analyses?|explainers?|explained|fact-?checks?|analyse|análisis|analisis|análise|analisi|анализ|تحليل|تجزیہ|विश्लेषण|analiz|解读|解説|analisa",
    ),
    (
        "interview",
        r"interviews?|entretiens?|entrevistas?|interviste|интервью|مقابلات|حوارات|انٹرویو|साक्षात्कार|इंटरव्यू|röportaj|söyleşi|wawancara|phỏng vấn|专访|インタビュー",
    ),
    (
        "release",
        r"press-?releases?|pressreleases?|news-?releases?|prnewswire|businesswire|globenewswire|communiqués?|comunicados?|pressemitteilung(?:en)?",
    ),
    ("list", r"listicles?|lists"),
)
_TITLES: tuple[tuple[Kind, str], ...] = (
    (
        "live",
        r"\blive(?: updates?| blog)?\s?[:|–—-]|[:|–—-]\s?live(?: updates?)?$|\blive updates\b|\ben direct\b|\bliveticker\b|\ben vivo\b|\bao vivo\b|\bas it happened\b",
    ),
    (
        "opinion",
        r"^(?:opinion|op-ed|editorial|comment|column|tribune|opinión|meinung|kommentar|opinião|мнение|رأي|اداریہ|संपादकीय|观点|社説|yorum|opini)\s?[:|–—-]|[|–—-]\s?opinion$",
    ),
    (
        "analysis",
        r"^(?:analysis|explainer|explained|fact check|analyse|análisis|análise|analisi|анализ|تحليل|تجزیہ|विश्लेषण|analiz)\s?[:|–—-]|[|–—:-]\s?(?:explained|an explainer|analysis)$",
    ),
    (
        "interview",
        r"^(?:interview|entretien|entrevista|intervista|интервью|q&a)\s?[:|–—-]|\bq\s?&\s?a\b|[:|–—-]\s?(?:interview|an interview)$",
    ),
    (
        "list",
        r"^(?:the |our )?(?:top )?\d{1,3} (?:[\w'’-]+ ){0,4}?(?:ways|things|reasons|tips|facts|best|places|books|films|movies|ideas|lessons|signs|questions|people|photos|steps|mistakes|recipes|takeaways)\b",
    ),
)
_RELEASE = re.compile(
    r"/ ?(?:PRNewswire|PR Newswire)|\bPRNewswire\b|\(BUSINESS WIRE\)|GLOBE NEWSWIRE|FOR IMMEDIATE RELEASE|\bmedia contacts?:|\bpress contact\b|"
    r"^\W*(?:press|news|media) release\b|\babout [A-Z][\w&. ]{2,40}\n|communiqué de presse|pressemitteilung\b|nota de prensa\b|пресс-релиз",
    re.IGNORECASE | re.MULTILINE,
)
_QUESTION = re.compile(
    r"^(?:Q|Question|Q\.)\s?[:.]|^[A-ZÀ-ÞА-Я][\w .'’-]{1,30}: .{3,200}\?$|^.{8,220}[?？؟]$", re.MULTILINE
)
_UPDATE = re.compile(
    r"^(?:updated? )?(?:at )?(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:\s?(?:am|pm|gmt|bst|ist|est|et|uhr|h))?\b[ :–—-]",
    re.MULTILINE | re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(?:#?\d{1,3}[.)]|\d{1,3} [–—-]) \S", re.MULTILINE)
_FIRST_PERSON = re.compile(
    r"\b(?:I|I'm|I've|I'd|my|me|we|our|us|let us|je|j'|mon|nous|notre|nos|yo|creo|nosotros|nuestr[oa]s?|ich|wir|unsere?|eu|nós|nosso|nossa|io|noi|"
    r"nostr[oa]|wij|onze|я|мы|наш[аеи]?|ben|biz|bizim|saya|kita|kami|tôi|chúng ta)\b|میں سمجھت|ہمیں|ہمارے|ہماری|हमें|हमारे|हमारी|मुझे|मेरा|نحن|علينا|لدينا|我们|笔者|私たち|我々",
)
_ARGUES = re.compile(
    r"\b(?:must|should|ought to|need to|needs to|cannot afford|it is time|it's time|time to|the time has come|in my (?:view|opinion)|i (?:believe|think|argue)|we (?:need|must|should|cannot)|"
    r"let us|imperative|had better|would be wise|il faut|doit|doivent|devrait|devraient|il est temps|à mon avis|debe|deben|debería|deberían|hay que|es hora de|en mi opinión|muss|müssen|sollte|"
    r"sollten|es ist zeit|meiner meinung|deve|devem|deveria|é preciso|é hora de|na minha opinião|dovrebbe|devono|bisogna|è ora di|a mio (?:avviso|parere)|moet|moeten|должн[аоы]|должен|нужно|"
    r"необходимо|следует|пора|по-моему|gerek|gerekir|gerekiyor|zorunda|bence|lazım|harus|perlu|sebaiknya|menurut saya|phải|cần|nên)\b|"
    r"يجب|ينبغي|لا بد|في رأيي|علينا|چاہیے|چاہئے|ضروری ہے|لازم ہے|میری رائے|वक्त आ गया|चाहिए|ज़रूरी है|जरूरी है|मेरी राय|必须|應該|应该|应当|需要|べき|なければならない|必要がある",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"«„‘][^”\"»“’]{0,1500}[”\"»’]")
_SAID = re.compile(
    r"\b(?:said|says|told|according to|added|announced|reported|spokes(?:man|woman|person)|a dit|a déclaré|selon|dijo|según|afirmó|sagte|laut|disse|segundo|afirmou|ha detto|secondo|zei|volgens|"
    r"сказал[аи]?|заявил[аи]?|сообщил[аи]?|по словам|söyledi|açıkladı|belirtti|kata|mengatakan|menurut|ujar|cho biết|theo)\b|قال|قالت|أعلن|وفق|کہا|کے مطابق|بتایا|कहा|के मुताबिक|के अनुसार|बताया|表示|称|述べた|によると|明らかにした",
    re.IGNORECASE,
)
_LONGEST = 60_000


def kind_of(
    *, title: str = "", text: str = "", section: str = "", url: str = "", author: str = "", language: str = ""
) -> Kind:
    """The kind of an article; "report" where nothing says otherwise.

    `text` is the page's, bio and notices included, since "The writer is a former envoy" tells an opinion. Section and
    address decide before the title, the title before the wording.
    """
    text = text[:_LONGEST]
    by_place = _by_place(section, url) or _by_title(title)
    if by_place:
        return by_place
    if _RELEASE.search(text[:3000]) or "PRNewswire" in text:
        return "release"
    return _by_layout(text) or _by_wording(text, language)


def _by_place(section: str, url: str) -> Kind | None:
    """From the section's name, else from the folders of the address (not from its last part, which is the title)."""
    folders = url.lower().partition("://")[2].split("?")[0].split("/")
    host, folders = folders[0].split("."), folders[1:-1]
    for kind, pattern in _sections():
        named = any(pattern.fullmatch(part.strip()) for part in re.split(r"[/>,|&]", section.lower()))
        if (
            named
            or any(pattern.fullmatch(folder) for folder in folders)
            or (kind in ("opinion", "release") and any(map(pattern.fullmatch, host[:-1])))
        ):
            return kind
    return None


def _by_title(title: str) -> Kind | None:
    return next((kind for kind, pattern in _titles() if pattern.search(title.lower())), None)


def _by_layout(text: str) -> Kind | None:
    """From the shape: times at the beginnings of lines, numbered items, questions alternating with answers."""
    lines = text.count("\n") + 1
    if len(_UPDATE.findall(text)) >= 4 and len(_UPDATE.findall(text)) * 6 >= lines:
        return "live"
    numbers = [int(match) for match in re.findall(r"^#?(\d{1,3})[.)]? ?[.)–—-] ?\S", text, re.MULTILINE)]
    if len(numbers) >= 4 and (numbers == sorted(numbers) or numbers == sorted(numbers, reverse=True)):
        return "list"
    questions = len(_QUESTION.findall(text))
    return "interview" if questions >= 3 and questions * 5 >= lines else None


def _by_wording(text: str, language: str) -> Kind:
    """An author who is introduced as "the writer", or who says "we must" more than others say anything, has an opinion."""
    plain = _QUOTED.sub(" ", text.replace("’", "'"))
    count = max(len(words(plain, language)), 1)
    argues, said = len(_ARGUES.findall(plain)), len(_SAID.findall(plain))
    person = len(_FIRST_PERSON.findall(plain))
    if names_the_writer(text) and said * 60 < count:
        return "opinion"
    if count < 120:
        return "report"
    strength = (argues * 2 + person - said * 1.5) * 1000 / count
    return "opinion" if strength > 14 and argues >= 3 and said * 80 < count else "report"


@cache
def _sections() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in _SECTIONS)


@cache
def _titles() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in _TITLES)
