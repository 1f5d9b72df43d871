"""The second look is blind: what the coach gave a checkpoint stays covered until the auditor has rated it."""

from __future__ import annotations

from collections.abc import Mapping

from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import Audit
from qma_app.domain.ids import CheckpointId
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Outcome, Rating
from qma_app.errors import RuleBroken
from qma_app.i18n import _


def may_see(own: Rating | None, *, is_closed: bool) -> bool:
    """Whether the coach's points at a checkpoint are shown: once it carries the auditor's; after the closing with any mark.

    A mark alone opens nothing before the closing, as points could still follow it.
    """
    if own is None or own.outcome is Outcome.OPEN:
        return False
    return is_closed or own.outcome is Outcome.RATED


def seen_by_auditor(
    reader: Reader,
    assessment: Assessment,
    own: Mapping[CheckpointId, Rating],
    earlier: dict[CheckpointId, Rating],
) -> dict[CheckpointId, Rating]:
    """The earlier ratings that are shown beside an assessment: all, but in an audit only what its own ratings uncover."""
    if not assessment.is_guided:
        return earlier
    is_closed = is_closing_held(reader, assessment)
    return {id: one for id, one in earlier.items() if may_see(own.get(id), is_closed=is_closed)}


def is_closing_held(reader: Reader, assessment: Assessment) -> bool:
    """Whether the closing meeting of the audit that this assessment belongs to was held."""
    return any(one.closing is not None for one in reader.all(Audit, assessment_id=assessment.id))


def check_sees_last(assessment: Assessment) -> None:
    """RuleBroken `audit.blind` where points of an earlier assessment would be taken over into an audit."""
    if assessment.is_guided:
        raise RuleBroken(
            _("In an audit nothing is taken over from earlier assessments."),
            code="audit.blind",
            way_out=_("Look yourself, and rate what you have seen."),
        )
