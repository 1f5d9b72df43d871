"""A keeper exports a standard, works in the workbook, sees difference and mistakes, and only then writes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from qma_app.content.loader import check_edition, load_edition
from qma_app.content.releasing import release_edition, write_edition
from qma_app.domain.edition import Edition, EditionStatus, ReportedArea, Text
from qma_app.domain.edition_diff import ChangeKind
from qma_app.domain.edition_json import hash_of
from qma_app.domain.ids import AreaId, EditionHash
from qma_app.errors import ContentProblems, ReportTrouble, RuleBroken
from qma_app.services.standard_workbook import (
    StandardReadBack,
    apply_standard,
    export_standard,
    read_back,
)
from qma_app.services.standards import newest_shipped_edition
from tests.exchange.standard_workbook.desk import Edit, cell, row_of, told

BOOKING = "service.appointment-booking"
SLOT = f"{BOOKING}.slot-within-target"


@cache
def two_areas() -> Edition:
    """A draft of two areas of the shipped edition."""
    edition = newest_shipped_edition()
    areas = tuple(area for area in edition.areas if area.id in ("service", "marketing"))
    reported = tuple(ReportedArea(id=area.id, title=area.title, areas=(area.id,)) for area in areas)
    groups = tuple(
        replace(group, kpis=tuple(replace(kpi, area=AreaId("service")) for kpi in group.kpis))
        for group in edition.kpi_groups
    )
    edition = replace(
        edition, status=EditionStatus.DRAFT, areas=areas, reported_under=reported, kpi_groups=groups
    )
    return replace(edition, hash=hash_of(edition))


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    target = tmp_path_factory.mktemp("desk") / "standard.xlsx"
    assert export_standard(two_areas(), target) == target
    return target.read_bytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The edition as a draft in a folder of the keeper's own."""
    folder = tmp_path / "dealer-quality" / "2026.1"
    folder.mkdir(parents=True)
    write_edition(two_areas(), folder)
    return folder


def back(
    content: bytes, folder: Path, edit: Edit | None = None, base: Edition | None = None
) -> StandardReadBack:
    path = folder / "edited.xlsx"
    if edit is not None:
        book = load_workbook(BytesIO(content))
        edit(book)
        book.save(path)
    else:
        path.write_bytes(content)
    return read_back(path, base or two_areas(), is_isolated=False)


def reword(book: Any) -> None:
    cell(
        book["SRV"], SLOT, "title:en"
    ).value = "A customer asking for routine work is offered a slot within 4 working days."


def test_without_edits_there_is_no_difference(tmp_path: Path) -> None:
    edition = newest_shipped_edition()
    path = export_standard(edition, tmp_path / "standard.xlsx")
    read = read_back(path, edition)  # through the child process, as in earnest
    assert read.edition == edition
    assert read.difference is not None
    assert {change.kind for change in read.difference.changes} == {ChangeKind.SAME}
    assert read.difference.other == ()


def test_the_edition_the_workbook_names_stands_in_place_of_another(exported: bytes, tmp_path: Path) -> None:
    path = tmp_path / "ours.xlsx"
    path.write_bytes(exported)
    made_from = two_areas()
    other = replace(made_from, title=Text(texts={"en": "Another"}), hash=EditionHash("0" * 64))
    asked: list[str] = []

    def find(hash: EditionHash) -> Edition:
        asked.append(hash)
        return made_from

    read = read_back(path, other, is_isolated=False, find=find)
    assert asked == [made_from.hash]
    assert read.base == made_from
    assert read.difference is not None
    assert read.difference.is_empty
    assert read_back(path, other, is_isolated=False, find=lambda _hash: None).base == other


def test_the_difference_is_there_before_anything_is_written(
    exported: bytes, tmp_path: Path, folder: Path
) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    read = back(exported, tmp_path, reword)
    assert read.errors == ()
    assert read.difference is not None
    changed = [change for change in read.difference.changes if change.kind is not ChangeKind.SAME]
    assert [(change.kind, change.after) for change in changed] == [(ChangeKind.REWORDED, (SLOT,))]
    assert {path: path.read_bytes() for path in folder.rglob("*.yaml")} == before


def test_applying_writes_what_was_read(exported: bytes, tmp_path: Path, folder: Path) -> None:
    read = back(exported, tmp_path, reword)
    apply_standard(read, folder)
    assert load_edition(folder) == read.edition


def test_a_rule_of_the_standard_is_told_with_its_cell(exported: bytes, tmp_path: Path, folder: Path) -> None:
    places: dict[str, str] = {}

    def spoil(book: Any) -> None:
        sheet = book["SRV"]
        for key, value in {
            "title:en": "x" * 400,
            "clauses": "ISO 8.2",
            "failure:en": None,
            "size": 12,
        }.items():
            wrong = cell(sheet, SLOT, key)
            wrong.value = value
            places[key] = f"Sheet SRV, {wrong.coordinate}"
        wrong = cell(sheet, BOOKING, "number")
        wrong.value = "PRT-01"
        places["number"] = f"Sheet SRV, {wrong.coordinate}"
        wrong = cell(book["Standard"], "area_floor", "value")
        wrong.value = 99
        wrong = cell(book["KPIs"], "C01", "title:de")
        wrong.value = "z" * 300
        places["kpi"] = f"Sheet KPIs, {wrong.coordinate}"

    read = back(exported, tmp_path, spoil)
    assert read.edition is None
    assert read.difference is None
    by_place = {problem.place for problem in read.problems}
    assert set(places.values()) - {places["size"]} <= by_place
    assert told(read.problems, "clause.form").place == places["clauses"]
    assert not [problem for problem in read.problems if "yaml" in str(problem)]
    assert [p.place.split(",")[0] for p in read.problems] == sorted(
        p.place.split(",")[0] for p in read.problems
    )
    with pytest.raises(ContentProblems):
        apply_standard(read, folder)
    assert load_edition(folder) == two_areas()


def test_an_area_taken_out_leaves_no_file_behind(exported: bytes, tmp_path: Path, folder: Path) -> None:
    (folder / "areas" / ".notes").write_text("mine")

    def take_out(book: Any) -> None:
        book.remove(book["MKT"])
        sheet = book["Standard"]
        sheet.delete_rows(row_of(sheet, "marketing"))

    read = back(exported, tmp_path, take_out)
    assert read.errors == (), [str(problem) for problem in read.errors]
    apply_standard(read, folder)
    assert not (folder / "areas" / "mkt.yaml").exists()
    assert not [problem for problem in check_edition(folder) if not problem.is_warning]


def test_a_released_edition_becomes_the_next_version(exported: bytes, tmp_path: Path, folder: Path) -> None:
    release_edition(two_areas(), folder)
    released = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    base = load_edition(folder)
    target = export_standard(base, tmp_path / "released.xlsx")

    def split(book: Any) -> None:
        reword(book)
        sheet = book["SRV"]
        cell(sheet, SLOT, "replaces").value = f"{BOOKING}.one-that-was"
        sheet.delete_rows(row_of(sheet, "service.appointment-booking.slot-within-target") + 1)

    read = back(target.read_bytes(), tmp_path, split, base)
    assert read.errors == (), [str(problem) for problem in read.errors]
    apply_standard(read, folder)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == released
    following = load_edition(folder.parent / "2026.2")
    assert (following.version, following.status) == ("2026.2", "draft")
    assert following.checkpoints[SLOT].replaces == (f"{BOOKING}.one-that-was",)  # type: ignore[index]
    with pytest.raises(RuleBroken) as refused:
        apply_standard(read, folder)
    assert refused.value.code == "edition.exists"
    apply_standard(read, folder, version="2026.3")
    assert load_edition(folder.parent / "2026.3").version == "2026.3"


def test_a_stopped_export_leaves_no_file(tmp_path: Path) -> None:
    target = tmp_path / "standard.xlsx"
    target.write_text("old")
    with pytest.raises(ReportTrouble) as stopped:
        export_standard(two_areas(), target, lambda share: share < 0.3)
    assert stopped.value.code == "workbook.cancelled"
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_the_explanations_speak_the_language_asked_for(tmp_path: Path) -> None:
    content = export_standard(two_areas(), tmp_path / "x.xlsx", in_words_of="de").read_bytes()
    assert load_workbook(BytesIO(content), read_only=True).worksheets[0]["G1"].value == "de"
