"""What an audit on its path and the certificate after it put into the list of next steps and into the gates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.domain.certification import Certificate, DecisionOutcome, IssuedKind, Signer
from qma_app.domain.edition import GateCondition
from qma_app.domain.engagement import Engagement
from qma_app.domain.gate_answers import Answer, Question
from qma_app.domain.gate_checks_system import decision_made, surveillance_months
from qma_app.domain.ids import EngagementId, IssuedFileId
from qma_app.domain.next_step import NextStep, Urgency
from qma_app.domain.people import Role
from qma_app.domain.plan import PlannedPhase
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.ports import Reader
from qma_app.domain.result import Verdict
from qma_app.exchange.register.json_file import register_bytes, register_from
from qma_app.i18n import in_language
from qma_app.services.audits import begin_audit
from qma_app.services.certificate_granting import grant_certificate
from qma_app.services.certificate_steps import confirm_certificate, suspend_certificate
from qma_app.services.next_steps import next_steps
from qma_app.services.portfolio import PortfolioLine, portfolio
from qma_app.services.register import register_of
from qma_app.services.reopening import reopen_audit
from qma_app.services.today_programme import today_programme
from tests.builders import a_text
from tests.services.auditing import FIRST, LAST, Audited, begin
from tests.services.certified import DECIDED, Certified, certified_in
from tests.services.visiting import House
from tests.whole_sentences import broken_reasons

pytest_plugins = ("tests.services.visiting_fixtures",)
DAY = timedelta(days=1)
RULES = ("audit", "certificate-due")


@pytest.fixture
def passed(tmp_path: Path) -> Iterator[Certified]:
    with certified_in(tmp_path / "w") as certified:
        yield certified


@pytest.fixture
def conditional(tmp_path: Path) -> Iterator[Certified]:
    with certified_in(tmp_path / "w", Verdict.CONDITIONAL) as certified:
        yield certified


def asked(house: House, on: date) -> list[NextStep]:
    """What audits and certificates ask for on a day; each reason is made of whole sentences."""
    with house.workspace.reading() as reader:
        assert list(broken_reasons(reader, house.engagement.id, on=on)) == []
        steps = next_steps(reader, house.engagement.id, on=on)
    return [step for step in steps if step.rule in RULES]


def only(house: House, on: date) -> NextStep:
    (step,) = asked(house, on)
    return step


def titles(house: House, on: date) -> list[str]:
    return [step.title for step in asked(house, on)]


def issue(passed: Certified, certificate: Certificate) -> None:
    """The record of a signed certificate, without its paper."""
    with passed.workspace.store.writing("test.issued") as work:
        work.put(
            replace(
                passed.report,
                id=IssuedFileId(work.new_id()),
                version=0,
                kind=IssuedKind.CERTIFICATE,
                digest="c" * 64,
                certificate_id=certificate.id,
            )
        )


class TestTheAudit:
    def change(self, audited: Audited, **fields: Any) -> None:
        with audited.house.workspace.store.writing("test.changed") as work:
            work.put(replace(work.get(Audit, audited.audit_id), **fields))

    def test_from_its_plan_to_its_report_one_thing_is_at_hand(self, house: House) -> None:
        audited = begin(house)
        step = only(house, FIRST - 25 * DAY)
        assert (step.title, step.due_on) == ("Send the plan of audit R-2027-0001", FIRST - 14 * DAY)
        assert step.reason == "The audit begins on 14 Jun 2027; its plan is to be sent by 31 May 2027."
        assert (step.spot.page, step.spot.view) == ("audit", "plan")
        assert step.spot.assessment_id == audited.assessment.id
        ranks = [only(house, FIRST - days * DAY).rank[0] for days in (14, 13)]
        assert ranks == [Urgency.DUE, Urgency.LATE]
        self.change(audited, first_on=FIRST + 30 * DAY, last_on=LAST + 30 * DAY)
        ranks = [only(house, FIRST + days * DAY).rank[0] for days in (1, 2)]
        assert ranks == [Urgency.SOON, Urgency.DUE]
        self.change(audited, first_on=None, last_on=None)
        assert titles(house, FIRST) == ["Give audit R-2027-0001 its days"]
        self.change(audited, first_on=FIRST, last_on=LAST, sent_on=FIRST - 20 * DAY)
        assert asked(house, FIRST - 8 * DAY) == []
        assert titles(house, FIRST - 7 * DAY) == ["Hold the opening meeting of audit R-2027-0001"]
        self.change(audited, opening=audited.meeting())
        assert titles(house, LAST - DAY) == ["Go on with audit R-2027-0001"]
        assert titles(house, LAST) == ["Hold the closing meeting of audit R-2027-0001"]
        self.change(audited, closing=audited.meeting(LAST, 15))
        assert titles(house, LAST) == ["Write the report of audit R-2027-0001 and recommend"]
        self.change(audited, recommendation=Verdict.PASS)
        assert (only(house, LAST).title, only(house, LAST).spot.view) == (
            "Sign the report of audit R-2027-0001",
            "sign",
        )

    def test_what_is_the_auditors_is_not_asked_of_the_coach(self, house: House) -> None:
        begin(house)
        with house.workspace.reading() as reader:
            rules = {one.rule for one in next_steps(reader, house.engagement.id, on=FIRST)}
        assert rules.isdisjoint({"rate", "critical", "complete", "assessment"})

    def test_an_audit_on_short_notice_is_not_announced(self, house: House) -> None:
        begin(house, AssessmentKind.SHORT_NOTICE)
        assert asked(house, FIRST - 30 * DAY) == []
        assert titles(house, FIRST) == ["Hold the opening meeting of audit R-2027-0001"]


class TestAfterTheSignature:
    def test_decision_certificate_and_its_signature_follow_one_another(self, passed: Certified) -> None:
        house = passed.house
        assert titles(house, DECIDED) == ["Have audit R-2027-0001 decided"]
        decision = passed.decide()
        assert titles(house, DECIDED) == ["Grant the certificate of audit R-2027-0001"]
        certificate = grant_certificate(passed.workspace, decision.id)
        assert titles(house, DECIDED) == [f"Sign certificate {certificate.number}"]
        issue(passed, certificate)
        assert asked(house, DECIDED) == []

    def test_of_an_audit_that_was_reopened_only_the_new_revision_asks(self, passed: Certified) -> None:
        passed.work_as(passed.auditor, Role.AUDITOR)
        again = reopen_audit(passed.workspace, passed.audit_id, reason="A finding was misread.").made(Audit)
        step = only(passed.house, DECIDED)
        assert step.spot.assessment_id == again.assessment_id
        assert "R-2027-0001" in step.title

    def test_a_refusal_asks_for_nothing_more(self, passed: Certified) -> None:
        passed.decide(DecisionOutcome.REFUSED, words="The report was read otherwise.")
        assert asked(passed.house, DECIDED) == []

    def test_the_majors_of_a_conditional_certificate_are_asked_for_with_their_day(
        self, conditional: Certified
    ) -> None:
        certificate = conditional.grant(DecisionOutcome.CONDITIONAL)
        issue(conditional, certificate)
        step = only(conditional.house, DECIDED + 60 * DAY)
        due = DECIDED + 90 * DAY
        assert (step.title, step.due_on) == (
            f"Settle the majors certificate {certificate.number} depends on",
            due,
        )
        assert step.reason == (
            "They are to be closed and looked at again by 28 Sept 2027, in 30 days. 1 major is open."
        )
        assert (step.spot.page, step.spot.view) == ("audit", "certificate")
        assert step.spot.assessment_id == conditional.audit.assessment_id
        late = only(conditional.house, due + DAY)
        assert late.rank[0] == Urgency.LATE
        conditional.close_majors()
        assert only(conditional.house, due).reason.endswith("None is open; the follow-up is to show it.")

    def test_surveillance_is_asked_for_once_it_counts_and_not_beside_the_audit_that_answers_it(
        self, passed: Certified
    ) -> None:
        house, certificate = passed.house, passed.grant()
        issue(passed, certificate)
        opens = date(2028, 3, 30)
        assert asked(house, opens - DAY) == []
        step = only(house, opens)
        assert step.title == f"Plan surveillance 1 of certificate {certificate.number}"
        assert step.reason == "It counts from 30 Mar 2028 to 30 Jun 2028."
        assert only(house, date(2028, 7, 1)).rank[0] == Urgency.LATE
        again = passed.audit_again(AssessmentKind.SURVEILLANCE, date(2028, 5, 3))
        assert titles(house, date(2028, 5, 3)) == [
            f"Confirm, suspend or withdraw certificate {certificate.number}"
        ]
        confirm_certificate(passed.workspace, certificate.id, again.audit_id, "Nothing has slipped.")
        assert asked(house, date(2028, 5, 3)) == []

    def test_a_suspension_its_end_and_the_recertification(self, passed: Certified) -> None:
        house, certificate = passed.house, passed.grant()
        issue(passed, certificate)
        suspend_certificate(passed.workspace, certificate.id, "The mark was misused")
        step = only(house, DECIDED)
        assert step.title == f"Restore or withdraw certificate {certificate.number}"
        assert step.reason == "Suspended since 30 Jun 2027: The mark was misused."
        last = certificate.valid_until
        wanted = f"Plan the recertification after certificate {certificate.number}"
        assert wanted in titles(house, last)
        with_end = f"Agree on an audit · certificate {certificate.number} has expired"
        assert titles(house, last + DAY) == [with_end]
        assert asked(house, last + 366 * DAY) == []

    def test_keys_stay_the_same_in_every_language(self, conditional: Certified) -> None:
        conditional.grant(DecisionOutcome.CONDITIONAL)
        english = [(one.key, one.rank) for one in asked(conditional.house, DECIDED)]
        with in_language("de"):
            assert [(one.key, one.rank) for one in asked(conditional.house, DECIDED)] == english


class TestGates:
    def ask(self, house: House, check: str, on: date, at_most: int | None = None) -> Answer:
        condition = GateCondition(id="x", title=a_text("x"), check=check, at_most=at_most)
        phase = PlannedPhase(
            id="p",  # type: ignore[arg-type]
            engagement_id=house.engagement.id, phase="x", place=1, starts_on=FIRST, ends_on=LAST,
        )  # fmt: skip
        with house.workspace.reading() as reader:
            reading = PlanReading(reader, house.engagement.id, on=on)
            question = Question(reading=reading, phase=phase, condition=condition)
            return (decision_made if check == "decision-made" else surveillance_months)(question)

    def test_the_record_of_the_decision_answers_from_its_day_on(self, passed: Certified) -> None:
        passed.decide()
        before = self.ask(passed.house, "decision-made", DECIDED - DAY)
        assert (before.holds, before.figures) == (None, "decision not stated")
        found = self.ask(passed.house, "decision-made", DECIDED)
        assert (found.holds, found.figures) == (True, "granted 30 Jun 2027")
        ((title, spot),) = found.named_spots()
        assert (title, spot.page, spot.assessment_id) == (
            "R-2027-0001", "audit", passed.audit.assessment_id,
        )  # fmt: skip

    def test_a_refusal_does_not_hold_whatever_was_said(self, passed: Certified) -> None:
        passed.decide(DecisionOutcome.REFUSED, words="Not yet.")
        found = self.ask(passed.house, "decision-made", DECIDED)
        assert (found.holds, found.figures) == (False, "refused 30 Jun 2027")

    def test_a_guided_audit_counts_from_its_last_day_in_the_house(self, passed: Certified) -> None:
        check = "surveillance-months"
        found = self.ask(passed.house, check, date(2028, 6, 16), at_most=12)
        assert (found.holds, found.figures) == (True, "16 Jun 2027")
        assert found.named_spots()[0][1].page == "audit"
        assert self.ask(passed.house, check, date(2028, 6, 17), at_most=12).holds is False


def test_a_register_with_a_file_whose_signer_is_gone_is_still_put_together(passed: Certified) -> None:
    class WithoutSigners:
        """A reader whose signers nobody can find."""

        def __init__(self, reader: Reader) -> None:
            self._reader = reader

        def __getattr__(self, name: str) -> Any:
            return getattr(self._reader, name)

        def all(self, kind: type[Any], /, **equal: object) -> tuple[Any, ...]:
            return () if kind is Signer else self._reader.all(kind, **equal)

    with passed.workspace.reading() as reader:
        register = register_of(cast(Reader, WithoutSigners(reader)), on=DECIDED)
    assert [one.signer for one in register.files] == [""]
    assert register_from(register_bytes(register)) == register


class TestWhereItIsShown:
    def line(self, house: House, on: date) -> PortfolioLine:
        with house.workspace.reading() as reader:
            return portfolio(reader, on=on).lines[0]

    def words(self, house: House, on: date) -> tuple[str, str, bool]:
        held = self.line(house, on).certificate
        assert held is not None
        return held.state_words, held.next_words, held.is_pressing

    def test_the_portfolio_follows_the_life_of_a_certificate(self, conditional: Certified) -> None:
        house, workspace = conditional.house, conditional.workspace
        assert self.line(house, DECIDED).certificate is None
        certificate = conditional.grant(DecisionOutcome.CONDITIONAL)
        assert self.line(house, DECIDED - DAY).certificate is None
        due = DECIDED + 90 * DAY
        assert self.words(house, DECIDED) == ("valid on condition", "majors by 28 Sept 2027", False)
        assert self.words(house, due + DAY) == ("valid on condition", "majors, overdue", True)
        suspend_certificate(workspace, certificate.id, "The majors stay open.")
        assert self.words(house, DECIDED) == ("suspended", "since 30 Jun 2027", True)
        last = certificate.valid_until
        assert self.words(house, last + DAY) == ("expired", "since 30 Jun 2030", True)

    def test_a_valid_one_says_until_when_and_what_is_next(self, passed: Certified) -> None:
        passed.grant()
        assert self.words(passed.house, DECIDED) == ("to 29 Jun 2030", "surveillance 1 by 30 Jun 2028", False)

    def test_one_granted_in_a_programme_before_still_stands(self, passed: Certified) -> None:
        certificate = passed.grant()
        engagement = passed.house.engagement
        with passed.workspace.store.writing("test.next") as work:
            work.put(replace(work.get(Engagement, engagement.id), ended_on=DECIDED + DAY))
            work.put(
                replace(engagement, id=EngagementId(work.new_id()), version=0, started_on=DECIDED + 2 * DAY)
            )
        line = self.line(passed.house, DECIDED + 3 * DAY)
        assert line.engagement.id != engagement.id
        assert line.certificate is not None
        assert line.certificate.certificate == certificate

    def test_today_has_the_days_of_the_audit_and_the_certificate(self, passed: Certified) -> None:
        certificate = passed.grant()
        with passed.workspace.reading() as reader:
            seen = today_programme(reader, passed.house.engagement.id, on=DECIDED)
            assert {step.rule for step in seen.waiting if step.rule in RULES} == {"audit"}
        assert seen.certificate is not None
        assert seen.certificate.certificate == certificate
        passed.work_as(passed.auditor, Role.AUDITOR)
        day, engagement = DECIDED + 300 * DAY, passed.house.engagement
        begin_audit(passed.workspace, engagement.id, AssessmentKind.SURVEILLANCE, first_on=day, last_on=day)
        with passed.workspace.reading() as reader:
            seen = today_programme(reader, passed.house.engagement.id, on=DECIDED)
        assert seen.audit_on == day
