"""Finds saved edits that a damaged write-ahead log would drop without a word: SQLite takes the damage for the log's end."""

from __future__ import annotations

import shutil
import struct
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from qma_app.storage import driver
from qma_app.storage.atomic_files import remove_if_possible, translated_disk_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection

_HEADER: Final = struct.Struct(">8I")
_FRAME: Final = struct.Struct(">6I")
_BIG_ENDIAN_SUMS: Final = 0x377F0683
_LITTLE_ENDIAN_SUMS: Final = 0x377F0682
_SMALLEST_PAGE: Final = 512
_LARGEST_PAGE: Final = 65536


def keep_if_damaged(database: Path, key: bytes, kept: Path) -> bool:
    """Copy database and write-ahead log into the new folder `kept` if the log lost saved edits; True if it had.

    To be asked by the holder of the lock before anything else opens the database: nothing is changed, but whoever opens it to
    write drops what cannot be read. Where the copy fails (a full disk) the files stay as they are.
    """
    with closing(driver.connect(database, key, must_exist=True, read_only=True)) as connection:
        # One may be an edit that a power cut caught before it was acknowledged.
        if unread_commits(database, connection) <= 1:
            return False
    with translated_disk_errors(kept):
        try:
            kept.mkdir()
            for name in (database.name, f"{database.name}-wal"):
                shutil.copyfile(database.with_name(name), kept / name)
        except OSError:
            remove_if_possible(kept)
            raise
    return True


def unread_commits(database: Path, connection: Connection) -> int:
    """How many edits stand in the write-ahead log of `database` behind the place where SQLite stopped reading it.

    To be asked right after the first `connection` was opened by the holder of the lock, before anything is written. 0 is the
    rule, also after a crash. 1 may be an edit that a power cut caught before it was acknowledged. More are edits that were
    saved and are lost to a damaged log: the files should be kept as they are and a backup looked at.
    """
    journal = database.with_name(database.name + "-wal")
    if not journal.exists() or journal.stat().st_size < _HEADER.size + _FRAME.size:
        return 0
    (_busy, read, _copied) = connection.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
    with journal.open("rb") as file:
        header = file.read(_HEADER.size)
        page = _page_size(header)
        generation = header[16:24] if _is_whole(header) else None
        return sum(is_commit for is_commit in islice(_commits(file, page, generation), max(read, 0), None))


def _commits(file: BinaryIO, page: int, generation: bytes | None) -> Iterator[bool]:
    """For each frame of the log whether it ends an edit; frames of an earlier round of the log count as none.

    With an unreadable header the first frame tells which round this is.
    """
    place = _HEADER.size
    while len(frame := _frame_at(file, place)) == _FRAME.size:
        _number, size_after_commit, *_rest = _FRAME.unpack(frame)
        round_ = frame[8:16]
        generation = round_ if generation is None else generation
        yield round_ == generation and size_after_commit != 0
        place += _FRAME.size + page


def _frame_at(file: BinaryIO, place: int) -> bytes:
    file.seek(place)
    return file.read(_FRAME.size)


def _page_size(header: bytes) -> int:
    size = int(_HEADER.unpack(header)[2])
    is_possible = _SMALLEST_PAGE <= size <= _LARGEST_PAGE and size & (size - 1) == 0
    return size if is_possible else 4096


def _is_whole(header: bytes) -> bool:
    """Whether the header's own sum is right."""
    magic, *_rest, first, second = _HEADER.unpack(header)
    if magic not in (_BIG_ENDIAN_SUMS, _LITTLE_ENDIAN_SUMS):
        return False
    words = struct.unpack(">6I" if magic == _BIG_ENDIAN_SUMS else "<6I", header[:24])
    one = two = 0
    for even, odd in zip(words[::2], words[1::2], strict=True):
        one = (one + even + two) & 0xFFFFFFFF
        two = (two + odd + one) & 0xFFFFFFFF
    return (one, two) == (first, second)
