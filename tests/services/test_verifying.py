"""Checks of the effect: what follows from each, what is refused, and that nothing is half written then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from qma_app.domain.action import Action, ActionLink, Stage
from qma_app.domain.drawing_lots import draw_lots
from qma_app.domain.finding import Finding
from qma_app.domain.ids import FindingId
from qma_app.domain.month import Month
from qma_app.domain.people import Role
from qma_app.domain.reading import MonthFigures
from qma_app.domain.verification import Effect, Verification, VerificationKind
from qma_app.errors import RuleBroken
from qma_app.services import actions, findings, readings, verifying
from qma_app.services.effect_suggestion import suggested_effect_of
from qma_app.services.ratings import rate_checkpoint
from qma_app.services.undoing import undo
from qma_app.services.verifying import Target
from qma_app.services.working import start_working
from tests.services.conftest import PRICE, Programme
from tests.settling import settle, understand

DONE, CHECKED = date(2026, 6, 30), date(2026, 11, 21)
FIRST_HALF, SECOND_HALF = (Month(2026, 1), Month(2026, 6)), (Month(2026, 7), Month(2026, 12))


def raised(programme: Programme, points: int = 4) -> Finding:
    rate_checkpoint(programme.workspace, programme.assessment.id, PRICE, points=points)
    return findings.raise_from_checkpoint(programme.workspace, programme.assessment.id, PRICE).made(Finding)


def done(programme: Programme, *found: Finding, **fields: Any) -> Action:
    action = actions.plan_action(
        programme.workspace,
        engagement_id=programme.engagement.id,
        what="Price before the key",
        findings=[finding.id for finding in found],
        **fields,
    ).made(Action)
    return actions.move_action(programme.workspace, action.id, Stage.CHECK, on=DONE).of(Action)[0]


def by_sample(programme: Programme, action: Action, **fields: Any) -> Verification:
    sample: dict[str, Any] = {"size": 10, "allowed": 1, "failing": 0, "on": CHECKED} | fields
    changes = verifying.verify_by_sample(programme.workspace, Target(action_id=action.id), **sample)
    return changes.of(Verification)[0]


def stored(programme: Programme, kind: type[Any], id: str) -> Any:
    with programme.workspace.reading() as reader:
        return reader.get(kind, id)


def read(programme: Programme, kpi: str, *months: tuple[int, int, int | None]) -> None:
    readings.write_readings(
        programme.workspace,
        programme.engagement.id,
        kpi,
        [
            MonthFigures(
                month=Month(2026, number),
                numerator=Decimal(hits),
                denominator=None if count is None else Decimal(count),
            )
            for number, hits, count in months
        ],
    )


def by_kpi(programme: Programme, action: Action, kpi: str = "C02", **fields: Any) -> Verification:
    spans: dict[str, Any] = {"before": FIRST_HALF, "after": SECOND_HALF, "on": CHECKED} | fields
    changes = verifying.verify_by_kpi(programme.workspace, Target(action_id=action.id), kpi=kpi, **spans)
    return changes.of(Verification)[0]


def refused(code: str) -> Any:
    return pytest.raises(RuleBroken, check=lambda error: error.code == code)


class TestWhatFollows:
    """An effect settles the action; none sends it back and opens what rested on it."""

    def test_a_shown_effect_puts_the_action_into_act_on_the_day_of_the_check(
        self, programme: Programme
    ) -> None:
        start_working(programme.workspace, role=Role.COACH, name="Ines Coach", number="C-1")
        action = done(programme)
        made = by_sample(programme, action)
        assert (made.effect, made.verified_on) == (Effect.EFFECTIVE, CHECKED)
        assert made.verified_by == programme.workspace.store.who
        after = stored(programme, Action, action.id)
        assert (after.stage, after.effective_on, after.reopened) == (Stage.ACT, CHECKED, 0)

    @pytest.mark.parametrize("effect", [Effect.NOT_SHOWN, Effect.WORSE])
    def test_no_effect_sends_it_back_to_plan_counted_and_opens_all_findings_it_serves(
        self, programme: Programme, effect: Effect
    ) -> None:
        workspace = programme.workspace
        first, second = raised(programme), raised(programme)
        understand(workspace, first.id)
        action = done(programme, first, second)
        by_sample(programme, action)
        findings.accept_plan(workspace, first.id)
        findings.close_finding(workspace, first.id, note="10 of 10")
        by_sample(programme, action, failing=3, effect=effect, reason="More than before", on=CHECKED)
        back = stored(programme, Action, action.id)
        assert (back.stage, back.reopened, back.done_on, back.started_on) == (Stage.PLAN, 1, None, None)
        again = stored(programme, Finding, first.id)
        assert (again.is_open, again.reopened, again.plan_accepted_on) == (True, 1, None)
        assert stored(programme, Finding, second.id).reopened == 0

    def test_a_finding_of_its_own_is_opened_again_by_a_check_without_effect(
        self, programme: Programme
    ) -> None:
        finding = raised(programme)
        settle(programme.workspace, finding.id, note="seen in order", on=CHECKED)
        verifying.verify_by_look(
            programme.workspace,
            Target(finding_id=finding.id),
            points=None,
            effect=Effect.NOT_SHOWN,
            words="two of five again",
        )
        assert stored(programme, Finding, finding.id).reopened == 1

    def test_one_undo_takes_the_check_and_all_it_did_back(self, programme: Programme) -> None:
        finding = raised(programme)
        action = done(programme, finding)
        changes = verifying.verify_by_sample(
            programme.workspace, Target(action_id=action.id), size=5, allowed=0, failing=2, on=CHECKED
        )
        undo(programme.workspace, changes)
        back = stored(programme, Action, action.id)
        assert (back.stage, back.reopened) == (Stage.CHECK, 0)
        with programme.workspace.reading() as reader:
            assert verifying.verifications_of_action(reader, action.id) == ()


class TestWhatIsRefused:
    """A refused check leaves nothing behind."""

    def check_refused(self, programme: Programme, action: Action, code: str, **fields: Any) -> None:
        with refused(code):
            by_sample(programme, action, **fields)
        with programme.workspace.reading() as reader:
            assert verifying.verifications_of_action(reader, action.id) == ()
            assert reader.get(Action, action.id) == action

    def test_what_is_not_done_cannot_be_checked(self, programme: Programme) -> None:
        action = done(programme)
        back = actions.move_action(programme.workspace, action.id, Stage.DO).of(Action)[0]
        self.check_refused(programme, back, "verification.not-done")

    def test_what_was_given_up_cannot_be_checked(self, programme: Programme) -> None:
        action = done(programme)
        dropped = actions.drop_action(programme.workspace, action.id, reason="No use").of(Action)[0]
        self.check_refused(programme, dropped, "action.not-agreed")

    def test_not_before_the_day_it_was_done(self, programme: Programme) -> None:
        self.check_refused(programme, done(programme), "verification.too-early", on=date(2026, 6, 29))

    def test_before_the_day_of_the_check_an_effect_needs_a_reason(self, programme: Programme) -> None:
        action = done(programme, due_on=DONE)  # to be checked 60 days later
        early = date(2026, 7, 15)
        self.check_refused(programme, action, "verification.before-check-day", on=early)
        by_sample(programme, action, on=early, reason="All orders of two weeks were looked at")
        assert stored(programme, Action, action.id).stage is Stage.ACT

    def test_before_the_day_of_the_check_no_effect_is_believed_at_once(self, programme: Programme) -> None:
        action = done(programme, due_on=DONE)
        by_sample(programme, action, failing=9, on=date(2026, 7, 1))
        assert stored(programme, Action, action.id).stage is Stage.PLAN

    def test_deciding_against_the_figures_needs_a_reason(self, programme: Programme) -> None:
        action = done(programme)
        self.check_refused(
            programme, action, "verification.reason-missing", failing=4, effect=Effect.EFFECTIVE, reason="  "
        )
        made = by_sample(
            programme, action, failing=4, effect=Effect.EFFECTIVE, reason=" Strike in that week "
        )
        assert (made.effect, made.reason) == (Effect.EFFECTIVE, "Strike in that week")

    @pytest.mark.parametrize(
        "figures",
        [
            {"size": 0, "allowed": 0},
            {"size": 5, "allowed": 5},
            {"allowed": -1},
            {"failing": 11},
            {"failing": -1},
            {"population": 9},
            {"population": 0},
        ],
    )
    def test_figures_no_sample_has(self, programme: Programme, figures: dict[str, int]) -> None:
        self.check_refused(programme, done(programme), "verification.figures", **figures)

    def test_looking_and_documents_need_words_and_a_decision(self, programme: Programme) -> None:
        target = Target(action_id=done(programme).id)
        with refused("verification.effect-missing"):
            verifying.verify_by_look(programme.workspace, target, points=None, words="seen")
        with refused("verification.words-missing"):
            verifying.verify_by_look(programme.workspace, target, points=None, effect=Effect.EFFECTIVE)
        with refused("verification.words-missing"):
            verifying.verify_by_document(programme.workspace, target, effect=Effect.EFFECTIVE, words=" ")
        verifying.verify_by_document(
            programme.workspace, target, effect=Effect.EFFECTIVE, words="Calibration protocol", on=CHECKED
        )

    def test_a_check_is_of_one_action_or_of_one_finding(self, programme: Programme) -> None:
        action, finding = done(programme), raised(programme)
        for target in (Target(), Target(action_id=action.id, finding_id=finding.id)):
            with pytest.raises(ValueError, match="of an action or of a finding"):
                verifying.plan_verification(programme.workspace, target, kind=VerificationKind.SAMPLE)


class TestPlanning:
    """What was agreed beforehand is what is looked at later."""

    def planned(self, programme: Programme, **fields: Any) -> tuple[Action, Verification]:
        action = done(programme)
        agreed: dict[str, Any] = {
            "kind": VerificationKind.SAMPLE,
            "size": 20,
            "allowed": 1,
            "planned_for": CHECKED,
        }
        changes = verifying.plan_verification(
            programme.workspace, Target(action_id=action.id), **agreed | fields
        )
        return action, changes.made(Verification)

    def test_a_planned_check_decides_nothing_and_can_be_changed_and_taken_back(
        self, programme: Programme
    ) -> None:
        action, plan = self.planned(programme)
        assert not plan.is_made
        assert stored(programme, Action, action.id).stage is Stage.CHECK
        verifying.change_verification(programme.workspace, plan.id, size=30)
        assert stored(programme, Verification, plan.id).size == 30
        with refused("verification.figures"):
            verifying.change_verification(programme.workspace, plan.id, allowed=30)
        verifying.remove_verification(programme.workspace, plan.id)
        with programme.workspace.reading() as reader:
            assert verifying.verifications_of_action(reader, action.id) == ()

    def test_the_check_that_was_planned_is_the_one_that_is_made(self, programme: Programme) -> None:
        action, plan = self.planned(programme)
        made = by_sample(programme, action, planned=plan.id, size=20)
        assert (made.id, made.planned_for, made.effect) == (plan.id, CHECKED, Effect.EFFECTIVE)

    def test_what_was_made_is_not_changed_drawn_or_taken_back(self, programme: Programme) -> None:
        action, plan = self.planned(programme)
        by_sample(programme, action, planned=plan.id)
        with refused("verification.made"):
            verifying.change_verification(programme.workspace, plan.id, size=5)
        with refused("verification.made"):
            verifying.remove_verification(programme.workspace, plan.id)
        with refused("verification.made"):
            verifying.draw_sample(programme.workspace, plan.id, population=50, size=5, seed=1)
        with refused("verification.made"):
            by_sample(programme, action, planned=plan.id)

    def test_a_drawn_sample_keeps_its_seed_list_and_numbers(self, programme: Programme) -> None:
        action, plan = self.planned(programme, drawn_of="orders of May")
        verifying.draw_sample(
            programme.workspace, plan.id, population=214, size=20, seed=4711, drawn_by="P. Ammer"
        )
        drawn = stored(programme, Verification, plan.id)
        assert drawn.drawn == draw_lots(214, 20, 4711)
        assert (drawn.population, drawn.size, drawn.seed) == (214, 20, 4711)
        assert (drawn.drawn_of, drawn.drawn_by) == ("orders of May", "P. Ammer")
        made = by_sample(programme, action, planned=plan.id, size=20)
        assert (made.drawn, made.seed) == (drawn.drawn, 4711)

    def test_more_than_there_are_cannot_be_drawn(self, programme: Programme) -> None:
        _action, plan = self.planned(programme)
        with refused("sample.too-large"):
            verifying.draw_sample(programme.workspace, plan.id, population=5, size=20, seed=1)
        assert stored(programme, Verification, plan.id) == plan

    def test_the_offered_seed_is_short_and_new_each_time(self, programme: Programme) -> None:
        seeds = {verifying.offered_seed(programme.workspace) for _turn in range(20)}
        assert len(seeds) == 20
        assert all(0 <= seed < 1_000_000 for seed in seeds)


class TestByKpi:
    """The months before against the months after, with the figures as they were."""

    LATE = ((3, 18, 240), (9, 9, 260))  # the worked example: 7.5 to 3.5 percent

    def test_the_worked_example_is_probably_better_but_not_yet_shown(self, programme: Programme) -> None:
        read(programme, "C02", *self.LATE)
        made = by_kpi(programme, done(programme))
        assert made.effect is Effect.NOT_SHOWN
        assert [(str(one.month), str(one.numerator), str(one.denominator)) for one in made.readings] == [
            ("2026-03", "18", "240"),
            ("2026-09", "9", "260"),
        ]

    def test_the_direction_of_the_kpi_decides_what_is_better(self, programme: Programme) -> None:
        months = ((3, 20, 100), (9, 60, 100))
        read(programme, "C03", *months)  # satisfied customers: higher is better
        read(programme, "C02", *months)  # detractors: lower is better
        assert by_kpi(programme, done(programme), "C03").effect is Effect.EFFECTIVE
        assert by_kpi(programme, done(programme), "C02").effect is Effect.WORSE

    def test_within_a_band_the_person_decides(self, programme: Programme) -> None:
        read(programme, "O43", (3, 5, None), (9, 1, None))
        action = done(programme)
        with refused("verification.effect-missing"):
            by_kpi(programme, action, "O43")
        assert by_kpi(programme, action, "O43", effect=Effect.EFFECTIVE).effect is Effect.EFFECTIVE

    def test_months_without_a_reading_on_one_side_are_named(self, programme: Programme) -> None:
        read(programme, "C02", (3, 18, 240))
        action = done(programme)
        with refused("verification.readings-missing") as trouble:
            by_kpi(programme, action)
        assert "2026-07" in str(trouble.value)
        assert stored(programme, Action, action.id) == action

    def test_months_that_do_not_follow_one_another_are_refused(self, programme: Programme) -> None:
        read(programme, "C02", *self.LATE)
        action = done(programme)
        for before, after in (
            (SECOND_HALF, FIRST_HALF),
            ((Month(2026, 1), Month(2026, 7)), SECOND_HALF),
            ((Month(2026, 6), Month(2026, 1)), SECOND_HALF),
        ):
            with refused("verification.months"):
                by_kpi(programme, action, before=before, after=after)

    def test_shares_are_not_compared_with_bare_values(self, programme: Programme) -> None:
        read(programme, "C02", (3, 18, 240), (9, 4, None))
        with refused("verification.readings-mixed"):
            by_kpi(programme, done(programme))

    def test_readings_outside_the_months_are_left_alone(self, programme: Programme) -> None:
        read(programme, "C02", *self.LATE, (11, 500, 500))
        made = by_kpi(programme, done(programme), after=(Month(2026, 7), Month(2026, 10)))
        assert [one.month.number for one in made.readings] == [3, 9]


class TestByLooking:
    """The points it would get now speak for themselves."""

    @pytest.mark.parametrize(
        ("points", "effect"),
        [(10, Effect.EFFECTIVE), (8, Effect.EFFECTIVE), (6, Effect.NOT_SHOWN), (0, Effect.WORSE)],
    )
    def test_the_points_are_measured_against_those_of_the_finding(
        self, programme: Programme, points: int, effect: Effect
    ) -> None:
        finding = raised(programme, points=4)
        changes = verifying.verify_by_look(
            programme.workspace, Target(finding_id=finding.id), points=points, on=CHECKED
        )
        made = changes.made(Verification)
        assert (made.effect, made.checkpoint_id) == (effect, PRICE)

    def test_an_action_is_looked_at_where_its_finding_was(self, programme: Programme) -> None:
        action = done(programme, raised(programme))
        changes = verifying.verify_by_look(
            programme.workspace, Target(action_id=action.id), points=8, on=CHECKED
        )
        assert changes.made(Verification).checkpoint_id == PRICE

    def test_without_a_checkpoint_points_still_count(self, programme: Programme) -> None:
        changes = verifying.verify_by_look(
            programme.workspace, Target(action_id=done(programme).id), points=10, on=CHECKED
        )
        made = changes.made(Verification)
        assert (made.effect, made.checkpoint_id) == (Effect.EFFECTIVE, None)


def test_a_link_to_a_finding_in_the_bin_does_not_stop_a_check(programme: Programme) -> None:
    finding = raised(programme)
    action = done(programme, finding)
    findings.delete_finding(programme.workspace, finding.id)
    by_sample(programme, action, failing=5)
    with programme.workspace.reading() as reader:
        links = reader.all(ActionLink, action_id=action.id)
        assert all(reader.find(Finding, FindingId(link.finding_id)) is None for link in links)


def test_the_figures_suggest_nothing_before_they_are_there(programme: Programme) -> None:
    _action, plan = TestPlanning().planned(programme)
    with programme.workspace.reading() as reader:
        assert suggested_effect_of(reader, plan) is None
        shown = replace(plan, failing=2)
        assert suggested_effect_of(reader, shown) is Effect.NOT_SHOWN
