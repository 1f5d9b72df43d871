"""When the same was seen again: each time with day, place and words, instead of a second finding."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.finding import Sighting
from qma_app.domain.ids import SightingId
from qma_app.i18n import _, day_text, ngettext
from ui import theme
from ui.findings.detail import FindingDetail
from ui.findings.section import INSET, Section
from ui.widgets.buttons import IconButton
from ui.widgets.cards import clear
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class SightingsPart(QWidget):
    """Not there while it was seen only once."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self._shown: tuple[Sighting, ...] | None = None
        self.section = Section("sightings", _("Seen again"), workbench.settings)
        self.removers: list[IconButton] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.section.body.addLayout(self._rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.section)

    def show_detail(self, detail: FindingDetail) -> None:
        """Show each sighting, the first one first."""
        self.setVisible(bool(detail.sightings))
        count = len(detail.sightings)
        self.section.show_filled(
            is_filled=True, summary=ngettext("{count} time", "{count} times", count).format(count=count)
        )
        if detail.sightings == self._shown:
            return
        self._shown = detail.sightings
        clear(self._rows)
        self.removers = []
        for sighting in detail.sightings:
            self._rows.addWidget(self._row(sighting, detail.person(sighting.seen_by)))

    def _row(self, sighting: Sighting, who: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(theme.px(INSET), 0, 0, 0)
        line.setSpacing(4)
        words = QVBoxLayout()
        words.setSpacing(0)
        day = day_text(sighting.seen_on)
        words.addWidget(
            PlainLabel(
                " · ".join(filter(None, (day, sighting.place, who))), role="small", tone="muted", wrap=True
            )
        )
        if sighting.words:
            words.addWidget(PlainLabel(sighting.words, wrap=True, selectable=True))
        line.addLayout(words, 1)
        remove = IconButton("x", _("Remove the sighting of {day}").format(day=day))
        remove.clicked.connect(partial(self._remove, sighting.id))
        self.removers.append(remove)
        line.addWidget(remove)
        return row

    def _remove(self, id: SightingId) -> None:
        from qma_app.services.findings import remove_sighting

        if self.workbench.do(remove_sighting, id) is not None:
            self.workbench.deleted.emit(_("Sighting removed."))
