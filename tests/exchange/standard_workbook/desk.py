"""A keeper's desk for the tests: writes a workbook, changes cells as a keeper would, reads it back."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from qma_app.domain.edition import Direction, Edition, KpiDefinition, KpiGroup, KpiRange
from qma_app.domain.ids import AreaId
from qma_app.errors import Problem
from qma_app.exchange.standard_workbook.reading import StandardReading, read_standard_workbook
from qma_app.exchange.standard_workbook.writing import write_standard_workbook
from qma_app.i18n import in_language
from tests.builders import a_text, an_edition

Edit = Callable[[Any], object]


def a_kpi(code: str = "C15", **changes: Any) -> KpiDefinition:
    values: dict[str, Any] = {
        "code": code,
        "title": a_text("First-time fix", de="Erstreparatur"),
        "purpose": a_text("Tells whether a car comes back."),
        "numerator": a_text("orders without a return"),
        "denominator": a_text("all orders"),
        "calculation": "ratio",
        "factor": 100,
        "unit": "percent",
        "direction": Direction.HIGHER,
        "rhythm": "half-year",
        "area": AreaId("service"),
        "range": KpiRange(source=a_text("Planning value"), least="1.10", most="97.5"),
    }
    return KpiDefinition(**values | changes)


def an_edition_with_kpis(**changes: Any) -> Edition:
    groups = (
        KpiGroup(
            perspective="customers", title=a_text("Customers"), kpis=(a_kpi(), a_kpi("C16", range=None))
        ),
    )
    return an_edition(kpi_groups=groups, **changes)


def workbook_of(edition: Edition, language: str = "en") -> bytes:
    file = BytesIO()
    with in_language(language):
        write_standard_workbook(edition, file)
    return file.getvalue()


def read_bytes(content: bytes, folder: Path, base: Edition | None) -> StandardReading:
    path = folder / "standard.xlsx"
    path.write_bytes(content)
    return read_standard_workbook(path, base, is_isolated=False)


def edited(content: bytes, edit: Edit) -> bytes:
    """The workbook after somebody changed it and saved it with another program."""
    book = load_workbook(BytesIO(content))
    edit(book)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def row_of(sheet: Worksheet, id: str) -> int:
    """The row of the record with that id."""
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == id)


def column_of(sheet: Worksheet, key: str) -> int:
    return next(column for column in range(1, sheet.max_column + 1) if sheet.cell(1, column).value == key)


def cell(sheet: Worksheet, id: str, key: str) -> Any:
    """The cell of a record under a key."""
    return sheet.cell(row_of(sheet, id), column_of(sheet, key))


def added(sheet: Worksheet, below: str, **values: Any) -> int:
    """A new row below that of a record; keys of texts are written `title_en`."""
    row = row_of(sheet, below) + 1
    sheet.insert_rows(row)
    for key, value in values.items():
        sheet.cell(row, column_of(sheet, key.replace("_", ":"))).value = value
    return row


NEW_POINT = {"weight": 2, "critical": "no", "cx": 3, "ex": 0, "profit": 1}
"""What a new checkpoint needs beside its statement."""


def told(problems: tuple[Problem, ...], code: str) -> Problem:
    """The only problem of that code."""
    found = [problem for problem in problems if problem.code == code]
    assert len(found) == 1, [str(problem) for problem in problems]
    return found[0]
