"""The score before and after a change of edition: two rings, what moves, and a line for each area."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from qma_app.domain.levels import bounds_of, shown_level
from qma_app.domain.result import Result
from qma_app.i18n import _, ngettext
from qma_app.services.upgrading import Preview, UpgradeProposal
from ui import theme
from ui.widgets.area_moves import AreaMove, AreaMoves
from ui.widgets.labels import PlainLabel
from ui.widgets.ring import Ring

SCORE_WIDTH, RING = 280, 84
_SHOWN_STEP = Fraction(1, 10)


class ScorePanel(QWidget):
    """Shows what decisions would come to; it decides nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring_before = Ring(name=_("Before"), diameter=RING)
        self.ring_after = Ring(name=_("After"), diameter=RING)
        self.moved = PlainLabel("", role="strong", wrap=True)
        self.tally = PlainLabel("", role="small", tone="muted", wrap=True)
        self.areas = AreaMoves()
        rings = QHBoxLayout()
        for name, ring in ((_("Before"), self.ring_before), (_("After"), self.ring_after)):
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(PlainLabel(name, role="caption"), 0, Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(ring, 0, Qt.AlignmentFlag.AlignHCenter)
            rings.addLayout(column)
        self.setFixedWidth(theme.px(SCORE_WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(rings)
        column.addWidget(self.moved)
        column.addWidget(self.tally)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(_("Level of each area before and after"))
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, theme.px(10), 0)
        inside.addWidget(self.areas)
        inside.addStretch(1)
        area.setWidget(inner)
        column.addWidget(area, 1)

    def show_preview(self, proposal: UpgradeProposal, seen: Preview) -> None:
        """The figures of one state of the decisions."""
        old, new = proposal.old.rules, proposal.new.rules
        before = shown_level(seen.before.overall, bounds_of(old))
        after = shown_level(seen.after.overall, bounds_of(new))
        self.ring_before.show_level(seen.before.overall, before, pass_mark=old.pass_mark)
        self.ring_after.show_level(seen.after.overall, after, pass_mark=new.pass_mark)
        self.moved.setText(_moved_text(seen.before.overall, seen.after.overall, seen.after))
        carried = ngettext("{count} rating goes on", "{count} ratings go on", seen.carried)
        asked = ngettext("{count} checkpoint to rate", "{count} checkpoints to rate", seen.asked)
        self.tally.setText(f"{carried.format(count=seen.carried)} · {asked.format(count=seen.asked)}")
        moves = _moves(proposal, seen.before, seen.after)
        self.areas.show_moves(moves, floor=new.area_floor, pass_mark=new.pass_mark)


def _moves(proposal: UpgradeProposal, before: Result, after: Result) -> tuple[AreaMove, ...]:
    """Areas in the order of the new edition, those it no longer has behind them; only where something applies."""
    titles = {area.id: str(area.title) for area in proposal.new.areas}
    titles |= {area.id: str(area.title) for area in proposal.old.areas if area.id not in titles}
    moves = []
    for id, title in titles.items():
        then, now = before.area(id), after.area(id)
        if not any(area is not None and area.applies for area in (then, now)):
            continue
        levels = (then.level if then else None, now.level if now else None)
        figures = [
            shown_level(level, bounds_of(edition.rules))
            for level, edition in zip(levels, (proposal.old, proposal.new), strict=True)
        ]
        figure = figures[1] if levels[0] == levels[1] else " → ".join(figures)
        moves.append(AreaMove(title=title, before=levels[0], after=levels[1], figure=figure))
    return tuple(moves)


def _moved_text(before: Fraction | None, after: Fraction | None, result: Result) -> str:
    """How far the overall level moves, and what keeps it from being whole."""
    said = _("The score is unchanged.")
    if before is None or after is None:
        said = _("There is no score to compare.")
    elif after != before:
        is_small = abs(after - before) < _SHOWN_STEP
        if after > before:
            said = _("The score rises by less than 0.1 points.") if is_small else _("The score rises.")
        else:
            said = _("The score falls by less than 0.1 points.") if is_small else _("The score falls.")
    if result.is_partial:
        areas = _("{rated} of {count} areas are rated.").format(
            rated=result.rated_areas, count=result.counted_areas
        )
        said = f"{said} {areas}"
    return said
