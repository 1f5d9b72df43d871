"""Changes the table auditor days are planned by: the programme's own, with the one that came along to be had back."""

from __future__ import annotations

from decimal import Decimal
from itertools import count

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.planning_table import DEFAULT_TABLE, PlanningTable, table_statement
from qma_app.i18n import _
from qma_app.services.audits import set_planning_table
from ui import theme
from ui.audit.planning_lines import KindLine, Lines, RiskLine, StaffLine, Unread, figure_of
from ui.dialogs.dialog import field, side_by_side
from ui.findings.figure_field import FigureField
from ui.journey.asking import AskingDialog
from ui.pages.page import scrolling
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench

_WIDE, _HIGH = 860, 620


class PlanningTableDialog(AskingDialog):
    """Nothing is stored before Save; days agreed before stay as they are."""

    def __init__(self, parent: QWidget | None, workbench: Workbench, table: PlanningTable) -> None:
        super().__init__(
            parent,
            workbench,
            _("Planning table"),
            f"{table_statement()} {_('Days agreed before stay as they are.')}",
            accept=_("Save table"),
            width=_WIDE,
        )
        self._table = table
        self.staff, self.risks, self.kinds = Lines(), Lines(), list[KindLine]()
        self.per_major = FigureField(_("Days for each major of a follow-up"), least=Decimal("0.01"))
        self.minutes_from = FigureField(_("Minutes of an area, from"), least=Decimal(1), is_whole=True)
        self.minutes_to = FigureField(_("to"), least=Decimal(1), is_whole=True)
        self.default_button = Button(_("Give back the table that came along"))
        self._kinds = QVBoxLayout()
        self._build()
        self.show_table(table)
        self.staff.lines()[0].setFocus()
        room = parent.window().height() if parent is not None else theme.px(_HIGH)
        self.resize(theme.px(_WIDE), max(theme.px(420), min(theme.px(_HIGH), room - theme.px(20))))

    def _build(self) -> None:
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 12, 0)
        columns.setSpacing(24)
        left, right = QVBoxLayout(), QVBoxLayout()
        add_row = Button(_("Add a row"), kind="link", icon_name="plus")
        add_risk = Button(_("Add a circumstance"), kind="link", icon_name="plus")
        add_row.clicked.connect(self._add_row)
        add_risk.clicked.connect(self._add_risk)
        for widget in (
            PlainLabel(
                _("Staff up to (full-time equivalents), and the days of a first audit"),
                role="caption",
                wrap=True,
            ),
            self.staff,
            add_row,
        ):
            left.addWidget(widget, 0, _side(widget))
        for widget in (
            PlainLabel(_("Circumstances, in percent of the days"), role="caption"),
            self.risks,
            add_risk,
            PlainLabel(_("Share of a first audit, by kind"), role="caption"),
        ):
            right.addWidget(widget, 0, _side(widget))
        self._kinds.setSpacing(4)
        right.addLayout(self._kinds)
        right.addLayout(
            side_by_side(
                field(_("Minutes of an area, from"), self.minutes_from), field(_("to"), self.minutes_to)
            )
        )
        right.addWidget(field(_("Days for each major of a follow-up"), self.per_major))
        for column, share in ((left, 0), (right, 1)):
            column.setSpacing(6)
            column.addStretch(1)
            columns.addLayout(column, share)
        self.body.addWidget(scrolling(inside), 1)
        self.default_button.clicked.connect(self._give_back)
        self.default_button.setVisible(self._table != DEFAULT_TABLE)
        self.buttons.insertWidget(0, self.default_button)

    def show_table(self, table: PlanningTable) -> None:
        """Fill every line."""
        self.staff.clear()
        self.risks.clear()
        for row in table.rows:
            self.staff.add(StaffLine(row))
        for risk in table.risks:
            self.risks.add(RiskLine(risk.code, risk))
        for line in self.kinds:
            self._kinds.removeWidget(line)
            line.deleteLater()
        self.kinds = [
            KindLine(kind, table.share_of(kind))
            for kind in AssessmentKind
            if (kind.is_audit or kind is AssessmentKind.PRE_AUDIT)
            and kind not in (AssessmentKind.CERTIFICATION_AUDIT, AssessmentKind.FOLLOW_UP_AUDIT)
        ]
        for line in self.kinds:
            self._kinds.addWidget(line)
        self.per_major.set_figure(table.days_per_major)
        for one, minutes in zip((self.minutes_from, self.minutes_to), table.area_minutes, strict=True):
            one.set_figure(minutes)

    def typed(self) -> PlanningTable:
        """The table as typed, its rows by staff; Unread where a field cannot be read."""
        rows = [line.row() for line in self.staff.lines() if isinstance(line, StaffLine)]
        shares = [line.kind_share() for line in self.kinds]
        return PlanningTable(
            rows=tuple(sorted(rows, key=lambda row: row.up_to)),
            risks=tuple(line.risk() for line in self.risks.lines() if isinstance(line, RiskLine)),
            kinds=tuple(one for one in shares if one.share != 1),
            days_per_major=figure_of(self.per_major),
            area_minutes=(int(figure_of(self.minutes_from)), int(figure_of(self.minutes_to))),
            around=self._table.around,
        )

    def accept(self) -> None:
        """Store the table; what cannot be used is named above the buttons."""
        try:
            table = self.typed()
        except Unread as unread:
            self.show_problem(str(unread))
            unread.widget.setFocus()
            return
        if table == self._table:
            super().accept()
            return
        kept = None if table == DEFAULT_TABLE else table
        if self.workbench.do(set_planning_table, kept) is not None:
            super().accept()

    def _give_back(self) -> None:
        self.show_table(DEFAULT_TABLE)
        self.show_problem("")
        self.accept_button.setFocus()

    def _add_row(self) -> None:
        line = StaffLine()
        self.staff.add(line)
        line.up_to.setFocus()

    def _add_risk(self) -> None:
        taken = {line.code for line in self.risks.lines() if isinstance(line, RiskLine)}
        taken |= {one.code for one in self._table.risks}
        code = next(code for number in count(1) if (code := f"own-{number}") not in taken)
        line = RiskLine(code)
        self.risks.add(line)
        line.title.setFocus()

    @classmethod
    def ask(cls, workbench: Workbench, table: PlanningTable, parent: QWidget | None = None) -> bool:
        """Let somebody change the table; whether it was stored."""
        return cls(parent, workbench, table).ask_until_done()


def _side(widget: QWidget) -> Qt.AlignmentFlag:
    """Links stand at the left, everything else takes the width."""
    return Qt.AlignmentFlag.AlignLeft if isinstance(widget, Button) else Qt.AlignmentFlag(0)
