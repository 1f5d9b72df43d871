"""How old open findings have become, by grade, and how long it takes until one is closed."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qma_app import design
from qma_app.domain.ageing import AgeBand, Ageing
from qma_app.domain.finding import FindingGrade
from qma_app.domain.wording import grade_count
from qma_app.i18n import _, ngettext
from ui import theme
from ui.widgets.cards import Card
from ui.widgets.finding_delegate import GRADE_TONES
from ui.widgets.labels import PlainLabel

_ROW = 30
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def band_title(band: AgeBand) -> str:
    """`31 to 60 days`"""
    if band.last is None:
        return _("over {days} days").format(days=band.first - 1)
    return _("{first} to {last} days").format(first=band.first, last=band.last)


def band_words(band: AgeBand) -> str:
    """`1 major, 3 minor`"""
    return ", ".join(grade_count(grade, count) for grade, count in band.by_grade.items())


class AgeRow(QWidget):
    """One band: its name, a bar in the colours of the grades, and the counts in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._band: AgeBand | None = None
        self._longest = 1
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_band(self, band: AgeBand, longest: int) -> None:
        """Show another band; the longest one fills the width."""
        self._band, self._longest = band, longest
        words = band_words(band) or _("none")
        self.setAccessibleName(f"{band_title(band)}: {words}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(320), theme.px(_ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._band is None:
            return
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = min(look.px(150), self.width() * 3 // 10)
        painter.setFont(look.font(design.SIZE_BODY))
        painter.setPen(look.colour("text"))
        painter.drawText(QRect(look.px(4), 0, left, self.height()), _MIDDLE, band_title(self._band))
        thick, room = look.px(14), min(self.width() - left - look.px(220), look.px(420))
        x, top = float(left), (self.height() - thick) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        for grade in FindingGrade:
            count = self._band.by_grade.get(grade, 0)
            if count:
                width = max(4.0, max(room, look.px(40)) * count / self._longest)
                tone = GRADE_TONES[grade]
                painter.setBrush(look.colour("control_edge" if tone == "neutral" else tone))
                painter.drawRect(QRectF(x, top, width - 1, thick))
                x += width
        painter.setFont(look.font(design.SIZE_SMALL))
        painter.setPen(look.colour("muted"))
        words = QRect(int(x) + look.px(8), 0, self.width() - int(x) - look.px(8), self.height())
        text = f"{self._band.count}" + (f"  ({band_words(self._band)})" if self._band.count else "")
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, _MIDDLE, shown)


class AgeingCard(Card):
    """The bands from young to old."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Age of what is open"), parent=parent)
        self.rows: list[AgeRow] = []
        self.undated = PlainLabel("", role="small", tone="muted", wrap=True)
        self.median = PlainLabel("", role="small", tone="muted", wrap=True)
        self.body.addWidget(self.undated)
        self.body.addSpacing(theme.px(6))
        self.body.addWidget(self.median)

    def show_ages(self, ages: Ageing, days_to_close: int | None) -> None:
        """Show these bands and the median."""
        while len(self.rows) < len(ages.bands):
            row = AgeRow(self)
            self.body.insertWidget(len(self.rows), row)
            self.rows.append(row)
        longest = max((band.count for band in ages.bands), default=0) or 1
        for row, band in zip(self.rows, ages.bands, strict=True):
            row.show_band(band, longest)
        words = ngettext(
            "{count} more: nobody wrote when it was seen.",
            "{count} more: nobody wrote when they were seen.",
            ages.undated,
        )
        self.undated.setText(words.format(count=ages.undated))
        self.undated.setVisible(bool(ages.undated))
        if days_to_close is None:
            self.median.setText(
                _("Median time to close over all findings: not yet, fewer than half are closed.")
            )
        else:
            median = ngettext(
                "Median time to close over all findings, open ones counted as not yet: {days} day.",
                "Median time to close over all findings, open ones counted as not yet: {days} days.",
                days_to_close,
            )
            self.median.setText(median.format(days=days_to_close))
