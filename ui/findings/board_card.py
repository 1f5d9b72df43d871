"""Paints an action as a card of the board."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QPixmap, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qma_app import design
from qma_app.domain.action import Stage
from qma_app.i18n import _
from ui import theme
from ui.models.findings_board import CARD_ROLE, ActionCard
from ui.widgets.chips import chip_size, paint_chip
from ui.widgets.icons import paint_icon

Index = QModelIndex | QPersistentModelIndex
GAP = 6
_PADDING, _LINES = 10, 2
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def card_height() -> int:
    """All cards are of one height, so that a thousand of them are laid out at once."""
    body, small = QFontMetrics(_body()), QFontMetrics(_small())
    chip = chip_size("A").height()
    return (
        max(chip, small.height())
        + _LINES * body.lineSpacing()
        + 2 * small.height()
        + theme.px(2 * _PADDING + 3 * 4 + GAP)
    )


def card_picture(card: ActionCard, width: int, ratio: float) -> QPixmap:
    """The card as a picture, to be carried by the pointer."""
    height = card_height() - theme.px(GAP)
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_card(painter, QRect(0, 0, width, height), card, is_chosen=True, has_focus=False)
    painter.end()
    return picture


class CardDelegate(QStyledItemDelegate):
    """Needs its list to know whether it has the focus."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(120), card_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        paint_card(
            painter,
            area.adjusted(0, 0, 0, -theme.px(GAP)),
            index.data(CARD_ROLE),
            is_chosen=is_chosen,
            has_focus=is_chosen and self._view.hasFocus(),
        )


def paint_card(painter: QPainter, area: QRect, card: ActionCard, *, is_chosen: bool, has_focus: bool) -> None:
    """Number and marks, what is done, who and until when, and which findings it serves."""
    look, action = theme.current(), card.action
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = "focus" if has_focus else "accent" if is_chosen else "line"
    painter.setPen(QPen(look.colour(edge), 2 if has_focus else 1))
    painter.setBrush(look.colour("accent-tint" if is_chosen else "surface"))
    inset = 1.0 if has_focus else 0.5
    painter.drawRoundedRect(
        QRectF(area).adjusted(inset, inset, -inset, -inset), design.RADIUS_CARD, design.RADIUS_CARD
    )
    if action.is_dropped:
        painter.setOpacity(0.6)
    inner = area.adjusted(look.px(_PADDING), look.px(_PADDING), -look.px(_PADDING), -look.px(_PADDING))
    top = inner.top()
    line = max(chip_size("A").height(), QFontMetrics(_small()).height())
    _paint_head(painter, QRect(inner.left(), top, inner.width(), line), card)
    top += line + look.px(4)
    painter.setPen(look.colour("text"))
    painter.setFont(_body())
    step = QFontMetrics(_body()).lineSpacing()
    for place, words in enumerate(_wrapped(" ".join(action.what.split()), inner.width())):
        painter.drawText(QRect(inner.left(), top + place * step, inner.width(), step), _MIDDLE, words)
    top += _LINES * step + look.px(4)
    small = QFontMetrics(_small()).height()
    _paint_pair(painter, QRect(inner.left(), top, inner.width(), small), action.owner or _("nobody"), card)
    top += small + look.px(4)
    _paint_findings(painter, QRect(inner.left(), top, inner.width(), small), card)
    painter.restore()


def _paint_head(painter: QPainter, area: QRect, card: ActionCard) -> None:
    """`A-041`, then from the right: proposed or to verify, the count of failed checks."""
    look, action = theme.current(), card.action
    right = area.right() + 1
    for text, tone in _chips(card):
        size = chip_size(text)
        right -= size.width()
        paint_chip(
            painter,
            QRectF(right, area.center().y() - size.height() / 2 + 0.5, size.width(), size.height()),
            text,
            tone,
        )
        right -= look.px(4)
    painter.setFont(look.font(design.SIZE_SMALL, "strong"))
    painter.setPen(look.colour("muted"))
    painter.drawText(area, _MIDDLE, action.label)
    left = area.left() + painter.fontMetrics().horizontalAdvance(action.label) + look.px(8)
    if action.reopened and left + look.px(30) < right:
        side = look.px(12)
        paint_icon(painter, "rotate-ccw", "warn", QRect(left, area.center().y() - side // 2 + 1, side, side))
        painter.setPen(look.colour("warn"))
        painter.drawText(
            area.adjusted(left + side + look.px(3) - area.left(), 0, 0, 0), _MIDDLE, str(action.reopened)
        )


def _chips(card: ActionCard) -> list[tuple[str, str]]:
    """What stands out, rightmost first."""
    action = card.action
    chips = []
    if action.is_proposal:
        chips.append((_("proposed"), "accent"))
    if card.is_to_verify:
        chips.append((_("to verify"), "warn"))
    if card.is_heavy and not action.is_dropped:
        chips.append((_("major"), "bad"))
    return chips


def _paint_pair(painter: QPainter, area: QRect, owner: str, card: ActionCard) -> None:
    """Who at the left, until when at the right, in red where it is late."""
    look = theme.current()
    day = "" if card.is_to_verify and card.action.stage is Stage.CHECK else card.day_text
    painter.setFont(look.font(design.SIZE_SMALL, "strong") if card.is_late else _small())
    painter.setPen(look.colour("bad" if card.is_late else "muted"))
    width = painter.fontMetrics().horizontalAdvance(day)
    painter.drawText(QRect(area.right() - width, area.top(), width + 1, area.height()), _MIDDLE, day)
    painter.setFont(_small())
    painter.setPen(look.colour("text"))
    room = area.width() - width - look.px(8)
    shown = painter.fontMetrics().elidedText(owner, Qt.TextElideMode.ElideRight, room)
    painter.drawText(area, _MIDDLE, shown)


def _paint_findings(painter: QPainter, area: QRect, card: ActionCard) -> None:
    """The findings it serves, and the figure its place goes by."""
    look = theme.current()
    painter.setFont(_small())
    painter.setPen(look.colour("muted"))
    width = 0
    if card.priority_text:
        figure = _("priority {figure}").format(figure=card.priority_text)
        width = painter.fontMetrics().horizontalAdvance(figure)
        painter.drawText(QRect(area.right() - width, area.top(), width + 1, area.height()), _MIDDLE, figure)
    room = area.width() - width - look.px(8)
    shown = painter.fontMetrics().elidedText(card.findings_text, Qt.TextElideMode.ElideRight, room)
    painter.drawText(area, _MIDDLE, shown)


def _wrapped(text: str, width: int) -> list[str]:
    """The text on up to two lines, the second one elided."""
    font = _body()
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(text) <= width:
        return [text]
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(max(1, width))
    length = line.textLength()
    layout.endLayout()
    rest = metrics.elidedText(text[length:].strip(), Qt.TextElideMode.ElideRight, width)
    return [text[:length].rstrip(), rest]


def _body() -> QFont:
    return theme.current().font(design.SIZE_BODY, "medium")


def _small() -> QFont:
    return theme.current().font(design.SIZE_SMALL)
