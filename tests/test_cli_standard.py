"""`qma standard`: what the handbook tells a keeper to type does what the handbook says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from qma_app.cli import DONE, REFUSED, main
from qma_app.services.standards import newest_shipped_edition, read_standard

HANDBOOK = (Path(__file__).resolve().parent.parent / "docs" / "writing-a-standard.md").read_text(
    encoding="utf-8"
)
COMMANDS = [block.splitlines() for block in re.findall(r"```\n(qma .+?)\n```", HANDBOOK, re.DOTALL)]
LIST = """\
Area;No;Requirement;What to look at;Score
Service;1;Every order is signed by the customer.;Ten orders of the last month;4
Service;2;The price stands on the order.;Ten orders of the last month;4
Parts;1;Each bin is labelled.;;2
Parts;2;Each bin is labelled.;;2
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with somebody else's list in it."""
    (tmp_path / "their-list.csv").write_text(LIST, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(line: str) -> int:
    return main(shlex.split(line)[1:])


def test_the_commands_of_the_handbook_lead_from_a_copy_to_a_released_edition(desk: Path, capsys) -> None:
    first = COMMANDS[0]
    assert [line.split()[2] for line in first] == [
        *("new", "check", "export", "import", "import", "format", "diff", "release"),
    ]
    for line in first:
        assert run(line) == DONE, (line, capsys.readouterr())
    said = capsys.readouterr().out
    assert "Nothing was written; add -o FOLDER to write it." in said
    assert said.count(f"{len(newest_shipped_edition().checkpoints)} unchanged") == 3
    edition = read_standard(desk / "my-standard")
    assert (edition.version, edition.status) == ("2027.1", "released")


def test_somebody_elses_list_becomes_a_standard_with_its_ledger(desk: Path, capsys) -> None:
    (line,) = COMMANDS[1]
    assert run(line) == DONE
    said = capsys.readouterr().out
    assert "2 areas, 2 processes, 4 checkpoints." in said
    assert "scores and answers belong to an assessment" in said
    edition = read_standard(desk / "their-standard")
    assert (str(edition.title), len(edition.checkpoints)) == ("Their standard", 4)
    ledger = (desk / "their-standard" / "import.txt").read_text(encoding="utf-8")
    filled = sum(bool(cell) for row in LIST.splitlines() for cell in row.split(";"))
    assert len(ledger.splitlines()) == filled


def test_the_mapping_kept_beside_it_reads_the_list_again(desk: Path, capsys) -> None:
    assert run("qma standard import their-list.csv -o one") == DONE
    assert run("qma standard import their-list.csv -o two --mapping one/import-mapping.json") == DONE
    assert (desk / "one/areas/srv.yaml").read_bytes() == (desk / "two/areas/srv.yaml").read_bytes()


def test_without_a_folder_nothing_is_written(desk: Path, capsys) -> None:
    assert run("qma standard import their-list.csv") == DONE
    assert [path.name for path in desk.iterdir()] == ["their-list.csv"]


def test_the_check_ends_with_what_is_translated(desk: Path, capsys) -> None:
    assert run("qma standard check") == DONE
    lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"Texts +checkpoints +en +de", lines[0])
    service = next(line for line in lines if line.startswith("Service"))
    assert re.fullmatch(r"Service +90 +(\d+)/\1 +(\d+)/\2", service)
    assert lines[-1] == "2026.1: 0 problems, 0 warnings."


@pytest.mark.parametrize(
    "line",
    [
        "qma standard import nowhere.csv",
        "qma standard new 2026.1 -o again",
        "qma standard diff nowhere",
        "qma standard release their-list.csv",
        "qma standard import their-list.csv --mapping nowhere.json",
        "qma standard export nowhere -o x.xlsx",
    ],
)
def test_what_cannot_be_done_is_said_in_words(desk: Path, capsys, line: str) -> None:
    assert run(line) == REFUSED
    said = capsys.readouterr()
    assert said.err.strip()
    assert "Traceback" not in said.err
    assert [path.name for path in desk.iterdir()] == ["their-list.csv"]
