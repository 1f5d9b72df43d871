"""Whatever a coach or auditor can type about an assessment stands in its report, word for word."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, get_type_hints

import pytest

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.assessment import AreaRemark, Assessment, Reopening
from qma_app.domain.cause import Cause
from qma_app.domain.edition import Direction, KpiDefinition, KpiGroup
from qma_app.domain.evidence import Consent, Evidence, Mark, MarkKind, PhotoPair
from qma_app.domain.finding import Elsewhere, Finding, FindingGrade, Reply, Sighting
from qma_app.domain.ids import (
    ActionLinkId,
    AreaId,
    CheckpointId,
    PhotoPairId,
    ReadingId,
    SightingId,
)
from qma_app.domain.month import Month
from qma_app.domain.rating import Outcome, Rating, Sample, SampleRecord
from qma_app.domain.reading import Reading
from qma_app.domain.record import TYPED_TEXT, Record
from qma_app.domain.verification import Effect, UsedReading, Verification, VerificationKind
from qma_app.domain.wording import (
    consent_title,
    effect_title,
    elsewhere_title,
    grade_title,
    reply_title,
    verification_title,
)
from qma_app.i18n import day_text
from tests.builders import (
    GREETING,
    NOW,
    PRICE_AGREED,
    TODAY,
    a_cause,
    a_dealership,
    a_finding,
    a_person,
    a_qualification,
    a_rating,
    a_rating_not_applicable,
    a_rating_not_seen,
    a_site,
    a_text,
    a_verification,
    an_action,
    an_assessment,
    an_edition,
    an_engagement,
    an_id,
)
from tests.reports.fake_reader import FakeReader
from tests.reports.houses import a_house, a_photo, a_photo_evidence, link_to
from tests.reports.living import a_programme, finding_pdf, three_whys
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
        "reply_words",
        "reply_by",
        "correction",
        "elsewhere_words",
    }
    assert typed_fields(Evidence) == ["name", "caption", "consent_words"]


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


# Findings and actions: every field of every record has its place on the finding sheet.

_INTERNAL = frozenset({"id", "version", "deleted_at", "engagement_id"})
"""What no reader of a paper asks for: keys, and the bin."""
_COACH = a_person("Carla Coach")
_SEER = a_person("Sven Seer")


def _day(day: date) -> str:
    return day_text(day)


_SHOWN: dict[type[Record], dict[str, Any]] = {
    Finding: {
        "number": "F-{:03d}".format,
        "grade": grade_title,
        "checkpoint_id": lambda _id: "SRV-02.1 The price agreed is as agreed.",
        "assessment_id": lambda _id: "A1 Base",
        "seen_on": _day,
        "due_on": lambda day: f"Due {_day(day)}",
        "raised_by": lambda _id: _SEER.name,
        "closed_on": lambda day: f"{_day(day)}: Begin Finding",
        "reply": reply_title,
        "replied_on": _day,
        "corrected_on": _day,
        "elsewhere": elsewhere_title,
        "cost": lambda _cost: "4,321.50",
        "plan_accepted_on": _day,
        "plan_accepted_by": lambda _id: _COACH.name,
        "reopened": "reopened {} times".format,
    },
    Sighting: {
        "finding_id": lambda _id: "Seen again",
        "seen_on": _day,
        "assessment_id": lambda _id: "A1 Base",
        "checkpoint_id": lambda _id: "SRV-01.1",
        "seen_by": lambda _id: _SEER.name,
    },
    Cause: {
        "finding_id": lambda _id: "Why it happened",
        "parent_id": lambda _id: "1.1",
        "place": lambda place: f"{place + 1}",
        "category": lambda _id: "Method",
        "origin": lambda _id: "Customer",
        "is_changeable": lambda _is: "Root cause: the owner can change this",
    },
    Action: {
        "number": "A-{:03d}".format,
        "owner_id": lambda _id: _COACH.name,
        "due_on": lambda day: f"due {_day(day)}",
        "check_on": lambda day: f"Check from {_day(day)}",
        "started_on": lambda day: f"started {_day(day)}",
        "done_on": lambda day: f"done {_day(day)}",
        "effective_on": lambda day: f"shown {_day(day)}",
        "standardised_on": lambda day: f"since {_day(day)}",
        "dropped_on": lambda day: f"Given up {_day(day)}",
        "problem_figure": lambda _figure: ": 42.5 ",
        "goal_figure": lambda _figure: ": 95.25 ",
        "kpi": lambda _code: "C15 Ready when promised",
        "cx": "customers {}".format,
        "ex": "staff {}".format,
        "profit": "profit {}".format,
        "effort": "effort {}".format,
        "confidence": "confidence {}%".format,
        "money_low": lambda _money: "low 1,001",
        "money_likely": lambda _money: "likely 2,002",
        "money_high": lambda _money: "high 3,003",
        "money_confirmed_on": _day,
        "counted_in": lambda _id: "counted in A-002",
        "from_checkpoint": lambda _id: "by the standard at SRV-01.3",
        "is_proposal": lambda _is: "proposal",
        "reopened": "{} checks without effect".format,
    },
    ActionLink: {
        "action_id": lambda _id: "A-001",
        "finding_id": lambda _id: "F-001 · SRV-02.1",
        "cause_id": lambda _id: "Removes the cause",
    },
    Verification: {
        "kind": verification_title,
        "action_id": lambda _id: "Checks",
        "finding_id": lambda _id: "Checks of the finding itself",
        "planned_for": lambda day: f"planned for {_day(day)}",
        "effect": effect_title,
        "verified_on": _day,
        "verified_by": lambda _id: _COACH.name,
        "population": "drawn of {}".format,
        "size": "{} drawn of".format,
        "allowed": "at most {} may fail".format,
        "failing": "{} of 20 failed".format,
        "seed": "Seed of the lot: {}".format,
        "drawn": lambda numbers: ", ".join(map(str, numbers)),
        "kpi": lambda _code: "C15 Ready when promised",
        "before_from": lambda _month: "Jan 2026 to Mar 2026",
        "before_until": lambda _month: "Jan 2026 to Mar 2026",
        "after_from": lambda _month: "Jul 2026 to Sept 2026",
        "after_until": lambda _month: "Jul 2026 to Sept 2026",
        "readings": lambda _readings: "Jan 2026 18 / 80",
        "checkpoint_id": lambda _id: "SRV-01.2 The walk round is as agreed.",
        "assessment_id": lambda _id: "A2",
        "points": "{} points".format,
    },
    Reading: {
        "kpi": lambda _code: "C15 Ready when promised",
        "month": lambda _month: "May 2026 7.25 / 33",
        "numerator": lambda _value: "May 2026 7.25 / 33",
        "denominator": lambda _value: "May 2026 7.25 / 33",
    },
    Evidence: {
        "kind": str,
        "media_type": str,
        "digest": "stored {}".format,
        "original_digest": "original {}".format,
        "size": lambda _size: "240 kB",
        "taken_in_at": lambda at: f"taken in {_day(at.date())}",
        "width": "{} × ".format,
        "height": " × {} pixels".format,
        "paper_digest": "for paper {}".format,
        "thumbnail_digest": "small {}".format,
        "shared_digest": "handed out {}".format,
        "made_on": lambda day: f"made {_day(day)}",
        "valid_from": lambda day: f"valid from {_day(day)}",
        "valid_until": lambda day: f"valid until {_day(day)}",
        "taken_in_by": lambda _id: f"taken in by {_SEER.name}",
        "consent": consent_title,
        "marks": lambda _marks: "cropped, text “look here”",
        "revision_of": lambda _id: "replaces older.jpg",
        "revision": "revision {}".format,
    },
    PhotoPair: {
        "before_id": lambda _id: "Before",
        "after_id": lambda _id: "After",
        "finding_id": lambda _id: "Evidence",
    },
}  # fmt: skip


def _a_kpi() -> KpiGroup:
    kpi = KpiDefinition(
        code="C15", title=a_text("Ready when promised"), purpose=a_text("Trust"), numerator=a_text("Late cars"),
        denominator=a_text("Cars"), calculation="ratio", unit="percent", factor=100, direction=Direction.LOWER,
        rhythm="month", area=AreaId("service"),
    )  # fmt: skip
    return KpiGroup(perspective="customers", title=a_text("Customers"), kpis=(kpi,))


@pytest.fixture(scope="module")
def living() -> FakeReader:
    """One finding with all that may hang on it, every field of every record filled in one of its records."""
    reader = a_programme(_COACH, _SEER, kpi_groups=(_a_kpi(),))
    reader.add(an_assessment(2, edition=next(iter(reader.editions))))
    finding = filled(
        a_finding(1, FindingGrade.MAJOR), raised_by=_SEER.id, seen_on=date(2026, 1, 2), due_on=date(2026, 1, 3),
        closed_on=date(2026, 1, 4), reply=Reply.DISAGREED, replied_on=date(2026, 1, 5), corrected_on=date(2026, 1, 6),
        elsewhere=Elsewhere.FOUND, cost=Decimal("4321.50"), plan_accepted_on=date(2026, 1, 7),
        plan_accepted_by=_COACH.id, reopened=3,
    )  # fmt: skip
    first, last = three_whys()[0], three_whys()[2]
    causes = [
        filled(first), filled(replace(three_whys()[1], place=0)),
        filled(last, origin="customer"), filled(a_cause("beside"), place=1),
    ]  # fmt: skip
    sighting = filled(
        Sighting(
            id=SightingId(an_id("sighting")), engagement_id=finding.engagement_id, finding_id=finding.id,
            seen_on=date(2026, 1, 8), assessment_id=finding.assessment_id, checkpoint_id=GREETING, seen_by=_SEER.id,
        )
    )  # fmt: skip
    agreed = filled(
        an_action(1), owner_id=_COACH.id, due_on=date(2026, 2, 1), check_on=date(2026, 2, 2),
        started_on=date(2026, 2, 3), done_on=date(2026, 2, 4), effective_on=date(2026, 2, 5),
        standardised_on=date(2026, 2, 6), problem_figure=Decimal("42.5"), goal_figure=Decimal("95.25"), kpi="C15",
        cx=2, ex=3, profit=4, effort=5, confidence=70, money_low=Decimal(1001), money_likely=Decimal(2002),
        money_high=Decimal(3003), money_confirmed_on=date(2026, 2, 7), counted_in=an_action(2).id,
        from_checkpoint=CheckpointId("service.reception.own-time"), reopened=2,
    )  # fmt: skip
    others = [
        filled(an_action(2), due_on=None, dropped_on=date(2026, 2, 8)),
        filled(an_action(3), due_on=None, is_proposal=True),
    ]
    links = [
        ActionLink(
            id=ActionLinkId(f"link {one.number}"), action_id=one.id, finding_id=finding.id, cause_id=last.id
        )
        for one in (agreed, *others)
    ]
    checks = [
        filled(
            a_verification(Effect.WORSE, kind=VerificationKind.SAMPLE, action_id=agreed.id), planned_for=date(2026, 3, 1),
            verified_on=date(2026, 3, 2), verified_by=_COACH.id, population=140, size=20, allowed=1, failing=3, seed=4711,
            drawn=(3, 17, 88),
        ),
        filled(
            a_verification(Effect.NOT_SHOWN, kind=VerificationKind.KPI, action_id=agreed.id), kpi="C15",
            before_from=Month(2026, 1), before_until=Month(2026, 3), after_from=Month(2026, 7), after_until=Month(2026, 9),
            readings=tuple(
                UsedReading(month=Month(2026, month), numerator=Decimal(hits), denominator=Decimal(80))
                for month, hits in ((1, 18), (2, 17), (3, 19), (7, 8), (8, 9), (9, 7))
            ),
        ),
        filled(
            a_verification(Effect.EFFECTIVE, finding_id=finding.id), checkpoint_id=CheckpointId("service.reception.walk-round"),
            assessment_id=an_assessment(2).id, points=8,
        ),
    ]  # fmt: skip
    reading = filled(
        Reading(
            id=ReadingId("reading"), engagement_id=finding.engagement_id, kpi="C15", month=Month(2026, 5),
            numerator=Decimal("7.25"), denominator=Decimal(33),
        )
    )  # fmt: skip
    older = a_photo_evidence(reader, "older.jpg", a_photo(100, 80, 3), deleted_at=NOW)
    shown = filled(
        a_photo_evidence(reader, "shown", a_photo(200, 150)), width=1600, height=1200, taken_in_by=_SEER.id,
        thumbnail_digest="cd" * 32, shared_digest="ef" * 32, valid_from=date(2026, 4, 1), valid_until=date(2026, 4, 2),
        consent=Consent.GIVEN, revision=2, revision_of=older.id,
        marks=(
            Mark(kind=MarkKind.CROP, x=0, y=0, width=9_000, height=9_000),
            Mark(kind=MarkKind.TEXT, x=5, y=5, words="look here"),
        ),
    )  # fmt: skip
    after = filled(a_photo_evidence(reader, "after", a_photo(200, 150, 2)))
    pair = filled(
        PhotoPair(
            id=PhotoPairId("pair"), engagement_id=finding.engagement_id, before_id=shown.id, after_id=after.id,
            finding_id=finding.id,
        )
    )  # fmt: skip
    reader.add(
        finding, *causes, sighting, agreed, *others, *links, *checks, reading, older, shown, after, pair
    )
    reader.add(link_to(shown, finding_id=finding.id))
    return reader


@pytest.fixture(scope="module")
def sheet(living: FakeReader) -> str:
    return squeezed(body_text(finding_pdf(living)))


@pytest.mark.parametrize("kind", _SHOWN)
def test_every_field_of_a_record_has_its_place_on_the_finding_sheet(
    living: FakeReader, sheet: str, kind: type[Record]
) -> None:
    """A new field fails here until somebody says what of it stands on the paper."""
    records, typed = living.all(kind), set(typed_fields(kind))
    empty = {field.name: field.default for field in fields(kind)}
    missing = []
    for field in fields(kind):
        name = field.name
        if name in _INTERNAL:
            continue
        filled_in = [one for one in records if getattr(one, name) not in (None, "", (), empty[name])]
        assert filled_in or name in ("kind", "place", "seen_on"), f"no {kind.__name__} has a {name}"
        for one in filled_in:
            value = getattr(one, name)
            words = value if name in typed else _SHOWN[kind][name](value)
            if squeezed(words) not in sheet:
                missing.append((name, words))
    assert missing == []


def test_nothing_is_said_of_fields_that_are_gone() -> None:
    for kind, shown in _SHOWN.items():
        names = {field.name for field in fields(kind)}
        assert shown.keys() <= names - set(typed_fields(kind)) - _INTERNAL
        assert names == shown.keys() | set(typed_fields(kind)) | (_INTERNAL & names)
