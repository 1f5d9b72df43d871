"""A gate that was passed: the day, who passed it, and for ever what did not hold then and why it was passed all the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from qma_app.domain.ids import PlannedPhaseId
from qma_app.domain.people import Person
from qma_app.domain.plan import PlannedPhase
from qma_app.domain.ports import Reader
from qma_app.i18n import _, day_text
from qma_app.services.gates import GateView, gate_of
from ui.dialogs.dialog import Dialog, field
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


@dataclass(frozen=True, kw_only=True, slots=True)
class _Passed:
    gate: GateView
    by: str


class PassedGate(Dialog):
    """Only to be read."""

    def __init__(self, parent: QWidget | None, gate: GateView, by: str) -> None:
        passed = gate.passed_on
        words = _("Passed on {day}").format(day=day_text(passed)) if passed is not None else _("Not passed")
        super().__init__(parent, gate.title, " · ".join(filter(None, (words, by))), width=480)
        if not gate.passed_open:
            self.body.addWidget(PlainLabel(_("Every condition held."), tone="ok", wrap=True))
            return
        lines = [
            f"• {one.words} ({one.figures})" if one.figures else f"• {one.words}" for one in gate.passed_open
        ]
        self.body.addWidget(
            field(
                _("What did not hold"), PlainLabel("\n".join(lines), tone="warn", wrap=True, selectable=True)
            )
        )
        self.body.addWidget(
            field(_("Why it was passed"), PlainLabel(gate.passed_reason, wrap=True, selectable=True))
        )

    @classmethod
    def show_gate(cls, workbench: Workbench, phase_id: PlannedPhaseId, parent: QWidget | None = None) -> None:
        """Show a gate until it is closed."""
        found = workbench.read(_read, phase_id, on=workbench.workspace.today())
        dialog = cls(parent, found.gate, found.by)
        dialog.exec()
        dialog.deleteLater()


def _read(reader: Reader, phase_id: PlannedPhaseId, *, on: date) -> _Passed:
    phase = reader.get(PlannedPhase, phase_id)
    by = reader.get(Person, phase.passed_by).name if phase.passed_by is not None else ""
    return _Passed(gate=gate_of(reader, phase.engagement_id, phase, on=on), by=by)
