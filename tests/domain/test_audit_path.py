"""The path of an audit: each thing that is missing is told with its place, and nothing else stands in the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from qma_app.domain.assessment import AreaRemark, AssessmentKind
from qma_app.domain.audit import (
    AreaLeftOut,
    Attendee,
    Audit,
    AuditDays,
    AuditSample,
    AuditSlot,
    Declaration,
    DrawnRecord,
    ListSource,
    Meeting,
    Replaced,
    TeamMember,
    TeamPart,
    Withdrawal,
)
from qma_app.domain.audit_path import (
    AuditBefore,
    AuditState,
    PathCheck,
    StepCode,
    StepState,
    before_signing,
    current_step,
    may_be_signed,
    path_of,
)
from qma_app.domain.audit_plan_checks import plan_sent
from qma_app.domain.certification import (
    CertificateStep,
    CertificationDecision,
    DecisionOutcome,
    IssuedFile,
    IssuedKind,
)
from qma_app.domain.finding import FindingGrade, Reply
from qma_app.domain.ids import (
    AreaId,
    AuditId,
    AuditSampleId,
    AuditSlotId,
    CertificationDecisionId,
    CheckpointId,
    FindingId,
    IssuedFileId,
    SignerId,
)
from qma_app.domain.independence import Conflict, ConflictCode
from qma_app.domain.people import Qualification, Role
from qma_app.domain.result import Verdict
from qma_app.domain.spot import Spot
from qma_app.i18n import day_text
from tests.builders import (
    GREETING,
    NOW,
    PRICE_AGREED,
    STOCK_COUNT,
    TODAY,
    a_finding,
    a_person,
    a_qualification,
    a_rating,
    a_rating_not_applicable,
    a_rating_not_seen,
    a_sample,
    an_assessment,
    an_edition,
    an_engagement,
    an_id,
    ratings_of,
)
from tests.domain.certifying import a_certificate, an_event

FIRST, LAST = date(2027, 6, 14), date(2027, 6, 16)
LEAD, SECOND, COACH = a_person("Dana Muster"), a_person("Bo Beispiel"), a_person("Ada Sample")
OWN_TIME = CheckpointId("service.reception.own-time")
SIGNED = datetime(2027, 6, 20, 9, tzinfo=UTC)
ASSESSMENT = an_assessment(
    4,
    kind=AssessmentKind.CERTIFICATION_AUDIT,
    is_guided=True,
    summary="A house in good order.",
    remarks=(AreaRemark(area_id=AreaId("service"), text="Good."), AreaRemark(area_id=AreaId("parts"), text="Good.")),
)  # fmt: skip


def a_meeting(day: date, *names: str) -> Meeting:
    at = datetime.combine(day, time(9), tzinfo=UTC)
    return Meeting(held_at=at, attendees=tuple(Attendee(name=name) for name in names or ("Max Muster",)))


def an_audit(**changes: Any) -> Audit:
    audit = Audit(
        id=AuditId(an_id("audit")),
        engagement_id=an_engagement().id,
        assessment_id=ASSESSMENT.id,
        number="R-2027-0093",
        first_on=FIRST,
        last_on=LAST,
        team=(
            TeamMember(person_id=LEAD.id, part=TeamPart.LEAD),
            TeamMember(person_id=COACH.id, part=TeamPart.OBSERVER),
        ),
        declarations=(Declaration(person_id=LEAD.id, declared_on=FIRST),),
        days=AuditDays(staff=24, risks=(), table_days=Decimal(3), days=Decimal(3), on_site=Decimal("2.5")),
        sent_on=date(2027, 5, 31),
        opening=a_meeting(FIRST),
        closing=a_meeting(LAST),
        recommendation=Verdict.PASS,
    )
    return replace(audit, **changes)


def a_drawn_sample(count: int = 10, **changes: Any) -> AuditSample:
    sample = AuditSample(
        id=AuditSampleId(an_id("sample")),
        audit_id=an_audit().id,
        checkpoint_id=PRICE_AGREED,
        source=ListSource.NUMBERS,
        list_name="Repair orders",
        fingerprint="0" * 64,
        population=200,
        seed=7,
        drawn=tuple(DrawnRecord(place=place, label=f"RO-{place}") for place in range(1, count + 1)),
    )
    return replace(sample, **changes)


def a_slot(area: str) -> AuditSlot:
    return AuditSlot(
        id=AuditSlotId(an_id(f"slot {area}")),
        audit_id=an_audit().id,
        on=FIRST,
        begins=time(9),
        ends=time(10),
        area_id=AreaId(area),
    )


def a_state(audit: Audit | None = None, **changes: Any) -> AuditState:
    """An audit that is ready to be signed: everything rated 10, one sample drawn and looked at."""
    edition = an_edition()
    ratings = ratings_of(dict.fromkeys(edition.checkpoints, 10))
    ratings[PRICE_AGREED] = a_rating(10, PRICE_AGREED, sample=a_sample(10))
    state = AuditState(
        audit=an_audit() if audit is None else audit,
        assessment=ASSESSMENT,
        edition=edition,
        applicable=tuple(edition.checkpoints),
        ratings=ratings,
        samples=(a_drawn_sample(),),
        slots=(a_slot("service"), a_slot("parts")),
        people={one.id: one for one in (LEAD, SECOND, COACH)},
        qualifications=(a_qualification(Role.AUDITOR, LEAD),),
    )
    return replace(state, **changes)


def rated(*others: Any) -> dict[CheckpointId, Any]:
    """The ratings of a ready audit, with these in their place."""
    return {**a_state().ratings, **{one.checkpoint_id: one for one in others}}


def missing(state: AuditState) -> list[str]:
    return [check.code for check in before_signing(state) if not check.holds]


def check(state: AuditState, code: str) -> PathCheck:
    return next(one for one in before_signing(state) if one.code == code)


def test_a_ready_audit_may_be_signed() -> None:
    assert missing(a_state()) == []
    assert may_be_signed(a_state())
    assert not may_be_signed(a_state(an_audit(signed_at=SIGNED)))
    assert all(one.words and not one.records and one.where is None for one in before_signing(a_state()))


LOW = a_finding(7, checkpoint_id=GREETING, reply=Reply.AGREED)
TWO = an_audit(
    team=tuple(TeamMember(person_id=one.id, part=part) for one, part in ((LEAD, TeamPart.LEAD), (SECOND, TeamPart.AUDITOR))),
)  # fmt: skip
"""A team of two who grade, the second without certificate or declaration."""
HELD = a_qualification(Role.AUDITOR, LEAD)


@pytest.mark.parametrize(
    ("state", "codes"),
    [
        (a_state(an_audit(team=())), ["team", "independence", "certificates", "declarations"]),
        (a_state(an_audit(first_on=None)), ["team", "certificates"]),
        (a_state(an_audit(last_on=date(2027, 6, 13))), ["team"]),
        (a_state(TWO), ["certificates", "declarations"]),
        (a_state(an_audit(opening=None)), ["opening"]),
        (a_state(an_audit(opening=a_meeting(FIRST, " "))), ["opening"]),
        (a_state(an_audit(closing=None)), ["closing"]),
        (a_state(an_audit(closing=a_meeting(FIRST - timedelta(days=1)))), ["closing"]),
        (a_state(an_audit(recommendation=None)), ["recommendation"]),
        (a_state(an_audit(recommendation=Verdict.FAIL)), ["recommendation"]),
        (a_state(an_audit(recommendation=Verdict.FAIL, recommendation_words="Written afterwards.")), []),
        (a_state(assessment=replace(ASSESSMENT, summary=" ")), ["remarks"]),
        (a_state(assessment=replace(ASSESSMENT, remarks=())), ["remarks"]),
        (a_state(applicable=()), ["rated", "recommendation"]),
    ],
)
def test_each_thing_that_is_missing_is_told(state: AuditState, codes: list[str]) -> None:
    assert missing(state) == codes
    assert all(one.where is not None for one in before_signing(state) if not one.holds)


@pytest.mark.parametrize(
    ("rating", "codes"),
    [
        (a_rating(None), ["rated"]),
        (a_rating_not_seen(), []),
        (a_rating_not_seen(reason=" "), ["rated"]),
        (a_rating_not_applicable(), []),
        (a_rating_not_applicable(reason=" "), ["rated"]),
        (a_rating(6), []),
        (a_rating(4), ["low-points"]),
        (a_rating(0), ["low-points"]),
    ],
)
def test_every_checkpoint_has_points_or_a_reason_and_low_ones_a_finding(
    rating: Any, codes: list[str]
) -> None:
    state = a_state(ratings=rated(rating))
    assert [code for code in missing(state) if code != "recommendation"] == codes
    if codes:
        told = check(state, codes[0])
        assert (told.records, told.spots[0][0]) == ((GREETING,), "SRV-01.1")
        assert told.where == Spot(
            page="checklists",
            assessment_id=ASSESSMENT.id,
            area_id=AreaId("service"),
            process_id=state.edition.checkpoints[GREETING].process_id,
            checkpoint_id=GREETING,
        )


def test_the_figures_stand_in_the_words_and_a_long_list_is_cut() -> None:
    assert check(a_state(), "rated").words == "All 7 checkpoints are rated or have a reason."
    told = check(a_state(ratings={}), "rated")
    assert told.words.startswith("0 of 7 checkpoints are rated or have a reason. Missing: SRV-01.1")
    assert told.words.endswith("and 2 more.")
    assert len(told.spots) == 7


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"findings": (LOW,)}, []),
        ({"findings": (replace(LOW, checkpoint_id=OWN_TIME),)}, ["low-points"]),
        ({"findings": (replace(LOW, grade=FindingGrade.GOOD_PRACTICE),)}, ["low-points"]),
        ({"findings": (replace(LOW, checkpoint_id=OWN_TIME),), "seen_again": {GREETING: LOW.id}}, []),
        ({"seen_again": {GREETING: LOW.id}}, ["low-points"]),
        ({"findings": (replace(LOW, evidence=" "),)}, ["evidence"]),
        ({"findings": (replace(LOW, evidence=" "),), "files_of": {LOW.id: 1}}, []),
        ({"findings": (replace(LOW, reply=None),)}, ["replies"]),
        ({"findings": (replace(LOW, reply=Reply.DISAGREED),)}, ["replies"]),
        ({"findings": (replace(LOW, reply=Reply.DISAGREED, reply_words="Not ours."),)}, []),
    ],
)
def test_a_finding_has_evidence_and_a_reply(changes: dict[str, Any], codes: list[str]) -> None:
    state = a_state(ratings=rated(a_rating(4)), **changes)
    assert missing(state) == codes
    if codes in (["evidence"], ["replies"]):
        assert check(state, codes[0]).where == Spot(page="findings", finding_id=LOW.id)


def test_good_practice_asks_for_no_reply_and_a_withdrawn_finding_for_nothing() -> None:
    practice = a_finding(8, FindingGrade.GOOD_PRACTICE, checkpoint_id=STOCK_COUNT)
    gone = a_finding(9, FindingGrade.MAJOR, evidence="")
    audit = an_audit(withdrawn=(Withdrawal(finding_id=FindingId(gone.id), reason="Looked at wrongly"),))
    state = a_state(audit, findings=(gone, practice))
    assert missing(state) == []
    assert state.recommended.verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({"samples": ()}, False),
        ({"samples": (), "sample_reasons": {PRICE_AGREED: "The house has written three orders."}}, True),
        ({"samples": (), "sample_reasons": {PRICE_AGREED: " "}}, False),
        ({"samples": (a_drawn_sample(9),)}, False),
        ({"samples": (a_drawn_sample(6, population=6),)}, True),
        ({"samples": (a_drawn_sample(checkpoint_id=STOCK_COUNT),)}, False),
        ({"samples": (), "ratings": rated(a_rating_not_seen(PRICE_AGREED))}, True),
        ({"samples": (), "ratings": rated(a_rating_not_applicable(PRICE_AGREED))}, True),
        ({"ratings": rated(a_rating(10, PRICE_AGREED, sample=a_sample(9, unseen=1)))}, False),
        ({"ratings": rated(a_rating(10, PRICE_AGREED))}, False),
        ({"ratings": rated(a_rating(10, PRICE_AGREED)), "sample_reasons": {PRICE_AGREED: "Few."}}, False),
        ({"ratings": rated(a_rating(10, PRICE_AGREED, sample=a_sample(11)))}, True),
    ],
)
def test_critical_checkpoints_have_a_sample_that_was_looked_at(changes: dict[str, Any], holds: bool) -> None:
    state = a_state(**changes)
    assert check(state, "samples").holds is holds
    assert bool(check(state, "samples").records) is not holds


def test_what_took_the_place_of_a_record_is_looked_at_and_not_the_record() -> None:
    by = DrawnRecord(place=77, label="RO-77")
    sample = a_drawn_sample(replaced=(Replaced(place=10, label="RO-10", by=by, reason="Lost"),))
    assert not check(a_state(samples=(sample,)), "samples").holds
    looked = a_sample(9)
    looked = replace(looked, records=(*looked.records, replace(looked.records[0], label="RO-77")))
    ratings = rated(a_rating(10, PRICE_AGREED, sample=looked))
    assert check(a_state(samples=(sample,), ratings=ratings), "samples").holds


@pytest.mark.parametrize(
    ("held", "day"),
    [
        ([HELD], None),
        ([], FIRST),
        ([a_qualification(Role.COACH, LEAD)], FIRST),
        ([a_qualification(Role.AUDITOR, SECOND)], FIRST),
        ([replace(HELD, valid_from=FIRST, valid_until=LAST)], None),
        ([replace(HELD, valid_until=date(2027, 6, 15))], LAST),
        ([replace(HELD, valid_from=date(2027, 6, 15))], FIRST),
        ([replace(HELD, valid_until=date(2027, 6, 14)), replace(HELD, valid_from=date(2027, 6, 15))], None),
        ([replace(HELD, valid_until=date(2027, 6, 14)), replace(HELD, valid_from=LAST)], date(2027, 6, 15)),
        ([replace(HELD, valid_until=date.max)], None),
    ],
)
def test_the_certificate_counts_on_each_day(held: list[Qualification], day: date | None) -> None:
    told = check(a_state(qualifications=tuple(held)), "certificates")
    assert told.holds is (day is None)
    if day is not None:
        assert told.words == f"No valid auditor’s certificate: Dana Muster on {day_text(day)}."
        assert (told.where, told.is_hard) == (Spot(page="people", person_id=LEAD.id), True)


@pytest.mark.parametrize(
    ("person", "code", "holds"),
    [
        (LEAD, ConflictCode.COACHED, False),
        (LEAD, ConflictCode.PAID, False),
        (COACH, ConflictCode.COACHED, True),
        (LEAD, ConflictCode.CERTIFICATE_LAPSES, True),
    ],
)
def test_only_who_grades_has_to_be_independent(person: Any, code: ConflictCode, holds: bool) -> None:
    conflict = Conflict(
        code=code,
        person_id=person.id,
        reason="coached here",
        records=("visit 3", "visit 4"),
        record_ids=("v3", "v4"),
    )
    told = check(a_state(conflicts=(conflict,)), "independence")
    assert (told.holds, told.records) == (holds, () if holds else ("v3", "v4"))
    if not holds:
        assert told.words == "Dana Muster is not independent: coached here"


@pytest.mark.parametrize(
    ("ties", "words", "holds"),
    [((), "", True), (("employed",), "", False), (("employed",), "Until 2019.", True), ((" ",), "Until 2019.", False)],
)  # fmt: skip
def test_a_declared_tie_has_words(ties: tuple[str, ...], words: str, holds: bool) -> None:
    declaration = Declaration(person_id=LEAD.id, declared_on=FIRST, ties=ties, words=words)
    assert check(a_state(an_audit(declarations=(declaration,))), "declarations").holds is holds


# --- the path


def states(state: AuditState) -> str:
    """A letter for each step: d done, c current, w waiting, b blocked."""
    return "".join(step.state.value[0] for step in path_of(state))


def a_decision(outcome: DecisionOutcome = DecisionOutcome.GRANTED) -> CertificationDecision:
    return CertificationDecision(
        id=CertificationDecisionId(an_id("decision")),
        engagement_id=an_engagement().id,
        audit_id=an_audit().id,
        outcome=outcome,
        decided_on=date(2027, 6, 30),
        decided_at=NOW,
        decided_by=SECOND.id,
        report_digest="0" * 64,
    )


def a_file() -> IssuedFile:
    return IssuedFile(
        id=IssuedFileId(an_id("file")),
        engagement_id=an_engagement().id,
        audit_id=an_audit().id,
        kind=IssuedKind.CERTIFICATE,
        number="C-2027-0014",
        revision=1,
        language="en",
        name="certificate.pdf",
        digest="0" * 64,
        content_digest="0" * 64,
        size=1,
        issued_at=NOW,
        signer_id=SignerId(an_id("signer")),
        log_seq=1,
        log_hash="0" * 64,
    )


DONE = an_audit(signed_at=SIGNED)
BARE = Audit(
    id=an_audit().id, engagement_id=an_engagement().id, assessment_id=ASSESSMENT.id, number="R-2027-0093"
)


@pytest.mark.parametrize(
    ("state", "letters"),
    [
        (a_state(BARE, ratings={}, samples=()), "cwwwwwww"),
        (a_state(an_audit(opening=None, closing=None, recommendation=None), ratings={}), "dcwwwwww"),
        (a_state(an_audit(closing=None, recommendation=None), ratings={}), "ddcwwwww"),
        (a_state(an_audit(closing=None, recommendation=None)), "dddcwwww"),
        (a_state(an_audit(recommendation=None)), "ddddcwww"),
        (a_state(), "dddddcww"),
        (a_state(DONE), "ddddddcw"),
        (a_state(DONE, decision=a_decision()), "dddddddc"),
        (a_state(DONE, decision=a_decision(), certificate=a_certificate()), "dddddddc"),
        (a_state(DONE, decision=a_decision(), certificate=a_certificate(), certificate_file=a_file()), "dddddddd"),
        (a_state(DONE, decision=a_decision(DecisionOutcome.REFUSED)), "dddddddb"),
        (a_state(qualifications=()), "bddddbww"),
        (a_state(an_audit(recommendation=None), qualifications=()), "bdddcbww"),
        (a_state(DONE, qualifications=(), ratings={}), "ddddddcw"),
    ],
)  # fmt: skip
def test_where_each_step_stands(state: AuditState, letters: str) -> None:
    assert states(state) == letters


def test_a_step_tells_how_far_it_is_and_what_it_misses() -> None:
    state = a_state(an_audit(closing=None, recommendation=None), ratings=rated(a_rating(None)))
    steps = {step.code: step for step in path_of(state)}
    on_site = steps[StepCode.ON_SITE]
    assert (on_site.words, on_site.done, on_site.count) == ("6 of 7", 6, 7)
    assert [one.code for one in on_site.missing] == ["rated"]
    assert [one.code for one in steps[StepCode.CLOSING].missing] == ["closing"]
    assert [one.code for one in steps[StepCode.SIGN].missing] == [
        "rated", "closing", "recommendation", "signed",
    ]  # fmt: skip
    assert (steps[StepCode.SIGN].done, steps[StepCode.SIGN].count) == (10, 13)
    found = current_step(path_of(state))
    assert found is not None
    assert found.code is StepCode.ON_SITE


def test_nothing_is_missing_any_more_once_it_is_signed() -> None:
    steps = path_of(a_state(DONE, ratings={}, slots=()))
    assert [step.missing for step in steps[:6]] == [()] * 6
    assert steps[5].words == "Signed and locked."


@pytest.mark.parametrize(
    ("changes", "others", "codes"),
    [
        ({}, {}, []),
        ({"days": None}, {}, ["timetable"]),
        ({}, {"slots": (a_slot("service"),)}, ["timetable"]),
        ({"sent_on": None}, {}, ["sent"]),
        ({"sent_on": date(2027, 6, 1)}, {}, []),
        ({"sent_on": None, "opening": a_meeting(FIRST)}, {"slots": ()}, []),
        ({}, {"assessment": replace(ASSESSMENT, scope=(AreaId("service"),))}, ["scope"]),
        ({"left_out": (AreaLeftOut(area_id=AreaId("parts"), reason="Sold"),)}, {"assessment": replace(ASSESSMENT, scope=(AreaId("service"),))}, []),
        ({"left_out": (AreaLeftOut(area_id=AreaId("parts"), reason=" "),)}, {"assessment": replace(ASSESSMENT, scope=(AreaId("service"),))}, ["scope"]),
        ({}, {"assessment": replace(ASSESSMENT, scope=(AreaId("service"),), kind=AssessmentKind.SURVEILLANCE)}, []),
        ({"sent_on": None}, {"assessment": replace(ASSESSMENT, kind=AssessmentKind.SHORT_NOTICE)}, []),
        ({}, {"ratings": {}}, []),
        ({}, {"samples": ()}, ["samples"]),
    ],
)  # fmt: skip
def test_what_a_plan_needs(changes: dict[str, Any], others: dict[str, Any], codes: list[str]) -> None:
    """Records that are drawn and not yet looked at are no matter of the plan; nor is what was not planned once it began."""
    state = a_state(an_audit(**{"opening": None, **changes}), **others)
    assert [one.code for one in path_of(state)[0].missing] == codes


def test_a_plan_sent_late_says_so() -> None:
    audit = an_audit(opening=None, sent_on=date(2027, 6, 1))
    assert path_of(a_state(audit))[0].state is StepState.DONE
    assert plan_sent(a_state(audit)).words == "The plan was sent on 1 Jun 2027, less than two weeks ahead."
    assert plan_sent(a_state()).words == "The plan was sent on 31 May 2027."
    assert path_of(a_state(replace(audit, sent_on=None)))[0].words.endswith("by 31 May 2027.")


def test_a_pre_audit_ends_with_its_report() -> None:
    steps = path_of(a_state(assessment=replace(ASSESSMENT, kind=AssessmentKind.PRE_AUDIT)))
    assert [step.code for step in steps][-1] is StepCode.SIGN
    assert len(steps) == 6


@pytest.mark.parametrize(
    ("certificate", "letters"),
    [
        (None, "ddddddb"),
        (a_certificate(), "ddddddc"),
        (a_certificate(an_event(CertificateStep.CONFIRMED, date(2027, 6, 1))), "ddddddc"),
        (a_certificate(an_event(CertificateStep.CONFIRMED, date(2027, 6, 20))), "ddddddd"),
        (a_certificate(an_event(CertificateStep.SUSPENDED, date(2027, 7, 1))), "ddddddd"),
    ],
)
def test_after_a_surveillance_the_certificate_is_confirmed_or_not(certificate: Any, letters: str) -> None:
    surveillance = replace(ASSESSMENT, kind=AssessmentKind.SURVEILLANCE)
    assert states(a_state(DONE, assessment=surveillance, certificate=certificate)) == letters


# --- the follow-up of a conditional result


def a_follow_up(points: int | None, *, is_closed: bool) -> AuditState:
    """The price was a major; its checkpoint alone is looked at again."""
    major = a_finding(3, FindingGrade.MAJOR, reply=Reply.AGREED, closed_on=TODAY if is_closed else None)
    then = {**a_state().ratings, PRICE_AGREED: a_rating(4, PRICE_AGREED)}
    before = AuditBefore(
        audit_id=AuditId(an_id("audit before")),
        number="R-2027-0093",
        scope=ASSESSMENT.scope,
        ratings=then,
        applicable=tuple(an_edition().checkpoints),
        majors=(major,),
    )
    now = {PRICE_AGREED: a_rating(points, PRICE_AGREED, sample=a_sample(10))}
    assessment = replace(ASSESSMENT, kind=AssessmentKind.FOLLOW_UP_AUDIT, scope=(AreaId("service"),))
    return a_state(
        assessment=assessment,
        applicable=tuple(id for id in an_edition().checkpoints if id.startswith("service.")),
        ratings=now,
        before=before,
    )


@pytest.mark.parametrize(
    ("points", "is_closed", "verdict", "codes"),
    [
        (10, True, Verdict.PASS, []),
        (8, True, Verdict.PASS, []),
        (10, False, Verdict.CONDITIONAL, ["recommendation"]),
        (6, True, Verdict.CONDITIONAL, ["recommendation"]),
        (None, True, Verdict.CONDITIONAL, ["rated", "recommendation"]),
    ],
)
def test_a_follow_up_looks_at_the_majors_and_is_judged_on_the_whole_house(
    points: int | None, is_closed: bool, verdict: Verdict, codes: list[str]
) -> None:
    state = a_follow_up(points, is_closed=is_closed)
    assert [point.id for point in state.to_rate] == [PRICE_AGREED]
    assert state.recommended.verdict is verdict
    assert state.recommended.result.counted_areas == 2
    assert missing(state) == codes


def test_a_critical_checkpoint_without_a_finding_is_looked_at_again_too() -> None:
    state = a_follow_up(10, is_closed=True)
    assert state.before is not None
    bare = replace(state, before=replace(state.before, majors=()))
    assert [point.id for point in bare.to_rate] == [PRICE_AGREED]
    met = replace(state.before, majors=(), ratings=ratings_of({PRICE_AGREED: 8}))
    assert replace(state, before=met).to_rate == ()
    assert check(replace(state, before=met), "rated").words == "No checkpoint has to be looked at again."
