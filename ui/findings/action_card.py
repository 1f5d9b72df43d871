"""One action as it stands in the panel of a finding: what, how far, by whom, for which effect."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.action import Action, Stage
from qma_app.domain.cause import Cause
from qma_app.domain.finding_state import action_is_overdue, wants_check
from qma_app.domain.priority import priority_of
from qma_app.i18n import _, day_text, ngettext, number_text
from ui.findings.check_words import expected_words
from ui.findings.detail import ServingAction
from ui.findings.figure_field import figure_text
from ui.findings.pdca_bar import PdcaBar
from ui.widgets.chips import Chip
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from ui.widgets.effect_line import EffectLine


class ActionCard(QFrame):
    """Enter or a click opens the action; the steps move by clicks and arrows: `moved` carries the action's id and the stage."""

    opened = Signal(str)
    moved = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("block")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.id = ""
        self.label = PlainLabel("", role="strong")
        self.label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.what = PlainLabel("", wrap=True)
        self.state = Chip("")
        self.bar = PdcaBar()
        self.bar.wanted.connect(self._moved)
        self.who = PlainLabel("", role="small", tone="muted", wrap=True)
        self.late = PlainLabel("", role="small", tone="bad", wrap=True)
        self.more = PlainLabel("", role="small", tone="muted", wrap=True)
        self.effect: EffectLine | None = None
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.label)
        head.addWidget(self.what, 1)
        head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 12, 10)
        self._column.setSpacing(6)
        self._column.addLayout(head)
        for widget in (self.bar, self.late, self.who):
            self._column.addWidget(widget)
        self._column.addWidget(self.more)

    def show_action(self, serving: ServingAction, cause: Cause | None, today: date) -> None:
        """Show an action, and which cause it removes."""
        action = serving.action
        self.id = action.id
        self.label.setText(action.label)
        self.what.setText(action.what)
        self._show_state(action, today)
        self.bar.show_action(action)
        late = action_is_overdue(action, today)
        self.late.setText(
            _("overdue since {day}").format(day=day_text(action.due_on)) if late and action.due_on else ""
        )
        self.late.setVisible(late)
        due = _("due {day}").format(day=day_text(action.due_on)) if action.due_on and not late else ""
        effect = expected_words(action, serving.kpi)
        self.who.setText(" · ".join(filter(None, (action.owner, due, effect))) or _("nobody yet, no due day"))
        self.more.setText(" · ".join(filter(None, self._more(serving, cause))))
        self.more.setVisible(bool(self.more.text()))
        self._show_effect(serving)
        self.setAccessibleName(
            ", ".join(filter(None, (action.label, action.what, self.state.text(), self.who.text())))
        )

    def _show_state(self, action: Action, today: date) -> None:
        if action.is_proposal:
            words, tone = _("proposed"), "accent"
        elif action.is_dropped:
            words, tone = _("given up"), "neutral"
        elif wants_check(action, today):
            words, tone = _("to verify"), "warn"
        else:
            words, tone = "", "neutral"
        self.state.say(words, tone)
        self.state.setVisible(bool(words))

    def _more(self, serving: ServingAction, cause: Cause | None) -> list[str]:
        action = serving.action
        found = priority_of(action)
        money = (
            action.money_likely if action.money_likely is not None else action.money_low or action.money_high
        )
        others = ", ".join(one.label for one in serving.others)
        checks = ngettext("{count} check without effect", "{count} checks without effect", action.reopened)
        return [
            _("priority {figure}").format(figure=number_text(found, 2)) if found is not None else "",
            _("{money} a year").format(money=figure_text(money)) if money is not None else "",
            _("also serves {findings}").format(findings=others) if others else "",
            _("removes “{cause}”").format(cause=cause.words) if cause is not None else "",
            checks.format(count=action.reopened) if action.reopened else "",
            _("written down in {document}").format(document=action.standardised_in)
            if action.standardised_in and action.stage is Stage.ACT
            else "",
        ]

    def _show_effect(self, serving: ServingAction) -> None:
        """The line of the KPI, where its months are known."""
        if serving.kpi is None or not serving.readings:
            if self.effect is not None:
                self.effect.hide()
            return
        if self.effect is None:
            # Few cards have a line, so it is made for those only.
            from ui.widgets.effect_line import EffectLine

            self.effect = EffectLine(self)
            self._column.insertWidget(self._column.count() - 1, self.effect)
        self.effect.show_readings(
            serving.readings,
            serving.kpi,
            done_on=serving.action.done_on,
            goal=serving.action.goal_figure,
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.id)
        else:
            super().keyPressEvent(event)

    def _moved(self, stage: Stage) -> None:
        self.moved.emit(self.id, stage)
