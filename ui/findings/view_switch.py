"""The four views of Findings & actions, each with its letter, and where the fourth is fetched from."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from qma_app.i18n import _
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from ui.evidence_view.view import EvidenceView
    from ui.workbench import Workbench


class View(StrEnum):
    """What the left side shows."""

    TABLE = "table"
    BOARD = "board"
    CAUSES = "causes"
    EVIDENCE = "evidence"

    @property
    def letter(self) -> str:
        """The key that shows it, outside text fields."""
        return {View.TABLE: "T", View.BOARD: "B", View.CAUSES: "C", View.EVIDENCE: "V"}[self]


def view_title(view: View) -> str:
    """The word on the switch."""
    return {
        View.TABLE: _("Table"),
        View.BOARD: _("Board"),
        View.CAUSES: _("Causes"),
        View.EVIDENCE: _("Evidence"),
    }[view]


def view_meaning(view: View) -> str:
    """What a view shows, as a command says it."""
    return {
        View.TABLE: _("Show findings as a table"),
        View.BOARD: _("Show actions by plan, do, check and act"),
        View.CAUSES: _("Show causes and age of findings"),
        View.EVIDENCE: _("Show photos and documents"),
    }[view]


def view_of(text: str | None) -> View | None:
    """The view of that name; None for any other text."""
    return next((view for view in View if view.value == text), None)


class ViewSwitch(Segments):
    """`chosen` carries the name of the view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("View"),
            [(view.value, view_title(view), f"{view_meaning(view)} ({view.letter})") for view in View],
            parent,
        )


def evidence_view(workbench: Workbench) -> EvidenceView:
    """The photos and documents of the programme; fetched when they are first looked at."""
    from ui.evidence_view.view import EvidenceView

    return EvidenceView(workbench)
