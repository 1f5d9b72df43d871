"""What a database that does not open or work means, in one sentence with a way out."""

from __future__ import annotations

import hashlib
import hmac
import os
from enum import IntEnum
from pathlib import Path
from typing import Final

from qma_app.errors import StorageTrouble
from qma_app.i18n import _

_PAGE, _SALT, _SEAL = 4096, 16, 64
_PAGES_TRIED: Final = 64
_PLAIN_HEADER: Final = b"SQLite format 3\0"


class ResultCode(IntEnum):
    """SQLite's primary result codes that come from the world or the user, not from a mistake of ours."""

    PERM = 3
    BUSY = 5
    LOCKED = 6
    READONLY = 8
    INTERRUPT = 9
    IOERR = 10
    CORRUPT = 11
    FULL = 13
    CANTOPEN = 14
    PROTOCOL = 15
    NOTADB = 26


_CODE_OF_SENTENCE: Final = {
    "database is locked": ResultCode.BUSY,
    "attempt to write a readonly database": ResultCode.READONLY,
    "disk I/O error": ResultCode.IOERR,
    "database disk image is malformed": ResultCode.CORRUPT,
    "database or disk is full": ResultCode.FULL,
    "unable to open database file": ResultCode.CANTOPEN,
    "file is not a database": ResultCode.NOTADB,
}


def result_code(error: BaseException) -> int:
    """The result code without its extension; copying gives the sentence of the code only; 0 where SQLite was not asked."""
    code = getattr(error, "sqlite_errorcode", None)
    return _CODE_OF_SENTENCE.get(str(error), 0) if code is None else int(code) & 0xFF


def sentence_of(code: int) -> StorageTrouble | None:
    """The trouble behind a result code; None where it is a mistake of ours."""
    match code:
        case ResultCode.FULL:
            return StorageTrouble(
                _("The disk is full; nothing was changed."),
                code="disk.full",
                way_out=_("Free some space and save again."),
            )
        case ResultCode.IOERR:
            return StorageTrouble(
                _("The disk reported a fault while the workspace was read or written; nothing was changed."),
                code="disk.fault",
                way_out=_("Check that the disk is connected and has space, then save again."),
            )
        case ResultCode.BUSY | ResultCode.LOCKED | ResultCode.PROTOCOL:
            return StorageTrouble(
                _("Another program is writing in this workspace."),
                code="workspace.busy",
                way_out=_("Wait a moment and try again, or close the other program."),
            )
        case ResultCode.READONLY | ResultCode.PERM:
            return StorageTrouble(
                _("The workspace can only be read: its folder or file does not allow writing."),
                code="disk.read-only",
                way_out=_("Allow writing in the folder, or copy the workspace to one where you may write."),
            )
        case ResultCode.CORRUPT | ResultCode.NOTADB:
            return StorageTrouble(
                _("A part of the database is damaged and cannot be read."),
                code="workspace.damaged",
                way_out=_("Restore the newest backup; the damaged files are kept beside it."),
            )
        case ResultCode.CANTOPEN:
            return StorageTrouble(
                _("The workspace database cannot be opened."),
                code="workspace.cannot-open",
                way_out=_("Check that its folder exists, is connected and may be written."),
            )
    return None


def not_opened(path: Path, key: bytes) -> StorageTrouble:
    """Wrong key or damaged first page: the driver says "not a database" to both, the other pages know better."""
    with path.open("rb") as file:
        first = file.read(_PAGE)
        if len(first) < _PAGE or first.startswith(_PLAIN_HEADER):
            return damaged(path)
        pages = min(os.fstat(file.fileno()).st_size // _PAGE, _PAGES_TRIED)
        page_key = hashlib.pbkdf2_hmac(
            "sha512", key, bytes(byte ^ 0x3A for byte in first[:_SALT]), 2, len(key)
        )
        if any(_is_sealed_with(page_key, file.read(_PAGE), number) for number in range(2, pages + 1)):
            return damaged(path)
    return StorageTrouble(
        _(
            "The database {name} does not open with this key: it belongs to another workspace or its beginning is damaged."
        ).format(name=path.name),
        code="workspace.key-wrong",
        way_out=_("Put the key file of this workspace back in its folder, or restore the newest backup."),
        path=str(path),
    )


def missing(path: Path) -> StorageTrouble:
    """No file is where a database should be."""
    return StorageTrouble(
        _("There is no workspace database at {path}.").format(path=path),
        code="workspace.missing",
        way_out=_("Choose the folder of the workspace, or restore the newest backup."),
        path=str(path),
    )


def damaged(path: Path) -> StorageTrouble:
    """What is there is not, or not wholly, the database it was."""
    return StorageTrouble(
        _("The database {name} is damaged and cannot be read.").format(name=path.name),
        code="workspace.damaged",
        way_out=_("Restore the newest backup; the damaged files are kept beside it."),
        path=str(path),
    )


def _is_sealed_with(page_key: bytes, page: bytes, number: int) -> bool:
    seal = hmac.new(page_key, page[:-_SEAL] + number.to_bytes(4, "little"), "sha512").digest()
    return hmac.compare_digest(seal, page[-_SEAL:])
