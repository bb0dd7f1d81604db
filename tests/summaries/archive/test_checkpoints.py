from pathlib import Path

import pytest
from tinydb import Query, TinyDB
from tinydb.table import Document

from summaries.archive.checkpoints import Checkpoint, CheckpointStorage, merge_file, read_file
from summaries.archive.disk import Disk
from tests.disks import Refusing


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "boats.json"
    merge_file(path, "boats", {3: b'{"name":"Heron"}', -1: b'{"name":"\xc3\x9cber \\"Eis\\""}'}, Disk())
    return path


def test_tinydb_reads_it(path: Path) -> None:
    with TinyDB(path) as file:
        boats = file.table("boats")
        assert [(boat.doc_id, boat["name"]) for boat in boats] == [(3, "Heron"), (-1, 'Über "Eis"')]
        assert boats.search(Query().name == "Heron")[0].doc_id == 3


def test_what_tinydb_wrote_is_merged_with(path: Path) -> None:
    with TinyDB(path) as file:
        file.table("boats").insert(Document({"name": "Tern"}, 4))
        file.table("others").insert({"kept": True})
    merge_file(path, "boats", {3: None, 99: None, 4: b'{"name":"Arctic Tern"}', 5: b"{}"}, Disk())
    with TinyDB(path) as file:
        assert {boat.doc_id: dict(boat) for boat in file.table("boats")} == {
            -1: {"name": 'Über "Eis"'},
            4: {"name": "Arctic Tern"},
            5: {},
        }
        assert file.table("others").all() == [{"kept": True}]


def test_its_table_updates_like_tinydbs(path: Path) -> None:
    with Checkpoint(path, storage=CheckpointStorage, disk=Disk()) as file:
        boats = file.table("boats")
        assert boats.insert({"name": "Gull"}) == 4
        boats.remove(doc_ids=[3])
        assert boats.get(doc_id=4) == {"name": "Gull"}
        assert boats.get(doc_id=-1) == {"name": 'Über "Eis"'}
        with pytest.raises(ValueError, match="already exists"):
            boats.insert(Document({}, 4))
        boats.update({"sails": 2}, Query().name == "Gull")
        assert boats.search(Query().sails == 2) == [{"name": "Gull", "sails": 2}]
        assert len(boats) == 2
        boats.truncate()
    assert read_file(path, "boats") == {}


def test_a_refused_rewrite_leaves_the_old_file(path: Path) -> None:
    before = path.read_bytes()
    disk = Refusing()
    disk.left = 20
    with pytest.raises(OSError, match="No space left"):
        merge_file(path, "boats", {7: b"{}"}, disk)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_an_unknown_table_is_empty(path: Path) -> None:
    assert read_file(path, "trains") == {}
