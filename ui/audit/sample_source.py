"""Where the records of a sample come from: a file or typed numbers, the columns to read, and how it was read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from qma_app.i18n import _, ngettext, number_text
from qma_app.services.audit_samples import SampleList
from ui.audit.sample_rows import short_print
from ui.dialogs.dialog import field
from ui.dialogs.list_dialog import ask_list_file
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel
from ui.widgets.word_choice import WordChoice
from ui.workbench import Workbench

_WEEK = "week:"


class SampleSource(QWidget):
    """`file_wanted` and `numbers_wanted` ask for a list to be read, `columns_chosen` for the file to be read anew."""

    file_wanted = Signal()
    numbers_wanted = Signal()
    columns_chosen = Signal()
    typed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choose_button = Button(_("Choose file…"), icon_name="folder-open")
        self.numbers = QLineEdit()
        self.numbers.setPlaceholderText(_("R-1000 to R-1450; 2001-2020"))
        self.use_button = Button(_("Use numbers"))
        self.name = PlainLabel("", role="strong", wrap=True)
        self.left_out = PlainLabel("", role="small", tone="muted", wrap=True)
        self.sheet, self.column, self.part = WordChoice(), WordChoice(), WordChoice()
        self._fields = (
            field(_("Sheet"), self.sheet),
            field(_("Records in column"), self.column),
            field(_("Draw from each"), self.part),
        )
        self._lay_out()
        self.choose_button.clicked.connect(self.file_wanted)
        self.use_button.clicked.connect(self.numbers_wanted)
        self.numbers.returnPressed.connect(self.numbers_wanted)
        self.numbers.textEdited.connect(self._typed)
        for choice in (self.sheet, self.column, self.part):
            choice.activated.connect(self.columns_chosen)

    def _lay_out(self) -> None:
        given = QHBoxLayout()
        given.setSpacing(8)
        given.addWidget(self.choose_button)
        given.addWidget(PlainLabel(_("or numbers"), tone="muted"))
        self.numbers.setAccessibleName(_("Numbers, as a range"))
        given.addWidget(self.numbers, 1)
        given.addWidget(self.use_button)
        choices = QHBoxLayout()
        choices.setSpacing(12)
        for box in self._fields:
            choices.addWidget(box, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(given)
        column.addWidget(self.name)
        column.addWidget(self.left_out)
        column.addLayout(choices)
        self.show_list(None)

    @property
    def chosen(self) -> dict[str, object]:
        """What `read_sample_list` is told of the choices."""
        part = str(self.part.currentData() or "")
        return {
            "sheet": str(self.sheet.currentData() or ""),
            "column": str(self.column.currentData() or ""),
            "part": part.removeprefix(_WEEK),
            "by_week": part.startswith(_WEEK),
        }

    def show_list(self, found: SampleList | None) -> None:
        """Say how a list was read, or that none is."""
        for widget in (self.name, self.left_out):
            widget.setVisible(found is not None)
        for box in self._fields:
            box.setVisible(found is not None and bool(found.columns))
        if found is None:
            return
        count = found.listed.population
        records = ngettext("{count} record", "{count} records", count).format(count=number_text(count))
        self.name.setText(f"{found.name} · {records}")
        self.left_out.setText(read_words(found))
        if found.columns:
            self._fields[0].setVisible(len(found.sheets) > 1)
            self._show_choices(found)

    def let(self, *, is_free: bool) -> None:
        """Nothing can be chosen while a list is read."""
        for widget in (self.choose_button, self.use_button, self.sheet, self.column, self.part):
            widget.setEnabled(is_free)
        self.numbers.setReadOnly(not is_free)

    def _show_choices(self, found: SampleList) -> None:
        for choice in (self.sheet, self.column, self.part):
            choice.clear()
        for name in found.sheets:
            self.sheet.addItem(name, name)
        self.sheet.setCurrentIndex(self.sheet.findData(found.sheet))
        self.part.addItem(_("the whole list"), "")
        for letters, title in found.columns.items():
            self.column.addItem(title, letters)
            if letters in found.day_columns:
                self.part.addItem(_("week of {column}").format(column=title), _WEEK + letters)
            if letters != found.column:
                self.part.addItem(title, letters)
        self.column.setCurrentIndex(self.column.findData(found.column))
        part = (_WEEK if found.is_by_week else "") + found.part
        self.part.setCurrentIndex(max(0, self.part.findData(part)))

    def _typed(self, _text: str) -> None:
        self.typed.emit()


def read_words(found: SampleList) -> str:
    """What was left out of a list, where its headings stand, how many parts it has, and its fingerprint."""
    listed, said = found.listed, []
    if listed.blanks:
        said.append(
            ngettext("{count} blank line left out", "{count} blank lines left out", listed.blanks).format(
                count=number_text(listed.blanks)
            )
        )
    if listed.repeats:
        said.append(
            ngettext(
                "{count} repeated record counts once", "{count} repeated records count once", listed.repeats
            ).format(count=number_text(listed.repeats))
        )
    if found.headed_in is not None:
        said.append(_("headings in row {row}").format(row=found.headed_in))
    elif found.columns:
        said.append(_("no headings"))
    if found.stratified_by:
        parts = len(set(listed.strata))
        said.append(
            ngettext("{count} part by {title}", "{count} parts by {title}", parts).format(
                count=number_text(parts), title=found.stratified_by
            )
        )
    said.append(_("fingerprint {print}").format(print=short_print(listed.fingerprint)))
    return " · ".join(said)


def ask_sample_file(parent: QWidget, workbench: Workbench) -> Path | None:
    """Ask for a dealership's list; None when it was cancelled."""
    return ask_list_file(
        parent, workbench, _("List to draw from"), f"{_('Lists of records')} (*.xlsx *.xlsm *.csv *.txt)"
    )
