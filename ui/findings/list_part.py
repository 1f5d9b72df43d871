"""The findings as a list: title with counts, filters, the table or what stands in its place, and the bars."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from qma_app.domain.edition import Edition
from qma_app.domain.ids import AreaId
from qma_app.i18n import _
from ui import theme
from ui.findings.area_bars import AreaBarsCard
from ui.findings.counts_text import counts_text
from ui.findings.filter_row import FilterRow
from ui.models.findings_rows import RowFilter, Tab, areas_of, counts_of, open_by_area, owners_of
from ui.pages.page import GAP, MARGIN, PageHead
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.findings_table import FindingsTable

_BARS_FROM = 660


class FindingsList(QWidget):
    """`new_wanted` asks for a new finding, `all_wanted` to take the filter back."""

    new_wanted = Signal()
    all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = PageHead(_("Findings"))
        self.new_button = Button(_("New finding"), kind="primary", keys="F")
        self.head.add(self.new_button)
        self.filters = FilterRow()
        self.table = FindingsTable()
        self.table.show_only(self.filters.row_filter)
        self.nothing = EmptyState(
            "list-filter", _("No finding is left by this filter."), _("Show all findings"), keys="Esc"
        )
        self.rows = QStackedWidget()
        self.rows.addWidget(self.table)
        self.rows.addWidget(self.nothing)
        card = Card()
        card.body.addWidget(self.rows)
        self.bars = AreaBarsCard()
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(self.head)
        column.addWidget(self.filters)
        column.addWidget(card, 1)
        column.addSpacing(GAP - 12)
        column.addWidget(self.bars)
        self.new_button.clicked.connect(self.new_wanted)
        self.nothing.wanted.connect(self.all_wanted)
        self.bars.area_wanted.connect(self._show_area)

    def show_counts(self, edition: Edition) -> None:
        """Count the rows anew: title, tabs, menus and bars."""
        rows = self.table.findings.rows
        counts = counts_of(rows)
        self.filters.show_counts(counts)
        self.filters.show_choices(areas_of(rows, edition), owners_of(rows))
        self.bars.show_areas(open_by_area(rows))
        self.head.say(_("Findings"), counts_text(counts))

    def show_parts(self) -> None:
        """The table or what stands in its place; the bars where there is room."""
        is_filtered_out = bool(self.table.findings.rows) and not self.table.shown.rowCount()
        self.rows.setCurrentIndex(1 if is_filtered_out else 0)
        self.bars.setVisible(bool(self.bars.bars) and self.height() >= theme.px(_BARS_FROM))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_parts()

    def _show_area(self, area_id: AreaId) -> None:
        self.filters.show_filter(RowFilter(tab=Tab.OPEN, area_id=area_id))
