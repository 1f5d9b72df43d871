"""The checklist on paper: for the day the laptop stays in the car, to be filled in by hand and typed in later."""

from __future__ import annotations

from typing import BinaryIO

from qma_app.i18n import _
from qma_app.reports.blank_checklist.collecting import collect_checklist
from qma_app.reports.blank_checklist.drawing import draw_checklist
from qma_app.reports.blank_checklist.paper import ChecklistPaper
from qma_app.reports.progress import Progress

collect = collect_checklist


def title() -> str:
    """What it is called in lists."""
    return _("Blank checklist")


def draw(paper: ChecklistPaper, out: BinaryIO, *, progress: Progress) -> None:
    """Write the checklist as a PDF."""
    draw_checklist(paper, out, title=title(), progress=progress)
