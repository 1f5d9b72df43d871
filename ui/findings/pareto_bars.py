"""Bars from large to small that add up to a line: which few causes make up most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from qma_app import design
from qma_app.domain.pareto import MARK, Bar, Pareto
from qma_app.i18n import _, level_text
from ui import theme
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel, plain_tip

_ROW, _FIGURE, _SUM = 30, 104, 52
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class ParetoBar(QAbstractButton):
    """One cause with its figures; the line of the sums runs on through the bars above and below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = ""
        self._title, self._figure = "", ""
        self._bar: Bar | None = None
        self._before: Fraction | None = None
        self._after: Fraction | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_bar(
        self, bar: Bar, title: str, figure: str, *, before: Fraction | None, after: Fraction | None
    ) -> None:
        """Show another cause; `before` and `after` are the sums at the bars above and below."""
        self.key, self._title, self._figure, self._bar = bar.label, title, figure, bar
        self._before, self._after = before, after
        words = _("{cause}: {figure}, with those before it {sum}")
        share = f"{figure} ({_share(bar.share)})"
        self.setAccessibleName(words.format(cause=title, figure=share, sum=_share(bar.cumulative)))
        self.setToolTip(plain_tip(_("Show only {area}").format(area=title)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(320), theme.px(_ROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._bar is None:
            return
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field = field_of(self.width())
        painter.setFont(look.font(design.SIZE_BODY))
        painter.setPen(look.colour("accent" if self.underMouse() else "text"))
        words = QRect(look.px(4), 0, int(field.left()) - look.px(14), self.height())
        title = painter.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, _MIDDLE, title)
        self._paint_bar(painter, field)
        self._paint_figures(painter, field)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(
                self.rect().adjusted(1, 1, -1, -1), design.RADIUS_SMALL, design.RADIUS_SMALL
            )

    def _paint_bar(self, painter: QPainter, field: QRectF) -> None:
        assert self._bar is not None
        look, height = theme.current(), float(self.height())
        thick = look.px(14)
        bar = QRectF(field.left(), (height - thick) / 2, field.width() * float(self._bar.share), thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent" if self._bar.is_vital else "control_edge"))
        painter.drawRoundedRect(bar, 3, 3)
        mark = field.left() + field.width() * float(MARK)
        painter.setPen(QPen(look.colour("muted"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(mark, 0), QPointF(mark, height))
        here = QPointF(field.left() + field.width() * float(self._bar.cumulative), height / 2)
        painter.setPen(QPen(look.colour("text"), 1.5))
        for other, edge in ((self._before, 0.0), (self._after, height)):
            if other is not None:
                there = field.left() + field.width() * float(other)
                painter.drawLine(here, QPointF((here.x() + there) / 2, edge))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("text"))
        painter.drawEllipse(here, 3, 3)

    def _paint_figures(self, painter: QPainter, field: QRectF) -> None:
        assert self._bar is not None
        look = theme.current()
        painter.setFont(look.font(design.SIZE_SMALL, "strong"))
        painter.setPen(look.colour("text"))
        left = int(field.right()) + look.px(8)
        figure = QRect(left, 0, look.px(_FIGURE - 12), self.height())
        words = f"{self._figure} · {_share(self._bar.share)}"
        painter.drawText(figure, _MIDDLE | Qt.AlignmentFlag.AlignRight, words)
        painter.setFont(look.font(design.SIZE_SMALL))
        painter.setPen(look.colour("muted"))
        so_far = QRect(figure.right(), 0, look.px(_SUM), self.height())
        painter.drawText(so_far, _MIDDLE | Qt.AlignmentFlag.AlignRight, _share(self._bar.cumulative))


class _Scale(QWidget):
    """Stands over the bars: where 80 percent are, and what the figures at the right mean."""

    def __init__(self, figure: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure = figure
        self.setFixedHeight(theme.px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, field = theme.current(), field_of(self.width())
        painter = QPainter(self)
        painter.setFont(look.font(design.SIZE_SMALL - 0.5))
        painter.setPen(look.colour("muted"))
        mark = field.left() + field.width() * float(MARK)
        at = QRectF(mark - look.px(30), 0, look.px(60), self.height())
        painter.drawText(at, _MIDDLE | Qt.AlignmentFlag.AlignHCenter, _share(MARK))
        left = int(field.right()) + look.px(8)
        figure = QRect(left, 0, look.px(_FIGURE - 12), self.height())
        painter.drawText(figure, _MIDDLE | Qt.AlignmentFlag.AlignRight, self._figure)
        so_far = QRect(figure.right(), 0, look.px(_SUM), self.height())
        painter.drawText(so_far, _MIDDLE | Qt.AlignmentFlag.AlignRight, _("sum"))


class ParetoCard(Card):
    """One chart with its warning; `wanted` names the category of the bar that was pressed."""

    wanted = Signal(str)

    def __init__(self, title: str, figure: str, nothing: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self.bars: list[ParetoBar] = []
        self._scale = _Scale(figure)
        self.body.addWidget(self._scale)
        self.nothing = PlainLabel(nothing, tone="muted", wrap=True)
        self.warning = PlainLabel(
            _("More than 15 % stand under “other”: look for the causes hidden in it."), tone="warn", wrap=True
        )
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.warning)
        self.body.addStretch(1)

    def show_pareto(
        self, found: Pareto, title_of: Callable[[str], str], figure_of: Callable[[Fraction], str]
    ) -> None:
        """Show these bars."""
        self._scale.setVisible(bool(found.bars))
        self.nothing.setVisible(not found.bars)
        self.warning.setVisible(found.is_other_large)
        self._make(found.bars)
        sums: list[Fraction | None] = [None, *(bar.cumulative for bar in found.bars), None]
        for place, (widget, bar) in enumerate(zip(self.bars, found.bars, strict=True)):
            widget.show_bar(
                bar, title_of(bar.label), figure_of(bar.value), before=sums[place], after=sums[place + 2]
            )

    def _make(self, wanted: Sequence[Bar]) -> None:
        while len(self.bars) > len(wanted):
            gone = self.bars.pop()
            self.body.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.bars) < len(wanted):
            bar = ParetoBar(self)
            bar.clicked.connect(self._clicked)
            self.body.insertWidget(1 + len(self.bars), bar)
            bar.show()  # at once, so that it can take the keyboard
            self.bars.append(bar)

    def _clicked(self) -> None:
        bar = self.sender()
        if isinstance(bar, ParetoBar):
            self.wanted.emit(bar.key)


def field_of(width: int) -> QRectF:
    """Where the bars lie, from nothing to all, between the names and the figures."""
    look = theme.current()
    left = min(look.px(170), width * 3 // 10)
    right = width - look.px(_FIGURE + _SUM)
    return QRectF(left, 0, max(look.px(40), right - left), 1)


def _share(share: Fraction) -> str:
    return level_text(share * 100)
