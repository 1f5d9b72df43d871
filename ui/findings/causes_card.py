"""The root causes behind what is open, in short: a card under the table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from qma_app.i18n import _
from ui.findings.area_bars import BarsCard
from ui.models.findings_rows import NO_CAUSE


class CausesCard(BarsCard):
    """Says nothing, and is not there, while no finding has a root cause."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Open findings by cause"), parent)

    def show_causes(self, counts: Sequence[tuple[str, str, int]]) -> None:
        """Bars by category, what nobody asked "why" of last."""
        if all(key == NO_CAUSE for key, _title, _count in counts):
            self.show_counts(())
            return
        named = [(key, title, count) for key, title, count in counts if key != NO_CAUSE]
        without = [(key, _("No cause named"), count) for key, _title, count in counts if key == NO_CAUSE]
        most = 5 - len(without)
        self.show_counts((*named[:most], *without), quiet=NO_CAUSE)
