"""Answers what is asked of a file, message by message: runs in the child process, and in tests beside them.

A message is a short list of plain JSON values that begins with its kind; `Message` names them all.
"""

from __future__ import annotations

import zipfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import IO, Any, Final

from qma_app.errors import ImportTrouble
from qma_app.exchange.file_names import clean_name
from qma_app.exchange.importing import guards
from qma_app.exchange.importing.csv_rows import check_counts, csv_rows, notes_on
from qma_app.exchange.importing.guards import FileForm, check_file
from qma_app.exchange.importing.tables import Row
from qma_app.exchange.importing.workbook_parts import Package, date_styles, list_sheets, shared_texts
from qma_app.exchange.importing.workbook_sheets import Reading, sheet_rows
from qma_app.exchange.importing.yaml_leaves import yaml_leaves
from qma_app.i18n import _

Message = list[Any]
"""`form, name` | `note, text` | `sheet, name, is hidden` | `row, number, cells` | `cut` | `leaf, path, text, line` | `share, 0 to 1`."""

FIRST_ROWS: Final = 40
FIRST_LEAVES: Final = 400
_ROWS_BETWEEN: Final = 100


def answer(
    path: Path, sheets: list[str] | None, *, is_first_look: bool, is_across: bool = False
) -> Generator[Message, None, None]:
    """What the file holds: its first rows or values for a first look, else all of the named sheets (None: of all).

    With `is_across` cells merged into the one to their left are told as repeated too.
    """
    shown = clean_name(path.name)
    try:
        file = path.open("rb")
    except OSError as problem:
        raise ImportTrouble(
            _("{name} cannot be opened ({reason}).").format(name=shown, reason=problem.strerror),
            code="import.unreadable",
            way_out=_("Check that the file is there and not open elsewhere."),
            name=shown,
        ) from None
    with file:
        form = check_file(path, file)
        yield ["form", form.value, shown]
        if form is FileForm.WORKBOOK:
            yield from _workbook(file, shown, sheets, is_first_look=is_first_look, is_across=is_across)
        elif form is FileForm.CSV:
            yield from (["note", note] for note in notes_on(file))
            yield ["sheet", shown, False]
            if not is_first_look:
                check_counts(file, shown)
            yield from _rows(csv_rows(file, shown), is_first_look=is_first_look)
        else:
            yield from _leaves(file, shown, is_first_look=is_first_look)


def _workbook(
    file: IO[bytes], shown: str, wanted: list[str] | None, *, is_first_look: bool, is_across: bool
) -> Iterator[Message]:
    try:
        archive = zipfile.ZipFile(file)
    except zipfile.BadZipFile:
        raise guards.damaged(shown) from None
    with archive:
        package = Package(archive=archive, shown=shown)
        parts, from_1904 = list_sheets(package)
        reading = Reading(
            package=package,
            texts=shared_texts(package),
            dates=date_styles(package),
            from_1904=from_1904,
            is_across=is_across,
        )
        for part in parts:
            if wanted is None or part.name in wanted:
                yield ["sheet", part.name, part.is_hidden]
                yield from _rows(sheet_rows(reading, part.part, part.name), is_first_look=is_first_look)


def _rows(rows: Iterator[tuple[float, Row]], *, is_first_look: bool) -> Iterator[Message]:
    for count, (share, row) in enumerate(rows):
        if is_first_look and count >= FIRST_ROWS:
            yield ["cut"]
            return
        if count % _ROWS_BETWEEN == 0:
            yield ["share", share]
        yield ["row", row.number, [[cell.column, cell.text, cell.note.value] for cell in row.cells.values()]]


def _leaves(file: IO[bytes], shown: str, *, is_first_look: bool) -> Iterator[Message]:
    for count, leaf in enumerate(yaml_leaves(file, shown)):
        if is_first_look and count >= FIRST_LEAVES:
            yield ["cut"]
            return
        yield ["leaf", list(leaf.path), leaf.text, leaf.line]
