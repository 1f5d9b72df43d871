"""An invented dealership with a full audit on the shipped standard, lived through the app's own services: for benchmarks that print and sign."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from random import Random

from measure import ROOT  # noqa: F401  makes the tests' houses importable

from qma_app.domain.audit import AuditLook, SeenHow
from qma_app.domain.finding import Finding, FindingGrade, Reply
from qma_app.domain.ids import AuditLookId, RatingId
from qma_app.domain.rating import Rating, Sample, SampleRecord
from qma_app.services.assessments import write_remark, write_summary
from qma_app.services.audit_conduct import hold_closing, hold_opening, recommend, write_wrap_up
from qma_app.services.audit_planning import plan_audit_days
from qma_app.services.audit_result import audit_result
from qma_app.services.audit_samples import draw_sample, read_numbers
from qma_app.services.audit_timetable import propose_timetable
from qma_app.services.audits import change_audit, declare, mark_plan_sent
from qma_app.services.evidence_intake import NamedFile, add_evidence_files
from qma_app.services.evidence_places import Place
from qma_app.services.findings import raise_finding, reply_to_finding
from qma_app.services.workspace import create_workspace
from tests.reports.houses import a_photo
from tests.services.auditing import FIRST, LAST, Audited, begin
from tests.services.visiting import SetClock, make_house
from tests.services.visiting_fixtures import BEGINS

WORDS = (
    "Two of the ten orders carry no time of completion; walk-in customers get an oral promise.",
    "Seen at the desk and in the yard. Works without exception since the new board hangs beside the key safe.",
    "Talked with three advisors independently; all three describe the same steps and show the same form.",
)
_SEEN = (SeenHow.ON_SITE, SeenHow.ON_SITE, SeenHow.ON_PAPER, SeenHow.REMOTE)
_PHOTOS_EACH = 6


def make_audited_house(folder: Path, photos: int) -> Audited:
    """An audit of all areas with everything done but the signature: every checkpoint rated, samples, findings with so many photos."""
    names, clock = count(1), SetClock(BEGINS)
    workspace = create_workspace(folder, clock=clock, new_id=lambda: f"id-{next(names)}")
    workspace.store.hurry()
    audited = begin(make_house(workspace, clock))
    _plan(audited)
    house = audited.house
    house.clock.put(FIRST, 8)
    hold_opening(workspace, audited.audit_id, audited.meeting())
    _draw(audited)
    _look(audited)
    _find(audited, photos)
    write_wrap_up(workspace, audited.audit_id, on=FIRST, words=WORDS[1])
    house.clock.put(LAST, 14)
    hold_closing(workspace, audited.audit_id, audited.meeting(LAST, 15))
    house.clock.put(LAST + timedelta(days=4), 10)
    _end(audited)
    return audited


def _plan(audited: Audited) -> None:
    workspace, audit = audited.house.workspace, audited.audit_id
    plan_audit_days(workspace, audit, staff=40)
    declare(workspace, audit, audited.auditor.id)
    propose_timetable(workspace, audit)
    mark_plan_sent(workspace, audit)


def _draw(audited: Audited) -> None:
    """A sample of ten orders at each critical checkpoint that asks for one."""
    edition = audited.view().edition
    for place, id in enumerate(audited.applicable):
        point = edition.checkpoints[id]
        if point.is_critical and point.sample is not None:
            draw_sample(audited.house.workspace, audited.audit_id, id, read_numbers("1001-1200"), seed=place)


def _look(audited: Audited) -> None:
    """Points, a note and how it was seen at every checkpoint, in one edit; every record drawn conforms but a few."""
    chance = Random(4711)
    with audited.house.workspace.writing("benchmark.looked") as work:
        known = work.ratings(audited.assessment.id)
        for place, id in enumerate(audited.applicable):
            rating = known.get(id) or Rating(
                id=RatingId(work.new_id()), assessment_id=audited.assessment.id, checkpoint_id=id
            )
            if rating.sample is not None:
                records = tuple(SampleRecord(label=one.label, conforms=True) for one in rating.sample.records)
                rating = replace(rating, sample=Sample(records=records))
            rated = rating.rated(chance.choice((6, 8, 8, 10, 10)), at=work.at, by=work.who)
            work.put(replace(rated, note="" if place % 2 else chance.choice(WORDS)))
            look = AuditLook(
                id=AuditLookId(work.new_id()),
                audit_id=audited.audit_id,
                checkpoint_id=id,
                interviews="" if place % 3 else WORDS[2],
                observed=WORDS[1] if place % 3 == 1 else "",
                records="" if place % 4 else WORDS[0],
                seen_how=_SEEN[place % 4],
                is_live=place % 5 == 0,
                is_repeated=place % 7 == 0,
            )
            work.put(look)


def _find(audited: Audited, photos: int) -> None:
    """A minor with six photos at every so many checkpoints, every third of them objected to."""
    workspace, house = audited.house.workspace, audited.house
    wanted = photos // _PHOTOS_EACH
    step = max(1, len(audited.applicable) // wanted)
    for place, id in enumerate(audited.applicable[: wanted * step : step]):
        finding = raise_finding(
            workspace,
            engagement_id=house.engagement.id,
            statement=WORDS[0],
            grade=FindingGrade.MINOR,
            requirement="The time of completion stands on every signed order.",
            evidence="Orders 1004, 1017, 1101.",
            checkpoint_id=id,
            assessment_id=audited.assessment.id,
        ).made(Finding)
        reply = Reply.DISAGREED if place % 3 == 0 else Reply.AGREED
        reply_to_finding(workspace, finding.id, reply=reply, words=WORDS[1], by="Paula Principal")
        files = [
            NamedFile(name=f"photo-{place}-{number}.jpg", data=a_photo(seed=place * _PHOTOS_EACH + number))
            for number in range(_PHOTOS_EACH)
        ]
        add_evidence_files(
            workspace, engagement_id=house.engagement.id, files=files, place=Place(finding_id=finding.id)
        )


def _end(audited: Audited) -> None:
    workspace, assessment = audited.house.workspace, audited.assessment
    write_summary(workspace, assessment.id, text="The house works as the standard asks, with few lapses.")
    for area_id in assessment.scope:
        write_remark(workspace, assessment.id, area_id=area_id, text=WORDS[1])
    for name in ("aims", "methods", "confidentiality", "distribution", "limits"):
        change_audit(workspace, audited.audit_id, **{name: WORDS[2]})
    with workspace.reading() as reader:
        verdict = audit_result(reader, audited.audit_id).verdict
    recommend(workspace, audited.audit_id, verdict)
