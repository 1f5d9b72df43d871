"""Checking by document: the files that show it, taken in with the check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QListWidget, QWidget

from qma_app.i18n import _
from ui import theme
from ui.checklists.incoming import Incoming, can_come_in, incoming_of
from ui.verification.subject import Subject
from ui.verification.way import Way
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel


class DocumentWay(Way):
    """Files are chosen or dropped here; Del takes one off the list again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.things: list[Incoming] = []
        self.setAcceptDrops(True)
        self.list = _Files(self)
        self.list.setAccessibleName(_("Files with this check"))
        self.list.setFixedHeight(theme.px(96))
        self.add_button = Button(_("Attach files…"), icon_name="paperclip")
        self.add_button.clicked.connect(self.choose)
        hint = _("Say in words which document shows it, and what it says. Files can also be dropped here.")
        self.column.addWidget(PlainLabel(hint, tone="muted", wrap=True))
        self.column.addWidget(self.list)
        self.column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self.setFocusProxy(self.add_button)

    def show_subject(self, subject: Subject) -> None:
        self.things = []
        self._show()

    def planned_fields(self) -> dict[str, Any]:
        return {}

    def choose(self) -> None:
        """Ask for files."""
        names, _kind = QFileDialog.getOpenFileNames(self, _("Attach files"))
        self.take([Incoming(Path(name).name, Path(name)) for name in names])

    def take(self, things: list[Incoming]) -> None:
        """Put these on the list."""
        self.things += things
        self._show()
        self.changed.emit()

    def remove(self, place: int) -> None:
        """Take one off the list."""
        if 0 <= place < len(self.things):
            del self.things[place]
            self._show()
            self.changed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if can_come_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.take(list(incoming_of(event.mimeData(), picture_name=_("Picture.png"))))
        event.acceptProposedAction()

    def _show(self) -> None:
        self.list.clear()
        self.list.addItems([thing.name for thing in self.things])
        self.list.setVisible(bool(self.things))


class _Files(QListWidget):
    def __init__(self, way: DocumentWay) -> None:
        super().__init__(way)
        self._way = way

    def keyPressEvent(self, event: Any) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._way.remove(self.currentRow())
        else:
            super().keyPressEvent(event)
