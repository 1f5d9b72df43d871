"""Our own workbook coming back: what it changes, or every wrong row with its sheet, row and column, before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from qma_app.domain.edition import Edition
from qma_app.domain.ids import EditionHash
from qma_app.errors import Problem
from qma_app.i18n import _, ngettext
from qma_app.services.browsing_standards import as_draft
from ui.models.standards_table import TableColumn, TableRow
from ui.standards_view.diff_panel import DiffPanel
from ui.standards_view.head import edition_labels
from ui.standards_view.shelf import Shelf
from ui.standards_view.table import WordTable
from ui.widgets.buttons import MenuButton
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from qma_app.services.standard_workbook import StandardReadBack


class WorkbookPage(QWidget):
    """`base_chosen` when it is to be compared with another edition."""

    base_chosen = Signal(object)  # Edition

    def __init__(self, shelf: Shelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._read: StandardReadBack | None = None
        self.words = PlainLabel("", wrap=True)
        self.replacing = QCheckBox(_("Replace the draft it is compared with"))
        self.base = MenuButton("")
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("What the workbook says"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.difference = DiffPanel(is_opening=False)
        self.problems = WordTable(
            _("Rows to mend"),
            (
                TableColumn(title=_("Where"), width=170, is_quiet=True),
                TableColumn(title=_("Kind"), width=92, is_chip=True),
                TableColumn(title=_("What was found"), share=1),
                TableColumn(title=_("What to do"), share=1),
            ),
            is_opening=False,
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.difference)
        self._stack.addWidget(self.problems)
        self._build()
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(PlainLabel(_("Compared with"), tone="muted"))
        row.addWidget(self.base)
        card = Card()
        card.body.addWidget(self.tabs)
        card.body.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(card, 1)
        column.addWidget(self.replacing)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.tabs)

    def show_reading(self, read: StandardReadBack) -> None:
        """Show what was read; nothing is kept before it is accepted."""
        self._read = read
        errors = len(read.errors)
        if read.edition is None:
            words = ngettext(
                "{n} row is wrong; nothing can be kept before it is mended in the workbook.",
                "{n} rows are wrong; nothing can be kept before they are mended in the workbook.",
                errors,
            ).format(n=errors)
        elif read.difference is not None and read.difference.is_empty:
            words = _("The workbook says the same as the edition.")
        else:
            words = _("Nothing is written yet. Keeping makes a draft of what the workbook says.")
        self.words.setText(words)
        self.words.set_tone("bad" if read.edition is None else "text")
        self._show_base(read.base)
        self.replacing.setVisible(self._may_replace())
        self.replacing.setChecked(self._may_replace())
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        self.tabs.addTab(_("Differences"))
        self.tabs.addTab(f"{_('Rows to mend or note')} {len(read.problems)}")
        self.tabs.blockSignals(False)
        if read.base is not None and read.edition is not None:
            tongue = self._shelf.tongue()
            self.difference.show_editions(read.base, read.edition, tongue.first if tongue else "en")
        self.problems.show_rows(
            [
                TableRow(
                    key=place,
                    cells=(
                        one.place,
                        _("note") if one.is_warning else _("mistake"),
                        one.found,
                        one.advice,
                    ),
                    tones={1: "warn" if one.is_warning else "bad"},
                )
                for place, one in enumerate(sorted(read.problems, key=_mistakes_first))
            ]
        )
        self.tabs.setTabEnabled(0, read.edition is not None)
        self.tabs.setCurrentIndex(0 if read.edition is not None else 1)
        self._stack.setCurrentIndex(self.tabs.currentIndex())

    def edition(self) -> Edition | None:
        """What the workbook says; None while a row is wrong or nothing differs."""
        if self._read is None or self._read.edition is None:
            return None
        difference = self._read.difference
        if difference is not None and difference.is_empty:
            return None
        return as_draft(self._read.edition, self._read.base)

    def replaced(self) -> EditionHash | None:
        """The draft that goes when this is kept; None where it stays beside it."""
        base = self._read.base if self._read is not None else None
        return base.hash if base is not None and self._may_replace() and self.replacing.isChecked() else None

    def _may_replace(self) -> bool:
        """Whether the workbook is the next state of a draft that no programme follows."""
        base, edition = (self._read.base, self.edition()) if self._read is not None else (None, None)
        row = self._shelf.row_of(base.hash) if base is not None else None
        if base is None or edition is None or row is None or not row.is_forgettable:
            return False
        return (base.standard, base.version) == (edition.standard, edition.version)

    def _show_base(self, base: Edition | None) -> None:
        self.base.choices.clear()
        group = QActionGroup(self.base.choices)
        labels = edition_labels(self._shelf.rows)
        for row in self._shelf.rows:
            action = self.base.choices.addAction(labels[row.hash].replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(base is not None and row.hash == base.hash)
            action.setData(str(row.hash))
            action.triggered.connect(self._base_pressed)
            group.addAction(action)
        label = base.label if base is not None else _("nothing")
        self.base.say(label.replace("&", "&&"))
        self.base.setAccessibleName(_("Compared with: {edition}").format(edition=label))

    def _base_pressed(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.base_chosen.emit(self._shelf.read(EditionHash(action.data())))


def _mistakes_first(problem: Problem) -> bool:
    return problem.is_warning
