"""Lists of people in and out: Excel and business cards, from the button, the palette, the clipboard or a file dropped."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from qma_app.domain.ids import DealershipId
from qma_app.i18n import _
from ui.files import nearest_folder
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.domain.ports import Reader
    from qma_app.services.workspace import Workspace
    from ui.jobs import Progress

Offer = tuple[str, Callable[[], object]]


def offers(workbench: Workbench, page: QWidget, dealership_id: str | None) -> tuple[Offer, ...]:
    """What can be done with lists of the people of a dealership, as menus and the palette say it."""
    if dealership_id is None:
        return ()
    return (
        (_("Take in people from Excel or vCard…"), partial(take_in, workbench, page)),
        (_("Take in rows copied from a spreadsheet"), partial(take_in_pasted, workbench, page)),
        (_("Save people as an Excel list…"), partial(_save_list, workbench, page)),
        (_("Save people as business cards (vCard)…"), partial(save_cards, workbench, page, dealership_id)),
        (_("Save an empty list to fill in…"), partial(save_template, workbench, page)),
    )


def take_in(workbench: Workbench, page: QWidget, path: Path | None = None) -> bool:
    """Look at a list and take it in; whether that was done."""
    from ui.dialogs.people_list import TakeInPeople

    here = workbench.dealership_id
    return here is not None and TakeInPeople.ask(workbench, DealershipId(here), path, page.window())


def take_in_pasted(workbench: Workbench, page: QWidget) -> bool:
    """Look at the rows on the clipboard and take them in; whether that was done."""
    from qma_app.services.people_lists import pasted_people, typed_people
    from ui.dialogs.people_list import TakeInPeople

    here = workbench.dealership_id
    people = typed_people(pasted_people(QGuiApplication.clipboard().text()))
    if here is None or not (people.rows or people.problems):
        workbench.told.emit(_("The clipboard holds no rows of people."))
        return False
    return TakeInPeople.ask(workbench, DealershipId(here), people, page.window())


def save_cards(workbench: Workbench, page: QWidget, dealership_id: str | None) -> None:
    """Save the people of a dealership as business cards, or with None those of the programme."""
    path = _ask_target(workbench, page, _("People"), ".vcf", _("Business cards (*.vcf)"))
    if path is not None:
        _run(workbench, path, partial(_write_cards, workbench.workspace, dealership_id, path))


def save_template(workbench: Workbench, page: QWidget) -> None:
    """Save an empty workbook for people; with a programme its processes stand in it."""
    path = _ask_target(workbench, page, _("People to fill in"), ".xlsx", _("Excel (*.xlsx)"))
    if path is not None:
        engagement = workbench.engagement
        edition = engagement.edition if engagement is not None else None
        _run(workbench, path, partial(_write_template, workbench.workspace, edition, path))


def _save_list(workbench: Workbench, page: QWidget) -> None:
    path = _ask_target(workbench, page, _("People"), ".xlsx", _("Excel (*.xlsx)"))
    if path is not None and workbench.dealership_id is not None:
        _run(workbench, path, partial(_write_list, workbench.workspace, workbench.dealership_id, path))


def _run(workbench: Workbench, path: Path, work: Callable[[Progress], Path]) -> None:
    title = _("Saving {name}").format(name=path.name)
    workbench.jobs.run(title, work, workbench.file_saved.emit, workbench.failed.emit)


def _ask_target(workbench: Workbench, page: QWidget, title: str, ending: str, kinds: str) -> Path | None:
    name = workbench.read(_dealership_name, workbench.dealership_id)
    stem = "_".join(f"{name} {title}".split())
    start = nearest_folder(workbench.settings.reports_folder) / f"{stem}{ending}"
    chosen, _kind = QFileDialog.getSaveFileName(page, _("Save"), str(start), kinds)
    if not chosen:
        return None
    target = Path(chosen)
    return target if target.suffix.lower() == ending else target.with_name(target.name + ending)


def _dealership_name(reader: Reader, dealership_id: str | None) -> str:
    from qma_app.domain.dealership import Dealership

    found = reader.find(Dealership, dealership_id) if dealership_id is not None else None
    name = found.name if found is not None else ""
    return "".join(letter if letter.isalnum() or letter in " -" else " " for letter in name)


def _write_cards(workspace: Workspace, dealership_id: str | None, path: Path, _progress: Progress) -> Path:
    from qma_app.services.people_lists import write_vcards

    with workspace.reading() as reader:
        return write_vcards(reader, DealershipId(dealership_id) if dealership_id else None, path)


def _write_list(workspace: Workspace, dealership_id: str, path: Path, _progress: Progress) -> Path:
    from qma_app.services.people_lists import write_people_list

    with workspace.reading() as reader:
        return write_people_list(reader, DealershipId(dealership_id), path)


def _write_template(workspace: Workspace, edition: str | None, path: Path, _progress: Progress) -> Path:
    from qma_app.domain.ids import EditionHash
    from qma_app.services.people_lists import people_template

    if edition is None:
        return people_template(path)
    with workspace.reading() as reader:
        content = reader.edition(EditionHash(edition))
    return people_template(path, content)
