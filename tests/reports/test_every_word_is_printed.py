"""Whatever a coach or auditor can type about an assessment stands in its report, word for word."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any, get_type_hints

import pytest

from qma_app.domain.assessment import AreaRemark, Assessment, Reopening
from qma_app.domain.evidence import Evidence
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AreaId
from qma_app.domain.rating import Outcome, Rating, Sample, SampleRecord
from qma_app.domain.record import TYPED_TEXT, Record
from tests.builders import (
    NOW,
    PRICE_AGREED,
    TODAY,
    a_dealership,
    a_finding,
    a_person,
    a_qualification,
    a_rating,
    a_rating_not_applicable,
    a_rating_not_seen,
    a_site,
    an_assessment,
    an_edition,
    an_engagement,
)
from tests.reports.fake_reader import FakeReader
from tests.reports.houses import a_house, a_photo, a_photo_evidence, link_to
from tests.reports.reading_back import body_text, made, squeezed

REPORTS = ("assessment", "audit")


def typed_fields(kind: type[Record]) -> list[str]:
    """The names of all fields of a record that hold words somebody typed."""
    hints = get_type_hints(kind, include_extras=True)
    return [
        field.name for field in fields(kind) if TYPED_TEXT in getattr(hints[field.name], "__metadata__", ())
    ]


def words_for(*names: object) -> str:
    """Some words nobody else says, long enough to be broken over lines."""
    name = "-".join(map(str, names))
    return f"Begin {name} with <markup> & “quotes”, Größe 10 €, and so on for more than a line of a column, end {name}."


def filled(record: Any, **others: Any) -> Any:
    """The record with words of its own in every typed field."""
    words = {
        name: words_for(type(record).__name__, record.id[:8], name) for name in typed_fields(type(record))
    }
    return replace(record, **words | others)


@pytest.fixture(scope="module")
def house() -> FakeReader:
    """Every kind of record with every field filled: rated, not applicable, not seen, open; findings from here and from before."""
    edition = an_edition()
    scope = tuple(area.id for area in edition.areas)
    earlier = an_assessment(1, scope=scope, completed_at=NOW, completed_on=TODAY)
    last = filled(
        an_assessment(2, scope=scope, completed_at=NOW, completed_on=TODAY),
        remarks=tuple(AreaRemark(area_id=AreaId(id), text=words_for("remark", id)) for id in scope),
        reopenings=(Reopening(at=NOW, who=a_person().id, reason=words_for("reopening")),),
    )
    reader = FakeReader(
        [
            a_dealership(),
            a_site(address="Beispielweg 1"),
            a_person(),
            a_qualification(),
            an_engagement(edition=edition.hash),
            earlier,
            last,
        ],
        [edition],
    )
    sample = Sample(
        records=(
            SampleRecord(label=words_for("record", 1), conforms=True),
            SampleRecord(label=words_for("record", 2), conforms=False),
            SampleRecord(label=words_for("record", 3)),
        )
    )
    for place, id in enumerate(edition.checkpoints):
        made_as = (a_rating_not_applicable, a_rating_not_seen)[place % 2] if place in (1, 2) else None
        rating = (
            made_as(id, assessment_id=last.id)
            if made_as
            else a_rating(8 if place else None, id, assessment_id=last.id)
        )
        reader.add(
            filled(rating, sample=sample if place == 3 else None, **({} if made_as else {"reason": ""}))
        )
    for number, grade in enumerate(FindingGrade, 1):
        reader.add(filled(a_finding(number, grade, assessment_id=last.id, closed_on=TODAY)))
    reader.add(
        filled(a_finding(5, assessment_id=earlier.id)),
        filled(a_finding(6, assessment_id=earlier.id, closed_on=TODAY)),
        filled(a_finding(7, assessment_id=last.id, checkpoint_id=None)),
    )
    for name, target in (
        ("one", {"finding_id": a_finding(1).id}),
        ("two", {"assessment_id": last.id, "checkpoint_id": PRICE_AGREED}),
    ):
        evidence = a_photo_evidence(reader, name, a_photo(200, 150))
        reader.add(filled(evidence), link_to(evidence, **target))
    return reader


@pytest.fixture(scope="module", params=REPORTS)
def printed(request: pytest.FixtureRequest, house: FakeReader) -> str:
    return squeezed(body_text(made(house, request.param)))


@pytest.mark.parametrize("kind", [Assessment, Rating, Finding, Evidence])
def test_every_typed_field_is_printed_word_for_word(
    house: FakeReader, printed: str, kind: type[Record]
) -> None:
    missing = [
        (record.id, name)
        for record in house.all(kind)
        for name in typed_fields(kind)
        if getattr(record, name) and squeezed(getattr(record, name)) not in printed
    ]
    assert missing == []


def test_remarks_reopenings_and_records_of_samples_are_printed(house: FakeReader, printed: str) -> None:
    last = house.all(Assessment)[-1]
    said = [remark.text for remark in last.remarks] + [entry.reason for entry in last.reopenings]
    said += [
        record.label for rating in house.all(Rating) if rating.sample for record in rating.sample.records
    ]
    assert [text for text in said if squeezed(text) not in printed] == []


def test_there_are_fields_to_look_for() -> None:
    assert typed_fields(Rating) == ["reason", "note"]
    assert typed_fields(Assessment) == ["summary"]
    assert set(typed_fields(Finding)) == {
        "statement",
        "requirement",
        "evidence",
        "grade_reason",
        "place",
        "owner",
        "closing_note",
    }
    assert typed_fields(Evidence) == ["name", "caption"]


def test_what_was_rated_before_a_feature_was_given_up_is_still_printed() -> None:
    """The checkpoint does not apply any more, but the note on it was written."""
    reader = a_house()
    reader.add(a_rating(4, "service.repair-order.parts-ready", note="Seen before the body shop was closed."))
    text = squeezed(body_text(made(reader)))
    assert "Recorded,butnotcountedanymore" in text
    assert "Seenbeforethebodyshopwasclosed." in text


def test_words_that_fill_pages_are_printed_whole_up_to_the_limit() -> None:
    words = " ".join(f"word{place}" for place in range(2_300))
    reader = a_house()
    reader.add(a_rating(None, PRICE_AGREED, outcome=Outcome.OPEN, note=words))
    printed = re.findall(r"word\d+", body_text(made(reader)))
    assert printed == words.split()
