"""The sheets on audits: plan, team, meetings and timetable, and once it was told what was drawn and how it was looked at."""

from __future__ import annotations

from typing import Any

from qma_app.domain.audit import Audit, AuditLook, AuditSample, AuditSlot
from qma_app.domain.audit_wording import list_source_title, part_title, seen_how_title
from qma_app.domain.wording import verdict_title
from qma_app.exchange.programme_workbook.audit_shelf import AttendeeLine, MemberLine
from qma_app.exchange.programme_workbook.book import ProgrammeBook
from qma_app.exchange.programme_workbook.columns import FIGURE, Table, field, hidden, hidden_count, hidden_id
from qma_app.exchange.programme_workbook.visiting import strokes_text
from qma_app.exchange.workbook.columns import Column
from qma_app.exchange.workbook.looks import COUNT, DAY, INSTANT, NAME
from qma_app.i18n import _, day_text


def audit_tables(book: ProgrammeBook) -> tuple[Table, ...]:
    """Every audit of the programme, and what belongs to it."""
    shelf = book.auditing
    return (
        Table(title=_("Audits"), columns=_audit_columns(book), rows=shelf.audits),
        Table(title=_("Audit teams"), columns=_member_columns(book), rows=shelf.members()),
        Table(title=_("Audit meetings"), columns=_meeting_columns(book), rows=shelf.meetings()),
        Table(title=_("Attendees of audits"), columns=_attendee_columns(book), rows=shelf.attendees()),
        Table(title=_("Audit timetable"), columns=_slot_columns(book), rows=shelf.slots),
        Table(title=_("Audit samples"), columns=_sample_columns(book), rows=shelf.samples),
        Table(title=_("Records drawn"), columns=_drawn_columns(book), rows=shelf.drawn()),
        Table(title=_("How it was looked at"), columns=_look_columns(book), rows=shelf.looks),
    )


def _audit_columns(book: ProgrammeBook) -> list[Column[Any]]:
    def left_out(one: Audit) -> str:
        return "\n".join(f"{book.label_of(area.area_id)}: {area.reason}" for area in one.left_out)

    def wrap_ups(one: Audit) -> str:
        return "\n".join(
            " · ".join(filter(None, (day_text(day.on), book.name_of(day.by), day.words)))
            for day in one.wrap_ups
        )

    def withdrawn(one: Audit) -> str:
        return "\n".join(f"{book.label_of(gone.finding_id)}: {gone.reason}" for gone in one.withdrawn)

    def days(name: str, title: str) -> Column[Any]:
        return Column(
            title=title,
            width=10,
            look=FIGURE,
            value=lambda one: None if one.days is None else float(getattr(one.days, name)),
        )

    return [
        field(Audit, "number", 14, NAME),
        Column(title=_("Kind"), width=22, value=lambda one: book.auditing.kinds.get(one.id, "")),
        field(Audit, "revision", 9, COUNT),
        field(Audit, "revises", 14, value=lambda one: book.label_of(one.revises)),
        field(Audit, "revision_reason", 40),
        field(Audit, "follows", 14, value=lambda one: book.label_of(one.follows)),
        field(Audit, "first_on", 12, DAY),
        field(Audit, "last_on", 12, DAY),
        field(Audit, "left_out", 40, value=left_out),
        days("staff", _("Staff")),
        days("table_days", _("Days of the table")),
        days("days", _("Days agreed")),
        days("on_site", _("Days on site")),
        Column(
            title=_("Why other days"),
            width=30,
            value=lambda one: one.days.reason if one.days is not None else "",
        ),
        Column(
            title=_("Risks"),
            width=20,
            value=lambda one: ", ".join(one.days.risks) if one.days is not None else "",
        ),
        field(Audit, "aims", 40),
        field(Audit, "methods", 40),
        field(Audit, "confidentiality", 40),
        field(Audit, "distribution", 40),
        field(Audit, "language", 10),
        field(Audit, "sent_on", 12, DAY),
        field(Audit, "wrap_ups", 50, value=wrap_ups),
        field(Audit, "withdrawn", 40, value=withdrawn),
        field(Audit, "limits", 40),
        field(
            Audit,
            "recommendation",
            16,
            value=lambda one: verdict_title(one.recommendation) if one.recommendation else "",
        ),
        field(Audit, "recommendation_words", 40),
        field(Audit, "recommended_at", 19, INSTANT),
        field(Audit, "recommended_by", 20, value=lambda one: book.name_of(one.recommended_by)),
        field(Audit, "signed_at", 19, INSTANT),
        field(Audit, "signed_by", 20, value=lambda one: book.name_of(one.signed_by)),
        hidden_count(_("Entries of the change log it began on"), lambda one: one.base_seq),
        hidden(_("Head of the change log it began on"), lambda one: one.base_hash),
        hidden(_("Id of the assessment"), lambda one: one.assessment_id),
        hidden_id(),
    ]


def _of_audit(book: ProgrammeBook) -> Column[Any]:
    return Column(title=_("Audit"), width=16, value=lambda line: book.label_of(line.audit.id))


def _member_columns(book: ProgrammeBook) -> list[Column[Any]]:
    def part(line: MemberLine) -> str:
        return part_title(line.member.part) if line.member is not None else ""

    def declared(line: MemberLine) -> str:
        said = line.declaration
        return "" if said is None else said.words if said.ties or said.words else _("no tie")

    return [
        _of_audit(book),
        Column(title=_("Name"), width=26, value=lambda line: book.name_of(line.person_id)),
        Column(title=_("Part"), width=22, value=part),
        Column(
            title=_("Declared on"),
            width=12,
            look=DAY,
            value=lambda line: line.declaration.declared_on if line.declaration else None,
        ),
        Column(title=_("What was declared"), width=50, value=declared),
        hidden(
            _("Codes of the ties"),
            lambda line: ", ".join(line.declaration.ties) if line.declaration else None,
        ),
    ]


def _meeting_columns(book: ProgrammeBook) -> list[Column[Any]]:
    return [
        _of_audit(book),
        Column(title=_("Meeting"), width=18, value=lambda line: line.title),
        Column(title=_("Held at"), width=19, look=INSTANT, value=lambda line: line.meeting.held_at),
        Column(title=_("Ended at"), width=19, look=INSTANT, value=lambda line: line.meeting.ended_at),
        Column(title=_("Place"), width=24, value=lambda line: line.meeting.place),
        Column(title=_("What was said"), width=60, value=lambda line: line.meeting.words),
        hidden(_("Codes of the points"), lambda line: ", ".join(line.meeting.points)),
    ]


def _attendee_columns(book: ProgrammeBook) -> list[Column[Any]]:
    def who(line: AttendeeLine, name: str) -> Any:
        return getattr(line.attendee or line.signature, name)

    def signed(line: AttendeeLine, name: str) -> Any:
        return getattr(line.signature, name) if line.signature is not None else None

    return [
        Column(title=_("Audit"), width=16, value=lambda line: book.label_of(line.held.audit.id)),
        Column(title=_("Meeting"), width=18, value=lambda line: line.held.title),
        Column(title=_("Name"), width=28, value=lambda line: who(line, "name")),
        Column(title=_("Function"), width=28, value=lambda line: who(line, "function")),
        Column(title=_("Signed at"), width=19, look=INSTANT, value=lambda line: signed(line, "signed_at")),
        hidden(_("Points of the strokes"), lambda line: strokes_text(signed(line, "strokes") or ())),
        hidden_count(_("Height of the pad"), lambda line: signed(line, "height")),
    ]


def _slot_columns(book: ProgrammeBook) -> list[Column[Any]]:
    return [
        field(AuditSlot, "audit_id", 16, value=lambda one: book.label_of(one.audit_id)),
        field(AuditSlot, "on", 12, DAY),
        field(AuditSlot, "begins", 8, NAME),
        field(AuditSlot, "ends", 8, NAME),
        field(AuditSlot, "area_id", 24, value=lambda one: book.label_of(one.area_id)),
        field(AuditSlot, "words", 30),
        field(AuditSlot, "auditor_id", 24, value=lambda one: book.name_of(one.auditor_id)),
        field(AuditSlot, "with_whom", 24),
        hidden_id(),
    ]


def _sample_columns(book: ProgrammeBook) -> list[Column[Any]]:
    def strata(one: AuditSample) -> str:
        return "\n".join(
            _("{name}: {drawn} of {count}").format(name=part.name, drawn=part.drawn, count=part.population)
            for part in one.strata
        )

    return [
        field(AuditSample, "audit_id", 16, value=lambda one: book.label_of(one.audit_id)),
        field(AuditSample, "checkpoint_id", 12, value=lambda one: book.label_of(one.checkpoint_id)),
        field(AuditSample, "source", 18, value=lambda one: list_source_title(one.source)),
        field(AuditSample, "list_name", 30),
        field(AuditSample, "population", 10, COUNT),
        Column(title=_("Records drawn"), width=10, look=COUNT, value=lambda one: len(one.drawn)),
        field(AuditSample, "stratified_by", 18),
        field(AuditSample, "strata", 30, value=strata),
        field(AuditSample, "blanks", 10, COUNT),
        field(AuditSample, "repeats", 10, COUNT),
        field(AuditSample, "drawn_at", 19, INSTANT),
        field(AuditSample, "seed", 14, NAME, value=lambda one: str(one.seed)),
        field(AuditSample, "fingerprint", 38, NAME),
        hidden_id(),
    ]


def _drawn_columns(book: ProgrammeBook) -> list[Column[Any]]:
    return [
        Column(title=_("Audit"), width=16, value=lambda line: book.label_of(line.sample.audit_id)),
        Column(title=_("Checkpoint"), width=12, value=lambda line: book.label_of(line.sample.checkpoint_id)),
        Column(title=_("Place in the list"), width=10, look=COUNT, value=lambda line: line.record.place),
        Column(title=_("Record"), width=30, value=lambda line: line.record.label),
        Column(title=_("Part of the list"), width=20, value=lambda line: line.record.stratum),
        Column(
            title=_("In the place of"),
            width=30,
            value=lambda line: line.replaced.label if line.replaced is not None else "",
        ),
        Column(
            title=_("Its place in the list"),
            width=10,
            look=COUNT,
            value=lambda line: line.replaced.place if line.replaced is not None else None,
        ),
        Column(
            title=_("Why replaced"),
            width=40,
            value=lambda line: line.replaced.reason if line.replaced is not None else "",
        ),
    ]


def _look_columns(book: ProgrammeBook) -> list[Column[Any]]:
    return [
        field(AuditLook, "audit_id", 16, value=lambda one: book.label_of(one.audit_id)),
        field(AuditLook, "checkpoint_id", 12, value=lambda one: book.label_of(one.checkpoint_id)),
        field(AuditLook, "interviews", 40),
        field(AuditLook, "observed", 40),
        field(AuditLook, "records", 40),
        field(
            AuditLook, "seen_how", 14, value=lambda one: seen_how_title(one.seen_how) if one.seen_how else ""
        ),
        field(AuditLook, "is_live", 10),
        field(AuditLook, "is_repeated", 10),
        field(AuditLook, "no_sample", 30),
        hidden_id(),
    ]
