import errno
import os
from pathlib import Path

import pytest

from summaries.archive.disk import Disk, Lock, refusal
from summaries.errors import LockedError


@pytest.mark.parametrize(
    ("number", "mend"),
    [
        pytest.param(errno.ENOSPC, "free some space", id="full"),
        pytest.param(errno.EDQUOT, "free some space", id="quota"),
        pytest.param(errno.EFBIG, "ulimit -f", id="limit"),
        pytest.param(errno.EROFS, "mount it for writing", id="read-only"),
        pytest.param(errno.EACCES, "chown", id="somebody else's"),
        pytest.param(errno.EIO, "mend the disk", id="broken"),
    ],
)
def test_a_refusal_names_the_place_and_the_mend(number: int, mend: str) -> None:
    said = str(refusal(OSError(number, os.strerror(number)), Path("/somewhere/desk")))
    assert "/somewhere/desk" in said
    assert mend in said
    assert "\n" not in said


def test_short_writes_are_gone_on_with(tmp_path: Path) -> None:
    class Slow(Disk):
        def write(self, handle: int, data: bytes) -> int:
            return super().write(handle, bytes(data[:3]))

    Slow().replace(tmp_path / "new" / "file", [b"one ", b"", b"two three"])
    assert (tmp_path / "new" / "file").read_bytes() == b"one two three"


def test_a_lock_is_held_until_it_is_released(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.write_text("99999999999 of an earlier holder\n")
    lock = Lock(path)
    assert path.read_text() == f"{os.getpid()}\n"
    with pytest.raises(LockedError):
        Lock(path)
    lock.release()
    Lock(path).release()
