"""A dealership is set up in full by keys alone: few enough strokes, everything stored as one edit, every refusal at its step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDialog, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from qma_app.domain.dealership import Dealership, Site
from qma_app.domain.engagement import Engagement
from qma_app.domain.people import Person, Role
from qma_app.domain.plan import PlannedArea
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.record import Changes
from qma_app.services.dealerships import add_dealership
from qma_app.services.people_lists import people_template
from qma_app.services.working import start_working
from qma_app.services.workspace import create_workspace
from tests.ui.answering import Answer
from tests.ui.looking import rich_labels, unnamed_controls
from tests.ui.portfolio_house import a_coach
from ui.app import Coach
from ui.dialogs.new_dealership import NewDealership, NewDealershipDialog
from ui.dialogs.set_up_programme import SetUpProgramme
from ui.dialogs.set_up_programme_grid import OFFICER, PRINCIPAL
from ui.workbench import Workbench

KEY = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
FIVE_MINUTES = 5 * 60 * 2
"""Keys pressed in five minutes by somebody who looks for each of them: two a second."""


class Keyboard:
    """Types where the focus is, as a user without a mouse does, and counts."""

    def __init__(self) -> None:
        self.strokes = 0

    def write(self, text: str) -> None:
        for letter in text:
            QTest.keyClicks(self._focus(), letter)
            self._count()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self._focus(), key, modifiers)
        self._count()

    def tab(self, times: int = 1) -> None:
        for _time in range(times):
            self.press(KEY.Key_Tab)

    def _count(self) -> None:
        QApplication.processEvents()  # nobody types faster than the window follows
        self.strokes += 1

    def _focus(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused


@pytest.fixture
def opened(qtbot: QtBot, workbench: Workbench) -> Iterator[Callable[..., SetUpProgramme]]:
    """The dialog over a window, with the keyboard in it."""
    made: list[SetUpProgramme] = []
    windows: list[QMainWindow] = []

    def show(before: NewDealership | None = None) -> SetUpProgramme:
        window = QMainWindow()
        window.resize(1440, 900)
        qtbot.addWidget(window)
        windows.append(window)
        dialog = SetUpProgramme(window, workbench, before)
        dialog.show()
        qtbot.waitExposed(dialog)
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        made.append(dialog)
        return dialog

    yield show
    for dialog in made:
        workbench.failed.disconnect(dialog._failed)


def made_of(changes: Changes | None, bench: Workbench) -> tuple[Dealership, Engagement, Site]:
    assert changes is not None
    engagement = changes.made(Engagement)
    with bench.workspace.reading() as reader:
        return (
            reader.get(Dealership, engagement.dealership_id),
            reader.get(Engagement, engagement.id),
            reader.all(Site, dealership_id=engagement.dealership_id)[0],
        )


def test_from_scratch_by_keys_in_under_five_minutes(
    qtbot: QtBot, workbench: Workbench, opened: Callable[..., SetUpProgramme]
) -> None:
    start_working(workbench.workspace, role=Role.COACH, name="K. Beispiel", valid_until=date(2028, 6, 30))
    dialog, keys = opened(), Keyboard()
    keys.write("Autohaus Muster")
    keys.tab(3)
    keys.write("Musterstadt")
    keys.tab()
    keys.write("38")
    keys.press(KEY.Key_Return)
    assert dialog.stack.currentWidget() is dialog.departments
    keys.press(KEY.Key_Space)  # no new cars
    keys.press(KEY.Key_Return)
    for name, function, mail, processes in (
        ("Rita Muster", "Dealer principal", "rita@example.com", ""),
        ("Anton Beispiel", "Service manager", "anton@example.com", "SRV-04; SRV-05"),
        ("Sabine Exempel", "Quality officer", "sabine@example.com", "MGT-01"),
        ("Karl Probe", "Parts manager", "karl@example.com", "PRT-02"),
    ):
        for words in (name, function, mail, "+49 8031 100", processes):
            keys.write(words)
            if words is not processes:
                keys.tab()
        keys.press(KEY.Key_Return)
    keys.press(KEY.Key_Return)
    assert dialog.stack.currentWidget() is dialog.agreement
    keys.press(KEY.Key_Return, CONTROL)
    dealership, engagement, site = made_of(dialog.changes, workbench)
    assert (dealership.name, dealership.city, site.staff) == ("Autohaus Muster", "Musterstadt", 38)
    assert "new-cars" not in site.features
    with workbench.workspace.reading() as reader:
        people = {one.name: one.id for one in reader.all(Person, dealership_id=dealership.id)}
        owners = reader.all(ProcessOwner, engagement_id=engagement.id)
        left_out = reader.all(PlannedArea, engagement_id=engagement.id)
        coach = reader.get(Person, str(engagement.coach_id))
    assert len(people) == 4
    assert (engagement.principal_id, engagement.officer_id) == (
        people["Rita Muster"],
        people["Sabine Exempel"],
    )
    assert sorted(str(one.process_id) for one in owners if one.owner_id == people["Anton Beispiel"]) != []
    assert len(owners) == 4
    assert [one.left_out for one in left_out] == ["no new cars sold"]
    assert coach.name == "K. Beispiel"
    assert keys.strokes < FIVE_MINUTES, keys.strokes
    print(f"{keys.strokes} keys")


def test_name_and_country_are_enough_from_the_first_step(
    workbench: Workbench, opened: Callable[..., SetUpProgramme]
) -> None:
    dialog, keys = opened(), Keyboard()
    assert not dialog.accept_button.isEnabled()
    keys.press(KEY.Key_Return, CONTROL)
    assert dialog.changes is None
    keys.write("Autohaus Kurz")
    keys.press(KEY.Key_Return, CONTROL)
    dealership, engagement, site = made_of(dialog.changes, workbench)
    assert (dealership.name, site.name, engagement.months) == ("Autohaus Kurz", "Autohaus Kurz", 18)
    assert engagement.started_on == workbench.workspace.today()


def test_a_name_still_being_typed_counts_when_it_is_created(
    workbench: Workbench, opened: Callable[..., SetUpProgramme]
) -> None:
    dialog, keys = opened(NewDealership(name="Autohaus Kurz", country="DE")), Keyboard()
    keys.press(KEY.Key_3, ALT)
    keys.write("Rita Muster")
    keys.press(KEY.Key_Return, CONTROL)
    assert dialog.changes is not None
    assert [one.name for one in dialog.changes.of(Person)] == ["Rita Muster"]


def test_what_falls_away_is_counted_as_one_ticks_and_its_reason_is_written_beforehand(
    opened: Callable[..., SetUpProgramme],
) -> None:
    dialog = opened()
    step = dialog.departments
    before = step.figure.text()
    assert before.endswith("of 484 checkpoints apply")
    boxes = {box.text(): box for box in step.features.findChildren(QCheckBox)}
    boxes["Sells used cars"].setChecked(False)
    assert "Used cars falls away" in step.figure.text()
    assert step.left_out == {"used-cars": "no used cars sold"}
    line = step._lines[next(iter(step.left_out))]
    line.setText("Sold in the sister house")
    line.textEdited.emit("Sold in the sister house")
    boxes["Sells new cars"].setChecked(False)
    assert step.left_out["used-cars"] == "Sold in the sister house"  # type: ignore[index]  # ids are text
    boxes["Sells used cars"].setChecked(True)
    boxes["Sells new cars"].setChecked(True)
    assert step.figure.text() == before
    assert step.left_out == {}


def test_an_area_without_a_reason_is_refused_where_it_is_written(
    workbench: Workbench, opened: Callable[..., SetUpProgramme]
) -> None:
    dialog = opened(NewDealership(name="Autohaus Muster", country="DE"))
    boxes = {box.text(): box for box in dialog.departments.features.findChildren(QCheckBox)}
    boxes["Sells used cars"].setChecked(False)
    line = next(iter(dialog.departments._lines.values()))
    line.clear()
    line.textEdited.emit("")
    dialog.accept()
    assert dialog.changes is None
    assert dialog.stack.currentWidget() is dialog.departments
    assert QApplication.focusWidget() is line
    assert "UCS Used cars" in dialog._problem.text()


def test_an_area_can_be_left_out_by_choice(
    workbench: Workbench, opened: Callable[..., SetUpProgramme]
) -> None:
    dialog = opened(NewDealership(name="Autohaus Muster", country="DE"))
    step = dialog.departments
    step._offer_areas()
    step.leave_out.choices.actions()[-1].trigger()
    line = next(iter(step._lines.values()))
    line.setText("Done by the group")
    dialog.accept()
    assert dialog.changes is not None
    assert [one.left_out for one in dialog.changes.of(PlannedArea)] == ["Done by the group"]


def test_the_head_count_decides_checkpoints_too(opened: Callable[..., SetUpProgramme]) -> None:
    dialog = opened()
    before = dialog.departments.effect.applicable
    dialog.house.staff.setValue(6)
    assert dialog.departments.effect.applicable < before
    assert dialog.list.item(1).text().endswith(f"{dialog.departments.effect.applicable} of 484 checkpoints")


def test_a_piece_of_a_spreadsheet_is_pasted_with_or_without_headings(
    opened: Callable[..., SetUpProgramme],
) -> None:
    dialog = opened()
    dialog.list.setCurrentRow(2)
    grid = dialog.people.grid
    QApplication.clipboard().setText("Vorname\tNachname\tFunktion\nRita\tMuster\tGeschäftsführerin\n")
    QTest.keyClick(grid, KEY.Key_V, CONTROL)
    QApplication.clipboard().setText("Anton Beispiel\tService\ta@example.com\nNora Neu\n")
    QTest.keyClick(grid, KEY.Key_V, CONTROL)
    rows = grid.people()
    assert [one.words.name for one in rows] == ["Rita Muster", "Anton Beispiel", "Nora Neu", ""]
    assert [one.is_principal for one in rows] == [True, False, False, False]
    assert dialog.list.item(2).text().endswith("3 people")


def test_only_one_leads_and_a_tick_by_hand_counts_more_than_a_guess(
    opened: Callable[..., SetUpProgramme],
) -> None:
    dialog = opened()
    grid = dialog.people.grid
    QApplication.clipboard().setText("Rita Muster\tDealer principal\nAnton Beispiel\tQuality officer\n")
    dialog.list.setCurrentRow(2)
    QTest.keyClick(grid, KEY.Key_V, CONTROL)
    assert dialog.agreement.percent.isEnabled()
    grid.setCurrentCell(1, PRINCIPAL)
    QTest.keyClick(grid, KEY.Key_Space)
    grid.setCurrentCell(1, OFFICER)
    QTest.keyClick(grid, KEY.Key_Space)
    rows = grid.people()
    assert [one.is_principal for one in rows] == [False, True, False]
    assert not any(one.is_officer for one in rows)
    assert not dialog.agreement.percent.isEnabled()


def test_a_list_from_excel_is_read_beside_the_dialog(
    qtbot: QtBot, opened: Callable[..., SetUpProgramme], tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Name;Funktion;Prozesse\nNora Neu;Parts;PRT-02\n", encoding="utf-8")
    dialog = opened()
    dialog.people.read(file)
    qtbot.waitUntil(dialog.people.file_button.isEnabled, timeout=10_000)
    assert dialog.people.grid.people()[0].words.processes == "PRT-02"


def test_a_mistake_among_the_people_is_named_with_its_row(
    workbench: Workbench, opened: Callable[..., SetUpProgramme]
) -> None:
    dialog = opened(NewDealership(name="Autohaus Muster", country="DE"))
    QApplication.clipboard().setText("Rita Muster\t\tr@example.com\nNora Neu\t\tno address\t\tXXX-99\n")
    QTest.keyClick(dialog.people.grid, KEY.Key_V, CONTROL)
    dialog.accept()
    assert dialog.changes is None
    assert dialog.stack.currentWidget() is dialog.people
    assert "row 2" in dialog._problem.text()


def test_a_lapsed_coach_is_refused_in_words_on_the_day_that_counts(
    workbench: Workbench, opened: Callable[..., SetUpProgramme]
) -> None:
    today = workbench.workspace.today()
    a_coach(workbench.workspace, "M. Muster", date(2026, 12, 15))
    dialog = opened(NewDealership(name="Autohaus Muster", country="DE"))
    step = dialog.agreement
    step.coach.setCurrentIndex(step.coach.findText("M. Muster", Qt.MatchFlag.MatchStartsWith))
    assert step.certificate.text() == "Certificate valid to 15 Dec 2026, 24 days left"
    step.start.field.setText("1.1.2027")
    step.start.flush()
    assert "lapsed on 15 Dec 2026" in step.certificate.text()
    dialog.accept()
    assert dialog.changes is None
    assert dialog.stack.currentWidget() is step
    step.start.show_day(today, today)
    dialog.accept()
    assert dialog.changes is not None


def test_what_was_refused_is_said_until_something_changes_or_another_step_is_shown(
    workbench: Workbench, opened: Callable[..., SetUpProgramme]
) -> None:
    dialog = opened(NewDealership(name="Autohaus Muster", country="DE"))
    QApplication.clipboard().setText("Nora Neu\t\tno address\t\tXXX-99\n")
    QTest.keyClick(dialog.people.grid, KEY.Key_V, CONTROL)
    dialog.accept()
    assert dialog._problem.isVisible()
    dialog.turn_to(3)
    assert not dialog._problem.isVisible()
    dialog.accept()
    assert dialog.stack.currentWidget() is dialog.people
    assert dialog._problem.isVisible()
    dialog.people.grid.setCurrentCell(0, 0)
    dialog.people.remove_button.click()
    assert not dialog._problem.isVisible()


def test_a_certificate_without_an_end_is_said_once(
    workbench: Workbench, opened: Callable[..., SetUpProgramme]
) -> None:
    a_coach(workbench.workspace, "M. Muster")
    step = opened().agreement
    step.coach.setCurrentIndex(step.coach.findText("M. Muster", Qt.MatchFlag.MatchStartsWith))
    assert step.coach.currentText().endswith("valid, no end noted")
    assert step.certificate.text() == ""


def test_the_audit_day_follows_start_and_length(opened: Callable[..., SetUpProgramme]) -> None:
    dialog = opened()
    step = dialog.agreement
    step.start.field.setText("2026-12-01")
    step.start.flush()
    assert step.due.text() == "The audit is due on 1 Jun 2028."
    step.length.buttons["12"].click()
    assert step.due.text() == "The audit is due on 1 Dec 2027."
    step.length.buttons["own"].click()
    step.months.setValue(15)
    assert step.due.text() == "The audit is due on 1 Mar 2028."
    assert dialog.list.item(3).text().endswith("1 Dec 2026, 15 months")


def test_another_dealership_is_copied_without_its_people(
    workbench: Workbench, opened: Callable[..., SetUpProgramme]
) -> None:
    dialog = opened()
    house = dialog.house
    house.name.setText("Autohaus Zweitens")
    place = house.copy.findText("Autohaus Beispiel, Musterstadt")
    house.copy.setCurrentIndex(place)
    house.copy.activated.emit(place)
    assert "service" in dialog.departments.features.chosen()
    dialog.accept()
    dealership, _engagement, site = made_of(dialog.changes, workbench)
    with workbench.workspace.reading() as reader:
        first = reader.all(Site)[0]
        assert reader.all(Person, dealership_id=dealership.id) == ()
    assert site.features == first.features


def test_alt_and_digits_turn_to_the_steps_and_every_control_has_a_name(
    opened: Callable[..., SetUpProgramme],
) -> None:
    dialog = opened()
    for place, key in enumerate((KEY.Key_1, KEY.Key_2, KEY.Key_3, KEY.Key_4)):
        QTest.keyClick(QApplication.focusWidget() or dialog, key, ALT)
        assert dialog.stack.currentIndex() == place
        assert unnamed_controls(dialog) == []
        assert rich_labels(dialog) == []
    QTest.keyClick(dialog, KEY.Key_PageUp, CONTROL)
    assert dialog.stack.currentIndex() == 2


def test_regions_follow_the_country(opened: Callable[..., SetUpProgramme]) -> None:
    dialog = opened()
    region: QComboBox = dialog.house.region
    dialog.house.show_country("DE", "BY", "de")
    assert region.currentText() == "Bayern (BY)"
    dialog.house.country.setEditText("Austria")
    assert region.findData("9") > 0
    assert region.findData("BY") == -1
    assert dialog.setup().region == ""


def test_the_quick_way_leads_to_the_full_one_and_on_to_the_agreement(
    qtbot: QtBot, coach: Coach, answer: Answer
) -> None:
    def type_name(dialog: QDialog) -> None:
        assert isinstance(dialog, NewDealershipDialog)
        QTest.keyClicks(dialog.name, "Autohaus Probe")
        dialog.full_button.click()

    def create(dialog: QDialog) -> None:
        assert isinstance(dialog, SetUpProgramme)
        assert dialog.house.name.text() == "Autohaus Probe"
        dialog.house.city.setText("Probstadt")
        dialog.accept()

    answer(type_name, create)
    QTest.keyClick(coach.window, KEY.Key_N, CONTROL)
    assert coach.window.header.name.text() == "Autohaus Probe, Probstadt"
    place = coach.window.place()
    assert place is not None
    assert place.page == "journey"


def test_the_full_way_left_in_the_sample_leads_back_to_the_sample(
    tmp_path: Path, open_coach: Callable[[Path | None], Coach], answer: Answer
) -> None:
    folder = tmp_path / "sample"
    with create_workspace(folder, is_sample=True) as made:
        add_dealership(made, name="Autohaus Muster", country="DE")
    coach = open_coach(folder)

    def type_name(dialog: QDialog) -> None:
        assert isinstance(dialog, NewDealershipDialog)
        QTest.keyClicks(dialog.name, "Autohaus Probe")
        dialog.full_button.click()

    def leave(dialog: QDialog) -> None:
        assert isinstance(dialog, SetUpProgramme)
        assert not coach.workbench.workspace.is_sample
        dialog.reject()

    answer(type_name, leave)
    coach.workbench.wanted_new_dealership.emit()
    assert coach.workbench.workspace.is_sample
    assert coach.window.header.name.text() == "Autohaus Muster"


def test_the_list_to_fill_in_names_the_processes(tmp_path: Path) -> None:
    assert people_template(tmp_path / "list.xlsx").stat().st_size > 0
