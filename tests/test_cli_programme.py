"""The coaching year from the command line: next steps, all dealerships, calendar, workbook, lists of people and visits."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
import vobject
from icalendar import Calendar
from openpyxl import load_workbook

from qma_app import cli
from qma_app.cli.programme import in_columns, step_lines
from qma_app.domain.engagement import Engagement
from qma_app.domain.next_step import NextStep, StepKind
from qma_app.domain.people import Person
from qma_app.domain.spot import Spot
from qma_app.domain.visit import Visit
from qma_app.exchange import people_table, visit_table
from qma_app.exchange.importing.reading import OutsideFile
from qma_app.services.dealerships import add_dealership
from qma_app.services.next_steps import postpone_step, tick_step
from qma_app.services.promises import make_promise
from qma_app.services.visits import plan_visit
from qma_app.services.workspace import create_workspace, open_workspace

DONE, REFUSED, WRONG_USAGE = 0, 1, 2
STARTED_ON = date(2026, 1, 12)
ON = ("--on", "2026-03-02")
PEOPLE = "Name;Function;E-mail;Phone;Processes\nAda Sample;Service manager;ada@example.org;;SRV-04\nBen Muster;;;;\n"
VISITS = "Date;From;To;Areas;Purpose\n2026-04-08;9:00;;SRV;Kick-off\n2026-05-05;;;;\n"


@dataclass(frozen=True, kw_only=True)
class Said:
    """How a command ended, and what it said where."""

    code: int
    out: str
    error: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Qma = Callable[..., Said]


@pytest.fixture
def qma(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Qma:
    """Run one command in this process, files from outside read here too: a child for each takes most of the time."""
    for module in (people_table, visit_table):
        monkeypatch.setattr(module, "OutsideFile", partial(OutsideFile, is_isolated=False))

    def run(*words: object) -> Said:
        capsys.readouterr()
        try:
            code = cli.main([str(word) for word in words])
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return Said(code=code, out=said.out, error=said.err)

    return run


@pytest.fixture(scope="module")
def drawer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of two dealerships with a programme each, one with a visit and a promise ahead."""
    folder = tmp_path_factory.mktemp("year") / "w"
    with create_workspace(folder) as workspace:
        workspace.store.hurry()
        mine = add_dealership(
            workspace, name="Autohaus Beispiel", country="DE", code="DE-1", staff=40, started_on=STARTED_ON
        ).made(Engagement)
        add_dealership(workspace, name="Garage Muster", country="CH", code="CH-2", started_on=STARTED_ON)
        plan_visit(workspace, mine.id, planned_on=date(2026, 3, 4), purpose="Kick-off")
        make_promise(
            workspace,
            mine.id,
            what="A second test bay",
            who="Ada Sample",
            due_on=date(2026, 3, 1),
            made_on=date(2026, 1, 20),
        )
    return folder


@pytest.fixture
def own(drawer: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(drawer, tmp_path / "w"))


class TestNext:
    def test_each_step_says_its_minutes_and_why(self, qma: Qma, drawer: Path) -> None:
        said = qma("next", "-w", drawer, "-d", "DE-1", *ON)
        assert (said.code, said.error) == (DONE, "")
        place = next(place for place, line in enumerate(said.lines) if "A second test bay" in line)
        assert said.lines[place].split()[1] == "min"
        assert said.lines[place + 1].startswith("          ")
        assert "due 1 Mar 2026" in said.lines[place + 1]
        wanted = [line for line in said.lines if line[:8].strip().endswith("min")]
        minutes = sum(int(line.split()[0]) for line in wanted)
        assert said.lines[-1] == f"{len(wanted)} steps, {minutes:,} minutes together"

    def test_a_day_the_reason_names_is_not_said_again(self) -> None:
        step = NextStep(
            key="promise:1",
            rule="promise-due",
            kind=StepKind.CALL,
            title="Ask about a promise",
            reason="It is due on 24 Nov 2026.",
            minutes=5,
            due_on=date(2026, 11, 24),
            spot=Spot(page="journey"),
        )
        assert step_lines([step], date(2026, 11, 22))[1].strip() == "It is due on 24 Nov 2026"
        other = replace(step, reason="3 days late.")
        assert step_lines([other], date(2026, 11, 27))[1].strip() == "3 days late; due 24 Nov 2026"

    def test_what_was_ticked_or_put_off_is_not_wanted(self, qma: Qma, own: Path) -> None:
        from qma_app.services.next_steps import next_steps

        with open_workspace(own) as workspace:
            today = workspace.today()
            with workspace.reading() as reader:
                engagement = reader.all(Engagement)[0]
                first, second = next_steps(reader, engagement.id, on=today)[:2]
            tick_step(workspace, engagement.id, first.key, title=first.title)
            postpone_step(
                workspace,
                engagement.id,
                second.key,
                until=date(today.year + 1, 1, 2),
                reason="Ill",
                title=second.title,
            )
        said = qma("next", "-w", own, "-d", "DE-1", "--on", today)
        assert [one.title for one in (first, second) if f"  {one.title}" in said.lines] == []

    def test_nothing_to_do_is_said(self, qma: Qma, own: Path) -> None:
        from qma_app.services.engagements import end_engagement

        with open_workspace(own) as workspace:
            with workspace.reading() as reader:
                engagement = reader.all(Engagement)[0]
            end_engagement(workspace, engagement.id, on=date(2026, 2, 2), reason="Sold")
        assert qma("next", "-w", own, "-d", "DE-1", *ON).out == "Nothing is to be done on 2 Mar 2026.\n"

    def test_which_dealership_is_asked(self, qma: Qma, drawer: Path) -> None:
        said = qma("next", "-w", drawer)
        assert said.code == WRONG_USAGE
        assert "DE-1" in said.error
        assert "CH-2" in said.error

    def test_a_day_that_is_none_is_named(self, qma: Qma, drawer: Path) -> None:
        said = qma("next", "-w", drawer, "-d", "DE-1", "--on", "soon")
        assert said.code == WRONG_USAGE
        assert "“soon” is not a day" in said.error


class TestPortfolio:
    def test_a_line_for_each_dealership_in_columns(self, qma: Qma, drawer: Path) -> None:
        said = qma("portfolio", "-w", drawer, *ON)
        head, first, second = said.lines
        assert said.code == DONE
        columns = [
            head.index(word)
            for word in ("Phase", "Month", "Score", "Trend", "Next visit", "Overdue", "Majors")
        ]
        for line, name in ((first, "DE-1 Autohaus Beispiel"), (second, "CH-2 Garage Muster")):
            cells = [
                line[start:end].strip() for start, end in zip([0, *columns], [*columns, None], strict=True)
            ]
            assert cells[0] == name
            assert cells[2:5] == ["2/18", "–", "–"]
            assert cells[5] == ("4 Mar 2026" if line is first else "–")
            assert cells[6] == "0"

    def test_without_a_dealership_it_says_so(self, qma: Qma, tmp_path: Path) -> None:
        create_workspace(tmp_path / "empty").close()
        assert qma("portfolio", "-w", tmp_path / "empty").out == "No dealership has a programme yet.\n"

    def test_columns_are_as_wide_as_their_longest_cell(self) -> None:
        assert in_columns([("a", "long head", "z"), ("longer", "b", "")]) == [
            "a       long head  z",
            "longer  b",
        ]


class TestCalendar:
    def test_two_independent_readers_open_it(self, qma: Qma, drawer: Path, tmp_path: Path) -> None:
        target = tmp_path / "visits.ics"
        said = qma("calendar", "-w", drawer, "-d", "DE-1", "-o", target)
        assert (said.code, said.out) == (DONE, f"{target}\n")
        one = Calendar.from_ical(target.read_bytes())
        titles = [str(each["SUMMARY"]) for each in one.walk("VEVENT")]
        other = vobject.readOne(target.read_text(encoding="utf-8"))
        assert titles == [each.summary.value for each in other.vevent_list]
        assert titles[0] == "Visit 1"

    def test_every_dealership_where_none_is_named(self, qma: Qma, drawer: Path, tmp_path: Path) -> None:
        assert qma("calendar", "-w", drawer, "-o", tmp_path / "all.ics").code == DONE
        assert "Autohaus Beispiel: Visit 1" in (tmp_path / "all.ics").read_text(encoding="utf-8")

    def test_the_same_state_gives_the_same_bytes(self, qma: Qma, drawer: Path, tmp_path: Path) -> None:
        for name in ("a.ics", "b.ics"):
            qma("calendar", "-w", drawer, "-o", tmp_path / name)
        assert (tmp_path / "a.ics").read_bytes() == (tmp_path / "b.ics").read_bytes()


class TestProgrammeWorkbook:
    def test_it_speaks_of_the_day(self, qma: Qma, drawer: Path, tmp_path: Path) -> None:
        states = []
        for day in ("2026-03-01", "2026-03-02"):
            target = tmp_path / f"{day}.xlsx"
            assert (
                qma("workbook", "programme", "-w", drawer, "-d", "DE-1", "--on", day, "-o", target).code
                == DONE
            )
            states.append(load_workbook(target)["Promises"]["B3"].value)
        assert states == ["open", "late"]

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (("programme", "--of", "2"), "leave --of out"),
            (("actions", "--on", "2026-03-01"), "goes with the workbook of a programme alone"),
        ],
    )
    def test_words_that_do_not_fit_are_refused(
        self, qma: Qma, drawer: Path, tmp_path: Path, words: tuple[str, ...], sentence: str
    ) -> None:
        said = qma("workbook", *words, "-w", drawer, "-d", "DE-1", "-o", tmp_path / "a.xlsx")
        assert said.code == WRONG_USAGE
        assert sentence in said.error
        assert not (tmp_path / "a.xlsx").exists()


class TestImportingPeople:
    def test_a_dry_run_only_shows(self, qma: Qma, own: Path, tmp_path: Path) -> None:
        said = qma(
            "import", "people", written(tmp_path, "p.csv", PEOPLE), "-w", own, "-d", "DE-1", "--dry-run"
        )
        assert (said.code, said.error) == (DONE, "")
        assert said.lines[0] == "new: Ada Sample, Service manager, ada@example.org"
        assert said.lines[1].startswith("  answers for SRV-04")
        assert said.lines[2] == "new: Ben Muster"
        assert people_of(own) == []

    def test_it_takes_in_once_and_then_finds_nothing_new(self, qma: Qma, own: Path, tmp_path: Path) -> None:
        path = written(tmp_path, "p.csv", PEOPLE)
        assert qma("import", "people", path, "-w", own, "-d", "DE-1").lines[-1] == "2 rows taken in."
        assert people_of(own) == ["Ada Sample", "Ben Muster"]
        again = qma("import", "people", path, "-w", own, "-d", "DE-1")
        assert (again.code, again.out) == (DONE, "Nothing differs from what is known.\n")
        changed = written(tmp_path, "q.csv", PEOPLE.replace("Service manager", "Workshop manager"))
        said = qma("import", "people", changed, "-w", own, "-d", "DE-1")
        assert said.lines == [
            "changed: Ada Sample",
            "  Function: Service manager → Workshop manager",
            "1 row taken in.",
        ]

    def test_business_cards_are_read_too(self, qma: Qma, own: Path, tmp_path: Path) -> None:
        card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cara Card\r\nN:Card;Cara;;;\r\nEND:VCARD\r\n"
        said = qma("import", "people", written(tmp_path, "c.vcf", card), "-w", own, "-d", "DE-1")
        assert said.lines == ["new: Cara Card", "1 row taken in."]

    def test_one_wrong_row_keeps_all_out(self, qma: Qma, own: Path, tmp_path: Path) -> None:
        path = written(tmp_path, "p.csv", PEOPLE.replace("SRV-04", "SRV-99"))
        said = qma("import", "people", path, "-w", own, "-d", "DE-1")
        assert said.code == REFUSED
        assert "SRV-99" in said.out
        assert said.error == "Nothing was taken in: mend 1 place, then import it again.\n"
        assert people_of(own) == []

    def test_lists_come_one_by_one(self, qma: Qma, own: Path, tmp_path: Path) -> None:
        path = written(tmp_path, "p.csv", PEOPLE)
        said = qma("import", "people", path, path, "-w", own, "-d", "DE-1")
        assert said.code == WRONG_USAGE
        assert people_of(own) == []


class TestImportingVisits:
    def test_a_dry_run_only_shows(self, qma: Qma, own: Path, tmp_path: Path) -> None:
        said = qma(
            "import", "visits", written(tmp_path, "v.csv", VISITS), "-w", own, "-d", "DE-1", "--dry-run"
        )
        assert (said.code, said.error) == (DONE, "")
        assert said.lines == ["new: 8 Apr 2026, SRV, Kick-off", "new: 5 May 2026"]
        assert visits_of(own) == [date(2026, 3, 4)]

    def test_it_takes_in_once_and_then_finds_nothing_new(self, qma: Qma, own: Path, tmp_path: Path) -> None:
        path = written(tmp_path, "v.csv", VISITS)
        assert qma("import", "visits", path, "-w", own, "-d", "DE-1").lines[-1] == "2 rows taken in."
        assert visits_of(own) == [date(2026, 3, 4), date(2026, 4, 8), date(2026, 5, 5)]
        again = qma("import", "visits", path, "-w", own, "-d", "DE-1")
        assert (again.code, again.out) == (DONE, "Nothing differs from what is known.\n")

    def test_a_holiday_needs_a_word(self, qma: Qma, own: Path, tmp_path: Path) -> None:
        path = written(tmp_path, "v.csv", "Date;Areas\n2026-05-01;SRV\n")
        said = qma("import", "visits", path, "-w", own, "-d", "DE-1")
        assert said.code == REFUSED
        assert "something speaks against 1 day" in said.error
        assert len(visits_of(own)) == 1
        assert qma("import", "visits", path, "-w", own, "-d", "DE-1", "--despite").code == DONE
        assert visits_of(own)[-1] == date(2026, 5, 1)

    def test_a_day_before_the_start_keeps_all_out(self, qma: Qma, own: Path, tmp_path: Path) -> None:
        path = written(tmp_path, "v.csv", f"{VISITS}2025-05-05;;;;\n")
        said = qma("import", "visits", path, "-w", own, "-d", "DE-1", "--despite")
        assert said.code == REFUSED
        assert "lies before the programme begins" in said.out
        assert visits_of(own) == [date(2026, 3, 4)]

    def test_a_file_that_is_none_is_refused_in_words(self, qma: Qma, own: Path, tmp_path: Path) -> None:
        said = qma("import", "visits", tmp_path / "gone.xlsx", "-w", own, "-d", "DE-1")
        assert said.code == REFUSED
        assert "gone.xlsx" in said.error
        assert "Traceback" not in said.error


def written(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def people_of(folder: Path) -> list[str]:
    with open_workspace(folder, is_for_reading=True) as workspace, workspace.reading() as reader:
        return [one.name for one in reader.all(Person)]


def visits_of(folder: Path) -> list[date]:
    with open_workspace(folder, is_for_reading=True) as workspace, workspace.reading() as reader:
        return sorted(one.planned_on for one in reader.all(Visit))
