"""The auditor's mode of the checklist: what is covered, how the look is kept, and its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import Audit, AuditLook, SeenHow
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import CheckpointId
from qma_app.domain.people import Role
from qma_app.errors import StorageTrouble
from qma_app.services.audit_samples import draw_sample, read_numbers
from qma_app.services.findings import raise_from_checkpoint
from qma_app.services.ratings import rate_checkpoint
from qma_app.services.working import start_working
from qma_app.services.workspace import Workspace
from tests.ui.checklists.conftest import GREETING, PRICE, WALK_ROUND, Hands, _hands
from tests.ui.looking import unnamed_controls
from tests.ui.small_audit import begin_small_audit, close_small_audit
from ui.checklists.audit_look import LookPanel
from ui.window import MainWindow
from ui.workbench import Workbench

BLIND = "Blind second look"


@pytest.fixture
def audit(workspace: Workspace, engagement: Engagement, baseline: Assessment) -> Audit:
    """An audit under way; the coach rated greeting 4, walk round 6, price 0, and raised a finding on the price."""
    raise_from_checkpoint(workspace, baseline.id, PRICE)
    return begin_small_audit(workspace, engagement)


@pytest.fixture
def auditing(
    qtbot: QtBot, workbench: Workbench, audit: Audit, open_window: Callable[..., MainWindow]
) -> Iterator[Hands]:
    """In front of the audit, the list holding the keyboard."""
    with workbench.workspace.reading() as reader:
        assessment = reader.get(Assessment, audit.assessment_id)
    yield from _hands(qtbot, workbench, open_window(), assessment)


def panel(hands: Hands) -> LookPanel:
    shown = hands.page.looking.panel
    assert shown is not None
    assert shown.isVisible()
    return shown


def look(hands: Hands, at: CheckpointId = GREETING) -> AuditLook:
    with hands.bench.workspace.reading() as reader:
        (found,) = reader.all(AuditLook, checkpoint_id=at)
    return found


def last_words(hands: Hands, at: CheckpointId) -> str:
    page = hands.page
    assert page.showing.sheet is not None
    assert page.showing.context is not None
    return page.showing.context.last_text(page.showing.sheet.rows[at])


def history(hands: Hands) -> list[str]:
    return [cell.figure for cell in hands.page.columns.inspector.history.cells]


def test_the_banner_says_that_the_second_look_is_blind(auditing: Hands) -> None:
    banner = auditing.page.columns.middle.banner
    assert banner.isVisible()
    assert banner.words.text().startswith(BLIND)
    assert not banner.reopen.isVisible()


def test_the_coachs_points_come_with_the_rating_and_go_with_it(auditing: Hands) -> None:
    auditing.at(GREETING)
    assert "covered" in last_words(auditing, GREETING)
    assert history(auditing) == ["·", "–"]
    auditing.press(Qt.Key.Key_4)
    auditing.at(GREETING)
    assert last_words(auditing, GREETING) == "last time 4 in Base"
    assert history(auditing)[0] == "4"
    assert "covered" in last_words(auditing, WALK_ROUND)
    auditing.press(Qt.Key.Key_Backspace)
    assert "covered" in last_words(auditing, GREETING)
    assert history(auditing) == ["·", "–"]
    auditing.press(Qt.Key.Key_2)
    auditing.bench.undo()
    assert "covered" in last_words(auditing, GREETING)


def test_the_coachs_finding_comes_with_the_rating(auditing: Hands) -> None:
    auditing.at(PRICE)
    assert auditing.page.columns.inspector.shown is not None
    assert auditing.page.columns.inspector.shown.row.findings == ()
    auditing.press(Qt.Key.Key_1)
    auditing.at(PRICE)
    assert len(auditing.page.columns.inspector.shown.row.findings) == 1


def test_the_level_of_before_says_nothing_of_what_is_covered(auditing: Hands) -> None:
    auditing.at(GREETING)
    assert "last rated" not in auditing.page.columns.middle.head.detail.text()


def test_how_it_was_looked_at_is_written_by_keys(auditing: Hands) -> None:
    auditing.at(GREETING)
    auditing.press(Qt.Key.Key_H)
    auditing.type("The adviser knew it.")
    auditing.press(Qt.Key.Key_Escape)
    assert look(auditing).interviews == "The adviser knew it."
    auditing.press(Qt.Key.Key_O)
    auditing.press(Qt.Key.Key_L)
    auditing.press(Qt.Key.Key_R)
    assert (look(auditing).seen_how, look(auditing).is_live, look(auditing).is_repeated) == (
        SeenHow.ON_SITE,
        True,
        True,
    )
    auditing.press(Qt.Key.Key_O)
    auditing.press(Qt.Key.Key_L)
    assert (look(auditing).seen_how, look(auditing).is_live) == (SeenHow.REMOTE, False)
    auditing.bench.undo()
    assert panel(auditing).is_live.isChecked()
    assert auditing.current == GREETING


def test_each_source_is_kept_apart_and_belongs_to_its_checkpoint(auditing: Hands) -> None:
    auditing.at(GREETING)
    notes = panel(auditing).notes
    notes["observed"].setFocus()
    auditing.type("Two handovers.")
    notes["records"].setFocus()
    auditing.type("Three orders.")
    auditing.at(WALK_ROUND)
    assert (look(auditing).interviews, look(auditing).observed, look(auditing).records) == (
        "",
        "Two handovers.",
        "Three orders.",
    )
    assert panel(auditing).shown is not None
    assert [panel(auditing).notes[name].is_pending for name in notes] == [False] * 4
    auditing.at(GREETING)
    assert notes["observed"].is_pending is False
    assert panel(auditing).notes["observed"] is notes["observed"]
    with auditing.bench.workspace.reading() as reader:
        assert len(reader.all(AuditLook)) == 1


def test_words_that_cannot_be_stored_wait_and_are_tried_again(
    auditing: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    auditing.at(GREETING)

    def refuse(*_given: object, **_fields: object) -> None:
        raise StorageTrouble("The disk is full.", code="test", way_out="Make room.")

    with monkeypatch.context() as broken:
        broken.setattr("qma_app.services.audit_conduct.write_look", refuse)
        panel(auditing).take_keyboard()
        auditing.type("Said.")
        auditing.page.flush()
        auditing.at(WALK_ROUND)
    auditing.at(GREETING)
    auditing.page.flush()
    assert look(auditing).interviews == "Said."


def test_a_reason_is_asked_for_where_no_sample_was_drawn(auditing: Hands) -> None:
    auditing.at(GREETING)
    reason = panel(auditing).notes["no_sample"]
    assert not reason.isVisible()
    auditing.at(WALK_ROUND)
    assert reason.isVisible()
    reason.setFocus()
    auditing.type("The list is at the head office.")
    auditing.page.flush()
    assert look(auditing, WALK_ROUND).no_sample == "The list is at the head office."


def test_a_drawn_sample_is_named_and_ticked(auditing: Hands, audit: Audit) -> None:
    auditing.at(WALK_ROUND)
    auditing.bench.do(draw_sample, audit.id, WALK_ROUND, read_numbers("1-214"), size=5, seed=7)
    auditing.at(WALK_ROUND)
    assert panel(auditing).drawn.text().startswith("5 of 214 drawn")
    assert not panel(auditing).notes["no_sample"].isVisible()
    auditing.press(Qt.Key.Key_X)
    auditing.press(Qt.Key.Key_Space)
    rating = auditing.rating(WALK_ROUND)
    assert rating is not None
    assert rating.sample is not None
    assert (len(rating.sample.records), rating.sample.looked_at) == (5, 1)


def test_a_strength_is_raised_as_good_practice(auditing: Hands, audit: Audit) -> None:
    auditing.at(GREETING)
    auditing.press(Qt.Key.Key_G)
    with auditing.bench.workspace.reading() as reader:
        (raised,) = reader.all(Finding, checkpoint_id=GREETING)
    assert (raised.grade, raised.assessment_id) == (FindingGrade.GOOD_PRACTICE, audit.assessment_id)
    assert auditing.page.columns.inspector.findings.editor.isVisible()


def test_the_sheet_names_the_keys_of_an_audit_only_there(auditing: Hands, baseline: Assessment) -> None:
    def keys() -> set[str]:
        return {one.keys for one in auditing.page.shortcuts()}

    assert {"H", "O", "L", "R", "G"} <= keys()
    auditing.page.way.open_assessment(baseline.id)
    assert not {"H", "O", "L", "R", "G"} & keys()
    assert auditing.page.looking.panel is not None
    assert not auditing.page.looking.panel.isVisible()


def test_whoever_only_reads_is_told_how_the_auditor_looked(auditing: Hands) -> None:
    auditing.at(GREETING)
    shown = panel(auditing)
    assert shown.head.text() == "How I looked"
    assert shown.shown is not None
    shown.show_look(replace(shown.shown, is_read_only=True))
    assert shown.head.text() == "How the auditor looked"


def test_outside_an_audit_there_is_no_panel(hands: Hands) -> None:
    hands.at(GREETING)
    hands.press(Qt.Key.Key_G)
    hands.press(Qt.Key.Key_H)
    assert hands.page.looking.panel is None
    assert hands.findings() == ()


def test_the_coachs_own_assessment_is_covered_from_the_auditor(
    auditing: Hands, audit: Audit, baseline: Assessment
) -> None:
    auditing.page.way.open_assessment(baseline.id, PRICE)
    auditing.page.showing.show_checkpoint()
    banner = auditing.page.columns.middle.banner
    assert "covered until you have rated" in banner.words.text()
    assert history(auditing) == ["·", "·"]
    inspector = auditing.page.columns.inspector
    assert inspector.shown is not None
    assert (inspector.shown.row.rating, inspector.shown.row.findings) == (None, ())
    auditing.bench.do(rate_checkpoint, audit.assessment_id, PRICE, points=4)
    auditing.page.way.open_assessment(baseline.id, PRICE)
    auditing.page.showing.show_checkpoint()
    assert inspector.shown.row.rating is not None
    assert history(auditing) == ["0", "4"]


def test_after_the_closing_nothing_is_covered(auditing: Hands, audit: Audit) -> None:
    sheet = auditing.page.showing.sheet
    assert sheet is not None
    for id in sheet.rows:
        auditing.bench.do(rate_checkpoint, audit.assessment_id, id, points=8)
    close_small_audit(auditing.bench.workspace, audit.id)
    auditing.page.refresh()
    assert not auditing.page.columns.middle.banner.isVisible()
    assert last_words(auditing, PRICE) == "last time 0 in Base"


def test_a_coach_reads_the_look_but_does_not_write_it(auditing: Hands) -> None:
    auditing.at(GREETING)
    auditing.press(Qt.Key.Key_L)
    auditing.bench.do(start_working, role=Role.COACH, name="Carla Coach")
    auditing.at(GREETING)
    assert panel(auditing).notes["interviews"].isReadOnly()
    assert not panel(auditing).is_live.isEnabled()
    auditing.press(Qt.Key.Key_L)
    assert look(auditing).is_live
    assert BLIND not in auditing.page.columns.middle.banner.words.text()


def test_everything_on_the_panel_has_a_name(auditing: Hands) -> None:
    auditing.at(WALK_ROUND)
    assert unnamed_controls(panel(auditing)) == []
