"""Cells of one row that only make sense together: stage and day, the three figures of money, a reply and its words."""

from __future__ import annotations

from datetime import date

from qma_app.domain.action import Action, Stage
from qma_app.domain.finding import Finding, Reply
from qma_app.exchange.action_workbook.came_back import PlanRow
from qma_app.exchange.action_workbook.here import Beside, Told
from qma_app.exchange.action_workbook.keys import Part
from qma_app.exchange.action_workbook.values import Form, NotUnderstood, found_text, read_cell
from qma_app.i18n import _

MONEY = ("money_low", "money_likely", "money_high")
_REPLY = ("reply", "reply_words", "reply_by", "replied_on")


class RowChecks:
    """Leaves out what contradicts itself, and names it."""

    def __init__(self, beside: Beside, today: date) -> None:
        self._beside = beside
        self._here = beside.here
        self._today = today

    def check(self, row: PlanRow, cells: dict[str, Told]) -> None:
        """Cells of one row that contradict one another are left out, and named."""
        if row.part is Part.ACTIONS:
            self._check_stage(row, cells)
            self._check_money(row, cells)
            self._check_happened(row, cells, ("money_confirmed_on",))
        else:
            self._check_happened(row, cells, ("replied_on", "corrected_on"))
            self._check_reply(row, cells)

    def _check_stage(self, row: PlanRow, cells: dict[str, Told]) -> None:
        action = self._here.record(row.id)
        stage, done = cells.get("stage"), cells.get("done_on")
        if stage is None and done is None:
            return
        assert isinstance(action, Action)
        advice, at = self._stage_trouble(action, row, stage, done)
        if advice:
            column = self._here.columns[row.part][at]
            self._beside.error("stage", row, column, found_text(row.text(at)), advice)
            cells.pop("stage", None)
            cells.pop("done_on", None)

    def _stage_trouble(
        self, action: Action, row: PlanRow, stage: Told | None, done: Told | None
    ) -> tuple[str, str]:
        """What keeps a stage or a day from being taken, and in which column."""
        at = "stage" if stage else "done_on"
        if stage and stage.read.value is None:
            return _("choose plan, do or check"), at
        if stage and stage.read.value is Stage.ACT:
            return _(
                "act is reached by a check of the effect only: choose check, and write the day it was done"
            ), at
        if action.stage is Stage.ACT:
            return _("the effect of {label} was shown already").format(label=action.label), at
        if action.is_proposal or action.is_dropped:
            return _("{label} is not an agreed action").format(label=action.label), at
        if done is None:
            return "", at
        day = done.read.value
        said = _said_stage(row)
        if day is None and said is Stage.CHECK:
            return _("the stage says check: write the day it was done, or choose do"), "done_on"
        if day is not None and stage and said is not Stage.CHECK:
            return _("the stage says it is not done: choose check, or empty the day"), "done_on"
        if day is not None and day > self._today:
            return _("this day has not come yet: write it when it is done"), "done_on"
        return "", at

    def _check_money(self, row: PlanRow, cells: dict[str, Told]) -> None:
        changed = [key for key in MONEY if key in cells]
        if not changed:
            return
        action = self._here.record(row.id)
        figures = [cells[key].read.value if key in cells else getattr(action, key) for key in MONEY]
        given = [figure for figure in figures if figure is not None]
        if given != sorted(given):
            for key in changed:
                column = self._here.columns[row.part][key]
                self._beside.error(
                    "money",
                    row,
                    column,
                    found_text(row.text(key)),
                    _("low, likely and high must rise in that order"),
                )
                del cells[key]

    def _check_happened(self, row: PlanRow, cells: dict[str, Told], keys: tuple[str, ...]) -> None:
        """A day on which something is said to have happened has come."""
        for key in keys:
            day = cells[key].read.value if key in cells else None
            if day is not None and day > self._today:
                column = self._here.columns[row.part][key]
                advice = _("this day has not come yet: write it when it is done")
                self._beside.error("ahead", row, column, found_text(row.text(key)), advice)
                del cells[key]

    def _check_reply(self, row: PlanRow, cells: dict[str, Told]) -> None:
        keys = [key for key in _REPLY if key in cells]
        if not keys:
            return
        finding = self._here.record(row.id)
        assert isinstance(finding, Finding)
        reply = cells["reply"].read.value if "reply" in cells else finding.reply
        words = cells["reply_words"].read.text if "reply_words" in cells else finding.reply_words
        advice, at = "", "reply"
        if reply is Reply.DISAGREED and not words.strip():
            advice, at = _("a disagreement needs your own words beside it"), "reply_words"
        elif reply is None and any(cells[key].read.text for key in keys if key != "reply"):
            advice = _("choose agreed or disagreed beside the words")
        if advice:
            column = self._here.columns[row.part][at]
            self._beside.error("reply", row, column, found_text(row.text(at)), advice)
            for key in keys:
                del cells[key]


def _said_stage(row: PlanRow) -> Stage | None:
    """The stage a row says, whether somebody wrote it or not."""
    try:
        value = read_cell(Form.STAGE, row.text("stage")).value
    except NotUnderstood:
        return None
    return value if isinstance(value, Stage) else None
