"""What an audit saw and says: the checks on ratings, findings, samples, replies, remarks and recommendation."""

from __future__ import annotations

from typing import Final

from qma_app.domain.audit_check import (
    Lack,
    PathCheck,
    answer,
    at_checkpoint,
    at_finding,
    at_step,
    listed,
)
from qma_app.domain.audit_state import LOW_POINTS, AuditState
from qma_app.domain.edition import Checkpoint
from qma_app.domain.finding import Finding, Reply
from qma_app.domain.levels import outcome_of, points_of
from qma_app.domain.rating import Outcome
from qma_app.domain.recommending import check_recommendation
from qma_app.domain.sample_drawing import records_now
from qma_app.domain.spot import Spot
from qma_app.errors import RuleBroken
from qma_app.i18n import _, ngettext

_SET_ASIDE: Final = (Outcome.NOT_APPLICABLE, Outcome.NOT_SEEN)


def rated(state: AuditState) -> PathCheck:
    """Every checkpoint to be looked at has points, or is set aside with a reason."""
    points = state.to_rate
    lacks = [at_checkpoint(state, one) for one in points if not is_looked_at(state, one)]
    done = len(points) - len(lacks)
    if not points and state.follows is None:
        spot = at_step("on-site")
        return PathCheck(code="rated", holds=False, words=_("No checkpoint applies."), where=spot)
    held = ngettext(
        "The checkpoint is rated or has a reason.",
        "All {count} checkpoints are rated or have a reason.",
        len(points),
    ).format(count=len(points))
    missing = _("{done} of {count} checkpoints are rated or have a reason. Missing: {names}.").format(
        done=done, count=len(points), names=listed(lacks)
    )
    return answer("rated", lacks, held if points else _("No checkpoint has to be looked at again."), missing)


def low_points_explained(state: AuditState) -> PathCheck:
    """Each checkpoint with 0 or 4 points has a finding of this audit, or is a finding seen again."""
    known = {one.checkpoint_id for one in state.nonconformities}
    standing = {one.id for one in state.nonconformities}
    known |= {id for id, finding in state.seen_again.items() if finding in standing}
    low = [point for point in state.to_rate if _is_low(points_of(state.ratings.get(point.id)))]
    lacks = [at_checkpoint(state, point) for point in low if point.id not in known]
    held = ngettext(
        "The checkpoint with up to {points} points has a finding.",
        "All {count} checkpoints with up to {points} points have a finding.",
        len(low),
    ).format(count=len(low), points=LOW_POINTS)
    if not low:
        held = _("No checkpoint has up to {points} points.").format(points=LOW_POINTS)
    missing = _("Up to {points} points and no finding: {names}.").format(
        points=LOW_POINTS, names=listed(lacks)
    )
    return answer("low-points", lacks, held, missing)


def evidence_there(state: AuditState) -> PathCheck:
    """Every finding says what it rests on: in words, or by a file linked to it."""
    lacks = [
        at_finding(one)
        for one in state.standing_findings
        if not one.evidence.strip() and not state.files_of.get(one.id, 0)
    ]
    count = len(state.standing_findings)
    held = ngettext("The finding has evidence.", "All {count} findings have evidence.", count).format(
        count=count
    )
    missing = _("Findings without evidence: {names}.").format(names=listed(lacks))
    return answer("evidence", lacks, held if count else _("No finding was raised."), missing)


def samples_drawn(state: AuditState, *, looked_at: bool = True) -> PathCheck:
    """Each critical checkpoint that asks for a sample has one, and every record drawn was looked at.

    Fewer records than the standard asks for are enough where the list holds no more, or with a reason. `looked_at` False asks for
    the drawing alone.
    """
    wanted = [point for point in state.to_rate if point.is_critical and point.sample is not None]
    wanted = [point for point in wanted if outcome_of(state.ratings.get(point.id)) not in _SET_ASIDE]
    not_drawn = [at_checkpoint(state, point) for point in wanted if not _is_drawn(state, point)]
    not_seen = [
        at_checkpoint(state, point) for point in state.to_rate if looked_at and _is_unseen(state, point)
    ]
    records = sum(len(one.drawn) for one in state.samples)
    held = ngettext(
        "Samples were drawn by the app: {count} record.",
        "Samples were drawn by the app: {count} records.",
        records,
    ).format(count=records)
    if not records:
        held = (
            _("No critical checkpoint asks for a sample here.")
            if not wanted
            else _("No sample was drawn; each has its reason.")
        )
    said = []
    if not_drawn:
        said.append(_("No sample, and no reason why: {names}.").format(names=listed(not_drawn)))
    if not_seen:
        said.append(_("Not every record drawn was looked at: {names}.").format(names=listed(not_seen)))
    return answer("samples", [*not_drawn, *not_seen], held, " ".join(said))


def replied(state: AuditState) -> PathCheck:
    """The dealership agreed to each finding or objects to it; an objection has its own words."""
    findings = state.nonconformities
    lacks = [at_finding(one) for one in findings if not _has_reply(one)]
    held = ngettext(
        "The dealership replied to the finding.",
        "The dealership replied to all {count} findings.",
        len(findings),
    ).format(count=len(findings))
    missing = _("No reply of the dealership, or an objection without words: {names}.").format(
        names=listed(lacks)
    )
    return answer("replies", lacks, held if findings else _("No finding asks for a reply."), missing)


def remarked(state: AuditState) -> PathCheck:
    """The summary is written, and a few words on each area that was looked at."""
    assessment, audit = state.assessment, state.audit
    areas = dict.fromkeys(point.area_id for point in state.to_rate)
    lacks = [
        Lack(
            area, str(state.edition.areas_by_id[area].title), Spot(page="audit", view="report", area_id=area)
        )
        for area in areas
        if not assessment.remark_on(area).strip()
    ]
    if not assessment.summary.strip():
        lacks.insert(0, Lack(audit.id, _("summary"), at_step("report")))
    return answer(
        "remarks",
        lacks,
        _("The summary and the remarks on each area are written."),
        _("Still to be written: {names}.").format(names=listed(lacks)),
    )


def recommendation_given(state: AuditState) -> PathCheck:
    """The auditor recommends what the rules say, or less with reasons."""
    audit = state.audit
    lacks = [Lack(audit.id, _("recommendation"), at_step("report"))]
    if audit.recommendation is None:
        return answer("recommendation", lacks, "", _("The auditor has not recommended anything yet."))
    try:
        check_recommendation(state.recommended.verdict, audit.recommendation, audit.recommendation_words)
    except RuleBroken as broken:
        return answer("recommendation", lacks, "", broken.message)
    return answer("recommendation", [], _("The auditor has given a recommendation."), "")


def is_looked_at(state: AuditState, checkpoint: Checkpoint) -> bool:
    """Whether it has points, or was set aside or not seen with a reason."""
    rating = state.ratings.get(checkpoint.id)
    outcome = outcome_of(rating)
    if rating is None or outcome is Outcome.OPEN:
        return False
    return outcome is Outcome.RATED or bool(rating.reason.strip())


def _has_reply(finding: Finding) -> bool:
    if finding.reply is None:
        return False
    return finding.reply is Reply.AGREED or bool(finding.reply_words.strip())


def _is_low(points: int | None) -> bool:
    return points is not None and points <= LOW_POINTS


def _is_drawn(state: AuditState, checkpoint: Checkpoint) -> bool:
    if state.sample_reasons.get(checkpoint.id, "").strip():
        return True
    wanted = checkpoint.sample.size if checkpoint.sample is not None else 0
    drawn = [one for one in state.samples if one.checkpoint_id == checkpoint.id]
    return any(len(one.drawn) >= min(wanted, one.population) for one in drawn)


def _is_unseen(state: AuditState, checkpoint: Checkpoint) -> bool:
    """Records were drawn that nobody looked at; what was replaced does not count, what took its place does."""
    rating = state.ratings.get(checkpoint.id)
    if outcome_of(rating) in _SET_ASIDE:
        return False
    sample = rating.sample if rating is not None else None
    seen = {one.label for one in sample.records if one.conforms is not None} if sample is not None else set()
    return any(
        {record.label for record in records_now(one)} - seen
        for one in state.samples
        if one.checkpoint_id == checkpoint.id
    )
