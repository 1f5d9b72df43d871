"""Quick notes during a visit or between two, and the finding made of one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import CheckpointId, EngagementId, FindingId, VisitId, VisitNoteId
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.domain.standing import edition_of, edition_of_assessment
from qma_app.domain.visit import Visit, VisitNote
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.findings import next_finding_number
from qma_app.services.kept_fields import check_by_hand
from qma_app.services.visit_rules import check_unsigned, writable_visit
from qma_app.services.workspace import Workspace

_KEPT: Final = frozenset({"noted_at", "noted_by", "finding_id"})


def note(
    workspace: Workspace,
    engagement_id: EngagementId,
    words: str,
    *,
    visit_id: VisitId | None = None,
    checkpoint_id: CheckpointId | None = None,
) -> Changes:
    """Keep a few words with the instant; at a visit of the programme, at a checkpoint, or at neither."""
    with workspace.writing("note.taken") as work:
        work.get(Engagement, engagement_id)
        if visit_id is not None:
            _check_programme(writable_visit(work, visit_id), engagement_id)
        if checkpoint_id is not None:
            edition_of(work, engagement_id).checkpoint(checkpoint_id)
        work.put(
            VisitNote(
                id=VisitNoteId(work.new_id()),
                engagement_id=engagement_id,
                words=_needed_words(words),
                noted_at=work.at,
                visit_id=visit_id,
                checkpoint_id=checkpoint_id,
                noted_by=work.who,
            )
        )
    return work.changes


def change_note(workspace: Workspace, note_id: VisitNoteId, **fields: Any) -> Changes:
    """Correct the words of a note, or put it at a visit or a checkpoint."""
    check_by_hand(fields, _KEPT)
    if "words" in fields:
        fields["words"] = _needed_words(fields["words"])
    with workspace.writing("note.changed") as work:
        before = work.get(VisitNote, note_id)
        after = replace(before, **fields)
        for visit_id in {before.visit_id, after.visit_id} - {None}:
            _check_programme(writable_visit(work, VisitId(str(visit_id))), before.engagement_id)
        if after.checkpoint_id is not None and after.checkpoint_id != before.checkpoint_id:
            edition_of(work, before.engagement_id).checkpoint(after.checkpoint_id)
        work.put(after)
    return work.changes


def remove_note(workspace: Workspace, note_id: VisitNoteId) -> Changes:
    """Move a note to the bin; the finding made of it stays."""
    with workspace.writing("note.removed") as work:
        known = work.get(VisitNote, note_id)
        if known.visit_id is not None:
            check_unsigned(work.get(Visit, known.visit_id))
        work.delete(known)
    return work.changes


def note_to_finding(
    workspace: Workspace, note_id: VisitNoteId, *, grade: FindingGrade = FindingGrade.MINOR
) -> Changes:
    """A finding with the words of a note as its statement, seen on the day of the note; the note stays and names it.

    At a checkpoint the finding has its requirement, and belongs to the newest open assessment that covers it. RuleBroken
    where a finding was made of the note already and is still there.
    """
    with workspace.writing("note.made-finding") as work:
        known = work.get(VisitNote, note_id)
        finding = work.find(Finding, known.finding_id) if known.finding_id is not None else None
        if finding is not None:
            raise RuleBroken(
                _("This note is finding {label} already.").format(label=finding.label),
                code="note.is-finding",
                way_out=_("Open the finding and correct it there."),
                finding=finding.id,
            )
        assessment = _assessment_at(work, known)
        made = work.put(
            Finding(
                id=FindingId(work.new_id()),
                engagement_id=known.engagement_id,
                number=next_finding_number(work, known.engagement_id),
                grade=grade,
                statement=known.words,
                requirement=_requirement_at(work, known, assessment),
                checkpoint_id=known.checkpoint_id,
                assessment_id=assessment.id if assessment is not None else None,
                seen_on=known.noted_at.astimezone().date(),
                raised_by=work.who,
            )
        )
        work.put(replace(known, finding_id=made.id))
    return work.changes


def notes_of(
    reader: Reader, engagement_id: EngagementId, *, visit_id: VisitId | None = None
) -> tuple[VisitNote, ...]:
    """The notes of a visit, or those between visits, the first taken first."""
    found = reader.all(VisitNote, engagement_id=engagement_id, visit_id=visit_id)
    return tuple(sorted(found, key=lambda one: one.noted_at))


def _assessment_at(reader: Reader, known: VisitNote) -> Assessment | None:
    if known.checkpoint_id is None:
        return None
    area = known.checkpoint_id.split(".", 1)[0]
    fitting = [
        one
        for one in reader.all(Assessment, engagement_id=known.engagement_id)
        if one.is_open and area in one.scope and one.kind is not AssessmentKind.SELF_ASSESSMENT
    ]
    return max(fitting, key=lambda one: one.number, default=None)


def _requirement_at(reader: Reader, known: VisitNote, assessment: Assessment | None) -> str:
    if known.checkpoint_id is None:
        return ""
    edition = (
        edition_of_assessment(reader, assessment) if assessment else edition_of(reader, known.engagement_id)
    )
    checkpoint = edition.checkpoints.get(known.checkpoint_id)
    return f"{checkpoint.number} {checkpoint.statement}" if checkpoint is not None else ""


def _check_programme(visit: Visit, engagement_id: EngagementId) -> None:
    if visit.engagement_id != engagement_id:
        raise RuleBroken(
            _("Note and visit belong to different programmes."),
            code="note.other-programme",
            way_out=_("Choose a visit of the same programme."),
        )


def _needed_words(words: str) -> str:
    if not words.strip():
        raise RuleBroken(
            _("A note needs words."),
            code="note.words-missing",
            way_out=_("Write what you saw or heard."),
        )
    return words.strip()
