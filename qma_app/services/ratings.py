"""Rating a checkpoint, leaving it out with a reason, noting and ticking what was seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qma_app.domain.applicability import applies, premises_of
from qma_app.domain.assessment import Assessment
from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.history import earlier_ratings
from qma_app.domain.ids import AreaId, AssessmentId, CheckpointId, ProcessId, RatingId
from qma_app.domain.rating import Outcome, Rating, Sample, SampleRecord
from qma_app.domain.record import Changes
from qma_app.domain.standing import edition_of_assessment
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.assessments import open_assessment
from qma_app.services.audit_blind import check_sees_last
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope


def rate_checkpoint(
    workspace: Workspace, assessment_id: AssessmentId, checkpoint_id: CheckpointId, *, points: int
) -> Changes:
    """Judge a checkpoint with a step of the scale."""
    with workspace.writing("rating.rated") as work:
        edition, rating = _rating(workspace, work, assessment_id, checkpoint_id)
        _check_step(edition, points)
        work.put(rating.rated(points, at=work.at, by=work.who))
    return work.changes


def rate_as_last_time(
    workspace: Workspace, assessment_id: AssessmentId, checkpoint_id: CheckpointId
) -> Changes:
    """Take over the points of the last assessment after looking again; kept as such."""
    with workspace.writing("rating.as-last-time") as work:
        edition, rating = _rating(workspace, work, assessment_id, checkpoint_id)
        check_sees_last(work.get(Assessment, assessment_id))
        last = earlier_ratings(work, work.get(Assessment, assessment_id), (checkpoint_id,)).get(checkpoint_id)
        if last is None or last.points is None:
            raise RuleBroken(
                _("There are no points of an earlier assessment."),
                code="rating.no-last",
                way_out=_("Rate this checkpoint now."),
            )
        _check_step(edition, last.points)
        work.put(rating.rated(last.points, at=work.at, by=work.who, is_as_last_time=True))
    return work.changes


def mark_not_applicable(
    workspace: Workspace, assessment_id: AssessmentId, checkpoint_id: CheckpointId, *, reason: str
) -> Changes:
    """Leave a checkpoint out of the sum, with the reason."""
    with workspace.writing("rating.not-applicable") as work:
        _edition, rating = _rating(workspace, work, assessment_id, checkpoint_id)
        work.put(rating.not_applicable(reason, at=work.at, by=work.who))
    return work.changes


def mark_process_not_applicable(
    workspace: Workspace, assessment_id: AssessmentId, process_id: ProcessId, *, reason: str
) -> Changes:
    """Leave a whole process out with one reason; one edit, one undo."""
    with workspace.writing("rating.process-not-applicable", process=process_id) as work:
        assessment = open_assessment(workspace, work, assessment_id)
        engagement = work.get(Engagement, assessment.engagement_id)
        premises = premises_of(work, engagement.dealership_id)
        known = work.ratings(assessment_id)
        process = edition_of_assessment(work, assessment).process(process_id)
        _check_scope(assessment, process.number, process.checkpoints[0].area_id)
        for checkpoint in process.checkpoints:
            if applies(checkpoint, premises):
                rating = known.get(checkpoint.id) or _fresh(work, assessment_id, checkpoint.id)
                work.put(rating.not_applicable(reason, at=work.at, by=work.who))
    return work.changes


def mark_not_seen(
    workspace: Workspace, assessment_id: AssessmentId, checkpoint_id: CheckpointId, *, reason: str
) -> Changes:
    """Say that a checkpoint was not seen, with the reason; coverage falls."""
    with workspace.writing("rating.not-seen") as work:
        _edition, rating = _rating(workspace, work, assessment_id, checkpoint_id)
        work.put(rating.not_seen(reason, at=work.at, by=work.who))
    return work.changes


def clear_rating(workspace: Workspace, assessment_id: AssessmentId, checkpoint_id: CheckpointId) -> Changes:
    """Take points or mark away; note, sample and evidence stay."""
    with workspace.writing("rating.cleared") as work:
        _edition, rating = _rating(workspace, work, assessment_id, checkpoint_id)
        if rating.version and rating.outcome is not Outcome.OPEN:
            work.put(rating.cleared())
    return work.changes


def write_note(
    workspace: Workspace, assessment_id: AssessmentId, checkpoint_id: CheckpointId, *, text: str
) -> Changes:
    """What was seen, in the assessor's words."""
    with workspace.writing("rating.note-written") as work:
        _edition, rating = _rating(workspace, work, assessment_id, checkpoint_id)
        if rating.version or text:
            work.put(replace(rating, note=text))
    return work.changes


def tick_sample(
    workspace: Workspace,
    assessment_id: AssessmentId,
    checkpoint_id: CheckpointId,
    *,
    place: int,
    conforms: bool | None,
) -> Changes:
    """Judge one record of the sample; `place` counts from 0, None takes the tick away."""
    with workspace.writing("rating.sample-ticked") as work:
        edition, rating = _rating(workspace, work, assessment_id, checkpoint_id)
        sample = _sample(edition.checkpoint(checkpoint_id), rating)
        work.put(replace(rating, sample=sample.ticked(_checked_place(sample, place), conforms)))
    return work.changes


def label_sample(
    workspace: Workspace, assessment_id: AssessmentId, checkpoint_id: CheckpointId, *, place: int, label: str
) -> Changes:
    """Write down which record was drawn (an order number)."""
    with workspace.writing("rating.sample-labelled") as work:
        edition, rating = _rating(workspace, work, assessment_id, checkpoint_id)
        sample = _sample(edition.checkpoint(checkpoint_id), rating)
        work.put(replace(rating, sample=sample.labelled(_checked_place(sample, place), label)))
    return work.changes


def fill_sample(
    workspace: Workspace,
    assessment_id: AssessmentId,
    checkpoint_id: CheckpointId,
    *,
    records: Sequence[SampleRecord],
) -> Changes:
    """Write down all records that were drawn and what was seen in them, in one edit; earlier ones give way."""
    _check_size(len(records))
    with workspace.writing("rating.sample-filled") as work:
        _edition, rating = _rating(workspace, work, assessment_id, checkpoint_id)
        work.put(replace(rating, sample=Sample(records=tuple(records))))
    return work.changes


def resize_sample(
    workspace: Workspace, assessment_id: AssessmentId, checkpoint_id: CheckpointId, *, size: int
) -> Changes:
    """Draw more or fewer records than the standard asks for; ticks of dropped records go."""
    _check_size(size)
    with workspace.writing("rating.sample-resized") as work:
        edition, rating = _rating(workspace, work, assessment_id, checkpoint_id)
        records = _sample(edition.checkpoint(checkpoint_id), rating).records[:size]
        work.put(
            replace(rating, sample=Sample(records=records + Sample.of_size(size - len(records)).records))
        )
    return work.changes


def _check_size(size: int) -> None:
    if not 1 <= size <= 100:
        raise RuleBroken(
            _("A sample has 1 to 100 records."),
            code="sample.size",
            way_out=_("Choose a size within these bounds."),
            size=size,
        )


def _rating(
    workspace: Workspace, work: WritingScope, assessment_id: AssessmentId, checkpoint_id: CheckpointId
) -> tuple[Edition, Rating]:
    assessment = open_assessment(workspace, work, assessment_id)
    edition = edition_of_assessment(work, assessment)
    checkpoint = edition.checkpoint(checkpoint_id)
    _check_scope(assessment, checkpoint.number, checkpoint.area_id)
    known = work.all(Rating, assessment_id=assessment_id, checkpoint_id=checkpoint_id)
    return edition, known[0] if known else _fresh(work, assessment_id, checkpoint_id)


def _fresh(work: WritingScope, assessment_id: AssessmentId, checkpoint_id: CheckpointId) -> Rating:
    return Rating(id=RatingId(work.new_id()), assessment_id=assessment_id, checkpoint_id=checkpoint_id)


def _check_scope(assessment: Assessment, number: str, area_id: AreaId) -> None:
    if area_id not in assessment.scope:
        raise RuleBroken(
            _("{number} is outside the areas of this assessment.").format(number=number),
            code="rating.outside-scope",
            way_out=_("Add the area to the assessment first."),
        )


def _check_step(edition: Edition, points: int) -> None:
    if points not in edition.points:
        raise RuleBroken(
            _("{points} is not a step of the scale {steps}.").format(
                points=points, steps=" ".join(map(str, edition.points))
            ),
            code="rating.no-step",
            way_out=_("Choose one of these steps."),
            points=points,
        )


def _sample(checkpoint: Checkpoint, rating: Rating) -> Sample:
    if rating.sample is not None:
        return rating.sample
    return Sample.of_size(checkpoint.sample.size if checkpoint.sample else 10)


def _checked_place(sample: Sample, place: int) -> int:
    if not 0 <= place < len(sample.records):
        raise RuleBroken(
            _("The sample has {size} records.").format(size=len(sample.records)),
            code="sample.place",
            way_out=_("Make the sample larger first."),
            place=place,
        )
    return place
