"""Actions that should be done by now, the longest overdue first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from qma_app.i18n import _, ngettext
from qma_app.services.today_programme import LateAction
from ui.today.cards import StepsCard
from ui.today.programme_words import late_steps
from ui.widgets.chips import Chip


class LateCard(StepsCard):
    """Not there while nothing is overdue."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._count = Chip("", tone="bad")
        super().__init__(_("Overdue actions"), self._count, parent)

    def show_late(self, late: Sequence[LateAction], dealership_id: str | None) -> None:
        """Show the first of them; the others are counted."""
        steps = late_steps(late, dealership_id)
        self.show_steps(steps)
        hidden = len(late) - len(steps)
        self._count.say(ngettext("{count} more", "{count} more", hidden).format(count=hidden))
        self._count.setVisible(hidden > 0)
