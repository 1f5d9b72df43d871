"""The assessment workbook holds every field of every record, and takes its figures from where screen and paper take theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from io import BytesIO
from itertools import count
from types import UnionType
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

import pytest
from openpyxl import load_workbook

from qma_app.design import points_colour
from qma_app.domain.action import Action, ActionLink
from qma_app.domain.assessment import AreaRemark, Assessment, AssessmentKind, Reopening
from qma_app.domain.cause import Cause
from qma_app.domain.dealership import Dealership, Site
from qma_app.domain.edition import Checkpoint, Edition, EditionStatus
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Consent, Evidence, EvidenceLink, Mark, MarkKind, PhotoPair
from qma_app.domain.finding import Elsewhere, Finding, FindingGrade, Reply, Sighting
from qma_app.domain.ids import EvidenceLinkId
from qma_app.domain.intervals import exact_interval
from qma_app.domain.people import Person, Qualification, Role
from qma_app.domain.rating import Outcome, Rating, Sample, SampleRecord
from qma_app.domain.reading import Reading
from qma_app.domain.record import Record
from qma_app.domain.setting import Setting
from qma_app.domain.standing import assessment_result
from qma_app.domain.upgrade import Upgrade
from qma_app.domain.verification import Verification
from qma_app.domain.wording import (
    consent_title,
    elsewhere_title,
    grade_title,
    kind_title,
    reply_title,
    role_title,
)
from qma_app.exchange.assessment_workbook import collect, write
from qma_app.i18n import day_text, in_language
from tests.builders import (
    GREETING,
    NOW,
    PRICE_AGREED,
    STOCK_COUNT,
    TODAY,
    a_dealership,
    a_finding,
    a_person,
    a_rating,
    a_rating_not_applicable,
    a_rating_not_seen,
    a_sample,
    a_site,
    an_assessment,
    an_edition,
    an_engagement,
)
from tests.exchange.shelf import HEAD, Shelf, texts_of

# What is deliberately not in the workbook, with the reason; everything else of a record must be found in some cell.
EVERYWHERE = {"deleted_at": "what is in the bin is not shown"}
_UNNEEDED_VERSION = {"version": "only rows that may be worked on and brought back carry their version"}
LEFT_OUT: dict[type, dict[str, str]] = {
    Dealership: _UNNEEDED_VERSION,
    Site: _UNNEEDED_VERSION | {"id": "shown by its name"},
    Person: _UNNEEDED_VERSION
    | {"id": "shown by the name", "email": "contacts do not travel with a result", "phone": "as email"},
    Qualification: _UNNEEDED_VERSION | {"id": "shown by role and number"},
    Engagement: _UNNEEDED_VERSION,
    Assessment: _UNNEEDED_VERSION | {"is_guided": "said by its kind, and by the audit beside it"},
    Rating: {},
    Finding: {},
    Evidence: {},
    EvidenceLink: _UNNEEDED_VERSION | {"id": "shown as the place where the evidence is used"},
    Reopening: {},
    AreaRemark: {},
    Sample: {},
    SampleRecord: {},
    Mark: {},
}
NO_PART_OF_AN_ASSESSMENT = (Setting, Upgrade)
IN_THE_ACTION_PLAN = (Action, ActionLink, Cause, PhotoPair, Reading, Sighting, Verification)
"""They stand in the workbook of the action plan, which looks for each of their fields."""


class Filler:
    """Gives every field of a record a value that stands nowhere else."""

    def __init__(self) -> None:
        self._numbers = count(70_001)
        self._days = count(1)

    def filled(self, record: Any, **fixed: Any) -> Any:
        """The record with every field distinct, but for the `fixed` ones."""
        hints = get_type_hints(type(record))
        fresh = {
            field.name: self._value(type(record).__name__, field.name, hints[field.name])
            for field in fields(record)
            if field.name not in fixed and field.name != "deleted_at"
        }
        return replace(record, **{**{name: v for name, v in fresh.items() if v is not None}, **fixed})

    def _value(self, kind: str, name: str, hint: Any) -> Any:
        hint = _bare(hint)
        if hint is str:
            return f"{kind}'s {name} {next(self._numbers)}"
        if hint is int:
            return next(self._numbers)
        if hint is datetime:
            return NOW + timedelta(days=next(self._days), seconds=next(self._days))
        if hint is date:
            return TODAY + timedelta(days=next(self._days))
        if hint is Decimal:
            return Decimal(next(self._numbers)) / 4
        if hint in (Reply, Elsewhere, Consent):
            return next(iter(hint))
        return None


def _bare(hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        hint = next(arg for arg in get_args(hint) if arg is not type(None))
    while isinstance(hint, NewType):
        hint = hint.__supertype__
    return hint


def everything() -> tuple[Shelf, Assessment, list[Any]]:
    """A reader with one record of each kind, every field filled, the assessment to show, and all those records."""
    fill = Filler()
    edition = an_edition()
    coach, assessor, rater, finder = (
        fill.filled(a_person(name), dealership_id=a_dealership().id)
        for name in ("coach", "assessor", "rater", "finder")
    )
    qualification = fill.filled(
        Qualification(id="q", person_id=assessor.id, role=Role.AUDITOR),  # type: ignore[arg-type]
        person_id=assessor.id,
        role=Role.AUDITOR,
    )
    dealership = fill.filled(a_dealership(), id=a_dealership().id, is_sample=True)
    site = fill.filled(a_site(), dealership_id=dealership.id, features=("service", "body-shop"))
    engagement = fill.filled(
        an_engagement(),
        dealership_id=dealership.id,
        edition=edition.hash,
        coach_id=coach.id,
        principal_id=rater.id,
        officer_id=finder.id,
    )
    assessment = fill.filled(
        an_assessment(),
        engagement_id=engagement.id,
        kind=AssessmentKind.PRE_AUDIT,
        scope=("service", "parts"),
        features=("service", "used-cars", "body-shop"),
        assessor_id=assessor.id,
        remarks=(fill.filled(AreaRemark(area_id="parts", text=""), area_id="parts"),),  # type: ignore[arg-type]
        reopenings=(fill.filled(Reopening(at=NOW, who=None, reason=""), who=rater.id),),
        edition=edition.hash,
    )
    rating = fill.filled(
        a_rating(8, PRICE_AGREED, assessment_id=assessment.id),
        assessment_id=assessment.id,
        checkpoint_id=PRICE_AGREED,
        outcome=Outcome.RATED,
        points=8,
        sample=Sample(
            records=(SampleRecord(label="Label 69001", conforms=True), SampleRecord(label="Label 69002"))
        ),
        is_as_last_time=True,
        rated_by=rater.id,
    )
    finding = fill.filled(
        a_finding(grade=FindingGrade.GOOD_PRACTICE),
        engagement_id=engagement.id,
        grade=FindingGrade.GOOD_PRACTICE,
        checkpoint_id=STOCK_COUNT,
        assessment_id=assessment.id,
        raised_by=finder.id,
        plan_accepted_by=rater.id,
        closed_on=TODAY - timedelta(days=9),
        seen_on=TODAY - timedelta(days=10),
    )
    mark = fill.filled(Mark(kind=MarkKind.ARROW, x=0, y=0), kind=MarkKind.ARROW)
    evidence = fill.filled(
        _evidence(), engagement_id=engagement.id, kind=_evidence().kind, marks=(mark,), taken_in_by=finder.id
    )
    link = _link(evidence, assessment_id=assessment.id, checkpoint_id=PRICE_AGREED)
    other = _link(evidence, finding_id=finding.id)
    records = [
        *(coach, assessor, rater, finder, qualification, dealership, site, engagement, assessment),
        *(rating, finding, evidence, link, other),
    ]
    return Shelf(edition, records), assessment, records  # fmt: skip


def _link(evidence: Evidence, **place: Any) -> EvidenceLink:
    return EvidenceLink(id=EvidenceLinkId(f"link {evidence.id} {place}"), evidence_id=evidence.id, **place)


def _evidence(**changes: Any) -> Evidence:
    from qma_app.domain.evidence import EvidenceKind

    evidence = Evidence(
        id="e",  # type: ignore[arg-type]
        engagement_id=an_engagement().id,
        kind=EvidenceKind.DOCUMENT,
        name="orders.pdf",
        media_type="application/pdf",
        digest="ab" * 32,
        original_digest="cd" * 32,
        size=1234,
        taken_in_at=NOW,
    )
    return replace(evidence, **changes)


def workbook_of(shelf: Shelf, assessment: Assessment) -> Any:
    return load_workbook(BytesIO(bytes_of(shelf, assessment)))


def bytes_of(shelf: Shelf, assessment: Assessment) -> bytes:
    file = BytesIO()
    write(collect(shelf, assessment.id), file)
    return file.getvalue()


def cells_of(book: Any) -> list[Any]:
    return [
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
    ]


def rows_of(book: Any, title: str) -> list[dict[str, Any]]:
    """The rows of a table by the titles of their columns."""
    names, *rows = book[title].iter_rows(min_row=2, values_only=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def small(*records: Record, edition: Edition | None = None, **changes: Any) -> tuple[Shelf, Assessment]:
    """A dealership with an assessment and the given records."""
    edition = edition or an_edition()
    engagement = an_engagement(edition=edition.hash)
    assessment = an_assessment(**changes)
    return Shelf(edition, [a_dealership(), a_site(), engagement, assessment, *records]), assessment


def test_every_field_of_every_record_stands_in_some_cell() -> None:
    shelf, assessment, records = everything()
    book = workbook_of(shelf, assessment)
    cells, texts = cells_of(book), "\n".join(texts_of(book))
    shown: dict[str, str] = {id: checkpoint.number for id, checkpoint in an_edition().checkpoints.items()}
    shown |= {feature.id: str(feature.title) for feature in an_edition().features}
    shown |= {record.id: record.label for record in records if isinstance(record, Finding)}
    shown |= {record.id: record.name for record in records if isinstance(record, Person | Evidence)}
    missing = [
        f"{kind}.{name} = {value!r}"
        for kind, name, value in _filled_fields(records)
        if not _is_shown(value, cells, texts, shown)
    ]
    assert missing == []


def _filled_fields(things: Sequence[Any]) -> Iterator[tuple[str, str, Any]]:
    for thing in things:
        for field in fields(thing):
            if field.name in EVERYWHERE or field.name in LEFT_OUT[type(thing)]:
                continue
            value = getattr(thing, field.name)
            if value is None and isinstance(thing, EvidenceLink | SampleRecord):
                continue  # one link is at a checkpoint, the other at a finding; one record was not looked at
            parts = value if isinstance(value, tuple) else (value,)
            for part in parts:
                if is_dataclass(part):
                    yield from _filled_fields([part])
                else:
                    yield type(thing).__name__, field.name, part


def _is_shown(value: Any, cells: list[Any], texts: str, shown: dict[str, str]) -> bool:
    if isinstance(value, AssessmentKind):
        return kind_title(value) in texts
    if isinstance(value, FindingGrade):
        return grade_title(value) in texts
    if isinstance(value, Role):
        return role_title(value) in texts
    if isinstance(value, Reply | Elsewhere | Consent):
        titles: dict[Any, Any] = {Reply: reply_title, Elsewhere: elsewhere_title, Consent: consent_title}
        return titles[type(value)](value) in texts
    if isinstance(value, Decimal):
        return float(value) in cells
    if isinstance(value, Enum):
        return value.value in texts
    if isinstance(value, bool):
        return value  # seen by tests of their own
    if isinstance(value, int):
        return value in cells or str(value) in texts
    if isinstance(value, datetime):
        here = value.astimezone().replace(tzinfo=None)
        return any(isinstance(cell, datetime) and abs(cell - here) < timedelta(seconds=1) for cell in cells)
    if isinstance(value, date):
        return datetime.combine(value, datetime.min.time()) in cells or day_text(value) in texts
    if value in shown:
        return shown[value] in texts
    return isinstance(value, str) and bool(value) and (value in texts or value.capitalize() in texts)


def test_no_kind_of_record_is_forgotten() -> None:
    """Each is looked for in one of the three workbooks; those of the other two by their own tests of every field."""
    from tests.exchange.action_workbook.test_every_field import LEFT_OUT as OF_THE_ACTION_PLAN
    from tests.exchange.programme_workbook.test_every_field import RECORDS as OF_THE_PROGRAMME

    assert set(IN_THE_ACTION_PLAN) <= OF_THE_ACTION_PLAN.keys()
    known = {
        kind.__name__
        for kind in (*LEFT_OUT, *NO_PART_OF_AN_ASSESSMENT, *IN_THE_ACTION_PLAN, *OF_THE_PROGRAMME)
    }
    kinds = {kind.__name__ for kind in Record.__subclasses__() if kind.__module__.startswith("qma_app.")}
    assert kinds - known == set()


def test_what_is_left_out_still_exists() -> None:
    stale = [
        f"{kind.__name__}.{name}"
        for kind, names in LEFT_OUT.items()
        for name in names
        if name not in {field.name for field in fields(kind)}
    ]
    assert stale == []


def test_a_rating_stands_in_its_row_with_all_that_hangs_on_it() -> None:
    sample = a_sample(conforming=8, failing=2)
    earlier = an_assessment(1, completed_at=NOW, completed_on=TODAY)
    now = a_rating(
        6, PRICE_AGREED, assessment_id=an_assessment(2).id, note="Seen", sample=sample, is_as_last_time=True
    )
    before = a_rating(4, PRICE_AGREED, assessment_id=earlier.id)
    shelf, assessment = small(
        now,
        before,
        earlier,
        a_person(),
        a_finding(7, assessment_id=an_assessment(2).id),
        number=2,
        id=an_assessment(2).id,
    )
    rows = rows_of(workbook_of(shelf, assessment), "Ratings")
    row = next(row for row in rows if row["Checkpoint id"] == PRICE_AGREED)
    interval = exact_interval(8, 10)
    assert row["No."] == "SRV-02.1"
    assert (row["Weight"], row["Critical"], row["Applies"]) == (3, "yes", "yes")
    assert (row["Outcome"], row["Points"], row["Step"], row["Note"]) == ("rated", 6, "partly met", "Seen")
    assert (row["Sample"], row["Conforming"], row["Failing"]) == (10, 8, 2)
    assert (row["Conforming, 95% from"], row["Conforming, 95% to"]) == (interval.low, interval.high)
    assert row["Points suggested by the sample"] == 4
    assert row["Records drawn"].splitlines()[::9] == ["1. RO-1: conforms", "10. RO-10: fails"]
    assert (row["Last points"], row["As last time"], row["Rated by"]) == (4, "yes", "Ada Sample")
    assert (row["Findings"], row["Pieces of evidence"]) == ("F-007", 0)  # fmt: skip


def test_each_checkpoint_of_the_scope_has_a_row_rated_or_not() -> None:
    shelf, assessment = small(
        a_rating_not_applicable(GREETING, assessment_id=an_assessment().id),
        a_rating_not_seen(PRICE_AGREED, assessment_id=an_assessment().id),
    )
    rows = rows_of(workbook_of(shelf, assessment), "Ratings")
    assert [row["Checkpoint id"] for row in rows] == list(an_edition().checkpoints)
    outcomes = {row["Checkpoint id"]: (row["Outcome"], row["Reason"]) for row in rows}
    assert outcomes[GREETING] == ("not applicable", "Not offered at this site")
    assert outcomes[PRICE_AGREED] == ("not seen", "Archive locked")
    assert outcomes[STOCK_COUNT] == ("not rated", None)
    assert outcomes["service.repair-order.parts-ready"] == ("does not apply here", None)


def test_a_smaller_scope_has_fewer_rows() -> None:
    shelf, assessment = small(scope=("parts",))
    assert {row["Area"] for row in rows_of(workbook_of(shelf, assessment), "Ratings")} == {"Parts"}


def test_what_was_left_untouched_in_a_completed_assessment_was_not_seen() -> None:
    shelf, assessment = small(completed_at=NOW, completed_on=TODAY)
    assert rows_of(workbook_of(shelf, assessment), "Ratings")[0]["Outcome"] == "not seen"


@pytest.mark.parametrize("points", [0, 4, 6, 8, 10])
def test_points_are_a_number_in_the_colour_of_their_step(points: int) -> None:
    shelf, assessment = small(a_rating(points, assessment_id=an_assessment().id))
    sheet = workbook_of(shelf, assessment)["Ratings"]
    titles = [cell.value for cell in sheet[2]]
    cell = sheet[3][titles.index("Points")]
    assert (cell.value, cell.data_type) == (points, "n")
    assert cell.fill.start_color.rgb == "FF" + points_colour(points).removeprefix("#").upper()


def test_levels_and_verdict_are_those_of_screen_and_paper() -> None:
    shelf, assessment = small(
        *(a_rating(8, id, assessment_id=an_assessment().id) for id in an_edition().checkpoints)
    )
    result = assessment_result(shelf, assessment)
    assert result.overall == 80
    rows = list(workbook_of(shelf, assessment)["Overview"].iter_rows(values_only=True))
    assert next(row[1] for row in rows if row[0] == "Overall level") == 0.8
    assert next(row[1] for row in rows if row[0] == "Verdict of the rules") == "pass"
    assert ("Service", "rated", 0.8, 1, 4, 4, 0, 0, 0) in rows
    assert ("Service", "SRV-02 Repair order", 0.8, 1, 1, 1, 0, 0, 0) in rows
    assert {answer.reason for answer in result.rules} <= {row[1] for row in rows}


def test_the_example_is_worked_out_with_this_assessment() -> None:
    shelf, assessment = small(
        a_rating(6, GREETING, assessment_id=an_assessment().id),
        a_rating(10, PRICE_AGREED, assessment_id=an_assessment().id),
    )
    rows = list(workbook_of(shelf, assessment)["Scoring explained"].iter_rows(values_only=True))
    by_first = {row[0]: row for row in rows}
    assert by_first["SRV-01.1"][2:6] == (2, 6, 12, 20)
    assert by_first["SRV-02.1"][2:6] == (3, 10, 30, 30)
    assert by_first["Sum"][2:6] == (5, None, 42, 50)
    assert by_first["Level of Service"][1:3] == ("100 × 42 ÷ 50", 0.84)


def test_the_rules_are_told_with_the_figures_of_the_edition() -> None:
    from tests.builders import some_rules

    edition = an_edition(rules=some_rules(pass_mark=83, area_floor=71, conditional_days=45))
    shelf, assessment = small(edition=edition)
    words = "\n".join(texts_of(workbook_of(shelf, assessment)))
    for figure in ("83%", "71%", "45 days", "below 2/3", "8 from 90%", "at most 4", "A from 90%"):
        assert figure in words


def test_it_says_what_it_rests_on() -> None:
    shelf, assessment = small()
    rows = {
        row[0]: row[1]
        for row in workbook_of(shelf, assessment)["Scoring explained"].iter_rows(values_only=True)
    }
    assert rows["Hash of the edition"] == an_edition().hash
    assert rows["Head of the change log"] == HEAD.hash
    assert rows["Entries of the change log"] == 417  # fmt: skip


@pytest.mark.parametrize(
    ("is_sample", "is_open", "status", "mark"),
    [
        (False, False, EditionStatus.RELEASED, ""),
        (True, False, EditionStatus.RELEASED, "SAMPLE"),
        (False, True, EditionStatus.RELEASED, "DRAFT, 1 of 6 rated"),
        (True, True, EditionStatus.DRAFT, "SAMPLE · DRAFT, 1 of 6 rated · DRAFT EDITION"),
    ],
)
def test_what_is_not_final_is_marked_on_every_sheet(
    is_sample: bool, is_open: bool, status: EditionStatus, mark: str
) -> None:
    edition = an_edition(status=status)
    assessment = an_assessment(completed_at=None if is_open else NOW, completed_on=None if is_open else TODAY)
    records = (
        a_dealership(is_sample=is_sample),
        a_site(),
        an_engagement(edition=edition.hash),
        assessment,
        a_rating(8, assessment_id=assessment.id),
    )
    book = workbook_of(Shelf(edition, records), assessment)
    heads = ["\n".join(str(cell.value) for row in sheet["A1:A2"] for cell in row) for sheet in book]
    assert len(heads) == 5
    assert all((mark in head) if mark else ("DRAFT" not in head and "SAMPLE" not in head) for head in heads)


def test_findings_are_those_the_result_rests_on_as_they_stood() -> None:
    first = an_assessment(1, completed_at=NOW, completed_on=TODAY)
    later = an_assessment(2)
    closed_later = a_finding(1, closed_on=TODAY + timedelta(days=5), assessment_id=first.id)
    shelf, _assessment = small(
        later, closed_later, a_finding(2, assessment_id=later.id), completed_at=NOW, completed_on=TODAY
    )
    rows = rows_of(workbook_of(shelf, first), "Findings")
    assert [(row["Finding"], row["State"], row["Closed on"]) for row in rows] == [("F-001", "open", None)]  # fmt: skip


def test_evidence_of_elsewhere_and_of_the_bin_stays_out() -> None:
    here = _evidence(id="e1", name="here.pdf")
    binned = _evidence(id="e2", name="binned.pdf", deleted_at=NOW)
    elsewhere = _evidence(id="e3", name="elsewhere.pdf")
    place = {"assessment_id": an_assessment().id, "checkpoint_id": GREETING}
    shelf, assessment = small(here, binned, elsewhere, _link(here, **place), _link(binned, **place))
    book = workbook_of(shelf, assessment)
    assert [row["Name"] for row in rows_of(book, "Evidence")] == ["here.pdf"]
    row = rows_of(book, "Ratings")[0]
    assert (row["Pieces of evidence"], row["Evidence"]) == (1, "here.pdf")


def test_people_in_the_bin_are_still_named() -> None:
    person = a_person("Ada Sample", deleted_at=NOW)
    shelf, assessment = small(person, a_rating(8, assessment_id=an_assessment().id))
    assert rows_of(workbook_of(shelf, assessment), "Ratings")[0]["Rated by"] == "Ada Sample"


def test_the_same_assessment_gives_the_same_bytes() -> None:
    shelf, assessment, _records = everything()
    assert bytes_of(shelf, assessment) == bytes_of(shelf, assessment)
    properties = workbook_of(shelf, assessment).properties
    assert properties.modified == properties.created == NOW.replace(tzinfo=None, microsecond=0)


def test_a_workspace_without_a_log_dates_from_the_start_of_the_assessment() -> None:
    shelf, assessment = small()
    book = collect(Shelf(an_edition(), shelf._records, head=replace(HEAD, seq=0, at=None)), assessment.id)
    assert book.changed_at == datetime(2026, 11, 21, tzinfo=UTC)


def test_the_words_of_the_standard_come_in_the_language_asked_for() -> None:
    shelf, assessment = small()
    with in_language("de"):
        rows = rows_of(workbook_of(shelf, assessment), "Einstufungen")
    assert rows[0]["Prüfpunkt"] == "Für greeting gilt das Vereinbarte."


def test_a_checkpoint_of_the_scope_is_shown_whole() -> None:
    shelf, assessment = small()
    row = rows_of(workbook_of(shelf, assessment), "Ratings")[3]
    checkpoint: Checkpoint = an_edition().checkpoints[PRICE_AGREED]
    assert row["Checkpoint"] == str(checkpoint.statement)
    assert row["Process"] == "SRV-02 Repair order"
