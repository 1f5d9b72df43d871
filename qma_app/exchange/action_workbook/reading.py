"""Reads an action plan workbook that came back: whose it is, and what each cell of each row says now; writes nothing."""

from __future__ import annotations

from pathlib import Path

from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import EngagementId
from qma_app.domain.plain_text import storable
from qma_app.domain.ports import LogHead, Reader
from qma_app.errors import ImportTrouble
from qma_app.exchange.action_workbook import keys
from qma_app.exchange.action_workbook.belonging import engagement_meant, not_ours
from qma_app.exchange.action_workbook.came_back import Gathered, PlanFile, SheetIn, WentOut
from qma_app.exchange.action_workbook.keys import Part
from qma_app.exchange.action_workbook.rows import RowReader
from qma_app.exchange.action_workbook.sorting import Sorter
from qma_app.exchange.importing.reading import OutsideFile, Progress
from qma_app.exchange.importing.tables import Row
from qma_app.exchange.standard_workbook.notes import Notes
from qma_app.i18n import _, spoken_language


def read_plan(
    path: Path, reader: Reader, *, engagement_id: EngagementId | None = None, progress: Progress | None = None
) -> PlanFile:
    """What the workbook says; ImportTrouble where it is none of ours, or not of this dealership and programme.

    `engagement_id` is the programme it is expected for, if somebody named one. A child process parses the file.
    """
    file = OutsideFile(path=path, progress=progress, is_across=True)
    look = file.first_look()
    if look.form != "xlsx":
        raise ImportTrouble(
            _("{name} is a {form} file: what the program needs to know its rows is lost in it.").format(
                name=look.name, form=look.form.upper()
            ),
            code="actions.form",
            way_out=_("Ask for the workbook itself, saved as XLSX."),
            name=look.name,
        )
    gathered = Gathered()
    for name, row in file.rows([sheet.name for sheet in look.sheets]):
        _take(gathered, name, row)
    if not gathered.facts or gathered.facts.get(keys.FORMAT) != str(keys.VERSION):
        raise not_ours(look.name, gathered.facts, has_sheets=bool(gathered.sheets))
    engagement = engagement_meant(reader, gathered.facts, look.name, engagement_id)
    if not gathered.sheets:
        raise ImportTrouble(
            _("{name} has lost both its sheets, or their hidden first rows.").format(name=look.name),
            code="actions.sheets",
            way_out=_("Take the workbook as it was given, and copy the changes into it."),
            name=look.name,
        )
    return _file(look.name, gathered, engagement, reader)


def _take(gathered: Gathered, name: str, row: Row) -> None:
    first = row.text(1).strip()
    if not gathered.keys_sheet and first == keys.FORMAT:
        gathered.keys_sheet = name
    if name == gathered.keys_sheet:
        _take_fact(gathered, first, row)
        return
    sheet = gathered.sheets.get(name)
    if sheet is None:
        found = {
            known: cell.column for cell in row.own_cells() if (known := keys.parted(cell.text)) is not None
        }
        if found:
            part = next(iter(found))[0]
            columns = {key: column for (its, key), column in found.items() if its is part}
            gathered.sheets[name] = SheetIn(part=part, name=name, key_row=row.number, columns=columns)
            gathered.others.pop(name, None)
        else:
            gathered.others.setdefault(name)
    else:
        gathered.rows.append((sheet, row))


def _take_fact(gathered: Gathered, first: str, row: Row) -> None:
    if first in tuple(Part):
        prints = keys.prints_from(row.text(4))
        gathered.went_out[row.text(2).strip()] = WentOut(
            part=Part(first), version=row.text(3).strip(), prints=prints
        )
    elif first and not first.startswith("choice."):
        gathered.facts[first] = storable(row.text(2).strip())


def _file(name: str, gathered: Gathered, engagement: Engagement, reader: Reader) -> PlanFile:
    """The rows sorted out, with everything that is wrong with them."""
    facts, notes = gathered.facts, Notes()
    language = spoken_language(facts.get(keys.LANGUAGE, "en"))
    rows = RowReader(gathered, language, notes).rows()
    sorter = Sorter(gathered.went_out, reader, engagement, notes)
    known, added = sorter.sort_out(rows)
    parts = {sheet.part for sheet in gathered.sheets.values()}
    seq = facts.get(keys.SEQ, "")
    return PlanFile(
        name=name,
        engagement=engagement,
        dealership=reader.get(Dealership, engagement.dealership_id),
        owner=facts.get(keys.OWNER, ""),
        language=language,
        head=LogHead(
            seq=int(seq) if seq.isdecimal() and len(seq) < 15 else 0, hash=facts.get(keys.HEAD, ""), at=None
        ),
        went_out=gathered.went_out,
        rows=tuple(known),
        added=tuple(added),
        gone=tuple(id for id, one in gathered.went_out.items() if id not in sorter.met and one.part in parts),
        problems=tuple(notes.problems),
    )
