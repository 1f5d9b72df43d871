"""The columns of the two sheets that come back: what they show, what may be written in them, and what field that is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Final

from qma_app.domain.action import Action
from qma_app.domain.field_titles import field_title
from qma_app.domain.finding import Finding
from qma_app.domain.wording import elsewhere_title, grade_title, reply_title, stage_title, state_title
from qma_app.exchange.action_workbook.keys import ID, NUMBER, PROGRESS, ROW_VERSION, Part
from qma_app.exchange.action_workbook.plan import ActionLine, FindingLine
from qma_app.exchange.action_workbook.values import Form
from qma_app.exchange.workbook.file import Value
from qma_app.exchange.workbook.looks import COUNT, DAY, NAME, TYPED, Look
from qma_app.i18n import _

FIGURE: Final = Look(align="right", is_wrapped=False)
_FIVE: Final = (1, 5)
_ACTION, _FINDING = "Action", "Finding"


@dataclass(frozen=True, kw_only=True)
class PlanColumn:
    """One column; `key` is the field it shows, if it is one. What is not `is_open` is never taken from a workbook."""

    key: str
    title: str
    width: float
    value: Callable[[Any], Value]
    form: Form = Form.WORDS
    look: Look = TYPED
    is_open: bool = False
    is_hidden: bool = False
    about: str = ""
    least: int = 0
    most: int = 0


def columns_of(part: Part) -> tuple[PlanColumn, ...]:
    """The columns of a sheet in the language in force."""
    return action_columns() if part is Part.ACTIONS else finding_columns()


def open_keys(part: Part) -> frozenset[str]:
    """The keys of the columns that may be written in."""
    return _open_keys(part)


@cache
def _open_keys(part: Part) -> frozenset[str]:
    return frozenset(column.key for column in columns_of(part) if column.is_open)


def action_columns() -> tuple[PlanColumn, ...]:
    """A row for each action."""
    return (
        PlanColumn(key=NUMBER, title=_("No."), width=9, look=NAME, value=lambda line: line.action.label),
        _words(_ACTION, "what", 46, _("what will be done, in one sentence"), is_open=True),
        _owner(_ACTION),
        _day(_ACTION, "due_on", _("the day it will be done"), is_open=True),
        PlanColumn(
            key="stage",
            title=_("Stage"),
            width=10,
            form=Form.STAGE,
            is_open=True,
            about=_("plan, do or check; act follows from a check of the effect"),
            value=lambda line: stage_title(line.action.stage),
        ),
        _day(_ACTION, "started_on"),
        _day(_ACTION, "done_on", _("the day it was done; the coach checks its effect afterwards"), is_open=True),
        _day(_ACTION, "check_on"),
        _day(_ACTION, "effective_on"),
        _words(_ACTION, "problem", 40, _("what goes wrong today"), is_open=True),
        _figure(_ACTION, "problem_figure", _("the figure today")),
        _words(_ACTION, "goal", 40, _("what it shall be like"), is_open=True),
        _figure(_ACTION, "goal_figure", _("the figure wanted")),
        _words(_ACTION, "unit", 12, _("of both figures"), is_open=True),
        _shown("kpi", field_title(Action, "kpi"), 30, lambda line: line.kpi),
        _words(_ACTION, "proof", 40, _("by what everybody will see that it worked"), is_open=True),
        _whole(_ACTION, "effort", *_FIVE, about=_("1 little to 5 much")),
        _whole(_ACTION, "cx", *_FIVE, about=_("1 little to 5 much")),
        _whole(_ACTION, "ex", *_FIVE, about=_("1 little to 5 much")),
        _whole(_ACTION, "profit", *_FIVE, about=_("1 little to 5 much")),
        _whole(_ACTION, "confidence", 0, 100, about=_("percent, 0 to 100")),
        _figure(_ACTION, "money_low", _("a year, in the currency of the house")),
        _figure(_ACTION, "money_likely", _("a year, in the currency of the house")),
        _figure(_ACTION, "money_high", _("a year, in the currency of the house")),
        _words(_ACTION, "money_confirmed_by", 20, _("who checked the figures"), is_open=True),
        _day(_ACTION, "money_confirmed_on", _("the day they were checked"), is_open=True),
        _words(_ACTION, "note", 40, _("remarks that stay with the action"), is_open=True),
        PlanColumn(
            key=PROGRESS,
            title=_("Your words on progress"),
            width=40,
            is_open=True,
            about=_("what happened since; it is added to the note"),
            value=lambda _line: None,
        ),
        _shown(
            "findings",
            _("Findings it serves"),
            44,
            lambda line: "\n".join(f"{one.label} {one.statement}" for one in line.findings),
            about=_("in a new row: the numbers of the findings, such as F-014"),
        ),
        _shown("causes", _("Causes it removes"), 34, lambda line: "\n".join(line.causes)),
        _shown("counted_in", field_title(Action, "counted_in"), 10, lambda line: line.counted_in),
        _words(_ACTION, "standardised_in", 24),
        _day(_ACTION, "standardised_on"),
        _words(_ACTION, "dropped_reason", 24),
        _day(_ACTION, "dropped_on"),
        _shown("is_proposal", field_title(Action, "is_proposal"), 10, lambda line: _yes(line.action.is_proposal)),
        _words(_ACTION, "proposed_by", 20),
        _whole(_ACTION, "reopened", 0, 10**9, is_open=False),
        _shown("person", _("Person of the house"), 20, lambda line: line.person),
        _shown("from_checkpoint", field_title(Action, "from_checkpoint"), 11, lambda line: line.checkpoint),
        *_hidden_columns("action", ("from_checkpoint",)),
    )  # fmt: skip


def finding_columns() -> tuple[PlanColumn, ...]:
    """A row for each finding."""
    return (
        PlanColumn(key=NUMBER, title=_("No."), width=9, look=NAME, value=lambda line: line.finding.label),
        _shown("grade", field_title(Finding, "grade"), 13, lambda line: grade_title(line.finding.grade)),
        _words(_FINDING, "statement", 46),
        _words(_FINDING, "requirement", 40),
        _words(_FINDING, "evidence", 32),
        _words(_FINDING, "place", 16),
        _day(_FINDING, "seen_on"),
        _shown("state", _("State"), 18, lambda line: state_title(line.state)),
        PlanColumn(
            key="reply",
            title=field_title(Finding, "reply"),
            width=13,
            form=Form.REPLY,
            is_open=True,
            about=_("agreed or disagreed"),
            value=lambda line: reply_title(line.finding.reply) if line.finding.reply else None,
        ),
        _words(_FINDING, "reply_words", 40, _("your own words; needed where you disagree"), is_open=True),
        _words(_FINDING, "reply_by", 18, _("who replies"), is_open=True),
        _day(_FINDING, "replied_on", _("the day of the reply"), is_open=True),
        _words(_FINDING, "correction", 36, _("what was put right on the single case"), is_open=True),
        _day(_FINDING, "corrected_on", _("the day it was put right"), is_open=True),
        PlanColumn(
            key="elsewhere",
            title=field_title(Finding, "elsewhere"),
            width=18,
            form=Form.ELSEWHERE,
            is_open=True,
            about=_("whether the same was looked for in other places"),
            value=lambda line: elsewhere_title(line.finding.elsewhere) if line.finding.elsewhere else None,
        ),
        _words(_FINDING, "elsewhere_words", 32, _("where you looked"), is_open=True),
        _owner(_FINDING),
        _day(_FINDING, "due_on", _("the day it will be settled"), is_open=True),
        _shown("actions", _("Actions"), 20, lambda line: ", ".join(one.label for one in line.actions)),
        _words(_FINDING, "grade_reason", 24),
        _figure(_FINDING, "cost", is_open=False),
        _shown("checkpoint", _("Checkpoint"), 11, lambda line: line.checkpoint),
        PlanColumn(
            key="assessment",
            title=_("Raised in assessment"),
            width=11,
            form=Form.WHOLE,
            look=COUNT,
            most=10**9,
            value=lambda line: line.assessment,
        ),
        _shown("raised_by", field_title(Finding, "raised_by"), 18, lambda line: line.raised_by),
        _day(_FINDING, "plan_accepted_on"),
        _shown("accepted_by", field_title(Finding, "plan_accepted_by"), 18, lambda line: line.accepted_by),
        _day(_FINDING, "closed_on"),
        _words(_FINDING, "closing_note", 30),
        _whole(_FINDING, "reopened", 0, 10**9, is_open=False),
        *_hidden_columns("finding", ("checkpoint_id",)),
    )  # fmt: skip


def _shown(
    key: str, title: str, width: float, value: Callable[[Any], Value], *, about: str = ""
) -> PlanColumn:
    return PlanColumn(key=key, title=title, width=width, value=value, about=about)


def _title(kind: str, name: str) -> str:
    return field_title(Action if kind == _ACTION else Finding, name)


def _of(kind: str, name: str) -> Callable[[Any], Any]:
    """The field of the record of a line."""

    def value(line: Any) -> Any:
        found = getattr(line.action if kind == _ACTION else line.finding, name)
        # A cell keeps fifteen digits of a number, and no decimals of our kind.
        return float(found) if isinstance(found, Decimal) else found

    return value


def _words(kind: str, name: str, width: float, about: str = "", *, is_open: bool = False) -> PlanColumn:
    return PlanColumn(
        key=name, title=_title(kind, name), width=width, value=_of(kind, name), is_open=is_open, about=about
    )


def _owner(kind: str) -> PlanColumn:
    return PlanColumn(
        key="owner",
        title=_title(kind, "owner"),
        width=20,
        form=Form.OWNER,
        value=_of(kind, "owner"),
        is_open=True,
        about=_("a person of the house, or any name"),
    )


def _day(kind: str, name: str, about: str = "", *, is_open: bool = False) -> PlanColumn:
    return PlanColumn(
        key=name,
        title=_title(kind, name),
        width=12,
        form=Form.DAY,
        look=DAY,
        value=_of(kind, name),
        is_open=is_open,
        about=about,
    )


def _figure(kind: str, name: str, about: str = "", *, is_open: bool = True) -> PlanColumn:
    return PlanColumn(
        key=name,
        title=_title(kind, name),
        width=12,
        form=Form.FIGURE,
        look=FIGURE,
        value=_of(kind, name),
        is_open=is_open,
        about=about,
    )


def _whole(
    kind: str, name: str, least: int, most: int, *, is_open: bool = True, about: str = ""
) -> PlanColumn:
    return PlanColumn(
        key=name,
        title=_title(kind, name),
        width=10,
        form=Form.WHOLE,
        look=COUNT,
        value=_of(kind, name),
        is_open=is_open,
        about=about,
        least=least,
        most=most,
    )


def _hidden_columns(record: str, names: tuple[str, ...]) -> tuple[PlanColumn, ...]:
    """Ids and version, out of the reader's way."""

    def field(name: str) -> Callable[[Any], Any]:
        return lambda line: getattr(getattr(line, record), name)

    kept = tuple(
        PlanColumn(
            key=f"{name}.id", title=_("Checkpoint id"), width=34, look=NAME, is_hidden=True, value=field(name)
        )
        for name in names
    )
    return (
        *kept,
        PlanColumn(key=ID, title=_("Id"), width=38, look=NAME, is_hidden=True, value=field("id")),
        PlanColumn(
            key=ROW_VERSION,
            title=_("Version"),
            width=9,
            look=COUNT,
            form=Form.WHOLE,
            is_hidden=True,
            value=field("version"),
        ),
    )


def _yes(holds: bool) -> str:
    return _("yes") if holds else ""


def subjects(lines: Mapping[str, ActionLine | FindingLine]) -> dict[str, str]:
    """What each record is about, by its id."""
    return {
        id: line.action.what if isinstance(line, ActionLine) else line.finding.statement
        for id, line in lines.items()
    }
