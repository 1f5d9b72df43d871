"""What an audit comes to: its own ratings and findings under the rules of its edition."""

from __future__ import annotations

from collections.abc import Iterator

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AuditId
from qma_app.domain.ports import Reader
from qma_app.domain.recommending import Basis, Recommended, looked_again, recommended
from qma_app.domain.standing import applicable_in, edition_of_assessment


def revisions(reader: Reader, audit: Audit) -> Iterator[Audit]:
    """The audit and the revisions it stands for, the newest first."""
    seen = {audit.id}
    while True:
        yield audit
        if audit.revises is None or audit.revises in seen:
            return
        seen.add(audit.revises)
        audit = reader.get(Audit, audit.revises)


def audit_findings(reader: Reader, audit: Audit) -> tuple[Finding, ...]:
    """The findings the report carries, by number: those of the audit and of the revisions before it that were not withdrawn."""
    every = tuple(revisions(reader, audit))
    withdrawn = {one.finding_id for revision in every for one in revision.withdrawn}
    found = [
        finding
        for revision in every
        for finding in reader.all(Finding, assessment_id=revision.assessment_id)
        if finding.id not in withdrawn
    ]
    return tuple(sorted(found, key=lambda one: one.number))


def audit_basis(reader: Reader, audit: Audit) -> Basis:
    """What the recommendation of an audit rests on.

    A follow-up is judged on the audit it follows, with what was rated again, and on the majors of then as they stand now.
    """
    assessment = reader.get(Assessment, audit.assessment_id)
    ratings = reader.ratings(assessment.id)
    findings = audit_findings(reader, audit)
    if assessment.kind is AssessmentKind.FOLLOW_UP_AUDIT and audit.follows is not None:
        then = reader.get(Audit, audit.follows)
        ratings = looked_again(reader.ratings(then.assessment_id), ratings)
        known = {one.id for one in findings}
        findings += tuple(
            one
            for one in audit_findings(reader, then)
            if one.grade is FindingGrade.MAJOR and one.id not in known
        )
    return Basis(
        edition=edition_of_assessment(reader, assessment),
        ratings=ratings,
        applicable=applicable_in(reader, assessment),
        findings=findings,
        scope=assessment.scope,
    )


def audit_result(reader: Reader, audit_id: AuditId) -> Recommended:
    """What the rules say about an audit as it stands, each with its numbers."""
    return recommended(audit_basis(reader, reader.get(Audit, audit_id)))
