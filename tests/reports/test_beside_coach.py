"""The report shows how departments that assessed themselves differ from it, and is silent where none did."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.ids import AreaId
from qma_app.i18n import in_language
from qma_app.reports.progress import Progress
from tests.builders import (
    GREETING,
    NOW,
    PRICE_AGREED,
    STOCK_COUNT,
    TODAY,
    a_rating,
    an_assessment,
    an_edition,
)
from tests.reports.fake_reader import FakeReader
from tests.reports.houses import a_house
from tests.reports.reading_back import body_text, squeezed, the_report

SCOPE = tuple(area.id for area in an_edition().areas)
TITLE = "Self-assessment beside the coach"


def a_house_that_sees_itself(**changes: Any) -> tuple[FakeReader, Assessment]:
    """A baseline with greeting 8, price 4, stock 8; the head of Service says 10, 10, and nothing of the stock."""
    reader = a_house()
    coach = reader.all(Assessment)[0]
    reader.add(a_rating(4, PRICE_AGREED), a_rating(8, STOCK_COUNT))
    own = an_assessment(
        2,
        **{
            "kind": AssessmentKind.SELF_ASSESSMENT,
            "scope": (AreaId("service"),),
            "completed_at": NOW,
            "completed_on": TODAY,
        }
        | changes,
    )
    reader.add(
        own,
        a_rating(10, GREETING, assessment_id=own.id, note="Everybody is greeted by name."),
        a_rating(10, PRICE_AGREED, assessment_id=own.id),
    )
    return reader, coach


def printed(reader: FakeReader, assessment: Assessment, key: str = "assessment", **how: Any) -> str:
    out = BytesIO()
    report = the_report(key)
    paper = report.collect(reader, assessment.id, on=TODAY, **how)
    report.draw(paper, out, pictures=reader.evidence_bytes, progress=Progress())
    return " ".join(body_text(out.getvalue()).split())


def test_level_count_widest_gaps_and_the_heads_words_are_printed() -> None:
    text = printed(*a_house_that_sees_itself())
    assert TITLE in text
    assert "The departments see themselves 44.0 points higher, on 2 checkpoints that both have rated." in text
    assert "Service +44.0 n = 2" in text
    assert "Service: assessment 2 of 21 Nov 2026." in text
    assert "SRV-02.1 The price agreed is as agreed. 10 4 +6" in text
    assert squeezed("The greeting is as agreed. Everybody is greeted by name. 10 8 +2") in squeezed(text)
    assert "Seen worse than it was found" not in text


def test_an_audit_speaks_of_the_auditor() -> None:
    reader, _coach = a_house_that_sees_itself()
    audit = an_assessment(
        3, kind=AssessmentKind.CERTIFICATION_AUDIT, scope=SCOPE, completed_at=NOW, completed_on=TODAY
    )
    reader.add(audit, a_rating(10, GREETING, assessment_id=audit.id))
    assert "Self-assessment beside the auditor" in printed(reader, audit, "audit")


def test_what_this_assessment_left_open_counts_as_it_was_rated_before() -> None:
    reader, _coach = a_house_that_sees_itself()
    later = an_assessment(3, kind=AssessmentKind.PROGRESS, scope=SCOPE, completed_at=NOW, completed_on=TODAY)
    reader.add(later, a_rating(10, PRICE_AGREED, assessment_id=later.id))
    text = printed(reader, later)
    assert "The departments see themselves 8.0 points higher, on 2 checkpoints" in text


def test_without_a_self_assessment_nothing_is_said() -> None:
    reader = a_house()
    assert TITLE not in printed(reader, reader.all(Assessment)[0])


def test_an_open_self_assessment_is_not_shown_to_anybody_yet() -> None:
    reader, coach = a_house_that_sees_itself(completed_at=None, completed_on=None)
    assert TITLE not in printed(reader, coach)


def test_an_extract_on_another_area_leaves_it_out() -> None:
    reader, coach = a_house_that_sees_itself()
    assert TITLE not in printed(reader, coach, areas=(AreaId("parts"),))
    assert TITLE in printed(reader, coach, areas=(AreaId("service"),))


def test_a_later_self_assessment_does_not_change_a_report_that_had_one() -> None:
    reader, coach = a_house_that_sees_itself()
    before = printed(reader, coach)
    later = an_assessment(
        3,
        kind=AssessmentKind.SELF_ASSESSMENT,
        scope=(AreaId("service"),),
        started_on=TODAY + timedelta(days=90),
        completed_at=NOW,
        completed_on=TODAY + timedelta(days=90),
    )
    reader.add(later, a_rating(0, GREETING, assessment_id=later.id))
    assert printed(reader, coach) == before


def test_the_report_of_a_self_assessment_shows_it_beside_what_the_coach_rated_before() -> None:
    reader, _coach = a_house_that_sees_itself()
    own = reader.all(Assessment)[-1]
    text = printed(reader, own)
    assert "The coach's ratings are the latest ones before this self-assessment." in text
    assert "44.0 points higher" in text


def test_departments_that_agree_are_told_so() -> None:
    reader, coach = a_house_that_sees_itself()
    own = reader.all(Assessment)[-1]
    reader.records = [r for r in reader.records if getattr(r, "assessment_id", None) != own.id]
    reader.add(a_rating(8, GREETING, assessment_id=own.id))
    text = printed(reader, coach)
    assert "Departments and assessor come to the same level, on 1 checkpoint that both have rated." in text


def test_it_is_printed_in_german_too() -> None:
    reader, coach = a_house_that_sees_itself()
    with in_language("de"):
        assert squeezed("44,0") in squeezed(printed(reader, coach))
