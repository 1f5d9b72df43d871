"""The months of a KPI in a plain table, typed or pasted; stored all at once or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import EngagementId
from qma_app.domain.ports import Reader
from qma_app.domain.reading import Reading
from qma_app.i18n import _, ngettext
from qma_app.services.readings import CellProblem, readings_of, write_readings
from ui import theme
from ui.dialogs.dialog import Dialog
from ui.models.readings_model import Fault
from ui.models.standards_table import TableColumn, TableRow
from ui.standards_view.table import WordTable
from ui.verification.kpi_button import KpiButton
from ui.verification.month_table import MonthTable
from ui.verification.words import month_words
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench

_WIDTH: Final = 900
_HEIGHT: Final = 560
_FEW: Final = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class _Months:
    """The KPIs of a programme's edition, those with readings, and the readings of one."""

    edition: Edition
    codes: tuple[str, ...]
    readings: tuple[Reading, ...]


class KpiReadings(Dialog):
    """Esc with something not stored asks once more before it is given up."""

    def __init__(
        self, parent: QWidget | None, workbench: Workbench, engagement_id: EngagementId, kpi: str = ""
    ) -> None:
        super().__init__(parent, _("Months of a KPI"), accept=_("Save months"), width=_WIDTH)
        self._bench, self._engagement_id = workbench, engagement_id
        self._is_stored = self._is_warned = False
        self._build()
        workbench.failed.connect(self.show_problem)
        room = parent.window().size() if parent is not None else self.size()
        self.resize(theme.px(_WIDTH), max(theme.px(400), min(theme.px(_HEIGHT), room.height() - 60)))
        self._show(kpi)
        (self.table if self.kpi.kpi is not None else self.kpi).setFocus()

    @property
    def is_stored(self) -> bool:
        """Whether anything was stored while the dialog was open."""
        return self._is_stored

    def _build(self) -> None:
        self.kpi = KpiButton()
        self.kpi.picked.connect(self._other_kpi)
        self.table = MonthTable()
        self.table.readings.edited.connect(self._edited)
        self.table.refused.connect(self._refused)
        self.table.pasted.connect(self._pasted)
        card = Card()
        card.body.addWidget(self.table)
        self.count = PlainLabel("", role="small", tone="muted", wrap=True)
        hint = PlainLabel(
            _(
                "Type a month and its figures, or paste them from a spreadsheet (Ctrl+V). Del takes a month out."
            ),
            role="small",
            tone="muted",
            wrap=True,
        )
        self.wrong = WordTable(_("To be mended"), (TableColumn(title=_("To be mended")),))
        self.wrong.opened.connect(self._jump)
        self.wrong.clicked.connect(self._jump_to_current)
        self.beside = QWidget()
        side = QVBoxLayout(self.beside)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.wrong, 1)
        self.beside.setFixedWidth(theme.px(270))
        self.beside.setVisible(False)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(card, 1)
        row.addWidget(self.beside)
        self.body.setSpacing(8)
        self.body.addWidget(self.kpi)
        self.body.addLayout(row, 1)
        self.body.addWidget(self.count)
        self.body.addWidget(hint)

    def _show(self, code: str) -> None:
        found = self._bench.read(_months, self._engagement_id, code)
        self.kpi.show_kpi(found.edition, code, found.codes)
        self.table.readings.show_readings(self.kpi.kpi, found.readings)
        self.table.go_to_end()
        self._check()

    def _other_kpi(self, code: str) -> None:
        """What was typed for the KPI before is stored first; what cannot be read keeps it here."""
        if self.table.readings.is_changed and not self._save():
            self.show_problem(_("Mend or take out what cannot be read before you choose another KPI."))
            return
        self.show_problem("")
        self._show(code)
        self.table.setFocus()

    def accept(self) -> None:
        if self._save():
            super().accept()

    def reject(self) -> None:
        if self.table.readings.is_changed and not self._is_warned:
            self._is_warned = True
            self.show_problem(_("These months are not stored yet. Once more Esc or Cancel gives them up."))
            return
        super().reject()

    def _save(self) -> bool:
        readings, kpi = self.table.readings, self.kpi.kpi
        if kpi is None or readings.faults:
            self._check()
            return False
        if not readings.is_changed:
            return True
        changes = self._bench.do(
            write_readings, self._engagement_id, kpi.code, tuple(readings.months), without=readings.removed
        )
        self._is_stored = self._is_stored or bool(changes)
        return changes is not None

    def _edited(self) -> None:
        self._is_warned = False
        self.show_problem("")
        self._check()

    def _pasted(self) -> None:
        if self.table.readings.faults:
            self.table.go_to(self.table.readings.faults[0])

    def _refused(self, problems: Sequence[CellProblem]) -> None:
        told = "\n".join(map(str, problems[:_FEW]))
        self.show_problem(_("Nothing was pasted. {problems}").format(problems=told))

    def _check(self) -> None:
        readings = self.table.readings
        faults = readings.faults
        self.beside.setVisible(bool(faults))
        self.wrong.show_rows([self._fault_row(fault) for fault in faults])
        self.accept_button.setEnabled(self.kpi.kpi is not None and not faults)
        if faults:
            words = ngettext("{n} cell to mend", "{n} cells to mend", len(faults)).format(n=len(faults))
        elif readings.months:
            count = len(readings.months)
            months = ngettext("{n} month", "{n} months", count).format(n=count)
            first, last = readings.months[0].month, readings.months[-1].month
            words = f"{months}, {month_words(first)} – {month_words(last)}"
        else:
            words = _("No months yet.")
        self.count.setText(words)
        self.count.set_tone("bad" if faults else "muted")

    def _fault_row(self, fault: Fault) -> TableRow:
        row = self.table.readings.rows[fault.row]
        where = row.month or _("Row {number}").format(number=fault.row + 1)
        title = self.table.readings.title_of(fault.part)
        return TableRow(
            key=fault,
            cells=(f"{where} · {title}",),
            small={0: f"{fault.problem.found}; {fault.problem.advice}"},
        )

    def _jump(self, fault: object) -> None:
        if isinstance(fault, Fault):
            self.table.go_to(fault)

    def _jump_to_current(self) -> None:
        self._jump(self.wrong.current_key)

    @classmethod
    def ask(
        cls,
        workbench: Workbench,
        engagement_id: EngagementId,
        kpi: str = "",
        parent: QWidget | None = None,
    ) -> bool:
        """Let somebody write the months of a KPI; whether anything was stored."""
        dialog = cls(parent, workbench, engagement_id, kpi)
        dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
        dialog.exec()
        is_stored = dialog.is_stored
        dialog.deleteLater()
        return is_stored


def _months(reader: Reader, engagement_id: EngagementId, code: str) -> _Months:
    edition = reader.edition(reader.get(Engagement, engagement_id).edition)
    known = {one.kpi for one in reader.all(Reading, engagement_id=engagement_id)}
    return _Months(
        edition=edition,
        codes=tuple(kpi for kpi in edition.kpis if kpi in known),
        readings=readings_of(reader, engagement_id, code) if code in edition.kpis else (),
    )
