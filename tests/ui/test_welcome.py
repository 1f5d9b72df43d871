"""From the first start to a checklist in a few keys, and a sample that is a workspace of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.dealership import Dealership, Site
from qma_app.domain.people import Person, Role
from qma_app.domain.standing import list_assessments
from qma_app.services.engagements import change_engagement
from qma_app.services.people import add_person, certify_person
from qma_app.services.workspace import Workspace, create_workspace
from tests.ui.answering import Answer
from ui.app import Coach
from ui.dialogs.edit_dealership import EditDealershipDialog
from ui.dialogs.new_dealership import FirstAreaDialog, NewDealershipDialog
from ui.dialogs.who_is_working import WhoIsWorkingDialog
from ui.pages.welcome import WelcomePage
from ui.widgets.buttons import Button


def _welcome(coach: Coach) -> WelcomePage:
    shown = coach.window.stack.currentWidget()
    assert isinstance(shown, WelcomePage)
    return shown


def _type_name(dialog: QDialog) -> None:
    assert isinstance(dialog, NewDealershipDialog)
    QTest.keyClicks(dialog.name, "Autohaus Probe")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)


def _take_first_area(dialog: QDialog) -> None:
    assert isinstance(dialog, FirstAreaDialog)
    QTest.keyClick(dialog.areas, Qt.Key.Key_Return)


def _escape(dialog: QDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_a_new_dealership_leads_to_its_checklist_by_keys_alone(coach: Coach, answer: Answer) -> None:
    """Ctrl+N, a name, Enter, Enter: the baseline is open at the first area."""
    typist = answer(_type_name, _take_first_area)
    QTest.keyClick(coach.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert typist.answers == []
    page = coach.window.current_page
    assert page is not None
    assert page.key == "checklists"
    engagement = coach.workbench.engagement
    assert engagement is not None
    (baseline,) = coach.workbench.read(list_assessments, engagement.id)
    assert baseline.kind is AssessmentKind.BASELINE
    assert len(baseline.scope) > 1
    assert page.place().assessment_id == baseline.id
    assert (page.place().process_id or "").startswith(f"{baseline.scope[0]}.")
    assert "Autohaus Probe" in coach.window.header.name.text()


def test_the_workspace_is_made_where_workspaces_lie(coach: Coach, answer: Answer) -> None:
    answer(_type_name, _take_first_area)
    _welcome(coach).new_button.click()
    assert coach.workbench.workspace.folder == coach.front_door.session.own_folder


def test_without_an_area_today_is_shown(coach: Coach, answer: Answer) -> None:
    answer(_type_name, _escape)
    _welcome(coach).new_button.click()
    page = coach.window.current_page
    assert page is not None
    assert page.key == "today"


def test_turning_back_leaves_nothing_behind(coach: Coach, answer: Answer) -> None:
    answer(_escape)
    _welcome(coach).new_button.click()
    assert coach.window.current_page is None
    assert not coach.front_door.session.own_folder.exists()


def test_who_is_working_is_asked_once_without_standing_in_the_way(coach: Coach, answer: Answer) -> None:
    answer(_type_name, _take_first_area)
    _welcome(coach).new_button.click()
    assert "Who is working?" in coach.window.messages.text
    assert coach.settings.flag("asked_who", default=False)


def test_the_coach_of_the_programme_is_proposed_as_who_is_working(coach: Coach, answer: Answer) -> None:
    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, WhoIsWorkingDialog)
        assert dialog.name.currentText() == "N. Neu"
        assert dialog.role.currentData() == Role.COACH
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    typist = answer(_type_name, _take_first_area, look)
    _welcome(coach).new_button.click()
    bench = coach.workbench
    first, fresh = (add_person(bench.workspace, name=name).made(Person) for name in ("A. Erst", "N. Neu"))
    for person in (first, fresh):
        certify_person(bench.workspace, person.id, role=Role.COACH)
    assert bench.engagement is not None
    bench.do(change_engagement, bench.engagement.id, coach_id=fresh.id)
    coach.front_door.errands.who_is_working()
    assert typist.answers == []


def test_the_promise_stands_on_the_first_screen(coach: Coach) -> None:
    from ui.widgets.labels import PlainLabel

    words = {label.text() for label in _welcome(coach).findChildren(PlainLabel)}
    assert "Your data stays on this computer." in words


def test_undoing_the_first_dealership_shows_the_welcome_again(coach: Coach, answer: Answer) -> None:
    answer(_type_name, _escape)
    _welcome(coach).new_button.click()
    coach.workbench.undo()
    assert isinstance(coach.window.stack.currentWidget(), WelcomePage)
    coach.workbench.redo()
    assert coach.workbench.can_undo


@pytest.fixture
def quick_sample(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A sample of one dealership, so that the window's part can be tried without making the whole one."""
    import qma_app.services.sample as sample
    from qma_app.services.dealerships import add_dealership

    made: list[Path] = []

    def make_sample(folder: Path, *, progress: Callable[[float], bool], portfolio: bool) -> Workspace:
        assert portfolio
        workspace = create_workspace(folder, is_sample=True)
        add_dealership(workspace, name="Sample motors", country="DE")
        progress(0.5)
        made.append(folder)
        return workspace

    monkeypatch.setattr(sample, "make_sample", make_sample)
    return made


def test_the_sample_is_made_beside_the_window_and_opened(
    qtbot: QtBot, coach: Coach, quick_sample: list[Path]
) -> None:
    with qtbot.waitSignal(coach.front_door.session.opened):
        _welcome(coach).sample_button.click()
        assert not _welcome(coach).new_button.isEnabled()
    assert coach.workbench.workspace.is_sample
    assert coach.workbench.workspace.folder == coach.front_door.session.sample_folder
    assert coach.window.header._sample.isVisible()
    assert len(quick_sample) == 1


def test_the_sample_is_made_only_once(qtbot: QtBot, coach: Coach, quick_sample: list[Path]) -> None:
    with qtbot.waitSignal(coach.front_door.session.opened):
        _welcome(coach).sample_button.click()
    coach.front_door.workspaces.open_sample()
    assert len(quick_sample) == 1


def test_a_removed_sample_leaves_no_trace(
    qtbot: QtBot, coach: Coach, quick_sample: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.dialogs.confirm import ConfirmDialog

    with qtbot.waitSignal(coach.front_door.session.opened):
        _welcome(coach).sample_button.click()
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *_question, **_words: True)
    coach.front_door.workspaces.remove_sample()
    assert not coach.front_door.session.sample_folder.exists()
    assert isinstance(coach.window.stack.currentWidget(), WelcomePage)


def test_a_reset_sample_is_made_anew(
    qtbot: QtBot, coach: Coach, quick_sample: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from qma_app.services.dealerships import add_dealership, list_dealerships
    from ui.dialogs.confirm import ConfirmDialog

    with qtbot.waitSignal(coach.front_door.session.opened):
        _welcome(coach).sample_button.click()
    coach.workbench.do(add_dealership, name="Tried out", country="DE")
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *_question, **_words: True)
    with qtbot.waitSignal(coach.front_door.session.opened):
        coach.front_door.workspaces.reset_sample()
    assert [row.name for row in coach.workbench.read(list_dealerships)] == ["Sample motors"]
    assert len(quick_sample) == 2


def test_the_first_own_dealership_leaves_the_sample(
    qtbot: QtBot, coach: Coach, answer: Answer, quick_sample: list[Path]
) -> None:
    """What is made for oneself never lands in the sample."""
    with qtbot.waitSignal(coach.front_door.session.opened):
        _welcome(coach).sample_button.click()
    answer(_type_name, _escape)
    coach.front_door.errands.new_dealership()
    assert not coach.workbench.workspace.is_sample
    assert not coach.window.header._sample.isVisible()


def test_a_dealership_is_edited_in_one_place_and_saved_as_it_is_typed(coach: Coach, answer: Answer) -> None:
    answer(_type_name, _escape)
    _welcome(coach).new_button.click()

    def edit(dialog: QDialog) -> None:
        assert isinstance(dialog, EditDealershipDialog)
        dialog.city.setFocus()
        QTest.keyClicks(dialog.city, "Rosenhagen")
        next(b for b in dialog.findChildren(Button) if b.text().strip() == "Add site").click()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    answer(edit)
    coach.front_door.errands.edit_dealership()
    with coach.workbench.workspace.reading() as reader:
        (dealership,) = reader.all(Dealership)
        assert len(reader.all(Site)) == 2
    assert dealership.city == "Rosenhagen"
    assert "Rosenhagen" in coach.window.header.name.text()


def test_a_deleted_dealership_can_be_brought_back(coach: Coach, answer: Answer) -> None:
    answer(_type_name, _escape)
    _welcome(coach).new_button.click()

    def delete(dialog: QDialog) -> None:
        next(b for b in dialog.findChildren(Button) if b.text().strip() == "Delete dealership").click()

    answer(delete)
    coach.front_door.errands.edit_dealership()
    assert isinstance(coach.window.stack.currentWidget(), WelcomePage)
    undo = next(b for b in coach.window.messages.findChildren(Button) if b.text() == "Undo")
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    page = coach.window.current_page
    assert page is not None
    assert page.key == "today"
    assert coach.workbench.dealership_id is not None
