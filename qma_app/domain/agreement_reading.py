"""Which ratings of coach and auditor are held side by side: read the same way for the screen, the papers and the signed data."""

from __future__ import annotations

from dataclasses import dataclass

from qma_app.domain.agreement import AgreementResult, PointPair, agreement
from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import Audit
from qma_app.domain.history import earlier_ratings
from qma_app.domain.ids import CheckpointId
from qma_app.domain.ports import Reader
from qma_app.domain.standing import applicable_in, edition_of_assessment


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementOf:
    """How alike coach and auditor read; `after_closing` were rated when the coach's points could be seen, and count nowhere."""

    result: AgreementResult
    after_closing: tuple[CheckpointId, ...] = ()


def read_agreement(reader: Reader, audit: Audit) -> AgreementOf | None:
    """How alike coach and auditor read the same checkpoints; None before the closing meeting, until which the coach's are covered."""
    if audit.closing is None:
        return None
    closed_at = audit.closing.ended_at or audit.closing.held_at
    assessment = reader.get(Assessment, audit.assessment_id)
    edition = edition_of_assessment(reader, assessment)
    own = reader.ratings(assessment.id)
    applicable = applicable_in(reader, assessment)
    coach = earlier_ratings(reader, assessment, applicable, by_coach=True)
    pairs, late = [], []
    for id in applicable:
        theirs = coach[id].points if id in coach else None
        mine = own.get(id)
        if mine is None or mine.points is None or theirs is None:
            continue
        if mine.rated_at is not None and mine.rated_at > closed_at:
            late.append(id)
            continue
        pairs.append(
            PointPair(
                checkpoint_id=id,
                area_id=edition.checkpoints[id].area_id,
                coach=theirs,
                auditor=mine.points,
            )
        )
    return AgreementOf(result=agreement(pairs, edition.points), after_closing=tuple(late))
