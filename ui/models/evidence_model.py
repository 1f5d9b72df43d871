"""The evidence shown, one line a row, for the grid of small pictures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qma_app.domain.evidence import Consent
from qma_app.domain.evidence_use import Expiry
from qma_app.i18n import _
from qma_app.services.evidence_ledger import LedgerLine, file_sentence
from ui.models.evidence_rows import title_of
from ui.widgets.labels import plain_tip

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class EvidenceModel(QAbstractListModel):
    """Replaced as a whole when the filter changes; a corrected line is put in its row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[LedgerLine] = []
        self._places: dict[str, int] = {}

    @property
    def lines(self) -> Sequence[LedgerLine]:
        return self._lines

    def show_lines(self, lines: Sequence[LedgerLine]) -> None:
        """Show these instead; where the same evidence stays in the same order, only what changed is told."""
        lines = list(lines)
        if [line.evidence.id for line in lines] == [line.evidence.id for line in self._lines]:
            for place, (old, new) in enumerate(zip(self._lines, lines, strict=True)):
                if old != new:
                    self._lines[place] = new
                    self.dataChanged.emit(self.index(place), self.index(place))
            return
        self.beginResetModel()
        self._lines = lines
        self._places = {line.evidence.id: place for place, line in enumerate(lines)}
        self.endResetModel()

    def put(self, line: LedgerLine) -> None:
        """Put a corrected line in its row, if it is shown."""
        place = self._places.get(line.evidence.id)
        if place is not None and self._lines[place] != line:
            self._lines[place] = line
            self.dataChanged.emit(self.index(place), self.index(place))

    def line(self, index: Index) -> LedgerLine | None:
        """The line of a row."""
        return self._lines[index.row()] if index.isValid() and index.row() < len(self._lines) else None

    def place_of(self, evidence_id: str) -> int | None:
        """The row of a piece of evidence; None while it is not shown."""
        return self._places.get(evidence_id)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index)
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return title_of(line.evidence)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join((line.evidence.name, *state_words(line))))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join((title_of(line.evidence), where_text(line), *state_words(line)))
        return None


def where_text(line: LedgerLine) -> str:
    """Where a line is used, in one line of words."""
    if line.is_unlinked:
        return _("not linked")
    return " · ".join(dict.fromkeys(use.label for use in line.uses))


def state_words(line: LedgerLine) -> tuple[str, ...]:
    """Everything the badges say, in words; a broken file with its hash."""
    item = line.evidence
    words = [
        {Expiry.EXPIRED: _("expired"), Expiry.SOON: _("expires soon")}.get(line.expiry, "")
        if line.expiry
        else "",
        _("consent refused: not shown on paper") if item.consent is Consent.REFUSED else "",
        _("has marks") if item.marks else "",
        _("before and after") if line.pairs else "",
        _("version {number}").format(number=item.revision) if item.revision > 1 else "",
        _("replaced by a newer version") if line.is_replaced else "",
        file_sentence(line),
    ]
    return tuple(filter(None, words))
