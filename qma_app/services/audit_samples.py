"""Drawing the records an auditor looks at over a list the dealership provides, so that anybody can draw the same again."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Final

from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import Audit, AuditSample, ListSource
from qma_app.domain.edition import Checkpoint
from qma_app.domain.ids import AuditId, AuditSampleId, CheckpointId, RatingId
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Rating, Sample, SampleRecord
from qma_app.domain.record import Changes
from qma_app.domain.sample_drawing import (
    SampleFindings,
    SampleSays,
    draw,
    draws_again,
    sample_findings,
    what_it_shows,
)
from qma_app.domain.sample_drawing import replace as with_replacement
from qma_app.domain.sample_showing import sizes_beside
from qma_app.domain.seeds import LARGEST_SEED, check_seed
from qma_app.domain.standing import edition_of_assessment
from qma_app.errors import RuleBroken
from qma_app.exchange.sample_list import SampleList, read_list_again, read_sample_list
from qma_app.exchange.sample_numbers import read_numbers
from qma_app.i18n import _
from qma_app.services.audit_rules import check_checkpoint, writable_audit
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope

__all__ = [
    "SampleList",
    "discard_sample",
    "draw_sample",
    "fresh_seed",
    "read_list_again",
    "read_numbers",
    "read_sample_list",
    "redraw_check",
    "replace_record",
    "sample_of",
    "sample_says",
    "seen_in",
    "sizes_beside",
    "usual_size",
]

MOST: Final = 100
"""So many records a rating keeps."""
_USUAL: Final = 10


def draw_sample(
    workspace: Workspace,
    audit_id: AuditId,
    checkpoint_id: CheckpointId,
    listed: SampleList,
    *,
    size: int | None = None,
    seed: int | None = None,
    stratify: bool = True,
) -> Changes:
    """Draw records for a checkpoint; they stand in its rating under their names, waiting to be looked at.

    The size is that of the standard unless given, the seed a fresh one. With `stratify` every part of the list gives its share. RuleBroken
    where a sample was drawn already: drawing until the sample suits is no drawing by chance.
    """
    if listed.errors:
        raise RuleBroken(
            _("The list cannot be drawn from yet: {problem}").format(problem=listed.errors[0]),
            code="audit.sample-list",
            way_out=_("Mend the list, and read it again."),
        )
    if seed is None:
        seed = fresh_seed(workspace)
    check_seed(seed)
    with workspace.writing("audit.sample-drawn") as work:
        audit = writable_audit(workspace, work, audit_id)
        assessment = work.get(Assessment, audit.assessment_id)
        assessment.check_open()
        check_checkpoint(work, audit, checkpoint_id)
        if sample_of(work, audit_id, checkpoint_id) is not None:
            raise RuleBroken(
                _("A sample was drawn for this checkpoint already."),
                code="audit.sample-there",
                way_out=_("Replace a record with a reason; right after drawing, Undo takes the sample back."),
            )
        wanted = size or usual_size(
            edition_of_assessment(work, assessment).checkpoint(checkpoint_id), listed.listed.population
        )
        if wanted > MOST:
            raise RuleBroken(
                _("A sample has 1 to {most} records.").format(most=MOST),
                code="sample.size",
                way_out=_("Choose a size within these bounds."),
                size=wanted,
            )
        drawing = draw(listed.listed, wanted, seed, None if stratify else ())
        sample = AuditSample(
            id=AuditSampleId(work.new_id()),
            audit_id=audit_id,
            checkpoint_id=checkpoint_id,
            source=listed.source,
            list_name=listed.name,
            fingerprint=listed.listed.fingerprint,
            population=listed.listed.population,
            seed=seed,
            drawn=drawing.drawn,
            strata=drawing.strata,
            stratified_by=listed.stratified_by if drawing.strata else "",
            blanks=listed.listed.blanks,
            repeats=listed.listed.repeats,
            drawn_at=work.at,
        )
        work.put(sample)
        rating = _rating_of(work, assessment, checkpoint_id)
        _check_untouched(rating)
        labels = tuple(SampleRecord(label=one.label) for one in sample.drawn)
        work.put(replace(rating, sample=Sample(records=labels)))
    return work.changes


def replace_record(
    workspace: Workspace,
    sample_id: AuditSampleId,
    place: int,
    reason: str,
    listed: SampleList | None = None,
) -> Changes:
    """Draw the next record for one that cannot be looked at, with the reason; `place` is that in the list, counted from 1.

    The list must be the one it was drawn of; numbers typed as a range need not be given again.
    """
    with workspace.writing("audit.record-replaced") as work:
        sample = work.get(AuditSample, sample_id)
        audit = writable_audit(workspace, work, sample.audit_id)
        assessment = work.get(Assessment, audit.assessment_id)
        assessment.check_open()
        after = with_replacement(sample, place, reason, _list_of(sample, listed).listed)
        exchange = after.replaced[-1]
        rating = _rating_of(work, assessment, sample.checkpoint_id)
        records = rating.sample.records if rating.sample is not None else ()
        seen = next((one for one in records if one.label == exchange.label), None)
        if seen is not None and seen.conforms is not None:
            raise RuleBroken(
                _("{record} was looked at already.").format(record=exchange.label),
                code="audit.record-seen",
                way_out=_("What was seen stays; take its mark away first if it was made by mistake."),
            )
        work.put(after)
        fresh = SampleRecord(label=exchange.by.label)
        work.put(
            replace(
                rating,
                sample=Sample(records=tuple(fresh if one is seen else one for one in records)),
            )
        )
    return work.changes


def discard_sample(workspace: Workspace, sample_id: AuditSampleId) -> Changes:
    """Take back a sample of which nothing was looked at yet, as of the wrong list; the log goes on telling of it."""
    with workspace.writing("audit.sample-discarded") as work:
        sample = work.get(AuditSample, sample_id)
        audit = writable_audit(workspace, work, sample.audit_id)
        rating = _rating_of(work, work.get(Assessment, audit.assessment_id), sample.checkpoint_id)
        _check_untouched(rating)
        work.delete(sample)
        if rating.version:
            work.put(replace(rating, sample=None))
    return work.changes


def redraw_check(reader: Reader, sample_id: AuditSampleId, listed: SampleList | None = None) -> bool:
    """Whether this list and the seed kept draw this very sample, its replacements included."""
    sample = reader.get(AuditSample, sample_id)
    return draws_again(sample, _list_of(sample, listed).listed)


def sample_of(reader: Reader, audit_id: AuditId, checkpoint_id: CheckpointId) -> AuditSample | None:
    """The sample drawn for a checkpoint in an audit."""
    found = reader.all(AuditSample, audit_id=audit_id, checkpoint_id=checkpoint_id)
    return found[0] if found else None


def usual_size(checkpoint: Checkpoint, population: int) -> int:
    """The size the standard asks for, ten where it asks for none; never more than there are, nor than a rating keeps."""
    asked = checkpoint.sample.size if checkpoint.sample is not None else _USUAL
    return min(asked, max(1, population), MOST)


def fresh_seed(workspace: Workspace) -> int:
    """A seed nobody chose; the chance is that of the workspace's ids."""
    return int(sha256(workspace.store.new_id().encode()).hexdigest(), 16) % (LARGEST_SEED + 1)


def sample_says(population: int, size: int) -> SampleSays:
    """What so many of so many records can show and what not, before they are drawn."""
    return what_it_shows(population, size)


def seen_in(reader: Reader, sample_id: AuditSampleId) -> SampleFindings:
    """What was seen in the records of a sample, with its exact interval."""
    sample = reader.get(AuditSample, sample_id)
    audit = reader.get(Audit, sample.audit_id)
    return sample_findings(sample, reader.ratings(audit.assessment_id).get(sample.checkpoint_id))


def _list_of(sample: AuditSample, listed: SampleList | None) -> SampleList:
    if listed is not None:
        return listed
    if sample.source is ListSource.NUMBERS:
        return read_numbers(sample.list_name)
    raise RuleBroken(
        _("The list {name} is needed again.").format(name=sample.list_name),
        code="audit.sample-list",
        way_out=_("Choose the file it was drawn of; its fingerprint is compared."),
    )


def _rating_of(work: WritingScope, assessment: Assessment, checkpoint_id: CheckpointId) -> Rating:
    known = work.all(Rating, assessment_id=assessment.id, checkpoint_id=checkpoint_id)
    if known:
        return known[0]
    return Rating(id=RatingId(work.new_id()), assessment_id=assessment.id, checkpoint_id=checkpoint_id)


def _check_untouched(rating: Rating) -> None:
    if rating.sample is not None and rating.sample.looked_at:
        raise RuleBroken(
            _("Records of this checkpoint were looked at already."),
            code="audit.record-seen",
            way_out=_("What was seen stays; take the marks away first if they were made by mistake."),
        )
