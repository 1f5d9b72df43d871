"""Stores what quick capture took down: a note of the visit under way, else at the checkpoint shown, else between two visits; or a finding."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from qma_app.domain.assessment import Assessment
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AssessmentId, CheckpointId
from qma_app.domain.ports import Reader
from qma_app.domain.standing import edition_of_assessment
from qma_app.domain.visit import Visit, VisitNote
from qma_app.i18n import _
from qma_app.services.today_programme import visit_under_way
from ui.dialogs.quick_capture import Captured, QuickCapture
from ui.places import Place
from ui.workbench import Workbench


def capture(parent: QWidget, workbench: Workbench) -> None:
    """Ask for the words and store them."""
    engagement = workbench.engagement
    place = workbench.where() if workbench.where is not None else None
    if engagement is None:
        return
    visit = workbench.read(visit_under_way, engagement.id)
    answer = QuickCapture.ask(parent, workbench.read(_where_text, engagement, place, visit))
    if answer is None:
        return
    if visit is not None:
        _note_visit(workbench, engagement, visit, answer, place)
    elif answer.is_finding:
        _raise(workbench, engagement, answer, place)
    elif place is not None and place.checkpoint_id and place.assessment_id:
        _note_checkpoint(workbench, answer, place)
    else:
        _note_between(workbench, engagement, answer)


def _note_visit(
    workbench: Workbench, engagement: Engagement, visit: Visit, answer: Captured, place: Place | None
) -> None:
    """A note of the visit, at the checkpoint shown if there is one; a finding is made of that note, in one step of undo."""
    from qma_app.services.visit_notes import note, note_to_finding

    key = f"captured {workbench.workspace.clock().isoformat()}"
    checkpoint_id = place.checkpoint_id if place is not None else None
    changes = workbench.do(
        note,
        engagement.id,
        answer.text,
        visit_id=visit.id,
        checkpoint_id=workbench.read(_known_checkpoint, engagement, checkpoint_id),
        merge_key=key,
    )
    if changes is None:
        return
    if not answer.is_finding:
        workbench.told.emit(_("Noted at visit {number}.").format(number=visit.number))
        return
    made = workbench.do(note_to_finding, changes.made(VisitNote).id, merge_key=key)
    if made is not None:
        workbench.told.emit(_("Finding {number} raised.").format(number=made.made(Finding).label))


def _raise(workbench: Workbench, engagement: Engagement, answer: Captured, place: Place | None) -> None:
    from qma_app.services.findings import raise_finding

    requirement = ""
    if place is not None and place.checkpoint_id:
        requirement = workbench.read(_requirement, engagement, place)
    changes = workbench.do(
        raise_finding,
        engagement_id=engagement.id,
        statement=answer.text,
        grade=FindingGrade.MINOR,
        requirement=requirement,
        checkpoint_id=place.checkpoint_id if place else None,
        assessment_id=place.assessment_id if place else None,
    )
    if changes is not None:
        workbench.told.emit(_("Finding {number} raised.").format(number=changes.made(Finding).label))


def _note_checkpoint(workbench: Workbench, answer: Captured, place: Place) -> None:
    from qma_app.services.ratings import write_note

    assessment_id, checkpoint_id = (
        AssessmentId(place.assessment_id or ""),
        CheckpointId(place.checkpoint_id or ""),
    )
    before = workbench.read(_note_of, assessment_id, checkpoint_id)
    text = f"{before}\n{answer.text}" if before.strip() else answer.text
    if workbench.do(write_note, assessment_id, checkpoint_id, text=text) is not None:
        workbench.told.emit(_("Note saved at this checkpoint."))


def _note_between(workbench: Workbench, engagement: Engagement, answer: Captured) -> None:
    from qma_app.services.visit_notes import note

    if workbench.do(note, engagement.id, answer.text) is not None:
        workbench.told.emit(_("Noted for the next visit."))


def _where_text(reader: Reader, engagement: Engagement, place: Place | None, visit: Visit | None) -> str:
    at_visit = _("Visit {number}, under way").format(number=visit.number) if visit is not None else ""
    if place is not None and place.checkpoint_id and place.assessment_id:
        checkpoint = _edition_at(reader, engagement, place).checkpoint(CheckpointId(place.checkpoint_id))
        at = _("At {number} {statement}").format(number=checkpoint.number, statement=checkpoint.statement)
        return f"{at} · {at_visit}" if at_visit else at
    return at_visit or _("Kept for the next visit at {name}").format(
        name=reader.get(Dealership, engagement.dealership_id).name
    )


def _known_checkpoint(
    reader: Reader, engagement: Engagement, checkpoint_id: str | None
) -> CheckpointId | None:
    """A checkpoint the edition in force knows: one of an older edition is named by its assessment only."""
    known = reader.edition(engagement.edition).checkpoints
    return CheckpointId(checkpoint_id) if checkpoint_id is not None and checkpoint_id in known else None


def _requirement(reader: Reader, engagement: Engagement, place: Place) -> str:
    checkpoint = _edition_at(reader, engagement, place).checkpoint(CheckpointId(place.checkpoint_id or ""))
    return f"{checkpoint.number} {checkpoint.statement}"


def _edition_at(reader: Reader, engagement: Engagement, place: Place) -> Edition:
    """The edition the checkpoint shown is of: that of its assessment, which may be older than the programme's."""
    assessment = reader.find(Assessment, place.assessment_id) if place.assessment_id else None
    if assessment is None:
        return reader.edition(engagement.edition)
    return edition_of_assessment(reader, assessment)


def _note_of(reader: Reader, assessment_id: AssessmentId, checkpoint_id: CheckpointId) -> str:
    rating = reader.ratings(assessment_id).get(checkpoint_id)
    return rating.note if rating else ""
