"""Finding words anywhere: in the standard, in notes and in findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.assessment import Assessment
from qma_app.domain.cause import Cause
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence, EvidenceLink
from qma_app.domain.finding import Finding
from qma_app.domain.ids import ActionId, AssessmentId, CheckpointId, DealershipId, FindingId, VisitId
from qma_app.domain.lineage import lineage_of
from qma_app.domain.people import Person
from qma_app.domain.promise import Promise
from qma_app.domain.review import Decision, ManagementReview
from qma_app.domain.standing import current_engagement, list_assessments
from qma_app.domain.visit import Visit, VisitNote
from qma_app.domain.wording import review_title
from qma_app.i18n import _, content_language, day_text
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import ReadingScope
from qma_app.storage.search import SearchHit


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One place where the words stand, with where to jump."""

    kind: str
    title: str
    text: str
    dealership_id: DealershipId | None = None
    assessment_id: AssessmentId | None = None
    checkpoint_id: CheckpointId | None = None
    finding_id: FindingId | None = None
    action_id: ActionId | None = None
    visit_id: VisitId | None = None


def search(
    workspace: Workspace, text: str, *, dealership_id: DealershipId | None = None, limit: int = 30
) -> tuple[Hit, ...]:
    """Hits as somebody types: every word must occur, the last may be a beginning; only this dealership if one is given."""
    with workspace.reading() as reader:
        engagement = current_engagement(reader, dealership_id) if dealership_id else None
        hits = reader.search(
            text,
            engagement_id=engagement.id if engagement else None,
            edition=engagement.edition if engagement else None,
            limit=limit,
        )
        newest = None
        if any(hit.kind == "checkpoint" for hit in hits):
            hits = tuple(_each_once(hits))
            newest = _newest_in_force(reader, engagement) if engagement is not None else None
        placed = (_placed(reader, hit, dealership_id, newest) for hit in hits)
        return tuple(hit for hit in placed if hit is not None)


def _each_once(hits: Sequence[SearchHit]) -> Iterator[SearchHit]:
    """A checkpoint is found in each language its words are in: shown once, in the language read in if it was found there."""
    wanted = content_language()
    seen: dict[tuple[str, str | None], SearchHit] = {}
    for hit in hits:
        if hit.kind == "checkpoint":
            known = seen.setdefault((hit.record_id, hit.edition), hit)
            if known is not hit and hit.language == wanted:
                seen[hit.record_id, hit.edition] = hit
    for hit in hits:
        if hit.kind != "checkpoint" or seen[hit.record_id, hit.edition] is hit:
            yield hit


def _newest_in_force(reader: ReadingScope, engagement: Engagement) -> Assessment | None:
    """The newest assessment that has the checkpoints of the edition in force."""
    lineage = lineage_of(reader, engagement.id)
    made = list_assessments(reader, engagement.id)
    return next((one for one in reversed(made) if lineage.of(one) == engagement.edition), None)


def _placed(
    reader: ReadingScope, hit: SearchHit, here: DealershipId | None, newest: Assessment | None
) -> Hit | None:
    match hit.kind:
        case "rating":
            return _rating_hit(reader, hit)
        case "checkpoint":
            return Hit(
                kind=hit.kind,
                title=hit.text.split(":", 1)[0],
                text=hit.text.split(":", 1)[-1].strip(),
                dealership_id=here,
                assessment_id=newest.id if newest else None,
                checkpoint_id=CheckpointId(hit.record_id),
            )
        case "finding":
            finding = reader.find(Finding, hit.record_id)
            return _finding_hit(finding, hit) if finding else None
        case "cause":
            cause = reader.find(Cause, hit.record_id)
            finding = reader.find(Finding, cause.finding_id) if cause else None
            return replace(_finding_hit(finding, hit), kind=hit.kind, text=hit.text) if finding else None
        case "action":
            return _action_hit(reader, hit)
        case "assessment":
            return Hit(
                kind=hit.kind,
                title=f"A{hit.assessment_number}",
                text=hit.text,
                dealership_id=hit.dealership_id,
                assessment_id=AssessmentId(hit.record_id),
            )
        case "evidence":
            return _evidence_hit(reader, hit)
        case "visit" | "visitnote" | "promise" | "managementreview" | "decision":
            return _year_hit(reader, hit)
        case "dealership" if here is not None and hit.record_id != here:
            return None
        case "dealership":
            return Hit(
                kind=hit.kind,
                title=hit.text.split(" · ", 1)[0],
                text=hit.text,
                dealership_id=DealershipId(hit.record_id),
            )
        case _:
            return _person_hit(reader, hit, here)


def _person_hit(reader: ReadingScope, hit: SearchHit, here: DealershipId | None) -> Hit | None:
    """People of a dealership are found only where it is; those of the programme belong to all."""
    person = reader.find(Person, hit.record_id)
    house = person.dealership_id if person else None
    if person is None or (house is not None and (here or house) != house):
        return None
    if house is not None and reader.find(Dealership, house) is None:
        return None
    return Hit(kind=hit.kind, title=person.name, text=hit.text, dealership_id=house)


def _rating_hit(reader: ReadingScope, hit: SearchHit) -> Hit | None:
    if hit.edition is None or hit.assessment_id is None or hit.checkpoint_id is None:
        return None
    known = reader.edition(hit.edition).checkpoints.get(hit.checkpoint_id)
    return Hit(
        kind=hit.kind,
        title=f"{known.number if known else hit.checkpoint_id} · A{hit.assessment_number}",
        text=hit.text,
        dealership_id=hit.dealership_id,
        assessment_id=hit.assessment_id,
        checkpoint_id=hit.checkpoint_id,
    )


def _finding_hit(finding: Finding, hit: SearchHit) -> Hit:
    return Hit(
        kind=hit.kind,
        title=finding.label,
        text=finding.statement,
        dealership_id=hit.dealership_id,
        assessment_id=finding.assessment_id,
        checkpoint_id=finding.checkpoint_id,
        finding_id=finding.id,
    )


def _action_hit(reader: ReadingScope, hit: SearchHit) -> Hit | None:
    """An action is shown at the first finding it serves."""
    action = reader.find(Action, hit.record_id)
    if action is None:
        return None
    links = reader.all(ActionLink, action_id=action.id)
    finding = reader.find(Finding, links[0].finding_id) if links else None
    return Hit(
        kind=hit.kind,
        title=action.label,
        text=action.what,
        dealership_id=hit.dealership_id,
        finding_id=finding.id if finding else None,
        action_id=action.id,
    )


def _year_hit(reader: ReadingScope, hit: SearchHit) -> Hit | None:
    """What was written at visits and reviews; a note and a promise lead to the visit they were made at."""
    found = Hit(kind=hit.kind, title="", text=hit.text, dealership_id=hit.dealership_id)
    match hit.kind:
        case "visit":
            visit = reader.find(Visit, hit.record_id)
            return replace(found, title=_visit_title(visit), visit_id=visit.id) if visit else None
        case "visitnote":
            note = reader.find(VisitNote, hit.record_id)
            if note is None:
                return None
            visit = reader.find(Visit, note.visit_id) if note.visit_id else None
            title = _visit_title(visit) if visit else day_text(note.noted_at.astimezone().date())
            return replace(
                found,
                title=_("Note · {where}").format(where=title),
                visit_id=visit.id if visit else None,
                checkpoint_id=note.checkpoint_id,
                finding_id=note.finding_id,
            )
        case "promise":
            promise = reader.find(Promise, hit.record_id)
            if promise is None:
                return None
            title = _("Promise of {who}").format(who=promise.who)
            return replace(found, title=title, text=promise.what, visit_id=promise.visit_id)
        case "decision":
            decision = reader.find(Decision, hit.record_id)
            review = reader.find(ManagementReview, decision.review_id) if decision else None
            if decision is None or review is None:
                return None
            title = _("Decision · {review}").format(review=review_title(review))
            return replace(found, title=title, text=decision.words, action_id=decision.action_id)
    review = reader.find(ManagementReview, hit.record_id)
    return replace(found, title=review_title(review)) if review else None


def _visit_title(visit: Visit) -> str:
    return _("Visit {number}, {day}").format(number=visit.number, day=day_text(visit.day))


def _evidence_hit(reader: ReadingScope, hit: SearchHit) -> Hit | None:
    evidence = reader.find(Evidence, hit.record_id)
    if evidence is None:
        return None
    links = reader.all(EvidenceLink, evidence_id=evidence.id)
    return Hit(
        kind=hit.kind,
        title=evidence.name,
        text=evidence.caption,
        dealership_id=hit.dealership_id,
        assessment_id=links[0].assessment_id if links else None,
        checkpoint_id=links[0].checkpoint_id if links else None,
        finding_id=links[0].finding_id if links else None,
    )
