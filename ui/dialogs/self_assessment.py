"""Shows what a department wrote into its self-assessment before it is taken in, and every row that must be mended first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from qma_app.domain.assessment import Assessment
from qma_app.domain.ids import DealershipId
from qma_app.domain.rating import Outcome
from qma_app.domain.record import Changes
from qma_app.domain.wording import outcome_title
from qma_app.errors import QmaError
from qma_app.i18n import _, day_text, ngettext
from qma_app.services.self_assessments import (
    SelfReading,
    SelfRow,
    earlier_import,
    read_self_assessment,
    take_in_self_assessment,
)
from qma_app.services.workspace import Workspace
from ui.dialogs.reading_dialog import ReadingDialog
from ui.files import nearest_folder
from ui.jobs import Progress
from ui.models.standards_table import TableColumn, TableRow
from ui.settings import Settings
from ui.standards_view.table import WordTable
from ui.widgets.announcing import announce
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


@dataclass(frozen=True, kw_only=True, slots=True)
class Incoming:
    """A workbook as it was read, and the self-assessment of its area and day that is there already."""

    reading: SelfReading
    earlier: Assessment | None


def choose_workbook(parent: QWidget, settings: Settings) -> Path | None:
    """A workbook somebody filled in, looked for where the last one was; None when it was cancelled."""
    chosen, _kind = QFileDialog.getOpenFileName(
        parent,
        _("Take in a self-assessment"),
        str(nearest_folder(settings.incoming_folder)),
        f"{_('Excel workbooks')} (*.xlsx *.xlsm);;{_('All files')} (*)",
    )
    if not chosen:
        return None
    path = Path(chosen)
    settings.put("incoming_folder", str(path.parent))
    return path


def taken_in_text(reading: SelfReading, assessment: Assessment) -> str:
    """What was taken in, and where to look for it."""
    counts = _head(reading)[2]
    return _(
        "The self-assessment of {area} is taken in as assessment {number}: {counts}. "
        "It stands in Checklists among the assessments, and Today shows it beside your ratings."
    ).format(area=reading.area.title, number=assessment.number, counts=counts)


class SelfAssessmentDialog(ReadingDialog):
    """The file is read beside the window, and again when it was mended; nothing is stored before Take in."""

    def __init__(self, parent: QWidget | None, workbench: Workbench, path: Path) -> None:
        super().__init__(
            parent,
            workbench,
            _("Take in a self-assessment"),
            path.name,
            accept=_("Take in"),
            width=760,
            problems=_("Rows to look at"),
        )
        self._path = path
        self._incoming: Incoming | None = None
        self.changes: Changes | None = None
        self._build()
        self._fit_screen(widest=1000, lowest=480, highest=740)
        self._read()

    @property
    def reading(self) -> SelfReading | None:
        """What the workbook says; None while it is being read, and where it cannot be."""
        return self._incoming.reading if self._incoming else None

    def _build(self) -> None:
        self.whose = PlainLabel("", role="strong", wrap=True)
        self.by = PlainLabel("", wrap=True)
        self.counts = PlainLabel("", tone="muted", wrap=True)
        self.notes = PlainLabel("", tone="warn", wrap=True)
        self.rows_caption = PlainLabel(_("What it says"), role="caption")
        self.rows = WordTable(
            _("What it says"),
            (
                TableColumn(title=_("Number"), width=84, is_strong=True),
                TableColumn(title=_("Checkpoint"), share=5),
                TableColumn(title=_("Rating"), width=130),
                TableColumn(title=_("Comment"), share=4, is_quiet=True),
            ),
            is_opening=False,
        )
        lines = (self.whose, self.by, self.counts, self.notes)
        self.body.setSpacing(6)
        for label in lines:
            self.body.addWidget(label)
        self.body.addWidget(self.wrong_caption)
        self.body.addWidget(self.wrong, 1)
        self.body.addWidget(self.rows_caption)
        self.body.addWidget(self.rows, 1)
        self.body.addWidget(self.bar)
        self.body.addStretch(0)
        self.again_button.clicked.connect(self._read)
        self.buttons.insertWidget(1, self.again_button)

    def _read(self) -> None:
        """Read the file as it lies there now."""
        self._incoming = None
        self.show_problem("")
        self._show()
        self._read_beside(
            self._path.name,
            partial(_read, self._bench.workspace, self._path, self._bench.dealership_id),
            self._was_read,
        )

    def _was_read(self, incoming: Incoming) -> None:
        self._job, self._incoming = None, incoming
        self._show()
        self._check()
        self.show_problem(self._why_not())
        reading = incoming.reading
        (self.wrong if reading.errors else self.rows).setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, ". ".join(filter(None, (*_head(reading), self.notes.text(), self._why_not()))))

    def _was_refused(self, error: QmaError) -> None:
        super()._was_refused(error)
        self.again_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        """Put everything the workbook says on the screen, or nothing while it is not read."""
        incoming = self._incoming
        reading = incoming.reading if incoming else None
        texts = (*_head(reading), _notes(self._bench, incoming)) if reading and incoming else ("",) * 4
        for label, text in zip((self.whose, self.by, self.counts, self.notes), texts, strict=True):
            label.setText(text)
            label.setVisible(bool(text))
        self._show_problems(
            _wrong_caption(reading) if reading else "",
            reading.problems if reading else (),
            height_of_few=160,
        )
        rows = reading.rows if reading else ()
        self.rows.show_rows(tuple(_table_row(reading, row) for row in rows) if reading else ())
        for widget in (self.rows_caption, self.rows):
            widget.setVisible(bool(rows))

    def _check(self) -> None:
        super()._check()
        is_reading, why_not = self._job is not None, self._why_not()
        self._let_accept(is_possible=self._incoming is not None and not why_not, why_not=why_not)
        self.again_button.setVisible(not is_reading and (self._incoming is None or bool(why_not)))

    def _why_not(self) -> str:
        reading = self.reading
        if reading is None:
            return ""
        if reading.errors:
            count = len(reading.errors)
            return ngettext(
                "{count} place must be mended first: mend it in the workbook, save it and read it again.",
                "{count} places must be mended first: mend them in the workbook, save it and read it again.",
                count,
            ).format(count=count)
        if reading.is_empty:
            return _("Not one checkpoint is rated in this workbook: ask for the file that was filled in.")
        return ""

    def accept(self) -> None:
        """Take in what is shown; it stays open where that was refused."""
        if self.reading is None or not self.accept_button.isEnabled():
            return
        self.show_problem("")
        self.changes = self._bench.do(take_in_self_assessment, self.reading)
        if self.changes is not None:
            super().accept()

    @classmethod
    def ask(
        cls, parent: QWidget | None, workbench: Workbench, path: Path
    ) -> tuple[SelfReading, Changes] | None:
        """What was taken in; None when nothing was."""
        dialog = cls(parent, workbench, path)
        dialog._show_until_closed()
        reading, changes = dialog.reading, dialog.changes
        return None if reading is None or changes is None else (reading, changes)


def _head(reading: SelfReading) -> tuple[str, ...]:
    """Whose it is, who filled it in, and how much; what follows in the reading's own lines are its problems."""
    return tuple(islice(reading.lines(), 3))


def _notes(workbench: Workbench, incoming: Incoming) -> str:
    """What is worth a second look but hinders nothing."""
    notes = []
    if incoming.reading.on is None and not incoming.reading.errors:
        today = day_text(workbench.workspace.today())
        notes.append(_("It names no day and will be dated today, {day}.").format(day=today))
    if incoming.earlier is not None:
        notes.append(
            _(
                "Assessment {number} is a self-assessment of the same area and day: "
                "was this file taken in before? Taking it in again makes a second one."
            ).format(number=incoming.earlier.number)
        )
    return "\n".join(notes)


def _wrong_caption(reading: SelfReading) -> str:
    if not reading.problems:
        return ""
    return _("To be mended") if reading.errors else _("Left out")


def _table_row(reading: SelfReading, row: SelfRow) -> TableRow:
    if row.outcome is Outcome.RATED and row.points is not None:
        titles = {step.points: str(step.title) for step in reading.edition.scale}
        rating = f"{row.points} – {titles.get(row.points, '')}"
    else:
        rating = outcome_title(row.outcome)
    return TableRow(
        key=row.checkpoint.id,
        cells=(row.checkpoint.number, str(row.checkpoint.statement), rating, row.words),
        tones={} if row.outcome is Outcome.RATED else {2: "muted"},
    )


def _read(workspace: Workspace, path: Path, dealership_id: str | None, progress: Progress) -> Incoming:
    progress(0.05)
    with workspace.reading() as reader:
        reading = read_self_assessment(
            path, reader, dealership_id=DealershipId(dealership_id) if dealership_id else None
        )
        earlier = earlier_import(reader, reading, reading.on or workspace.today())
    return Incoming(reading=reading, earlier=earlier)
