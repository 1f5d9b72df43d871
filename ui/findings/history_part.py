"""The whole way of a finding, read from the log only when somebody wants to see it."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from qma_app.domain.ids import FindingId
from qma_app.i18n import _, ngettext
from ui import theme
from ui.findings.section import INSET, Section
from ui.when import when_text
from ui.widgets.cards import clear
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class HistoryPart(QWidget):
    """Folded at first; the newest step on top."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self._finding_id = ""
        self._read: tuple[object, ...] | None = None
        self.section = Section("history", _("History"), workbench.settings, is_open=False)
        self.section.turned.connect(self._turned)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(theme.px(INSET), 0, theme.px(INSET), 0)
        self._rows.setSpacing(6)
        self.section.body.addLayout(self._rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.section)

    def show_finding(self, finding_id: str) -> None:
        """Another finding, or the same after an edit: read anew while it is unfolded."""
        self._finding_id = finding_id
        self.section.show_filled(is_filled=True)
        if self.section.is_unfolded:
            self._show()
        else:
            self._forget()

    def _turned(self, is_open: bool) -> None:
        if is_open:
            self._show()
        else:
            self._forget()

    def _forget(self) -> None:
        self._read = None
        clear(self._rows)

    def _show(self) -> None:
        from qma_app.services.finding_history import finding_history

        if not self._finding_id:
            return
        with self.workbench.workspace.reading() as reader:
            lines = finding_history(reader, FindingId(self._finding_id))
        if lines == self._read:
            return
        self._read = lines
        clear(self._rows)
        today: date = self.workbench.workspace.today()
        count = len(lines)
        self.section.show_filled(
            is_filled=True, summary=ngettext("{count} step", "{count} steps", count).format(count=count)
        )
        for line in reversed(lines):
            row = QWidget()
            column = QVBoxLayout(row)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            head = " · ".join(filter(None, (when_text(line.at, today), line.who)))
            column.addWidget(PlainLabel(head, role="small", tone="muted"))
            column.addWidget(PlainLabel(line.title, wrap=True))
            if line.detail:
                column.addWidget(
                    PlainLabel(line.detail, role="small", tone="muted", wrap=True, selectable=True)
                )
            self._rows.addWidget(row)
            row.show()  # shown later, its height would not reach the panel: everything would be squeezed
