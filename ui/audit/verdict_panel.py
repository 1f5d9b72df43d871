"""What a paper that was checked turned out to be: a large mark, the verdict in words, and every point looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from qma_app.i18n import _
from ui import theme
from ui.audit.digest_row import DigestRow
from ui.widgets.cards import clear
from ui.widgets.icons import paint_icon
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from qma_app.services.paper_verifying import PaperLine, PaperVerdict

_LOOKS: Final = {
    "genuine": ("badge-check", "ok"),
    "changed": ("octagon-alert", "bad"),
    "unknown-signer": ("circle-question-mark", "warn"),
    "revoked": ("ban", "bad"),
    "contents-differ": ("triangle-alert", "bad"),
    "not-ours": ("file-text", "neutral"),
    "unreadable": ("circle-x", "warn"),
}


def look_of(verdict: PaperVerdict) -> tuple[str, str]:
    """The icon and the tone of a verdict; neither speaks alone, its words stand beside them."""
    return _LOOKS.get(str(verdict.state), ("circle-question-mark", "warn"))


class VerdictMark(QWidget):
    """A large icon on a round ground in the tone of the verdict."""

    _SIZE: Final = 64

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._tone = "circle-question-mark", "neutral"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_look(self, icon_name: str, tone: str) -> None:
        """Show another icon in another tone."""
        self._icon, self._tone = icon_name, tone
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(self._SIZE), theme.px(self._SIZE))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        is_neutral = self._tone == "neutral"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().colour("raised" if is_neutral else f"{self._tone}-tint"))
        painter.drawEllipse(self.rect())
        inner = self.width() // 2
        left = (self.width() - inner) // 2
        paint_icon(
            painter, self._icon, "muted" if is_neutral else self._tone, QRect(left, left, inner, inner)
        )


class VerdictPanel(QWidget):
    """The verdict of one paper, read from the top: what it is, what that means, what was looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark = VerdictMark()
        self.title = PlainLabel("", role="title", wrap=True)
        self.name = PlainLabel("", tone="muted", elide=True)
        self.words = PlainLabel("", role="lead", wrap=True)
        self.digest = DigestRow(_("SHA-256 of the file"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.name)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.words)
        column.addLayout(self._lines)
        column.addWidget(self.digest)
        column.addStretch(1)

    def show_verdict(self, name: str, verdict: PaperVerdict) -> None:
        """Show what a file turned out to be."""
        icon_name, tone = look_of(verdict)
        self.mark.show_look(icon_name, tone)
        self.title.set_tone("text" if tone == "neutral" else tone)
        self.title.setText(verdict.title)
        self.name.setText(name)
        self.words.setText(verdict.words)
        self.digest.show_digest(verdict.digest)
        self.digest.setVisible(bool(verdict.digest))
        clear(self._lines)
        for line in verdict.lines:
            self._lines.addWidget(_Line(line))


class _Line(QWidget):
    """One point that was looked at, with its mark."""

    def __init__(self, line: PaperLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark = PlainLabel("✓" if line.is_good else "!", role="strong", tone="ok" if line.is_good else "warn")
        mark.setAccessibleName(_("in order") if line.is_good else _("look at this"))
        mark.setFixedWidth(theme.px(16))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(PlainLabel(line.title, role="strong", wrap=True))
        if line.words:
            words.addWidget(PlainLabel(line.words, tone="muted", wrap=True, selectable=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
