"""Taking in photos and documents, tying them to where they are used, and keeping their versions apart."""

from __future__ import annotations

from dataclasses import fields as fields_of
from dataclasses import replace
from typing import Any, Final, Unpack

from qma_app.domain.assessment import Assessment
from qma_app.domain.evidence import Consent, Evidence, EvidenceKind, EvidenceLink, PhotoPair
from qma_app.domain.evidence_use import replaced
from qma_app.domain.ids import (
    EngagementId,
    EvidenceId,
)
from qma_app.domain.record import Changes
from qma_app.domain.visit import Visit
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.assessments import open_assessment
from qma_app.services.evidence_keeping import evidence_of, keep_file
from qma_app.services.evidence_places import Place, Where, check_open, check_place, links_at, open_visit, tie
from qma_app.services.kept_fields import check_by_hand
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope

_DESCRIBED: Final = frozenset({"caption", "name", "made_on", "valid_from", "valid_until"})
_KEPT: Final = frozenset(field.name for field in fields_of(Evidence)) - _DESCRIBED


def add_evidence(
    workspace: Workspace,
    *,
    engagement_id: EngagementId,
    data: bytes,
    name: str,
    caption: str = "",
    **where: Unpack[Where],
) -> Changes:
    """Take in a photo (made smaller, without hidden data) or a document (kept as it is) and tie it to where it was seen.

    The files are safe on disk before the row is written, so either both are there or neither counts. ImportTrouble names
    a file that cannot be used.
    """
    place = Place(**where)
    kept = keep_file(workspace.store.evidence, data, name)
    evidence = evidence_of(workspace, engagement_id, kept, caption=caption)
    with workspace.writing("evidence.added") as work:
        check_place(workspace, work, place, engagement_id)
        work.put(evidence)
        tie(work, evidence.id, place)
    return work.changes


def link_evidence(
    workspace: Workspace,
    evidence_id: EvidenceId,
    **where: Unpack[Where],
) -> Changes:
    """Use evidence in one more place; a second time at the same place changes nothing."""
    place = Place(**where)
    with workspace.writing("evidence.linked") as work:
        check_place(workspace, work, place, work.get(Evidence, evidence_id).engagement_id)
        tie(work, evidence_id, place)
    return work.changes


def unlink_evidence(
    workspace: Workspace,
    evidence_id: EvidenceId,
    **where: Unpack[Where],
) -> Changes:
    """Use evidence no longer in one place; it stays in the ledger and in its other places."""
    place = Place(**where)
    with workspace.writing("evidence.unlinked") as work:
        work.get(Evidence, evidence_id)
        if place.assessment_id is not None:
            open_assessment(workspace, work, place.assessment_id)
        if place.visit_id is not None:
            open_visit(work, place.visit_id)
        for link in links_at(work, evidence_id, place) if place.is_somewhere else ():
            work.delete(link)
    return work.changes


def describe_evidence(workspace: Workspace, evidence_id: EvidenceId, **fields: Any) -> Changes:
    """Correct caption, name or the dates a file was made and is valid."""
    check_by_hand(fields, _KEPT)
    with workspace.writing("evidence.described") as work:
        evidence = replace(work.get(Evidence, evidence_id), **fields)
        if evidence.valid_from and evidence.valid_until and evidence.valid_until < evidence.valid_from:
            raise RuleBroken(
                _("The last day of validity lies before the first."),
                code="evidence.validity",
                way_out=_("Correct one of the two dates."),
            )
        work.put(evidence)
    return work.changes


def note_consent(
    workspace: Workspace, evidence_id: EvidenceId, consent: Consent | None, words: str = ""
) -> Changes:
    """Note whether the people in a photo may be shown, and in which words they said so; None takes the note back."""
    with workspace.writing("evidence.consent-noted") as work:
        evidence = work.get(Evidence, evidence_id)
        if evidence.kind is not EvidenceKind.PHOTO:
            raise RuleBroken(
                _("{name} is a document; consent is noted for people in photos.").format(name=evidence.name),
                code="evidence.consent-document",
                way_out=_("Note it in the caption."),
            )
        work.put(replace(evidence, consent=consent, consent_words=words.strip()))
    return work.changes


def revise_evidence(workspace: Workspace, evidence_id: EvidenceId, *, data: bytes, name: str) -> Changes:
    """Take in a newer version: it stands wherever the old one was used, which stays readable as what it was.

    In a completed assessment and in signed minutes the old one stays in its place: it is what was looked at. Validity, consent and marks belong to
    one version and are not taken over; the caption is.
    """
    with workspace.reading() as reader:
        _newest(reader.get(Evidence, evidence_id), reader.all(Evidence, revision_of=evidence_id))
    kept = keep_file(workspace.store.evidence, data, name)
    with workspace.writing("evidence.revised") as work:
        old = work.get(Evidence, evidence_id)
        _newest(old, work.all(Evidence, revision_of=evidence_id))
        if kept.original_digest in (old.original_digest, old.digest):
            raise RuleBroken(
                _("{name} is the same file as before.").format(name=kept.name),
                code="evidence.same",
                way_out=_("Choose the newer version."),
            )
        fresh = evidence_of(workspace, old.engagement_id, kept, caption=old.caption)
        new = work.put(replace(fresh, revision=old.revision + 1, revision_of=old.id))
        _move_links(workspace, work, old, new)
    return work.changes


def remove_evidence(workspace: Workspace, evidence_id: EvidenceId) -> Changes:
    """Move evidence, its links and its pairs to the bin; the file goes only at the next clean-up."""
    with workspace.writing("evidence.removed") as work:
        for link in work.all(EvidenceLink, evidence_id=evidence_id):
            check_open(workspace, work, link)
            work.delete(link)
        for pair in _pairs_with(work, evidence_id):
            work.delete(pair)
        work.delete(work.get(Evidence, evidence_id))
    return work.changes


def _newest(evidence: Evidence, newer: tuple[Evidence, ...]) -> None:
    if evidence.id in replaced(newer):
        raise RuleBroken(
            _("{name} was replaced by a newer version already.").format(name=evidence.name),
            code="evidence.replaced",
            way_out=_("Open the newest version and replace that."),
        )


def _move_links(workspace: Workspace, work: WritingScope, old: Evidence, new: Evidence) -> None:
    for link in work.all(EvidenceLink, evidence_id=old.id):
        if link.assessment_id is not None:
            assessment = work.find(Assessment, link.assessment_id)
            if assessment is None or not assessment.is_open:
                continue
            open_assessment(workspace, work, link.assessment_id)
        visit = work.find(Visit, link.visit_id) if link.visit_id is not None else None
        if visit is not None and visit.is_signed:
            continue
        work.put(replace(link, evidence_id=new.id))
    if new.kind is not EvidenceKind.PHOTO:
        return
    for pair in _pairs_with(work, old.id):
        before = new.id if pair.before_id == old.id else pair.before_id
        after = new.id if pair.after_id == old.id else pair.after_id
        work.put(replace(pair, before_id=before, after_id=after))


def _pairs_with(work: WritingScope, evidence_id: EvidenceId) -> tuple[PhotoPair, ...]:
    return work.all(PhotoPair, before_id=evidence_id) + work.all(PhotoPair, after_id=evidence_id)
