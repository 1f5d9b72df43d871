"""What becomes of a finding that is still being typed: a finding, or a sighting of an older one. Nothing typed is lost."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from qma_app.domain.evidence import Evidence
from qma_app.domain.finding import Finding
from qma_app.domain.ids import FindingId
from ui.workbench import Workbench


def words_of_draft(draft: Finding) -> str:
    """The first line of what was typed instead of a statement; "" where nothing was."""
    own_requirement = "" if draft.checkpoint_id else draft.requirement
    every = (
        draft.statement,
        draft.evidence,
        own_requirement,
        draft.place,
    )
    typed = next((text for text in every if text.strip()), "")
    return typed.strip().splitlines()[0] if typed else ""


def raise_draft(workbench: Workbench, draft: Finding) -> str | None:
    """Store it as a finding with the next number; its id, or None where it was refused."""
    from qma_app.services.findings import change_finding, raise_finding

    changes = workbench.do(
        raise_finding,
        engagement_id=draft.engagement_id,
        assessment_id=draft.assessment_id,
        checkpoint_id=draft.checkpoint_id,
        grade=draft.grade,
        grade_reason=draft.grade_reason,
        statement=draft.statement,
        requirement=draft.requirement,
        evidence=draft.evidence,
        place=draft.place,
        owner=draft.owner,
        seen_on=draft.seen_on,
        due_on=draft.due_on,
    )
    if changes is None:
        return None
    made = changes.made(Finding)
    if draft.cost is not None:
        workbench.do(change_finding, made.id, cost=draft.cost)
    return made.id


def sight_draft(
    workbench: Workbench,
    typed: Finding,
    older_id: FindingId,
    words_of_checkpoint: str,
    photos: Sequence[Evidence],
    *,
    is_stored: bool,
) -> bool:
    """Note it at the older finding, in one step of undo with what goes away; False where that was refused."""
    from qma_app.services.evidence import link_evidence
    from qma_app.services.findings import delete_finding, note_sighting

    own_requirement = "" if typed.requirement == words_of_checkpoint else typed.requirement
    workbench.close_step()
    do = partial(workbench.do, merge_key=f"seen again {older_id} {typed.id}")
    done = do(
        note_sighting,
        older_id,
        words="\n".join(filter(None, (typed.statement, typed.evidence, own_requirement))),
        place=typed.place,
        seen_on=typed.seen_on,
        assessment_id=typed.assessment_id,
        checkpoint_id=typed.checkpoint_id,
    )
    if done is None:
        return False
    if is_stored:
        for photo in photos:
            do(link_evidence, photo.id, finding_id=older_id)
        do(delete_finding, typed.id)
    workbench.close_step()
    return True
