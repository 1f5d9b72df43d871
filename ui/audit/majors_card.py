"""The time a conditional decision gives: how long it still runs, how each major stands, and the audit that looks at them again."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from qma_app.domain.finding import Finding
from qma_app.i18n import _, day_text, ngettext
from ui import theme
from ui.audit.decision_reading import Condition, DecisionDesk, days_left
from ui.audit.decision_words import countdown_words
from ui.today.tick_list import TickList
from ui.today.tick_row import TickLine
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench

_SOON = 14


class Countdown(QWidget):
    """A bar that fills as the days go; the words beside it say the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share, self._tone = 0.0, "accent"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float, tone: str) -> None:
        """Show which share of the days has gone."""
        self._share, self._tone = max(0.0, min(1.0, share)), tone
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.current().colour("line"))
        painter.setBrush(theme.current().colour("line"))
        half = self.height() / 2
        painter.drawRoundedRect(self.rect(), half, half)
        gone = self.rect()
        gone.setWidth(round(self.width() * self._share))
        painter.setPen(theme.current().colour(self._tone))
        painter.setBrush(theme.current().colour(self._tone))
        if gone.width() > self.height():
            painter.drawRoundedRect(gone, half, half)


class MajorsCard(Card):
    """`opened` carries the id of a major, `following_up` begins the audit, `settling` turns the conditional decision into a full one."""

    opened = Signal(str)
    following_up = Signal()
    settling = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        self.count = PlainLabel("", role="small", tone="muted")
        super().__init__(_("Majors to close"), self.count, parent)
        self.left = PlainLabel("", role="lead", wrap=True)
        self.bar = Countdown()
        self.list = TickList(_("Majors"), settings=workbench.settings, open_words=_("Open"))
        self.list.opened.connect(self.opened)
        self.follow_words = PlainLabel("", tone="muted", wrap=True)
        self.follow_button = Button(_("Begin the follow-up audit"), icon_name="clipboard-check")
        self.settle_button = Button(_("Settle…"), kind="primary")
        self.follow_button.clicked.connect(self.following_up)
        self.settle_button.clicked.connect(self.settling)
        self.body.setSpacing(8)
        for widget in (self.left, self.bar, self.list, self.follow_words):
            self.body.addWidget(widget)
        row = FlowLayout()
        row.addWidget(self.follow_button)
        row.addWidget(self.settle_button)
        around = QVBoxLayout()
        around.addLayout(row)
        self.body.addLayout(around)

    def show_desk(self, desk: DecisionDesk) -> None:
        """There while a conditional decision is not settled."""
        condition = desk.condition
        self.setVisible(condition is not None)
        if condition is None:
            return
        due_on, on = condition.due_on, desk.desk.on
        left = days_left(due_on, on)
        tone = "bad" if left < 0 else "warn" if left <= _SOON else "text"
        self.left.set_tone(tone)
        self.left.setText(countdown_words(due_on, on))
        self.bar.show_share(1 - left / condition.days, "accent" if tone == "text" else tone)
        majors = condition.majors
        closed = sum(not one.is_open for one in majors)
        words = ngettext("{closed} of {count} closed", "{closed} of {count} closed", len(majors))
        self.count.setText(words.format(closed=closed, count=len(majors)))
        self.list.show_lines([_line(one) for one in majors])
        self._show_follow_up(condition)

    def _show_follow_up(self, condition: Condition) -> None:
        settling, under_way = condition.settling, condition.under_way
        if settling is not None:
            words = _("Follow-up {number} is signed and finds the majors closed.").format(
                number=settling.audit.number
            )
        elif under_way is not None:
            words = _("Follow-up {number} is under way.").format(number=under_way.audit.number)
        elif condition.follow_ups:
            words = _("Follow-up {number} is signed and does not find all majors closed.").format(
                number=condition.follow_ups[0].audit.number
            )
        else:
            words = _("An auditor looks at the majors again, on site or on records.")
        self.follow_words.setText(words)
        self.follow_button.setVisible(settling is None and under_way is None)
        self.settle_button.setVisible(settling is not None)


def _line(finding: Finding) -> TickLine:
    is_open = finding.is_open
    if finding.closed_on is not None:
        right = _("closed {day}").format(day=day_text(finding.closed_on))
    else:
        right = _("open")
    return TickLine(
        key=finding.id,
        lead="",
        strong=finding.label,
        rest=" ".join(finding.statement.split()),
        detail="" if is_open else " ".join(finding.closing_note.split()),
        right=right,
        tone="bad" if is_open else "ok",
        can_tick=False,
        icon="circle-dot" if is_open else "circle-check",
        hint=_("Enter opens the finding"),
    )
