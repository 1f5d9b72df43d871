"""Paints a line of the upgrade desk: what changed with its words marked, the last points, and the decision."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qma_app import design
from qma_app.domain.upgrade_proposals import Decision
from ui import theme
from ui.models.upgrade_model import ROW_ROLE, Index
from ui.models.upgrade_rows import ChangeRow, GroupRow, Passage, plain
from ui.widgets.chips import chip_size, paint_chip

PADDING, GAP = 12, 4
POINTS_WIDTH, DECISION_WIDTH = 40, 112


class UpgradeDelegate(QStyledItemDelegate):
    """Lines as high as their words need at the list's width."""

    def __init__(self, view: QListView, steps: tuple[int, ...] = ()) -> None:
        super().__init__(view)
        self._view = view
        self.steps = steps

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look = theme.current()
        row = index.data(ROW_ROLE)
        width = self._view.viewport().width()
        if isinstance(row, GroupRow):
            return QSize(width, look.px(34))
        height = look.px(PADDING) + chip_size("X").height()
        for layout in self._layouts(row, self._words_width(width)):
            height += look.px(GAP) + round(layout.boundingRect().height())
        return QSize(width, height + look.px(PADDING))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        area: QRect = option.rect
        painter.save()
        if isinstance(row, GroupRow):
            self._paint_head(painter, area, row)
        else:
            self._paint_row(
                painter,
                area,
                row,
                is_selected=bool(option.state & QStyle.StateFlag.State_Selected),
                is_current=self._view.currentIndex().row() == index.row(),
            )
        painter.restore()

    def _paint_head(self, painter: QPainter, area: QRect, row: GroupRow) -> None:
        look = theme.current()
        painter.fillRect(area, look.colour("raised"))
        painter.setFont(look.font(design.SIZE_SMALL, "strong"))
        painter.setPen(look.colour("muted"))
        painter.drawText(area.adjusted(look.px(PADDING), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, row.title)

    def _paint_row(
        self,
        painter: QPainter,
        area: QRect,
        row: ChangeRow,
        *,
        is_selected: bool,
        is_current: bool,
    ) -> None:
        look = theme.current()
        if is_selected:
            painter.fillRect(area, look.colour("accent-tint"))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), look.colour("line"))
        left, top = area.left() + look.px(PADDING), area.top() + look.px(PADDING)
        words = self._words_width(area.width())
        self._paint_top(painter, QRect(left, top, words, chip_size("X").height()), row)
        y = top + chip_size("X").height()
        for layout in self._layouts(row, words):
            y += look.px(GAP)
            layout.draw(painter, QPointF(left, y))
            y += round(layout.boundingRect().height())
        right = left + words + look.px(PADDING)
        self._paint_points(painter, QRectF(right, top, look.px(POINTS_WIDTH), look.px(26)), row)
        right += look.px(POINTS_WIDTH + PADDING)
        self._paint_decision(painter, QRectF(right, top, look.px(DECISION_WIDTH), look.px(26)), row)
        if is_current and self._view.hasFocus():
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(area).adjusted(1, 1, -1, -1))

    def _paint_top(self, painter: QPainter, area: QRect, row: ChangeRow) -> None:
        """Number, chips, and what differs."""
        look = theme.current()
        painter.setFont(look.font(design.SIZE_BODY, "strong"))
        painter.setPen(look.colour("text"))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, row.numbers)
        x = area.left() + painter.fontMetrics().horizontalAdvance(row.numbers) + look.px(8)
        for text, tone in row.chips:
            size = chip_size(text)
            chip = QRectF(x, area.center().y() - size.height() / 2 + 0.5, size.width(), size.height())
            paint_chip(painter, chip, text, tone, is_outlined=tone == "bad" and text != row.chips[0][0])
            x += size.width() + look.px(6)
        painter.setFont(look.font(design.SIZE_SMALL))
        painter.setPen(look.colour("muted"))
        rest = QRect(x, area.top(), max(0, area.right() - x), area.height())
        said = painter.fontMetrics().elidedText(row.fields_text, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, said)

    def _paint_points(self, painter: QPainter, area: QRectF, row: ChangeRow) -> None:
        points = row.rating.points if row.rating is not None else None
        known = points if points in self.steps else None
        colour = (
            design.points_colour(known, self.steps) if known is not None else theme.current().hex("raised")
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(area, design.RADIUS_SMALL, design.RADIUS_SMALL)
        painter.setPen(QColor(design.readable_on(colour)))
        painter.setFont(theme.current().font(design.SIZE_BODY, "strong"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, row.points_text)

    def _paint_decision(self, painter: QPainter, area: QRectF, row: ChangeRow) -> None:
        """A pill for what can be decided, quiet words for what cannot."""
        look = theme.current()
        painter.setFont(look.font(design.SIZE_SMALL, "strong" if row.may_be_decided else "regular"))
        if not row.may_be_decided:
            painter.setPen(look.colour("muted"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, row.decision_text)
            return
        tone = "ok" if row.decision is Decision.CARRY else "warn"
        painter.setPen(look.colour(tone))
        painter.setBrush(look.colour(f"{tone}-tint"))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), area.height() / 2, area.height() / 2)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, row.decision_text)

    def _words_width(self, width: int) -> int:
        look = theme.current()
        return max(look.px(160), width - look.px(POINTS_WIDTH + DECISION_WIDTH + 4 * PADDING))

    def _layouts(self, row: ChangeRow, width: int) -> list[QTextLayout]:
        """Old wordings, the new one, the reason: each laid out at that width."""
        look = theme.current()
        said = look.font(design.SIZE_BODY)
        laid = [
            _laid_out(words, said, width, ink="muted", changed="bad", is_struck=True)
            for words in row.old_words
        ]
        if row.new_words:
            laid.append(_laid_out(row.new_words, said, width, ink="text", changed="ok"))
        if row.reason:
            small = look.font(design.SIZE_SMALL)
            laid.append(_laid_out((Passage(text=row.reason),), small, width, ink="muted", changed="muted"))
        return laid


def _laid_out(
    words: Sequence[Passage], font: QFont, width: int, *, ink: str, changed: str, is_struck: bool = False
) -> QTextLayout:
    layout = QTextLayout(plain(words), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    formats, start = [], 0
    for passage in words:
        blank = len(passage.text) - len(passage.text.lstrip())
        length = len(passage.text.encode("utf-16-le")) // 2  # as Qt counts
        part = QTextLayout.FormatRange()
        part.start, part.length = start + blank, length - blank
        part.format = _format(changed if passage.is_changed else ink, passage, is_struck=is_struck)
        formats.append(part)
        start += length
    layout.setFormats(formats)
    layout.beginLayout()
    height = 0.0
    spacing = QFontMetrics(font).lineSpacing()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += spacing
    layout.endLayout()
    return layout


def _format(token: str, passage: Passage, *, is_struck: bool) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setForeground(theme.current().colour(token))
    if passage.is_changed:
        form.setFontStrikeOut(is_struck)
        form.setFontUnderline(not is_struck)
    return form
