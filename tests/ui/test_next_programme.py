"""A dealership whose programme has ended begins the next one by keys: people, owners and features go on, and it is one step of undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from qma_app.domain.dealership import Dealership, Site
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, DealershipId, EngagementId
from qma_app.domain.people import Person
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.standing import current_engagement
from qma_app.services.areas_left_out import areas_left_out
from qma_app.services.dealerships import add_site
from qma_app.services.setting_up import (
    EngagementSetup,
    NewPerson,
    end_engagement,
    set_up_engagement,
)
from qma_app.services.standards import newest_shipped_edition
from qma_app.services.workspace import create_workspace
from tests.ui.answering import Answer
from tests.ui.looking import rich_labels, unnamed_controls
from tests.ui.portfolio_house import a_coach
from ui.app import Coach
from ui.dialogs.edit_dealership import EditDealershipDialog
from ui.dialogs.next_programme import NextProgramme
from ui.journey.agreement_view import AgreementView
from ui.palette import Palette
from ui.places import Place
from ui.portfolio.table_view import TableView
from ui.workbench import Workbench

KEY = Qt.Key
NAME, OTHER = "Autohaus Muster", "Autohaus Zweites"
FEATURES = ("new-cars", "service", "used-cars")


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifiers)
    QApplication.processEvents()


@pytest.fixture
def coach(tmp_path: Path, open_coach: Callable[[Path | None], Coach]) -> Coach:
    """Two dealerships: the first with a programme that has ended and all it had, the second with one that runs."""
    with create_workspace(tmp_path / "own") as workspace:
        person = a_coach(workspace, "K. Beispiel")
        process = next(iter(newest_shipped_edition().processes))
        first = set_up_engagement(
            workspace,
            EngagementSetup(
                name=NAME,
                country="DE",
                features=FEATURES,
                staff=30,
                coach=person,
                started_on=date(2025, 1, 7),
                months=24,
                left_out={AreaId("it-data"): "done by the group"},
                people=(
                    NewPerson(name="R. Muster", is_principal=True),
                    NewPerson(name="S. Probe", is_officer=True, processes=(process,)),
                ),
                officer_percent=20,
            ),
        ).made(Engagement)
        end_engagement(workspace, first.id, on=workspace.today(), reason="certified")
        set_up_engagement(workspace, EngagementSetup(name=OTHER, country="DE", features=FEATURES))
    return open_coach(tmp_path / "own")


@pytest.fixture
def bench(coach: Coach) -> Workbench:
    return coach.workbench


def house(bench: Workbench, name: str = NAME) -> DealershipId:
    with bench.workspace.reading() as reader:
        return next(one.id for one in reader.all(Dealership) if one.name == name)


def latest(bench: Workbench, name: str = NAME) -> Engagement:
    return bench.read(current_engagement, house(bench, name))


def begin(dialog: QDialog) -> None:
    """All as it is proposed."""
    assert isinstance(dialog, NextProgramme)
    dialog.accept()


def owners(bench: Workbench, engagement_id: EngagementId) -> set[object]:
    with bench.workspace.reading() as reader:
        return {one.owner_id for one in reader.all(ProcessOwner, engagement_id=engagement_id)}


class TestFromTheTableOfAll:
    @pytest.fixture
    def table(self, coach: Coach, bench: Workbench) -> TableView:
        """The programme looked at is the other one, as a coach comes from the day's work."""
        coach.window.go(Place(page="dealerships", dealership_id=house(bench, OTHER)))
        shown = coach.window.page("dealerships").part("table")  # type: ignore[attr-defined]
        assert isinstance(shown, TableView)
        shown.table.select(house(bench))
        shown.take_focus()
        return shown

    def test_one_key_and_one_more_take_over_everything(
        self, coach: Coach, bench: Workbench, table: TableView, answer: Answer
    ) -> None:
        before = latest(bench)
        answer(begin)
        press(KEY.Key_N)
        after = latest(bench)
        assert (after.is_running, after.months, after.coach_id) == (True, 24, before.coach_id)
        assert after.started_on == bench.workspace.today()
        assert (after.principal_id, after.officer_id) == (before.principal_id, before.officer_id)
        assert owners(bench, after.id) == owners(bench, before.id) == {before.officer_id}
        assert bench.read(areas_left_out, after.id)[AreaId("it-data")] == "done by the group"
        assert bench.engagement == after
        place = coach.window.place()
        assert place is not None
        assert (place.page, place.view, place.dealership_id) == ("journey", "agreement", house(bench))

    def test_its_undo_leaves_the_ended_one(self, bench: Workbench, table: TableView, answer: Answer) -> None:
        before = latest(bench)
        answer(begin)
        press(KEY.Key_N)
        assert latest(bench) != before
        bench.undo()
        assert latest(bench) == before

    def test_only_an_ended_one_is_followed(self, bench: Workbench, table: TableView) -> None:
        assert table.next_button.isVisible()
        assert not table.hand_over_button.isVisible()
        table.table.select(house(bench, OTHER))
        assert not table.next_button.isVisible()
        assert table.hand_over_button.isVisible()
        running = latest(bench, OTHER)
        table.take_focus()
        press(KEY.Key_N)
        assert latest(bench, OTHER) == running
        assert not any(one.title.startswith("Begin the next") for one in table.commands())


class TestFromOtherPlaces:
    def test_the_palette_offers_it_where_a_programme_has_ended(
        self, coach: Coach, bench: Workbench, answer: Answer
    ) -> None:
        coach.window.go(Place(page="today", dealership_id=house(bench, OTHER)))
        palette = coach.window.findChild(Palette)
        assert palette is not None
        title = "Begin the next programme…"
        assert all(one.title != title for one in palette.commands())
        coach.window.go(Place(page="today", dealership_id=house(bench)))
        answer(begin)
        next(one for one in palette.commands() if one.title == title).run()
        assert latest(bench).is_running

    def test_the_dealership_says_it_ended_and_leads_on(
        self, coach: Coach, bench: Workbench, answer: Answer
    ) -> None:
        def ask_on(dialog: QDialog) -> None:
            assert isinstance(dialog, EditDealershipDialog)
            dialog.next_button.click()

        coach.window.go(Place(page="today", dealership_id=house(bench)))
        answer(ask_on, begin)
        bench.wanted_dealership_edit.emit()
        assert latest(bench).is_running

    def test_the_agreement_of_the_ended_one_leads_on(
        self, coach: Coach, bench: Workbench, answer: Answer
    ) -> None:
        coach.window.go(Place(page="journey", view="agreement", dealership_id=house(bench)))
        shown = coach.window.page("journey").part("agreement")  # type: ignore[attr-defined]
        assert isinstance(shown, AgreementView)
        button = shown.programme.next_button
        button.setFocus()
        answer(begin)
        press(KEY.Key_Space)
        assert latest(bench).is_running
        assert not button.isVisible()


class TestTheWindow:
    @pytest.fixture
    def dialog(self, qtbot: QtBot, coach: Coach, bench: Workbench) -> NextProgramme:
        """The window over the main one, with the keyboard in it."""
        coach.window.resize(1024, 640)
        made = NextProgramme(coach.window, bench, house(bench))
        made.show()
        qtbot.waitExposed(made)
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        return made

    def test_what_goes_on_is_said_and_can_be_left_behind(
        self, bench: Workbench, dialog: NextProgramme
    ) -> None:
        before = latest(bench)
        said = " ".join(words(dialog.taken_over))
        for part in ("certified", "2 people", "R. Muster", "S. Probe, 20%", "1 process"):
            assert part in said
        assert dialog.taken_over.goes_on.hasFocus()
        press(KEY.Key_Space)
        press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
        after = latest(bench)
        assert (after.principal_id, after.officer_id, owners(bench, after.id)) == (None, None, set())
        assert bench.read(areas_left_out, after.id) == bench.read(areas_left_out, before.id)
        with bench.workspace.reading() as reader:
            assert len(reader.all(Person, dealership_id=house(bench))) == 2

    def test_another_department_is_stored_with_the_programme_as_one_step(
        self, bench: Workbench, dialog: NextProgramme
    ) -> None:
        press(KEY.Key_Return)  # Departments
        boxes = dialog.departments.features._boxes
        assert sorted(key for key, box in boxes.items() if box.isChecked()) == [
            "new-cars",
            "service",
            "used-cars",
        ]
        boxes["body-shop"].setFocus()
        press(KEY.Key_Space)
        press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert offered(bench) == ("body-shop", "new-cars", "service", "used-cars")
        bench.undo()
        assert offered(bench) == ("new-cars", "service", "used-cars")
        assert not latest(bench).is_running

    def test_an_area_that_falls_away_needs_its_reason_and_the_step_is_shown(
        self, bench: Workbench, dialog: NextProgramme
    ) -> None:
        dialog.departments.features._boxes["used-cars"].setChecked(False)
        line = dialog.departments._lines[AreaId("used-cars")]
        assert line.text()
        line.selectAll()
        QTest.keyClick(line, KEY.Key_Delete)
        dialog.turn_to(2)
        press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert dialog.changes is None
        assert dialog.stack.currentWidget() is dialog.departments
        assert line.hasFocus()
        assert not latest(bench).is_running

    def test_a_day_before_the_end_of_the_last_one_is_refused_at_its_step(
        self, bench: Workbench, dialog: NextProgramme
    ) -> None:
        dialog.agreement.start.show_day(date(2025, 6, 1), bench.workspace.today())
        press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert dialog.changes is None
        assert dialog.stack.currentWidget() is dialog.agreement
        assert "ended on" in dialog._problem.text()

    def test_every_control_has_a_name(self, dialog: NextProgramme) -> None:
        for place in range(len(dialog.steps)):
            press(getattr(KEY, f"Key_{place + 1}"), Qt.KeyboardModifier.AltModifier)
            assert dialog.stack.currentIndex() == place
            assert not unnamed_controls(dialog)
            assert not rich_labels(dialog)


def test_of_several_sites_the_features_are_only_looked_at(
    qtbot: QtBot, coach: Coach, bench: Workbench
) -> None:
    bench.do(add_site, house(bench), name="Second site")
    dialog = NextProgramme(coach.window, bench, house(bench))
    qtbot.addWidget(dialog)
    assert not dialog.departments.features.isEnabled()
    dialog.accept()
    assert latest(bench).is_running
    assert offered(bench) == ("new-cars", "service", "used-cars")


def offered(bench: Workbench) -> tuple[str, ...]:
    with bench.workspace.reading() as reader:
        return reader.all(Site, dealership_id=house(bench))[0].features


def words(widget: QWidget) -> list[str]:
    from ui.widgets.labels import PlainLabel

    return [one.text() for one in widget.findChildren(PlainLabel)]
