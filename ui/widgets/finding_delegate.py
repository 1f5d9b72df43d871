"""Paints a row of the findings table: grade as a chip, the finding on up to two lines, what is late in red."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from qma_app import design
from qma_app.domain.finding import FindingGrade
from ui import theme
from ui.models.findings_model import ROW_ROLE, statement_text
from ui.models.findings_rows import Column, FindingRow
from ui.widgets.chips import chip_size, paint_chip
from ui.widgets.icons import paint_icon

Index = QModelIndex | QPersistentModelIndex
PADDING, LINE_PADDING = 8, 7
GRADE_TONES = {
    FindingGrade.MAJOR: "bad",
    FindingGrade.MINOR: "warn",
    FindingGrade.IMPROVEMENT: "neutral",
    FindingGrade.GOOD_PRACTICE: "ok",
}
WRAPPED = (Column.STATEMENT, Column.PROCESS)
_QUIET = (Column.NUMBER, Column.PROCESS, Column.STAGE)
# Behind a statement: how often it came back, how often it was seen again.
_MARK_ICONS = ("rotate-ccw", "eye")
_MARK_ICON, _MARK_GAP = 12, 3


def text_font(column: Column, *, is_late: bool = False) -> QFont:
    """The font of a column's words."""
    if column is Column.STATEMENT:
        return theme.current().font(design.SIZE_BODY, "medium")
    return theme.current().font(design.SIZE_BODY - 0.5, "strong" if is_late else "regular")


def lines_of(column: Column, text: str, width: int) -> Sequence[str]:
    """The text on one or two lines; what does not fit ends in an ellipsis, but never the number of a process."""
    return _lines_of(column, text, width, theme.current().scale)


@lru_cache(maxsize=512)
def _lines_of(column: Column, text: str, width: int, _scale: float) -> Sequence[str]:
    font = text_font(column)
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(text) <= width:
        return [text]
    if column is Column.PROCESS:
        area, _dot, number = text.rpartition(" · ")
        return [metrics.elidedText(area, Qt.TextElideMode.ElideRight, width), number]
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(max(1, width))
    length = line.textLength()
    layout.endLayout()
    return [
        text[:length].rstrip(),
        metrics.elidedText(text[length:].strip(), Qt.TextElideMode.ElideRight, width),
    ]


def lines_wanted(column: Column, row: FindingRow, width: int) -> int:
    """On how many lines the words of a column stand at this width."""
    if column is Column.STATEMENT:
        return len(lines_of(column, statement_text(row), width - marks_width(row)))
    return len(lines_of(column, row.process_text, width))


def marks_width(row: FindingRow) -> int:
    """The room the small counts behind a statement need."""
    metrics = QFontMetrics(_mark_font())
    return sum(
        metrics.horizontalAdvance(str(count)) + theme.px(_MARK_ICON + 4 * _MARK_GAP)
        for _icon, count in _marks(row)
    )


def _marks(row: FindingRow) -> list[tuple[str, int]]:
    counts = (row.line.reopened, row.line.sightings)
    return [(icon, count) for icon, count in zip(_MARK_ICONS, counts, strict=True) if count]


def _mark_font() -> QFont:
    return theme.current().font(design.SIZE_SMALL - 1, "strong")


class FindingDelegate(QStyledItemDelegate):
    """Needs the table to know whether it has the focus."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        area: QRect = option.rect
        row: FindingRow = index.data(ROW_ROLE)
        column = Column(index.column())
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_selected:
            painter.fillRect(area, look.colour("accent-tint"))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), look.colour("line"))
        words = area.adjusted(look.px(PADDING), 0, -look.px(PADDING // 2), -1)
        text = index.data(Qt.ItemDataRole.DisplayRole)
        if column is Column.GRADE:
            self._paint_grade(painter, words, text, row)
        else:
            if column is Column.STATEMENT:
                words.setRight(self._paint_marks(painter, words, row))
            self._paint_text(painter, words, text, row, column)
        if is_selected and self._table.hasFocus():
            self._paint_focus(painter, area, index)
        painter.restore()

    def _paint_grade(self, painter: QPainter, words: QRect, text: str, row: FindingRow) -> None:
        size = chip_size(text)
        width = min(size.width(), words.width())
        top = words.center().y() - size.height() / 2 + 0.5
        if not row.is_open:
            painter.setOpacity(0.8)
        paint_chip(painter, QRectF(words.left(), top, width, size.height()), text, GRADE_TONES[row.grade])
        painter.setOpacity(1)

    def _paint_marks(self, painter: QPainter, words: QRect, row: FindingRow) -> int:
        """The small counts at the right end; gives where they begin."""
        look, right = theme.current(), words.right()
        painter.setFont(_mark_font())
        side = look.px(_MARK_ICON)
        for name, count in reversed(_marks(row)):
            tone = "warn" if name == _MARK_ICONS[0] else "muted"
            width = painter.fontMetrics().horizontalAdvance(str(count))
            painter.setPen(look.colour(tone))
            painter.drawText(
                QRect(right - width, words.top(), width + 1, words.height()),
                Qt.AlignmentFlag.AlignVCenter,
                str(count),
            )
            left = right - width - look.px(_MARK_GAP) - side
            paint_icon(painter, name, tone, QRect(left, words.center().y() - side // 2 + 1, side, side))
            right = left - look.px(2 * _MARK_GAP)
        return right

    def _paint_text(
        self, painter: QPainter, words: QRect, text: str, row: FindingRow, column: Column
    ) -> None:
        is_late = (column is Column.DUE and row.is_overdue) or (column is Column.STAGE and row.has_late_work)
        if column is Column.STAGE and is_late:
            text = f"{text} !"
        font = text_font(column, is_late=is_late)
        painter.setFont(font)
        is_quiet = column in _QUIET or not row.is_open
        painter.setPen(theme.current().colour("bad" if is_late else "muted" if is_quiet else "text"))
        metrics = QFontMetrics(font)
        lines: Sequence[str]
        if column in WRAPPED:
            lines = lines_of(column, text, words.width())
        else:
            lines = [metrics.elidedText(text, Qt.TextElideMode.ElideRight, words.width())]
        height = metrics.lineSpacing()
        top = words.center().y() - height * len(lines) // 2 + 1
        for place, line in enumerate(lines):
            painter.drawText(
                QRect(words.left(), top + place * height, words.width(), height),
                Qt.AlignmentFlag.AlignVCenter,
                line,
            )

    def _paint_focus(self, painter: QPainter, area: QRect, index: Index) -> None:
        """The ring runs round the whole row, piece by piece."""
        colour = theme.current().colour("focus")
        painter.fillRect(QRect(area.left(), area.top(), area.width(), 2), colour)
        painter.fillRect(QRect(area.left(), area.bottom() - 1, area.width(), 2), colour)
        header = self._table.horizontalHeader()
        visual = header.visualIndex(index.column())
        shown = [
            place for place in range(header.count()) if not header.isSectionHidden(header.logicalIndex(place))
        ]
        if visual == shown[0]:
            painter.fillRect(QRect(area.left(), area.top(), 2, area.height()), colour)
        if visual == shown[-1]:
            painter.fillRect(QRect(area.right() - 1, area.top(), 2, area.height()), colour)
