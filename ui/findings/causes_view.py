"""Why it happens: the root causes of the findings shown by count and by cost, and how old what is open has become."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from qma_app.i18n import _, ngettext, number_text
from ui import theme
from ui.findings.ageing_card import AgeingCard
from ui.findings.pareto_bars import ParetoCard
from ui.models.findings_pareto import CausesShown, causes_shown
from ui.models.findings_rows import NO_CAUSE, FindingRows
from ui.pages.page import GAP, scrolling
from ui.widgets.cards import CardRow
from ui.widgets.labels import PlainLabel

_BESIDE_FROM = 1040


class CausesView(QWidget):
    """`wanted` names a category whose findings are to be listed (`NO_CAUSE`: those without)."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: CausesShown | None = None
        self.by_count = ParetoCard(
            _("Root causes by number of findings"),
            _("findings"),
            _("None of the findings shown has a root cause with a category yet."),
        )
        self.by_cost = ParetoCard(
            _("Root causes by cost a year"),
            _("cost"),
            _("No cost a year is written at the findings shown that have a root cause."),
        )
        self.disagree = PlainLabel(
            _("Count and cost point at different causes: look at both before you choose what comes first."),
            tone="warn",
            wrap=True,
        )
        self.ages = AgeingCard()
        self.without = QVBoxLayout()
        for card in (self.by_count, self.by_cost):
            card.wanted.connect(self.wanted)
        self._build()

    def _build(self) -> None:
        content = QWidget()
        self._cards = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._cards.setSpacing(GAP)
        self._cards.addWidget(self.by_count, 1)
        self._cards.addWidget(self.by_cost, 1)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self.without)
        column.addWidget(self.disagree)
        column.addLayout(self._cards)
        column.addWidget(self.ages)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(content))

    def show_findings(self, rows: FindingRows, places: list[int]) -> None:
        """Count over the findings at these places."""
        shown = causes_shown(rows, places)
        if shown == self.shown:
            return
        self.shown = shown
        self.by_count.show_pareto(shown.counts.by_count, rows.category_title, _count)
        self.by_cost.show_pareto(shown.counts.by_cost, rows.category_title, _money)
        self.disagree.setVisible(shown.counts.do_disagree)
        self.ages.show_ages(shown.ages, shown.days_to_close)
        self._show_without(shown)

    def take_focus(self) -> None:
        """The keyboard goes to the first bar."""
        bars = self.by_count.bars
        (bars[0] if bars else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def status(self) -> str:
        """How many findings are counted."""
        count = self.shown.counts.findings if self.shown is not None else 0
        return ngettext("{count} finding counted", "{count} findings counted", count).format(count=count)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= theme.px(_BESIDE_FROM)
        self._cards.setDirection(
            QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        )

    def _show_without(self, shown: CausesShown) -> None:
        while (item := self.without.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if not shown.counts.without_cause:
            return
        words = ngettext(
            "{count} of {all} findings shown has no root cause with a category",
            "{count} of {all} findings shown have no root cause with a category",
            shown.counts.without_cause,
        )
        row = CardRow(
            words.format(count=shown.counts.without_cause, all=shown.counts.findings),
            right=_("Show"),
            tone="accent",
            is_link=True,
        )
        row.opened.connect(self._without_wanted)
        self.without.addWidget(row)

    def _without_wanted(self) -> None:
        self.wanted.emit(NO_CAUSE)


def _count(value: Fraction) -> str:
    return number_text(value)


def _money(value: Fraction) -> str:
    return number_text(value)
