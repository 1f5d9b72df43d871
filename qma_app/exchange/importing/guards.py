"""What a file from outside must pass before any parser sees it: limits that hold whatever the file says of itself."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import IO, Final

from qma_app.errors import ImportTrouble
from qma_app.exchange.file_kinds import LARGEST_FILE, FileKind, kind_of
from qma_app.exchange.file_names import clean_name
from qma_app.i18n import _

MOST_ENTRIES: Final = 5_000
LARGEST_ENTRY: Final = 64 << 20
LARGEST_TOTAL: Final = 256 << 20
MOST_PACKED: Final = 200
"""So many times larger may an entry be than it lies in the file; ordinary sheets stay below 60."""
PACKED_FROM: Final = 1 << 20
"""Smaller entries may be packed as tightly as they like."""
LARGEST_CONTENTS: Final = 4 << 20
MOST_ROWS: Final = 20_000
"""Of one sheet, below its headings."""
MOST_FILLED: Final = MOST_ROWS + 1
"""The row of headings counts as filled, too."""
MOST_COLUMNS: Final = 200
MOST_CELLS: Final = 15 * MOST_FILLED
"""Of one sheet: fifteen filled columns in each of its rows; every cell gets an entry in the ledger."""
MOST_STRINGS: Final = 1_000_000
LONGEST_TEXT: Final = 100_000
"""Characters of one cell; Excel itself ends at 32,767."""
MOST_SHEETS: Final = 200
DEEPEST: Final = 20
MOST_NODES: Final = 50_000

_END: Final = struct.Struct("<4s4H2LH")
_LONGEST_END: Final = _END.size + 0xFFFF
_HEADER: Final = 30
_ENCRYPTED: Final = 0x1
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_MARKUP: Final = re.compile(rb"\s*(?:<\?xml|<!doctype html|<html|<workbook|<table)", re.IGNORECASE)
_YAML_NAMES: Final = (".yaml", ".yml")


class FileForm(StrEnum):
    """The three forms that are read."""

    WORKBOOK = "xlsx"
    CSV = "csv"
    YAML = "yaml"


def check_file(path: Path, file: IO[bytes]) -> FileForm:
    """The form of an opened file that may be parsed; an ImportTrouble says why another may not, and what to do."""
    shown = clean_name(path.name)
    size = _size_of(file, shown)
    file.seek(0)
    start = file.read(64 * 1024)
    kind = kind_of(start)
    if kind is FileKind.ZIP:
        check_archive(file, size, shown)
        return FileForm.WORKBOOK
    if kind is FileKind.OLE:
        file.seek(0)
        raise _old_office(file.read(), shown)
    if kind is not FileKind.TEXT and not _may_be_utf16(start):
        raise _refused(
            "import.kind",
            _("{name} is no table: its content is {kind}.").format(name=shown, kind=kind.value),
            _("Save the list as XLSX or CSV, then import that file."),
            shown,
        )
    if path.suffix.lower() in _YAML_NAMES:
        return FileForm.YAML
    if _MARKUP.match(start.removeprefix(b"\xef\xbb\xbf")):
        raise _refused(
            "import.markup",
            _("{name} is a web page or an XML file that calls itself a table.").format(name=shown),
            _("Open it in Excel or LibreOffice and save it as XLSX."),
            shown,
        )
    return FileForm.CSV


def check_archive(file: IO[bytes], size: int, shown: str) -> None:
    """Refuse a packed file that is damaged, locked, no workbook, or built to unfold without end; unpacks nothing."""
    _check_contents(file, size, shown)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, UnicodeDecodeError):
        raise damaged(shown) from None
    _check_entries(entries, size, shown)
    _check_it_is_a_workbook({entry.filename.replace("\\", "/").lower() for entry in entries}, shown)


def damaged(shown: str) -> ImportTrouble:
    """The one answer for a file that breaks off or contradicts itself."""
    return _refused(
        "import.damaged",
        _("{name} is damaged or incomplete.").format(name=shown),
        _("Copy it from where it comes from again, or open it in Excel and save it anew."),
        shown,
    )


def too_much(shown: str, what: str) -> ImportTrouble:
    """The one answer for a file that goes beyond a limit; `what` is a sentence that names it."""
    return _refused("import.too-much", what, _("Leave out what is not needed, or split the file."), shown)


def declares_entities(shown: str) -> ImportTrouble:
    """A workbook never declares entities; a hostile one does."""
    return _refused(
        "import.entities",
        _("{name} holds XML declarations (DOCTYPE) that no table program writes.").format(name=shown),
        _("Do not trust it: ask who made it for a file saved by Excel or LibreOffice."),
        shown,
    )


def _size_of(file: IO[bytes], shown: str) -> int:
    size = file.seek(0, 2)
    if not size:
        raise _refused(
            "import.empty",
            _("{name} is empty (0 bytes).").format(name=shown),
            _("Copy it from where it comes from again."),
            shown,
        )
    if size > LARGEST_FILE:
        raise too_much(
            shown,
            _("{name} has {size} MB; a file may have {limit} MB.").format(
                name=shown, size=-(-size >> 20), limit=LARGEST_FILE >> 20
            ),
        )
    return size


def _may_be_utf16(start: bytes) -> bool:
    """UTF-16 without its mark: every other byte of western text is zero, and nothing else is odd about it."""
    sample = start[:2048]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    few, many = sorted((even, odd))
    return len(sample) >= 8 and many * 10 > len(sample) * 4 and few * 20 < len(sample)


def _old_office(content: bytes, shown: str) -> ImportTrouble:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _refused(
            "import.protected",
            _("{name} is protected by a password.").format(name=shown),
            _("Open it in Excel, take the password away, and save it."),
            shown,
        )
    return _refused(
        "import.old-excel",
        _("{name} is an old Excel file (.xls) or another old Office file.").format(name=shown),
        _("Open it in Excel or LibreOffice and save it as XLSX."),
        shown,
    )


def _check_contents(file: IO[bytes], size: int, shown: str) -> None:
    """The table of contents is read into memory as a whole by whoever opens the file: look at its size first."""
    file.seek(max(0, size - _LONGEST_END))
    tail = file.read()
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or len(tail) - found < _END.size:
        raise damaged(shown)
    _mark, *parts, length, _start, _comment = _END.unpack_from(tail, found)
    if parts[-1] > MOST_ENTRIES:
        raise _too_many_entries(shown)
    if length > LARGEST_CONTENTS:
        raise damaged(shown) if length > size else _too_many_entries(shown)


def _check_entries(entries: list[zipfile.ZipInfo], size: int, shown: str) -> None:
    if len(entries) > MOST_ENTRIES:
        raise _too_many_entries(shown)
    names: set[str] = set()
    for entry in entries:
        _check_entry(entry, shown)
        key = entry.filename.replace("\\", "/").casefold()
        if key in names:
            raise damaged(shown)
        names.add(key)
    if sum(entry.file_size for entry in entries) > LARGEST_TOTAL:
        raise _unfolds(shown, LARGEST_TOTAL)
    _check_overlap(entries, size, shown)


def _check_entry(entry: zipfile.ZipInfo, shown: str) -> None:
    name = entry.filename.replace("\\", "/")
    if entry.flag_bits & _ENCRYPTED:
        raise _refused(
            "import.protected",
            _("{name} is protected by a password.").format(name=shown),
            _("Pack it again without a password."),
            shown,
        )
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise damaged(shown)
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    if name.startswith("/") or ".." in name.split("/") or _DRIVE.match(name) or "\0" in name or is_link:
        raise _refused(
            "import.path",
            _("{name} holds a part that points outside of it.").format(name=shown),
            _("Do not trust it: ask who made it for a file saved by Excel or LibreOffice."),
            shown,
        )
    if entry.file_size > LARGEST_ENTRY:
        raise _unfolds(shown, LARGEST_ENTRY)
    if entry.file_size > PACKED_FROM and entry.file_size > MOST_PACKED * max(entry.compress_size, 1):
        raise _refused(
            "import.bomb",
            _("{name} holds a part packed more than {limit} times: no table is like that.").format(
                name=shown, limit=MOST_PACKED
            ),
            _("Do not trust it: ask who made it for a file saved by Excel or LibreOffice."),
            shown,
        )


def _check_overlap(entries: Iterable[zipfile.ZipInfo], size: int, shown: str) -> None:
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise _refused(
                "import.overlap",
                _("{name} holds parts that lie over one another.").format(name=shown),
                _("Do not trust it: ask who made it for a file saved by Excel or LibreOffice."),
                shown,
            )
        end = entry.header_offset + _HEADER + len(entry.filename) + entry.compress_size
    if end > size:
        raise damaged(shown)


def _check_it_is_a_workbook(names: set[str], shown: str) -> None:
    if "xl/workbook.xml" in names or ("[content_types].xml" in names and _has_sheets(names)):
        return
    if "xl/workbook.bin" in names:
        what = _("{name} is a binary workbook (.xlsb).")
    elif "content.xml" in names and "mimetype" in names:
        what = _("{name} is a LibreOffice document.")
    elif "word/document.xml" in names:
        what = _("{name} is a Word document, not a table.")
    elif any(name.startswith("index/") and name.endswith(".iwa") for name in names):
        what = _("{name} is a Numbers document.")
    else:
        what = _("{name} is a packed file without a workbook in it.")
    raise _refused(
        "import.other-office",
        what.format(name=shown),
        _("Open it in its program and save the table as XLSX."),
        shown,
    )


def _has_sheets(names: set[str]) -> bool:
    """Some writers call the parts otherwise; the relations say which is which."""
    return "_rels/.rels" in names and any("worksheets/" in name for name in names)


def _too_many_entries(shown: str) -> ImportTrouble:
    return too_much(
        shown, _("{name} consists of more than {limit} parts.").format(name=shown, limit=MOST_ENTRIES)
    )


def _unfolds(shown: str, limit: int) -> ImportTrouble:
    return too_much(shown, _("{name} unfolds to more than {limit} MB.").format(name=shown, limit=limit >> 20))


def _refused(code: str, message: str, way_out: str, shown: str) -> ImportTrouble:
    return ImportTrouble(message, code=code, way_out=way_out, name=shown)
