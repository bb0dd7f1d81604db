"""Parting the files of a table whose ids come in any order: one that is too large becomes several, each a range of ids.

The pieces are new files. The old one stays as it was until the manifest names them, so a process that dies before finds
everything where the old manifest says, and one that dies after leaves a file that nobody names (`strays`).
"""

from pathlib import Path

from summaries.archive import placement as bounds
from summaries.archive.ids import Ids
from summaries.archive.manifest import Manifest
from summaries.archive.placement import Part, Placement
from summaries.archive.store import TABLES


def outgrown(placement: Placement) -> list[str]:
    """Put pieces in the place of shards that are too large, or lie where older versions kept them; name those files.

    A piece never gets a name that has been given: should the process die, the old manifest may still name that file.
    """
    if placement.table.layout != "shard":
        return []
    left: list[str] = []
    parts: list[Part] = []
    number = max([placement.numbered, *map(_number, placement.parts)])
    for part in placement.parts:
        if _too_large(part):
            pieces = _pieces(part, number)
            part.parted = True
            number += len(pieces)
            left += [part.name] * part.stored
            parts += pieces
        else:
            parts.append(part)
    placement.rearrange(parts)
    placement.numbered = number
    return left


def strays(directory: Path, manifest: Manifest) -> list[Path]:
    """Files of shards that the manifest does not name."""
    found: list[Path] = []
    for table in TABLES:
        if table.layout == "shard":
            entry = manifest.tables.get(table.name)
            named = {file.name for file in entry.files} if entry else set()
            found += [path for path in (directory / table.name).glob("[0-9]*.json*") if path.name not in named]
            found += [path for path in directory.glob(f"{table.name}.json") if entry and path.name not in named]
    return found


def _number(part: Part) -> int:
    digits = part.name.removesuffix(".json")
    return int(digits) if digits.isdigit() else 0


def _weight(part: Part) -> int:
    """The file's bytes; of one that is not there yet those of its rows."""
    return part.weight if part.stored else sum(len(row) for row in {**part.flushing, **part.recent}.values() if row)


def _too_large(part: Part) -> bool:
    """So is one that lies in the old place, which has no number. A piece without a file waits until it has one."""
    return not part.origin and (not _number(part) or (_weight(part) >= bounds.BYTES_PER_FILE and len(part.ids) > 1))


def _pieces(part: Part, number: int) -> list[Part]:
    """Half full each, with as many ids, so that the next rows do not part them again."""
    ids = list(part.ids)
    share = -(-len(ids) // max(1, 2 * _weight(part) // bounds.BYTES_PER_FILE))
    starts = range(0, len(ids), share)
    return [_piece(part, ids[start : start + share], number + place + 1) for place, start in enumerate(starts)]


def _piece(whole: Part, ids: list[int], number: int) -> Part:
    piece = Part(f"{number:04}.json", ids[0])
    piece.ids, piece.packs = Ids((id, id) for id in ids), True
    piece.filed, piece.weight = len(ids), whole.weight * len(ids) // len(whole.ids)
    piece.stored, piece.origin = whole.stored, whole.name if whole.stored else ""
    fresh = {**whole.flushing, **whole.recent}
    piece.recent = {id: fresh[id] for id in ids if id in fresh}
    return piece
