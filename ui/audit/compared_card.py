"""What moved since the audit before: by area, what has gone back, and what became of the majors of then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qma_app.domain.edition import Edition
from qma_app.domain.levels import bounds_of, shown_level
from qma_app.domain.surveillance import AreaMove, AuditComparison, MajorNow, Move, PointMove, major_title
from qma_app.i18n import _
from ui.audit.differences import Difference, DifferenceRow
from ui.widgets.cards import Card, CardRow, clear
from ui.widgets.labels import PlainLabel

_MOST: Final = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class GoneBack(Difference):
    """A checkpoint with fewer points than in the audit before: hollow then, filled now."""

    @property
    def spoken(self) -> str:
        return _("{number}: {before} then, {now} now").format(
            number=self.number, before=self.coach, now=self.auditor
        )

    @property
    def figure(self) -> str:
        return f"\N{MINUS SIGN}{self.coach - self.auditor}"


class ComparedCard(Card):
    """Hidden where there is no audit before; `opened` carries the id of a checkpoint that has gone back."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.before = PlainLabel("", role="small", tone="muted")
        super().__init__(_("Since the audit before"), self.before, parent)
        self.words = PlainLabel("", wrap=True)
        self.rows: list[DifferenceRow] = []
        self._areas, self._majors, self._back = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for column in (self._areas, self._majors, self._back):
            column.setSpacing(0)
        self.key = PlainLabel(_("Gone back: hollow then, filled now"), role="caption", wrap=True)
        self.body.addWidget(self.words)
        self.body.addSpacing(6)
        for column in (self._majors, self._areas):
            self.body.addLayout(column)
        self.body.addSpacing(8)
        self.body.addWidget(self.key)
        self.body.addLayout(self._back)
        self.hide()

    def show_comparison(self, found: AuditComparison | None, edition: Edition, number: str) -> None:
        """Show it; `number` is that of the report before."""
        self.setVisible(found is not None)
        for column in (self._areas, self._majors, self._back):
            clear(column)
        self.rows = []
        if found is None:
            return
        self.before.setText(number)
        self.words.setText(found.words)
        for major in found.majors:
            tone = "ok" if major.state is MajorNow.HOLDS else "bad"
            self._majors.addWidget(
                CardRow(major.finding.label, major.finding.statement, major_title(major.state), tone=tone)
            )
        for area in found.areas:
            self._areas.addWidget(_area_row(area, edition))
        back = found.moved(Move.GONE_BACK)[:_MOST]
        self.key.setVisible(bool(back))
        for move in back:
            row = DifferenceRow(_gone_back(move, edition))
            row.clicked.connect(self._opened)
            self._back.addWidget(row)
            self.rows.append(row)

    def _opened(self) -> None:
        row = self.sender()
        if isinstance(row, DifferenceRow):
            self.opened.emit(row.shown.checkpoint_id)


def _area_row(area: AreaMove, edition: Edition) -> CardRow:
    bounds = bounds_of(edition.rules)
    known = edition.areas_by_id.get(area.area_id)
    moved = _("{better} better, {kept} kept, {back} gone back").format(
        better=area.count(Move.BETTER), kept=area.count(Move.KEPT), back=area.count(Move.GONE_BACK)
    )
    levels = f"{shown_level(area.before, bounds)} → {shown_level(area.now, bounds)}"
    tone = {Move.BETTER: "ok", Move.GONE_BACK: "warn"}.get(area.move, "muted")
    return CardRow(str(known.title) if known is not None else area.area_id, moved, levels, tone=tone)


def _gone_back(move: PointMove, edition: Edition) -> GoneBack:
    return GoneBack(
        checkpoint_id=move.checkpoint.id,
        number=move.checkpoint.number,
        statement=str(move.checkpoint.statement),
        coach=move.before,
        auditor=move.now,
        steps=edition.points,
    )
