"""What the four ways of checking have in common: they show a subject and say which fields the check has."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qma_app.domain.verification import UsedReading
from ui.verification.subject import Subject


class Way(QWidget):
    """`changed` whenever something else is written or chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)

    def show_subject(self, subject: Subject) -> None:
        """Begin with what is known of it."""
        raise NotImplementedError

    def planned_fields(self) -> dict[str, Any]:
        """What is agreed beforehand, by the names of Verification."""
        raise NotImplementedError

    def made_fields(self) -> dict[str, Any]:
        """The same with what was found; what is not yet known is left out."""
        return self.planned_fields()

    def readings(self) -> tuple[UsedReading, ...]:
        """The figures a comparison rests on."""
        return ()

    def missing(self) -> str:
        """What must still be written before a check can be made; "" when it can."""
        return ""
