"""Filters somebody gave a name, kept on this computer with the other habits of the window."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from PySide6.QtWidgets import QLineEdit, QWidget

from qma_app.domain.finding import FindingGrade
from qma_app.domain.ids import AreaId
from qma_app.i18n import _
from ui.dialogs.dialog import Dialog, field
from ui.models.findings_rows import RowFilter, Tab
from ui.settings import Settings

_SETTING = "findings_filters"


class SavedFilters:
    """Read from the settings each time they are asked for; a damaged entry is left out."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def all(self) -> dict[str, RowFilter]:
        """The filters by their names, in the order they were saved."""
        try:
            stored = json.loads(self._settings.text(_SETTING, "{}"))
        except ValueError:
            return {}
        if not isinstance(stored, dict):
            return {}
        return {
            name: row_filter
            for name, values in stored.items()
            if isinstance(values, dict) and (row_filter := _filter_from(values)) is not None
        }

    def save(self, name: str, row_filter: RowFilter) -> None:
        """Keep a filter; one of the same name is replaced."""
        self._write({**self.all(), name: row_filter})

    def remove(self, name: str) -> None:
        """Forget a filter."""
        self._write({known: row_filter for known, row_filter in self.all().items() if known != name})

    def _write(self, filters: Mapping[str, RowFilter]) -> None:
        stored = {name: asdict(row_filter) for name, row_filter in filters.items()}
        self._settings.put(_SETTING, json.dumps(stored, ensure_ascii=False))


def _filter_from(values: Mapping[str, object]) -> RowFilter | None:
    """The filter as it was written; None where it was damaged or comes from a newer version."""

    def text(name: str) -> str | None:
        value = values.get(name)
        return value if isinstance(value, str) else None

    area_id, grade = text("area_id"), text("grade")
    try:
        return RowFilter(
            tab=Tab(text("tab") or Tab.ALL),
            area_id=AreaId(area_id) if area_id is not None else None,
            grade=FindingGrade(grade) if grade is not None else None,
            owner=text("owner"),
            cause=text("cause"),
            text=text("text") or "",
        )
    except ValueError:
        return None


class FilterName(Dialog):
    """Asks what a filter is to be called."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            _("Save this filter"),
            _("It is kept on this computer, with the words and names it holds."),
            accept=_("Save filter"),
        )
        self.name = QLineEdit()
        self.name.setMaxLength(40)
        self.name.textChanged.connect(self._check)
        self.body.addWidget(field(_("Name"), self.name))
        self._check()

    def _check(self) -> None:
        self.accept_button.setEnabled(bool(self.name.text().strip()))

    @classmethod
    def ask(cls, parent: QWidget | None) -> str | None:
        """The name; None when it was cancelled."""
        dialog = cls(parent)
        answer = " ".join(dialog.name.text().split()) if dialog.exec() else None
        dialog.deleteLater()
        return answer
