"""Small rows of the panel: a place of use with its ways there and off, and a hash to be compared and copied."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from qma_app.i18n import _
from qma_app.services.evidence_ledger import Use, UseKind
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import PlainLabel, plain_tip

_GROUP = 8


class UseChip(QWidget):
    """Where it is used, with a way there and a way to unlink it."""

    jump_wanted = Signal(object)
    unlink_wanted = Signal(object)

    def __init__(self, use: Use) -> None:
        super().__init__()
        self.use = use
        self.jump = Button(use.label, kind="link")
        self.jump.setToolTip(plain_tip(_("Go to {place}").format(place=use.label)))
        self.jump.clicked.connect(self._jump)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.jump)
        self.unlink = IconButton("x", _("Unlink from {place}").format(place=use.label))
        self.unlink.clicked.connect(self._unlink)
        self.unlink.setVisible(use.is_own)
        row.addWidget(self.unlink)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.jump.setVisible(True)
        if use.kind is UseKind.FINDING and not use.is_own:
            self.jump.setToolTip(plain_tip(_("Supports it through its checkpoint.")))

    def _jump(self) -> None:
        self.jump_wanted.emit(self.use)

    def _unlink(self) -> None:
        self.unlink_wanted.emit(self.use)


class HashRow(QWidget):
    """A hash in groups, to be read aloud, and copied whole."""

    copied = Signal(str)

    def __init__(self, words: str) -> None:
        super().__init__()
        self._digest = ""
        self.label = PlainLabel("", role="small", wrap=True, selectable=True)
        self.copy = IconButton("copy", _("Copy: {name}").format(name=words))
        self.copy.clicked.connect(self._copy)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.label, 1)
        row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PlainLabel(words, role="small", tone="muted"))
        column.addLayout(row)

    def show_digest(self, digest: str) -> None:
        """Show another hash."""
        self._digest = digest
        self.label.setText(grouped(digest))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._digest)
        self.copied.emit(_("Copied."))


def grouped(digest: str) -> str:
    """A hash in groups of eight, to be compared by eye."""
    return " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP))
