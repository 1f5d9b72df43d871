"""Reads the list a dealership provides to draw records from, a workbook or a CSV file, and finds the column they stand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from qma_app.domain.audit import AuditSample, ListSource
from qma_app.domain.sample_drawing import CleanList, read_list
from qma_app.errors import ImportTrouble, Problem
from qma_app.exchange.importing.names import plain, quoted
from qma_app.exchange.importing.reading import OutsideFile, Progress
from qma_app.exchange.importing.tables import FirstLook, Row, Sheet, is_readable, letters_of
from qma_app.exchange.sample_list_reading import NAMED, ListReading, day_of
from qma_app.i18n import _

_TITLES: Final = frozenset(
    ("order", "order no", "order number", "repair order", "ro", "ro number", "job", "job number", "invoice", "invoice no", "invoice number", "record", "record no", "number", "no", "id", "vin", "contract", "contract number", "customer number", "auftrag", "auftragsnr", "auftragsnummer", "werkstattauftrag", "rechnung", "rechnungsnr", "rechnungsnummer", "beleg", "belegnr", "belegnummer", "nummer", "nr", "fin", "fahrgestellnummer", "vertrag", "vertragsnummer", "kundennummer", "vorgang", "vorgangsnummer")
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class SampleList:
    """A list as it was read; `name` says which, with sheet and column, `stratified_by` what its parts are.

    Blank lines and repeats are left out and named as warnings. While a problem is more than a warning nothing is drawn of it.
    `columns` are the headings that can be chosen, by the letters of their columns; `column` and `part` are the letters of those
    read, `day_columns` those whose first cell is a day. Of numbers typed as a range all this is empty.
    """

    name: str
    source: ListSource
    listed: CleanList
    stratified_by: str = ""
    problems: tuple[Problem, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    column: str = ""
    part: str = ""
    is_by_week: bool = False
    day_columns: frozenset[str] = frozenset()
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    headed_in: int | None = None

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if not problem.is_warning)


def read_sample_list(
    path: Path,
    *,
    column: str = "",
    part: str = "",
    by_week: bool = False,
    sheet: str = "",
    progress: Progress | None = None,
) -> SampleList:
    """The records of a workbook or a CSV file; ImportTrouble where the file is refused or the column is not there.

    `column` and `part` are headings or letters; without `column` it is the one headed as order, invoice or the like, else the first.
    With `by_week` the days in the column `part` give the parts. A child process parses the file.
    """
    file = OutsideFile(path=path, progress=progress)
    look = file.first_look()
    return _read(file, look, _sheet_of(look.sheets, sheet, look.name), column, part, by_week=by_week)


def read_list_again(path: Path, sample: AuditSample, *, progress: Progress | None = None) -> SampleList:
    """The list a sample was drawn of, read from the same sheet and columns as then, whatever its file is called now.

    Where they are not to be found it is read as any other list: its fingerprint then is another.
    """
    file = OutsideFile(path=path, progress=progress)
    look = file.first_look()
    named = [one for one in look.sheets if one.rows and f", {one.name}, " in sample.list_name]
    chosen = max(named, key=_length_of, default=None) or _sheet_of(look.sheets, "", look.name)
    columns = _columns_of(chosen, _heading_of(chosen))
    parts = [title for title in columns.values() if sample.stratified_by.endswith(title)]
    part = max(parts, key=len) if parts and sample.stratified_by else ""
    return _read(
        file,
        look,
        chosen,
        max(
            (title for title in columns.values() if sample.list_name.endswith(f", {title}")),
            key=len,
            default="",
        ),
        part,
        by_week=bool(part) and part != sample.stratified_by,
    )


def _read(
    file: OutsideFile, look: FirstLook, chosen: Sheet, column: str, part: str, *, by_week: bool
) -> SampleList:
    head = _heading_of(chosen)
    columns = _columns_of(chosen, head)
    place = _column_of(columns, column, look.name) if column else _usual_column(columns, head)
    part_place = _column_of(columns, part, look.name) if part else None
    reading = ListReading(place=place, part_place=part_place, by_week=by_week)
    with closing(file.rows([chosen.name])) as rows:
        for _name, row in rows:
            if head is None or row.number > head.number:
                reading.take(row)
    if not any(line.strip() for line in reading.lines) and not reading.problems:
        raise _empty(look.name)
    sheet = chosen.name if look.form == "xlsx" else ""
    return SampleList(
        name=", ".join(filter(None, (look.name, sheet, columns.get(place, letters_of(place))))),
        source=ListSource.WORKBOOK if look.form == "xlsx" else ListSource.CSV,
        listed=read_list(reading.lines, reading.parts if part_place is not None else ()),
        stratified_by=_parted_by(columns, part_place, by_week=by_week),
        problems=reading.every_problem(),
        columns={letters_of(one): title for one, title in columns.items()},
        column=letters_of(place),
        part=letters_of(part_place) if part_place is not None else "",
        is_by_week=part_place is not None and by_week,
        day_columns=frozenset(letters_of(one) for one in columns if _holds_days(chosen, head, one)),
        sheet=sheet,
        sheets=tuple(one.name for one in look.sheets if one.rows) if sheet else (),
        headed_in=head.number if head is not None else None,
    )


def _length_of(sheet: Sheet) -> int:
    return len(sheet.name)


def _holds_days(sheet: Sheet, head: Row | None, column: int) -> bool:
    """Whether the first filled cell of a column below its heading is a day."""
    below = (row.text(column) for row in sheet.rows if head is None or row.number > head.number)
    return day_of(" ".join(next(filter(None, below), "").split())) is not None


def _sheet_of(sheets: Sequence[Sheet], wanted: str, shown: str) -> Sheet:
    if wanted:
        found = next((one for one in sheets if one.name == wanted), None)
        if found is None or not found.rows:
            raise ImportTrouble(
                _("{name} has no sheet {sheet} with rows.").format(name=shown, sheet=quoted(wanted)),
                code="sample-list.sheet",
                way_out=_("Choose one of: {sheets}.").format(
                    sheets=", ".join(one.name for one in sheets if one.rows)
                ),
            )
        return found
    filled = [one for one in sheets if one.rows]
    if not filled:
        raise _empty(shown)
    return next((one for one in filled if not one.is_hidden), filled[0])


def _heading_of(sheet: Sheet) -> Row | None:
    """The row of headings: the first with a usual title, else the first row where it is the only one without a digit."""
    for row in sheet.rows[:NAMED]:
        if any(plain(cell.text) in _TITLES for cell in row.own_cells() if is_readable(cell)):
            return row
    first, *others = sheet.rows
    has_digits = any(map(str.isdigit, "".join(cell.text for cell in first.own_cells())))
    below = [row for row in others if any(map(str.isdigit, "".join(c.text for c in row.own_cells())))]
    return None if has_digits or not below else first


def _columns_of(sheet: Sheet, head: Row | None) -> dict[int, str]:
    if head is not None:
        return {cell.column: " ".join(cell.text.split()) for cell in head.own_cells() if is_readable(cell)}
    every = sorted({column for row in sheet.rows for column in row.cells})
    return {column: letters_of(column) for column in every}


def _usual_column(columns: Mapping[int, str], head: Row | None) -> int:
    usual = [column for column, title in columns.items() if head is not None and plain(title) in _TITLES]
    return min(usual, default=min(columns))


def _column_of(columns: Mapping[int, str], wanted: str, shown: str) -> int:
    for column, title in columns.items():
        if plain(title) == plain(wanted):
            return column
    for column in columns:
        if letters_of(column) == wanted.strip().upper():
            return column
    raise ImportTrouble(
        _("{name} has no column {column}.").format(name=shown, column=quoted(wanted)),
        code="sample-list.column",
        way_out=_("Choose one of: {columns}.").format(columns=", ".join(columns.values())),
    )


def _parted_by(columns: Mapping[int, str], part_place: int | None, *, by_week: bool) -> str:
    if part_place is None:
        return ""
    title = columns.get(part_place, letters_of(part_place))
    return _("week of {column}").format(column=title) if by_week else title


def _empty(shown: str) -> ImportTrouble:
    return ImportTrouble(
        _("{name} has no records.").format(name=shown),
        code="sample-list.empty",
        way_out=_("Ask for the list with one record in each row."),
    )
