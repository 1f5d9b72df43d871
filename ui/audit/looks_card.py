"""How far the work on site has come and how it was seen: on site, remotely, on paper, live, done again."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from qma_app.domain.audit import SeenHow
from qma_app.i18n import _, ngettext, number_text
from ui import theme
from ui.audit.areas_seen import LooksCounted
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel


class SharesBar(QWidget):
    """Parts of a whole side by side; the words beside it say the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[tuple[int, str], ...] = ()
        self._whole = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: tuple[tuple[int, str], ...], whole: int, words: str) -> None:
        """`parts` are counts with their colour tokens, out of `whole`."""
        self._parts, self._whole = parts, whole
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        half = self.height() / 2
        painter.setBrush(look.colour("line"))
        painter.drawRoundedRect(QRectF(self.rect()), half, half)
        left = 0.0
        for count, token in self._parts:
            if not count or not self._whole:
                continue
            width = self.width() * count / self._whole
            painter.setBrush(look.colour(token))
            painter.drawRoundedRect(QRectF(left, 0, max(2.0, width - 1), self.height()), half, half)
            left += width


class LooksCard(Card):
    """`312 of 498` large, and below how what was looked at was seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Looked at"), parent=parent)
        self.figure = PlainLabel("", role="figure")
        self.rest = PlainLabel("", tone="muted")
        self.bar = SharesBar()
        self.seen = PlainLabel("", wrap=True)
        self.ways = PlainLabel("", tone="muted", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.figure)
        line.addWidget(self.rest, 1)
        self.body.addLayout(line)
        self.body.addSpacing(6)
        self.body.addWidget(self.bar)
        self.body.addSpacing(8)
        self.body.addWidget(self.seen)
        self.body.addWidget(self.ways)

    def show_looks(self, done: int, count: int, looks: LooksCounted) -> None:
        """Show how far it has come."""
        figures = _("{done} of {count}").format(done=number_text(done), count=number_text(count))
        self.figure.setText(figures)
        self.rest.setText(ngettext("checkpoint", "checkpoints", count))
        self.bar.show_parts(((done, "accent"),), count, figures)
        self.seen.setText(seen_words(looks))
        self.ways.setText(ways_words(looks))


def seen_words(looks: LooksCounted) -> str:
    """`on site 120 · remotely 10 · on paper 5 · 177 without a word on it`."""
    parts = [
        _("on site {count}").format(count=looks.by[SeenHow.ON_SITE]),
        _("remotely {count}").format(count=looks.by[SeenHow.REMOTE]),
        _("on paper {count}").format(count=looks.by[SeenHow.ON_PAPER]),
    ]
    if looks.unsaid:
        parts.append(_("not said {count}").format(count=looks.unsaid))
    return " · ".join(parts)


def ways_words(looks: LooksCounted) -> str:
    """`watched live 14 · checks done again 6`."""
    return " · ".join(
        (
            _("watched live {count}").format(count=looks.live),
            _("checks done again {count}").format(count=looks.repeated),
        )
    )
