"""The sheets on what happened: visits with agenda, people, notes and signatures, promises, sponsor checks, reviews, next steps."""

from __future__ import annotations

from typing import Any

from qma_app.domain.field_titles import field_title
from qma_app.domain.promise import SPONSOR_ANSWERS, Promise, SponsorCheck
from qma_app.domain.review import Decision, ManagementReview
from qma_app.domain.step_mark import StepMark
from qma_app.domain.step_rules.titles import rule_title
from qma_app.domain.visit import AgendaItem, Visit, VisitNote
from qma_app.domain.wording import promise_state_title, step_kind_title, visit_state_title
from qma_app.exchange.programme_workbook.book import ProgrammeBook
from qma_app.exchange.programme_workbook.columns import (
    Table,
    answered,
    field,
    hidden,
    hidden_count,
    hidden_id,
    yes,
)
from qma_app.exchange.workbook.columns import Column
from qma_app.exchange.workbook.looks import COUNT, DAY, INSTANT, NAME
from qma_app.i18n import _


def visit_tables(book: ProgrammeBook) -> tuple[Table, ...]:
    """Visits, and everything that was kept of them; people also of reviews."""
    return (
        Table(title=_("Visits"), columns=_visit_columns(book), rows=book.visits),
        Table(title=_("Agendas"), columns=_item_columns(book), rows=book.items),
        Table(title=_("Participants"), columns=_attendance_columns(book), rows=book.attendances()),
        Table(title=_("Clock"), columns=_clock_columns(book), rows=book.clock()),
        Table(title=_("Notes"), columns=_note_columns(book), rows=book.notes),
        Table(title=_("Signatures"), columns=_signature_columns(book), rows=book.signatures()),
    )


def promise_tables(book: ProgrammeBook) -> tuple[Table, ...]:
    """The book of promises and the checks of the sponsor."""
    return (
        Table(title=_("Promises"), columns=_promise_columns(book), rows=book.promises),
        Table(title=_("Sponsor checks"), columns=_sponsor_columns(book), rows=book.sponsor_checks),
    )


def review_tables(book: ProgrammeBook) -> tuple[Table, ...]:
    """Management reviews, what was said in them, what they decided."""
    return (
        Table(title=_("Management reviews"), columns=_review_columns(), rows=book.reviews),
        Table(title=_("Remarks of reviews"), columns=_remark_columns(book), rows=book.remarks()),
        Table(title=_("Decisions"), columns=_decision_columns(book), rows=book.decisions),
    )


def step_tables(book: ProgrammeBook) -> tuple[Table, ...]:
    """What is next on the day, and what was said about steps."""
    return (
        Table(title=_("Next steps"), columns=_step_columns(), rows=book.steps),
        Table(title=_("Marks on next steps"), columns=_mark_columns(book), rows=book.marks),
    )


def _visit_columns(book: ProgrammeBook) -> list[Column[Any]]:
    def areas(one: Visit) -> str:
        return "\n".join(map(book.label_of, one.areas))

    def worked(one: Visit) -> int:
        until = one.clock[-1].ended or book.changed_at if one.clock else book.changed_at
        return int(one.worked(until).total_seconds()) // 60

    return [
        field(Visit, "number", 8, COUNT),
        Column(title=_("State"), width=11, value=lambda one: visit_state_title(one.state)),
        field(Visit, "planned_on", 12, DAY),
        field(Visit, "starts_at", 8, NAME),
        field(Visit, "ends_at", 8, NAME),
        field(Visit, "held_on", 12, DAY),
        Column(title=_("Minutes worked"), width=10, look=COUNT, value=worked),
        field(Visit, "areas", 30, value=areas),
        field(Visit, "purpose", 40),
        field(Visit, "coach_id", 20, value=lambda one: book.name_of(one.coach_id)),
        field(Visit, "bring", 40),
        field(Visit, "summary", 60),
        field(Visit, "next_on", 12, DAY),
        field(Visit, "closed_at", 19, INSTANT),
        field(Visit, "cancelled_on", 12, DAY),
        field(Visit, "cancelled_reason", 40),
        Column(
            title=_("Photos and documents"),
            width=34,
            value=lambda one: "\n".join(book.evidence.get(one.id, ())),
        ),
        hidden(_("Ids of the areas"), lambda one: ", ".join(one.areas)),
        hidden_id(),
    ]


def _item_columns(book: ProgrammeBook) -> list[Column[Any]]:
    return [
        field(AgendaItem, "visit_id", 12, value=lambda one: book.label_of(one.visit_id)),
        field(AgendaItem, "place", 8, COUNT),
        field(AgendaItem, "title", 50),
        field(AgendaItem, "minutes", 9, COUNT),
        field(AgendaItem, "reason", 40),
        field(AgendaItem, "done_at", 19, INSTANT),
        field(AgendaItem, "outcome", 40),
        Column(
            title=_("Why it is a step"), width=40, value=lambda one: rule_title(one.rule) if one.rule else ""
        ),
        hidden(field_title(AgendaItem, "rule"), lambda one: one.rule),
        hidden(field_title(AgendaItem, "step"), lambda one: one.step),
        hidden_id(),
    ]


def _attendance_columns(book: ProgrammeBook) -> list[Column[Any]]:
    def known(line: Any) -> str:
        person_id = line.participant.person_id
        return book.name_of(person_id) if person_id else ""

    return [
        Column(title=_("At"), width=22, value=lambda line: line.at),
        Column(title=_("Name"), width=28, value=lambda line: line.participant.name),
        Column(title=_("Function"), width=28, value=lambda line: line.participant.function),
        Column(title=_("Opening"), width=10, value=lambda line: yes(holds=line.participant.at_opening)),
        Column(title=_("Closing"), width=10, value=lambda line: yes(holds=line.participant.at_closing)),
        Column(title=_("Person of the house"), width=28, value=known),
        hidden(_("Person id"), lambda line: line.participant.person_id),
    ]


def _clock_columns(book: ProgrammeBook) -> list[Column[Any]]:
    return [
        Column(title=_("Visit"), width=12, value=lambda line: book.label_of(line.visit.id)),
        Column(title=_("Begun"), width=19, look=INSTANT, value=lambda line: line.stretch.begun),
        Column(title=_("Ended"), width=19, look=INSTANT, value=lambda line: line.stretch.ended),
    ]


def _note_columns(book: ProgrammeBook) -> list[Column[Any]]:
    return [
        field(VisitNote, "noted_at", 19, INSTANT),
        field(VisitNote, "words", 70),
        field(VisitNote, "visit_id", 12, value=lambda one: book.label_of(one.visit_id)),
        field(VisitNote, "checkpoint_id", 12, value=lambda one: book.label_of(one.checkpoint_id)),
        field(VisitNote, "finding_id", 10, value=lambda one: book.label_of(one.finding_id)),
        field(VisitNote, "noted_by", 20, value=lambda one: book.name_of(one.noted_by)),
        hidden(_("Checkpoint id"), lambda one: one.checkpoint_id),
        hidden_id(),
    ]


def _signature_columns(book: ProgrammeBook) -> list[Column[Any]]:
    return [
        Column(title=_("Visit"), width=12, value=lambda line: book.label_of(line.visit.id)),
        Column(title=_("Name"), width=28, value=lambda line: line.signature.name),
        Column(title=_("Function"), width=28, value=lambda line: line.signature.function),
        Column(title=_("Signed at"), width=19, look=INSTANT, value=lambda line: line.signature.signed_at),
        Column(title=_("Strokes"), width=9, look=COUNT, value=lambda line: len(line.signature.strokes)),
        hidden(_("Points of the strokes"), lambda line: strokes_text(line.signature.strokes)),
        hidden_count(_("Height of the pad"), lambda line: line.signature.height),
    ]


def _promise_columns(book: ProgrammeBook) -> list[Column[Any]]:
    return [
        Column(title=_("No."), width=8, look=NAME, value=lambda one: one.label),
        Column(title=_("State"), width=11, value=lambda one: promise_state_title(one.state_on(book.on))),
        field(Promise, "what", 50),
        field(Promise, "who", 24),
        field(Promise, "person_id", 24, value=lambda one: book.name_of(one.person_id)),
        field(Promise, "is_coachs", 10),
        field(Promise, "made_on", 12, DAY),
        field(Promise, "due_on", 12, DAY),
        field(Promise, "charter_id", 12, value=lambda one: book.label_of(one.charter_id)),
        field(Promise, "visit_id", 12, value=lambda one: book.label_of(one.visit_id)),
        field(Promise, "kept_on", 12, DAY),
        field(Promise, "broken_on", 12, DAY),
        field(Promise, "outcome", 40),
        hidden_count(field_title(Promise, "number"), lambda one: one.number),
        hidden_id(),
    ]


def _sponsor_columns(book: ProgrammeBook) -> list[Column[Any]]:
    def answer(name: str) -> Column[Any]:
        return field(SponsorCheck, name, 14, value=lambda one: answered(getattr(one, name)))

    return [
        field(SponsorCheck, "quarter", 10, NAME),
        field(SponsorCheck, "checked_on", 12, DAY),
        *map(answer, SPONSOR_ANSWERS),
        field(SponsorCheck, "words", 50),
        field(SponsorCheck, "checked_by", 20, value=lambda one: book.name_of(one.checked_by)),
        hidden_id(),
    ]


def _review_columns() -> list[Column[Any]]:
    return [
        field(ManagementReview, "number", 8, COUNT),
        field(ManagementReview, "planned_on", 12, DAY),
        field(ManagementReview, "held_on", 12, DAY),
        field(ManagementReview, "led_by", 24),
        field(ManagementReview, "conclusion", 70),
        hidden_id(),
    ]


def _remark_columns(book: ProgrammeBook) -> list[Column[Any]]:
    return [
        Column(title=_("Management review"), width=24, value=lambda line: book.label_of(line.review.id)),
        Column(title=_("Input"), width=36, value=lambda line: line.title),
        Column(title=_("What was said"), width=80, value=lambda line: line.remark.words),
        hidden(_("Code of the input"), lambda line: line.remark.input),
    ]


def _decision_columns(book: ProgrammeBook) -> list[Column[Any]]:
    return [
        field(Decision, "review_id", 24, value=lambda one: book.label_of(one.review_id)),
        field(Decision, "place", 8, COUNT),
        field(Decision, "words", 60),
        field(Decision, "owner", 24),
        field(Decision, "due_on", 12, DAY),
        field(Decision, "action_id", 10, value=lambda one: book.label_of(one.action_id)),
        hidden_id(),
    ]


def _step_columns() -> list[Column[Any]]:
    return [
        Column(title=_("Kind"), width=10, value=lambda one: step_kind_title(one.kind)),
        Column(title=_("Next step"), width=50, value=lambda one: one.title),
        Column(title=_("Why"), width=50, value=lambda one: one.reason),
        Column(title=_("Minutes"), width=9, look=COUNT, value=lambda one: one.minutes),
        Column(title=_("Due"), width=12, look=DAY, value=lambda one: one.due_on),
        Column(title=_("Ticked on"), width=12, look=DAY, value=lambda one: one.ticked_on),
        Column(title=_("Rule"), width=60, value=lambda one: rule_title(one.rule) if one.rule else ""),
        hidden(_("Code of the rule"), lambda one: one.rule),
        hidden(_("Key of the step"), lambda one: one.key),
    ]


def _mark_columns(book: ProgrammeBook) -> list[Column[Any]]:
    return [
        field(StepMark, "marked_on", 12, DAY),
        field(StepMark, "title", 50),
        Column(
            title=_("What was marked"),
            width=12,
            value=lambda one: _("ticked off") if one.is_tick else _("put off"),
        ),
        field(StepMark, "until", 12, DAY),
        field(StepMark, "reason", 50),
        field(StepMark, "marked_by", 20, value=lambda one: book.name_of(one.marked_by)),
        hidden(_("Key of the step"), lambda one: one.step),
        hidden_id(),
    ]


def strokes_text(strokes: tuple[tuple[int, ...], ...]) -> str:
    """A signature as figures: `12,40 13,41; 80,20 81,22`, a semicolon where the pen was lifted."""
    return "; ".join(
        " ".join(f"{x},{y}" for x, y in zip(stroke[::2], stroke[1::2], strict=False)) for stroke in strokes
    )
