"""Actions are planned, moved, opened, filled, linked, given up and deleted in the panel; every field has its place."""

from __future__ import annotations

from dataclasses import fields as fields_of
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from qma_app.domain.action import Action, ActionLink, Stage
from qma_app.domain.cause import Cause
from qma_app.domain.evidence import Evidence
from qma_app.domain.finding import Elsewhere, Finding, FindingGrade, Reply
from qma_app.domain.ids import ActionId, CauseId, CheckpointId, FindingId, PersonId
from qma_app.domain.month import Month
from qma_app.domain.people import Person
from qma_app.domain.verification import Effect, VerificationKind
from qma_app.domain.wording import elsewhere_title, grade_title, reply_title
from qma_app.i18n import day_text
from qma_app.services.actions import plan_action
from qma_app.services.causes import add_cause
from qma_app.services.findings import raise_finding
from qma_app.services.readings import MonthFigures, write_readings
from qma_app.services.verifying import Target, plan_verification, verify_by_look, verify_by_sample
from tests.ui.answering import Answer
from tests.ui.finding_panel import Panel
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from tests.ui.showroom import ENGAGEMENT, finding_ids
from ui.findings.action_form import ActionForm
from ui.findings.actions_part import ActionsPart
from ui.findings.figure_field import figure_text
from ui.workbench import Workbench

pytest_plugins = ["tests.ui.showroom_fixtures", "tests.ui.finding_panel_fixtures"]


def write(qtbot: QtBot, words: str) -> None:
    for letter in words:
        qtbot.keyClicks(QApplication.focusWidget(), letter)


@pytest.fixture
def part(panel: Panel) -> ActionsPart:
    return panel.editor.fields.action_part


@pytest.fixture
def form(qtbot: QtBot, panel: Panel, part: ActionsPart) -> ActionForm:
    """A-001 of F-009, opened."""
    plan(panel)
    part.cards[0].setFocus()
    qtbot.keyClick(part.cards[0], Qt.Key.Key_Return)
    return panel.editor.form


def plan(panel: Panel, what: str = "Daily check at 08:15", number: int = 9, **about: Any) -> Action:
    changes = panel.bench.do(
        plan_action,
        engagement_id=ENGAGEMENT,
        what=what,
        findings=(finding_ids(panel.bench.workspace)[number - 1],),
        **about,
    )
    assert changes is not None
    return changes.made(Action)


def done(panel: Panel, action: Action) -> None:
    with panel.bench.workspace.writing("action.moved") as work:
        work.put(replace(work.get(Action, action.id), started_on=date(2026, 9, 1), done_on=date(2026, 9, 10)))


def all_words(root: QWidget) -> str:
    """Everything that can be read in what is shown."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisibleTo(root):
            continue
        found += [widget.accessibleName(), widget.accessibleDescription()]
        if isinstance(widget, QLabel | QLineEdit | QAbstractButton):
            found.append(widget.text())
        elif isinstance(widget, QPlainTextEdit):
            found.append(widget.toPlainText())
    return "\n".join(found)


def test_the_first_step_plans_an_action_in_own_words(qtbot: QtBot, panel: Panel, part: ActionsPart) -> None:
    part.section.step.click()
    assert part.what.hasFocus()
    write(qtbot, "Daily check at 08:15")
    qtbot.keyClick(part.what, Qt.Key.Key_Return)
    action = panel.action()
    assert (action.what, action.owner, action.due_on) == (
        "Daily check at 08:15",
        "E. Beispiel",
        panel.finding(9).due_on,
    )
    assert [card.label.text() for card in part.cards] == ["A-001"]
    assert part.what.text() == ""
    assert panel.editor.fields.head.state.text().startswith("planned")


def test_words_of_an_action_that_nobody_added_are_not_lost(
    qtbot: QtBot, panel: Panel, part: ActionsPart
) -> None:
    part.section.step.click()
    write(qtbot, "Name a deputy")
    panel.show_number(8)
    assert panel.action().what == "Name a deputy"
    with panel.bench.workspace.reading() as reader:
        (link,) = reader.all(ActionLink)
    assert link.finding_id == panel.finding(9).id


def test_a_proven_action_of_the_standard_is_taken(panel: Panel, part: ActionsPart) -> None:
    plan(panel)
    menu = part.offer_button.choices
    menu.aboutToShow.emit()
    (offer,) = menu.actions()
    assert "taken" not in offer.text()
    offer.trigger()
    assert panel.action(2).from_checkpoint == "customers.p1.c1"
    menu.aboutToShow.emit()
    assert menu.actions()[0].text().endswith("(taken 1x, effective 0x)")


def test_an_action_of_another_finding_is_linked(qtbot: QtBot, panel: Panel, part: ActionsPart) -> None:
    plan(panel, "Check the wrenches", number=6)
    part.section.begin()
    part.link_button.click()
    assert part.popup is not None
    qtbot.keyClicks(part.popup.search, "wrenches")
    qtbot.keyClick(part.popup.search, Qt.Key.Key_Return)
    assert "also serves F-006" in part.cards[0].more.text()


def test_the_bar_moves_by_keys_and_clicks_and_never_into_act(
    qtbot: QtBot, panel: Panel, part: ActionsPart
) -> None:
    plan(panel)
    bar = part.cards[0].bar
    bar.setFocus()
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    assert panel.action().stage is Stage.DO
    assert bar.hasFocus()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.area_of(Stage.CHECK).center().toPoint())
    assert panel.action().stage is Stage.CHECK
    with qtbot.waitSignal(panel.bench.failed) as failed:
        qtbot.keyClick(bar, Qt.Key.Key_Right)
    assert "done is not effective" in str(failed.args[0])
    assert panel.action().stage is Stage.CHECK
    qtbot.keyClick(bar, Qt.Key.Key_Left)
    assert panel.action().done_on is None
    panel.bench.undo()
    assert panel.action().done_on == date(2026, 11, 21)


def test_a_card_says_what_it_needs_to(panel: Panel, part: ActionsPart) -> None:
    plan(
        panel,
        owner="E. Beispiel",
        due_on=date(2026, 11, 15),
        goal="contact within 24 h",
        problem_figure=Decimal(42),
        goal_figure=Decimal(95),
        unit="%",
        cx=4,
        ex=2,
        profit=3,
        confidence=80,
        effort=2,
        money_likely=Decimal(12000),
    )
    card = part.cards[0]
    assert card.late.text() == "overdue since 15 Nov 2026"
    assert card.who.text() == "E. Beispiel · effect expected: contact within 24 h from 42% to 95%"
    assert card.more.text().startswith("priority 1.26 · 12,000 a year")


def test_enter_opens_an_action_and_esc_leads_back_to_its_card(
    qtbot: QtBot, panel: Panel, part: ActionsPart, form: ActionForm
) -> None:
    assert panel.editor.action_id == panel.action().id
    assert form.fields.what.hasFocus()
    with qtbot.waitSignal(panel.editor.action_wanted) as told:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert told.args == [""]
    assert panel.editor.action_id == ""
    assert part.cards[0].hasFocus()


def test_a_click_beside_the_bar_opens_the_card(qtbot: QtBot, panel: Panel, part: ActionsPart) -> None:
    plan(panel)
    panel.editor.sheet.ensureWidgetVisible(part.cards[0])
    qtbot.mouseClick(part.cards[0], Qt.MouseButton.LeftButton, pos=QPoint(6, 6))
    assert panel.editor.action_id


def test_every_field_of_the_form_stores_itself(qtbot: QtBot, panel: Panel, form: ActionForm) -> None:
    fields = form.fields
    for name, text in fields.texts.items():
        if name == "standardised_in":
            continue
        text.setFocus()
        write(qtbot, f" {name}")
        text.flush()
    for name, day in fields.days.items():
        if name != "standardised_on":
            day.field.setText("4.9.26")
            day.flush()
    for place, figure in enumerate(fields.figures.values(), 1):
        figure.setText(str(place * 10))
        figure.flush()
    for dots in fields.dots.values():
        dots.setFocus()
        qtbot.keyClick(dots, Qt.Key.Key_4)
    action = panel.action()
    assert (action.problem, action.goal, action.proof, action.unit) == (
        " problem",
        " goal",
        " proof",
        " unit",
    )
    assert (action.note, action.money_confirmed_by, action.owner.strip()) == (
        " note",
        " money_confirmed_by",
        "owner",
    )
    assert {getattr(action, name) for name in fields.days} - {None} == {date(2026, 9, 4)}
    assert [getattr(action, name) for name in fields.figures] == [10, 20, 30, 40, 50, 60]
    assert isinstance(action.confidence, int)
    assert (action.cx, action.ex, action.profit, action.effort) == (4, 4, 4, 4)


def test_dots_are_set_by_digits_arrows_and_clicks(qtbot: QtBot, panel: Panel, form: ActionForm) -> None:
    dots = form.fields.dots["cx"]
    dots.setFocus()
    qtbot.keyClick(dots, Qt.Key.Key_3)
    qtbot.keyClick(dots, Qt.Key.Key_Right)
    assert panel.action().cx == 4
    qtbot.mouseClick(dots, Qt.MouseButton.LeftButton, pos=QPoint(10, 15))
    assert panel.action().cx == 1
    qtbot.keyClick(dots, Qt.Key.Key_0)
    assert panel.action().cx is None


def test_money_that_does_not_rise_is_refused_and_kept(qtbot: QtBot, panel: Panel, form: ActionForm) -> None:
    low, likely = form.fields.figures["money_low"], form.fields.figures["money_likely"]
    likely.setText("50")
    likely.flush()
    low.setText("100")
    with qtbot.waitSignal(panel.bench.failed):
        low.flush()
    assert low.text() == "100"
    likely.setText("150")
    likely.flush()
    assert (panel.action().money_low, panel.action().money_likely) == (Decimal(100), Decimal(150))


def test_money_is_not_counted_in_a_ring(qtbot: QtBot, panel: Panel, form: ActionForm) -> None:
    other = plan(panel, "Another", counted_in=panel.action().id)
    with qtbot.waitSignal(panel.bench.failed):
        form.fields.counted_in.picked.emit(other.id)
    assert panel.action().counted_in is None
    assert form.fields.counted_in.accessibleName() == "Money counted in: none"


def test_findings_are_linked_and_unlinked_and_a_cause_is_named(
    qtbot: QtBot, panel: Panel, form: ActionForm
) -> None:
    changes = panel.bench.do(add_cause, FindingId(panel.editor.finding_id), words="Nobody looks")
    assert changes is not None
    cause = changes.made(Cause)
    ties = form.ties
    assert not ties.removers[0].isEnabled()
    ties.link_button.click()
    assert ties.popup is not None
    qtbot.keyClicks(ties.popup.search, "F-006")
    qtbot.keyClick(ties.popup.search, Qt.Key.Key_Return)
    assert len(ties.removers) == 2
    ties.cause.picked.emit(cause.id)
    assert ties.cause.accessibleName() == "Cause it removes: Nobody looks"
    ties.cause.picked.emit(None)
    assert ties.cause.accessibleName() == "Cause it removes: none"
    ties.removers[0].click()
    assert len(ties.removers) == 1
    panel.bench.undo()
    assert len(ties.removers) == 2


def test_an_action_is_given_up_with_a_reason_and_taken_up(
    qtbot: QtBot, panel: Panel, form: ActionForm
) -> None:
    assert not form.end.drop_button.isEnabled()
    form.end.reason.setFocus()
    write(qtbot, "Too dear")
    form.end.drop_button.click()
    assert panel.action().dropped_reason == "Too dear"
    assert form.state.text() == "given up"
    form.end.take_up_button.click()
    assert not panel.action().is_dropped


def test_a_proposal_is_accepted(panel: Panel, part: ActionsPart) -> None:
    action = plan(panel, is_proposal=True, proposed_by="R. Muster")
    assert part.cards[0].state.text() == "proposed"
    panel.editor.show_action(action.id)
    assert "R. Muster" in panel.editor.form.end.proposed.text()
    panel.editor.form.end.accept_button.click()
    assert not panel.action().is_proposal
    assert panel.editor.form.end.proposal.isHidden()


def test_deleting_leads_back_and_offers_undo(
    qtbot: QtBot, panel: Panel, part: ActionsPart, form: ActionForm
) -> None:
    with qtbot.waitSignal(panel.bench.deleted) as told:
        form.end.delete_button.click()
    assert told.args == ["Action A-001 deleted."]
    assert panel.editor.action_id == ""
    assert part.cards == []
    panel.bench.undo()
    assert len(part.cards) == 1


def test_it_is_written_down_only_once_its_effect_was_shown(
    qtbot: QtBot, panel: Panel, form: ActionForm
) -> None:
    document = form.fields.texts["standardised_in"]
    assert not document.isEnabled()
    done(panel, panel.action())
    panel.bench.do(verify_by_look, Target(action_id=panel.action().id), points=10, reason="Seen")
    assert panel.action().stage is Stage.ACT
    assert document.isEnabled()
    assert not form.fields.days["done_on"].isEnabled()
    document.setFocus()
    write(qtbot, "Instruction 7")
    document.flush()
    assert panel.action().standardised_in == "Instruction 7"
    assert panel.action().standardised_on == date(2026, 11, 21)


def test_planned_checks_are_read_and_taken_back_and_made_ones_stay(
    qtbot: QtBot, panel: Panel, part: ActionsPart
) -> None:
    action = plan(panel, due_on=date(2026, 9, 1), check_on=date(2026, 11, 1))
    verification = panel.editor.fields.verification
    assert verification.plan.text() == "A-001: to be checked from 1 Nov 2026 on."
    target = Target(action_id=action.id)
    panel.bench.do(
        plan_verification,
        target,
        kind=VerificationKind.SAMPLE,
        planned_for=date(2026, 11, 28),
        size=20,
        allowed=1,
    )
    assert "Due 28 Nov 2026: 20 cases, at most 1 failing" in all_words(verification)
    verification.rows.removers[0].click()
    assert verification.rows.removers == []
    done(panel, action)
    panel.show_number(9)
    assert panel.editor.fields.head.state.text().startswith("to verify")
    panel.bench.do(verify_by_sample, target, size=20, allowed=1, failing=3)
    assert [mark.effect for mark in verification.rows.marks] == [Effect.NOT_SHOWN]
    assert "20 cases, 3 failing, at most 1 allowed" in all_words(verification)
    assert part.cards[0].bar.stage is Stage.PLAN
    assert "1 check without effect" in part.cards[0].more.text()


def test_each_way_of_checking_opens_its_dialog(
    qtbot: QtBot, panel: Panel, part: ActionsPart, answer: Answer
) -> None:
    done(panel, plan(panel))
    panel.show_number(9)
    verification = panel.editor.fields.verification
    titles: list[str] = []

    def look_and_leave(dialog: QDialog) -> None:
        titles.append(dialog.windowTitle())
        dialog.reject()

    for button in verification.kinds.values():
        answer(look_and_leave)
        button.click()
    assert len(titles) == len(VerificationKind)


def test_the_line_of_the_kpi_stands_on_the_card_and_its_months_are_a_click_away(
    qtbot: QtBot, workbench: Workbench, answer: Answer
) -> None:
    assert workbench.engagement is not None
    engagement_id = workbench.engagement.id
    changes = workbench.do(
        raise_finding, engagement_id=engagement_id, statement="Called late", grade=FindingGrade.MINOR
    )
    assert changes is not None
    panel = Panel(workbench, engagement_id)
    qtbot.addWidget(panel)
    panel.show()
    finding_id = changes.made(Finding).id
    panel.show_id(finding_id)
    with workbench.workspace.reading() as reader:
        edition = reader.edition(workbench.engagement.edition)
    code = next(iter(edition.kpis))
    changes = workbench.do(
        plan_action, engagement_id=engagement_id, what="Call daily", findings=(finding_id,), kpi=code
    )
    assert changes is not None
    card = panel.editor.fields.action_part.cards[0]
    assert card.effect is None
    months = [
        MonthFigures(month=Month(2026, number), numerator=Decimal(number), denominator=Decimal(10))
        for number in (3, 4, 5)
    ]
    workbench.do(write_readings, engagement_id, code, months)
    assert card.effect is not None
    assert card.effect.isVisibleTo(panel)
    assert code in card.effect.accessibleName()
    panel.editor.show_action(changes.made(Action).id)
    assert panel.editor.form.fields.kpi.accessibleName().startswith(f"KPI: {code}")
    answer(QDialog.reject)
    panel.editor.form.readings_button.click()
    workbench.changed.disconnect(panel.follow)


def test_a_photo_shows_that_an_action_was_done(
    qtbot: QtBot, panel: Panel, form: ActionForm, tmp_path: Path
) -> None:
    paper = tmp_path / "duty list.txt"
    paper.write_text("one\n")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(paper))])
    with qtbot.waitSignal(panel.bench.changed, timeout=10_000):
        assert form.attachments.take_mime(mime)
    tiles = form.attachments.strip.tiles
    assert [tile.accessibleName() for tile in tiles] == ["duty list.txt"]
    with qtbot.waitSignal(panel.bench.deleted):
        tiles[0].removal_wanted.emit()
    assert form.attachments.strip.tiles == []
    with panel.bench.workspace.reading() as reader:
        assert len(reader.all(Evidence)) == 1


def test_the_plan_is_accepted_and_withdrawn(panel: Panel) -> None:
    panel.show_number(12)
    plan(panel, number=12)
    verification = panel.editor.fields.verification
    verification.accept.click()
    assert panel.finding(12).plan_accepted_on == date(2026, 11, 21)
    assert verification.accepted.text() == "Plan accepted 21 Nov 2026 K. Beispiel"
    assert panel.editor.fields.head.state.text().startswith("plan accepted, effect not yet shown")
    verification.withdraw.click()
    assert panel.finding(12).plan_accepted_on is None


def test_undo_merges_typing_in_the_form(qtbot: QtBot, panel: Panel, form: ActionForm) -> None:
    proof = form.fields.texts["proof"]
    proof.setFocus()
    for words in ("Twenty ", "cases"):
        write(qtbot, words)
        proof.flush()
    assert panel.action().proof == "Twenty cases"
    panel.bench.undo()
    assert panel.action().proof == ""
    assert panel.editor.action_id


def test_leaving_the_finding_stores_what_is_typed_in_the_form(
    qtbot: QtBot, panel: Panel, form: ActionForm
) -> None:
    form.fields.texts["note"].setFocus()
    write(qtbot, "Not flushed")
    panel.show_number(8)
    assert panel.action().note == "Not flushed"
    assert panel.editor.action_id == ""


def test_every_control_of_the_form_has_a_name_and_is_large_enough(panel: Panel, form: ActionForm) -> None:
    assert unnamed_controls(panel) == []
    assert small_targets(panel) == []
    assert rich_labels(panel) == []


def test_the_form_stands_in_380_pixels(panel: Panel, form: ActionForm) -> None:
    panel.resize(380, 700)
    QApplication.processEvents()
    inside = form.sheet.widget()
    assert inside is not None
    assert inside.minimumSizeHint().width() <= form.sheet.viewport().width()


# What has no words of its own to look for: keys of the record, and the order that shows in the place of a line.
_SILENT = {"id", "engagement_id", "finding_id", "version", "deleted_at"}


def filled(record: Any, **given: Any) -> Any:
    """The record with a value of its own in every field that has none yet."""
    values: dict[str, Any] = {}
    for place, field in enumerate(fields_of(record), 1):
        value = getattr(record, field.name)
        if field.name in given or field.name in _SILENT or value not in (None, "", 0, False):
            continue
        kind = str(field.type)
        if "bool" in kind:
            values[field.name] = True
        elif "date" in kind:
            values[field.name] = date(2026, 1 + place % 12, 1 + place % 27)
        elif "Decimal" in kind:
            values[field.name] = Decimal(1000 + place)
        elif "int" in kind:
            values[field.name] = 2 + place % 4
        elif "Typed" in kind or kind == "str":
            values[field.name] = f"words of {field.name}"
        else:
            raise AssertionError(f"{field.name}: give it a value here, and a place in the panel")
    return replace(record, **values, **given)


def shown_as(value: Any) -> str:
    """How the panel writes a value that has no words of its own given below."""
    if isinstance(value, date):
        return day_text(value)
    return figure_text(value) if isinstance(value, Decimal) else str(value)


def missing(record: Any, words: str, **said: str) -> list[str]:
    """The fields whose value cannot be read in these words."""
    found = []
    for field in fields_of(record):
        if field.name in _SILENT:
            continue
        value = getattr(record, field.name)
        assert value not in (None, "", 0, False), f"{field.name} was not filled"
        assert not isinstance(value, Enum) or field.name in said
        if said.get(field.name, shown_as(value)) not in words:
            found.append(field.name)
    return found


def test_every_field_of_a_finding_is_to_be_read(panel: Panel) -> None:
    person = PersonId(reader_person(panel).id)
    finding = filled(
        panel.finding(9),
        reply=Reply.DISAGREED,
        elsewhere=Elsewhere.FOUND,
        plan_accepted_by=person,
        assessment_id=panel.finding(9).assessment_id,
    )
    with panel.bench.workspace.writing("finding.changed") as work:
        work.put(finding)
    panel.show_number(9)
    for part in (panel.editor.fields.facts_part, panel.editor.fields.requirement_part):
        part.unfold()
    words = all_words(panel.editor)
    assert (
        missing(
            finding,
            words,
            grade=grade_title(finding.grade),
            number="F-009",
            checkpoint_id="CXM-01.1",
            assessment_id="M9",
            raised_by="raised by K. Beispiel",
            plan_accepted_by="K. Beispiel",
            reply=reply_title(Reply.DISAGREED),
            elsewhere=elsewhere_title(Elsewhere.FOUND),
            reopened=f"reopened {finding.reopened} times",
        )
        == []
    )


def test_every_field_of_an_action_is_to_be_read(panel: Panel) -> None:
    other = plan(panel, "The other one")
    action = filled(
        plan(panel),
        counted_in=ActionId(other.id),
        from_checkpoint=CheckpointId("customers.p1.c1"),
        kpi="C15",
        owner="E. Beispiel",
        owner_id=PersonId(reader_person(panel, "E. Beispiel").id),
        confidence=77,
    )
    with panel.bench.workspace.writing("action.changed") as work:
        work.put(action)
    panel.show_number(9)
    panel.editor.show_action(action.id)
    words = all_words(panel.editor.form)
    assert (
        missing(
            action,
            words,
            number="A-002",
            counted_in="A-001 The other one",
            from_checkpoint="proposed by the standard at CXM-01.1",
            owner_id="E. Beispiel is one of the house",
            is_proposal="proposed",
            reopened=f"checks without effect: {action.reopened}",
            cx=f"{action.cx} of 5",
            ex=f"{action.ex} of 5",
            profit=f"{action.profit} of 5",
            effort=f"{action.effort} of 5",
        )
        == []
    )


def test_every_field_of_a_cause_is_to_be_read(panel: Panel) -> None:
    finding_id = FindingId(panel.editor.finding_id)
    ids: list[CauseId | None] = [None]
    for words in ("First", "Second"):
        changes = panel.bench.do(add_cause, finding_id, words=words, parent_id=ids[-1])
        assert changes is not None
        ids.append(changes.made(Cause).id)
    with panel.bench.workspace.reading() as reader:
        second = reader.get(Cause, ids[2] or "")
    cause = replace(second, place=1, category="method", origin="audit", is_changeable=True)
    with panel.bench.workspace.writing("cause.changed") as work:
        work.put(cause)
    panel.show_number(9)
    line = panel.lines()[1]
    assert (
        missing(
            cause,
            all_words(panel.editor.fields.cause_part),
            parent_id="Why, level 2",
            place="",  # the order of the lines
            category=line.category.text(),
            origin=line.origin.text(),
            is_changeable="the owner can change this",
        )
        == []
    )


def reader_person(panel: Panel, name: str = "K. Beispiel") -> Person:
    with panel.bench.workspace.reading() as reader:
        return next(person for person in reader.all(Person) if person.name == name)
