"""The command line as people and scripts use it: what it makes, what it says, and how it ends."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from qma_app import __version__, cli
from qma_app.domain.edition import EditionStatus
from qma_app.services.dealerships import add_dealership
from qma_app.services.standards import newest_shipped_edition, write_standard
from qma_app.services.workspace import create_workspace, open_workspace
from tests.services.sample.made import ROOT, demo_by_command, made_sample

DONE, REFUSED, WRONG_USAGE = 0, 1, 2
COMMANDS = ("demo", "report", "workbook", "standard", "verify", "rebuild", "backup", "restore", "doctor")
ON = ("--on", "2026-11-21")


class Said:
    """How a command ended, and what it said where."""

    def __init__(self, code: int, out: str, error: str) -> None:
        self.code, self.out, self.error = code, out, error

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Qma = Callable[..., Said]


@pytest.fixture
def qma(capsys: pytest.CaptureFixture[str]) -> Qma:
    """Run one command in this process."""

    def run(*words: object) -> Said:
        capsys.readouterr()
        try:
            code = cli.main([str(word) for word in words])
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run


@pytest.fixture
def demo(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample of its own for each test."""
    return Path(shutil.copytree(made_sample(tmp_path_factory).folder, tmp_path / "demo"))


@pytest.fixture
def two_dealerships(tmp_path: Path) -> Path:
    """A coach's own workspace with two clients."""
    folder = tmp_path / "own"
    with create_workspace(folder) as workspace:
        add_dealership(workspace, name="Autohaus Beispiel", country="DE", code="DE-1", city="Musterstadt")
        add_dealership(workspace, name="Garage Muster", country="CH", code="CH-2")
    return folder


# What is said about the commands themselves


def test_help_names_every_command(qma: Qma) -> None:
    said = qma("--help")
    assert said.code == DONE
    assert [command for command in COMMANDS if command not in said.out] == []


def test_it_knows_its_version(qma: Qma) -> None:
    assert qma("--version").out == f"qma {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("dance",),
        ("demo",),
        ("report", "audit"),
        ("report", "nothing", "-w", "x", "-o", "x.pdf"),
        ("standard",),
    ],
    ids=" ".join,
)
def test_words_that_make_no_sense_end_with_2(qma: Qma, words: tuple[str, ...]) -> None:
    said = qma(*words)
    assert said.code == WRONG_USAGE
    assert said.error.startswith("usage: qma")
    assert said.out == ""


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--on", "yesterday"), "“yesterday” is not a day; write it like 2026-11-21"),
        (("--lang", "xx"), "“xx” is not a language; write a code such as en or de"),
        (("--lang", "../de"), "“../de” is not a language; write a code such as en or de"),
    ],
)
def test_a_day_or_language_that_is_none_is_named(qma: Qma, words: tuple[str, str], sentence: str) -> None:
    said = qma("report", "audit", "-w", "x", "-o", "x.pdf", *words)
    assert said.code == WRONG_USAGE
    assert sentence in said.error


# qma demo


def test_demo_makes_a_sample_and_says_where(tmp_path_factory: pytest.TempPathFactory) -> None:
    demo = demo_by_command(tmp_path_factory)
    assert (demo.code, demo.error) == (DONE, "")
    assert demo.out == f"Sample workspace with invented dealerships made in {demo.folder}.\n"
    with open_workspace(demo.folder, is_for_reading=True) as workspace:
        assert workspace.is_sample


def test_demo_refuses_a_folder_that_holds_something(qma: Qma, demo: Path) -> None:
    said = qma("demo", demo)
    assert said.code == REFUSED
    assert said.error == (
        f"{demo} is not empty: a sample is made in a new folder only. Choose a folder that does not exist yet.\n"
    )


# qma verify


def test_verify_says_that_a_workspace_is_genuine(qma: Qma, demo: Path) -> None:
    said = qma("verify", demo)
    assert (said.code, said.error) == (DONE, "")
    assert said.lines[0].startswith("Genuine: ")
    assert said.lines[1] == f"Log head {_head(demo)}"


def test_verify_names_a_photo_that_was_changed(qma: Qma, demo: Path) -> None:
    photo = next((demo / "evidence").rglob("*.bin"))
    photo.write_bytes(photo.read_bytes() + b"!")
    said = qma("verify", demo)
    assert said.code == REFUSED
    assert said.lines[0].startswith("NOT genuine: 1 fault")
    assert photo.stem in said.lines[1]


def test_verify_refuses_what_is_neither_workspace_nor_backup(qma: Qma, tmp_path: Path) -> None:
    said = qma("verify", tmp_path)
    assert said.code == REFUSED
    assert "is neither a workspace nor a backup" in said.error


# qma rebuild


def test_what_verify_says_of_the_portfolio_is_put_right_by_the_command_it_names(qma: Qma, demo: Path) -> None:
    with open_workspace(demo) as workspace, workspace.writing("test.outside") as work:
        work._cursor.execute("UPDATE rollup_areas SET weighted_points = weighted_points + 1")
    said = qma("verify", demo)
    assert said.code == DONE
    assert "what the portfolio shows of" in said.lines[2]
    assert said.lines[-1].endswith(f'qma rebuild "{demo}"')
    rebuilt = qma("rebuild", demo)
    assert rebuilt.code == DONE
    assert all(line.endswith("worked out anew from its records.") for line in rebuilt.lines)
    assert len(qma("verify", demo).lines) == 2
    assert qma("rebuild", demo).lines == [
        "What the portfolio shows is what the records say: nothing had to be done."
    ]


# qma backup, qma restore


def test_a_backup_restores_to_the_same_workspace(qma: Qma, demo: Path, tmp_path: Path) -> None:
    backup, back = tmp_path / "b.qmabackup", tmp_path / "back"
    assert qma("backup", "-w", demo, "-o", backup).out == f"{backup}\n"
    assert qma("verify", backup).lines[0].startswith("Genuine: ")
    said = qma("restore", backup, back)
    assert said.code == DONE
    assert _head(demo) in said.out
    assert qma("verify", back).lines == qma("verify", demo).lines


def test_a_backup_goes_to_the_workspaces_own_ones_unless_told_otherwise(qma: Qma, demo: Path) -> None:
    said = qma("backup", "-w", demo)
    assert said.code == DONE
    assert [Path(said.lines[0])] == list((demo / "backups").iterdir())


def test_a_backup_never_takes_the_place_of_a_file_of_another_kind(
    qma: Qma, demo: Path, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.pdf"
    letter.write_text("mine")
    said = qma("backup", "-w", demo, "-o", letter)
    assert (said.code, said.error) == (WRONG_USAGE, "A backup's name ends in .qmabackup.\n")
    assert letter.read_text() == "mine"


def test_restore_refuses_a_folder_that_holds_something(qma: Qma, demo: Path, tmp_path: Path) -> None:
    qma("backup", "-w", demo, "-o", tmp_path / "b.qmabackup")
    said = qma("restore", tmp_path / "b.qmabackup", demo)
    assert said.code == REFUSED
    assert "is not empty" in said.error


def test_a_backup_that_was_cut_off_is_refused(qma: Qma, demo: Path, tmp_path: Path) -> None:
    backup = tmp_path / "b.qmabackup"
    qma("backup", "-w", demo, "-o", backup)
    backup.write_bytes(backup.read_bytes()[:-2000])
    assert qma("verify", backup).code == REFUSED
    said = qma("restore", backup, tmp_path / "back")
    assert said.code == REFUSED
    assert "b.qmabackup" in said.error
    assert not (tmp_path / "back").exists()


# qma report, qma workbook


def test_a_report_is_made_of_the_first_dealership_of_a_sample(qma: Qma, demo: Path, tmp_path: Path) -> None:
    paper = tmp_path / "audit.pdf"
    said = qma("report", "audit", "-w", demo, "-o", paper, *ON)
    assert (said.code, said.out, said.error) == (DONE, f"{paper}\n", "")
    text = PdfReader(paper).pages[0].extract_text()
    assert "Autohaus Lindner" in text


def test_a_report_is_the_same_bytes_each_time(qma: Qma, demo: Path, tmp_path: Path) -> None:
    once, again = tmp_path / "1.pdf", tmp_path / "2.pdf"
    for paper in (once, again):
        qma("report", "assessment", "-w", demo, "-d", "DE-81340", "--of", "1", "-o", paper, *ON)
    assert once.read_bytes() == again.read_bytes()


def test_a_report_leaves_the_workspace_as_it_was(qma: Qma, demo: Path, tmp_path: Path) -> None:
    head = _head(demo)
    qma("report", "assessment", "-w", demo, "--of", "CXM", "-o", tmp_path / "r.pdf", *ON)
    assert _head(demo) == head


def test_a_workbook_of_the_chosen_dealership_and_assessment(qma: Qma, demo: Path, tmp_path: Path) -> None:
    book = tmp_path / "a.xlsx"
    said = qma("workbook", "assessment", "-w", demo, "-d", "de-81340", "--of", "1", "-o", book)
    assert (said.code, said.out) == (DONE, f"{book}\n")
    read = load_workbook(BytesIO(book.read_bytes()), read_only=True)
    words = {cell for sheet in read for row in sheet.iter_rows(max_row=12, values_only=True) for cell in row}
    read.close()
    assert any("Autohaus Wendelin" in str(word) for word in words)


@pytest.mark.parametrize("kind", [("report", "assessment", "x.pdf"), ("workbook", "assessment", "x.xlsx")])
def test_with_several_dealerships_the_list_is_shown(
    qma: Qma, two_dealerships: Path, tmp_path: Path, kind: tuple[str, str, str]
) -> None:
    command, what, name = kind
    said = qma(command, what, "-w", two_dealerships, "-o", tmp_path / name)
    assert said.code == WRONG_USAGE
    assert said.error.splitlines() == [
        "Which dealership? Add -d with one of these codes:",
        "  DE-1  Autohaus Beispiel, Musterstadt",
        "  CH-2  Garage Muster",
    ]
    assert not (tmp_path / name).exists()


def test_a_code_nobody_has_is_answered_with_those_there_are(qma: Qma, demo: Path, tmp_path: Path) -> None:
    said = qma("report", "audit", "-w", demo, "-d", "DE-0", "-o", tmp_path / "r.pdf")
    assert said.code == WRONG_USAGE
    assert said.error == "No dealership has the code DE-0. Known codes: DE-81207, DE-81340, AT-44005.\n"


def test_a_workspace_without_a_dealership_says_so(qma: Qma, tmp_path: Path) -> None:
    create_workspace(tmp_path / "empty").close()
    said = qma("report", "audit", "-w", tmp_path / "empty", "-o", tmp_path / "r.pdf")
    assert (said.code, said.error) == (WRONG_USAGE, "This workspace holds no dealership yet.\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("-d", "DE-81340"), "Autohaus Wendelin has no assessment for this report yet."),
        (("--of", "99"), "Autohaus Lindner has no assessment 99 for this report. Choose one of: 6."),
    ],
)
def test_an_assessment_that_is_not_there_is_one_sentence(
    qma: Qma, demo: Path, tmp_path: Path, words: tuple[str, str], sentence: str
) -> None:
    said = qma("report", "audit", "-w", demo, "-o", tmp_path / "r.pdf", *words)
    assert said.code == REFUSED
    assert said.error.startswith(sentence)
    assert len(said.error.splitlines()) == 1
    assert not (tmp_path / "r.pdf").exists()


def test_reading_works_beside_an_open_window(qma: Qma, demo: Path, tmp_path: Path) -> None:
    with open_workspace(demo):
        assert qma("verify", demo).code == DONE
        assert qma("backup", "-w", demo, "-o", tmp_path / "b.qmabackup").code == DONE
        assert qma("report", "audit", "-w", demo, "-o", tmp_path / "r.pdf", *ON).code == DONE


@pytest.mark.parametrize(
    "words",
    [("report", "audit", "-o", "x.pdf"), ("workbook", "assessment", "-o", "x.xlsx"), ("backup",)],
    ids=lambda words: str(words[0]),
)
def test_a_folder_without_a_workspace_is_named(qma: Qma, tmp_path: Path, words: tuple[str, ...]) -> None:
    said = qma(*words, "-w", tmp_path / "nowhere")
    assert said.code == REFUSED
    assert said.error.startswith(f"{tmp_path / 'nowhere'} holds no workspace.")


# qma standard


def test_the_shipped_standard_is_clean(qma: Qma) -> None:
    said = qma("standard", "check")
    assert said.code == DONE
    assert said.out.endswith("\n\n2026.1: 0 problems, 0 warnings.\n")


def test_a_mistake_in_a_standard_is_named_with_file_and_line(qma: Qma, edition: Path) -> None:
    area = edition / "areas" / "srv.yaml"
    text = area.read_text(encoding="utf-8")
    area.write_text(text.replace("        weight: 3\n", "        weight: 7\n", 1), encoding="utf-8")
    line = text[: text.index("        weight: 3\n")].count("\n") + 1
    said = qma("standard", "check", edition)
    assert said.code == REFUSED
    assert said.lines[0].startswith(f"srv.yaml line {line}: `weight` is 7")
    assert said.lines[-1] == f"{edition.name}: 1 problem, 0 warnings."


def test_format_names_the_files_it_changed_and_then_has_nothing_to_do(qma: Qma, edition: Path) -> None:
    area = edition / "areas" / "mgt.yaml"
    canonical = area.read_bytes()
    area.write_bytes(canonical.replace(b"code: MGT\n", b'code: "MGT"\n'))
    said = qma("standard", "format", edition)
    assert (said.code, said.lines) == (DONE, [str(area), "1 file changed."])
    assert area.read_bytes() == canonical
    assert qma("standard", "format", edition).lines == ["0 files changed."]


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """The shipped edition as a draft to make mistakes in."""
    folder = tmp_path / "2026.1"
    write_standard(replace(newest_shipped_edition(), status=EditionStatus.DRAFT), folder)
    return folder


# qma doctor


def test_doctor_tells_what_works(qma: Qma, demo: Path) -> None:
    said = qma("doctor", "-w", demo)
    assert said.code == DONE, said.out
    assert "Full-text search" in said.out
    assert str(demo) in said.out


# How it ends when it is not let finish


def test_a_reader_that_went_away_is_no_reason_for_noise() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    command = [sys.executable, "-m", "qma_app.cli", "standard", "check"]
    with os.fdopen(writer, "wb") as gone:
        done = subprocess.run(command, cwd=ROOT, env=usual, stdout=gone, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (REFUSED, b"")


def test_ctrl_c_is_one_word(qma: Qma, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_path: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("qma_app.services.log.verify_path", interrupted)
    said = qma("verify", tmp_path)
    assert (said.code, said.error) == (REFUSED, "Stopped.\n")


def _head(folder: Path) -> str:
    with open_workspace(folder, is_for_reading=True) as workspace, workspace.reading() as reader:
        head = reader.log_head()
    assert head.at is not None
    assert head.at.date() == date(2026, 11, 20)
    return head.hash
