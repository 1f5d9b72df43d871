"""Moving a phase or an area: the days wanted, and before anything is stored what moves along and what becomes of the audit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QWidget

from qma_app.domain.ids import PlannedAreaId, PlannedPhaseId
from qma_app.domain.wording import visit_title
from qma_app.errors import QmaError
from qma_app.i18n import _, day_text
from qma_app.services.plan_moving import move_area, move_phase, preview_move
from ui import theme
from ui.dialogs.dialog import field, side_by_side
from ui.journey.asking import AskingDialog
from ui.journey.timeline_pieces import span_words
from ui.models.standards_table import TableColumn, TableRow
from ui.standards_view.table import WordTable
from ui.widgets.date_edit import DateEdit
from ui.widgets.labels import PlainLabel
from ui.widgets.number_edit import NumberEdit

if TYPE_CHECKING:
    from qma_app.services.journey import AreaBar, PhaseBar
    from qma_app.services.plan_moving import PhaseMove
    from ui.workbench import Workbench

_HIGH: Final = 220


class MovePhase(AskingDialog):
    """What follows is computed anew with each day chosen; Enter moves all of it as one step of undo."""

    def __init__(
        self,
        parent: QWidget | None,
        workbench: Workbench,
        phase_id: PlannedPhaseId,
        bar: PhaseBar,
        wanted: tuple[date, date],
        titles: Mapping[str, str],
    ) -> None:
        super().__init__(
            parent,
            workbench,
            _("Move {phase}").format(phase=bar.title),
            _("Now {span}").format(span=span_words(bar.starts_on, bar.ends_on)),
            accept=_("Move phase"),
            width=640,
        )
        self._phase_id, self._titles = phase_id, titles
        self.effect: PhaseMove | None = None
        self.starts, self.ends = DateEdit(wanted[0]), DateEdit(wanted[1])
        for day in (self.starts, self.ends):
            day.dateChanged.connect(self._look)
        self.audit = PlainLabel("", role="lead", wrap=True)
        self.remarks = PlainLabel("", tone="warn", wrap=True)
        self.caption = PlainLabel(_("What moves along"), role="caption")
        self.table = WordTable(
            _("What moves along"),
            (
                TableColumn(title=_("What"), share=3, is_strong=True),
                TableColumn(title=_("Now"), share=4),
                TableColumn(title=_("Then"), share=4),
            ),
            is_opening=False,
            lines=2,
        )
        self.table.setMinimumHeight(theme.px(_HIGH))
        self.body.addLayout(side_by_side(field(_("Begins"), self.starts), field(_("Ends"), self.ends)))
        for widget in (self.audit, self.remarks, self.caption):
            self.body.addWidget(widget)
        self.body.addWidget(self.table, 1)
        self._look()
        self.ends.setFocus()

    def _look(self) -> None:
        self.show_problem("")
        self.effect = None
        try:
            self.effect = self.workbench.read(
                preview_move,
                self._phase_id,
                starts_on=self.starts.day,
                ends_on=self.ends.day,
                on=self.workbench.workspace.today(),
            )
        except QmaError as error:
            self.show_problem(error)
        self.accept_button.setEnabled(self.effect is not None)
        for widget in (self.audit, self.caption, self.table):
            widget.setVisible(self.effect is not None)
        self.remarks.setVisible(self.effect is not None and bool(self.effect.remarks))
        if self.effect is not None:
            self._show(self.effect)

    def _show(self, move: PhaseMove) -> None:
        self.audit.setText(audit_words(move.audit_before, move.audit_after))
        self.audit.set_tone("bad" if move.audit_after > move.audit_before else "text")
        self.remarks.setText("\n".join(move.remarks))
        self.table.show_rows(move_rows(move, self._titles))

    def accept(self) -> None:
        if self.effect is None:
            return
        done = self.workbench.do(move_phase, self._phase_id, starts_on=self.starts.day, ends_on=self.ends.day)
        if done is not None:
            super().accept()

    @classmethod
    def ask(
        cls,
        workbench: Workbench,
        phase_id: PlannedPhaseId,
        bar: PhaseBar,
        wanted: tuple[date, date],
        titles: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> bool:
        """Let somebody move a phase; whether it was moved."""
        return cls(parent, workbench, phase_id, bar, wanted, titles).ask_until_done()


class MoveArea(AskingDialog):
    """The wave of an area and the time in which it is worked on."""

    def __init__(self, parent: QWidget | None, workbench: Workbench, bar: AreaBar, waves: int) -> None:
        super().__init__(
            parent,
            workbench,
            _("Move {area}").format(area=bar.title),
            _("In another wave it gets the time of that wave, unless you choose its days."),
            accept=_("Move area"),
        )
        self._bar = bar
        today = workbench.workspace.today()
        self.wave = NumberEdit(least=1, most=max(1, waves))
        self.wave.setValue(max(1, bar.wave))
        self.starts, self.ends = DateEdit(bar.starts_on or today), DateEdit(bar.ends_on or today)
        self.body.addWidget(field(_("Wave"), self.wave))
        self.body.addLayout(side_by_side(field(_("Begins"), self.starts), field(_("Ends"), self.ends)))
        self.starts.setFocus()

    def accept(self) -> None:
        changed: dict[str, Any] = {}
        if self.wave.value() != self._bar.wave:
            changed["wave"] = self.wave.value()
        if self.starts.day != self._bar.starts_on or self.ends.day != self._bar.ends_on:
            changed |= {"starts_on": self.starts.day, "ends_on": self.ends.day}
        id = self._bar.planned_area_id
        if not changed or id is None:
            super().reject()
            return
        if self.workbench.do(move_area, PlannedAreaId(id), **changed) is not None:
            super().accept()

    @classmethod
    def ask(cls, workbench: Workbench, bar: AreaBar, waves: int, parent: QWidget | None = None) -> bool:
        """Let somebody move an area; whether it was moved."""
        return cls(parent, workbench, bar, waves).ask_until_done()


def audit_words(before: date, after: date) -> str:
    """`Audit: 1 Jun 2027, then 15 Jun 2027`; the remarks say by how much."""
    if before == after:
        return _("The audit stays on {day}.").format(day=day_text(before))
    return _("Audit: {before} now, {after} then").format(before=day_text(before), after=day_text(after))


def move_rows(move: PhaseMove, titles: Mapping[str, str]) -> list[TableRow]:
    """Phases, areas and visits that get other days; `titles` by the id of the planned phase and of the area."""
    rows = [
        _row(titles.get(old.id, old.phase), (old.starts_on, old.ends_on), (new.starts_on, new.ends_on))
        for old, new in move.phases
    ]
    rows += [
        _row(titles.get(old.area_id, old.area_id), (old.starts_on, old.ends_on), (new.starts_on, new.ends_on))
        for old, new in move.areas
    ]
    rows += [
        _row(
            visit_title(old),
            (old.planned_on, None),
            (new.planned_on, None),
        )
        for old, new in move.visits
    ]
    return rows


def _row(title: str, now: tuple[date | None, date | None], then: tuple[date | None, date | None]) -> TableRow:
    return TableRow(key=(title, now), cells=(title, _days(*now), _days(*then)))


def _days(first: date | None, last: date | None) -> str:
    if first is None:
        return "–"
    return day_text(first) if last is None else span_words(first, last)
