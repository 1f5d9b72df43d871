"""Files are parsed in a child process under limits; whatever it does, the parent answers in one sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from qma_app.errors import ImportTrouble
from qma_app.exchange.importing import reading
from qma_app.exchange.importing.reading import OutsideFile
from qma_app.exchange.importing.tables import CellNote
from tests.exchange.importing.hostile_files import HOSTILE
from tests.exchange.importing.workbooks import MAIN, Rows, a_raw_workbook, a_text, a_workbook

ROWS: Rows = [["Question", "Weight"], ["Each key carries a tag.", 2], ["Each car is clean.", 1.5]]
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
on_posix = pytest.mark.skipif(os.name == "nt", reason="the limits and the stand-ins are of POSIX")


def texts_of(path: Path, *, is_isolated: bool = False) -> dict[str, str]:
    """Every cell of the first sheet by its place."""
    file = OutsideFile(path=path, is_isolated=is_isolated)
    name = file.first_look().sheets[0].name
    return {
        f"{cell.letters}{row.number}": cell.text
        for _sheet, row in file.rows([name])
        for cell in row.cells.values()
    }


def test_the_child_says_the_same_as_this_process(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, {"List": ROWS})
    assert texts_of(path, is_isolated=True) == texts_of(path)
    assert texts_of(path)["B3"] == "1.5"


def test_a_refusal_of_the_child_reaches_the_parent_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(ImportTrouble) as refused:
        OutsideFile(path=HOSTILE["old Excel"].make(tmp_path)).first_look()
    assert refused.value.code == "import.old-excel"
    assert str(refused.value) == (
        "list.xls is an old Excel file (.xls) or another old Office file. "
        "Open it in Excel or LibreOffice and save it as XLSX."
    )


def test_who_says_stop_gets_nothing_and_leaves_no_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Kept(subprocess.Popen):
        def __init__(self, *arguments: object, **options: object) -> None:
            super().__init__(*arguments, **options)  # type: ignore[call-overload]
            started.append(self)

    monkeypatch.setattr("qma_app.exchange.importing.reading.subprocess.Popen", Kept)
    rows = [["Question"], *([f"Row {number} holds."] for number in range(500))]
    file = OutsideFile(path=a_workbook(tmp_path, {"List": rows}), progress=lambda share: share < 0.5)
    with pytest.raises(ImportTrouble) as stopped:
        list(file.rows(["List"]))
    assert stopped.value.code == "import.cancelled"
    assert [child.poll() is not None for child in started] == [True]


@on_posix
@pytest.mark.parametrize(
    ("does", "said"),
    [
        ("kill -SEGV $$", "Reading list.csv broke off (code -11)."),
        ("exit 3", "list.csv needs more than 1500 MB of memory to be read."),
        ("kill -XCPU $$", "list.csv takes longer than 30 seconds to be read."),
        ("exit 0", "Reading list.csv broke off (code 0)."),
    ],
)
def test_a_child_that_dies_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, said: str
) -> None:
    monkeypatch.setattr(sys, "executable", str(a_stand_in(tmp_path, does)))
    with pytest.raises(ImportTrouble) as refused:
        OutsideFile(path=a_text(tmp_path, "Question\n")).first_look()
    assert refused.value.message == said


@on_posix
def test_a_child_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(a_stand_in(tmp_path, "exec tail -f /dev/null")))
    monkeypatch.setattr(reading, "WALL_SECONDS", 0)
    monkeypatch.setattr(reading, "_LOOK_EVERY", 0.01)
    with pytest.raises(ImportTrouble, match="takes longer than 30 seconds"):
        OutsideFile(path=a_text(tmp_path, "Question\n")).first_look()


def a_stand_in(folder: Path, does: str) -> Path:
    """A program that does this instead of being Python."""
    path = folder / "python"
    path.write_text(f"#!/bin/sh\nulimit -c 0\n{does}\n")
    path.chmod(0o755)
    return path


@on_posix
def test_the_child_may_neither_write_nor_take_all_memory(tmp_path: Path) -> None:
    program = (
        "import pathlib, sys, resource\n"
        "from qma_app.exchange.importing.child import limit_this_process\n"
        "limit_this_process()\n"
        "try:\n"
        "    pathlib.Path(sys.argv[1]).write_text('x' * 10)\n"
        "except OSError as trouble:\n"
        "    print(type(trouble).__name__)\n"
        "try:\n"
        "    bytearray(2_000_000_000)\n"
        "except MemoryError:\n"
        "    print('MemoryError')\n"
        "print(resource.getrlimit(resource.RLIMIT_CPU)[0])\n"
    )
    child = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "made")], capture_output=True, text=True, check=True
    )
    assert child.stdout.split() == ["OSError", "MemoryError", "30"]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ImportTrouble) as refused:
        OutsideFile(path=tmp_path / "gone.xlsx").first_look()
    assert refused.value.code == "import.unreadable"


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.text(st.characters(exclude_categories=["C"], exclude_characters="_"), max_size=15),
                st.integers(-(10**9), 10**9),
                st.booleans(),
            ),
            max_size=6,
        ),
        max_size=12,
    )
)
def test_cells_are_read_as_another_library_reads_them(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[object]]
) -> None:
    path = tmp_path_factory.mktemp("book") / "list.xlsx"
    book = Workbook()
    sheet = book.worksheets[0]
    header: list[object] = ["Head"]
    for row in [header, *rows]:
        sheet.append(
            [
                value if not str(value).startswith("=") else "x" for value in row
            ]  # no formulas: nobody computed them
        )
    book.save(path)
    expected = {
        cell.coordinate: str(cell.value).upper() if isinstance(cell.value, bool) else str(cell.value)
        for row in load_workbook(path).worksheets[0].iter_rows()
        for cell in row
        if cell.value is not None and str(cell.value).strip()
    }
    read = {place: text for place, text in texts_of(path).items() if not text.startswith("#")}
    assert read == {place: text for place, text in expected.items() if not text.startswith("#")}


def test_texts_in_pieces_with_their_pronunciation_and_escapes(tmp_path: Path) -> None:
    strings = (
        "<si><r><t>Each </t></r><r><rPr><b/></rPr><t>key</t></r><rPh sb='0' eb='1'><t>kii</t></rPh></si>"
        "<si><t>a_x000D_b_x0041_</t></si>"
    )
    sheet = (
        '<row r="4"><c r="C4" t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row><c t="str"><v>x</v></c></row>'
    )
    assert texts_of(a_raw_workbook(tmp_path, sheet, strings=strings)) == {
        "C4": "Each key",
        "D4": "a\rbA",
        "A5": "x",
    }


def test_workbooks_of_the_strict_form_are_read_too(tmp_path: Path) -> None:
    sheet = '<row r="1"><c r="A1" t="inlineStr"><is><t>Question</t></is></c></row>'
    assert texts_of(a_raw_workbook(tmp_path, sheet, namespace=STRICT)) == {"A1": "Question"}


def test_dates_and_formulas_are_marked(tmp_path: Path) -> None:
    styles = (
        f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="dd.mm.yyyy;@"/>'
        '<numFmt numFmtId="171" formatCode="&quot;days&quot; 0"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>'
    )
    cells = (
        '<c s="1"><v>46347</v></c><c s="2"><v>46347.5</v></c><c s="3"><v>3</v></c><c s="1"><v>0.25</v></c>'
        '<c s="1"><v>59</v></c><c><f>1+1</f><v>2</v></c><c><f>1+1</f></c><c t="e"><v>#REF!</v></c><c t="b"><v>1</v></c>'
    )
    file = OutsideFile(path=a_raw_workbook(tmp_path, f"<row>{cells}</row>", styles=styles), is_isolated=False)
    (row,) = file.first_look().sheets[0].rows
    assert [(cell.text, cell.note) for cell in row.cells.values()] == [
        ("2026-11-21", CellNote.DATE),
        ("2026-11-21 12:00", CellNote.DATE),
        ("3", CellNote.PLAIN),
        ("06:00", CellNote.DATE),
        ("1900-02-28", CellNote.DATE),
        ("2", CellNote.FORMULA),
        ("=", CellNote.NOT_COMPUTED),
        ("#REF!", CellNote.ERROR),
        ("TRUE", CellNote.PLAIN),
    ]


def test_what_the_child_says_is_plain_json(tmp_path: Path) -> None:
    path = a_text(tmp_path, "Question\nDer Schlüssel \u202e hängt.\n")
    request = json.dumps({"sheets": None, "is_first_look": True, "language": "en"})
    child = subprocess.run(
        [sys.executable, "-m", "qma_app.exchange.importing.child", str(path), request],
        capture_output=True,
        check=True,
    )
    lines = [json.loads(line) for line in child.stdout.decode("ascii").splitlines()]
    assert [line[0] for line in lines] == ["form", "sheet", "share", "row", "row", "end"]
    assert lines[4][2][0][1] == "Der Schlüssel \u202e hängt."
