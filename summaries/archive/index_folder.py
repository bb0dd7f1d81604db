"""One tantivy index in one folder, and the mark of how far it has read the archive.

The mark is a document of the index itself, so that it and what it speaks of are one commit: a crash leaves both as
they were. Everything here blocks, and belongs into a thread.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
import tantivy

from summaries.archive.documents import SCHEMA, document
from summaries.models import Article, Briefing

HEAP = 15_000_000
"""Bytes that the writer may hold before it cuts a segment: the least that tantivy takes."""


class IndexFault(Exception):
    """tantivy could not do what was asked: the folder is damaged or another process's, or the disk refused."""


class Mark(msgspec.Struct, frozen=True):
    """How far an index has read.

    Where `complete`, it holds every change up to the store's commit `sequence`. Else it is being made: it holds the
    rows up to the id `above` as they were at that commit or later; `fresh` says that nothing older lies beyond them.
    """

    sequence: int = 0
    above: int = 0
    complete: bool = False
    fresh: bool = True


@dataclass(frozen=True)
class Snapshot:
    """The index as of one commit. `languages` are those of its briefings, the commonest first."""

    searcher: tantivy.Searcher
    mark: Mark
    languages: tuple[str, ...]


@contextmanager
def guarded() -> Iterator[None]:
    """tantivy's errors as one: it raises ValueError and OSError, and a panic of Rust's, which is no `Exception`."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise IndexFault(str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise IndexFault(str(error)) from error


class IndexFolder:
    """Written to by one thread at a time; its snapshots may be searched from any."""

    def __init__(self, folder: Path, *, writable: bool) -> None:
        """Raises `IndexFault` where the folder holds a damaged index, other fields, or (not `writable`) none."""
        self._writer: tantivy.IndexWriter | None = None
        with guarded():
            if writable:
                folder.mkdir(parents=True, exist_ok=True)
                self._index = tantivy.Index(SCHEMA, str(folder))
            else:
                self._index = tantivy.Index.open(str(folder))
            self._index.config_reader("manual")
        self.reload()

    def reload(self) -> None:
        """See the last commit, another process's too."""
        with guarded():
            self._index.reload()
            searcher = self._index.searcher()
            languages = sorted(searcher.terms_with_prefix("lang", ""), key=lambda found: -found[1])
            self.snapshot = Snapshot(searcher, _mark(searcher), tuple(language for language, _ in languages))

    def put(self, briefing: Briefing, article: Article | None) -> None:
        """Add a briefing that the index does not hold; what it may hold of it must be dropped before."""
        made = document(briefing, article)
        with guarded():
            self._writing().add_document(made)

    def drop(self, id: int) -> None:
        with guarded():
            self._writing().delete_documents_by_term("id", id)

    def drop_between(self, above: int, upto: int | None) -> None:
        """Drop every briefing with an id over `above`, up to and with `upto` where it is given."""
        with guarded():
            ids = tantivy.Query.range_query(SCHEMA, "id", tantivy.FieldType.Integer, above, upto, include_lower=False)
            self._writing().delete_documents_by_query(ids)

    def commit(self, mark: Mark) -> None:
        with guarded():
            writer = self._writing()
            writer.delete_documents_by_term("mark", "mark")
            made = tantivy.Document()
            made.add_text("mark", "mark")
            made.add_bytes("state", msgspec.json.encode(mark))
            writer.add_document(made)
            writer.commit()
        self.reload()

    def rollback(self) -> None:
        """Forget what was put or dropped since the last commit."""
        self._writer = None

    def close(self) -> None:
        """Let go of the writer's lock once its merges are done: cut short every time, small segments would pile up."""
        writer, self._writer = self._writer, None
        if writer is not None:
            with guarded():
                writer.wait_merging_threads()

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            self._writer = self._index.writer(HEAP, 1)
        return self._writer


def _mark(searcher: tantivy.Searcher) -> Mark:
    found = searcher.search(tantivy.Query.term_query(SCHEMA, "mark", "mark"), limit=1).hits
    if not found:
        return Mark()
    state: bytes = searcher.doc(found[0][1])["state"][0]
    return msgspec.json.decode(state, type=Mark)
