"""The head of Findings & actions: title, how the findings stand, the switch between the views, Excel, and a new finding."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.i18n import _
from ui.findings.counts_text import counts_text
from ui.findings.view_switch import ViewSwitch
from ui.models.findings_rows import FindingCounts
from ui.widgets.buttons import Button, MenuButton
from ui.widgets.labels import PlainLabel


class FindingsHead(QWidget):
    """The menu of Excel is filled by the page when it opens: what it offers goes by the filter."""

    new_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(_("Findings and actions"), role="title")
        self.detail = PlainLabel("", tone="muted", wrap=True)
        self.switch = ViewSwitch()
        self.excel = MenuButton(_("Excel"))
        self.excel.setAccessibleName(_("Action plan in Excel"))
        self.new_button = Button(_("New finding"), kind="primary", keys="F")
        self.new_button.clicked.connect(self.new_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for button in (self.excel, self.new_button):
            buttons.addWidget(button)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.title, 1)
        first.addWidget(self.switch)
        first.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(first)
        column.addWidget(self.detail)

    def show_first_step(self, *, is_first: bool) -> None:
        """Before the first finding the page itself offers one."""
        self.new_button.setVisible(not is_first)
        self.detail.setVisible(not is_first)

    def show_counts(self, counts: FindingCounts) -> None:
        """How the findings stand, in one line."""
        self.detail.setText(counts_text(counts))
