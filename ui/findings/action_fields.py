"""Every field of an action in its order, and nothing of storing them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.action import Action, Stage
from qma_app.domain.edition import Edition
from qma_app.domain.field_titles import field_title
from qma_app.domain.priority import priority_of
from qma_app.i18n import _, day_text, number_text
from ui import theme
from ui.findings.checkpoint_field import ChoiceField
from ui.findings.choice_list import Choice, choice_of
from ui.findings.date_field import DateField
from ui.findings.figure_field import FigureField, figure_text
from ui.findings.growing_note import GrowingNote
from ui.findings.owner_field import OwnerField
from ui.findings.pdca_bar import PdcaBar
from ui.findings.score_dots import ScoreDots
from ui.findings.section import INSET, Section
from ui.findings.typed_fields import TypedFields, captioned_grid
from ui.settings import Settings
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit

MONEY = ("money_low", "money_likely", "money_high")
_HUNDRED = Decimal(100)


def _title(name: str) -> str:
    return field_title(Action, name)


class ActionFields(TypedFields):
    """Every field of one action; its record is an `Action`."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.what = GrowingNote(_title("what"), placeholder=_("What will be done"), least=1, is_quiet=True)
        self.what.setProperty("role", "lead")
        self.bar = PdcaBar()
        self.facts = PlainLabel("", role="small", tone="muted", wrap=True)
        self.owner = OwnerField()
        self.texts = {
            "what": self.what,
            "owner": self.owner,
            "problem": self._note("problem", _("What is wrong, in one sentence")),
            "goal": self._note("goal", _("What it should be")),
            "proof": self._note("proof", _("What will be seen, where, by when")),
            "unit": LineEdit(_title("unit"), placeholder=_("% or hours")),
            "standardised_in": LineEdit(
                _title("standardised_in"), placeholder=_("Instruction, checklist, job description")
            ),
            "money_confirmed_by": LineEdit(_title("money_confirmed_by"), placeholder=_("Nobody yet")),
            "note": self._note("note", _("Anything else")),
        }
        self.days = {
            name: DateField(_title(name), placeholder=_("4 Dec or +14"))
            for name in (
                "due_on",
                "check_on",
                "started_on",
                "done_on",
                "standardised_on",
                "money_confirmed_on",
            )
        }
        zero = Decimal(0)
        self.figures = {name: FigureField(_title(name)) for name in ("problem_figure", "goal_figure")}
        self.figures["confidence"] = FigureField(
            _title("confidence"), placeholder=_("0 to 100"), least=zero, most=_HUNDRED, is_whole=True
        )
        self.figures |= {name: FigureField(_title(name)) for name in MONEY}
        self.dots = {name: ScoreDots(_title(name)) for name in ("cx", "ex", "profit", "effort")}
        self.kpi = ChoiceField(
            _("KPI: {choice}"), _("No KPI"), find=_("Find a KPI by code or words"), title=_("KPIs")
        )
        self.counted_in = ChoiceField(
            _("Money counted in: {choice}"),
            _("Counts for itself"),
            find=_("Find an action"),
            title=_("Actions of the programme"),
        )
        self.effective = PlainLabel("", wrap=True)
        self.priority = PlainLabel("", role="small", tone="muted", wrap=True)
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self._connect_typed()
        for name, dots in self.dots.items():
            dots.picked.connect(partial(self.changed.emit, name))
        self.kpi.picked.connect(self._kpi_picked)
        self.counted_in.picked.connect(partial(self.changed.emit, "counted_in"))

    def _kpi_picked(self, code: str | None) -> None:
        self.changed.emit("kpi", code or "")

    def _note(self, name: str, placeholder: str) -> GrowingNote:
        return GrowingNote(_title(name), placeholder=placeholder, least=1, is_quiet=True)

    def _lay_out(self) -> None:
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(5)
        self.column.addWidget(self.what)
        self.column.addWidget(self._inset(self.bar))
        self.column.addWidget(self._inset(self.facts))
        self.column.addLayout(
            self._grid(
                (_title("owner"), self.owner),
                (_title("due_on"), self.days["due_on"]),
                (_title("check_on"), self.days["check_on"]),
                (_title("effective_on"), self.effective),
            )
        )
        self.goal_part = self._goal_part()
        self.value_part = self._value_part()
        self.money_part = self._money_part()
        self.steps_part = self._steps_part()
        self.parts = (self.goal_part, self.value_part, self.money_part, self.steps_part)
        for part in self.parts:
            self.column.addWidget(part)
        self.column.addWidget(self._caption(_title("note")))
        self.column.addWidget(self.texts["note"])

    def _goal_part(self) -> Section:
        part = Section("action_goal", _("Problem and goal"), self._settings)
        for name in ("problem", "goal", "proof"):
            part.body.addWidget(self._caption(_title(name)))
            part.body.addWidget(self.texts[name])
        figures = self._grid(
            (_title("problem_figure"), self.figures["problem_figure"]),
            (_title("goal_figure"), self.figures["goal_figure"]),
            (_title("unit"), self.texts["unit"]),
        )
        part.body.addLayout(figures)
        part.body.addWidget(self._caption(_title("kpi")))
        part.add(self.kpi)
        return part

    def _value_part(self) -> Section:
        part = Section("action_value", _("Value and effort"), self._settings)
        grid = QGridLayout()
        grid.setContentsMargins(theme.px(INSET), 0, theme.px(INSET), 0)
        grid.setVerticalSpacing(0)
        for row, (name, dots) in enumerate(self.dots.items()):
            grid.addWidget(PlainLabel(_title(name), role="small"), row, 0)
            grid.addWidget(dots, row, 1)
        grid.addWidget(PlainLabel(_("Confidence in percent"), role="small"), len(self.dots), 0)
        grid.addWidget(self.figures["confidence"], len(self.dots), 1)
        grid.setColumnStretch(0, 1)
        part.body.addLayout(grid)
        part.add(self.priority)
        return part

    def _money_part(self) -> Section:
        part = Section("action_money", _("Money a year"), self._settings)
        part.body.addLayout(
            self._grid(
                *(
                    (name, self.figures[field])
                    for name, field in zip((_("Low"), _("Likely"), _("High")), MONEY, strict=True)
                ),
                columns=3,
            )
        )
        part.body.addLayout(
            self._grid(
                (_("Confirmed by"), self.texts["money_confirmed_by"]),
                (_("Confirmed on"), self.days["money_confirmed_on"]),
            )
        )
        part.body.addWidget(self._caption(_("Already counted in")))
        part.add(self.counted_in)
        return part

    def _steps_part(self) -> Section:
        part = Section("action_steps", _("Steps and standard"), self._settings)
        part.body.addLayout(
            self._grid(
                (_title("started_on"), self.days["started_on"]),
                (_title("done_on"), self.days["done_on"]),
                (_title("standardised_in"), self.texts["standardised_in"]),
                (_title("standardised_on"), self.days["standardised_on"]),
            )
        )
        self.standard_hint = PlainLabel(
            _("It is written down once its effect was shown."), role="small", tone="muted", wrap=True
        )
        part.add(self.standard_hint)
        return part

    def _caption(self, words: str) -> QWidget:
        return self._inset(PlainLabel(words, role="caption"))

    def _inset(self, widget: QWidget) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(theme.px(INSET), 0, theme.px(INSET), 0)
        row.addWidget(widget)
        return box

    def _grid(self, *fields: tuple[str, QWidget], columns: int = 2) -> QGridLayout:
        grid = captioned_grid(*fields, columns=columns)
        grid.setContentsMargins(theme.px(INSET), 0, theme.px(INSET), theme.px(2))
        grid.setHorizontalSpacing(10)
        return grid

    def show_action(self, action: Action, today: date, *, is_same: bool) -> None:
        """Fill every field; one in which something unsaved is typed on the same action is left alone."""
        self._show_typed(action, today, is_same=is_same)
        for name, dots in self.dots.items():
            dots.show_value(getattr(action, name))
        self.bar.show_action(action)
        self.effective.setText(
            day_text(action.effective_on) if action.effective_on else _("not yet: a check says so")
        )
        self.effective.set_tone("ok" if action.effective_on else "muted")
        found = priority_of(action)
        self.priority.setText(
            _("Priority {figure}").format(figure=number_text(found, 2))
            if found is not None
            else _("The priority needs all five figures.")
        )
        is_shown = action.stage is Stage.ACT
        for name in ("started_on", "done_on"):
            self.days[name].setEnabled(not is_shown)
        for field in (self.texts["standardised_in"], self.days["standardised_on"]):
            field.setEnabled(is_shown)
        self.standard_hint.setVisible(not is_shown)
        self._show_summaries(action)

    def _show_summaries(self, action: Action) -> None:
        """What a folded part holds."""
        self.goal_part.show_filled(is_filled=True, summary=action.goal)
        self.value_part.show_filled(is_filled=True, summary=self.priority.text())
        self.money_part.show_filled(is_filled=True, summary=figure_text(action.money_likely))
        self.steps_part.show_filled(is_filled=True, summary=action.standardised_in)

    def show_choices(self, edition: Edition, others: tuple[Action, ...], action: Action) -> None:
        """The KPIs of the edition, and the other actions of the programme."""
        none = Choice(id=None, number="–", statement=_("No KPI"), words="")
        self.kpi.show_choices(
            (none, *(choice_of(one.code, one.code, str(one.title)) for one in edition.kpis.values())),
            (choice_of(action.kpi, action.kpi, ""),) if action.kpi else (),
        )
        self.kpi.show_choice(action.kpi or None)
        itself = Choice(id=None, number="–", statement=_("Counts for itself"), words="")
        self.counted_in.show_choices(
            (itself, *(choice_of(one.id, one.label, one.what) for one in others if one.id != action.id))
        )
        self.counted_in.show_choice(action.counted_in)
