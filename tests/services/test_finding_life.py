"""A finding from the rating it came from to its end: what each step asks for, and what the history tells of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from qma_app.domain.action import Action, Stage
from qma_app.domain.cause import Cause
from qma_app.domain.finding import Finding, FindingGrade, Reply, Sighting
from qma_app.domain.finding_reading import actions_of_finding
from qma_app.domain.finding_state import FindingState, state_of
from qma_app.domain.month import Month
from qma_app.domain.people import Role
from qma_app.domain.verification import Effect
from qma_app.errors import RuleBroken
from qma_app.services import actions, causes, findings, readings, verifying
from qma_app.services.bin import list_bin, restore_from_bin
from qma_app.services.finding_history import finding_history
from qma_app.services.log import verify_workspace
from qma_app.services.ratings import rate_checkpoint
from qma_app.services.searching import search
from qma_app.services.undoing import redo, undo
from qma_app.services.verifying import Target
from qma_app.services.working import start_working
from tests.services.conftest import Programme
from tests.settling import settle, understand

SEEN, ON = date(2026, 5, 4), date(2026, 6, 15)


def raised(programme: Programme, points: int = 4) -> Finding:
    critical = next(checkpoint.id for checkpoint in programme.checkpoints if checkpoint.is_critical)
    rate_checkpoint(programme.workspace, programme.assessment.id, critical, points=points)
    with programme.workspace.reading() as reader:
        draft = findings.draft_finding(reader, programme.assessment.id, critical)
    drafted = {name: getattr(draft, name) for name in draft.__slots__}
    return findings.raise_finding(programme.workspace, **drafted, seen_on=SEEN).made(Finding)


def planned(programme: Programme, *found: Finding, **fields: object) -> Action:
    return actions.plan_action(
        programme.workspace,
        engagement_id=programme.engagement.id,
        what="Price before the key",
        findings=[finding.id for finding in found],
        **fields,
    ).made(Action)


def now(programme: Programme, finding: Finding) -> Finding:
    with programme.workspace.reading() as reader:
        return reader.get(Finding, finding.id)


def test_from_a_rating_of_four_to_closed_with_every_step_in_the_history(programme: Programme) -> None:
    workspace = programme.workspace
    start_working(workspace, role=Role.COACH, name="Ines Coach", number="C-1")
    finding = raised(programme)
    assert finding.grade is FindingGrade.MAJOR  # critical, below 8 points
    understand(workspace, finding.id)
    first = planned(programme, finding, due_on=ON, owner="R. Huber")
    findings.accept_plan(workspace, finding.id)
    actions.move_action(workspace, first.id, Stage.CHECK, on=ON)
    verifying.verify_by_sample(
        workspace, Target(action_id=first.id), size=10, allowed=1, failing=3, on=date(2026, 8, 20)
    )
    again = now(programme, finding)
    assert again.plan_accepted_on is None
    with workspace.reading() as reader:
        back = reader.get(Action, first.id)
        assert (back.stage, back.reopened) == (Stage.PLAN, 1)
    actions.drop_action(workspace, first.id, reason="A reminder does not help")
    second = planned(programme, finding)
    actions.move_action(workspace, second.id, Stage.CHECK, on=date(2026, 9, 1))
    with pytest.raises(RuleBroken, match="A-002 is not yet shown"):
        findings.close_finding(workspace, finding.id, note="all well")
    verifying.verify_by_sample(
        workspace, Target(action_id=second.id), size=20, allowed=1, failing=0, on=date(2026, 11, 6)
    )
    with workspace.reading() as reader:
        state = state_of(reader.get(Finding, finding.id), actions_of_finding(reader, finding.id))
    assert state is FindingState.EFFECTIVE
    findings.close_finding(workspace, finding.id, note="20 of 20 orders with a price")
    with workspace.reading() as reader:
        lines = finding_history(reader, finding.id)
    assert {line.who for line in lines} == {"Ines Coach"}
    assert [line.at for line in lines] == sorted(line.at for line in lines)
    assert [line.title for line in lines] == [
        "Rating",
        "F-001: raised",
        "Cause: noted",
        "Cause: noted",
        "Cause: noted",
        "Action A-001: planned",
        "Action A-001 for this finding",
        "F-001: plan accepted",
        "Action A-001: done",
        "Check of A-001, Sample: not shown",
        "Action A-001: no effect, back to plan",
        "F-001: plan no longer accepted",
        "Action A-001: given up",
        "Action A-002: planned",
        "Action A-002 for this finding",
        "Action A-002: done",
        "Check of A-002, Sample: effective",
        "Action A-002: effect shown",
        "F-001: closed",
    ]
    told = {line.title: line.detail for line in lines}
    assert "Points: 4" in told["Rating"]
    assert "A reminder does not help" in told["Action A-001: given up"]
    assert "Failing found: 3" in told["Check of A-001, Sample: not shown"]
    assert "20 of 20 orders with a price" in told["F-001: closed"]
    assert verify_workspace(workspace).faults == ()


def test_what_was_taken_back_stands_in_the_history_as_taken_back(programme: Programme) -> None:
    workspace = programme.workspace
    finding = raised(programme)
    edit = causes.add_cause(workspace, finding.id, words="Nobody asks")
    undo(workspace, edit)
    redo(workspace, edit)
    causes.remove_cause(workspace, edit.made(Cause).id)
    with workspace.reading() as reader:
        titles = [line.title for line in finding_history(reader, finding.id)]
    assert titles[-4:] == ["Cause: noted", "Cause: taken back", "Cause: done again", "Cause: removed"]


def test_a_finding_nobody_knows_has_no_history(programme: Programme) -> None:
    with programme.workspace.reading() as reader:
        assert finding_history(reader, "nowhere") == ()  # type: ignore[arg-type]  # an id as it comes from outside


def test_another_grade_than_the_suggested_needs_its_reason(programme: Programme) -> None:
    finding = raised(programme)
    with pytest.raises(RuleBroken, match="suggests major"):
        findings.change_finding(programme.workspace, finding.id, grade=FindingGrade.MINOR)
    findings.change_finding(
        programme.workspace, finding.id, grade=FindingGrade.MINOR, grade_reason="One of forty"
    )
    assert now(programme, finding).grade is FindingGrade.MINOR
    free = findings.raise_finding(
        programme.workspace,
        engagement_id=programme.engagement.id,
        statement="Free",
        grade=FindingGrade.MINOR,
    ).made(Finding)
    findings.change_finding(programme.workspace, free.id, grade=FindingGrade.MAJOR)


def test_a_disagreement_needs_the_dealerships_words_and_can_be_taken_back(programme: Programme) -> None:
    workspace, finding = programme.workspace, raised(programme)
    with pytest.raises(RuleBroken, match="dealership's words"):
        findings.reply_to_finding(workspace, finding.id, reply=Reply.DISAGREED, words=" ")
    findings.reply_to_finding(
        workspace, finding.id, reply=Reply.DISAGREED, words="Only on Saturdays", by="E. Kern", on=ON
    )
    said = now(programme, finding)
    assert (said.reply, said.reply_words, said.reply_by, said.replied_on) == (
        Reply.DISAGREED,
        "Only on Saturdays",
        "E. Kern",
        ON,
    )
    findings.reply_to_finding(workspace, finding.id, reply=None)
    assert now(programme, finding).reply_words == ""


def test_a_plan_is_accepted_only_with_an_agreed_action_and_a_cause(programme: Programme) -> None:
    workspace, finding = programme.workspace, raised(programme)
    with pytest.raises(RuleBroken, match="no agreed action"):
        findings.accept_plan(workspace, finding.id)
    planned(programme, finding, is_proposal=True)
    with pytest.raises(RuleBroken, match="no agreed action"):
        findings.accept_plan(workspace, finding.id)
    planned(programme, finding)
    with pytest.raises(RuleBroken, match="why"):
        findings.accept_plan(workspace, finding.id)
    understand(workspace, finding.id)
    findings.accept_plan(workspace, finding.id, on=ON)
    assert now(programme, finding).plan_accepted_on == ON
    findings.withdraw_plan(workspace, finding.id)
    assert now(programme, finding).plan_accepted_on is None


def test_seen_again_is_noted_at_the_finding_and_opens_it(programme: Programme) -> None:
    workspace, finding = programme.workspace, raised(programme)
    settle(workspace, finding.id, note="gone")
    changes = findings.note_sighting(workspace, finding.id, words="Desk 2 as well", place="Desk 2")
    again = now(programme, finding)
    assert (again.is_open, again.reopened) == (True, 1)
    findings.note_sighting(workspace, finding.id, words="And desk 3")
    assert now(programme, finding).reopened == 1
    findings.remove_sighting(workspace, changes.made(Sighting).id)
    with workspace.reading() as reader:
        assert [one.words for one in reader.all(Sighting)] == ["And desk 3"]


def test_a_check_without_effect_opens_what_was_closed_on_it(programme: Programme) -> None:
    workspace, finding = programme.workspace, raised(programme)
    understand(workspace, finding.id)
    action = planned(programme, finding)
    actions.move_action(workspace, action.id, Stage.CHECK, on=ON)
    target = Target(action_id=action.id)
    verifying.verify_by_look(workspace, target, points=10, on=ON)
    findings.close_finding(workspace, finding.id, note="seen")
    verifying.verify_by_look(workspace, target, points=0, on=date(2026, 11, 20))
    again = now(programme, finding)
    assert (again.is_open, again.reopened) == (True, 1)


def test_causes_and_actions_are_found_by_their_words(programme: Programme) -> None:
    workspace, finding = programme.workspace, raised(programme)
    causes.add_cause(workspace, finding.id, words="Nobody owns the tariff card")
    action = planned(programme, finding, goal="Tariff card on every desk")
    hits = {hit.kind: hit for hit in search(workspace, "tariff card")}
    assert (hits["cause"].title, hits["cause"].finding_id) == ("F-001", finding.id)
    assert (hits["action"].title, hits["action"].action_id) == ("A-001", action.id)


def test_an_action_comes_back_from_the_bin_with_its_ties(programme: Programme) -> None:
    workspace, finding = programme.workspace, raised(programme)
    action = planned(programme, finding)
    actions.delete_action(workspace, action.id)
    with workspace.reading() as reader:
        assert actions_of_finding(reader, finding.id) == ()
    assert [row.title for row in list_bin(workspace)] == ["A-001 Price before the key"]
    restore_from_bin(workspace, Action, action.id)
    with workspace.reading() as reader:
        assert [one.id for one in actions_of_finding(reader, finding.id)] == [action.id]
    assert planned(programme).number == 2


def test_the_figures_of_a_check_stay_when_readings_are_corrected(programme: Programme) -> None:
    workspace, finding = programme.workspace, raised(programme)
    action = planned(programme, finding)
    actions.move_action(workspace, action.id, Stage.CHECK, on=date(2026, 6, 30))
    for month, late in ((3, 18), (9, 9)):
        figures = readings.MonthFigures(
            month=Month(2026, month), numerator=Decimal(late), denominator=Decimal(250)
        )
        readings.write_readings(workspace, programme.engagement.id, "C03", [figures])
    changes = verifying.verify_by_kpi(
        workspace,
        Target(action_id=action.id),
        kpi="C03",
        before=(Month(2026, 1), Month(2026, 5)),
        after=(Month(2026, 7), Month(2026, 12)),
        effect=Effect.NOT_SHOWN,
        reason="Too early to say",
        on=date(2026, 11, 20),
    )
    readings.write_readings(
        workspace,
        programme.engagement.id,
        "C03",
        [readings.MonthFigures(month=Month(2026, 3), numerator=Decimal(1), denominator=Decimal(250))],
    )
    with workspace.reading() as reader:
        (kept,) = (reader.get(type(one), one.id) for one in changes.of(type(changes.records[0].after)))
    assert [str(one.numerator) for one in kept.readings] == ["18", "9"]  # type: ignore[attr-defined]  # a verification
