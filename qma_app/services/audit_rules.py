"""What holds for every edit of an audit: a signed one stays as it is, only an auditor writes, its days and people fit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import Audit, TeamMember
from qma_app.domain.ids import AreaId, AuditId, CheckpointId, EngagementId, PersonId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.standing import edition_of_assessment
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.working import check_may_write
from qma_app.services.workspace import Workspace

LONGEST: Final = 60
"""So many days lie between the first and the last day of an audit at most: more is a slip of the year or the month."""


def writable_audit(workspace: Workspace, reader: Reader, audit_id: AuditId) -> Audit:
    """The audit, if it is not signed and whoever is working may write in it."""
    audit = reader.get(Audit, audit_id)
    check_unsigned(audit)
    check_may_write(workspace, reader.get(Assessment, audit.assessment_id))
    return audit


def check_unsigned(audit: Audit) -> None:
    """RuleBroken `audit.signed` where the report of an audit was signed."""
    if audit.is_signed:
        raise RuleBroken(
            _("The report {number} is signed; nothing in this audit changes any more.").format(
                number=audit.number
            ),
            code="audit.signed",
            way_out=_("Reopen it as a new revision, with a reason."),
            audit=audit.id,
        )


def check_days(first_on: date | None, last_on: date | None) -> None:
    """RuleBroken where an audit would end before it begins, or last for months."""
    if first_on is None and last_on is not None:
        raise RuleBroken(
            _("The audit has a last day, but no first."),
            code="audit.days",
            way_out=_("Write its first day too."),
        )
    if first_on is None or last_on is None:
        return
    if last_on < first_on:
        raise RuleBroken(
            _("The audit would end on {last}, before it begins on {first}.").format(
                last=day_text(last_on), first=day_text(first_on)
            ),
            code="audit.days",
            way_out=_("Look at both days."),
        )
    if (last_on - first_on).days > LONGEST:
        raise RuleBroken(
            _("From {first} to {last} are {count} days.").format(
                first=day_text(first_on), last=day_text(last_on), count=(last_on - first_on).days
            ),
            code="audit.days",
            way_out=_("Look at month and year: an audit lasts at most {most} days.").format(most=LONGEST),
        )


def check_in_days(audit: Audit, day: date) -> None:
    """RuleBroken for a day that is none of the audit's; while it has none every day is let pass."""
    if audit.first_on is not None and not audit.first_on <= day <= (audit.last_on or audit.first_on):
        raise RuleBroken(
            _("{day} lies outside the audit from {first} to {last}.").format(
                day=day_text(day),
                first=day_text(audit.first_on),
                last=day_text(audit.last_on or audit.first_on),
            ),
            code="audit.day",
            way_out=_("Choose one of its days, or correct the days of the audit."),
        )


def check_checkpoint(reader: Reader, audit: Audit, checkpoint_id: CheckpointId) -> None:
    """NotFound for a checkpoint the edition does not have, RuleBroken for one outside the areas audited."""
    assessment = reader.get(Assessment, audit.assessment_id)
    checkpoint = edition_of_assessment(reader, assessment).checkpoint(checkpoint_id)
    if checkpoint.area_id not in assessment.scope:
        raise RuleBroken(
            _("{number} is outside the areas of this audit.").format(number=checkpoint.number),
            code="audit.outside-scope",
            way_out=_("Take the area in first."),
        )


def check_in_team(reader: Reader, audit: Audit, person_id: PersonId) -> TeamMember:
    """What somebody does in the team; RuleBroken for anybody else."""
    member = next((one for one in audit.team if one.person_id == person_id), None)
    if member is None:
        raise RuleBroken(
            _("{name} is not in the team of this audit.").format(name=reader.get(Person, person_id).name),
            code="audit.not-in-team",
            way_out=_("Choose somebody of the team, or add the person to it."),
            person=person_id,
        )
    return member


def needed(text: str, code: str, message: str, way_out: str) -> str:
    """The words without blanks around them; RuleBroken with `code` where nothing is left."""
    if not text.strip():
        raise RuleBroken(message, code=code, way_out=way_out)
    return text.strip()


def audit_days(audit: Audit) -> tuple[date, ...]:
    """Every day from the first to the last; none while no first day is agreed."""
    return tuple(_days(audit))


def scope_of(reader: Reader, audit: Audit) -> tuple[AreaId, ...]:
    """The areas the audit looks at, in the order of the standard."""
    return reader.get(Assessment, audit.assessment_id).scope


def next_report_number(every: tuple[Audit, ...], year: int) -> str:
    """R-2027-0093: the next number of the year in this workspace; numbers of audits in the bin are not given again."""
    stem = f"R-{year:04d}-"
    used = [one.number.removeprefix(stem) for one in every if one.number.startswith(stem)]
    return f"{stem}{max((int(one) for one in used if one.isdecimal()), default=0) + 1:04d}"


def audits_of(reader: Reader, engagement_id: EngagementId) -> tuple[Audit, ...]:
    """The audits of a programme with all their revisions, in the order they were begun."""
    return reader.all(Audit, engagement_id=engagement_id)


def check_none_open(reader: Reader, engagement_id: EngagementId, *, but: AuditId | None = None) -> None:
    """RuleBroken `audit.open` while another audit of the programme is not signed: one is made at a time."""
    every = audits_of(reader, engagement_id)
    under_way = next((one for one in every if not one.is_signed and one.id != but), None)
    if under_way is not None:
        raise RuleBroken(
            _("The audit {number} is not signed yet.").format(number=under_way.number),
            code="audit.open",
            way_out=_("Finish it first, or discard it."),
            audit=under_way.id,
        )


def check_comes_back(reader: Reader, audit: Audit) -> None:
    """RuleBroken where an audit cannot be brought back: another is under way, or its revision was made anew."""
    if not audit.is_signed:
        check_none_open(reader, audit.engagement_id, but=audit.id)
    twin = next(
        (
            one
            for one in audits_of(reader, audit.engagement_id)
            if one.number == audit.number and one.revision >= audit.revision and one.id != audit.id
        ),
        None,
    )
    if twin is not None:
        raise RuleBroken(
            _("Revision {revision} of the report {number} stands for this one.").format(
                revision=twin.revision, number=twin.number
            ),
            code="audit.revised",
            way_out=_("Go on in the newest revision."),
            audit=twin.id,
        )


def _days(audit: Audit) -> Iterator[date]:
    if audit.first_on is not None:
        for after in range(((audit.last_on or audit.first_on) - audit.first_on).days + 1):
            yield audit.first_on + timedelta(days=after)
