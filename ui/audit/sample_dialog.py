"""Draws the records of a checkpoint: a list or numbers in, what a sample of it can show, then the lot."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from qma_app.domain.edition import Checkpoint
from qma_app.domain.ids import AuditId
from qma_app.domain.seeds import read_seed
from qma_app.errors import RuleBroken
from qma_app.i18n import _, ngettext, number_text
from qma_app.services.audit_samples import (
    MOST,
    SampleList,
    draw_sample,
    read_numbers,
    read_sample_list,
    sample_says,
    sizes_beside,
    usual_size,
)
from ui.audit.sample_rows import wanted_words
from ui.audit.sample_source import SampleSource, ask_sample_file
from ui.dialogs.dialog import field
from ui.dialogs.reading_dialog import OneFileDialog
from ui.jobs import Progress
from ui.widgets.announcing import announce
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import PlainLabel
from ui.widgets.number_edit import NumberEdit
from ui.workbench import Workbench

_PROBLEMS: Final = 130


class DrawSample(OneFileDialog):
    """Nothing is drawn before Draw; the list is read beside the window, and again when it was mended or another column is chosen."""

    def __init__(
        self,
        parent: QWidget | None,
        workbench: Workbench,
        audit_id: AuditId,
        checkpoint: Checkpoint,
        path: Path | None = None,
    ) -> None:
        super().__init__(
            parent,
            workbench,
            _("Draw a sample"),
            f"{checkpoint.number}  {checkpoint.statement}",
            accept=_("Draw"),
            width=720,
            problems=_("Places to look at"),
        )
        self._audit_id, self._checkpoint = audit_id, checkpoint
        self._path: Path | None = None
        self.found: SampleList | None = None
        self._is_sized = False
        self.source = SampleSource()
        self.wanted = PlainLabel(wanted_words(checkpoint), tone="muted", wrap=True)
        self.size_edit = NumberEdit(least=1, most=MOST)
        self.seed = QLineEdit()
        self.seed.setPlaceholderText(_("a fresh one"))
        self.says = PlainLabel("", wrap=True)
        self.beside = PlainLabel("", role="small", tone="muted", wrap=True)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self._fit_screen(widest=900, lowest=440, highest=640)
        self._show()
        if path is not None:
            self.read(path)
        else:
            self._check()
            self.source.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        figures = QHBoxLayout()
        figures.setSpacing(12)
        figures.addWidget(field(_("Records to draw"), self.size_edit), 1, Qt.AlignmentFlag.AlignTop)
        figures.addWidget(
            field(
                _("Seed"),
                self.seed,
                _(
                    "Left empty, chance takes one. Either is kept and printed: with it anybody draws the same records."
                ),
            ),
            3,
            Qt.AlignmentFlag.AlignTop,
        )
        self.figures = QWidget()
        figures.setContentsMargins(0, 0, 0, 0)
        self.figures.setLayout(figures)
        self.hint = EmptyState(
            "file-check",
            _("Drop the dealership's list here, an Excel workbook or a CSV file, or type its numbers above."),
        )
        self.body.addWidget(self.wanted)
        self.body.addWidget(self.source)
        self.body.addWidget(self.hint, 1)
        for widget in (self.figures, self.says, self.beside):
            self.body.addWidget(widget)
        self.body.addWidget(self.wrong_caption)
        self.body.addWidget(self.wrong, 2)
        self.body.addWidget(self.bar)
        self.body.addStretch(0)
        self.buttons.insertWidget(0, self.again_button)

    def _connect(self) -> None:
        self.source.file_wanted.connect(self._choose)
        self.source.numbers_wanted.connect(self._use_numbers)
        self.source.columns_chosen.connect(self._read_columns)
        self.source.typed.connect(self._typed)
        self.again_button.clicked.connect(self._read_columns)
        self.size_edit.valueChanged.connect(self._sized)
        self.seed.textChanged.connect(self._check)

    def read(self, path: Path, **choices: Any) -> None:
        """Read the file as it lies there now; `choices` name sheet and columns."""
        if self._job is None:
            self._path = path
            self._begin(path.name, partial(_read_file, path, choices))

    def accept(self) -> None:
        """Draw; it stays open where that was refused."""
        if self.found is None or not self.accept_button.isEnabled():
            return
        self.show_problem("")
        seed = read_seed(self.seed.text()) if self.seed.text().strip() else None
        changes = self._bench.do(
            draw_sample,
            self._audit_id,
            self._checkpoint.id,
            self.found,
            size=self.size_edit.value(),
            seed=seed,
        )
        if changes is not None:
            super().accept()

    def _begin(self, name: str, work: Any) -> None:
        self.found = None
        self.show_problem("")
        self._show()
        self._read_beside(name, work, self._was_read)

    def _choose(self) -> None:
        path = ask_sample_file(self, self._bench)
        if path is not None:
            self.read(path)

    def _use_numbers(self) -> None:
        text = self.source.numbers.text().strip()
        if text and self._job is None:
            self._path = None
            self._begin(text, partial(_read_range, text))

    def _read_columns(self) -> None:
        if self._path is not None:
            self.read(self._path, **self.source.chosen)
        else:
            self._use_numbers()

    def _typed(self) -> None:
        """Other numbers: what was read before is not what stands there."""
        if self._job is None:
            self._path, self.found = None, None
            self._show()
            self._check()

    def _was_read(self, found: SampleList) -> None:
        self._job, self.found = None, found
        if self._path is not None:
            self.source.numbers.clear()
        population = found.listed.population
        with QSignalBlocker(self.size_edit):  # a size somebody typed is kept, one proposed is proposed anew
            self.size_edit.setMaximum(max(1, min(MOST, population)))
            if not self._is_sized:
                self.size_edit.setValue(usual_size(self._checkpoint, population))
        self._show()
        self._check()
        (self.size_edit if self.accept_button.isEnabled() else self.again_button).setFocus(
            Qt.FocusReason.OtherFocusReason
        )
        announce(self, ". ".join(filter(None, (self.source.name.text(), self.source.left_out.text()))))

    def _was_refused(self, error: Any) -> None:
        super()._was_refused(error)
        if self._path is None:
            self.source.numbers.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sized(self) -> None:
        self._is_sized = True
        self._show_power()
        self._check()

    def _show(self) -> None:
        found = self.found
        self.source.show_list(found)
        self.hint.setVisible(found is None and self._job is None)
        is_drawable = found is not None and found.listed.population > 0
        for widget in (self.figures, self.says, self.beside):
            widget.setVisible(is_drawable)
        self._show_power()
        problems = found.problems if found is not None else ()
        self._show_problems(_problem_caption(found), problems, height_of_few=_PROBLEMS)

    def _show_power(self) -> None:
        population = self.found.listed.population if self.found is not None else 0
        size = self.size_edit.value()
        if not 1 <= size <= population:
            self.says.setText("")
            self.beside.setText("")
            return
        self.says.setText(" ".join(sample_says(population, size).sentences))
        others = sizes_beside(population, size)
        self.beside.setText(
            _("Other sizes would find it with: {sizes}.").format(
                sizes=", ".join(f"{number_text(other)}: {chance}" for other, chance in others)
            )
            if others
            else ""
        )

    def _check(self, _text: str = "") -> None:
        super()._check()
        is_reading = self._job is not None
        self.source.let(is_free=not is_reading)
        self.again_button.setVisible(self._path is not None and not is_reading)
        why_not = self._why_not()
        self._let_accept(is_possible=self.found is not None and not why_not, why_not=why_not)
        size = self.size_edit.value()
        self.accept_button.say(
            ngettext("Draw {count} record", "Draw {count} records", size).format(count=size)
            if self.found is not None
            else _("Draw")
        )

    def _why_not(self) -> str:
        if self.found is None:
            return _("Choose a list or type numbers first.")
        if self.found.errors:
            return _("Mend the places named in the list, save it and read it again.")
        try:
            if self.seed.text().strip():
                read_seed(self.seed.text())
        except RuleBroken as broken:
            self.show_problem(f"{broken.message} {broken.way_out}")
            return broken.message
        self.show_problem("")
        return ""

    @classmethod
    def ask(
        cls,
        workbench: Workbench,
        audit_id: AuditId,
        checkpoint: Checkpoint,
        path: Path | None = None,
        parent: QWidget | None = None,
    ) -> bool:
        """Whether records were drawn."""
        dialog = cls(parent, workbench, audit_id, checkpoint, path)
        dialog._show_until_closed()
        return bool(dialog.result())


def _problem_caption(found: SampleList | None) -> str:
    count = len(found.errors) if found is not None else 0
    if not count:
        return _("To know")
    return ngettext(
        "{count} place to be mended before anything is drawn",
        "{count} places to be mended before anything is drawn",
        count,
    ).format(count=count)


def _read_file(path: Path, choices: dict[str, Any], progress: Progress) -> SampleList:
    return read_sample_list(path, progress=progress, **choices)


def _read_range(text: str, _progress: Progress) -> SampleList:
    return read_numbers(text)
