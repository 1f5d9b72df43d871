"""The timeline as a table: the same phases, areas, visits and milestones in words, opened and moved from there too."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from qma_app.i18n import _, day_text
from ui.journey.timeline_pieces import Kind, Piece, Row
from ui.models.standards_table import TableColumn, TableRow
from ui.standards_view.table import WordTable

_ALT = Qt.KeyboardModifier.AltModifier


class PlanTable(WordTable):
    """`piece_opened` on Enter; Alt with Up and Down carries an area as on the timeline."""

    piece_opened = Signal(object)
    carried = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Plan of the programme"),
            (
                TableColumn(title=_("What"), share=3, is_strong=True),
                TableColumn(title=_("Kind"), width=100, is_quiet=True),
                TableColumn(title=_("From"), width=108),
                TableColumn(title=_("To"), width=108),
                TableColumn(title=_("How it stands"), share=4),
            ),
            parent,
            lines=3,
        )
        self._pieces: dict[tuple[Kind, str], Piece] = {}
        self.opened.connect(self._opened)

    @property
    def current_piece(self) -> Piece | None:
        """The piece of the current row; None for an area without a time."""
        key = self.current_key
        return self._pieces.get(key) if isinstance(key, tuple) else None

    def show_plan(self, rows: Sequence[Row]) -> None:
        """Show these rows."""
        self._pieces = {piece.id: piece for row in rows for piece in row.pieces}
        lines: list[TableRow] = []
        for row in rows:
            lines += [_line(piece) for piece in row.pieces]
            if row.note:
                cells = (row.title, kind_title(row.kind), "", "", row.note)
                lines.append(TableRow(key=(row.kind, row.key), cells=cells, tones={4: "muted"}))
        self.show_rows(lines)

    def event(self, event: QEvent) -> bool:
        # Alt+Up and Alt+Down belong to the row here.
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_carry(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        piece = self.current_piece
        if _is_carry(event) and piece is not None and piece.kind is Kind.AREA and piece.is_movable:
            self.carried.emit(piece, 1 if event.key() == Qt.Key.Key_Down else -1)
            return
        super().keyPressEvent(event)

    def _opened(self, key: object) -> None:
        piece = self._pieces.get(key) if isinstance(key, tuple) else None
        if piece is not None:
            self.piece_opened.emit(piece)


def kind_title(kind: Kind) -> str:
    """What a line of the table is."""
    return {
        Kind.PHASE: _("Phase"),
        Kind.AREA: _("Area"),
        Kind.VISIT: _("Visit"),
        Kind.MILESTONE: _("Milestone"),
    }[kind]


def _line(piece: Piece) -> TableRow:
    last = "" if piece.kind in (Kind.VISIT, Kind.MILESTONE) else day_text(piece.last)
    return TableRow(
        key=piece.id,
        cells=(piece.title, kind_title(piece.kind), day_text(piece.first), last, piece.how),
        tones={4: "bad"} if piece.is_late else {},
    )


def _is_carry(event: QKeyEvent) -> bool:
    return event.modifiers() == _ALT and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
