"""Workbooks and texts as other people's programs write them, made when a test runs; everything in them is invented."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook, load_workbook

from qma_app.domain.edition import Edition
from qma_app.exchange.importing import Imported
from qma_app.exchange.importing.cleaning import cleaned
from qma_app.exchange.importing.ledger import Fate
from qma_app.exchange.importing.mapping import Mapping as ColumnMapping
from qma_app.services.importing import import_standard
from tests.builders import an_edition

Rows = Sequence[Sequence[Any]]
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"

STRUCTURE_ONLY: Final = frozenset(
    (
        "heading of the column", "key of the line", "kind of the row", "place in the tree", "weight", "critical", "cx", "ex", "profit", "owner",
        "kind, name or condition of the question", "name of the list", "end of the group", "says what the sheets are",
        "default_language", "locale", "the title once more", "ref_id", "importance", "implementation_groups", "score",
    )
)  # fmt: skip
"""What was taken but is no words: it steers where the words go, or is another form of them."""


def a_workbook(
    folder: Path,
    sheets: Mapping[str, Rows],
    *,
    name: str = "list.xlsx",
    merged: Iterable[str] = (),
    hidden: Iterable[str] = (),
) -> Path:
    """A workbook as openpyxl writes it; `merged` are ranges of the first sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        if title in hidden:
            sheet.sheet_state = "hidden"
    for place in merged:
        book.worksheets[0].merge_cells(place)
    path = folder / name
    book.save(path)
    return path


def a_raw_workbook(
    folder: Path,
    sheet: str | bytes,
    *,
    name: str = "raw.xlsx",
    strings: str | bytes = "",
    styles: str = "",
    workbook: str = "",
    parts: Mapping[str, bytes] | None = None,
    namespace: str = MAIN,
) -> Path:
    """A workbook of one sheet, its parts written by hand: `sheet` is what stands between `<sheetData>` and its end, or all of it as bytes."""
    book = workbook or (
        f'<workbook xmlns="{namespace}" xmlns:r="{_RELATIONS}"><sheets>'
        '<sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    data = (
        sheet
        if isinstance(sheet, bytes)
        else f'<worksheet xmlns="{namespace}"><sheetData>{sheet}</sheetData></worksheet>'.encode()
    )
    texts = strings if isinstance(strings, bytes) else f'<sst xmlns="{namespace}">{strings}</sst>'.encode()
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types"/>')
        archive.writestr("_rels/.rels", _relations(("rId1", "officeDocument", "xl/workbook.xml")))
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            _relations(
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "sharedStrings", "sharedStrings.xml"),
                ("rId3", "styles", "styles.xml"),
            ),
        )
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/worksheets/sheet1.xml", data)
        archive.writestr("xl/sharedStrings.xml", texts)
        archive.writestr("xl/styles.xml", styles or f'<styleSheet xmlns="{namespace}"/>')
        for part, content in (parts or {}).items():
            archive.writestr(part, content)
    return path


def _relations(*relations: tuple[str, str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="{id}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for id, kind, target in relations
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def a_text(folder: Path, text: str | bytes, *, name: str = "list.csv", encoding: str = "utf-8") -> Path:
    """A text file."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def imported(path: Path, *, mapping: ColumnMapping | None = None, **changes: Any) -> Imported:
    """The file as a draft, parsed in this process."""
    wish = {"title": "House checklist", "standard_id": "house", "version": "2026.1", "base": an_edition()}
    return import_standard(path, mapping=mapping, is_isolated=False, **{**wish, **changes})


def outline_of(edition: Edition, language: str = "en") -> list[str]:
    """`Service > Reception > SER-01.1 The words of the statement`, one line a checkpoint."""
    return [
        f"{area.title.in_language(language)} > {process.title.in_language(language)} > "
        f"{point.number} {point.statement.in_language(language)}"
        for area in edition.areas
        for process in area.processes
        for point in process.checkpoints
    ]


def left_out(found: Imported) -> list[str]:
    """`B7: why` of everything that is not in the result, in the order of the file."""
    entries = sorted(found.ledger.entries(Fate.LEFT_OUT), key=lambda one: (one.sheet, one.row, one.column))
    return [f"{entry.column}{entry.row}: {entry.detail}" for entry in entries]


def changed(found: Imported) -> list[str]:
    """`B7: how` of everything that is in the result, but not as it stood."""
    entries = sorted(found.ledger.entries(Fate.CHANGED), key=lambda one: (one.sheet, one.row, one.column))
    return [f"{entry.column}{entry.row}: {entry.detail}" for entry in entries]


def all_words(edition: Edition) -> str:
    """Every text of the edition's content in one."""
    words = [edition.remark]
    for area in edition.areas:
        words += [*area.title.texts.values(), area.remark, area.code]
        for process in area.processes:
            words += [*process.title.texts.values(), *process.purpose.texts.values(), process.remark]
            for point in process.checkpoints:
                words += [point.remark, point.id]
                for text in (point.statement, point.guidance, point.evidence, point.failure, *point.actions):
                    words += text.texts.values()
    words += [word for step in edition.scale for word in step.title.texts.values()]
    return "\n".join(words)


def account_for(found: Imported, path: Path) -> None:
    """Each filled cell of each sheet that was read has exactly one fate, and what was taken is really there."""
    cells = _cells_of(path, set(found.ledger.skipped_sheets))
    entries = {(entry.sheet, f"{entry.column}{entry.row}"): entry for entry in found.ledger.entries()}
    assert set(entries) == set(cells)
    counts = sum(found.ledger.count(fate) for fate in Fate)
    assert set(entries) == set(cells)
    assert counts == found.ledger.met == len(cells)
    words = all_words(found.edition)
    missing = [
        f"{entry.place}: {cells[key]!r} ({entry.detail})"
        for key, entry in entries.items()
        if entry.fate is Fate.TAKEN
        and entry.detail not in STRUCTURE_ONLY
        and cleaned(cells[key]) not in words
    ]
    assert missing == []


def _cells_of(path: Path, skipped: set[str]) -> dict[tuple[str, str], str]:
    """Every filled cell as another library reads it."""
    book = load_workbook(path)
    return {
        (sheet.title, cell.coordinate): str(cell.value)
        for sheet in book.worksheets
        if sheet.title not in skipped
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and str(cell.value).strip()
    }


def zip_of(entries: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A packed file with these entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()
