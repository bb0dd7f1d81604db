"""The life of one article, from bytes to something that the desk can file. Pure but for reading the named file.

bytes ─read_html / read_plain▶ Page ─what is known better▶ Page ─clean▶ Article ─brief▶ Briefing
"""

from datetime import datetime
from pathlib import Path

import msgspec

from summaries.dates import read_date
from summaries.editing.brief import brief
from summaries.editing.clean import clean
from summaries.errors import InputError
from summaries.intake.pages import read_html
from summaries.intake.plain import read_plain
from summaries.models import Article, Briefing, Page
from summaries.threads.duplicates import Fingerprint, fingerprint
from summaries.threads.vectors import Vector, vector_of

MAX_BYTES = 20_000_000
"""The largest file that is read as one article; the longest novel is about a third of it."""

HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
SUFFIXES = HTML_SUFFIXES | {".txt", ".md", ".markdown"}


class Better(msgspec.Struct, frozen=True, omit_defaults=True):
    """What somebody says about an article, which wins over what was read from it. Empty means not said."""

    url: str = ""
    title: str = ""
    outlet: str = ""
    author: str = ""
    language: str = ""
    published: datetime | None = None
    guid: str = ""


class Prepared(msgspec.Struct, frozen=True):
    """An article read and condensed, ready to be filed. `wall` is what stood in its page's place (`intake.walls.Wall`)
    where it is the feed's own text, "" where nothing did. `vector` and `fingerprint` are what it is grouped and known
    again by: made beside it, in a worker, since the process that files has all the others to compare."""

    article: Article
    briefing: Briefing
    vector: Vector
    fingerprint: Fingerprint
    wall: str = ""

    @classmethod
    def of(cls, article: Article, briefing: Briefing, wall: str = "") -> "Prepared":
        vector = vector_of(article.title, article.text, article.language)
        return cls(article, briefing, vector, fingerprint(article.text, article.language), wall)


class Record(msgspec.Struct, frozen=True):
    """A line of a JSONL file of articles. Either `text` or `html` must say something."""

    id: str | int | None = None
    title: str | None = None
    text: str | None = None
    html: str | None = None
    date: str | None = None
    source: str | None = None
    lang: str | None = None
    url: str | None = None

    @property
    def ref(self) -> str:
        return "" if self.id is None else str(self.id)


def read_page(html: bytes, *, url: str = "", content_type: str | None = None) -> Article:
    """The article of an HTML page. Raises `InputError` where the page has no text of its own."""
    return clean(read_html(html, url=url, content_type=content_type))


def read_document(data: bytes, *, name: str = "", better: Better | None = None) -> Article:
    """The article in a file's bytes: HTML by its name or its first bytes, else plain text or Markdown.

    `name` is used in errors, and its ending decides the format. Raises `InputError`.
    """
    _refuse_long(len(data), name or "the text")
    url = better.url if better else ""
    page = read_html(data, url=url) if _is_html(data, name) else read_plain(data, name=name)
    return clean(_improve(page, better))


def read_file(path: Path, *, better: Better | None = None) -> Article:
    """The article in a file. Raises `InputError` with the file's name, also where it can't be opened."""
    try:
        _refuse_long(path.stat().st_size, str(path))
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    return read_document(data, name=str(path), better=better)


def read_fetched(data: bytes, *, url: str, content_type: str = "", better: Better | None = None) -> Article:
    """The article in what a server sent for `url`: a page, unless the server says that it is plain text.

    Raises `InputError`.
    """
    if content_type.lower().startswith("text/plain"):
        page = msgspec.structs.replace(read_plain(data, name=url), url=url)
    else:
        page = read_html(data, url=url, content_type=content_type or None)
    return clean(_improve(page, better))


def prepare(article: Article, sentences: int = 3, *, name: str = "") -> Prepared:
    """Raises `InputError` where the article has nothing that a briefing could be made of."""
    briefing = brief(article, sentences=sentences)
    if not briefing.sentences:
        raise InputError(f"{name or 'the text'} has no sentence of its own: give a page or file with an article in it")
    return Prepared.of(article, briefing)


def prepare_file(path: Path, better: Better | None = None, sentences: int = 3) -> Prepared:
    return prepare(read_file(path, better=better), sentences, name=str(path))


def prepare_document(data: bytes, name: str = "", better: Better | None = None, sentences: int = 3) -> Prepared:
    return prepare(read_document(data, name=name, better=better), sentences, name=name)


def prepare_fetched(
    data: bytes, url: str, content_type: str = "", better: Better | None = None, sentences: int = 3
) -> Prepared:
    return prepare(read_fetched(data, url=url, content_type=content_type, better=better), sentences, name=url)


def parse_record(line: bytes) -> Record:
    """One line of JSONL. Raises `InputError` that says what is wrong with it."""
    try:
        record = msgspec.json.decode(line, type=Record)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"no article in JSON: {error}") from None
    if not (record.text or "").strip() and not (record.html or "").strip():
        raise InputError('neither "text" nor "html" says anything')
    return record


def prepare_line(line: bytes, guid: str = "", sentences: int = 3) -> tuple[str, Prepared]:
    """The ref and the article of a JSONL line. Raises `InputError`."""
    record = parse_record(line)
    return record.ref, prepare(read_record(record, guid=guid), sentences)


def read_record(record: Record, *, guid: str = "") -> Article:
    """The article of a record; its own fields win over what its text says. Raises `InputError`."""
    better = Better(
        url=record.url or "",
        title=record.title or "",
        outlet=record.source or "",
        language=record.lang or "",
        published=read_date(record.date) if record.date else None,
        guid=guid,
    )
    if record.text and record.text.strip():
        return clean(_improve(Page(text=record.text), better))
    return clean(_improve(read_html((record.html or "").encode(), url=better.url), better))


def same_story(before: Article, after: Article) -> bool:
    """Whether an article still is what it was: the same title and the same sentences."""
    return before.title == after.title and set(before.sentences) == set(after.sentences)


def _refuse_long(size: int, name: str) -> None:
    if size > MAX_BYTES:
        raise InputError(f"{name}: {size / 1e6:.0f} MB is too long for one article (at most {MAX_BYTES / 1e6:.0f} MB)")


def _improve(page: Page, better: Better | None) -> Page:
    if better is None:
        return page
    said = {name: value for name in better.__struct_fields__ if (value := getattr(better, name))}
    return msgspec.structs.replace(page, **said)


def _is_html(data: bytes, name: str) -> bool:
    suffix = Path(name).suffix.lower()
    if suffix in SUFFIXES:
        return suffix in HTML_SUFFIXES
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<article"))
