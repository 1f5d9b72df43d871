"""The findings at a checkpoint in the inspector; one just raised is open for correction right there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import FindingId
from qma_app.domain.wording import grade_title
from qma_app.i18n import _, day_text
from ui.checklists.card import finding_tone
from ui.widgets.buttons import Button
from ui.widgets.cards import CardRow, clear
from ui.widgets.chips import Chip
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import NoteEdit


class FindingEditor(QWidget):
    """Grade and words of a finding, saved as they are typed; Esc leaves it."""

    changed = Signal(object, str, object)  # FindingId, name of the field, its value
    more_wanted = Signal(object)  # FindingId
    left = Signal()
    step_ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding_id: FindingId | None = None
        self.number = PlainLabel("", role="strong")
        self.grade = QComboBox()
        self.grade.setAccessibleName(_("Grade"))
        for grade in FindingGrade:
            self.grade.addItem(grade_title(grade), grade.value)
        self.statement = NoteEdit(_("What was found"), placeholder=_("What was found"), lines=3)
        self.more = Button(_("Open in Findings"), kind="link")
        self.done = Button(_("Done"), keys="Esc")
        head = QHBoxLayout()
        head.addWidget(self.number, 1)
        head.addWidget(self.grade)
        foot = QHBoxLayout()
        foot.addWidget(self.more)
        foot.addStretch(1)
        foot.addWidget(self.done)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.statement)
        column.addLayout(foot)
        self.grade.activated.connect(self._graded)
        self.statement.settled.connect(self._written)
        self.statement.left.connect(self.step_ended)
        self.more.clicked.connect(self._more)
        self.done.clicked.connect(self.left)
        self.setVisible(False)

    def show_finding(self, finding: Finding) -> None:
        """Open this finding for correction."""
        if self.finding_id != finding.id:
            self.statement.flush()
        self.finding_id = finding.id
        self.number.setText(finding.label)
        self.grade.setCurrentIndex(self.grade.findData(finding.grade.value))
        if not self.statement.is_pending:
            self.statement.set_text(finding.statement)
        self.setVisible(True)

    def close_finding(self) -> None:
        """Store what is typed and go."""
        self.statement.flush()
        self.finding_id = None
        self.setVisible(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _graded(self) -> None:
        if self.finding_id is not None:
            self.changed.emit(self.finding_id, "grade", FindingGrade(self.grade.currentData()))

    def _written(self, text: str) -> None:
        if self.finding_id is not None:
            self.changed.emit(self.finding_id, "statement", text)

    def _more(self) -> None:
        if self.finding_id is not None:
            self.more_wanted.emit(self.finding_id)


class LinkedFindings(QWidget):
    """Rows that open the finding, and the editor of the one just raised."""

    opened = Signal(object)  # FindingId

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = FindingEditor()
        self.editor.more_wanted.connect(self.opened)
        self._findings: tuple[Finding, ...] = ()
        self._is_read_only = False
        self._rows: list[tuple[CardRow, Finding]] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._nothing = PlainLabel("", role="small", tone="muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.editor)
        column.addLayout(self._list)
        column.addWidget(self._nothing)

    def show_findings(self, findings: tuple[Finding, ...], *, is_read_only: bool) -> None:
        """Show the findings at the checkpoint; the editor stays with its own, if it is still there."""
        self._findings, self._is_read_only = findings, is_read_only
        edited = self._edited()
        if edited is not None:
            self.editor.show_finding(edited)
        elif self.editor.finding_id is not None:
            self.editor.close_finding()
        self._list_others()

    def edit(self, finding: Finding) -> None:
        """Open a finding for correction and give it the keyboard."""
        self.editor.show_finding(finding)
        self._list_others()
        self.editor.statement.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.editor.statement.selectAll()

    def _edited(self) -> Finding | None:
        return next((finding for finding in self._findings if finding.id == self.editor.finding_id), None)

    def _list_others(self) -> None:
        """Rows for all but the one in the editor; the same rows again are left alone."""
        others = tuple(finding for finding in self._findings if finding.id != self.editor.finding_id)
        self._nothing.setText(_("none") if self._is_read_only else _("None. F raises one."))
        self._nothing.setVisible(not self._findings)
        if others == tuple(finding for _row, finding in self._rows):
            return
        clear(self._list)
        self._rows = []
        for finding in others:
            self._add(finding)

    def _add(self, finding: Finding) -> None:
        parts = [finding.label, _("closed") if not finding.is_open else finding.owner]
        if finding.is_open and finding.due_on is not None:
            parts.append(_("due {day}").format(day=day_text(finding.due_on)))
        row = CardRow(
            finding.statement,
            " · ".join(filter(None, parts)),
            lead=Chip(grade_title(finding.grade), tone=finding_tone(finding)),
            is_link=True,
        )
        row.opened.connect(self._open)
        self._rows.append((row, finding))
        self._list.addWidget(row)

    def _open(self) -> None:
        sender = self.sender()
        for row, finding in self._rows:
            if row is sender:
                self.opened.emit(finding.id)
                return
