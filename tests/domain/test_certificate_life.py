"""A certificate day by day: its state, what falls due, and that only a recorded event suspends it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from qma_app.domain.certificate_life import (
    Due,
    DueKind,
    DueState,
    LifeState,
    check_step,
    life,
    majors_due_on,
    surveillance_due,
    valid_until,
)
from qma_app.domain.certification import Certificate, CertificateStep
from qma_app.errors import RuleBroken
from tests.domain.certifying import DECIDED, a_certificate, an_event

CONFIRMED, SUSPENDED = CertificateStep.CONFIRMED, CertificateStep.SUSPENDED
RESTORED, WITHDRAWN = CertificateStep.RESTORED, CertificateStep.WITHDRAWN


def states(certificate: Certificate, on: date) -> list[tuple[str, int, str]]:
    return [(one.kind.value, one.number, one.state.value) for one in life(certificate, on).dues]


@pytest.mark.parametrize(
    ("decided", "last", "first_window", "second_window"),
    [
        (date(2027, 6, 30), date(2030, 6, 29), (date(2028, 3, 30), date(2028, 6, 30)), (date(2029, 3, 30), date(2029, 6, 30))),
        (date(2028, 2, 29), date(2031, 2, 27), (date(2028, 11, 28), date(2029, 2, 28)), (date(2029, 11, 28), date(2030, 2, 28))),
        (date(2027, 5, 31), date(2030, 5, 30), (date(2028, 2, 29), date(2028, 5, 31)), (date(2029, 2, 28), date(2029, 5, 31))),
    ],
)  # fmt: skip
def test_months_are_counted_from_the_decision(
    decided: date, last: date, first_window: tuple[date, date], second_window: tuple[date, date]
) -> None:
    assert valid_until(decided) == last
    assert surveillance_due(decided, 1) == first_window
    assert surveillance_due(decided, 2) == second_window


@pytest.mark.parametrize(
    ("on", "events", "state", "since"),
    [
        (date(2027, 6, 29), (), LifeState.NOT_YET, DECIDED),
        (DECIDED, (), LifeState.VALID, DECIDED),
        (date(2030, 6, 29), (), LifeState.VALID, DECIDED),
        (date(2030, 6, 30), (), LifeState.EXPIRED, date(2030, 6, 30)),
        (date(2028, 9, 1), ((SUSPENDED, date(2028, 9, 1)),), LifeState.SUSPENDED, date(2028, 9, 1)),
        (date(2028, 8, 31), ((SUSPENDED, date(2028, 9, 1)),), LifeState.VALID, DECIDED),
        (date(2028, 11, 1), ((SUSPENDED, date(2028, 9, 1)), (RESTORED, date(2028, 10, 1))), LifeState.VALID, date(2028, 10, 1)),
        (date(2028, 9, 1), ((SUSPENDED, date(2028, 9, 1)), (RESTORED, date(2028, 9, 1))), LifeState.VALID, date(2028, 9, 1)),
        (date(2030, 7, 1), ((SUSPENDED, date(2028, 9, 1)),), LifeState.EXPIRED, date(2030, 6, 30)),
        (date(2029, 1, 1), ((WITHDRAWN, date(2028, 12, 1)), (RESTORED, date(2028, 12, 2))), LifeState.WITHDRAWN, date(2028, 12, 1)),
        (date(2040, 1, 1), ((WITHDRAWN, date(2028, 12, 1)),), LifeState.WITHDRAWN, date(2028, 12, 1)),
    ],
)  # fmt: skip
def test_the_state_of_a_day(
    on: date, events: tuple[tuple[CertificateStep, date], ...], state: LifeState, since: date
) -> None:
    found = life(a_certificate(*(an_event(step, day) for step, day in events)), on)
    assert (found.state, found.since) == (state, since)


def test_events_are_read_by_their_day_whatever_the_order_they_stand_in() -> None:
    late, early = an_event(RESTORED, date(2028, 10, 1)), an_event(SUSPENDED, date(2028, 9, 1))
    assert life(a_certificate(late, early), date(2028, 11, 1)).state is LifeState.VALID


def test_a_suspended_one_says_why() -> None:
    found = life(
        a_certificate(an_event(SUSPENDED, date(2028, 9, 1), "Surveillance refused")), date(2028, 9, 2)
    )
    assert found.reason == "Surveillance refused"
    assert found.words == "Suspended since 1 Sept 2028."


@pytest.mark.parametrize(
    ("on", "first", "second"),
    [
        (date(2028, 3, 29), "ahead", "ahead"),
        (date(2028, 3, 30), "open", "ahead"),
        (date(2028, 6, 30), "open", "ahead"),
        (date(2028, 7, 1), "overdue", "ahead"),
        (date(2029, 7, 1), "overdue", "overdue"),
    ],
)
def test_a_surveillance_is_open_in_its_window_and_overdue_after_it(on: date, first: str, second: str) -> None:
    assert states(a_certificate(), on)[:2] == [("surveillance", 1, first), ("surveillance", 2, second)]
    assert life(a_certificate(), on).state is LifeState.VALID


@pytest.mark.parametrize(
    ("confirmed", "first", "second"),
    [
        ([date(2028, 3, 29)], "overdue", "overdue"),
        ([date(2028, 3, 30)], "done", "overdue"),
        ([date(2028, 9, 1)], "done", "overdue"),
        ([date(2029, 4, 1)], "done", "overdue"),
        ([date(2028, 6, 1), date(2029, 6, 1)], "done", "done"),
        ([date(2028, 6, 1), date(2028, 7, 1)], "done", "overdue"),
    ],
)
def test_each_confirmation_counts_once_for_the_earliest_surveillance_that_waits(
    confirmed: list[date], first: str, second: str
) -> None:
    certificate = a_certificate(*(an_event(CONFIRMED, day) for day in confirmed))
    assert [state for _kind, _number, state in states(certificate, date(2029, 8, 1))[:2]] == [first, second]


def test_the_next_surveillance_is_the_earliest_not_done() -> None:
    found = life(a_certificate(an_event(CONFIRMED, date(2028, 6, 1))), date(2028, 6, 2))
    assert found.next_surveillance == Due(
        kind=DueKind.SURVEILLANCE,
        window_from=date(2029, 3, 30),
        due_on=date(2029, 6, 30),
        state=DueState.AHEAD,
        number=2,
    )
    assert found.next_surveillance.words == "Surveillance 2: between 30 Mar 2029 and 30 Jun 2029."


@pytest.mark.parametrize(
    ("on", "state"),
    [(date(2030, 3, 28), "ahead"), (date(2030, 3, 29), "open"), (date(2030, 6, 29), "open")],
)
def test_recertification_is_due_before_the_certificate_ends(on: date, state: str) -> None:
    assert states(a_certificate(), on)[-1] == ("recertification", 0, state)


@pytest.mark.parametrize(
    ("on", "events", "state", "due"),
    [
        (DECIDED, (), LifeState.CONDITIONAL, "open"),
        (date(2027, 9, 28), (), LifeState.CONDITIONAL, "open"),
        (date(2027, 9, 29), (), LifeState.CONDITIONAL, "overdue"),
        (date(2027, 8, 28), (), LifeState.CONDITIONAL, "open"),
        (date(2027, 8, 29), (date(2027, 8, 29),), LifeState.VALID, "done"),
    ],
)
def test_a_conditional_one_waits_for_its_majors_and_is_never_suspended_by_itself(
    on: date, events: tuple[date, ...], state: LifeState, due: str
) -> None:
    certificate = a_certificate(*(an_event(CONFIRMED, day) for day in events), is_conditional=True)
    found = life(certificate, on)
    assert majors_due_on(DECIDED) == date(2027, 9, 28)
    assert found.state is state
    assert states(certificate, on)[0] == ("majors", 0, due)
    assert [one.kind for one in found.overdue] == ([DueKind.MAJORS] if due == "overdue" else [])


def test_the_confirmation_that_settles_the_condition_is_no_surveillance() -> None:
    late = a_certificate(an_event(CONFIRMED, date(2028, 4, 15)), is_conditional=True)
    assert states(late, date(2028, 7, 1)) == [
        ("majors", 0, "done"),
        ("surveillance", 1, "overdue"),
        ("surveillance", 2, "ahead"),
        ("recertification", 0, "ahead"),
    ]


def test_the_edition_may_give_majors_other_days() -> None:
    found = life(a_certificate(is_conditional=True), DECIDED + timedelta(days=61), majors_days=60)
    assert [one.words for one in found.overdue] == ["Majors closed: overdue since 29 Aug 2027."]


def test_what_takes_its_place_ends_it_from_its_own_first_day() -> None:
    old = a_certificate()
    new = a_certificate(decided_on=date(2030, 5, 1), number="C-2030-0007", replaces=old.id)
    assert life(old, date(2030, 4, 30), replaced_by=new).state is LifeState.VALID
    found = life(old, date(2030, 5, 1), replaced_by=new)
    assert (found.state, found.dues) == (LifeState.EXPIRED, ())
    assert found.words == "Replaced by C-2030-0007 on 1 May 2030."
    assert found.until == date(2030, 4, 30)


def test_one_replaced_only_after_its_end_has_expired_by_itself() -> None:
    old = a_certificate()
    new = a_certificate(decided_on=date(2030, 8, 1), number="C-2030-0007")
    found = life(old, date(2030, 9, 1), replaced_by=new)
    assert (found.since, found.words) == (date(2030, 6, 30), "Expired after 29 Jun 2030.")


@pytest.mark.parametrize("on", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_clock_at_the_end_of_the_calendar_does_no_harm(on: date) -> None:
    assert life(a_certificate(), on).state in (LifeState.NOT_YET, LifeState.EXPIRED)


@pytest.mark.parametrize(
    ("before", "step", "on", "code"),
    [
        ((), SUSPENDED, date(2028, 9, 1), None),
        ((), RESTORED, date(2028, 9, 1), "certificate.step-unfit"),
        ((SUSPENDED,), RESTORED, date(2028, 9, 1), None),
        ((SUSPENDED,), SUSPENDED, date(2028, 9, 1), "certificate.step-unfit"),
        ((SUSPENDED,), RESTORED, date(2028, 8, 1), "certificate.step-unfit"),
        ((SUSPENDED,), CONFIRMED, date(2028, 8, 2), "certificate.step-earlier"),
        ((SUSPENDED,), WITHDRAWN, date(2028, 9, 1), None),
        ((WITHDRAWN,), RESTORED, date(2028, 9, 1), "certificate.step-unfit"),
        ((), CONFIRMED, date(2030, 6, 30), "certificate.step-unfit"),
        ((), WITHDRAWN, date(2027, 6, 29), "certificate.step-earlier"),
    ],
)
def test_only_fitting_steps_follow_each_other(
    before: tuple[CertificateStep, ...], step: CertificateStep, on: date, code: str | None
) -> None:
    certificate = a_certificate(*(an_event(one, date(2028, 8, 15)) for one in before))
    if code is None:
        check_step(certificate, step, on, "A reason")
        with pytest.raises(RuleBroken) as caught:
            check_step(certificate, step, on, "  ")
        code = "certificate.reason-missing"
    else:
        with pytest.raises(RuleBroken) as caught:
            check_step(certificate, step, on, "A reason")
    assert caught.value.code == code
    assert caught.value.way_out
