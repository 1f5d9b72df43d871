"""Which columns the sheets of a standard have: their keys, which never change, and the words a keeper reads above them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from qma_app.exchange.workbook.looks import COUNT, NAME, TYPED, WORD, Look
from qma_app.i18n import _

FORMAT: Final = 1
"""Of the keys below; a workbook of a later format is refused."""
KEY_MARK: Final = "@"
"""Begins the first key of a sheet, which says what the sheet is; the hidden column below holds ids."""
EXPLAINED, STANDARD, KPIS, AREA, LISTS = "@explained", "@standard", "@kpis", "@area", "@lists"
FEWEST_ACTIONS: Final = 2
MEANING: Final = "meaning"
"""A column for the reader's eye only."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """What a record has: one column, or with `in_languages` one for each language; `about` explains it to the keeper."""

    key: str
    title: str
    width: float
    about: str
    look: Look = TYPED
    choice: str = ""
    in_languages: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column of a sheet; `key` stands in the hidden row (`statement:de`)."""

    key: str
    title: str
    width: float
    look: Look
    choice: str = ""
    base: str = ""
    """The key of the same text in the base language, in a column of translations."""


def columns_of(fields: Iterable[Field], languages: tuple[str, ...], mark: str) -> tuple[Column, ...]:
    """The columns of a sheet, the hidden one with ids first, languages side by side."""
    columns = [Column(key=mark, title=_("Id"), width=34, look=NAME)]
    columns += [
        Column(
            key=text_key(field.key, code) if code else field.key,
            title=f"{field.title} [{code}]" if code else field.title,
            width=field.width,
            look=field.look,
            choice=field.choice,
            base=text_key(field.key, languages[0]) if code and code != languages[0] else "",
        )
        for field in fields
        for code in (languages if field.in_languages else ("",))
    ]
    return tuple(columns)


def text_key(field: str, language: str) -> str:
    """`statement:de`"""
    return f"{field}:{language}"


def area_fields(actions: int = FEWEST_ACTIONS) -> tuple[Field, ...]:
    """Of the sheet of an area."""
    return (
        _one("kind", _("Kind"), 12, _("what the row is: the area, a process, or a checkpoint of the process above it"), choice="kind", look=WORD),
        _one("number", _("Number"), 11, _("code of the area (SRV), number of the process (SRV-04) or of the checkpoint (SRV-04.2); may stay empty in a new row")),
        _words("title", _("Title or statement"), 46, _("title of the area or process; what must be true at a checkpoint, as one sentence")),
        _words("purpose", _("Purpose"), 40, _("processes only: what the process is for")),
        _one("owner", _("Owner"), 26, _("processes only: the role that answers for it; [the id] decides"), choice="owner"),
        _words("guidance", _("What to look at"), 56, _("checkpoints: what the coach looks at and asks")),
        _words("evidence", _("Evidence"), 34, _("checkpoints: what shows that it is so")),
        _words("failure", _("Typical failure"), 34, _("checkpoints: what is often found instead")),
        *(
            _words(f"action{place}", _("Action {number}").format(number=place), 36, _("checkpoints: what has helped elsewhere"))
            for place in range(1, actions + 1)
        ),
        _one("weight", _("Weight"), 9, _("checkpoints: 1, 2 or 3; a critical one weighs 3"), choice="weight", look=COUNT),
        _one("critical", _("Critical"), 9, _("checkpoints: yes or no"), choice="critical", look=WORD),
        _one("size", _("Sample size"), 9, _("how many records to draw, 5 to 60; empty where nothing is drawn"), look=COUNT),
        _words("of", _("Sample of"), 22, _("what is drawn, such as repair orders")),
        _one("cx", _("Effect on customers"), 11, _("0 none to 3 strong"), choice="impact", look=COUNT),
        _one("ex", _("Effect on staff"), 11, _("0 none to 3 strong"), choice="impact", look=COUNT),
        _one("profit", _("Effect on profit"), 11, _("0 none to 3 strong"), choice="impact", look=COUNT),
        _one("when", _("Applies when"), 24, _("features that must all hold, with commas between: service, not-body-shop, staff >= 10")),
        _one("kpis", _("KPIs"), 12, _("codes of the KPIs it moves, with commas between")),
        _one("clauses", _("Clauses"), 22, _("clauses of ISO 9001:2015, with commas between")),
        _one("replaces", _("Replaces"), 36, _("full ids of checkpoints of the edition before that this one stands for, with commas between")),
        _one("remark", _("Remark"), 30, _("for keepers only, never printed")),
    )  # fmt: skip


def kpi_fields() -> tuple[Field, ...]:
    """Of the sheet of KPIs."""
    return (
        _one("code", _("Code"), 8, _("C customers, E staff, P profit, O processes, and two digits")),
        _one("perspective", _("Perspective"), 13, _("whose figure it is"), choice="perspective", look=WORD),
        _words("title", _("Title"), 30, _("what the KPI is called")),
        _words("purpose", _("Purpose"), 44, _("what it tells")),
        _words("numerator", _("Numerator"), 34, _("what is counted or measured")),
        _words("denominator", _("Denominator"), 34, _("what it is divided by; empty where nothing is")),
        _one("calculation", _("Calculation"), 13, _("how a month's figure comes about"), choice="calculation", look=WORD),
        _one("factor", _("Factor"), 10, _("100 for percent; 1 where left empty"), look=COUNT),
        _one("unit", _("Unit"), 15, _("what the figure is read in"), choice="unit", look=WORD),
        _one("direction", _("Better is"), 17, _("which way it should go"), choice="direction", look=WORD),
        _one("from", _("Range from"), 10, _("where a target may start, a number with a dot")),
        _one("to", _("Range to"), 10, _("where a target may end, a number with a dot")),
        _words("source", _("Source of the range"), 34, _("where the range comes from; needed where there is one")),
        _words("note", _("Note on the range"), 34, _("what else the source says")),
        _one("rhythm", _("Rhythm"), 16, _("how often it is read"), choice="rhythm", look=WORD),
        _one("area", _("Area"), 28, _("the area it belongs to; [the id] decides"), choice="area"),
        _one("remark", _("Remark"), 30, _("for keepers only, never printed")),
    )  # fmt: skip


def standard_fields() -> tuple[Field, ...]:
    """Of the sheet with everything that is neither area nor KPI."""
    return (
        _one("kind", _("Kind"), 20, _("what the row is"), choice="standard-kind"),
        _one("id", _("Id"), 24, _("its short name in small letters, with hyphens; never changed once it is used")),
        _one("value", _("Value"), 22, _("points of a step, value of a rule, areas of a reported area, what a gate computes, length of the programme in months")),
        _one("from", _("From"), 9, _("least value of a gate, share of a sample rule, first month of a phase")),
        _one("to", _("To"), 9, _("most value of a gate, last month of a phase")),
        _words("title", _("Title"), 44, _("as coaches read it")),
        _words("purpose", _("Purpose"), 50, _("phases only: what the phase is for")),
        _one("remark", _("Remark"), 30, _("for keepers only, never printed")),
        _one(MEANING, _("Meaning"), 46, _("explains the row; never read")),
    )  # fmt: skip


def _one(key: str, title: str, width: float, about: str, *, look: Look = TYPED, choice: str = "") -> Field:
    return Field(key=key, title=title, width=width, about=about, look=look, choice=choice)


def _words(key: str, title: str, width: float, about: str) -> Field:
    return Field(key=key, title=title, width=width, about=about, in_languages=True)
