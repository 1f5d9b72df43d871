"""Tells whose workbook it is: made here, for this dealership, its running programme and the edition it follows."""

from __future__ import annotations

from dataclasses import dataclass

from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import DealershipId
from qma_app.domain.ports import Reader
from qma_app.domain.standing import current_engagement
from qma_app.errors import ImportTrouble
from qma_app.exchange.importing.tables import FirstLook
from qma_app.exchange.self_assessment import keys
from qma_app.i18n import _


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns that are read stand; 0 for one that is gone."""

    sheet: str
    key_row: int
    id: int
    number: int
    rating: int
    comment: int


def facts_of(look: FirstLook) -> dict[str, str]:
    """What the hidden sheet says; ImportTrouble where there is none, or where a newer version wrote it."""
    for sheet in look.sheets:
        if sheet.rows and sheet.rows[0].text(1) == keys.FORMAT:
            facts = {row.text(1): row.text(2) for row in sheet.rows}
            if facts[keys.FORMAT] != str(keys.VERSION):
                raise ImportTrouble(
                    _("{name} was made by a newer version of the program.").format(name=look.name),
                    code="self.newer",
                    way_out=_("Update the program, then import it again."),
                    name=look.name,
                )
            return facts
    raise not_ours(look.name)


def engagement_meant(reader: Reader, facts: dict[str, str], wanted: DealershipId | None) -> Engagement:
    """The running programme the workbook was made for."""
    dealership = reader.find(Dealership, facts.get(keys.DEALERSHIP, ""))
    if dealership is None:
        raise ImportTrouble(
            _("The workbook was made for a dealership that is not in this workspace."),
            code="self.dealership-unknown",
            way_out=_("Open the workspace it was made in, or make a new workbook here."),
        )
    if wanted is not None and dealership.id != wanted:
        raise ImportTrouble(
            _("The workbook was made for {found}; expected one of {expected}.").format(
                found=dealership.name, expected=reader.get(Dealership, wanted).name
            ),
            code="self.dealership-other",
            way_out=_("Choose the other dealership, or the right file."),
        )
    engagement = current_engagement(reader, dealership.id)
    if facts.get(keys.ENGAGEMENT) != engagement.id:
        raise ImportTrouble(
            _("The workbook belongs to an earlier programme of {dealership}.").format(
                dealership=dealership.name
            ),
            code="self.programme-other",
            way_out=_("Make a new workbook for the running programme."),
        )
    if facts.get(keys.EDITION) != engagement.edition:
        raise ImportTrouble(
            _("The workbook was made in another edition of the standard; expected {edition}.").format(
                edition=reader.edition(engagement.edition).label
            ),
            code="self.edition-other",
            way_out=_("Make a new workbook: the checkpoints have changed since."),
        )
    return engagement


def columns_of(look: FirstLook) -> Columns:
    """Where the columns stand now, found by their hidden names, wherever somebody moved them."""
    for sheet in look.sheets:
        for row in sheet.rows:
            names = {cell.text: cell.column for cell in row.cells.values()}
            if keys.RATING in names and (keys.ID in names or keys.NUMBER in names):
                return Columns(
                    sheet=sheet.name,
                    key_row=row.number,
                    id=names.get(keys.ID, 0),
                    number=names.get(keys.NUMBER, 0),
                    rating=names[keys.RATING],
                    comment=names.get(keys.COMMENT, 0),
                )
    raise ImportTrouble(
        _("{name} has lost its sheet of checkpoints or its hidden first row.").format(name=look.name),
        code="self.columns",
        way_out=_("Fill in the workbook as it was given; copy the ratings over if need be."),
        name=look.name,
    )


def not_ours(name: str) -> ImportTrouble:
    """The one answer for a file that is something else."""
    return ImportTrouble(
        _("{name} is no self-assessment workbook of this program.").format(name=name),
        code="self.not-ours",
        way_out=_("Choose the file the department head sent back, saved as XLSX."),
        name=name,
    )
