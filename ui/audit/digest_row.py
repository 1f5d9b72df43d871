"""A SHA-256 as people compare it: in groups of four, and copied whole."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.i18n import _
from ui.widgets.announcing import announce
from ui.widgets.buttons import IconButton
from ui.widgets.labels import PlainLabel

_GROUP: Final = 4


class DigestRow(QWidget):
    """Its name above, the groups below, and a button that copies the digest as programs want it."""

    def __init__(self, name: str, digest: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.digest = ""
        self.caption = PlainLabel(name, role="small", tone="muted")
        self.label = PlainLabel("", role="small", wrap=True, selectable=True)
        self.label.setAccessibleName(name)
        self.copy_button = IconButton("copy", _("Copy: {name}").format(name=name))
        self.copy_button.clicked.connect(self.copy)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.label, 1)
        row.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.caption)
        column.addLayout(row)
        self.show_digest(digest)

    def show_digest(self, digest: str) -> None:
        """Show another one."""
        self.digest = digest
        self.label.setText(grouped(digest))

    def copy(self) -> None:
        """Put it on the clipboard without blanks."""
        QGuiApplication.clipboard().setText(self.digest)
        announce(self, _("Copied."))


def grouped(digest: str) -> str:
    """A digest in groups of four, to be read aloud and compared by eye."""
    return " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP))
