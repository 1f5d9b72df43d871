"""The plan of an audit, sent to the dealership before it: what is looked at, by whom, when, on how many days, and how to object."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import BinaryIO

from qma_app.design import LIGHT
from qma_app.domain.audit import AuditDays
from qma_app.domain.edition import Checkpoint
from qma_app.domain.ids import AuditId
from qma_app.domain.independence import Conflict
from qma_app.domain.planning_table import DEFAULT_TABLE, PlanningTable, risk_title, table_statement
from qma_app.domain.ports import Reader
from qma_app.i18n import _, day_text, exact_number_text
from qma_app.reports.actions.blocks import plain_table
from qma_app.reports.actions.drawing import Part, draw_parts, paper_head
from qma_app.reports.auditing.reading import AuditHead, AuditRecords, SlotLine, TeamLine
from qma_app.reports.auditing.words import (
    aims_text,
    area_text,
    audit_name,
    certificate_text,
    confidentiality_text,
    independence_text,
    language_text,
    methods_text,
    objection_lines,
    part_title,
    slot_text,
    span_text,
    time_text,
)
from qma_app.reports.blocks import Block, Together
from qma_app.reports.document import PictureBytes
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.principal.lines import bullets
from qma_app.reports.progress import Progress
from qma_app.reports.styles import CELL, CELL_NUMBER, CELL_QUIET, CELL_STRONG
from qma_app.reports.tables import Row, Table
from qma_app.reports.wording import edition_line
from qma_app.reports.year.log_end import add_log_end
from qma_app.reports.year.signing import SignatureField, add_signatures
from qma_app.reports.year.words import weekday_text

_TIME, _AUDITOR, _MEETS = 82.0, 104.0, 110.0
_NUMBER, _SIZE = 54.0, 145.0
_NAME, _PART = 104.0, 84.0


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditPlanPaper:
    """Everything the plan shows; `lists` are the critical checkpoints records are drawn for, `risks` the circumstances in words."""

    head: AuditHead
    conflicts: tuple[Conflict, ...]
    slots: tuple[SlotLine, ...]
    lists: tuple[Checkpoint, ...]
    risks: tuple[str, ...]


def title() -> str:
    """What it is called in lists."""
    return _("Audit plan")


def collect(
    reader: Reader,
    audit_id: AuditId,
    *,
    on: date,
    conflicts: Sequence[Conflict] = (),
    table: PlanningTable = DEFAULT_TABLE,
    is_sample: bool = False,
    step: Callable[[float], None] = lambda _share: None,
) -> AuditPlanPaper:
    """The plan as it stands; `conflicts` and the planning `table` are what the records of others say of team and risks."""
    records = AuditRecords(reader, audit_id, on=on, is_sample=is_sample)
    known = {risk.code: risk_title(risk) for risk in table.risks}
    step(0.5)
    days = records.audit.days
    lists = tuple(point for point in records.state.to_rate if point.is_critical and point.sample is not None)
    step(1.0)
    return AuditPlanPaper(
        head=records.head,
        conflicts=tuple(conflicts),
        slots=records.slots,
        lists=lists,
        risks=tuple(known.get(code, code) for code in days.risks) if days else (),
    )


def draw(paper: AuditPlanPaper, out: BinaryIO, *, pictures: PictureBytes, progress: Progress) -> None:
    """Write the plan as a PDF."""
    head = paper.head
    name = audit_name(head)

    def add(kit: Kit) -> None:
        entry = kit.entry(name, 0, in_contents=False)
        kit.flow.add(paper_head(kit, head.frame, title(), name), entry=entry, keeps=True)
        kit.flow.add(kit.facts(_facts(head), padding=2.6, where=name), before=2)
        _add_scope(kit, head)
        _add_team(kit, paper)
        _add_days(kit, paper)
        _add_timetable(kit, paper.slots)
        _add_lists(kit, paper.lists)
        _add_objecting(kit, head)
        add_log_end(kit, head.frame)

    marks = () if head.audit.sent_on else ((_("DRAFT"), LIGHT.warn),)
    part = Part(name=name, add=add)
    draw_parts(head.frame, out, [part], title=title(), pictures=pictures, progress=progress, marks=marks)


def _facts(head: AuditHead) -> Iterator[tuple[str, str]]:
    audit = head.audit
    yield _("Days"), span_text(head)
    yield _("Sites"), ", ".join(site.name for site in head.sites)
    yield _("Aims"), aims_text(head)
    yield _("Criteria"), edition_line(head.frame.edition)
    yield _("Methods"), methods_text(head)
    yield _("Language"), language_text(head)
    yield _("Confidentiality"), confidentiality_text(head)
    yield _("Report goes to"), audit.distribution
    yield _("Follows"), head.follows
    sent = day_text(audit.sent_on) if audit.sent_on else _("not sent yet")
    yield _("Sent"), sent


def _add_scope(kit: Kit, head: AuditHead) -> None:
    kit.heading(_("What is looked at"), level=1)
    rows: list[tuple[str, str]] = [
        (_("Areas"), ", ".join(map(area_text, head.scope)) or _("none")),
        *(
            (_("Left out"), f"{area_text(area)}: {reason or _('no reason given')}")
            for area, reason in head.left_out
        ),
    ]
    kit.flow.add(kit.facts(rows, padding=2.6, where=_("scope")))


def _add_team(kit: Kit, paper: AuditPlanPaper) -> None:
    kit.heading(_("Who comes"), level=1)
    if not paper.head.team:
        kit.paragraph(_("Nobody is named yet."), CELL)
        return
    rest = (CONTENT_WIDTH - _NAME - _PART - 30) / 2
    kit.flow.add(
        plain_table(
            kit,
            (_("Name"), _("Part"), _("Certificate"), _("Independence")),
            (_NAME, _PART, rest, rest),
            [_member(kit, line, paper.conflicts) for line in paper.head.team],
        )
    )


def _member(kit: Kit, line: TeamLine, conflicts: Sequence[Conflict]) -> list[Block | None]:
    where = _("team")
    return [
        kit.words(line.person.name, CELL_STRONG, where=where),
        kit.words(part_title(line.part), CELL),
        kit.words(certificate_text(line) or "–", CELL, where=where),
        kit.words(independence_text(line, conflicts) or "–", CELL, where=where),
    ]


def _add_days(kit: Kit, paper: AuditPlanPaper) -> None:
    kit.heading(_("How many days, and why"), level=1)
    days = paper.head.audit.days
    if days is None:
        kit.paragraph(_("The days are not agreed yet."), CELL)
        return
    kit.flow.add(kit.facts(_days(days, paper.risks), padding=2.6, where=_("days")))
    kit.quiet(table_statement())


def _days(days: AuditDays, risks: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield _("Staff"), _("{count} in full-time equivalents").format(count=days.staff)
    yield _("Planning table"), _("{days} auditor days").format(days=exact_number_text(days.table_days))
    yield _("Circumstances"), ", ".join(risks)
    agreed = _("{days} auditor days, {on_site} of them on site")
    yield (
        _("Agreed"),
        agreed.format(days=exact_number_text(days.days), on_site=exact_number_text(days.on_site)),
    )
    yield _("Why"), days.reason


def _add_timetable(kit: Kit, slots: Sequence[SlotLine]) -> None:
    kit.heading(_("Timetable"), level=1)
    if not slots:
        kit.paragraph(_("The timetable is not made yet."), CELL)
        return
    what = CONTENT_WIDTH - _TIME - _AUDITOR - _MEETS - 30
    titles = (_("Time"), _("What"), _("Auditor"), _("Meets"))
    for day, lines in groupby(slots, key=lambda line: line.slot.on):
        kit.minor_heading(weekday_text(day))
        rows = [Row(tuple(_slot(kit, line)), padding=2.0) for line in lines]
        day_table = Table((_TIME, what, _AUDITOR, _MEETS), rows, head=kit.head_row(titles))
        kit.flow.add(Together(day_table), before=2)
    kit.quiet(_("Times move where the work asks for it; the lead auditor says so in good time."))


def _slot(kit: Kit, line: SlotLine) -> list[Block | None]:
    where = _("timetable")
    return [
        kit.words(time_text(line.slot), CELL_NUMBER),
        kit.words(slot_text(line) or "–", CELL, where=where),
        kit.words(line.auditor or "–", CELL, where=where),
        kit.words(line.slot.with_whom or "–", CELL_QUIET, where=where),
    ]


def _add_lists(kit: Kit, lists: Sequence[Checkpoint]) -> None:
    kit.heading(_("Lists to have ready"), level=1)
    kit.paragraph(
        _(
            "Records are drawn by chance on site. For that the dealership provides, as a table or as a range of numbers, a complete list of each of these, with its week or employee where it is known. Nothing is chosen beforehand."
        ),
        CELL,
        before=0,
        keeps=bool(lists),
    )
    if not lists:
        kit.quiet(_("No critical checkpoint in these areas asks for a sample."))
        return
    what = CONTENT_WIDTH - _NUMBER - _SIZE - 20
    rows: list[list[Block | None]] = []
    for point in lists:
        if point.sample is not None:
            size = _("{size} of: {what}").format(size=point.sample.size, what=point.sample.of)
            rows.append(
                [
                    kit.words(point.number, CELL_NUMBER),
                    kit.words(point.statement.marked, CELL),
                    kit.words(size, CELL),
                ]
            )
    head = kit.head_row((_("No."), _("Critical checkpoint"), _("Records drawn")))
    made = [Row(tuple(row), padding=2.0) for row in rows]
    kit.flow.add(Table((_NUMBER, what, _SIZE), made, head=head), before=6)


def _add_objecting(kit: Kit, head: AuditHead) -> None:
    kit.heading(_("How to object"), level=1)
    said = bullets(kit, objection_lines(head.audit.first_on), where=_("objection"))
    kit.flow.add(Together(said), keeps=True)
    lead = head.lead.person.name if head.lead else ""
    fields = [
        SignatureField(name=lead, caption=_("Lead auditor: date, signature")),
        SignatureField(name="", caption=_("Dealership, plan received: date, signature")),
    ]
    add_signatures(kit, fields, before=12)
