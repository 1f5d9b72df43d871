"""The first sheet: what the workbook is, how to work in it, and what each column means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from qma_app.design import LIGHT, RAMP
from qma_app.domain.edition import Edition, EditionStatus
from qma_app.exchange.standard_workbook.columns import (
    EXPLAINED,
    FORMAT,
    Field,
    area_fields,
    kpi_fields,
    standard_fields,
)
from qma_app.exchange.standard_workbook.words import words_of
from qma_app.exchange.workbook.columns import write_header
from qma_app.exchange.workbook.file import Cell, Layout, Sheet, WorkbookFile
from qma_app.exchange.workbook.looks import HEADING, LABEL, NAME, TITLE, TYPED, tinted
from qma_app.i18n import _, language

_WIDTHS: Final = (26, 84, 52)


def write_explained(book: WorkbookFile, title: str, edition: Edition) -> None:
    """The hidden first row says which edition this was, so that reading can tell what changed."""
    layout = Layout(widths=_WIDTHS, tab_colour=LIGHT.muted, footer=edition.label)
    with book.sheet(title, layout) as sheet:
        facts = (
            EXPLAINED,
            str(FORMAT),
            edition.hash,
            edition.version,
            edition.status.value,
            ",".join(edition.languages),
            language(),
        )
        sheet.append(facts, [sheet.style(NAME)] * len(facts), is_hidden=True)
        sheet.row(edition.label, look=TITLE)
        status = {EditionStatus.DRAFT: _("draft"), EditionStatus.RELEASED: _("released, never changes")}
        sheet.row(Cell(_("Version"), LABEL), edition.version, look=TYPED)
        sheet.row(Cell(_("State"), LABEL), status[edition.status], look=TYPED)
        sheet.row(Cell(_("Languages"), LABEL), ", ".join(edition.languages), look=TYPED)
        count = str(len(edition.checkpoints))
        sheet.row(Cell(_("Checkpoints"), LABEL), count, look=TYPED)
        _write_ways(sheet)
        _write_columns(sheet, _("Columns of an area"), area_fields())
        _write_columns(sheet, _("Columns of the KPIs"), kpi_fields())
        _write_columns(sheet, _("Columns of the standard"), standard_fields())


def _write_ways(sheet: Sheet) -> None:
    sheet.row(look=TYPED)
    sheet.row(_("How to work here"), look=HEADING)
    for title, words in _ways():
        sheet.row(Cell(title, LABEL), words, look=TYPED)
    missing = tinted(replace(LABEL, is_bold=True), RAMP[2])
    sheet.row(
        Cell(_("Missing translation"), missing),
        _(
            "A cell of this colour lacks the translation of the text beside it; the colour goes when the text is there."
        ),
        look=TYPED,
    )


def _ways() -> tuple[tuple[str, str], ...]:
    return (
        (
            _("Change"),
            _("Write over a cell. Each text stands on one line: line breaks become spaces. What begins with = + - or @ stays text."),
        ),
        (
            _("Add"),
            _("Insert a row where the checkpoint belongs, below its process, and choose its kind. Leave the number empty: the next free one is given, and the checkpoint stands last in its process. Its id is made from its first text."),
        ),
        (_("Delete"), _("Delete the whole row. A row of which only the hidden id is left is an error, because it may be a slip.")),
        (
            _("Move"),
            _("Cut the row and insert it elsewhere, and give it a number that fits there. Within its process it keeps its id; below another process the new id names the old one under “Replaces”. Never sort: processes and checkpoints would part. Filtering does no harm."),
        ),
        (
            _("Split up"),
            _("Copy the row, insert it below, change the statement of the copy and empty its number. Write the full id of the first under “Replaces” of both if both stand for it."),
        ),
        (_("Merge"), _("Write the new statement into one row, name the full ids of the others under its “Replaces”, and delete the other rows.")),
        (
            _("Translate"),
            _("The languages of a text stand side by side. For a new language add a row of the kind “Language” on the sheet of the standard, import, and export again: its columns are there then."),
        ),
        (
            _("Add an area"),
            _("Copy the sheet of an area, delete its rows but one area, one process and one checkpoint, write over all their texts, and choose another code."),
        ),
        (
            _("Import"),
            _("The import writes nothing by itself. First it lists each wrong row with sheet, row and column, what was found and what is expected, and shows the difference to the edition. A released edition never changes: what you agree to becomes the next version."),
        ),
        (
            _("Left out"),
            _("Cells with formulas, merged cells, and sheets and columns of your own are not read; the import names them. The hidden first row and first column tie the sheets to the edition: leave them."),
        ),
    )  # fmt: skip


def _write_columns(sheet: Sheet, title: str, fields: Iterable[Field]) -> None:
    sheet.row(look=TYPED)
    sheet.row(title, look=HEADING)
    write_header(sheet, [_("Column"), _("Meaning"), _("Allowed")])
    for field in fields:
        sheet.row(Cell(field.title, LABEL), field.about, _allowed(field), look=TYPED)


def _allowed(field: Field) -> str:
    """The words of a short list, else in what form to write."""
    match field.choice:
        case "":
            return _("a text in each language") if field.in_languages else ""
        case "weight":
            return "1, 2, 3"
        case "impact":
            return "0, 1, 2, 3"
        case "owner" | "area":
            return _("one of the list")
    return ", ".join(words_of(field.choice).values())
