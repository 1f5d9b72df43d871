"""What Findings & actions is made of, laid out and not yet alive: head, filters and views, the panel beside them."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from qma_app.i18n import _
from ui.findings.beside import Beside
from ui.findings.filter_row import FilterRow
from ui.findings.head import FindingsHead
from ui.findings.plan_workbook import PlanWorkbook
from ui.findings.views import FindingViews
from ui.pages.page import MARGIN, Page
from ui.widgets.empty_state import EmptyState
from ui.widgets.finding_editor import FindingEditor
from ui.workbench import Workbench


class FindingsParts(Page):
    """The views at the left, or the first step where nothing was found yet; the panel at the right."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._build()

    def _build(self) -> None:
        # From the outside in: each widget that changes its parent takes all below it through the style sheet again.
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.beside = Beside(self)
        outer.addWidget(self.beside)
        self.head = FindingsHead()
        self.workbook = PlanWorkbook(self.workbench, self)
        self.filters = FilterRow(self.workbench.settings)
        self.views = FindingViews(self.workbench)
        self.list = self.views.list
        self.table = self.list.table
        self.table.show_only(self.filters.row_filter)
        self.empty = EmptyState(
            "flag",
            _("Nothing was found yet: a finding says what is not as it should be."),
            _("New finding"),
            keys="F",
        )
        left = QWidget(self.beside)
        column = QVBoxLayout(left)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(self.head)
        column.addWidget(self.filters)
        self._whole = QStackedWidget()
        self._whole.addWidget(self.views)
        self._whole.addWidget(self.empty)
        column.addWidget(self._whole, 1)
        self.editor = FindingEditor(self.workbench, self.beside)
        self.beside.hold(left, self.editor)
