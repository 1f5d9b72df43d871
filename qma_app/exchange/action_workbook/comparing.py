"""Compares what went out, what came back and what stands here now, cell by cell, over one or more workbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from qma_app.errors import Problem
from qma_app.exchange.action_workbook.came_back import PlanFile, PlanRow
from qma_app.exchange.action_workbook.columns import PlanColumn, columns_of
from qma_app.exchange.action_workbook.difference import (
    CellChange,
    CellKey,
    FileFacts,
    Offer,
    PlanDifference,
    Proposal,
    Touch,
)
from qma_app.exchange.action_workbook.here import Beside, Here, Told
from qma_app.exchange.action_workbook.keys import ID, NUMBER, PROGRESS, ROW_VERSION, Part
from qma_app.exchange.action_workbook.plan import ActionBook, ActionLine
from qma_app.exchange.action_workbook.proposing import ProposalReader, without_twins
from qma_app.exchange.action_workbook.together import RowChecks
from qma_app.exchange.action_workbook.values import (
    Form,
    NotUnderstood,
    Read,
    found_text,
    read_cell,
    seen_text,
    text_of,
)
from qma_app.exchange.action_workbook.writing import plain_value, sheet_title_of
from qma_app.exchange.standard_workbook.notes import sheet_place
from qma_app.exchange.workbook.words import LONGEST
from qma_app.i18n import _, in_language

Touched = Callable[[str, str, int], Touch | None]
"""Who last changed a field (record id, key) since the entry of the change log, and when."""

_LISTED: Final = 12


def compare(
    files: Sequence[PlanFile],
    book: ActionBook,
    *,
    today: date,
    touched: Touched,
    was_proposed: Callable[[str], bool],
) -> PlanDifference:
    """What the files would change in the plan as it stands now; `book` shows the whole of it.

    `was_proposed` says whether a row with these words was taken in before.
    """
    here = Here(book)
    found = [_FileReading(place, file, here, today, was_proposed) for place, file in enumerate(files)]
    for one in found:
        one.read()
    offers: dict[CellKey, list[Told]] = {}
    for one in found:
        for told in one.told:
            # Two people's words on progress do not contradict one another: both are added.
            file = told.file if told.column.key == PROGRESS else -1
            offers.setdefault((told.row.id, told.column.key, file), []).append(told)
    cells = [_cell(same, here, files, touched) for same in offers.values()]
    order = {id: place for place, id in enumerate(here.lines)}
    cells.sort(key=lambda one: order[one.record_id])
    return PlanDifference(
        dealership=book.dealership,
        engagement=book.engagement,
        files=tuple(one.facts() for one in found),
        cells=tuple(cells),
        proposals=without_twins([proposal for one in found for proposal in one.proposals]),
        problems=tuple(problem for one in found for problem in _named(one, files)),
    )


class _FileReading:
    """What one workbook says, against what went out with it."""

    def __init__(
        self, place: int, file: PlanFile, here: Here, today: date, was_proposed: Callable[[str], bool]
    ) -> None:
        self.told: list[Told] = []
        self._place, self._file, self._here = place, file, here
        self._beside = Beside(file, here)
        self._checks = RowChecks(self._beside, today)
        self._added = ProposalReader(place, self._beside, was_proposed)
        self._same = 0

    def read(self) -> None:
        for row in self._file.rows:
            if row.id not in self._here.lines:
                self._note_gone_here(row)
                continue
            cells = dict(self._row(row))
            self._checks.check(row, cells)
            self.told.extend(cells.values())
        for row in self._file.added:
            self._added.take(row)
        self._note_missing_rows()

    def facts(self) -> FileFacts:
        return FileFacts(
            name=self._file.name,
            owner=self._file.owner,
            same=self._same + self._added.same,
            gone=tuple(self._here.record(id).label for id in self._file.gone if id in self._here.lines),
        )

    @property
    def proposals(self) -> list[Proposal]:
        return self._added.proposals

    @property
    def problems(self) -> list[Problem]:
        return [*self._file.problems, *self._beside.notes.problems]

    def _row(self, row: PlanRow) -> Iterator[tuple[str, Told]]:
        """The cells of a row that somebody wrote in, and that can be taken."""
        for key, column in self._here.columns[row.part].items():
            if key in (ID, ROW_VERSION) or key not in row.columns or key in row.unread:
                continue
            read = self._beside.read(row, column)
            if read is None or self._beside.is_untouched(row, key, read.text):
                continue
            if key == PROGRESS and not read.text:
                continue
            if read.typed and self._beside.is_untouched(row, key, read.typed):
                continue
            if not column.is_open:
                self._note_closed(row, column, read)
                continue
            told = self._told(row, column, read)
            if told is not None:
                yield key, told

    def _told(self, row: PlanRow, column: PlanColumn, read: Read) -> Told | None:
        here = self._here.text(row.id, column)
        if self._is_there(row, column, read, here):
            self._same += 1
            return None
        if (
            column.form is Form.WORDS
            and len(str(getattr(self._here.record(row.id), column.key, ""))) > LONGEST // 2
        ):
            stored = str(getattr(self._here.record(row.id), column.key))
            if len(stored.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST:
                self._beside.error(
                    "cut",
                    row,
                    column,
                    found_text(read.text),
                    _("only the beginning of these words went out: change them in the program"),
                )
                return None
        if column.key == "what" and not read.text:
            self._beside.error(
                "what", row, column, found_text(""), _("say in one sentence what will be done")
            )
            return None
        if read.note:
            self._beside.warn("read", row, column, found_text(row.text(column.key)), read.note)
        is_touched = column.key != PROGRESS and not self._beside.is_untouched(row, column.key, here)
        return Told(file=self._place, row=row, column=column, read=read, is_touched_here=is_touched)

    def _is_there(self, row: PlanRow, column: PlanColumn, read: Read, here: str) -> bool:
        """Whether what the workbook says stands here already; words on progress stand in the note."""
        if column.key == PROGRESS:
            note = text_of(getattr(self._here.record(row.id), "note"))  # noqa: B009  only an action has one
            return f"\n{read.text}\n" in f"\n{note}\n"
        if column.key == "note" and read.text:
            return here == read.text or here.startswith(f"{read.text}\n")
        return here == read.text

    def _note_closed(self, row: PlanRow, column: PlanColumn, read: Read) -> None:
        """Changed where nothing is taken; quiet where it says what stands here now."""
        if read.text == self._here.text(row.id, column):
            return
        with in_language(self._file.language):
            mine = {one.key: one for one in columns_of(row.part)}[column.key]
            if read.text == plain_value(mine, mine.value(self._here.lines[row.id])):
                return
        self._beside.warn(
            "closed",
            row,
            column,
            found_text(row.text(column.key)),
            _("“{column}” is not taken from a workbook: it stays as it is here").format(column=column.title),
        )

    def _note_gone_here(self, row: PlanRow) -> None:
        columns = self._here.columns[row.part]
        is_written = any(
            column.is_open
            and key in row.columns
            and key not in row.unread
            and not self._beside.is_untouched(row, key, self._text_or_raw(row, column))
            for key, column in columns.items()
        )
        if is_written:
            self._beside.notes.warning(
                "actions.deleted-here",
                row.place(NUMBER),
                _("{number} was deleted here meanwhile").format(number=found_text(row.text(NUMBER))),
                _("its row is left out; take it out of the bin first, then import again"),
            )

    def _text_or_raw(self, row: PlanRow, column: PlanColumn) -> str:
        try:
            return read_cell(column.form, row.text(column.key), least=column.least, most=column.most).text
        except NotUnderstood:
            return row.text(column.key)

    def _note_missing_rows(self) -> None:
        for part in Part:
            labels = [
                self._here.record(id).label
                for id in self._file.gone
                if self._file.went_out[id].part is part and id in self._here.lines
            ]
            if labels:
                listed = ", ".join(labels[:_LISTED]) + (", …" if len(labels) > _LISTED else "")
                self._beside.notes.warning(
                    "actions.row-gone",
                    sheet_place(self._sheet_name(part)),
                    _("no row any more for {labels}").format(labels=listed),
                    _("nothing happens here: an action is given up in the program, with its reason"),
                )

    def _sheet_name(self, part: Part) -> str:
        rows = [row for row in (*self._file.rows, *self._file.added) if row.part is part]
        return rows[0].sheet if rows else sheet_title_of(part)


def _cell(told: Sequence[Told], here: Here, files: Sequence[PlanFile], touched: Touched) -> CellChange:
    """One cell with what each workbook says of it, the same words once."""
    first = told[0]
    id, column = first.row.id, first.column
    record = here.record(id)
    by_text = {one.read.text: one for one in reversed(told)}
    kept = sorted(by_text.values(), key=lambda one: one.file)
    is_touched = any(one.is_touched_here for one in told)
    offers = tuple(
        Offer(
            file=one.file,
            value=one.read.value,
            text=one.read.text,
            shown=seen_text(one.read.value),
            place=one.row.place(column.key),
        )
        for one in kept
    )
    line = here.lines[id]
    return CellChange(
        part=first.row.part,
        record_id=id,
        version=record.version,
        label=record.label,
        subject=line.action.what if isinstance(line, ActionLine) else line.finding.statement,
        key=column.key,
        title=column.title,
        here=here.shown(id, column),
        offers=offers,
        is_conflict=is_touched or len(offers) > 1,
        touch=touched(id, column.key, min(files[one.file].head.seq for one in told)) if is_touched else None,
    )


def _named(reading: _FileReading, files: Sequence[PlanFile]) -> list[Problem]:
    """The problems of one file, with its name before each address where there are several files."""
    if len(files) == 1:
        return reading.problems
    return [replace(one, place=f"{reading._file.name}: {one.place}") for one in reading.problems]
