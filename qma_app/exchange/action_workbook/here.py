"""The plan as it stands now beside a row that came back: what a cell says, whether somebody wrote in it, and where to note a slip."""

from __future__ import annotations

from dataclasses import dataclass

from qma_app.domain.action import Action
from qma_app.domain.finding import Finding
from qma_app.exchange.action_workbook.came_back import PlanFile, PlanRow
from qma_app.exchange.action_workbook.columns import PlanColumn, columns_of
from qma_app.exchange.action_workbook.keys import PROGRESS, Part, print_of
from qma_app.exchange.action_workbook.plan import ActionBook, ActionLine, FindingLine
from qma_app.exchange.action_workbook.values import NotUnderstood, Read, found_text, read_cell, seen_text
from qma_app.exchange.action_workbook.writing import plain_value
from qma_app.exchange.importing.names import plain
from qma_app.exchange.standard_workbook.notes import Notes

Line = ActionLine | FindingLine


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A cell somebody wrote in, and whether it was changed here too since it went out."""

    file: int
    row: PlanRow
    column: PlanColumn
    read: Read
    is_touched_here: bool


class Here:
    """The plan as it stands now, by the id of each record."""

    def __init__(self, book: ActionBook) -> None:
        self.book = book
        self.lines: dict[str, Line] = {line.action.id: line for line in book.actions}
        self.lines.update({line.finding.id: line for line in book.findings})
        self.columns = {part: {one.key: one for one in columns_of(part)} for part in Part}
        self.people = {plain(name): name for name in book.owners}
        self.finding_numbers = {line.finding.number: line.finding for line in book.findings}

    def record(self, id: str) -> Action | Finding:
        line = self.lines[id]
        return line.action if isinstance(line, ActionLine) else line.finding

    def text(self, id: str, column: PlanColumn) -> str:
        return plain_value(column, column.value(self.lines[id]))

    def shown(self, id: str, column: PlanColumn) -> str:
        if column.key == PROGRESS:
            return ""
        record = self.record(id)
        return seen_text(getattr(record, column.key))


class Beside:
    """One workbook beside the plan."""

    def __init__(self, file: PlanFile, here: Here) -> None:
        self.file = file
        self.here = here
        self.notes = Notes()

    def read(self, row: PlanRow, column: PlanColumn) -> Read | None:
        """What a cell says; None, and noted, where it cannot be taken."""
        text = row.text(column.key)
        try:
            return read_cell(column.form, text, least=column.least, most=column.most, people=self.here.people)
        except NotUnderstood as trouble:
            if not column.is_open:
                return Read(None, text.strip())
            self.error(trouble.code, row, column, found_text(text), trouble.advice)
            return None

    def is_untouched(self, row: PlanRow, key: str, text: str) -> bool:
        """Whether a text is the one that went out."""
        went_out = self.file.went_out.get(row.id)
        return went_out is not None and went_out.prints.get(key) == print_of(row.id, key, text)

    def error(self, code: str, row: PlanRow, column: PlanColumn, found: str, advice: str) -> None:
        """A cell that is left as it is here."""
        self.notes.error(f"actions.{code}", row.place(column.key), found, advice)

    def warn(self, code: str, row: PlanRow, column: PlanColumn, found: str, advice: str) -> None:
        """Something worth a look."""
        self.notes.warning(f"actions.{code}", row.place(column.key), found, advice)
