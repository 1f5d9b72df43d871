"""Whatever is typed into any field comes back as it was typed, or with U+FFFD for what no file can hold, and breaks nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, Final

import pytest

from qma_app.domain.action import Action
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.cause import Cause
from qma_app.domain.dealership import Dealership, Site
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Consent, Evidence, EvidenceKind, Mark, MarkKind, PhotoPair
from qma_app.domain.finding import Finding, FindingGrade, Sighting
from qma_app.domain.ids import AreaId, AssessmentId, PersonId, QualificationId, RatingId
from qma_app.domain.month import Month
from qma_app.domain.people import Person, Qualification, Role
from qma_app.domain.plain_text import storable
from qma_app.domain.rating import Rating, Sample, SampleRecord
from qma_app.domain.reading import Reading
from qma_app.domain.record import Changes, Record
from qma_app.domain.verification import Verification, VerificationKind
from qma_app.errors import RuleBroken
from qma_app.services import (
    actions,
    assessments,
    causes,
    dealerships,
    engagements,
    evidence,
    findings,
    people,
    photo_pairs,
    ratings,
    readings,
    verifying,
    working,
)
from qma_app.services.log import verify_workspace
from qma_app.services.searching import search
from qma_app.services.undoing import redo, undo
from qma_app.storage.rows import TABLES, row_form
from tests.exchange.pictures import a_photo
from tests.faults.audit_words import LABELS as AUDIT_LABELS
from tests.faults.coaching_year_words import COACHING_YEAR_WORDS
from tests.faults.setting_up_words import SETTING_UP_WORDS
from tests.services.conftest import PRICE, Programme
from tests.settling import settle

HOSTILE: Final[Mapping[str, str]] = {
    "NUL": "a\0b",
    "lone surrogate": "half a car \ud83d",
    "surrogates of one character": "a car \ud83d\ude97",
    "bidi override": "photo\u202egpj.exe\u2066\u200f",
    "controls and noncharacters": "bell \x07 escape \x1b[31m \ufffe\uffff\ufdd0 \x85\u2028",
    "markup": '<b>bold</b> & <img src="/etc/passwd"> &#0; a<b',
    "formula": '=HYPERLINK("http://example.org","x")+cmd|\' /C calc\'!A0',
    "formula with a sign": "@SUM(1+1)*cmd",
    "query": "'; DROP TABLE ratings; -- \" OR NEAR( * AND",
    "right to left": "שלום, تم الاتفاق على السعر",
    "Chinese": "服务接待：价格已商定",
    "emoji": "🚗👩‍🔧🇪🇺",
    "letters in two parts": "O\u0308l, e\u0301te\u0301, A\u030a",
    "marks without end": "a" + "\u0301\u0323" * 2000,
    "format": "{name} %s %(x)d ${HOME} \\n \\u0041",
    "lines": "first\r\nsecond\tthird\rfourth",
}
LONG: Final = "Der Prüfstand 🚗 war frei. " * 36_000  # a megabyte


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of a record: how a service writes it, and how it is read back."""

    kind: type[Record]
    name: str
    write: Callable[[Programme, str], Changes]
    part: Callable[[Any], str] | None = None
    is_stripped: bool = False

    @property
    def label(self) -> str:
        return f"{self.kind.__name__}.{self.name}"

    def read(self, changes: Changes, programme: Programme) -> str:
        """What a later reading finds."""
        record = next(c.after for c in reversed(changes.records) if isinstance(c.after, self.kind))
        with programme.workspace.reading() as reader:
            value = getattr(reader.get(self.kind, record.id), self.name)
        return str(self.part(value) if self.part else value)


def site(p: Programme) -> Site:
    with p.workspace.reading() as reader:
        return reader.all(Site, dealership_id=p.dealership.id)[0]


def finding(p: Programme) -> Finding:
    with p.workspace.reading() as reader:
        known = reader.all(Finding)
    if known:
        return known[0]
    return findings.raise_finding(
        p.workspace, engagement_id=p.engagement.id, statement="Orders unsigned", grade=FindingGrade.MINOR
    ).made(Finding)


def document(p: Programme) -> Evidence:
    with p.workspace.reading() as reader:
        known = reader.all(Evidence)
    if known:
        return known[0]
    return evidence.add_evidence(
        p.workspace, engagement_id=p.engagement.id, data=b"order;price\n", name="orders.csv"
    ).made(Evidence)


def somebody(p: Programme) -> Person:
    with p.workspace.reading() as reader:
        known = reader.all(Person)
    return known[0] if known else people.add_person(p.workspace, name="R. Sample").made(Person)


def reopened(p: Programme, text: str) -> Changes:
    assessments.complete_assessment(p.workspace, p.assessment.id)
    return assessments.reopen_assessment(p.workspace, p.assessment.id, reason=text)


def of_dealership(name: str, **options: Any) -> Field:
    return Field(
        kind=Dealership,
        name=name,
        write=lambda p, text: dealerships.change_dealership(p.workspace, p.dealership.id, **{name: text}),
        **options,
    )


def of_site(name: str, **options: Any) -> Field:
    return Field(
        kind=Site,
        name=name,
        write=lambda p, text: dealerships.change_site(p.workspace, site(p).id, **{name: text}),
        **options,
    )


def of_person(name: str, **options: Any) -> Field:
    return Field(
        kind=Person,
        name=name,
        write=lambda p, text: people.change_person(p.workspace, somebody(p).id, **{name: text}),
        **options,
    )


def of_finding(name: str) -> Field:
    return Field(
        kind=Finding,
        name=name,
        write=lambda p, text: findings.change_finding(p.workspace, finding(p).id, **{name: text}),
    )


def of_evidence(name: str) -> Field:
    return Field(
        kind=Evidence,
        name=name,
        write=lambda p, text: evidence.describe_evidence(p.workspace, document(p).id, **{name: text}),
    )


def of_kind(
    kind: type[Record],
    name: str,
    record: Callable[[Programme], Record],
    change: Callable[..., Changes],
    **options: Any,
) -> Field:
    """A field that one use case changes by its name."""
    return Field(
        kind=kind,
        name=name,
        write=lambda p, text: change(p.workspace, record(p).id, **{name: text}),
        **options,
    )


def action(p: Programme) -> Action:
    with p.workspace.reading() as reader:
        known = reader.all(Action)
    if known:
        return known[0]
    return actions.plan_action(
        p.workspace, engagement_id=p.engagement.id, what="Sign at the desk", findings=[finding(p).id]
    ).made(Action)


def cause(p: Programme) -> Cause:
    with p.workspace.reading() as reader:
        known = reader.all(Cause)
    return known[0] if known else causes.add_cause(p.workspace, finding(p).id, words="No time").made(Cause)


def check(p: Programme) -> Verification:
    with p.workspace.reading() as reader:
        known = reader.all(Verification)
    if known:
        return known[0]
    target = verifying.Target(finding_id=finding(p).id)
    return verifying.plan_verification(p.workspace, target, kind=VerificationKind.LOOK).made(Verification)


def photo(p: Programme) -> Evidence:
    with p.workspace.reading() as reader:
        known = [one for one in reader.all(Evidence) if one.kind is EvidenceKind.PHOTO]
    if known:
        return known[0]
    return evidence.add_evidence(
        p.workspace, engagement_id=p.engagement.id, data=a_photo(), name="desk.jpg"
    ).made(Evidence)


def pair(p: Programme) -> PhotoPair:
    with p.workspace.reading() as reader:
        known = reader.all(PhotoPair)
    if known:
        return known[0]
    first = photo(p)
    second = evidence.add_evidence(
        p.workspace, engagement_id=p.engagement.id, data=a_photo(50), name="later.jpg"
    ).made(Evidence)
    return photo_pairs.pair_photos(p.workspace, first.id, second.id).made(PhotoPair)


def marked(p: Programme, text: str) -> Changes:
    """Straight into the store: on screen a mark's text is short."""
    marks = (Mark(kind=MarkKind.TEXT, x=100, y=100, words=text),)
    shown = photo(p)
    with p.workspace.writing("evidence.marked") as work:
        work.put(replace(work.get(Evidence, shown.id), marks=marks))
    return work.changes


def read_month(p: Programme, text: str) -> Changes:
    with p.workspace.reading() as reader:
        kpi = next(iter(reader.edition(p.engagement.edition).kpis))
    month = readings.MonthFigures(month=Month(2026, 3), numerator=Decimal(1), note=text)
    return readings.write_readings(p.workspace, p.engagement.id, kpi, [month])


FINDING_WORDS: Final = (
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
)
ACTION_WORDS: Final = (
    "what",
    "owner",
    "standardised_in",
    "dropped_reason",
    "problem",
    "goal",
    "unit",
    "proof",
    "money_confirmed_by",
    "proposed_by",
    "note",
)

FIELDS: Final = (
    of_dealership("name", is_stripped=True),
    of_dealership("code", is_stripped=True),
    of_dealership("city"),
    of_dealership("note"),
    of_site("name", is_stripped=True),
    of_site("address"),
    of_person("name", is_stripped=True),
    of_person("function"),
    of_person("email"),
    of_person("phone"),
    Field(
        kind=Qualification,
        name="number",
        write=lambda p, text: people.certify_person(
            p.workspace, somebody(p).id, role=Role.COACH, number=text
        ),
    ),
    Field(
        kind=Engagement,
        name="note",
        write=lambda p, text: engagements.change_engagement(p.workspace, p.engagement.id, note=text),
    ),
    Field(
        kind=Assessment,
        name="summary",
        write=lambda p, text: assessments.write_summary(p.workspace, p.assessment.id, text=text),
    ),
    Field(
        kind=Assessment,
        name="remarks",
        write=lambda p, text: assessments.write_remark(
            p.workspace, p.assessment.id, area_id=AreaId("service"), text=text
        ),
        part=lambda remarks: remarks[-1].text,
    ),
    Field(
        kind=Assessment,
        name="reopenings",
        write=reopened,
        part=lambda reopenings: reopenings[-1].reason,
        is_stripped=True,
    ),
    Field(
        kind=Rating,
        name="reason",
        write=lambda p, text: ratings.mark_not_seen(p.workspace, p.assessment.id, PRICE, reason=text),
        is_stripped=True,
    ),
    Field(
        kind=Rating,
        name="note",
        write=lambda p, text: ratings.write_note(p.workspace, p.assessment.id, PRICE, text=text),
    ),
    Field(
        kind=Rating,
        name="sample",
        write=lambda p, text: ratings.label_sample(p.workspace, p.assessment.id, PRICE, place=2, label=text),
        part=lambda sample: sample.records[2].label,
    ),
    *map(of_finding, FINDING_WORDS),
    *(of_kind(Action, name, action, actions.change_action) for name in ACTION_WORDS),
    of_kind(Cause, "words", cause, causes.change_cause),
    *(
        of_kind(Verification, name, check, verifying.change_verification)
        for name in ("words", "reason", "drawn_of", "drawn_by")
    ),
    Field(
        kind=Sighting,
        name="words",
        write=lambda p, text: findings.note_sighting(p.workspace, finding(p).id, words=text),
        is_stripped=True,
    ),
    Field(
        kind=Sighting,
        name="place",
        write=lambda p, text: findings.note_sighting(p.workspace, finding(p).id, place=text),
        is_stripped=True,
    ),
    Field(kind=Reading, name="note", write=read_month, is_stripped=True),
    of_evidence("name"),
    of_evidence("caption"),
    Field(
        kind=Evidence,
        name="consent_words",
        write=lambda p, text: evidence.note_consent(p.workspace, photo(p).id, Consent.GIVEN, words=text),
        is_stripped=True,
    ),
    Field(
        kind=Evidence,
        name="marks",
        write=marked,
        part=lambda marks: marks[0].words,
    ),
    of_kind(PhotoPair, "words", pair, photo_pairs.change_pair),
    *(
        Field(kind=kind, name=name, write=write, is_stripped=is_stripped)
        for kind, name, write, is_stripped in SETTING_UP_WORDS
    ),
    *(
        Field(kind=one.kind, name=one.name, write=one.write, part=one.part, is_stripped=one.is_stripped)
        for one in COACHING_YEAR_WORDS
    ),
)


def test_no_typed_field_is_left_out() -> None:
    """A field added later must be tried here too, or beside it where it belongs to an audit."""
    typed = {
        f"{kind.__name__}.{form.name}" for kind in TABLES for form in row_form(kind).fields if form.is_typed
    }
    assert {field.label for field in FIELDS} | AUDIT_LABELS == typed


def test_through_the_services_and_back(programme: Programme) -> None:
    """Each text in each field, taken back and made again; all of it in one log that holds in the end."""
    for field in FIELDS:
        for label, text in HOSTILE.items():
            expected = storable(text.strip() if field.is_stripped else text)
            changes = field.write(programme, text)
            assert field.read(changes, programme) == expected, (field.label, label)
            if field.label == "Visit.signatures":
                with pytest.raises(RuleBroken, match="signed"):
                    undo(programme.workspace, changes)
                continue
            undo(programme.workspace, changes)
            redo(programme.workspace, changes)
            assert field.read(changes, programme) == expected, (field.label, label)
    for text in HOSTILE.values():
        search(programme.workspace, text)
    with programme.workspace.reading() as reader:
        for entry in reader.log_entries():
            assert unicodedata.is_normalized("NFC", entry.body)
            assert "🚗" not in entry.body
    assert verify_workspace(programme.workspace).faults == ()


def test_a_megabyte_in_a_field_of_each_kind(programme: Programme) -> None:
    for field in {field.kind: field for field in FIELDS}.values():
        changes = field.write(programme, LONG)
        assert field.read(changes, programme) == (LONG.strip() if field.is_stripped else LONG), field.label
        if field.kind is not Assessment:  # completed, it cannot be written any more
            # Each in its turn: together they would only be indexed again and again.
            undo(programme.workspace, changes)
    with programme.workspace.reading() as reader:
        assert reader.verify_log() == ()


def test_what_is_told_back_is_what_is_kept(programme: Programme) -> None:
    """A screen that shows the result of an edit must not show other words than the next start does."""
    changes = ratings.write_note(programme.workspace, programme.assessment.id, PRICE, text="a\0b\ud800")
    (rating,) = changes.of(Rating)
    assert rating == programme.rating(PRICE)
    assert rating.note == "a\ufffdb\ufffd"


def test_typing_the_same_again_changes_nothing(programme: Programme) -> None:
    where = (programme.workspace, programme.assessment.id, PRICE)
    ratings.write_note(*where, text="a\0b")
    assert not ratings.write_note(*where, text="a\0b")


def test_in_new_records(programme: Programme) -> None:
    """The forms that make something, with every field at once."""
    for text in HOSTILE.values():
        made_with(programme, text)
    assert programme.start(AssessmentKind.PROGRESS).number == 2
    assert verify_workspace(programme.workspace).faults == ()


def made_with(programme: Programme, text: str) -> None:
    workspace = programme.workspace
    house = dealerships.add_dealership(workspace, name=text, country="FR", code=text, city=text)
    dealerships.add_site(workspace, house.made(Dealership).id, name=text, address=text)
    people.add_person(workspace, name=text, function=text, email=text, phone=text)
    working.start_working(workspace, role=Role.COACH, name=text, number=text)
    raised = findings.raise_finding(
        workspace,
        engagement_id=programme.engagement.id,
        statement=text,
        grade=FindingGrade.MAJOR,
        requirement=text,
        evidence=text,
        grade_reason=text,
        place=text,
        owner=text,
    ).made(Finding)
    settle(workspace, raised.id, note=text)
    item = evidence.add_evidence(
        workspace,
        engagement_id=programme.engagement.id,
        data=b"order;price\n",
        name=f"{text[:60]}.csv",
        caption=text,
    ).made(Evidence)
    with workspace.reading() as reader:
        kept = reader.get(Finding, raised.id)
        assert {kept.statement, kept.requirement, kept.evidence, kept.owner, kept.place} == {storable(text)}
        assert reader.get(Evidence, item.id).caption == storable(text)
        assert reader.get(Dealership, house.made(Dealership).id).name == storable(text.strip())


def test_straight_into_the_store(programme: Programme) -> None:
    """Also where no service stands before it: an import, another laptop's work."""
    text = "".join(HOSTILE.values())
    document(programme)
    finding(programme)
    with programme.workspace.writing("test.hostile") as work:
        somebody_new = work.put(Person(id=PersonId("p"), name=text))
        work.put(Qualification(id=QualificationId("q"), person_id=somebody_new.id, role=Role.COACH))
        work.put(Rating(id=RatingId("r"), assessment_id=programme.assessment.id, checkpoint_id=PRICE))
        for kind in TABLES:
            for record in work.all(kind):
                typed: dict[str, Any] = {
                    form.name: text
                    for form in row_form(kind).fields
                    if form.is_typed and isinstance(getattr(record, form.name), str)
                }
                put = work.put(replace(record, **typed))
                assert {getattr(put, name) for name in typed} <= {storable(text)}
    with programme.workspace.reading() as reader:
        for kind in TABLES:
            assert all("\0" not in "".join(vars_of(record)) for record in reader.all(kind))
        assert reader.verify_log() == ()


def vars_of(record: Record) -> list[str]:
    return [str(getattr(record, field.name)) for field in fields(record)]


def test_a_record_without_such_words_is_stored_as_the_very_same_value() -> None:
    """Nothing is copied on the way of every edit."""
    sample = Sample(records=(SampleRecord(label="order 4711", conforms=True),))
    rating = Rating(
        id=RatingId("r"),
        assessment_id=AssessmentId("a"),
        checkpoint_id=PRICE,
        note="ordentlich geprüft",
        sample=sample,
    )
    assert row_form(Rating).storable(rating) is rating
