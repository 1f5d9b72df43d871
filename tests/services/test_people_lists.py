"""A list of people is compared first and taken in as one edit; nobody is lost, doubled or erased by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import ProcessId
from qma_app.domain.people import Person
from qma_app.domain.process_owner import ProcessOwner
from qma_app.errors import ContentProblems
from qma_app.services import people_lists, setting_up
from qma_app.services.dealerships import add_dealership
from qma_app.services.people import add_person, remove_person
from qma_app.services.people_lists import (
    PeopleDifference,
    PeopleList,
    PersonRow,
    PersonState,
    people_list_difference,
    take_in_people,
)
from qma_app.services.process_owners import name_owner
from qma_app.services.standards import newest_shipped_edition
from qma_app.services.undoing import undo
from tests.builders import TODAY
from tests.exchange.importing.workbooks import a_workbook
from tests.services.conftest import Programme

ORDER = ProcessId("service.repair-order")


def a_list(*rows: tuple[str, ...], **fields: Any) -> PeopleList:
    """Rows of name, e-mail, function and process numbers, as many as are given."""
    return PeopleList(
        name="people.xlsx",
        rows=tuple(
            PersonRow(
                place=f"row {place}",
                name=row[0],
                email=row[1] if len(row) > 1 else "",
                function=row[2] if len(row) > 2 else "",
                processes=tuple(row[3].split()) if len(row) > 3 else (),
            )
            for place, row in enumerate(rows, 2)
        ),
        **fields,
    )


def somebody(programme: Programme, name: str, **fields: str) -> Person:
    return add_person(
        programme.workspace,
        name=name,
        dealership_id=programme.dealership.id,
        **fields,
    ).made(Person)


def difference(programme: Programme, people: PeopleList) -> PeopleDifference:
    with programme.workspace.reading() as reader:
        return people_list_difference(reader, programme.dealership.id, people)


def take_in(programme: Programme, people: PeopleList) -> Any:
    return take_in_people(programme.workspace, programme.dealership.id, people)


def known(programme: Programme) -> dict[str, Person]:
    with programme.workspace.reading() as reader:
        return {one.name: one for one in reader.all(Person, dealership_id=programme.dealership.id)}


class TestWhoIsMeant:
    def test_by_the_email_whatever_the_name(self, programme: Programme) -> None:
        person = somebody(programme, "Rita Huber", email="R@example.com")
        (line,) = difference(programme, a_list(("Rita Muster", "r@EXAMPLE.com"))).lines
        assert line.person == person
        (field,) = line.fields[:1]
        assert (field.field, field.before, field.after) == ("name", "Rita Huber", "Rita Muster")

    def test_else_by_the_name_without_capitals_and_spaces(self, programme: Programme) -> None:
        person = somebody(programme, "Rita  Muster")
        (line,) = difference(programme, a_list(("rita muster", "r@example.com"))).lines
        assert line.person == person
        assert line.state is PersonState.CHANGED

    def test_a_namesake_with_an_email_of_the_list_is_somebody_else(self, programme: Programme) -> None:
        senior = somebody(programme, "Karl Muster", email="senior@example.com")
        found = difference(
            programme, a_list(("Karl Muster", "senior@example.com"), ("Karl Muster", "junior@example.com"))
        )
        assert not found.problems
        assert [line.person for line in found.lines] == [senior, None]
        take_in(
            programme, a_list(("Karl Muster", "senior@example.com"), ("Karl Muster", "junior@example.com"))
        )
        with programme.workspace.reading() as reader:
            assert len(reader.all(Person, dealership_id=programme.dealership.id)) == 2

    def test_two_of_the_same_name_are_not_guessed_between(self, programme: Programme) -> None:
        somebody(programme, "Karl Muster", email="a@example.com")
        somebody(programme, "Karl Muster", email="b@example.com")
        (problem,) = difference(programme, a_list(("Karl Muster",))).errors
        assert (problem.code, problem.place) == ("people.unclear", "row 2")

    def test_two_rows_are_not_one_person(self, programme: Programme) -> None:
        somebody(programme, "Rita Muster", email="r@example.com")
        (problem,) = difference(programme, a_list(("Rita Neu", "r@example.com"), ("Rita Muster",))).errors
        assert (problem.code, problem.place) == ("people.same", "row 3")

    def test_people_of_other_houses_and_of_the_programme_are_not_touched(self, programme: Programme) -> None:
        coach = add_person(programme.workspace, name="Rita Muster", email="r@example.com").made(Person)
        (line,) = difference(programme, a_list(("Rita Muster", "r@example.com"))).lines
        assert line.person is None
        take_in(programme, a_list(("Rita Muster", "r@example.com", "Advisor")))
        with programme.workspace.reading() as reader:
            assert reader.get(Person, coach.id) == coach

    def test_who_left_comes_back_as_somebody_new(self, programme: Programme) -> None:
        person = somebody(programme, "Rita Muster")
        remove_person(programme.workspace, person.id)
        take_in(programme, a_list(("Rita Muster",)))
        assert known(programme)["Rita Muster"].id != person.id


class TestTakingIn:
    def test_new_ones_come_known_ones_are_completed_and_nobody_goes(self, programme: Programme) -> None:
        workspace = programme.workspace
        somebody(programme, "Rita Muster", phone="0042", function="Advisor")
        away = somebody(programme, "Vera Weg")
        same = somebody(programme, "Tom Gleich", function="Foreman")
        people = a_list(
            ("Rita Muster", "r@example.com", "", "SRV-04"),
            ("Nina Neu", "n@example.com"),
            ("Tom Gleich", "", "Foreman"),
        )
        found = difference(programme, people)
        assert [line.state for line in found.lines] == [
            PersonState.CHANGED,
            PersonState.NEW,
            PersonState.SAME,
        ]
        assert found.not_listed == (away,)
        assert found.lines[0].processes[0].title.startswith("SRV-04 ")
        changes = take_in(programme, people)
        now = known(programme)
        rita = now["Rita Muster"]
        assert (rita.email, rita.phone, rita.function) == ("r@example.com", "0042", "Advisor")
        assert now["Nina Neu"].email == "n@example.com"
        assert (now["Vera Weg"], now["Tom Gleich"]) == (away, same)
        with workspace.reading() as reader:
            (owned,) = reader.all(ProcessOwner)
        assert (owned.process_id, owned.owner_id) == (ORDER, rita.id)
        assert difference(programme, people).changes_nothing
        assert not take_in(programme, people)
        undo(workspace, changes)
        assert set(known(programme)) == {"Rita Muster", "Vera Weg", "Tom Gleich"}

    def test_another_owner_is_shown_with_the_one_before(self, programme: Programme) -> None:
        before = somebody(programme, "Rita Muster")
        name_owner(
            programme.workspace, programme.engagement.id, ORDER, owner_id=before.id, described_on=TODAY
        )
        people = a_list(("Nina Neu", "", "", "SRV-04"))
        assert difference(programme, people).lines[0].processes[0].before == before
        take_in(programme, people)
        with programme.workspace.reading() as reader:
            (owned,) = reader.all(ProcessOwner)
        assert (owned.owner_id, owned.described_on) == (known(programme)["Nina Neu"].id, TODAY)

    @pytest.mark.parametrize(
        ("people", "code"),
        [
            (a_list(("Rita Muster", "", "", "SRV-99")), "people.process-unknown"),
            (a_list(("Rita Muster", "", "", "SRV-04"), ("Tom", "", "", "SRV-04")), "people.owner-twice"),
        ],
    )
    def test_one_row_that_does_not_hold_keeps_all_out(
        self, programme: Programme, people: PeopleList, code: str
    ) -> None:
        with pytest.raises(ContentProblems) as refused:
            take_in(programme, people)
        assert [one.code for one in refused.value.problems] == [code]
        assert known(programme) == {}

    def test_problems_of_the_file_keep_all_out_too(self, programme: Programme, tmp_path: Path) -> None:
        path = a_workbook(tmp_path, {"Staff": [["Name", "E-mail"], ["Rita Muster", "nowhere"], ["Tom", ""]]})
        with pytest.raises(ContentProblems) as refused:
            take_in(programme, people_lists.read_people_list(path))
        assert "Sheet Staff, row 2" in str(refused.value)
        assert known(programme) == {}

    def test_a_deputy_does_not_become_the_owner_beside(self, programme: Programme) -> None:
        deputy = somebody(programme, "Rita Muster")
        name_owner(programme.workspace, programme.engagement.id, ORDER, deputy_id=deputy.id)
        (problem,) = difference(programme, a_list(("Rita Muster", "", "", "SRV-04"))).errors
        assert problem.code == "people.own-deputy"

    def test_without_a_running_programme_the_people_come_and_the_processes_wait(
        self, programme: Programme
    ) -> None:
        setting_up.end_engagement(programme.workspace, programme.engagement.id, on=TODAY, reason="Sold")
        people = a_list(("Rita Muster", "", "", "SRV-04"))
        (problem,) = difference(programme, people).problems
        assert problem.is_warning
        take_in(programme, people)
        assert set(known(programme)) == {"Rita Muster"}
        with programme.workspace.reading() as reader:
            assert reader.all(ProcessOwner) == ()


class TestForSettingUp:
    def test_a_list_becomes_the_people_of_a_new_house(self, programme: Programme, tmp_path: Path) -> None:
        path = a_workbook(
            tmp_path,
            {
                "Staff": [
                    ["Name", "Funktion", "Prozesse"],
                    ["Rita Muster", "Geschäftsführerin", ""],
                    ["Tom Probe", "Qualitätsbeauftragter", "SRV-04; PRT-02"],
                    ["Karl Zweit", "Geschäftsführer", ""],
                ]
            },
        )
        people = people_lists.people_to_set_up(people_lists.read_people_list(path), newest_shipped_edition())
        assert [(one.is_principal, one.is_officer) for one in people] == [
            (True, False),
            (False, True),
            (False, False),
        ]
        changes = setting_up.set_up_engagement(
            programme.workspace,
            setting_up.EngagementSetup(
                name="Autohaus Muster",
                country="DE",
                features=("service", "new-cars", "used-cars"),
                started_on=date(2026, 12, 1),
                people=people,
            ),
        )
        assert len(changes.of(ProcessOwner)) == 2
        assert changes.made(Engagement).principal_id == changes.of(Person)[0].id

    def test_an_unknown_process_is_named(self) -> None:
        with pytest.raises(ContentProblems, match="SRV-99"):
            people_lists.people_to_set_up(a_list(("Rita", "", "", "SRV-99")), newest_shipped_edition())


class TestOutAndInAgain:
    def test_the_list_that_went_out_changes_nothing(self, programme: Programme, tmp_path: Path) -> None:
        rita = somebody(programme, "Rita Muster", email="r@example.com", phone="0042", function="=Advisor")
        somebody(programme, "Tom Probe")
        name_owner(programme.workspace, programme.engagement.id, ORDER, owner_id=rita.id)
        with programme.workspace.reading() as reader:
            path = people_lists.write_people_list(reader, programme.dealership.id, tmp_path / "people.xlsx")
        people = people_lists.read_people_list(path)
        assert [row.processes for row in people.rows] == [("SRV-04",), ()]
        found = difference(programme, people)
        assert found.changes_nothing
        assert (found.problems, found.not_listed) == ((), ())

    def test_the_template_can_be_filled_in(self, programme: Programme, tmp_path: Path) -> None:
        path = people_lists.people_template(tmp_path / "people.xlsx", newest_shipped_edition())
        assert path.stat().st_size > 1000

    def test_cards_go_to_another_house_and_not_twice_to_the_same(
        self, programme: Programme, tmp_path: Path
    ) -> None:
        somebody(programme, "Rita Muster", email="r@example.com", phone="0042", function="Advisor")
        somebody(programme, "Tom Probe")
        add_person(programme.workspace, name="K. Beispiel")
        other = add_dealership(programme.workspace, name="Autohaus Nachbar", country="DE").made(Engagement)
        with programme.workspace.reading() as reader:
            path = people_lists.write_vcards(reader, programme.dealership.id, tmp_path / "house.vcf")
            ours = people_lists.write_vcards(reader, None, tmp_path / "ours.vcf")
        cards = people_lists.read_vcards(path)
        assert [row.name for row in cards.rows] == ["Rita Muster", "Tom Probe"]
        assert [row.name for row in people_lists.read_vcards(ours).rows] == ["K. Beispiel"]
        assert difference(programme, cards).changes_nothing
        changes = take_in_people(programme.workspace, other.dealership_id, cards)
        rita = changes.of(Person)[0]
        assert (rita.function, rita.email, rita.phone) == ("Advisor", "r@example.com", "0042")


def test_leaders_are_told_by_function_only(programme: Programme) -> None:
    row = a_list(("Rita Muster", "", "Inhaberin")).rows[0]
    assert row.is_principal
    assert not replace(row, function="Inhaberin Stellvertretung").is_principal
