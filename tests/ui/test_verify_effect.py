"""Checking an effect in the window: four ways, what the figures speak for, and what is kept when something is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from qma_app.domain.action import Action, Stage
from qma_app.domain.assessment import Assessment
from qma_app.domain.drawing_lots import draw_lots
from qma_app.domain.evidence import EvidenceLink
from qma_app.domain.finding import Finding
from qma_app.domain.month import Month
from qma_app.domain.reading import MonthFigures
from qma_app.domain.verification import Effect, Verification, VerificationKind
from qma_app.services import actions, findings, verifying
from qma_app.services.ratings import rate_checkpoint
from qma_app.services.readings import write_readings
from qma_app.services.verifying import Target
from qma_app.services.workspace import Workspace
from tests.services.conftest import PRICE
from tests.ui.answering import Answer
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from ui.checklists.incoming import Incoming, incoming_of
from ui.dialogs.kpi_readings import KpiReadings
from ui.dialogs.verify_effect import VerifyEffect
from ui.verification.subject import offered_months
from ui.verification.words import change_lines, sample_words
from ui.workbench import Workbench

DONE = date(2026, 6, 10)
KPI = "C02"
Opened = Callable[..., VerifyEffect]


@pytest.fixture
def finding(workspace: Workspace, assessment: Assessment) -> Finding:
    rate_checkpoint(workspace, assessment.id, PRICE, points=4)
    return findings.raise_from_checkpoint(workspace, assessment.id, PRICE).made(Finding)


@pytest.fixture
def action(workspace: Workspace, finding: Finding) -> Action:
    """Done in June, to be checked in August."""
    made = actions.plan_action(
        workspace,
        engagement_id=finding.engagement_id,
        what="Daily check at 08:15",
        findings=[finding.id],
        due_on=date(2026, 6, 15),
        kpi=KPI,
        goal_figure=Decimal(4),
    ).made(Action)
    return actions.move_action(workspace, made.id, Stage.CHECK, on=DONE).of(Action)[0]


@pytest.fixture
def opened(qtbot: QtBot, workbench: Workbench, action: Action) -> Opened:
    kept = []

    def show(**how: Any) -> VerifyEffect:
        target = how.pop("target", Target(action_id=action.id))
        dialog = VerifyEffect(None, workbench, target, **how)
        qtbot.addWidget(dialog)
        dialog.show()
        kept.append(dialog)
        return dialog

    return show


def read(workspace: Workspace, action: Action, *months: tuple[int, int]) -> None:
    write_readings(
        workspace,
        action.engagement_id,
        KPI,
        [
            MonthFigures(month=Month(2026, number), numerator=Decimal(hits), denominator=Decimal(240))
            for number, hits in months
        ],
    )


def checks(workspace: Workspace) -> list[Verification]:
    with workspace.reading() as reader:
        return list(reader.all(Verification))


def now(workspace: Workspace, action: Action) -> Action:
    with workspace.reading() as reader:
        return reader.get(Action, action.id)


def problem(dialog: VerifyEffect) -> str:
    return dialog._problem.text()


class TestBySample:
    """A sample is drawn by lot that can be repeated, ticked, and judged by the number allowed."""

    def test_the_standards_sample_is_offered_and_its_strength_said(self, opened: Opened) -> None:
        dialog = opened()
        assert dialog.kind is VerificationKind.SAMPLE
        assert dialog.sample.count.value() == 10
        assert "orders" in dialog.sample.drawn_of.text()
        dialog.sample.population.setValue(200)
        assert "show it in 66 of 100 cases" in dialog.sample.power.text()
        assert dialog.outcome.effect is None

    def test_a_drawn_sample_is_kept_with_its_seed_ticked_by_keys_and_judged(
        self, qtbot: QtBot, workspace: Workspace, action: Action, opened: Opened
    ) -> None:
        dialog = opened()
        dialog.sample.population.setValue(214)
        dialog.sample.allowed.setValue(1)
        qtbot.keyClick(dialog.sample.draw_button, Qt.Key.Key_Space)
        (plan,) = checks(workspace)
        assert not plan.is_made
        assert plan.seed == dialog.sample.seed.value()
        assert dialog.sample.ticks.numbers == plan.drawn == draw_lots(214, 10, plan.seed or 0)
        for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Space):
            qtbot.keyClick(dialog.sample.ticks, key)
        assert dialog.sample.ticks.failing == plan.drawn[:2]
        assert dialog.sample.failing.value() == 2
        assert dialog.outcome.effect is Effect.NOT_SHOWN
        assert dialog.sample.power.text().startswith("2 of 10 failed; up to 50.7%")
        assert "goes back to Plan: 1 check without effect so far" in dialog.outcome.follows.text()
        dialog.accept()
        (made,) = checks(workspace)
        assert (made.id, made.effect, made.failing) == (plan.id, Effect.NOT_SHOWN, 2)
        assert now(workspace, action).reopened == 1

    def test_a_typed_seed_draws_the_same_again(self, workspace: Workspace, opened: Opened) -> None:
        dialog = opened()
        dialog.sample.population.setValue(214)
        dialog.sample.seed.setValue(4711)
        dialog.sample.draw_button.click()
        assert dialog.sample.ticks.numbers == draw_lots(214, 10, 4711)

    def test_without_a_list_there_is_nothing_to_draw_from(self, opened: Opened) -> None:
        assert not opened().sample.draw_button.isEnabled()

    def test_what_was_not_looked_at_cannot_be_saved(self, workspace: Workspace, opened: Opened) -> None:
        dialog = opened()
        dialog.accept()
        assert "type how many do" in problem(dialog)
        assert dialog.isVisible()
        assert checks(workspace) == []

    def test_impossible_figures_are_named_in_place_and_stay(
        self, workspace: Workspace, opened: Opened
    ) -> None:
        dialog = opened()
        dialog.sample.population.setValue(5)
        dialog.sample.failing.setValue(0)
        dialog.outcome.words.setPlainText("all seen")
        dialog.accept()
        assert "do not fit together" in problem(dialog)
        assert dialog.outcome.words.toPlainText() == "all seen"
        assert dialog.sample.population.value() == 5
        assert checks(workspace) == []


class TestDeciding:
    """The figures speak; a person may decide otherwise, with the reason."""

    def looked_at(self, opened: Opened, failing: int) -> VerifyEffect:
        dialog = opened()
        dialog.sample.failing.setValue(failing)
        return dialog

    def test_another_decision_asks_the_reason_in_place(
        self, qtbot: QtBot, workspace: Workspace, action: Action, opened: Opened
    ) -> None:
        dialog = self.looked_at(opened, 0)
        assert dialog.outcome.suggestion.text() == "The figures speak for “effective”."
        assert not dialog.outcome.reason.isVisible()
        dialog.outcome.buttons[Effect.NOT_SHOWN].click()
        assert dialog.outcome.reason.isVisible()
        dialog.accept()
        assert "otherwise than the figures" in problem(dialog)
        assert checks(workspace) == []
        qtbot.keyClicks(dialog.outcome.reason, "Only easy orders were on the list")
        dialog.accept()
        assert checks(workspace)[0].reason == "Only easy orders were on the list"
        assert now(workspace, action).stage is Stage.PLAN

    def test_the_suggestion_chosen_again_needs_no_reason(self, workspace: Workspace, opened: Opened) -> None:
        dialog = self.looked_at(opened, 0)
        dialog.outcome.buttons[Effect.WORSE].click()
        dialog.outcome.reason.setText("no longer meant")
        dialog.outcome.buttons[Effect.EFFECTIVE].click()
        assert not dialog.outcome.needs_reason
        dialog.sample.failing.setValue(9)
        assert dialog.outcome.effect is Effect.NOT_SHOWN  # it follows the figures again
        dialog.sample.failing.setValue(0)
        dialog.accept()
        assert (checks(workspace)[0].effect, checks(workspace)[0].reason) == (Effect.EFFECTIVE, "")

    def test_before_the_day_of_the_check_an_effect_asks_why(
        self, workspace: Workspace, action: Action, opened: Opened
    ) -> None:
        dialog = self.looked_at(opened, 0)
        dialog.outcome.day.show_day(date(2026, 7, 1))
        assert "to be checked from 14 Aug 2026 on" in dialog.outcome.reason_caption.text()
        dialog.accept()
        assert checks(workspace) == []
        dialog.outcome.reason.setText("All orders were looked at")
        dialog.accept()
        assert now(workspace, action).effective_on == date(2026, 7, 1)

    def test_no_effect_needs_no_waiting(self, opened: Opened) -> None:
        dialog = self.looked_at(opened, 9)
        dialog.outcome.day.show_day(date(2026, 7, 1))
        assert not dialog.outcome.needs_reason

    def test_what_is_refused_below_is_said_in_place(
        self, workspace: Workspace, action: Action, opened: Opened
    ) -> None:
        dialog = self.looked_at(opened, 0)
        actions.move_action(workspace, action.id, Stage.DO)
        dialog.accept()
        assert "is not yet done" in problem(dialog)
        assert dialog.isVisible()
        assert dialog.sample.failing.value() == 0

    def test_each_effect_has_shape_word_and_key(self, opened: Opened) -> None:
        buttons = opened().outcome.buttons
        assert [one.accessibleName() for one in buttons.values()] == ["effective", "not shown", "worse"]
        assert len({one.icon().cacheKey() for one in buttons.values()}) == 3
        assert len({one.shortcut().toString() for one in buttons.values()}) == 3


class TestByKpi:
    """The months around the action, their figures, and the same words as on paper."""

    MONTHS = ((1, 30), (2, 32), (3, 31), (4, 29), (5, 30), (7, 9), (8, 8), (9, 10))

    def test_the_months_around_the_action_are_compared(
        self, qtbot: QtBot, workspace: Workspace, action: Action, opened: Opened
    ) -> None:
        read(workspace, action, *self.MONTHS)
        dialog = opened(kind=VerificationKind.KPI)
        assert dialog.by_kpi.spans == (
            (Month(2026, 1), Month(2026, 5)),
            (Month(2026, 7), Month(2026, 9)),
        )
        said = dialog.by_kpi.figures.text()
        assert "Before: 12.7% (152 of 1,200)" in said
        assert "After: 3.8% (27 of 720)" in said
        assert "p < 0.001" in said
        assert dialog.by_kpi.meaning.text() == "By the figures: clearly better"
        assert dialog.outcome.effect is Effect.EFFECTIVE
        qtbot.waitUntil(lambda: dialog.by_kpi.chart.is_drawn)
        assert "clearly better" in dialog.by_kpi.chart.accessibleDescription()
        dialog.accept()
        (made,) = checks(workspace)
        assert (made.kpi, made.effect, len(made.readings)) == (KPI, Effect.EFFECTIVE, 8)
        assert (made.before_from, made.after_until) == (Month(2026, 1), Month(2026, 9))

    def test_other_months_give_other_words_at_once(
        self, workspace: Workspace, action: Action, opened: Opened
    ) -> None:
        read(workspace, action, *self.MONTHS)
        dialog = opened(kind=VerificationKind.KPI)
        dialog.by_kpi.before[0].show_month(Month(2026, 8))
        assert dialog.by_kpi.meaning.text() == "The months before must lie before the months after."
        assert dialog.outcome.effect is None
        dialog.accept()
        assert problem(dialog) == "The months before must lie before the months after."
        assert checks(workspace) == []

    def test_missing_months_are_typed_without_leaving_the_check(
        self, workspace: Workspace, opened: Opened, answer: Answer
    ) -> None:
        dialog = opened(kind=VerificationKind.KPI)
        assert "no readings of the months before" in dialog.by_kpi.meaning.text()

        def type_months(shown: QDialog) -> None:
            assert isinstance(shown, KpiReadings)
            shown.table.readings.paste("2026-04\t30\t240\n2026-05\t32\t240\n2026-08\t8\t240")
            shown.accept()

        answer(type_months)
        dialog.by_kpi.months_button.click()
        assert dialog.by_kpi.spans == (
            (Month(2026, 4), Month(2026, 5)),
            (Month(2026, 8), Month(2026, 8)),
        )
        assert dialog.by_kpi.meaning.text() == "By the figures: clearly better"
        assert dialog.is_stored is False  # the months are stored, no check is

    def test_six_months_on_each_side_or_as_many_as_there_are(self) -> None:
        year = [Month(2026, number) for number in range(1, 13)]
        early = [Month(2025, number) for number in range(1, 13)]
        begun, done = Month(2026, 5), Month(2026, 6)
        assert offered_months([*early, *year], begun, done) == (
            (Month(2025, 11), Month(2026, 4)),
            (Month(2026, 7), Month(2026, 12)),
        )
        assert offered_months(year[2:8], begun, done) == (
            (Month(2026, 3), Month(2026, 4)),
            (Month(2026, 7), Month(2026, 8)),
        )
        assert offered_months([], begun, done) == (
            (Month(2025, 11), Month(2026, 4)),
            (Month(2026, 7), Month(2026, 12)),
        )


class TestByLooking:
    """The steps of the scale as buttons, with the last rating beside."""

    def test_points_speak_for_an_effect(self, workspace: Workspace, opened: Opened) -> None:
        dialog = opened(kind=VerificationKind.LOOK)
        assert dialog.look.where.text().startswith("SRV-04.2")
        assert dialog.look.last.text().startswith("Last rating: 4 – poorly met")
        assert dialog.outcome.effect is None
        for points, effect in ((8, Effect.EFFECTIVE), (6, Effect.NOT_SHOWN), (0, Effect.WORSE)):
            dialog.look.buttons[points].click()
            assert dialog.outcome.effect is effect
        dialog.look.buttons[8].click()
        dialog.accept()
        made = checks(workspace)[0]
        assert (made.points, made.checkpoint_id, made.effect) == (8, PRICE, Effect.EFFECTIVE)

    def test_a_look_in_words_only_needs_words_and_a_decision(
        self, qtbot: QtBot, workspace: Workspace, opened: Opened
    ) -> None:
        dialog = opened(kind=VerificationKind.LOOK)
        dialog.accept()
        assert problem(dialog) == "Decide: effective, not shown or worse."
        dialog.outcome.buttons[Effect.EFFECTIVE].click()
        dialog.accept()
        assert "needs words" in problem(dialog)
        dialog.outcome.words.setPlainText("Board hangs, deputy named")
        dialog.accept()
        assert checks(workspace)[0].words == "Board hangs, deputy named"

    def test_a_finding_of_its_own_is_checked_too(
        self, workspace: Workspace, finding: Finding, opened: Opened
    ) -> None:
        dialog = opened(target=Target(finding_id=finding.id), kind=VerificationKind.LOOK)
        dialog.look.buttons[10].click()
        assert dialog.outcome.follows.text() == "F-001 can be closed."
        dialog.accept()
        assert checks(workspace)[0].finding_id == finding.id


class TestByDocument:
    """Words say which; files come in with the check."""

    @pytest.fixture
    def paper(self, tmp_path: Path) -> Path:
        path = tmp_path / "protocol.pdf"
        path.write_bytes(b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
        return path

    def test_the_file_is_tied_to_the_check(self, workspace: Workspace, opened: Opened, paper: Path) -> None:
        dialog = opened(kind=VerificationKind.DOCUMENT)
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(paper))])
        dialog.document.take(list(incoming_of(mime, picture_name="Picture.png")))
        dialog.outcome.buttons[Effect.EFFECTIVE].click()
        dialog.outcome.words.setPlainText("Calibration protocol of 3 Nov")
        dialog.accept()
        assert not dialog.isVisible()
        (made,) = checks(workspace)
        with workspace.reading() as reader:
            assert len(reader.all(EvidenceLink, verification_id=made.id)) == 1

    def test_a_file_that_is_gone_is_named_and_the_check_is_not_made_twice(
        self, workspace: Workspace, opened: Opened, tmp_path: Path
    ) -> None:
        dialog = opened(kind=VerificationKind.DOCUMENT)
        dialog.document.take([Incoming("gone.pdf", tmp_path / "gone.pdf")])
        dialog.outcome.buttons[Effect.EFFECTIVE].click()
        dialog.outcome.words.setPlainText("Protocol")
        dialog.accept()
        assert "gone.pdf cannot be read" in problem(dialog)
        assert dialog.isVisible()
        dialog.document.list.setCurrentRow(0)
        dialog.document.remove(0)
        dialog.accept()
        assert not dialog.isVisible()
        assert len(checks(workspace)) == 1


class TestPlanning:
    """A check agreed for later, and made from its plan."""

    def test_a_plan_keeps_the_figures_and_the_day(self, workspace: Workspace, opened: Opened) -> None:
        dialog = opened()
        dialog.sample.count.setValue(20)
        dialog.sample.allowed.setValue(1)
        dialog.plan_only.setChecked(True)
        assert dialog.accept_button.accessibleName() == "Save plan"
        assert not dialog.outcome.choice.isVisible()
        dialog.plan_day.show_day(date(2026, 12, 28))
        dialog.accept()
        (plan,) = checks(workspace)
        assert (plan.is_made, plan.planned_for, plan.size, plan.allowed) == (False, date(2026, 12, 28), 20, 1)

    def test_a_planned_check_begins_with_what_was_agreed_and_is_the_one_made(
        self, workspace: Workspace, action: Action, opened: Opened
    ) -> None:
        plan = verifying.plan_verification(
            workspace,
            Target(action_id=action.id),
            kind=VerificationKind.SAMPLE,
            size=20,
            allowed=2,
            drawn_of="orders of May",
            words="Every order with a price",
        ).made(Verification)
        dialog = opened(planned=plan)
        assert (dialog.sample.count.value(), dialog.sample.allowed.value()) == (20, 2)
        assert dialog.sample.drawn_of.text() == "orders of May"
        assert dialog.outcome.words.toPlainText() == "Every order with a price"
        dialog.sample.failing.setValue(0)
        dialog.accept()
        (made,) = checks(workspace)
        assert (made.id, made.effect) == (plan.id, Effect.EFFECTIVE)

    def test_a_plan_of_a_kpi_keeps_its_months(self, workspace: Workspace, opened: Opened) -> None:
        dialog = opened(kind=VerificationKind.KPI)
        dialog.plan_only.setChecked(True)
        dialog.accept()
        (plan,) = checks(workspace)
        assert (plan.kpi, plan.before_from, plan.after_until) == (KPI, Month(2025, 12), Month(2026, 12))


def test_the_ways_are_reached_by_keys_and_nothing_typed_is_lost(qtbot: QtBot, opened: Opened) -> None:
    dialog = opened()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.sample.failing.setValue(3)
    for key, kind in (
        (Qt.Key.Key_2, VerificationKind.KPI),
        (Qt.Key.Key_3, VerificationKind.LOOK),
        (Qt.Key.Key_4, VerificationKind.DOCUMENT),
        (Qt.Key.Key_1, VerificationKind.SAMPLE),
    ):
        qtbot.keyClick(dialog, key, Qt.KeyboardModifier.AltModifier)
        # A button pressed by its key shows itself pressed for a tenth of a second first.
        qtbot.waitUntil(partial(_shows, dialog, kind))
        assert [way.isVisible() for way in dialog._ways.values()].count(True) == 1
        assert unnamed_controls(dialog) == []
        assert small_targets(dialog) == []
        assert rich_labels(dialog) == []
    assert dialog.sample.failing.value() == 3


def _shows(dialog: VerifyEffect, kind: VerificationKind) -> bool:
    return dialog.kind is kind


def test_it_asks_as_a_dialog(
    workbench: Workbench, workspace: Workspace, action: Action, answer: Answer
) -> None:
    def save(shown: QDialog) -> None:
        assert isinstance(shown, VerifyEffect)
        shown.sample.failing.setValue(0)
        shown.accept()

    def cancel(shown: QDialog) -> None:
        shown.reject()

    answer(cancel, save)
    assert not VerifyEffect.ask(workbench, Target(action_id=action.id))
    assert VerifyEffect.ask(workbench, Target(action_id=action.id), kind=VerificationKind.SAMPLE)
    assert workbench.undo_title() == "check of the effect"
    workbench.undo()
    assert now(workspace, action).stage is Stage.CHECK


def test_a_sample_is_said_with_what_it_cannot_rule_out() -> None:
    assert sample_words(None, 10, 0, 0) == "0 of 10 failed; up to 25.9% of all may fail (95 in 100 sure)."
    before = sample_words(200, 10, 0, None)
    assert "If 20 of 200 were not in order, this sample would show it in 66 of 100 cases." in before
    assert "0 of 10 failed; up to 25.9%" in before


def test_the_worked_example_is_told_as_on_paper(workbench: Workbench, workspace: Workspace) -> None:
    from qma_app.domain.effect import compare_shares

    assert workbench.engagement is not None
    with workspace.reading() as reader:
        kpi = reader.edition(workbench.engagement.edition).kpis[KPI]
    lines = change_lines(kpi, compare_shares(18, 240, 9, 260), factor=100)
    assert lines == (
        "Before: 7.5% (18 of 240)",
        "After: 3.5% (9 of 260)",
        "Change −4.0 points, between −8.4 and 0.0 (95 in 100 sure), p = 0.050",
        "probably better, keep watching",
    )
