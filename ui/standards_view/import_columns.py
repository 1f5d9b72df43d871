"""The second step of an import: which sheet and row hold the headings, and what each column is."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from qma_app.i18n import _, ngettext
from qma_app.services.import_choices import (
    ColumnChoice,
    FileLook,
    ListChoice,
    SheetLook,
    choice_of,
    field_choices,
    structure_choices,
)
from ui import theme
from ui.dialogs.dialog import field
from ui.models.standards_table import TableColumn, TableRow
from ui.pages.page import scrolling
from ui.standards_view.table import WordTable
from ui.standards_view.tongue import language_name
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel
from ui.widgets.number_edit import NumberEdit

_LANGUAGES = ("en", "de", "fr", "it", "es", "nl", "pl", "cs", "pt", "tr")
_PREVIEW = 12
_MOST_COLUMNS = 60


class ColumnsPage(QWidget):
    """`changed` with each choice; a sheet or a row of headings chosen anew guesses the columns again."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look: FileLook | None = None
        self._choice: ListChoice | None = None
        self._rows: list[_ColumnRow] = []
        self.sheet, self.structure, self.language = QComboBox(), QComboBox(), QComboBox()
        self.header = NumberEdit()
        self.header.setRange(0, 1_000)
        self.header.setSpecialValueText(_("no headings"))
        self.kept = PlainLabel("", role="small", tone="muted", wrap=True)
        self.beyond = PlainLabel("", role="small", tone="warn", wrap=True)
        self.beyond.setVisible(False)
        self.problem = PlainLabel("", role="small", tone="bad", wrap=True)
        self.preview = WordTable(_("First rows of the sheet"), (), lines=2, is_opening=False)
        self._grid_host = QWidget()
        self._grid = QGridLayout(self._grid_host)
        self._build()
        self.sheet.currentIndexChanged.connect(self._sheet_chosen)
        self.header.valueChanged.connect(self._header_chosen)
        self.structure.currentIndexChanged.connect(self._tell)
        self.language.currentIndexChanged.connect(self._tell)

    def _build(self) -> None:
        for choice in structure_choices():
            self.structure.addItem(choice.title, choice.key)
        for code in _LANGUAGES:
            self.language.addItem(f"{language_name(code)} ({code})", code)
        top = QHBoxLayout()
        top.setSpacing(12)
        for name, widget, share in (
            (_("Sheet"), self.sheet, 3),
            (_("Row of headings"), self.header, 1),
            (_("Areas and processes are told by"), self.structure, 3),
            (_("Main language"), self.language, 2),
        ):
            top.addWidget(field(name, widget), share)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, theme.px(140))
        for place, title in enumerate((_("Heading"), _("Examples"), _("What it is"), _("Language"))):
            self._grid.addWidget(PlainLabel(title, role="caption"), 0, place)
        columns = Card()
        area = scrolling(self._grid_host)
        self._grid_host.setObjectName("surface")
        columns.body.addWidget(area)
        preview = Card(_("Preview"))
        preview.body.addWidget(self.preview)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.kept)
        column.addWidget(self.beyond)
        column.addWidget(columns, 5)
        column.addWidget(preview, 3)
        column.addWidget(self.problem)
        self.setFocusProxy(self.sheet)

    @property
    def is_ready(self) -> bool:
        """Whether one column is what is checked."""
        return self._choice is not None and self._trouble() == ""

    def show_look(self, look: FileLook, choice: ListChoice, *, is_kept: bool) -> None:
        """Offer the sheets of a file, with what is chosen at first."""
        self._look = look
        with QSignalBlocker(self.sheet):
            self.sheet.clear()
            for sheet in look.sheets:
                self.sheet.addItem(
                    _("{name} (hidden)").format(name=sheet.name) if sheet.is_hidden else sheet.name
                )
            names = [sheet.name for sheet in look.sheets]
            self.sheet.setCurrentIndex(names.index(choice.sheet))
        self.kept.setText(_("Read as a list with these headings was read last time.") if is_kept else "")
        self.kept.setVisible(is_kept)
        self._show_choice(choice)

    def choice(self) -> ListChoice:
        """Everything as it is chosen now."""
        assert self._choice is not None
        return replace(
            self._choice,
            structure=str(self.structure.currentData()),
            language=str(self.language.currentData()),
            columns=(*(row.choice() for row in self._rows), *self._beyond()),
        )

    def _beyond(self) -> tuple[ColumnChoice, ...]:
        """The columns that have no row here; they are left out."""
        assert self._choice is not None
        return tuple(replace(one, field="", language="") for one in self._choice.columns[_MOST_COLUMNS:])

    def _sheet(self) -> SheetLook | None:
        return self._look.sheets[self.sheet.currentIndex()] if self._look is not None else None

    def _sheet_chosen(self) -> None:
        sheet = self._sheet()
        if sheet is not None:
            self._show_choice(choice_of(sheet, None, sheet.header_row))
            self._tell()

    def _header_chosen(self, row: int) -> None:
        sheet = self._sheet()
        if sheet is not None and self._choice is not None and row != self._choice.header_row:
            self._show_choice(choice_of(sheet, None, row))
            self._tell()

    def _show_choice(self, choice: ListChoice) -> None:
        self._choice = choice
        with QSignalBlocker(self.header), QSignalBlocker(self.structure), QSignalBlocker(self.language):
            self.header.setValue(max(0, choice.header_row))
            self.structure.setCurrentIndex(max(0, self.structure.findData(choice.structure)))
            if self.language.findData(choice.language) < 0:
                self.language.addItem(choice.language, choice.language)
            self.language.setCurrentIndex(self.language.findData(choice.language))
        for row in self._rows:
            row.leave(self._grid)
        self._rows = []
        for place, column in enumerate(choice.columns[:_MOST_COLUMNS]):
            row = _ColumnRow(column, place + 1, self._grid)
            row.field.currentIndexChanged.connect(self._tell)
            row.language.currentIndexChanged.connect(self._tell)
            self._rows.append(row)
        self._grid.setRowStretch(_MOST_COLUMNS + 1, 1)
        self.beyond.setVisible(len(choice.columns) > _MOST_COLUMNS)
        self.beyond.setText(
            _(
                "The sheet has {n} columns. The first {most} can be chosen here, the rest is left out: delete columns nobody needs, or move them behind the others."
            ).format(n=len(choice.columns), most=_MOST_COLUMNS)
        )
        self._show_preview(choice)
        self._say_problem()

    def _show_preview(self, choice: ListChoice) -> None:
        sheet = self._sheet()
        if sheet is None:
            return
        places = [one.column for one in choice.columns][:8]
        self.preview.words.show_columns(
            [
                TableColumn(title="", width=44, is_quiet=True),
                *(TableColumn(title=one.heading) for one in choice.columns[:8]),
            ]
        )
        rows = [one for one in sheet.rows if one[0] > choice.header_row][:_PREVIEW]
        self.preview.show_rows(
            [
                TableRow(
                    key=number,
                    cells=(
                        str(number),
                        *(cells[at - 1][:160] if at <= len(cells) else "" for at in places),
                    ),
                )
                for number, cells in rows
            ]
        )

    def _trouble(self) -> str:
        chosen = [row.choice() for row in self._rows]
        if not any(one.field == "statement" for one in chosen):
            return _("Say which column is the statement: what is checked.")
        doubled = _doubled(chosen)
        if doubled:
            return _("Two columns cannot both be: {fields}.").format(fields=", ".join(doubled))
        return ""

    def _say_problem(self) -> None:
        trouble = self._trouble()
        used = sum(bool(row.choice().field) for row in self._rows)
        self.problem.set_tone("bad" if trouble else "muted")
        words = ngettext(
            "{n} column is taken, the rest is left out.", "{n} columns are taken, the rest is left out.", used
        )
        if self._choice is not None and used == len(self._choice.columns):
            words = _("Every column is taken.")
        self.problem.setText(trouble or words.format(n=used))

    def _tell(self) -> None:
        self._say_problem()
        self.changed.emit()


class _ColumnRow:
    """One column of the sheet: heading, what stands below it, what it is, in which language."""

    def __init__(self, column: ColumnChoice, place: int, grid: QGridLayout) -> None:
        self._column = column
        self._heading = PlainLabel(column.heading, role="strong", elide=True)
        self._example = PlainLabel(column.example, role="small", tone="muted", elide=True)
        self.field, self.language = QComboBox(), QComboBox()
        for choice in field_choices():
            self.field.addItem(choice.title, choice.key)
            self.field.setItemData(self.field.count() - 1, choice.has_language, Qt.ItemDataRole.UserRole + 1)
        self.field.setCurrentIndex(max(0, self.field.findData(column.field)))
        self.field.setAccessibleName(_("{heading} is").format(heading=column.heading))
        self.field.setFixedWidth(theme.px(270))
        self.language.addItem(_("main language"), "")
        for code in dict.fromkeys((*_LANGUAGES, *((column.language,) if column.language else ()))):
            self.language.addItem(language_name(code), code)
        self.language.setCurrentIndex(max(0, self.language.findData(column.language)))
        self.language.setAccessibleName(_("Language of {heading}").format(heading=column.heading))
        self.language.setFixedWidth(theme.px(160))
        self._widgets = (self._heading, self._example, self.field, self.language)
        for at, widget in enumerate(self._widgets):
            grid.addWidget(widget, place, at)
        self.field.currentIndexChanged.connect(self._show_language)
        self._show_language()

    def choice(self) -> ColumnChoice:
        """The column as it is chosen now."""
        return replace(
            self._column,
            field=str(self.field.currentData() or ""),
            language=str(self.language.currentData() or "") if self.language.isEnabled() else "",
        )

    def leave(self, grid: QGridLayout) -> None:
        """Make room for another sheet's columns."""
        for widget in self._widgets:
            grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _show_language(self, _place: int = 0) -> None:
        has_language = bool(self.field.currentData(Qt.ItemDataRole.UserRole + 1))
        self.language.setEnabled(has_language)
        self.language.setVisible(has_language)


def _doubled(chosen: list[ColumnChoice]) -> list[str]:
    """The fields that take one column only, chosen twice."""
    titles = {one.key: one.title for one in field_choices()}
    single = ("statement", "area", "process", "number", "weight", "critical", "owner")
    seen: set[tuple[str, str]] = set()
    twice = []
    for one in chosen:
        key = (one.field, one.language)
        if one.field in single and key in seen:
            twice.append(titles[one.field])
        seen.add(key)
    return list(dict.fromkeys(twice))
