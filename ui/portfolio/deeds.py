"""What is done from the portfolio, whichever view is shown: open a dealership, hand it over, export the calendar of all."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from qma_app.i18n import _, ngettext
from qma_app.services.portfolio import PortfolioLine
from ui.files import nearest_folder
from ui.places import Place
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.workspace import Workspace
    from ui.jobs import Progress


def journey_of(dealership_id: str) -> Place:
    """Where Enter leads."""
    return Place(page="journey", dealership_id=dealership_id, view="plan")


def summary_words(lines: tuple[PortfolioLine, ...]) -> str:
    """`33 dealerships · 4 gates at risk · 12 overdue actions`."""
    at_risk = sum(line.gate_at_risk for line in lines)
    overdue = sum(line.overdue_actions for line in lines)
    without = sum(line.next_visit is None and not line.has_ended for line in lines)
    words = [ngettext("{count} dealership", "{count} dealerships", len(lines)).format(count=len(lines))]
    if at_risk:
        words.append(ngettext("{count} gate at risk", "{count} gates at risk", at_risk).format(count=at_risk))
    if overdue:
        words.append(
            ngettext("{count} overdue action", "{count} overdue actions", overdue).format(count=overdue)
        )
    if without:
        words.append(
            ngettext("{count} without a next visit", "{count} without a next visit", without).format(
                count=without
            )
        )
    return " · ".join(words)


def export_calendar(workbench: Workbench, page: QWidget) -> None:
    """Save the dates of all dealerships as a calendar file."""
    name = "_".join(_("All dealerships").split()) + ".ics"
    start = nearest_folder(workbench.settings.reports_folder) / name
    chosen, _kind = QFileDialog.getSaveFileName(page, _("Save"), str(start), _("Calendar (*.ics)"))
    if not chosen:
        return
    target = Path(chosen)
    target = target if target.suffix.lower() == ".ics" else target.with_name(target.name + ".ics")
    workbench.jobs.run(
        _("Saving {name}").format(name=target.name),
        partial(_write_calendar, workbench.workspace, target),
        workbench.file_saved.emit,
        workbench.failed.emit,
    )


def hand_over(workbench: Workbench, page: QWidget, line: PortfolioLine) -> bool:
    """Show what the next coach must know, and give the dealership to that coach; whether that was done."""
    from ui.portfolio.hand_over import HandOver

    return HandOver.ask(workbench, line, page.window())


def _write_calendar(workspace: Workspace, target: Path, _progress: Progress) -> Path:
    from qma_app.services.calendars import write_calendar

    return write_calendar(workspace, target)
