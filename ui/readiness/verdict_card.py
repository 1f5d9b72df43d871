"""How an audit would end today: the verdict, the range of the result, and each rule with its reason."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from qma_app.domain.gate_answers import Tone
from qma_app.domain.gates import ConditionView
from qma_app.domain.result import RuleAnswer
from qma_app.i18n import _
from ui import theme
from ui.journey.gate_rows import ConditionRow
from ui.readiness.range_bar import RangeBar
from ui.readiness.reading import Ready
from ui.readiness.words import headline, rule_spot, sentence
from ui.widgets.cards import Card, clear
from ui.widgets.icons import paint_icon
from ui.widgets.labels import PlainLabel


class Sign(QWidget):
    """The shape of the verdict."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._tone = "circle-question-mark", "muted"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, icon: str, tone: str) -> None:
        """Another shape."""
        self._icon, self._tone = icon, tone
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(26), theme.px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(QPainter(self), self._icon, self._tone, QRect(0, 0, self.width(), self.height()))


class VerdictCard(Card):
    """`wanted` carries the Spot of what decides a rule."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._ready: Ready | None = None
        self.sign = Sign()
        self.verdict = PlainLabel("", role="title")
        self.words = PlainLabel("", tone="muted", wrap=True)
        self.bar = RangeBar()
        self.rows: list[ConditionRow] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.verdict, 1)
        self.body.setSpacing(6)
        self.body.addLayout(head)
        self.body.addWidget(self.words)
        self.body.addSpacing(4)
        self.body.addWidget(self.bar)
        self.body.addLayout(self._lines)

    def show_ready(self, ready: Ready) -> None:
        """Show how an audit would end."""
        self._ready = ready
        word, icon, tone = headline(ready)
        self.sign.show_icon(icon, tone)
        self.verdict.setText(word)
        self.verdict.set_tone(tone)
        self.words.setText(sentence(ready))
        self.bar.show_ready(ready)
        self.bar.setVisible(ready.is_anything_rated)
        self._show_rules(ready)

    def _show_rules(self, ready: Ready) -> None:
        clear(self._lines)
        self.rows = []
        for rule in ready.view.result.rules if ready.is_anything_rated else ():
            row = ConditionRow(_condition(rule), self)
            row.setAccessibleName(f"{rule.reason} {row.condition.figures}")
            row.opened.connect(self._opened)
            self._lines.addWidget(row)
            self.rows.append(row)

    def _opened(self) -> None:
        row = self.sender()
        if self._ready is None or not isinstance(row, ConditionRow):
            return
        rule = next(one for one in self._ready.view.result.rules if one.code == row.condition.id)
        spot = rule_spot(self._ready, rule)
        if spot is not None:
            self.wanted.emit(spot)


def _condition(rule: RuleAnswer) -> ConditionView:
    """A rule of the edition as a line that looks like those of a gate."""
    return ConditionView(
        id=rule.code,
        check=rule.code,
        title=rule.reason,
        holds=rule.holds,
        figures=_("holds") if rule.holds else _("fails"),
        tone=Tone.OK if rule.holds else Tone.LATE,
        spots=(),
    )
