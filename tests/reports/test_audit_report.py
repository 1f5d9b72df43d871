"""The audit report recommends, says how the audit was done, and what it rests on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.finding import FindingGrade
from tests.builders import NOW, PRICE_AGREED, TODAY, a_finding, a_person, a_rating, an_assessment, an_edition
from tests.reports.fake_reader import FakeReader
from tests.reports.houses import a_house
from tests.reports.reading_back import body_text, made, page_text

SCOPE = tuple(area.id for area in an_edition().areas)


def an_audit(points: int = 10, *, is_open: bool = False) -> FakeReader:
    """A whole house audited by somebody who never coached it, each checkpoint with the same points."""
    auditor = a_person("Dana Muster")
    assessment = an_assessment(
        1, kind=AssessmentKind.CERTIFICATION_AUDIT, scope=SCOPE, assessor_id=auditor.id,
        completed_at=None if is_open else NOW, completed_on=None if is_open else TODAY,
    )  # fmt: skip
    reader = a_house(assessment)
    reader.records = [record for record in reader.records if type(record).__name__ != "Rating"]
    reader.add(auditor, *(a_rating(points, id) for id in an_edition().checkpoints))
    return reader


def text_of(reader: FakeReader) -> str:
    return " ".join(body_text(made(reader, "audit")).split())


@pytest.mark.parametrize(
    ("points", "major", "said"),
    [
        (10, False, "Auditor recommends: pass"),
        (10, True, "Auditor recommends: pass once the majors are closed, within 90 days"),
        (4, False, "Auditor recommends: no pass"),
    ],
)
def test_the_cover_says_what_the_auditor_recommends(points: int, major: bool, said: str) -> None:
    reader = an_audit(points)
    if major:
        reader.add(a_finding(grade=FindingGrade.MAJOR))
    cover = page_text(made(reader, "audit"), 1)
    assert said in cover
    assert "Certification audit report" in cover
    assert "audited 21 Nov 2026" in cover
    assert "somebody who did not audit decides, and later" in cover


def test_an_open_audit_recommends_nothing() -> None:
    text = text_of(an_audit(is_open=True))
    assert "No recommendation yet: the audit is open" in text
    assert "Auditor recommends" not in text


def test_the_report_tells_aim_criteria_method_samples_and_for_whom() -> None:
    text = text_of(an_audit())
    for words in ("About this audit", "Aim", "Criteria", "Method", "Independence", "Follow-up", "No records were drawn.", "Recommendation and signatures"):  # fmt: skip
        assert words in text


def test_an_independent_auditor_is_said_to_be_one() -> None:
    assert "recorded neither as coach nor as assessor" in text_of(an_audit())


def test_an_auditor_who_coached_is_said_to_have_done_so() -> None:
    reader = an_audit()
    auditor = a_person("Dana Muster")
    reader.add(
        replace(
            an_assessment(2),
            number=0,
            scope=SCOPE,
            assessor_id=auditor.id,
            completed_at=NOW,
            completed_on=TODAY,
        )
    )
    assert "this audit is not independent" in text_of(reader)


def test_a_coachs_ratings_of_before_are_not_shown_beside_the_auditors() -> None:
    reader = an_audit()
    reader.add(replace(an_assessment(2), number=0, scope=SCOPE, completed_at=NOW, completed_on=TODAY))
    reader.add(a_rating(0, PRICE_AGREED, assessment_id=an_assessment(2).id))
    assert "Before" not in text_of(reader)
