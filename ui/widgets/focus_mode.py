"""One checkpoint in large type, so that a department head reads it from two metres while the coach rates."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from qma_app.domain.rating import Outcome
from qma_app.i18n import _
from qma_app.services.checklist import ChecklistRow
from ui import theme
from ui.checklists.card import CardContext, marks_of
from ui.checklists.wrapping import Line, Wrapper
from ui.widgets import rating_cells
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import NoteEdit
from ui.widgets.rating_cells import cell_look, key_ink, paint_cell, paint_key, paint_shape

STATEMENT, SMALLEST, SMALL, NOTE, KEY, CELL, GAP = 50, 26, 20, 18, 12, 84, 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Focused:
    """What is shown large."""

    row: ChecklistRow
    context: CardContext
    process: str
    progress: str


class LargeCheckpoint(QWidget):
    """Number, statement, cells and the rating in a word; `cell_chosen` on a click."""

    cell_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Focused | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)

    def show_checkpoint(self, shown: Focused | None) -> None:
        """Show another checkpoint, or the same as it is now."""
        self._shown = shown
        self.setAccessibleName(shown.context.words.spoken(shown.row) if shown is not None else "")
        self.update()

    def cell_rects(self) -> tuple[QRect, ...]:
        """Where the cells lie: in the middle near the bottom."""
        if self._shown is None:
            return ()
        count = len(self._shown.context.cells)
        gap = theme.px(GAP)
        side = min(theme.px(CELL), (self.width() - gap * (count - 1)) // count)
        left = (self.width() - count * side - (count - 1) * gap) // 2
        top = self.height() - side - theme.px(56)
        return tuple(QRect(left + place * (side + gap), top, side, side) for place in range(count))

    def minimumSizeHint(self) -> QSize:
        return QSize(400, 300)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if (
            self._shown is None
            or self._shown.context.is_read_only
            or event.button() is not Qt.MouseButton.LeftButton
        ):
            return
        for place, area in enumerate(self.cell_rects()):
            if area.contains(event.position().toPoint()):
                self.cell_chosen.emit(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._shown is None:
            return
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = self._shown.row
        self._paint_head(painter, look, self._shown)
        cells = self.cell_rects()
        self._paint_statement(
            painter, look, row, QRectF(0, look.px(56), self.width(), cells[0].top() - look.px(76))
        )
        self._paint_cells(painter, look, self._shown, cells)

    def _paint_head(self, painter: QPainter, look: theme.Theme, shown: Focused) -> None:
        line = QRectF(0, 0, self.width(), look.px(40))
        painter.setFont(look.font(SMALL, "strong"))
        painter.setPen(look.colour("muted"))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown.process)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown.progress)

    def _paint_statement(self, painter: QPainter, look: theme.Theme, row: ChecklistRow, area: QRectF) -> None:
        assert self._shown is not None
        text = self._shown.context.words.of(row.checkpoint.statement)
        marks = " · ".join(
            mark.text for mark in marks_of(row, self._shown.context.words) if mark.text and not mark.icon
        )
        width = min(area.width(), look.px(1100))
        small = Wrapper(look.font(SMALL))
        font, wrapper, lines = _fitting(look, text, width, area.height() - 2 * small.line_height)
        top = area.center().y() - (len(lines) * wrapper.line_height + 2 * small.line_height) / 2
        left = area.center().x() - width / 2
        painter.setFont(look.font(SMALL, "strong"))
        painter.setPen(look.colour("muted"))
        painter.drawText(QPointF(left, top + small.ascent), row.checkpoint.number)
        if marks:
            beside = left + small.width(row.checkpoint.number) + look.px(28)
            painter.setPen(look.colour("bad" if row.checkpoint.is_critical else "muted"))
            painter.drawText(QPointF(beside, top + small.ascent), marks)
        top += 1.4 * small.line_height
        painter.setFont(font)
        painter.setPen(look.colour("text"))
        for line in lines:
            painter.drawText(QPointF(left, top + wrapper.ascent), line.text)
            top += wrapper.line_height

    def _paint_cells(
        self, painter: QPainter, look: theme.Theme, shown: Focused, areas: tuple[QRect, ...]
    ) -> None:
        row, context = shown.row, shown.context
        chosen = rating_cells.place_of(context.cells, row.rating)
        font = look.font(26, "strong")
        for place, (cell, area) in enumerate(zip(context.cells, areas, strict=True)):
            if context.is_read_only and place != chosen:
                continue
            state = "chosen" if place == chosen else "free"
            paint_cell(
                painter,
                QRectF(area),
                cell.text,
                cell_look(look, context.steps, cell.points, state),
                font,
                radius=10,
            )
            if context.shows_keys and place < len(context.steps):
                ink = key_ink(look, context.steps, place, is_chosen=place == chosen)
                paint_key(painter, QRectF(area), place + 1, ink, look.font(KEY))
        said = context.words.rating(row.rating) if row.is_decided else _("not rated yet")
        if row.is_own_covered:
            said = _("covered")
        if row.rating is not None and row.rating.reason:
            said = f"{said}: {row.rating.reason}"
        last = context.last_text(row)
        below = QRectF(0, areas[0].bottom() + look.px(10), self.width(), look.px(36))
        painter.setFont(look.font(SMALL))
        text = f"{said}  ·  {last}" if last else said
        shown_text = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(below.width()) - look.px(40)
        )
        width = painter.fontMetrics().horizontalAdvance(shown_text)
        side = look.px(18)
        shape = QRectF(
            below.center().x() - width / 2 - side - look.px(10), below.center().y() - side / 2, side, side
        )
        if row.rating is None or row.rating.outcome is not Outcome.OPEN:
            paint_shape(painter, shape, row.rating, context.steps, look.colour("text"))
        painter.setPen(look.colour("text"))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, shown_text)


class FocusMode(QWidget):
    """The large checkpoint and a note below it; it holds the keyboard, and all keys of the list work here too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.large = LargeCheckpoint()
        self.note = NoteEdit(_("Note"), placeholder=_("What did you see? (Enter)"), lines=3)
        self.keys = PlainLabel("", role="small", tone="muted")
        self.keys.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 24, 48, 18)
        column.setSpacing(14)
        column.addWidget(self.large, 1)
        column.addWidget(self.note)
        column.addWidget(self.keys)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.note.setStyleSheet(f"font-size: {theme.px(NOTE)}px;")

    def show_checkpoint(self, shown: Focused | None, note: str, *, is_other: bool) -> None:
        """Show a checkpoint with its note; a note that is being typed is left alone."""
        self.large.show_checkpoint(shown)
        if shown is not None:
            said = _(
                "1 to {steps} rate · N not applicable · U not seen · Space next unrated · Enter note · F11 back"
            )
            self.keys.setText(said.format(steps=len(shown.context.steps)))
        is_read_only = shown is None or shown.context.is_read_only
        self.note.setVisible(not is_read_only or bool(note))
        self.note.setReadOnly(is_read_only)
        if is_other or not self.note.is_pending:
            self.note.set_text(note)


def _fitting(
    look: theme.Theme, text: str, width: float, height: float
) -> tuple[QFont, Wrapper, tuple[Line, ...]]:
    """The largest type in which a text fits."""
    size = STATEMENT
    while True:
        font = look.font(size, "medium")
        wrapper = Wrapper(font)
        lines = wrapper.lines(text, width)
        if size <= SMALLEST or len(lines) * wrapper.line_height <= height:
            return font, wrapper, lines
        size -= 3
