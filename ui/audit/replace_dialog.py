"""Draws the next record for one that cannot be looked at, with the reason it is left out for."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from qma_app.domain.audit import AuditSample
from qma_app.domain.sample_lines import RecordLine
from qma_app.i18n import _
from qma_app.services.audit_samples import SampleList, replace_record
from ui.audit.list_again import list_again, needs_file
from ui.audit.sample_source import ask_sample_file
from ui.dialogs.dialog import field
from ui.dialogs.reading_dialog import OneFileDialog
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class ReplaceRecord(OneFileDialog):
    """The list is needed again where it came as a file: its fingerprint is compared before anything is drawn."""

    def __init__(
        self, parent: QWidget | None, workbench: Workbench, sample: AuditSample, line: RecordLine
    ) -> None:
        super().__init__(
            parent,
            workbench,
            _("Replace {record}").format(record=line.record.label),
            _(
                "The next record of the same draw takes its place; both are named in the report with the reason."
            ),
            accept=_("Replace"),
            width=520,
            problems=_("Places to look at"),
        )
        self._sample, self._place = sample, line.record.place
        self._path: Path | None = None
        self.listed: SampleList | None = None
        self.reason = QLineEdit()
        self.choose_button = Button(_("Choose file…"), icon_name="folder-open")
        self.list_words = PlainLabel("", tone="muted", wrap=True)
        self._lay_out()
        self.reason.textChanged.connect(self._check)
        self.choose_button.clicked.connect(self._choose)
        self.setAcceptDrops(needs_file(sample))
        self._check()

    def _lay_out(self) -> None:
        self.body.addWidget(field(_("Reason"), self.reason, _("Why this record cannot be looked at.")))
        self.list_box = QWidget()
        row = QHBoxLayout(self.list_box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.list_words, 1)
        row.addWidget(self.choose_button)
        self.list_box.setVisible(needs_file(self._sample))
        self.list_words.setText(_("The list {name} is needed again.").format(name=self._sample.list_name))
        self.body.addWidget(self.list_box)
        self.body.addWidget(self.bar)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self, path: Path) -> None:
        """Read the list again."""
        if self._job is None:
            self._path, self.listed = path, None
            self.show_problem("")
            self._read_beside(path.name, partial(list_again, self._sample, path), self._was_read)

    def accept(self) -> None:
        """Replace it; it stays open where that was refused."""
        if not self.accept_button.isEnabled():
            return
        self.show_problem("")
        changes = self._bench.do(
            replace_record, self._sample.id, self._place, self.reason.text(), self.listed
        )
        if changes is not None:
            super().accept()

    def _choose(self) -> None:
        path = ask_sample_file(self, self._bench)
        if path is not None:
            self.read(path)

    def _was_read(self, listed: SampleList) -> None:
        self._job = None
        name = self._path.name if self._path is not None else ""
        if listed.listed.fingerprint == self._sample.fingerprint:
            self.listed = listed
            self.list_words.setText(_("{name} is the list the sample was drawn of.").format(name=name))
            self.list_words.set_tone("ok")
        else:
            self.list_words.setText(_("{name} is not the list the sample was drawn of.").format(name=name))
            self.list_words.set_tone("bad")
        self._check()

    def _check(self, _text: str = "") -> None:
        super()._check()
        self.choose_button.setEnabled(self._job is None)
        why_not = ""
        if not self.reason.text().strip():
            why_not = _("Write the reason.")
        elif needs_file(self._sample) and self.listed is None:
            why_not = _("Choose the list the sample was drawn of.")
        self._let_accept(is_possible=not why_not and self._job is None, why_not=why_not)

    @classmethod
    def ask(
        cls, workbench: Workbench, sample: AuditSample, line: RecordLine, parent: QWidget | None = None
    ) -> bool:
        """Whether another record was drawn."""
        dialog = cls(parent, workbench, sample, line)
        dialog._show_until_closed()
        return bool(dialog.result())
