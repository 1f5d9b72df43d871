"""What the sample promises: a believable way of 18 months to the audit, made through the use cases, the same each time."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import combinations, pairwise

import pytest

from qma_app.domain.action import Action
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence, EvidenceKind, EvidenceLink
from qma_app.domain.evidence_use import replaced
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.people import Person, Qualification, Role
from qma_app.domain.plan import PlannedPhase
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.result import Verdict
from qma_app.domain.sampling import suggested_points
from qma_app.domain.standing import (
    applicable_in,
    assessment_result,
    edition_of,
    list_assessments,
    standing_result,
)
from qma_app.domain.verification import Verification
from qma_app.domain.visit import Visit
from qma_app.services.dealerships import list_dealerships
from qma_app.services.log import verify_workspace
from qma_app.services.today import today
from qma_app.services.working import current_worker
from qma_app.services.workspace import Workspace, open_workspace
from qma_app.storage.scopes import ReadingScope
from tests.services.sample.made import demo_by_command, made_sample

LAST_DAY = date(2026, 11, 21)
CRITICALS = 38
MISSED = 15
"""Critical checkpoints that apply to the first dealership, and those of them not met at its baseline."""
AIMS = {
    "organisation": (46, None, None, 60, 76, 83),
    "administration": (57, 66, None, None, 77, 84),
    "new-cars": (55, 68, None, None, 82, 87),
    "used-cars": (41, None, 68, 60, 71, 80),
    "finance-insurance": (62, None, None, None, 76, 83),
    "parts": (59, None, None, None, 80, 85),
    "marketing": (51, None, None, 66, 61, 78),
    "people": (44, None, None, 58, 70, 79),
    "accounting": (72, None, None, None, 86, 91),
    "it-data": (48, 56, None, None, 71, 84),
    "safety-environment": (53, 70, None, None, 82, 88),
}
"""What each area without ratings by hand is to show from assessment to assessment; None where it is not rated."""

AUDITED_FROM = date(2026, 10, 23)
"""The day on which the command takes over the house it lets be audited."""


def test_it_is_the_same_each_time_wherever_the_laptop_stands(
    reader: ReadingScope, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The chain of the log covers every id, salt, word, figure and instant; the command adds the light houses behind the others.

    One of them is audited while the others go on: from there on their records are looked at one by one.
    """
    demo = demo_by_command(tmp_path_factory)
    with open_workspace(demo.folder, is_for_reading=True) as other, other.reading() as again:
        alike = [one for one in reader.log_entries() if one.at.date() < AUDITED_FROM]
        others = [one for one in again.log_entries() if one.at.date() < AUDITED_FROM]
        assert alike[-1].hash == others[-1].hash
        for kind in (
            Assessment,
            Rating,
            Finding,
            Action,
            Verification,
            Evidence,
            EvidenceLink,
            Person,
            Dealership,
            Visit,
            PlannedPhase,
        ):
            mine = reader.all(kind)
            ids = {one.id for one in mine}
            assert tuple(one for one in again.all(kind) if one.id in ids) == mine


def test_it_is_genuine(sample: Workspace) -> None:
    assert verify_workspace(sample).faults == ()


def test_its_progress_goes_from_nothing_to_all(tmp_path_factory: pytest.TempPathFactory) -> None:
    shares = made_sample(tmp_path_factory).shares
    assert (shares[0], shares[-1]) == (0, 1)
    assert list(shares) == sorted(shares)


def test_it_says_that_it_is_invented(sample: Workspace, reader: ReadingScope) -> None:
    assert sample.is_sample
    for dealership in reader.all(Dealership):
        assert dealership.is_sample
        assert dealership.note.startswith("Invented sample")


def test_the_first_dealership_is_the_default_one(reader: ReadingScope) -> None:
    assert [row.code for row in list_dealerships(reader)] == ["DE-81207", "DE-81340", "AT-44005"]


def test_the_log_is_dated_over_18_months_and_never_goes_back(reader: ReadingScope) -> None:
    entries = list(reader.log_entries())
    assert all(one.at < next_one.at for one, next_one in pairwise(entries))
    assert (entries[0].at.date(), entries[-1].at.date()) == (date(2025, 6, 2), date(2026, 11, 20))


def test_the_programme_leads_from_the_baseline_over_progress_and_a_self_assessment_to_the_audit(
    assessments: dict[str, Assessment], first: Engagement
) -> None:
    assert [a.kind for a in assessments.values()] == [
        AssessmentKind.BASELINE,
        AssessmentKind.PROGRESS,
        AssessmentKind.SELF_ASSESSMENT,
        AssessmentKind.PROGRESS,
        AssessmentKind.PROGRESS,
        AssessmentKind.CERTIFICATION_AUDIT,
        AssessmentKind.PROGRESS,
    ]
    assert [first.month_on(a.started_on) for a in assessments.values()] == [1, 6, 8, 9, 12, 17, 18]
    assert [a.is_open for a in assessments.values()] == [False] * 6 + [True]


@pytest.mark.parametrize("name", ["baseline", "month 12", "audit"])
def test_every_checkpoint_of_every_area_is_decided(
    reader: ReadingScope, first: Engagement, assessments: dict[str, Assessment], name: str
) -> None:
    assessment = assessments[name]
    assert set(assessment.scope) == {area.id for area in edition_of(reader, first.id).areas}
    ratings = reader.ratings(assessment.id)
    assert [id for id in applicable_in(reader, assessment) if id not in ratings] == []
    assert not assessment_result(reader, assessment).is_partial


def test_no_checkpoint_is_rated_that_does_not_apply(reader: ReadingScope) -> None:
    for assessment in reader.all(Assessment):
        assert set(reader.ratings(assessment.id)) <= set(applicable_in(reader, assessment))


def test_one_area_is_not_rated_enough_in_an_early_assessment(
    reader: ReadingScope, assessments: dict[str, Assessment]
) -> None:
    result = assessment_result(reader, assessments["month 6"])
    unrated = [area for area in result.areas if area.tally.rated and not area.is_rated]
    assert [area.area_id for area in unrated] == ["parts"]
    assert result.is_partial


def test_the_levels_of_the_areas_are_as_designed(
    reader: ReadingScope, assessments: dict[str, Assessment]
) -> None:
    names = [name for name in assessments if name != "gains"]
    levels = {name: _levels(reader, assessments[name]) for name in names}
    for area, aims in AIMS.items():
        for name, aim in zip(names, aims, strict=True):
            found = levels[name].get(area)
            assert (found is None) == (aim is None), (area, name)
            assert aim is None or abs((found or Fraction()) - aim) < 2, (area, name, found)


def test_one_area_falls_back_and_no_other(reader: ReadingScope, assessments: dict[str, Assessment]) -> None:
    rows = [_levels(reader, a) for name, a in assessments.items() if name not in ("self", "gains")]
    fallen = set()
    for area in rows[0]:
        known = [row[area] for row in rows if area in row]
        fallen |= {area for before, after in pairwise(known) if after < before}
    assert fallen == {"marketing"}


def test_the_head_of_an_area_is_kinder_to_it_than_the_coach(
    reader: ReadingScope, assessments: dict[str, Assessment]
) -> None:
    own = _levels(reader, assessments["self"])
    coach = _levels(reader, assessments["month 9"])
    assert list(own) == ["used-cars"]
    assert 6 <= own["used-cars"] - coach["used-cars"] <= 10


def test_one_critical_checkpoint_stays_unmet_until_just_before_the_audit(
    reader: ReadingScope, assessments: dict[str, Assessment], first: Engagement
) -> None:
    edition = edition_of(reader, first.id)
    unmet = {
        name: {edition.checkpoint(id).number for id in assessment_result(reader, a).unmet_criticals}
        for name, a in assessments.items()
    }
    assert unmet["baseline"] & unmet["month 6"] & unmet["month 12"] == {"ITD-01.3"}
    assert unmet["audit"] == set()


def test_the_house_rises_from_half_to_the_pass_mark(
    reader: ReadingScope, assessments: dict[str, Assessment]
) -> None:
    whole = [
        assessment_result(reader, assessments[n]).overall
        for n in ("baseline", "month 6", "month 12", "audit")
    ]
    levels = [level for level in whole if level is not None]
    assert levels == sorted(levels)
    assert 48 <= levels[0] <= 53
    assert 75 <= levels[2] < 80
    assert 83 <= levels[3] <= 86


def test_the_baseline_has_unmet_criticals_and_majors(
    reader: ReadingScope, assessments: dict[str, Assessment]
) -> None:
    result = assessment_result(reader, assessments["baseline"])
    majors = [f for f in _findings_of(reader, assessments["baseline"]) if f.grade is FindingGrade.MAJOR]
    assert len(result.unmet_criticals) == MISSED
    assert len(majors) == 16
    assert {f.checkpoint_id for f in majors} >= set(result.unmet_criticals)


def test_the_audit_passes_with_a_handful_of_minors(
    reader: ReadingScope, assessments: dict[str, Assessment]
) -> None:
    audit = assessments["audit"]
    result = assessment_result(reader, audit)
    assert result.verdict is Verdict.PASS
    assert (result.unmet_criticals, result.open_criticals) == ((), ())
    edition, ratings = edition_of(reader, audit.engagement_id), reader.ratings(audit.id)
    criticals = [c for id in applicable_in(reader, audit) if (c := edition.checkpoint(id)).is_critical]
    assert len(criticals) == CRITICALS
    assert all((ratings[c.id].points or 0) >= 8 for c in criticals)
    grades = [f.grade for f in _findings_of(reader, audit)]
    assert 3 <= grades.count(FindingGrade.MINOR) <= 5
    assert FindingGrade.MAJOR not in grades


def test_the_audit_is_written_by_an_auditor_and_everything_else_by_the_coach(
    reader: ReadingScope, assessments: dict[str, Assessment]
) -> None:
    roles = {held.person_id: held.role for held in reader.all(Qualification)}
    assert set(roles.values()) == set(Role)
    for name, assessment in assessments.items():
        role = Role.AUDITOR if name == "audit" else Role.COACH
        hands = {rating.rated_by for rating in reader.ratings(assessment.id).values()}
        hands |= {finding.raised_by for finding in _findings_of(reader, assessment)} | {
            assessment.assessor_id
        }
        assert {roles[hand] for hand in hands if hand} == {role}


def test_the_coach_is_working_at_the_end(sample: Workspace) -> None:
    worker = current_worker(sample)
    assert worker is not None
    assert worker.text == "Coach: K. Brandt · certified to 30 Jun 2027"


def test_today_has_somewhere_to_go_on_and_criticals_to_rate(reader: ReadingScope, first: Engagement) -> None:
    view = today(reader, first.dealership_id, on=LAST_DAY)
    assert view.resume is not None
    assert view.resume.checkpoint is not None
    assert 0.25 < view.resume.decided / view.resume.total < 0.4
    assert len(view.next_criticals) >= 3
    assert standing_result(reader, first.id).verdict is Verdict.PASS


def test_the_second_dealership_is_in_its_fifth_month(reader: ReadingScope, second: Engagement) -> None:
    baseline, progress = list_assessments(reader, second.id)
    assert second.month_on(LAST_DAY) == 5
    assert (baseline.is_open, progress.is_open) == (False, True)
    result = assessment_result(reader, baseline)
    assert (result.rated_areas, result.counted_areas) == (13, 13)
    assert standing_result(reader, second.id).verdict is Verdict.FAIL


def test_ratings_rise_unevenly_and_some_fall_back(
    reader: ReadingScope, assessments: dict[str, Assessment]
) -> None:
    tables = [reader.ratings(a.id) for name, a in assessments.items() if name != "self"]
    fallen = {
        id
        for before, after in pairwise(tables)
        for id, now in after.items()
        if _lost_points(before.get(id), now)
    }
    assert 20 <= len(fallen) <= 60


def test_each_way_of_deciding_occurs_with_its_reason(reader: ReadingScope) -> None:
    ratings = reader.all(Rating)
    outcomes = {rating.outcome for rating in ratings}
    assert outcomes == {Outcome.RATED, Outcome.NOT_APPLICABLE, Outcome.NOT_SEEN}
    assert sum(rating.is_as_last_time for rating in ratings) >= 60
    left_out = [rating for rating in ratings if rating.outcome is not Outcome.RATED]
    assert all(rating.reason for rating in left_out)


def test_samples_carry_labels_and_agree_with_the_points(reader: ReadingScope, first: Engagement) -> None:
    edition = edition_of(reader, first.id)
    sampled = [rating for rating in reader.all(Rating) if rating.sample is not None]
    assert len(sampled) >= 120
    for rating in sampled:
        checkpoint = edition.checkpoint(rating.checkpoint_id)
        assert rating.sample is not None
        assert checkpoint.sample is not None, checkpoint.number
        assert len(rating.sample.records) == checkpoint.sample.size, checkpoint.number
        assert all(record.label and record.conforms is not None for record in rating.sample.records)
        suggested = suggested_points(rating.sample, edition.rules, checkpoint.is_critical)
        assert rating.points == suggested, (checkpoint.number, rating.assessment_id)


def test_the_notes_are_many_and_no_two_are_alike(reader: ReadingScope) -> None:
    notes = [rating.note for rating in reader.all(Rating) if rating.note]
    assert len(notes) >= 300
    words = [frozenset(note.lower().split()) for note in notes]
    alike = [
        (notes[a], notes[b])
        for a, b in combinations(range(len(notes)), 2)
        if len(words[a] & words[b]) > 0.5 * len(words[a] | words[b])
    ]
    assert alike == []


def test_each_completed_assessment_has_its_authors_words(reader: ReadingScope) -> None:
    for assessment in reader.all(Assessment):
        if not assessment.is_open:
            assert len(assessment.summary.split()) > 40
            assert {remark.area_id for remark in assessment.remarks} == set(assessment.scope)


def test_the_findings_are_whole_and_mostly_settled(reader: ReadingScope, first: Engagement) -> None:
    findings = reader.all(Finding)
    assert {finding.grade for finding in findings} == set(FindingGrade)
    for finding in findings:
        assert finding.requirement
        assert finding.evidence
        assert finding.statement
        assert finding.seen_on is not None
        if finding.grade is not FindingGrade.GOOD_PRACTICE:
            assert finding.owner
            assert finding.due_on is not None
            assert finding.due_on > finding.seen_on
        if not finding.is_open:
            assert finding.closing_note
            assert finding.closed_on is not None
            assert finding.closed_on >= finding.seen_on
    assert sum(not finding.is_open for finding in findings) > len(findings) / 2
    view = today(reader, first.dealership_id, on=LAST_DAY)
    assert (len(view.overdue), view.open_majors) == (2, 0)
    assert view.open_findings >= 4


def test_findings_are_owned_by_people_of_the_house(reader: ReadingScope) -> None:
    for engagement in reader.all(Engagement):
        people = {person.name for person in reader.all(Person, dealership_id=engagement.dealership_id)}
        owners = {f.owner for f in reader.all(Finding, engagement_id=engagement.id) if f.owner}
        assert owners <= people


def test_a_finding_is_raised_on_a_day_on_which_its_checkpoint_had_been_looked_at(
    reader: ReadingScope,
) -> None:
    for finding in reader.all(Finding):
        assert finding.assessment_id is not None
        assert finding.checkpoint_id is not None
        rating = reader.ratings(finding.assessment_id)[finding.checkpoint_id]
        assert rating.rated_at is not None
        assert finding.seen_on is not None
        assert rating.rated_at.date() <= finding.seen_on, finding.label


def test_the_photos_are_pictures_of_their_own_with_a_day_and_a_caption(reader: ReadingScope) -> None:
    photos = reader.all(Evidence, kind=EvidenceKind.PHOTO)
    assert 30 <= len(photos) <= 36
    assert len({photo.digest for photo in photos}) == len(photos)
    for photo in photos:
        assert (photo.width, photo.height) == (1600, 1200)
        assert photo.caption
        assert photo.made_on == photo.taken_in_at.date()
        assert reader.evidence_bytes(photo.paper_digest or "")


def test_the_documents_are_readable_and_one_of_them_has_run_out(reader: ReadingScope) -> None:
    documents = {paper.name: paper for paper in reader.all(Evidence, kind=EvidenceKind.DOCUMENT)}
    assert len(documents) == 7
    assert documents["certificate-tw-04.pdf"].valid_until == date(2026, 9, 30)
    assert reader.evidence_bytes(documents["cases-2026-q3.csv"].digest).count(b";no;") == 1
    assert reader.evidence_bytes(documents["leavers-accounts-2025.csv"].digest).count(b";open;") == 6


def test_each_piece_of_evidence_is_tied_to_where_it_was_seen(reader: ReadingScope) -> None:
    """What a newer version replaced hangs nowhere any more."""
    linked = {link.evidence_id for link in reader.all(EvidenceLink)}
    every = reader.all(Evidence)
    assert linked == {evidence.id for evidence in every} - replaced(every)


def _findings_of(reader: ReadingScope, assessment: Assessment) -> tuple[Finding, ...]:
    return reader.all(Finding, assessment_id=assessment.id)


def _levels(reader: ReadingScope, assessment: Assessment) -> dict[str, Fraction]:
    """The level of each area that is rated in an assessment."""
    areas = assessment_result(reader, assessment).areas
    return {area.area_id: area.level for area in areas if area.is_rated and area.level is not None}


def _lost_points(before: Rating | None, now: Rating) -> bool:
    if before is None or before.points is None or now.points is None:
        return False
    return now.points < before.points
