"""Making the plan: the proposal with its waves, its order and the reasons for it, its visits and their load, before it holds."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from qma_app.domain.phase_spans import MOST_WAVES
from qma_app.errors import QmaError
from qma_app.i18n import _, day_text, language, ngettext, number_text
from qma_app.services.planning import accept_plan, make_plan, propose_plan
from ui import theme
from ui.dialogs.dialog import field
from ui.journey.asking import AskingDialog
from ui.journey.timeline_pieces import span_words
from ui.models.standards_table import TableColumn, TableRow
from ui.standards_view.table import WordTable
from ui.widgets.date_edit import DateEdit
from ui.widgets.labels import PlainLabel
from ui.widgets.number_edit import NumberEdit
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from qma_app.domain.ids import AreaId, EngagementId
    from qma_app.services.planning import AreaProposal, PlanProposal, VisitProposal
    from ui.workbench import Workbench

_WIDTH, _HIGH = 920, 380
_AREAS: Final = "areas"
_VISITS: Final = "visits"
_PHASES: Final = "phases"


class MakePlan(AskingDialog):
    """Another number of waves gives another proposal at once; nothing is stored before the plan is made."""

    def __init__(self, parent: QWidget | None, workbench: Workbench, engagement_id: EngagementId) -> None:
        super().__init__(
            parent,
            workbench,
            _("Propose a plan"),
            _("What is passed and held stays; what lies ahead is planned anew."),
            accept=_("Make this plan"),
            width=_WIDTH,
        )
        self._engagement_id = engagement_id
        self.proposal: PlanProposal | None = None
        self.waves = NumberEdit(least=1, most=MOST_WAVES)
        self.summary = PlainLabel("", role="lead", wrap=True)
        self.remarks = PlainLabel("", tone="warn", wrap=True)
        self.switch = Segments(
            _("Part of the plan"),
            (
                (_AREAS, _("Areas"), _("Waves, order and the reasons for it")),
                (_VISITS, _("Visits"), _("Days, areas and load")),
                (_PHASES, _("Phases"), _("When each phase lies")),
            ),
        )
        self.areas = WordTable(_("Areas"), _area_columns(), is_opening=False)
        self.visits = WordTable(_("Visits"), _visit_columns(), is_opening=False)
        self.phases = WordTable(_("Phases"), _phase_columns(), is_opening=False)
        self._build()
        self._read(None)
        self.waves.setFocus()

    def _build(self) -> None:
        self._stack = QStackedWidget()
        for table in (self.areas, self.visits, self.phases):
            table.setMinimumHeight(theme.px(160))
            self._stack.addWidget(table)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(field(_("Waves of improvement"), self.waves))
        head.addWidget(self.summary, 1)
        self.body.addLayout(head)
        self.body.addWidget(self.remarks)
        row = QHBoxLayout()
        row.addWidget(self.switch)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self._stack, 1)
        self.switch.chosen.connect(self._turn)
        self.waves.valueChanged.connect(self._read)
        parent = self.parentWidget()
        room = parent.window().height() - 60 if parent is not None else theme.px(620)
        self.resize(theme.px(_WIDTH), max(theme.px(440), min(theme.px(_HIGH + 260), room)))

    def _turn(self, part: str) -> None:
        self._stack.setCurrentIndex((_AREAS, _VISITS, _PHASES).index(part))

    def _read(self, waves: int | None) -> None:
        self.show_problem("")
        self.proposal = None
        try:
            self.proposal = self.workbench.read(
                propose_plan, self._engagement_id, waves=waves, on=self.workbench.workspace.today()
            )
        except QmaError as error:
            self.show_problem(error)
        self.accept_button.setEnabled(self.proposal is not None)
        if self.proposal is not None:
            self._show(self.proposal)

    def _show(self, proposal: PlanProposal) -> None:
        counted = max((area.wave for area in proposal.areas), default=1)
        self.waves.blockSignals(True)
        self.waves.setValue(counted)
        self.waves.blockSignals(False)
        self.summary.setText(proposal_words(proposal))
        self.remarks.setText("\n".join(proposal.remarks))
        self.remarks.setVisible(bool(proposal.remarks))
        codes = {area.area_id: area.code for area in proposal.areas}
        self.areas.show_rows([area_row(area) for area in proposal.areas])
        self.visits.show_rows([visit_row(visit, codes) for visit in proposal.visits])
        self.phases.show_rows(
            [
                TableRow(key=place, cells=(span.title, span_words(span.starts_on, span.ends_on)))
                for place, span in enumerate(proposal.phases)
            ]
        )

    def accept(self) -> None:
        if self.proposal is None:
            return
        if self.workbench.do(make_plan, self._engagement_id, self.proposal) is not None:
            super().accept()

    @classmethod
    def ask(cls, workbench: Workbench, engagement_id: EngagementId, parent: QWidget | None = None) -> bool:
        """Let somebody make a plan; whether one was made."""
        return cls(parent, workbench, engagement_id).ask_until_done()


class AcceptPlan(AskingDialog):
    """The day on which the principal took the plan on, and the name."""

    def __init__(
        self, parent: QWidget | None, workbench: Workbench, engagement_id: EngagementId, by: str
    ) -> None:
        super().__init__(
            parent,
            workbench,
            _("Plan accepted"),
            _("The principal stands behind areas, waves and visits as they are planned."),
            accept=_("Note acceptance"),
        )
        self._engagement_id = engagement_id
        self.day = DateEdit(workbench.workspace.today())
        self.by = QLineEdit(by)
        self.body.addWidget(field(_("Accepted on"), self.day))
        self.body.addWidget(field(_("Accepted by"), self.by))
        self.by.setFocus()

    def accept(self) -> None:
        done = self.workbench.do(accept_plan, self._engagement_id, on=self.day.day, by=self.by.text())
        if done is not None:
            super().accept()

    @classmethod
    def ask(
        cls, workbench: Workbench, engagement_id: EngagementId, by: str, parent: QWidget | None = None
    ) -> bool:
        """Let somebody note that the plan was accepted; whether it was noted."""
        return cls(parent, workbench, engagement_id, by).ask_until_done()


def proposal_words(proposal: PlanProposal) -> str:
    """`11 areas in 3 waves · 17 visits · audit from 1 Jun 2027 on`."""
    areas, visits = len(proposal.areas), len(proposal.visits)
    waves = len({area.wave for area in proposal.areas if area.wave})
    in_waves = ngettext("in {count} wave", "in {count} waves", waves).format(count=waves)
    return " · ".join(
        (
            f"{ngettext('{count} area', '{count} areas', areas).format(count=areas)} {in_waves}",
            ngettext("{count} visit", "{count} visits", visits).format(count=visits),
            _("audit from {day} on").format(day=day_text(proposal.audit_on)),
        )
    )


def area_row(area: AreaProposal) -> TableRow:
    """One area with the reasons for its place."""
    return TableRow(
        key=area.area_id,
        cells=(
            _("Wave {number}").format(number=area.wave),
            f"{area.code} {area.title}",
            span_words(area.starts_on, area.ends_on),
            "; ".join(area.reasons),
        ),
        small={3: _("weight {score} of 100").format(score=number_text(area.score))},
    )


def visit_row(visit: VisitProposal, codes: dict[AreaId, str]) -> TableRow:
    """One visit with its load."""
    hours = _("{hours} h").format(hours=number_text(Fraction(visit.load_minutes, 60), 1))
    return TableRow(
        key=visit.number,
        cells=(
            str(visit.number),
            _weekday(visit.day),
            ", ".join(codes.get(id, id) for id in visit.areas),
            hours,
            "; ".join(visit.remarks),
        ),
        tones={4: "warn"},
    )


def _weekday(day: date) -> str:
    locale = QLocale(language())
    return f"{locale.standaloneDayName(day.isoweekday(), QLocale.FormatType.ShortFormat)} {day_text(day)}"


def _area_columns() -> tuple[TableColumn, ...]:
    return (
        TableColumn(title=_("Wave"), width=84, is_strong=True),
        TableColumn(title=_("Area"), share=3),
        TableColumn(title=_("Worked on"), share=3),
        TableColumn(title=_("Because"), share=5),
    )


def _visit_columns() -> tuple[TableColumn, ...]:
    return (
        TableColumn(title=_("Visit"), width=64, is_strong=True),
        TableColumn(title=_("Day"), width=150),
        TableColumn(title=_("Areas"), share=3),
        TableColumn(title=_("Load"), width=80),
        TableColumn(title=_("To be known"), share=4),
    )


def _phase_columns() -> tuple[TableColumn, ...]:
    return (
        TableColumn(title=_("Phase"), share=2, is_strong=True),
        TableColumn(title=_("From and to"), share=3),
    )
