"""The sheets on the plan and on what was agreed: phases, areas, gates, targets, charter, people, owners, certificates, closing times."""

from __future__ import annotations

from typing import Any

from qma_app.domain.certificate import certificate_state, certificate_title
from qma_app.domain.charter import Charter
from qma_app.domain.dealership import ClosingDay
from qma_app.domain.people import Person, Qualification
from qma_app.domain.phase_spans import phase_title
from qma_app.domain.plan import GateStatement, PlannedArea, PlannedPhase
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.target import Target
from qma_app.domain.wording import gain_title, role_title, tone_title, unit_title
from qma_app.exchange.programme_workbook.book import OwnerLine, ProgrammeBook
from qma_app.exchange.programme_workbook.columns import (
    FIGURE,
    Table,
    answered,
    field,
    hidden,
    hidden_id,
)
from qma_app.exchange.workbook.columns import Column
from qma_app.exchange.workbook.file import Value
from qma_app.exchange.workbook.looks import COUNT, DAY, NAME, TYPED
from qma_app.i18n import _


def plan_tables(book: ProgrammeBook) -> tuple[Table, ...]:
    """Phases, areas in waves, gates with their figures, what was stated at them."""
    return (
        Table(title=_("Phases"), columns=_phase_columns(book), rows=book.phases),
        Table(title=_("Areas in waves"), columns=_area_columns(book), rows=book.areas),
        Table(title=_("Gates"), columns=_condition_columns(book), rows=book.conditions()),
        Table(title=_("Statements for gates"), columns=_statement_columns(book), rows=book.statements),
    )


def agreement_tables(book: ProgrammeBook) -> tuple[Table, ...]:
    """Targets, charter, people, process owners, certificates, closing times."""
    return (
        Table(title=_("Targets"), columns=_target_columns(book), rows=book.targets),
        Table(title=_("Charter"), columns=_charter_columns(book), rows=book.charters),
        Table(title=_("People"), columns=_person_columns(book), rows=book.people),
        Table(title=_("Process owners"), columns=_owner_columns(book), rows=book.owners),
        Table(title=_("Certificates"), columns=_certificate_columns(book), rows=book.certificates),
        Table(title=_("Closing times"), columns=_closing_columns(), rows=book.closing),
    )


def _phase_columns(book: ProgrammeBook) -> list[Column[Any]]:
    def title(one: PlannedPhase) -> str:
        return phase_title(book.edition, one.phase, one.wave)

    def left_open(one: PlannedPhase) -> str:
        return "\n".join(f"{each.words}: {each.figures}" for each in one.passed_open)

    return [
        field(PlannedPhase, "place", 8, COUNT),
        field(PlannedPhase, "phase", 34, value=title),
        field(PlannedPhase, "wave", 8, COUNT, value=_wave),
        field(PlannedPhase, "starts_on", 12, DAY),
        field(PlannedPhase, "ends_on", 12, DAY),
        field(PlannedPhase, "passed_on", 12, DAY),
        field(PlannedPhase, "passed_by", 20, value=lambda one: book.name_of(one.passed_by)),
        field(PlannedPhase, "passed_reason", 40),
        field(PlannedPhase, "passed_open", 50, value=left_open),
        hidden(_("Phase id"), lambda one: one.phase),
        hidden_id(),
    ]


def _area_columns(book: ProgrammeBook) -> list[Column[Any]]:
    return [
        field(PlannedArea, "area_id", 34, value=lambda one: book.label_of(one.area_id)),
        field(PlannedArea, "wave", 8, COUNT, value=_wave),
        field(PlannedArea, "place", 8, COUNT),
        field(PlannedArea, "starts_on", 12, DAY),
        field(PlannedArea, "ends_on", 12, DAY),
        field(PlannedArea, "left_out", 50),
        hidden(_("Area id"), lambda one: one.area_id),
        hidden_id(),
    ]


def _condition_columns(book: ProgrammeBook) -> list[Column[Any]]:
    def phase(line: Any) -> str:
        return phase_title(book.edition, line.phase.phase, line.phase.wave)

    return [
        Column(title=_("Phase"), width=30, value=phase),
        Column(title=_("Condition"), width=50, value=lambda line: line.title or line.words_then),
        Column(title=_("Holds"), width=9, value=lambda line: answered(line.holds)),
        Column(title=_("State"), width=12, value=lambda line: tone_title(line.tone) if line.tone else ""),
        Column(title=_("Figures"), width=40, value=lambda line: line.figures),
        Column(title=_("Gate passed on"), width=14, look=DAY, value=lambda line: line.phase.passed_on),
        Column(title=_("What did not hold then"), width=40, value=lambda line: line.words_then),
        Column(title=_("Figures then"), width=30, value=lambda line: line.figures_then),
        hidden(_("Condition id"), lambda line: line.id),
        hidden(_("Phase id"), lambda line: line.phase.id),
    ]


def _statement_columns(book: ProgrammeBook) -> list[Column[Any]]:
    titles = {one.check: str(one.title) for phase in book.edition.phases for one in phase.gate}
    return [
        field(GateStatement, "said_on", 12, DAY),
        field(GateStatement, "check", 44, value=lambda one: titles.get(one.check, one.check)),
        field(GateStatement, "words", 60),
        field(GateStatement, "figure", 9, COUNT),
        field(GateStatement, "area_id", 30, value=lambda one: book.label_of(one.area_id)),
        field(GateStatement, "said_by", 20, value=lambda one: book.name_of(one.said_by)),
        hidden(_("Name of the check"), lambda one: one.check),
        hidden(_("Area id"), lambda one: one.area_id),
        hidden_id(),
    ]


def _target_columns(book: ProgrammeBook) -> list[Column[Any]]:
    def unit(one: Target) -> str:
        kpi = book.edition.kpis.get(one.kpi)
        return unit_title(kpi.unit) if kpi else ""

    return [
        field(Target, "gain", 14, value=lambda one: gain_title(one.gain)),
        field(Target, "kpi", 40, value=lambda one: book.label_of(one.kpi)),
        field(Target, "start", 14, FIGURE),
        field(Target, "goal", 14, FIGURE),
        Column(title=_("Unit"), width=14, value=unit),
        field(Target, "due_on", 12, DAY),
        field(Target, "words", 50),
        hidden(_("Code of the KPI"), lambda one: one.kpi),
        hidden_id(),
    ]


def _charter_columns(book: ProgrammeBook) -> list[Column[Any]]:
    return [
        field(Charter, "aim", 60),
        field(Charter, "coach_part", 60),
        field(Charter, "signed_on", 12, DAY),
        field(Charter, "signed_by", 24),
        field(Charter, "place", 20),
        Column(title=_("Signed page"), width=34, value=lambda one: _kept(book, one.id)),
        hidden_id(),
    ]


def _person_columns(book: ProgrammeBook) -> list[Column[Any]]:
    engagement = book.engagement

    def part(one: Person) -> str:
        parts = (
            (engagement.principal_id, _("principal")),
            (engagement.officer_id, _("quality officer")),
            (engagement.coach_id, _("coach")),
        )
        return ", ".join(words for id, words in parts if id == one.id)

    def belongs(one: Person) -> str:
        return book.dealership.name if one.dealership_id == book.dealership.id else ""

    return [
        field(Person, "name", 28),
        field(Person, "function", 28),
        field(Person, "email", 32),
        field(Person, "phone", 20),
        Column(title=_("Part in the programme"), width=22, value=part),
        Column(title=_("Of the dealership"), width=28, value=belongs),
        hidden(_("Dealership id"), lambda one: one.dealership_id),
        hidden_id(),
    ]


def _owner_columns(book: ProgrammeBook) -> list[Column[Any]]:
    def said(name: str) -> Any:
        return lambda line: getattr(line.owner, name) if line.owner is not None else None

    def named(name: str) -> Any:
        return lambda line: book.name_of(getattr(line.owner, name)) if line.owner is not None else ""

    def process_id(line: OwnerLine) -> Value:
        return line.process.id if line.process else line.owner.process_id if line.owner else None

    return [
        Column(title=_("Area"), width=26, value=lambda line: str(line.area.title) if line.area else ""),
        Column(title=_("No."), width=10, look=NAME, value=lambda line: line.process.number if line.process else ""),
        field(ProcessOwner, "process_id", 36, value=lambda line: str(line.process.title) if line.process else process_id(line)),
        field(ProcessOwner, "owner_id", 24, value=named("owner_id")),
        field(ProcessOwner, "deputy_id", 24, value=named("deputy_id")),
        field(ProcessOwner, "described_on", 14, DAY, value=said("described_on")),
        field(ProcessOwner, "described_in", 36, value=said("described_in")),
        hidden(_("Process id"), process_id),
        hidden_id(lambda line: line.owner),
    ]  # fmt: skip


def _certificate_columns(book: ProgrammeBook) -> list[Column[Any]]:
    return [
        Column(title=_("Name"), width=28, value=lambda one: book.name_of(one.person_id)),
        field(Qualification, "role", 16, value=lambda one: role_title(one.role)),
        field(Qualification, "number", 16, TYPED),
        field(Qualification, "valid_from", 12, DAY),
        field(Qualification, "valid_until", 12, DAY),
        Column(
            title=_("State"), width=18, value=lambda one: certificate_title(certificate_state(one, book.on))
        ),
        field(Qualification, "training", 40),
        field(Qualification, "trained_on", 12, DAY),
        field(Qualification, "supervised", 12, COUNT),
        field(Qualification, "checked_on", 12, DAY),
        hidden(_("Person id"), lambda one: one.person_id),
        hidden_id(),
    ]


def _closing_columns() -> list[Column[Any]]:
    return [
        field(ClosingDay, "first_on", 14, DAY),
        field(ClosingDay, "last_on", 14, DAY),
        field(ClosingDay, "words", 50),
        Column(title=_("Days"), width=8, look=COUNT, value=lambda one: (one.last_on - one.first_on).days + 1),
        hidden_id(),
    ]


def _wave(one: PlannedPhase | PlannedArea) -> int | None:
    """The number of the wave; nothing where there are no waves."""
    return one.wave or None


def _kept(book: ProgrammeBook, id: str) -> str:
    return "\n".join(book.evidence.get(id, ()))
