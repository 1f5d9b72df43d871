"""A table of words as high as its rows, so that it stands in a card without scrolling; more than so many scroll."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.models.standards_table import TableColumn
from ui.standards_view.table import WordTable


class FittedTable(WordTable):
    """`most` rows are shown at once."""

    def __init__(
        self,
        name: str,
        columns: Sequence[TableColumn],
        parent: QWidget | None = None,
        *,
        lines: int = 2,
        most: int = 8,
        is_opening: bool = True,
    ) -> None:
        self._most = most
        super().__init__(name, columns, parent, lines=lines, is_opening=is_opening)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def fit(self) -> None:
        super().fit()
        rows = range(min(self._most, len(self.words.rows)))
        head = max(theme.px(30), self.horizontalHeader().sizeHint().height())
        high = head + sum(self.rowHeight(row) for row in rows)
        if self.maximumHeight() != high:
            self.setFixedHeight(high)
