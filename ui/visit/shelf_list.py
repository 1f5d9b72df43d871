"""The visits of a programme as a list: number, day, what about, how it stands."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from qma_app.domain.visit import Visit
from qma_app.i18n import _
from ui.models.standards_table import TableColumn, TableRow
from ui.standards_view.table import WordTable
from ui.today.words import short_day
from ui.visit.reading import Shelf
from ui.visit.words import areas_words, state_words, times_words


class VisitList(WordTable):
    """Enter or a double click leads to the desk of a visit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Visits"),
            (
                TableColumn(title=_("No."), width=40, is_strong=True),
                TableColumn(title=_("Day")),
                TableColumn(title=_("State"), width=94, is_chip=True),
            ),
            parent,
            lines=2,
        )

    def fit(self) -> None:
        """With other heights the visit that is looked at stays in sight."""
        super().fit()
        if self.currentIndex().isValid():
            self.updateGeometries()  # else it scrolls by the heights of before
            self.scrollTo(self.currentIndex())

    def show_shelf(self, shelf: Shelf, today: date) -> None:
        """Show these visits."""
        rows = [_row(shelf, visit, today) for visit in shelf.visits]
        if rows != list(self.words.rows):
            self.show_rows(rows)
            self.fit()


def _row(shelf: Shelf, visit: Visit, today: date) -> TableRow:
    words, tone = state_words(visit, today)
    areas = shelf.areas_of(visit)
    about = ", ".join(area.code for area in areas) or " ".join(visit.purpose.split())
    return TableRow(
        key=visit.id,
        cells=(str(visit.number), short_day(visit.day, today), words),
        tones={2: tone},
        small={1: about} if about else {},
        tip="\n".join(filter(None, (times_words(visit), areas_words(areas), visit.purpose))),
    )
