"""The checkpoints of a process, an area or a search as cards: number, statement, weight, marks, and the mean of the dealerships."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qma_app import design
from qma_app.domain.ids import CheckpointId
from qma_app.i18n import _, number_text, rounded
from ui import theme
from ui.checklists.wrapping import Wrapper
from ui.models.standards_checkpoints import ROW_ROLE, CheckpointRow, StandardsCheckpointModel
from ui.widgets.chips import chip_size, paint_chip

Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_PAD, _NUMBER, _GAP, _HEADING, _MEAN = 13, 76, 7, 32, 46
_DOWN = {Qt.Key.Key_J: Qt.Key.Key_Down, Qt.Key.Key_K: Qt.Key.Key_Up}


class StandardsCheckpointList(QListView):
    """`chosen` follows the current row, `opened` is Enter or a double click."""

    chosen = Signal(object)  # CheckpointId
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = StandardsCheckpointModel(self)
        self.letters_are_on = True
        self.setModel(self.rows)
        self.delegate = _Delegate(self)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(_("Checkpoints"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(theme.px(24))
        self.doubleClicked.connect(self._double_clicked)

    @property
    def current_id(self) -> CheckpointId | None:
        """The checkpoint pointed at."""
        row = self.currentIndex().row()
        return self.rows.rows[row].point.id if 0 <= row < len(self.rows.rows) else None

    def select(self, id: CheckpointId | None) -> bool:
        """Point at a checkpoint; at the first where it is not there, which gives False."""
        place = self.rows.place_of(id)
        if self.rows.rows:
            index = self.rows.index(place or 0)
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return place is not None

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        row = current.data(ROW_ROLE) if current.isValid() else None
        if row is not None:
            self.chosen.emit(row.point.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if is_plain and key in _DOWN and self.letters_are_on:
            event = QKeyEvent(event.type(), _DOWN[key], Qt.KeyboardModifier.NoModifier)
            super().keyPressEvent(event)
        elif is_plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id is not None:
            self.opened.emit(self.current_id)
        elif event.text().isprintable() and event.text():
            event.ignore()  # letters belong to the page's shortcuts, not to a search along the rows
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _double_clicked(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if row is not None:
            self.opened.emit(row.point.id)


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: StandardsCheckpointList) -> None:
        super().__init__(view)
        self._view = view
        self._scale = 0.0
        self._body: Wrapper | None = None
        self._small: Wrapper | None = None
        self.steps: tuple[int, ...] = (0, 4, 6, 8, 10)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: CheckpointRow = index.data(ROW_ROLE)
        body, small = self._wrappers()
        lines = len(body.lines(row.statement, self._room(row)))
        height = lines * body.line_height + small.line_height + 2 * theme.px(_PAD - 2) + theme.px(_GAP)
        return QSize(1, round(height) + (theme.px(_HEADING) if row.heading else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: CheckpointRow = index.data(ROW_ROLE)
        look, area = theme.current(), QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.heading:
            painter.setFont(look.font(design.SIZE_BODY, "strong"))
            painter.setPen(look.colour("text"))
            painter.drawText(
                QRectF(area.left() + 2, area.top(), area.width(), look.px(_HEADING)), _LEFT, row.heading
            )
            area.setTop(area.top() + look.px(_HEADING))
        frame = area.adjusted(1, 1, -1, -look.px(_GAP))
        self._paint_frame(painter, frame, state)
        self._paint_words(painter, frame, row)
        painter.restore()

    def _wrappers(self) -> tuple[Wrapper, Wrapper]:
        look = theme.current()
        if self._body is None or self._small is None or self._scale != look.scale:
            self._scale = look.scale
            self._body = Wrapper(look.font(design.SIZE_BODY))
            self._small = Wrapper(look.font(design.SIZE_SMALL))
        return self._body, self._small

    def _room(self, row: CheckpointRow) -> float:
        mean = theme.px(_MEAN) if row.mean is not None else 0
        return self._view.viewport().width() - theme.px(2 * _PAD + _NUMBER) - mean - 4

    def _paint_frame(self, painter: QPainter, frame: QRectF, state: QStyle.StateFlag) -> None:
        look = theme.current()
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        width = 2 if is_current and self._view.hasFocus() else 1
        painter.setPen(QPen(look.colour("focus" if is_current else "line"), width))
        painter.setBrush(look.colour("surface"))
        inset = width / 2
        painter.drawRoundedRect(
            frame.adjusted(inset, inset, -inset, -inset), design.RADIUS_CARD, design.RADIUS_CARD
        )

    def _paint_words(self, painter: QPainter, frame: QRectF, row: CheckpointRow) -> None:
        look = theme.current()
        body, small = self._wrappers()
        left, top = frame.left() + look.px(_PAD), frame.top() + look.px(_PAD - 2)
        painter.setFont(look.font(design.SIZE_SMALL, "medium"))
        painter.setPen(look.colour("muted"))
        painter.drawText(QRectF(left, top, look.px(_NUMBER), body.line_height), _LEFT, row.point.number)
        left += look.px(_NUMBER)
        painter.setFont(look.font(design.SIZE_BODY))
        painter.setPen(look.colour("text"))
        for line in body.lines(row.statement, self._room(row)):
            painter.drawText(QPointF(left, top + body.ascent), line.text)
            top += body.line_height
        self._paint_marks(painter, QPointF(left, top), row, small)
        if row.mean is not None:
            self._paint_mean(painter, frame, row)

    def _paint_marks(self, painter: QPainter, at: QPointF, row: CheckpointRow, small: Wrapper) -> None:
        look = theme.current()
        left, right = at.x(), at.x() + self._room(row)
        marks = [(_("critical"), "bad", True)] if row.point.is_critical else []
        marks += [(f"{language.upper()} –", "warn", False) for language in row.lacking]
        for words, tone, is_outlined in marks:
            size = chip_size(words)
            top = at.y() + (small.line_height - size.height()) / 2 + 1
            chip = QRectF(left, top, size.width(), size.height())
            paint_chip(painter, chip, words, tone, is_outlined=is_outlined)
            left += size.width() + look.px(5)
        painter.setFont(look.font(design.SIZE_SMALL))
        painter.setPen(look.colour("muted"))
        facts = painter.fontMetrics().elidedText(
            row.facts, Qt.TextElideMode.ElideRight, max(0, int(right - left))
        )
        painter.drawText(QPointF(left + (1 if marks else 0), at.y() + small.ascent), facts)

    def _paint_mean(self, painter: QPainter, frame: QRectF, row: CheckpointRow) -> None:
        assert row.mean is not None
        look = theme.current()
        colour = mean_colour(float(row.mean), self.steps)
        width, height = look.px(36), look.px(22)
        pill = QRectF(frame.right() - look.px(_PAD) - width, frame.center().y() - height / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(pill, design.RADIUS_SMALL, design.RADIUS_SMALL)
        painter.setPen(QColor(design.readable_on(colour)))
        painter.setFont(look.font(design.SIZE_SMALL, "medium"))
        is_whole = row.mean.denominator == 1
        painter.drawText(
            pill, Qt.AlignmentFlag.AlignCenter, number_text(rounded(row.mean, 1), 0 if is_whole else 1)
        )


def mean_colour(points: float, steps: tuple[int, ...]) -> str:
    """The colour of the highest step a mean reaches."""
    reached = [step for step in steps if step <= points] or [steps[0]]
    return design.points_colour(reached[-1], steps)
