"""What the page reads for one checkpoint and for the choice of assessments; each is one short reading scope."""

from __future__ import annotations

from collections.abc import Sequence

from qma_app import design
from qma_app.domain.applicability import applicable_checkpoints, premises_of
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence
from qma_app.domain.evidence_use import evidence_at
from qma_app.domain.history import HistoryPoint, checkpoint_history
from qma_app.domain.ids import AreaId, AssessmentId
from qma_app.domain.levels import points_of
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Outcome
from qma_app.domain.self_gap import self_assessment_of
from qma_app.domain.standing import edition_of_assessment, list_assessments
from qma_app.i18n import _
from qma_app.services.checklist import ChecklistRow
from ui.checklists.card import CardContext
from ui.checklists.words import Words
from ui.widgets.history_strip import HistoryCell


def assessment_to_open(reader: Reader, engagement: Engagement, wanted: str | None) -> AssessmentId | None:
    """The assessment asked for if it is of this programme, else the newest open one, else the newest; None if there is none."""
    assessments = list_assessments(reader, engagement.id)
    for assessment in assessments:
        if assessment.id == wanted:
            return assessment.id
    is_open = [assessment for assessment in assessments if assessment.is_open]
    newest = (is_open or list(assessments))[-1:]
    return newest[0].id if newest else None


def area_choices(
    reader: Reader, engagement: Engagement, language: str, assessment: Assessment | None = None
) -> tuple[tuple[AreaId, str], ...]:
    """The areas in which something applies, with their titles; of the edition of an assessment if one is given."""
    edition = edition_of_assessment(reader, assessment) if assessment else reader.edition(engagement.edition)
    words = Words(edition=edition, language=language)
    applying = {
        edition.checkpoints[id].area_id
        for id in applicable_checkpoints(edition, premises_of(reader, engagement.dealership_id))
    }
    return tuple((area.id, words.of(area.title)) for area in edition.areas if area.id in applying)


def about_checkpoint(
    reader: Reader, assessment: Assessment, row: ChecklistRow, context: CardContext
) -> tuple[tuple[HistoryCell, ...], str, tuple[Evidence, ...]]:
    """The history of a checkpoint as it may be shown, how its department sees it, and its evidence in this assessment."""
    points = checkpoint_history(reader, assessment.engagement_id, row.checkpoint.id, seen_from=assessment)
    is_hidden = row.is_covered or (context.hides_last and not row.is_decided)
    cells = tuple(
        _cell(point, assessment, context, is_hidden=is_hidden, is_own_hidden=row.is_own_covered)
        for point in points
    )
    own = "" if is_hidden else _own_words(points, assessment, row)
    return cells, own, evidence_at(reader, assessment.id, row.checkpoint.id)


def _own_words(points: Sequence[HistoryPoint], assessment: Assessment, row: ChecklistRow) -> str:
    """`Self 8, 2 above yours`; empty where no self-assessment has points here, and in a self-assessment."""
    if assessment.kind is AssessmentKind.SELF_ASSESSMENT:
        return ""
    own = self_assessment_of(
        (point.assessment for point in points), row.checkpoint.area_id, until=assessment.completed_on
    )
    mine = next((points_of(point.rating) for point in points if own and point.assessment.id == own.id), None)
    if mine is None:
        return ""
    here = points_of(row.rating)
    if here is None:
        return _("Self {points}").format(points=mine)
    if mine == here:
        return _("Self {points}, as here").format(points=mine)
    words = _("Self {points}, {gap} above here") if mine > here else _("Self {points}, {gap} below here")
    return words.format(points=mine, gap=abs(mine - here))


def picture_bytes(reader: Reader, digest: str) -> bytes:
    """A stored rendition."""
    return reader.evidence_bytes(digest)


def why_read_only(assessment: Assessment, refusal: str) -> str:
    """The sentence of the banner; empty while everything may be changed. `refusal` is what the role forbids."""
    if not assessment.is_open:
        from qma_app.i18n import day_text

        day = day_text(assessment.completed_on) if assessment.completed_on else ""
        return _("Completed on {day}. It can be read, not changed.").format(day=day)
    return refusal


def _cell(
    point: HistoryPoint,
    here: Assessment,
    context: CardContext,
    *,
    is_hidden: bool,
    is_own_hidden: bool = False,
) -> HistoryCell:
    rating = point.rating
    is_current = point.assessment.id == here.id
    words = context.words
    if is_own_hidden or (is_hidden and not is_current):
        spoken = _("{label}: hidden until you have rated").format(label=point.label)
        return HistoryCell(point.assessment.id, point.label, "·", design.NOT_RATED, spoken, is_current)
    points = rating.points if rating is not None and rating.outcome is Outcome.RATED else None
    known = points if points in context.steps else None
    spoken = _("{label}: {figure}, {word}").format(
        label=point.label, figure=words.figure(rating), word=words.rating(rating)
    )
    if rating is not None and rating.note:
        spoken = f"{spoken}\n{rating.note}"
    return HistoryCell(
        point.assessment.id,
        point.label,
        words.figure(rating),
        design.points_colour(known, context.steps),
        spoken,
        is_current,
    )
