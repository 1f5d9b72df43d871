"""Writes the action plan workbook: two sheets to work in, the rest to look up, and a hidden one that says what went out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from qma_app.design import LIGHT
from qma_app.exchange.action_workbook import keys, looking_up
from qma_app.exchange.action_workbook.columns import PlanColumn, columns_of
from qma_app.exchange.action_workbook.keys import ID, Part, column_key, print_of, prints_text
from qma_app.exchange.action_workbook.plan import ActionBook, ActionLine, FindingLine
from qma_app.exchange.action_workbook.values import Form, read_cell, text_of, titles_of
from qma_app.exchange.workbook.columns import Meter, Progress
from qma_app.exchange.workbook.file import Cell, Layout, Sheet, Value, WorkbookFile
from qma_app.exchange.workbook.looks import BANNER, HEADER, LABEL, MARK, NAME, Look
from qma_app.i18n import _, language

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_KEYS_SHEET: Final = "qma"
HEAD_ROW: Final = 4
FIRST_ROW: Final = HEAD_ROW + 1
ROOM: Final = 15
"""So many empty rows below the actions invite to propose one."""
_FROZEN_COLUMNS: Final = 2
_CLOSED_HEAD: Final = replace(HEADER, fill=LIGHT.line, colour=LIGHT.text)
_HINT: Final = replace(LABEL, is_wrapped=False, is_ruled=False)
_LONGEST_PROMPT: Final = 250

Line = ActionLine | FindingLine


def write(book: ActionBook, file: BinaryIO, *, progress: Progress | None = None) -> None:
    """Write the workbook into an open file; the same book in the same language always gives the same bytes.

    `progress` hears the share done and stops the work by answering False (ReportTrouble `workbook.cancelled`).
    """
    meter = Meter(progress, len(book.actions) + len(book.findings) + looking_up.rows_of(book))
    meter.tell()
    with WorkbookFile(file, title=book.title, changed_at=book.changed_at) as workbook:
        lists = _lists(book)
        _write_sheet(workbook, book, Part.ACTIONS, book.actions, lists, meter)
        _write_sheet(workbook, book, Part.FINDINGS, book.findings, lists, meter)
        looking_up.write_sheets(workbook, book, meter)
        _write_keys(workbook, book, lists)
        meter.tell()


def sheet_title_of(part: Part) -> str:
    """The name of a sheet that comes back."""
    return {Part.ACTIONS: _("Actions"), Part.FINDINGS: _("Findings")}[part]


def prints_of(line: Line, columns: Sequence[PlanColumn]) -> dict[str, str]:
    """For each cell of a row what is kept to see later whether somebody wrote in it."""
    id = line.action.id if isinstance(line, ActionLine) else line.finding.id
    return {
        column.key: print_of(id, column.key, plain_value(column, column.value(line)))
        for column in columns
        if column.key != ID
    }


def plain_value(column: PlanColumn, value: Value) -> str:
    """What goes out, as the one plain text by which it is compared when it comes back."""
    if column.form in (Form.STAGE, Form.REPLY, Form.ELSEWHERE) and isinstance(value, str):
        return read_cell(column.form, value).text
    return " ".join(text_of(value).split()) if column.form is Form.OWNER else text_of(value)


def _write_sheet(
    workbook: WorkbookFile,
    book: ActionBook,
    part: Part,
    lines: Sequence[Line],
    lists: Mapping[Form, tuple[int, Sequence[str]]],
    meter: Meter,
) -> None:
    columns = columns_of(part)
    layout = Layout(
        widths=[column.width for column in columns],
        hidden=[column.is_hidden for column in columns],
        frozen_rows=HEAD_ROW,
        frozen_columns=_FROZEN_COLUMNS,
        filter_row=HEAD_ROW,
        tab_colour=LIGHT.accent if part is Part.ACTIONS else LIGHT.bad,
        footer=book.edition.label,
        finish=partial(_finish, columns, len(lines) + ROOM, lists),
    )
    with workbook.sheet(sheet_title_of(part), layout) as sheet:
        names = [column_key(part, column.key) for column in columns]
        sheet.append(names, [sheet.style(NAME)] * len(names), is_hidden=True)
        sheet.row(
            book.title, *([None, Cell(_("SAMPLE"), MARK)] if book.dealership.is_sample else []), look=BANNER
        )
        sheet.row(_hint(part), look=_HINT)
        sheet.row(*(Cell(one.title, HEADER if one.is_open else _CLOSED_HEAD) for one in columns), look=HEADER)
        styles = [sheet.style(_look(column)) for column in columns]
        values: list[Callable[[Any], Value]] = [column.value for column in columns]
        for line in lines:
            sheet.append([value(line) for value in values], styles)
            meter.step()
        if part is Part.ACTIONS:
            _write_room(sheet, columns)


def _hint(part: Part) -> str:
    yours = _("Write in the tinted columns; everything else is left as it is.")
    if part is Part.FINDINGS:
        return yours
    return (
        f"{yours} {_('A new action: use an empty row below and leave its number empty. Then save as XLSX.')}"
    )


def _look(column: PlanColumn) -> Look:
    return replace(column.look, fill=LIGHT.raised) if column.is_open else column.look


def _write_room(sheet: Sheet, columns: Sequence[PlanColumn]) -> None:
    styles = [sheet.style(_look(column)) for column in columns]
    for _place in range(ROOM):
        sheet.append([None] * len(columns), styles)


def _finish(
    columns: Sequence[PlanColumn],
    rows: int,
    lists: Mapping[Form, tuple[int, Sequence[str]]],
    sheet: Worksheet,
) -> None:
    """Drop-downs and what a cell is for; nothing is locked, and what is typed otherwise is understood as far as can be."""
    last = FIRST_ROW + max(rows, 1) - 1
    for number, column in enumerate(columns, 1):
        if not column.is_open and not column.about:
            continue
        first, words = lists.get(column.form, (0, ()))
        guide = DataValidation(type="list" if words else None, allow_blank=True, showInputMessage=True)
        if words:
            guide.formula1 = f"'{_KEYS_SHEET}'!$B${first}:$B${first + len(words) - 1}"
            guide.showErrorMessage = column.form is not Form.OWNER
            guide.errorStyle = "warning"
        guide.promptTitle = column.title[:32]
        guide.prompt = column.about[:_LONGEST_PROMPT] or None
        letter = get_column_letter(number)
        guide.add(f"{letter}{FIRST_ROW}:{letter}{last}")
        sheet.data_validations.append(guide)


def _facts(book: ActionBook) -> tuple[tuple[str, str | int], ...]:
    return (
        (keys.FORMAT, keys.VERSION),
        (keys.DEALERSHIP, book.dealership.id),
        (keys.DEALERSHIP_NAME, book.dealership.name),
        (keys.ENGAGEMENT, book.engagement.id),
        (keys.LANGUAGE, language()),
        (keys.OWNER, book.scope.owner),
        (keys.SEQ, book.head.seq),
        (keys.HEAD, book.head.hash),
    )


def _lists(book: ActionBook) -> dict[Form, tuple[int, Sequence[str]]]:
    """Each list of words with the row of the hidden sheet in which it begins."""
    found: dict[Form, tuple[int, Sequence[str]]] = {}
    row = len(_facts(book)) + 1
    words = {form: titles_of(form) for form in (Form.STAGE, Form.REPLY, Form.ELSEWHERE)}
    for form, listed in (*words.items(), (Form.OWNER, book.owners)):
        found[form] = (row, listed)
        row += len(listed)
    return found


def _write_keys(
    workbook: WorkbookFile, book: ActionBook, lists: Mapping[Form, tuple[int, Sequence[str]]]
) -> None:
    with workbook.sheet(_KEYS_SHEET, Layout(widths=(24, 70, 9, 70), finish=_hide)) as sheet:
        for name, value in _facts(book):
            sheet.row(name, value, look=NAME)
        for form, (_first, listed) in lists.items():
            for word in listed:
                sheet.row(f"choice.{form}", word, look=NAME)
        parts: tuple[tuple[Part, Sequence[Line]], ...] = (
            (Part.ACTIONS, book.actions),
            (Part.FINDINGS, book.findings),
        )
        for part, lines in parts:
            columns = columns_of(part)
            for line in lines:
                record = line.action if isinstance(line, ActionLine) else line.finding
                sheet.row(part, record.id, record.version, prints_text(prints_of(line, columns)), look=NAME)


def _hide(sheet: Worksheet) -> None:
    sheet.sheet_state = "hidden"
