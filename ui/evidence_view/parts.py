"""What the Evidence view is made of, laid out and not yet alive: filters, small pictures, the chosen one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from qma_app.i18n import _
from ui import theme
from ui.evidence_view.chosen import SeveralPanel
from ui.evidence_view.detail import EvidencePanel
from ui.evidence_view.filters import FilterColumn
from ui.evidence_view.grid import EvidenceGrid, picture_size
from ui.evidence_view.result_card import ResultCard
from ui.evidence_view.thumbnails import Thumbnails
from ui.pages.page import scrolling
from ui.widgets.buttons import Button, IconButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import FlowLayout

_FILTER_WIDTH, _PANEL_WIDTH = 196, 388
_NARROW = 1060


class EvidenceParts(QWidget):
    """Filters at the left, small pictures in the middle, the chosen one at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build()

    def _build(self) -> None:
        self.thumbnails = Thumbnails(picture_size(), self)
        self.filters = FilterColumn()
        self.filters.setFixedWidth(theme.px(_FILTER_WIDTH))
        self.grid = EvidenceGrid(self.thumbnails)
        self.add_files = Button(_("Add files…"), keys="E", icon_name="plus")
        self.add_folder = Button(_("Add folder…"), icon_name="folder-open")
        self.check = IconButton("shield-check", _("Check that every file is what was stored"))
        self.result = ResultCard()
        self.panel = EvidencePanel()
        self.several = SeveralPanel()
        self.empty = EmptyState(
            "images",
            _("Nothing was taken in yet: drop photos, documents or a folder here."),
            _("Add files…"),
            keys="E",
        )
        self.nothing = EmptyState("list-filter", _("Nothing matches the filter."), _("Show all"), keys="Esc")
        bar = QWidget()
        buttons = FlowLayout(bar, spacing=6)
        for button in (self.add_files, self.add_folder, self.check):
            buttons.addWidget(button)
        self.pictures = QStackedWidget()
        for widget in (self.grid, self.nothing, self.empty):
            self.pictures.addWidget(widget)
        middle = QVBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(bar)
        middle.addWidget(self.result)
        middle.addWidget(self.pictures, 1)
        self.side = QStackedWidget()
        self.side.setFixedWidth(theme.px(_PANEL_WIDTH))
        for content in (self.panel, self.several):
            area = scrolling(content)
            content.setObjectName("surface")
            content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            self.side.addWidget(area)
        self.edge = QFrame()
        self.edge.setObjectName("rule")
        self.edge.setFixedWidth(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.filters)
        row.addLayout(middle, 1)
        row.addWidget(self.edge)
        row.addWidget(self.side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < theme.px(_NARROW)
        self.filters.setFixedWidth(theme.px(_FILTER_WIDTH - 30 if is_narrow else _FILTER_WIDTH))
        self.side.setFixedWidth(theme.px(_PANEL_WIDTH - 58 if is_narrow else _PANEL_WIDTH))
