"""What the screen shows where there is nothing to rate, nothing may be changed, or something must stay hidden."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, EngagementId
from qma_app.domain.people import Person, Role
from qma_app.domain.rating import Outcome
from qma_app.domain.standing import list_assessments
from qma_app.services.assessments import complete_assessment, start_assessment
from qma_app.services.people import add_person
from qma_app.services.process_owners import name_owner
from qma_app.services.ratings import rate_checkpoint, tick_sample, write_note
from qma_app.services.working import start_working
from tests.builders import a_dealership, a_site, an_engagement, an_id
from tests.ui.checklists.conftest import COUNT, CTRL, GREETING, OLD_STOCK, PRICE, WAITING, WALK_ROUND, Hands
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from ui.checklists.assessment_dialog import AssessmentChoice, AssessmentDialog
from ui.dialogs.reason import ReasonDialog
from ui.places import Place
from ui.widgets.buttons import Button

Key = Qt.Key


def _assessments(hands: Hands) -> tuple[Assessment, ...]:
    engagement = hands.bench.engagement
    assert engagement is not None
    return hands.bench.read(list_assessments, engagement.id)


def test_without_an_assessment_one_key_starts_the_baseline(newcomer: Hands) -> None:
    assert newcomer.page.empty.isVisible()
    newcomer.press(Key.Key_Return)
    (assessment,) = _assessments(newcomer)
    assert assessment.kind is AssessmentKind.BASELINE
    assert assessment.scope == ("service", "parts")
    assert newcomer.holder() is newcomer.page.columns.middle.list
    newcomer.press(Key.Key_4)
    newcomer.assessment = assessment
    assert newcomer.points(GREETING) == 8
    newcomer.press(Key.Key_Z, CTRL)
    newcomer.press(Key.Key_Z, CTRL)
    assert _assessments(newcomer) == ()
    assert newcomer.page.empty.isVisible()


def test_another_dealership_opens_at_its_first_checkpoint(hands: Hands, edition: Edition) -> None:
    with hands.bench.workspace.writing("dealership.added") as work:
        other = work.put(a_dealership("Autohaus Muster", code="AB2"))
        work.put(a_site("Other site", dealership_id=other.id))
        programme = an_engagement(
            id=EngagementId(an_id("engagement of the other")),
            dealership_id=other.id,
            edition=edition.hash,
            coach_id=None,
        )
        work.put(programme)
    start_assessment(
        hands.bench.workspace,
        engagement_id=programme.id,
        kind=AssessmentKind.BASELINE,
        started_on=date(2026, 2, 2),
    )
    hands.at(OLD_STOCK)
    hands.window.go(Place(page="checklists", dealership_id=other.id))
    assert hands.current == GREETING
    assert hands.page.columns.middle.list.verticalScrollBar().value() == 0


def test_the_button_starts_it_too_and_ratings_keys_do_nothing_before(newcomer: Hands) -> None:
    newcomer.press(Key.Key_4)
    newcomer.press(Key.Key_F)
    assert _assessments(newcomer) == ()
    newcomer.click(newcomer.page.empty.button)
    assert len(_assessments(newcomer)) == 1


def test_the_first_area_and_process_are_chosen_when_a_place_asks_for_an_area(hands: Hands) -> None:
    hands.window.go(Place(page="checklists", area_id="parts"))
    assert hands.current == COUNT


def test_ctrl_n_starts_an_assessment_of_the_chosen_kind_over_the_chosen_areas(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, assessment: Assessment
) -> None:
    choice = AssessmentChoice(
        kind=AssessmentKind.PRE_AUDIT, scope=(AreaId("parts"),), started_on=assessment.started_on
    )
    monkeypatch.setattr(AssessmentDialog, "ask_new", lambda *_args: choice)
    hands.press(Key.Key_N, CTRL)
    newest = _assessments(hands)[-1]
    assert (newest.kind, newest.scope) == (AssessmentKind.PRE_AUDIT, ("parts",))
    assert hands.page.place().assessment_id == newest.id
    assert hands.shown == [COUNT, OLD_STOCK]


def test_the_dialog_gives_what_was_chosen(hands: Hands, assessment: Assessment) -> None:
    areas = ((AreaId("service"), "Service & body"), (AreaId("parts"), "Parts"))
    choice = AssessmentChoice(kind=assessment.kind, scope=assessment.scope, started_on=assessment.started_on)
    dialog = AssessmentDialog(hands.page, areas, choice, "Start", "", "Start")
    hands.qtbot.addWidget(dialog)
    assert dialog.choice() == choice
    assert (
        dialog.kind.findData(AssessmentKind.FOLLOW_UP_AUDIT.value) < 0
    )  # it comes from the path of an audit
    dialog.boxes[AreaId("service")].setChecked(False)
    assert dialog.choice().scope == ("parts",)
    dialog.boxes[AreaId("parts")].setChecked(False)
    assert not dialog.accept_button.isEnabled()


def test_completing_says_what_was_left_and_undo_opens_it_again(hands: Hands, assessment: Assessment) -> None:
    hands.press(Key.Key_4)
    with hands.qtbot.waitSignal(hands.bench.told) as told:
        hands.page.columns.left.assessment.complete_wanted.emit()
    assert told.args is not None
    assert "6 unrated checkpoints count as not seen" in told.args[0]
    assert hands.page.columns.middle.banner.isVisible()
    hands.press(Key.Key_Z, CTRL)
    assert not hands.page.columns.middle.banner.isVisible()


def test_reopening_keeps_the_reason(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.page.columns.left.assessment.complete_wanted.emit()
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_given: "A rating was wrong")
    hands.click(hands.page.columns.middle.banner.reopen)
    assert _assessments(hands)[-1].reopenings[-1].reason == "A rating was wrong"
    assert not hands.page.columns.middle.banner.isVisible()
    hands.press(Key.Key_4)
    assert hands.points(GREETING) == 8


def test_a_corrected_scope_takes_areas_out_of_the_list(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _assessments(hands)[-1]
    choice = AssessmentChoice(kind=before.kind, scope=(AreaId("parts"),), started_on=before.started_on)
    monkeypatch.setattr(AssessmentDialog, "ask_correction", lambda *_args: choice)
    hands.page.columns.left.assessment.correct_wanted.emit()
    assert hands.shown == [COUNT, OLD_STOCK]


def test_a_discarded_assessment_makes_room_for_the_one_before(hands: Hands, baseline: Assessment) -> None:
    with hands.qtbot.waitSignal(hands.bench.deleted):
        hands.page.columns.left.assessment.discard_wanted.emit()
    assert hands.page.place().assessment_id == baseline.id
    hands.press(Key.Key_Z, CTRL)
    assert len(_assessments(hands)) == 2


def test_the_menu_lists_the_open_assessment_first(hands: Hands) -> None:
    menu = hands.page.columns.left.assessment.menu()
    lines = [action.text() for action in menu.actions() if action.isCheckable()]
    assert lines[0].startswith("2  Progress assessment · month 6 · open since")
    assert lines[1].startswith("1  Baseline · month 1 · completed")
    menu.close()


def test_a_completed_assessment_shows_no_control_and_takes_no_key(hands: Hands, baseline: Assessment) -> None:
    hands.window.go(Place(page="checklists", assessment_id=baseline.id, checkpoint_id=PRICE))
    inspector = hands.page.columns.inspector
    assert hands.page.columns.middle.banner.isVisible()
    assert hands.page.columns.middle.banner.reopen.isVisible()
    assert inspector.note.isHidden()
    assert inspector.note_words.isVisible()
    assert not [field for field in inspector.findChildren(QPlainTextEdit) if field.isVisible()]
    assert not inspector.evidence.acceptDrops()
    hands.assessment = baseline
    refused: list[object] = []
    hands.bench.failed.connect(refused.append)
    for key in (Key.Key_5, Key.Key_N, Key.Key_U, Key.Key_S, Key.Key_Backspace, Key.Key_F, Key.Key_Return):
        hands.press(key)
        assert not hands.page.columns.middle.reason.isVisible()
        assert hands.holder() is hands.page.columns.middle.list
    assert refused == []
    assert hands.points(PRICE) == 0
    assert hands.outcome(WAITING) is Outcome.OPEN
    assert hands.findings() == ()
    view = hands.page.columns.middle.list
    assert view.cards.cell_at(0, hands.cell_point(PRICE, 3).toPointF()) is None
    hands.click(view.viewport(), hands.cell_point(PRICE, 3))
    assert hands.points(PRICE) == 0


def test_what_the_role_forbids_is_said_and_nothing_can_be_changed(hands: Hands) -> None:
    """An auditor sits down in the middle: the coach's assessment can only be read from then on."""
    hands.bench.do(start_working, role=Role.AUDITOR, name="A. Probe")
    banner = hands.page.columns.middle.banner
    assert banner.isVisible()
    assert not banner.reopen.isVisible()
    hands.press(Key.Key_4)
    assert hands.rating(GREETING) is None


def test_independent_rating_hides_the_last_one_until_rated(hands: Hands) -> None:
    hands.bench.settings.put("independent_rating", True)
    hands.page.showing.show_checkpoint()
    context, inspector = hands.page.showing.context, hands.page.columns.inspector
    row = hands.page.acts.row
    assert context is not None
    assert row is not None
    assert not context.shows_last(row)
    assert context.last_text(row) == ""
    assert inspector.history.cells[0].figure == "·"
    assert "hidden" in inspector.history.cells[0].spoken
    with hands.qtbot.waitSignal(hands.bench.told):
        hands.press(Key.Key_S)
    assert hands.rating(GREETING) is None
    hands.press(Key.Key_4)
    assert inspector.history.cells[0].figure == "4"
    row = hands.page.acts.row
    assert row is not None
    assert context.last_text(row) == "last time 4 in Base"


def test_below_1200_the_inspector_folds_and_comes_back_for_the_note(hands: Hands) -> None:
    columns = hands.page.columns
    hands.window.resize(1024, 640)
    hands.qtbot.waitUntil(lambda: not columns.is_inspector_shown)
    hands.press(Key.Key_Return)
    assert columns.is_inspector_shown
    assert hands.holder() is columns.inspector.note
    hands.type("Late")
    hands.press(Key.Key_Escape)
    assert not columns.is_inspector_shown
    assert hands.holder() is columns.middle.list
    hands.press(Key.Key_I)
    assert columns.is_inspector_shown
    hands.window.resize(1440, 900)
    hands.qtbot.waitUntil(lambda: columns.left.isVisible() and columns.is_inspector_shown)


def test_the_outline_counts_and_shows_the_level_when_an_area_is_done(hands: Hands) -> None:
    tree = hands.page.columns.left.outline.tree
    parts = tree.index(1, 0)
    assert tree.progress(parts) == "0/2"
    hands.at(COUNT)
    hands.press(Key.Key_4)
    assert tree.progress(parts) == "1/2"
    hands.press(Key.Key_Down)
    hands.press(Key.Key_4)
    assert tree.progress(parts) == "80%"
    assert tree.is_done(parts)
    assert tree.is_done(tree.index(0, 0, parts))
    assert hands.page.status() == "PRT-01 · 2 of 2 rated"


def test_the_head_tells_owner_last_level_and_level_now(hands: Hands) -> None:
    hands.press(Key.Key_5)
    detail = hands.page.columns.middle.head.detail.text()
    assert detail == "Process owner: Service manager · last rated 50% in Base · now 100% over 1 of 3 rated"


def test_the_head_names_who_was_made_owner(hands: Hands) -> None:
    bench = hands.bench
    assert bench.engagement is not None
    added = bench.do(add_person, dealership_id=bench.dealership_id, name="Ada Sample", function="Foreman")
    assert added is not None
    assert hands.page.showing.view is not None
    process = hands.page.showing.view.process_id
    bench.do(name_owner, bench.engagement.id, process, owner_id=added.made(Person).id)
    assert "Process owner: Ada Sample" in hands.page.columns.middle.head.detail.text()
    bench.undo()
    assert "Process owner: Service manager" in hands.page.columns.middle.head.detail.text()


def test_an_assessment_that_reaches_nothing_asks_for_areas(
    hands: Hands, engagement: Engagement, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    with hands.bench.workspace.writing("assessment.corrected") as work:
        stored = work.all(Assessment, engagement_id=engagement.id)[-1]
        work.put(replace(stored, scope=(AreaId("management"),)))
    hands.page.refresh()
    assert hands.page.empty.isVisible()
    before = _assessments(hands)[-1]
    choice = AssessmentChoice(kind=before.kind, scope=(AreaId("parts"),), started_on=before.started_on)
    monkeypatch.setattr(AssessmentDialog, "ask_correction", lambda *_args: choice)
    hands.press(Key.Key_Return)
    assert hands.shown == [COUNT, OLD_STOCK]


def test_hostile_words_are_shown_as_they_are(hands: Hands, assessment: Assessment) -> None:
    words = "<b>bold</b> <img src='x'> &amp; \u202e txet"
    write_note(hands.bench.workspace, assessment.id, GREETING, text=words)
    rate_checkpoint(hands.bench.workspace, assessment.id, GREETING, points=4)
    hands.page.refresh()
    hands.press(Key.Key_F)
    hands.type("<script>alert(1)</script>")
    hands.press(Key.Key_Escape)
    hands.press(Key.Key_Down)
    hands.press(Key.Key_N)
    hands.type("Sold & closed <b>")
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Down)
    hands.press(Key.Key_N)
    offered = [button.text() for button in hands.page.columns.middle.reason.findChildren(Button)]
    assert "Sold && closed <b>" in offered
    hands.press(Key.Key_Return)
    given = hands.rating(WAITING)
    assert given is not None
    assert given.reason == "Sold & closed <b>"
    hands.at(GREETING)
    inspector = hands.page.columns.inspector
    assert inspector.note.toPlainText() == words
    assert not rich_labels(hands.page)
    complete_assessment(hands.bench.workspace, assessment.id)
    hands.page.refresh()
    assert inspector.note_words.text() == words


def test_every_control_has_a_name_and_is_large_enough(hands: Hands, assessment: Assessment) -> None:
    tick_sample(hands.bench.workspace, assessment.id, PRICE, place=0, conforms=True)
    hands.page.refresh()
    hands.at(PRICE)
    hands.press(Key.Key_F)
    assert not unnamed_controls(hands.page)
    assert not small_targets(hands.page)


def test_rows_are_spoken_with_number_statement_and_rating(hands: Hands) -> None:
    view = hands.page.columns.middle.list
    hands.press(Key.Key_4)
    spoken = view.rows.data(view.rows.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "SRV-01.1. The greeting is as agreed. rated 8, mostly met."
    hands.at(PRICE)
    spoken = view.rows.data(view.rows.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "SRV-02.1. The price agreed is as agreed. not rated. critical."


def test_a_workspace_that_closes_takes_its_screen_along(hands: Hands) -> None:
    """Also while the inspector is still about to read the next checkpoint."""
    hands.press(Key.Key_Down)
    hands.bench.use(None)
    assert hands.page.showing.sheet is None
    assert hands.shown == []
    hands.page.refresh()
    assert not hands.page.empty.isHidden()


def test_the_inspector_catches_up_when_the_screen_is_shown_again(hands: Hands) -> None:
    hands.page.way.open_checkpoint(WALK_ROUND)
    hands.window.hide()
    hands.page.way.down()
    hands.window.show()
    hands.page.take_focus()
    shown = hands.page.columns.inspector.shown
    assert shown is not None
    assert shown.row.checkpoint.id == WAITING
