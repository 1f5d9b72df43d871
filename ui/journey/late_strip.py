"""What is late and why, in one line of words below the timeline; each leads to where it is put right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from qma_app.i18n import _, ngettext
from ui import theme
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel, plain_tip

if TYPE_CHECKING:
    from qma_app.domain.spot import Spot
    from qma_app.services.journey import LateLine

_MOST: Final = 6
_LONGEST: Final = 60
_LEAST: Final = 90
_HIGH: Final = 30


class LateStrip(QWidget):
    """As many as there is room for stand beside each other, the others in a menu; `wanted` carries the Spot of what was chosen."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[LateLine, ...] = ()
        self.buttons: list[Button] = []
        self._caption = PlainLabel("", self, role="small")
        self._more = Button("", self, kind="link")
        self._more.setProperty("small", True)
        self._more.clicked.connect(self._offer)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(320), theme.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(_HIGH))

    @property
    def shown(self) -> int:
        """How many stand beside each other."""
        return sum(button.isVisibleTo(self) for button in self.buttons)

    def show_lines(self, lines: Sequence[LateLine]) -> None:
        """Show these."""
        self.lines = tuple(lines)
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(line) for line in self.lines[:_MOST]]
        self._caption.setText(_("Late:") if lines else _("Nothing is late."))
        self._caption.set_tone("bad" if lines else "muted")
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _button(self, line: LateLine) -> Button:
        words = late_words(line)
        button = Button(words, self, kind="link")
        button.setProperty("small", True)
        button.setAccessibleName(_("Late: {what}").format(what=words))
        button.setToolTip(plain_tip(words))
        button.clicked.connect(partial(self._take, line.spot))
        return button

    def _lay_out(self) -> None:
        high = self.height()
        left = self._put(self._caption, 0, high)
        self._cut(self.width() - left)
        widths = [button.sizeHint().width() for button in self.buttons]
        self._more.say(_more_words(len(self.lines)))
        reserve = self._more.sizeHint().width()
        shown = 0
        while shown < len(widths):
            is_last = shown + 1 == len(self.lines)
            if left + sum(widths[: shown + 1]) + (0 if is_last else reserve) > self.width():
                break
            shown += 1
        for place, button in enumerate(self.buttons):
            button.setVisible(place < shown)
            if place < shown:
                left = self._put(button, left, high)
        rest = len(self.lines) - shown
        self._more.setVisible(rest > 0)
        if rest > 0:
            self._more.say(_more_words(rest))
            self._put(self._more, left, high)

    def _cut(self, room: int) -> None:
        """One alone has all the room; several leave each other some."""
        is_alone = len(self.lines) == 1
        for button, line in zip(self.buttons, self.lines, strict=False):
            button.ensurePolished()
            words, metrics = late_words(line), button.fontMetrics()
            edge = button.sizeHint().width() - metrics.horizontalAdvance(button.text())
            button.setText(
                metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(room - edge, theme.px(_LEAST)))
                if is_alone
                else _shortened(words)
            )

    def _put(self, widget: QWidget, left: int, high: int) -> int:
        size = widget.sizeHint()
        tall = min(size.height(), high)
        widget.setGeometry(left, (high - tall) // 2, size.width(), tall)
        return left + size.width()

    def _offer(self) -> None:
        menu = QMenu(self)
        for line in self.lines[self.shown :]:
            action = menu.addAction(late_words(line).replace("&", "&&"))
            action.triggered.connect(partial(self._take, line.spot))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _take(self, spot: Spot, *_checked: object) -> None:
        self.wanted.emit(spot)


def late_words(line: LateLine) -> str:
    """`Staff: 2 actions overdue`."""
    return f"{line.title}: {line.why}" if line.why else line.title


def _more_words(count: int) -> str:
    return ngettext("{count} more", "{count} more", count).format(count=count)


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
