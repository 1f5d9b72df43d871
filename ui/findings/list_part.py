"""The findings as a list: the table or what stands in its place, and bars that count what is open."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from qma_app.i18n import _
from ui import theme
from ui.findings.area_bars import BarsCard
from ui.findings.causes_card import CausesCard
from ui.models.findings_rows import FindingRows
from ui.pages.page import GAP
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.findings_table import FindingsTable

_BARS_FROM, _BESIDE_FROM = 560, 820


class FindingsList(QWidget):
    """`all_wanted` asks to take the filter back, `area_wanted` and `cause_wanted` to narrow to a bar."""

    all_wanted = Signal()
    area_wanted = Signal(str)
    cause_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = FindingsTable()
        self.nothing = EmptyState(
            "list-filter", _("No finding is left by this filter."), _("Show all findings"), keys="Esc"
        )
        self.rows = QStackedWidget()
        self.rows.addWidget(self.table)
        self.rows.addWidget(self.nothing)
        card = Card()
        card.body.addWidget(self.rows)
        whole = card.layout()
        if whole is not None:  # a table keeps its own distance from the edge
            whole.setContentsMargins(9, 8, 9, 9)
        self.causes = CausesCard()
        self.bars = BarsCard(_("Open findings by area"))
        below = QHBoxLayout()
        below.setSpacing(GAP)
        below.addWidget(self.causes, 1)
        below.addWidget(self.bars, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(card, 1)
        column.addLayout(below)
        self.nothing.wanted.connect(self.all_wanted)
        self.bars.wanted.connect(self.area_wanted)
        self.causes.wanted.connect(self.cause_wanted)

    def show_counts(self, rows: FindingRows) -> None:
        """Count the bars anew."""
        self.bars.show_counts(rows.open_by_area())
        self.causes.show_causes(rows.open_by_cause())
        self.show_parts()

    def show_parts(self) -> None:
        """The table or what stands in its place; the bars where there is room, by area too where there is much."""
        shown = self.table.findings
        self.rows.setCurrentIndex(1 if shown.count() and not shown.rowCount() else 0)
        is_high = self.height() >= theme.px(_BARS_FROM)
        has_causes = bool(self.causes.bars)
        is_wide = self.width() >= theme.px(_BESIDE_FROM)
        self.causes.setVisible(is_high and has_causes)
        self.bars.setVisible(is_high and bool(self.bars.bars) and (is_wide or not has_causes))

    def take_focus(self) -> None:
        """The keyboard goes to the table, or to what stands in its place."""
        is_empty = self.rows.currentWidget() is self.nothing
        (self.nothing.button if is_empty else self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_parts()
