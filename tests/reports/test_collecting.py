"""What a report reads: the figures the screen shows, every record it rests on, and what became of each file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.finding import FindingGrade
from qma_app.domain.ids import AreaId
from qma_app.domain.intervals import exact_interval
from qma_app.domain.people import Role
from qma_app.domain.rating import Outcome
from qma_app.domain.standing import assessment_result
from qma_app.reports.evidence_register import jpeg_shape
from qma_app.reports.paper import CheckpointLine, EvidenceState, FindingPlace
from tests.builders import (
    GREETING,
    NOW,
    PRICE_AGREED,
    TODAY,
    a_finding,
    a_person,
    a_qualification,
    a_rating,
    a_rating_not_seen,
    a_sample,
    an_assessment,
    an_edition,
    an_engagement,
)
from tests.reports.fake_reader import FakeReader
from tests.reports.houses import a_house, a_photo, a_photo_evidence, link_to, with_photo
from tests.reports.reading_back import the_paper

SCOPE = tuple(area.id for area in an_edition().areas)


def an_earlier(number: int, kind: AssessmentKind = AssessmentKind.PROGRESS, **changes: object) -> Assessment:
    return an_assessment(
        number, **{"kind": kind, "scope": SCOPE, "completed_at": NOW, "completed_on": TODAY, **changes}
    )


def line_at(reader: FakeReader, checkpoint: str) -> CheckpointLine:
    return next(line for line in the_paper(reader).lines if line.checkpoint.id == checkpoint)


def test_the_result_is_the_one_the_screen_shows() -> None:
    reader = a_house()
    reader.add(a_rating(4, PRICE_AGREED), a_finding(grade=FindingGrade.MAJOR))
    assert the_paper(reader).result == assessment_result(reader, reader.all(Assessment)[0])


def test_two_readings_are_equal() -> None:
    reader = with_photo(a_house(), a_photo(80, 60))
    assert the_paper(reader) == the_paper(reader)


def test_what_nobody_touched_is_not_seen_once_completed_and_open_before() -> None:
    completed, draft = a_house(), a_house(an_assessment(1, scope=SCOPE))
    assert (line_at(completed, PRICE_AGREED).outcome, line_at(completed, PRICE_AGREED).is_untouched) == (Outcome.NOT_SEEN, True)  # fmt: skip
    assert (line_at(draft, PRICE_AGREED).outcome, line_at(draft, PRICE_AGREED).is_untouched) == (
        Outcome.OPEN,
        False,
    )


def test_a_sample_brings_its_exact_interval() -> None:
    reader = a_house()
    reader.add(a_rating(6, PRICE_AGREED, sample=a_sample(8, 2, 1)))
    assert line_at(reader, PRICE_AGREED).interval == exact_interval(8, 10)
    assert line_at(reader, GREETING).interval is None


def test_a_checkpoint_knows_what_it_was_rated_before() -> None:
    reader = a_house(an_earlier(2))
    first = an_earlier(1)
    reader.add(first, a_rating(4, GREETING), a_rating(8, GREETING, assessment_id=an_earlier(2).id))
    before = line_at(reader, GREETING).before
    assert before is not None
    assert before.points == 4


def test_the_trend_holds_assessments_of_at_least_this_scope_without_self_assessments() -> None:
    reader = a_house(an_earlier(4))
    reader.add(
        an_earlier(1, AssessmentKind.BASELINE),
        an_earlier(2, AssessmentKind.SELF_ASSESSMENT),
        an_earlier(3, scope=(AreaId("parts"),)),
        an_earlier(5),
    )
    del reader.records[-1]
    paper = the_paper(reader)
    assert [step.label for step in paper.trend] == ["Base", "M11"]
    assert paper.labels == ("Base", "M11", "M11")
    service = paper.area(AreaId("service"))
    assert service is not None
    assert [past.level for past in service.history] == [Fraction(80), None, None]


def test_findings_are_told_apart_by_where_they_come_from() -> None:
    reader = a_house(an_earlier(2))
    reader.add(
        an_earlier(1),
        a_finding(1, assessment_id=an_earlier(2).id),
        a_finding(2, assessment_id=an_earlier(1).id),
        a_finding(3, assessment_id=an_earlier(1).id, closed_on=TODAY - timedelta(days=9)),
        a_finding(4, assessment_id=an_earlier(1).id, closed_on=TODAY + timedelta(days=9)),
        a_finding(5, assessment_id=an_earlier(2).id, checkpoint_id=None),
    )
    found = {
        place: [part.finding.number for part in the_paper(reader).findings_at(place)]
        for place in FindingPlace
    }
    assert found == {
        FindingPlace.HERE: [1, 5],
        FindingPlace.EARLIER_OPEN: [2, 4],
        FindingPlace.EARLIER_CLOSED: [3],
    }


def test_a_finding_closed_after_the_assessment_counts_as_open_in_it_but_shows_its_day() -> None:
    reader = a_house()
    reader.add(a_finding(closed_on=TODAY + timedelta(days=9)))
    (part,) = the_paper(reader).findings
    assert part.is_open
    assert part.finding.closed_on == TODAY + timedelta(days=9)


def test_only_what_is_overdue_depends_on_the_day() -> None:
    reader = a_house(an_assessment(1, scope=SCOPE))
    reader.add(a_finding(due_on=date(2026, 12, 21)))
    before, on_the_day, after = (the_paper(reader, on=date(2026, 12, day)) for day in (1, 21, 22))
    assert before == on_the_day
    assert [part.is_overdue for part in after.findings] == [True]
    assert replace(after, findings=before.findings, areas=before.areas) == before


def test_a_completed_assessment_judges_what_is_overdue_by_its_own_end() -> None:
    reader = a_house()
    day = timedelta(days=1)
    reader.add(
        a_finding(1, due_on=TODAY + day),
        a_finding(2, due_on=TODAY - day),
        a_finding(3, due_on=TODAY - day, closed_on=TODAY + day),
    )
    late = {part.finding.number: part.is_overdue for part in the_paper(reader, on=TODAY + 30 * day).findings}
    assert late == {1: False, 2: True, 3: True}


def test_evidence_is_numbered_in_the_order_of_intake_and_knows_where_it_is_used() -> None:
    reader = with_photo(
        a_house(), a_photo(80, 60, seed=2), name="late.jpg", taken_in_at=NOW + timedelta(hours=1)
    )
    early = a_photo_evidence(reader, "early.jpg", a_photo(80, 60, seed=3))
    reader.add(early, link_to(early, assessment_id=an_assessment(1).id, checkpoint_id=PRICE_AGREED))
    paper = the_paper(reader)
    assert [(entry.label, entry.evidence.name, entry.used_at) for entry in paper.evidence] == [
        ("E-001", "early.jpg", ("SRV-02.1", "F-001")),
        ("E-002", "late.jpg", ("F-001",)),
    ]


@pytest.mark.parametrize("which", ["paper_digest", "digest"])
def test_a_missing_file_is_named_as_missing(which: str) -> None:
    reader = with_photo(a_house(), a_photo(80, 60))
    (entry,) = the_paper(reader).evidence
    del reader.files[getattr(entry.evidence, which)]
    (entry,) = the_paper(reader).evidence
    assert entry.state is EvidenceState.MISSING
    assert (entry.jpeg is None) == (which == "paper_digest")


def test_a_changed_file_is_named_as_changed() -> None:
    reader = with_photo(a_house(), a_photo(80, 60))
    (entry,) = the_paper(reader).evidence
    reader.files[entry.evidence.digest] += b"x"
    assert the_paper(reader).evidence[0].state is EvidenceState.CHANGED


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", b"\xff\xd8", b"\xff\xd8\xff\xe0\x00\x04ab\xff\xda\x00\x02", a_photo(80, 60)[:40]],
)
def test_what_is_no_jpeg_is_named_as_unreadable(content: bytes) -> None:
    (entry,) = the_paper(with_photo(a_house(), content)).evidence
    assert (entry.state, entry.jpeg) == (EvidenceState.UNREADABLE, None)


def test_a_jpeg_tells_its_shape() -> None:
    assert jpeg_shape(a_photo(80, 60)) == (80, 60, 3)


def test_the_certificate_of_the_assessor_is_the_one_valid_for_this_work() -> None:
    auditor = a_person("Dana Muster")
    reader = a_house(an_earlier(1, AssessmentKind.CERTIFICATION_AUDIT, assessor_id=auditor.id))
    reader.add(
        auditor,
        a_qualification(Role.COACH, auditor, number="C-9"),
        a_qualification(Role.AUDITOR, auditor, id="old", number="A-1", valid_until=date(2020, 1, 1)),
        a_qualification(Role.AUDITOR, auditor, id="new", number="A-2"),
    )
    paper = the_paper(reader)
    assert paper.qualification is not None
    assert paper.qualification.number == "A-2"
    assert not paper.has_coached


@pytest.mark.parametrize("how", ["coach of the programme", "assessor before"])
def test_an_auditor_who_coached_here_is_found_out(how: str) -> None:
    auditor = a_person("Dana Muster")
    reader = a_house(an_earlier(2, AssessmentKind.CERTIFICATION_AUDIT, assessor_id=auditor.id))
    reader.add(auditor)
    if how == "coach of the programme":
        place = next(n for n, record in enumerate(reader.records) if record.id == an_engagement().id)
        reader.records[place] = an_engagement(coach_id=auditor.id)
    else:
        reader.add(an_earlier(1, assessor_id=auditor.id))
    assert the_paper(reader).has_coached


def test_an_extract_is_about_its_area_alone() -> None:
    reader = a_house()
    reader.add(a_finding(1), a_finding(2, checkpoint_id="parts.stock.count"))
    paper = the_paper(reader, areas=(AreaId("parts"),))
    assert paper.is_extract
    assert [part.area.id for part in paper.areas] == ["parts"]
    assert [part.finding.number for part in paper.findings] == [2]
    assert paper.assessment.summary == ""


def test_an_extract_names_no_file_and_no_rating_of_another_area() -> None:
    reader = a_house()
    evidence = a_photo_evidence(reader, "board.jpg", a_photo(80, 60))
    reader.add(evidence, link_to(evidence, assessment_id=an_assessment(1).id, checkpoint_id=GREETING))
    whole, extract = the_paper(reader), the_paper(reader, areas=(AreaId("parts"),))
    assert (len(whole.evidence), len(extract.evidence)) == (1, 0)
    assert extract.set_aside == ()


def test_what_was_rated_before_the_scope_was_narrowed_is_not_lost() -> None:
    reader = a_house(an_earlier(1, scope=(AreaId("parts"),)))
    assert [line.checkpoint.id for line in the_paper(reader).set_aside] == [GREETING]


def test_the_last_change_shown_is_the_head_of_the_log_or_else_the_newest_record() -> None:
    reader = a_house()
    assert the_paper(reader).shown_at == reader.head.at
    reader.head = replace(reader.head, at=None)
    reader.add(a_rating_not_seen(PRICE_AGREED, rated_at=NOW + timedelta(days=2)))
    assert the_paper(reader).shown_at == NOW + timedelta(days=2)
