"""The management reviews of a programme as a list: number, day and who led it, how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from qma_app.domain.review import ManagementReview
from qma_app.i18n import _
from ui.models.standards_table import TableColumn
from ui.reviews.words import review_row
from ui.standards_view.table import WordTable


class ReviewList(WordTable):
    """Enter or a double click leads to the desk of a review."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Management reviews"),
            (
                TableColumn(title=_("No."), width=38, is_strong=True),
                TableColumn(title=_("Day")),
                TableColumn(title=_("State"), width=84, is_chip=True),
            ),
            parent,
            lines=2,
        )

    def show_reviews(self, reviews: Sequence[ManagementReview], today: date) -> None:
        """Show these reviews."""
        rows = [review_row(one, today) for one in reviews]
        if rows != list(self.words.rows):
            self.show_rows(rows)
            self.fit()
