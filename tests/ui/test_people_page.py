"""People are added, written, given processes and certified by keys; lists go in and out, and everything can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow
from pytestqt.qtbot import QtBot

from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import DealershipId, PersonId
from qma_app.domain.people import Person, Qualification, Role
from qma_app.domain.process_owner import ProcessOwner
from qma_app.services.people_lists import people_template
from tests.ui.answering import Answer
from tests.ui.journey_house import DEALERSHIP, ENGAGEMENT
from tests.ui.people_house import SOON, certify, furnish, processes
from ui.dialogs.certify_person import CertifyPerson
from ui.dialogs.edit_person import EditPerson
from ui.dialogs.people_list import TakeInPeople
from ui.pages.people import PeoplePage
from ui.people import lists
from ui.people.certificates_view import CertificatesView
from ui.people.owners_view import OwnersView
from ui.people.people_view import PeopleView
from ui.places import Place
from ui.workbench import Workbench

pytest_plugins = ["tests.ui.journey_fixtures"]

KEY = Qt.Key


@pytest.fixture
def ids(bench: Workbench) -> dict[str, PersonId]:
    made = furnish(bench.workspace)
    certify(bench.workspace)
    return made


@pytest.fixture
def page(qtbot: QtBot, bench: Workbench) -> Iterator[PeoplePage]:
    """People in a window of its own, kept up to date."""
    window = QMainWindow()
    qtbot.addWidget(window)
    page = PeoplePage(bench)
    window.setCentralWidget(page)
    window.resize(1240, 816)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    bench.changed.connect(page.apply_changes)
    bench.marked.connect(page.mark)
    bench.where = page.place
    page.refresh()
    page.take_focus()
    yield page
    bench.changed.disconnect(page.apply_changes)


@pytest.fixture
def people(ids: dict[str, PersonId], page: PeoplePage) -> PeopleView:
    part = page.part("people")
    assert isinstance(part, PeopleView)
    return part


@pytest.fixture
def owners(ids: dict[str, PersonId], page: PeoplePage) -> OwnersView:
    page.show_view("owners")
    part = page.part("owners")
    assert isinstance(part, OwnersView)
    return part


@pytest.fixture
def certificates(ids: dict[str, PersonId], page: PeoplePage) -> CertificatesView:
    page.show_view("certificates")
    part = page.part("certificates")
    assert isinstance(part, CertificatesView)
    return part


def of_house(bench: Workbench) -> list[str]:
    with bench.workspace.reading() as reader:
        return sorted(one.name for one in reader.all(Person, dealership_id=DEALERSHIP))


def owner_of(bench: Workbench, process_id: str) -> PersonId | None:
    with bench.workspace.reading() as reader:
        held = reader.all(ProcessOwner, engagement_id=ENGAGEMENT, process_id=process_id)
    return held[0].owner_id if held else None


def column(view: PeopleView | OwnersView | CertificatesView, place: int) -> list[str]:
    return [row.cells[place] for row in view.table.words.rows]


def is_said(dialog: TakeInPeople) -> bool:
    return bool(dialog.counts.text())


class TestPeople:
    def test_an_empty_house_offers_the_first_person_by_one_key(
        self, qtbot: QtBot, bench: Workbench, page: PeoplePage, answer: Answer
    ) -> None:
        view = page.part("people")
        assert isinstance(view, PeopleView)
        assert view.empty.isVisible()
        assert not view.table.isVisible()

        def type_a_name(dialog: QDialog) -> None:
            assert isinstance(dialog, EditPerson)
            assert not dialog.accept_button.isEnabled()
            qtbot.keyClicks(dialog.name, "Karl Probe")
            dialog.accept()

        answer(type_a_name)
        qtbot.keyClick(view.empty.button, KEY.Key_N)
        assert of_house(bench) == ["Karl Probe"]
        assert column(view, 0) == ["Karl Probe"]
        bench.undo()
        assert view.empty.isVisible()

    def test_the_table_says_who_leads_and_who_answers_for_what(self, people: PeopleView) -> None:
        assert column(people, 0) == ["Anton Beispiel", "Rita Muster", "Sabine Exempel"]
        rows = people.table.words.rows
        assert [row.small.get(0, "") for row in rows] == ["", "Principal", "Quality officer"]
        assert column(people, 4) == ["MGT-01, MGT-02", "–", "–"]

    def test_enter_writes_in_the_panel_and_typing_in_a_field_is_one_step(
        self, qtbot: QtBot, bench: Workbench, people: PeopleView, ids: dict[str, PersonId]
    ) -> None:
        people.select(ids["Anton"])
        qtbot.keyClick(people.table, KEY.Key_Return)
        assert QApplication.focusWidget() is people.panel.name
        people.panel.phone.setFocus()
        qtbot.keyClicks(people.panel.phone, "+49 89 1")
        people.panel.phone.flush()
        qtbot.keyClicks(people.panel.phone, "00")
        people.panel.phone.flush()
        assert column(people, 3)[0] == "+49 89 100"
        bench.undo()
        assert column(people, 3)[0] == "–"

    def test_letters_typed_into_a_field_start_nothing(
        self, qtbot: QtBot, people: PeopleView, page: PeoplePage, ids: dict[str, PersonId]
    ) -> None:
        people.select(ids["Anton"])
        qtbot.keyClick(people.table, KEY.Key_Return)
        people.panel.function.setFocus()
        people.panel.function.clear()
        qtbot.keyClicks(people.panel.function, "nolc")
        assert people.panel.function.text() == "nolc"
        assert page.view == "people"

    def test_a_new_principal_takes_the_place_of_the_one_before(
        self, bench: Workbench, people: PeopleView, ids: dict[str, PersonId]
    ) -> None:
        people.select(ids["Anton"])
        people.panel.principal.click()
        assert bench.engagement is not None
        assert bench.engagement.principal_id == ids["Anton"]
        assert (bench.engagement.officer_id, bench.engagement.officer_percent) == (ids["Sabine"], 20)
        bench.undo()
        assert bench.engagement.principal_id == ids["Rita"]

    def test_who_is_no_longer_officer_leaves_no_share_of_time(
        self, bench: Workbench, people: PeopleView, ids: dict[str, PersonId]
    ) -> None:
        people.select(ids["Sabine"])
        assert people.panel.percent.isVisible()
        people.panel.percent.setValue(35)
        assert bench.engagement is not None
        assert bench.engagement.officer_percent == 35
        people.panel.officer.click()
        with bench.workspace.reading() as reader:
            held = reader.get(Engagement, ENGAGEMENT)
        assert (held.officer_id, held.officer_percent) == (None, None)

    def test_delete_removes_somebody_says_what_is_open_now_and_undo_brings_all_back(
        self, qtbot: QtBot, bench: Workbench, people: PeopleView, ids: dict[str, PersonId]
    ) -> None:
        people.select(ids["Anton"])
        people.take_focus()
        with qtbot.waitSignal(bench.deleted) as told:
            qtbot.keyClick(people.table, KEY.Key_Delete)
        assert told.args[0] == "Anton Beispiel was removed. 2 processes have no owner now."
        assert of_house(bench) == ["Rita Muster", "Sabine Exempel"]
        bench.undo()
        assert owner_of(bench, processes(bench.workspace)[0]) == ids["Anton"]
        assert column(people, 4)[0] == "MGT-01, MGT-02"

    def test_the_filter_looks_through_everything_and_escape_empties_it(
        self, qtbot: QtBot, people: PeopleView
    ) -> None:
        people.focus_search()
        qtbot.keyClicks(people.filter, "mgt-02")
        assert column(people, 0) == ["Anton Beispiel"]
        qtbot.keyClicks(people.filter, "xyz")
        assert people.nothing.isVisible()
        qtbot.keyClick(people.filter, KEY.Key_Escape)
        assert len(column(people, 0)) == 3

    def test_a_process_of_the_panel_leads_to_the_owners(
        self, qtbot: QtBot, people: PeopleView, page: PeoplePage, ids: dict[str, PersonId], bench: Workbench
    ) -> None:
        people.select(ids["Anton"])
        with qtbot.waitSignal(people.going) as gone:
            people.panel.process_wanted.emit(processes(bench.workspace)[1])
        page.go(gone.args[0])
        assert page.view == "owners"
        assert page.place().process_id == processes(bench.workspace)[1]


class TestLists:
    def test_rows_of_a_spreadsheet_are_compared_and_taken_in_as_one_step(
        self, qtbot: QtBot, bench: Workbench, people: PeopleView, answer: Answer
    ) -> None:
        def look_and_take(dialog: QDialog) -> None:
            assert isinstance(dialog, TakeInPeople)
            assert dialog.counts.text() == "1 new person · 1 changed · 0 as they are"
            assert dialog.stay.text() == "2 people of the dealership are not in the list and stay."
            dialog.accept()

        answer(look_and_take)
        QApplication.clipboard().setText("Anton Beispiel\tHead of service\nNeu, Nora\tParts\tn@example.com\n")
        qtbot.keyClick(people.table, KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert of_house(bench) == ["Anton Beispiel", "Nora Neu", "Rita Muster", "Sabine Exempel"]
        bench.undo()
        assert of_house(bench) == ["Anton Beispiel", "Rita Muster", "Sabine Exempel"]

    def test_a_list_with_a_mistake_names_the_place_and_takes_in_nothing(
        self, bench: Workbench, people: PeopleView, answer: Answer
    ) -> None:
        def look(dialog: QDialog) -> None:
            assert isinstance(dialog, TakeInPeople)
            assert [row.cells[0] for row in dialog.wrong.words.rows] == ["row 1"]
            assert not dialog.accept_button.isEnabled()
            dialog.reject()

        answer(look)
        QApplication.clipboard().setText("Nora Neu\tParts\tno address\n")
        assert not lists.take_in_pasted(bench, people)
        assert "Nora Neu" not in of_house(bench)

    def test_an_empty_clipboard_is_said(self, qtbot: QtBot, bench: Workbench, people: PeopleView) -> None:
        QApplication.clipboard().clear()
        with qtbot.waitSignal(bench.told):
            lists.take_in_pasted(bench, people)

    def test_a_file_is_read_beside_the_window(
        self, qtbot: QtBot, bench: Workbench, people: PeopleView, tmp_path: Path
    ) -> None:
        file = tmp_path / "people.csv"
        file.write_text("Name;Funktion;E-Mail\nNora Neu;Parts;n@example.com\n", encoding="utf-8")
        dialog = TakeInPeople(people, bench, DealershipId(DEALERSHIP), file)
        qtbot.addWidget(dialog)
        qtbot.waitUntil(dialog.accept_button.isEnabled, timeout=10_000)
        dialog.accept()
        assert "Nora Neu" in of_house(bench)
        bench.failed.disconnect(dialog.show_problem)

    def test_business_cards_go_out_and_come_back_the_same(
        self,
        qtbot: QtBot,
        bench: Workbench,
        people: PeopleView,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        target = tmp_path / "people.vcf"
        monkeypatch.setattr("ui.people.lists.QFileDialog.getSaveFileName", lambda *_args: (str(target), ""))
        with qtbot.waitSignal(bench.file_saved, timeout=10_000):
            lists.save_cards(bench, people, DEALERSHIP)
        dialog = TakeInPeople(people, bench, DealershipId(DEALERSHIP), target)
        qtbot.addWidget(dialog)
        qtbot.waitUntil(partial(is_said, dialog), timeout=10_000)
        assert dialog.counts.text() == "0 new people · 0 changed · 3 as they are"
        assert dialog.accept_button.toolTip() == "The list changes nothing."
        bench.failed.disconnect(dialog.show_problem)


class TestOwners:
    def test_what_has_no_owner_stands_on_top(self, owners: OwnersView) -> None:
        named = column(owners, 2)
        assert named[-2:] == ["Anton Beispiel", "Anton Beispiel"]
        assert set(named[:-2]) == {"nobody yet"}
        assert column(owners, 0)[0] == "NCS New cars"
        assert column(owners, 0)[1] == ""

    def test_enter_a_part_of_a_name_and_enter_goes_on_to_the_next_process(
        self, qtbot: QtBot, bench: Workbench, owners: OwnersView, ids: dict[str, PersonId]
    ) -> None:
        first, second = (row.key for row in owners.table.words.rows[:2])
        qtbot.keyClick(owners.table, KEY.Key_Return)
        for name in ("rita", "sab"):
            field = QApplication.focusWidget()
            assert field is owners.panel.owner
            qtbot.keyClicks(field, name)
            qtbot.keyClick(field, KEY.Key_Return)
        assert owner_of(bench, first) == ids["Rita"]
        assert owner_of(bench, second) == ids["Sabine"]

    def test_tab_takes_the_one_person_whose_name_begins_so(
        self, qtbot: QtBot, bench: Workbench, owners: OwnersView, ids: dict[str, PersonId]
    ) -> None:
        first = owners.table.words.rows[0].key
        qtbot.keyClick(owners.table, KEY.Key_Return)
        qtbot.keyClicks(owners.panel.owner, "Exempel")
        qtbot.keyClick(QApplication.activePopupWidget() or owners.panel.owner, KEY.Key_Tab)
        assert owner_of(bench, first) is None
        assert owners.panel.owner.words.text() == ""
        owners.panel.owner.setFocus()
        qtbot.keyClicks(owners.panel.owner, "sab")
        qtbot.keyClick(QApplication.activePopupWidget() or owners.panel.owner, KEY.Key_Tab)
        assert owner_of(bench, first) == ids["Sabine"]

    def test_several_are_given_to_somebody_in_one_step(
        self, qtbot: QtBot, bench: Workbench, owners: OwnersView, ids: dict[str, PersonId]
    ) -> None:
        rows = [row.key for row in owners.table.words.rows[:4]]
        for _press in range(3):
            qtbot.keyClick(owners.table, KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        assert owners.table.chosen_keys == tuple(rows)
        assert owners.panel.title.text() == "4 processes"
        assert not owners.panel.deputy.isVisible()
        qtbot.keyClick(owners.table, KEY.Key_Return)
        qtbot.keyClicks(owners.panel.owner, "sabine exempel")
        qtbot.keyClick(owners.panel.owner, KEY.Key_Return)
        assert {owner_of(bench, key) for key in rows} == {ids["Sabine"]}
        bench.undo()
        assert {owner_of(bench, key) for key in rows} == {None}

    def test_a_name_nobody_bears_can_be_added_on_the_spot(
        self, qtbot: QtBot, bench: Workbench, owners: OwnersView, answer: Answer
    ) -> None:
        first = owners.table.words.rows[0].key

        def add(dialog: QDialog) -> None:
            assert isinstance(dialog, EditPerson)
            assert dialog.name.text() == "Nora Neu"
            dialog.accept()

        answer(add)
        qtbot.keyClick(owners.table, KEY.Key_Return)
        qtbot.keyClicks(owners.panel.owner, "Nora Neu")
        qtbot.keyClick(owners.panel.owner, KEY.Key_Return)
        with bench.workspace.reading() as reader:
            nora = next(one for one in reader.all(Person) if one.name == "Nora Neu")
        assert owner_of(bench, first) == nora.id

    def test_nobody_stands_in_for_themselves(
        self, qtbot: QtBot, bench: Workbench, owners: OwnersView, ids: dict[str, PersonId]
    ) -> None:
        owners.table.select(processes(bench.workspace)[0])
        with qtbot.waitSignal(bench.failed) as refused:
            owners.panel.deputy.words.setText("Anton Beispiel")
            owners.panel.deputy.take_typed()
        assert refused.args[0].code == "owner.own-deputy"
        assert owners.panel.deputy.words.text() == ""

    def test_the_description_seen_today_needs_one_press(self, bench: Workbench, owners: OwnersView) -> None:
        wanted = processes(bench.workspace)[0]
        owners.table.select(wanted)
        owners.panel.today_button.click()
        owners.panel.kept.setText("Handbook 4.2")
        owners.panel.kept.flush()
        with bench.workspace.reading() as reader:
            held = reader.all(ProcessOwner, process_id=wanted)[0]
        assert (held.described_on, held.described_in) == (date(2026, 11, 21), "Handbook 4.2")
        owners.which.buttons["open"].click()
        assert wanted not in [row.key for row in owners.table.words.rows]

    def test_a_place_shows_its_process_whatever_the_filter(
        self, bench: Workbench, owners: OwnersView, page: PeoplePage
    ) -> None:
        owners.filter.setText("nothing of the kind")
        wanted = processes(bench.workspace)[5]
        page.go(Place(page="people", view="owners", process_id=wanted))
        assert owners.table.current_key == wanted


class TestCertificates:
    def test_what_lapses_first_stands_on_top_with_shape_word_and_days(
        self, certificates: CertificatesView
    ) -> None:
        rows = certificates.table.words.rows
        assert [row.cells[0] for row in rows] == ["L. Exempel", "M. Muster", "N. Neuling", "K. Beispiel"]
        assert [row.cells[3] for row in rows] == ["✕ lapsed", "▲ lapses soon", "○ not valid yet", "✓ valid"]
        assert [row.small[4] for row in rows] == [
            "22 days ago",
            "24 days left",
            "from 1 Jan 2027",
            "221 days left",
        ]
        assert certificates.detail_words().startswith("1 has lapsed · 1 lapses soon")

    def test_enter_renews_and_undo_takes_it_back(
        self, qtbot: QtBot, bench: Workbench, certificates: CertificatesView, answer: Answer
    ) -> None:
        def renew(dialog: QDialog) -> None:
            assert isinstance(dialog, CertifyPerson)
            assert not dialog.role.isEnabled()
            until = dialog.days["valid_until"].field
            until.setText("31.12.2028")
            dialog.supervised.setValue(7)
            dialog.accept()

        answer(renew)
        qtbot.keyClick(certificates.table, KEY.Key_Return)
        renewed = next(row for row in certificates.table.words.rows if row.cells[0] == "L. Exempel")
        assert (renewed.cells[3], renewed.cells[6]) == ("✓ valid", "7")
        bench.undo()
        assert certificates.table.words.rows[0].cells[3] == "✕ lapsed"

    def test_a_new_coach_is_noted_with_everything(
        self, qtbot: QtBot, bench: Workbench, certificates: CertificatesView, answer: Answer
    ) -> None:
        def note(dialog: QDialog) -> None:
            assert isinstance(dialog, CertifyPerson)
            dialog.name.setEditText("O. Neu")
            dialog.number.setText("C-050")
            dialog.days["valid_from"].field.setText("1.1.2026")
            dialog.days["valid_until"].field.setText("not a day")
            dialog.accept()
            assert dialog.isVisible()
            dialog.days["valid_until"].field.setText("31.12.2027")
            dialog.training.setText("Coach basics")
            dialog.accept()

        answer(note)
        qtbot.keyClick(certificates.table, KEY.Key_N)
        with bench.workspace.reading() as reader:
            held = next(one for one in reader.all(Qualification) if one.number == "C-050")
        assert (held.role, held.valid_until, held.training) == (
            Role.COACH,
            date(2027, 12, 31),
            "Coach basics",
        )
        assert certificates.table.current_key == held.id

    def test_delete_withdraws_and_undo_brings_back(
        self, qtbot: QtBot, bench: Workbench, certificates: CertificatesView
    ) -> None:
        qtbot.keyClick(certificates.table, KEY.Key_Down)
        with qtbot.waitSignal(bench.deleted) as told:
            qtbot.keyClick(certificates.table, KEY.Key_Delete)
        assert told.args[0] == "M. Muster is no longer certified as Coach."
        bench.undo()
        with bench.workspace.reading() as reader:
            assert SOON in [one.valid_until for one in reader.all(Qualification)]


class TestPage:
    def test_letters_turn_to_the_views(self, qtbot: QtBot, people: PeopleView, page: PeoplePage) -> None:
        for key, view in ((KEY.Key_O, "owners"), (KEY.Key_C, "certificates"), (KEY.Key_L, "people")):
            qtbot.keyClick(QApplication.focusWidget() or page, key)
            assert page.view == view

    def test_a_view_not_shown_reads_again_when_it_is(
        self, bench: Workbench, owners: OwnersView, page: PeoplePage, ids: dict[str, PersonId]
    ) -> None:
        from qma_app.services.people import change_person

        bench.do(change_person, ids["Anton"], name="Anton Anders")
        page.show_view("people")
        people = page.part("people")
        assert isinstance(people, PeopleView)
        assert "Anton Anders" in column(people, 0)

    def test_every_step_can_be_named_for_undo(self, bench: Workbench, people: PeopleView) -> None:
        people.panel.principal.click()
        assert bench.undo_title()
        with bench.workspace.reading() as reader:
            assert reader.get(Engagement, ENGAGEMENT).is_running

    def test_the_empty_list_can_be_read_back(self, tmp_path: Path) -> None:
        assert people_template(tmp_path / "list.xlsx").exists()
