"""The lines of the findings table say the same as the rules do over whole records, and are read again only where touched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.cause import Cause
from qma_app.domain.cause_rules import CauseTree
from qma_app.domain.edition import Edition
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.finding_reading import actions_of_finding, causes_of_finding
from qma_app.domain.finding_state import FindingState, action_is_overdue, agreed_actions, stage_of, state_of
from qma_app.domain.ids import ActionId, ActionLinkId, CauseId, EngagementId, FindingId
from qma_app.domain.record import Changes
from qma_app.services.actions import change_action, delete_action, link_action, plan_action, unlink_action
from qma_app.services.causes import add_cause
from qma_app.services.findings import change_finding, delete_finding, note_sighting, raise_finding
from qma_app.services.findings_listing import (
    FindingLine,
    read_actions,
    read_listing,
    touched_findings,
    words_of_findings,
)
from qma_app.services.workspace import Workspace, create_workspace
from tests.builders import GREETING, NOW, a_dealership, a_site, an_edition, an_engagement, an_id

HOUSE = an_engagement(coach_id=None)
TODAY = NOW.date()
DAYS = (None, TODAY - timedelta(days=3), TODAY + timedelta(days=5))
_STAGE_NAMES = ("plan", "do", "check", "act")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with create_workspace(tmp_path / "w", clock=lambda: NOW) as workspace:
        with workspace.writing("test.filled") as work:
            work.put_edition(the_edition())
            work.put(a_dealership())
            work.put(a_site())
            work.put(HOUSE)
            _fill(work)
        yield workspace


def the_edition() -> Edition:
    return an_edition()


def _fill(work: object) -> None:
    """Findings with actions in every mixture of stages, dropped ones and proposals among them."""
    put = work.put  # type: ignore[attr-defined]
    for number in range(1, 41):
        finding = Finding(
            id=FindingId(an_id(f"f{number}")),
            engagement_id=HOUSE.id,
            number=number,
            grade=tuple(FindingGrade)[number % 4],
            statement=f"Statement {number}",
            checkpoint_id=GREETING if number % 3 else None,
            due_on=DAYS[number % 3],
            seen_on=TODAY - timedelta(days=number),
            closed_on=TODAY if number % 7 == 0 else None,
        )
        put(finding)
        for place in range(number % 4):
            kind = (number + 3 * place) % 8
            action = Action(
                id=ActionId(an_id(f"a{number}.{place}")),
                engagement_id=HOUSE.id,
                number=number * 10 + place,
                what="Do it",
                due_on=DAYS[(number + place) % 3],
                started_on=TODAY if 1 <= kind <= 5 else None,
                done_on=TODAY if 3 <= kind <= 5 else None,
                effective_on=TODAY if kind == 5 else None,
                dropped_on=TODAY if kind == 6 else None,
                is_proposal=kind == 7,
            )
            put(action)
            put(
                ActionLink(
                    id=ActionLinkId(an_id(f"l{number}.{place}")), action_id=action.id, finding_id=finding.id
                )
            )
        above: CauseId | None = None
        for depth in range(number % 3):
            cause = Cause(
                id=CauseId(an_id(f"c{number}.{depth}")),
                engagement_id=HOUSE.id,
                finding_id=finding.id,
                parent_id=above,
                words="Why",
                category="method" if number % 2 else "people",
                is_changeable=bool(number % 5),
            )
            above = put(cause).id


def lines(workspace: Workspace) -> dict[str, FindingLine]:
    return {line.id: line for line in read_listing(workspace, HOUSE.id).lines}


def test_each_line_says_what_the_rules_say_of_the_records(workspace: Workspace) -> None:
    found = lines(workspace)
    seen = set()
    with workspace.reading() as reader:
        for finding in reader.all(Finding):
            line, actions = found[finding.id], actions_of_finding(reader, finding.id)
            agreed = agreed_actions(actions)
            if agreed and finding.is_open:
                assert line.stage is not None
                assert _STAGE_NAMES[line.stage] == stage_of(finding, actions).value
            assert (line.stage is None) == (not agreed)
            late = line.work_due_on is not None and line.work_due_on < TODAY.isoformat()
            assert late == any(action_is_overdue(action, TODAY) for action in actions)
            if state_of(finding, actions) is FindingState.TO_VERIFY:
                assert line.check_from is not None
            roots = {root.category for root in CauseTree(causes_of_finding(reader, finding.id)).roots}
            assert set((line.categories or "").split(",")) - {""} == roots
            seen.add((line.stage, late, line.check_from is not None, bool(roots)))
    assert len(seen) > 8


def test_lines_come_newest_first_and_know_their_place_in_the_standard(workspace: Workspace) -> None:
    listing = read_listing(workspace, HOUSE.id)
    assert [line.number for line in listing.lines] == list(range(40, 0, -1))
    spot = listing.whereabouts.of(listing.lines[0])
    assert (spot.area_id, spot.process) == ("service", "SRV-01")
    assert listing.whereabouts.of(listing.lines[1]).area == ""


def _dropped_again(workspace: Workspace, finding: FindingId) -> Changes:
    with workspace.reading() as reader:
        action = actions_of_finding(reader, finding)[0]
    return unlink_action(workspace, action.id, finding)


@pytest.mark.parametrize(
    "edit",
    [
        lambda w, id: change_finding(w, id, owner="R. Muster"),
        lambda w, id: note_sighting(w, id, words="Again"),
        lambda w, id: add_cause(w, id, words="Because"),
        lambda w, id: plan_action(w, engagement_id=HOUSE.id, what="New", findings=[id]),
        _dropped_again,
        lambda w, id: delete_action(w, ActionId(an_id("a3.0"))),
        lambda w, id: change_action(w, ActionId(an_id("a3.0")), owner="E. Beispiel"),
    ],
)
def test_an_edit_touches_its_own_lines_and_reads_them_as_they_are_now(workspace: Workspace, edit) -> None:
    id = FindingId(an_id("f3"))
    changes = edit(workspace, id)
    touched = touched_findings(workspace, HOUSE.id, changes)
    assert touched is not None
    assert [line.id for line in touched.lines] == [id]
    assert touched.lines[0] == lines(workspace)[id]
    assert not touched.gone


def test_an_action_that_serves_two_findings_touches_both(workspace: Workspace) -> None:
    action, other = ActionId(an_id("a3.0")), FindingId(an_id("f4"))
    link_action(workspace, action, other)
    touched = touched_findings(workspace, HOUSE.id, change_action(workspace, action, owner="E. Beispiel"))
    assert touched is not None
    assert {line.number for line in touched.lines} == {3, 4}
    assert read_actions(workspace, HOUSE.id).served[action] == [an_id("f3"), an_id("f4")]


def test_what_goes_to_the_bin_is_named_as_gone_and_other_edits_touch_nothing(workspace: Workspace) -> None:
    id = FindingId(an_id("f3"))
    touched = touched_findings(workspace, HOUSE.id, delete_finding(workspace, id))
    assert touched is not None
    assert (list(touched.lines), set(touched.gone)) == ([], {id})
    with workspace.writing("test.other") as work:
        work.put(replace(work.get(type(HOUSE), HOUSE.id), note="x"))
    assert touched_findings(workspace, HOUSE.id, work.changes) is None


def test_the_words_of_causes_and_actions_are_found_at_their_findings(workspace: Workspace) -> None:
    raise_finding(workspace, engagement_id=HOUSE.id, statement="Keys hang open", grade=FindingGrade.MINOR)
    id = next(iter(read_listing(workspace, HOUSE.id).lines)).id
    add_cause(workspace, FindingId(id), words="No cabinet")
    plan_action(workspace, engagement_id=HOUSE.id, what="Buy a cabinet lock", findings=[FindingId(id)])
    words = words_of_findings(workspace, HOUSE.id, [id])
    assert list(words) == [id]
    assert all(part in words[id] for part in ("F-041", "Keys hang", "No cabinet", "Buy a cabinet lock"))
    assert len(words_of_findings(workspace, HOUSE.id)) == 41


def test_findings_of_another_programme_stay_out(workspace: Workspace) -> None:
    other = replace(HOUSE, id=EngagementId(an_id("other programme")), started_on=date(2026, 2, 2), version=0)
    with workspace.writing("test.other") as work:
        work.put(other)
    changes = raise_finding(
        workspace, engagement_id=other.id, statement="Elsewhere", grade=FindingGrade.MINOR
    )
    assert len(lines(workspace)) == 40
    touched = touched_findings(workspace, HOUSE.id, changes)
    assert touched is not None
    assert list(touched.lines) == []
