"""A coach looks at a file, then makes a standard of it: the whole way, with the child process."""

from __future__ import annotations

from pathlib import Path

import pytest

from qma_app.domain.edition import EditionStatus
from qma_app.domain.edition_json import hash_of
from qma_app.errors import ContentProblems, ImportTrouble
from qma_app.exchange.importing import IMPORTS
from qma_app.services.importing import import_standard, look_at_file, mapping_text, read_mapping
from tests.builders import an_edition
from tests.exchange.importing.workbooks import a_text, a_workbook, imported

LIST = [["Audit"], ["Area", "Question"], ["Shop", "The door is open at eight."]]
FORM = {"survey": [["type", "name", "label"], ["text", "q", "Who opens the door?"]]}


def test_a_look_shows_sheets_first_rows_and_a_guess(tmp_path: Path) -> None:
    look = look_at_file(a_workbook(tmp_path, {"List": LIST, "Old": [["x"]]}, hidden=["Old"]))
    sheet, old = look.sheets
    assert (look.kind, look.title, look.is_mapped) == ("list", "Excel or CSV list", True)
    assert (sheet.name, sheet.header_row, sheet.headings) == ("List", 2, ("Area", "Question"))
    assert sheet.rows[2] == (3, ("Shop", "The door is open at eight."))
    assert old.is_hidden
    assert look.mapping is not None
    assert look.mapping.sheets == ("List",)


def test_a_file_becomes_a_draft_under_the_names_that_were_wished(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, {"List": LIST})
    shares: list[float] = []
    found = import_standard(
        path,
        title="House rules",
        standard_id="house-rules",
        version="2026.1",
        base=an_edition(),
        progress=shares.append,
    )
    edition = found.edition
    assert (edition.standard, edition.version, str(edition.title)) == ("house-rules", "2026.1", "House rules")
    assert edition.status is EditionStatus.DRAFT
    assert edition.hash == hash_of(edition)
    assert shares
    assert all(0 <= share <= 1 for share in shares)


def test_without_a_base_the_newest_shipped_edition_lends_its_scale(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, {"List": LIST})
    edition = import_standard(
        path, title="House", standard_id="house", version="2026.1", is_isolated=False
    ).edition
    assert edition.points == (0, 4, 6, 8, 10)
    assert edition.phases
    assert edition.rules.area_weights == {}


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda folder: a_workbook(folder, {"List": LIST}), "list"),
        (lambda folder: a_workbook(folder, FORM), "xlsform"),
        (lambda folder: a_text(folder, "Question;Area\nThe door is open.;Shop\n"), "list"),
        (lambda folder: a_workbook(folder, {"library_meta": [["type", "library"]]}), "ciso-workbook"),
        (lambda folder: a_text(folder, "urn: x\nname: y\nobjects: {}\n", name="x.yaml"), "ciso-library"),
    ],
)
def test_a_format_is_known_by_its_content(tmp_path: Path, make: object, kind: str) -> None:
    assert look_at_file(make(tmp_path), is_isolated=False).kind == kind  # type: ignore[operator]


def test_a_mapping_makes_a_list_of_whatever_else_it_looks_like(tmp_path: Path) -> None:
    kept = a_text(
        tmp_path,
        '{"format": "qma-mapping-1", "columns": [{"heading": "label", "field": "statement"}]}',
        name="kept.json",
    )
    found = imported(a_workbook(tmp_path, FORM), mapping=read_mapping(kept))
    assert [str(point.statement) for point in found.edition.checkpoints.values()] == ["Who opens the door?"]


def test_a_mapping_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(ImportTrouble, match=r"The mapping gone\.json cannot be read"):
        read_mapping(tmp_path / "gone.json")
    with pytest.raises(ContentProblems):
        read_mapping(a_text(tmp_path, "{}", name="empty.json"))


def test_what_is_written_for_a_guess_is_read_back(tmp_path: Path) -> None:
    look = look_at_file(a_workbook(tmp_path, {"List": LIST}), is_isolated=False)
    assert look.mapping is not None
    assert read_mapping(a_text(tmp_path, mapping_text(look.mapping), name="kept.json")) == look.mapping


def test_a_format_nobody_knows_names_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(ImportTrouble) as refused:
        imported(a_workbook(tmp_path, {"List": LIST}), kind="oscal")
    assert refused.value.way_out == "Choose one of: ciso-library, ciso-workbook, xlsform, list."
    assert len({kind.key for kind in IMPORTS}) == len(IMPORTS)


def test_the_same_file_gives_the_same_edition(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, FORM)
    assert imported(path).edition == imported(path).edition
