"""What the audit comes to on the screen: the level with its needed mark, each area with bar and findings, every rule."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.audit_state import AuditState
from qma_app.domain.finding import FindingGrade
from qma_app.domain.ids import AreaId
from qma_app.domain.levels import bounds_of, shown_level
from qma_app.domain.recommending import count_criticals, is_better
from qma_app.domain.wording import grade_count, verdict_title
from qma_app.i18n import _, level_text, ngettext
from ui import theme
from ui.audit.decision_words import VERDICT_TONES, rule_figures
from ui.audit.fact_rows import MarkedRow
from ui.audit.reading import AuditDesk
from ui.widgets.cards import Card, clear, rule
from ui.widgets.chips import Chip
from ui.widgets.labels import PlainLabel
from ui.widgets.level_bar import LevelBar

_COUNTED: Final = (FindingGrade.MAJOR, FindingGrade.MINOR)
_BAR: Final = 60


class ResultCard(Card):
    """Figures are rounded for reading only, and never over a mark they do not reach."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.verdict = Chip("")
        super().__init__(_("Result"), self.verdict, parent)
        self.level = PlainLabel("–", role="figure")
        self.words = PlainLabel("", tone="muted", wrap=True)
        self.areas: dict[AreaId, tuple[str, str]] = {}
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.level)
        head.addWidget(self.words, 1, Qt.AlignmentFlag.AlignVCenter)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(8, 0, 8, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 4)
        self.body.setSpacing(8)
        self.body.addLayout(head)
        self.body.addLayout(self._grid)

    def show_desk(self, desk: AuditDesk) -> None:
        """Show what the rules say about this audit now."""
        state = desk.state
        recommended = state.recommended
        given = state.audit.recommendation
        verdict = given or recommended.verdict
        words = _("recommendation: {verdict}") if given is not None else _("rules say: {verdict}")
        if given is None and recommended.result.overall is None:
            self.verdict.say(_("not rated yet"), "neutral")
        elif given is not None and is_better(given, recommended.verdict):
            both = (_("recommendation: {verdict}"), _("rules say: {verdict}"))
            titles = (verdict_title(given), verdict_title(recommended.verdict))
            self.verdict.say(
                " · ".join(words.format(verdict=title) for words, title in zip(both, titles, strict=True)),
                "bad",
            )
        else:
            self.verdict.say(words.format(verdict=verdict_title(verdict)), VERDICT_TONES[verdict])
        self.level.setText(shown_level(recommended.result.overall, bounds_of(state.edition.rules)))
        self.words.setText(result_words(state))
        self._show_areas(state)

    def _show_areas(self, state: AuditState) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        rules, findings = state.edition.rules, findings_by_area(state)
        self.areas = {}
        line = 0
        for area in state.recommended.result.areas:
            if not area.applies:
                continue
            title = str(state.edition.areas_by_id[area.area_id].title)
            level = area_level(state, area.level)
            found = findings.get(area.area_id, "–")
            self.areas[area.area_id] = (level, found)
            bar = LevelBar(floor=rules.area_floor, pass_mark=rules.pass_mark)
            bar.setMinimumWidth(theme.px(_BAR))
            bar.show_level(area.level, f"{title}: {level}")
            figure = PlainLabel(level, role="strong")
            name = PlainLabel(title, wrap=True)
            name.setMinimumHeight(theme.px(25))
            self._grid.addWidget(name, line, 0)
            self._grid.addWidget(bar, line, 1)
            self._grid.addWidget(figure, line, 2, Qt.AlignmentFlag.AlignRight)
            count = PlainLabel(found, role="small", tone="muted")
            self._grid.addWidget(count, line, 3, Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(rule(), line + 1, 0, 1, 4)
            line += 2


class RulesCard(Card):
    """Every rule of the standard with what was reached and what is needed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Rules of the standard"), parent=parent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)

    def show_desk(self, desk: AuditDesk) -> None:
        """Show how each rule stands."""
        clear(self._rows)
        for place, one in enumerate(desk.state.recommended.rules):
            if place:
                self._rows.addWidget(rule())
            self._rows.addWidget(MarkedRow(one.title, one.reason, rule_figures(one), holds=one.holds))


def area_level(state: AuditState, level: Fraction | None) -> str:
    """The level of an area with a decimal, never rounded over a mark."""
    return shown_level(level, bounds_of(state.edition.rules))


def findings_by_area(state: AuditState) -> dict[AreaId, str]:
    """How many majors and minors each area has: `1 major, 2 minor`."""
    counted: dict[AreaId, Counter[FindingGrade]] = {}
    for finding in state.nonconformities:
        point = state.edition.checkpoints.get(finding.checkpoint_id) if finding.checkpoint_id else None
        if point is not None and finding.grade in _COUNTED:
            counted.setdefault(point.area_id, Counter())[finding.grade] += 1
    return {
        area: ", ".join(grade_count(grade, counts[grade]) for grade in _COUNTED if counts[grade])
        for area, counts in counted.items()
    }


def result_words(state: AuditState) -> str:
    """What is needed, the lowest area and the critical checkpoints, in a line behind the level."""
    rules, result = state.edition.rules, state.recommended.result
    parts = [_("overall, {mark} needed").format(mark=level_text(Fraction(rules.pass_mark)))]
    levels = [area.level for area in result.areas if area.is_rated and area.level is not None]
    if result.is_partial:
        parts.append(
            _("{done} of {count} areas rated").format(done=result.rated_areas, count=result.counted_areas)
        )
    elif levels and min(levels) >= rules.area_floor:
        parts.append(_("every area at {floor} or above").format(floor=level_text(Fraction(rules.area_floor))))
    elif levels:
        below = sum(level < rules.area_floor for level in levels)
        parts.append(
            ngettext("{count} area below {floor}", "{count} areas below {floor}", below).format(
                count=below, floor=level_text(Fraction(rules.area_floor))
            )
        )
    count = count_criticals(state.basis)
    met = count - len(result.unmet_criticals) - len(result.open_criticals)
    parts.append(_("{met} of {count} critical checkpoints met").format(met=met, count=count))
    return " · ".join(parts)
