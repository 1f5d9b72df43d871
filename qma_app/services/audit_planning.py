"""How many days an audit is planned with: the planning table of the programme, and what was agreed for one audit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, Final

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Audit, AuditDays
from qma_app.domain.audit_days import (
    DEFAULT_TABLE,
    DaysProposal,
    KindShare,
    PlanningTable,
    RiskShare,
    TableRow,
    check_table,
    days_problems,
    plan_days,
)
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AuditId, SettingId
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.domain.setting import Setting
from qma_app.domain.standing import premises_in
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.audit_rules import writable_audit
from qma_app.services.workspace import Workspace

TABLE_SETTING: Final = "audit.planning-table"


def planning_table(reader: Reader) -> PlanningTable:
    """The table days are planned with: the programme's own, else the one that came along."""
    kept = reader.find(Setting, TABLE_SETTING)
    return _table_of(kept.value) if kept is not None and kept.value else DEFAULT_TABLE


def set_planning_table(workspace: Workspace, table: PlanningTable | None) -> Changes:
    """Plan with another table from now on, None: with the one that came along. Days agreed before stay as they are."""
    if table is not None:
        check_table(table)
    with workspace.writing("audit.planning-table-set") as work:
        kept = work.find(Setting, TABLE_SETTING) or Setting(id=SettingId(TABLE_SETTING), value="")
        work.put(replace(kept, value=_text_of(table) if table is not None else ""))
    return work.changes


def propose_days(
    reader: Reader, audit_id: AuditId, *, staff: int | None = None, risks: Sequence[str] = ()
) -> DaysProposal:
    """What the table says for an audit; the head count of the sites where no staff is given.

    A follow-up goes by the majors of the audit it follows.
    """
    audit = reader.get(Audit, audit_id)
    return _proposal(reader, audit, _staff(reader, audit, staff), risks)


def plan_audit_days(
    workspace: Workspace,
    audit_id: AuditId,
    *,
    staff: int | None = None,
    risks: Sequence[str] = (),
    days: Decimal | None = None,
    on_site: Decimal | None = None,
    reason: str = "",
) -> Changes:
    """Agree on the days of an audit; without `days` the proposal in half days, all of it on site unless said otherwise.

    RuleBroken `audit.days-agreed` for fewer days than proposed without a reason, and too little of them on site.
    """
    with workspace.writing("audit.days-planned") as work:
        audit = writable_audit(workspace, work, audit_id)
        staff = _staff(work, audit, staff)
        proposal = _proposal(work, audit, staff, risks)
        agreed = proposal.half_days if days is None else days
        there = agreed if on_site is None else on_site
        problems = days_problems(proposal, agreed, there, reason)
        if problems:
            raise RuleBroken(
                " ".join(problems),
                code="audit.days-agreed",
                way_out=_("Plan more, or write the reason."),
            )
        work.put(
            replace(
                audit,
                days=AuditDays(
                    staff=staff,
                    risks=tuple(dict.fromkeys(risks)),
                    table_days=proposal.table_days,
                    days=agreed,
                    on_site=there,
                    reason=reason.strip(),
                ),
            )
        )
    return work.changes


def _proposal(reader: Reader, audit: Audit, staff: int, risks: Sequence[str]) -> DaysProposal:
    assessment = reader.get(Assessment, audit.assessment_id)
    followed = reader.get(Audit, audit.follows) if audit.follows is not None else None
    majors = (
        reader.all(Finding, assessment_id=followed.assessment_id, grade=FindingGrade.MAJOR)
        if followed is not None
        else ()
    )
    table = planning_table(reader)
    return plan_days(staff, risks, table, assessment.kind, areas=len(assessment.scope), majors=len(majors))


def _staff(reader: Reader, audit: Audit, staff: int | None) -> int:
    known = (
        staff if staff is not None else premises_in(reader, reader.get(Assessment, audit.assessment_id)).staff
    )
    if known is None:
        raise RuleBroken(
            _("The staff of the dealership is not known."),
            code="audit.staff",
            way_out=_("Write it for each of its sites, or give it here in full-time equivalents."),
        )
    return known


def _text_of(table: PlanningTable) -> str:
    content = {
        "rows": [[row.up_to, str(row.days)] for row in table.rows],
        "risks": [[one.code, str(one.share), one.title] for one in table.risks],
        "kinds": [[one.kind.value, str(one.share)] for one in table.kinds],
        "days_per_major": str(table.days_per_major),
        "area_minutes": list(table.area_minutes),
        "around": str(table.around),
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def _table_of(text: str) -> PlanningTable:
    try:
        content: dict[str, Any] = json.loads(text)
        least, most = content["area_minutes"]
        table = PlanningTable(
            rows=tuple(TableRow(up_to=up_to, days=Decimal(days)) for up_to, days in content["rows"]),
            risks=tuple(
                RiskShare(code=code, share=Fraction(share), title=title)
                for code, share, title in content["risks"]
            ),
            kinds=tuple(
                KindShare(kind=AssessmentKind(kind), share=Fraction(share))
                for kind, share in content["kinds"]
            ),
            days_per_major=Decimal(content["days_per_major"]),
            area_minutes=(least, most),
            around=Fraction(content["around"]),
        )
    except (ValueError, KeyError, TypeError, ZeroDivisionError, InvalidOperation) as error:
        raise RuleBroken(
            _("The planning table of this workspace cannot be read."),
            code="audit-days.table",
            way_out=_("Take the table that came along, and change it anew."),
        ) from error
    check_table(table)
    return table
