"""Files made to hurt whoever opens them, each with what must become of it: refused for that reason, or read.

The tests take those that are quick to make; `benchmarks/hostile.py` takes all and measures time and memory.
"""

from __future__ import annotations

import random
import stat
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.exchange.importing.workbooks import MAIN, a_raw_workbook, a_text, a_workbook, zip_of

READ: Final = ""
"""The file is harmless once guarded: it is read, and what cannot be taken is named."""
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LIST: Final = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Question</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Each key carries a tag.</t></is></c></row>'
)
DOCTYPE: Final = '<?xml version="1.0"?><!DOCTYPE x [{}]>'


@dataclass(frozen=True, kw_only=True)
class Hostile:
    """One kind: `make` writes it into a folder, `code` is that of the refusal, or READ."""

    make: Callable[[Path], Path]
    code: str
    is_heavy: bool = False


def _packed(entries: Mapping[str, bytes], name: str = "list.xlsx") -> Callable[[Path], Path]:
    return lambda folder: a_text(folder, zip_of(entries), name=name)


def _bytes(content: bytes, name: str) -> Callable[[Path], Path]:
    return lambda folder: a_text(folder, content, name=name)


def _raw(sheet: str | bytes, strings: str | bytes = "", **more: str) -> Callable[[Path], Path]:
    return lambda folder: a_raw_workbook(folder, sheet, strings=strings, **more)  # type: ignore[arg-type]


def _with_part(part: str, content: bytes = b"x") -> Callable[[Path], Path]:
    return lambda folder: a_raw_workbook(folder, LIST, parts={part: content})


def _cut(folder: Path) -> Path:
    path = a_raw_workbook(folder, LIST)
    path.write_bytes(path.read_bytes()[:-200])
    return path


def _flipped(folder: Path) -> Path:
    """One byte of the packed sheet is another."""
    path = a_raw_workbook(folder, LIST)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
    data[entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2] ^= 0xFF
    path.write_bytes(data)
    return path


def _patched(change: Callable[[bytearray], None]) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = a_raw_workbook(folder, LIST)
        data = bytearray(path.read_bytes())
        change(data)
        path.write_bytes(data)
        return path

    return make


def _each_entry(data: bytearray, offset: int, form: str, value: int) -> None:
    """Write a value into each line of the table of contents."""
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into(form, data, at + offset, value)
        at = data.find(b"PK\x01\x02", at + 4)


def _encrypted(data: bytearray) -> None:
    _each_entry(data, 8, "<H", 1)


def _over_one_another(data: bytearray) -> None:
    _each_entry(data, 42, "<L", 0)


def _lying_sizes(data: bytearray) -> None:
    _each_entry(data, 24, "<L", 20)


def _strange_method(data: bytearray) -> None:
    _each_entry(data, 10, "<H", 14)


def _endless_contents(data: bytearray) -> None:
    at = data.rfind(b"PK\x05\x06")
    struct.pack_into("<HHL", data, at + 8, 0xFFFF, 0xFFFF, 0xFFFFFFFF)


def _link(folder: Path) -> Path:
    path = a_raw_workbook(folder, LIST)
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("xl/link.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return path


def _twins(folder: Path) -> Path:
    path = a_raw_workbook(folder, LIST)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL/Workbook.xml", "<workbook/>")
    return path


def _large(folder: Path) -> Path:
    path = folder / "large.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate((30 << 20) + 1)
    return path


def _sheets(count: int) -> Callable[[Path], Path]:
    listed = "".join(
        f'<sheet name="S{number}" sheetId="{number}" r:id="rId1"/>' for number in range(1, count + 1)
    )
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f"<sheets>{listed}</sheets></workbook>"
    )
    return _raw(LIST, workbook=book)


def _whole_sheet(inside: Iterable[str], before: str = "", after: str = "") -> bytes:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{"".join(inside)}</sheetData>{after}</worksheet>'.encode()


def _cells(rows: int, columns: int) -> bytes:
    """A list with numbers below it: each row packs about as tightly as in an ordinary workbook."""
    inside = (
        f'<row r="{row}">' + "".join(f"<c><v>{row * column % 9973}</v></c>" for column in range(columns)) + "</row>"
        for row in range(3, rows + 1)
    )  # fmt: skip
    return _whole_sheet([LIST, *inside])


def _merges(count: int) -> bytes:
    ranges = "".join(f'<mergeCell ref="A{row}:B{row + 1}"/>' for row in range(1, 2 * count, 2))
    return _whole_sheet([LIST], after=f"<mergeCells>{ranges}</mergeCells>")


def _formulas(folder: Path) -> Path:
    rows = [
        ["Question"],
        ['=HYPERLINK("http://127.0.0.1")'],
        ["+cmd|' /C calc'!A0"],
        ["@SUM(A1)"],
        ["Each key carries a tag."],
    ]
    return a_workbook(folder, {"List": rows})


_NAMES = ("content.xml", "mimetype")
HOSTILE: Final[dict[str, Hostile]] = {
    "nothing in it": Hostile(make=_bytes(b"", "list.xlsx"), code="import.empty"),
    "larger than 30 MB": Hostile(make=_large, code="import.too-much"),
    "old Excel": Hostile(make=_bytes(OLE + "Workbook".encode("utf-16-le") * 200, "list.xls"), code="import.old-excel"),
    "locked workbook": Hostile(make=_bytes(OLE + "EncryptedPackage".encode("utf-16-le") * 200, "list.xlsx"), code="import.protected"),
    "locked entries": Hostile(make=_patched(_encrypted), code="import.protected"),
    "cut off": Hostile(make=_cut, code="import.damaged"),
    "one byte flipped": Hostile(make=_flipped, code="import.damaged"),
    "noise": Hostile(make=_bytes(bytes(range(256)) * 40, "list.xlsx"), code="import.kind"),
    "a picture": Hostile(make=_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 400, "list.xlsx"), code="import.kind"),
    "a PDF": Hostile(make=_bytes(b"%PDF-1.7\n" + b"\0" * 400, "list.csv"), code="import.kind"),
    "a web page": Hostile(make=_bytes(b"<html><table><tr><td>Question</td></tr></table></html>", "list.xls"), code="import.markup"),
    "XML of 2003": Hostile(make=_bytes(b'<?xml version="1.0"?><Workbook/>', "list.xls"), code="import.markup"),
    "LibreOffice": Hostile(make=_packed({"mimetype": b"x", "content.xml": b"<x/>"}), code="import.other-office"),
    "Word": Hostile(make=_packed({"word/document.xml": b"<x/>"}), code="import.other-office"),
    "binary workbook": Hostile(make=_packed({"xl/workbook.bin": b"x"}), code="import.other-office"),
    "a zip of something else": Hostile(make=_packed({"holiday.jpg": b"x"}), code="import.other-office"),
    "entity bomb in the texts": Hostile(
        make=_raw(LIST, (DOCTYPE.format('<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">') + "<sst><si><t>&b;</t></si></sst>").encode()),
        code="import.entities",
    ),
    "entity that reads a file": Hostile(
        make=_raw((DOCTYPE.format('<!ENTITY x SYSTEM "file:///etc/passwd">') + "<worksheet><sheetData>&x;</sheetData></worksheet>").encode()),
        code="import.entities",
    ),
    "DOCTYPE in the workbook": Hostile(make=_raw(LIST, workbook='<!DOCTYPE workbook SYSTEM "http://127.0.0.1/x.dtd"><workbook/>'), code="import.entities"),
    "one text of 1 GB": Hostile(
        make=lambda folder: a_raw_workbook(folder, LIST, strings=b"<sst><si><t>" + b"a" * (65 << 20)), code="import.too-much", is_heavy=True
    ),
    "a text packed 1,000 times": Hostile(make=_raw(LIST, b"<sst><si><t>" + b"a" * (3 << 20)), code="import.bomb"),
    "5 million texts": Hostile(make=lambda folder: a_raw_workbook(folder, LIST, strings=b"<sst>" + b"<si><t/></si>" * 5_000_000), code="import.bomb", is_heavy=True),
    "more texts than a list has": Hostile(
        make=lambda folder: a_raw_workbook(
            folder, LIST, strings=b"<sst>" + b"".join(b"<si><t>%x</t></si>" % (number * 2654435761 % 2**32) for number in range(1_100_000))
        ),
        code="import.too-much",
        is_heavy=True,
    ),
    "a cell in the last corner": Hostile(make=_raw(LIST + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), code=READ),
    "everything merged": Hostile(make=_raw(_whole_sheet([LIST], after='<mergeCells><mergeCell ref="A1:XFD20000"/></mergeCells>')), code=READ),
    "more merged places than anybody makes": Hostile(make=_raw(_merges(10_001)), code="import.too-much"),
    "2 million cells": Hostile(make=lambda folder: a_raw_workbook(folder, _cells(25_000, 80)), code="import.too-much", is_heavy=True),
    "more cells than a list has": Hostile(make=lambda folder: a_raw_workbook(folder, _cells(7_000, 190)), code="import.too-much", is_heavy=True),
    "more rows than a list has": Hostile(make=_raw(LIST + "".join(f"<row><c t='str'><v>Row {row} holds.</v></c></row>" for row in range(20_001))), code="import.too-much"),
    "a million empty rows": Hostile(
        make=lambda folder: a_raw_workbook(
            folder, _whole_sheet([LIST, *(f'<row r="{row}" s="1"/>' for row in range(3, 1_048_577))])
        ),
        code=READ,
        is_heavy=True,
    ),
    "a dimension that lies": Hostile(make=_raw(_whole_sheet([LIST], before='<dimension ref="A1:XFD1048576"/>')), code=READ),
    "parts over one another": Hostile(make=_patched(_over_one_another), code="import.overlap"),
    "sizes that lie": Hostile(make=_patched(_lying_sizes), code="import.damaged"),
    "packed in an unknown way": Hostile(make=_patched(_strange_method), code="import.damaged"),
    "contents without end": Hostile(make=_patched(_endless_contents), code="import.too-much"),
    "5,001 parts": Hostile(make=_packed({**{f"xl/x{number}.xml": b"" for number in range(5_001)}, "xl/workbook.xml": b""}), code="import.too-much"),
    "300 MB in parts": Hostile(
        make=lambda folder: a_raw_workbook(
            folder, LIST, parts={f"xl/big{number}.bin": (random.Random(number).randbytes(9_000) + b"\0" * (1 << 20)) * 48 for number in range(6)}
        ),
        code="import.too-much",
        is_heavy=True,
    ),
    "a part above the folder": Hostile(make=_with_part("../../evil.xml"), code="import.path"),
    "a part on a drive": Hostile(make=_with_part("C:/evil.xml"), code="import.path"),
    "a part at the root": Hostile(make=_with_part("/etc/evil.xml"), code="import.path"),
    "a link": Hostile(make=_link, code="import.path"),
    "twins in other case": Hostile(make=_twins, code="import.damaged"),
    "a text that is not there": Hostile(make=_raw('<row r="1"><c t="s"><v>99999</v></c></row>'), code="import.damaged"),
    "XML that breaks off": Hostile(make=_raw(b"<worksheet><sheetData><row>"), code="import.damaged"),
    "elements in elements": Hostile(make=_raw(b"<worksheet>" + b"<a>" * 50_000 + b"</a>" * 50_000 + b"</worksheet>"), code="import.nothing"),
    "a text too long for a cell": Hostile(make=_raw(LIST, b"<sst><si><t>" + b"ab " * 40_000 + b"</t></si></sst>"), code="import.too-much"),
    "an attribute without end": Hostile(make=_raw(_whole_sheet([LIST, f'<row r="{"9" * 900_000}"/>'])), code=READ),
    "numbers no one can count": Hostile(
        make=_raw(LIST + '<row r="3"><c><v>1e999</v></c><c><v>nan</v></c><c r="A99999999999"><v>1</v></c><c s="7"><v>-5</v></c></row>'), code=READ
    ),
    "201 sheets": Hostile(make=_sheets(201), code="import.too-much"),
    "formulas to click on": Hostile(make=_formulas, code=READ),
    "YAML of names for names": Hostile(
        make=_bytes(b"a: &a [x,x]\nb: &b [*a,*a]\nobjects: [*b,*b]\n", "list.yaml"), code="import.yaml-trap"
    ),
    "YAML without ground": Hostile(make=_bytes(b"objects: " + b"[" * 100_000, "list.yaml"), code="import.yaml-trap"),
    "YAML of a million values": Hostile(
        make=_bytes(b"urn: x\nname: y\nobjects: [" + b"1," * 1_000_000 + b"]", "list.yaml"), code="import.too-much", is_heavy=True
    ),
    "YAML that calls a program": Hostile(make=_bytes(b"objects: !!python/object/apply:os.system [ls]\n", "list.yaml"), code="import.yaml-trap"),
    "a quotation mark never closed": Hostile(make=_bytes(b'Question,Area\n"The key\n' + b"and more\n" * 30_000, "list.csv"), code="import.too-much"),
    "a line of 5 MB": Hostile(make=_bytes(b"Question,Area\n" + b"word," * 1_000_000, "list.csv"), code="import.too-much"),
    "5,000 columns": Hostile(make=_bytes(b"Question" + b",x" * 5_000 + b"\nThe key has a tag.\n", "list.csv"), code=READ),
    "a CSV of 30,000 rows": Hostile(make=_bytes(b"Question\n" + b"The key has a tag.\n" * 30_000, "list.csv"), code="import.too-much"),
    "halves of letters": Hostile(make=_bytes("Question\nThe key has a tag.\n".encode("utf-16-le") + b"\x00\xd8\x0a\x00", "list.csv"), code=READ),
    "noise behind a mark": Hostile(make=_bytes(b"\xff\xfe" + bytes(range(1, 255)) * 80, "list.csv"), code=READ),
}  # fmt: skip
