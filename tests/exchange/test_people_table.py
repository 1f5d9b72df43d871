"""A list of people is understood whoever typed it; what cannot be is named with its row, and nothing is guessed in silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qma_app.errors import ImportTrouble, QmaError
from qma_app.exchange.importing import guards
from qma_app.exchange.people_list import LONGEST, MOST_PEOPLE, PeopleList, PersonRow
from qma_app.exchange.people_table import read_people_table
from qma_app.exchange.people_workbook import PeopleBook, PersonLine, write_people
from qma_app.i18n import in_language
from qma_app.services.standards import newest_shipped_edition
from tests.exchange.importing.hostile_files import HOSTILE, READ
from tests.exchange.importing.workbooks import a_text, a_workbook

QUICK = [name for name, hostile in HOSTILE.items() if not hostile.is_heavy]


def listed(folder: Path, *rows: Any, name: str = "people.xlsx") -> PeopleList:
    return read_people_table(a_workbook(folder, {"Staff": rows}, name=name))


def who(people: PeopleList) -> list[tuple[str, str, str, str, tuple[str, ...]]]:
    return [(row.name, row.function, row.email, row.phone, row.processes) for row in people.rows]


def codes(people: PeopleList) -> list[tuple[str, str]]:
    return [(problem.code, problem.place) for problem in people.problems]


class TestHeadings:
    @pytest.mark.parametrize(
        ("headings", "row"),
        [
            (
                ("Name", "Function", "E-mail", "Phone", "Processes"),
                ("Rita Muster", "Service manager", "r@example.com", "+49 1", "SRV-04"),
            ),
            (
                ("Prozesse (Nummern)", "Telefon", "E-Mail-Adresse", "FUNKTION", "Mitarbeiter*"),
                ("SRV-04", "+49 1", "r@example.com", "Service manager", "Rita Muster"),
            ),
            (
                ("Vorname", "Nachname", "Rolle", "E-Mail", "Handy", "verantwortlich für"),
                ("Rita", "Muster", "Service manager", "r@example.com", "+49 1", "SRV-04"),
            ),
            (
                ("Surname", "First name", "Job title", "Email address", "Tel.", "Owner of"),
                ("Muster", "Rita", "Service manager", "r@example.com", "+49 1", "SRV-04"),
            ),
            (
                ("Name", "Vorname", "Position", "Mail", "Telefonnummer", "Process"),
                ("Muster", "Rita", "Service manager", "r@example.com", "+49 1", "SRV-04"),
            ),
        ],
    )
    def test_they_are_understood_in_both_languages_and_any_order(
        self, tmp_path: Path, headings: tuple[str, ...], row: tuple[str, ...]
    ) -> None:
        people = listed(tmp_path, headings, row)
        assert who(people) == [("Rita Muster", "Service manager", "r@example.com", "+49 1", ("SRV-04",))]
        assert not people.problems

    def test_rows_above_them_and_other_sheets_are_passed_over(self, tmp_path: Path) -> None:
        path = a_workbook(
            tmp_path,
            {
                "Cover": [["Our people"], ["as of today"]],
                "Old": [["Name", "E-mail", "Phone"], ["Gone", "", ""]],
                "Staff": [["Autohaus Beispiel"], [], ["Who", "Name"], ["1", "Rita Muster"]],
            },
            hidden=("Old",),
        )
        assert [row.name for row in read_people_table(path).rows] == ["Rita Muster"]

    def test_a_csv_file_with_semicolons_and_accents_is_read(self, tmp_path: Path) -> None:
        path = a_text(
            tmp_path,
            "Name;Funktion;E-Mail\nMüller, Jürgen;Verkäufer;j@example.com\n",
            name="l.csv",
            encoding="cp1252",
        )
        people = read_people_table(path)
        assert who(people) == [("Jürgen Müller", "Verkäufer", "j@example.com", "", ())]
        assert people.rows[0].place == "row 2"

    def test_without_a_heading_for_the_name_it_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ImportTrouble) as refused:
            listed(tmp_path, ["Department", "E-mail"], ["Service", "s@example.com"])
        assert refused.value.code == "people.headings"
        assert "Name, Function, E-mail" in refused.value.way_out

    def test_headings_alone_are_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ImportTrouble) as refused:
            listed(tmp_path, ["Name", "E-mail"], ["", " "])
        assert refused.value.code == "people.empty"


class TestCells:
    @pytest.mark.parametrize(
        ("cell", "numbers"),
        [
            ("SRV-04; PRT-02", ("SRV-04", "PRT-02")),
            ("srv4,prt 2", ("SRV-04", "PRT-02")),
            ("SRV–04 / SRV_04\nPRT-12", ("SRV-04", "PRT-12")),
            (" ; ", ()),
        ],
    )
    def test_numbers_of_processes_have_one_form(
        self, tmp_path: Path, cell: str, numbers: tuple[str, ...]
    ) -> None:
        people = listed(tmp_path, ["Name", "Processes"], ["Rita Muster", cell])
        assert people.rows[0].processes == numbers
        assert not people.problems

    def test_every_wrong_cell_is_named_at_once(self, tmp_path: Path) -> None:
        people = listed(
            tmp_path,
            ["Name", "E-mail", "Processes"],
            ["Rita Muster", "rita at example", "all of them"],
            ["", "s@example.com", ""],
            ["x" * (LONGEST + 1), "", ""],
            ["Tom Probe", "=1+1", ""],
        )
        assert codes(people) == [
            ("people.email", "Sheet Staff, row 2"),
            ("people.process", "Sheet Staff, row 2"),
            ("people.name", "Sheet Staff, row 3"),
            ("people.long", "Sheet Staff, row 4"),
            ("people.cell", "Sheet Staff, row 5, B5"),
        ]
        assert people.errors == people.problems

    @pytest.mark.parametrize(
        ("first", "second", "is_twice"),
        [
            (("Rita Muster", ""), ("rita  muster", ""), True),
            (("Rita Muster", "r@example.com"), ("Rita Muster", ""), True),
            (("Rita Muster", "r@example.com"), ("Rita Muster", "m@example.com"), False),
            (("Rita Muster", "r@example.com"), ("Tom Probe", "R@EXAMPLE.COM"), True),
        ],
    )
    def test_a_person_stands_in_it_once(
        self, tmp_path: Path, first: tuple[str, str], second: tuple[str, str], is_twice: bool
    ) -> None:
        people = listed(tmp_path, ["Name", "E-mail"], first, second)
        assert codes(people) == ([("people.twice", "Sheet Staff, row 3")] if is_twice else [])

    @pytest.mark.parametrize(
        ("function", "leads"),
        [
            ("Geschäftsführer", (True, False)),
            ("Dealer Principal", (True, False)),
            ("Qualitätsbeauftragte", (False, True)),
            ("Quality officer", (False, True)),
            ("Service manager", (False, False)),
        ],
    )
    def test_leaders_are_known_by_their_function(self, function: str, leads: tuple[bool, bool]) -> None:
        row = PersonRow(place="", name="Rita Muster", function=function)
        assert (row.is_principal, row.is_officer) == leads

    def test_markup_and_invisible_characters_are_taken_out(self, tmp_path: Path) -> None:
        people = listed(tmp_path, ["Name", "Function"], ["Rita\u200b <b>Muster</b>", "Service\nmanager"])
        assert who(people)[0][:2] == ("Rita Muster", "Service manager")


class TestTheTemplate:
    @pytest.mark.parametrize("language", ["en", "de"])
    def test_what_is_written_is_read_back_in_both_languages(self, tmp_path: Path, language: str) -> None:
        line = PersonLine(
            name="Rita Muster",
            function="=cmd",
            email="r@example.com",
            phone="0042",
            processes=("PRT-02", "SRV-04"),
        )
        path = tmp_path / "people.xlsx"
        with in_language(language), path.open("wb") as file:
            write_people(PeopleBook(title="People", people=[line], edition=newest_shipped_edition()), file)
        people = read_people_table(path)
        assert who(people) == [("Rita Muster", "=cmd", "r@example.com", "0042", ("PRT-02", "SRV-04"))]

    def test_the_same_is_the_same_bytes(self, tmp_path: Path) -> None:
        written = []
        for name in ("a.xlsx", "b.xlsx"):
            with (tmp_path / name).open("wb") as file:
                write_people(PeopleBook(title="People"), file)
            written.append((tmp_path / name).read_bytes())
        assert written[0] == written[1]

    def test_an_empty_one_says_that_nobody_is_in_it(self, tmp_path: Path) -> None:
        path = tmp_path / "people.xlsx"
        with path.open("wb") as file:
            write_people(PeopleBook(title="People"), file)
        with pytest.raises(ImportTrouble) as refused:
            read_people_table(path)
        assert refused.value.code == "people.empty"


class TestHostileFiles:
    @pytest.mark.parametrize("name", QUICK)
    def test_each_is_refused_in_words(self, tmp_path: Path, name: str) -> None:
        hostile = HOSTILE[name]
        path = hostile.make(tmp_path)
        before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")}
        with pytest.raises(QmaError) as refused:
            read_people_table(path)
        if hostile.code != READ:
            assert refused.value.code in (hostile.code, "people.headings")
        assert refused.value.way_out
        assert {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")} == before

    def test_more_people_than_a_house_has_are_refused(self, tmp_path: Path) -> None:
        rows = "".join(f"Person {number}\n" for number in range(MOST_PEOPLE + 1))
        with pytest.raises(ImportTrouble) as refused:
            read_people_table(a_text(tmp_path, f"Name\n{rows}"))
        assert refused.value.code == "import.too-much"
        assert MOST_PEOPLE < guards.MOST_ROWS
