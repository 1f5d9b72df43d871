"""The records drawn for a checkpoint: what was seen in each, and what can be done with the sample."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QWidget

from qma_app.domain.audit import AuditSample
from qma_app.domain.edition import Checkpoint
from qma_app.domain.ids import AuditSampleId
from qma_app.domain.ports import Reader
from qma_app.domain.sample_lines import RecordLine
from qma_app.errors import QmaError
from qma_app.i18n import _, ngettext
from qma_app.services.audit_sample_lists import drawn_lines, drawn_text, sample_file_name, save_drawn
from qma_app.services.audit_samples import redraw_check, sample_says, seen_in
from qma_app.services.workspace import Workspace
from ui.audit.list_again import list_again, needs_file
from ui.audit.sample_rows import short_print
from ui.audit.sample_source import ask_sample_file
from ui.audit.sample_words import facts_words, record_columns, record_row
from ui.dialogs.dialog import Dialog
from ui.files import nearest_folder
from ui.jobs import Job, Progress
from ui.shortcuts import LetterKey
from ui.standards_view.table import WordTable
from ui.widgets.announcing import announce
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class SampleRecords(Dialog):
    """C copies the records, S saves them as a workbook, R replaces one with a reason, A draws again to compare."""

    def __init__(
        self,
        parent: QWidget | None,
        workbench: Workbench,
        sample_id: AuditSampleId,
        checkpoint: Checkpoint,
        why_not: str,
    ) -> None:
        super().__init__(
            parent, _("Records drawn"), f"{checkpoint.number}  {checkpoint.statement}", width=720
        )
        self._bench, self._sample_id, self._why_not = workbench, sample_id, why_not
        self._job: Job | None = None
        self.lines: tuple[RecordLine, ...] = ()
        self.facts = PlainLabel("", role="small", tone="muted", wrap=True, selectable=True)
        self.says = PlainLabel("", wrap=True)
        self.table = WordTable(_("Records drawn"), record_columns(), lines=3, is_opening=False)
        self.checked = PlainLabel("", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Reading the file"))
        self.bar.setRange(0, 0)
        self.copy_button = Button(_("Copy"), keys="C")
        self.save_button = Button(_("Save as workbook…"), keys="S")
        self.replace_button = Button(_("Replace…"), keys="R")
        self.again_button = Button(_("Draw again to compare"), keys="A")
        self._lay_out()
        self._connect()
        self._show()
        parent_size = parent.window().size() if parent is not None else self.size()
        self.resize(
            max(self.minimumWidth(), min(parent_size.width() - 80, 860)), min(parent_size.height() - 60, 620)
        )
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        acts = QHBoxLayout()
        acts.setSpacing(4)
        for button in (self.copy_button, self.save_button, self.replace_button, self.again_button):
            button.setProperty("small", True)
            acts.addWidget(button)
        acts.addStretch(1)
        self.body.setSpacing(8)
        self.body.addWidget(self.says)
        self.body.addLayout(acts)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.checked)
        self.body.addWidget(self.bar)
        self.checked.hide()
        self.bar.hide()

    def _connect(self) -> None:
        for button, keys, act in (
            (self.copy_button, "C", self.copy),
            (self.save_button, "S", self.save),
            (self.replace_button, "R", self.replace),
            (self.again_button, "A", self.draw_again),
        ):
            button.clicked.connect(act)
            LetterKey(keys, self, act)
        self._bench.failed.connect(self.show_problem)
        self.table.chosen.connect(self._show_acts)

    @property
    def line(self) -> RecordLine | None:
        """The record the keyboard is on."""
        key = self.table.current_key
        return next((one for one in self.lines if one.number == key), None)

    def copy(self) -> None:
        """C: the records as text, one a line."""
        from PySide6.QtGui import QGuiApplication

        QGuiApplication.clipboard().setText(self._bench.read(drawn_text, self._sample_id))
        self._say(
            ngettext("{count} record was copied.", "{count} records were copied.", len(self.lines)).format(
                count=len(self.lines)
            )
        )

    def save(self) -> None:
        """S: the records and how they were drawn as a workbook."""
        name = self._bench.read(sample_file_name, self._sample_id)
        start = nearest_folder(self._bench.settings.reports_folder) / name
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save"), str(start), f"{_('Excel workbooks')} (*.xlsx)"
        )
        if not chosen:
            return
        target = Path(chosen)
        if target.suffix.lower() != ".xlsx":
            target = target.with_name(f"{target.name}.xlsx")
        self.show_problem("")
        self._run(
            _("Saving {name}").format(name=target.name),
            partial(_save, self._bench.workspace, self._sample_id, target),
            self._was_saved,
        )

    def replace(self) -> None:
        """R: draw another record for the one the keyboard is on."""
        from ui.audit.replace_dialog import ReplaceRecord

        line = self.line
        if line is None or not self.replace_button.isEnabled():
            return
        if ReplaceRecord.ask(self._bench, self._bench.read(_sample, self._sample_id), line, parent=self):
            self.checked.hide()
            self._show()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def draw_again(self) -> None:
        """A: whether list and seed give these very records."""
        if self._job is not None:
            return
        sample = self._bench.read(_sample, self._sample_id)
        path = ask_sample_file(self, self._bench) if needs_file(sample) else None
        if path is not None or not needs_file(sample):
            self.check_against(path)

    def check_against(self, path: Path | None) -> None:
        """Draw again over this file (None: the numbers typed then), and say whether it gives the same."""
        sample = self._bench.read(_sample, self._sample_id)
        self.show_problem("")
        self.checked.hide()
        self._run(
            _("Drawing again"), partial(_compare, self._bench.workspace, sample, path), self._was_compared
        )

    def _run(self, title: str, work: object, done: object) -> None:
        if self._job is None:
            self.bar.show()
            self._job = self._bench.jobs.run(title, work, done, self._was_refused, self._ended)  # type: ignore[arg-type]  # what the one gives the other takes

    def _was_saved(self, path: Path) -> None:
        self._ended()
        self._bench.file_saved.emit(path)
        self._say(_("{name} was saved.").format(name=path.name))

    def _was_compared(self, answer: tuple[bool, str]) -> None:
        self._ended()
        is_same, fingerprint = answer
        sample = self._bench.read(_sample, self._sample_id)
        if is_same:
            words = ngettext(
                "List and seed give the same {count} record again.",
                "List and seed give the same {count} records again.",
                len(sample.drawn),
            ).format(count=len(sample.drawn))
        elif fingerprint != sample.fingerprint:
            words = _(
                "This is not the list the sample was drawn of: its fingerprint is {print}, not {then}."
            ).format(print=short_print(fingerprint), then=short_print(sample.fingerprint))
        else:
            words = _("List and seed do not give these records: the sample was changed by other means.")
        self._say(words, "ok" if is_same else "bad")

    def _was_refused(self, error: QmaError) -> None:
        self._ended()
        self.show_problem(f"{error.message} {error.way_out}".strip())

    def _ended(self) -> None:
        self._job = None
        self.bar.hide()

    def _say(self, words: str, tone: str = "muted") -> None:
        self.checked.setText(words)
        self.checked.set_tone(tone)
        self.checked.show()
        announce(self, words)

    def _show(self) -> None:
        sample = self._bench.read(_sample, self._sample_id)
        self.lines = self._bench.read(drawn_lines, self._sample_id)
        found = self._bench.read(seen_in, self._sample_id)
        power = " ".join(sample_says(sample.population, len(sample.drawn)).sentences)
        self.says.setText(f"{found.words} {power}" if found.looked_at else power)
        self.facts.setText(facts_words(sample))
        self.table.show_rows([record_row(one) for one in self.lines])
        self._show_acts()

    def _show_acts(self, _key: object = None) -> None:
        line, why_not = self.line, self._why_not
        if not why_not and line is not None and line.is_looked_at:
            why_not = _("This record was looked at already; what was seen stays.")
        self.replace_button.setEnabled(line is not None and not why_not)
        self.replace_button.setToolTip(why_not)
        self.replace_button.setAccessibleDescription(why_not)

    def done(self, result: int) -> None:
        """Closing it ends what is read."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        super().done(result)

    @classmethod
    def show_sample(
        cls,
        workbench: Workbench,
        sample_id: AuditSampleId,
        checkpoint: Checkpoint,
        *,
        why_not: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Show the records until it is closed; `why_not` says why nothing in them can be changed."""
        dialog = cls(parent, workbench, sample_id, checkpoint, why_not)
        dialog.exec()
        workbench.failed.disconnect(dialog.show_problem)
        dialog.deleteLater()


def _sample(reader: Reader, sample_id: AuditSampleId) -> AuditSample:
    return reader.get(AuditSample, sample_id)


def _save(workspace: Workspace, sample_id: AuditSampleId, target: Path, _progress: Progress) -> Path:
    return save_drawn(workspace, sample_id, target)


def _compare(
    workspace: Workspace, sample: AuditSample, path: Path | None, progress: Progress
) -> tuple[bool, str]:
    listed = list_again(sample, path, progress)
    with workspace.reading() as reader:
        return redraw_check(reader, sample.id, listed), listed.listed.fingerprint
