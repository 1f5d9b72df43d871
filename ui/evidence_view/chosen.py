"""What can be done with several pieces of evidence at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qma_app.domain.evidence import EvidenceKind
from qma_app.i18n import _, ngettext
from qma_app.services.evidence_ledger import LedgerLine
from ui.models.evidence_rows import title_of
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel

_MOST_NAMES = 12


class SeveralPanel(QWidget):
    """How many are chosen, their names, and what they can be made into."""

    link_wanted = Signal()
    pair_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = PlainLabel("", role="lead")
        self.names = PlainLabel("", role="small", tone="muted", wrap=True)
        self.pair = Button(_("Pair as before and after"), kind="primary", keys="P", icon_name="images")
        self.link = Button(_("Link to…"), keys="L", icon_name="link")
        self.delete = Button(_("Delete"), kind="danger")
        self.pair.clicked.connect(self.pair_wanted)
        self.link.clicked.connect(self.link_wanted)
        self.delete.clicked.connect(self.delete_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 18)
        column.setSpacing(10)
        column.addWidget(self.count)
        column.addWidget(self.names)
        for button in (self.pair, self.link, self.delete):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_lines(self, lines: Sequence[LedgerLine]) -> None:
        """Show these."""
        self.count.setText(ngettext("{count} chosen", "{count} chosen", len(lines)).format(count=len(lines)))
        names = [title_of(line.evidence) for line in lines[:_MOST_NAMES]]
        if len(lines) > _MOST_NAMES:
            names.append(_("and {count} more").format(count=len(lines) - _MOST_NAMES))
        self.names.setText("\n".join(names))
        photos = [line for line in lines if line.evidence.kind is EvidenceKind.PHOTO]
        self.pair.setVisible(len(lines) == len(photos) == 2)
