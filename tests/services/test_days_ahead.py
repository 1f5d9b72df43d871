"""A day on which something is said to have happened has come; a day by which something shall happen may lie ahead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from qma_app.domain.action import Action, Stage
from qma_app.domain.assessment import Assessment
from qma_app.domain.finding import Finding, FindingGrade, Reply
from qma_app.domain.month import Month
from qma_app.domain.reading import MonthFigures
from qma_app.errors import RuleBroken
from qma_app.i18n import in_language
from qma_app.services import actions, assessments, findings
from qma_app.services.readings import write_readings
from tests.services.conftest import Programme

TODAY = date(2026, 11, 21)
TOMORROW = TODAY + timedelta(days=1)


def raised(programme: Programme, **fields: Any) -> Finding:
    return findings.raise_finding(
        programme.workspace,
        engagement_id=programme.engagement.id,
        grade=FindingGrade.IMPROVEMENT,
        statement="No price",
        **fields,
    ).made(Finding)


def agreed(programme: Programme, **fields: Any) -> Action:
    return actions.plan_action(
        programme.workspace, engagement_id=programme.engagement.id, what="Price first", **fields
    ).made(Action)


def accepted(programme: Programme) -> Finding:
    """A finding with an agreed action, whose plan may be accepted."""
    finding = raised(programme)
    agreed(programme, findings=(finding.id,))
    return finding


SAID: tuple[tuple[str, Callable[[Programme, date], Any]], ...] = (
    ("Seen on", lambda one, day: raised(one, seen_on=day)),
    ("Seen on", lambda one, day: findings.change_finding(one.workspace, raised(one).id, seen_on=day)),
    (
        "Corrected on",
        lambda one, day: findings.change_finding(one.workspace, raised(one).id, corrected_on=day),
    ),
    ("Seen on", lambda one, day: findings.note_sighting(one.workspace, raised(one).id, seen_on=day)),
    (
        "Replied on",
        lambda one, day: findings.reply_to_finding(one.workspace, raised(one).id, reply=Reply.AGREED, on=day),
    ),
    ("Plan accepted on", lambda one, day: findings.accept_plan(one.workspace, accepted(one).id, on=day)),
    ("Closed on", lambda one, day: findings.close_finding(one.workspace, raised(one).id, note="ok", on=day)),
    ("Started on", lambda one, day: agreed(one, started_on=day)),
    ("Done on", lambda one, day: actions.change_action(one.workspace, agreed(one).id, done_on=day)),
    ("Started on", lambda one, day: actions.move_action(one.workspace, agreed(one).id, Stage.DO, on=day)),
    ("Done on", lambda one, day: actions.move_action(one.workspace, agreed(one).id, Stage.CHECK, on=day)),
    ("Given up on", lambda one, day: actions.drop_action(one.workspace, agreed(one).id, reason="x", on=day)),
    (
        "Completed on",
        lambda one, day: assessments.complete_assessment(one.workspace, one.assessment.id, on=day),
    ),
)


@pytest.mark.parametrize(("place", "say"), SAID)
def test_what_has_not_come_is_refused_with_its_place_and_a_way_out(
    programme: Programme, place: str, say: Callable[[Programme, date], Any]
) -> None:
    with pytest.raises(RuleBroken) as told:
        say(programme, TOMORROW)
    assert told.value.code == "day.ahead"
    assert str(told.value) == f"{place}: 22 Nov 2026 lies ahead. Choose today or an earlier day."
    say(programme, TODAY)


def test_nothing_is_written_then(programme: Programme) -> None:
    with pytest.raises(RuleBroken):
        assessments.complete_assessment(programme.workspace, programme.assessment.id, on=TOMORROW)
    with programme.workspace.reading() as reader:
        assert reader.get(Assessment, programme.assessment.id).is_open


def test_what_shall_happen_may_lie_ahead(programme: Programme) -> None:
    action = agreed(programme, due_on=TOMORROW, check_on=TOMORROW)
    later = TOMORROW + timedelta(days=30)
    actions.change_action(programme.workspace, action.id, due_on=later, check_on=later)
    findings.change_finding(programme.workspace, raised(programme).id, due_on=later)


def test_words_are_corrected_beside_a_day_that_was_written_when_the_clock_ran_ahead(
    programme: Programme,
) -> None:
    finding = raised(programme)
    with programme.workspace.writing("test.ahead") as work:
        work.put(replace(work.get(Finding, finding.id), seen_on=TOMORROW))
    findings.change_finding(programme.workspace, finding.id, statement="No price on the order")


def test_a_month_that_has_not_begun_is_named(programme: Programme) -> None:
    def write(month: Month) -> Any:
        figures = MonthFigures(month=month, numerator=Decimal(1), denominator=Decimal(4))
        return write_readings(programme.workspace, programme.engagement.id, "C02", [figures])

    with pytest.raises(RuleBroken) as told:
        write(Month(2026, 12))
    assert told.value.code == "reading.ahead"
    assert "2026-12 lies ahead" in str(told.value)
    write(Month(2026, 11))


def test_it_is_said_in_german_too(programme: Programme) -> None:
    with in_language("de"), pytest.raises(RuleBroken) as told:
        raised(programme, seen_on=TOMORROW)
    assert "22.11.2026" in str(told.value)
    assert "lies ahead" not in str(told.value)
