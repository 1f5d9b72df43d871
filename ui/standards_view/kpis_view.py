"""The KPIs of an edition with their definitions, as a table to narrow by its perspectives and by words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from qma_app.domain.edition import KpiDefinition, KpiGroup
from qma_app.domain.ids import AreaId
from qma_app.domain.wording import unit_title
from qma_app.i18n import _, ngettext
from ui.models.standards_table import TableColumn, TableRow
from ui.pages.page import MARGIN
from ui.standards_view.search_field import SearchField
from ui.standards_view.shelf import Shelf
from ui.standards_view.table import WordTable
from ui.standards_view.tongue import Tongue, direction_words, rhythm_words
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState


class KpisView(QWidget):
    """`area_wanted` when a KPI is opened: the area whose checkpoints move it."""

    area_wanted = Signal(object)

    def __init__(self, shelf: Shelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Perspectives"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.search = SearchField()
        self.search.setAccessibleName(_("Filter KPIs"))
        self.search.setPlaceholderText(_("Filter (Ctrl+F)"))
        self.table = WordTable(
            _("KPIs"),
            (
                TableColumn(title=_("Code"), width=58, is_quiet=True),
                TableColumn(title=_("KPI"), share=4, is_strong=True),
                TableColumn(title=_("How it is computed"), share=5),
                TableColumn(title=_("Unit"), width=104),
                TableColumn(title=_("Range and source"), share=3),
                TableColumn(title=_("Area"), width=128, is_quiet=True, hidden_below=900),
            ),
        )
        self.nothing = EmptyState("gauge", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)
        card = Card()
        card.body.addWidget(self._stack)
        head = QHBoxLayout()
        head.addWidget(self.tabs)
        head.addStretch(1)
        head.addWidget(self.search, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 8, MARGIN, MARGIN)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(card, 1)
        self.tabs.currentChanged.connect(self._narrow)
        self.search.textChanged.connect(self._narrow)
        self.search.left_down.connect(self.table.setFocus)
        self.table.opened.connect(self._opened)

    def show_edition(self) -> None:
        """Show the KPIs of the edition looked at."""
        tongue = self._shelf.tongue()
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for title, count in self._choices(tongue):
            self.tabs.addTab(f"{title} {count}")
        self.tabs.blockSignals(False)
        self._narrow()

    def focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def take_focus(self) -> None:
        self.table.setFocus()

    def status(self) -> str:
        count = len(self.table.words.rows)
        return ngettext("{n} KPI", "{n} KPIs", count).format(n=count)

    def _choices(self, tongue: Tongue | None) -> list[tuple[str, int]]:
        if tongue is None:
            return []
        groups = tongue.edition.kpi_groups
        return [(_("All"), len(tongue.edition.kpis)), *((tongue.of(g.title), len(g.kpis)) for g in groups)]

    def _narrow(self) -> None:
        tongue = self._shelf.tongue()
        if tongue is None:
            self.table.show_rows(())
            return
        at = self.tabs.currentIndex()
        groups: tuple[KpiGroup, ...] = tongue.edition.kpi_groups
        if at > 0:
            groups = groups[at - 1 : at]
        words = self.search.text().casefold().split()
        rows = [self._row(tongue, kpi) for group in groups for kpi in group.kpis]
        rows = [row for row in rows if all(word in _searched(row) for word in words)]
        self.table.show_rows(rows)
        self._stack.setCurrentWidget(self.table if rows else self.nothing)
        self.nothing.sentence.setText(
            _("No KPI is left by this filter.") if tongue.edition.kpis else _("This edition defines no KPIs.")
        )

    def _row(self, tongue: Tongue, kpi: KpiDefinition) -> TableRow:
        area = tongue.edition.areas_by_id.get(kpi.area)
        source = ""
        if kpi.range is not None:
            parts = (tongue.of(kpi.range.source), tongue.of(kpi.range.note))
            source = " · ".join(part for part in parts if part)
        return TableRow(
            key=kpi.code,
            cells=(
                kpi.code,
                tongue.of(kpi.title),
                tongue.formula(kpi),
                unit_title(kpi.unit),
                tongue.span(kpi) or "–",
                tongue.of(area.title) if area is not None else str(kpi.area),
            ),
            small={
                1: tongue.of(kpi.purpose),
                3: f"{direction_words(kpi.direction)}, {rhythm_words(kpi.rhythm)}",
                4: source,
            },
            tip=kpi.remark,
        )

    def _opened(self, code: object) -> None:
        edition = self._shelf.edition
        if edition is not None and code in edition.kpis:
            self.area_wanted.emit(AreaId(edition.kpis[str(code)].area))


def _searched(row: TableRow) -> str:
    return " ".join((*row.cells, *row.small.values())).casefold()
