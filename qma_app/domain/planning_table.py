"""The table audit days are planned by: the programme's own, and the programme may change it.

Its days began as the steps commonly used for auditing quality systems; no conformity with the rules of any accreditation is
claimed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, Final

from qma_app.domain.assessment import AssessmentKind
from qma_app.errors import RuleBroken
from qma_app.i18n import _

_LEAST: Final = Decimal("0.01")
_MOST: Final = Decimal(365)


@dataclass(frozen=True, kw_only=True, slots=True)
class TableRow:
    """The days of a first audit for a staff of up to so many full-time equivalents."""

    up_to: int
    days: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class RiskShare:
    """What a circumstance adds to the days (above 0) or takes away (below 0); `title` only for a code that is not ours."""

    code: str
    share: Fraction
    title: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class KindShare:
    """Which share of a first audit's days an audit of this kind takes."""

    kind: AssessmentKind
    share: Fraction


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanningTable:
    """Rows in ascending order, risks by code, and the share of each kind; a kind that is not named takes all days.

    A follow-up takes `days_per_major` for each major it verifies, and half a day at least. The rough figure beside the table
    rests on `area_minutes` (from, to), multiplied by `around` for meetings, records and writing.
    """

    rows: tuple[TableRow, ...]
    risks: tuple[RiskShare, ...] = ()
    kinds: tuple[KindShare, ...] = ()
    days_per_major: Decimal = Decimal("0.25")
    area_minutes: tuple[int, int] = (45, 60)
    around: Fraction = Fraction(2)

    def share_of(self, kind: AssessmentKind) -> Fraction:
        return next((one.share for one in self.kinds if one.kind is kind), Fraction(1))

    @property
    def largest(self) -> int:
        """The largest staff the table knows; 0 without a row."""
        return self.rows[-1].up_to if self.rows else 0


_STEPS: Final = (
    *((5, "1.5"), (10, "2"), (15, "2.5"), (25, "3"), (45, "4"), (65, "5")),
    *((85, "6"), (125, "7"), (175, "8"), (275, "9"), (425, "10"), (625, "11")),
)
_RISKS: Final = (
    *(("mature-system", -10), ("other-certificate", -10), ("few-activities", -10)),
    *(("several-sites", 10), ("body-and-paint", 10), ("new-managers", 10)),
    *(("many-complaints", 10), ("earlier-majors", 10), ("first-audit", 10)),
)
_KINDS: Final = (
    (AssessmentKind.SURVEILLANCE, Fraction(1, 3)),
    (AssessmentKind.RECERTIFICATION, Fraction(2, 3)),
    (AssessmentKind.SHORT_NOTICE, Fraction(1, 3)),
)
DEFAULT_TABLE: Final = PlanningTable(
    rows=tuple(TableRow(up_to=up_to, days=Decimal(days)) for up_to, days in _STEPS),
    risks=tuple(RiskShare(code=code, share=Fraction(percent, 100)) for code, percent in _RISKS),
    kinds=tuple(KindShare(kind=kind, share=share) for kind, share in _KINDS),
)


def risk_title(risk: RiskShare) -> str:
    """The circumstance in words; its own title, or its code, where it is none of ours."""
    known = {
        "mature-system": _("The quality system has run for years"),
        "other-certificate": _("Another valid certificate covers the quality system"),
        "few-activities": _("Only few of the usual activities take place here"),
        "several-sites": _("More than one site"),
        "body-and-paint": _("Own body and paint shop"),
        "new-managers": _("Managers of several areas are new"),
        "many-complaints": _("Many open complaints"),
        "earlier-majors": _("Majors in the audit before"),
        "first-audit": _("Nobody has audited this house before"),
    }
    return risk.title or known.get(risk.code, risk.code)


def table_statement() -> str:
    """Whose table it is, printed wherever days are shown."""
    return _(
        "Days by the programme's own planning table, which it may change; it claims no conformity with any other rule."
    )


def check_table(table: PlanningTable) -> None:
    """RuleBroken, naming the row, where a planning table cannot be used."""
    if not table.rows:
        raise _broken_table(_("The planning table has no row."), row=0)
    before = TableRow(up_to=0, days=_LEAST)
    for place, row in enumerate(table.rows, 1):
        if row.up_to <= before.up_to or not before.days <= row.days <= _MOST:
            raise _broken_table(
                _(
                    "Row {row} of the planning table ({staff} staff, {days} days) does not follow on the one before."
                ).format(row=place, staff=row.up_to, days=row.days),
                row=place,
            )
        before = row
    codes = [risk.code for risk in table.risks]
    wrong = [risk.code for risk in table.risks if not -1 < risk.share <= 1 or codes.count(risk.code) > 1]
    wrong += [one.kind.value for one in table.kinds if not 0 < one.share <= 1]
    if wrong:
        raise _broken_table(
            _("“{code}” in the planning table cannot be reckoned with.").format(code=wrong[0]), row=0
        )
    low, high = table.area_minutes
    if not _LEAST <= table.days_per_major <= _MOST or table.around < 1 or not 0 < low <= high:
        raise _broken_table(
            _("The minutes for an area or the days for a major cannot be reckoned with."), row=0
        )


def table_to_json(table: PlanningTable) -> str:
    """The table as text, to be kept in a setting; shares as exact fractions (`-1/10`)."""
    return json.dumps(
        {
            "rows": [[row.up_to, str(row.days)] for row in table.rows],
            "risks": [[risk.code, str(risk.share), risk.title] for risk in table.risks],
            "kinds": [[one.kind.value, str(one.share)] for one in table.kinds],
            "days_per_major": str(table.days_per_major),
            "area_minutes": list(table.area_minutes),
            "around": str(table.around),
        },
        ensure_ascii=False,
    )


def table_from_json(text: str) -> PlanningTable:
    """The table that was written; RuleBroken where the text is none, or the table cannot be used."""
    try:
        table = _table_of(json.loads(text))
        check_table(table)
    except (ValueError, TypeError, KeyError, InvalidOperation, ZeroDivisionError) as error:
        raise _broken_table(_("The planning table cannot be read."), row=0) from error
    return table


def _table_of(kept: Any) -> PlanningTable:
    low, high = kept["area_minutes"]
    return PlanningTable(
        rows=tuple(TableRow(up_to=int(up_to), days=Decimal(days)) for up_to, days in kept["rows"]),
        risks=tuple(
            RiskShare(code=str(code), share=Fraction(share), title=str(title))
            for code, share, title in kept["risks"]
        ),
        kinds=tuple(
            KindShare(kind=AssessmentKind(kind), share=Fraction(share)) for kind, share in kept["kinds"]
        ),
        days_per_major=Decimal(kept["days_per_major"]),
        area_minutes=(int(low), int(high)),
        around=Fraction(kept["around"]),
    )


def _broken_table(message: str, *, row: int) -> RuleBroken:
    return RuleBroken(
        message,
        code="audit-days.table",
        way_out=_(
            "Put the rows in order of staff, with days above 0 that do not fall and no more than a year; shares lie between −100 and +100 percent."
        ),
        row=row,
    )
