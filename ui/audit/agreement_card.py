"""How alike coach and auditor read the same checkpoints: covered until the closing, then overall, by area, and where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qma_app.domain.agreement import GOAL, Agreement
from qma_app.domain.edition import Edition
from qma_app.i18n import _, ngettext, number_text, percent_text
from qma_app.services.audit_conduct import AgreementOf
from ui.audit.differences import Difference, DifferenceRow
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, CardRow, clear
from ui.widgets.labels import PlainLabel

_MOST: Final = 8


class AgreementCard(Card):
    """`opened` carries the id of a checkpoint that was read differently."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.verdict = PlainLabel("", role="small", tone="muted")
        super().__init__(_("Coach and auditor"), self.verdict, parent)
        self.words = PlainLabel("", wrap=True)
        self.rows: list[DifferenceRow] = []
        self._areas, self._differences = QVBoxLayout(), QVBoxLayout()
        for column in (self._areas, self._differences):
            column.setSpacing(0)
        self.key = PlainLabel(
            _("Read differently: hollow the coach, filled the auditor"), role="caption", wrap=True
        )
        self.all_button = Button("", kind="link")
        self.all_button.setProperty("small", True)
        self.all_button.clicked.connect(self._show_all)
        self._all: tuple[Difference, ...] = ()
        self.body.addWidget(self.words)
        self.body.addSpacing(6)
        self.body.addLayout(self._areas)
        self.body.addSpacing(8)
        self.body.addWidget(self.key)
        self.body.addLayout(self._differences)
        self.body.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_agreement(self, found: AgreementOf | None, edition: Edition) -> None:
        """Show the figures; None while the closing meeting was not held."""
        clear(self._areas)
        self._all = () if found is None else _differences(found, edition)
        self.words.setText(overall_words(found))
        overall = found.result.overall if found is not None else Agreement(count=0)
        self.verdict.setText(_verdict(overall))
        self.verdict.set_tone("warn" if overall.meets_goal is False else "ok")
        for part in found.result.areas if found is not None else ():
            area = edition.areas_by_id[part.area_id]
            row = CardRow(
                str(area.title),
                area_words(part.agreement),
                kappa_text(part.agreement),
                tone="warn" if part.agreement.meets_goal is False else "muted",
            )
            self._areas.addWidget(row)
        self._show_rows(self._all[:_MOST])

    def _show_all(self) -> None:
        self._show_rows(self._all)
        self.rows[_MOST].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_rows(self, shown: Sequence[Difference]) -> None:
        clear(self._differences)
        self.rows = []
        for one in shown:
            row = DifferenceRow(one)
            row.clicked.connect(self._opened)
            self._differences.addWidget(row)
            self.rows.append(row)
        rest = len(self._all) - len(shown)
        self.key.setVisible(bool(shown))
        self.all_button.setVisible(rest > 0)
        self.all_button.say(
            ngettext("Show {count} more", "Show {count} more", rest).format(count=rest) if rest else ""
        )

    def _opened(self) -> None:
        row = self.sender()
        if isinstance(row, DifferenceRow):
            self.opened.emit(row.shown.checkpoint_id)


def overall_words(found: AgreementOf | None) -> str:
    """What the figures say over all areas, or when they appear."""
    if found is None:
        return _(
            "How alike coach and auditor read the checkpoints is shown after the closing meeting; until then the coach's ratings are covered."
        )
    overall = found.result.overall
    if not overall.count or overall.raw is None:
        return _("No checkpoint was rated by both.")
    lines = [
        ngettext(
            "{count} checkpoint rated by both; {share} of them alike.",
            "{count} checkpoints rated by both; {share} of them alike.",
            overall.count,
        ).format(count=overall.count, share=percent_text(number_text(overall.raw * 100, 1))),
        _kappa_line(overall),
        _difference_line(overall),
    ]
    late = len(found.after_closing)
    if late:
        lines.append(
            ngettext(
                "{count} was rated after the closing and counts nowhere here.",
                "{count} were rated after the closing and count nowhere here.",
                late,
            ).format(count=late)
        )
    return " ".join(filter(None, lines))


def area_words(found: Agreement) -> str:
    """`40 rated by both, 85.0% alike`."""
    share = percent_text(number_text(found.raw * 100, 1)) if found.raw is not None else "–"
    return _("{count} rated by both, {share} alike").format(count=found.count, share=share)


def kappa_text(found: Agreement) -> str:
    """`κ 0.687`; a dash where none can be said. Cut, so that no figure seems to reach the goal that does not."""
    if found.weighted is None:
        return "κ –"
    return f"κ {number_text(_cut(found.weighted), 3)}"


def _verdict(overall: Agreement) -> str:
    if overall.meets_goal is None:
        return ""
    return _("read alike") if overall.meets_goal else _("to be talked through")


def _kappa_line(overall: Agreement) -> str:
    if overall.weighted is None:
        return _("No kappa can be said: both gave the same points everywhere.")
    words = _("Weighted kappa {kappa}; from {goal} on two people are said to read alike.")
    return words.format(kappa=number_text(_cut(overall.weighted), 3), goal=number_text(GOAL, 2))


def _difference_line(overall: Agreement) -> str:
    if not overall.difference:
        return ""
    figure = number_text(abs(overall.difference), 2)
    if overall.difference > 0:
        return _("On average the coach gave {points} points more.").format(points=figure)
    return _("On average the coach gave {points} points less.").format(points=figure)


def _cut(value: Fraction) -> Fraction:
    return Fraction(floor(value * 1000), 1000)


def _differences(found: AgreementOf, edition: Edition) -> tuple[Difference, ...]:
    points = edition.checkpoints
    return tuple(
        Difference(
            checkpoint_id=one.checkpoint_id,
            number=points[one.checkpoint_id].number,
            statement=str(points[one.checkpoint_id].statement),
            coach=one.coach,
            auditor=one.auditor,
            steps=edition.points,
        )
        for one in found.result.differently
    )
