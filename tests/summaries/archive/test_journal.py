import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.archive.disk import Disk
from summaries.archive.journal import (
    MAGIC,
    Journal,
    Record,
    Segment,
    drop_segments,
    encode,
    read_journal,
    record_at,
    segments,
    whole_records,
)
from summaries.errors import DamagedError
from tests.disks import Refusing


class Written:
    """A journal and what it has delivered, waited for batch by batch."""

    def __init__(self, directory: Path, *, sequence: int = 0, disk: Disk | None = None) -> None:
        self.delivered: list[tuple[list[tuple[int, str]], Exception | None]] = []
        self._arrived = threading.Semaphore(0)
        self.journal: Journal[str] = Journal(directory, sequence=sequence, deliver=self._take, disk=disk or Disk())

    def _take(self, numbered: list[tuple[int, str]], error: Exception | None) -> None:
        self.delivered.append((numbered, error))
        self._arrived.release()

    def write(self, *payloads: bytes) -> Exception | None:
        self.journal.append([(payload, payload.decode("latin-1")) for payload in payloads])
        assert self._arrived.acquire(timeout=30)
        return self.delivered[-1][1]


def payloads(directory: Path, after: int = 0) -> list[tuple[int, bytes]]:
    return [(record.sequence, record.payload) for record in read_journal(directory, after)]


def test_records_are_numbered_and_come_back_in_order(tmp_path: Path) -> None:
    written = Written(tmp_path)
    written.write(b"a")
    written.write(b"b", b"", b"c")
    written.journal.close()
    assert written.delivered == [([(1, "a")], None), ([(2, "b"), (3, ""), (4, "c")], None)]
    assert payloads(tmp_path) == [(1, b"a"), (2, b"b"), (3, b""), (4, b"c")]
    assert written.journal.syncs == 2


def test_a_journal_goes_on_in_a_segment_of_its_own(tmp_path: Path) -> None:
    for start in range(3):
        written = Written(tmp_path, sequence=start)
        written.write(b"%d" % start)
        written.journal.close()
    assert [segment.first for segment in segments(tmp_path)] == [1, 2, 3]
    assert payloads(tmp_path) == [(1, b"0"), (2, b"1"), (3, b"2")]


SEGMENT = Segment(1, Path("1.log"))
BATCHES = st.lists(
    st.lists(st.binary(max_size=12) | st.just(MAGIC * 2), min_size=1, max_size=3), min_size=1, max_size=5
)


def bytes_of(batches: list[list[bytes]]) -> list[bytes]:
    """The records of a segment, each batch synced once."""
    records: list[bytes] = []
    for batch in batches:
        durable = len(records)
        records += [encode(Record(durable + place, durable, payload)) for place, payload in enumerate(batch, 1)]
    return records


@settings(max_examples=30, deadline=None)
@given(batches=BATCHES)
def test_a_journal_cut_at_every_byte_gives_back_every_whole_record(batches: list[list[bytes]]) -> None:
    records = bytes_of(batches)
    data = b"".join(records)
    ends = [sum(map(len, records[:count])) for count in range(len(records) + 1)]
    flat = [payload for batch in batches for payload in batch]
    for cut in range(len(data) + 1):
        whole = sum(end <= cut for end in ends) - 1
        assert [record.payload for record in whole_records(data[:cut], SEGMENT)] == flat[:whole]


@settings(max_examples=60, deadline=None)
@given(batches=BATCHES, place=st.integers(0), bit=st.integers(0, 7))
def test_a_flipped_bit_is_either_the_unsynced_tail_or_said(batches: list[list[bytes]], place: int, bit: int) -> None:
    data = bytearray(b"".join(bytes_of(batches)))
    data[place % len(data)] ^= 1 << bit
    flat = [payload for batch in batches for payload in batch]
    synced = len(flat) - len(batches[-1])
    try:
        found = [record.payload for record in whole_records(bytes(data), SEGMENT)]
    except DamagedError:
        return
    assert found == flat[: len(found)]
    assert len(found) >= synced


def test_damage_before_acknowledged_records_names_the_file_and_the_mend(tmp_path: Path) -> None:
    written = Written(tmp_path)
    for payload in (b"one", b"two", b"three"):
        written.write(payload)
    written.journal.close()
    path = segments(tmp_path)[0].path
    path.write_bytes(path.read_bytes().replace(b"two", b"tow"))
    with pytest.raises(DamagedError, match=rf"{path.name}: commit 2, at byte \d+, .*restore"):
        payloads(tmp_path)


def test_a_batch_that_was_half_on_the_disk_is_no_damage(tmp_path: Path) -> None:
    """A power cut may keep a later page of an unsynced write and lose an earlier one."""
    first = encode(Record(1, 0, b"kept"))
    torn = encode(Record(2, 1, b"lost")).replace(b"lost", b"\0\0\0\0") + encode(Record(3, 1, b"unsynced"))
    (tmp_path / f"{1:020d}.log").write_bytes(first + torn)
    assert payloads(tmp_path) == [(1, b"kept")]


def test_a_record_inside_a_payload_is_not_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / f"{1:020d}.log").write_bytes(encode(Record(1, 0, encode(Record(2, 1, b"forged")))))
    assert len(payloads(tmp_path)) == 1


def test_a_missing_segment_is_damage_unless_the_files_have_it(tmp_path: Path) -> None:
    for start in range(3):
        written = Written(tmp_path, sequence=start)
        written.write(b"%d" % start)
        written.journal.close()
    segments(tmp_path)[1].path.unlink()
    with pytest.raises(DamagedError, match="commit 2 cannot be read"):
        payloads(tmp_path)
    assert payloads(tmp_path, after=2) == [(1, b"0"), (3, b"2")]
    segments(tmp_path)[0].path.unlink()
    with pytest.raises(DamagedError, match="commit 1 cannot be read"):
        payloads(tmp_path)


@pytest.mark.parametrize("kept", [0, 1, 2], ids=["first record", "second", "third"])
@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param({"left": 0}, id="no byte"),
        pytest.param({"left": 7}, id="part of a header"),
        pytest.param({"left": 31}, id="part of a payload"),
        pytest.param({"syncs": False}, id="written but not synced"),
        pytest.param({"left": 31, "truncates": False}, id="torn and not truncated"),
        pytest.param({"syncs": False, "truncates": False}, id="whole and not truncated"),
    ],
)
def test_a_refused_write_leaves_nothing_behind(tmp_path: Path, kept: int, trouble: dict[str, int]) -> None:
    disk = Refusing()
    written = Written(tmp_path, disk=disk)
    for number in range(kept):
        assert written.write(b"kept %d" % number) is None
    for name, value in trouble.items():
        setattr(disk, name, value)
    for _ in range(2):
        assert isinstance(written.write(b"refused", b"refused too"), OSError)
    disk.mend()
    assert written.write(b"after") is None
    written.journal.close()
    expected = [b"kept %d" % number for number in range(kept)] + [b"after"]
    assert payloads(tmp_path) == list(enumerate(expected, 1))


def test_a_bug_is_told_to_those_who_wait(tmp_path: Path) -> None:
    class Buggy(Disk):
        def write(self, handle: int, data: bytes) -> int:
            raise ZeroDivisionError

    written = Written(tmp_path, disk=Buggy())
    assert isinstance(written.write(b"x"), ZeroDivisionError)
    written.journal.close()


def journal_of(directory: Path, count: int) -> None:
    """Segments of one record each."""
    for start in range(count):
        written = Written(directory, sequence=start)
        written.write(b"x" * 72)
        written.journal.close()


@pytest.mark.parametrize(
    ("upto", "wanted", "bound", "left"),
    [
        pytest.param(0, 0, 1000, [1, 2, 3, 4, 5], id="nothing is settled"),
        pytest.param(5, 5, 1000, [5], id="the newest stays"),
        pytest.param(3, 3, 1000, [4, 5], id="what is not settled stays"),
        pytest.param(5, 2, 1000, [3, 4, 5], id="what is wanted stays"),
        pytest.param(5, 0, 250, [3, 4, 5], id="wanted, but only within the bound"),
    ],
)
def test_settled_segments_go(tmp_path: Path, upto: int, wanted: int, bound: int, left: list[int]) -> None:
    journal_of(tmp_path, 5)
    drop_segments(tmp_path, Disk(), upto=upto, wanted=wanted, bound=bound)
    assert [segment.first for segment in segments(tmp_path)] == left


def test_an_empty_list_begins_a_new_segment(tmp_path: Path) -> None:
    written = Written(tmp_path)
    written.write(b"old")
    written.journal.append([])
    written.journal.append([])
    written.journal.close()
    assert [segment.first for segment in segments(tmp_path)] == [1, 2]


@pytest.mark.parametrize("start", [0, 1, 5])
def test_no_record_is_read_where_none_begins(start: int) -> None:
    data = encode(Record(1, 0, b"payload"))
    assert (record_at(data, start) is not None) == (start == 0)
