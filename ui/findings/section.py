"""A part of the panel that folds: its state is remembered, and while it is empty it is one quiet line with the first step."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from qma_app import design
from qma_app.i18n import _
from ui import theme
from ui.settings import Settings
from ui.widgets.buttons import Button
from ui.widgets.icons import paint_icon

INSET = 8
"""What is not written in place stands in by so much, so that all words of the panel begin on one line."""


class SectionHead(QAbstractButton):
    """The title with a chevron; what a folded part holds stands at its right end."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(title)
        self.setCheckable(True)
        self.setChecked(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.summary = ""
        self.is_empty = False
        self.toggled.connect(self._tell)
        self._tell()

    def say(self, summary: str, *, is_empty: bool = False) -> None:
        """Another summary; an empty part has nothing to fold."""
        self.summary, self.is_empty = summary, is_empty
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if is_empty else Qt.FocusPolicy.StrongFocus)
        self._tell()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        width = QFontMetrics(self._font()).horizontalAdvance(self.text()) + look.px(26)
        return QSize(width, look.px(30))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(60), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.setChecked(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        side = look.px(14)
        words = self.rect().adjusted(look.px(INSET), 0, -look.px(INSET), 0)
        token = "text" if self.underMouse() and not self.is_empty else "muted"
        right = words.right()
        if not self.is_empty:
            name = "chevron-down" if self.isChecked() else "chevron-right"
            paint_icon(painter, name, "muted", QRect(right - side, (self.height() - side) // 2, side, side))
            right -= side + look.px(6)
        painter.setFont(self._font())
        painter.setPen(look.colour(token))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        taken = painter.fontMetrics().horizontalAdvance(self.text()) + look.px(10)
        painter.setFont(look.font(design.SIZE_SMALL))
        painter.setPen(look.colour("muted"))
        rest = QRect(words.left() + taken, 0, max(0, right - words.left() - taken), self.height())
        text = painter.fontMetrics().elidedText(self.summary, Qt.TextElideMode.ElideRight, rest.width())
        side_of = Qt.AlignmentFlag.AlignLeft if self.is_empty else Qt.AlignmentFlag.AlignRight
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | side_of, text)

    def _font(self) -> QFont:
        return theme.current().font(design.SIZE_SMALL - 0.5, "strong")

    def _tell(self) -> None:
        state = "" if self.is_empty else _("unfolded") if self.isChecked() else _("folded")
        self.setAccessibleName(", ".join(filter(None, (self.text(), self.summary, state))))


class Section(QWidget):
    """`begun` when the first step of an empty part is wanted, `turned` when it is folded or unfolded.

    Fill `body`; say with `show_filled` whether there is something in it.
    """

    begun = Signal()
    turned = Signal(bool)

    def __init__(
        self,
        key: str,
        title: str,
        settings: Settings,
        parent: QWidget | None = None,
        *,
        nothing: str = "",
        step: str = "",
        is_open: bool = True,
    ) -> None:
        super().__init__(parent)
        self._key, self._settings, self._nothing = f"finding_{key}", settings, nothing
        self._is_open = is_open
        self._is_filled, self._is_begun, self._summary = True, False, ""
        self._is_for_now = False
        self.head = SectionHead(title)
        self.head.setChecked(settings.flag(self._key, default=is_open))
        self.head.toggled.connect(self._toggled)
        self.step = Button(step, kind="link")
        self.step.clicked.connect(self.begin)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.head, 1)
        line.addWidget(self.step)
        self.inside = QWidget()
        self.body = QVBoxLayout(self.inside)
        self.body.setContentsMargins(0, 0, 0, theme.px(6))
        self.body.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self.inside)
        self.show_filled(is_filled=True)

    @property
    def is_unfolded(self) -> bool:
        """Whether what it holds is to be seen."""
        return (self._is_filled or self._is_begun) and self.head.isChecked()

    def show_filled(self, *, is_filled: bool, summary: str = "") -> None:
        """Whether there is anything; `summary` says it in a few words while the part is folded."""
        self._is_filled, self._summary = is_filled, summary
        self._show()

    def begin(self) -> None:
        """The first step: the empty part opens, to be filled."""
        self._is_begun = True
        self.head.setChecked(True)
        self._show()
        self.begun.emit()

    def rest(self) -> None:
        """Another finding is shown: an empty part is one line again."""
        self._is_begun = False
        self._show()

    def unfold(self) -> None:
        """Open it, whatever was chosen before."""
        self.head.setChecked(True)

    def unfold_for_now(self) -> None:
        """Open it without remembering that."""
        self._is_for_now = True
        self.head.setChecked(True)
        self._is_for_now = False

    def fold_as_chosen(self) -> None:
        """Open or closed as it was left last."""
        self._is_for_now = True
        self.head.setChecked(self._settings.flag(self._key, default=self._is_open))
        self._is_for_now = False

    def add(self, widget: QWidget, *, is_wide: bool = True) -> None:
        """One more row that does not touch the edges; what is not wide stands at its beginning."""
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(INSET), 0, theme.px(INSET), 0)
        row.addWidget(widget)
        if not is_wide:
            row.addStretch(1)
        self.body.addLayout(row)

    def add_at_edge(self, button: Button) -> None:
        """A button of words alone, whose words begin where the others do."""
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _toggled(self, is_open: bool) -> None:
        if not self._is_for_now:
            self._settings.put(self._key, is_open)
        self._show()
        self.turned.emit(is_open)

    def _show(self) -> None:
        is_there = self._is_filled or self._is_begun
        is_open = self.head.isChecked()
        self.inside.setVisible(is_there and is_open)
        self.step.setVisible(not is_there and bool(self.step.text()))
        if is_there:
            self.head.say("" if is_open else self._summary)
        else:
            self.head.say(self._nothing, is_empty=True)
