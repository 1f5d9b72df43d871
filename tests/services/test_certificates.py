"""A certificate warns before it lapses; a lapsed one finishes what is open and opens nothing new."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.certificate import certificate_state, days_left
from qma_app.domain.engagement import Engagement
from qma_app.domain.people import Person, Qualification, Role
from qma_app.errors import RuleBroken
from qma_app.services import people
from qma_app.services.assessments import complete_assessment, reopen_assessment, start_assessment
from qma_app.services.certificates import (
    CertificateState,
    certificates,
    certificates_to_renew,
    check_may_open,
)
from qma_app.services.dealerships import add_dealership
from qma_app.services.ratings import rate_checkpoint, write_note
from qma_app.services.undoing import undo
from qma_app.services.working import start_working
from qma_app.services.workspace import Workspace, create_workspace
from tests.builders import NOW, TODAY, a_qualification
from tests.services.conftest import PRICE

END = date(2026, 12, 31)


def refused(code: str) -> Any:
    return pytest.raises(RuleBroken, check=lambda error: error.code == code)


class TestStates:
    """Both days of a certificate count; sixty days before its end it is said to lapse."""

    @pytest.mark.parametrize(
        ("on", "state", "left"),
        [
            (date(2025, 12, 31), CertificateState.NOT_YET, 365),
            (date(2026, 1, 1), CertificateState.VALID, 364),
            (date(2026, 10, 31), CertificateState.VALID, 61),
            (date(2026, 11, 1), CertificateState.LAPSES_SOON, 60),
            (END, CertificateState.LAPSES_SOON, 0),
            (date(2027, 1, 1), CertificateState.LAPSED, -1),
        ],
    )
    def test_day_by_day(self, on: date, state: CertificateState, left: int) -> None:
        held = a_qualification(valid_from=date(2026, 1, 1), valid_until=END)
        assert (certificate_state(held, on), days_left(held, on)) == (state, left)
        assert state.is_valid == held.is_valid_on(on)

    def test_without_an_end_it_counts_for_good(self) -> None:
        held = a_qualification(valid_from=date(2026, 1, 1))
        assert certificate_state(held, date(2066, 1, 1)) is CertificateState.NO_END
        assert days_left(held, TODAY) is None
        assert certificate_state(held, date(2025, 1, 1)) is CertificateState.NOT_YET


class TestKeeping:
    def test_training_and_cases_are_kept_when_it_is_renewed(self, workspace: Workspace) -> None:
        person = people.add_person(workspace, name="K. Beispiel").made(Person)
        people.certify_person(
            workspace,
            person.id,
            role=Role.COACH,
            number="C-1",
            valid_until=END,
            training="Course 7",
            trained_on=date(2025, 5, 2),
            supervised=2,
            checked_on=date(2026, 5, 2),
        )
        people.certify_person(
            workspace, person.id, role=Role.COACH, number="C-2", valid_until=date(2027, 12, 31)
        )
        with workspace.reading() as reader:
            (held,) = reader.all(Qualification)
        assert (held.number, held.valid_until) == ("C-2", date(2027, 12, 31))
        assert (held.training, held.trained_on, held.supervised, held.checked_on) == (
            "Course 7",
            date(2025, 5, 2),
            2,
            date(2026, 5, 2),
        )
        people.change_qualification(workspace, held.id, checked_on=None, supervised=3)
        with workspace.reading() as reader:
            (held,) = reader.all(Qualification)
        assert (held.checked_on, held.supervised) == (None, 3)

    def test_days_out_of_order_and_impossible_counts_are_refused(self, workspace: Workspace) -> None:
        person = people.add_person(workspace, name="K. Beispiel").made(Person)
        with refused("certificate.days"):
            people.certify_person(
                workspace, person.id, role=Role.COACH, valid_from=END, valid_until=date(2026, 1, 1)
            )
        with refused("certificate.supervised"):
            people.certify_person(workspace, person.id, role=Role.COACH, supervised=-1)
        held = people.certify_person(workspace, person.id, role=Role.COACH).made(Qualification)
        with pytest.raises(ValueError, match="person_id"):
            people.change_qualification(workspace, held.id, person_id="x")

    def test_they_are_listed_by_name_and_the_urgent_ones_first(self, workspace: Workspace) -> None:
        ends = {"b": date(2026, 12, 1), "A": date(2026, 11, 1), "c": None, "d": date(2028, 1, 1)}
        for name, end in ends.items():
            person = people.add_person(workspace, name=name).made(Person)
            people.certify_person(workspace, person.id, role=Role.COACH, valid_until=end)
        gone = people.add_person(workspace, name="gone").made(Person)
        people.certify_person(workspace, gone.id, role=Role.COACH, valid_until=date(2026, 1, 1))
        people.remove_person(workspace, gone.id)
        with workspace.reading() as reader:
            lines, urgent = certificates(reader, on=TODAY), certificates_to_renew(reader, on=TODAY)
        assert [line.person.name for line in lines] == ["A", "b", "c", "d"]
        assert [(line.person.name, line.days_left) for line in urgent] == [("A", -20), ("b", 10)]


class Clock:
    """A clock that a test moves from day to day."""

    def __init__(self) -> None:
        self.now: datetime = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Any:
    with create_workspace(tmp_path / "w", clock=clock) as workspace:
        yield workspace


class TestWhatALapsedOneStillDoes:
    def begun(self, workspace: Workspace, role: Role, kind: AssessmentKind) -> tuple[Engagement, Assessment]:
        engagement = add_dealership(workspace, name="Autohaus Beispiel", country="DE").made(Engagement)
        start_working(workspace, role=role, name="K. Beispiel", valid_until=END)
        return engagement, start_assessment(workspace, engagement_id=engagement.id, kind=kind).made(
            Assessment
        )

    @pytest.mark.parametrize(
        ("role", "kind"),
        [(Role.COACH, AssessmentKind.BASELINE), (Role.AUDITOR, AssessmentKind.CERTIFICATION_AUDIT)],
    )
    def test_it_finishes_what_is_open_and_opens_nothing(
        self, workspace: Workspace, clock: Clock, role: Role, kind: AssessmentKind
    ) -> None:
        engagement, assessment = self.begun(workspace, role, kind)
        clock.now += timedelta(days=60)
        rate_checkpoint(workspace, assessment.id, PRICE, points=8)
        write_note(workspace, assessment.id, PRICE, text="as agreed")
        complete_assessment(workspace, assessment.id)
        with refused("certificate.lapsed") as broken:
            start_assessment(workspace, engagement_id=engagement.id, kind=kind)
        assert "31 Dec 2026" in str(broken.value)
        with refused("certificate.lapsed"):
            reopen_assessment(workspace, assessment.id, reason="a slip")
        with workspace.reading() as reader:
            assert len(reader.all(Assessment)) == 1
        start_working(workspace, role=role, name="K. Beispiel", valid_until=date(2027, 12, 31))
        assert start_assessment(workspace, engagement_id=engagement.id, kind=kind)

    def test_a_day_of_the_past_is_no_way_round_nor_is_one_ahead(
        self, workspace: Workspace, clock: Clock
    ) -> None:
        engagement, _assessment = self.begun(workspace, Role.COACH, AssessmentKind.BASELINE)
        progress: Callable[[date], object] = lambda day: start_assessment(  # noqa: E731
            workspace, engagement_id=engagement.id, kind=AssessmentKind.PROGRESS, started_on=day
        )
        with refused("certificate.lapsed"):
            progress(date(2027, 1, 1))
        assert progress(END)
        clock.now += timedelta(days=60)
        with refused("certificate.lapsed"):
            progress(date(2026, 12, 1))

    def test_its_last_day_counts(self, workspace: Workspace, clock: Clock) -> None:
        self.begun(workspace, Role.COACH, AssessmentKind.BASELINE)
        with workspace.reading() as reader:
            check_may_open(workspace, reader, END)
            with refused("certificate.lapsed"):
                check_may_open(workspace, reader, date(2027, 1, 1))

    def test_an_undone_completion_is_no_reopening(self, workspace: Workspace, clock: Clock) -> None:
        _engagement, assessment = self.begun(workspace, Role.COACH, AssessmentKind.BASELINE)
        clock.now += timedelta(days=60)
        undo(workspace, complete_assessment(workspace, assessment.id))
        assert rate_checkpoint(workspace, assessment.id, PRICE, points=8)

    def test_a_withdrawn_one_opens_nothing(self, workspace: Workspace, clock: Clock) -> None:
        engagement, _assessment = self.begun(workspace, Role.COACH, AssessmentKind.BASELINE)
        with workspace.reading() as reader:
            (held,) = reader.all(Qualification)
        people.withdraw_qualification(workspace, held.id)
        with refused("certificate.missing"):
            start_assessment(workspace, engagement_id=engagement.id, kind=AssessmentKind.PROGRESS)

    def test_with_nobody_named_nothing_is_asked(self, workspace: Workspace) -> None:
        engagement = add_dealership(workspace, name="Autohaus Beispiel", country="DE").made(Engagement)
        assert workspace.worker is None
        changes = start_assessment(workspace, engagement_id=engagement.id, kind=AssessmentKind.PROGRESS)
        assert changes.made(Assessment).number == 1
