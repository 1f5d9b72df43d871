"""Asks what kind of assessment is made and over which areas, when one is started or corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QGridLayout, QHBoxLayout, QWidget

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.ids import AreaId
from qma_app.domain.wording import kind_title
from qma_app.i18n import _
from ui.dialogs.dialog import Dialog, field, side_by_side
from ui.widgets.buttons import Button


@dataclass(frozen=True, kw_only=True, slots=True)
class AssessmentChoice:
    """What was chosen."""

    kind: AssessmentKind
    scope: tuple[AreaId, ...]
    started_on: date


class AssessmentDialog(Dialog):
    """All areas are chosen at first; Enter starts."""

    def __init__(
        self,
        parent: QWidget | None,
        areas: Sequence[tuple[AreaId, str]],
        choice: AssessmentChoice,
        title: str,
        detail: str,
        accept: str,
    ) -> None:
        super().__init__(parent, title, detail, accept=accept, width=480)
        self.kind = QComboBox()
        for kind in AssessmentKind:
            if not kind.needs_audit or kind is choice.kind:
                self.kind.addItem(kind_title(kind), kind.value)
        self.kind.setCurrentIndex(self.kind.findData(choice.kind.value))
        self.day = QDateEdit(QDate(choice.started_on.year, choice.started_on.month, choice.started_on.day))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat(_("d MMM yyyy"))
        self.body.addLayout(side_by_side(field(_("Kind"), self.kind), field(_("Begun on"), self.day)))
        self.boxes: dict[AreaId, QCheckBox] = {}
        self.body.addWidget(field(_("Areas"), self._areas(areas, choice.scope)))
        row = QHBoxLayout()
        everything, nothing = Button(_("All areas"), kind="link"), Button(_("No area"), kind="link")
        everything.clicked.connect(self._check_all)
        nothing.clicked.connect(self._check_none)
        row.addWidget(everything)
        row.addWidget(nothing)
        row.addStretch(1)
        self.body.addLayout(row)
        self._check()

    def choice(self) -> AssessmentChoice:
        """What is chosen now."""
        chosen = self.day.date()
        return AssessmentChoice(
            kind=AssessmentKind(self.kind.currentData()),
            scope=tuple(id for id, box in self.boxes.items() if box.isChecked()),
            started_on=date(chosen.year(), chosen.month(), chosen.day()),
        )

    def _areas(self, areas: Sequence[tuple[AreaId, str]], chosen: Sequence[AreaId]) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        half = -(-len(areas) // 2)
        for place, (id, title) in enumerate(areas):
            check = QCheckBox(title.replace("&", "&&"))
            check.setChecked(id in chosen)
            check.toggled.connect(self._check)
            self.boxes[id] = check
            grid.addWidget(check, place % half, place // half)
        return box

    def _check(self) -> None:
        self.accept_button.setEnabled(any(box.isChecked() for box in self.boxes.values()))

    def _check_all(self) -> None:
        for box in self.boxes.values():
            box.setChecked(True)

    def _check_none(self) -> None:
        for box in self.boxes.values():
            box.setChecked(False)

    @classmethod
    def ask_new(
        cls, parent: QWidget | None, areas: Sequence[tuple[AreaId, str]], kind: AssessmentKind, today: date
    ) -> AssessmentChoice | None:
        """What to start; None when it was cancelled."""
        scope = tuple(id for id, _title in areas)
        choice = AssessmentChoice(kind=kind, scope=scope, started_on=today)
        return cls._ask(
            parent,
            areas,
            choice,
            _("Start an assessment"),
            _("Earlier assessments stay as they are; this one begins with nothing rated."),
            _("Start assessment"),
        )

    @classmethod
    def ask_correction(
        cls, parent: QWidget | None, areas: Sequence[tuple[AreaId, str]], assessment: Assessment
    ) -> AssessmentChoice | None:
        """How an open assessment is to be corrected; None when it was cancelled."""
        choice = AssessmentChoice(
            kind=assessment.kind, scope=assessment.scope, started_on=assessment.started_on
        )
        return cls._ask(
            parent,
            areas,
            choice,
            _("Correct the assessment"),
            _("Ratings in an area that is taken out are kept and count again when it comes back."),
            _("Save correction"),
        )

    @classmethod
    def _ask(
        cls,
        parent: QWidget | None,
        areas: Sequence[tuple[AreaId, str]],
        choice: AssessmentChoice,
        title: str,
        detail: str,
        accept: str,
    ) -> AssessmentChoice | None:
        dialog = cls(parent, areas, choice, title, detail, accept)
        answer = dialog.choice() if dialog.exec() else None
        dialog.deleteLater()
        return answer
