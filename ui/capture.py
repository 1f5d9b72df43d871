"""Stores what quick capture took down: a note at the checkpoint shown, else at the dealership, or a finding."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from qma_app.domain.assessment import Assessment
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AssessmentId, CheckpointId, DealershipId
from qma_app.domain.ports import Reader
from qma_app.domain.standing import edition_of_assessment
from qma_app.i18n import _, day_text
from ui.dialogs.quick_capture import Captured, QuickCapture
from ui.places import Place
from ui.workbench import Workbench


def capture(parent: QWidget, workbench: Workbench) -> None:
    """Ask for the words and store them."""
    engagement = workbench.engagement
    place = workbench.where() if workbench.where is not None else None
    if engagement is None:
        return
    answer = QuickCapture.ask(parent, workbench.read(_where_text, engagement, place))
    if answer is None:
        return
    if answer.is_finding:
        _raise(workbench, engagement, answer, place)
    elif place is not None and place.checkpoint_id and place.assessment_id:
        _note_checkpoint(workbench, answer, place)
    else:
        _note_dealership(workbench, answer)


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


def _note_dealership(workbench: Workbench, answer: Captured) -> None:
    from qma_app.services.dealerships import change_dealership

    dealership_id = DealershipId(workbench.dealership_id or "")
    before = workbench.read(_dealership_note, dealership_id)
    line = f"{day_text(workbench.workspace.today())}: {answer.text}"
    text = f"{before}\n{line}" if before.strip() else line
    if workbench.do(change_dealership, dealership_id, note=text) is not None:
        workbench.told.emit(_("Note saved with the dealership."))


def _where_text(reader: Reader, engagement: Engagement, place: Place | None) -> str:
    if place is not None and place.checkpoint_id and place.assessment_id:
        checkpoint = _edition_at(reader, engagement, place).checkpoint(CheckpointId(place.checkpoint_id))
        return _("At {number} {statement}").format(number=checkpoint.number, statement=checkpoint.statement)
    return _("Kept with the dealership {name}").format(
        name=reader.get(Dealership, engagement.dealership_id).name
    )


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


def _dealership_note(reader: Reader, dealership_id: DealershipId) -> str:
    return reader.get(Dealership, dealership_id).note
