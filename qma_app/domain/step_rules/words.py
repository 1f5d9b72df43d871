"""Words for months and quarters, as a step names them."""

from __future__ import annotations

from qma_app.domain.month import Month
from qma_app.domain.promise import Quarter
from qma_app.i18n import _


def month_title(month: Month) -> str:
    """`October 2026`"""
    names = (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )
    return f"{names[month.number - 1]} {month.year}"


def quarter_title(quarter: Quarter) -> str:
    """`quarter 4 of 2026`"""
    return _("quarter {number} of {year}").format(number=quarter.number, year=quarter.year)
